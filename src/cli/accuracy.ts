/** How far finite differences themselves can be trusted: long chains bend so much that one step width is not enough. */

import type { NodeId } from '../graph/graph.ts';
import type { Model } from '../model/model.ts';
import { Plan } from '../run/plan.ts';

/**
 * For each leaf the largest distance of the given differences, taken with steps h, to those with h/2, by the same
 * 5-point rule. It is small beside the distance to a gradient that is wrong.
 */
export function differenceAccuracy(
  { builder, values }: Model,
  target: NodeId,
  leaves: readonly NodeId[],
  differences: readonly Float64Array[],
): number[] {
  const plan = new Plan(builder.graph, [target, ...leaves], { dtype: 'float64' }).setAll(values);
  return leaves.map((leaf, k) => {
    const at = Float64Array.from(plan.value(leaf));
    const f = (i: number, value: number): number => {
      const moved = Float64Array.from(at);
      moved[i] = value;
      return plan.set(leaf, moved).run().value(target)[0];
    };
    const distances = at.map((value, i) => {
      const h = 2.5e-4 * Math.max(1, Math.abs(value));
      const near = f(i, value + h) - f(i, value - h);
      const wide = f(i, value + 2 * h) - f(i, value - 2 * h);
      return Math.abs((8 * near - wide) / (12 * h) - differences[k][i]);
    });
    plan.set(leaf, at);
    return distances.reduce((a, b) => Math.max(a, b), 0);
  });
}
