/** Arrays of dual numbers and loops over their indices, as a text book writes them. */

import type { Dual } from '../dual.ts';

/** Row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly at: readonly Dual[];
}

const countOf = (shape: readonly number[]): number => shape.reduce((count, n) => count * n, 1);

/** All indices of a shape, the last axis fastest. */
export function indicesOf(shape: readonly number[]): number[][] {
  return Array.from({ length: countOf(shape) }, (_, i) =>
    shape.map((n, axis) => Math.floor(i / countOf(shape.slice(axis + 1))) % n),
  );
}

/** The tensor whose element at an index is f(index). */
export function tabulate(shape: readonly number[], f: (index: readonly number[]) => Dual): Tensor {
  return { shape, at: indicesOf(shape).map(f) };
}

export function isInside(shape: readonly number[], index: readonly number[]): boolean {
  return index.length === shape.length && index.every((i, axis) => i >= 0 && i < shape[axis]);
}

/** The element at an index, which must exist. */
export function element(x: Tensor, index: readonly number[]): Dual {
  if (!isInside(x.shape, index)) throw new RangeError(`[${index}] is no index of [${x.shape}]`);
  return x.at[index.reduce((offset, i, axis) => offset * x.shape[axis] + i, 0)];
}

/** The element that broadcasting puts at an index of a larger shape: axes are matched from the last on. */
export function spreadElement(x: Tensor, index: readonly number[]): Dual {
  const own = index.slice(index.length - x.shape.length);
  return element(
    x,
    own.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
  );
}

/** The common shape under broadcasting: from the last axis on, the size that is not 1. */
export function commonShape(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return sizes.find((n) => n !== 1) ?? 1;
  });
}

/** The indices with `value` put in at `axis`. */
export function withAxis(index: readonly number[], axis: number, value: number): number[] {
  return index.map((i, a) => (a === axis ? value : i));
}

export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
