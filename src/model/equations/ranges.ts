/** What follows an equation: `for t = 1..T`, `t > 1`. */

import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import {
  type Integers,
  integerOf,
  MAX_RANGE,
  plainName,
  type Range,
  rangeBetween,
  rangeFrom,
} from './integers.ts';

export interface Conditions {
  readonly ranges: readonly Range[];
  /** Relations that bound an index without running over it: `t > 1`. */
  readonly filters: readonly (Expr & Of<'relation'>)[];
}

/** Ranges and bounds of indices. Throws a NotationError. */
export function conditionsOf(text: string, conditions: readonly Expr[], integers: Integers): Conditions {
  const ranges: Range[] = [];
  const filters: (Expr & Of<'relation'>)[] = [];
  for (const condition of conditions) {
    const isBound = condition.kind === 'relation' && condition.relations.some((r) => /[<>≤≥≠]/.test(r));
    const range = isBound ? rangeBetween(condition, integers) : rangeFrom(condition, integers);
    if (range !== undefined) ranges.push(range);
    else if (isBound) filters.push(condition);
    else {
      const { message, at } = problemWith(condition, integers);
      throw new NotationError(message, text, at.span);
    }
    const twice = ranges.find(({ index }, i) => ranges.findIndex((other) => other.index === index) !== i);
    if (twice !== undefined) {
      throw new NotationError(`${twice.index} is given two ranges`, text, condition.span);
    }
  }
  return { ranges, filters };
}

function problemWith(condition: Expr, integers: Integers): { message: string; at: Expr } {
  const expected = { message: 'expected a range of an index, such as t = 1..T', at: condition };
  const interval = condition.kind === 'relation' ? condition.members[1] : undefined;
  if (interval?.kind !== 'interval') return expected;
  const [from, to] = [integerOf(interval.from, integers), integerOf(interval.to, integers)];
  if (from === undefined || to === undefined) {
    const at = from === undefined ? interval.from : interval.to;
    const name = plainName(at);
    const message =
      name === undefined
        ? 'the ends of a range are whole numbers'
        : `${name} has no value; write ${name} = 3 in a line of its own`;
    return { message, at };
  }
  return to - from > MAX_RANGE
    ? { message: `a range has at most ${MAX_RANGE} values`, at: condition }
    : expected;
}
