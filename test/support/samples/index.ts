/** The samples of every row of the op table, by seed. A row without a family does not compile. */

import type { OpName } from '../../../src/ops/op.ts';
import * as layout from './layout.ts';
import * as linear from './linear.ts';
import * as loss from './loss.ts';
import { binary, comparison, mask, powers, unary, where } from './pointwise.ts';
import * as reduce from './reduce.ts';
import { drawSample, type Family, SAMPLES, type Sample } from './sample.ts';
import * as windows from './windows.ts';

const anyUnary = unary();
const ofSome = reduce.reduction({ takesEmpty: false });
const ofNone = reduce.reduction({ takesEmpty: true });

const families: { readonly [K in OpName]: Family } = {
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  xdivy: binary,
  pow: binary,
  affine: unary((draw, i) => ({
    scale: i === 3 ? 0 : draw.number(-2, 2),
    shift: i === 4 ? 0 : draw.number(-2, 2),
  })),
  exp: anyUnary,
  expm1: anyUnary,
  log: anyUnary,
  log1p: anyUnary,
  sqrt: anyUnary,
  reciprocal: anyUnary,
  square: anyUnary,
  power: powers,
  sin: anyUnary,
  cos: anyUnary,
  tan: anyUnary,
  asin: anyUnary,
  acos: anyUnary,
  atan: anyUnary,
  sinh: anyUnary,
  cosh: anyUnary,
  tanh: anyUnary,
  tanhSlope: binary,
  erf: anyUnary,
  erfc: anyUnary,
  abs: anyUnary,
  sign: anyUnary,
  sigmoid: anyUnary,
  sigmoidSlope: binary,
  softplus: anyUnary,
  relu: anyUnary,
  relu6: anyUnary,
  leakyRelu: unary((draw) => ({ slope: draw.number(-0.5, 1.5) })),
  elu: unary((draw) => ({ alpha: draw.number(0.2, 2) })),
  selu: anyUnary,
  gelu: anyUnary,
  silu: anyUnary,
  max: binary,
  min: binary,
  clip: unary((draw) => ({ low: draw.number(-1.5, 0), high: draw.number(0.1, 1.5) })),
  step: anyUnary,
  mask,
  where,
  less: comparison,
  lessEqual: comparison,
  greater: comparison,
  greaterEqual: comparison,
  equal: comparison,
  notEqual: comparison,
  matmul: linear.matmul,
  outer: linear.outer,
  einsum: linear.einsum,
  transpose: layout.transpose,
  total: reduce.total,
  sum: ofNone,
  sumTo: reduce.sumTo,
  broadcastTo: reduce.broadcastTo,
  reshape: reduce.reshape,
  mean: ofSome,
  reduceMax: ofSome,
  reduceMin: ofSome,
  logSumExp: ofSome,
  variance: ofSome,
  norm: ofNone,
  standardize: reduce.standardize,
  prod: reduce.withZeros(ofNone),
  prodOfOthers: reduce.withZeros(reduce.withinAxes),
  cumsum: reduce.cumsum,
  slice: layout.slice,
  pad: layout.pad,
  concat: layout.concat,
  flip: layout.flip,
  gather: layout.gather,
  scatterAdd: layout.scatterAdd,
  oneHot: layout.oneHot,
  conv: windows.conv,
  convTranspose: windows.convTranspose,
  convFilter: windows.convFilter,
  maxPool: windows.poolOf,
  maxPoolGather: windows.poolGather,
  maxPoolScatter: windows.poolScatter,
  avgPool: windows.poolOf,
  avgPoolAdjoint: windows.poolAdjoint,
  softmax: loss.rows,
  softmaxGradient: loss.twoRows,
  logSoftmax: loss.rows,
  softmaxExcess: loss.twoRows,
  crossEntropy: loss.crossEntropy,
  softmaxCrossEntropy: loss.softmaxCrossEntropy,
  focalLoss: unary((draw, i) => ({
    gamma: [0, 1, 2, 5][i] ?? draw.number(0.5, 4),
    alpha: draw.number(0.1, 1),
  })),
  huber: unary((draw) => ({ delta: draw.number(0.5, 1.5) })),
  meanSquaredError: loss.meanSquaredError,
  dropout: unary((draw, i) => ({
    rate: i === 1 ? 0 : draw.number(0.1, 0.8),
    seed: draw.integer(0, 2 ** 32 - 1),
  })),
  stopGradient: anyUnary,
};

/** The samples of one op: a seed each, so that adding a row changes no other's. */
export function samplesOf(op: OpName): Sample[] {
  const name = [...op].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return Array.from({ length: SAMPLES }, (_, i) => drawSample(op, families[op], i, name * 64 + i));
}
