/** Activation functions of neural networks, element by element. */

import { erfc } from './erf.ts';
import type { Algebra, Rows } from './op.ts';
import { binary, broadcast, texAffine } from './pointwise.ts';
import { call, infix, PRODUCT, type Tex } from './tex.ts';
import { negative, ofShape, unary } from './unary.ts';

type Activation =
  | 'sigmoid'
  | 'sigmoidSlope'
  | 'softplus'
  | 'relu'
  | 'relu6'
  | 'leakyRelu'
  | 'elu'
  | 'selu'
  | 'gelu'
  | 'silu';

/** Klambauer et al. 2017, eq. 14. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

const named =
  (name: string) =>
  ([x]: readonly Tex[]): Tex =>
    call(`\\operatorname{${name}}`, x);

/** 1/(1+e^{−x}), without overflow. */
function logistic(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** The derivative of α(eˣ − 1) for x ≤ 0 and x for x > 0: α eˣ and 1. exp sees min(x, 0), so it cannot overflow. */
function eluSlope<V>(A: Algebra<V>, x: V, alpha: number): V {
  const positive = A.step(x);
  const exponential = A.exp(negative(A, A.relu(negative(A, x))));
  const below = A.mul(
    A.affine(exponential, { scale: alpha, shift: 0 }),
    A.affine(positive, { scale: -1, shift: 1 }),
  );
  return A.add(positive, below);
}

export const activation: Rows<Activation> = {
  sigmoid: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = logistic(a[i]);
      };
    },
    vjp: [({ A, x: [x], y, g }) => A.mul(g, A.sigmoidSlope(x, y))],
    tex: ([x]) => call('\\sigma', x),
    symbol: 'σ',
    domain: [-4, 4],
  }),
  // y (1 − y) of y = σ(x), a function of y; x only tells the digits of 1 − y = σ(−x) that y has lost where it is nearly 1
  sigmoidSlope: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(({ x: [a, sigmoid], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) {
          const s = sigmoid[i];
          y[i] = s * (s <= 0.9 ? 1 - s : logistic(-a[i]));
        }
      };
    }),
    vjp: ['flat', ({ A, x: [, y], g }) => A.mul(g, A.affine(y, { scale: -2, shift: 1 }))],
    tex: ([, y]) => infix(' \\odot ', PRODUCT)([y, texAffine(y, -1, 1)]),
    symbol: 'y(1−y)',
    domain: [0.1, 0.9],
    kinks: [],
  },
  // log(1 + eˣ) = max(x, 0) + log1p(e^{−|x|})
  softplus: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.max(a[i], 0) + Math.log1p(Math.exp(-Math.abs(a[i])));
      };
    },
    vjp: [({ A, x: [x], g }) => A.mul(g, A.sigmoid(x))],
    tex: named('softplus'),
    symbol: 'softplus',
    domain: [-4, 4],
  }),
  // relu′(0) = 0
  relu: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] <= 0 ? 0 : a[i]; // NaN stays NaN
      };
    },
    vjp: [({ A, x: [x], g }) => A.mask(g, A.step(x))],
    tex: named('relu'),
    symbol: 'relu',
    domain: [-2, 2],
    kinks: [0],
  }),
  // min(max(x, 0), 6); the derivative is 0 at both ends
  relu6: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] <= 0 ? 0 : a[i] >= 6 ? 6 : a[i];
      };
    },
    vjp: [({ A, x: [x], g }) => A.mask(g, A.mul(A.step(x), A.step(A.affine(x, { scale: -1, shift: 6 }))))],
    tex: named('relu6'),
    symbol: 'relu6',
    domain: [-3, 9],
    kinks: [0, 6],
  }),
  // the derivative at 0 is the slope for x < 0
  leakyRelu: {
    arity: 1,
    attrs: { slope: 'number' },
    shape: ofShape,
    kernel: ({ x: [a], y, attrs: { slope } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] > 0 ? a[i] : slope * a[i];
      };
    },
    vjp: [
      ({ A, x: [x], g, attrs: { slope } }) =>
        A.mul(g, A.affine(A.step(x), { scale: 1 - slope, shift: slope })),
    ],
    tex: named('lrelu'),
    symbol: 'leaky relu',
    domain: [-2, 2],
    kinks: [0],
  },
  elu: {
    arity: 1,
    attrs: { alpha: 'number' },
    shape: ofShape,
    kernel: ({ x: [a], y, attrs: { alpha } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] > 0 ? a[i] : alpha * Math.expm1(a[i]);
      };
    },
    vjp: [({ A, x: [x], g, attrs: { alpha } }) => A.mul(g, eluSlope(A, x, alpha))],
    tex: named('elu'),
    symbol: 'elu',
    domain: [-2, 2],
    kinks: [0],
  },
  selu: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) {
          y[i] = SELU_SCALE * (a[i] > 0 ? a[i] : SELU_ALPHA * Math.expm1(a[i]));
        }
      };
    },
    vjp: [
      ({ A, x: [x], g }) => A.mul(A.affine(g, { scale: SELU_SCALE, shift: 0 }), eluSlope(A, x, SELU_ALPHA)),
    ],
    tex: named('selu'),
    symbol: 'selu',
    domain: [-2, 2],
    kinks: [0],
  }),
  // x Φ(x) with the normal distribution function Φ(x) = ½ erfc(−x/√2); the derivative is Φ(x) + x φ(x)
  gelu: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = 0.5 * a[i] * erfc(-a[i] * Math.SQRT1_2);
      };
    },
    vjp: [
      ({ A, x: [x], g }) => {
        const phi = A.affine(A.exp(A.affine(A.square(x), { scale: -0.5, shift: 0 })), {
          scale: 1 / Math.sqrt(2 * Math.PI),
          shift: 0,
        });
        const Phi = A.affine(A.erfc(A.affine(x, { scale: -Math.SQRT1_2, shift: 0 })), {
          scale: 0.5,
          shift: 0,
        });
        return A.mul(g, A.add(Phi, A.mul(x, phi)));
      },
    ],
    tex: named('gelu'),
    symbol: 'gelu',
    domain: [-3, 3],
  }),
  // x σ(x); the derivative is σ(x) (1 + x σ(−x))
  silu: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] * logistic(a[i]);
      };
    },
    vjp: [
      ({ A, x: [x], g }) => {
        const inner = A.affine(A.mul(x, A.sigmoid(negative(A, x))), { scale: 1, shift: 1 });
        return A.mul(g, A.mul(A.sigmoid(x), inner));
      },
    ],
    tex: named('silu'),
    symbol: 'silu',
    domain: [-4, 4],
  }),
};
