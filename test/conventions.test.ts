/** Values known from elsewhere, and the conventions where a derivative jumps. */

import { describe, expect, test } from 'vitest';
import { grad } from '../src/autodiff/grad.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';
import { erf } from '../src/ops/erf.ts';
import { Plan } from '../src/run/plan.ts';

/** The sum of op(x), and its derivative by x. */
function at(x: readonly number[], op: (b: Builder, x: NodeId) => NodeId): { y: number[]; dx: number[] } {
  const b = new Builder();
  const leaf = b.parameter('x', [x.length]);
  const y = op(b, leaf);
  const axes = b.graph.node(y).shape.map((_, axis) => axis);
  const [dx] = grad(b, b.sum(y, { axes, keepDims: false }), [leaf]);
  const plan = new Plan(b.graph, [y, dx]).set('x', x).run();
  return { y: [...plan.value(y)], dx: [...plan.value(dx)] };
}

test.each([
  // Abramowitz and Stegun, table 7.1, and erf(3), erf(5) from the same book's series
  [0, 0],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [-1, -0.8427007929497149],
  [7, 1],
])('erf(%d)', (x, value) => {
  expect(erf(x)).toBeCloseTo(value, 15);
});

test('erf beyond 3, where little is left of 1: to the last bit but one', () => {
  // by the C library
  const known = [
    [3.2, 0.9999939742388483],
    [3.5, 0.9999992569016276],
    [3.7, 0.9999998328489421],
    [4.1, 0.9999999932999724],
    [4.6, 0.999999999922504],
    [5.2, 0.9999999999998075],
  ];
  for (const [x, value] of known) {
    expect(Math.abs(erf(x) - value)).toBeLessThanOrEqual(2 ** -52);
    expect(erf(-x)).toBe(-erf(x));
  }
});

describe('at a kink the derivative is', () => {
  test.each<[string, (b: Builder, x: NodeId) => NodeId, number[], number[]]>([
    ['0 for relu at 0', (b, x) => b.relu(x), [0, 1, -1], [0, 1, 0]],
    ['0 for relu6 at both ends', (b, x) => b.relu6(x), [0, 6, 3], [0, 0, 1]],
    ['0 for |x| at 0', (b, x) => b.abs(x), [0, -2], [0, -1]],
    ['1 for clip at its bounds', (b, x) => b.clip(x, { low: -1, high: 1 }), [-1, 1, 1.1], [1, 1, 0]],
    ['∞ for √x at 0', (b, x) => b.sqrt(x), [0, 4], [Number.POSITIVE_INFINITY, 0.25]],
    ['0 for x⁰', (b, x) => b.power(x, { exponent: 0 }), [0, 2], [0, 0]],
    [
      '1/k each for a maximum of k',
      (b, x) => b.reduceMax(x, { axes: [0], keepDims: false }),
      [3, 3, 1],
      [0.5, 0.5, 0],
    ],
    ['0 for ‖x‖ at 0', (b, x) => b.norm(x, { axes: [0], keepDims: false }), [0, 0], [0, 0]],
    ['the slope below 0 for leaky relu at 0', (b, x) => b.leakyRelu(x, { slope: 0.1 }), [0], [0.1]],
    ['0 for comparisons and steps', (b, x) => b.add(b.step(x), b.less(x, b.square(x))), [0.5, 2], [0, 0]],
  ])('%s', (_, op, x, derivative) => {
    at(x, op).dx.forEach((value, i) => expect(value).toBeCloseTo(derivative[i], 12));
  });

  test('½ and ½ for max(a, a), and for min', () => {
    for (const op of ['max', 'min'] as const) {
      const b = new Builder();
      const [p, q] = [b.parameter('p', []), b.parameter('q', [])];
      const gradients = grad(b, b[op](p, q), [p, q]);
      const plan = new Plan(b.graph, gradients).setAll({ p: 2, q: 2 }).run();
      expect(gradients.map((id) => plan.value(id)[0])).toEqual([0.5, 0.5]);
    }
  });
});

test('large and small arguments do not overflow', () => {
  expect(at([800, -800], (b, x) => b.sigmoid(x))).toEqual({ y: [1, 0], dx: [0, 0] });
  expect(at([800, -800], (b, x) => b.softplus(x))).toEqual({ y: [800, 0], dx: [1, 0] });
  expect(at([800], (b, x) => b.elu(x, { alpha: 1 }))).toEqual({ y: [800], dx: [1] });
  expect(at([1000, 1000], (b, x) => b.logSumExp(x, { axes: [0], keepDims: false })).y[0]).toBe(
    1000 + Math.log(2),
  );
});

test('softmax does not overflow, wherever the largest stands', () => {
  for (const at0 of [0, 1, 2]) {
    const x = [999, 999, 999];
    x[at0] = 1000;
    const expected = x.map((v) => Math.exp(v - 1000) / (1 + 2 * Math.exp(-1)));
    const { y } = at([...x, -5, 800, 3], (b, leaf) => b.softmax(b.reshape(leaf, { shape: [2, 3] })));
    y.slice(0, 3).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 15));
    expect(y.slice(3)).toEqual([0, 1, 0]);
  }
});

test('a class that is impossible and is no target costs nothing', () => {
  const { y } = at([1, 0], (b, p) => b.softmaxCrossEntropy(b.log(p), b.constant([1, 0], [2])));
  expect(y).toEqual([0]); // the score of the second is −∞
});

test('what is not chosen passes no infinity on', () => {
  const { y, dx } = at([0, 4], (b, x) => b.where(x, b.affine(x, { scale: 2, shift: 0 }), b.constant(7)));
  expect([y, dx]).toEqual([
    [7, 8],
    [0, 2],
  ]);
});

test('a logarithm that is not chosen: chosen operands keep its infinite slope out', () => {
  const zero = (b: Builder) => b.constant(0);
  const once = at([0, 2], (b, x) => b.where(b.greater(x, zero(b)), b.log(x), zero(b)));
  expect(once).toEqual({ y: [0, Math.log(2)], dx: [Number.NaN, 0.5] });
  const twice = at([0, 2], (b, x) => {
    const isAbove = b.greater(x, zero(b));
    return b.where(isAbove, b.log(b.where(isAbove, x, b.constant(1))), zero(b));
  });
  expect(twice).toEqual({ y: [0, Math.log(2)], dx: [0, 0.5] });
});

test('NaN is never hidden', () => {
  for (const op of ['relu', 'relu6', 'abs', 'softplus', 'elu', 'max'] as const) {
    const b = new Builder();
    const x = b.log(b.constant([-1, 1], [2])); // NaN, 0
    const y = op === 'max' ? b.max(x, b.constant(0)) : op === 'elu' ? b.elu(x, { alpha: 1 }) : b[op](x);
    expect(new Plan(b.graph, [y]).run().value(y)[0], op).toBeNaN();
    const reduced = b.reduceMax(x, { axes: [0], keepDims: false });
    expect(new Plan(b.graph, [reduced]).run().value(reduced)[0]).toBeNaN();
  }
});

describe('convolution', () => {
  const attrs = (inputSize: number[], kernelSize: number[]) => ({
    inputSize,
    kernelSize,
    stride: [1, 1],
    padLow: [0, 0],
    padHigh: [0, 0],
    dilation: [1, 1],
    groups: 1,
  });
  const value = (build: (b: Builder) => NodeId): number[] => {
    const b = new Builder();
    const y = build(b);
    return [...new Plan(b.graph, [y]).run().value(y)];
  };

  test('is a cross-correlation: the kernel is not flipped', () => {
    const y = value((b) =>
      b.conv(
        b.constant([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3]),
        b.constant([1, 2, 3, 4], [1, 1, 2, 2]),
        attrs([3, 3], [2, 2]),
      ),
    );
    expect(y).toEqual([37, 47, 67, 77]);
  });

  test('transposed: a 2×2 input of ones with the kernel 1 2 3 4 gives 1 3 2 4 10 6 3 7 4', () => {
    const y = value((b) =>
      b.convTranspose(
        b.constant(1, [1, 1, 2, 2]),
        b.constant([1, 2, 3, 4], [1, 1, 2, 2]),
        attrs([3, 3], [2, 2]),
      ),
    );
    expect(y).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4]);
  });

  test('is told apart from what does not fit', () => {
    expect(() =>
      value((b) => b.conv(b.constant(1, [1, 1, 2, 2]), b.constant(1, [1, 1, 3, 3]), attrs([2, 2], [3, 3]))),
    ).toThrow('a kernel that reaches over 3 does not fit into 2 along spatial axis 0');
    expect(() =>
      value((b) => b.conv(b.constant(1, [1, 2, 3, 3]), b.constant(1, [1, 1, 2, 2]), attrs([3, 3], [2, 2]))),
    ).toThrow('2 input channels, 1 output channels and a kernel of 1×1 do not fit in 1 group');
  });
});

test('sums along axes run both ways', () => {
  expect(at([1, 2, 3], (b, x) => b.cumsum(x, { axis: 0, reverse: false })).y).toEqual([1, 3, 6]);
  expect(at([1, 2, 3], (b, x) => b.cumsum(x, { axis: 0, reverse: true })).y).toEqual([6, 5, 3]);
  expect(at([1, 2, 4], (b, x) => b.variance(x, { axes: [0], keepDims: false })).y[0]).toBeCloseTo(14 / 9, 14);
});

test('the mask of a dropout is the same everywhere: that of its seed', () => {
  // the hash of training.ts in exact integers of another language
  const masks: [number, number[]][] = [
    [3, [1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0]],
    [2 ** 32 - 7, [1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]],
  ];
  for (const [seed, mask] of masks) {
    const { y, dx } = at(Array(16).fill(1), (b, x) => b.dropout(x, { rate: 0.5, seed }));
    expect([y, dx]).toEqual([mask.map((m) => 2 * m), mask.map((m) => 2 * m)]);
  }
});

test('variance and standardisation subtract the mean first: two numbers that differ in their last bit', () => {
  const x = [2 ** 27, 2 ** 27 + 2 ** -24]; // the mean lies between them; x² would need 106 bits
  expect(at(x, (b, leaf) => b.variance(leaf, { axes: [0], keepDims: false })).y).toEqual([2 ** -50]);
  expect(at(x, (b, leaf) => b.standardize(leaf, { axes: [0], epsilon: 0 })).y).toEqual([-1, 1]);
});

describe('at the ends of the numbers', () => {
  test('a norm whose squares overflow or vanish is right, and so is its derivative', () => {
    for (const scale of [1e200, 1e-200, 1]) {
      const { y, dx } = at([3 * scale, 4 * scale], (b, x) => b.norm(x, { axes: [0], keepDims: false }));
      expect(y[0] / scale).toBeCloseTo(5, 14);
      expect(dx[0]).toBeCloseTo(0.6, 14);
      expect(dx[1]).toBeCloseTo(0.8, 14);
    }
  });

  test('the logarithm of a sum of nothing but zeros is −∞', () => {
    const all = { axes: [0], keepDims: false };
    expect(at([0, 0], (b, x) => b.logSumExp(b.log(x), all)).y).toEqual([Number.NEGATIVE_INFINITY]);
  });

  // FL = −(1 − p) log p: FL″ = 2/p + (1 − p)/p² = 2 at p = 1
  test('the focal loss at p = 1 has its second derivative', () => {
    const b = new Builder();
    const p = b.parameter('p', []);
    const [first] = grad(b, b.focalLoss(p, { gamma: 1, alpha: 1 }), [p]);
    const [second] = grad(b, first, [p]);
    expect(new Plan(b.graph, [second]).set('p', [1]).run().value(second)[0]).toBe(2);
  });
});
