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

/** What an oracle found of some elements, and how far from the truth it may be itself. */
export interface Found {
  readonly derivative: ArrayLike<number>;
  readonly uncertainty: ArrayLike<number>;
}

export interface Judgement {
  /** The largest relative difference of an element, or of one that is wrong if any is. */
  readonly error: number;
  /** What was allowed of that element: the bound, or beyond it what the oracle is accurate to. */
  readonly allowed: number;
  readonly ok: boolean;
}

/** An element smaller than this part of the largest is shown beside that part of it, unless it is wrong. */
const FLOOR = 1e-2;

/**
 * Each element of ours by itself: right if it is off by at most `bound` of itself, or by no more than three times the
 * oracle's own uncertainty of that element, and that no more than `excused`.
 */
export function judge(
  ours: ArrayLike<number>,
  { derivative, uncertainty }: Found,
  bound: number,
  excused: number,
): Judgement {
  let largest = 0;
  for (let i = 0; i < ours.length; i++) largest = Math.max(largest, Math.abs(ours[i]));
  let error = 0;
  let allowed = bound;
  let ok = true;
  for (let i = 0; i < ours.length; i++) {
    const size = Math.abs(ours[i]);
    const off = Math.abs(derivative[i] - ours[i]);
    if (off === 0) continue;
    const margin = Math.min(3 * uncertainty[i], excused);
    const isRight = off <= bound * size || off <= margin;
    const beside = isRight ? Math.max(size, FLOOR * largest) : Math.max(size, Math.abs(derivative[i]));
    const relative = off / beside;
    if (isRight && !ok) continue;
    if (!isRight && ok) [ok, error] = [false, 0]; // from here on, those that are wrong
    if (relative <= error) continue;
    error = Number.isFinite(relative) ? relative : Number.POSITIVE_INFINITY;
    allowed = relative > bound && margin > bound * beside ? margin / beside : bound;
  }
  return { error, allowed, ok };
}
