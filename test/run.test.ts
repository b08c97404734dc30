import { describe, expect, test } from 'vitest';
import { rnn } from '../examples/rnn/rnn.ts';
import { grad } from '../src/autodiff/grad.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { Builder } from '../src/ops/builder.ts';
import { Plan } from '../src/run/plan.ts';
import { gradients } from './support/rnn.ts';

describe('a plan', () => {
  const small = () => {
    const b = new Builder();
    const W = b.parameter('W', [2, 3]);
    const x = b.input('x', [3]);
    const y = b.define('y', () => b.matmul(W, x));
    return { b, W, x, y };
  };

  test('runs again with what is set anew and keeps the rest', () => {
    const { b, y } = small();
    const plan = new Plan(b.graph, [y])
      .set('W', [
        [1, 2, 3],
        [4, 5, 6],
      ])
      .set('x', [1, 0, 0]);
    expect([...plan.run().value(y)]).toEqual([1, 4]);
    expect([...plan.set('x', [0, 0, 1]).run().value(y)]).toEqual([3, 6]);
  });

  test('refuses values that do not fit, in the names of the variables', () => {
    const { b, y } = small();
    const plan = new Plan(b.graph, [y]);
    expect(() => plan.run()).toThrow('no value was given for W, x');
    expect(() => plan.set('W', [1, 2, 3])).toThrow('W: 3 values given, expected 2×3 = 6');
    expect(() =>
      plan.set('W', [
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toThrow('W is 3×2, expected 2×3');
    expect(() =>
      plan.set('W', [
        [1, 2, 3],
        [4, 5],
      ]),
    ).toThrow('W: row 2 has 2 values, expected 3');
    expect(() => plan.set('x', [1, Number.NaN, 3])).toThrow('x: element 2 is NaN, expected a finite number');
    expect(() => plan.set('W', [1, 2, 3, 4, 5, Number.POSITIVE_INFINITY])).toThrow(
      'W: element [2,3] is Infinity',
    );
    expect(() => plan.set('x', [1, null, 3] as number[])).toThrow(
      'x: element 2 is null, expected a finite number',
    );
    expect(() => plan.set('x', [1, '2', 3] as number[])).toThrow('x: element 2 is "2"');
    plan.set('W', [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
    expect([...plan.value(b.graph.idOf('W'))]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(() => plan.set('y', [1, 2])).toThrow('y is computed (matmul)');
    expect(() => plan.set('z', [1])).toThrow('unknown variable z');
  });

  test('in lean mode stores leaves and outputs only', () => {
    const model = rnn({ steps: 4 });
    const { graph } = model.builder;
    const plan = new Plan(graph, [graph.idOf('E')], { mode: 'lean' }).setAll(model.values).run();
    expect(() => plan.value(graph.idOf('H_2'))).toThrow('H_2 is not kept by this plan');
    expect(plan.value(graph.idOf('W'))).toHaveLength(16);
  });

  test('overrides the precision of the graph', () => {
    const { value } = gradients(rnn(), 'E', { dtype: 'float32' });
    expect(Math.fround(value)).toBe(value);
    expect(value).not.toBe(gradients(rnn(), 'E').value);
  });
});

describe('lean equals inspect', () => {
  test.each(['cross-entropy', 'squared-error'] as const)('for the RNN with %s', (loss) => {
    for (const [steps, hiddenSize] of [
      [1, 4],
      [3, 5],
      [6, 1],
      [40, 9],
    ] as const) {
      const model = rnn({ steps, hiddenSize, outputSize: 3, loss, seed: steps });
      const inspect = gradients(model, 'E');
      const lean = gradients(model, 'E', { mode: 'lean' });
      expect(Math.abs(lean.value / inspect.value - 1)).toBeLessThan(1e-14);
      for (const name of ['U', 'W', 'V'] as const) {
        expect(maxRelativeError(lean[name], inspect[name]), `${name}, T=${steps}`).toBeLessThan(1e-12);
      }
    }
  });

  test('where a value that could be taken over is an output too', () => {
    const model = rnn({ steps: 3 });
    const { builder: b, values } = model;
    const E = b.graph.idOf('E');
    const dW = grad(b, E, [b.graph.idOf('W')])[0];
    // every node of the graph is asked for, so none may be missing or overwritten
    const everything = b.graph.nodes.map((node) => node.id);
    const lean = new Plan(b.graph, everything, { mode: 'lean' }).setAll(values).run();
    const inspect = new Plan(b.graph, [E, dW]).setAll(values).run();
    for (const id of [E, dW, b.graph.idOf('H_2')]) {
      expect(maxRelativeError(lean.value(id), inspect.value(id))).toBeLessThan(1e-12);
    }
    // and each alone, beside the gradient
    for (const node of b.graph.nodes) {
      if (node.id > dW || node.inputs.length === 0) continue;
      const one = new Plan(b.graph, [dW, node.id], { mode: 'lean' }).setAll(values).run();
      const reference = new Plan(b.graph, [node.id]).setAll(values).run();
      expect(
        maxRelativeError(one.value(node.id), reference.value(node.id)),
        `%${node.id} ${node.op}`,
      ).toBeLessThan(1e-11);
      expect(maxRelativeError(one.value(dW), inspect.value(dW)), `dW beside %${node.id}`).toBeLessThan(1e-11);
    }
  });

  test('where an operand only looks like what could be taken over', () => {
    const b = new Builder();
    const A = b.parameter('A', [2, 3]);
    const v = b.parameter('v', [3]);
    const same = b.matmul(b.transpose(A, { perm: [0, 1] }), v); // transposes nothing
    const p = b.parameter('p', [3]);
    const u = b.parameter('u', [2, 3]);
    const weighted = b.sum(b.mul(u, p), { axes: [1], keepDims: true });
    const broadcast = b.mul(p, b.sub(u, weighted)); // p has not the shape of a softmax
    const values = { A: [1, 2, 3, 4, 5, 6], v: [1, 10, 100], p: [0.2, 0.3, 0.5], u: [1, 2, 3, 4, 5, 6] };
    for (const id of [same, broadcast]) {
      const [lean, inspect] = (['lean', 'inspect'] as const).map((mode) =>
        new Plan(b.graph, [id], { mode }).setAll(values).run(),
      );
      expect([...lean.value(id)]).toEqual([...inspect.value(id)]);
    }
  });

  test.each([0, 1e-310, 1])('where values are no finite numbers: the loss over %d', (s) => {
    const b = new Builder();
    const W = b.parameter('W', [3, 2]);
    const H = b.tanh(b.matmul(W, b.constant([1, -2], [2])));
    const p = b.softmax(H);
    const E = b.div(b.crossEntropy(p, b.input('t', [3])), b.constant(s)); // g is 1/s: ∞, or nearly
    const outputs = [E, ...grad(b, E, [W, H])];
    const [lean, inspect] = (['lean', 'inspect'] as const).map(
      (mode) => new Plan(b.graph, outputs, { mode }),
    );
    const kinds = (plan: Plan) => outputs.map((id) => Array.from(plan.value(id), kind));
    const kind = (x: number) => (Number.isFinite(x) ? 'finite' : x);
    for (const t of [
      [1, 0, 0],
      [0.5, 0, 0.5],
      [0, 0, 0],
      [1e300, 0, 1],
    ]) {
      const values = { W: [0.3, 0.1, -0.2, 0.4, 0, 0], t };
      expect(kinds(lean.setAll(values).run()), `t = [${t}]`).toEqual(kinds(inspect.setAll(values).run()));
    }
  });

  test('for matrices, which are not fused', () => {
    const b = new Builder();
    const A = b.parameter('A', [3, 2]);
    const B = b.parameter('B', [2, 4]);
    const y = b.tanh(b.add(b.matmul(A, B), b.matmul(A, B)));
    const E = b.sum(b.square(y), { axes: [0, 1], keepDims: false });
    const outputs = [E, ...grad(b, E, [A, B])];
    const values = { A: [0.1, 0.2, -0.3, 0.4, 0.5, -0.6], B: [1, -1, 0.5, 0.2, 0.3, 0.7, -0.2, 0.9] };
    const [lean, inspect] = (['lean', 'inspect'] as const).map((mode) =>
      new Plan(b.graph, outputs, { mode }).setAll(values).run(),
    );
    for (const id of outputs) expect(maxRelativeError(lean.value(id), inspect.value(id))).toBeLessThan(1e-13);
  });
});

test('a run allocates nothing', () => {
  const model = rnn({ steps: 3 });
  const { builder: b } = model;
  const outputs = [b.graph.idOf('E'), ...grad(b, b.graph.idOf('E'), [b.graph.idOf('W')])];
  for (const mode of ['lean', 'inspect'] as const) {
    const plan = new Plan(b.graph, outputs, { mode }).setAll(model.values);
    for (let i = 0; i < 20_000; i++) plan.run(); // until the compiler is done
    const grown = [1, 2, 3, 4, 5].map(() => {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 20_000; i++) plan.run();
      return process.memoryUsage().heapUsed - before;
    });
    expect(Math.min(...grown.map(Math.abs)), mode).toBeLessThan(20_000); // below one byte a run
  }
});
