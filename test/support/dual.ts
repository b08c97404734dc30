/** Dual numbers v + d·ε with ε² = 0: a value and its derivative along one direction. Forward mode by hand, for one number. */

export interface Dual {
  readonly v: number;
  readonly d: number;
}

export const dual = (v: number, d = 0): Dual => ({ v, d });

export const plus = (a: Dual, b: Dual): Dual => dual(a.v + b.v, a.d + b.d);
export const minus = (a: Dual, b: Dual): Dual => dual(a.v - b.v, a.d - b.d);
export const times = (a: Dual, b: Dual): Dual => dual(a.v * b.v, a.d * b.v + a.v * b.d);
export const over = (a: Dual, b: Dual): Dual => dual(a.v / b.v, (a.d * b.v - a.v * b.d) / (b.v * b.v));
export const scaled = (a: Dual, factor: number): Dual => dual(factor * a.v, factor * a.d);
export const shifted = (a: Dual, shift: number): Dual => dual(a.v + shift, a.d);

export const sum = (terms: readonly Dual[]): Dual => terms.reduce(plus, dual(0));
export const product = (factors: readonly Dual[]): Dual => factors.reduce(times, dual(1));

/** Functions of one number with their derivatives. */
export const exp = (x: Dual): Dual => dual(Math.exp(x.v), x.d * Math.exp(x.v));
export const log = (x: Dual): Dual => dual(Math.log(x.v), x.d / x.v);
export const sqrt = (x: Dual): Dual => dual(Math.sqrt(x.v), x.d / (2 * Math.sqrt(x.v)));
export const sin = (x: Dual): Dual => dual(Math.sin(x.v), x.d * Math.cos(x.v));
export const cos = (x: Dual): Dual => dual(Math.cos(x.v), -x.d * Math.sin(x.v));
export const asin = (x: Dual): Dual => dual(Math.asin(x.v), x.d / Math.sqrt(1 - x.v * x.v));
export const acos = (x: Dual): Dual => dual(Math.acos(x.v), -x.d / Math.sqrt(1 - x.v * x.v));
export const atan = (x: Dual): Dual => dual(Math.atan(x.v), x.d / (1 + x.v * x.v));
export const erf = (x: Dual): Dual =>
  dual(erfValue(x.v), (2 / Math.sqrt(Math.PI)) * Math.exp(-x.v * x.v) * x.d);

/** x to a fixed exponent; x⁰ is 1 and does not change. */
export const power = (x: Dual, n: number): Dual =>
  dual(x.v ** n, n === 0 || x.d === 0 ? 0 : n * x.v ** (n - 1) * x.d);

/** a^b for a > 0: d(a^b) = b a^(b−1) da + a^b log a db. */
export const pow = (a: Dual, b: Dual): Dual =>
  dual(a.v ** b.v, b.v * a.v ** (b.v - 1) * a.d + a.v ** b.v * Math.log(a.v) * b.d);

/** 2/√π ∫₀ˣ e^{−t²} dt by Gauss and Legendre's rule of 5 points on each of 40 pieces. */
function erfValue(x: number): number {
  const [a, b] = [Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3];
  const [p, q] = [(322 + 13 * Math.sqrt(70)) / 900, (322 - 13 * Math.sqrt(70)) / 900];
  const rule = [
    [0, 128 / 225],
    [a, p],
    [-a, p],
    [b, q],
    [-b, q],
  ];
  const half = x / 80;
  let total = 0;
  for (let piece = 0; piece < 40; piece++) {
    const middle = (2 * piece + 1) * half;
    for (const [node, weight] of rule) total += weight * Math.exp(-((middle + node * half) ** 2));
  }
  return (2 / Math.sqrt(Math.PI)) * half * total;
}

let closest = Number.POSITIVE_INFINITY;

/** Notes how far the computation is from a place where it would take another course. */
export function atDistance(distance: number): void {
  closest = Math.min(closest, Math.abs(distance));
}

/**
 * Notes how far a and b are from changing sides; where their difference is steep, how far the operands are from it. Equal
 * numbers that move alike are equal by construction (x and x, two zeros of a padding), and stay so.
 */
export function compare(a: Dual, b: Dual): void {
  const slope = Math.abs(a.d - b.d);
  const moveAlike = slope <= 1e-9 * (Math.abs(a.d) + Math.abs(b.d));
  if (a.v !== b.v || !moveAlike) atDistance((a.v - b.v) / Math.max(1, slope));
}

/**
 * The same where what is computed jumps: numbers that move alike but come about in different ways, as the means of two
 * windows, change sides by rounding alone. Only the very same number, and those that do not move, stay equal.
 */
export function compareAtJump(a: Dual, b: Dual): void {
  if (a === b || (a.d === 0 && b.d === 0)) compare(a, b);
  else atDistance((a.v - b.v) / Math.max(1, Math.abs(a.d - b.d)));
}

export function isLess(a: Dual, b: Dual): boolean {
  compare(a, b);
  return a.v < b.v;
}

export const isAbove = (x: Dual, bound: number): boolean => isLess(dual(bound), x);

/** What `compute` returns, and the closest call on the way: 0 at a kink, a jump, a tie or a pole. */
export function withClosestCall<T>(compute: () => T): { readonly result: T; readonly margin: number } {
  const outer = closest;
  closest = Number.POSITIVE_INFINITY;
  try {
    const result = compute();
    return { result, margin: closest };
  } finally {
    closest = Math.min(outer, closest);
  }
}
