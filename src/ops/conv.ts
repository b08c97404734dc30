/**
 * Convolution of any number of spatial axes, with stride, padding, dilation and groups, as one trilinear form
 *
 *   T(x, w, y) = Σ y[n, o, p] · x[n, c, p·stride + k·dilation − pad] · w[o, c, k]
 *
 * over samples n, output channels o, the input channels c of o's group, output positions p and kernel positions k.
 * Its three partial derivatives are the three ops: conv = ∂T/∂y, convTranspose = ∂T/∂x, convFilter = ∂T/∂w. So the
 * gradient of each by each operand is another of the three, to any order. It is a cross-correlation: w is not flipped.
 */

import { formatShape, type Shape, sizeOf, stridesOf } from '../graph/shape.ts';
import { type Data, type Rows, ShapeMismatch } from './op.ts';
import { infix, PRODUCT } from './tex.ts';

/** The sizes of x and w along the spatial axes are attributes: stride and padding do not tell x from y. */
export interface ConvAttrs {
  readonly inputSize: readonly number[];
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padLow: readonly number[];
  readonly padHigh: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

type Conv = 'conv' | 'convTranspose' | 'convFilter';

const attrs = {
  inputSize: 'integers',
  kernelSize: 'integers',
  stride: 'integers',
  padLow: 'integers',
  padHigh: 'integers',
  dilation: 'integers',
  groups: 'number',
} as const;

/** ⌊(input + padding − dilation (kernel − 1) − 1) / stride⌋ + 1 along each spatial axis. */
export function convOutputSize(a: Omit<ConvAttrs, 'groups'>): number[] {
  return a.inputSize.map((n, i) => {
    const room = n + a.padLow[i] + a.padHigh[i] - a.dilation[i] * (a.kernelSize[i] - 1) - 1;
    return Math.floor(room / a.stride[i]) + 1;
  });
}

/** The output size, once all attributes make sense together. */
function checkedOutputSize(a: ConvAttrs): number[] {
  const lists = [a.inputSize, a.kernelSize, a.stride, a.padLow, a.padHigh, a.dilation];
  if (lists.some((list) => list.length !== a.inputSize.length || list.some((n) => !Number.isInteger(n)))) {
    throw new ShapeMismatch('sizes, strides, padding and dilation need a whole number for each spatial axis');
  }
  if ([a.stride, a.dilation, a.kernelSize, [a.groups]].some((list) => list.some((n) => n < 1))) {
    throw new ShapeMismatch(
      `stride [${a.stride}], dilation [${a.dilation}], kernel [${a.kernelSize}] and ${a.groups} groups must be 1 or more`,
    );
  }
  const output = convOutputSize(a);
  const none = output.findIndex((n) => n < 1);
  if (none >= 0) {
    const reach = a.dilation[none] * (a.kernelSize[none] - 1) + 1;
    const room = a.inputSize[none] + a.padLow[none] + a.padHigh[none];
    throw new ShapeMismatch(
      `a kernel that reaches over ${reach} does not fit into ${room} along spatial axis ${none}`,
    );
  }
  return output;
}

function requireSpatial(x: Shape, spatial: readonly number[], what: string): void {
  if (x.length !== spatial.length + 2 || spatial.some((n, i) => x[i + 2] !== n)) {
    const expected = `two sizes and then ${formatShape(spatial)}`;
    throw new ShapeMismatch(`${what} is ${formatShape(x)}, expected ${expected}`);
  }
}

/** Channels: x has groups·c of them, w is o×c, y has o; o is a multiple of the groups. */
function requireChannels(x: number, w: Shape, y: number, groups: number): void {
  if (x !== groups * w[1] || y !== w[0] || w[0] % groups !== 0) {
    throw new ShapeMismatch(
      `${x} input channels, ${y} output channels and a kernel of ${w[0]}×${w[1]} do not fit in ${groups} group${groups === 1 ? '' : 's'}`,
    );
  }
}

/** The pairs of positions that meet: for each of them the offsets in y, x and w along the spatial axes. */
function meetings(a: ConvAttrs): { y: Int32Array; x: Int32Array; w: Int32Array } {
  const output = convOutputSize(a);
  const found: number[][] = [[], [], []];
  const at = new Array<number>(output.length).fill(0);
  const [xStrides, wStrides, yStrides] = [a.inputSize, a.kernelSize, output].map(stridesOf);
  const all = [...output, ...a.kernelSize]; // one index: p then k
  const rank = output.length;
  const count = sizeOf(all);
  const index = new Array<number>(2 * rank).fill(0);
  for (let i = 0; i < count; i++) {
    let inside = true;
    for (let axis = 0; axis < rank; axis++) {
      at[axis] = index[axis] * a.stride[axis] + index[rank + axis] * a.dilation[axis] - a.padLow[axis];
      if (at[axis] < 0 || at[axis] >= a.inputSize[axis]) inside = false;
    }
    if (inside) {
      found[0].push(index.slice(0, rank).reduce((sum, p, axis) => sum + p * yStrides[axis], 0));
      found[1].push(at.reduce((sum, p, axis) => sum + p * xStrides[axis], 0));
      found[2].push(index.slice(rank).reduce((sum, k, axis) => sum + k * wStrides[axis], 0));
    }
    for (let axis = all.length - 1; axis >= 0 && ++index[axis] === all[axis]; axis--) index[axis] = 0;
  }
  const [y, x, w] = found.map((offsets) => Int32Array.from(offsets));
  return { y, x, w };
}

/** Sums the form over all but the indices of `into`, one of its three tensors. */
function contraction(
  into: 'x' | 'w' | 'y',
  tensors: { readonly x: Data; readonly w: Data; readonly y: Data },
  shapes: { readonly x: Shape; readonly w: Shape; readonly y: Shape },
  a: ConvAttrs,
): () => void {
  const { x, w, y } = tensors;
  const met = meetings(a);
  const [samples, inputs] = shapes.x;
  const [outputs, perGroup] = shapes.w;
  const [xSize, wSize, ySize] = [a.inputSize, a.kernelSize, shapes.y.slice(2)].map(sizeOf);
  const outputsPerGroup = outputs / a.groups;
  const result = tensors[into];
  return () => {
    for (let i = 0; i < result.length; i++) result[i] = 0;
    for (let n = 0; n < samples; n++) {
      for (let o = 0; o < outputs; o++) {
        const first = Math.floor(o / outputsPerGroup) * perGroup;
        const yAt = (n * outputs + o) * ySize;
        for (let c = 0; c < perGroup; c++) {
          const xAt = (n * inputs + first + c) * xSize;
          const wAt = (o * perGroup + c) * wSize;
          if (into === 'y')
            for (let m = 0; m < met.y.length; m++) y[yAt + met.y[m]] += x[xAt + met.x[m]] * w[wAt + met.w[m]];
          else if (into === 'x')
            for (let m = 0; m < met.y.length; m++) x[xAt + met.x[m]] += y[yAt + met.y[m]] * w[wAt + met.w[m]];
          else
            for (let m = 0; m < met.y.length; m++) w[wAt + met.w[m]] += y[yAt + met.y[m]] * x[xAt + met.x[m]];
        }
      }
    }
  };
}

export const conv: Rows<Conv> = {
  // x: samples × channels × …, w: outputs × channels per group × …; y: samples × outputs × …
  conv: {
    arity: 2,
    attrs,
    shape: ([x, w], a) => {
      const output = checkedOutputSize(a);
      requireSpatial(x, a.inputSize, 'the input');
      requireSpatial(w, a.kernelSize, 'the kernel');
      requireChannels(x[1], w, w[0], a.groups);
      return [x[0], w[0], ...output];
    },
    kernel: ({ x: [x, w], y, shapes: [xs, ws], shape, attrs: a }) =>
      contraction('y', { x, w, y }, { x: xs, w: ws, y: shape }, a),
    vjp: [
      ({ A, x: [, w], g, attrs: a }) => A.convTranspose(g, w, a),
      ({ A, x: [x], g, attrs: a }) => A.convFilter(x, g, a),
    ],
    tex: infix(' \\star ', PRODUCT),
    symbol: '⋆',
    domain: [-2, 2],
    kinks: [],
  },
  // y: samples × outputs × …, w as above; x: samples × channels × …
  convTranspose: {
    arity: 2,
    attrs,
    shape: ([y, w], a) => {
      requireSpatial(y, checkedOutputSize(a), 'the input');
      requireSpatial(w, a.kernelSize, 'the kernel');
      requireChannels(a.groups * w[1], w, y[1], a.groups);
      return [y[0], a.groups * w[1], ...a.inputSize];
    },
    kernel: ({ x: [y, w], y: x, shapes: [ys, ws], shape, attrs: a }) =>
      contraction('x', { x, w, y }, { x: shape, w: ws, y: ys }, a),
    vjp: [
      ({ A, x: [, w], g, attrs: a }) => A.conv(g, w, a),
      ({ A, x: [y], g, attrs: a }) => A.convFilter(g, y, a),
    ],
    tex: infix(' \\star^{\\top} ', PRODUCT),
    symbol: '⋆ᵀ',
    domain: [-2, 2],
    kinks: [],
  },
  // x and y as above; w: outputs × channels per group × …
  convFilter: {
    arity: 2,
    attrs,
    shape: ([x, y], a) => {
      requireSpatial(x, a.inputSize, 'the input');
      requireSpatial(y, checkedOutputSize(a), 'the output');
      if (x[0] !== y[0]) throw new ShapeMismatch(`${x[0]} and ${y[0]} samples differ`);
      const w = [y[1], x[1] / a.groups, ...a.kernelSize];
      requireChannels(x[1], w, y[1], a.groups);
      return w;
    },
    kernel: ({ x: [x, y], y: w, shapes: [xs, ys], shape, attrs: a }) =>
      contraction('w', { x, w, y }, { x: xs, w: shape, y: ys }, a),
    vjp: [
      ({ A, x: [, y], g, attrs: a }) => A.convTranspose(y, g, a),
      ({ A, x: [x], g, attrs: a }) => A.conv(x, g, a),
    ],
    tex: infix(' \\star_{w} ', PRODUCT),
    symbol: '⋆w',
    domain: [-2, 2],
    kinks: [],
  },
};
