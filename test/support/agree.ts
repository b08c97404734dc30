/** Assertions that derivatives from two sources are the same. */

import { expect } from 'vitest';
import type { Differences } from '../../src/autodiff/check.ts';
import { maxRelativeError } from '../../src/interop/compare.ts';

/** Elements below this part of the largest are measured against it, not against themselves. */
const FLOOR = 1e-4;

/** |a − b| ≤ tolerance · max(|b|, floor · largest |b|) for all elements. */
export function expectEqual(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  tolerance: number,
  label: string,
  floor = FLOOR,
): void {
  expect(maxRelativeError(a, b, floor), label).toBeLessThan(tolerance);
}

/**
 * A derivative against differences, each element by itself: off by no more than the tolerance, and by what the differences
 * say of that element, rounding most of all. They must settle, by default to
 * within the tolerance of the largest element.
 */
export function expectDifferences(
  exact: ArrayLike<number>,
  { derivative, uncertainty }: Differences,
  tolerance: number,
  label: string,
  settled = tolerance * Math.max(0, ...Array.from(exact, Math.abs)),
): void {
  expect(derivative.length, label).toBe(exact.length);
  expect(Math.max(0, ...uncertainty), `${label}: differences that settle`).toBeLessThanOrEqual(settled);
  for (let i = 0; i < exact.length; i++) {
    const allowed = tolerance * Math.abs(exact[i]) + 3 * uncertainty[i];
    const error = Math.abs(exact[i] - derivative[i]);
    if (!(error <= allowed))
      expect(error, `${label}, element ${i}: ${exact[i]} and ${derivative[i]}`).toBe(0);
  }
}

/** ⟨v, J u⟩ and ⟨Jᵀ v, u⟩, given term by term, relative to the sum of all terms' sizes. */
export function expectSameSums(
  a: readonly number[],
  b: readonly number[],
  tolerance: number,
  label: string,
): void {
  const sum = (terms: readonly number[]) => terms.reduce((total, term) => total + term, 0);
  const scale = sum([...a, ...b].map(Math.abs));
  const error = Math.abs(sum(a) - sum(b));
  expect(error, `${label}: ${sum(a)} and ${sum(b)}`).toBeLessThanOrEqual(tolerance * scale);
}
