/** Functions that a file of equations defines for itself: f(z) = 1 / (1 + e^{-z}). */

import type { Expr } from '../../notation/tree.ts';
import { computed } from './arrays.ts';
import { type Integers, plainName } from './integers.ts';
import { Pointwise } from './pointwise.ts';
import type { Interpretation, Scope } from './scope.ts';
import type { Value } from './value.ts';

/** f(x, …) = body, or f(z)_i = body by its elements. */
export interface OwnFunction {
  readonly parameters: readonly string[];
  readonly places: readonly string[];
  readonly left: Expr;
  readonly body: Expr;
  /** Of numbers, applied to each element. */
  readonly isPointwise: boolean;
  /** The text that spans refer to, and the sizes known there. */
  readonly text: string;
  readonly integers: Integers;
}

/** By its name: a function of the table under another name, or one of its own. */
export type OwnFunctions = ReadonlyMap<string, string | OwnFunction>;

/** `f`, `f_h`: what a function goes by. */
export function functionKey(fn: Expr): string | undefined {
  if (fn.kind !== 'sub') return plainName(fn);
  const [base, word] = [plainName(fn.of), plainName(fn.index)];
  const script = word ?? (fn.index.kind === 'number' ? fn.index.text : undefined);
  return base === undefined || script === undefined ? undefined : `${base}_${script}`;
}

/** The value of an own function. Throws a NotationError. */
export function appliedOwn<V>(
  fn: OwnFunction,
  args: readonly Value<V>[],
  { scope, within }: Pick<Interpretation<V>, 'scope' | 'within'>,
): Value<V> {
  const { parameters, places, left, body, text, integers } = fn;
  const given = new Map(parameters.map((parameter, i) => [parameter, args[i]]));
  const { special: _, steps: __, elementBase: ___, ...rest } = scope;
  const inner: Scope<V> = {
    ...rest,
    m: fn.isPointwise ? new Pointwise(scope.m.domain, scope.m.conventions) : scope.m,
    text,
    indexCount: (family) => (given.has(family) ? [0] : scope.indexCount(family)),
    variable: (reference, at) => given.get(reference.family) ?? scope.variable(reference, at),
  };
  return computed({ axes: places, ranges: [], left, right: body }, integers, within(inner));
}
