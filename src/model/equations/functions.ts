/** Functions that formulas use, by their names: over ops of the table. */

import type { Algebra } from '../../ops/op.ts';
import { type Arithmetic, Misfit, spoken, type Value } from './value.ts';

type Elementwise = <V>(A: Algebra<V>, x: V) => V;

/** Functions of each element. */
const elementwise: ReadonlyMap<string, Elementwise> = new Map<string, Elementwise>([
  ['tanh', (A, x) => A.tanh(x)],
  ['sigmoid', (A, x) => A.sigmoid(x)],
  ['σ', (A, x) => A.sigmoid(x)],
  ['sigm', (A, x) => A.sigmoid(x)],
  ['logistic', (A, x) => A.sigmoid(x)],
  ['softplus', (A, x) => A.softplus(x)],
  ['relu', (A, x) => A.relu(x)],
  ['elu', (A, x) => A.elu(x, { alpha: 1 })],
  ['gelu', (A, x) => A.gelu(x)],
  ['silu', (A, x) => A.silu(x)],
  ['swish', (A, x) => A.silu(x)],
  ['leaky_relu', (A, x) => A.leakyRelu(x, { slope: 0.01 })],
  ['exp', (A, x) => A.exp(x)],
  ['log', (A, x) => A.log(x)],
  ['ln', (A, x) => A.log(x)],
  ['sqrt', (A, x) => A.sqrt(x)],
  ['square', (A, x) => A.square(x)],
  ['abs', (A, x) => A.abs(x)],
  ['sign', (A, x) => A.sign(x)],
  ['sgn', (A, x) => A.sign(x)],
  ['sin', (A, x) => A.sin(x)],
  ['cos', (A, x) => A.cos(x)],
  ['tan', (A, x) => A.tan(x)],
  ['sinh', (A, x) => A.sinh(x)],
  ['cosh', (A, x) => A.cosh(x)],
  ['arctan', (A, x) => A.atan(x)],
  ['atan', (A, x) => A.atan(x)],
  ['erf', (A, x) => A.erf(x)],
  ['sech', (A, x) => A.reciprocal(A.cosh(x))],
  ['inv', (A, x) => A.reciprocal(x)],
]);

/** Derivatives f′ of functions of each element, at the argument. */
const slopes: ReadonlyMap<string, Elementwise> = new Map<string, Elementwise>([
  ['tanh', (A, x) => A.affine(A.square(A.tanh(x)), { scale: -1, shift: 1 })],
  ['σ', sigmoidSlope],
  ['sigmoid', sigmoidSlope],
  ['relu', (A, x) => A.step(x)],
  ['exp', (A, x) => A.exp(x)],
  ['log', (A, x) => A.reciprocal(x)],
  ['sin', (A, x) => A.cos(x)],
  ['cos', (A, x) => A.affine(A.sin(x), { scale: -1, shift: 0 })],
  ['softplus', (A, x) => A.sigmoid(x)],
]);

function sigmoidSlope<V>(A: Algebra<V>, x: V): V {
  const s = A.sigmoid(x);
  return A.mul(s, A.affine(s, { scale: -1, shift: 1 }));
}

/** The name as the table has it: `ReLU` and `relu`, `log_softmax` and `logsoftmax` are one. */
export function functionName(name: string): string {
  return name === 'σ' ? name : name.toLowerCase();
}

type Many = <V>(m: Arithmetic<V>, x: readonly Value<V>[], mode: string | undefined) => Value<V>;

/** Functions of whole vectors and matrices. */
const others: ReadonlyMap<string, Many> = new Map<string, Many>([
  ['softmax', (m, [x]) => ({ ...x, v: m.domain.A.softmax(x.v) })],
  ['log_softmax', (m, [x]) => ({ ...x, v: m.domain.A.logSoftmax(x.v) })],
  ['logsoftmax', (m, [x]) => ({ ...x, v: m.domain.A.logSoftmax(x.v) })],
  ['logsumexp', (m, [x]) => m.value(m.domain.A.logSumExp(x.v, { axes: allAxes(x), keepDims: false }))],
  ['cross_entropy', crossEntropy],
  ['crossentropy', crossEntropy],
  ['ce', crossEntropy],
  ['mse', (m, [a, b]) => m.value(m.domain.A.meanSquaredError(a.v, b.v))],
  ['diag', (m, [x]) => m.diagonal(x)],
  ['transpose', (m, [x]) => m.transposed(x)],
  ['tr', trace],
  ['trace', trace],
  ['vec', (m, [x]) => m.value(m.domain.A.reshape(x.v, { shape: [size(x)] }))],
  ['flatten', (m, [x]) => m.value(m.domain.A.reshape(x.v, { shape: [size(x)] }))],
  ['sum', (m, [x]) => m.value(m.domain.A.sum(x.v, { axes: allAxes(x), keepDims: false }))],
  ['mean', (m, [x]) => m.value(m.domain.A.mean(x.v, { axes: allAxes(x), keepDims: false }))],
  ['rot180', (m, [x]) => turned(m, x)],
  ['rot_180', (m, [x]) => turned(m, x)],
  ['rot', (m, [x]) => turned(m, x)],
  ['flip', (m, [x]) => turned(m, x)],
  ['dot', (m, [a, b]) => (bothColumns(a, b) ? m.inner(a, b) : m.matrixProduct(a, b))],
  ['matmul', (m, [a, b]) => m.matrixProduct(a, b)],
  ['inner', (m, [a, b]) => m.inner(a, b)],
  ['outer', (m, [a, b]) => m.outer(a, b)],
  ['hadamard', (m, [a, b]) => m.hadamard(a, b)],
  ['multiply', (m, [a, b]) => m.hadamard(a, b)],
  ['max', (m, x) => extreme(m, x, 'max')],
  ['min', (m, x) => extreme(m, x, 'min')],
  ['corr', (m, [a, b], mode) => correlation(m, a, b, mode)],
  ['cross_correlate', (m, [a, b], mode) => correlation(m, a, b, mode)],
  ['conv', (m, [a, b], mode) => correlation(m, a, turned(m, b), mode)],
  ['zeros_like', (m, [x]) => m.scaled(x, 0)],
  ['concat', concatenated],
]);

const ARITY: ReadonlyMap<string, number> = new Map([
  ...['cross_entropy', 'crossentropy', 'ce', 'mse', 'dot', 'matmul', 'inner', 'outer', 'hadamard'].map(
    (name): [string, number] => [name, 2],
  ),
  ...['multiply', 'corr', 'cross_correlate', 'conv'].map((name): [string, number] => [name, 2]),
]);

export function isFunction(name: string): boolean {
  return elementwise.has(name) || others.has(name);
}

export function functionNames(): string[] {
  return [...elementwise.keys(), ...others.keys()];
}

/** f(x, …). `mode` is a subscript or option such as `full`. Throws Misfit. */
export function applied<V>(m: Arithmetic<V>, name: string, x: readonly Value<V>[], mode?: string): Value<V> {
  const isOfMany = name === 'max' || name === 'min' || name === 'concat';
  const wanted = ARITY.get(name) ?? 1;
  if (!isOfMany && x.length !== wanted) {
    throw new Misfit(`${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, ${x.length} given`);
  }
  const each = elementwise.get(name);
  if (each !== undefined) return m.value(each(m.domain.A, x[0].v), x[0].standing);
  return others.get(name)!(m, x, mode);
}

/** f′(x), element by element, or undefined if it is not known. */
export function slope<V>(m: Arithmetic<V>, name: string, x: Value<V>): Value<V> | undefined {
  const f = slopes.get(name);
  return f && m.value(f(m.domain.A, x.v), x.standing);
}

const size = <V>({ shape }: Value<V>): number => shape.reduce((product, n) => product * n, 1);
const allAxes = <V>({ shape }: Value<V>): number[] => shape.map((_, axis) => axis);
const bothColumns = <V>(a: Value<V>, b: Value<V>): boolean =>
  a.shape.length === 1 && b.shape.length === 1 && a.standing !== 'row' && b.standing !== 'row';

/** −Σ y log p for the prediction first and the target second, as cross_entropy(ŷ, y). */
function crossEntropy<V>(m: Arithmetic<V>, [p, y]: readonly Value<V>[]): Value<V> {
  return m.value(m.domain.A.crossEntropy(p.v, y.v));
}

function trace<V>(m: Arithmetic<V>, [x]: readonly Value<V>[]): Value<V> {
  return m.value(m.domain.A.sum(m.diagonal(x).v, { axes: [0], keepDims: false }));
}

/** Turned by 180°. */
function turned<V>(m: Arithmetic<V>, x: Value<V>): Value<V> {
  return m.value(m.domain.A.flip(x.v, { axes: allAxes(x) }));
}

function extreme<V>(m: Arithmetic<V>, x: readonly Value<V>[], which: 'max' | 'min'): Value<V> {
  const { A } = m.domain;
  if (x.length === 1) {
    const attrs = { axes: allAxes(x[0]), keepDims: false };
    return m.value(which === 'max' ? A.reduceMax(x[0].v, attrs) : A.reduceMin(x[0].v, attrs));
  }
  return x.reduce((a, b) => m.value(A[which](a.v, b.v), a.shape.length > 0 ? a.standing : b.standing));
}

function concatenated<V>(m: Arithmetic<V>, x: readonly Value<V>[]): Value<V> {
  if (x.some(({ shape }) => shape.length !== 1)) throw new Misfit('concat takes vectors');
  return m.value(m.domain.A.concat(...([...x.map(({ v }) => v), { axis: 0 }] as never)));
}

/** Cross-correlation of two matrices without flipping: `valid` unless the mode says `full` or `same`. */
export function correlation<V>(
  m: Arithmetic<V>,
  image: Value<V>,
  kernel: Value<V>,
  mode: string | undefined,
): Value<V> {
  const rank = image.shape.length;
  if (rank !== kernel.shape.length || rank < 1 || rank > 2) {
    throw new Misfit(`${spoken(image)} ⋆ ${spoken(kernel)}: ⋆ takes two matrices or two vectors`);
  }
  if (mode !== undefined && !['valid', 'full', 'same'].includes(mode)) {
    throw new Misfit(`⋆ is valid, full or same, not ${mode}`);
  }
  const { A } = m.domain;
  const lost = kernel.shape.map((n) => n - 1);
  const padLow = lost.map((n) => (mode === 'full' ? n : mode === 'same' ? Math.floor(n / 2) : 0));
  const padHigh = lost.map((n, i) => (mode === 'full' ? n : mode === 'same' ? n - padLow[i] : 0));
  const output = image.shape.map((n, i) => n + padLow[i] + padHigh[i] - lost[i]);
  if (output.some((n) => n < 1)) {
    throw new Misfit(`${spoken(image)} ⋆ ${spoken(kernel)}: the kernel is larger than the image`);
  }
  const each = image.shape.map(() => 1);
  const attrs = {
    inputSize: image.shape,
    kernelSize: kernel.shape,
    stride: each,
    dilation: each,
    padLow,
    padHigh,
    groups: 1,
  };
  const lifted = (x: Value<V>) => A.reshape(x.v, { shape: [1, 1, ...x.shape] });
  return m.value(A.reshape(A.conv(lifted(image), lifted(kernel), attrs), { shape: output }));
}
