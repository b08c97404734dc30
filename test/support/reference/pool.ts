/** Pools by their definitions; cells in the padding take no part. Of equal largest cells the first wins. */

import { compare, compareAtJump, type Dual, dual, scaled, sum } from '../dual.ts';
import { meeting, outputSize, type WindowAttrs } from './conv.ts';
import { element, indicesOf, isInside, type Tensor, tabulate } from './tensor.ts';

/** The input positions of window p, the last axis fastest. */
function cells(a: WindowAttrs, p: readonly number[]): number[][] {
  return indicesOf(a.kernelSize)
    .map((k) => meeting(a, p, k))
    .filter((at) => isInside(a.inputSize, at));
}

/** The index in x of the largest cell of the window p of channel c of sample n. */
function winner(
  x: Tensor,
  a: WindowAttrs,
  [n, c, ...p]: readonly number[],
  compared = compareAtJump,
): number[] {
  const candidates = cells(a, p).map((at) => [n, c, ...at]);
  const values = candidates.map((index) => element(x, index));
  const best = values.findIndex(({ v }) => v === Math.max(...values.map((value) => value.v)));
  for (const value of values) compared(value, values[best]);
  return candidates[best];
}

const pooled = (x: Tensor, a: WindowAttrs, f: (window: readonly number[]) => Dual): Tensor =>
  tabulate([x.shape[0], x.shape[1], ...outputSize(a)], f);

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((n, i) => n === b[i]);

export const pool = {
  maxPool: ([x]: readonly Tensor[], a: WindowAttrs): Tensor =>
    pooled(x, a, (window) => element(x, winner(x, a, window, compare))), // it matters not which of equal ones
  maxPoolGather: ([x, h]: readonly Tensor[], a: WindowAttrs): Tensor =>
    pooled(x, a, (window) => element(h, winner(x, a, window))),
  maxPoolScatter: ([x, g]: readonly Tensor[], a: WindowAttrs): Tensor => {
    const won = indicesOf(g.shape).map((window) => ({ at: winner(x, a, window), g: element(g, window) }));
    return tabulate(x.shape, (index) =>
      sum(won.filter(({ at }) => isSame(at, index)).map((window) => window.g)),
    );
  },
  avgPool: ([x]: readonly Tensor[], a: WindowAttrs): Tensor =>
    pooled(x, a, ([n, c, ...p]) => {
      const inside = cells(a, p);
      return scaled(sum(inside.map((at) => element(x, [n, c, ...at]))), 1 / inside.length);
    }),
  avgPoolAdjoint: ([g]: readonly Tensor[], a: WindowAttrs): Tensor =>
    tabulate([g.shape[0], g.shape[1], ...a.inputSize], ([n, c, ...at]) => {
      const terms: Dual[] = [dual(0)];
      for (const p of indicesOf(g.shape.slice(2))) {
        const inside = cells(a, p);
        if (inside.some((cell) => isSame(cell, at)))
          terms.push(scaled(element(g, [n, c, ...p]), 1 / inside.length));
      }
      return sum(terms);
    }),
};
