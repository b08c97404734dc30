/** What is said of a derivation: a verdict for each statement, and for each of its terms. */

import type { Span } from '../notation/tree.ts';

/**
 * `ambiguous`: it is right in one reading that is in use and wrong in another, or a symbol is unknown and has one repair.
 * `unverifiable`: it cannot be judged, for a reason that is no fault of the formula.
 */
export type Verdict = 'right' | 'wrong' | 'ambiguous' | 'unverifiable';

export type FaultKind = 'missing' | 'extra' | 'wrong' | 'garbled' | 'ambiguous' | 'vacuous';

export interface Fault {
  readonly kind: FaultKind;
  /** The term as it was typed; of a missing one, how it is typed. */
  readonly term: string;
  readonly span?: Span;
  readonly detail: string;
}

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

export interface Term {
  readonly text: string;
  readonly span: Span;
  readonly verdict: TermVerdict;
  /** `W → H_3 → O_3 → E_3`; several if it stands for several. */
  readonly path?: string;
  /** The variables of the path, from the parameter to the target. */
  readonly variables?: readonly string[];
  readonly message: string;
}

export interface Missing {
  readonly path: string;
  readonly variables: readonly string[];
  readonly latex: string;
}

export interface Repair {
  /** `∂H_3/∂W → ∂H_3/∂H_2`. */
  readonly label: string;
  /** What is replaced in the text, and by what. */
  readonly span: Span;
  readonly replacement: string;
}

export interface ReadingVerdict {
  readonly reading: string;
  readonly verdict: 'right' | 'wrong';
}

/** The part of a report that says what is wrong. */
export interface Diagnosis {
  /** One sentence: why. */
  readonly message: string;
  readonly terms: readonly Term[];
  readonly missing: readonly Missing[];
  readonly faults: readonly Fault[];
  readonly repair: Repair | undefined;
}

export interface StatementReport extends Diagnosis {
  readonly text: string;
  readonly span: Span;
  /** 1: an expansion by the chain rule; 2: a closed form. */
  readonly level: 1 | 2;
  /** The derivative or symbol on the left. */
  readonly target: string | undefined;
  readonly verdict: Verdict;
  /** The reading under which the verdict was found. */
  readonly reading: string;
  /** The readings in use that matter for this statement. */
  readonly readings: readonly ReadingVerdict[];
  /** Of the sides, at the points where it was judged; undefined if it has no value. */
  readonly maxRelativeError: number | undefined;
}
