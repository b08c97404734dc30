/** A single change to a formula. */

import type { Integers } from '../../model/equations/integers.ts';
import type { Expr } from '../../notation/tree.ts';
import type { Subject } from '../subject.ts';

/** Kinds of slips, the likeliest first. */
export const KINDS = [
  'sign',
  'transpose',
  'index',
  'range',
  'order',
  'function',
  'operator',
  'factor',
  'power',
  'scale',
  'extra',
  'missing',
  'symbol',
] as const;

export type EditKind = (typeof KINDS)[number];

export interface Edit {
  readonly kind: EditKind;
  /** What is at fault. */
  readonly part: Expr;
  /** What is replaced, and by what. */
  readonly old: Expr;
  readonly by: Expr;
  /** The whole member with the change. */
  readonly member: Expr;
}

/** A member of a statement that is to be changed, and what changes are made of. */
export interface Draft {
  readonly subject: Subject;
  /** Some value of every index, so that names can be told from them. */
  readonly known: Integers;
  /** Letters that stand for indices. */
  readonly letters: readonly string[];
  /** Slopes of activations that may be missing: 1 − H_t². */
  readonly slopes: readonly Expr[];
  /** The edit that puts `by` in the place of `part`. */
  readonly edit: (kind: EditKind, part: Expr, by: Expr) => Edit;
}
