/** Sizes and distances of tensors. */

import type { Tensor } from '../run/eager.ts';

/** ⟨a, b⟩, the sum of the products of the elements. */
export function inner(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i] * b.data[i];
  return sum;
}

/** The largest size of an element. */
export function largest(a: Tensor): number {
  let size = 0;
  for (let i = 0; i < a.data.length; i++) size = Math.max(size, Math.abs(a.data[i]));
  return size;
}

/** The Frobenius norm, scaled on the way: squares of a vanishing or exploding gradient leave the range of numbers. */
export function norm(a: Tensor): number {
  const scale = largest(a);
  if (scale === 0 || !Number.isFinite(scale)) return scale;
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) squares += (a.data[i] / scale) ** 2;
  return scale * Math.sqrt(squares);
}

/** ⟨a, b⟩ / ⟨b, b⟩, b not zero. */
export function projection(a: Tensor, b: Tensor): number {
  const scale = largest(b);
  let products = 0;
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) {
    const unit = b.data[i] / scale;
    products += (a.data[i] / scale) * unit;
    squares += unit * unit;
  }
  return products / squares;
}

/** ‖a − b‖ / ‖b‖; 0 where both are zero. */
export function relativeDistance(a: Tensor, b: Tensor): number {
  const difference = norm({
    shape: a.shape,
    data: Float64Array.from(a.data, (value, i) => value - b.data[i]),
  });
  return difference === 0 ? 0 : difference / norm(b);
}
