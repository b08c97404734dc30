/** A model: a graph with values for its leaves, and what is usually asked of it. */

import type { EquationSource } from '../graph/equations.ts';
import { GradpathError } from '../graph/error.ts';
import type { Graph, NodeId } from '../graph/graph.ts';
import type { Builder } from '../ops/builder.ts';

export interface Model {
  /** What it is called on the command line: `rnn`, or a file's name. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  readonly builder: Builder;
  /** Row-major values of parameters and inputs, by name. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** The variable whose gradient is asked for unless another is named. */
  readonly target: string;
  /** The gradient that the viewer shows first: ∂of/∂wrt. */
  readonly show?: { readonly of: string; readonly wrt: string };
  /** The equations that it was built from. */
  readonly equations?: EquationSource;
}

/** The names of the model's parameters, in the order of their definition. */
export function parameterNames(model: Model): string[] {
  return leafNames(model.builder.graph, 'parameter');
}

/** Names of the leaves of one kind, in the order of their definition. */
function leafNames(graph: Graph, kind: 'parameter' | 'input' | 'constant'): string[] {
  return graph.nodes.filter((node) => node.op === kind && node.name !== undefined).map((node) => node.name!);
}

/** The scalar variable that a gradient is asked of; an unknown name or a non-scalar is an error. */
export function targetOf(model: Model, name: string = model.target): NodeId {
  const { graph } = model.builder;
  const id = graph.idOf(name);
  const { shape } = graph.node(id);
  if (shape.length > 0) {
    const scalars = graph.nodes
      .filter((node) => node.name !== undefined && node.shape.length === 0)
      .map((node) => node.name);
    throw new GradpathError(
      'derivative',
      `${name} has shape ${shape.join('×')}; a gradient is of a scalar${scalars.length === 0 ? ', and the model names none' : `: ${scalars.slice(0, 12).join(', ')}`}`,
      name,
    );
  }
  return id;
}
