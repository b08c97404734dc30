/** Values of two free indices that an expansion does not mean: ∂H_t/∂H_k is 0 where k is later than t. */

import type { NodeId } from '../graph/graph.ts';
import type { Integers } from '../model/equations/integers.ts';
import type { Subject } from './subject.ts';

export interface Ends {
  readonly of: NodeId;
  readonly by: NodeId;
}

/**
 * The assignments at which no path leads from `by` to `of` since `by` is later (or, where states run backwards,
 * earlier): written for all t and k, such a formula is meant where one leads to the other. Of ∂E_t/∂O_k, which is 0 on
 * both sides of t = k, every assignment is meant.
 */
export function laterOnes(
  subject: Subject,
  assignments: readonly Integers[],
  endsAt: (at: Integers) => Ends | undefined,
): ReadonlySet<Integers> {
  const sides: { readonly at: Integers; readonly side: number; readonly isReached: boolean }[] = [];
  for (const at of assignments) {
    const ends = endsAt(at);
    if (ends === undefined) continue;
    const { of, by } = ends;
    const isReached =
      of === by ||
      subject
        .between(of, by)
        .into(of)
        .some(({ from }) => from === by);
    sides.push({ at, side: order(subject, of, by), isReached });
  }
  const reached = new Set(sides.filter(({ isReached }) => isReached).map(({ side }) => side));
  const later = sides.filter(({ side }) => side !== 0 && !reached.has(side) && reached.has(-side));
  return new Set(later.map(({ at }) => at));
}

/** 1 where all indices of the one are at least those of the other, −1 where they are at most; 0 where they are equal or mixed. */
function order(subject: Subject, a: NodeId, b: NodeId): number {
  const [these, those] = [a, b].map((id) => subject.referenceOf(id)?.indices ?? []);
  if (these.length !== those.length) return 0;
  const signs = new Set(these.map((index, k) => Math.sign(index - those[k])).filter((sign) => sign !== 0));
  return signs.size === 1 ? [...signs][0] : 0;
}
