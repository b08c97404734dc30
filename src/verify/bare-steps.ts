/** One step of a program, whose names bear no index: df = dc * c_prev is df_t = dc_t c_{t−1}. */

import { plainName } from '../model/equations/integers.ts';
import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { alike, parts, withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** From this step to the one that a word names. */
const STEPS: Readonly<Record<string, number>> = { prev: -1, next: 1 };

/**
 * The statements with steps written at the names of variables that have one, if all lines give gradients without an index,
 * as programs do, and some variable bears none. What a program carries from step to step, dh_next, keeps its name.
 */
export function withStepsWritten(statements: readonly Statement[], subject: Subject): readonly Statement[] {
  if (subject.steps.size === 0 || !statements.every((one) => isLine(one, subject))) return statements;
  const all = statements.flatMap(({ members }) => members.flatMap((member) => [...parts(member)]));
  const names = new Set(all.filter((x) => isName(x, subject)));
  const letters = new Set(all.filter((x) => !names.has(x)).flatMap(lettersOf));
  const isCounted = all.some(({ kind }) => kind === 'derivative' || kind === 'big');
  if (letters.size > 1 || isCounted || statements.some((one, i) => isChanged(one, statements.slice(0, i))))
    return statements;
  const [letter = 't'] = letters;
  const isOfSteps = (name: string): boolean => {
    const known = canonical(name, subject.indexCount);
    return known !== undefined && subject.indexCount(known).every((count) => count === 1);
  };
  const written = statements.map((statement) => {
    const members = statement.members.map((member) => atStep(member, letter, isOfSteps));
    return members.every((member, i) => member === statement.members[i])
      ? statement
      : { ...statement, members };
  });
  return written;
}

/** `dc = …`, `dW += …`: the gradient of a name alone. */
function isLine({ members, relations }: Statement, subject: Subject): boolean {
  const [left] = members;
  const isGiven = relations.length === 1 && ['=', ':=', '+='].includes(relations[0]);
  if (!isGiven || left.kind !== 'differential') return false;
  return left.of.kind === 'name' || wordOf(left.of) !== undefined || isName(left.of, subject);
}

/** `W_i`, whose script is part of the name. */
function isName(x: Expr, { indexCount }: Subject): boolean {
  const name = x.kind === 'sub' ? scriptedName(x) : undefined;
  if (name === undefined || name.scripts.some(({ word }) => word === undefined)) return false;
  return canonical([name.base, ...name.scripts.map(({ word }) => word)].join('_'), indexCount) !== undefined;
}

/** Whether what a line gives was given before, or is read by it: then it has what the step before left in it. */
function isChanged({ members: [left, ...rest] }: Statement, before: readonly Statement[]): boolean {
  const isLeft = (x: Expr) => alike(x, left);
  const isCarried = left.kind === 'differential' && wordOf(left.of) !== undefined; // dc_next, which the next step reads
  return (
    isCarried ||
    before.some(({ members }) => isLeft(members[0])) ||
    rest.some((x) => [...parts(x)].some(isLeft))
  );
}

/** The letters of `hs[t]`, `h_{t-1}`. */
function lettersOf(x: Expr): readonly string[] {
  if (x.kind === 'index')
    return x.items.flatMap((item) => [...parts(item)].flatMap((part) => plainName(part) ?? []));
  if (x.kind !== 'sub' || wordOf(x) !== undefined) return [];
  return [...parts(x.index)].flatMap((part) => {
    const name = plainName(part);
    return name?.length === 1 ? [name] : [];
  });
}

/** c and −1 of `c_prev`, `cprev`. */
function wordOf(x: Expr): { readonly of: Expr; readonly step: number } | undefined {
  if (x.kind === 'sub') {
    const step = STEPS[plainName(x.index) ?? ''];
    return step === undefined ? undefined : { of: x.of, step };
  }
  const [, base, word] = /^(.+)(prev|next)$/.exec(plainName(x) ?? '') ?? [];
  if (base === undefined) return undefined;
  return { of: { kind: 'name', base, accents: [], span: x.span }, step: STEPS[word] };
}

function atStep(x: Expr, letter: string, isOfSteps: (name: string) => boolean): Expr {
  const again = (part: Expr) => atStep(part, letter, isOfSteps);
  const bare = plainName(x);
  if (bare !== undefined && isOfSteps(bare))
    return { kind: 'sub', of: x, index: indexAt(letter, 0, x), span: x.span };
  if (x.kind === 'differential') {
    const name = plainName(x.of);
    return name !== undefined && isOfSteps(name) ? { ...x, of: again(x.of) } : x;
  }
  const word = wordOf(x);
  if (word !== undefined && isOfSteps(plainName(word.of) ?? ''))
    return { kind: 'sub', of: word.of, index: indexAt(letter, word.step, x), span: x.span };
  if (x.kind === 'sub' || x.kind === 'index') return x;
  if (x.kind === 'call') return { ...x, args: x.args.map(again) };
  return withParts(x, again);
}

/** t, t − 1, t + 1. */
function indexAt(base: string, step: number, { span }: Expr): Expr {
  const letter: Expr = { kind: 'name', base, accents: [], span };
  if (step === 0) return letter;
  const one: Expr = { kind: 'number', text: '1', span };
  return {
    kind: 'sum',
    terms: [
      { sign: '+', term: letter },
      { sign: step > 0 ? '+' : '-', term: one },
    ],
    span,
  };
}
