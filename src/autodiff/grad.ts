/** Reverse mode, graph → graph: the adjoints are ordinary nodes, appended to the same graph. */

import { GradpathError } from '../graph/error.ts';
import { type Edge, isLeaf, type NodeId } from '../graph/graph.ts';
import { formatShape, sameShape } from '../graph/shape.ts';
import type { Builder } from '../ops/builder.ts';
import { operandAdjoint } from './rule.ts';

/** One summand of an adjoint: what reaches a node through one of its uses. */
export interface AdjointTerm extends Edge {
  /** The node that holds the summand, shaped like the node it is an adjoint of. */
  readonly node: NodeId;
}

/** Adjoints by forward node. A node that y does not depend on has none. */
export interface Adjoints {
  /** The node whose value is ∂y/∂id, if y depends on id. */
  of(id: NodeId): NodeId | undefined;
  /** The summands of ∂y/∂id, one per use of id on a path to y, latest use first. */
  terms(id: NodeId): readonly AdjointTerm[];
}

/**
 * Appends the adjoints of y with respect to every node that lies between `xs` and y.
 * `seed` is the cotangent of y, shaped like y; without it y must be a scalar, and the seed is 1.
 * One sweep over the ids between xs and y, downwards: linear in the size of the graph.
 */
export function backward(b: Builder, y: NodeId, xs: readonly NodeId[], seed?: NodeId): Adjoints {
  const { graph } = b;
  const target = graph.node(y);
  if (seed === undefined && target.shape.length > 0) {
    const shape = formatShape(target.shape);
    throw new GradpathError(
      'derivative',
      `${graph.label(y)} is not a scalar but ${shape}: a gradient is of a scalar; use vjp with a cotangent of shape ${shape}`,
      graph.label(y),
    );
  }
  if (seed !== undefined && !sameShape(graph.node(seed).shape, target.shape)) {
    const [given, wanted] = [formatShape(graph.node(seed).shape), formatShape(target.shape)];
    throw new GradpathError(
      'shape',
      `the cotangent of ${graph.label(y)} is ${given}, expected ${wanted}`,
      graph.label(y),
    );
  }
  for (const x of xs) graph.node(x);

  const first = Math.min(y, ...xs);
  const depends = new Uint8Array(y + 1 - first); // by id − first: does the node depend on some x?
  for (const x of xs) if (x <= y) depends[x - first] = 1;
  for (let id = first; id <= y; id++) {
    if (graph.node(id).inputs.some((input) => input >= first && depends[input - first] === 1))
      depends[id - first] = 1;
  }

  const shapeOf = (id: NodeId) => graph.node(id).shape;
  const terms = new Map<NodeId, AdjointTerm[]>();
  const total = new Map<NodeId, NodeId>();
  if (depends[y - first] === 1) total.set(y, seed ?? b.adjoint(y, () => b.constant(1)));

  for (let id = y; id >= first; id--) {
    if (depends[id - first] === 0) continue;
    const summands = terms.get(id);
    if (summands !== undefined) {
      const nodes = summands.map((term) => term.node);
      const sum = nodes.length === 1 ? nodes[0] : b.adjoint(id, () => b.total(...nodes));
      // y itself keeps its seed: nothing above y is visited, so y has no summands
      total.set(id, sum);
    }
    const g = total.get(id);
    const node = graph.node(id);
    if (g === undefined || isLeaf(node)) continue;
    const shapes = node.inputs.map((input) => graph.node(input).shape);
    const values = { x: node.inputs, y: id, g };
    node.inputs.forEach((input, slot) => {
      if (input < first || depends[input - first] === 0) return;
      const contribution = b.adjoint(id, () => operandAdjoint(b, node, slot, shapes, values, shapeOf));
      const term: AdjointTerm = { consumer: id, slot, node: contribution };
      const list = terms.get(input);
      if (list === undefined) terms.set(input, [term]);
      else list.push(term);
    });
  }
  return { of: (id) => total.get(id), terms: (id) => terms.get(id) ?? [] };
}

/**
 * The gradients of the scalar y, one node per x and shaped like it, appended to the graph.
 * Where y does not depend on x the gradient is a constant zero.
 */
export function grad(b: Builder, y: NodeId, xs: readonly NodeId[]): NodeId[] {
  return gradients(b, backward(b, y, xs), xs);
}

/** The products ḡᵀ ∂y/∂x of a cotangent ḡ, shaped like y, with the Jacobian by each x; shaped like x. */
export function vjp(b: Builder, y: NodeId, xs: readonly NodeId[], cotangent: NodeId): NodeId[] {
  return gradients(b, backward(b, y, xs, cotangent), xs);
}

function gradients(b: Builder, adjoints: Adjoints, xs: readonly NodeId[]): NodeId[] {
  return xs.map((x) => adjoints.of(x) ?? b.constant(0, b.graph.node(x).shape));
}
