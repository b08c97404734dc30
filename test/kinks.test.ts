/** Which nodes are reported as sitting on a kink: only those on the way, at exactly that value, with what is taken there. */

import { expect, test } from 'vitest';
import { type Kink, kinks } from '../src/autodiff/kinks.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';
import { defineOp } from '../src/ops/custom.ts';

const all = (b: Builder, x: NodeId): NodeId =>
  b.sum(x, { axes: [...b.graph.node(x).shape.keys()], keepDims: false });

const brief = ({ op, at, elements, derivative }: Kink) => [op, at, elements, derivative];

function of(build: (b: Builder, x: NodeId) => NodeId, x: readonly number[]) {
  const b = new Builder();
  const leaf = b.parameter('x', [x.length]);
  return kinks(b, { x }, all(b, build(b, leaf)), [leaf]).map(brief);
}

test('the target itself may sit on one, directly above the leaf', () => {
  const b = new Builder();
  const x = b.parameter('x', []);
  expect(kinks(b, { x: 0 }, b.abs(x), [x]).map(brief)).toEqual([['abs', 0, [0], 0]]);
});

test('nodes that the target does not need, and variables after it, are left out', () => {
  const b = new Builder();
  const x = b.parameter('x', [1]);
  b.relu(x);
  const E = all(b, b.abs(x));
  const later = b.parameter('later', [1]);
  b.sqrt(later);
  expect(kinks(b, { x: [0], later: [0] }, E, [x, later]).map(brief)).toEqual([['abs', 0, [0], 0]]);
});

test('ties of two: each element where both are equal, for max and min, also broadcast', () => {
  expect(of((b, x) => b.min(x, b.constant(3)), [2, 3, 4, 3])).toEqual([['min', 'tie', [1, 3], 0.5]]);
  expect(of((b, x) => b.max(x, b.constant([1, 2, 3], [3])), [3, 2, 1])).toEqual([['max', 'tie', [1], 0.5]]);
  expect(of((b, x) => b.max(x, b.constant(3)), [2, 4])).toEqual([]);
});

test('ties of several along an axis, by how many are equal', () => {
  const rows = (b: Builder, x: NodeId) =>
    b.reduceMax(b.reshape(x, { shape: [4, 3] }), { axes: [1], keepDims: false });
  expect(of(rows, [1, 2, 2, 5, 5, 5, 1, 2, 3, 7, 7, 0])).toEqual([
    ['reduceMax', 'tie', [0, 3], 0.5],
    ['reduceMax', 'tie', [1], 1 / 3],
  ]);
});

test('a norm has a kink at 0 alone', () => {
  const norm = (b: Builder, x: NodeId) => b.norm(x, { axes: [0], keepDims: false });
  expect(of(norm, [3, -4])).toEqual([]);
  expect(of(norm, [0, 0])).toEqual([['norm', 0, [0], 0]]);
});

test('the op of one’s own has none that is known', () => {
  const twice = defineOp({
    name: 'twiceOf',
    arity: 1,
    kernel:
      ({ x: [a], y }) =>
      () => {
        for (let i = 0; i < y.length; i++) y[i] = 2 * a[i];
      },
    vjp: [({ A, g }) => A.affine(g, { scale: 2, shift: 0 })],
  });
  expect(of((b, x) => twice(b, [x]), [0, 1])).toEqual([]);
});

test('values are compared in float64, also in a graph of float32', () => {
  const b = new Builder('float32');
  const x = b.parameter('x', [1]);
  const E = all(b, b.clip(x, { low: 0.1, high: 1 })); // 0.1 is no float32
  expect(kinks(b, { x: [0.1] }, E, [x]).map(brief)).toEqual([['clip', 0.1, [0], 1]]);
});
