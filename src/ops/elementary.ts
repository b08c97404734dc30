/** Elementary functions of one operand, element by element. */

import { erf, erfc } from './erf.ts';
import type { Algebra, Rows } from './op.ts';
import { binary, broadcast, type Loop, texAffine } from './pointwise.ts';
import { atom, call, POWER, PRODUCT, type Tex, texNumber, within } from './tex.ts';
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
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'tanhSlope'
  | 'erf'
  | 'erfc'
  | 'abs'
  | 'sign';

const raised = (x: Tex, exponent: string): Tex => ({
  text: `${within(x, POWER + 1)}^{${exponent}}`,
  strength: POWER,
});

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

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
