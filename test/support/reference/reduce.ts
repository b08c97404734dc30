/** Reductions along axes by their definitions, and what broadcasts back. */

import {
  atDistance,
  compare,
  type Dual,
  dual,
  exp,
  log,
  minus,
  over,
  product,
  scaled,
  shifted,
  sqrt,
  sum,
  times,
} from '../dual.ts';
import {
  commonShape,
  element,
  indicesOf,
  range,
  spreadElement,
  type Tensor,
  tabulate,
  withAxis,
} from './tensor.ts';

interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** y = f of all elements of x that differ in the reduced axes alone. */
const along =
  (f: (group: readonly Dual[]) => Dual) =>
  ([x]: readonly Tensor[], { axes, keepDims }: Axes): Tensor => {
    const isReduced = (axis: number) => axes.includes(axis);
    const kept = x.shape.map((n, axis) => (isReduced(axis) ? 1 : n));
    const inner = indicesOf(x.shape.map((n, axis) => (isReduced(axis) ? n : 1)));
    const { at } = tabulate(kept, (index) =>
      f(
        inner.map((step) =>
          element(
            x,
            index.map((i, axis) => i + step[axis]),
          ),
        ),
      ),
    );
    return { shape: keepDims ? kept : x.shape.filter((_, axis) => !isReduced(axis)), at };
  };

/** In place of each element f of its group, in which it is at place `own`. */
const others =
  <A>(f: (group: readonly Dual[], own: number, attrs: A) => Dual) =>
  ([x]: readonly Tensor[], attrs: A & Pick<Axes, 'axes'>): Tensor => {
    const isOf = (axis: number) => attrs.axes.includes(axis);
    const inner = indicesOf(x.shape.map((n, axis) => (isOf(axis) ? n : 1)));
    return tabulate(x.shape, (index) =>
      f(
        inner.map((step) =>
          element(
            x,
            index.map((i, axis) => (isOf(axis) ? step[axis] : i)),
          ),
        ),
        inner.findIndex((step) => index.every((i, axis) => !isOf(axis) || i === step[axis])),
        attrs,
      ),
    );
  };

/** The largest; k equal ones share the derivative. */
function largest(group: readonly Dual[]): Dual {
  const v = Math.max(...group.map((x) => x.v));
  const tied = group.filter((x) => x.v === v);
  for (const x of group) compare(x, tied[0]);
  return dual(v, sum(tied).d / tied.length);
}

const mean = (group: readonly Dual[]): Dual => scaled(sum(group), 1 / group.length);

function variance(group: readonly Dual[]): Dual {
  const m = mean(group);
  const result = mean(group.map((x) => times(minus(x, m), minus(x, m))));
  if (group.length > 1 && result.v === 0) atDistance(0); // of equal numbers it is 0, or what rounding leaves of it
  return result;
}

function norm(group: readonly Dual[]): Dual {
  const squares = sum(group.map((x) => times(x, x)));
  if (group.length > 0) atDistance(squares.v); // the derivative jumps at 0
  return squares.v === 0 ? dual(0) : sqrt(squares);
}

const negative = (x: Dual): Dual => scaled(x, -1);

export const reduce = {
  total: (x: readonly Tensor[]): Tensor =>
    tabulate(x[0].shape, (index) => sum(x.map((term) => element(term, index)))),
  sum: along(sum),
  sumTo: ([x]: readonly Tensor[], { shape }: { shape: readonly number[] }): Tensor => {
    const lead = x.shape.length - shape.length;
    return tabulate(shape, (index) =>
      sum(
        indicesOf(x.shape)
          .filter((from) => index.every((i, axis) => (shape[axis] === 1 ? true : from[axis + lead] === i)))
          .map((from) => element(x, from)),
      ),
    );
  },
  broadcastTo: ([x]: readonly Tensor[], { shape }: { shape: readonly number[] }): Tensor =>
    tabulate(commonShape([x.shape, shape]), (index) => spreadElement(x, index)),
  reshape: ([x]: readonly Tensor[], { shape }: { shape: readonly number[] }): Tensor => ({ shape, at: x.at }),
  mean: along(mean),
  reduceMax: along(largest),
  reduceMin: along((group) => negative(largest(group.map(negative)))),
  logSumExp: along((group) => log(sum(group.map(exp)))),
  variance: along(variance),
  norm: along(norm),
  prod: along(product),
  prodOfOthers: others((group, own) => product(group.filter((_, i) => i !== own))),
  // (x − mean) / √(variance + ε)
  standardize: others<{ epsilon: number }>((group, own, { epsilon }) => {
    const square = shifted(variance(group), epsilon);
    atDistance(square.v); // equal elements and no ε: 0/0
    return over(minus(group[own], mean(group)), sqrt(square));
  }),
  cumsum: ([x]: readonly Tensor[], { axis, reverse }: { axis: number; reverse: boolean }): Tensor =>
    tabulate(x.shape, (index) =>
      sum(
        range(x.shape[axis])
          .filter((j) => (reverse ? j >= index[axis] : j <= index[axis]))
          .map((j) => element(x, withAxis(index, axis, j))),
      ),
    ),
};
