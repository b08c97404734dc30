/** How accurate tfjs is in float32 for a model, found out from tfjs itself. */

import { grad } from '../../autodiff/grad.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { Model } from '../../model/model.ts';
import { uniform } from '../../model/random.ts';
import { Builder } from '../../ops/builder.ts';
import { Plan } from '../../run/plan.ts';
import { type Tfjs, tfjsGradients } from './oracle.ts';

/** How far away, relative to a value, the points are at which tfjs is asked how accurate it is; a domain may end nearby. */
const NEARBY = [1e-2, 1e-2, 1e-3, 1e-3, 1e-4, 1e-4];

/**
 * By element, how much the distance of tfjs to us changes from one point nearby to another. Rounding is another at each;
 * a wrong gradient would be off by about the same at all of them.
 */
export function scatterOfTfjs(
  tf: Tfjs,
  { builder, values }: Model,
  target: NodeId,
  leaves: readonly NodeId[],
): Float64Array[] {
  const b = new Builder(builder.graph.copy());
  const ids = grad(b, target, leaves);
  const plan = new Plan(b.graph, ids, { dtype: 'float64' });
  const names = new Set(leaves.map((id) => b.graph.label(id)));
  const random = uniform(1);
  const offAt = (distance: number): Float64Array[] => {
    const move = (value: number) => value * (1 + distance * (2 * random() - 1));
    const entries = Object.entries(values);
    const moved = Object.fromEntries(
      entries.map(([name, data]) => [name, names.has(name) ? data.map(move) : data]),
    );
    plan.setAll(moved).run();
    const { gradients } = tfjsGradients(tf, builder.graph, moved, target, leaves);
    return ids.map((id, i) => Float64Array.from(plan.value(id), (ours, j) => gradients[i][j] - ours));
  };
  const here = offAt(0);
  const scatter = here.map((off) => new Float64Array(off.length));
  for (const distance of NEARBY) {
    offAt(distance).forEach((off, i) => {
      off.forEach((there, j) => {
        const change = Math.abs(there - here[i][j]);
        if (change > scatter[i][j]) scatter[i][j] = change; // NaN says nothing
      });
    });
  }
  return scatter;
}
