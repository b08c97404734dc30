/** What is said of a statement beyond its own verdict: that nothing uses it, what its names are, why it may be another sum. */

import type { NotationError } from '../notation/problem.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { type Custom, mentionsName } from './customary.ts';
import { isZero } from './flow.ts';
import type { Judged } from './judge.ts';
import type { DefinitionCase, Meanings } from './reading.ts';
import type { StatementReport, Verdict } from './report.ts';
import { symbolsIn } from './spell.ts';

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

/** Of a step of gradient descent. */
export const updated = (statement: Statement, text: string): StatementReport =>
  reportOf(
    statement,
    text,
    'unverifiable',
    'a step of gradient descent: it claims nothing that could be checked',
  );

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
  /** As it was judged: in a loop with its steps. */
  readonly made: Statement;
  readonly report: Judged;
}

/** Most lines that are judged again to find out what uses a definition. */
const MAX_AGAIN = 8;

/**
 * What is judged, and the definitions without which what is right would not be right: with another value it would not
 * hold. `again`: the verdict on a line under other meanings.
 */
export function inUse(
  found: readonly Found[],
  again: (one: Found, meanings: Meanings) => Verdict,
): ReadonlySet<Found> {
  const judged = found.filter(({ report }) => report.definition === undefined);
  const held = judged.filter(({ report: { verdict } }) => verdict === 'right' || verdict === 'ambiguous');
  let left = MAX_AGAIN;
  const symbols = new Map(held.map((one) => [one, symbolsIn(one.statement)]));
  /** The lines that name it first. */
  const likely = (symbol: string) => {
    const names = (one: Found) => symbols.get(one)!.has(symbol);
    return [...held.filter(names), ...held.filter((one) => !names(one))];
  };
  const isUsed = ({ report }: Found): boolean =>
    likely(report.defines!).some((one) => {
      const other = withOther(one.report.meanings, report.definition!);
      return other !== undefined && (left-- <= 0 || again(one, other) !== one.report.verdict);
    });
  const reached = reachedFrom(held, found);
  const used = found.filter((one) => one.report.definition !== undefined && reached.has(one) && isUsed(one));
  return new Set([...judged, ...used]);
}

/** The definitions whose symbols occur in lines, directly or by way of others. */
function reachedFrom(lines: readonly Found[], found: readonly Found[]): ReadonlySet<Found> {
  const bySymbol = new Map<string, Found[]>();
  for (const one of found) {
    const { defines } = one.report;
    if (defines !== undefined) bySymbol.set(defines, [...(bySymbol.get(defines) ?? []), one]);
  }
  const reached = new Set(lines);
  const seen = new Set<string>();
  for (const { statement } of reached) {
    for (const symbol of symbolsIn(statement)) {
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      for (const one of bySymbol.get(symbol) ?? []) reached.add(one);
    }
  }
  return reached;
}

/** With − before it: a factor that neither slopes nor conditions on a sign let pass. */
const OTHER = 2.7;

/** The meanings with another value for what a definition says; undefined if they do not hold it. */
function withOther(meanings: Meanings, definition: DefinitionCase): Meanings | undefined {
  const { expr } = definition;
  const { span } = expr;
  const factor: Expr = { kind: 'number', text: String(OTHER), span };
  const of: Expr = { kind: 'bracket', style: '(', of: expr, span };
  const factors = [
    { operator: 'juxtaposed', factor },
    { operator: 'juxtaposed', factor: of },
  ] as const;
  const scaled: Expr = { kind: 'neg', of: { kind: 'product', factors, span }, span };
  // 0 has no other multiple
  const other: Expr = isZero(expr) ? { kind: 'name', base: '?', accents: [], span } : scaled;
  for (const [key, meaning] of meanings) {
    if (meaning.kind !== 'definition' || !meaning.cases.includes(definition)) continue;
    const cases = meaning.cases.map((one) => (one === definition ? { ...one, expr: other } : one));
    return new Map(meanings).set(key, { ...meaning, cases });
  }
  return undefined;
}

/** The report on a line that holds, and that there is a doubt of. */
export function doubted<R extends StatementReport>(report: R, doubt: string | undefined): R {
  if (doubt === undefined || report.verdict !== 'right') return report;
  return { ...report, verdict: 'unverifiable', message: doubt };
}
