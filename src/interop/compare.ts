/** How far apart two arrays of derivatives are. */

/**
 * The largest relative difference of an element: |a − b| / max(|b|, floor · largest |b|). The floor keeps elements
 * that are tiny beside the largest from being measured against their own rounding. 0 where a = b = 0 throughout.
 */
export function maxRelativeError(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-2): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} elements cannot be compared`);
  let largest = 0;
  for (let i = 0; i < b.length; i++) largest = Math.max(largest, Math.abs(b[i]));
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (difference === 0) continue;
    const relative = difference / Math.max(Math.abs(b[i]), floor * largest);
    if (!(relative <= worst)) worst = relative; // NaN counts as the worst
    if (Number.isNaN(worst)) return Number.POSITIVE_INFINITY;
  }
  return worst;
}
