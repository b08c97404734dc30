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
    if (element < 0) continue;
    const variable = graph.nodes[nextVariables(graph)[node]]?.name;
    return { node, element, value: data[element], variable };
  }
  return undefined;
}

/** By id, the variable that a node is, or the next one computed from it; −1 where there is none. */
export function nextVariables({ nodes }: Graph): Int32Array {
  const next = new Int32Array(nodes.length).fill(-1);
  for (let id = nodes.length - 1; id >= 0; id--) {
    const { name, inputs } = nodes[id];
    if (name !== undefined) next[id] = id;
    if (next[id] < 0) continue;
    for (const input of inputs) if (next[input] < 0 || next[id] < next[input]) next[input] = next[id];
  }
  return next;
}
