/** The checks of a gradient must fail where it is wrong, also where an oracle is inaccurate itself. */

import { expect, test } from 'vitest';
import { type RnnOptions, rnn } from '../examples/rnn/rnn.ts';
import { grad } from '../src/autodiff/grad.ts';
import { runChecks } from '../src/interop/checks.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
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
    value: Infinity,
    variable: 'E_3',
  });
  const c = new Builder();
  const y = c.define('y', () => c.tanh(c.log(c.constant(-1))));
  const of_y = new Plan(c.graph, [y]).run();
  expect(firstNonFinite(c.graph, of_y, y)).toEqual({ node: y - 1, value: Number.NaN, variable: 'y' });
  expect(firstNonFinite(c.graph, of_y, 0)).toBeUndefined();
});
