/**
 * Convolution of any number of spatial axes, with stride, padding, dilation and groups, as one trilinear form
 *
 *   T(x, w, y) = Σ y[n, o, p] · x[n, c, p·stride + k·dilation − pad] · w[o, c, k]
 *
 * over samples n, output channels o, the input channels c of o's group, output positions p and kernel positions k.
 * Its three partial derivatives are the three ops: conv = ∂T/∂y, convTranspose = ∂T/∂x, convFilter = ∂T/∂w. So the
 * gradient of each by each operand is another of the three, to any order. It is a cross-correlation: w is not flipped.
 */

import type { Shape } from '../graph/shape.ts';
import { type Rows, ShapeMismatch } from './op.ts';
import { infix, PRODUCT } from './tex.ts';
import { contraction } from './trilinear.ts';
import { checkedWindows, requireSpatial, type WindowAttrs, windowAttrs } from './window.ts';

export { convOutputSize } from './window.ts';

/** The sizes of x and w along the spatial axes are attributes: stride and padding do not tell x from y. */
export interface ConvAttrs extends WindowAttrs {
  readonly groups: number;
}

type Conv = 'conv' | 'convTranspose' | 'convFilter';

const attrs = { ...windowAttrs, groups: 'number' } as const;

function checkedOutput(a: ConvAttrs): number[] {
  if (!(Number.isInteger(a.groups) && a.groups >= 1)) {
    throw new ShapeMismatch(`${a.groups} groups given, expected a whole number from 1 on`);
  }
  return checkedWindows(a);
}

const inGroups = (groups: number): string => `${groups} group${groups === 1 ? '' : 's'}`;

/** Channels: x has groups·c of them, w is o×c, y has o; o is a multiple of the groups. */
function requireChannels(x: number, w: Shape, y: number, groups: number): void {
  if (x !== groups * w[1] || y !== w[0] || w[0] % groups !== 0) {
    throw new ShapeMismatch(
      `${x} input channels, ${y} output channels and a kernel of ${w[0]}×${w[1]} do not fit in ${inGroups(groups)}`,
    );
  }
}

export const conv: Rows<Conv> = {
  // x: samples × channels × …, w: outputs × channels per group × …; y: samples × outputs × …
  conv: {
    arity: 2,
    attrs,
    shape: ([x, w], a) => {
      const output = checkedOutput(a);
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
      requireSpatial(y, checkedOutput(a), 'the input');
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
      requireSpatial(y, checkedOutput(a), 'the output');
      if (x[0] !== y[0]) throw new ShapeMismatch(`${x[0]} and ${y[0]} samples differ`);
      if (x[1] % a.groups !== 0 || y[1] % a.groups !== 0) {
        const channels = `${x[1]} input channels and ${y[1]} output channels`;
        throw new ShapeMismatch(`${channels} do not fit in ${inGroups(a.groups)}`);
      }
      return [y[1], x[1] / a.groups, ...a.kernelSize];
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
