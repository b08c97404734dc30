/** Where the places of a text are after one part of it has been changed. */

import type { Span } from '../../src/notation/tree.ts';

/** What stood from `start` to `end` gave way to as much as makes all behind it move by `by`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

/** The smallest one that makes `after` of `before`. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = before.length;
  const by = after.length - before.length;
  while (end > start && end + by > start && before[end - 1] === after[end + by - 1]) end--;
  return { start, end, by };
}

/** The place after the change; undefined if it was changed itself. */
export function carried({ start, end }: Span, change: Change): Span | undefined {
  if (end <= change.start) return { start, end };
  if (start >= change.end) return { start: start + change.by, end: end + change.by };
  return undefined;
}
