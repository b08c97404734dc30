/** The checks of a gradient must fail where it is wrong, also where an oracle is inaccurate itself. */

import { describe, expect, test } from 'vitest';
import { type RnnOptions, rnn } from '../examples/rnn/rnn.ts';
import { differences } from '../src/autodiff/check.ts';
import { grad } from '../src/autodiff/grad.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { besideKinks } from '../src/interop/beside.ts';
import { type Oracle, runChecks, verifyGradients } from '../src/interop/checks.ts';
import { type Judgement, judge } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Model } from '../src/model/model.ts';
import { Builder } from '../src/ops/builder.ts';
import { firstNonFinite } from '../src/run/anomaly.ts';
import { Plan } from '../src/run/plan.ts';

const check = async (
  steps: number,
  seed: number,
  wrong: (data: Float64Array) => void,
  weights: RnnOptions['weights'] = {},
) => {
  const model = rnn({ steps, seed, weights });
  const { graph } = model.builder;
  const [target, W] = [graph.idOf('E'), graph.idOf('W')];
  const [gradient] = grad(model.builder, target, [W]);
  const data = Float64Array.from(new Plan(graph, [gradient]).setAll(model.values).run().value(gradient));
  wrong(data);
  const skipped: string[] = [];
  const tf = await loadTfjs();
  const reports = runChecks(model, target, new Map([[W, data]]), tf, (reason) => skipped.push(reason));
  expect(skipped).toEqual([]);
  return Object.fromEntries(reports.map(({ against, ok, limited }) => [against, { ok, limited }]));
};

const right = { 'finite-differences': { ok: true, limited: false }, tfjs: { ok: true, limited: false } };

test('a right gradient passes', async () => {
  expect(await check(3, 1, () => {})).toEqual(right);
});

test('one element off by a millionth fails the differences, by a thousandth both', async () => {
  expect((await check(3, 1, (g) => (g[5] *= 1 + 1e-6)))['finite-differences'].ok).toBe(false);
  const far = await check(3, 1, (g) => (g[5] *= 1.001));
  expect([far['finite-differences'].ok, far.tfjs.ok]).toEqual([false, false]);
});

describe('each element by itself', () => {
  // x₁ ends in a sharp bend, of which differences say little; x₂ and x₃ are smooth, x₃ with a small gradient
  const builder = new Builder();
  const x = builder.parameter('x', [3]);
  const parts = builder.mul(x, builder.constant([1e4, 1, 1e-5], [3]));
  const target = builder.define('E', () => builder.sum(builder.tanh(parts), { axes: [0], keepDims: false }));
  const at = [2e-4, 0.3, 0.5];
  const model = { name: 'sharp', title: 'Sharp', builder, values: { x: at }, target: 'E' };
  const exact = [1e4, 1, 1e-5].map((w, i) => w / Math.cosh(w * at[i]) ** 2);
  const judged = (gradient: readonly number[]) => {
    const [report] = runChecks(model, target, new Map([[x, gradient]]), undefined, () => {});
    return report.ok;
  };

  test('the sharp one is less certain than the smooth ones', () => {
    const [{ uncertainty }] = differences(builder, model.values, target, [x]);
    expect(uncertainty[0]).toBeGreaterThan(1e3 * uncertainty[1]);
    expect(judged(exact)).toBe(true);
  });

  test('1e-8 relative of a smooth one is found, also of one that is tiny beside the largest', () => {
    expect(judged(exact.map((g, i) => (i === 1 ? g * (1 + 1e-8) : g)))).toBe(false);
    expect(judged(exact.map((g, i) => (i === 1 ? g * (1 - 1e-8) : g)))).toBe(false);
    const tiny = new Builder();
    const z = tiny.parameter('z', [2]);
    const E = tiny.sum(tiny.square(z), { axes: [0], keepDims: false });
    const small = { name: 'tiny', title: 'Tiny', builder: tiny, values: { z: [1, 1e-3] }, target: 'E' };
    const of = (gradient: readonly number[]) =>
      runChecks(small, E, new Map([[z, gradient]]), undefined, () => {})[0];
    expect(of([2, 2e-3]).ok).toBe(true);
    const wrong = of([2, 2e-3 * (1 + 1e-8)]);
    expect(wrong.ok).toBe(false);
    expect(wrong.maxRelativeError / 1e-8).toBeCloseTo(1, 2); // shown beside itself
  });
});

describe('a judgement', () => {
  test.each<[string, number[], number[], number[], Omit<Judgement, 'allowed'>]>([
    ['right to the last bit', [1, 2], [1, 2], [0, 0], { error: 0, ok: true }],
    ['within the bound', [1, 2], [1, 2 * (1 + 2 ** -12)], [0, 0], { error: 2 ** -12, ok: true }],
    ['beyond it', [1, 2], [1.5, 2], [0, 0], { error: 1 / 3, ok: false }],
    ['beyond it, of a small one', [1 / 1024, 2], [1 / 512, 2], [0, 0], { error: 0.5, ok: false }],
    ['beyond it, but uncertain', [1, 2], [1.5, 2], [0.25, 0], { error: 0.5, ok: true }],
    ['another is uncertain', [1, 2], [1.5, 2], [0, 0.25], { error: 1 / 3, ok: false }],
    ['uncertain, but not that much', [1, 2], [1.5, 2], [0.125, 0], { error: 1 / 3, ok: false }],
    ['more than is excused', [1, 2], [4, 2], [10, 0], { error: 0.75, ok: false }],
    ['zero, and it is not', [0, 2], [1, 2], [0, 0], { error: 1, ok: false }],
    ['zero up to rounding', [0, 2], [2 ** -20, 2], [2 ** -20, 0], { error: 2 ** -20 / 0.02, ok: true }],
    ['all zero', [0, 0], [0, 0], [0, 0], { error: 0, ok: true }],
    ['NaN of ours', [Number.NaN], [1], [1], { error: Number.POSITIVE_INFINITY, ok: false }],
    [
      'NaN of theirs',
      [1],
      [Number.NaN],
      [Number.POSITIVE_INFINITY],
      { error: Number.POSITIVE_INFINITY, ok: false },
    ],
  ])('%s', (_, ours, derivative, uncertainty, expected) => {
    expect(judge(ours, { derivative, uncertainty }, 2 ** -10, 1)).toMatchObject(expected);
  });

  test.each<[string, number[], number[], number[], number]>([
    ['the bound', [1, 2], [1, 2.001], [0, 0], 2 ** -10],
    ['three uncertainties, beside the element', [1, 2], [1, 2.5], [0, 0.25], 0.75 / 2],
    ['as much as is excused', [1, 8], [1, 8.5], [0, 10], 1 / 8],
    ['of one that is wrong, however certain another', [1, 2], [1.25, 2.5], [0.0625, 0.25], 3 / 16 / 1.25],
    ['of a small element, beside a part of the largest', [0, 2], [0.01, 2], [0.02, 0], 0.06 / 0.02],
  ])('says what was allowed: %s', (_, ours, derivative, uncertainty, allowed) => {
    expect(judge(ours, { derivative, uncertainty }, 2 ** -10, 1).allowed).toBeCloseTo(allowed, 12);
  });

  test('tells the error of one that is wrong, not a larger one that is excused', () => {
    const found = judge([1, 1], { derivative: [1.5, 1.125], uncertainty: [0.25, 0] }, 2 ** -10, 1);
    expect(found).toEqual({ error: 0.125 / 1.125, allowed: 2 ** -10, ok: false });
  });
});

test('where the chain is so long that differences are off themselves, a wrong gradient is still found', async () => {
  const fine = await check(200, 1, () => {});
  expect(fine['finite-differences']).toEqual({ ok: true, limited: true });
  expect((await check(200, 1, (g) => (g[5] += 1e-5)))['finite-differences'].ok).toBe(false);
});

test('a saturated network is not called wrong, and a wrong gradient of it is found', async () => {
  const W = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => (i === j ? 30 : 0)));
  const saturated = (wrong: (data: Float64Array) => void) => check(3, 1, wrong, { W });
  const fine = await saturated(() => {});
  expect([fine['finite-differences'].ok, fine.tfjs.ok]).toEqual([true, true]);
  const far = await saturated((g) => g.forEach((value, i) => (g[i] = 1.05 * value)));
  expect([far['finite-differences'].ok, far.tfjs.ok]).toEqual([false, false]);
});

test('NaN fails', async () => {
  const reports = await check(3, 1, (g) => (g[0] = Number.NaN));
  expect([reports['finite-differences'].ok, reports.tfjs.ok]).toEqual([false, false]);
});

test('the first value that is no finite number is named', () => {
  const { builder: b, values } = rnn({
    weights: {
      V: [
        [800, 0, 0, 0],
        [0, -800, 0, 0],
      ],
    },
  });
  const E = b.graph.idOf('E');
  const plan = new Plan(b.graph, [E]).setAll(values).run();
  expect(firstNonFinite(b.graph, plan, E)).toEqual({
    node: b.graph.idOf('E_3'),
    element: 0,
    value: Infinity,
    variable: 'E_3',
  });
  const c = new Builder();
  const y = c.define('y', () => c.tanh(c.log(c.constant(-1))));
  const of_y = new Plan(c.graph, [y]).run();
  expect(firstNonFinite(c.graph, of_y, y)).toEqual({
    node: y - 1,
    element: 0,
    value: Number.NaN,
    variable: 'y',
  });
  expect(firstNonFinite(c.graph, of_y, 0)).toBeUndefined();
});

/** Σ relu(x) − max(x, 1), whose gradient at 0 and at 1 is a convention. */
function kinked(x: readonly number[]): { model: Model; target: NodeId; leaf: NodeId } {
  const builder = new Builder();
  const leaf = builder.parameter('x', [x.length]);
  const y = builder.sub(builder.relu(leaf), builder.max(leaf, builder.constant(1)));
  const target = builder.define('E', () => builder.sum(y, { axes: [0], keepDims: false }));
  return { model: { name: 'kinked', title: 'Kinked', builder, values: { x }, target: 'E' }, target, leaf };
}

test('on a kink the checks are made beside it, which is said', async () => {
  const tf = await loadTfjs();
  const smooth = kinked([-1, 0.5, 2]);
  const beside = verifyGradients(smooth.model, smooth.target, [smooth.leaf], tf);
  expect([beside.skipped, beside.reports.map((report) => report.ok)]).toEqual([[], [true, true]]);

  const { model, target, leaf } = kinked([0, 0.5, 1]);
  const onIt = verifyGradients(model, target, [leaf], tf);
  expect(onIt.skipped).toEqual([
    'the values are on a kink (relu at 0 in relu(x)[1] on the way to E: the derivative there is taken as 0, and 1 more), so the checks are made beside it, each element moved by up to 0.01, those beyond 1 by up to 1 %',
  ]);
  expect(onIt.reports.map((report) => report.ok)).toEqual([true, true]);
  // without that, tfjs, which takes 1 and 0 at a tie, would differ
  const [gradient] = grad(model.builder, target, [leaf]);
  const data = new Plan(model.builder.graph, [gradient]).setAll(model.values).run().value(gradient);
  const there = runChecks(model, target, new Map([[leaf, data]]), tf, () => {}, ['tfjs']);
  expect(there.map(({ against, ok }) => [against, ok])).toEqual([['tfjs', false]]);
});

describe('beside a kink', () => {
  /** Of E = Σ (relu(z) + f(x)) at z = 0, in which x must stay in the domain of f. */
  const verified = async (
    f: (b: Builder, x: NodeId) => NodeId,
    x: readonly number[],
    z: readonly number[],
  ) => {
    const builder = new Builder();
    const leaves = [builder.parameter('x', [x.length]), builder.parameter('z', [z.length])];
    const sums = [f(builder, leaves[0]), builder.relu(leaves[1])].map((y) =>
      builder.sum(y, { axes: [0], keepDims: false }),
    );
    const target = builder.define('E', () => builder.add(sums[0], sums[1]));
    const model = { name: 'edge', title: 'Edge', builder, values: { x, z }, target: 'E' };
    const { anomaly, reports, skipped } = verifyGradients(model, target, leaves, await loadTfjs());
    return { anomaly, ok: reports.map((report) => report.ok), skipped };
  };
  const relu = 'relu at 0 in relu(z)[1] on the way to E: the derivative there is taken as 0';

  test.each<[string, (b: Builder, x: NodeId) => NodeId, number[], string]>([
    ['asin near 1', (b, x) => b.asin(x), [0.999, 0.9], '0.01, those beyond 1 by up to 1 %'],
    ['acos near −1 and 1', (b, x) => b.acos(x), [-0.99999, 0.99999], '0.01, those beyond 1 by up to 1 %'],
    ['log near 0', (b, x) => b.log(x), [0.006, 5], '0.01, those beyond 1 by up to 1 %'],
    ['√ near 0', (b, x) => b.sqrt(x), Array(40).fill(1e-3), '0.01, those beyond 1 by up to 1 %'],
    ['log far from 0', (b, x) => b.log(x), [1e6, 1e-1], '0.01, those beyond 1 by up to 1 %'],
  ])('what must stay in a domain does: %s', async (_, f, x, how) => {
    expect(await verified(f, x, [0])).toEqual({
      anomaly: undefined,
      ok: [true, true],
      skipped: [
        `the values are on a kink (${relu}), so the checks are made beside it, each element moved by up to ${how}`,
      ],
    });
  });

  test('no element is moved farther than that, and some up, some down', () => {
    const { model, target, leaf } = kinked([0, 0.001, 1, 500, -3]);
    const { values, step } = besideKinks(model, target, [leaf], () => true)!;
    const steps = values.x.map((x, i) => (x - model.values.x[i]) / Math.max(1, Math.abs(model.values.x[i])));
    expect(step).toBe(0.01);
    for (const moved of steps) {
      expect(Math.abs(moved)).toBeLessThanOrEqual(0.01 * (1 + 1e-9));
      expect(Math.abs(moved)).toBeGreaterThanOrEqual(0.005 * (1 - 1e-9));
    }
    expect(new Set(steps.map(Math.sign))).toEqual(new Set([1, -1]));
  });

  test('what cannot move stays, and where the kink cannot be left the checks are made on it', async () => {
    const narrow = (b: Builder, x: NodeId) => b.asin(b.affine(x, { scale: 1e6, shift: 0 }));
    expect((await verified(narrow, [0, 0], [0])).ok[0]).toBe(true);
    const onIt = await verified((b, x) => b.add(narrow(b, x), b.abs(x)), [0], [1]);
    expect(onIt.skipped).toEqual([
      'the values are on a kink (abs at 0 in abs(x)[1] on the way to E: the derivative there is taken as 0), and so are all values tried beside it: an oracle may differ there',
    ]);
  });
});

test.each<[readonly Oracle[], string[]]>([
  [['tfjs'], ['tfjs']],
  [['finite-differences'], ['finite-differences']],
])('only %s is asked', async (against, asked) => {
  const { model, target, leaf } = kinked([2]);
  const { reports } = verifyGradients(model, target, [leaf], await loadTfjs(), against);
  expect(reports.map((report) => report.against)).toEqual(asked);
});

test('what is not finite is told instead of checked', async () => {
  const builder = new Builder();
  const x = builder.parameter('x', []);
  const E = builder.define('E', () => builder.sqrt(x));
  const model = { name: 'root', title: 'Root', builder, values: { x: [0] }, target: 'E' };
  const { anomaly, reports } = verifyGradients(model, E, [x], await loadTfjs());
  expect(anomaly).toMatchObject({ kind: 'non-finite', pass: 'backward', op: 'sqrt', value: Infinity });
  expect(reports).toEqual([]);
});

test('of a large model differences take a sample that is spread over all of it, and say so', () => {
  const builder = new Builder();
  const leaves = ['x', 'z'].map((name) => builder.parameter(name, [3000]));
  const squares = builder.total(...leaves.map((leaf) => builder.square(leaf)));
  const target = builder.define('E', () => builder.sum(squares, { axes: [0], keepDims: false }));
  const x = Array.from({ length: 3000 }, (_, i) => 1 + (i % 7));
  const model = { name: 'large', title: 'Large', builder, values: { x, z: x }, target: 'E' };
  const right = x.map((value) => 2 * value);
  const wrong = right.map((value, i) => (i >= 2990 ? 1.001 * value : value));
  const skipped: string[] = [];
  const wrt = new Map(leaves.map((leaf, i) => [leaf, [right, wrong][i]]));
  const [report] = runChecks(model, target, wrt, undefined, (reason) => skipped.push(reason));
  expect([report.parts.get('x')?.ok, report.parts.get('z')?.ok]).toEqual([true, false]);
  expect(skipped).toEqual([
    expect.stringMatching(
      /^finite differences are of \d{4} of 6000 elements, spread over all: more would take too long$/,
    ),
  ]);
});

test('a sample has one element of each equal part', () => {
  const builder = new Builder();
  const x = builder.parameter('x', [60]);
  const E = builder.sum(builder.square(x), { axes: [0], keepDims: false });
  const values = Array.from({ length: 60 }, (_, i) => 1 + (i % 7));
  const [{ elements, derivative }] = differences(builder, { x: values }, E, [x], 10);
  expect(elements.map((at) => Math.floor(at / 6))).toEqual([...Array(10).keys()]);
  expect(new Set(elements.map((at) => at % 6)).size).toBeGreaterThan(3); // and not one column of all rows
  elements.forEach((at, k) => expect(derivative[k] / (2 * values[at])).toBeCloseTo(1, 9));
});
