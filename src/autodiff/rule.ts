/** One edge of reverse mode, over any algebra: graph nodes, numbers or typeset formulas. */

import { GradpathError } from '../graph/error.ts';
import type { Node } from '../graph/graph.ts';
import { broadcastShapes, formatShape, type Shape, sameShape } from '../graph/shape.ts';
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
  if (term === undefined) throw wrongRule(node.op, slot, 'nothing', shapes[slot]);
  const [found, wanted] = [shapeOf(term), shapes[slot]];
  if (sameShape(found, wanted)) return term;
  const common = broadcastShapes(found, wanted);
  if (common === undefined || !sameShape(common, found)) {
    throw wrongRule(node.op, slot, `shape ${formatShape(found)}`, wanted);
  }
  return A.sumTo(term, { shape: wanted });
}

/** A rule of the table is always right: this is for ops that people define. */
function wrongRule(op: string, slot: number, found: string, wanted: Shape): GradpathError {
  const message = `${op}: the derivative rule for operand ${slot + 1} gives ${found}, expected the operand's shape, ${formatShape(wanted)}`;
  return new GradpathError('derivative', message, op);
}
