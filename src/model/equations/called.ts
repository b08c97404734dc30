/** How functions are called: `tanh`, `tanh^2`, `σ'`, `conv_full`, and options such as `stride=2`. */

import type { Expr, Of } from '../../notation/tree.ts';
import { functionName, isFunction } from './functions.ts';
import { plainName } from './integers.ts';

/** What a function's name with its scripts says. */
interface Called {
  /** Undefined if it is no name. */
  readonly name: string | undefined;
  readonly power: number | undefined;
  readonly primes: number;
  /** A subscript: `full`, `2`. */
  readonly mode: string | undefined;
}

export function calledName(fn: Expr): Called {
  switch (fn.kind) {
    case 'sup': {
      const inner = calledName(fn.of);
      const power = literal(fn.exponent);
      return { ...inner, power, name: power === undefined ? undefined : inner.name };
    }
    case 'prime': {
      const inner = calledName(fn.of);
      return { ...inner, primes: inner.primes + fn.count };
    }
    case 'sub': {
      const inner = calledName(fn.of);
      const word = fn.index.kind === 'number' ? fn.index.text : plainName(fn.index);
      const whole = `${inner.name}_${word}`;
      if (inner.name !== undefined && word !== undefined && isFunction(functionName(whole))) {
        return { ...inner, name: whole };
      }
      return { ...inner, mode: word };
    }
    default:
      return { name: plainName(fn), power: undefined, primes: 0, mode: undefined };
  }
}

/** A number such as 0.5, -2, 1/2. */
export function literal(x: Expr): number | undefined {
  switch (x.kind) {
    case 'number':
      return Number(x.text);
    case 'neg': {
      const value = literal(x.of);
      return value === undefined ? undefined : -value;
    }
    case 'bracket':
      return literal(x.of);
    case 'quotient': {
      const [over, under] = [literal(x.over), literal(x.under)];
      return over === undefined || under === undefined ? undefined : over / under;
    }
    default:
      return undefined;
  }
}

/** Options by name, and the other arguments: of `corr(X, K, stride=2)`. */
export function splitOptions(args: readonly Expr[]): {
  readonly operands: readonly Expr[];
  readonly options: ReadonlyMap<string, Expr>;
} {
  const isOption = (x: Expr): x is Expr & Of<'relation'> =>
    x.kind === 'relation' && x.members.length === 2 && x.relations[0] === '=';
  const options = args
    .filter(isOption)
    .map(({ members: [name, value] }) => [plainName(name) ?? '?', value] as const);
  return { operands: args.filter((x) => !isOption(x)), options: new Map(options) };
}
