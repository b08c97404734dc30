/** What carries a variable on from step to step: ∂⁺O_3/∂W is not by way of H_1, H_2 and H_3. */

import type { NodeId } from '../graph/graph.ts';
import type { Subject } from './subject.ts';

/**
 * The families of which several steps lie on one way from `by` to a member of `of`, by way of none of those in `kept`.
 * Keys of families.
 */
export function carriers(
  subject: Subject,
  of: string,
  by: string,
  kept: ReadonlySet<string>,
): ReadonlySet<string> {
  const { all, families } = subject;
  const found = new Set<string>();
  const sources = new Set(families.get(by)?.members.map(({ id }) => id));
  for (const { id: end } of families.get(of)?.members ?? []) {
    const above = new Set([end]); // what leads to the end
    for (const id of above) {
      for (const { from } of all.into(id)) {
        const key = subject.familyOf(from)!;
        if (sources.has(from) || !(kept.has(key) || key === of)) above.add(from);
      }
    }
    // of these, those that a source leads to; a node has a higher number than what it is computed from
    const reached = new Set<NodeId>(sources);
    const steps = new Map<string, Set<string>>();
    for (const id of [...above].sort((a, b) => a - b)) {
      if (sources.has(id) || !all.into(id).some(({ from }) => reached.has(from))) continue;
      reached.add(id);
      const key = subject.familyOf(id)!;
      if (id !== end) steps.set(key, (steps.get(key) ?? new Set()).add(subject.nameOf(id)));
    }
    for (const [key, own] of steps) if (own.size > 1 && subject.feedsItself(key)) found.add(key);
  }
  return found;
}
