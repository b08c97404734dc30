/** Convolutions in tfjs from pads, gathers and matrix products: its own have no gradient with dilation, and no groups. */

import type { Tensor } from '@tensorflow/tfjs-core';
import { type ConvAttrs, convOutputSize } from '../../ops/conv.ts';
import type { Tfjs } from './load.ts';

/** All positions of the kernel, one index per spatial axis. */
function* positions(size: readonly number[]): Generator<number[]> {
  if (size.length === 0) yield [];
  else for (let k = 0; k < size[0]; k++) for (const rest of positions(size.slice(1))) yield [k, ...rest];
}

/** Where, along each spatial axis of the padded input, the output positions meet kernel position k. */
function meetings(a: ConvAttrs, k: readonly number[]): number[][] {
  return convOutputSize(a).map((n, i) =>
    Array.from({ length: n }, (_, p) => p * a.stride[i] + k[i] * a.dilation[i]),
  );
}

const product = (sizes: readonly number[]): number => sizes.reduce((x, y) => x * y, 1);

/** Input values that meet kernel position k, for one sample: groups × channels per group × output positions. */
function met(tf: Tfjs, padded: Tensor, a: ConvAttrs, n: number, k: readonly number[]): Tensor {
  let x: Tensor = tf.gather(padded, tf.tensor1d([n], 'int32'), 0);
  meetings(a, k).forEach((at, i) => {
    x = tf.gather(x, tf.tensor1d(at, 'int32'), i + 2);
  });
  return tf.reshape(x, [a.groups, padded.shape[1]! / a.groups, product(convOutputSize(a))]);
}

function pad(tf: Tfjs, x: Tensor, a: ConvAttrs): Tensor {
  return tf.pad(x, [
    [0, 0],
    [0, 0],
    ...a.inputSize.map((_, i): [number, number] => [a.padLow[i], a.padHigh[i]]),
  ]);
}

/** The kernel's entries at position k: groups × outputs per group × channels per group. */
function kernelAt(tf: Tfjs, w: Tensor, a: ConvAttrs, k: readonly number[]): Tensor {
  const [outputs, channels] = w.shape;
  const at = tf.slice(w, [0, 0, ...k], [outputs, channels, ...k.map(() => 1)]);
  return tf.reshape(at, [a.groups, outputs / a.groups, channels]);
}

function sum(tf: Tfjs, terms: Tensor[]): Tensor {
  return terms.length === 1 ? terms[0] : tf.addN(terms);
}

export function conv(tf: Tfjs, x: Tensor, w: Tensor, a: ConvAttrs): Tensor {
  const padded = pad(tf, x, a);
  const samples = Array.from({ length: x.shape[0] }, (_, n) =>
    sum(
      tf,
      [...positions(a.kernelSize)].map((k) => tf.matMul(kernelAt(tf, w, a, k), met(tf, padded, a, n, k))),
    ),
  );
  return tf.reshape(tf.concat(samples, 0), [x.shape[0], w.shape[0], ...convOutputSize(a)]);
}

export function convFilter(tf: Tfjs, x: Tensor, y: Tensor, a: ConvAttrs): Tensor {
  const padded = pad(tf, x, a);
  const [samples, outputs] = y.shape;
  const positionsOf = product(convOutputSize(a));
  const entries = [...positions(a.kernelSize)].map((k) =>
    sum(
      tf,
      Array.from({ length: samples }, (_, n) => {
        const sample = tf.gather(y, tf.tensor1d([n], 'int32'), 0);
        const grouped = tf.reshape(sample, [a.groups, outputs / a.groups, positionsOf]);
        return tf.matMul(grouped, met(tf, padded, a, n, k), false, true);
      }),
    ),
  );
  const channels = x.shape[1]! / a.groups;
  const last = entries.map((entry) => tf.reshape(entry, [outputs, channels, 1]));
  return tf.reshape(tf.concat(last, 2), [outputs, channels, ...a.kernelSize]);
}

export function convTranspose(tf: Tfjs, y: Tensor, w: Tensor, a: ConvAttrs): Tensor {
  const [samples, outputs] = y.shape;
  const channels = a.groups * w.shape[1]!;
  const output = convOutputSize(a);
  const paddedSize = a.inputSize.map((n, i) => n + a.padLow[i] + a.padHigh[i]);
  const strides = paddedSize.map((_, i) => product(paddedSize.slice(i + 1)));
  const parts = Array.from({ length: samples }, (_, n) => {
    const sample = tf.reshape(tf.gather(y, tf.tensor1d([n], 'int32'), 0), [
      a.groups,
      outputs / a.groups,
      product(output),
    ]);
    const terms = [...positions(a.kernelSize)].map((k) => {
      const at = meetings(a, k);
      const places = [...positions(output)].map((p) =>
        p.reduce((total, q, i) => total + at[i][q] * strides[i], 0),
      );
      const values = tf.reshape(tf.matMul(kernelAt(tf, w, a, k), sample, true, false), [
        channels,
        places.length,
      ]);
      const spread = tf.unsortedSegmentSum(
        tf.transpose(values),
        tf.tensor1d(places, 'int32'),
        product(paddedSize),
      );
      return tf.transpose(spread);
    });
    return tf.reshape(sum(tf, terms), [1, channels, ...paddedSize]);
  });
  return tf.slice(tf.concat(parts, 0), [0, 0, ...a.padLow], [samples, channels, ...a.inputSize]);
}
