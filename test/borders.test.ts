/** Values by hand where a loop or a rule meets its border: the row beside, the axis before, the end of the numbers. */

import { describe, expect, test } from 'vitest';
import { grad } from '../src/autodiff/grad.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { sizeOf } from '../src/graph/shape.ts';
import { Builder } from '../src/ops/builder.ts';
import { conv1d } from '../src/ops/layers.ts';
import { atom } from '../src/ops/tex.ts';
import { transposedConvSize } from '../src/ops/transposed.ts';
import { typeset } from '../src/ops/typeset.ts';
import { Plan } from '../src/run/plan.ts';

function found(b: Builder, ...ids: readonly NodeId[]): number[][] {
  const plan = new Plan(b.graph, ids).run();
  return ids.map((id) => [...plan.value(id)]);
}

const counted = (b: Builder, shape: readonly number[], from: number): NodeId =>
  b.constant(
    Array.from({ length: sizeOf(shape) }, (_, i) => from + i),
    shape,
  );

describe('stacks of matrices with a vector', () => {
  test('2×3 stacks of 2×4 by a column: every row of every matrix', () => {
    const b = new Builder();
    const a = counted(b, [2, 3, 2, 4], 0);
    const y = b.matmul(a, b.constant([1, 10, 100, 1000], [4]));
    expect(b.graph.node(y).shape).toEqual([2, 3, 2]);
    // the row k holds 4k, 4k + 1, 4k + 2, 4k + 3
    expect(found(b, y)[0]).toEqual(Array.from({ length: 12 }, (_, k) => 4 * k * 1111 + 3210));
  });

  test('a row by 3×2 stacks of 2×4: every column of every matrix', () => {
    const b = new Builder();
    const a = counted(b, [3, 2, 2, 4], 0);
    const y = b.matmul(b.constant([1, 100], [2]), a);
    expect(b.graph.node(y).shape).toEqual([3, 2, 4]);
    // in matrix s the column j holds 8s + j and 8s + j + 4
    const expected = Array.from({ length: 6 }, (_, s) => [0, 1, 2, 3].map((j) => 101 * (8 * s + j) + 400));
    expect(found(b, y)[0]).toEqual(expected.flat());
  });
});

describe('rows of scores', () => {
  test('a row knows nothing of the largest of the row before', () => {
    const b = new Builder();
    const x = b.constant([0, 3000, 1, 1, -3000, -3000], [3, 2]);
    const [p, log] = found(b, b.softmax(x), b.logSoftmax(x));
    expect(p).toEqual([0, 1, 0.5, 0.5, 0.5, 0.5]);
    expect(log.slice(0, 2)).toEqual([-3000, 0]);
    for (const value of log.slice(2)) expect(value).toBeCloseTo(-Math.LN2, 12);
  });

  test('beside an infinite score the others are impossible', () => {
    const b = new Builder();
    const x = b.reciprocal(b.constant([0, 1], [2])); // ∞ and 1
    const [log, sum] = found(b, b.logSoftmax(x), b.logSumExp(x, { axes: [0], keepDims: false }));
    expect(log[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(sum[0]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the slope of the focal loss −α (1 − p)^γ log p', () => {
  const slope = (gamma: number, p: number): number => {
    const b = new Builder();
    const x = b.constant(p, [], 'p');
    return found(b, ...grad(b, b.focalLoss(x, { gamma, alpha: 0.5 }), [x]))[0][0];
  };
  test('γ = 0: −α/p, that of cross-entropy, −∞ at p = 0', () => {
    expect(slope(0, 1)).toBe(-0.5);
    expect(slope(0, 0.25)).toBe(-2);
    expect(slope(0, 0)).toBe(Number.NEGATIVE_INFINITY);
  });
  test('0 at p = 1 for γ > 0, above, at and below 1', () => {
    for (const gamma of [0.25, 0.5, 1, 1.5, 2, 5]) expect(slope(gamma, 1), `γ = ${gamma}`).toBeCloseTo(0, 15);
  });
});

test('the norm: 0 of zeros, ∞ of one infinite element, and no square overflows or vanishes', () => {
  const b = new Builder();
  const rows = b.constant([0, 0, 3, -4, 3e300, 4e300, 3e-300, 4e-300, 0, -5], [5, 2]);
  const infinite = b.log(b.constant([0, 1, 1, 0], [2, 2])); // −∞ and 0, 0 and −∞
  const [finite, ends] = found(b, ...[rows, infinite].map((x) => b.norm(x, { axes: [1], keepDims: false })));
  [0, 5, 5e300, 5e-300, 5].forEach((value, i) =>
    expect(Math.abs(finite[i] - value), `row ${i}`).toBeLessThanOrEqual(1e-15 * value),
  );
  expect(ends).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('powers and sums under a transpose or a power stand in brackets, letters do not', () => {
  const [a, b] = [atom('a'), atom('b')];
  const [squared, sum] = [typeset.square(b), typeset.add(a, b)];
  expect(typeset.transpose(b, { perm: [1, 0] }).text).toBe('b^{\\top}');
  expect(typeset.transpose(squared, { perm: [1, 0] }).text).toBe('\\left(b^{2}\\right)^{\\top}');
  expect(typeset.outer(a, b).text).toBe('a\\,b^{\\top}');
  expect(typeset.outer(a, squared).text).toBe('a\\,\\left(b^{2}\\right)^{\\top}');
  expect(typeset.outer(sum, sum).text).toBe('\\left(a + b\\right)\\,\\left(a + b\\right)^{\\top}');
  expect(typeset.square(squared).text).toBe('\\left(b^{2}\\right)^{2}');
  expect(typeset.pow(squared, a).text).toBe('\\left(b^{2}\\right)^{a}');
  expect(typeset.pow(a, squared).text).toBe('a^{b^{2}}');
});

test('what is taken where a pool’s winners stand has the very shape of x, not one axis more', () => {
  const b = new Builder();
  const window = { inputSize: [2], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] };
  const [x, h] = [b.input('x', [1, 1, 2]), b.input('h', [1, 1, 2, 3])];
  const message = 'maxPoolGather of x (1×1×2) and h (1×1×2×3): 1×1×2 and 1×1×2×3 differ';
  expect(() => b.maxPoolGather(x, h, window)).toThrow(message);
});

describe('the size of a transposed convolution', () => {
  test('may be 1, not 0', () => {
    expect(transposedConvSize(1, 1)).toBe(1);
    expect(transposedConvSize(2, 2, { padding: 1 })).toBe(1);
    const none = 'the output would have size (1−1)·1 − 2·1 + 1·(2−1) + 0 + 1 = 0; lower the padding 1';
    expect(() => transposedConvSize(1, 2, { padding: 1 })).toThrow(none);
  });

  test('is not of texts: they are shown in quotes', () => {
    const stride = '2' as unknown as number;
    const message = 'stride is "2", expected a whole number from 1 on';
    expect(() => transposedConvSize(3, 2, { stride })).toThrow(message);
  });
});

describe('attributes of the wrong kind are shown as they are written', () => {
  const axesAre = (axes: unknown) => {
    const b = new Builder();
    const x = b.input('x', [2]);
    return () => b.sum(x, { axes: axes as number[], keepDims: false });
  };
  test.each<[unknown, string]>([
    [true, 'axes is true'],
    [null, 'axes is null'],
    [undefined, 'axes is missing'],
    ['a'.repeat(38), `axes is "${'a'.repeat(38)}",`], // 40 characters with the quotes
    ['a'.repeat(39), `axes is "${'a'.repeat(38)}…,`],
  ])('%j', (axes, found) => {
    expect(axesAre(axes)).toThrow(found);
  });
});

test('of the options of a layer the padding alone may be a word', () => {
  const b = new Builder();
  const [x, w] = [b.input('x', [1, 1, 5]), b.input('w', [1, 1, 3])];
  const odd = {} as unknown as number;
  const numbers = 'expected a whole number, or one per spatial axis';
  expect(() => conv1d(b, x, w, { stride: odd })).toThrow(new RegExp(`stride is {}, ${numbers}$`));
  expect(() => conv1d(b, x, w, { padding: odd })).toThrow(`padding is {}, ${numbers}, or "same"`);
});
