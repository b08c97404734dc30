/** Letters that are indices: those that a Σ or Π binds, and those that are free. */

import { type Integers, plainName } from '../model/equations/integers.ts';
import { canonical, type Script, type Scripted, scriptedName } from '../model/equations/names.ts';
import { children, type Expr, type Of } from '../notation/tree.ts';
import { namesIn, parts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { ADJOINTS, LAYERS } from './symbols.ts';

/** Letters that are used as indices and that no Σ or Π binds. */
export function freeIndices(members: readonly Expr[], subject: Subject, integers: Integers): Set<string> {
  const found = new Set<string>();
  /** The o of δ_t^o, unless it is an index of anything else. */
  const isOfLayer = (word: string, { base, scripts }: Scripted) =>
    LAYERS.has(word) &&
    ADJOINTS.test(base) &&
    scripts.length > 1 &&
    !members.some((member) => isIndexBeside(word, base, member));
  const visit = (x: Expr, bound: ReadonlySet<string>): void => {
    if (x.kind === 'big') {
      const inner = new Set(bound);
      for (const name of boundNames(x)) inner.add(name);
      for (const part of children(x)) visit(part, inner);
      return;
    }
    const isScripted = x.kind === 'sub' || x.kind === 'index' || x.kind === 'sup';
    const name = isScripted ? scriptedName(x) : undefined;
    if (name === undefined) {
      for (const part of children(x)) visit(part, bound);
      // (∇_o L)_i
      if (x.kind === 'sub' && x.of.kind === 'bracket') letterFound(x.index, plainName(x.index), bound);
      return;
    }
    const indexing = name.scripts.filter((_, i) => !isInName(name, i, subject));
    const isVariable = canonical(name.base, subject.indexCount) !== undefined;
    // δ_w is of a_w and b_w
    const isLabel = ({ word, above }: Script) =>
      !isVariable && ((!above && subject.labels.has(word ?? '')) || isOfLayer(word ?? '', name));
    for (const script of indexing)
      if (!isLabel(script)) letterFound(script.at, script.word, bound, isVariable);
  };
  const letterFound = (
    at: Expr,
    word: string | undefined,
    bound: ReadonlySet<string>,
    ofVariable = false,
  ): void => {
    for (const letter of lettersIn(at, word)) {
      if (bound.has(letter) || integers.has(letter)) continue;
      if (isIndexLetter(letter, subject, ofVariable)) found.add(letter);
    }
  };
  for (const member of members) visit(member, new Set());
  return found;
}

/** Whether a word is a script of anything but one symbol, or bound. */
function isIndexBeside(word: string, symbol: string, member: Expr): boolean {
  return [...parts(member)].some((x) => {
    if (x.kind === 'big' && boundNames(x).includes(word)) return true;
    const name = scriptedName(x);
    return name !== undefined && name.base !== symbol && name.scripts.some((script) => script.word === word);
  });
}

/** Whether a script belongs to the name: `h` of `W_h`. */
function isInName(
  name: { base: string; scripts: readonly { word: string | undefined }[] },
  at: number,
  subject: Subject,
): boolean {
  for (let end = name.scripts.length; end > at; end--) {
    const words = name.scripts.slice(0, end).map(({ word }) => word);
    if (words.some((word) => word === undefined)) continue;
    if (canonical([name.base, ...words].join('_'), subject.indexCount) === [name.base, ...words].join('_'))
      return true;
  }
  return false;
}

function lettersIn(at: Expr, word: string | undefined): string[] {
  if (word !== undefined && at.kind !== 'number')
    return /^[\p{L}\d]+$/u.test(word) && word.length <= 3 ? [...word].filter((c) => !/\d/.test(c)) : [];
  return [...namesIn(at)];
}

/** `ofVariable`: the letter is a script of a variable; then it is none of the variables i_t, which have indices. */
function isIndexLetter(letter: string, subject: Subject, ofVariable: boolean): boolean {
  const counts = subject.indexCount(letter);
  const isFree = counts.length === 0 || (ofVariable && !counts.includes(0));
  return letter.length === 1 && letter !== ':' && letter !== 'T' && letter !== '⊤' && isFree;
}

/** The letters that a Σ or Π binds. */
export function boundNames(x: Of<'big'>): string[] {
  return x.lower
    .flatMap((condition) => (condition.kind === 'list' ? condition.items : [condition]))
    .flatMap((condition) => (condition.kind === 'relation' ? condition.members : [condition]))
    .flatMap((part) => plainName(part) ?? []);
}

/** The letters that any Σ or Π of some expressions binds. */
export function lettersBound(members: readonly Expr[]): ReadonlySet<string> {
  const all = members.flatMap((member) => [...parts(member)]);
  return new Set(all.flatMap((x) => (x.kind === 'big' ? boundNames(x) : [])));
}
