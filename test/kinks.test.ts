/** Which nodes are reported as sitting on a kink: only those on the way, at exactly that value, with what is taken there. */

import { describe, expect, test } from 'vitest';
import { type Kink, kinks } from '../src/autodiff/kinks.ts';
import { kinkText } from '../src/chain/anomaly-text.ts';
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

describe('ties in the windows of a max pool', () => {
  const pool = (b: Builder, x: NodeId) =>
    b.maxPool(b.reshape(x, { shape: [1, 2, 4] }), {
      inputSize: [4],
      kernelSize: [2],
      stride: [2],
      padLow: [0],
      padHigh: [0],
      dilation: [1],
    });

  test('each window with several largest cells, in each channel', () => {
    expect(of(pool, [1, 2, 3, 3, 5, 5, 7, 6])).toEqual([['maxPool', 'tie', [1, 2], 1]]);
    expect(of(pool, [1, 2, 3, 4, 5, 6, 7, 8])).toEqual([]);
  });

  test('but not of cells that do not change: what relu has cut off', () => {
    const cut = (b: Builder, x: NodeId) => pool(b, b.relu(x));
    expect(of(cut, [-1, -2, -3, -1, 5, 6, 7, 6])).toEqual([]);
    expect(of(cut, [-1, -2, -3, -1, 5, 6, 7, 7])).toEqual([['maxPool', 'tie', [3], 1]]);
  });

  test('in words', () => {
    const b = new Builder();
    const x = b.parameter('x', [8]);
    const y = b.define('P', () => pool(b, x));
    const found = kinks(b, { x: [1, 1, 2, 3, 4, 5, 6, 7] }, all(b, y), [x]);
    expect(found.map((kink) => kinkText(b.graph, kink))).toEqual([
      'maxPool of equals in P[1,1,1]: the derivative there is taken as 1 by the first, 0 by the others',
    ]);
  });
});

describe('comparisons of equals', () => {
  test.each(['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual'] as const)('%s', (op) => {
    const chosen = (b: Builder, x: NodeId) => b.where(b[op](x, b.constant(2)), b.square(x), x);
    expect(of(chosen, [1, 2, 3, 2])).toEqual([[op, 'tie', [1, 3], 0]]);
    expect(of(chosen, [1, 3])).toEqual([]);
  });

  test('of one node with itself, and of what does not change, are none', () => {
    expect(of((b, x) => b.where(b.greater(x, x), b.square(x), x), [1, 2])).toEqual([]);
    expect(of((b, x) => b.where(b.greater(b.sign(x), b.constant(1)), b.square(x), x), [1, 2])).toEqual([]);
  });

  test('a bend that only a comparison sees is none, but a jump that it sees is one', () => {
    const sees = (b: Builder, x: NodeId, seen: NodeId) =>
      b.where(b.greater(seen, b.constant(0.5)), b.square(x), x);
    expect(of((b, x) => sees(b, x, b.square(b.relu(x))), [0, 1])).toEqual([]);
    expect(of((b, x) => sees(b, x, b.step(x)), [0, 1])).toEqual([['step', 0, [0], 0]]);
  });
});

describe('powers at 0', () => {
  const power = (exponent: number) => (b: Builder, x: NodeId) => b.power(x, { exponent });
  test.each<[number, unknown[]]>([
    [0.5, [['power', 0, [1], Number.POSITIVE_INFINITY]]],
    [1.5, [['power', 0, [1], 0]]], // there is nothing to the left
    [0, []],
    [1, []],
    [2, []],
    [3, []],
  ])('to %d', (exponent, expected) => {
    expect(of(power(exponent), [1, 0])).toEqual(expected);
  });

  test('of two operands, by the exponent of each element', () => {
    const exponents = (b: Builder) => b.constant([0.5, 2, 0.5], [3]);
    expect(of((b, x) => b.pow(x, exponents(b)), [0, 0, 1])).toEqual([
      ['pow', 0, [0], Number.POSITIVE_INFINITY],
    ]);
    const base = (b: Builder) => b.constant([0, 1], [2]);
    expect(of((b, x) => b.pow(base(b), x), [0.5, 0.5])).toEqual([]); // 0 stays 0
  });
});

describe('far from 0', () => {
  test.each([1e9, 1e10, 1e15, -1e12])('clip at %d', (at) => {
    const bound = (b: Builder, x: NodeId) => b.clip(x, { low: Math.min(0, at), high: Math.max(0, at) });
    expect(of(bound, [at, at / 2])).toEqual([['clip', at, [0], 1]]);
  });

  test('ties', () => {
    expect(of((b, x) => b.max(x, b.constant(1e12)), [1e12, 1])).toEqual([['max', 'tie', [0], 0.5]]);
  });
});

describe('where the function is smooth after all', () => {
  test.each<[string, (b: Builder, x: NodeId) => NodeId]>([
    ['the maximum of one node and itself', (b, x) => b.max(x, x)],
    ['of two nodes that are the same', (b, x) => b.min(b.affine(x, { scale: 2, shift: 0 }), b.add(x, x))],
    ['relu behind a stop', (b, x) => b.mul(x, b.stopGradient(b.relu(x)))],
    ['sign behind a stop', (b, x) => b.mul(x, b.stopGradient(b.sign(x)))],
    ['relu before a stop', (b, x) => b.mul(x, b.relu(b.stopGradient(x)))],
    ['relu of what is constant there', (b, x) => b.add(x, b.relu(b.affine(x, { scale: 0, shift: 0 })))],
    [
      'the largest of what relu has cut off',
      (b, x) => b.reduceMax(b.relu(b.affine(x, { scale: 1, shift: -5 })), { axes: [0], keepDims: true }),
    ],
  ])('%s', (_, build) => {
    expect(of(build, [0, 3, 0])).toEqual([]);
  });

  test('but a stop is a constant to what is beside it', () => {
    expect(of((b, x) => b.max(x, b.stopGradient(x)), [1])).toEqual([['max', 'tie', [0], 0.5]]);
  });

  test('of three equals, two of which are always equal, all count', () => {
    const three = (b: Builder, x: NodeId) =>
      b.reduceMax(b.gather(x, { axis: 0, indices: [0, 0, 1] }), { axes: [0], keepDims: true });
    expect(of(three, [2, 1])).toEqual([]);
    expect(of(three, [2, 2])).toEqual([['reduceMax', 'tie', [0], 1 / 3]]);
  });
});

test('one that is left to one side alone counts', () => {
  expect(of((b, x) => b.relu(b.relu(x)), [0, 1])).toEqual([
    ['relu', 0, [0], 0],
    ['relu', 0, [0], 0],
  ]);
});

test('the variable is the next one computed from it', () => {
  const b = new Builder();
  const x = b.parameter('x', [1]);
  const y = b.relu(x);
  b.define('first', () => b.square(b.sin(y)));
  const second = b.define('second', () => b.tanh(y));
  const E = b.define('E', () => all(b, b.add(b.graph.idOf('first'), second)));
  expect(kinks(b, { x: [0] }, E, [x]).map(({ variable }) => variable)).toEqual(['first']);
});

describe('by which variables', () => {
  test('also by computed ones, which move by themselves', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const H = b.define('H', () => b.concat(x, x, { axis: 0 }));
    const E = all(b, b.reduceMax(H, { axes: [0], keepDims: true }));
    expect(kinks(b, { x: [1, 2] }, E, [H]).map(brief)).toEqual([['reduceMax', 'tie', [0], 0.5]]);
    expect(kinks(b, { x: [1, 2] }, E, [x])).toEqual([]); // the two are one
    expect(kinks(b, { x: [1, 2] }, E, [])).toEqual([]);
  });
});
