/** Arrays that an equation gives by their elements: what their indices run over, and whether they count from 1 or 0. */

import { NotationError } from '../../notation/problem.ts';
import { children, type Expr, rangeOf, type Span } from '../../notation/tree.ts';
import { elementsOf, isShifted, isWithin } from './elements.ts';
import { combinations, type Integers, type Range } from './integers.ts';
import type { Interpretation } from './scope.ts';
import { spoken, type Value } from './value.ts';

/** What is computed by elements: where it stands, its axes, and what is given of their ranges. */
export interface ByElements {
  readonly axes: readonly string[];
  readonly ranges: readonly Range[];
  readonly left: Expr;
  readonly right: Expr;
}

/** The value of the right-hand side, or the array of its values along the axes. Throws a NotationError. */
export function computed<V>(
  { axes, ranges: given, left, right }: ByElements,
  integers: Integers,
  interpreter: Interpretation<V>,
): Value<V> {
  const { scope } = interpreter;
  if (axes.length === 0 && !sumsFromZero(right)) return interpreter.value(right, integers);
  const counted = (elementBase: 0 | 1) => interpreter.within({ ...scope, elementBase });
  const { ranges, base } = extentOf(axes, given, right, integers, counted, left.span);
  if (axes.length === 0) return counted(base).value(right, integers);
  const isPadded = axes.every((axis) => given.some(({ index }) => index === axis));
  const each = interpreter.within({ ...scope, elementBase: base, isPadded });
  const { A } = scope.m.domain;
  const elements = [...combinations(ranges, integers)].map((known) => {
    const element = each.value(right, known);
    if (element.shape.length > 0)
      throw each.error(`expected a number for each element, found ${spoken(element)}`, right.span);
    return A.reshape(element.v, { shape: [1] });
  });
  const shape = ranges.map(({ values }) => values.length);
  return scope.m.value(A.reshape(A.apply('concat', elements, { axis: 0 }), { shape }));
}

/** Whether the array counts from 1 or from 0; undefined for what is no array, or does not tell. */
export function firstElement<V>(
  { axes, ranges, left, right }: ByElements,
  integers: Integers,
  { scope, within }: Interpretation<V>,
): 0 | 1 | undefined {
  if (axes.length === 0) return undefined;
  try {
    const counted = (elementBase: 0 | 1) => within({ ...scope, elementBase });
    return extentOf(axes, ranges, right, integers, counted, left.span).base;
  } catch (error) {
    if (error instanceof NotationError) return undefined;
    throw error;
  }
}

/** Whether a Σ begins at 0. */
function sumsFromZero(right: Expr): boolean {
  const stack = [right];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    if (x.kind === 'big') {
      const from = rangeOf(x)?.from;
      if (from?.kind === 'number' && Number(from.text) === 0) return true;
    }
    stack.push(...children(x));
  }
  return false;
}

/** The ranges of the axes, in order, and the number of the first element. */
interface Extent {
  readonly ranges: readonly Range[];
  readonly base: 0 | 1;
}

/**
 * The extent of an array: as `given`, else wherever the right-hand side has all elements that it asks for. They count
 * from 1, or from 0 if the array begins there or an element 0 is asked for. Throws a NotationError.
 */
function extentOf<V>(
  axes: readonly string[],
  given: readonly Range[],
  right: Expr,
  integers: Integers,
  interpreter: (base: 0 | 1) => Interpretation<V>,
  span: Span,
): Extent {
  const bases = [1, 0] as const;
  for (const base of bases) {
    const counted = interpreter(base);
    const ranges = axes.map((index) => {
      return given.find((range) => range.index === index) ?? runOf(index, right, integers, counted);
    });
    if (!ranges.every((range) => range !== undefined && range.values[0] === base)) continue;
    const corners = combinations(
      ranges.map((range) => ends(range!)),
      integers,
    );
    const hasAll = [...corners].every((corner) =>
      elementsIn(right, corner, counted).every(
        ({ x, places, shape }) => (given.length > 0 && isShifted(x)) || isWithin(places, shape, base),
      ),
    );
    if (hasAll) return { ranges: ranges as readonly Range[], base };
  }
  const open = axes.find((axis) => !given.some(({ index }) => index === axis));
  if (open === undefined) {
    const base = bases.find((base) => given.some(({ values }) => values[0] === base)) ?? 1;
    return { ranges: axes.map((axis) => given.find(({ index }) => index === axis)!), base };
  }
  const example = axes.map((axis) => `${axis} = 1..4`).join(', ');
  throw new NotationError(
    `what does ${open} run over? Write its range, as in for ${example}`,
    interpreter(1).scope.text,
    span,
  );
}

const ends = ({ index, values }: Range): Range => ({
  index,
  values: values.length > 1 ? [values[0], values.at(-1)!] : values,
});

/** The values of an index for which all elements are there; undefined if there are none, or nothing tells. */
function runOf<V>(
  index: string,
  right: Expr,
  integers: Integers,
  counted: Interpretation<V>,
): Range | undefined {
  const base = counted.scope.elementBase ?? 1;
  const at = (value: number) => elementsIn(right, new Map(integers).set(index, value), counted);
  const [zero, one] = [at(0), at(1)];
  if (zero.length !== one.length) return undefined;
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [i, { places, shape }] of zero.entries()) {
    for (const [axis, place] of places.entries()) {
      const step = (one[i].places[axis] ?? Number.NaN) - (place ?? Number.NaN);
      if (Number.isNaN(step) || step === 0) continue;
      const bounds = [base - place!, base + shape[axis] - 1 - place!].map((gap) => gap / step);
      low = Math.max(low, Math.ceil(Math.min(...bounds)));
      high = Math.min(high, Math.floor(Math.max(...bounds)));
    }
  }
  if (!(low <= high && high - low < Number.POSITIVE_INFINITY)) return undefined;
  return { index, values: Array.from({ length: high - low + 1 }, (_, k) => low + k) };
}

interface Element {
  readonly x: Expr;
  readonly places: readonly (number | undefined)[];
  readonly shape: readonly number[];
}

/** The elements that an expression asks for, at the ends of what its Σ run over. */
function elementsIn<V>(right: Expr, integers: Integers, counted: Interpretation<V>): Element[] {
  const found: Element[] = [];
  const walk = (x: Expr, known: Integers): void => {
    if (x.kind === 'big' && x.lower.length > 0) {
      for (const corner of combinations(counted.rangesOf(x, known).map(ends), known)) walk(x.body, corner);
      return;
    }
    for (const { reference, places } of elementsOf(x, known, counted.scope.indexCount)) {
      const shape = counted.scope.variable(reference, x)?.shape;
      if (shape?.length !== places.length) continue;
      found.push({ x, places, shape });
      return;
    }
    for (const child of children(x)) walk(child, known);
  };
  walk(right, integers);
  return found;
}
