/** The algebra read with numbers: each call computes its result at once. */

import type { Attrs, DType } from '../graph/graph.ts';
import { type Shape, sizeOf } from '../graph/shape.ts';
import { inferShape } from '../ops/builder.ts';
import type { Algebra, Data } from '../ops/op.ts';
import { algebraOf, rowOf } from '../ops/table.ts';

export interface Tensor {
  readonly shape: Shape;
  /** Row-major. */
  readonly data: Data;
}

export function newData(size: number, dtype: DType = 'float64'): Data {
  return dtype === 'float64' ? new Float64Array(size) : new Float32Array(size);
}

export function scalar(value: number): Tensor {
  return { shape: [], data: Float64Array.of(value) };
}

/** Ops over tensors, in float64. */
export const numbers: Algebra<Tensor> = algebraOf<Tensor>(evaluate);

function evaluate(op: string, operands: readonly Tensor[], attrs: Attrs): Tensor {
  const shapes = operands.map((operand) => operand.shape);
  const shape = inferShape(op, shapes, attrs, (slot) => `operand ${slot + 1}`);
  const data = newData(sizeOf(shape));
  rowOf(op)!.kernel({ x: operands.map((operand) => operand.data), y: data, shapes, shape, attrs })();
  return { shape, data };
}
