/**
 * Softmax over the last axis, and its derivatives. A probability that is nearly 1 has lost the digits of 1 − p; there the
 * other classes of its row, which sum to 1 − p, tell them.
 */

import { formatShape, type Shape, sameShape } from '../graph/shape.ts';
import { type Algebra, type Data, type Rows, ShapeMismatch } from './op.ts';
import { summed } from './reduce.ts';
import { call, infix, PRODUCT, SUM, type Tex } from './tex.ts';
import { negative } from './unary.ts';

export function requireAxis(op: string, x: Shape): void {
  if (x.length === 0) throw new ShapeMismatch(`${op} takes a vector or more, not a scalar`);
}

const ofRows =
  (op: string) =>
  ([a, b]: readonly Shape[]): Shape => {
    requireAxis(op, a);
    if (b !== undefined && !sameShape(a, b)) {
      throw new ShapeMismatch(`${formatShape(a)} and ${formatShape(b)} differ`);
    }
    return a;
  };

/** The place of the largest of the n elements from `from` on; of NaN if there is one. */
export function placeOfLargest(x: Data, from: number, n: number): number {
  let at = from;
  for (let i = from + 1; i < from + n; i++) if (x[i] > x[at] || Number.isNaN(x[i])) at = i;
  return at;
}

/**
 * log Σ e^{x − m} of the n elements from `from` on, m the largest, at `at`. Nothing is added to m here: beside a large m the
 * logarithm would lose its digits. The largest counts 1; where the others are nearly 0 they are all that is left of it.
 */
export function logAboveLargest(x: Data, from: number, n: number, at: number): number {
  if (Math.abs(x[at]) === Number.POSITIVE_INFINITY) return 0; // ∞ − ∞ is no number
  let others = 0;
  for (let i = from; i < from + n; i++) if (i !== at) others += Math.exp(x[i] - x[at]);
  return Math.log1p(others);
}

function softmaxOf(x: Data, y: Data, from: number, n: number): void {
  let max = x[from];
  for (let i = from + 1; i < from + n; i++) if (x[i] > max) max = x[i];
  let sum = 0;
  for (let i = from; i < from + n; i++) sum += y[i] = Math.exp(x[i] - max);
  for (let i = from; i < from + n; i++) y[i] /= sum;
}

/** The place of a probability from which 1 − p should not be taken, or −1. */
function heaviest(p: Data, from: number, n: number): number {
  for (let i = from; i < from + n; i++) if (p[i] > 0.9) return i;
  return -1;
}

/** y ← p ⊙ (u − Σ u ⊙ p) of one row; adding a number to all u changes nothing, so the u of the heaviest p may be 0. y may be u. */
export function pullBack(p: Data, u: Data, y: Data, from: number, n: number): void {
  const heavy = heaviest(p, from, n);
  const base = heavy < 0 ? 0 : u[heavy];
  let mean = 0;
  for (let i = from; i < from + n; i++) mean += (u[i] - base) * p[i];
  for (let i = from; i < from + n; i++) y[i] = p[i] * (u[i] - base - mean);
}

/** y ← softmax(x) Σ t − t of one row, whose sum is 0. */
function excess(x: Data, t: Data, y: Data, from: number, n: number): void {
  softmaxOf(x, y, from, n);
  const heavy = heaviest(y, from, n);
  let total = 0;
  for (let i = from; i < from + n; i++) total += t[i];
  let others = 0;
  for (let i = from; i < from + n; i++) {
    const value = y[i] * total - t[i];
    y[i] = value;
    if (i !== heavy) others += value;
  }
  if (heavy >= 0) y[heavy] = -others;
}

const overLast = <V>(A: Algebra<V>, x: V, shape: Shape): V =>
  A.sum(x, { axes: [shape.length - 1], keepDims: true });

const times = infix(' \\odot ', PRODUCT);
const less = infix(' - ', SUM, false);
const softmaxTex = (x: Tex): Tex => call('\\operatorname{softmax}', x);

export const softmax: Rows<'softmax' | 'softmaxGradient' | 'logSoftmax' | 'softmaxExcess'> = {
  softmax: {
    arity: 1,
    attrs: {},
    shape: ofRows('softmax'),
    kernel: ({ x: [a], y, shape }) => {
      const n = shape[shape.length - 1];
      return () => {
        for (let from = 0; from < y.length; from += n) softmaxOf(a, y, from, n);
      };
    },
    vjp: [({ A, y, g }) => A.softmaxGradient(y, g)],
    tex: ([x]) => softmaxTex(x),
    symbol: 'softmax',
    domain: [-3, 3],
    kinks: [],
  },
  // y ⊙ (g − Σ g ⊙ y): what x receives where y = softmax(x) receives g. Linear in g, and its own adjoint
  softmaxGradient: {
    arity: 2,
    attrs: {},
    shape: ofRows('softmaxGradient'),
    kernel: ({ x: [p, g], y, shape }) => {
      const n = shape[shape.length - 1];
      return () => {
        for (let from = 0; from < y.length; from += n) pullBack(p, g, y, from, n);
      };
    },
    vjp: [
      ({ A, x: [y, g], g: u, shape }) => {
        const direct = A.mul(u, A.sub(g, overLast(A, A.mul(g, y), shape)));
        return A.sub(direct, A.mul(g, overLast(A, A.mul(u, y), shape)));
      },
      ({ A, x: [y], g: u }) => A.softmaxGradient(y, u),
    ],
    tex: ([y, g]) => times([y, less([g, summed([times([g, y])])])]),
    symbol: 'y⊙(g−Σgy)',
    domain: [-0.9, 0.9],
    kinks: [],
  },
  // x − log Σ eˣ = (x − m) − log Σ e^{x−m} with the largest x as m
  logSoftmax: {
    arity: 1,
    attrs: {},
    shape: ofRows('logSoftmax'),
    kernel: ({ x: [a], y, shape }) => {
      const n = shape[shape.length - 1];
      return () => {
        for (let from = 0; from < y.length; from += n) {
          const at = placeOfLargest(a, from, n);
          const log = logAboveLargest(a, from, n, at);
          for (let i = from; i < from + n; i++) y[i] = a[i] - a[at] - log;
        }
      };
    },
    vjp: [({ A, x: [x], g }) => negative(A, A.softmaxExcess(x, g))],
    tex: ([x]) => call('\\log\\operatorname{softmax}', x),
    symbol: 'log softmax',
    domain: [-3, 3],
    kinks: [],
  },
  // softmax(x) Σ t − t: p − t where Σ t = 1
  softmaxExcess: {
    arity: 2,
    attrs: {},
    shape: ofRows('softmaxExcess'),
    kernel: ({ x: [x, t], y, shape }) => {
      const n = shape[shape.length - 1];
      return () => {
        for (let from = 0; from < y.length; from += n) excess(x, t, y, from, n);
      };
    },
    vjp: [
      ({ A, x: [x, t], g, shape }) => A.mul(A.softmaxGradient(A.softmax(x), g), overLast(A, t, shape)),
      ({ A, x: [x], g, shape }) => A.sub(overLast(A, A.mul(A.softmax(x), g), shape), g),
    ],
    tex: ([x, t]) => less([times([softmaxTex(x), summed([t])]), t]),
    symbol: 'p Σt − t',
    domain: [-3, 3],
    kinks: [],
  },
};
