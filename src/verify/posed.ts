/** A statement as it is tried: its members, its free indices, and what its derivatives hold fixed. */

import type { Expr, Relation } from '../notation/tree.ts';
import type { Context } from './evaluate/evaluation.ts';

export interface Posed extends Omit<Context, 'subject' | 'work' | 'definitions' | 'algebra'> {
  readonly members: readonly Expr[];
  readonly relations: readonly Relation[];
  readonly conditions: readonly Expr[];
  /** What is taken for granted: `y is 0 or 1`. */
  readonly said: string;
  /** What of that is a guess. */
  readonly assumed: string | undefined;
  /** Beside members that are numbers, which hold of given values: which of all have none. Empty: there are no such. */
  readonly symbolic: readonly boolean[];
  /** The free indices. */
  readonly letters: ReadonlySet<string>;
  /** Nothing but d, and this in LaTeX, where ∂ could have been written as well. */
  readonly isLatexD: boolean;
}
