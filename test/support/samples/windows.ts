/** Samples of convolutions and pools: one to three spatial axes, all attributes varied, each axis its own. */

import { type ConvAttrs, outputSize, type WindowAttrs } from '../reference/conv.ts';
import type { Draw } from './draw.ts';
import type { Draft, Family } from './sample.ts';

/** Windows that fit, at most 30 positions of the input. */
function windows(draw: Draw, i: number): WindowAttrs {
  const spatial = i < 4 ? 1 : i < 22 ? 2 : 3;
  const axes = draw.list(spatial, () => {
    const kernel = draw.integer(1, 3);
    const dilation = kernel === 1 ? 1 : draw.integer(1, 2);
    const reach = (kernel - 1) * dilation + 1;
    // less padding than a window reaches, so that every window meets the input
    const [low, high] = [draw.integer(0, Math.min(2, kernel - 1)), draw.integer(0, Math.min(2, kernel - 1))];
    const most = spatial === 1 ? 8 : spatial === 2 ? 5 : 3;
    const input = Math.max(1, draw.integer(2, most), reach - low - high);
    return { input, kernel, stride: draw.integer(1, 3), low, high, dilation };
  });
  return {
    inputSize: axes.map((axis) => axis.input),
    kernelSize: axes.map((axis) => axis.kernel),
    stride: axes.map((axis) => axis.stride),
    padLow: axes.map((axis) => axis.low),
    padHigh: axes.map((axis) => axis.high),
    dilation: axes.map((axis) => axis.dilation),
  };
}

interface Form {
  readonly attrs: ConvAttrs;
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly y: readonly number[];
}

/** The three tensors of the trilinear form; every fourth is depthwise, the last has no samples. */
function form(draw: Draw, i: number): Form {
  const window = windows(draw, i);
  const groups = draw.integer(1, 3);
  const [perGroup, outputsPerGroup] = i % 4 === 3 ? [1, draw.integer(1, 2)] : draw.shuffled([1, 2, 3]);
  const samples = i === 21 ? 0 : draw.integer(1, 2);
  const outputs = groups * outputsPerGroup;
  const attrs = { ...window, groups };
  return {
    attrs,
    x: [samples, groups * perGroup, ...window.inputSize],
    w: [outputs, perGroup, ...window.kernelSize],
    y: [samples, outputs, ...outputSize(window)],
  };
}

const of =
  (tensors: (form: Form) => Draft['shapes']): Family =>
  (draw, i) => {
    const drawn = form(draw, i);
    return { shapes: tensors(drawn), attrs: drawn.attrs };
  };

export const conv = of(({ x, w }) => [x, w]);
export const convTranspose = of(({ y, w }) => [y, w]);
export const convFilter = of(({ x, y }) => [x, y]);

const pool =
  (operands: readonly ('x' | 'y')[]): Family =>
  (draw, i) => {
    const attrs = windows(draw, i);
    const [samples, channels] = [i === 21 ? 0 : draw.integer(1, 2), draw.integer(1, 3)];
    const shapes = {
      x: [samples, channels, ...attrs.inputSize],
      y: [samples, channels, ...outputSize(attrs)],
    };
    return { shapes: operands.map((name) => shapes[name]), attrs };
  };

export const poolOf = pool(['x']);
export const poolAdjoint = pool(['y']);
export const poolScatter = pool(['x', 'y']);
export const poolGather: Family = (draw, i) => {
  const draft = pool(['x', 'x'])(draw, i);
  return i % 7 === 6 ? { ...draft, shapes: [draft.shapes[0]], operands: [0, 0] } : draft;
};
