/** Contractions and parts of tensors: sums by hand, what is summed when, and what is refused. */

import { describe, expect, test } from 'vitest';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';
import { einsum, split, stack, tensordot, unstack } from '../src/ops/tensors.ts';
import { Plan } from '../src/run/plan.ts';

const value = (b: Builder, id: NodeId): number[] => [...new Plan(b.graph, [id]).run().value(id)];
const shapeOf = (b: Builder, id: NodeId) => b.graph.node(id).shape;
const counting = (b: Builder, shape: number[], name?: string): NodeId => {
  const size = shape.reduce((product, n) => product * n, 1);
  return b.constant(
    Array.from({ length: size }, (_, i) => i + 1),
    shape,
    name,
  );
};

describe('split', () => {
  const b = new Builder();
  const x = b.input('x', [2, 3]);
  test.each<[number | number[], string]>([
    [0, '0 equal parts'],
    [-1, '-1 equal parts'],
    [2, '2 equal parts'],
    [1.5, '1.5 equal parts'],
    [[4, -1], 'parts of [4,-1]'],
    [[-1, 4], 'parts of [-1,4]'],
    [[1.5, 1.5], 'parts of [1.5,1.5]'],
    [[1, 1], 'parts of [1,1]'],
    [[], 'parts of []'],
  ])('into %j parts is refused', (parts, wanted) => {
    expect(() => split(b, x, parts, 1)).toThrow(`axis 1 of x has 3 entries, which are not ${wanted}`);
  });

  test('a part may be empty, and so may all of it', () => {
    expect(split(b, x, [0, 3], 1).map((id) => shapeOf(b, id))).toEqual([
      [2, 0],
      [2, 3],
    ]);
    expect(split(b, b.input('none', [0, 2]), 2).map((id) => shapeOf(b, id))).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });
});

describe('stack', () => {
  const b = new Builder();
  const [x, y, z] = [b.input('x', [2, 3]), b.input('y', [2, 3]), b.input('z', [3, 2])];
  test.each<[NodeId[], number, string]>([
    [[x, y], 3, 'stack of x (2×3) and its like: the new axis is 3, expected 0 to 2'],
    [[x, y], -1, 'stack of x (2×3) and its like: the new axis is -1, expected 0 to 2'],
    [[x, y], 0.5, 'stack of x (2×3) and its like: the new axis is 0.5, expected 0 to 2'],
    [[x, y, z], 0, 'stack of x (2×3) and z (3×2): the shapes differ'],
    [[], 0, 'stack takes one tensor or more, 0 given'],
  ])('of %j along axis %d is refused', (xs, axis, message) => {
    expect(() => stack(b, xs, axis)).toThrow(message);
  });

  test('along the last axis interleaves', () => {
    const stacked = stack(b, [counting(b, [2, 2]), b.constant(0, [2, 2])], 2);
    expect([shapeOf(b, stacked), value(b, stacked)]).toEqual([
      [2, 2, 2],
      [1, 0, 2, 0, 3, 0, 4, 0],
    ]);
  });
});

test('unstack takes entries along any axis, without it; stack puts them back', () => {
  const b = new Builder();
  const x = counting(b, [2, 3, 4]);
  for (const axis of [0, 1, 2]) {
    const parts = unstack(b, x, axis);
    expect(parts.map((id) => shapeOf(b, id))).toEqual(
      Array([2, 3, 4][axis]).fill([2, 3, 4].filter((_, i) => i !== axis)),
    );
    const back = stack(b, parts, axis);
    expect([shapeOf(b, back), value(b, back)]).toEqual([[2, 3, 4], value(b, x)]);
  }
  expect(value(b, unstack(b, x, 1)[2])).toEqual([9, 10, 11, 12, 21, 22, 23, 24]);
  expect(() => unstack(b, x, 3)).toThrow('3 is no axis of');
});

describe('einsum', () => {
  test('two operands are one product', () => {
    const b = new Builder();
    const [M, v] = [counting(b, [2, 3]), counting(b, [3])];
    const before = b.graph.size;
    einsum(b, 'ij,j->i', M, v);
    expect(b.graph.size - before).toBe(1);
  });

  test('a letter is summed over as soon as nothing needs it any more', () => {
    const b = new Builder();
    const y = einsum(b, 'ij,jk,kl->il', counting(b, [2, 3]), counting(b, [3, 4]), counting(b, [4, 5]));
    const products = b.graph.nodes.filter((node) => node.op === 'einsum');
    expect(products.map((node) => node.shape)).toEqual([
      [2, 4], // j is gone
      [2, 5],
    ]);
    // row 1 of the first product is 38 44 50 56; its product with the first column 1 6 11 16
    expect(value(b, y)[0]).toBe(38 + 44 * 6 + 50 * 11 + 56 * 16);
  });

  test('letters of the result and of operands that follow are kept', () => {
    const b = new Builder();
    const y = einsum(b, 'ij,jk,ik->jk', counting(b, [2, 2]), counting(b, [2, 2]), counting(b, [2, 2]));
    // y_jk = Σ_i A_ij B_jk C_ik with A = B = C = (1 2; 3 4)
    expect(value(b, y)).toEqual([1 + 9, 2 * 2 + 3 * 2 * 4, 2 * 3 + 4 * 3 * 3, 2 * 4 * 2 + 4 * 4 * 4]);
  });

  test.each([
    ['2ij->i', 'expected axes as letters, such as ij,jk->ik'],
    ['ij->i2', 'expected axes as letters, such as ij,jk->ik'],
    ['ij', 'expected axes as letters, such as ij,jk->ik'],
  ])('%s is refused', (formula, detail) => {
    const b = new Builder();
    expect(() => einsum(b, formula, b.input('x', [2, 2]))).toThrow(`einsum "${formula}": ${detail}`);
  });

  test('operands that do not fit the formula are named', () => {
    const b = new Builder();
    const [x, v] = [b.input('x', [2, 3]), b.input('v', [2])];
    expect(() => einsum(b, 'ij,j->i', x)).toThrow('einsum "ij,j->i" takes 2 operands, 1 given');
    expect(() => einsum(b, 'i->i', x)).toThrow('einsum "i->i": x is 2×3, expected the axes i');
    expect(() => einsum(b, '->', x)).toThrow('einsum "->": x is 2×3, expected a scalar');
    expect(() => einsum(b, 'ij,j->i', x, v)).toThrow('einsum "ij,j->i": j is 3 long, but 2 in v');
    expect(() => einsum(b, 'ij->ik', x)).toThrow('einsum "ij->ik": k of the result is in no operand');
  });

  test('products of more than eight axes on the way: what to do', () => {
    const b = new Builder();
    const of = (name: string, rank: number) => b.input(name, Array(rank).fill(2));
    const [x, y, z] = [of('x', 5), of('y', 5), of('z', 9 - 1)];
    expect(() => einsum(b, 'abcde,fghij,abcdfghi->ej', x, y, z)).toThrow(
      'einsum "abcde,fghij,abcdfghi->ej": the product of the first 2 operands has the 10 axes abcdefghij, at most 8 are allowed; order them so that axes are summed over sooner',
    );
    expect(shapeOf(b, einsum(b, 'abcde,abcdfghi,fghij->ej', x, z, y))).toEqual([2, 2]);
    expect(() => einsum(b, 'abcde,efghij->abcdefghi', x, of('w', 6))).toThrow(
      'einsum "abcde,efghij->abcdefghi": the result has the 9 axes abcdefghi, at most 8 are allowed',
    );
  });
});

describe('tensordot', () => {
  test('the axes that are left: those of the first, then those of the second', () => {
    const b = new Builder();
    const [a, c] = [counting(b, [2, 3]), counting(b, [4, 3])];
    const y = tensordot(b, a, c, [[1], [1]]);
    expect(shapeOf(b, y)).toEqual([2, 4]);
    // rows 123 456 times rows 123 456 789 10,11,12
    expect(value(b, y)).toEqual([14, 32, 50, 68, 32, 77, 122, 167]);
    const first = tensordot(b, a, counting(b, [2, 1, 2]), [[0], [2]]);
    expect(shapeOf(b, first)).toEqual([3, 2, 1]);
    expect(value(b, first)).toEqual([1 + 8, 3 + 16, 2 + 10, 6 + 20, 3 + 12, 9 + 24]);
  });

  test('over no axes it is the outer product', () => {
    const b = new Builder();
    const y = tensordot(b, counting(b, [2]), counting(b, [3]), [[], []]);
    expect([shapeOf(b, y), value(b, y)]).toEqual([
      [2, 3],
      [1, 2, 3, 2, 4, 6],
    ]);
  });

  test.each<[number[], number[]]>([
    [[0], [0]], // 2 and 3
    [[1], [0, 1]],
    [[5], [0]],
    [[0], [5]],
    [[5], [7]],
    [
      [1, 1],
      [0, 1],
    ],
    [
      [1, 2],
      [0, 0],
    ],
  ])('over the axes %j and %j it is refused', (ofA, ofC) => {
    const b = new Builder();
    const [a, c] = [b.input('a', [2, 3, 3]), b.input('c', [3, 3])];
    expect(() => tensordot(b, a, c, [ofA, ofC])).toThrow(
      `tensordot of a (2×3×3) and c (3×3): axes [${ofA}] and [${ofC}] are not pairs of equal size`,
    );
  });
});
