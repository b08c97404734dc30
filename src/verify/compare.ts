/** How far two values of formulas are apart. */

import { formatShape, sameShape } from '../graph/shape.ts';
import { isOnes, type Value } from '../model/equations/value.ts';
import type { Tensor } from '../run/eager.ts';
import { type ChainArithmetic, isDiagonalOf, isJacobian } from './jacobian.ts';

/** Relative errors up to `pass` are rounding, from `fail` on a difference; between them another point is tried. */
export const TOLERANCE = { pass: 1e-9, fail: 1e-6 } as const;

/** Below, a value beside 0 is rounding: points have values of order 1. */
const ZERO = 1e-13;

export interface Comparison {
  /** Largest difference in relation to the largest element; NaN if a value is not finite. */
  readonly error: number;
  /** Why the two cannot be compared. */
  readonly misfit?: string;
}

export function compare(
  m: ChainArithmetic,
  left: Value<Tensor>,
  right: Value<Tensor>,
  transposed = false,
): Comparison {
  let [a, b] = [left, right];
  const bothChain = isJacobian(a) && isJacobian(b) && sameShape(a.of, b.of) && sameShape(a.by, b.by);
  if (bothChain && isJacobian(a) && isJacobian(b)) return { error: distance(a.matrix.data, b.matrix.data) };
  const nought = (x: Value<Tensor>) => x.shape.length === 0 && x.v.data[0] === 0;
  for (const [x, other] of [
    [a, b],
    [b, a],
  ])
    if (isJacobian(x) && !isJacobian(other) && nought(other))
      return { error: distance(x.matrix.data, new Float64Array(x.matrix.data.length)) };
  // a square Jacobian beside the identity
  if (isJacobian(a) && b.standing === 'identity') b = m.sum(m.scaled(a, 0), b, 1);
  else if (isJacobian(b) && a.standing === 'identity') a = m.sum(m.scaled(b, 0), a, 1);
  // a vector for the diagonal matrix: ∂c_t/∂c_{t−1} = f_t
  if (isJacobian(a) && isDiagonalOf(a, b)) b = m.diagonal(b);
  else if (isJacobian(b) && isDiagonalOf(b, a)) a = m.diagonal(a);
  [a, b] = [narrowed(m.plain(a)), narrowed(m.plain(b))];
  if (transposed) a = m.transposed(a);
  if (b.standing === 'identity' && a.shape.length === 2) b = m.sum(m.scaled(a, 0), b, 1);
  // 1 in every place: ∂μ/∂a = 1ᵀ/n
  if (isOnes(b) && a.shape.length === 1) b = onesLike(m, b, a);
  else if (isOnes(a) && b.shape.length === 1) a = onesLike(m, a, b);
  if (nought(b) && a.shape.length > 0)
    return { error: distance(a.v.data, new Float64Array(a.v.data.length)) };
  if (nought(a) && b.shape.length > 0)
    return { error: distance(b.v.data, new Float64Array(b.v.data.length)) };
  if (!sameShape(a.shape, b.shape)) {
    return { error: Number.POSITIVE_INFINITY, misfit: `${told(a)} on the left, ${told(b)} on the right` };
  }
  const stands = (x: Value<Tensor>) =>
    x.standing === 'row' ? 'row' : x.standing === 'free' ? 'free' : 'column';
  if (a.shape.length === 1 && stands(a) !== stands(b) && stands(a) !== 'free' && stands(b) !== 'free') {
    return {
      error: Number.POSITIVE_INFINITY,
      misfit: `a ${stands(a)} on the left, a ${stands(b)} on the right`,
    };
  }
  return { error: distance(a.v.data, b.v.data) };
}

function onesLike(m: ChainArithmetic, ones: Value<Tensor>, like: Value<Tensor>): Value<Tensor> {
  const standing = ones.standing === 'onesRow' ? 'row' : 'column';
  return { ...m.sum(m.scaled(like, 0), m.number(ones.v.data[0]), 1), standing };
}

/** A row or column that would repeat beside a matrix, as a vector. */
function narrowed(x: Value<Tensor>): Value<Tensor> {
  if (x.standing !== 'spread') return x;
  const shape = [Math.max(...x.shape)];
  return { ...x, v: { shape, data: x.v.data }, shape, standing: 'free' };
}

const told = ({ shape }: Value<Tensor>): string =>
  shape.length === 0
    ? 'a number'
    : shape.length === 1
      ? `a vector of ${shape[0]}`
      : `a ${formatShape(shape)} array`;

/** max|a − b| / max(|a|, |b|) over all elements; 0 if both are zero, NaN where both vanish without being alike. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) return Number.NaN;
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(a[i]), Math.abs(b[i]));
  }
  if (largest === 0) return 0;
  const relative = difference / largest;
  if (largest >= ZERO) return relative;
  return relative <= TOLERANCE.pass || isZero(a) || isZero(b) ? 0 : Number.NaN;
}

function isZero(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) return false;
  return true;
}
