/** Kinks of long graphs: found in time that grows with their length alone. Not among the checks of a mutation run. */

import { expect, test } from 'vitest';
import { type Kink, kinks } from '../src/autodiff/kinks.ts';
import { Builder } from '../src/ops/builder.ts';
import { growth, secondsOf } from './support/time.ts';

/** Seconds to find the kinks of so many steps h ← h + relu(h) at h = 0, all of which are on one. */
function timeOf(steps: number): number {
  const b = new Builder();
  const x = b.parameter('x', []);
  let h = x;
  for (let t = 1; t <= steps; t++) h = b.add(h, b.relu(h));
  const E = b.define('E', () => h);
  let found: readonly Kink[] = [];
  const time = secondsOf(() => {
    found = kinks(b, { x: 0 }, E, [x]);
  });
  expect(found).toHaveLength(steps);
  expect(found.every(({ variable }) => variable === 'E')).toBe(true);
  return time;
}

test('eight times as many take eight times as long, not sixty-four', () => {
  expect(growth(timeOf, 2_500, 20_000)).toBeLessThan(24);
});
