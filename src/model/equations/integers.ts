/** Index arithmetic: t − 1, T, 2k + 1, and what ranges of indices run over. */

import { children, type Expr, type Of, type Relation, rangeOf } from '../../notation/tree.ts';

/** Values of indices and sizes by name: t, k, T. */
export type Integers = ReadonlyMap<string, number>;

/** The text of a name without scripts: `t`, `θ`; undefined for anything else. */
export function plainName(x: Expr): string | undefined {
  if (x.kind === 'bracket') return plainName(x.of);
  return x.kind === 'name' && x.accents.length === 0 ? x.base : undefined;
}

/** The name of a size, which may have a word below it: `T`, `T_x`. */
export function sizeName(x: Expr): string | undefined {
  if (x.kind !== 'sub') return plainName(x);
  const [base, script] = [plainName(x.of), plainName(x.index)];
  return base === undefined || script === undefined ? undefined : `${base}_${script}`;
}

/** The whole number that an expression of indices is, or undefined if it is none. */
export function integerOf(x: Expr, integers: Integers): number | undefined {
  switch (x.kind) {
    case 'number': {
      const value = Number(x.text);
      return Number.isInteger(value) ? value : undefined;
    }
    case 'name':
    case 'sub':
      return integers.get(sizeName(x) ?? '');
    case 'bracket':
      return integerOf(x.of, integers);
    case 'neg': {
      const value = integerOf(x.of, integers);
      return value === undefined ? undefined : -value;
    }
    case 'sum':
      return combine(
        x.terms.map(({ sign, term }) => ({ sign, value: integerOf(term, integers) })),
        0,
        (total, { sign, value }) => (sign === '+' ? total + value! : total - value!),
      );
    case 'product':
      return combine(
        x.factors.map(({ factor }) => ({ value: integerOf(factor, integers) })),
        1,
        (total, { value }) => total * value!,
      );
    default:
      return undefined;
  }
}

function combine<P extends { readonly value: number | undefined }>(
  parts: readonly P[],
  start: number,
  step: (total: number, part: P) => number,
): number | undefined {
  return parts.some(({ value }) => value === undefined) ? undefined : parts.reduce(step, start);
}

/** Whether the relation holds between two whole numbers, or undefined if it is none of size. */
function holds(a: number, relation: Relation, b: number): boolean | undefined {
  switch (relation) {
    case '=':
    case '==':
    case ':=':
      return a === b;
    case '≠':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '≤':
      return a <= b;
    case '≥':
      return a >= b;
    default:
      return undefined;
  }
}

/** Values of one index, in the order in which they are run through. */
export interface Range {
  readonly index: string;
  readonly values: readonly number[];
}

/** Most values that an index takes: beyond, a formula is a slip. */
export const MAX_RANGE = 10_000;

/**
 * 1, …, T; if `next` is given in its steps: T, T−1, …, 1. From a size down to a number the range descends, and T−1, …, 1
 * is empty where T is 1. Undefined if an end is no number.
 */
function interval(x: Of<'interval'> & Expr, integers: Integers): readonly number[] | undefined {
  const [from, to] = [integerOf(x.from, integers), integerOf(x.to, integers)];
  const second = x.next === undefined ? undefined : integerOf(x.next, integers);
  if (from === undefined || to === undefined || (x.next !== undefined && second === undefined))
    return undefined;
  const step = second === undefined ? (isDescending(x, from, to) ? -1 : 1) : second - from;
  if (step === 0 || (second !== undefined && (to - from) % step !== 0)) return undefined;
  const count = Math.max(0, Math.floor((to - from) / step) + 1);
  return count > MAX_RANGE ? undefined : Array.from({ length: count }, (_, i) => from + i * step);
}

function isDescending(x: Of<'interval'>, from: number, to: number): boolean {
  const isNamed = (end: Expr): boolean => end.kind === 'name' || children(end).some(isNamed);
  return !isNamed(x.to) && (from > to || (isNamed(x.from) && from === to - 1));
}

/** What `t = 1..T` in words or `t ∈ 1..T` runs over. */
export function rangeFrom(condition: Expr, integers: Integers): Range | undefined {
  if (condition.kind !== 'relation' || condition.members.length !== 2) return undefined;
  const [index, values] = condition.members;
  const name = plainName(index);
  if (name === undefined || !['=', '∈', ':='].includes(condition.relations[0])) return undefined;
  const found = valuesIn(values, condition.relations[0] === '∈', integers);
  return found && { index: name, values: found };
}

/** The numbers of `1..T`, `{1, 2, 3}`, `{1, …, T}` and, as a set, `[1, T]`. */
function valuesIn(x: Expr, isSet: boolean, integers: Integers): readonly number[] | undefined {
  if (x.kind === 'interval') return interval(x, integers);
  if (x.kind === 'bracket') return valuesIn(x.of, isSet, integers);
  const { span } = x;
  if (x.kind === 'matrix' && isSet && x.rows.length === 1 && x.rows[0].length === 2) {
    const [from, to] = x.rows[0];
    return interval({ kind: 'interval', from, to, span }, integers);
  }
  if (x.kind === 'list' && x.items.some(({ kind }) => kind === 'ellipsis')) {
    const [from, second, third, to] = x.items;
    if (x.items.length === 3 && second.kind === 'ellipsis')
      return interval({ kind: 'interval', from, to: third, span }, integers);
    if (x.items.length !== 4 || third.kind !== 'ellipsis') return undefined;
    return interval({ kind: 'interval', from, next: second, to, span }, integers);
  }
  const numbers = (x.kind === 'list' ? x.items : [x]).map((item) => integerOf(item, integers));
  return numbers.every((value) => value !== undefined) ? numbers : undefined;
}

/** What `1 ≤ t ≤ T` or `0 < t < T` runs over: an index between two numbers. */
export function rangeBetween(x: Of<'relation'>, integers: Integers): Range | undefined {
  const ascending = x.relations.every((relation) => relation === '<' || relation === '≤');
  const index = x.members.length === 3 && ascending ? plainName(x.members[1]) : undefined;
  if (index === undefined || integers.has(index)) return undefined;
  const [low, high] = [integerOf(x.members[0], integers), integerOf(x.members[2], integers)];
  if (low === undefined || high === undefined) return undefined;
  const from = x.relations[0] === '<' ? low + 1 : low;
  const count = Math.max(0, (x.relations[1] === '<' ? high - 1 : high) - from + 1);
  return count > MAX_RANGE ? undefined : { index, values: Array.from({ length: count }, (_, i) => from + i) };
}

/**
 * What a Σ or Π runs over. Limits are whole numbers; conditions such as `t ≥ i > k` bound the one index that has no value
 * yet, within `bounds`; an index alone runs over `bounds`. Undefined: it cannot be told.
 */
export function rangesOf(
  big: Of<'big'>,
  integers: Integers,
  bounds: (index: string) => readonly [number, number] | undefined,
): readonly Range[] | undefined {
  const limits = rangeOf(big);
  if (limits !== undefined) {
    const index = plainName(limits.index);
    const [from, to] = [integerOf(limits.from, integers), integerOf(limits.to, integers)];
    if (index === undefined || from === undefined || to === undefined || to - from > MAX_RANGE)
      return undefined;
    return [{ index, values: Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i) }];
  }
  const conditions = big.lower.flatMap((x) => (x.kind === 'list' ? x.items : [x]));
  const names = new Set<string>();
  for (const x of conditions) {
    const parts = x.kind === 'relation' ? x.members : [x];
    for (const part of parts) {
      const name = plainName(part);
      // Σ_j binds j anew
      if (name !== undefined && (x.kind === 'name' || !integers.has(name))) names.add(name);
    }
  }
  const ranges: Range[] = [];
  for (const index of names) {
    const relations = conditions.filter((x) => x.kind === 'relation');
    const direct = relations.map((x) => rangeFrom(x, integers)).find((range) => range?.index === index);
    if (direct !== undefined) {
      ranges.push(direct);
      continue;
    }
    const within = bounds(index);
    // i ∈ I_3, of which nothing is known; of i ∈ outputs the word says that it is all
    const isOpen = relations.some(
      (x) =>
        x.kind === 'relation' &&
        x.relations[0] === '∈' &&
        plainName(x.members[0]) === index &&
        plainName(x.members[1]) === undefined &&
        x.members[1].kind !== 'call',
    );
    if (within === undefined || isOpen) return undefined;
    const values: number[] = [];
    for (let value = within[0]; value <= within[1]; value++) {
      const known = new Map(integers).set(index, value);
      const fits = relations.every((x) => holdsChain(x as Of<'relation'>, known) !== false);
      if (fits) values.push(value);
    }
    ranges.push({ index, values });
  }
  return ranges.length === 0 ? undefined : ranges;
}

/** Whether a chain such as `t ≥ i > k` holds; undefined if some member has no value. */
export function holdsChain(x: Of<'relation'>, integers: Integers): boolean | undefined {
  const values = x.members.map((member) => integerOf(member, integers));
  let all: boolean | undefined = true;
  for (let i = 0; i < x.relations.length; i++) {
    const [a, b] = [values[i], values[i + 1]];
    const fits = a === undefined || b === undefined ? undefined : holds(a, x.relations[i], b);
    if (fits === false) return false;
    if (fits === undefined) all = undefined;
  }
  return all;
}

/** All combinations of the ranges' values, the first index slowest. */
export function* combinations(ranges: readonly Range[], integers: Integers): Generator<Integers> {
  if (ranges.length === 0) {
    yield integers;
    return;
  }
  const [first, ...rest] = ranges;
  for (const value of first.values) yield* combinations(rest, new Map(integers).set(first.index, value));
}
