/** Where TensorFlow.js 4.22 has a wrong second derivative, or none, though mostly the right first one. */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NodeId } from '../../../graph/graph.ts';
import type { Builder } from '../../../ops/builder.ts';
import type { Tfjs } from '../oracle.ts';
import { type Erratum, missing, wrong } from './erratum.ts';

type Both = Pick<Erratum, 'tfjs' | 'ours'>;

/** x ⊙ f(x): x reaches the result by a second path. */
const timesX = ({ tfjs: theirs, ours }: Both): Both => ({
  tfjs: (tf, x) => tf.mul(x, theirs(tf, x)),
  ours: (b, x) => b.mul(x, ours(b, x)),
});

const silent = (op: string, when: string, both: Both, at: readonly number[] = [0.5, -0.3]) =>
  wrong(op, when, at, { order: 2, ...both });
const throwing = (op: string, both: Both, at: readonly number[] = [0.5, -0.3]) =>
  missing(op, 'x ⊙ f(x)', at, { order: 2, ...timesX(both) });

const all = { axes: [0], keepDims: false };
const THREE = [0.5, -0.3, 1];
const row = (tf: Tfjs, x: Tensor) => tf.reshape(x, [1, x.size]) as tfjs.Tensor2D;

/** x as one 2×2 picture of one channel; tfjs puts channels last. */
const picture = (tf: Tfjs, x: Tensor) => tf.reshape<tfjs.Rank.R4>(x, [1, 2, 2, 1]);
const ourPicture = (b: Builder, x: NodeId) => b.reshape(x, { shape: [1, 1, 2, 2] });

/** A window over all of it. */
const WINDOW = {
  inputSize: [2, 2],
  kernelSize: [2, 2],
  stride: [1, 1],
  padLow: [0, 0],
  padHigh: [0, 0],
  dilation: [1, 1],
};
const FOUR = [1, 2, 3, 4];

/** h_2 of h_t = tanh(W h_{t−1}), as a function of W (row-major). */
const RNN: Both = {
  tfjs: (tf, W) => {
    let h: Tensor = tf.tensor1d([0.7, -0.4]);
    for (let t = 1; t <= 2; t++) h = tf.tanh(tf.dot(tf.reshape(W, [2, 2]), h));
    return h;
  },
  ours: (b, W) => {
    let h = b.constant([0.7, -0.4], [2]);
    for (let t = 1; t <= 2; t++) h = b.tanh(b.matmul(b.reshape(W, { shape: [2, 2] }), h));
    return h;
  },
};

/** The kernel 4(x, h) → i, j, f, o and the biases of one LSTM cell of size 1. */
const LSTM_KERNEL = [0.5, -0.8, 0.7, 0.2, -0.3, 0.9, 0.4, -0.6];
const LSTM_BIAS = [0.1, 0.2, 0.3, 0.4];

/** c and h after one step on the input x_1 from c = x_3 and h = x_2; the forget bias is 1. */
const LSTM: Both = {
  tfjs: (tf, x) => {
    const [input, h, c] = [0, 1, 2].map((i) => tf.reshape(tf.slice(x, [i], [1]), [1, 1]) as tfjs.Tensor2D);
    const kernel = tf.tensor2d(LSTM_KERNEL, [2, 4]);
    return tf.concat(tf.basicLSTMCell(tf.scalar(1), kernel, tf.tensor1d(LSTM_BIAS), input, c, h), 0);
  },
  ours: (b, x) => {
    const at = (v: NodeId, i: number) => b.slice(v, { begin: [i], size: [1] });
    const gates = b.add(
      b.matmul(b.slice(x, { begin: [0], size: [2] }), b.constant(LSTM_KERNEL, [2, 4])),
      b.constant(LSTM_BIAS, [4]),
    );
    const [i, j, f, o] = [0, 1, 2, 3].map((k) => at(gates, k));
    const forget = b.sigmoid(b.affine(f, { scale: 1, shift: 1 }));
    const c = b.add(b.mul(at(x, 2), forget), b.mul(b.sigmoid(i), b.tanh(j)));
    return b.concat(c, b.mul(b.tanh(c), b.sigmoid(o)), { axis: 0 });
  },
};

const leaky = (b: Builder, x: NodeId, slope: NodeId) => {
  return b.where(b.greater(x, b.constant(0)), x, b.mul(slope, x));
};

export const secondOrder: readonly Erratum[] = [
  silent('exp', 'x ⊙ f(x)', timesX({ tfjs: (tf, x) => tf.exp(x), ours: (b, x) => b.exp(x) })),
  silent('tanh', 'x ⊙ f(x)', timesX({ tfjs: (tf, x) => tf.tanh(x), ours: (b, x) => b.tanh(x) })),
  silent('sigmoid', 'x ⊙ f(x)', timesX({ tfjs: (tf, x) => tf.sigmoid(x), ours: (b, x) => b.sigmoid(x) })),
  silent(
    'softmax',
    'x ⊙ f(x)',
    timesX({ tfjs: (tf, x) => tf.softmax(x), ours: (b, x) => b.softmax(x) }),
    THREE,
  ),
  silent(
    'logSoftmax',
    'x ⊙ f(x)',
    timesX({ tfjs: (tf, x) => tf.logSoftmax(x), ours: (b, x) => b.logSoftmax(x) }),
    THREE,
  ),
  silent(
    'softmaxCrossEntropy',
    'logits x²',
    {
      tfjs: (tf, x) =>
        tf.losses.softmaxCrossEntropy(
          tf.tensor2d([[0.2, 0.3, 0.5]]),
          row(tf, tf.square(x)),
          undefined,
          0,
          tf.Reduction.SUM,
        ),
      ours: (b, x) => b.crossEntropy(b.softmax(b.square(x)), b.constant([0.2, 0.3, 0.5], [3])),
    },
    THREE,
  ),
  silent('tanh', 'an RNN of two steps, by W', RNN, [0.5, -0.3, 0.8, 0.2]),
  silent('basicLSTMCell', 'c and h', LSTM, THREE),
  {
    op: 'exp',
    when: 'f(x) alone',
    order: 2,
    found: 'throws',
    at: [0.5, -0.3],
    tfjs: (tf, x) => tf.exp(x),
    ours: (b, x) => b.exp(x),
  },
  throwing('relu6', { tfjs: (tf, x) => tf.relu6(x), ours: (b, x) => b.relu6(x) }),
  throwing('elu', { tfjs: (tf, x) => tf.elu(x), ours: (b, x) => b.elu(x, { alpha: 1 }) }),
  throwing('selu', { tfjs: (tf, x) => tf.selu(x), ours: (b, x) => b.selu(x) }),
  throwing('leakyRelu', {
    tfjs: (tf, x) => tf.leakyRelu(x, 0.1),
    ours: (b, x) => b.leakyRelu(x, { slope: 0.1 }),
  }),
  throwing('prelu', {
    tfjs: (tf, x) => tf.prelu(x, tf.tensor1d([0.1, 0.2])),
    ours: (b, x) => leaky(b, x, b.constant([0.1, 0.2], [2])),
  }),
  throwing('clipByValue', {
    tfjs: (tf, x) => tf.clipByValue(x, -1, 1),
    ours: (b, x) => b.clip(x, { low: -1, high: 1 }),
  }),
  throwing('max', { tfjs: (tf, x) => tf.max(x), ours: (b, x) => b.reduceMax(x, all) }),
  throwing('min', { tfjs: (tf, x) => tf.min(x), ours: (b, x) => b.reduceMin(x, all) }),
  throwing('minimum', {
    tfjs: (tf, x) => tf.minimum(x, tf.tensor1d([0, 0])),
    ours: (b, x) => b.min(x, b.constant(0)),
  }),
  throwing('logSumExp', { tfjs: (tf, x) => tf.logSumExp(x), ours: (b, x) => b.logSumExp(x, all) }),
  throwing('huberLoss', {
    tfjs: (tf, x) => tf.losses.huberLoss(tf.tensor1d([0, 3]), x, undefined, 1, tf.Reduction.SUM),
    // ½e² up to |e| = 1, beyond |e| − ½
    ours: (b, x) => {
      const error = b.abs(b.sub(x, b.constant([0, 3], [2])));
      const near = b.affine(b.square(error), { scale: 0.5, shift: 0 });
      const far = b.affine(error, { scale: 1, shift: -0.5 });
      return b.sum(b.where(b.less(error, b.constant(1)), near, far), all);
    },
  }),
  throwing('prod', { tfjs: (tf, x) => tf.prod(x), ours: (b, x) => b.prod(x, all) }),
  throwing(
    'maxPool',
    {
      tfjs: (tf, x) => tf.reshape(tf.maxPool(picture(tf, x), 2, 1, 'valid'), []),
      ours: (b, x) => b.reshape(b.maxPool(ourPicture(b, x), WINDOW), { shape: [] }),
    },
    FOUR,
  ),
  throwing(
    'avgPool',
    {
      tfjs: (tf, x) => tf.reshape(tf.avgPool(picture(tf, x), 2, 1, 'valid'), []),
      ours: (b, x) => b.reshape(b.avgPool(ourPicture(b, x), WINDOW), { shape: [] }),
    },
    FOUR,
  ),
  throwing(
    'depthwiseConv2d',
    {
      tfjs: (tf, x) => {
        const y = tf.depthwiseConv2d(picture(tf, x), tf.tensor4d(FOUR, [2, 2, 1, 1]), 1, 'valid');
        return tf.reshape(y, []);
      },
      ours: (b, x) => {
        const y = b.conv(ourPicture(b, x), b.constant(FOUR, [1, 1, 2, 2]), { ...WINDOW, groups: 1 });
        return b.reshape(y, { shape: [] });
      },
    },
    FOUR,
  ),
  {
    op: 'conv2d',
    when: 'its square, by the kernel',
    order: 2,
    found: 'throws',
    at: FOUR,
    tfjs: (tf, w) => {
      const kernel = tf.reshape<tfjs.Rank.R4>(w, [2, 2, 1, 1]);
      return tf.square(tf.conv2d(picture(tf, tf.tensor1d(FOUR)), kernel, 1, 'valid'));
    },
    ours: (b, w) =>
      b.square(b.conv(b.constant(FOUR, [1, 1, 2, 2]), ourPicture(b, w), { ...WINDOW, groups: 1 })),
  },
  throwing(
    'conv3d',
    {
      tfjs: (tf, x) => {
        const kernel = tf.tensor5d(FOUR, [2, 2, 1, 1, 1]);
        return tf.reshape(tf.conv3d(tf.reshape<tfjs.Rank.R5>(x, [1, 2, 2, 1, 1]), kernel, 1, 'valid'), []);
      },
      ours: (b, x) => b.matmul(x, b.constant(FOUR, [4])), // one position: an inner product
    },
    FOUR,
  ),
  // x / √(1 + Σ x²)
  throwing('localResponseNormalization', {
    tfjs: (tf, x) => {
      return tf.reshape(tf.localResponseNormalization(tf.reshape<tfjs.Rank.R4>(x, [1, 1, 1, 2])), [2]);
    },
    ours: (b, x) => b.div(x, b.sqrt(b.affine(b.sum(b.square(x), all), { scale: 1, shift: 1 }))),
  }),
];
