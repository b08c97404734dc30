/** What each op of the table is in tfjs, from ops that tfjs differentiates rightly. Float32 throughout. */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { Attrs } from '../../graph/graph.ts';
import { broadcastShapes } from '../../graph/shape.ts';
import type { ConvAttrs } from '../../ops/conv.ts';
import type { EinsumAttrs } from '../../ops/einsum.ts';
import type { OpName } from '../../ops/op.ts';
import { rowOf } from '../../ops/table.ts';
import type { WindowAttrs } from '../../ops/window.ts';
import { conv, convFilter, convTranspose } from './conv.ts';
import type { Tfjs } from './load.ts';
import { avgPool, avgPoolAdjoint, maxPool, maxPoolGather, maxPoolScatter } from './pool.ts';

type Tensor = tfjs.Tensor;

export const ops: { readonly [K in OpName]: (tf: Tfjs, x: Tensor[], attrs: Attrs) => Tensor } = {
  add: (tf, [a, b]) => tf.add(a, b),
  sub: (tf, [a, b]) => tf.sub(a, b),
  mul: (tf, [a, b]) => tf.mul(a, b),
  div: (tf, [a, b]) => tf.div(a, b),
  xdivy: (tf, [a, b]) => tf.div(a, tf.add(b, zeroWhere(tf, a, b))),
  affine: (tf, [x], { scale, shift }) => tf.add(tf.mul(x, scale as number), shift as number),
  pow: (tf, [a, b]) => tf.pow(a, b),
  exp: (tf, [x]) => tf.exp(x),
  expm1: (tf, [x]) => tf.expm1(x),
  log: (tf, [x]) => tf.log(x),
  log1p: (tf, [x]) => tf.log1p(x),
  sqrt: (tf, [x]) => tf.sqrt(x),
  reciprocal: (tf, [x]) => tf.reciprocal(x),
  square: (tf, [x]) => tf.square(x),
  power: (tf, [x], { exponent }) => tf.pow(x, exponent as number),
  sin: (tf, [x]) => tf.sin(x),
  cos: (tf, [x]) => tf.cos(x),
  tan: (tf, [x]) => tf.tan(x),
  asin: (tf, [x]) => tf.asin(x),
  acos: (tf, [x]) => tf.acos(x),
  atan: (tf, [x]) => tf.atan(x),
  sinh: (tf, [x]) => tf.sinh(x),
  cosh: (tf, [x]) => tf.cosh(x),
  tanh: (tf, [x]) => tf.tanh(x),
  tanhSlope: (tf, x) => tf.sub(1, tf.square(alike(tf, x)[1])),
  erf: (tf, [x]) => tf.erf(x),
  erfc: (tf, [x]) => tf.sub(1, tf.erf(x)),
  abs: (tf, [x]) => tf.abs(x),
  sign: (tf, [x]) => tf.sign(x),
  sigmoid: (tf, [x]) => tf.sigmoid(x),
  sigmoidSlope: (tf, x) => {
    const [, y] = alike(tf, x);
    return tf.mul(y, tf.sub(1, y));
  },
  softplus: (tf, [x]) => tf.softplus(x),
  relu: (tf, [x]) => tf.relu(x),
  relu6: (tf, [x]) => tf.relu6(x),
  leakyRelu: (tf, [x], { slope }) => tf.leakyRelu(x, slope as number),
  elu: (tf, [x], { alpha }) => {
    const exponential = tf.mul(tf.expm1(tf.minimum(x, tf.zerosLike(x))), alpha as number);
    return tf.add(tf.relu(x), exponential);
  },
  selu: (tf, [x]) => tf.selu(x),
  gelu: (tf, [x]) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  silu: (tf, [x]) => tf.mul(x, tf.sigmoid(x)),
  max: (tf, x) => tf.maximum(...alike(tf, x)),
  min: (tf, x) => tf.minimum(...alike(tf, x)),
  clip: (tf, [x], { low, high }) => tf.clipByValue(x, low as number, high as number),
  step: (tf, [x]) => tf.step(x),
  mask: (tf, [a, c]) => tf.mul(a, offTape(tf, tf.notEqual(c, 0))),
  where: (tf, [c, a, b]) => {
    const chosen = offTape(tf, tf.notEqual(c, 0));
    return tf.add(tf.mul(chosen, a), tf.mul(tf.sub(1, chosen), b));
  },
  // tfjs has no gradient of comparisons: theirs is zero
  less: (tf, [a, b]) => offTape(tf, tf.less(a, b)),
  lessEqual: (tf, [a, b]) => offTape(tf, tf.lessEqual(a, b)),
  greater: (tf, [a, b]) => offTape(tf, tf.greater(a, b)),
  greaterEqual: (tf, [a, b]) => offTape(tf, tf.greaterEqual(a, b)),
  equal: (tf, [a, b]) => offTape(tf, tf.equal(a, b)),
  notEqual: (tf, [a, b]) => offTape(tf, tf.notEqual(a, b)),
  matmul: (tf, [a, b]) => matmul(tf, a, b),
  outer: (tf, [a, b]) => tf.outerProduct(a as tfjs.Tensor1D, b as tfjs.Tensor1D),
  transpose: (tf, [x], { perm }) => tf.transpose(x, [...(perm as readonly number[])]),
  total: (tf, x) => tf.addN(x),
  sum: (tf, [x], { axes, keepDims }) => tf.sum(x, [...(axes as readonly number[])], keepDims as boolean),
  sumTo: (tf, [x], { shape }) => sumTo(tf, x, shape as readonly number[]),
  broadcastTo: (tf, [x], { shape }) => tf.broadcastTo(x, [...(shape as readonly number[])]),
  reshape: (tf, [x], { shape }) => tf.reshape(x, [...(shape as readonly number[])]),
  mean: (tf, [x], { axes, keepDims }) => tf.mean(x, [...(axes as number[])], keepDims as boolean),
  reduceMax: (tf, [x], { axes, keepDims }) => tf.max(x, [...(axes as number[])], keepDims as boolean),
  reduceMin: (tf, [x], { axes, keepDims }) => tf.min(x, [...(axes as number[])], keepDims as boolean),
  logSumExp: (tf, [x], { axes, keepDims }) => tf.logSumExp(x, [...(axes as number[])], keepDims as boolean),
  variance: (tf, [x], { axes, keepDims }) =>
    tf.moments(x, [...(axes as number[])], keepDims as boolean).variance,
  norm: (tf, [x], { axes, keepDims }) =>
    tf.norm(x, 'euclidean', [...(axes as number[])], keepDims as boolean),
  cumsum: (tf, [x], { axis, reverse }) => cumsum(tf, x, axis as number, reverse as boolean),
  slice: (tf, [x], { begin, size }) => tf.slice(x, [...(begin as number[])], [...(size as number[])]),
  pad: (tf, [x], { before, after }) =>
    tf.pad(
      x,
      x.shape.map((_, axis) => [(before as number[])[axis], (after as number[])[axis]] as [number, number]),
    ),
  concat: (tf, x, { axis }) => tf.concat(x, axis as number),
  flip: (tf, [x], { axes }) => tf.reverse(x, [...(axes as number[])]),
  gather: (tf, [x], { axis, indices }) =>
    tf.gather(x, tf.tensor1d([...(indices as number[])], 'int32'), axis as number),
  scatterAdd: (tf, [x], { axis, indices, size }) => {
    const order = [axis as number, ...x.shape.map((_, i) => i).filter((i) => i !== axis)];
    const back = x.shape.map((_, i) => order.indexOf(i));
    const ids = tf.tensor1d([...(indices as number[])], 'int32');
    return tf.transpose(tf.unsortedSegmentSum(tf.transpose(x, order), ids, size as number), back);
  },
  oneHot: (tf, [x], { depth }) => {
    const classes = tf.tensor(
      Int32Array.from(x.dataSync(), (c) => (c % 1 === 0 ? c : -1)),
      x.shape,
      'int32',
    );
    return tf.cast(tf.oneHot(classes as tfjs.Tensor1D, depth as number), 'float32');
  },
  conv: (tf, [x, w], a) => conv(tf, x, w, a as unknown as ConvAttrs),
  convTranspose: (tf, [y, w], a) => convTranspose(tf, y, w, a as unknown as ConvAttrs),
  convFilter: (tf, [x, y], a) => convFilter(tf, x, y, a as unknown as ConvAttrs),
  einsum: (tf, [a, b], attrs) => einsum(tf, a, b, attrs as unknown as EinsumAttrs),
  standardize: (tf, [x], { axes, epsilon }) => {
    const { mean, variance } = tf.moments(x, [...(axes as number[])], true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon as number)));
  },
  prod: (tf, [x], { axes, keepDims }) => {
    const { columns } = lines(tf, x, axes as number[]);
    const kept = x.shape.map((n, axis) => ((axes as number[]).includes(axis) ? 1 : n));
    const shape = keepDims ? kept : kept.filter((_, axis) => !(axes as number[]).includes(axis));
    return tf.reshape(productOf(tf, columns), shape);
  },
  prodOfOthers: (tf, [x], { axes }) => {
    const { columns, restore } = lines(tf, x, axes as number[]);
    return restore(
      columns.map((_, i) =>
        productOf(
          tf,
          columns.filter((_, j) => j !== i),
          columns[i],
        ),
      ),
    );
  },
  maxPool: (tf, [x], a) => maxPool(tf, x, a as unknown as WindowAttrs),
  maxPoolGather: (tf, [x, h], a) => maxPoolGather(tf, x, h, a as unknown as WindowAttrs),
  maxPoolScatter: (tf, [x, g], a) => maxPoolScatter(tf, x, g, a as unknown as WindowAttrs),
  avgPool: (tf, [x], a) => avgPool(tf, x, a as unknown as WindowAttrs),
  avgPoolAdjoint: (tf, [g], a) => avgPoolAdjoint(tf, g, a as unknown as WindowAttrs),
  softmax: (tf, [x]) => tf.softmax(x),
  softmaxGradient: (tf, [y, g]) => tf.mul(y, tf.sub(g, tf.sum(tf.mul(g, y), -1, true))),
  softmaxExcess: (tf, [x, t]) => tf.sub(tf.mul(tf.softmax(x), tf.sum(t, -1, true)), t),
  logSoftmax: (tf, [x]) => tf.logSoftmax(x),
  // tfjs has no cross-entropy of probabilities without a smoothing constant
  crossEntropy: (tf, [p, y]) => tf.neg(tf.sum(tf.mul(y, tf.log(tf.add(p, zeroWhere(tf, y, p)))))),
  softmaxCrossEntropy: (tf, [x, t]) => tf.neg(tf.sum(tf.mul(t, tf.logSoftmax(x)))),
  focalLoss: (tf, [p], { gamma, alpha }) =>
    tf.mul(tf.mul(tf.pow(tf.sub(1, p), gamma as number), tf.log(p)), -(alpha as number)),
  huber: (tf, [x], { delta }) => {
    const size = tf.abs(x);
    const inner = tf.minimum(size, tf.fill(x.shape, delta as number));
    return tf.add(tf.mul(tf.square(inner), 0.5), tf.mul(tf.sub(size, inner), delta as number));
  },
  meanSquaredError: (tf, [a, b]) => tf.mean(tf.squaredDifference(a, b)),
  // the mask is ours: which elements are dropped is a convention, no mathematics
  dropout: (tf, [x], attrs) => {
    const shape = [...x.shape];
    const data = new Float32Array(x.size);
    rowOf('dropout')!.kernel({ x: [data.slice().fill(1)], y: data, shapes: [shape], shape, attrs })();
    return tf.mul(x, tf.tensor(data, shape));
  },
  stopGradient: (tf, [x]) => offTape(tf, x),
};

/** Vectors and matrices by `dot`; stacks of matrices spread to a common shape, as tfjs cannot differentiate them else. */
function matmul(tf: Tfjs, a: Tensor, b: Tensor): Tensor {
  if (a.rank <= 2 && b.rank <= 2) return tf.dot(a as tfjs.Tensor1D, b as tfjs.Tensor1D);
  const [left, right] = [a.rank === 1 ? tf.expandDims(a, 0) : a, b.rank === 1 ? tf.expandDims(b, -1) : b];
  const [sa, sb] = [left.shape, right.shape];
  const batch = broadcastShapes(sa.slice(0, -2), sb.slice(0, -2))!;
  const spread = (x: Tensor) => tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)]);
  const result = tf.matMul(spread(left), spread(right));
  return tf.reshape(result, [
    ...batch,
    ...(a.rank === 1 ? [] : sa.slice(-2, -1)),
    ...(b.rank === 1 ? [] : sb.slice(-1)),
  ]);
}

/** Every pair that meets is gathered, multiplied, and added up where it belongs. */
function einsum(tf: Tfjs, a: Tensor, b: Tensor, { left, right, result, sizes }: EinsumAttrs): Tensor {
  const used = sizes
    .map((_, label) => label)
    .filter((label) => [left, right, result].some((l) => l.includes(label)));
  const count = used.reduce((product, label) => product * sizes[label], 1);
  const shape = result.map((label) => sizes[label]);
  const place = (labels: readonly number[], index: ReadonlyMap<number, number>) =>
    labels.reduce((offset, label) => offset * sizes[label] + index.get(label)!, 0);
  const places: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < count; i++) {
    const index = new Map<number, number>();
    let rest = i;
    for (const label of used) {
      index.set(label, rest % sizes[label]);
      rest = Math.floor(rest / sizes[label]);
    }
    [left, right, result].forEach((labels, k) => {
      places[k].push(place(labels, index));
    });
  }
  const [ia, ib, iy] = places.map((list) => tf.tensor1d(list, 'int32'));
  const pairs = tf.mul(tf.gather(tf.reshape(a, [-1]), ia), tf.gather(tf.reshape(b, [-1]), ib));
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.reshape(tf.unsortedSegmentSum(pairs, iy, size), shape);
}

/** The elements along the axes as columns, one tensor each. */
function lines(
  tf: Tfjs,
  x: Tensor,
  axes: readonly number[],
): { columns: Tensor[]; restore: (columns: Tensor[]) => Tensor } {
  const perm = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const moved = tf.transpose(x, perm);
  const n = axes.reduce((product, axis) => product * x.shape[axis], 1);
  const matrix = tf.reshape(moved, [-1, n]);
  const columns = Array.from({ length: n }, (_, i) => tf.slice(matrix, [0, i], [-1, 1]));
  const back = perm.map((_, axis) => perm.indexOf(axis));
  return {
    columns,
    restore: (list) => tf.transpose(tf.reshape(tf.concat(list, 1), moved.shape), back),
  };
}

function productOf(tf: Tfjs, columns: readonly Tensor[], like: Tensor = columns[0]): Tensor {
  return columns.reduce(
    (product, column) => tf.mul(product, column),
    tf.onesLike(offTape(tf, like)) as Tensor,
  );
}

/** Along the last axis, to which the wanted one is moved: along others tfjs' gradient comes out transposed. */
function cumsum(tf: Tfjs, x: Tensor, axis: number, reverse: boolean): Tensor {
  const order = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const perm = [...order, axis];
  const back = x.shape.map((_, i) => perm.indexOf(i));
  return tf.transpose(tf.cumsum(tf.transpose(x, perm), x.rank - 1, false, reverse), back);
}

/** 1 where a and b are both 0, else 0, off the tape: added to b it makes 0/0 and 0 log 0 zero, as in our ops. */
function zeroWhere(tf: Tfjs, a: Tensor, b: Tensor): Tensor {
  return offTape(tf, tf.logicalAnd(tf.equal(a, 0), tf.equal(b, 0)));
}

/** The same numbers as a constant. */
function offTape(tf: Tfjs, x: Tensor): Tensor {
  return tf.tensor(Float32Array.from(x.dataSync()), x.shape);
}

/** Both operands spread to their common shape: tfjs cannot differentiate extremes of operands that broadcast. */
function alike(tf: Tfjs, [a, b]: Tensor[]): [Tensor, Tensor] {
  const zeros = tf.zerosLike(offTape(tf, tf.add(a, b)));
  return [tf.add(a, zeros), tf.add(b, zeros)];
}

function sumTo(tf: Tfjs, x: Tensor, shape: readonly number[]): Tensor {
  const lead = x.rank - shape.length;
  const axes = x.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || shape[axis - lead] !== x.shape[axis]);
  return tf.reshape(tf.sum(x, axes), [...shape]);
}
