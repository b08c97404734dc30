/** What an expression is interpreted in: what its names stand for, and who gives the values of its parts. */

import type { NotationError } from '../../notation/problem.ts';
import type { Expr, Of, Span } from '../../notation/tree.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { Integers, Range } from './integers.ts';
import type { IndexCount, Reference } from './names.ts';
import type { OwnFunctions } from './own-functions.ts';
import type { Value } from './value.ts';

/** A case with its value, and 1 where its conditions hold. */
export interface Case<V> {
  readonly mask: Value<V>;
  readonly here: Value<V>;
}

/** What the names of a formula stand for. */
export interface Scope<V> {
  readonly m: Arithmetic<V>;
  /** The text that spans refer to. */
  readonly text: string;
  readonly indexCount: IndexCount;
  /** The variable, or undefined if the family has none at these indices. */
  readonly variable: (reference: Reference, at: Expr) => Value<V> | undefined;
  /** The indices of the variables of a family, so that a Σ that leaves its range open runs over those that are there. */
  readonly members?: (family: string) => Iterable<readonly number[]>;
  /** Of these the steps: a Σ that leaves its range open leaves out the states before the first. */
  readonly steps?: ReadonlySet<number>;
  /** Whether a variable is a state before the first step, h_0^{(l)}: a Σ over h_t^{(l)} leaves it out. */
  readonly isFirst?: (family: string, indices: readonly number[]) => boolean;
  /** The number of the first element of a vector (default 1). */
  readonly elementBase?: 0 | 1;
  /** Whether an element whose place is counted from others, X_{i+m}, is 0 where the array has none. */
  readonly isPadded?: boolean;
  /** The least and largest value of an index that a Σ leaves open. */
  readonly bounds: (index: string, body: Expr, integers: Integers) => readonly [number, number] | undefined;
  /** The N of Σ_{n=1}^N that have no value, by name: each is the length of the axes along which its indices count. */
  readonly lengths?: Map<string, number>;
  /** Derivatives and differentials, and whatever else only the caller knows. Undefined: no such thing. */
  readonly special?: (x: Expr, integers: Integers) => Value<V> | undefined;
  /** A name that nothing is known of. */
  readonly unknown?: (x: Expr, integers: Integers) => Value<V> | undefined;
  /** What the equations define as functions, which go before those of the table. */
  readonly functions?: OwnFunctions;
  /** Hears of the cases whose conditions hold somewhere. */
  readonly cases?: (cases: readonly Case<V>[], x: Expr) => void;
}

/** What gives the values of the parts of an expression. */
export interface Interpretation<V> {
  readonly scope: Scope<V>;
  /** Throws a NotationError that points at the place. */
  readonly value: (x: Expr, integers: Integers) => Value<V>;
  /** An error that points at the place. */
  readonly error: (message: string, span: Span) => NotationError;
  /** What a Σ or Π runs over. */
  readonly rangesOf: (x: Of<'big'>, integers: Integers) => readonly Range[];
  /** The same with other names. */
  readonly within: (scope: Scope<V>) => Interpretation<V>;
}
