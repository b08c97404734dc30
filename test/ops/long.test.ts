/** Sums of a million terms in float32: what rounds is the result, not each addition. */

import { expect, test } from 'vitest';
import { vjp } from '../../src/autodiff/grad.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { maxRelativeError } from '../../src/interop/compare.ts';
import { uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan, type PlanOptions } from '../../src/run/plan.ts';

const N = 1_000_000;
const LONG = 100_003; // no power of two: single additions of equal terms then drift

/** Numbers that float32 holds, from 0.1 to 0.3: all of one sign, so that nothing cancels. */
function drawn(size: number, seed: number): number[] {
  const random = uniform(seed);
  return Array.from({ length: size }, () => Math.fround(0.1 + 0.2 * random()));
}

type Build = (b: Builder, x: (...shape: number[]) => NodeId) => NodeId;

/** The largest error of an element in float32, relative to float64. */
function worstError(build: Build, options: PlanOptions): number {
  const b = new Builder();
  const leaves: { readonly id: NodeId; readonly size: number }[] = [];
  const y = build(b, (...shape) => {
    const id = b.input(`x_${leaves.length}`, shape);
    leaves.push({ id, size: shape.reduce((size, n) => size * n, 1) });
    return id;
  });
  const [double, single] = (['float64', 'float32'] as const).map((dtype) => {
    const plan = new Plan(b.graph, [y], { ...options, dtype });
    for (const { id, size } of leaves) plan.set(id, drawn(size, id));
    return plan.run().value(y);
  });
  expect(single).toBeInstanceOf(Float32Array);
  return maxRelativeError(single, double, 0);
}

const all = { axes: [0], keepDims: false } as const;
/** Windows of K over 2 K − 1 cells: K of them, all over the middle cell. */
const K = 600;
const windows = {
  inputSize: [2 * K - 1],
  kernelSize: [K],
  stride: [1],
  padLow: [0],
  padHigh: [0],
  dilation: [1],
};
const wide = { ...windows, inputSize: [LONG], kernelSize: [LONG] };
const inOne = { ...wide, groups: 1 };
const factors = drawn(LONG, 1).map((x) => Math.fround(1 + 1e-5 * x));
const low = drawn(LONG, 2).map((x) => Math.fround(x - Math.log(LONG)));
const tenth = Math.fround(0.1); // equal terms drift to one side
const peak = Array.from({ length: 2 * K - 1 }, (_, i) => (i === K - 1 ? 1 : 0));

const reductions: readonly (readonly [string, Build])[] = [
  ['sum', (b, x) => b.sum(x(N), all)],
  ['sum along an axis', (b, x) => b.sum(x(LONG, 2), all)],
  ['sumTo', (b, x) => b.sumTo(x(LONG, 2), { shape: [2] })],
  ['total', (b, x) => b.total(...Array(10_001).fill(x(2)))],
  ['mean', (b, x) => b.mean(x(N), all)],
  ['mean along an axis', (b, x) => b.mean(x(LONG, 2), all)],
  ['variance', (b, x) => b.variance(x(LONG, 2), all)],
  ['norm', (b, x) => b.norm(x(LONG, 2), all)],
  ['logSumExp', (b) => b.logSumExp(b.constant(low, [LONG]), all)], // near 0, where its digits show
  ['standardize', (b, x) => b.mean(b.square(b.standardize(x(LONG, 2), { axes: [0], epsilon: 1 })), all)],
  ['cumsum', (b, x) => b.cumsum(x(LONG, 2), { axis: 0, reverse: false })],
  ['cumsum, reversed', (b, x) => b.cumsum(x(LONG), { axis: 0, reverse: true })],
  ['prod', (b) => b.prod(b.constant(factors, [LONG]), all)],
  ['prodOfOthers', (b) => b.prodOfOthers(b.constant(factors, [LONG]), { axes: [0] })],
  ['scatterAdd', (b, x) => b.scatterAdd(x(LONG, 2), { axis: 0, size: 1, indices: Array(LONG).fill(0) })],
  ['matmul of vectors', (b, x) => b.matmul(x(N), x(N))],
  ['matmul of a matrix and a vector', (b, x) => b.matmul(x(5, LONG), x(LONG))],
  ['matmul of a vector and a matrix', (b, x) => b.matmul(x(LONG), x(LONG, 2))],
  ['matmul of matrices', (b, x) => b.matmul(x(2, LONG), x(LONG, 2))],
  ['matmul of stacks', (b, x) => b.matmul(x(2, 1, LONG), x(LONG, 2))],
  [
    'einsum',
    (b, x) => b.einsum(x(2, LONG), x(LONG), { left: [0, 1], right: [1], result: [0], sizes: [2, LONG] }),
  ],
  ['conv', (b, x) => b.conv(x(1, 1, LONG), x(5, 1, LONG), inOne)],
  [
    'conv, over channels',
    (b, x) => b.conv(x(1, LONG, 1), x(1, LONG, 1), { ...inOne, inputSize: [1], kernelSize: [1] }),
  ],
  ['convTranspose', (b, x) => b.convTranspose(x(1, 1, K), x(1, 1, K), { ...windows, groups: 1 })],
  [
    'convFilter',
    (b, x) => b.convFilter(x(LONG, 1, 1), x(LONG, 5, 1), { ...inOne, inputSize: [1], kernelSize: [1] }),
  ],
  ['avgPool', (b, x) => b.avgPool(x(1, 1, LONG), wide)],
  ['avgPoolAdjoint', (b) => b.avgPoolAdjoint(b.constant(tenth, [1, 1, K]), windows)],
  [
    'maxPoolScatter',
    (b) => {
      const at = b.maxPoolScatter(b.constant(peak, [1, 1, 2 * K - 1]), b.constant(tenth, [1, 1, K]), windows);
      return b.slice(at, { begin: [0, 0, K - 1], size: [1, 1, 1] });
    },
  ],
  ['softmax', (b, x) => b.softmax(x(2, LONG))],
  ['logSoftmax', (b, x) => b.logSoftmax(x(2, LONG))],
  ['crossEntropy', (b, x) => b.crossEntropy(x(N), x(N))],
  ['softmaxCrossEntropy', (b, x) => b.softmaxCrossEntropy(x(N), x(N))],
  ['meanSquaredError', (b, x) => b.meanSquaredError(x(N), b.affine(x(N), { scale: -1, shift: 0 }))],
];

test.each(reductions)('%s, 1e-6', (_, build) => {
  expect(worstError(build, { mode: 'inspect' })).toBeLessThan(1e-6);
});

/** What a variable used at each of many steps receives: Σ g, Σ A g, Σ Aᵀ g and Σ g hᵀ, which lean runs fuse. */
const STEPS = 10_001;
const times = (b: Builder, term: () => NodeId): NodeId =>
  b.total(...Array.from({ length: STEPS }, () => term()));
const fused: readonly (readonly [string, Build])[] = [
  [
    'plain terms',
    (b, x) => {
      const g = x(3);
      return b.total(b.matmul(x(3, 2), x(2)), ...Array(STEPS).fill(g));
    },
  ],
  [
    'A b',
    (b, x) => {
      const [A, g] = [x(3, 2), x(2)];
      return times(b, () => b.matmul(A, g));
    },
  ],
  [
    'Aᵀ b',
    (b, x) => {
      const [A, g] = [x(2, 3), x(2)];
      return times(b, () => b.matmul(b.transpose(A, { perm: [1, 0] }), g));
    },
  ],
  [
    'a bᵀ',
    (b, x) => {
      const [g, h] = [x(3), x(2)];
      return times(b, () => b.outer(g, h));
    },
  ],
  [
    'A b, times the slope of tanh',
    (b, x) => {
      const [A, g, a] = [x(3, 2), x(2), x(3)];
      return vjp(
        b,
        b.tanh(a),
        [a],
        times(b, () => b.matmul(A, g)),
      )[0];
    },
  ],
];

test.each(fused)('ten thousand terms %s in a lean run, 1e-6', (_, build) => {
  expect(worstError(build, { mode: 'lean' })).toBeLessThan(1e-6);
});
