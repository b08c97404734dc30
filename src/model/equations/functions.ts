/** Functions that formulas use, by their names: over ops of the table. */

import { sameShape } from '../../graph/shape.ts';
import { along, extreme, ofVectors } from './along-axes.ts';
import type { Arithmetic } from './arithmetic.ts';
import {
  convolution,
  correlation,
  type ImageOptions,
  kernelMatrix,
  padded,
  pooled,
  transposedConvolution,
  turned,
} from './images.ts';
import { joined } from './matrices.ts';
import { scalarFunctions, slopes } from './scalar-functions.ts';
import { Misfit, spoken, type Value } from './value.ts';

/** The name as the table has it: `ReLU` and `relu`, `log_softmax` and `logsoftmax` are one. */
export function functionName(name: string): string {
  return name === 'σ' ? name : name === '𝟏' ? 'ones' : name.toLowerCase();
}

type Many = <V>(m: Arithmetic<V>, x: readonly Value<V>[], options: ImageOptions) => Value<V>;

/** How many arguments a function takes: at least and at most. */
type Arity = readonly [number, number];

const ONE: Arity = [1, 1];
const TWO: Arity = [2, 2];
const MANY: Arity = [1, Number.POSITIVE_INFINITY];

/** Functions of whole vectors and matrices. */
const others: ReadonlyMap<string, readonly [Arity, Many]> = new Map<string, readonly [Arity, Many]>([
  ['softmax', [ONE, (m, [x], options) => ofVectors(m, x, options, (v) => m.domain.A.softmax(v))]],
  ['log_softmax', [ONE, (m, [x], options) => ofVectors(m, x, options, (v) => m.domain.A.logSoftmax(v))]],
  ['logsoftmax', [ONE, (m, [x], options) => ofVectors(m, x, options, (v) => m.domain.A.logSoftmax(v))]],
  ['logsumexp', [ONE, (m, x, options) => along(m, x, options, (v, attrs) => m.domain.A.logSumExp(v, attrs))]],
  ['cross_entropy', [TWO, crossEntropy]],
  ['crossentropy', [TWO, crossEntropy]],
  ['ce', [TWO, crossEntropy]],
  [
    'softmax_cross_entropy',
    [TWO, (m, [x, y]) => alike(m, x, y, (a, b) => m.domain.A.softmaxCrossEntropy(a, b))],
  ],
  ['mse', [TWO, (m, [x, y]) => alike(m, x, y, (a, b) => m.domain.A.meanSquaredError(a, b))]],
  ['diag', [ONE, (m, [x]) => m.diagonal(x)]],
  ['transpose', [ONE, (m, [x]) => m.transposed(x)]],
  ['tr', [ONE, trace]],
  ['trace', [ONE, trace]],
  ['vec', [ONE, (m, [x]) => m.value(m.domain.A.reshape(x.v, { shape: [size(x)] }))]],
  ['flatten', [ONE, (m, [x]) => m.value(m.domain.A.reshape(x.v, { shape: [size(x)] }))]],
  ['unvec', [[2, 5], reshaped]],
  ['reshape', [[2, 5], reshaped]],
  ['sum', [[1, 2], (m, x, options) => along(m, x, options, (v, attrs) => m.domain.A.sum(v, attrs))]],
  ['mean', [[1, 2], (m, x, options) => along(m, x, options, (v, attrs) => m.domain.A.mean(v, attrs))]],
  ['var', [ONE, (m, x, options) => along(m, x, options, (v, attrs) => m.domain.A.variance(v, attrs))]],
  ['norm', [ONE, (m, [x]) => m.norm(x)]],
  ['rot180', [ONE, (m, [x]) => turned(m, x)]],
  ['rot_180', [ONE, (m, [x]) => turned(m, x)]],
  ['rot', [ONE, (m, [x], { mode }) => half(m, x, mode)]],
  ['flip', [ONE, (m, [x]) => turned(m, x)]],
  ['dot', [TWO, (m, [a, b]) => (bothColumns(a, b) ? m.inner(a, b) : m.matrixProduct(a, b))]],
  ['matmul', [TWO, (m, [a, b]) => m.matrixProduct(a, b)]],
  ['inner', [TWO, (m, [a, b]) => m.inner(a, b)]],
  ['outer', [TWO, (m, [a, b]) => m.outer(a, b)]],
  ['hadamard', [TWO, (m, [a, b]) => m.hadamard(a, b)]],
  ['multiply', [TWO, (m, [a, b]) => m.hadamard(a, b)]],
  ['maximum', [TWO, (m, x) => extreme(m, x, 'max')]],
  ['minimum', [TWO, (m, x) => extreme(m, x, 'min')]],
  ['max', [MANY, (m, x, options) => extreme(m, x, 'max', options)]],
  ['min', [MANY, (m, x, options) => extreme(m, x, 'min', options)]],
  ['clip', [[3, 3], clipped]],
  ['corr', [TWO, (m, [a, b], options) => correlation(m, a, b, options)]],
  ['corr2d', [TWO, (m, [a, b], options) => correlation(m, a, b, options)]],
  ['cross_correlate', [TWO, (m, [a, b], options) => correlation(m, a, b, options)]],
  ['conv', [TWO, (m, [a, b], options) => convolution(m, a, b, options)]],
  ['convolve', [TWO, (m, [a, b], options) => convolution(m, a, b, options)]],
  // of deep learning's libraries: the kernel is not turned
  ['conv2d', [TWO, (m, [a, b], options) => correlation(m, a, b, options)]],
  // of scipy.signal, where nothing said means full
  [
    'convolve2d',
    [TWO, (m, [a, b], options) => convolution(m, a, b, { ...options, mode: options.mode ?? 'full' })],
  ],
  [
    'correlate2d',
    [TWO, (m, [a, b], options) => correlation(m, a, b, { ...options, mode: options.mode ?? 'full' })],
  ],
  ['full_conv', [TWO, (m, [a, b], options) => convolution(m, a, b, { ...options, mode: 'full' })]],
  ['pad', [TWO, padded]],
  ['tconv', [TWO, (m, [a, b], options) => transposedConvolution(m, a, b, options)]],
  ['conv_transpose', [TWO, (m, [a, b], options) => transposedConvolution(m, a, b, options)]],
  ['convmatrix', [[2, 4], kernelMatrix]],
  ['maxpool', [TWO, (m, x, options) => pooled(m, x, options, 'max')]],
  ['avgpool', [TWO, (m, x, options) => pooled(m, x, options, 'mean')]],
  ['ones', [[1, 3], (m, x) => filled(m, x, 1)]],
  ['zeros', [[1, 3], (m, x) => filled(m, x, 0)]],
  ['zeros_like', [ONE, (m, [x]) => m.scaled(x, 0)]],
  ['eye', [ONE, (m, [x]) => m.diagonal(filled(m, [x], 1))]],
  ['concat', [MANY, concatenated]],
  ['cat', [MANY, concatenated]],
  ['layer_norm', [ONE, (m, [x]) => standardized(m, x, lastAxis(x))]],
  ['layernorm', [ONE, (m, [x]) => standardized(m, x, lastAxis(x))]],
  ['batch_norm', [ONE, (m, [x]) => standardized(m, x, [0])]],
  ['batchnorm', [ONE, (m, [x]) => standardized(m, x, [0])]],
  ['stop_gradient', [ONE, (m, [x]) => m.value(m.domain.A.stopGradient(x.v), x.standing)]],
]);

/** Functions whose further arguments are sizes, such as `3x3`. */
const SIZED: ReadonlySet<string> = new Set(['unvec', 'reshape', 'convmatrix']);

export function takesSizes(name: string): boolean {
  return SIZED.has(name);
}

const OF_IMAGES = ['stride', 'pad', 'padding', 'dilation'];
const OF_AXES = ['axis', 'dim', 'dims', 'keepdims', 'keepdim'];
const OPTIONS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[
    'corr',
    'corr2d',
    'cross_correlate',
    'conv',
    'convolve',
    'conv2d',
    'tconv',
    'conv_transpose',
    'maxpool',
    'avgpool',
  ].map((name) => [name, OF_IMAGES] as const),
  ...['sum', 'mean', 'var', 'max', 'min', 'logsumexp'].map((name) => [name, OF_AXES] as const),
  ...['softmax', 'log_softmax', 'logsoftmax'].map((name) => [name, ['axis', 'dim', 'dims']] as const),
]);

/** Whether a function has an option: what it has not could change its meaning. */
export function takesOption(name: string, option: string): boolean {
  return OPTIONS.get(name)?.includes(option) ?? false;
}

export function isElementwise(name: string): boolean {
  return scalarFunctions.has(name);
}

/** rot of anything but 180° is another thing. */
function half<V>(m: Arithmetic<V>, x: Value<V>, mode: string | undefined): Value<V> {
  if (mode !== undefined && mode !== '180')
    throw new Misfit(`rot_${mode} is not known; rot_180 turns a kernel`);
  return turned(m, x);
}

export function isFunction(name: string): boolean {
  return scalarFunctions.has(name) || others.has(name);
}

export function functionNames(): string[] {
  return [...scalarFunctions.keys(), ...others.keys()];
}

/** f(x, …). Options: `mode` is a subscript or argument such as `full`; numbers such as stride=2. Throws Misfit. */
export function applied<V>(
  m: Arithmetic<V>,
  name: string,
  x: readonly Value<V>[],
  options: ImageOptions = {},
): Value<V> {
  const each = scalarFunctions.get(name);
  const [[least, most], f] = others.get(name) ?? [ONE, undefined];
  if (x.length < least || x.length > most) {
    const wanted =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `${least} or more`
          : `${least} to ${most}`;
    throw new Misfit(`${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, ${x.length} given`);
  }
  const odd = x.find(({ standing }) => standing !== 'column' && standing !== 'row' && standing !== 'free');
  if (odd !== undefined && name !== 'diag' && name !== 'transpose') {
    throw new Misfit(`${name} of ${spoken(odd)}: of what size?`);
  }
  if (f !== undefined) return f(m, x, options);
  return m.value(each!(m.domain.A, x[0].v), x[0].standing);
}

/** f′(x), element by element, or undefined if it is not known. */
export function slope<V>(m: Arithmetic<V>, name: string, x: Value<V>): Value<V> | undefined {
  const f = slopes.get(name);
  return f && m.value(f(m.domain.A, x.v), x.standing);
}

const size = <V>({ shape }: Value<V>): number => shape.reduce((product, n) => product * n, 1);
const lastAxis = <V>({ shape }: Value<V>): number[] => [shape.length - 1];

const bothColumns = <V>(a: Value<V>, b: Value<V>): boolean =>
  a.shape.length === 1 && b.shape.length === 1 && a.standing !== 'row' && b.standing !== 'row';

/** A number of two arrays of one shape. */
function alike<V>(m: Arithmetic<V>, a: Value<V>, b: Value<V>, f: (a: V, b: V) => V): Value<V> {
  if (!sameShape(a.shape, b.shape)) throw new Misfit(`${spoken(a)} and ${spoken(b)}: the shapes differ`);
  return m.value(f(a.v, b.v));
}

/** −Σ y log p for the prediction first and the target second, as cross_entropy(ŷ, y). */
function crossEntropy<V>(m: Arithmetic<V>, [p, y]: readonly Value<V>[]): Value<V> {
  return alike(m, p, y, (a, b) => m.domain.A.crossEntropy(a, b));
}

function trace<V>(m: Arithmetic<V>, [x]: readonly Value<V>[]): Value<V> {
  return m.value(m.domain.A.sum(m.diagonal(x).v, { axes: [0], keepDims: false }));
}

/** Sizes that are given as arguments. */
function sizesOf<V>(x: readonly Value<V>[]): number[] {
  const sizes = x.map(({ literal }) => literal);
  if (sizes.some((n) => n === undefined || !Number.isInteger(n) || n < 1 || n > 4096)) {
    throw new Misfit('expected sizes as whole numbers, such as 3x3');
  }
  return sizes as number[];
}

function reshaped<V>(m: Arithmetic<V>, [x, ...sizes]: readonly Value<V>[]): Value<V> {
  const shape = sizesOf(sizes);
  const wanted = shape.reduce((product, n) => product * n, 1);
  if (wanted !== size(x))
    throw new Misfit(`${spoken(x)} has ${size(x)} elements, ${shape.join('×')} takes ${wanted}`);
  return m.value(m.domain.A.reshape(x.v, { shape }));
}

function filled<V>(m: Arithmetic<V>, sizes: readonly Value<V>[], value: number): Value<V> {
  const given = sizesOf(sizes);
  // n×1 is a column of n, 1×n a row
  const shape = given.length === 2 ? given.filter((n) => n > 1) : given;
  const standing = shape.length === 1 && given.length === 2 && given[0] === 1 ? 'row' : 'column';
  const v = m.domain.tensor(Array(shape.reduce((product, n) => product * n, 1)).fill(value), shape);
  return m.value(v, standing);
}

function clipped<V>(m: Arithmetic<V>, [x, low, high]: readonly Value<V>[]): Value<V> {
  if (low.literal === undefined || high.literal === undefined || low.literal > high.literal)
    throw new Misfit('clip(x, low, high) takes two numbers, the lower one first');
  return m.value(m.domain.A.clip(x.v, { low: low.literal, high: high.literal }), x.standing);
}

function concatenated<V>(m: Arithmetic<V>, x: readonly Value<V>[]): Value<V> {
  if (x.some(({ shape }) => shape.length !== 1)) throw new Misfit('concat takes vectors');
  return m.value(joined(m, x, 0).v, x[0].standing);
}

/** (x − mean) / √(variance + 10⁻⁵). */
function standardized<V>(m: Arithmetic<V>, x: Value<V>, axes: readonly number[]): Value<V> {
  if (x.shape.length === 0) throw new Misfit('a number has no mean and variance');
  return m.value(m.domain.A.standardize(x.v, { axes, epsilon: 1e-5 }), x.standing);
}
