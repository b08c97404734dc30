/** Immediate Jacobians applied to cotangents: the chain rule one segment at a time, in numbers. */

import { operandAdjoint } from '../autodiff/rule.ts';
import type { Edge, NodeId } from '../graph/graph.ts';
import { type Shape, sizeOf } from '../graph/shape.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import type { Segment, VariableGraph } from './variables.ts';

/** The value of any node of the graph, from a run that keeps them. */
export type ValueAt = (id: NodeId) => Tensor;

const shapeOf = (tensor: Tensor): Shape => tensor.shape;

/** ḡᵀ ∂⁺B/∂A for the segment A→B and a cotangent ḡ shaped like B; the result is shaped like A. */
export function pullback(
  variables: VariableGraph,
  valueAt: ValueAt,
  segment: Segment,
  cotangent: Tensor,
): Tensor {
  const adjoints = new Map<NodeId, Tensor>([[segment.to, cotangent]]);
  pull(variables, valueAt, segment.edges, adjoints);
  return adjoints.get(segment.from) ?? zeros(variables, segment.from);
}

/** The same for several segments into one variable at once: what reaches each of `sources`. One sweep. */
export function pullbacks(
  variables: VariableGraph,
  valueAt: ValueAt,
  sources: ReadonlySet<NodeId>,
  to: NodeId,
  cotangent: Tensor,
): ReadonlyMap<NodeId, Tensor> {
  const adjoints = new Map<NodeId, Tensor>([[to, cotangent]]);
  pull(variables, valueAt, variables.edgesBetween(sources, to), adjoints);
  for (const source of sources) if (!adjoints.has(source)) adjoints.set(source, zeros(variables, source));
  return adjoints;
}

function zeros(variables: VariableGraph, id: NodeId): Tensor {
  const { shape } = variables.graph.node(id);
  return { shape, data: new Float64Array(sizeOf(shape)) };
}

/** Reverse mode along op edges, which come by descending consumer. */
function pull(
  variables: VariableGraph,
  valueAt: ValueAt,
  edges: readonly Edge[],
  adjoints: Map<NodeId, Tensor>,
): void {
  for (let i = 0; i < edges.length; ) {
    const { consumer } = edges[i];
    const g = adjoints.get(consumer);
    if (g === undefined) {
      i++; // only flat ops lead on from here
      continue;
    }
    const node = variables.graph.node(consumer);
    const x = node.inputs.map(valueAt);
    const shapes = x.map(shapeOf);
    const values = { x, y: valueAt(consumer), g };
    for (; i < edges.length && edges[i].consumer === consumer; i++) {
      const { slot } = edges[i];
      const term = operandAdjoint(numbers, node, slot, shapes, values, shapeOf);
      if (term === undefined) continue;
      const sum = adjoints.get(node.inputs[slot]);
      adjoints.set(node.inputs[slot], sum === undefined ? term : numbers.add(sum, term));
    }
  }
}

/** The immediate Jacobian ∂⁺B/∂A as a matrix: a row per element of B, a column per element of A. */
export function immediateJacobian(variables: VariableGraph, valueAt: ValueAt, segment: Segment): Tensor {
  const columns = sizeOf(variables.graph.node(segment.from).shape);
  const rows = [...jacobianRows(variables, valueAt, segment)];
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    data.set(row.data, i * columns);
  });
  return { shape: [rows.length, columns], data };
}

/** Its rows one at a time, each shaped like A. */
export function* jacobianRows(
  variables: VariableGraph,
  valueAt: ValueAt,
  segment: Segment,
): Generator<Tensor> {
  const { shape } = variables.graph.node(segment.to);
  for (let row = 0; row < sizeOf(shape); row++) {
    const unit = new Float64Array(sizeOf(shape));
    unit[row] = 1;
    yield pullback(variables, valueAt, segment, { shape, data: unit });
  }
}
