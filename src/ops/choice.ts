/** Ops that choose between values: extremes, comparisons (1 where they hold, else 0), masks. Operands broadcast. */

import { broadcastOffsets, broadcastShapes, formatShape, type Shape } from '../graph/shape.ts';
import { type Algebra, type KernelContext, type Op, type Rows, ShapeMismatch } from './op.ts';
import { binary, broadcast, type Loop } from './pointwise.ts';
import { atom, call, infix, SUM, texNumber } from './tex.ts';
import { unary } from './unary.ts';

type Comparison = 'less' | 'lessEqual' | 'greater' | 'greaterEqual' | 'equal' | 'notEqual';
type Choice = 'max' | 'min' | 'clip' | 'step' | 'mask' | 'where';

const maximum: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = Math.max(a[i], b[i]);
  };
};
const minimum: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = Math.min(a[i], b[i]);
  };
};
const mask: Loop = ({ x: [a, c], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = c[i] === 0 ? 0 : a[i];
  };
};
const less: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] < b[i] ? 1 : 0;
  };
};
const lessEqual: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] <= b[i] ? 1 : 0;
  };
};
const greater: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] > b[i] ? 1 : 0;
  };
};
const greaterEqual: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] >= b[i] ? 1 : 0;
  };
};
const equal: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] === b[i] ? 1 : 0;
  };
};
const notEqual: Loop = ({ x: [a, b], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i] !== b[i] ? 1 : 0;
  };
};

function comparison<K extends Comparison>(loop: Loop, latex: string, symbol: string): Op<K> {
  const row = {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(loop),
    vjp: ['flat', 'flat'],
    tex: (x: Parameters<Op<'add'>['tex']>[0]) => {
      const { text } = infix(` ${latex} `, SUM)(x);
      return { text: `\\left[${text}\\right]`, strength: SUM + 3 };
    },
    symbol,
    domain: [-2, 2],
    kinks: [],
  };
  return row as unknown as Op<K>;
}

/** 1 where a > b, ½ where a = b, else 0: at a tie each of two operands has half the derivative. */
const half = <V>(A: Algebra<V>, a: V, b: V): V => A.affine(A.sign(A.sub(a, b)), { scale: 0.5, shift: 0.5 });

const not = <V>(A: Algebra<V>, condition: V): V => A.affine(condition, { scale: -1, shift: 1 });

export const choice: Rows<Comparison | Choice> = {
  max: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(maximum),
    vjp: [({ A, x: [a, b], g }) => A.mul(g, half(A, a, b)), ({ A, x: [a, b], g }) => A.mul(g, half(A, b, a))],
    tex: (x) => call('\\max', ...x),
    symbol: 'max',
    domain: [-2, 2],
    kinks: [],
  },
  min: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(minimum),
    vjp: [({ A, x: [a, b], g }) => A.mul(g, half(A, b, a)), ({ A, x: [a, b], g }) => A.mul(g, half(A, a, b))],
    tex: (x) => call('\\min', ...x),
    symbol: 'min',
    domain: [-2, 2],
    kinks: [],
  },
  // min(max(x, low), high); the derivative is 1 at both bounds
  clip: {
    arity: 1,
    attrs: { low: 'number', high: 'number' },
    shape: ([x], { low, high }) => {
      if (!(low <= high)) throw new ShapeMismatch(`the bounds ${low} and ${high} are in the wrong order`);
      return x;
    },
    kernel: ({ x: [a], y, attrs: { low, high } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = Math.min(Math.max(a[i], low), high);
      };
    },
    vjp: [
      ({ A, x: [x], g, attrs: { low, high } }) => {
        const below = A.step(A.affine(x, { scale: -1, shift: low }));
        const above = A.step(A.affine(x, { scale: 1, shift: -high }));
        return A.mask(g, not(A, A.add(below, above)));
      },
    ],
    tex: ([x], { low, high }) => call('\\operatorname{clip}', x, atom(texNumber(low)), atom(texNumber(high))),
    symbol: 'clip',
    domain: [-2, 2],
    kinks: [],
  },
  // 1 where x > 0, else 0
  step: unary({
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] > 0 ? 1 : 0;
      };
    },
    vjp: ['flat'],
    tex: ([x]) => call('\\operatorname{step}', x),
    symbol: 'step',
    domain: [-2, 2],
    kinks: [0],
  }),
  // x where c is not 0, else 0: unlike a product, it lets no infinity through
  mask: {
    arity: 2,
    attrs: {},
    shape: broadcast,
    kernel: binary(mask),
    vjp: [({ A, x: [, c], g }) => A.mask(g, c), 'flat'],
    tex: infix(' \\odot ', SUM + 1),
    symbol: 'mask',
    domain: [-2, 2],
    kinks: [],
  },
  // a where c is not 0, else b; Signatures (op.ts) says how infinities are kept out of its derivative
  where: {
    arity: 3,
    attrs: {},
    shape: ([c, a, b]) => {
      const shape = broadcastAll(c, a, b);
      if (shape === undefined) {
        const [first, second, third] = [c, a, b].map(formatShape);
        throw new ShapeMismatch(`${first}, ${second} and ${third} do not broadcast to one shape`);
      }
      return shape;
    },
    kernel: ({ x: [c, a, b], y, shapes, shape }: KernelContext<unknown>) => {
      const [atC, atA, atB] = shapes.map((from) => broadcastOffsets(from, shape));
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = c[atC[i]] === 0 ? b[atB[i]] : a[atA[i]];
      };
    },
    vjp: [
      'flat',
      ({ A, x: [c], g }) => A.mask(g, c),
      ({ A, x: [c], g }) => A.mask(g, A.equal(c, A.affine(c, { scale: 0, shift: 0 }))),
    ],
    tex: (x) => call('\\operatorname{where}', ...x),
    symbol: 'where',
    domain: [-2, 2],
    kinks: [],
  },
  less: comparison<'less'>(less, '<', '<'),
  lessEqual: comparison<'lessEqual'>(lessEqual, '\\le', '≤'),
  greater: comparison<'greater'>(greater, '>', '>'),
  greaterEqual: comparison<'greaterEqual'>(greaterEqual, '\\ge', '≥'),
  equal: comparison<'equal'>(equal, '=', '='),
  notEqual: comparison<'notEqual'>(notEqual, '\\ne', '≠'),
};

function broadcastAll(...shapes: readonly Shape[]): Shape | undefined {
  return shapes.reduce<Shape | undefined>((all, shape) => all && broadcastShapes(all, shape), []);
}
