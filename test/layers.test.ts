/** Layers, stacks, splits and contractions: against loops written out by hand and figures from text books. */

import { describe, expect, test } from 'vitest';
import { grad, vjp } from '../src/autodiff/grad.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { sizeOf } from '../src/graph/shape.ts';
import { Builder } from '../src/ops/builder.ts';
import {
  averagePooling,
  batchNorm,
  conv1d,
  conv2d,
  crossEntropyOfClasses,
  depthwiseConv2d,
  embedding,
  layerNorm,
  maxPooling,
  transposedConvolution,
} from '../src/ops/layers.ts';
import { einsum, split, stack, tensordot, unstack } from '../src/ops/tensors.ts';
import { Plan } from '../src/run/plan.ts';

function value(b: Builder, id: NodeId): number[] {
  return [...new Plan(b.graph, [id]).run().value(id)];
}
const shapeOf = (b: Builder, id: NodeId) => b.graph.node(id).shape;
/** 1, 2, 3, … */
const counting = (b: Builder, shape: number[], name?: string) =>
  b.constant(
    Array.from({ length: sizeOf(shape) }, (_, i) => i + 1),
    shape,
    name,
  );

describe('convolutions', () => {
  test('conv1d by hand: stride 2, padding 1', () => {
    const b = new Builder();
    const y = conv1d(b, b.constant([1, 2, 3, 4, 5], [1, 1, 5]), b.constant([1, 10, 100], [1, 1, 3]), {
      stride: 2,
      padding: 1,
    });
    expect(shapeOf(b, y)).toEqual([1, 1, 3]);
    expect(value(b, y)).toEqual([210, 432, 54]); // 0·1+1·10+2·100, 2+30+400, 4+50+0
  });

  test('conv2d: same keeps the size, the odd cell at the end', () => {
    const b = new Builder();
    const x = counting(b, [1, 1, 3, 3]);
    const y = conv2d(b, x, b.constant([1, 1, 1, 1], [1, 1, 2, 2]), { padding: 'same' });
    expect(value(b, y)).toEqual([12, 16, 9, 24, 28, 15, 15, 17, 9]);
    const strided = conv2d(b, x, b.constant([1, 1, 1, 1], [1, 1, 2, 2]), { padding: 'same', stride: 2 });
    expect(value(b, strided)).toEqual([12, 9, 15, 9]);
  });

  test('depthwise: each channel with its own kernels', () => {
    const b = new Builder();
    const y = depthwiseConv2d(b, counting(b, [1, 2, 1, 2]), b.constant([1, 10, 100, 1000], [4, 1, 1, 1]));
    expect(value(b, y)).toEqual([1, 2, 10, 20, 300, 400, 3000, 4000]);
  });

  test('transposed: the textbook case, and the adjoint of the convolution', () => {
    const b = new Builder();
    const y = transposedConvolution(b, counting(b, [1, 1, 2, 2]), counting(b, [1, 1, 2, 2]));
    expect(value(b, y)).toEqual([1, 4, 4, 6, 20, 16, 9, 24, 16]);
    const options = { stride: 2, padding: 1, dilation: 2 };
    const x = b.parameter('x', [2, 3, 6, 7]);
    const w = counting(b, [4, 3, 2, 3]);
    const z = conv2d(b, x, w, options);
    const cotangent = counting(b, [...shapeOf(b, z)]);
    const [pulled] = vjp(b, z, [x], cotangent);
    const transposed = transposedConvolution(b, cotangent, w, { ...options, outputPadding: [1, 0] });
    expect(shapeOf(b, transposed)).toEqual([2, 3, 6, 7]);
    expect(value(b, transposed)).toEqual(value(b, pulled));
  });

  test('what does not fit is told in the variables’ names', () => {
    const b = new Builder();
    const x = b.input('X', [3, 3]);
    const w = b.input('K', [1, 1, 2, 2]);
    expect(() => conv2d(b, x, w)).toThrow('the input X is 3×3, expected two sizes and then 2 spatial axes');
    const image = b.input('I', [1, 1, 3, 3]);
    expect(() => conv2d(b, image, w, { stride: [1, 2, 3] })).toThrow(
      'stride is [1,2,3], expected one number or 2, one per spatial axis',
    );
    expect(() => transposedConvolution(b, image, w, { outputPadding: 1 })).toThrow(
      'output padding is 1, expected less than the stride 1 or the dilation 1',
    );
  });
});

describe('pools', () => {
  test('maximum and mean by hand; the padding takes no part', () => {
    const b = new Builder();
    const x = b.constant([-1, -2, -3, -4, -5, -6, -7, -8, -9], [1, 1, 3, 3]);
    expect(value(b, maxPooling(b, x, 2, { padding: 1 }))).toEqual([-1, -2, -4, -5]);
    expect(value(b, averagePooling(b, x, 2, { padding: 1 }))).toEqual([-1, -2.5, -5.5, -7]);
    expect(shapeOf(b, maxPooling(b, x, [1, 3]))).toEqual([1, 1, 3, 1]);
  });

  test('of equals the first wins the whole derivative', () => {
    const b = new Builder();
    const x = b.parameter('x', [1, 1, 1, 4]);
    const y = b.sum(maxPooling(b, x, [1, 2]), { axes: [0, 1, 2, 3], keepDims: false });
    const [dx] = grad(b, y, [x]);
    const plan = new Plan(b.graph, [dx]).setAll({ x: [2, 2, 1, 3] }).run();
    expect([...plan.value(dx)]).toEqual([1, 0, 0, 1]);
  });

  test('a NaN in a window is not lost', () => {
    const b = new Builder();
    const root = b.sqrt(b.constant([4, -1, 9, 1], [1, 1, 1, 4])); // 2, NaN, 3, 1
    expect(value(b, maxPooling(b, root, [1, 2]))).toEqual([Number.NaN, 3]);
  });

  test('a window that sees only padding is refused', () => {
    const b = new Builder();
    const x = b.input('x', [1, 1, 3]);
    expect(() => maxPooling(b, x, 2, { padding: 2 })).toThrow(
      'window 0 along spatial axis 0 lies in the padding',
    );
  });
});

describe('normalisation', () => {
  test('layer norm needs an axis to normalise along', () => {
    const b = new Builder();
    const gain = b.parameter('gain', []);
    expect(() => layerNorm(b, counting(b, [3]), gain, b.constant(0))).toThrow(
      'the gain gain is scalar, expected a number per entry of the last axis',
    );
  });

  test('layer norm: mean 0 and variance 1 along the last axes, then gain and bias', () => {
    const b = new Builder();
    const y = layerNorm(b, counting(b, [2, 3]), b.constant([1, 2, 3], [3]), b.constant([0, 0, 10], [3]), 0);
    const r = Math.sqrt(1.5); // (1 − 2) / √(2/3)
    for (const [i, expected] of [-r, 0, 10 + 3 * r, -r, 0, 10 + 3 * r].entries()) {
      expect(value(b, y)[i]).toBeCloseTo(expected, 14);
    }
  });

  test('batch norm: over samples and positions, channel by channel', () => {
    const b = new Builder();
    const x = b.constant([1, 3, 10, 20, 5, 7, 30, 40], [2, 2, 2]);
    const y = batchNorm(b, x, b.constant([1, 2], [2]), b.constant([0, 100], [2]), 0);
    const [s, t] = [Math.sqrt(5), Math.sqrt(125)]; // of 1, 3, 5, 7 about 4 and of 10 … 40 about 25
    const expected = [-3 / s, -1 / s, 100 - 30 / t, 100 - 10 / t, 1 / s, 3 / s, 100 + 10 / t, 100 + 30 / t];
    for (const [i, v] of expected.entries()) expect(value(b, y)[i]).toBeCloseTo(v, 12);
  });
});

test('cross-entropy of classes: from scores of any size, by sample', () => {
  const b = new Builder();
  const x = b.parameter('x', [2, 3]);
  const E = crossEntropyOfClasses(b, x, b.constant([2, 0], [2]));
  const [dx] = grad(b, E, [x]);
  const plan = new Plan(b.graph, [E, dx]).setAll({ x: [0, 0, Math.log(2), 1000, -1000, 0] }).run();
  expect(plan.value(E)[0]).toBeCloseTo(Math.log(2), 15); // −log ½, and 0
  for (const [i, v] of [0.25, 0.25, -0.5, 0, 0, 0].entries()) expect(plan.value(dx)[i]).toBeCloseTo(v, 15);
});

test('a number that is no class makes the loss NaN, never 0', () => {
  const b = new Builder();
  const x = counting(b, [2, 3]);
  for (const wrong of [3, -1, 1.5]) {
    expect(value(b, crossEntropyOfClasses(b, x, b.constant([0, wrong], [2])))).toEqual([Number.NaN]);
  }
});

test('the embedding’s gradient counts a word each time it occurs', () => {
  const b = new Builder();
  const table = b.parameter('E', [3, 2]);
  const y = b.sum(embedding(b, table, [2, 0, 2]), { axes: [0, 1], keepDims: false });
  const [dE] = grad(b, y, [table]);
  expect(value(b, dE)).toEqual([1, 1, 0, 0, 2, 2]);
});

describe('stack, split, unstack', () => {
  test('put together and taken apart along any axis', () => {
    const b = new Builder();
    const [u, v] = [b.constant([1, 2], [2]), b.constant([3, 4], [2])];
    expect(value(b, stack(b, [u, v]))).toEqual([1, 2, 3, 4]);
    expect(value(b, stack(b, [u, v], 1))).toEqual([1, 3, 2, 4]);
    expect(unstack(b, stack(b, [u, v], 1), 1).map((id) => value(b, id))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const x = counting(b, [2, 3]);
    expect(split(b, x, [1, 2], 1).map((id) => value(b, id))).toEqual([
      [1, 4],
      [2, 3, 5, 6],
    ]);
    expect(split(b, x, 3, 1).map((id) => value(b, id))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(split(b, x, 1, 0).map((id) => value(b, id))).toEqual([[1, 2, 3, 4, 5, 6]]); // a single piece
  });

  test('parts that do not fit are refused', () => {
    const b = new Builder();
    const x = b.input('x', [2, 3]);
    expect(() => split(b, x, 2, 1)).toThrow('axis 1 of x has 3 entries, which are not 2 equal parts');
    expect(() => split(b, x, [1, 1], 1)).toThrow('axis 1 of x has 3 entries, which are not parts of [1,1]');
    expect(() => split(b, x, 2, 2)).toThrow('2 is no axis of x (2×3)');
  });
});

describe('contractions', () => {
  const b = new Builder();
  const M = b.constant([1, 2, 3, 4, 5, 6], [2, 3]);
  const S = b.constant([1, 2, 3, 4], [2, 2]);
  const v = b.constant([1, 10, 100], [3]);
  test.each<[string, NodeId[], number[]]>([
    ['ij,j->i', [M, v], [321, 654]],
    ['ij,ij->', [M, M], [91]],
    ['ij->ji', [M], [1, 4, 2, 5, 3, 6]],
    ['ij->', [M], [21]],
    ['ii->', [S], [5]], // the trace
    ['ii->i', [S], [1, 4]],
    ['ij,jk,k->i', [S, M, v], [321 + 2 * 654, 3 * 321 + 4 * 654]],
    ['i,j->ij', [b.constant([1, 2], [2]), v], [1, 10, 100, 2, 20, 200]],
  ])('einsum %s', (formula, operands, expected) => {
    expect(value(b, einsum(b, formula, ...operands))).toEqual(expected);
  });

  test('tensordot sums over pairs of axes', () => {
    const c = new Builder();
    const a = counting(c, [2, 3, 4]);
    const d = counting(c, [4, 3]);
    const y = tensordot(c, a, d, [
      [2, 1],
      [0, 1],
    ]);
    // Σ_{j,k} a[i,j,k] d[k,j]
    const expected = [0, 1].map((i) => {
      let sum = 0;
      for (let j = 0; j < 3; j++)
        for (let k = 0; k < 4; k++) sum += (12 * i + 4 * j + k + 1) * (3 * k + j + 1);
      return sum;
    });
    expect(value(c, y)).toEqual(expected);
    expect(() => tensordot(c, a, d, [[0], [0]])).toThrow('axes [0] and [0] are not pairs of equal size');
  });

  test('what does not fit is told', () => {
    expect(() => einsum(b, 'ij,jk', M, S)).toThrow(
      'einsum "ij,jk": expected axes as letters, such as ij,jk->ik',
    );
    expect(() => einsum(b, 'ij,jk->ik', M)).toThrow('einsum "ij,jk->ik" takes 2 operands, 1 given');
    expect(() => einsum(b, 'ij->ik', M)).toThrow('einsum "ij->ik": k of the result is in no operand');
    expect(() => einsum(b, 'ijk->i', M)).toThrow('is 2×3, expected the axes ijk');
    expect(() => einsum(b, 'ij,ik->jk', M, v)).toThrow('is 3, expected the axes ik');
    expect(() => einsum(b, 'ij,i->j', M, v)).toThrow('i is 2 long, but 3 in');
  });

  test('stacks of matrices broadcast: each product by itself', () => {
    const c = new Builder();
    const y = c.matmul(counting(c, [2, 1, 2]), counting(c, [3, 1, 2, 1]));
    expect(shapeOf(c, y)).toEqual([3, 2, 1, 1]);
    expect(value(c, y)).toEqual([5, 11, 11, 25, 17, 39]);
    expect(() => c.matmul(counting(c, [2, 2, 2]), counting(c, [3, 2, 2]))).toThrow(
      'the axes before the matrices, 2 and 3, do not broadcast',
    );
  });
});
