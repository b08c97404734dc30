/** A formula under evaluation: the statement that it stands in, the point, the reading, and what it came upon. */

import type { VariableGraph } from '../../chain/variables.ts';
import type { Integers } from '../../model/equations/integers.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr, Of, Span } from '../../notation/tree.ts';
import type { Algebra } from '../../ops/op.ts';
import type { Tensor } from '../../run/eager.ts';
import type { Instance } from '../instance.ts';
import type { ChainArithmetic } from '../jacobian.ts';
import type { Meaning, Reading } from '../reading.ts';
import { namesIn } from '../rewrite.ts';
import type { Subject } from '../subject.ts';
import { OutOfRange, shortened } from '../symbols.ts';

/** What is the same for all readings of a statement. */
export interface Context {
  readonly subject: Subject;
  readonly text: string;
  /** The derivative on the left, if there is one. */
  readonly left: Expr | undefined;
  /** Both d and ∂ occur: then d is total, ∂ immediate. */
  readonly isMixed: boolean;
  /** The variables between which derivatives are immediate. */
  readonly kept: VariableGraph;
  /** The symbol of which the left side is an element: δ of δ_{t,j}. */
  readonly byElement: string | undefined;
  /** Recursions look one step ahead: adjoints behind the last step are 0. */
  readonly looksAhead: boolean;
  /** The letters that a Σ or Π binds: what it runs over must be there. */
  readonly bound: ReadonlySet<string>;
  /** Parts evaluated so far, under all readings and repairs together. */
  readonly work: { parts: number; lengths?: Map<string, number> };
  /** The ops of numbers. */
  readonly algebra?: Algebra<Tensor>;
  /** What definitions came to, under each reading at each point. */
  readonly definitions: Definitions;
}

/** The values of definitions: by reading, point, and what is made up behind the last step. */
export type Definitions = WeakMap<Reading, Map<Instance, Map<number, DefinedValues>>>;

/** By meaning and indices. */
export type DefinedValues = Map<Meaning, Map<string, Defined>>;

export interface Evaluation {
  readonly context: Context;
  readonly instance: Instance;
  readonly reading: Reading;
  readonly m: ChainArithmetic;
  /** Seeds the values of variables behind the last step, on which nothing may depend. */
  readonly invented: number;
  /** Definitions under way, one inside the other. */
  readonly depth: number;
  /** The values of definitions that are known already. */
  readonly defined: DefinedValues;
  /** A variable behind the last step was used: its value was made up. */
  touched: boolean;
  /** Something behind the last step was asked for: adjoints are 0 there. */
  beyond: boolean;
  /** Throws a NotationError: UnknownSymbol, OutOfRange, Unsupported, or any other where shapes do not fit. */
  value(x: Expr, integers: Integers): Value<Tensor>;
  /** The value in another context, or at another point: what that comes upon counts here. */
  valueWithin(inner: Surroundings, x: Expr, integers: Integers): Value<Tensor>;
  /** The integers with the values of its indices, for each term of a Σ or factor of a Π. */
  bindings(x: Of<'big'>, integers: Integers): readonly Integers[];
  /** Counts one more term of a Σ or Π. Throws if there are too many. */
  count(span: Span): void;
}

/** What a definition came to: a value or why there is none, and what it came upon. */
export interface Defined {
  readonly value: Value<Tensor> | undefined;
  readonly error: unknown;
  readonly touched: boolean;
  readonly beyond: boolean;
}

/** What a part is evaluated in, where it differs from the whole. */
export interface Surroundings {
  readonly context?: Partial<Context>;
  readonly instance?: Instance;
  readonly depth?: number;
}

/** The text of a part. */
export function textOf({ context: { text } }: Evaluation, { span }: Expr): string {
  return text.slice(span.start, span.end);
}

/** The error for what does not exist at the indices at hand. */
export function absent(e: Evaluation, x: Expr, integers: Integers = new Map()): OutOfRange {
  const own = e.context.subject.integers;
  const letters = [...namesIn(x)].filter((name) => integers.has(name) && !own.has(name));
  const at = letters.map((name) => `${name} = ${integers.get(name)}`).join(', ');
  const message = `there is no ${shortened(textOf(e, x))}${at === '' ? '' : ` at ${at}`}`;
  return new OutOfRange(message, e.context.text, x.span);
}
