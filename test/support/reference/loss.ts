/** Losses, and the distributions they compare, by their formulas. */

import { type Dual, dual, exp, log, minus, over, scaled, sum, times } from '../dual.ts';
import { unsaturated } from './pointwise.ts';
import { element, range, type Tensor, tabulate, withAxis } from './tensor.ts';

/** The elements of x that differ from the one at the index in the last axis alone. */
const row = (x: Tensor, index: readonly number[]): Dual[] => {
  const last = x.shape.length - 1;
  return range(x.shape[last]).map((j) => element(x, withAxis(index, last, j)));
};

const softmax = ([x]: readonly Tensor[]): Tensor =>
  tabulate(x.shape, (index) => over(exp(element(x, index)), sum(row(x, index).map(exp))));

/** −Σ t log p, with 0 log 0 = 0: where t is 0 a change of p does not matter. */
const crossEntropy = ([p, t]: readonly Tensor[]): Tensor => {
  const terms = p.at.map((probability, i) => {
    const target = t.at[i];
    if (target.v !== 0) return times(target, log(probability));
    return dual(0, target.d === 0 ? 0 : target.d * Math.log(probability.v));
  });
  return { shape: [], at: [scaled(sum(terms), -1)] };
};

export const loss = {
  softmax,
  softmaxGradient: ([y, g]: readonly Tensor[]): Tensor =>
    tabulate(y.shape, (index) => {
      const mean = sum(row(g, index).map((value, j) => times(value, row(y, index)[j])));
      return times(unsaturated(element(y, index)), minus(element(g, index), mean));
    }),
  softmaxExcess: ([x, t]: readonly Tensor[]): Tensor => {
    const p = softmax([x]);
    return tabulate(x.shape, (index) =>
      minus(times(element(p, index), sum(row(t, index))), element(t, index)),
    );
  },
  logSoftmax: (x: readonly Tensor[]): Tensor => ({ shape: x[0].shape, at: softmax(x).at.map(log) }),
  crossEntropy,
  softmaxCrossEntropy: ([x, t]: readonly Tensor[]): Tensor => crossEntropy([softmax([x]), t]),
  meanSquaredError: ([a, b]: readonly Tensor[]): Tensor => {
    const squares = a.at.map((x, i) => times(minus(x, b.at[i]), minus(x, b.at[i])));
    return { shape: [], at: [scaled(sum(squares), 1 / squares.length)] };
  },
};
