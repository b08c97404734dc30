/** What is said of a statement beyond its own verdict: that nothing uses it, what its names are, why it may be another sum. */

import type { NotationError } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import { type Custom, mentionsName } from './customary.ts';
import type { Judged } from './judge.ts';
import type { Meanings } from './reading.ts';
import type { StatementReport, Verdict } from './report.ts';
import { mentions } from './spell.ts';

/** How much is right. Where names are certain, that a symbol could be another one counts for nothing. */
export function worth(reports: readonly StatementReport[], areCertain: boolean): number {
  const points = { right: 2, ambiguous: areCertain ? 0 : 1, wrong: 0, unverifiable: 0 } as const;
  return reports.reduce((sum, { verdict }) => sum + points[verdict], 0);
}

/** The report, with what is said of the names that its statement uses. */
export function withWords({ statement, report }: Found, custom: Custom | undefined): Judged {
  const said = [...(custom?.words ?? [])]
    .filter(([name]) => mentionsName(statement, name))
    .map(([name, what]) => `${name} is ${what}`);
  if (said.length === 0) return report;
  return { ...report, reading: [report.reading, ...said].filter((words) => words !== '').join(', ') };
}

/** Of a statement that cannot even be tried. */
export function unjudged(
  statement: Statement,
  text: string,
  meanings: Meanings,
  { message }: NotationError,
): Judged {
  return { ...reportOf(statement, text, 'unverifiable', message), meanings };
}

/** Of `dhnext = 0` before a loop. */
export const started = (statement: Statement, text: string): StatementReport =>
  reportOf(statement, text, 'right', 'what the loop begins with');

function reportOf(
  { span, members: [left] }: Statement,
  text: string,
  verdict: Verdict,
  message: string,
): StatementReport {
  return {
    text: text.slice(span.start, span.end),
    span,
    level: 2,
    target: text.slice(left.span.start, left.span.end),
    verdict,
    message,
    reading: '',
    readings: [],
    terms: [],
    missing: [],
    faults: [],
    repair: undefined,
    maxRelativeError: undefined,
  };
}

export interface Found {
  readonly statement: Statement;
  readonly report: Judged;
}

/** What is judged, and the definitions that what is right uses, directly or by way of others. */
export function inUse(found: readonly Found[]): ReadonlySet<Found> {
  const judged = found.filter(({ report }) => report.defines === undefined);
  const isHeld = ({ report: { verdict } }: Found) => verdict === 'right' || verdict === 'ambiguous';
  const used = new Set(judged.filter(isHeld));
  for (const { statement } of used) {
    for (const other of found)
      if (other.report.defines !== undefined && mentions(statement, other.report.defines)) used.add(other);
  }
  return new Set([...judged, ...used]);
}

/** The report on a line that holds, and that there is a doubt of. */
export function doubted<R extends StatementReport>(report: R, doubt: string | undefined): R {
  if (doubt === undefined || report.verdict !== 'right') return report;
  return { ...report, verdict: 'unverifiable', message: doubt };
}
