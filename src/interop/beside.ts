/** Values beside a kink: where they sit exactly on one, no oracle need agree with what is taken for the derivative. */

import { kinks } from '../autodiff/kinks.ts';
import type { NodeId } from '../graph/graph.ts';
import type { Model } from '../model/model.ts';
import { uniform } from '../model/random.ts';

/** The largest steps, beside 1 or the value. The smallest is still beyond the rounding of float32. */
const STEPS = [1e-2, 1e-3, 1e-4];

/**
 * Values with those of `wrt` moved, each element by another amount of at most `step`, up or down, and always the same
 * ones, so that nothing sits on a kink and `allFinite` holds; undefined where there are none such nearby.
 */
export function besideKinks(
  { builder, values }: Model,
  target: NodeId,
  wrt: readonly NodeId[],
  allFinite: (values: Model['values']) => boolean,
): { readonly values: Model['values']; readonly step: number } | undefined {
  const names = wrt.flatMap((id) => {
    const { name } = builder.graph.node(id);
    return name !== undefined && Object.hasOwn(values, name) ? [name] : [];
  });
  for (const step of STEPS) {
    const moves = insideDomain(values, names, step, allFinite);
    const there = moved(values, names, moves);
    if (allFinite(there) && kinks(builder, there, target, wrt).length === 0) return { values: there, step };
  }
  return undefined;
}

/**
 * A move for each element of the variables, one after the other. Where twice the moves leave the domain of an op, halves
 * of them are tried by themselves, until the element is found that goes the other way, or stays.
 */
function insideDomain(
  values: Model['values'],
  names: readonly string[],
  step: number,
  allFinite: (values: Model['values']) => boolean,
): Float64Array {
  const random = uniform(1);
  const all = names.flatMap((name) => [...values[name]]);
  const wanted = all.map((value) => {
    const sign = random() < 0.5 ? -1 : 1;
    return sign * (0.5 + 0.5 * random()) * step * Math.max(1, Math.abs(value));
  });
  const moves = new Float64Array(all.length);
  const isInside = () =>
    allFinite(
      moved(
        values,
        names,
        moves.map((move) => 2 * move),
      ),
    );
  const parts = [[0, all.length]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to] = part;
    for (let i = from; i < to; i++) moves[i] = wanted[i];
    if (isInside()) continue;
    if (to - from === 1) {
      moves[from] = -wanted[from];
      if (!isInside()) moves[from] = 0;
    } else {
      moves.fill(0, from, to);
      const middle = (from + to) >> 1;
      parts.push([middle, to], [from, middle]);
    }
  }
  return moves;
}

function moved(values: Model['values'], names: readonly string[], moves: Float64Array): Model['values'] {
  const there: Record<string, readonly number[]> = { ...values };
  let at = 0;
  for (const name of names) there[name] = values[name].map((value) => value + moves[at++]);
  return there;
}
