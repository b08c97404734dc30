/** Ops that move elements and compute nothing. Each has another of them as its adjoint: slice ⇄ pad, gather ⇄ scatterAdd. */

import { formatShape, type Shape, stridedOffsets, stridesOf } from '../graph/shape.ts';
import { type Data, type Kernel, type Rows, ShapeMismatch } from './op.ts';
import { doublesOf, store } from './sums.ts';
import { call, type Tex } from './tex.ts';

type Layout = 'slice' | 'pad' | 'concat' | 'flip' | 'gather' | 'scatterAdd' | 'oneHot';

const over =
  (name: string) =>
  (x: readonly Tex[]): Tex =>
    call(`\\operatorname{${name}}`, ...x);

/** The offsets, in a tensor of shape `whole`, of the block of shape `part` that begins at `begin`. */
function blockOffsets(whole: Shape, part: Shape, begin: readonly number[]): Int32Array {
  const strides = stridesOf(whole);
  const start = begin.reduce((sum, at, axis) => sum + at * strides[axis], 0);
  return stridedOffsets(part, strides).map((offset) => offset + start);
}

function copyAt(from: Data, to: Data, offsets: Int32Array): () => void {
  return () => {
    for (let i = 0; i < from.length; i++) to[offsets[i]] = from[i];
  };
}

function requireAxis(x: Shape, axis: number): void {
  if (x[axis] === undefined) throw new ShapeMismatch(`${axis} is no axis of ${formatShape(x)}`);
}

function requireCounts(x: Shape, ...lists: readonly (readonly number[])[]): void {
  for (const list of lists) {
    if (list.length !== x.length)
      throw new ShapeMismatch(`[${list}] is not one number per axis of ${formatShape(x)}`);
    const bad = list.find((n) => !(Number.isInteger(n) && n >= 0));
    if (bad !== undefined) throw new ShapeMismatch(`${bad} of [${list}] is no whole number from 0 on`);
  }
}

function requireIndices(indices: readonly number[], size: number, entries: string): void {
  const bad = indices.find((index) => !(Number.isInteger(index) && index >= 0 && index < size));
  if (bad !== undefined) throw new ShapeMismatch(`there is no entry ${bad} among ${entries}`);
}

/** A tensor as [before the axis, the axis, after it]. */
function around(x: Shape, axis: number): { outer: number; inner: number } {
  const product = (sizes: Shape) => sizes.reduce((a, b) => a * b, 1);
  return { outer: product(x.slice(0, axis)), inner: product(x.slice(axis + 1)) };
}

const sizesWith = (x: Shape, axis: number, size: number): Shape => x.map((n, i) => (i === axis ? size : n));

const takeRows: Kernel<{ axis: number; indices: readonly number[] }> = ({
  x: [a],
  y,
  shapes: [x],
  attrs,
}) => {
  const { axis, indices } = attrs;
  const { outer, inner } = around(x, axis);
  return () => {
    let p = 0;
    for (let o = 0; o < outer; o++) {
      for (let k = 0; k < indices.length; k++) {
        const from = (o * x[axis] + indices[k]) * inner;
        for (let j = 0; j < inner; j++) y[p++] = a[from + j];
      }
    }
  };
};

export const layout: Rows<Layout> = {
  slice: {
    arity: 1,
    attrs: { begin: 'integers', size: 'integers' },
    shape: ([x], { begin, size }) => {
      requireCounts(x, begin, size);
      if (x.some((n, axis) => begin[axis] + size[axis] > n)) {
        throw new ShapeMismatch(`[${size}] from [${begin}] on reaches beyond ${formatShape(x)}`);
      }
      return size;
    },
    kernel: ({ x: [a], y, shapes: [x], attrs: { begin, size } }) => {
      const offsets = blockOffsets(x, size, begin);
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[offsets[i]];
      };
    },
    vjp: [
      ({ A, g, shapes: [x], attrs: { begin, size } }) =>
        A.pad(g, { before: begin, after: x.map((n, axis) => n - begin[axis] - size[axis]) }),
    ],
    tex: over('slice'),
    symbol: 'slice',
    domain: [-2, 2],
    kinks: [],
  },
  // zeros around
  pad: {
    arity: 1,
    attrs: { before: 'integers', after: 'integers' },
    shape: ([x], { before, after }) => {
      requireCounts(x, before, after);
      return x.map((n, axis) => before[axis] + n + after[axis]);
    },
    kernel: ({ x: [a], y, shapes: [x], shape, attrs: { before } }) => {
      const copy = copyAt(a, y, blockOffsets(shape, x, before));
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = 0;
        copy();
      };
    },
    vjp: [({ A, g, shapes: [x], attrs: { before } }) => A.slice(g, { begin: before, size: x })],
    tex: over('pad'),
    symbol: 'pad',
    domain: [-2, 2],
    kinks: [],
  },
  concat: {
    arity: 'n',
    attrs: { axis: 'number' },
    shape: (shapes, { axis }) => {
      requireAxis(shapes[0], axis);
      const other = shapes.find(
        (x) => x.length !== shapes[0].length || x.some((n, i) => i !== axis && n !== shapes[0][i]),
      );
      if (other !== undefined) {
        throw new ShapeMismatch(
          `${formatShape(shapes[0])} and ${formatShape(other)} differ beside axis ${axis}`,
        );
      }
      const size = shapes.reduce((sum, x) => sum + x[axis], 0);
      return sizesWith(shapes[0], axis, size);
    },
    kernel: ({ x, y, shapes, shape, attrs: { axis } }) => {
      let start = 0;
      const copies = x.map((part, k) => {
        const begin = shape.map((_, i) => (i === axis ? start : 0));
        start += shapes[k][axis];
        return copyAt(part, y, blockOffsets(shape, shapes[k], begin));
      });
      return () => {
        for (let k = 0; k < copies.length; k++) copies[k]();
      };
    },
    vjp: [
      ({ A, g, shapes, slot, attrs: { axis } }) => {
        const start = shapes.slice(0, slot).reduce((sum, x) => sum + x[axis], 0);
        return A.slice(g, {
          begin: shapes[slot].map((_, i) => (i === axis ? start : 0)),
          size: shapes[slot],
        });
      },
    ],
    tex: over('concat'),
    symbol: 'concat',
    domain: [-2, 2],
    kinks: [],
  },
  flip: {
    arity: 1,
    attrs: { axes: 'integers' },
    shape: ([x], { axes }) => {
      for (const axis of axes) requireAxis(x, axis);
      return x;
    },
    kernel: ({ x: [a], y, shape, attrs: { axes } }) => {
      const strides = stridesOf(shape);
      const isFlipped = (axis: number) => axes.includes(axis);
      const steps = strides.map((stride, axis) => (isFlipped(axis) ? -stride : stride));
      const start = strides.reduce(
        (sum, stride, axis) => sum + (isFlipped(axis) ? stride * (shape[axis] - 1) : 0),
        0,
      );
      const offsets = stridedOffsets(shape, steps).map((offset) => offset + start);
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[offsets[i]];
      };
    },
    vjp: [({ A, g, attrs }) => A.flip(g, attrs)],
    tex: over('flip'),
    symbol: 'flip',
    domain: [-2, 2],
    kinks: [],
  },
  // the entries `indices` along an axis, in that order, repeated as they are: rows of an embedding
  gather: {
    arity: 1,
    attrs: { axis: 'number', indices: 'indices' },
    shape: ([x], { axis, indices }) => {
      requireAxis(x, axis);
      requireIndices(indices, x[axis], `the ${x[axis]} of axis ${axis}`);
      return sizesWith(x, axis, indices.length);
    },
    kernel: takeRows,
    vjp: [
      ({ A, g, shapes: [x], attrs: { axis, indices } }) => A.scatterAdd(g, { axis, indices, size: x[axis] }),
    ],
    tex: over('gather'),
    symbol: 'gather',
    domain: [-2, 2],
    kinks: [],
  },
  // the k-th entry along an axis is added to the entry indices[k] of zeros
  scatterAdd: {
    arity: 1,
    attrs: { axis: 'number', indices: 'indices', size: 'number' },
    shape: ([x], { axis, indices, size }) => {
      requireAxis(x, axis);
      if (x[axis] !== indices.length) {
        throw new ShapeMismatch(`${indices.length} indices for the ${x[axis]} entries of axis ${axis}`);
      }
      requireIndices(indices, size, `${size}`);
      return sizesWith(x, axis, size);
    },
    kernel: ({ x: [a], y, shapes: [x], attrs: { axis, indices, size } }) => {
      const { outer, inner } = around(x, axis);
      const sums = doublesOf(y);
      return () => {
        sums.fill(0);
        let p = 0;
        for (let o = 0; o < outer; o++) {
          for (let k = 0; k < indices.length; k++) {
            const to = (o * size + indices[k]) * inner;
            for (let j = 0; j < inner; j++) sums[to + j] += a[p++];
          }
        }
        store(sums, y);
      };
    },
    vjp: [({ A, g, attrs: { axis, indices } }) => A.gather(g, { axis, indices })],
    tex: over('scatter'),
    symbol: 'scatter',
    domain: [-2, 2],
    kinks: [],
  },
  // class numbers from 0 to a new last axis of size depth; a number that is no class gives zeros
  oneHot: {
    arity: 1,
    attrs: { depth: 'number' },
    shape: ([x], { depth }) => [...x, depth],
    kernel: ({ x: [a], y, attrs: { depth } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = 0;
        for (let i = 0; i < a.length; i++)
          if (a[i] >= 0 && a[i] < depth && a[i] % 1 === 0) y[i * depth + a[i]] = 1;
      };
    },
    vjp: ['flat'],
    tex: over('onehot'),
    symbol: '1-hot',
    domain: [-2, 2],
    kinks: [],
  },
};
