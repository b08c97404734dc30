/** The doubles that reductions add up in. */

import { expect, test } from 'vitest';
import { doublesOf, store } from '../src/ops/sums.ts';

test('of doubles they are the values themselves, and storing leaves them', () => {
  const y = Float64Array.of(1, 2 ** -40, 3);
  expect(doublesOf(y)).toBe(y);
  store(y, y);
  expect(y).toEqual(Float64Array.of(1, 2 ** -40, 3));
});

test('of singles they are as many doubles, which storing rounds', () => {
  const y = new Float32Array(3);
  const sums = doublesOf(y);
  expect(sums).toEqual(new Float64Array(3));
  sums.set([1, 1 + 2 ** -40, 0.1]);
  expect([...y]).toEqual([0, 0, 0]);
  store(sums, y);
  expect([...y]).toEqual([1, 1, Math.fround(0.1)]);
  expect(sums[1]).toBe(1 + 2 ** -40);
});
