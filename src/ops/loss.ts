/** Softmax over the last axis and the cross-entropy of a predicted against a true distribution. */

import { formatShape, sameShape } from '../graph/shape.ts';
import { type Rows, ShapeMismatch } from './op.ts';
import { call } from './tex.ts';

export const loss: Rows<'softmax' | 'crossEntropy'> = {
  softmax: {
    arity: 1,
    attrs: {},
    shape: ([x]) => {
      if (x.length === 0) throw new ShapeMismatch('softmax takes a vector or more, not a scalar');
      return x;
    },
    kernel: ({ x: [a], y, shape }) => {
      const n = shape[shape.length - 1];
      return () => {
        for (let from = 0; from < y.length; from += n) {
          let max = a[from];
          for (let i = from + 1; i < from + n; i++) if (a[i] > max) max = a[i];
          let sum = 0;
          for (let i = from; i < from + n; i++) sum += y[i] = Math.exp(a[i] - max);
          for (let i = from; i < from + n; i++) y[i] /= sum;
        }
      };
    },
    // x̄ = y ⊙ (g − Σ g ⊙ y)
    vjp: [
      ({ A, y, g, shape }) =>
        A.mul(y, A.sub(g, A.sum(A.mul(g, y), { axes: [shape.length - 1], keepDims: true }))),
    ],
    tex: ([x]) => call('\\operatorname{softmax}', x),
    symbol: 'softmax',
    domain: [-3, 3],
    kinks: [],
  },
  // −Σ y log p over all elements, with 0 log 0 = 0
  crossEntropy: {
    arity: 2,
    attrs: {},
    shape: ([p, y]) => {
      if (!sameShape(p, y)) throw new ShapeMismatch(`${formatShape(p)} and ${formatShape(y)} differ`);
      return [];
    },
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
};
