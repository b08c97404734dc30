/** The gradient by finite differences of the value: an oracle that knows no derivative rule. */

import type { NodeId } from '../graph/graph.ts';
import type { Builder } from '../ops/builder.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';

/**
 * ∂y/∂x for each leaf x, row-major, by the 5-point rule
 * f′ ≈ (f(x−2h) − 8 f(x−h) + 8 f(x+h) − f(x+2h)) / 12h with h = 5·10⁻⁴ max(1, |x|), error O(h⁴), in float64.
 * Runs the forward graph four times per element.
 */
export function finiteDifferences(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  y: NodeId,
  xs: readonly NodeId[],
): Float64Array[] {
  const plan = new Plan(b.graph, [y, ...xs], { dtype: 'float64' }).setAll(values);
  return xs.map((x) => {
    const at = Float64Array.from(plan.value(x));
    const f = (i: number, value: number): number => {
      const moved = Float64Array.from(at);
      moved[i] = value;
      return plan.set(x, moved).run().value(y)[0];
    };
    const differences = at.map((value, i) => {
      const h = 5e-4 * Math.max(1, Math.abs(value));
      const [above, below] = [value + h, value - h]; // the step that rounding really leaves
      const wide = f(i, value + 2 * h) - f(i, value - 2 * h);
      return (8 * (f(i, above) - f(i, below)) - wide) / (6 * (above - below));
    });
    plan.set(x, at);
    return differences;
  });
}
