/** Samples of convolutions and pools: one to three spatial axes, all attributes varied, each axis its own. */

import { type ConvAttrs, outputSize, type WindowAttrs } from '../reference/conv.ts';
import type { Draw } from './draw.ts';
import type { Draft, Family } from './sample.ts';

function alongOneAxis(input: number, kernel: number): WindowAttrs {
  return {
    inputSize: [input],
    kernelSize: [kernel],
    stride: [1],
    padLow: [0],
    padHigh: [0],
    dilation: [1],
  };
}

/** Windows that fit, at most 30 positions of the input. */
function windows(draw: Draw, i: number): WindowAttrs {
  if (i === 0) return alongOneAxis(1, 1);
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

/** Up to 3 channels, now and then up to 9 on one side or both, as the loops take four at a time; every fourth is depthwise. */
function channels(draw: Draw, i: number): { groups: number; perGroup: number; outputsPerGroup: number } {
  const groups = draw.integer(1, 3);
  const many = () => draw.integer(4, 9);
  if (i === 0) return { groups: 1, perGroup: 1, outputsPerGroup: 1 };
  if (i === 7 || i === 27) return { groups: many(), perGroup: 1, outputsPerGroup: draw.integer(1, 2) };
  if (i % 4 === 3) return { groups, perGroup: 1, outputsPerGroup: draw.integer(1, 2) };
  const [perGroup, outputsPerGroup] = draw.shuffled([1, 2, 3]);
  if (i === 1) return { groups: 1, perGroup: many(), outputsPerGroup: many() };
  if (i === 6 || i === 24) return { groups, perGroup, outputsPerGroup: many() };
  if (i === 10 || i === 25) return { groups, perGroup: many(), outputsPerGroup };
  return { groups, perGroup, outputsPerGroup };
}

/** The three tensors of the trilinear form; one is a single number, one has no samples. */
function form(draw: Draw, i: number): Form {
  const window = windows(draw, i);
  const { groups, perGroup, outputsPerGroup } = channels(draw, i);
  const samples = i === 0 || perGroup * outputsPerGroup > 9 ? 1 : i === 21 ? 0 : draw.integer(1, 2);
  const outputs = groups * outputsPerGroup;
  const attrs = { ...window, groups };
  return {
    attrs,
    x: [samples, groups * perGroup, ...window.inputSize],
    w: [outputs, perGroup, ...window.kernelSize],
    y: [samples, outputs, ...outputSize(window)],
  };
}

const SAME = 20;

/** f(x, x), where the two operands can have one shape. */
function withItself(shape: readonly number[], input: number, kernel: number, groups?: number): Draft {
  const attrs = { ...alongOneAxis(input, kernel), ...(groups !== undefined && { groups }) };
  return { shapes: [shape], operands: [0, 0], attrs };
}

const of =
  (tensors: (form: Form) => Draft['shapes'], same: Draft): Family =>
  (draw, i) => {
    if (i === SAME) return same;
    const drawn = form(draw, i);
    return { shapes: tensors(drawn), attrs: drawn.attrs };
  };

export const conv = of(({ x, w }) => [x, w], withItself([2, 2, 3], 3, 3, 1));
export const convTranspose = of(({ y, w }) => [y, w], withItself([2, 2, 2], 3, 2, 1));
export const convFilter = of(({ x, y }) => [x, y], withItself([2, 3, 4], 4, 1, 1));

const pool =
  (operands: readonly ('x' | 'y')[]): Family =>
  (draw, i) => {
    if (i === SAME && operands.length === 2) return withItself([2, 3, 4], 4, 1);
    const attrs = windows(draw, i);
    const [samples, channels] = i === 0 ? [1, 1] : [i === 21 ? 0 : draw.integer(1, 2), draw.integer(1, 3)];
    const shapes = {
      x: [samples, channels, ...attrs.inputSize],
      y: [samples, channels, ...outputSize(attrs)],
    };
    return { shapes: operands.map((name) => shapes[name]), attrs };
  };

export const poolOf = pool(['x']);
export const poolAdjoint = pool(['y']);
export const poolScatter = pool(['x', 'y']);
export const poolGather = pool(['x', 'x']);
