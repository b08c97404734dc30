/** On which sides of the kinks of its ops a point is: what holds on one side alone is not shown to hold. */

import type { Node, NodeId } from '../graph/graph.ts';
import { broadcastOffsets } from '../graph/shape.ts';
import type { OpName } from '../ops/op.ts';
import { table } from '../ops/table.ts';
import type { Tensor } from '../run/eager.ts';

/** Ops of two operands whose derivative changes where these are equal. */
const OF_TWO: ReadonlySet<string> = new Set(['max', 'min', 'less', 'lessEqual', 'greater', 'greaterEqual']);

/** Where the derivative of an op of one operand changes. */
function kinksOf({ op, attrs }: Node): readonly number[] {
  if (op === 'clip') return [attrs.low as number, attrs.high as number];
  return table[op as OpName]?.kinks ?? [];
}

/** All sides that the nodes have: `12:0` is below the first kink of node 12. */
export function allSides(nodes: readonly Node[]): Set<string> {
  const sides = new Set<string>();
  for (const node of nodes) {
    const count = OF_TWO.has(node.op) ? 2 : kinksOf(node).length + 1;
    for (let side = 0; count > 1 && side < count; side++) sides.add(`${node.id}:${side}`);
  }
  return sides;
}

/** The sides on which some element is, given the values of the nodes. */
export function sidesAt(nodes: readonly Node[], valueAt: (id: NodeId) => Tensor): Set<string> {
  const sides = new Set<string>();
  for (const node of nodes) {
    const [a, b] = node.inputs.map(valueAt);
    if (OF_TWO.has(node.op)) {
      const [left, right] = [a, b].map(({ shape, data }) =>
        Array.from(broadcastOffsets(shape, node.shape), (at) => data[at]),
      );
      left.forEach((v, i) => {
        if (v !== right[i]) sides.add(`${node.id}:${v < right[i] ? 0 : 1}`);
      });
      continue;
    }
    const kinks = kinksOf(node);
    if (kinks.length === 0) continue;
    for (const v of a.data)
      if (!kinks.includes(v)) sides.add(`${node.id}:${kinks.filter((kink) => kink < v).length}`);
  }
  return sides;
}
