/** Errata of first derivatives of ops on vectors and matrices. */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NodeId } from '../../../graph/graph.ts';
import type { Builder } from '../../../ops/builder.ts';
import type { Tfjs } from '../oracle.ts';
import { convention, type Erratum, gathered, missing, wrong } from './erratum.ts';

const cumsum0 = (b: Builder, x: NodeId) => b.cumsum(x, { axis: 0, reverse: false });
const LABELS = [0.2, 0.3, 0.5];
const LOGITS = [0.5, -0.2, 1];
const row = (tf: Tfjs, x: Tensor) => tf.reshape(x, [1, x.size]) as tfjs.Tensor2D;
const TABLE = [1, 3, 2, 4];

/** ⌊z⌋ for −3 ≤ z < 4, as a sum of steps. */
function floor(b: Builder, z: NodeId): NodeId {
  const up = [1, 2, 3].map((k) => b.greaterEqual(z, b.constant(k)));
  const down = [0, -1, -2].map((k) => b.less(z, b.constant(k)));
  return b.sub(b.total(...up), b.total(...down));
}

export const tensors: readonly Erratum[] = [
  wrong('cumsum', 'the axis is not the last, square x', [1, 2, 3, 4], {
    shape: [2, 2],
    tfjs: (tf, x) => tf.cumsum(x, 0),
    ours: cumsum0,
  }),
  missing('cumsum', 'the axis is not the last, other x', [1, 2, 3, 4, 5, 6], {
    shape: [2, 3],
    tfjs: (tf, x) => tf.cumsum(x, 0),
    ours: cumsum0,
  }),
  wrong('floorDiv', 'always (that of div)', [5.5, -3.2], {
    tfjs: (tf, x) => tf.floorDiv(x, tf.tensor1d([2, 2])),
    ours: (b, x) => floor(b, b.div(x, b.constant(2))),
  }),
  wrong('softmaxCrossEntropy', 'by the labels', LABELS, {
    tfjs: (tf, x) =>
      tf.losses.softmaxCrossEntropy(row(tf, x), tf.tensor2d([LOGITS]), undefined, 0, tf.Reduction.SUM),
    ours: (b, x) => b.crossEntropy(b.softmax(b.constant(LOGITS, [3])), x),
  }),
  wrong('softmaxCrossEntropy', 'labels that do not sum to 1', LOGITS, {
    tfjs: (tf, x) =>
      tf.losses.softmaxCrossEntropy(tf.tensor2d([[0.2, 0.3, 1]]), row(tf, x), undefined, 0, tf.Reduction.SUM),
    ours: (b, x) => b.crossEntropy(b.softmax(x), b.constant([0.2, 0.3, 1], [3])),
  }),
  convention('abs', 'at 0', [0, -2, 3], {
    tfjs: (tf, x) => tf.abs(x),
    ours: (b, x) => b.abs(x),
  }),
  wrong('max', 'a tie of two', [3, 3, 1], {
    tfjs: (tf, x) => tf.max(x),
    ours: (b, x) => b.reduceMax(x, { axes: [0], keepDims: false }),
  }),
  wrong('min', 'a tie of two', [1, 3, 1], {
    tfjs: (tf, x) => tf.min(x),
    ours: (b, x) => b.reduceMin(x, { axes: [0], keepDims: false }),
  }),
  convention('maximum', 'a tie', [1, 4], {
    tfjs: (tf, x) => tf.maximum(x, tf.tensor1d([1, 3])),
    ours: (b, x) => b.max(x, b.constant([1, 3], [2])),
  }),
  convention('minimum', 'a tie', [1, 2], {
    tfjs: (tf, x) => tf.minimum(x, tf.tensor1d([1, 3])),
    ours: (b, x) => b.min(x, b.constant([1, 3], [2])),
  }),
  missing('maximum', 'broadcasting', [1.5, 2.5], {
    tfjs: (tf, x) => tf.maximum(x, tf.tensor2d(TABLE, [2, 2])),
    ours: (b, x) => b.max(x, b.constant(TABLE, [2, 2])),
  }),
  missing('minimum', 'broadcasting', [1.5, 2.5], {
    tfjs: (tf, x) => tf.minimum(x, tf.tensor2d(TABLE, [2, 2])),
    ours: (b, x) => b.min(x, b.constant(TABLE, [2, 2])),
  }),
  missing('squaredDifference', 'broadcasting', [1.5, 2.5], {
    tfjs: (tf, x) => tf.squaredDifference(x, tf.tensor2d(TABLE, [2, 2])),
    ours: (b, x) => b.square(b.sub(x, b.constant(TABLE, [2, 2]))),
  }),
  missing('matMul', 'a batch that broadcasts', [1, 2, 3, 4], {
    shape: [1, 2, 2],
    tfjs: (tf, x) => tf.matMul(x, tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])),
    ours: (b, x) => b.matmul(x, b.constant([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])),
  }),
  missing('unstack', 'a single piece (one time step)', [1, 2], {
    tfjs: (tf, x) => tf.unstack(row(tf, x))[0],
    ours: gathered(0, 1),
  }),
  missing('split', 'a single piece', [1, 2], {
    tfjs: (tf, x) => tf.split(x, 1)[0],
    ours: (b, x) => b.slice(x, { begin: [0], size: [2] }),
  }),
  missing('prod', 'the axis is −1', [1, 2, 3, 4], {
    shape: [2, 2],
    tfjs: (tf, x) => tf.prod(x, -1),
    ours: (b, x) => b.prod(x, { axes: [1], keepDims: false }),
  }),
  missing('logSoftmax', 'the axis is not the last (even the value)', [1, 2, 3, 5], {
    shape: [2, 2],
    tfjs: (tf, x) => tf.logSoftmax(x, 0),
    ours: (b, x) => b.sub(x, b.logSumExp(x, { axes: [0], keepDims: true })),
  }),
  missing('tile', 'rank 5', [1, 2], {
    shape: [1, 1, 1, 1, 2],
    tfjs: (tf, x) => tf.tile(x, [1, 1, 1, 1, 2]),
    ours: (b, x) => b.concat(x, x, { axis: 4 }),
  }),
  missing('einsum', 'always', [1, 2, 3, 4], {
    shape: [2, 2],
    tfjs: (tf, x) => tf.einsum('ij,jk->ik', x, tf.tensor2d(TABLE, [2, 2])),
    ours: (b, x) => b.matmul(x, b.constant(TABLE, [2, 2])),
  }),
  missing('cumprod', 'always', [1, 2, 3], {
    tfjs: (tf, x) => tf.cumprod(x),
    ours: (b, x) => b.exp(cumsum0(b, b.log(x))), // x > 0
  }),
  missing('gatherND', 'always', [1, 2], {
    tfjs: (tf, x) => tf.gatherND(x, tf.tensor2d([[1], [0]], [2, 1], 'int32')),
    ours: gathered(1, 0),
  }),
  missing('scatterND', 'always', [1, 2], {
    tfjs: (tf, x) => tf.scatterND(tf.tensor2d([[1], [0]], [2, 1], 'int32'), x, [3]),
    ours: (b, x) => b.scatterAdd(x, { axis: 0, indices: [1, 0], size: 3 }),
  }),
  missing('topk', 'always', [1, 3, 2], {
    tfjs: (tf, x) => tf.topk(x, 2).values,
    ours: gathered(1, 2), // the two largest, here and beside it
  }),
  missing('stridedSlice', 'always', [1, 3, 2], {
    tfjs: (tf, x) => tf.stridedSlice(x, [0], [3], [2]),
    ours: gathered(0, 2),
  }),
];
