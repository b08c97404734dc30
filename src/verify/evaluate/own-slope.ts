/** f′(x) of a function that the equations define: the derivative of its graph. */

import { grad } from '../../autodiff/grad.ts';
import type { Graph, NodeId } from '../../graph/graph.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import { Arithmetic } from '../../model/equations/arithmetic.ts';
import { Interpreter } from '../../model/equations/interpret.ts';
import { appliedOwn, type OwnFunction } from '../../model/equations/own-functions.ts';
import type { Value } from '../../model/equations/value.ts';
import { Builder } from '../../ops/builder.ts';
import type { Algebra } from '../../ops/op.ts';
import { numbers, type Tensor } from '../../run/eager.ts';
import type { Evaluation } from './evaluation.ts';
import { variableValue } from './values.ts';

/** The derivative at each element; undefined for a function that is not of one number. */
export function ownSlope(e: Evaluation, fn: OwnFunction, at: Value<Tensor>): Value<Tensor> | undefined {
  if (!fn.isPointwise || fn.parameters.length !== 1) return undefined;
  const { subject } = e.context;
  const b = new Builder();
  const constant = (data: ArrayLike<number>, shape: readonly number[]) =>
    b.constant(shape.length === 0 ? data[0] : Array.from(data), shape);
  const m = new Arithmetic<NodeId>(
    { A: b, shapeOf: (id) => b.graph.node(id).shape, tensor: constant },
    e.m.conventions,
  );
  const x = b.parameter('x', at.shape);
  const interpreter = new Interpreter<NodeId>({
    m,
    text: fn.text,
    functions: subject.functions,
    indexCount: subject.indexCount,
    variable: (reference) => {
      const id = subject.find(reference);
      if (id === undefined) return undefined;
      const { v, shape, standing } = variableValue(e, id);
      return m.value(constant(v.data, shape), standing);
    },
    bounds: () => undefined,
  });
  const y = appliedOwn(fn, [m.value(x, at.standing)], interpreter);
  if (y.shape.join() !== at.shape.join()) return undefined;
  const total = y.shape.length === 0 ? y.v : b.sum(y.v, { axes: y.shape.map((_, i) => i), keepDims: false });
  const [slope] = grad(b, total, [x]);
  return e.m.value(evaluated(b.graph, slope, at.v, e.context.algebra ?? numbers), at.standing);
}

/** A node whose one input is x, op by op: the algebra hears of the kinks on the way. */
function evaluated(graph: Graph, of: NodeId, x: Tensor, algebra: Algebra<Tensor>): Tensor {
  const values: Tensor[] = [];
  for (const { op, attrs, inputs, shape } of graph.nodes.slice(0, of + 1)) {
    if (op === 'parameter') values.push(x);
    else if (op === 'constant') values.push(filled(attrs.value as number | readonly number[], shape));
    else
      values.push(
        algebra.apply(
          op,
          inputs.map((id) => values[id]),
          attrs,
        ),
      );
  }
  return values[of];
}

function filled(value: number | readonly number[], shape: Shape): Tensor {
  const data = new Float64Array(sizeOf(shape));
  if (typeof value === 'number') data.fill(value);
  else data.set(value);
  return { shape, data };
}
