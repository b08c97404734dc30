/** Errata of pools, convolutions and resizing. */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NodeId } from '../../../graph/graph.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Builder } from '../../../ops/builder.ts';
import type { WindowAttrs } from '../../../ops/window.ts';
import type { Tfjs } from '../oracle.ts';
import { type Erratum, gathered, missing, wrong } from './erratum.ts';

/** x as one picture, one channel: tfjs puts channels last, we put them second. */
const picture = (tf: Tfjs, x: Tensor, ...size: readonly number[]) =>
  tf.reshape<tfjs.Rank.R4>(x, [1, ...size, 1] as [number, number, number, number]);
const picture3d = (tf: Tfjs, x: Tensor, ...size: readonly number[]) =>
  tf.reshape<tfjs.Rank.R5>(x, [1, ...size, 1] as [number, number, number, number, number]);
const ourPicture = (b: Builder, x: NodeId, ...size: readonly number[]) =>
  b.reshape(x, { shape: [1, 1, ...size] });

interface Steps {
  readonly stride?: number;
  readonly padLow?: number;
  readonly padHigh?: number;
  readonly dilation?: number;
}

/** A window, alike along every axis; by default it moves by 1, without padding. */
function slide(inputSize: readonly number[], kernelSize: readonly number[], steps: Steps = {}): WindowAttrs {
  const { stride = 1, padLow = 0, padHigh = 0, dilation = 1 } = steps;
  const each = (n: number) => inputSize.map(() => n);
  return {
    inputSize,
    kernelSize,
    stride: each(stride),
    padLow: each(padLow),
    padHigh: each(padHigh),
    dilation: each(dilation),
  };
}

const dilated = (inputSize: readonly number[], kernelSize: readonly number[], dilation: number) => {
  return { ...slide(inputSize, kernelSize, { dilation }), groups: 1 };
};

/** Kernels of 1, 2, 3, … */
const KERNEL = [1, 2, 3, 4];
const ourKernel = (b: Builder, ...size: readonly number[]) =>
  b.constant(KERNEL.slice(0, sizeOf(size)), [1, 1, ...size]);

/** The m×n matrix of linear interpolation from n to m points, as resizeBilinear has it without aligned corners. */
function interpolation(m: number, n: number): number[] {
  const rows = Array.from({ length: m }, (_, i) => {
    const place = Math.min((i * n) / m, n - 1);
    return Array.from({ length: n }, (_, j) => Math.max(0, 1 - Math.abs(place - j)));
  });
  return rows.flat();
}

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

export const pictures: readonly Erratum[] = [
  wrong('maxPool', 'NaN (log −1) in the window: lost', [1, -1, 3, 2], {
    order: 0,
    tfjs: (tf, x) => tf.maxPool(picture(tf, tf.log(x), 2, 2), 2, 1, 'valid'),
    ours: (b, x) => b.maxPool(ourPicture(b, b.log(x), 2, 2), slide([2, 2], [2, 2])),
  }),
  wrong('avgPool', 'padded: same', NINE, {
    tfjs: (tf, x) => tf.avgPool(picture(tf, x, 3, 3), 2, 2, 'same'),
    ours: (b, x) => b.avgPool(ourPicture(b, x, 3, 3), slide([3, 3], [2, 2], { stride: 2, padHigh: 1 })),
  }),
  wrong('avgPool', 'padded by 1 on each side', [1, 2, 3, 4], {
    tfjs: (tf, x) => tf.avgPool(picture(tf, x, 2, 2), 3, 1, 1),
    ours: (b, x) => b.avgPool(ourPicture(b, x, 2, 2), slide([2, 2], [3, 3], { padLow: 1, padHigh: 1 })),
  }),
  wrong('avgPool3d', 'padded', [1, 2, 3], {
    tfjs: (tf, x) => tf.avgPool3d(picture3d(tf, x, 1, 3, 1), [1, 2, 1], [1, 2, 1], 'same'),
    ours: (b, x) => b.avgPool(ourPicture(b, x, 3), slide([3], [2], { stride: 2, padHigh: 1 })),
  }),
  wrong('pool (avg)', 'padded', [1, 2, 3], {
    tfjs: (tf, x) => tf.pool(picture(tf, x, 3, 1), [2, 1], 'avg', 'same', [1, 1], [2, 1]),
    ours: (b, x) => b.avgPool(ourPicture(b, x, 3), slide([3], [2], { stride: 2, padHigh: 1 })),
  }),
  wrong('mirrorPad', 'reflect', [1, 2, 3], {
    tfjs: (tf, x) => tf.mirrorPad(x, [[2, 2]], 'reflect'),
    ours: gathered(2, 1, 0, 1, 2, 1, 0),
  }),
  wrong('mirrorPad', 'symmetric', [1, 2, 3], {
    tfjs: (tf, x) => tf.mirrorPad(x, [[1, 1]], 'symmetric'),
    ours: gathered(0, 0, 1, 2, 2),
  }),
  wrong('resizeNearestNeighbor', 'halfPixelCenters', [1, 2, 3], {
    tfjs: (tf, x) => tf.image.resizeNearestNeighbor(picture(tf, x, 1, 3), [1, 2], false, true),
    ours: gathered(0, 2),
  }),
  missing('resizeBilinear', 'height and width differ', [1, 2, 3, 4, 5, 6], {
    shape: [2, 3],
    tfjs: (tf, x) => tf.image.resizeBilinear(picture(tf, x, 2, 3), [4, 6]),
    ours: (b, x) => {
      const [rows, columns] = [
        b.constant(interpolation(4, 2), [4, 2]),
        b.constant(interpolation(6, 3), [6, 3]),
      ];
      return b.matmul(b.matmul(rows, x), b.transpose(columns, { perm: [1, 0] }));
    },
  }),
  missing('conv2d', 'dilation', NINE, {
    tfjs: (tf, x) =>
      tf.conv2d(picture(tf, x, 3, 3), tf.tensor4d(KERNEL, [2, 2, 1, 1]), 1, 'valid', 'NHWC', 2),
    ours: (b, x) => b.conv(ourPicture(b, x, 3, 3), ourKernel(b, 2, 2), dilated([3, 3], [2, 2], 2)),
  }),
  missing('depthwiseConv2d', 'dilation', NINE, {
    tfjs: (tf, x) =>
      tf.depthwiseConv2d(picture(tf, x, 3, 3), tf.tensor4d(KERNEL, [2, 2, 1, 1]), 1, 'valid', 'NHWC', 2),
    ours: (b, x) => b.conv(ourPicture(b, x, 3, 3), ourKernel(b, 2, 2), dilated([3, 3], [2, 2], 2)),
  }),
  missing('conv3d', 'dilation', [1, 2, 3], {
    tfjs: (tf, x) =>
      tf.conv3d(
        picture3d(tf, x, 3, 1, 1),
        tf.tensor5d([1, 2], [2, 1, 1, 1, 1]),
        1,
        'valid',
        'NDHWC',
        [2, 1, 1],
      ),
    ours: (b, x) =>
      b.conv(ourPicture(b, x, 3, 1, 1), ourKernel(b, 2, 1, 1), dilated([3, 1, 1], [2, 1, 1], 2)),
  }),
  missing('conv3dTranspose', 'always', [1, 2], {
    tfjs: (tf, x) =>
      tf.conv3dTranspose(
        picture3d(tf, x, 2, 1, 1),
        tf.tensor5d([1, 2], [2, 1, 1, 1, 1]),
        [1, 3, 1, 1, 1],
        1,
        'valid',
      ),
    ours: (b, x) =>
      b.convTranspose(ourPicture(b, x, 2, 1, 1), ourKernel(b, 2, 1, 1), dilated([3, 1, 1], [2, 1, 1], 1)),
  }),
  missing('depthToSpace', 'always', [1, 2, 3, 4], {
    tfjs: (tf, x) => tf.depthToSpace(tf.reshape(x, [1, 1, 1, 4]) as tfjs.Tensor4D, 2),
    ours: (b, x) => b.reshape(x, { shape: [2, 2] }),
  }),
];
