/** Sums and their adjoints: sum ⇄ broadcast; `total` adds up what reaches a variable from each of its uses. */

import {
  broadcastOffsets,
  broadcastShapes,
  formatShape,
  type Shape,
  sameShape,
  sizeOf,
} from '../graph/shape.ts';
import { type Kernel, type Rows, ShapeMismatch } from './op.ts';
import { doublesOf, store } from './sums.ts';
import { PRODUCT, plus, type Tex } from './tex.ts';

/** y[offset of i] += x[i] for all i. */
const scatterSum =
  (target: (shapes: readonly Shape[], shape: Shape, axes?: readonly number[]) => Shape): Kernel<unknown> =>
  ({ x: [a], y, shapes, shape, attrs }) => {
    const { axes } = attrs as { axes?: readonly number[] };
    const offsets = broadcastOffsets(target(shapes, shape, axes), shapes[0]);
    if (y.length === 1) {
      return () => {
        let s = 0;
        for (let i = 0; i < a.length; i++) s += a[i];
        y[0] = s;
      };
    }
    const sums = doublesOf(y);
    return () => {
      sums.fill(0);
      for (let i = 0; i < offsets.length; i++) sums[offsets[i]] += a[i];
      store(sums, y);
    };
  };

export const summed = ([x]: readonly Tex[]): Tex => ({
  text: `\\textstyle\\sum\\left(${x.text}\\right)`,
  strength: PRODUCT,
});

/** The shape with the axes' sizes set to 1. */
export const keptAxes = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((n, axis) => (axes.includes(axis) ? 1 : n));

/** The shape of a reduction along axes, or the reason why there is none. */
export function reducedShape(
  x: Shape,
  { axes, keepDims }: { readonly axes: readonly number[]; readonly keepDims: boolean },
): Shape {
  const bad = axes.find((axis, i) => x[axis] === undefined || axes.indexOf(axis) !== i);
  if (bad !== undefined) throw new ShapeMismatch(`[${axes}] are not axes of ${formatShape(x)}`);
  return keepDims ? keptAxes(x, axes) : x.filter((_, axis) => !axes.includes(axis));
}

const copy: Kernel<unknown> = ({ x: [a], y }) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = a[i];
  };
};

function requireBroadcast(from: Shape, to: Shape): void {
  const common = broadcastShapes(from, to);
  if (common === undefined || !sameShape(common, to)) {
    throw new ShapeMismatch(`${formatShape(from)} does not broadcast to ${formatShape(to)}`);
  }
}

export const reduce: Rows<'total' | 'sum' | 'sumTo' | 'broadcastTo' | 'reshape'> = {
  total: {
    arity: 'n',
    attrs: {},
    shape: (shapes) => {
      const other = shapes.find((shape) => !sameShape(shape, shapes[0]));
      if (other !== undefined) {
        throw new ShapeMismatch(
          `the terms have different shapes, ${formatShape(shapes[0])} and ${formatShape(other)}`,
        );
      }
      return shapes[0];
    },
    kernel: ({ x, y }) => {
      const sums = doublesOf(y);
      return () => {
        const first = x[0];
        for (let i = 0; i < y.length; i++) sums[i] = first[i];
        for (let k = 1; k < x.length; k++) {
          const term = x[k];
          for (let i = 0; i < y.length; i++) sums[i] += term[i];
        }
        store(sums, y);
      };
    },
    vjp: [({ g }) => g],
    tex: plus,
    symbol: 'Σ',
    domain: [-2, 2],
    kinks: [],
  },
  sum: {
    arity: 1,
    attrs: { axes: 'integers', keepDims: 'boolean' },
    shape: ([x], attrs) => reducedShape(x, attrs),
    kernel: scatterSum(([x], _, axes) => keptAxes(x, axes!)),
    vjp: [
      ({ A, g, shapes: [x], attrs: { axes, keepDims } }) =>
        A.broadcastTo(keepDims ? g : A.reshape(g, { shape: keptAxes(x, axes) }), { shape: x }),
    ],
    tex: summed,
    symbol: 'Σ',
    domain: [-2, 2],
    kinks: [],
  },
  // undoes a broadcast: sums over the axes along which `shape` was repeated
  sumTo: {
    arity: 1,
    attrs: { shape: 'integers' },
    shape: ([x], { shape }) => {
      requireBroadcast(shape, x);
      return shape;
    },
    kernel: scatterSum((_, shape) => shape),
    vjp: [({ A, g, shapes: [shape] }) => A.broadcastTo(g, { shape })],
    tex: summed,
    symbol: 'Σ',
    domain: [-2, 2],
    kinks: [],
    quiet: true,
  },
  broadcastTo: {
    arity: 1,
    attrs: { shape: 'integers' },
    shape: ([x], { shape }) => {
      requireBroadcast(x, shape);
      return shape;
    },
    kernel: ({ x: [a], y, shapes: [from], shape }) => {
      const offsets = broadcastOffsets(from, shape);
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[offsets[i]];
      };
    },
    vjp: [({ A, g, shapes: [shape] }) => A.sumTo(g, { shape })],
    tex: ([x]) => x,
    symbol: '⇲',
    domain: [-2, 2],
    kinks: [],
    quiet: true,
  },
  reshape: {
    arity: 1,
    attrs: { shape: 'integers' },
    shape: ([x], { shape }) => {
      if (sizeOf(x) !== sizeOf(shape)) {
        throw new ShapeMismatch(`${sizeOf(x)} elements do not fill ${formatShape(shape)}`);
      }
      return shape;
    },
    kernel: copy,
    vjp: [({ A, g, shapes: [shape] }) => A.reshape(g, { shape })],
    tex: ([x]) => x,
    symbol: '↻',
    domain: [-2, 2],
    kinks: [],
    quiet: true,
  },
};
