/** Ops that move elements, by saying of each element of the result where it comes from. */

import { compare, type Dual, dual, sum } from '../dual.ts';
import { element, isInside, range, type Tensor, tabulate, withAxis } from './tensor.ts';

const ZERO = dual(0);

/** The element at an index, or 0 where there is none. */
const elementOrZero = (x: Tensor, index: readonly number[]): Dual =>
  isInside(x.shape, index) ? element(x, index) : ZERO;

export const layout = {
  // y[i₁, i₂, …] = x[j₁, j₂, …] where axis a of y is axis perm[a] of x
  transpose: ([x]: readonly Tensor[], { perm }: { perm: readonly number[] }): Tensor =>
    tabulate(
      perm.map((axis) => x.shape[axis]),
      (index) => {
        const from: number[] = [];
        for (const [a, axis] of perm.entries()) from[axis] = index[a];
        return element(x, from);
      },
    ),
  slice: (
    [x]: readonly Tensor[],
    { begin, size }: { begin: readonly number[]; size: readonly number[] },
  ): Tensor =>
    tabulate(size, (index) =>
      element(
        x,
        index.map((i, axis) => i + begin[axis]),
      ),
    ),
  pad: (
    [x]: readonly Tensor[],
    { before, after }: { before: readonly number[]; after: readonly number[] },
  ): Tensor =>
    tabulate(
      x.shape.map((n, axis) => before[axis] + n + after[axis]),
      (index) =>
        elementOrZero(
          x,
          index.map((i, axis) => i - before[axis]),
        ),
    ),
  concat: (x: readonly Tensor[], { axis }: { axis: number }): Tensor => {
    // which operand, and which of its entries along the axis
    const entries = x.flatMap((part) => range(part.shape[axis]).map((i) => ({ part, i })));
    return tabulate(withAxis(x[0].shape, axis, entries.length), (index) => {
      const { part, i } = entries[index[axis]];
      return element(part, withAxis(index, axis, i));
    });
  },
  flip: ([x]: readonly Tensor[], { axes }: { axes: readonly number[] }): Tensor =>
    tabulate(x.shape, (index) =>
      element(
        x,
        index.map((i, axis) => (axes.includes(axis) ? x.shape[axis] - 1 - i : i)),
      ),
    ),
  gather: ([x]: readonly Tensor[], { axis, indices }: { axis: number; indices: readonly number[] }): Tensor =>
    tabulate(withAxis(x.shape, axis, indices.length), (index) =>
      element(x, withAxis(index, axis, indices[index[axis]])),
    ),
  scatterAdd: (
    [x]: readonly Tensor[],
    { axis, indices, size }: { axis: number; indices: readonly number[]; size: number },
  ): Tensor =>
    tabulate(withAxis(x.shape, axis, size), (index) =>
      sum(
        range(indices.length)
          .filter((k) => indices[k] === index[axis])
          .map((k) => element(x, withAxis(index, axis, k))),
      ),
    ),
  oneHot: ([x]: readonly Tensor[], { depth }: { depth: number }): Tensor =>
    tabulate([...x.shape, depth], (index) => {
      const number = element(x, index.slice(0, -1));
      const own = dual(index[index.length - 1]);
      compare(number, own);
      return dual(number.v === own.v ? 1 : 0);
    }),
};
