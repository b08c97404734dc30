/** The variable graph: named nodes alone, with the unnamed nodes between them contracted into segments. */

import { GradpathError } from '../graph/error.ts';
import type { Edge, Graph, Node, NodeId } from '../graph/graph.ts';

/**
 * An edge A→B of the variable graph: all op paths from A to B that pass no other variable. It is a factor ∂B/∂A of
 * a chain-rule formula.
 */
export interface Segment {
  /** `H_2→H_3`: stable, so that formulas and pictures can refer to it. */
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  /** The op edges beneath it, by descending consumer. Found when first asked for. */
  readonly edges: readonly Edge[];
}

/** A variable is a named node. What derivative rules appended is none, even if it was given a name. */
export function isVariable(node: Node): boolean {
  return node.name !== undefined && node.adjointOf === undefined;
}

/** Segments are found when asked for: those of a whole graph can be many more than those behind one gradient. */
export class VariableGraph {
  readonly graph: Graph;
  /** Ids of the variables by ascending id. */
  readonly variables: readonly NodeId[];
  readonly #isKept: (node: Node) => boolean;
  readonly #into = new Map<NodeId, readonly Segment[]>();
  readonly #between = new Map<NodeId, readonly NodeId[]>();

  /** `isKept`: which nodes count as variables; all that have a name unless told otherwise. */
  constructor(graph: Graph, isKept: (node: Node) => boolean = isVariable) {
    this.graph = graph;
    this.#isKept = isKept;
    this.variables = graph.nodes.filter(isKept).map((node) => node.id);
  }

  /** Segments that end in a variable, by descending `from`. */
  into(id: NodeId): readonly Segment[] {
    let segments = this.#into.get(id);
    if (segments === undefined) {
      const { sources, between } = beneath(this.graph, id, this.#isKept);
      segments = sources.map((from) => new LazySegment(this, from, id));
      this.#into.set(id, segments);
      this.#between.set(id, between);
    }
    return segments;
  }

  /** All segments, by ascending `to`. */
  get segments(): readonly Segment[] {
    return this.variables.flatMap((id) => this.into(id));
  }

  segment(id: string): Segment {
    const arrow = id.indexOf('→'); // names have none
    const to = this.graph.find(id.slice(arrow + 1));
    const segment = to === undefined ? undefined : this.into(to).find((candidate) => candidate.id === id);
    if (segment === undefined) throw new GradpathError('unknown-variable', `there is no segment ${id}`, id);
    return segment;
  }

  /** The op edges on the way from some variables to one that pass no other variable, by descending consumer. */
  edgesBetween(sources: ReadonlySet<NodeId>, to: NodeId): Edge[] {
    this.into(to);
    const reached = new Set(sources);
    const edges: Edge[] = [];
    for (const consumer of this.#between.get(to)!) {
      const { inputs } = this.graph.node(consumer);
      const slots = inputs.flatMap((input, slot) => (reached.has(input) ? [slot] : []));
      for (const slot of slots) edges.push({ consumer, slot });
      if (slots.length > 0 && consumer !== to) reached.add(consumer);
    }
    return edges.reverse();
  }

  name(id: NodeId): string {
    return this.graph.label(id);
  }
}

/** The variables from which a node is computed by way of unnamed nodes, descending, and these nodes, it included. */
function beneath(
  graph: Graph,
  to: NodeId,
  isKept: (node: Node) => boolean,
): { sources: NodeId[]; between: readonly NodeId[] } {
  const between = new Set([to]);
  const sources = new Set<NodeId>();
  for (const id of between) {
    // the set grows meanwhile
    for (const input of graph.node(id).inputs) (isKept(graph.node(input)) ? sources : between).add(input);
  }
  return { sources: [...sources].sort((a, b) => b - a), between: [...between].sort((a, b) => a - b) };
}

class LazySegment implements Segment {
  readonly id: string;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly #variables: VariableGraph;
  #edges: readonly Edge[] | undefined;

  constructor(variables: VariableGraph, from: NodeId, to: NodeId) {
    this.id = `${variables.name(from)}→${variables.name(to)}`;
    this.from = from;
    this.to = to;
    this.#variables = variables;
  }

  get edges(): readonly Edge[] {
    this.#edges ??= this.#variables.edgesBetween(new Set([this.from]), this.to);
    return this.#edges;
  }
}
