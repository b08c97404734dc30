/** Circular and hyperbolic functions and their inverses, element by element. */

import type { Algebra, Rows } from './op.ts';
import { binary, broadcast, type Loop, texAffine } from './pointwise.ts';
import { call, raised } from './tex.ts';
import { negative, unary } from './unary.ts';

type Trigonometric =
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'tanhSlope';

/** √(1 − x²), as a product: near ±1 the square would lose digits. */
const leg = <V>(A: Algebra<V>, x: V): V =>
  A.sqrt(A.mul(A.affine(x, { scale: -1, shift: 1 }), A.affine(x, { scale: 1, shift: 1 })));

/** 1 − y² of y = tanh x; near ±1, where it would lose digits, 1/cosh² x = 4 e^{−2|x|}/(1 + e^{−2|x|})². */
export function tanhSlope(x: number, y: number): number {
  if (Math.abs(y) <= 0.9) return 1 - y * y;
  const e = Math.exp(-2 * Math.abs(x));
  return (4 * e) / ((1 + e) * (1 + e));
}

const slope: Loop = ({ x: [x, tanh], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = tanhSlope(x[i], tanh[i]);
  };
};

export const trigonometric: Rows<Trigonometric> = {
  sin: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.sin(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.mul(g, A.cos(x))],
    tex: ([x]) => call('\\sin', x),
    symbol: 'sin',
    domain: [-3, 3],
  }),
  cos: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.cos(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => negative(A, A.mul(g, A.sin(x)))],
    tex: ([x]) => call('\\cos', x),
    symbol: 'cos',
    domain: [-3, 3],
  }),
  tan: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.tan(a[i]);
      };
    },
    vjp: [({ A, y, g }) => A.mul(g, A.affine(A.square(y), { scale: 1, shift: 1 }))],
    tex: ([x]) => call('\\tan', x),
    symbol: 'tan',
    domain: [-1, 1],
  }),
  asin: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.asin(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.div(g, leg(A, x))],
    tex: ([x]) => call('\\arcsin', x),
    symbol: 'asin',
    domain: [-0.8, 0.8],
    kinks: [-1, 1],
  }),
  acos: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.acos(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => negative(A, A.div(g, leg(A, x)))],
    tex: ([x]) => call('\\arccos', x),
    symbol: 'acos',
    domain: [-0.8, 0.8],
    kinks: [-1, 1],
  }),
  atan: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.atan(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.div(g, A.affine(A.square(x), { scale: 1, shift: 1 }))],
    tex: ([x]) => call('\\arctan', x),
    symbol: 'atan',
    domain: [-3, 3],
  }),
  sinh: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.sinh(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.mul(g, A.cosh(x))],
    tex: ([x]) => call('\\sinh', x),
    symbol: 'sinh',
    domain: [-2, 2],
  }),
  cosh: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.cosh(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.mul(g, A.sinh(x))],
    tex: ([x]) => call('\\cosh', x),
    symbol: 'cosh',
    domain: [-2, 2],
  }),
  tanh: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.tanh(a[i]);
      };
    },
    vjp: [({ A, x: [x], y, g }) => A.mul(g, A.tanhSlope(x, y))],
    tex: ([x]) => call('\\tanh', x),
    symbol: 'tanh',
    domain: [-3, 3],
  }),
  // 1 − y² of y = tanh x, a function of y; x only tells the digits that y has lost where it is nearly ±1
  tanhSlope: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(slope),
    vjp: ['flat', ({ A, x: [, y], g }) => A.affine(A.mul(g, y), { scale: -2, shift: 0 })],
    tex: ([, y]) => texAffine(raised(y, '2'), -1, 1),
    symbol: '1−y²',
    domain: [-0.9, 0.9],
    kinks: [],
  },
};
