/** Sizes and distances of tensors. */

import type { Tensor } from '../run/eager.ts';

/** ⟨a, b⟩, the sum of the products of the elements. */
export function inner(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i] * b.data[i];
  return sum;
}

/** The Frobenius norm. */
export function norm(a: Tensor): number {
  return Math.sqrt(inner(a, a));
}

/** ‖a − b‖ / ‖b‖; 0 where both are zero. */
export function relativeDistance(a: Tensor, b: Tensor): number {
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) squares += (a.data[i] - b.data[i]) ** 2;
  return squares === 0 ? 0 : Math.sqrt(squares) / norm(b);
}
