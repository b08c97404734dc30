/** The gradient by finite differences of the value: an oracle that knows no derivative rule. */

import type { NodeId } from '../graph/graph.ts';
import type { Builder } from '../ops/builder.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';

export interface Differences {
  /** ∂y/∂x by differences, row-major. */
  readonly derivative: Float64Array;
  /** The largest change of an element when its step was last halved: an estimate of the error. */
  readonly uncertainty: number;
}

const FIRST_STEP = 5e-4;
const MAX_HALVINGS = 5;

/**
 * ∂y/∂x for each leaf x by the 5-point rule f′ ≈ (f(x−2h) − 8 f(x−h) + 8 f(x+h) − f(x+2h)) / 12h, in float64.
 * Its error is O(h⁴) for the curvature and O(ε|f|/h) for rounding. The first step, 5·10⁻⁴ max(1, |x|), balances the two
 * where f bends moderately; along a long chain f bends so much more that h is halved as long as this still
 * brings the quotients closer together.
 */
export function differences(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  y: NodeId,
  xs: readonly NodeId[],
): Differences[] {
  const plan = new Plan(b.graph, [y, ...xs], { dtype: 'float64' }).setAll(values);
  return xs.map((x) => {
    const at = Float64Array.from(plan.value(x));
    const moved = Float64Array.from(at);
    const f = (i: number, value: number): number => {
      moved[i] = value;
      return plan.set(x, moved).run().value(y)[0];
    };
    let uncertainty = 0;
    const derivative = at.map((value, i) => {
      let h = FIRST_STEP * Math.max(1, Math.abs(value));
      let quotient = fivePoint((moved) => f(i, moved), value, h);
      let change = Number.POSITIVE_INFINITY;
      for (let halving = 0; halving < MAX_HALVINGS; halving++) {
        h /= 2;
        const finer = fivePoint((moved) => f(i, moved), value, h);
        const nextChange = Math.abs(finer - quotient);
        if (!(nextChange < change)) break; // from here on rounding grows faster than the curvature's error falls
        change = nextChange;
        if (change <= 1e-11 * Math.abs(finer)) break; // the wider step, less touched by rounding, is as good
        quotient = finer;
      }
      moved[i] = value;
      uncertainty = Math.max(uncertainty, change);
      return quotient;
    });
    plan.set(x, at);
    return { derivative, uncertainty };
  });
}

function fivePoint(f: (x: number) => number, x: number, h: number): number {
  const [above, below] = [x + h, x - h]; // the step that rounding really leaves
  const wide = f(x + 2 * h) - f(x - 2 * h);
  return (8 * (f(above) - f(below)) - wide) / (6 * (above - below));
}

/** The derivatives of {@link differences} alone. */
export function finiteDifferences(...args: Parameters<typeof differences>): Float64Array[] {
  return differences(...args).map(({ derivative }) => derivative);
}
