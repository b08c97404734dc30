/** What the page is about: a model, its graph and the value of every node. Immutable once made. */

import { type Segment, VariableGraph } from '../../src/chain/variables.ts';
import { GradpathError } from '../../src/graph/error.ts';
import { type Graph, isLeaf, type NodeId } from '../../src/graph/graph.ts';
import type { Model } from '../../src/model/model.ts';
import type { Tensor } from '../../src/run/eager.ts';
import { Plan } from '../../src/run/plan.ts';

export interface Document {
  readonly title: string;
  /** Its builder's graph is the document's: whoever differentiates takes a copy. */
  readonly model: Model;
  readonly graph: Graph;
  readonly variables: VariableGraph;
  readonly valueAt: (id: NodeId) => Tensor;
  /** Scopes that make a column each (`t=1`, `t=2`, …), in the order of the graph. */
  readonly steps: readonly string[];
  /** Whether the columns are steps in time. */
  readonly timed: boolean;
  readonly parameters: readonly string[];
  /** Scalar variables that are computed: what a gradient can be asked of. */
  readonly targets: readonly string[];
  readonly defaultTarget: string;
  readonly defaultWrt: string;
}

/** Runs the model once and gathers what the panels ask for. */
export function documentOf(model: Model): Document {
  const { graph } = model.builder;
  const forward = graph.nodes.map((node) => node.id);
  const plan = new Plan(graph, forward, { dtype: 'float64' }).setAll(model.values).run();
  const values = graph.nodes.map(
    (node): Tensor => ({ shape: node.shape, data: Float64Array.from(plan.value(node.id)) }),
  );
  const variables = new VariableGraph(graph);
  const named = variables.variables.map((id) => graph.node(id));
  const parameters = named.filter((node) => node.op === 'parameter').map((node) => node.name!);
  const targets = named.filter((node) => node.shape.length === 0 && !isLeaf(node)).map((node) => node.name!);
  const steps = [...new Set(graph.nodes.map((node) => stepOf(node.scope)).filter((scope) => scope !== ''))];
  const { show } = model;
  if (parameters.length === 0 || targets.length === 0) {
    const message = `${model.title} has no ${targets.length === 0 ? 'scalar variable' : 'parameter'}: there is no gradient to be shown`;
    throw new GradpathError('derivative', message);
  }
  return {
    title: model.title,
    model,
    graph,
    variables,
    valueAt: (id) => values[id],
    steps,
    timed: steps.length > 0 && steps.every((step) => /^t\s*=/.test(step)),
    parameters,
    targets,
    defaultTarget: show?.of ?? lastOf(targets, graph) ?? model.target,
    defaultWrt: show?.wrt ?? (parameters.includes('W') ? 'W' : (parameters[0] ?? '')),
  };
}

/** The column that a node lies in: the first part of its scope. */
export function stepOf(scope: string): string {
  const end = scope.indexOf('/');
  return end < 0 ? scope : scope.slice(0, end);
}

/** The last target inside a step (`E_3`), the one whose paths reach furthest back; else the last target. */
function lastOf(targets: readonly string[], graph: Graph): string | undefined {
  const inSteps = targets.filter((name) => graph.node(graph.idOf(name)).scope !== '');
  return inSteps.at(-1) ?? targets.at(-1);
}

/** The segment of that id, or undefined. */
export function findSegment(document: Document, id: string): Segment | undefined {
  return document.variables.segments.find((segment) => segment.id === id);
}
