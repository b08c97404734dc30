/** Terms of a formula and what is said of each: shared by the reports on the terminal and in HTML. */

import { children, type Expr, type Span, type Statement } from '../notation/tree.ts';
import type { StatementReport, Term, TermVerdict } from '../verify/report.ts';
import type { Outcome } from './check-judge.ts';

export type Mark = '✓' | '✗' | '±' | '?' | '·';

const MARKS: Readonly<Record<TermVerdict, Mark>> = {
  right: '✓',
  sign: '±',
  coefficient: '✗',
  extra: '✗',
  duplicate: '✗',
  vacuous: '·',
  garbled: '?',
  wrong: '✗',
  unknown: '?',
};

export const OUTCOME_MARKS: Readonly<Record<Outcome, Mark>> = {
  right: '✓',
  wrong: '✗',
  ambiguous: '?',
  unverifiable: '?',
  unreadable: '✗',
};

/** What the marks mean. */
export const LEGEND = '✓ right  ✗ wrong  ± sign  ? unknown or doubtful  · adds nothing';

/** A part of the formula with one mark: one term, or several that one part stands for, as the body of a Σ does. */
export interface MarkedPart {
  readonly span: Span;
  readonly mark: Mark;
  readonly terms: readonly { readonly mark: Mark; readonly term: Term }[];
  /** What it is in the tree. */
  readonly nodes: readonly Expr[];
}

const WORST: readonly Mark[] = ['✓', '·', '?', '±', '✗'];

/** The marked parts in the order of the text. Where terms are not told apart, faults are marked. */
export function markedParts(statement: Statement, { terms, faults }: StatementReport): readonly MarkedPart[] {
  const groups = new Map<string, { span: Span; terms: { mark: Mark; term: Term }[] }>();
  const add = (span: Span, mark: Mark, term: Term) => {
    const key = `${span.start} ${span.end}`;
    const group = groups.get(key) ?? { span, terms: [] };
    group.terms.push({ mark, term });
    groups.set(key, group);
  };
  for (const term of terms) {
    const within = faults.filter(({ span }) => span !== undefined && isWithin(span, term.span));
    const slip = within.find(({ kind }) => kind === 'garbled');
    const inner = within.filter(({ span }) => span!.end - span!.start < term.span.end - term.span.start);
    if (term.verdict === 'right' && slip !== undefined)
      add(term.span, '?', { ...term, verdict: 'garbled', message: slip.detail });
    else if (term.verdict === 'wrong' && inner.length > 0) {
      // the place of the fault says more than the term around it
      for (const { span, term: text, detail } of inner) {
        add(span!, '✗', { text, span: span!, verdict: 'wrong', message: detail });
      }
    } else add(term.span, MARKS[term.verdict], term);
  }
  if (terms.length === 0) {
    for (const { kind, span, term, detail } of faults) {
      const verdict: TermVerdict = kind === 'garbled' || kind === 'ambiguous' ? 'garbled' : 'wrong';
      if (span !== undefined) add(span, MARKS[verdict], { text: term, span, verdict, message: detail });
    }
  }
  return [...groups.values()]
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)
    .map(({ span, terms: own }) => ({
      span,
      terms: own,
      mark: own.map(({ mark }) => mark).reduce((a, b) => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a)),
      nodes: nodesWithin(statement, span),
    }))
    .filter(
      ({ nodes }, i, all) =>
        nodes.length > 0 && !all.slice(0, i).some((other) => overlap(other.nodes, nodes)),
    );
}

const isWithin = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end;

function overlap(some: readonly Expr[], others: readonly Expr[]): boolean {
  return some.some((a) => others.some((b) => a.span.start < b.span.end && b.span.start < a.span.end));
}

/** The largest parts of a statement that lie within a span. */
function nodesWithin({ members, conditions }: Statement, { start, end }: Span): readonly Expr[] {
  const found: Expr[] = [];
  const waiting: Expr[] = [...members, ...conditions].reverse();
  for (let x = waiting.pop(); x !== undefined; x = waiting.pop()) {
    const { span } = x;
    if (span.start >= end || span.end <= start) continue;
    if (span.start >= start && span.end <= end) found.push(x);
    else for (const child of [...children(x)].reverse()) waiting.push(child);
  }
  return found;
}

/** Why a term is wrong, unless that is said already, and its path. */
export function termText({ verdict, path = '', message }: Term, said: string | undefined): string {
  const reason = verdict === 'right' || message === said ? [] : [message];
  const shown = path === '' || reason.some((text) => text.includes(path)) ? reason : [...reason, path];
  return shown.join(': ');
}

/** Why a formula got its verdict, as lines of text: what is missing, what would mend it, how it was read. */
export function remarks({
  verdict,
  message,
  reading,
  readings,
  missing,
  repair,
}: StatementReport): readonly string[] {
  const others = readings.filter((other) => other.verdict !== (verdict === 'right' ? 'right' : 'wrong'));
  const flips = others.map((other) => other.reading).join(', or with ');
  const isSaid = repair !== undefined && message.includes(repair.label);
  return [
    ...missing.map(({ path }) => `missing: ${path}`),
    ...(repair === undefined || isSaid
      ? []
      : [`right after${repair.label.includes('→') ? '' : ':'} ${repair.label}`]),
    ...(reading === '' ? [] : [`read with ${reading}`]),
    // of an ambiguous one the message says when it is right
    ...(flips === '' || verdict === 'unverifiable' || verdict === 'ambiguous'
      ? []
      : [`${verdict === 'right' ? 'wrong' : 'right'} with ${flips}`]),
  ];
}
