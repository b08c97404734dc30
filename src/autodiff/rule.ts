/** One edge of reverse mode, over any algebra: graph nodes, numbers or typeset formulas. */

import type { Node } from '../graph/graph.ts';
import { type Shape, sameShape } from '../graph/shape.ts';
import type { Algebra, OpName, RuleContext } from '../ops/op.ts';
import { ruleOf } from '../ops/table.ts';

/**
 * What operand `slot` of `node` receives when the node's own adjoint is g. Where the operand was broadcast, the
 * summing back to its shape happens here and in no rule. Undefined where the op is flat in that operand.
 */
export function operandAdjoint<V>(
  A: Algebra<V>,
  node: Node,
  slot: number,
  shapes: readonly Shape[],
  values: { readonly x: readonly V[]; readonly y: V; readonly g: V },
  shapeOf: (value: V) => Shape,
): V | undefined {
  const rule = ruleOf(node.op, slot);
  if (rule === 'flat') return undefined;
  const { x, y, g } = values;
  const context = { A, x, y, g, attrs: node.attrs, shapes, shape: node.shape, slot };
  const term = rule(context as unknown as RuleContext<V, OpName>);
  return sameShape(shapeOf(term), shapes[slot]) ? term : A.sumTo(term, { shape: shapes[slot] });
}
