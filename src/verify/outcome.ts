/** What comes of comparing the members of a statement. */

import { GradpathError } from '../graph/error.ts';
import type { Integers } from '../model/equations/integers.ts';
import { Misfit } from '../model/equations/value.ts';
import { NotationError } from '../notation/problem.ts';
import type { Expr } from '../notation/tree.ts';

export type Outcome =
  | { readonly kind: 'holds'; readonly error: number }
  | {
      readonly kind: 'fails';
      readonly error: number;
      readonly member: number;
      readonly at: Integers;
      readonly misfit?: string;
    }
  /** It has no value: shapes, unknown symbols, indices out of range, or what is not supported. */
  | { readonly kind: 'refused'; readonly problem: NotationError }
  /** Not decided: no finite numbers, or no value of the free indices for which everything exists. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** Errors of shapes and values as errors of the place. Others are bugs. */
export function asNotation(error: unknown, text: string, x: Expr): NotationError {
  if (error instanceof NotationError) return error;
  if (error instanceof GradpathError || error instanceof Misfit) {
    return new NotationError(error.message, text, x.span);
  }
  throw error;
}
