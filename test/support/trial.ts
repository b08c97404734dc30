/** A sample as a graph: y = op(x), and a scalar E in which every operand is used beside the op as well. */

import type { NodeId } from '../../src/graph/graph.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan, type PlanOptions } from '../../src/run/plan.ts';
import type { Sample } from './samples/sample.ts';

export interface Trial {
  readonly b: Builder;
  readonly y: NodeId;
  /** The leaves that E is differentiated by. */
  readonly xs: readonly NodeId[];
  /** Shaped like y. */
  readonly cotangent: NodeId;
  /** ⟨y, cotangent⟩ + Σ x² over all xs. */
  readonly E: NodeId;
  readonly values: Readonly<Record<string, readonly number[]>>;
}

export function trial({ op, shapes, attrs, operands, values: drawn, isData }: Sample): Trial {
  const b = new Builder();
  const values: Record<string, readonly number[]> = {};
  const leaves = shapes.map((shape, leaf) => {
    const name = `x_${leaf}`;
    values[name] = drawn[leaf];
    return isData[leaf] ? b.input(name, shape) : b.parameter(name, shape);
  });
  const y = b.apply(
    op,
    operands.map((leaf) => leaves[leaf]),
    attrs,
  );
  const { shape } = b.graph.node(y);
  const cotangent = b.input('cotangent', shape);
  values.cotangent = randomValues(sizeOf(shape), 1);
  const xs = leaves.filter((_, leaf) => !isData[leaf]);
  const beside = xs.map((x) => everything(b, b.square(x)));
  return { b, y, xs, cotangent, E: b.total(everything(b, b.mul(y, cotangent)), ...beside), values };
}

/** The sum of all elements. */
export function everything(b: Builder, x: NodeId): NodeId {
  return b.sum(x, { axes: b.graph.node(x).shape.map((_, axis) => axis), keepDims: false });
}

/** So many numbers in [−1, 1). */
export function randomValues(size: number, seed: number): number[] {
  const random = uniform(seed);
  return Array.from({ length: size }, () => 2 * random() - 1);
}

export function run(
  b: Builder,
  outputs: readonly NodeId[],
  values: Readonly<Record<string, readonly number[]>>,
  options: PlanOptions = {},
): number[][] {
  const plan = new Plan(b.graph, outputs, options).setAll(values).run();
  return outputs.map((id) => [...plan.value(id)]);
}
