/** Ops of one's own: what they may leave out, what is taken for it, and what is refused. */

import { describe, expect, test } from 'vitest';
import { grad } from '../src/autodiff/grad.ts';
import { Builder } from '../src/ops/builder.ts';
import { type CustomRuleContext, defineOp } from '../src/ops/custom.ts';
import type { KernelContext } from '../src/ops/op.ts';
import { rowOf } from '../src/ops/table.ts';
import { localRule, texOf } from '../src/ops/typeset.ts';
import { Plan } from '../src/run/plan.ts';

type CustomRule = <V>(context: CustomRuleContext<V, object>) => V;

/** y = Σ x over the operands. */
const adding = ({ x, y }: Pick<KernelContext<unknown>, 'x' | 'y'>) => {
  return () => {
    for (let i = 0; i < y.length; i++) y[i] = x.reduce((sum, operand) => sum + operand[i], 0);
  };
};

describe('what is left out', () => {
  test('shape: that of the first operand; tex: a function; symbol: the name; attributes: none', () => {
    const plain = defineOp({ name: 'plainSum', arity: 2, kernel: adding, vjp: [({ g }) => g, ({ g }) => g] });
    const b = new Builder();
    const y = plain(b, [b.constant([1, 2, 3], [3]), b.constant([10, 20, 30], [3])]);
    expect(b.graph.node(y).shape).toEqual([3]);
    expect([...new Plan(b.graph, [y]).run().value(y)]).toEqual([11, 22, 33]);
    expect(texOf('plainSum', ['a', 'b'], {})).toBe('\\operatorname{plainSum}\\left(a, b\\right)');
    expect(rowOf('plainSum')).toMatchObject({ arity: 2, attrs: {}, symbol: 'plainSum' });
  });

  test('no rule at all: the value is there, a derivative is an error', () => {
    const opaque = defineOp({ name: 'opaqueSum', arity: 1, kernel: adding });
    const b = new Builder();
    const x = b.parameter('x', []);
    const y = opaque(b, [x]);
    expect(rowOf('opaqueSum')!.vjp).toEqual([]);
    expect(() => grad(b, y, [x])).toThrow('opaqueSum has no derivative rule for operand 1');
    // where the derivative does not pass through it, it is not asked for one
    const z = b.parameter('z', []);
    const product = b.mul(z, y);
    const [dz] = grad(b, product, [z]);
    expect(new Plan(b.graph, [dz]).setAll({ x: 7, z: 2 }).run().value(dz)[0]).toBe(7);
  });
});

test('what is given is used: shape, tex, symbol, attributes, one rule for all operands', () => {
  const weighted = defineOp({
    name: 'weightedSum',
    arity: 'n',
    attrs: { weight: 'number' },
    shape: () => [2],
    kernel: ({ x, y, attrs: { weight } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = weight * x.reduce((sum, operand) => sum + operand[i], 0);
      };
    },
    vjp: [({ A, g, attrs: { weight } }) => A.affine(g, { scale: weight, shift: 0 })],
    tex: ([x]) => ({ text: `\\omega ${x.text}`, strength: 2 }),
    symbol: 'ω',
  });
  const b = new Builder();
  const [p, q] = [b.parameter('p', [2]), b.parameter('q', [2])];
  const y = b.sum(weighted(b, [p, q, p], { weight: 3 }), { axes: [0], keepDims: false });
  const outputs = [y, ...grad(b, y, [p, q])];
  const plan = new Plan(b.graph, outputs).setAll({ p: [1, 2], q: [10, 20] }).run();
  expect(outputs.map((id) => [...plan.value(id)])).toEqual([[108], [6, 6], [3, 3]]);
  expect(texOf('weightedSum', ['a', 'b'], { weight: 3 })).toBe('\\omega a');
  expect(localRule('weightedSum', 1, { x: ['a', 'b'], y: 'y', g: 'g' }, [[2], [2]], [2], { weight: 3 })).toBe(
    '3\\,g',
  );
  expect(rowOf('weightedSum')).toMatchObject({ arity: 'n', attrs: { weight: 'number' }, symbol: 'ω' });
});

describe('a rule that gives what is no gradient of its operand', () => {
  const vector = [3];
  const E = (name: string, rule: CustomRule, isLast = false) => {
    const vjp = isLast ? [({ g }: { g: never }) => g, rule] : [rule, ({ g }: { g: never }) => g];
    const op = defineOp({ name, arity: 2, kernel: adding, vjp: vjp as never });
    const b = new Builder();
    const [p, q] = [b.parameter('p', vector), b.parameter('q', vector)];
    return () => grad(b, b.sum(op(b, [p, q]), { axes: [0], keepDims: false }), [p, q]);
  };
  test.each<[string, string, CustomRule, string]>([
    ['too few axes', 'tooFew', ({ A, g }) => A.sum(g, { axes: [0], keepDims: false }), 'shape scalar'],
    ['another size', 'otherSize', ({ A, g }) => A.concat(g, g, { axis: 0 }), 'shape 6'],
    ['size 1', 'sizeOne', ({ A, g }) => A.sum(g, { axes: [0], keepDims: true }), 'shape 1'],
    ['nothing', 'nothingGiven', () => undefined as never, 'nothing'],
  ])('%s', (_, name, rule, found) => {
    const rest = (k: number) =>
      `${name}${k}: the derivative rule for operand ${k} gives ${found}, expected the operand's shape, 3`;
    expect(E(`${name}1`, rule)).toThrow(rest(1));
    expect(E(`${name}2`, rule, true)).toThrow(rest(2));
  });

  test('one of the result’s shape is summed where the operand was broadcast', () => {
    const b = new Builder();
    const spread = defineOp({
      name: 'spreadOver',
      arity: 2,
      shape: ([, like]) => like,
      kernel: ({ x: [a], y }) => {
        return () => {
          y.fill(a[0]);
        };
      },
      vjp: [({ g }) => g, 'flat'],
    });
    const p = b.parameter('p', [1]);
    const y = spread(b, [p, b.constant(0, [2, 3])]);
    const [dp] = grad(b, b.sum(y, { axes: [0, 1], keepDims: false }), [p]);
    expect([...new Plan(b.graph, [dp]).setAll({ p: 5 }).run().value(dp)]).toEqual([6]);
  });
});

test('a shape rule that gives no shape', () => {
  const op = defineOp({ name: 'noShape', arity: 1, shape: () => 3 as never, kernel: adding });
  const b = new Builder();
  expect(() => op(b, [b.parameter('p', [2])])).toThrow(
    'noShape of p (2): its shape is 3, expected a list of sizes',
  );
});

describe('refused', () => {
  const kernel = adding;
  test.each(['parameter', 'input', 'constant', 'matmul', 'tanh'])('the name %s', (name) => {
    expect(() => defineOp({ name, arity: 1, kernel })).toThrow(
      `${name}: there is an op of that name; choose another`,
    );
  });

  test.each(['', '2x', 'a b', 'a-b', 'x_1', ' x', 'x '])('the name "%s"', (name) => {
    expect(() => defineOp({ name, arity: 1, kernel })).toThrow(
      `${name}: an op's name is a letter, then letters and digits`,
    );
  });

  test('more or fewer rules than operands', () => {
    expect(() => defineOp({ name: 'r2', arity: 2, kernel, vjp: ['flat'] })).toThrow(
      'r2: 1 derivative rules given, expected 2, one per operand',
    );
    expect(() => defineOp({ name: 'rn', arity: 'n', kernel, vjp: ['flat', 'flat'] })).toThrow(
      'rn: 2 derivative rules given, expected 1, one per operand',
    );
  });
});
