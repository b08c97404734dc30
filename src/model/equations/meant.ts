/** Which variable a person means: by the name that the graph has, or as one writes it in LaTeX, Unicode or plain text. */

import type { Graph } from '../../graph/graph.ts';
import { parseExpression } from '../../notation/parse.ts';
import { NotationError } from '../../notation/problem.ts';
import { referenceOf, variableName } from './names.ts';

/** `\theta_1`, `theta_1` and `θ₁` are θ_1. What is no variable of the graph is returned as it is. */
export function nameMeant(graph: Graph, typed: string): string {
  if (graph.find(typed) !== undefined) return typed;
  const counts = new Map<string, Set<number>>();
  for (const { name } of graph.nodes) {
    if (name === undefined) continue;
    counts.set(name, (counts.get(name) ?? new Set()).add(0));
    const [, family, indices] = /^(.+)_(-?\d+(?:\.-?\d+)*)$/.exec(name) ?? [];
    if (family !== undefined)
      counts.set(family, (counts.get(family) ?? new Set()).add(indices.split('.').length));
  }
  try {
    const x = parseExpression(typed, { names: new Set(counts.keys()) });
    const reference = referenceOf(x, new Map(), (family) => [...(counts.get(family) ?? [])]);
    const name = reference && variableName(reference);
    return name !== undefined && graph.find(name) !== undefined ? name : typed;
  } catch (error) {
    if (error instanceof NotationError) return typed;
    throw error;
  }
}
