/** Immediate Jacobians applied to cotangents: the chain rule one segment at a time, in numbers. */

import { operandAdjoint } from '../autodiff/rule.ts';
import type { NodeId } from '../graph/graph.ts';
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
  const { graph } = variables;
  const adjoints = new Map<NodeId, Tensor>([[segment.to, cotangent]]);
  for (const { consumer, slot } of segment.edges) {
    const node = graph.node(consumer);
    const x = node.inputs.map(valueAt);
    const values = { x, y: valueAt(consumer), g: adjoints.get(consumer)! };
    const term = operandAdjoint(numbers, node, slot, x.map(shapeOf), values, shapeOf);
    const input = node.inputs[slot];
    const sum = adjoints.get(input);
    adjoints.set(input, sum === undefined ? term : numbers.add(sum, term));
  }
  return adjoints.get(segment.from)!;
}

/** The immediate Jacobian ∂⁺B/∂A as a matrix: a row per element of B, a column per element of A. */
export function jacobian(variables: VariableGraph, valueAt: ValueAt, segment: Segment): Tensor {
  const { shape } = variables.graph.node(segment.to);
  const rows = sizeOf(shape);
  const columns = sizeOf(variables.graph.node(segment.from).shape);
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const unit = new Float64Array(rows);
    unit[row] = 1;
    data.set(pullback(variables, valueAt, segment, { shape, data: unit }).data, row * columns);
  }
  return { shape: [rows, columns], data };
}
