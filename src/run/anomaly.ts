/** The first value of a run that is no finite number, so that one can say where an overflow began. */

import type { Graph, NodeId } from '../graph/graph.ts';
import type { Plan } from './plan.ts';

export interface NonFinite {
  readonly node: NodeId;
  /** The first such element, row-major, and what it is: NaN, Infinity or -Infinity. */
  readonly element: number;
  readonly value: number;
  /** The variable that the node is, or the next one computed from it. */
  readonly variable: string | undefined;
}

/**
 * The node with the smallest id, among those up to `last` that the plan keeps, whose value has a non-finite element. A
 * leaf may be it too: what float64 holds may be too large for float32.
 */
export function firstNonFinite(graph: Graph, plan: Plan, last: NodeId): NonFinite | undefined {
  for (let node = 0; node <= last; node++) {
    if (!plan.keeps(node)) continue;
    const data = plan.value(node);
    const element = data.findIndex((value) => !Number.isFinite(value));
    if (element >= 0) return { node, element, value: data[element], variable: variableFrom(graph, node) };
  }
  return undefined;
}

/** The name of the variable that a node is, or of the next one computed from it. */
export function variableFrom(graph: Graph, from: NodeId): string | undefined {
  const reached = new Set([from]);
  for (let id = from; id < graph.size; id++) {
    const node = graph.node(id);
    if (id !== from && !node.inputs.some((input) => reached.has(input))) continue;
    if (node.name !== undefined) return node.name;
    reached.add(id);
  }
  return undefined;
}
