/** The blocked loops of products against plain sums, at every size around the lengths of their blocks. */

import { describe, expect, test } from 'vitest';
import { sumOfOuters, timesMatrix, timesVector, transposedTimesVector } from '../src/ops/products.ts';

/** Small whole numbers: their sums are exact, in whatever order they are taken. */
const numbers = (size: number, seed: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => ((i * 37 + seed * 101 + 13) % 23) - 11);

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const sumOver = (n: number, term: (i: number) => number): number =>
  Array.from({ length: n }, (_, i) => term(i)).reduce((sum, value) => sum + value, 0);

/** What the loop leaves in y, which held 1, 2, 3, … before. */
function leaves(size: number, loop: (y: Float64Array) => void): number[] {
  const y = Float64Array.from(upTo(size));
  loop(y);
  return [...y];
}

describe.each([false, true])('accumulate: %s', (accumulate) => {
  const held = (i: number) => (accumulate ? i + 1 : 0);

  test('A b', () => {
    for (const m of upTo(13))
      for (const k of [1, 2, 5]) {
        const [a, b] = [numbers(m * k, m), numbers(k, 7)];
        const expected = upTo(m).map((_, i) => held(i) + sumOver(k, (j) => a[i * k + j] * b[j]));
        expect(
          leaves(m, (y) => timesVector(a, b, y, accumulate)),
          `${m}×${k}`,
        ).toEqual(expected);
      }
  });

  test('Aᵀ b', () => {
    for (const k of upTo(29))
      for (const n of [1, 2, 5]) {
        const [a, b] = [numbers(k * n, k), numbers(k, 5)];
        const expected = upTo(n).map((_, j) => held(j) + sumOver(k, (i) => a[i * n + j] * b[i]));
        expect(
          leaves(n, (y) => transposedTimesVector(a, b, y, accumulate)),
          `${k}×${n}`,
        ).toEqual(expected);
      }
  });

  test('Σ a bᵀ', () => {
    for (const terms of upTo(9))
      for (const m of upTo(9))
        for (const n of [1, 3]) {
          const as = upTo(terms).map((k) => numbers(m, k));
          const bs = upTo(terms).map((k) => numbers(n, k + 50));
          const expected = upTo(m * n).map((_, p) => {
            const [i, j] = [Math.floor(p / n), p % n];
            return held(p) + sumOver(terms, (k) => as[k][i] * bs[k][j]);
          });
          const found = leaves(m * n, (y) => sumOfOuters(as, bs, y, accumulate));
          expect(found, `${terms} of ${m}×${n}`).toEqual(expected);
        }
  });
});

test('A B', () => {
  for (const m of [1, 2, 3])
    for (const k of [1, 2, 4])
      for (const n of [1, 3, 5]) {
        const [a, b] = [numbers(m * k, m), numbers(k * n, n + 9)];
        const expected = upTo(m * n).map((_, p) => {
          const [i, j] = [Math.floor(p / n), p % n];
          return sumOver(k, (l) => a[i * k + l] * b[l * n + j]);
        });
        expect(
          leaves(m * n, (y) => timesMatrix(a, b, y, m, k, n)),
          `${m}×${k}×${n}`,
        ).toEqual(expected);
      }
});

test('of no terms the sum is 0, and a product over an inner size of 0 too', () => {
  expect(leaves(2, (y) => sumOfOuters([], [], y, false))).toEqual([0, 0]);
  expect(leaves(2, (y) => timesVector(new Float64Array(0), new Float64Array(0), y, false))).toEqual([0, 0]);
  expect(leaves(2, (y) => transposedTimesVector(new Float64Array(0), new Float64Array(0), y, false))).toEqual(
    [0, 0],
  );
  expect(leaves(4, (y) => timesMatrix(new Float64Array(0), new Float64Array(0), y, 2, 0, 2))).toEqual([
    0, 0, 0, 0,
  ]);
});
