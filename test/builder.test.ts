/** What the builder keeps while it appends: values given, names, scopes, the variable being defined; also after an error. */

import { describe, expect, test } from 'vitest';
import { GradpathError } from '../src/graph/error.ts';
import { Builder } from '../src/ops/builder.ts';
import { defineOp } from '../src/ops/custom.ts';

describe('a constant', () => {
  test.each<[number | number[], number[], string]>([
    [Number.NaN, [], 'c: element 1 is NaN, expected a finite number'],
    [Number.POSITIVE_INFINITY, [2], 'c: element 1 is Infinity, expected a finite number'],
    [[Number.NEGATIVE_INFINITY, 1], [2], 'c: element 1 is -Infinity, expected a finite number'],
    [[1, 2, Number.NaN], [3], 'c: element 3 is NaN, expected a finite number'],
  ])('%j of shape %j is refused', (value, shape, message) => {
    expect(() => new Builder().constant(value, shape, 'c')).toThrow(new GradpathError('value', message, 'c'));
  });

  test('without a name is called constant', () => {
    expect(() => new Builder().constant([Number.NaN], [1])).toThrow('constant: element 1 is NaN');
  });

  test('holds the numbers as they were when it was made', () => {
    const b = new Builder();
    const given = [1, 2];
    const id = b.constant(given, [2]);
    given[0] = 7;
    expect(b.graph.node(id).attrs.value).toEqual([1, 2]);
  });
});

test('a leaf of a name that is taken is not appended at all', () => {
  const b = new Builder();
  b.parameter('W', []);
  expect(() => b.parameter('W', [2])).toThrow(
    new GradpathError('name', 'W: the name is taken already; give each variable its own', 'W'),
  );
  expect(b.graph.nodes.length).toBe(1);
  b.constant(1); // two leaves without a name are no clash
  b.constant(1);
  expect(b.graph.nodes.length).toBe(3);
});

test('scopes nest, and end with what is built in them', () => {
  const b = new Builder();
  const inner = b.within('t=2', () => b.within('gate i', () => b.constant(1)));
  const outer = b.within('t=2', () => b.constant(2));
  const none = b.constant(3);
  expect([inner, outer, none].map((id) => b.graph.node(id).scope)).toEqual(['t=2/gate i', 't=2', '']);
});

test('after an error the scope and the variable being defined are as before', () => {
  const b = new Builder();
  const [x, z] = [b.input('x', [2]), b.input('z', [3])];
  expect(() => b.within('t=1', () => b.define('y', () => b.add(x, z)))).toThrow('y: add of x (2) and z (3)');
  expect(() => b.add(x, z)).toThrow(/^add of x \(2\) and z \(3\)/);
  const outer = () => {
    b.define('v', () => b.constant(1));
    return b.add(x, z);
  };
  expect(() => b.define('u', outer)).toThrow(/^u: add of x/);
  expect(b.graph.node(b.constant(1)).scope).toBe('');
  expect(b.graph.node(b.constant(1)).adjointOf).toBeUndefined();
});

test('what is appended for a derivative has the scope of its forward node, and links to it', () => {
  const b = new Builder();
  const x = b.within('t=1', () => b.input('x', []));
  const g = b.within('t=5', () => b.adjoint(x, () => b.constant(1)));
  expect(b.graph.node(g)).toMatchObject({ scope: 't=1', adjointOf: x });
  expect(() => b.adjoint(x, () => b.constant(Number.NaN))).toThrow();
  expect(b.graph.node(b.constant(1)).adjointOf).toBeUndefined();
});

test('an operand that is no node is told', () => {
  const b = new Builder();
  const x = b.input('x', []);
  for (const id of [99, -1, 0.5]) expect(() => b.add(x, id), String(id)).toThrow(GradpathError);
});

test('an error in the shape of an op of one’s own is not taken for a misfit', () => {
  const broken = defineOp({
    name: 'brokenShape',
    arity: 1,
    shape: () => {
      throw new RangeError('not of this engine');
    },
    kernel: () => () => {},
  });
  const b = new Builder();
  expect(() => broken(b, [b.constant(1)])).toThrow(new RangeError('not of this engine'));
});
