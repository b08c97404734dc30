/** What tfjs 4.22 throws at, though its documentation does not say so. */

import type { Attrs } from '../../src/graph/graph.ts';
import type { Shape } from '../../src/graph/shape.ts';

/** Why tfjs refuses an op of operands of these shapes, or undefined if it does not. */
export function refusalOfTfjs(
  op: string,
  shapes: readonly Shape[],
  shape: Shape,
  attrs: Attrs,
): string | undefined {
  const rank = Math.max(...shapes.map((operand) => operand.length));
  if ((op === 'matmul' || op === 'broadcastTo') && Math.max(rank, shape.length) >= 5)
    return 'tile has no gradient at rank 5';
  if ((op === 'slice' || op === 'pad') && rank === 0) return `tfjs has no ${op} of a scalar`;
  if (op === 'norm' && rank > 1) {
    const axes = (attrs.axes as readonly number[]).length;
    if (axes === 0 || axes > 2) return 'the norm of a matrix or more takes one or two axes';
  }
  return undefined;
}
