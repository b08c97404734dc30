/** Whether a formula is true, as a reader finds that shares nothing with the checker but the parser. */

import type { Integers } from '../../src/model/equations/integers.ts';
import type { Statement } from '../../src/notation/tree.ts';
import { freeIndices } from '../../src/verify/free-indices.ts';
import type { Meanings } from '../../src/verify/reading.ts';
import type { Subject } from '../../src/verify/subject.ts';
import { type Grid, Literal, NoValue, Unread, type Way } from './literal.ts';
import type { Network } from './network.ts';

const WAYS: readonly Way[] = [
  { layout: 'numerator', factors: 'immediate' },
  { layout: 'denominator', factors: 'immediate' },
  { layout: 'numerator', factors: 'total' },
];

/** Largest relative error of the differences. */
const NEAR = 2e-6;

function isSame(a: Grid, b: Grid): boolean {
  const isZero = (x: Grid) => x.data.length === 1 && x.data[0] === 0;
  const [p, q] = [a, b].map((x, i) => (isZero(x) ? (i === 0 ? b : a).data.map(() => 0) : x.data));
  const isTurned = a.rows !== b.rows && a.rows > 1 && a.cols > 1;
  const largest = Math.max(1e-3, ...p.map(Math.abs), ...q.map(Math.abs));
  return p.length === q.length && !isTurned && p.every((v, i) => Math.abs(v - q[i]) <= NEAR * largest);
}

/** Whether both sides are the same at all values of the free indices; undefined: this reader cannot tell. */
function holds(
  { members }: Statement,
  subject: Subject,
  network: Network,
  meanings: Meanings,
  way: Way,
): boolean | undefined {
  const letters = [...freeIndices(members, subject, subject.integers)];
  const last = subject.integers.get('T') ?? 1;
  const steps = Array.from({ length: last + 2 }, (_, i) => i);
  const all = letters.reduce<Integers[]>(
    (known, letter) => known.flatMap((at) => steps.map((step) => new Map(at).set(letter, step))),
    [subject.integers],
  );
  let isTold = false;
  for (const at of all) {
    const reader = new Literal(subject, network, meanings, way, members);
    try {
      const [left, ...rest] = members.map((member) => reader.value(member, at));
      // behind the last step another line may hold
      if (!rest.every((value) => isSame(left, value)) && !reader.isBeyond) return false;
      isTold ||= !reader.isBeyond;
    } catch (error) {
      if (error instanceof Unread) return undefined;
      if (!(error instanceof NoValue)) throw error;
    }
  }
  return isTold;
}

/** Whether it holds in one of the ways in use; undefined: this reader cannot tell. */
export function holdsInSomeWay(
  statement: Statement,
  subject: Subject,
  network: Network,
  meanings: Meanings,
): boolean | undefined {
  const told = WAYS.map((way) => holds(statement, subject, network, meanings, way));
  return told.includes(true) ? true : told[0];
}
