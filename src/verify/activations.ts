/** Ops that work on each element and are called activations. */

import type { Graph } from '../graph/graph.ts';

const NAMES = 'tanh sigmoid relu softplus elu gelu silu leakyRelu exp selu relu6 sin erf';

export const ACTIVATIONS: ReadonlySet<string> = new Set(NAMES.split(' '));

/** The activations of a graph. */
export function activationOps({ nodes }: Graph): readonly string[] {
  return [...new Set(nodes.map(({ op }) => op).filter((op) => ACTIVATIONS.has(op)))];
}
