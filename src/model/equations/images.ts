/** Convolutions of images and signals: with and without flipped kernel, transposed, as a matrix; pools. */

import { formatShape } from '../../graph/shape.ts';
import { type ConvAttrs, convOutputSize } from '../../ops/conv.ts';
import type { Arithmetic } from './arithmetic.ts';
import { Misfit, spoken, type Value } from './value.ts';

export interface ImageOptions {
  /** `valid` unless said otherwise. */
  readonly mode?: string | undefined;
  readonly stride?: number;
  /** Zeros around the image. */
  readonly pad?: number;
  readonly padding?: number;
  readonly dilation?: number;
  /** Of sums and means: the axis that they run along, counted from 0, and whether it stays. */
  readonly axis?: number;
  readonly keepdims?: number;
}

const OPTIONS = ['mode', 'stride', 'pad', 'padding', 'dilation'];

/** Turned by 180°: of kernels with channels the last two axes. */
export function turned<V>(m: Arithmetic<V>, x: Value<V>): Value<V> {
  const axes = x.shape.map((_, axis) => axis).slice(-2);
  return m.value(m.domain.A.flip(x.v, { axes }), x.standing);
}

/** A row or column beside a matrix is a matrix of one row or one column. */
function ofOneRank<V>(m: Arithmetic<V>, x: Value<V>, beside: Value<V>): Value<V> {
  if (x.shape.length !== 1 || beside.shape.length !== 2) return x;
  const [n] = x.shape;
  return m.value(m.domain.A.reshape(x.v, { shape: x.standing === 'row' ? [1, n] : [n, 1] }));
}

/**
 * Cross-correlation Y_ij = Σ X_{i+m,j+n} K_mn of two vectors or two matrices, or of channels × rows × columns with a
 * kernel of outputs × channels × rows × columns. Throws Misfit.
 */
export function correlation<V>(
  m: Arithmetic<V>,
  x: Value<V>,
  k: Value<V>,
  options: ImageOptions = {},
): Value<V> {
  const [image, kernel] = [ofOneRank(m, x, k), ofOneRank(m, k, x)];
  const rank = spatialRank(image, kernel);
  const [inputSize, kernelSize] = [image.shape.slice(-rank), kernel.shape.slice(-rank)];
  const attrs = attrsOf(inputSize, kernelSize, options);
  const output = convOutputSize(attrs);
  if (output.some((n) => n < 1)) {
    throw new Misfit(`${spoken(image)} ⋆ ${spoken(kernel)}: the kernel is larger than the image`);
  }
  const { A } = m.domain;
  const hasChannels = image.shape.length > rank;
  if (hasChannels && kernel.shape[1] !== image.shape[0]) {
    throw new Misfit(`an image of ${image.shape[0]} channels and a kernel for ${kernel.shape[1]}`);
  }
  const y = A.conv(lifted(m, image, 1), lifted(m, kernel, hasChannels ? 0 : 2), attrs);
  return m.value(A.reshape(y, { shape: hasChannels ? [kernel.shape[0], ...output] : output }));
}

/** The convolution of mathematics, with the kernel turned by 180°. */
export function convolution<V>(
  m: Arithmetic<V>,
  image: Value<V>,
  kernel: Value<V>,
  options: ImageOptions = {},
): Value<V> {
  const k = ofOneRank(m, kernel, image);
  spatialRank(ofOneRank(m, image, kernel), k);
  return correlation(m, image, turned(m, k), options);
}

/** Σ_ij X_ij · K placed at (i, j) · stride: the adjoint of {@link correlation} with the same kernel. */
export function transposedConvolution<V>(
  m: Arithmetic<V>,
  x: Value<V>,
  k: Value<V>,
  options: ImageOptions = {},
): Value<V> {
  const [image, kernel] = [ofOneRank(m, x, k), ofOneRank(m, k, x)];
  const rank = spatialRank(image, kernel);
  const { stride, pad, dilation } = numbersOf(options);
  const kernelSize = kernel.shape.slice(-rank);
  const inputSize = image.shape
    .slice(-rank)
    .map((n, i) => (n - 1) * stride - 2 * pad + dilation * (kernelSize[i] - 1) + 1);
  if (inputSize.some((n) => n < 1)) throw new Misfit(`nothing is left with a padding of ${pad}`);
  const hasChannels = image.shape.length > rank;
  if (hasChannels && kernel.shape[0] !== image.shape[0]) {
    throw new Misfit(`an image of ${image.shape[0]} channels and a kernel for ${kernel.shape[0]}`);
  }
  const { A } = m.domain;
  const attrs = attrsOf(inputSize, kernelSize, options);
  const y = A.convTranspose(lifted(m, image, 1), lifted(m, kernel, hasChannels ? 0 : 2), attrs);
  return m.value(A.reshape(y, { shape: hasChannels ? [kernel.shape[1], ...inputSize] : inputSize }));
}

/**
 * The matrix C of the valid cross-correlation with K: C vec(X) = vec(X ⋆ K), for images of the given size, or of the size
 * of a variable. Throws Misfit.
 */
export function kernelMatrix<V>(m: Arithmetic<V>, [kernel, ...like]: readonly Value<V>[]): Value<V> {
  const numbers = like.map(({ literal }) => literal);
  const inputSize = like.length === 1 && numbers[0] === undefined ? like[0].shape : (numbers as number[]);
  const isSize = inputSize.every((n) => Number.isInteger(n) && n >= 1 && n <= 64);
  if (!isSize || inputSize.length !== kernel.shape.length || kernel.shape.length > 2) {
    throw new Misfit('convmatrix(K, 3x3) takes a kernel and the size of the image');
  }
  const output = inputSize.map((n, i) => n - kernel.shape[i] + 1);
  if (output.some((n) => n < 1))
    throw new Misfit(`a kernel of ${spoken(kernel)} in an image of ${formatShape(inputSize)}`);
  const { A, tensor } = m.domain;
  const [height, width] = [kernel.shape.length === 2 ? inputSize[0] : 1, inputSize.at(-1)!];
  const [rows, columns] = [kernel.shape.length === 2 ? output[0] : 1, output.at(-1)!];
  const [kernelRows, kernelColumns] = [kernel.shape.length === 2 ? kernel.shape[0] : 1, kernel.shape.at(-1)!];
  const count = kernelRows * kernelColumns;
  const indices: number[] = []; // into vec(K) and then a zero
  for (let y = 0; y < rows * columns; y++) {
    for (let x = 0; x < height * width; x++) {
      const i = Math.floor(x / width) - Math.floor(y / columns);
      const j = (x % width) - (y % columns);
      const isInside = i >= 0 && i < kernelRows && j >= 0 && j < kernelColumns;
      indices.push(isInside ? i * kernelColumns + j : count);
    }
  }
  const padded = A.concat(A.reshape(kernel.v, { shape: [count] }), tensor([0], [1]), { axis: 0 });
  const shape = [rows * columns, height * width];
  return m.value(A.reshape(A.gather(padded, { axis: 0, indices }), { shape }));
}

/** The largest value or the mean of each window; windows do not overlap unless a stride says so. */
export function pooled<V>(
  m: Arithmetic<V>,
  [image, window]: readonly Value<V>[],
  options: ImageOptions,
  kind: 'max' | 'mean',
): Value<V> {
  const n = window.literal;
  const rank = Math.min(2, image.shape.length);
  if (n === undefined || !Number.isInteger(n) || n < 1)
    throw new Misfit('the window is a whole number, such as maxpool(X, 2)');
  if (rank === 0 || image.shape.length > 3) throw new Misfit(`${spoken(image)} is no image`);
  const inputSize = image.shape.slice(-rank);
  const attrs = attrsOf(
    inputSize,
    inputSize.map(() => n),
    { stride: n, ...options },
  );
  const output = convOutputSize(attrs);
  if (output.some((size) => size < 1))
    throw new Misfit(`a window of ${n} in ${spoken(image)}: it is larger than the image`);
  const { A } = m.domain;
  const hasChannels = image.shape.length === 3;
  const x = lifted(m, image, hasChannels ? 1 : 2);
  const { groups: _, ...windows } = attrs;
  const y = kind === 'max' ? A.maxPool(x, windows) : A.avgPool(x, windows);
  return m.value(A.reshape(y, { shape: hasChannels ? [image.shape[0], ...output] : output }));
}

/** So many zeros around a matrix, or before and behind a vector. */
export function padded<V>(m: Arithmetic<V>, [image, by]: readonly Value<V>[]): Value<V> {
  const { A, tensor } = m.domain;
  const rank = image.shape.length;
  if (rank < 1 || rank > 2 || by.literal === undefined)
    throw new Misfit('pad takes a matrix or a vector and a whole number, as in pad(X, 1)');
  const shape = image.shape.map(() => 1);
  const one = m.value(A.reshape(tensor([1], [1]), { shape }));
  return correlation(m, image, one, { pad: by.literal });
}

/** The number of spatial axes: of all axes but the channels. */
function spatialRank<V>(image: Value<V>, kernel: Value<V>): number {
  const [n, k] = [image.shape.length, kernel.shape.length];
  if (n === k && (n === 1 || n === 2)) return n;
  if (n === 3 && k === 4) return 2;
  throw new Misfit(
    `${spoken(image)} ⋆ ${spoken(kernel)}: ⋆ takes two matrices or two vectors, or an image with channels and a kernel of outputs×channels×rows×columns`,
  );
}

function numbersOf(options: ImageOptions): { stride: number; pad: number; dilation: number } {
  const odd = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (odd !== undefined) throw new Misfit(`there is no option ${odd}; there are stride, pad and dilation`);
  const { stride = 1, dilation = 1 } = options;
  const pad = options.pad ?? options.padding ?? 0;
  const fits = (n: number, least: number) => Number.isInteger(n) && n >= least && n <= 64;
  if (!fits(stride, 1) || !fits(dilation, 1))
    throw new Misfit('stride and dilation are whole numbers from 1 to 64');
  if (!fits(pad, 0)) throw new Misfit('the padding is a whole number from 0 to 64');
  return { stride, pad, dilation };
}

function attrsOf(
  inputSize: readonly number[],
  kernelSize: readonly number[],
  options: ImageOptions,
): ConvAttrs {
  const { mode = 'valid' } = options;
  if (!['valid', 'full', 'same'].includes(mode)) throw new Misfit(`⋆ is valid, full or same, not ${mode}`);
  const { stride, pad, dilation } = numbersOf(options);
  const lost = kernelSize.map((n) => dilation * (n - 1));
  const padLow = lost.map((n) => (mode === 'full' ? n : mode === 'same' ? Math.floor(n / 2) : pad));
  const padHigh = lost.map((n, i) => (mode === 'same' ? n - padLow[i] : padLow[i]));
  const each = (n: number) => inputSize.map(() => n);
  return {
    inputSize,
    kernelSize,
    stride: each(stride),
    dilation: each(dilation),
    padLow,
    padHigh,
    groups: 1,
  };
}

/** With so many axes of length 1 in front. */
function lifted<V>(m: Arithmetic<V>, x: Value<V>, count: number): V {
  const missing = count === 1 && x.shape.length < 3 ? 2 : count;
  return missing === 0 ? x.v : m.domain.A.reshape(x.v, { shape: [...Array(missing).fill(1), ...x.shape] });
}
