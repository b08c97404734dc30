/** Sums in which something is too small to be seen: that it belongs there, no point shows. */

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
