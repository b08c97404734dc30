/** The summands of an adjoint: one for each use of a node on the way to y, each a node one can look at. */

import { expect, test } from 'vitest';
import { backward } from '../src/autodiff/grad.ts';
import { Builder } from '../src/ops/builder.ts';
import { einsum } from '../src/ops/tensors.ts';
import { Plan } from '../src/run/plan.ts';

test('of E = x² z + x: by the sum 1, by the product z x at each of two slots, the latest use first', () => {
  const b = new Builder();
  const [x, z, unused] = [b.parameter('x', []), b.input('z', []), b.parameter('unused', [])];
  const square = b.mul(x, x);
  const product = b.mul(square, z);
  const E = b.add(product, x);
  b.exp(x); // not on the way to E
  const adjoints = backward(b, E, [x, unused]);
  const terms = adjoints.terms(x);
  expect(terms.map(({ consumer, slot }) => [consumer, slot])).toEqual([
    [E, 1],
    [square, 0],
    [square, 1],
  ]);
  const total = adjoints.of(x)!;
  const plan = new Plan(b.graph, [...terms.map(({ node }) => node), total]).setAll({ x: 3, z: 5 }).run();
  expect(terms.map(({ node }) => plan.value(node)[0])).toEqual([1, 15, 15]);
  expect(plan.value(total)[0]).toBe(31);
  for (const id of [unused, z, E]) expect(adjoints.terms(id)).toEqual([]); // not asked for, or y itself
  expect(adjoints.of(unused)).toBeUndefined();
});

test('a variable after y is one that y does not depend on', () => {
  const b = new Builder();
  const x = b.parameter('x', []);
  const y = b.square(x);
  const later = b.exp(y);
  const adjoints = backward(b, y, [x, later]);
  expect(adjoints.of(later)).toBeUndefined();
  expect(adjoints.terms(x)).toHaveLength(1);
});

test('products of einsum have as many axes as a tensor may have, on the way as well', () => {
  const b = new Builder();
  const ones = (rank: number) => b.constant(1, Array<number>(rank).fill(1));
  const outer = einsum(b, 'abcd,efgh->abcdefgh', ones(4), ones(4));
  expect(b.graph.node(outer).shape).toEqual(Array(8).fill(1));
  const summed = einsum(b, 'abcd,efgh,abcdefgh->a', ones(4), ones(4), outer);
  const nine = () => einsum(b, 'abcd,efghi->abcdefghi', ones(4), ones(5));
  expect(nine).toThrow(/the result has the 9 axes abcdefghi, at most 8 are allowed$/); // no order helps
  expect([...new Plan(b.graph, [summed]).run().value(summed)]).toEqual([1]);
});
