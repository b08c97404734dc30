/** What a checker says about a derivation, as far as the page shows it: a part of the report of `gradpath check`. */

import type { Span } from '../../src/notation/tree.ts';
import type { Document } from './document.ts';

export type Verdict = 'right' | 'wrong' | 'ambiguous' | 'unverifiable';

export type TermVerdict =
  | 'right'
  | 'sign'
  | 'coefficient'
  | 'extra'
  | 'duplicate'
  | 'vacuous'
  | 'garbled'
  | 'wrong'
  | 'unknown';

export interface TermReport {
  /** Offsets into the derivation. */
  readonly span: Span;
  readonly verdict: TermVerdict;
  /** The path that it stands for, or several, in words. */
  readonly path?: string;
  /** The variables of the one path, from the parameter to the target: `['W', 'H_3', 'O_3', 'E_3']`. */
  readonly variables?: readonly string[];
  /** One line: what is wrong with it; '' where there is nothing to say. */
  readonly message: string;
}

export interface MissingPath {
  readonly path: string;
  readonly variables: readonly string[];
  /** The term to be written for it. */
  readonly latex: string;
}

export interface Repair {
  /** `∂H_3/∂W → ∂H_3/∂H_2`. */
  readonly label: string;
  /** What is replaced in the derivation, and by what. */
  readonly span: Span;
  readonly replacement: string;
}

/** About one statement. */
export interface FormulaReport {
  readonly span: Span;
  readonly verdict: Verdict;
  /** One line: why; '' where there is nothing to say. */
  readonly message: string;
  /** The reading under which the verdict holds, in words. */
  readonly reading: string;
  readonly terms: readonly TermReport[];
  readonly missing: readonly MissingPath[];
  /** A closed form for all t: the paths that it lacks are told of one step. */
  readonly isOfEveryStep?: boolean;
  readonly repair: Repair | undefined;
}

/** What cannot be read, and where: `line 2, column 7`. */
export interface Unread {
  readonly span: Span;
  readonly message: string;
  readonly where: string | undefined;
}

/** About a derivation. */
export interface Judgement {
  readonly reports: readonly FormulaReport[];
  /** Where the derivation is a document, with formulas among prose. */
  readonly document?: {
    /** As long as the derivation, with blanks for what is no mathematics. */
    readonly text: string;
    readonly formulas: readonly Span[];
    readonly problems: readonly Unread[];
    /** Those with which it declares a model. */
    readonly equations: string | undefined;
  };
}

/** Judges every statement of a derivation against the model on the page. Rejects only if it cannot judge at all. */
export type Judge = (derivation: string, document: Document) => Promise<Judgement>;

/**
 * Ids of the segments that a path runs over. A derivation may leave variables out: between two that no segment joins,
 * these are all that lie on a way from the one to the other.
 */
export function segmentsOf(document: Document, variables: readonly string[] = []): string[] {
  const ids = variables.slice(1).flatMap((to, i) => between(document, variables[i], to));
  return [...new Set(ids)];
}

function between({ graph, variables }: Document, from: string, to: string): string[] {
  const [start, end] = [graph.find(from), graph.find(to)];
  if (start === undefined || end === undefined) return [];
  const direct = variables.into(end).find((segment) => segment.from === start);
  if (direct !== undefined) return [direct.id];
  const above = [];
  const seen = new Set([end]);
  for (const pending = [end]; pending.length > 0; ) {
    for (const segment of variables.into(pending.pop()!)) {
      if (segment.from < start) continue;
      above.push(segment);
      if (!seen.has(segment.from)) {
        seen.add(segment.from);
        pending.push(segment.from);
      }
    }
  }
  const reached = new Set([start]);
  return above
    .sort((a, b) => a.to - b.to)
    .filter((segment) => {
      if (!reached.has(segment.from)) return false;
      reached.add(segment.to);
      return true;
    })
    .map(({ id }) => id);
}

/** The report with its places counted from another offset. */
export function moved(report: FormulaReport, by: number): FormulaReport {
  const shift = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...report,
    span: shift(report.span),
    terms: report.terms.map((term) => ({ ...term, span: shift(term.span) })),
    repair: report.repair && { ...report.repair, span: shift(report.repair.span) },
  };
}
