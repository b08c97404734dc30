/** What decides whether a node on a kink is reported: the values beside it, on both sides, and the way to the target. */

import { expect, test } from 'vitest';
import { type Kink, kinks } from '../src/autodiff/kinks.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';

const brief = ({ op, at, elements, derivative }: Kink) => [op, at, elements, derivative];

/** The kinks of y(x) at x, where y is the target itself. */
function at(x: number, y: (b: Builder, x: NodeId) => NodeId) {
  const b = new Builder();
  const leaf = b.parameter('x', []);
  return kinks(b, { x }, y(b, leaf), [leaf]).map(brief);
}

const stacked = (b: Builder, ...xs: readonly NodeId[]): NodeId =>
  b.concat(...xs.map((x) => b.reshape(x, { shape: [1] })), { axis: 0 });

test('a node that leaves its kink to one side alone is on one, whichever side that is', () => {
  // |min(x, 0)| is 0 to the right of 0 and −x to the left, |max(x, 0)| the other way round
  for (const op of ['min', 'max'] as const) {
    expect(at(0, (b, x) => b.abs(b[op](x, b.constant(0))))).toEqual([
      [op, 'tie', [0], 0.5],
      ['abs', 0, [0], 0],
    ]);
  }
});

test('what is equal wherever x is makes no tie, also where that is the target', () => {
  for (const op of ['reduceMax', 'reduceMin'] as const) {
    expect(
      at(1, (b, x) => b[op](stacked(b, x, x), { axes: [0], keepDims: false })),
      op,
    ).toEqual([]);
    const square = (b: Builder, x: NodeId) =>
      b[op](stacked(b, x, b.square(x)), { axes: [0], keepDims: false });
    expect(at(1, square), op).toEqual([[op, 'tie', [0], 0.5]]);
    expect(at(2, square), op).toEqual([]);
  }
});

test('the branches of a choice bend the target, its condition does not', () => {
  const chosen = (b: Builder, x: NodeId) => b.where(b.constant(1), b.abs(x), b.constant(3));
  expect(at(0, chosen)).toEqual([['abs', 0, [0], 0]]);
  expect(at(0, (b, x) => b.where(b.affine(b.abs(x), { scale: 1, shift: 1 }), x, b.square(x)))).toEqual([]);
});

test('a variable before the target that it does not use is passed over', () => {
  const b = new Builder();
  const [unused, x] = [b.parameter('unused', []), b.parameter('x', [])];
  b.relu(unused);
  const y = b.abs(x);
  expect(kinks(b, { unused: 0, x: 0 }, y, [unused, x]).map(brief)).toEqual([['abs', 0, [0], 0]]);
  expect(kinks(b, { unused: 0, x: 0 }, y, [unused])).toEqual([]);
});
