/** Forward mode, Jacobians, Hessians, stops and rules of one's own: against calculus by hand and differences of values. */

import { describe, expect, test } from 'vitest';
import { finiteDifferences } from '../src/autodiff/check.ts';
import { backward, grad } from '../src/autodiff/grad.ts';
import { hessian, hvp, jacobian, jvp, valueAndGrad } from '../src/autodiff/jacobian.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { modelFromJSON, modelToJSON } from '../src/model/json.ts';
import { uniform } from '../src/model/random.ts';
import { Builder } from '../src/ops/builder.ts';
import { type CustomFunction, defineOp } from '../src/ops/custom.ts';
import { localRule } from '../src/ops/typeset.ts';
import { Plan } from '../src/run/plan.ts';

function run(b: Builder, id: NodeId, values: Record<string, readonly number[]>): number[] {
  return [...new Plan(b.graph, [id]).setAll(values).run().value(id)];
}

const all = (b: Builder, x: NodeId): NodeId =>
  b.sum(x, { axes: [...b.graph.node(x).shape.keys()], keepDims: false });

/** y_i = Σ_j tanh(W_ij x_j) x_0, by hand: ∂y_i/∂x_k = W_ik (1 − tanh²) x_0 + [k = 0] Σ_j tanh(W_ij x_j). */
function network(seed: number) {
  const random = uniform(seed);
  const values = {
    W: Array.from({ length: 6 }, () => 2 * random() - 1),
    x: Array.from({ length: 3 }, () => 2 * random() - 1),
  };
  const b = new Builder();
  const W = b.parameter('W', [2, 3]);
  const x = b.parameter('x', [3]);
  const sums = b.sum(b.tanh(b.mul(W, x)), { axes: [1], keepDims: false });
  const first = b.slice(x, { begin: [0], size: [1] });
  const y = b.define('y', () => b.mul(sums, first));
  const t = (i: number, j: number) => Math.tanh(values.W[3 * i + j] * values.x[j]);
  const J = [0, 1].map((i) =>
    [0, 1, 2].map((k) => {
      const direct = values.W[3 * i + k] * (1 - t(i, k) ** 2) * values.x[0];
      return direct + (k === 0 ? t(i, 0) + t(i, 1) + t(i, 2) : 0);
    }),
  );
  return { b, W, x, y, values, J };
}

function expectClose(found: readonly number[], expected: readonly number[], bound = 1e-13): void {
  expect(found.length).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs), 1e-300);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]) / largest, `element ${i}`).toBeLessThan(bound);
  });
}

describe('forward mode and Jacobians', () => {
  test('jvp is the Jacobian times the tangent', () => {
    for (const seed of [1, 2, 3]) {
      const { b, x, y, values, J } = network(seed);
      const v = [0.3, -1.1, 0.7];
      const product = jvp(b, y, [x], [b.constant(v, [3])]);
      expectClose(
        run(b, product, values),
        J.map((row) => row.reduce((sum, d, k) => sum + d * v[k], 0)),
      );
    }
  });

  test('by two variables at once it is the sum of both', () => {
    const { b, W, x, y, values } = network(4);
    const [tx, tW] = [b.constant([1, 0, 2], [3]), b.constant([1, 2, 3, 4, 5, 6], [2, 3])];
    const together = run(b, jvp(b, y, [x, W], [tx, tW]), values);
    const apart = [run(b, jvp(b, y, [x], [tx]), values), run(b, jvp(b, y, [W], [tW]), values)];
    expectClose(
      together,
      apart[0].map((value, i) => value + apart[1][i]),
    );
  });

  test.each(['rows', 'columns', undefined] as const)('jacobian by %s', (by) => {
    const { b, x, y, values, J } = network(5);
    const node = jacobian(b, y, x, by);
    expect(b.graph.node(node).shape).toEqual([2, 3]);
    expectClose(run(b, node, values), J.flat());
  });

  test('its shape is that of y, then that of x', () => {
    const { b, W, y, values } = network(6);
    const [rows, columns] = (['rows', 'columns'] as const).map((by) => jacobian(b, y, W, by));
    expect(b.graph.node(rows).shape).toEqual([2, 2, 3]);
    expectClose(run(b, rows, values), run(b, columns, values));
    const t = Array.from({ length: 6 }, (_, k) => {
      const slope = 1 - Math.tanh(values.W[k] * values.x[k % 3]) ** 2;
      return values.x[k % 3] * slope * values.x[0];
    });
    expectClose(run(b, rows, values), [...t.slice(0, 3), 0, 0, 0, 0, 0, 0, ...t.slice(3)]);
  });

  test('of what does not depend on x it is zero; too large ones are refused', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const z = b.parameter('z', [3]);
    expect(run(b, jacobian(b, b.square(z), x), { z: [1, 2, 3] })).toEqual([0, 0, 0, 0, 0, 0]);
    expect(run(b, jvp(b, b.square(z), [x], [b.constant([1, 1], [2])]), {})).toEqual([0, 0, 0]);
    const big = b.define('big', () => b.square(b.parameter('p', [5000])));
    expect(() => jacobian(b, big, b.graph.idOf('p'))).toThrow(
      '∂big/∂p takes 5000 sweeps by rows, at most 4096 are made; use vjp or jvp',
    );
  });

  test('of nothing, or by nothing, it is empty', () => {
    const b = new Builder();
    const [x, none] = [b.parameter('x', [2]), b.parameter('none', [0])];
    for (const by of ['rows', 'columns', undefined] as const) {
      const [rows, columns] = [jacobian(b, b.square(none), x, by), jacobian(b, b.square(x), none, by)];
      expect([rows, columns].map((id) => b.graph.node(id).shape)).toEqual([
        [0, 2],
        [2, 0],
      ]);
    }
  });

  test('by default it takes the fewer sweeps', () => {
    const b = new Builder();
    const [s, p] = [b.parameter('s', []), b.parameter('p', [5000])];
    const many = b.mul(p, s);
    const values = { s: [2], p: Array.from({ length: 5000 }, (_, i) => i) };
    expect(run(b, jacobian(b, many, s), values)).toEqual(values.p); // one column, not 5000 rows
    expect(run(b, jacobian(b, all(b, many), p), values)).toEqual(Array(5000).fill(2)); // one row
  });

  test('a tangent of the wrong shape or number is refused', () => {
    const { b, x, y } = network(7);
    expect(() => jvp(b, y, [x], [b.constant([1, 2], [2])])).toThrow('the tangent of x is 2, expected 3');
    expect(() => jvp(b, y, [x], [])).toThrow('0 tangents given for 1 variables');
    expect(() => jvp(b, y, [], [])).toThrow('by which variables? No tangent was asked for');
    const tangent = b.constant([1, 2, 3], [3]);
    expect(() => jvp(b, y, [x], [tangent, tangent])).toThrow('2 tangents given for 1 variables');
  });
});

describe('second order', () => {
  /** f = x_0² x_1 + sin x_1: the Hessian is [[2 x_1, 2 x_0], [2 x_0, −sin x_1]]. */
  function polynomial() {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const at = (k: number) => b.reshape(b.slice(x, { begin: [k], size: [1] }), { shape: [] });
    const f = b.define('f', () => b.add(b.mul(b.square(at(0)), at(1)), b.sin(at(1))));
    return { b, x, f, values: { x: [1.5, -0.7] } };
  }
  const H = [2 * -0.7, 2 * 1.5, 2 * 1.5, -Math.sin(-0.7)];

  test('hessian', () => {
    const { b, x, f, values } = polynomial();
    expectClose(run(b, hessian(b, f, x), values), H, 1e-15);
  });

  test('hessian by two different variables', () => {
    const b = new Builder();
    const [u, v] = [b.parameter('u', [2]), b.parameter('v', [3])];
    const f = all(b, b.outer(b.square(u), b.exp(v))); // ∂²f/∂u_i∂v_j = 2 u_i e^{v_j}
    const values = { u: [0.5, -2], v: [0, 1, -1] };
    const node = hessian(b, f, u, v);
    expect(b.graph.node(node).shape).toEqual([2, 3]);
    expectClose(
      run(b, node, values),
      values.u.flatMap((ui) => values.v.map((vj) => 2 * ui * Math.exp(vj))),
    );
  });

  test('hvp by two variables has the mixed derivatives', () => {
    const b = new Builder();
    const [u, v] = [b.parameter('u', [2]), b.parameter('v', [2])];
    const f = all(b, b.outer(b.square(u), b.exp(v))); // Σ u_i² e^{v_j}
    const values = { u: [0.5, -2], v: [0.3, -1] };
    const [p, q] = [
      [3, 1],
      [-1, 2],
    ];
    const [byU, byV] = hvp(b, f, [u, v], [b.constant(p, [2]), b.constant(q, [2])]);
    const e = values.v.map(Math.exp);
    const [E, Eq] = [e[0] + e[1], e[0] * q[0] + e[1] * q[1]];
    const [U2, Up] = [0.25 + 4, 2 * (0.5 * 3 - 2 * 1)];
    expectClose(
      run(b, byU, values),
      values.u.map((ui, i) => 2 * p[i] * E + 2 * ui * Eq),
    );
    expectClose(
      run(b, byV, values),
      e.map((ej, j) => ej * (Up + q[j] * U2)),
    );
  });

  test('hvp is the Hessian times the vector', () => {
    const { b, x, f, values } = polynomial();
    const [product] = hvp(b, f, [x], [b.constant([3, -2], [2])]);
    expectClose(run(b, product, values), [H[0] * 3 - H[1] * 2, H[2] * 3 - H[3] * 2], 1e-15);
  });

  test('third order: (tanh)‴ = (1 − t²)(6 t² − 2)', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    let y = b.tanh(x);
    for (let order = 0; order < 3; order++) y = grad(b, y, [x])[0];
    const t = Math.tanh(0.4);
    expectClose(run(b, y, { x: [0.4] }), [(1 - t * t) * (6 * t * t - 2)], 1e-14);
  });
});

test('valueAndGrad is differentiated and planned once, then called', () => {
  const b = new Builder();
  const x = b.parameter('x', [2]);
  const f = valueAndGrad(b, all(b, b.mul(x, b.square(x))), [x]);
  const size = b.graph.size;
  for (const at of [
    [1, 2],
    [-3, 0.5],
  ]) {
    const { value, gradients } = f({ x: at });
    expect(value).toBeCloseTo(at[0] ** 3 + at[1] ** 3, 14);
    expectClose([...gradients[0]], [3 * at[0] ** 2, 3 * at[1] ** 2], 1e-15);
  }
  expect(b.graph.size).toBe(size);
  expect(f().value).toBeCloseTo(-27 + 0.125, 14); // as set before
});

describe('reverse mode appends only what the gradient needs', () => {
  test('nothing for a variable that y does not depend on', () => {
    const b = new Builder();
    const [x, z] = [b.parameter('x', []), b.parameter('z', [])];
    const y = b.tanh(x);
    const { size } = b.graph;
    const adjoints = backward(b, y, [z]);
    expect([adjoints.of(y), adjoints.of(x), adjoints.of(z)]).toEqual([undefined, undefined, undefined]);
    expect(b.graph.size).toBe(size);
  });

  test('nothing for a factor that is not asked for', () => {
    const b = new Builder();
    const [x, z] = [b.parameter('x', []), b.parameter('z', [])];
    const y = b.mul(x, b.tanh(z));
    const { size } = b.graph;
    grad(b, y, [x]);
    expect(b.graph.nodes.slice(size).map((node) => node.op)).toEqual(['constant', 'mul']); // 1 · tanh z
  });
});

describe('the stop of gradients', () => {
  test('the value passes, the derivative does not', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const y = all(b, b.mul(x, b.stopGradient(b.square(x)))); // Σ x · [x²]: the derivative is x², not 3x²
    const [dx] = grad(b, y, [x]);
    expect(run(b, y, { x: [2, -3] })).toEqual([8 - 27]);
    expect(run(b, dx, { x: [2, -3] })).toEqual([4, 9]);
    expectClose([...finiteDifferences(b, { x: [2, -3] }, y, [x])[0]], [4, 9], 1e-10); // these hold it fixed too
  });

  test('a straight-through estimator: sign forward, identity backward', () => {
    const b = new Builder();
    const x = b.parameter('x', [3]);
    const through = b.add(x, b.stopGradient(b.sub(b.sign(x), x)));
    const [dx] = grad(b, all(b, b.square(through)), [x]);
    expect(run(b, through, { x: [0.3, -2, 5] })).toEqual([1, -1, 1]);
    expect(run(b, dx, { x: [0.3, -2, 5] })).toEqual([2, -2, 2]);
  });
});

describe('an op of one’s own', () => {
  // mish(x) = x tanh(softplus x), by its defining formula; the rule is the product rule
  const mish = defineOp({
    name: 'mish',
    arity: 1,
    kernel: ({ x: [a], y }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i] * Math.tanh(Math.log1p(Math.exp(a[i])));
      };
    },
    vjp: [
      ({ A, x: [x], g }) => {
        const t = A.tanh(A.softplus(x));
        const slope = A.mul(A.sigmoid(x), A.affine(A.square(t), { scale: -1, shift: 1 }));
        return A.mul(g, A.add(t, A.mul(x, slope)));
      },
    ],
  });
  const scale: CustomFunction<{ readonly factor: 'number' }> = defineOp({
    name: 'scaleBy',
    arity: 1,
    attrs: { factor: 'number' },
    kernel: ({ x: [a], y, attrs: { factor } }) => {
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = factor * a[i];
      };
    },
    vjp: [({ A, g, attrs }) => scale(A, [g], attrs)], // its rule uses itself
  });

  test('is differentiated to second order, typeset, and kept in documents', () => {
    const b = new Builder();
    const x = b.parameter('x', [3]);
    const y = b.define('y', () => all(b, mish(b, [scale(b, [x], { factor: 2 })])));
    const values = { x: [-1.2, 0.4, 2] };
    const [dx] = grad(b, y, [x]);
    expectClose(run(b, dx, values), [...finiteDifferences(b, values, y, [x])[0]], 1e-10);
    const slope = all(b, dx);
    const [second] = grad(b, slope, [x]);
    expectClose(run(b, second, values), [...finiteDifferences(b, values, slope, [x])[0]], 1e-10);
    const names = { x: ['x'], y: 'y', g: '\\bar{y}' };
    expect(localRule('scaleBy', 0, names, [[3]], [3], { factor: 2 })).toBe(
      '\\operatorname{scaleBy}\\left(\\bar{y}\\right)',
    );
    const model = { name: 'm', title: 'm', builder: b, values, target: 'y' };
    const read = modelFromJSON(modelToJSON(model), 'm.json');
    expect(run(read.builder, read.builder.graph.idOf('y'), values)).toEqual(run(b, y, values));
  });

  test('without a rule its derivative is an error, never zero', () => {
    const opaque = defineOp({
      name: 'opaque',
      arity: 2,
      kernel:
        ({ x: [a, c], y }) =>
        () => {
          for (let i = 0; i < y.length; i++) y[i] = a[i] + c[i];
        },
      vjp: [({ g }) => g, undefined],
    });
    const b = new Builder();
    const [x, z] = [b.parameter('x', []), b.parameter('z', [])];
    const y = opaque(b, [x, z]);
    expect(run(b, grad(b, y, [x])[0], { x: [1], z: [2] })).toEqual([1]);
    expect(() => grad(b, y, [z])).toThrow(
      "opaque has no derivative rule for operand 2; give defineOp one, or 'flat' where it changes only in jumps",
    );
  });

  test('needs a name of its own, and a rule per operand', () => {
    const kernel = () => () => {};
    expect(() => defineOp({ name: 'tanh', arity: 1, kernel })).toThrow('tanh: there is an op of that name');
    expect(() => defineOp({ name: 'a b', arity: 1, kernel })).toThrow("an op's name is a letter");
    expect(() => defineOp({ name: 'two', arity: 2, kernel, vjp: ['flat'] })).toThrow(
      'two: 1 derivative rules given, expected 2, one per operand',
    );
  });
});
