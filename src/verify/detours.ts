/** Ways by which a variable feeds another besides the direct one. */

import type { Subject } from './subject.ts';

/**
 * The families through which `by` also feeds `of`, besides directly, and by way of none of those in `without`. None if
 * it does not feed it directly.
 */
export function detours(
  subject: Subject,
  of: string,
  by: string,
  without: ReadonlySet<string>,
): ReadonlySet<string> {
  const { all, families } = subject;
  const known = new Map<string, ReadonlySet<string>>();
  /** The families that feed the members of a family directly. */
  const sourcesOf = (key: string): ReadonlySet<string> => {
    let found = known.get(key);
    if (found === undefined) {
      const from = families.get(key)!.members.flatMap(({ id }) => all.into(id));
      found = new Set(from.map((segment) => subject.familyOf(segment.from)!));
      known.set(key, found);
    }
    return found;
  };
  if (!families.has(of) || !sourcesOf(of).has(by)) return new Set();
  const feeding = new Set<string>(); // families that lead to `of`
  for (const queue = [of]; queue.length > 0; ) {
    for (const key of sourcesOf(queue.pop()!)) {
      if (without.has(key) || feeding.has(key)) continue;
      feeding.add(key);
      queue.push(key);
    }
  }
  const reached = new Set<string>(); // of these, the ones that `by` leads to
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const key of feeding)
      if ([...sourcesOf(key)].some((source) => source === by || reached.has(source))) reached.add(key);
  }
  return reached;
}
