/** What layers make of their options, and what they refuse, in the variables' names. */

import { describe, expect, test } from 'vitest';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';
import {
  batchNorm,
  conv1d,
  conv2d,
  convolution,
  crossEntropyOfClasses,
  depthwiseConv2d,
  layerNorm,
  maxPooling,
  transposedConvolution,
} from '../src/ops/layers.ts';
import { Plan } from '../src/run/plan.ts';

const value = (b: Builder, id: NodeId): number[] => [...new Plan(b.graph, [id]).run().value(id)];
const shapeOf = (b: Builder, id: NodeId) => b.graph.node(id).shape;

describe('convolutions', () => {
  test('same padding counts the dilation: a kernel of 3 that reaches over 5', () => {
    const b = new Builder();
    const y = conv1d(b, b.constant([1, 2, 3, 4, 5], [1, 1, 5]), b.constant([1, 10, 100], [1, 1, 3]), {
      padding: 'same',
      dilation: 2,
    });
    expect(value(b, y)).toEqual([310, 420, 531, 42, 53]);
  });

  test('same padding is never negative: a stride beyond the kernel', () => {
    const b = new Builder();
    const y = conv1d(b, b.constant([1, 2, 3, 4, 5, 6], [1, 1, 6]), b.constant([1], [1, 1, 1]), {
      padding: 'same',
      stride: 4,
    });
    expect(value(b, y)).toEqual([1, 5]);
  });

  const b = new Builder();
  const variables = {
    vector: b.input('v', [3]),
    matrix: b.input('X', [3, 3]),
    signal: b.input('s', [1, 1, 5]),
    image: b.input('I', [1, 1, 4, 4]),
    line: b.input('l', [1, 1, 2]),
    kernel: b.input('K', [1, 1, 2, 2]),
  };
  const { vector, matrix, signal, image, line, kernel } = variables;
  test.each<[string, () => NodeId, string]>([
    [
      'a vector',
      () => convolution(b, vector, line),
      'the input v is 3, expected two sizes and then one spatial axis or more',
    ],
    [
      'a matrix',
      () => convolution(b, matrix, line),
      'the input X is 3×3, expected two sizes and then one spatial axis or more',
    ],
    [
      'a matrix to pool',
      () => maxPooling(b, matrix, 2),
      'the input X is 3×3, expected two sizes and then one spatial axis or more',
    ],
    [
      'an image along one axis',
      () => conv1d(b, image, kernel),
      'the input I is 1×1×4×4, expected two sizes and then 1 spatial axis',
    ],
    [
      'a signal along two',
      () => conv2d(b, signal, kernel),
      'the input s is 1×1×5, expected two sizes and then 2 spatial axes',
    ],
    [
      'a signal along two, by channel',
      () => depthwiseConv2d(b, signal, kernel),
      'the input s is 1×1×5, expected two sizes and then 2 spatial axes',
    ],
    [
      'a kernel of two axes',
      () => convolution(b, signal, kernel),
      'the kernel K is 1×1×2×2, expected two sizes and then 1 spatial axis',
    ],
    [
      'a kernel of one axis',
      () => convolution(b, image, line),
      'the kernel l is 1×1×2, expected two sizes and then 2 spatial axes',
    ],
    [
      'a kernel of one axis, transposed',
      () => transposedConvolution(b, image, line),
      'the kernel l is 1×1×2, expected two sizes and then 2 spatial axes',
    ],
    [
      'a window of three axes',
      () => maxPooling(b, image, [1, 2, 3]),
      'the window is [1,2,3], expected one number or 2, one per spatial axis',
    ],
    [
      'two dilations for one axis',
      () => conv1d(b, signal, line, { dilation: [1, 2] }),
      'dilation is [1,2], expected one number or 1, one per spatial axis',
    ],
    [
      'two paddings for one axis',
      () => conv1d(b, signal, line, { padding: [1, 2] }),
      'padding is [1,2], expected one number or 1, one per spatial axis',
    ],
  ])('%s is refused', (_, build, message) => {
    expect(build).toThrow(message);
  });

  test.each([
    [{ outputPadding: -1, stride: 2 }, 'output padding is -1, expected a whole number from 0 on'],
    [{ outputPadding: 0.5, stride: 2 }, 'output padding is 0.5, expected a whole number from 0 on'],
    [
      { outputPadding: 2, stride: 2 },
      'output padding is 2, expected less than the stride 2 or the dilation 1',
    ],
    [{ outputPadding: 1 }, 'output padding is 1, expected less than the stride 1 or the dilation 1'],
    [
      { outputPadding: 3, stride: 2, dilation: 3 },
      'output padding is 3, expected less than the stride 2 or the dilation 3',
    ],
    [{ stride: 0 }, 'stride is 0, expected a whole number from 1 on'],
    [{ dilation: 1.5 }, 'dilation is 1.5, expected a whole number from 1 on'],
    [{ padding: -1 }, 'padding is -1, expected a whole number from 0 on'],
    [{ padding: 3 }, 'the output would have size (5−1)·1 − 2·3 + 1·(2−1) + 0 + 1 = 0; lower the padding 3'],
  ])('transposed, %j is refused', (options, message) => {
    expect(() => transposedConvolution(b, signal, line, options)).toThrow(
      expect.objectContaining({ code: 'option', message }),
    );
  });

  test('the output padding reaches to one below the dilation, and beyond the stride: cells that no input reaches', () => {
    const c = new Builder();
    const y = transposedConvolution(c, c.constant([1, 2], [1, 1, 2]), c.constant([1, 10], [1, 1, 2]), {
      outputPadding: 2,
      dilation: 3,
    });
    expect(value(c, y)).toEqual([1, 2, 0, 10, 20, 0, 0]); // (2 − 1) · 1 + 3 · (2 − 1) + 2 + 1
  });

  test('the output padding reaches to one below the stride', () => {
    // (5 − 1) · 3 + (2 − 1) + 2 + 1
    const y = transposedConvolution(b, signal, line, { outputPadding: 2, stride: 3 });
    expect(shapeOf(b, y)).toEqual([1, 1, 16]);
  });
});

describe('normalisation', () => {
  const b = new Builder();
  const x = b.input('x', [2, 3]);
  const [two, three, matrix] = [b.input('two', [2]), b.input('three', [3]), b.input('matrix', [2, 3])];
  const cube = b.input('cube', [1, 2, 3]);
  test.each<[string, () => NodeId, string]>([
    ['a gain of another size', () => layerNorm(b, x, two, two), 'the gain two is 2, expected 3 for x (2×3)'],
    [
      'a bias of another size',
      () => layerNorm(b, x, three, two),
      'the bias two is 2, expected 3 for x (2×3)',
    ],
    [
      'a gain of more axes',
      () => layerNorm(b, x, cube, cube),
      'the gain cube is 1×2×3, expected 2×3 for x (2×3)',
    ],
    [
      'batch norm of a vector',
      () => batchNorm(b, two, two, two),
      'two is 2, expected samples × channels × …',
    ],
    ['a gain per sample', () => batchNorm(b, x, two, three), 'the gain two is 2, expected 3 for x (2×3)'],
    ['a bias per sample', () => batchNorm(b, x, three, two), 'the bias two is 2, expected 3 for x (2×3)'],
  ])('%s is refused', (_, build, message) => {
    expect(build).toThrow(message);
  });

  test('over the last axis, over both, over samples', () => {
    expect(shapeOf(b, layerNorm(b, x, three, three))).toEqual([2, 3]);
    expect(shapeOf(b, layerNorm(b, x, matrix, matrix))).toEqual([2, 3]);
    expect(shapeOf(b, batchNorm(b, x, three, three))).toEqual([2, 3]);
    const values = b.constant([1, 2, 3, 6], [2, 2]);
    const [ones, zeros] = [b.constant(1, [2, 2]), b.constant(0, [2, 2])];
    const y = value(b, layerNorm(b, values, ones, zeros, 0)); // mean 3, variance 14/4
    [-2, -1, 0, 3].forEach((d, i) => expect(y[i]).toBeCloseTo(d / Math.sqrt(3.5), 14));
  });
});

test('cross-entropy of one sample: its scores are a vector', () => {
  const b = new Builder();
  const E = crossEntropyOfClasses(b, b.constant([0, Math.log(3)], [2]), b.constant(1));
  expect(value(b, E)[0]).toBeCloseTo(Math.log(4 / 3), 15);
  expect(() => crossEntropyOfClasses(b, b.input('s', []), b.constant(0))).toThrow(
    'softmaxCrossEntropy takes a vector or more, not a scalar',
  );
});
