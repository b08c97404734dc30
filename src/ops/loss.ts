/** Losses. Those of two operands sum or average over all elements to a scalar. */

import { formatShape, type Shape, sameShape, sizeOf } from '../graph/shape.ts';
import { type Rows, ShapeMismatch } from './op.ts';
import { logAboveLargest, placeOfLargest, requireAxis } from './softmax.ts';
import { atom, call, texNumber } from './tex.ts';

type Loss = 'crossEntropy' | 'softmaxCrossEntropy' | 'focalLoss' | 'huber' | 'meanSquaredError';

function alike([a, b]: readonly Shape[]): Shape {
  if (!sameShape(a, b)) throw new ShapeMismatch(`${formatShape(a)} and ${formatShape(b)} differ`);
  return [];
}

export const loss: Rows<Loss> = {
  // −Σ y log p over all elements, with 0 log 0 = 0
  crossEntropy: {
    arity: 2,
    attrs: {},
    shape: alike,
    kernel: ({ x: [p, target], y }) => {
      return () => {
        let sum = 0;
        for (let i = 0; i < p.length; i++) if (target[i] !== 0) sum -= target[i] * Math.log(p[i]);
        y[0] = sum;
      };
    },
    vjp: [
      ({ A, x: [p, t], g }) => A.mul(g, A.affine(A.xdivy(t, p), { scale: -1, shift: 0 })),
      ({ A, x: [p], g }) => A.mul(g, A.affine(A.log(p), { scale: -1, shift: 0 })),
    ],
    tex: ([p, t]) => call('\\operatorname{CE}', p, t),
    symbol: 'CE',
    domain: [0.1, 1],
    kinks: [],
  },
  // −Σ t log softmax(x): the cross-entropy from scores, which does not overflow. Where Σ t = 1, x̄ = g (softmax(x) − t)
  softmaxCrossEntropy: {
    arity: 2,
    attrs: {},
    shape: ([x, t]) => {
      requireAxis('softmaxCrossEntropy', x);
      return alike([x, t]);
    },
    kernel: ({ x: [x, t], y, shapes: [shape] }) => {
      const n = shape[shape.length - 1];
      return () => {
        let sum = 0;
        for (let from = 0; from < x.length; from += n) {
          const at = placeOfLargest(x, from, n);
          const log = logAboveLargest(x, from, n, at);
          for (let i = from; i < from + n; i++) if (t[i] !== 0) sum += t[i] * (log - (x[i] - x[at]));
        }
        y[0] = sum;
      };
    },
    vjp: [
      ({ A, x: [x, t], g }) => A.mul(g, A.softmaxExcess(x, t)),
      ({ A, x: [x], g }) => A.mul(g, A.affine(A.logSoftmax(x), { scale: -1, shift: 0 })),
    ],
    tex: ([x, t]) => call('\\operatorname{CE}', call('\\operatorname{softmax}', x), t),
    symbol: 'CE softmax',
    domain: [-3, 3],
    kinks: [],
  },
  // −α (1 − p)^γ log p, p the probability of the true class (Lin et al. 2017); the slope is α (γ (1 − p)^{γ−1} log p − (1 − p)^γ / p)
  focalLoss: {
    arity: 1,
    attrs: { gamma: 'number', alpha: 'number' },
    shape: ([p], { gamma, alpha }) => {
      if (!(gamma >= 0)) throw new ShapeMismatch(`gamma is ${gamma}, expected 0 or more`);
      if (!(alpha >= 0)) throw new ShapeMismatch(`alpha is ${alpha}, expected 0 or more`);
      return p;
    },
    kernel: ({ x: [p], y, attrs: { gamma, alpha } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = -alpha * (1 - p[i]) ** gamma * Math.log(p[i]);
      };
    },
    vjp: [
      ({ A, x: [p], g, attrs: { gamma, alpha } }) => {
        if (gamma === 0) return A.mul(g, A.affine(A.reciprocal(p), { scale: -alpha, shift: 0 }));
        const rest = A.affine(p, { scale: -1, shift: 1 });
        const raised = (exponent: number) => (exponent === 1 ? rest : A.power(rest, { exponent }));
        const outer = A.div(raised(gamma), p);
        const log = A.log(p);
        // below γ = 1 the power is infinite at p = 1, where its product with log p is 0
        const inner =
          gamma < 1
            ? A.mul(raised(gamma), A.xdivy(log, rest))
            : gamma === 1
              ? log
              : A.mul(raised(gamma - 1), log);
        const slope = A.sub(A.affine(inner, { scale: gamma, shift: 0 }), outer);
        return A.mul(g, A.affine(slope, { scale: alpha, shift: 0 }));
      },
    ],
    tex: ([p], { gamma }) => call(`\\operatorname{FL}_{${texNumber(gamma)}}`, p),
    symbol: 'FL',
    domain: [0.1, 0.9],
    kinks: [],
  },
  // ½ x² up to |x| = δ, then δ (|x| − ½ δ)
  huber: {
    arity: 1,
    attrs: { delta: 'number' },
    shape: ([x], { delta }) => {
      if (!(delta > 0)) throw new ShapeMismatch(`delta is ${delta}, expected more than 0`);
      return x;
    },
    kernel: ({ x: [a], y, attrs: { delta } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) {
          const size = Math.abs(a[i]);
          y[i] = size <= delta ? 0.5 * a[i] * a[i] : delta * (size - 0.5 * delta);
        }
      };
    },
    vjp: [({ A, x: [x], g, attrs: { delta } }) => A.mul(g, A.clip(x, { low: -delta, high: delta }))],
    tex: ([x]) => call('\\operatorname{huber}', x),
    symbol: 'huber',
    domain: [-2, 2],
    kinks: [],
  },
  // Σ (a − b)² / n
  meanSquaredError: {
    arity: 2,
    attrs: {},
    shape: ([a, b]) => {
      if (a.includes(0)) throw new ShapeMismatch('there is no mean of nothing');
      return alike([a, b]);
    },
    kernel: ({ x: [a, b], y }) => {
      return () => {
        let sum = 0;
        for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        y[0] = sum / a.length;
      };
    },
    vjp: [
      ({ A, x: [a, b], g, shapes: [shape] }) =>
        A.mul(g, A.affine(A.sub(a, b), { scale: 2 / sizeOf(shape), shift: 0 })),
      ({ A, x: [a, b], g, shapes: [shape] }) =>
        A.mul(g, A.affine(A.sub(b, a), { scale: 2 / sizeOf(shape), shift: 0 })),
    ],
    tex: ([a, b]) => atom(`\\overline{\\left(${a.text} - ${b.text}\\right)^2}`),
    symbol: 'MSE',
    domain: [-2, 2],
    kinks: [],
  },
};
