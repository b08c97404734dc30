/** The first value of a run that is no finite number, so that one can say where an overflow began. */

import { type Graph, isLeaf, type NodeId } from '../graph/graph.ts';
import type { Plan } from './plan.ts';

export interface Anomaly {
  readonly node: NodeId;
  /** NaN, Infinity or -Infinity. */
  readonly value: number;
  /** The variable that the node is, or the next one computed from it. */
  readonly variable: string | undefined;
}

/** The node with the smallest id, among those up to `last` that the plan keeps, whose value has a non-finite element. */
export function firstNonFinite(graph: Graph, plan: Plan, last: NodeId): Anomaly | undefined {
  for (let node = 0; node <= last; node++) {
    if (isLeaf(graph.node(node)) || !plan.keeps(node)) continue;
    const value = plan.value(node).find((element) => !Number.isFinite(element));
    if (value !== undefined) return { node, value, variable: variableFrom(graph, node) };
  }
  return undefined;
}

function variableFrom(graph: Graph, from: NodeId): string | undefined {
  const reached = new Set([from]);
  for (let id = from; id < graph.size; id++) {
    const node = graph.node(id);
    if (id !== from && !node.inputs.some((input) => reached.has(input))) continue;
    if (node.name !== undefined) return node.name;
    reached.add(id);
  }
  return undefined;
}
