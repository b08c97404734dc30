/** What is too small to be seen: in a sum, or of an activation at its end. That it belongs there, no point shows. */

import type { Attrs } from '../graph/graph.ts';
import type { Tensor } from '../run/eager.ts';
import type { Instance } from './instance.ts';

/** Relative to what stands beside it. Twice the error that passes, and twice again for the slope of a root. */
const TINY = 4e-9;

/** Whether of two parts of a sum one is tiny, and not 0. */
export function isLopsided(op: string, attrs: Attrs, operands: readonly Tensor[]): boolean {
  if (op === 'add' || op === 'sub' || op === 'total') return haveTiny(operands.map(largest));
  if (op !== 'affine') return false;
  const [scale, shift] = [attrs.scale as number, attrs.shift as number];
  return haveTiny([Math.abs(scale) * largest(operands[0]), Math.abs(shift)]);
}

function haveTiny(sizes: readonly number[]): boolean {
  let most = 0;
  for (const size of sizes) most = Math.max(most, size);
  return sizes.some((size) => size > 0 && size < TINY * most);
}

/** Where activations end. */
const ENDS: Readonly<Record<string, readonly number[]>> = {
  sigmoid: [0, 1],
  tanh: [-1, 1],
  softmax: [0, 1],
  exp: [0],
};

/** Whether all that an activation comes to is at its ends: it may as well be a step, or nothing. */
export function isFlat(op: string, { data }: Tensor): boolean {
  const ends = ENDS[op];
  if (ends === undefined || data.length === 0) return false;
  return data.every((v: number) => ends.some((end) => Math.abs(v - end) < TINY));
}

/** The largest absolute value of an element. */
export function largest({ data }: Tensor): number {
  let most = 0;
  for (const v of data) most = Math.max(most, Math.abs(v));
  return most;
}

/** Whether the network itself adds something tiny, such as ε = 10⁻¹², at all points: with it and without all is alike. */
export function addsTiny(points: readonly Instance[]): boolean {
  const { graph, target } = points[0].subject;
  return graph.nodes.some(
    ({ id, op, attrs, inputs, adjointOf }) =>
      adjointOf === undefined &&
      id <= target &&
      points.every((point) => isLopsided(op, attrs, inputs.map(point.valueOf))),
  );
}
