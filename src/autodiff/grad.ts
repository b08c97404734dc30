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

  const first = xs.reduce((lowest, x) => Math.min(lowest, x), y);
  const depends = new Uint8Array(y + 1); // by id: does the node depend on some x?
  for (const x of xs) if (x <= y) depends[x] = 1;
  for (let id = first; id <= y; id++) {
    for (const input of graph.nodes[id].inputs) if (depends[input] === 1) depends[id] = 1;
  }

  const shapeOf = (id: NodeId) => graph.nodes[id].shape;
  const terms = new Map<NodeId, AdjointTerm[]>();
  const total = new Map<NodeId, NodeId>();
  const visit = (id: NodeId): void => {
    const summands = terms.get(id);
    // y itself has no summands: nothing above it is visited
    const g = summands === undefined ? (seed ?? b.constant(1)) : sumOf(b, summands);
    total.set(id, g);
    const node = graph.nodes[id];
    if (isLeaf(node)) return;
    const shapes = node.inputs.map(shapeOf);
    const values = { x: node.inputs, y: id, g };
    for (let slot = 0; slot < node.inputs.length; slot++) {
      const input = node.inputs[slot];
      if (depends[input] === 0) continue;
      const contribution = operandAdjoint(b, node, slot, shapes, values, shapeOf);
      if (contribution === undefined) continue;
      const term: AdjointTerm = { consumer: id, slot, node: contribution };
      const list = terms.get(input);
      if (list === undefined) terms.set(input, [term]);
      else list.push(term);
    }
  };
  for (let id = y; id >= first; id--) {
    const reached = id === y || terms.has(id); // else y does not depend on it
    if (depends[id] === 1 && reached) b.adjoint(id, () => visit(id));
  }
  return { of: (id) => total.get(id), terms: (id) => terms.get(id) ?? [] };
}

/** One summand is the sum; more are the operands of one n-ary node, so that each can be looked at. */
function sumOf(b: Builder, summands: readonly AdjointTerm[]): NodeId {
  if (summands.length === 1) return summands[0].node;
  const operands = summands.map((term) => term.node);
  return b.apply('total', operands, {}); // not b.total(...operands): there may be 100,000
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
