/** What an op is: one row of the table. Signatures says which rows there are; leaving one out does not compile. */

import { GradpathError } from '../graph/error.ts';
import type { AttrKind, Attrs } from '../graph/graph.ts';
import { formatShape, type Shape } from '../graph/shape.ts';
import type { ConvAttrs } from './conv.ts';
import type { EinsumAttrs } from './einsum.ts';
import type { Tex } from './tex.ts';
import type { WindowAttrs } from './window.ts';

/** Number of operands; `n` is one or more. */
export type Arity = 1 | 2 | 3 | 'n';
// biome-ignore lint/complexity/noBannedTypes: the empty record of attributes
type None = {};

interface Signature<N extends Arity = Arity, A = Attrs> {
  readonly arity: N;
  readonly attrs: A;
}

/** Every op: operands and attributes. An op is added here and as a row of its family's file. */
export interface Signatures {
  // pointwise, with numpy broadcasting
  add: Signature<2, None>;
  sub: Signature<2, None>;
  mul: Signature<2, None>;
  div: Signature<2, None>;
  xdivy: Signature<2, None>;
  pow: Signature<2, None>;
  affine: Signature<1, { scale: number; shift: number }>;
  // elementary functions
  exp: Signature<1, None>;
  expm1: Signature<1, None>;
  log: Signature<1, None>;
  log1p: Signature<1, None>;
  sqrt: Signature<1, None>;
  reciprocal: Signature<1, None>;
  square: Signature<1, None>;
  power: Signature<1, { exponent: number }>;
  sin: Signature<1, None>;
  cos: Signature<1, None>;
  tan: Signature<1, None>;
  asin: Signature<1, None>;
  acos: Signature<1, None>;
  atan: Signature<1, None>;
  sinh: Signature<1, None>;
  cosh: Signature<1, None>;
  tanh: Signature<1, None>;
  tanhSlope: Signature<2, None>;
  erf: Signature<1, None>;
  erfc: Signature<1, None>;
  abs: Signature<1, None>;
  sign: Signature<1, None>;
  // activations
  sigmoid: Signature<1, None>;
  sigmoidSlope: Signature<2, None>;
  softplus: Signature<1, None>;
  relu: Signature<1, None>;
  relu6: Signature<1, None>;
  leakyRelu: Signature<1, { slope: number }>;
  elu: Signature<1, { alpha: number }>;
  selu: Signature<1, None>;
  gelu: Signature<1, None>;
  silu: Signature<1, None>;
  // choices; a comparison is 1 where it holds, else 0
  max: Signature<2, None>;
  min: Signature<2, None>;
  clip: Signature<1, { low: number; high: number }>;
  step: Signature<1, None>;
  mask: Signature<2, None>;
  /**
   * `where(c, a, b)`: a where c is not 0, else b. The one not chosen receives 0, and its own derivative is multiplied by
   * that: `where(x > 0, log x, 0)` has the derivative 0 · 1/0 = NaN at x = 0. Choose the operand too:
   * `where(x > 0, log(where(x > 0, x, 1)), 0)`.
   */
  where: Signature<3, None>;
  less: Signature<2, None>;
  lessEqual: Signature<2, None>;
  greater: Signature<2, None>;
  greaterEqual: Signature<2, None>;
  equal: Signature<2, None>;
  notEqual: Signature<2, None>;
  // linear
  matmul: Signature<2, None>;
  outer: Signature<2, None>;
  einsum: Signature<2, EinsumAttrs>;
  transpose: Signature<1, { perm: readonly number[] }>;
  // reductions and their adjoints
  total: Signature<'n', None>;
  sum: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  sumTo: Signature<1, { shape: readonly number[] }>;
  broadcastTo: Signature<1, { shape: readonly number[] }>;
  reshape: Signature<1, { shape: readonly number[] }>;
  mean: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  reduceMax: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  reduceMin: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  logSumExp: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  variance: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  norm: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  standardize: Signature<1, { axes: readonly number[]; epsilon: number }>;
  prod: Signature<1, { axes: readonly number[]; keepDims: boolean }>;
  prodOfOthers: Signature<1, { axes: readonly number[] }>;
  cumsum: Signature<1, { axis: number; reverse: boolean }>;
  // layout
  slice: Signature<1, { begin: readonly number[]; size: readonly number[] }>;
  pad: Signature<1, { before: readonly number[]; after: readonly number[] }>;
  concat: Signature<'n', { axis: number }>;
  flip: Signature<1, { axes: readonly number[] }>;
  gather: Signature<1, { axis: number; indices: readonly number[] }>;
  scatterAdd: Signature<1, { axis: number; indices: readonly number[]; size: number }>;
  oneHot: Signature<1, { depth: number }>;
  // the three derivatives of one trilinear form
  conv: Signature<2, ConvAttrs>;
  convTranspose: Signature<2, ConvAttrs>;
  convFilter: Signature<2, ConvAttrs>;
  // pools and their adjoints
  maxPool: Signature<1, WindowAttrs>;
  maxPoolGather: Signature<2, WindowAttrs>;
  maxPoolScatter: Signature<2, WindowAttrs>;
  avgPool: Signature<1, WindowAttrs>;
  avgPoolAdjoint: Signature<1, WindowAttrs>;
  // distributions over the last axis
  softmax: Signature<1, None>;
  softmaxGradient: Signature<2, None>;
  logSoftmax: Signature<1, None>;
  softmaxExcess: Signature<2, None>;
  // losses
  crossEntropy: Signature<2, None>;
  softmaxCrossEntropy: Signature<2, None>;
  focalLoss: Signature<1, { gamma: number; alpha: number }>;
  huber: Signature<1, { delta: number }>;
  meanSquaredError: Signature<2, None>;
  // training
  dropout: Signature<1, { rate: number; seed: number }>;
  stopGradient: Signature<1, None>;
}

export type OpName = keyof Signatures;
type ArityOf<K extends OpName> = Signatures[K]['arity'];
type AttrsOf<K extends OpName> = Signatures[K]['attrs'];

type Operands<V, N extends Arity> = N extends 1 ? [V] : N extends 2 ? [V, V] : N extends 3 ? [V, V, V] : V[];
type Arguments<V, K extends OpName> = keyof AttrsOf<K> extends never
  ? Operands<V, ArityOf<K>>
  : [...Operands<V, ArityOf<K>>, AttrsOf<K>];

/**
 * The ops as functions over some kind of value V: node ids (the builder), tensors (eager evaluation) or
 * typeset formulas. A derivative rule is written against it, hence can use only ops that have rules themselves.
 */
export type Algebra<V> = { [K in OpName]: (...args: Arguments<V, K>) => V } & {
  /** An op by name: how rules use ops that people defined themselves. */
  apply(op: string, operands: readonly V[], attrs: Attrs): V;
};

/** What a rule sees of `y = op(x)` whose upstream gradient is g. */
export interface RuleContext<V, K extends OpName> {
  readonly A: Algebra<V>;
  readonly x: Operands<V, ArityOf<K>>;
  readonly y: V;
  readonly g: V;
  readonly attrs: AttrsOf<K>;
  readonly shapes: readonly Shape[];
  readonly shape: Shape;
  /** Which operand the rule is for. */
  readonly slot: number;
}

/**
 * The gradient of one operand. It may have the shape of y where the operand was broadcast: reverse mode sums it
 * back to the operand's shape at the edge.
 */
export type Rule<K extends OpName> = <V>(context: RuleContext<V, K>) => V;
/** `flat`: the result does not change with the operand except in jumps: the derivative is 0 wherever there is one. */
export type Derivative<K extends OpName> = Rule<K> | 'flat';
type Derivatives<K extends OpName> =
  ArityOf<K> extends 1
    ? readonly [Derivative<K>]
    : ArityOf<K> extends 2
      ? readonly [Derivative<K>, Derivative<K>]
      : ArityOf<K> extends 3
        ? readonly [Derivative<K>, Derivative<K>, Derivative<K>]
        : readonly [Derivative<K>]; // n-ary: one rule for every slot

/** Arrays of values: float64 is the default, float32 a choice. */
export type Data = Float64Array | Float32Array;

/** What a kernel is bound to: operands' and result's arrays, all row-major. */
export interface KernelContext<A> {
  readonly x: readonly Data[];
  readonly y: Data;
  readonly shapes: readonly Shape[];
  readonly shape: Shape;
  readonly attrs: A;
}

/** Binds a kernel once; the function it returns computes y from x and allocates nothing. */
export type Kernel<A> = (context: KernelContext<A>) => () => void;

export interface Op<K extends OpName> {
  readonly arity: ArityOf<K>;
  readonly attrs: { readonly [P in keyof AttrsOf<K>]: AttrKind };
  /** The result's shape. Throws {@link ShapeMismatch} where the operands do not fit. */
  readonly shape: (shapes: readonly Shape[], attrs: AttrsOf<K>) => Shape;
  readonly kernel: Kernel<AttrsOf<K>>;
  /** One rule per operand slot (one for all of them if n-ary). */
  readonly vjp: Derivatives<K>;
  readonly tex: (x: readonly Tex[], attrs: AttrsOf<K>) => Tex;
  /** What a node is labelled with in the picture. */
  readonly symbol: string;
  /** Operand values to draw samples from. */
  readonly domain: readonly [number, number];
  /** Operand values at which the derivative jumps; the convention there is the rule's. */
  readonly kinks: readonly number[];
  /** Plumbing (broadcast, reshape, un-broadcast sums), hidden in pictures by default. */
  readonly quiet?: true;
  /** Derivatives take the result for a constant, though it changes with the operand. */
  readonly isStop?: true;
}

export type Rows<K extends OpName> = { readonly [P in K]: Op<P> };
export type Table = Rows<OpName>;

/** Thrown by shape rules; whoever knows the variables' names turns it into a GradpathError. */
export class ShapeMismatch extends Error {}

const MOST_SPOKEN = 4;

/** The message of a shape error: `matmul of W (4×4) and x_2 (3): inner sizes 4 and 3 differ`. */
export function shapeError(
  op: string,
  operands: readonly { label: string; shape: Shape }[],
  detail: string,
  subject: string | undefined,
): GradpathError {
  const spoken = operands.slice(0, MOST_SPOKEN).map((o) => `${o.label} (${formatShape(o.shape)})`);
  if (operands.length > MOST_SPOKEN) spoken.push(`${operands.length - MOST_SPOKEN} more`);
  const list =
    spoken.length > 2 ? `${spoken.slice(0, -1).join(', ')} and ${spoken.at(-1)}` : spoken.join(' and ');
  const prefix = subject === undefined ? '' : `${subject}: `;
  return new GradpathError('shape', `${prefix}${op} of ${list}: ${detail}`, subject);
}
