/** Pools in tfjs: its own where it has them right, else gathers and segment sums over lists of cells. */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { WindowAttrs } from '../../ops/window.ts';
import type { Tfjs } from './load.ts';

type Tensor = tfjs.Tensor;

/** For each window the flat offsets of its cells along the spatial axes; cells in the padding are left out. */
function windows(a: WindowAttrs): number[][] {
  const rank = a.inputSize.length;
  const counts = a.inputSize.map((n, i) => {
    const reach = a.dilation[i] * (a.kernelSize[i] - 1) + 1;
    return Math.floor((n + a.padLow[i] + a.padHigh[i] - reach) / a.stride[i]) + 1;
  });
  let found: { offset: number }[][] = [[{ offset: 0 }]];
  for (let axis = 0; axis < rank; axis++) {
    const n = a.inputSize[axis];
    const next: { offset: number }[][] = [];
    for (const window of found) {
      for (let p = 0; p < counts[axis]; p++) {
        const places = Array.from(
          { length: a.kernelSize[axis] },
          (_, k) => p * a.stride[axis] + k * a.dilation[axis] - a.padLow[axis],
        ).filter((at) => at >= 0 && at < n);
        next.push(window.flatMap(({ offset }) => places.map((at) => ({ offset: offset * n + at }))));
      }
    }
    found = next;
  }
  return found.map((window) => window.map(({ offset }) => offset));
}

/** The same for all samples and channels: offsets in the whole of x. */
function cellsOf(x: readonly number[], a: WindowAttrs): number[][] {
  const size = a.inputSize.reduce((product, n) => product * n, 1);
  const one = windows(a);
  return Array.from({ length: x[0] * x[1] }, (_, c) =>
    one.map((cells) => cells.map((cell) => c * size + cell)),
  ).flat();
}

function pooledShape(x: readonly number[], a: WindowAttrs): number[] {
  const counts = a.inputSize.map((n, i) => {
    const reach = a.dilation[i] * (a.kernelSize[i] - 1) + 1;
    return Math.floor((n + a.padLow[i] + a.padHigh[i] - reach) / a.stride[i]) + 1;
  });
  return [x[0], x[1], ...counts];
}

const ids = (tf: Tfjs, list: readonly number[]) => tf.tensor1d([...list], 'int32');
const flat = (tf: Tfjs, x: Tensor): Tensor => tf.reshape(x, [-1]);

/** Two spatial axes, no padding and no dilation: what tfjs' own pools are right for. */
const isPlain = (a: WindowAttrs) =>
  a.inputSize.length === 2 &&
  [...a.padLow, ...a.padHigh].every((n) => n === 0) &&
  a.dilation.every((n) => n === 1);

function native(tf: Tfjs, x: Tensor, a: WindowAttrs, kind: 'maxPool' | 'avgPool'): Tensor {
  const last = tf.transpose(x, [0, 2, 3, 1]) as tfjs.Tensor4D;
  const pair = (list: readonly number[]): [number, number] => [list[0], list[1]];
  return tf.transpose(tf[kind](last, pair(a.kernelSize), pair(a.stride), 'valid'), [0, 3, 1, 2]);
}

/** x with one more cell, of that value, at the end; lists of cells filled up with it to one length. */
function gatherWindows(tf: Tfjs, x: Tensor, a: WindowAttrs, filler: number): Tensor {
  const cells = cellsOf(x.shape, a);
  const width = cells.reduce((most, list) => Math.max(most, list.length), 0);
  const extended = tf.concat([flat(tf, x), tf.tensor1d([filler])]);
  const places = cells.flatMap((list) => [...list, ...Array<number>(width - list.length).fill(x.size)]);
  return tf.reshape(tf.gather(extended, ids(tf, places)), [cells.length, width]);
}

export function maxPool(tf: Tfjs, x: Tensor, a: WindowAttrs): Tensor {
  if (isPlain(a)) return native(tf, x, a, 'maxPool');
  return tf.reshape(tf.max(gatherWindows(tf, x, a, -3e38), 1), pooledShape(x.shape, a));
}

export function avgPool(tf: Tfjs, x: Tensor, a: WindowAttrs): Tensor {
  if (isPlain(a)) return native(tf, x, a, 'avgPool');
  const counts = tf.tensor1d(cellsOf(x.shape, a).map((list) => list.length));
  return tf.reshape(tf.div(tf.sum(gatherWindows(tf, x, a, 0), 1), counts), pooledShape(x.shape, a));
}

export function avgPoolAdjoint(tf: Tfjs, g: Tensor, a: WindowAttrs): Tensor {
  const shape = [...g.shape.slice(0, 2), ...a.inputSize];
  const cells = cellsOf(shape, a);
  const parts = tf.div(flat(tf, g), tf.tensor1d(cells.map((list) => list.length)));
  const spread = tf.gather(
    parts,
    ids(
      tf,
      cells.flatMap((list, window) => list.map(() => window)),
    ),
  );
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.reshape(tf.unsortedSegmentSum(spread, ids(tf, cells.flat()), size), shape);
}

/** Where the first of the largest cells of each window lies. */
function winners(x: Tensor, a: WindowAttrs): number[] {
  const values = x.dataSync();
  return cellsOf(x.shape, a).map((list) =>
    list.reduce((best, at) => (values[at] > values[best] ? at : best), list[0]),
  );
}

export function maxPoolGather(tf: Tfjs, x: Tensor, h: Tensor, a: WindowAttrs): Tensor {
  return tf.reshape(tf.gather(flat(tf, h), ids(tf, winners(x, a))), pooledShape(x.shape, a));
}

export function maxPoolScatter(tf: Tfjs, x: Tensor, g: Tensor, a: WindowAttrs): Tensor {
  return tf.reshape(tf.unsortedSegmentSum(flat(tf, g), ids(tf, winners(x, a)), x.size), x.shape);
}
