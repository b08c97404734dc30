/** Elementary functions of one operand, element by element. */

import { erf, erfc } from './erf.ts';
import type { Rows } from './op.ts';
import { atom, call, POWER, PRODUCT, raised, texNumber } from './tex.ts';
import { trigonometric } from './trigonometric.ts';
import { negative, ofShape, unary } from './unary.ts';

type Elementary =
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'reciprocal'
  | 'square'
  | 'power'
  | keyof typeof trigonometric
  | 'erf'
  | 'erfc'
  | 'abs'
  | 'sign';

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

export const elementary: Rows<Elementary> = {
  exp: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.exp(a[i]);
      };
    },
    vjp: [({ A, y, g }) => A.mul(g, y)],
    tex: ([x]) => ({ text: `e^{${x.text}}`, strength: POWER }),
    symbol: 'exp',
    domain: [-2, 2],
  }),
  expm1: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.expm1(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.mul(g, A.exp(x))],
    tex: ([x]) => call('\\operatorname{expm1}', x),
    symbol: 'expm1',
    domain: [-2, 2],
  }),
  log: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.log(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.div(g, x)],
    tex: ([x]) => call('\\log', x),
    symbol: 'log',
    domain: [0.5, 3],
  }),
  log1p: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.log1p(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.div(g, A.affine(x, { scale: 1, shift: 1 }))],
    tex: ([x]) => call('\\operatorname{log1p}', x),
    symbol: 'log1p',
    domain: [-0.5, 2],
  }),
  // √x′(0) = ∞
  sqrt: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.sqrt(a[i]);
      };
    },
    vjp: [({ A, y, g }) => A.div(A.affine(g, { scale: 0.5, shift: 0 }), y)],
    tex: ([x]) => atom(`\\sqrt{${x.text}}`),
    symbol: '√',
    domain: [0.5, 3],
    kinks: [0],
  }),
  reciprocal: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = 1 / a[i];
      };
    },
    vjp: [({ A, y, g }) => negative(A, A.mul(g, A.square(y)))],
    tex: ([x]) => ({ text: `\\frac{1}{${x.text}}`, strength: PRODUCT }),
    symbol: '1/x',
    domain: [0.5, 2],
  }),
  square: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] * a[i];
      };
    },
    vjp: [({ A, x: [x], g }) => A.affine(A.mul(g, x), { scale: 2, shift: 0 })],
    tex: ([x]) => raised(x, '2'),
    symbol: 'x²',
    domain: [-2, 2],
  }),
  // x to a fixed exponent; x⁰ is 1 and its derivative 0, also at 0
  power: {
    arity: 1,
    attrs: { exponent: 'number' },
    shape: ofShape,
    kernel: ({ x: [a], y, attrs: { exponent } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] ** exponent;
      };
    },
    vjp: [
      ({ A, x: [x], g, attrs: { exponent } }) =>
        exponent === 0
          ? A.affine(g, { scale: 0, shift: 0 })
          : A.affine(A.mul(g, A.power(x, { exponent: exponent - 1 })), { scale: exponent, shift: 0 }),
    ],
    tex: ([x], { exponent }) => raised(x, texNumber(exponent)),
    symbol: 'xⁿ',
    domain: [0.5, 2],
    kinks: [0], // where the exponent is not whole
  },
  ...trigonometric,
  // ∂erf/∂x = 2/√π · exp(−x²)
  erf: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = erf(a[i]);
      };
    },
    vjp: [
      ({ A, x: [x], g }) =>
        A.affine(A.mul(g, A.exp(negative(A, A.square(x)))), { scale: TWO_OVER_ROOT_PI, shift: 0 }),
    ],
    tex: ([x]) => call('\\operatorname{erf}', x),
    symbol: 'erf',
    domain: [-2, 2],
  }),
  // 1 − erf x, which keeps its digits where erf is nearly 1
  erfc: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = erfc(a[i]);
      };
    },
    vjp: [
      ({ A, x: [x], g }) =>
        A.affine(A.mul(g, A.exp(negative(A, A.square(x)))), { scale: -TWO_OVER_ROOT_PI, shift: 0 }),
    ],
    tex: ([x]) => call('\\operatorname{erfc}', x),
    symbol: 'erfc',
    domain: [-2, 1.5],
  }),
  // |x|′(0) = 0, since sign 0 = 0
  abs: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.abs(a[i]);
      };
    },
    vjp: [({ A, x: [x], g }) => A.mul(g, A.sign(x))],
    tex: ([x]) => atom(`\\left|${x.text}\\right|`),
    symbol: '|x|',
    domain: [-2, 2],
    kinks: [0],
  }),
  sign: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.sign(a[i]);
      };
    },
    vjp: ['flat'],
    tex: ([x]) => call('\\operatorname{sign}', x),
    symbol: 'sign',
    domain: [-2, 2],
    kinks: [0],
  }),
};
