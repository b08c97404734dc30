/** What a checker says about a derivation, as the page needs it: `gradpath check --json` in the terms of the editor. */

import type { Span } from '../../src/notation/tree.ts';
import type { Document } from './document.ts';
import { findSegment } from './document.ts';

export const verdicts = ['right', 'wrong', 'ambiguous', 'unverifiable'] as const;
export type Verdict = (typeof verdicts)[number];

export const termVerdicts = ['right', 'wrong', 'extra', 'duplicate', 'vacuous', 'garbled'] as const;
export type TermVerdict = (typeof termVerdicts)[number];

/** Variables from the target back to the parameter: `['E_3', 'O_3', 'H_3', 'W']`. */
export type PathNames = readonly string[];

export interface TermReport {
  /** Offsets into the derivation. */
  readonly span: Span;
  readonly verdict: TermVerdict;
  /** The paths that the term stands for: one for a product, several under a Σ, none where it is of no path. */
  readonly paths: readonly PathNames[];
  /** One line: what is wrong with it, or under which reading it is right. */
  readonly message: string;
}

export interface MissingPath {
  readonly path: PathNames;
  /** The term to be written for it. */
  readonly latex: string;
}

export interface Repair {
  /** `∂H_3/∂W → ∂H_3/∂H_2`. */
  readonly label: string;
  /** What the whole statement becomes. */
  readonly text: string;
}

/** About one statement. */
export interface FormulaReport {
  readonly span: Span;
  readonly verdict: Verdict;
  /** The reading under which the verdict holds, in words. */
  readonly reading: string;
  /** One line where the statement as a whole needs one. */
  readonly message?: string;
  readonly terms: readonly TermReport[];
  readonly missing: readonly MissingPath[];
  readonly repair?: Repair;
}

/** Judges every formula of a derivation against the model on the page. Rejects only if it cannot judge at all. */
export type Judge = (derivation: string, document: Document) => Promise<readonly FormulaReport[]>;

/** Ids of the segments that a path runs over, as far as the graph has them. */
export function segmentsOf(document: Document, path: PathNames): string[] {
  return path
    .slice(1)
    .map((from, i) => `${from}→${path[i]}`)
    .filter((id) => findSegment(document, id) !== undefined);
}

/** The report with its places counted from another offset. */
export function moved(report: FormulaReport, by: number): FormulaReport {
  const shift = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...report,
    span: shift(report.span),
    terms: report.terms.map((term) => ({ ...term, span: shift(term.span) })),
  };
}
