/** Layers of neural networks in the words of their users, over the rows of the table: convolutions, pools, normalisation. */

import { GradpathError } from '../graph/error.ts';
import type { NodeId } from '../graph/graph.ts';
import { formatShape, type Shape, sameShape } from '../graph/shape.ts';
import type { Builder } from './builder.ts';
import type { ConvAttrs } from './conv.ts';
import type { WindowAttrs } from './window.ts';

export interface WindowOptions {
  /** One number for all spatial axes, or one for each (default 1). For pools the default is the window's size. */
  readonly stride?: number | readonly number[];
  /**
   * Cells added on both sides, one number for all spatial axes or one for each (default 0); `same`: as many as make
   * the output ⌈input / stride⌉ long, the odd one at the end.
   */
  readonly padding?: number | readonly number[] | 'same';
  /** Distance between the cells of a window (default 1). */
  readonly dilation?: number | readonly number[];
}

export interface ConvOptions extends WindowOptions {
  /** Channels are convolved in so many separate groups (default 1). */
  readonly groups?: number;
}

/** One number per spatial axis. */
function perAxis(
  value: number | readonly number[] | undefined,
  byDefault: number,
  rank: number,
  what: string,
): number[] {
  const list =
    typeof value === 'number' || value === undefined
      ? Array<number>(rank).fill(value ?? byDefault)
      : [...value];
  if (list.length !== rank) {
    throw new GradpathError(
      'shape',
      `${what} is [${list}], expected one number or ${rank}, one per spatial axis`,
    );
  }
  return list;
}

function windowAttrsOf(
  inputSize: readonly number[],
  kernelSize: readonly number[],
  options: WindowOptions,
): WindowAttrs {
  const rank = inputSize.length;
  const stride = perAxis(options.stride, 1, rank, 'stride');
  const dilation = perAxis(options.dilation, 1, rank, 'dilation');
  if (options.padding === 'same') {
    const missing = inputSize.map((n, i) => {
      const reach = dilation[i] * (kernelSize[i] - 1) + 1;
      return Math.max(0, (Math.ceil(n / stride[i]) - 1) * stride[i] + reach - n);
    });
    const padLow = missing.map((n) => Math.floor(n / 2));
    const padHigh = missing.map((n) => Math.ceil(n / 2));
    return { inputSize, kernelSize, stride, padLow, padHigh, dilation };
  }
  const padding = perAxis(options.padding, 0, rank, 'padding');
  return { inputSize, kernelSize, stride, padLow: padding, padHigh: padding, dilation };
}

/** The sizes after the first two axes, of which there must be as many as spatial axes. */
function spatialSizes(b: Builder, x: NodeId, rank: number | undefined, what: string): readonly number[] {
  const { shape } = b.graph.node(x);
  const wanted = rank ?? shape.length - 2;
  if (shape.length < 3 || shape.length - 2 !== wanted) {
    const axes =
      wanted < 1 ? 'one spatial axis or more' : `${wanted} spatial ${wanted === 1 ? 'axis' : 'axes'}`;
    const message = `${what} ${b.graph.label(x)} is ${formatShape(shape)}, expected two sizes and then ${axes}`;
    throw new GradpathError('shape', message, b.graph.label(x));
  }
  return shape.slice(2);
}

/**
 * Cross-correlation of x, samples × channels × …, with w, outputs × channels per group × …: the kernel is not flipped.
 * Any number of spatial axes. Result: samples × outputs × ….
 */
export function convolution(b: Builder, x: NodeId, w: NodeId, options: ConvOptions = {}): NodeId {
  const inputSize = spatialSizes(b, x, undefined, 'the input');
  const kernelSize = spatialSizes(b, w, inputSize.length, 'the kernel');
  const attrs: ConvAttrs = { ...windowAttrsOf(inputSize, kernelSize, options), groups: options.groups ?? 1 };
  return b.conv(x, w, attrs);
}

/** {@link convolution} along one spatial axis: x samples × channels × length, w outputs × channels × length. */
export function conv1d(b: Builder, x: NodeId, w: NodeId, options: ConvOptions = {}): NodeId {
  spatialSizes(b, x, 1, 'the input');
  return convolution(b, x, w, options);
}

/** {@link convolution} of images: x samples × channels × rows × columns, w outputs × channels × rows × columns. */
export function conv2d(b: Builder, x: NodeId, w: NodeId, options: ConvOptions = {}): NodeId {
  spatialSizes(b, x, 2, 'the input');
  return convolution(b, x, w, options);
}

/** {@link conv2d} of each channel by itself: w is (channels · multiplier) × 1 × rows × columns. */
export function depthwiseConv2d(b: Builder, x: NodeId, w: NodeId, options: WindowOptions = {}): NodeId {
  spatialSizes(b, x, 2, 'the input');
  return convolution(b, x, w, { ...options, groups: b.graph.node(x).shape[1] });
}

export interface TransposedConvOptions extends Omit<ConvOptions, 'padding'> {
  readonly padding?: number | readonly number[];
  /** Cells that the convolution of the output leaves unused at its end, below the stride (default 0). */
  readonly outputPadding?: number | readonly number[];
}

/**
 * (input − 1) · stride − 2 padding + dilation · (kernel − 1) + output padding + 1: the length of a transposed
 * convolution along one axis.
 */
export function transposedConvSize(
  input: number,
  kernel: number,
  stride = 1,
  padding = 0,
  dilation = 1,
  outputPadding = 0,
): number {
  return (input - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1;
}

/**
 * The transposed convolution of y, samples × outputs × …, with w, outputs × channels per group × …: the adjoint of
 * {@link convolution} with the same w and options. Result: samples × channels × ….
 */
export function transposedConvolution(
  b: Builder,
  y: NodeId,
  w: NodeId,
  options: TransposedConvOptions = {},
): NodeId {
  const size = spatialSizes(b, y, undefined, 'the input');
  const rank = size.length;
  const kernelSize = spatialSizes(b, w, rank, 'the kernel');
  const stride = perAxis(options.stride, 1, rank, 'stride');
  const dilation = perAxis(options.dilation, 1, rank, 'dilation');
  const padding = perAxis(options.padding, 0, rank, 'padding');
  const extra = perAxis(options.outputPadding, 0, rank, 'output padding');
  const bad = extra.findIndex((n, i) => !(Number.isInteger(n) && n >= 0 && n < stride[i]));
  if (bad >= 0) {
    const message = `output padding is ${extra[bad]}, expected a whole number from 0 to below the stride ${stride[bad]}`;
    throw new GradpathError('shape', message);
  }
  const inputSize = size.map((n, i) =>
    transposedConvSize(n, kernelSize[i], stride[i], padding[i], dilation[i], extra[i]),
  );
  const groups = options.groups ?? 1;
  return b.convTranspose(y, w, {
    inputSize,
    kernelSize,
    stride,
    padLow: padding,
    padHigh: padding,
    dilation,
    groups,
  });
}

function poolAttrs(
  b: Builder,
  x: NodeId,
  window: number | readonly number[],
  options: WindowOptions,
): WindowAttrs {
  const inputSize = spatialSizes(b, x, undefined, 'the input');
  const kernelSize = perAxis(window, 1, inputSize.length, 'the window');
  return windowAttrsOf(inputSize, kernelSize, { ...options, stride: options.stride ?? kernelSize });
}

/** The largest value of each window of x, samples × channels × …; the padding never wins, of equals the first does. */
export function maxPooling(
  b: Builder,
  x: NodeId,
  window: number | readonly number[],
  options: WindowOptions = {},
): NodeId {
  return b.maxPool(x, poolAttrs(b, x, window, options));
}

/** The mean of the cells of each window that lie in x, samples × channels × …; the padding is not counted. */
export function averagePooling(
  b: Builder,
  x: NodeId,
  window: number | readonly number[],
  options: WindowOptions = {},
): NodeId {
  return b.avgPool(x, poolAttrs(b, x, window, options));
}

/** A misfit is told with the variable x that the shape belongs to. */
function requireShape(b: Builder, id: NodeId, expected: Shape, what: string, x: NodeId): void {
  const { shape } = b.graph.node(id);
  if (sameShape(shape, expected)) return;
  const [label, of] = [b.graph.label(id), `${b.graph.label(x)} (${formatShape(b.graph.node(x).shape)})`];
  const message = `${what} ${label} is ${formatShape(shape)}, expected ${formatShape(expected)} for ${of}`;
  throw new GradpathError('shape', message, label);
}

/** x standardised along its last axes, those of `gain`, then gain ⊙ x + bias, both of which have these axes. Ba et al. 2016. */
export function layerNorm(b: Builder, x: NodeId, gain: NodeId, bias: NodeId, epsilon = 1e-5): NodeId {
  const { shape } = b.graph.node(x);
  const rank = b.graph.node(gain).shape.length;
  if (rank === 0) {
    const label = b.graph.label(gain);
    throw new GradpathError(
      'shape',
      `the gain ${label} is scalar, expected a number per entry of the last axis`,
      label,
    );
  }
  const first = Math.max(0, shape.length - rank);
  requireShape(b, gain, shape.slice(first), 'the gain', x);
  requireShape(b, bias, shape.slice(first), 'the bias', x);
  const axes = [...shape.keys()].slice(first);
  return b.add(b.mul(b.standardize(x, { axes, epsilon }), gain), bias);
}

/**
 * Each channel (axis 1) of x standardised over all other axes, then gain ⊙ x + bias, one of each per channel. This is
 * the normalisation of training, by the batch's own mean and variance. Ioffe and Szegedy 2015.
 */
export function batchNorm(b: Builder, x: NodeId, gain: NodeId, bias: NodeId, epsilon = 1e-5): NodeId {
  const { shape } = b.graph.node(x);
  const channels = shape.slice(1, 2);
  if (channels.length === 0) {
    const label = b.graph.label(x);
    const message = `${label} is ${formatShape(shape)}, expected samples × channels × …`;
    throw new GradpathError('shape', message, label);
  }
  requireShape(b, gain, channels, 'the gain', x);
  requireShape(b, bias, channels, 'the bias', x);
  const axes = [...shape.keys()].filter((axis) => axis !== 1);
  const perChannel = (v: NodeId) =>
    b.reshape(v, { shape: shape.slice(1).map((_, i) => (i === 0 ? shape[1] : 1)) });
  return b.add(b.mul(b.standardize(x, { axes, epsilon }), perChannel(gain)), perChannel(bias));
}

/** The rows `indices` of a table of row vectors, words × features. */
export function embedding(b: Builder, table: NodeId, indices: readonly number[]): NodeId {
  return b.gather(table, { axis: 0, indices });
}

/**
 * −Σ log softmax(x) at the true classes: x is samples × classes, or classes alone; `classes` is a leaf of class
 * numbers from 0, one per sample. A scalar; NaN where a number is no class.
 */
export function crossEntropyOfClasses(b: Builder, x: NodeId, classes: NodeId): NodeId {
  const { shape } = b.graph.node(x);
  const hot = b.oneHot(classes, { depth: shape.at(-1) ?? 0 });
  if (shape.length === 0) return b.softmaxCrossEntropy(x, hot); // which refuses it
  const isClass = b.sum(hot, { axes: [shape.length - 1], keepDims: true });
  return b.softmaxCrossEntropy(x, b.div(hot, isClass)); // 0/0: a row without a class must not pass for a loss of 0
}
