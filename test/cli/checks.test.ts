/** The checks of `gradpath grad` must fail on a gradient that is wrong, also where differences are inaccurate. */

import { expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { grad } from '../../src/autodiff/grad.ts';
import { runChecks } from '../../src/cli/checks.ts';
import { Plan } from '../../src/run/plan.ts';

const check = async (steps: number, seed: number, wrong: (data: Float64Array) => void) => {
  const model = rnn({ steps, seed });
  const { graph } = model.builder;
  const [target, W] = [graph.idOf('E'), graph.idOf('W')];
  const [gradient] = grad(model.builder, target, [W]);
  const data = Float64Array.from(new Plan(graph, [gradient]).setAll(model.values).run().value(gradient));
  wrong(data);
  const skipped: string[] = [];
  const reports = await runChecks(model, target, new Map([[W, data]]), (reason) => skipped.push(reason));
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

test('NaN fails', async () => {
  const reports = await check(3, 1, (g) => (g[0] = Number.NaN));
  expect([reports['finite-differences'].ok, reports.tfjs.ok]).toEqual([false, false]);
});
