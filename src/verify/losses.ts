/** Which scalars of a graph are losses: the target, and the terms that it is the sum of. */

import type { Graph, NodeId } from '../graph/graph.ts';

/** Ops by which terms of a loss become the loss. */
const ADDITIVE: ReadonlySet<string> = new Set(['add', 'sub', 'total', 'affine']);

/** The target and the scalars from which nothing but losses is computed. A state that feeds the next one is none. */
export function lossesOf(
  graph: Graph,
  target: NodeId,
  familyOf: (id: NodeId) => string | undefined,
): ReadonlySet<NodeId> {
  const feeds = new Set<NodeId>([target]); // nodes all of whose consumers lead to losses
  const consumers = new Map<NodeId, NodeId[]>();
  for (const { id, inputs, adjointOf } of graph.nodes) {
    if (adjointOf !== undefined) continue;
    for (const input of inputs) consumers.set(input, [...(consumers.get(input) ?? []), id]);
  }
  const losses = new Set<NodeId>([target]);
  for (let id = target - 1; id >= 0; id--) {
    const { shape, inputs } = graph.node(id);
    const into = consumers.get(id) ?? [];
    const isPure =
      shape.length === 0 &&
      inputs.length > 0 &&
      into.length > 0 &&
      into.every((c) => feeds.has(c) && ADDITIVE.has(graph.node(c).op));
    if (!isPure) continue;
    if (familyOf(id) === undefined) feeds.add(id);
    else if (familyOf(id) !== familyOf(target)) {
      feeds.add(id);
      losses.add(id);
    }
  }
  const isRecurrent = [...losses].some((id) => id !== target && familyOf(id) === familyOf(target));
  return isRecurrent ? new Set([target]) : losses;
}
