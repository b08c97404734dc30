/**
 * Layers of neural networks in the words of their users, over the rows of the table: convolutions, pools, normalisation.
 * A row has a short name and spells out every size (`conv`, `convTranspose`, `maxPool`, `avgPool`); its layer has the whole
 * word and works the sizes out from options (`convolution`, `transposedConvolution`, `maxPooling`, `averagePooling`). Of a
 * set number of axes it goes by the name in the field: `conv1d`, `conv2d`, `depthwiseConv2d`.
 */

import { GradpathError, requireKnown } from '../graph/error.ts';
import type { NodeId } from '../graph/graph.ts';
import { formatShape, type Shape, sameShape } from '../graph/shape.ts';
import type { Builder } from './builder.ts';
import { transposedWindows } from './transposed.ts';
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

const WINDOW_OPTIONS = ['stride', 'padding', 'dilation'];
const CONV_OPTIONS = [...WINDOW_OPTIONS, 'groups'];

/** One number per spatial axis. */
function perAxis(
  value: number | readonly number[] | undefined,
  byDefault: number,
  rank: number,
  what: string,
): number[] {
  if (value !== undefined && typeof value !== 'number' && !Array.isArray(value)) {
    const or = what === 'padding' ? 'or one per spatial axis, or "same"' : 'or one per spatial axis';
    throw new GradpathError('shape', `${what} is ${JSON.stringify(value)}, expected a whole number, ${or}`);
  }
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
  requireKnown('convolution', options, CONV_OPTIONS);
  return convolve(b, x, w, undefined, options);
}

/** The convolution along `rank` spatial axes, or as many as x has. */
function convolve(b: Builder, x: NodeId, w: NodeId, rank: number | undefined, options: ConvOptions): NodeId {
  const inputSize = spatialSizes(b, x, rank, 'the input');
  const kernelSize = spatialSizes(b, w, inputSize.length, 'the kernel');
  return b.conv(x, w, { ...windowAttrsOf(inputSize, kernelSize, options), groups: options.groups ?? 1 });
}

/** {@link convolution} along one spatial axis: x samples × channels × length, w outputs × channels × length. */
export function conv1d(b: Builder, x: NodeId, w: NodeId, options: ConvOptions = {}): NodeId {
  requireKnown('conv1d', options, CONV_OPTIONS);
  return convolve(b, x, w, 1, options);
}

/** {@link convolution} of images: x samples × channels × rows × columns, w outputs × channels × rows × columns. */
export function conv2d(b: Builder, x: NodeId, w: NodeId, options: ConvOptions = {}): NodeId {
  requireKnown('conv2d', options, CONV_OPTIONS);
  return convolve(b, x, w, 2, options);
}

/** {@link conv2d} of each channel by itself: w is (channels · multiplier) × 1 × rows × columns. */
export function depthwiseConv2d(b: Builder, x: NodeId, w: NodeId, options: WindowOptions = {}): NodeId {
  requireKnown('depthwiseConv2d', options, WINDOW_OPTIONS);
  return convolve(b, x, w, 2, { ...options, groups: b.graph.node(x).shape[1] });
}

export interface TransposedConvOptions extends Omit<ConvOptions, 'padding'> {
  readonly padding?: number | readonly number[];
  /** Cells that the convolution of the output leaves unused at its end, fewer than the stride or the dilation (default 0). */
  readonly outputPadding?: number | readonly number[];
}

/**
 * The transposed convolution of y, samples × outputs × …, with w, outputs × channels per group × …: the adjoint of
 * {@link convolution} with the same w and options. Result: samples × channels × …, of the size transposedConvSize.
 */
export function transposedConvolution(
  b: Builder,
  y: NodeId,
  w: NodeId,
  options: TransposedConvOptions = {},
): NodeId {
  requireKnown('transposedConvolution', options, [...CONV_OPTIONS, 'outputPadding']);
  const size = spatialSizes(b, y, undefined, 'the input');
  const rank = size.length;
  const kernelSize = spatialSizes(b, w, rank, 'the kernel');
  const stride = perAxis(options.stride, 1, rank, 'stride');
  const dilation = perAxis(options.dilation, 1, rank, 'dilation');
  const padding = perAxis(options.padding, 0, rank, 'padding');
  const extra = perAxis(options.outputPadding, 0, rank, 'output padding');
  const along = size.map((_, axis) => ({
    stride: stride[axis],
    padding: padding[axis],
    dilation: dilation[axis],
    outputPadding: extra[axis],
  }));
  const attrs = transposedWindows(size, kernelSize, along);
  return b.convTranspose(y, w, { ...attrs, groups: options.groups ?? 1 });
}

function poolAttrs(
  b: Builder,
  of: string,
  x: NodeId,
  window: number | readonly number[],
  options: WindowOptions,
): WindowAttrs {
  requireKnown(of, options, WINDOW_OPTIONS);
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
  return b.maxPool(x, poolAttrs(b, 'maxPooling', x, window, options));
}

/** The mean of the cells of each window that lie in x, samples × channels × …; the padding is not counted. */
export function averagePooling(
  b: Builder,
  x: NodeId,
  window: number | readonly number[],
  options: WindowOptions = {},
): NodeId {
  return b.avgPool(x, poolAttrs(b, 'averagePooling', x, window, options));
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
