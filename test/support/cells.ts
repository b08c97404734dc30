/** What is asked of every recurrent model in tests: gradients by hand, by differences and by tfjs. */

import { expect } from 'vitest';
import { measure } from '../../examples/measure.ts';
import { runChecks } from '../../src/interop/checks.ts';
import { maxRelativeError } from '../../src/interop/compare.ts';
import { loadTfjs } from '../../src/interop/tfjs/load.ts';
import { type Model, parameterNames } from '../../src/model/model.ts';

/** E and all gradients that were derived by hand, at 1e-10 of the largest entry of each, however small it is. */
export function expectByHand(
  model: Model,
  byHand: { readonly E: number; readonly gradients: Readonly<Record<string, number[] | number[][]>> },
  where: string,
): void {
  const names = Object.keys(byHand.gradients);
  expect(names, where).toEqual(expect.arrayContaining(parameterNames(model)));
  const { value, gradients } = measure(model, 'E', names);
  expect(Math.abs(value('E')[0] / byHand.E - 1), `E, ${where}`).toBeLessThan(1e-12);
  names.forEach((name, i) => {
    const expected = byHand.gradients[name].flat();
    expect(Math.max(...expected.map(Math.abs)), `${name} is not all zero, ${where}`).toBeGreaterThan(0);
    expect(maxRelativeError(gradients[i], expected), `${name}, ${where}`).toBeLessThan(1e-10);
  });
}

/** The gradients of E by all parameters, checked against finite differences and tfjs. */
export async function expectChecks(model: Model, where: string): Promise<void> {
  const { graph } = model.builder;
  const names = parameterNames(model);
  const { gradients } = measure(model, 'E', names);
  const skipped: string[] = [];
  const asked = new Map(names.map((name, i) => [graph.idOf(name), gradients[i]]));
  const reports = runChecks(model, graph.idOf('E'), asked, await loadTfjs(), (why) => skipped.push(why));
  expect(skipped, where).toEqual([]);
  expect(
    reports.map(({ against, ok }) => ({ against, ok })),
    where,
  ).toEqual([
    { against: 'finite-differences', ok: true },
    { against: 'tfjs', ok: true },
  ]);
  for (const { maxRelativeError } of reports) expect(maxRelativeError, where).toBeLessThan(1e-4); // limited or not
}
