/** A statement made ready to be judged: dots filled in, letters for functions told apart, its free indices found. */

import { type Integers, plainName } from '../model/equations/integers.ts';
import { canonical, referenceOf, scriptedName } from '../model/equations/names.ts';
import { children, type Expr, type Of, type Statement } from '../notation/tree.ts';
import { parts, rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { familyKey } from './subject.ts';

/** Letters that stand for whatever activation the network has. */
const GENERIC: ReadonlySet<string> = new Set(['f', 'g', 'φ', 'ϕ', 'ψ', 'θ', 'act']);

export interface Prepared {
  readonly members: readonly Expr[];
  /** Letters for functions that occur. */
  readonly generic: ReadonlySet<string>;
  /** Dots that were filled in with nothing: a guess. */
  readonly guessed: readonly Expr[];
}

/** Reads `f′ (a)` as a call and fills in dots where their neighbours fix the step. */
export function prepared(statement: Statement, subject: Subject): Prepared {
  const generic = new Set<string>();
  const guessed: Expr[] = [];
  const members = statement.members.map((member) =>
    rewritten(lettered(member), (x) => {
      if (x.kind === 'product') return filled(called(x, subject, generic), guessed);
      if (x.kind === 'call') return chained(x);
      if (x.kind === 'big') return overAll(x, subject);
      if (x.kind === 'sum') return filled(x, guessed);
      return x;
    }),
  );
  return { members, generic, guessed };
}

/** Σ_{h′}: a primed letter that a Σ or Π binds is a letter of its own, also in w_{h′h}. */
function lettered(x: Expr): Expr {
  const bound = new Set(
    [...parts(x)]
      .flatMap((part) => (part.kind === 'big' ? part.lower : []))
      .flatMap((condition) => [...parts(condition)])
      .flatMap((part) => (part.kind === 'prime' ? (plainName(part.of) ?? []) : [])),
  );
  if (bound.size === 0) return x;
  const letter = (base: string, { span }: Expr): Expr => ({ kind: 'name', base, accents: [], span });
  /** The letters of a script side by side. */
  const items = (part: Expr): readonly Expr[] | undefined => {
    if (part.kind === 'product') {
      const all = part.factors.map(({ operator, factor }) =>
        operator === 'juxtaposed' ? items(factor) : undefined,
      );
      return all.every((found) => found !== undefined) ? all.flat() : undefined;
    }
    if (part.kind === 'name') return [...part.base].map((base) => letter(base, part));
    const word = part.kind === 'prime' && part.count === 1 ? plainName(part.of) : undefined;
    const last = word?.at(-1);
    if (word === undefined || last === undefined || !bound.has(last)) return undefined;
    return [...[...word.slice(0, -1)].map((base) => letter(base, part)), letter(`${last}′`, part)];
  };
  const inScript = (index: Expr): Expr => {
    const isPrimed = [...parts(index)].some(({ kind }) => kind === 'prime');
    const found = isPrimed ? items(index) : undefined;
    if (found === undefined) return index;
    return found.length === 1 ? found[0] : { kind: 'list', items: found, span: index.span };
  };
  return rewritten(x, (part) => {
    if (part.kind === 'sub') return { ...part, index: inScript(part.index) };
    if (part.kind !== 'big') return part;
    const lower = part.lower.map((condition) => rewritten(condition, inScript));
    return { ...part, lower };
  });
}

/** `prod(∂L/∂o, ∂o/∂W)` of Dive into Deep Learning: the factors of a chain, one after the other. */
function chained(x: Of<'call'>): Expr {
  const isChain = plainName(x.fn) === 'prod' && x.args.length > 1;
  if (!isChain) return x;
  return {
    kind: 'product',
    factors: x.args.map((factor) => ({ operator: 'juxtaposed', factor })),
    span: x.span,
  };
}

/** `f' (a)` with a letter that the model has no variable of is a call. */
function called(x: Of<'product'>, subject: Subject, generic: Set<string>): Expr {
  const factors: Of<'product'>['factors'][number][] = [];
  for (let i = 0; i < x.factors.length; i++) {
    const { operator, factor, mode } = x.factors[i];
    const next = x.factors[i + 1];
    const name = plainName(factor.kind === 'prime' ? factor.of : factor);
    const isLetter = name !== undefined && GENERIC.has(name) && subject.indexCount(name).length === 0;
    if (isLetter && next?.operator === 'juxtaposed' && next.factor.kind === 'bracket') {
      generic.add(name);
      const span = { start: factor.span.start, end: next.factor.span.end };
      const call: Expr = { kind: 'call', fn: factor, args: [next.factor.of], span };
      factors.push({ operator, ...(mode === undefined ? {} : { mode }), factor: call });
      i++;
    } else factors.push(x.factors[i]);
  }
  if (factors.length === x.factors.length) return x;
  return factors.length === 1 ? factors[0].factor : { ...x, factors };
}

/** `Σ E_t`: over the one index that there is. */
function overAll(x: Of<'big'>, subject: Subject): Expr {
  if (x.op !== 'sum' || x.lower.length > 0 || x.upper !== undefined) return x;
  const [letter, ...others] = freeIndices([x.body], subject, subject.integers);
  if (letter === undefined || others.length > 0) return x;
  return { ...x, lower: [{ kind: 'name', base: letter, accents: [], span: x.span }] };
}

const MAX_FILLED = 200;

/** `a_1 + a_2 + … + a_5`: what lies between, if the neighbours differ by whole numbers that fix the step. */
function filled(x: Expr, guessed: Expr[]): Expr {
  if (x.kind === 'sum') {
    const at = x.terms.findIndex(({ term }) => term.kind === 'ellipsis');
    if (at < 0) return x;
    const between = interpolated(
      x.terms.slice(0, at).map(({ term }) => term),
      x.terms[at + 1]?.term,
    );
    if (between === undefined) return x;
    const { sign } = x.terms[at];
    const terms = [
      ...x.terms.slice(0, at),
      ...between.map((term) => ({ sign, term })),
      ...x.terms.slice(at + 1),
    ];
    return filled({ ...x, terms }, guessed);
  }
  if (x.kind !== 'product') return x;
  const at = x.factors.findIndex(({ factor }) => factor.kind === 'ellipsis');
  if (at < 0) return x;
  const between = interpolated(
    x.factors.slice(0, at).map(({ factor }) => factor),
    x.factors[at + 1]?.factor,
  );
  if (between === undefined) return x;
  if (between.length === 0) guessed.push(x.factors[at].factor);
  const { operator } = x.factors[at];
  const factors = [
    ...x.factors.slice(0, at),
    ...between.map((factor) => ({ operator, factor })),
    ...x.factors.slice(at + 1),
  ];
  return filled({ ...x, factors }, guessed);
}

/** The expressions between the last of `before` and `end`, at the step from the last but one, or of one. */
function interpolated(before: readonly Expr[], end: Expr | undefined): readonly Expr[] | undefined {
  const last = before.at(-1);
  if (last === undefined || end === undefined) return undefined;
  const gap = difference(last, end);
  if (gap === undefined || gap === 0) return undefined;
  const previous = before.at(-2);
  const known = previous === undefined ? undefined : difference(previous, last);
  const step = known !== undefined && known !== 0 ? known : Math.sign(gap);
  const count = gap / step - 1;
  if (!Number.isInteger(count) || count < 0 || count > MAX_FILLED) return undefined;
  return Array.from({ length: count }, (_, i) => shifted(last, end, (i + 1) * step));
}

/** The one whole number by which all numbers of b exceed those of a, where they are alike otherwise. */
function difference(a: Expr, b: Expr): number | undefined {
  const gaps = new Set<number>();
  const alike = (x: Expr, y: Expr): boolean => {
    if (x.kind === 'number' && y.kind === 'number') {
      const gap = Number(y.text) - Number(x.text);
      if (gap !== 0) gaps.add(gap);
      return Number.isInteger(gap);
    }
    if (x.kind !== y.kind) return false;
    if (x.kind === 'name' && y.kind === 'name' && x.base !== y.base) return false;
    const [p, q] = [children(x), children(y)];
    return p.length === q.length && p.every((part, i) => alike(part, q[i]));
  };
  if (!alike(a, b) || gaps.size !== 1) return undefined;
  return [...gaps][0];
}

/** `a` with the numbers in which it differs from `b` moved. */
function shifted(a: Expr, b: Expr, by: number): Expr {
  const [p, q] = [[...parts(a)], [...parts(b)]];
  const moving = new Set(p.filter((x, i) => x.kind === 'number' && (q[i] as Of<'number'>).text !== x.text));
  return rewritten(a, (x) =>
    x.kind === 'number' && [...moving].some(({ span }) => span.start === x.span.start)
      ? { ...x, text: String(Number(x.text) + by) }
      : x,
  );
}

/** Letters that are used as indices and that no Σ or Π binds. */
export function freeIndices(members: readonly Expr[], subject: Subject, integers: Integers): Set<string> {
  const found = new Set<string>();
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
      if (x.kind === 'sub' && x.of.kind === 'bracket') letterFound(x.index, undefined, bound);
      return;
    }
    const indexing = name.scripts.filter((_, i) => !isInName(name, i, subject));
    const isVariable = canonical(name.base, subject.indexCount) !== undefined;
    for (const { at, word } of indexing) letterFound(at, word, bound, isVariable);
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
  return [...parts(at)].flatMap((x) => plainName(x) ?? []);
}

/** `ofVariable`: the letter is a script of a variable; then it is none of the variables i_t, which have indices. */
function isIndexLetter(letter: string, subject: Subject, ofVariable: boolean): boolean {
  const counts = subject.indexCount(letter);
  const isFree = counts.length === 0 || (ofVariable && !counts.includes(0));
  return letter.length === 1 && letter !== 'T' && letter !== '⊤' && isFree;
}

/** The letters that a Σ or Π binds. */
export function boundNames(x: Of<'big'>): string[] {
  return x.lower
    .flatMap((condition) => (condition.kind === 'list' ? condition.items : [condition]))
    .flatMap((condition) => (condition.kind === 'relation' ? condition.members : [condition]))
    .flatMap((part) => plainName(part) ?? []);
}

/**
 * The keys of the families between which derivatives are immediate: those that a statement mentions. ∂⁺ holds all other
 * variables fixed: beside a direct way the others count too.
 */
export function heldApart(
  members: readonly Expr[],
  subject: Subject,
  integers: Integers,
  letters: ReadonlySet<string>,
): Set<string> {
  const found = mentioned(members, subject, integers, letters);
  const familyIn = (x: Expr) => [...mentioned([x], subject, withLetters([x], integers, letters), letters)];
  const strict = members
    .flatMap((member) => [...parts(member)])
    .flatMap((x) => (x.kind === 'derivative' && x.mark === 'partial+' ? [x] : []));
  const own = new Set(found);
  for (const { of, by } of strict) {
    const [a, b] = [familyIn(of), familyIn(by)];
    if (a.length !== 1 || b.length !== 1) continue;
    for (const key of subject.detours(a[0], b[0], own)) found.add(key);
  }
  return found;
}

/** Every letter of a part as an index: what binds it stands outside. */
function withLetters(members: readonly Expr[], integers: Integers, letters: ReadonlySet<string>): Integers {
  const known = new Map(integers);
  for (const x of members.flatMap((member) => [...parts(member)])) {
    const name = x.kind === 'name' ? plainName(x) : undefined;
    if (name !== undefined && name.length === 1 && !letters.has(name) && !known.has(name)) known.set(name, 1);
  }
  return known;
}

/** The keys of the families that a statement mentions. */
export function mentioned(
  members: readonly Expr[],
  subject: Subject,
  integers: Integers,
  letters: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  const known = new Map(integers);
  for (const letter of letters) known.set(letter, 1);
  const visit = (x: Expr, at: Integers): void => {
    if (x.kind === 'big') {
      const inner = new Map(at);
      for (const name of boundNames(x)) if (!inner.has(name)) inner.set(name, 1);
      for (const part of children(x)) visit(part, inner);
      return;
    }
    const reference = referenceOf(x, at, subject.indexCount);
    if (reference !== undefined) {
      found.add(familyKey(reference));
      return;
    }
    const name = scriptedName(x);
    if (name !== undefined) {
      // elements: the family with the most indices that the scripts can fill
      const family = canonical(name.base, subject.indexCount);
      const counts = family === undefined ? [] : subject.indexCount(family);
      const fitting = counts.filter((count) => count <= name.scripts.length);
      if (family !== undefined && fitting.length > 0) found.add(`${family}/${Math.max(...fitting)}`);
      return;
    }
    for (const part of children(x)) visit(part, at);
  };
  for (const member of members) visit(member, known);
  return found;
}
