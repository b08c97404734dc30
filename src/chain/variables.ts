/** The variable graph: named nodes alone, with the unnamed nodes between them contracted into segments. */

import { GradpathError } from '../graph/error.ts';
import type { Edge, Graph, NodeId } from '../graph/graph.ts';

/**
 * An edge A→B of the variable graph: all op paths from A to B that pass no other variable. It is a factor ∂B/∂A of
 * a chain-rule formula, and `edges` are the op edges beneath it.
 */
export interface Segment {
  /** `H_2→H_3`: stable, so that formulas and pictures can refer to it. */
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  /** Op edges on the way, by descending consumer. */
  readonly edges: readonly Edge[];
}

export class VariableGraph {
  readonly graph: Graph;
  /** Ids of the variables by ascending id. Nodes that derivative rules appended are none. */
  readonly variables: readonly NodeId[];
  readonly #into = new Map<NodeId, Segment[]>();
  readonly #outOf = new Map<NodeId, Segment[]>();
  readonly #byId = new Map<string, Segment>();

  constructor(graph: Graph) {
    this.graph = graph;
    const named = graph.nodes.filter((node) => node.name !== undefined && node.adjointOf === undefined);
    this.variables = named.map((node) => node.id);
    for (const { id } of named) {
      for (const segment of segmentsInto(graph, id)) {
        push(this.#into, segment.to, segment);
        push(this.#outOf, segment.from, segment);
        this.#byId.set(segment.id, segment);
      }
    }
  }

  /** Segments that end in a variable, by descending `from`. */
  into(id: NodeId): readonly Segment[] {
    return this.#into.get(id) ?? [];
  }

  /** Segments that start in a variable, by ascending `to`. */
  outOf(id: NodeId): readonly Segment[] {
    return this.#outOf.get(id) ?? [];
  }

  get segments(): readonly Segment[] {
    return [...this.#byId.values()];
  }

  segment(id: string): Segment {
    const segment = this.#byId.get(id);
    if (segment === undefined) throw new GradpathError('unknown-variable', `there is no segment ${id}`, id);
    return segment;
  }

  name(id: NodeId): string {
    return this.graph.label(id);
  }
}

/** All segments into one variable: a walk back through unnamed nodes, then a sweep forward from each source. */
function segmentsInto(graph: Graph, to: NodeId): Segment[] {
  const between = new Set<NodeId>([to]);
  const stack = [to];
  while (stack.length > 0) {
    for (const input of graph.node(stack.pop()!).inputs) {
      if (graph.node(input).name === undefined && !between.has(input)) {
        between.add(input);
        stack.push(input);
      }
    }
  }
  const sources = new Map<NodeId, Set<NodeId>>(); // of each unnamed node: the variables it is computed from
  const edges = new Map<NodeId, Edge[]>(); // by source
  for (const id of [...between].sort((a, b) => a - b)) {
    const reached = new Set<NodeId>();
    graph.node(id).inputs.forEach((input, slot) => {
      const from = graph.node(input).name === undefined ? sources.get(input)! : [input];
      for (const source of from) {
        reached.add(source);
        push(edges, source, { consumer: id, slot });
      }
    });
    sources.set(id, reached);
  }
  return [...edges]
    .sort(([a], [b]) => b - a)
    .map(([from, list]) => ({
      id: `${graph.label(from)}→${graph.label(to)}`,
      from,
      to,
      edges: list.reverse(),
    }));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
