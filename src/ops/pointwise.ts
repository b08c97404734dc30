/** Pointwise ops: each element of the result depends on one element of each operand. Operands broadcast. */

import { broadcastOffsets, broadcastShapes, formatShape, type Shape, sameShape } from '../graph/shape.ts';
import { type Kernel, type KernelContext, type Rows, ShapeMismatch } from './op.ts';
import { atom, infix, POWER, PRODUCT, plus, SUM, type Tex, texNumber, within } from './tex.ts';
import { ofShape } from './unary.ts';

type Pointwise = 'add' | 'sub' | 'mul' | 'div' | 'xdivy' | 'pow' | 'affine';
export type Loop = (context: KernelContext<unknown>) => () => void;

export function broadcast([a, b]: readonly Shape[]): Shape {
  const shape = broadcastShapes(a, b);
  if (shape === undefined) {
    throw new ShapeMismatch(`${formatShape(a)} and ${formatShape(b)} do not broadcast to one shape`);
  }
  return shape;
}

/** A binary kernel from a loop over operands of the result's shape: one that is broadcast is spread out first. */
export function binary(loop: Loop): Kernel<unknown> {
  return (context) => {
    const { shapes, shape, y } = context;
    if (sameShape(shapes[0], shapes[1])) return loop(context);
    const spread: (() => void)[] = [];
    const x = context.x.map((operand, i) => {
      if (sameShape(shapes[i], shape)) return operand;
      const offsets = broadcastOffsets(shapes[i], shape);
      const full = y.slice();
      spread.push(() => {
        for (let k = 0; k < full.length; k++) full[k] = operand[offsets[k]];
      });
      return full;
    });
    const combine = loop({ ...context, x });
    return () => {
      for (let i = 0; i < spread.length; i++) spread[i]();
      combine();
    };
  };
}

// The loops are spelled out op by op: one shared loop over a function argument cannot be inlined and is 5× slower.
const add: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] + b[i];
  };
};
const sub: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] - b[i];
  };
};
const mul: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] * b[i];
  };
};
const div: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] / b[i];
  };
};
const xdivy: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] === 0 ? 0 : a[i] / b[i];
  };
};

const pow: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] ** b[i];
  };
};

const times = infix(' \\odot ', PRODUCT);
const fraction = ([a, b]: readonly Tex[]): Tex => ({
  text: `\\frac{${a.text}}{${b.text}}`,
  strength: PRODUCT,
});

/** scale·x + shift, as `1 - x`, `-x`, `2 x`, `x + 3`, `3`. */
export function texAffine(x: Tex, scale: number, shift: number): Tex {
  if (scale === 0) return atom(texNumber(shift));
  const factor = Math.abs(scale) === 1 ? '' : `${texNumber(Math.abs(scale))}\\,`;
  const product = `${factor}${within(x, PRODUCT)}`;
  if (shift === 0)
    return scale < 0 ? { text: `-${product}`, strength: SUM } : { text: product, strength: PRODUCT };
  const text =
    scale < 0
      ? `${texNumber(shift)} - ${product}`
      : `${product} ${shift < 0 ? '-' : '+'} ${texNumber(Math.abs(shift))}`;
  return { text, strength: SUM };
}

export const pointwise: Rows<Pointwise> = {
  add: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(add),
    vjp: [({ g }) => g, ({ g }) => g],
    tex: plus,
    symbol: '+',
    domain: [-2, 2],
    kinks: [],
  },
  sub: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(sub),
    vjp: [({ g }) => g, ({ A, g }) => A.affine(g, { scale: -1, shift: 0 })],
    tex: infix(' - ', SUM, false),
    symbol: '−',
    domain: [-2, 2],
    kinks: [],
  },
  mul: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(mul),
    vjp: [({ A, x: [, b], g }) => A.mul(g, b), ({ A, x: [a], g }) => A.mul(g, a)],
    tex: times,
    symbol: '⊙',
    domain: [-2, 2],
    kinks: [],
  },
  div: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(div),
    // y = a/b: ∂y/∂a = 1/b, ∂y/∂b = −y/b
    vjp: [
      ({ A, x: [, b], g }) => A.div(g, b),
      ({ A, x: [, b], y, g }) => A.affine(A.div(A.mul(g, y), b), { scale: -1, shift: 0 }),
    ],
    tex: fraction,
    symbol: '÷',
    domain: [0.5, 2],
    kinks: [],
  },
  // a/b where 0/0 = 0: the gradient of Σ a log b at a = b = 0, where the term a log b is 0
  xdivy: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(xdivy),
    vjp: [
      ({ A, x: [, b], g }) => A.xdivy(g, b),
      ({ A, x: [, b], y, g }) => A.affine(A.xdivy(A.mul(g, y), b), { scale: -1, shift: 0 }),
    ],
    tex: fraction,
    symbol: '÷',
    domain: [0.5, 2],
    kinks: [],
  },
  // a^b for a > 0; where b is a fixed number, power takes any a
  pow: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(pow),
    vjp: [
      ({ A, x: [a, b], g }) => A.mul(g, A.mul(b, A.pow(a, A.affine(b, { scale: 1, shift: -1 })))),
      ({ A, x: [a], y, g }) => A.mul(g, A.mul(y, A.log(a))),
    ],
    tex: ([a, b]) => ({ text: `${within(a, POWER + 1)}^{${b.text}}`, strength: POWER }),
    symbol: 'aᵇ',
    domain: [0.5, 2],
    kinks: [],
  },
  affine: {
    arity: 1,
    attrs: { scale: 'number', shift: 'number' },
    shape: ofShape,
    kernel: ({ x: [a], y, attrs: { scale, shift } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = scale * a[i] + shift;
      };
    },
    vjp: [({ A, g, attrs }) => A.affine(g, { scale: attrs.scale, shift: 0 })],
    tex: ([x], { scale, shift }) => texAffine(x, scale, shift),
    symbol: 'a·x+b',
    domain: [-2, 2],
    kinks: [],
  },
};
