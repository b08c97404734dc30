/** Calls of functions: `tanh(z)`, `tanh^2 (z)`, `σ'(z)`, `conv_full(X, K)`, and options such as `stride=2`. */

import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import type { Arithmetic } from './arithmetic.ts';
import {
  applied,
  functionName,
  isElementwise,
  isFunction,
  slope,
  takesOption,
  takesSizes,
} from './functions.ts';
import { type Integers, integerOf, plainName } from './integers.ts';
import { appliedOwn } from './own-functions.ts';
import type { Interpretation } from './scope.ts';
import type { Value } from './value.ts';

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

/** A function, or an option of one, that this table does not have: it may mean anything. */
export class UnknownFunction extends NotationError {}

/** The value of a call. Throws UnknownFunction. */
export function callOf<V>(x: Of<'call'>, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { m, text } = interpreter.scope;
  const unknown = (message: string, { span }: Expr) => new UnknownFunction(message, text, span);
  const { name: typed, power, primes, mode } = calledName(x.fn);
  if (typed === undefined) throw interpreter.error('expected the name of a function', x.fn.span);
  const { functions } = interpreter.scope;
  const own = functions?.get(mode === undefined ? typed : `${typed}_${mode}`) ?? functions?.get(typed);
  if (own !== undefined && typeof own !== 'string') {
    if (primes > 0) throw unknown(`the derivative of ${typed} is not known here`, x.fn);
    if (x.args.length !== own.parameters.length) {
      const message = `${typed} takes ${own.parameters.length} arguments, ${x.args.length} given`;
      throw interpreter.error(message, x.span);
    }
    const args = x.args.map((arg) => interpreter.value(arg, integers));
    const value = appliedOwn(own, args, interpreter);
    return power === undefined ? value : m.power(value, power, true);
  }
  const name = own ?? typed;
  const known = functionName(name);
  if (!isFunction(known)) throw unknown(`there is no function ${name}`, x.fn);
  const { operands, options: given } = splitOptions(x.args);
  const isSummed = known === 'sum' || known === 'mean';
  const words: string[] = mode === undefined ? [] : [mode];
  const values: Value<V>[] = [];
  for (const operand of operands) {
    const sizes = takesSizes(known) && values.length > 0 ? sizesIn(operand, integers) : undefined;
    const word = plainName(operand);
    if (sizes !== undefined) values.push(...sizes.map((n) => m.number(n)));
    else if (word !== undefined && MODES.has(word)) words.push(word);
    else values.push(interpreter.value(isSummed ? byElements(operand) : operand, integers));
  }
  for (const { name: option, value: at } of given) {
    const word = option === 'mode' ? plainName(at) : undefined;
    if (word !== undefined && MODES.has(word)) words.push(word);
  }
  const options = given.filter(
    ({ name: option, value: at }) => !(option === 'mode' && MODES.has(plainName(at) ?? '')),
  );
  const odd = options.find(({ name: option }) => primes > 0 || !takesOption(known, option));
  if (odd !== undefined) throw unknown(`${name} has no option ${odd.name} here`, odd.at);
  let value: Value<V> | undefined;
  if (primes === 0) {
    const numbers = options.map(({ name: option, value: at }): [string, number] => {
      const word = plainName(at);
      const number = word === 'True' ? 1 : word === 'False' ? 0 : integerOf(at, integers);
      if (number === undefined) throw interpreter.error(`expected ${option} = a whole number`, at.span);
      return meantBy(option, number);
    });
    value = withScript(m, known, values, mode);
    if (value === undefined && mode !== undefined && !takesMode(known, mode))
      throw unknown(`${name} takes no subscript ${mode}`, x.fn);
    value ??= applied(m, known, values, { mode: words[0], ...Object.fromEntries(numbers) });
  } else if (primes === 1 && values.length === 1) value = slope(m, known, values[0]);
  if (value === undefined) throw unknown(`the derivative of ${name} is not known here`, x.fn);
  return power === undefined ? value : m.power(value, power, true);
}

/** log₂ x, ∛x: the base of a logarithm, the degree of a root. */
function withScript<V>(
  m: Arithmetic<V>,
  name: string,
  values: readonly Value<V>[],
  script: string | undefined,
): Value<V> | undefined {
  const number = script === undefined ? Number.NaN : Number(script);
  if (!Number.isFinite(number) || number < 2 || values.length !== 1) return undefined;
  if (name === 'log') return m.scaled(applied(m, name, values), 1 / Math.log(number));
  return name === 'sqrt' ? m.power(values[0], 1 / number, true) : undefined;
}

/** `conv_full`, rot_180, log_e, and activations of which there are several: σ_g, σ_h. */
function takesMode(name: string, mode: string): boolean {
  if (MODES.has(mode) || name === 'rot') return true;
  if (name === 'log' || name === 'ln') return mode === 'e';
  return isElementwise(name) && !PLAIN.has(name) && /^\p{L}$/u.test(mode);
}

const PLAIN: ReadonlySet<string> = new Set(['exp', 'sqrt', 'square', 'abs', 'sign', 'sgn']);

/** Powers under a sum over all elements are of the elements: sum((Y − G)^2), square though the matrix may be. */
export function byElements(x: Expr): Expr {
  switch (x.kind) {
    case 'sup':
      return x.bracket === undefined && literal(x.exponent) !== undefined ? { ...x, elementwise: true } : x;
    case 'bracket':
    case 'neg':
      return { ...x, of: byElements(x.of) };
    case 'sum':
      return { ...x, terms: x.terms.map((part) => ({ ...part, term: byElements(part.term) })) };
    case 'product':
      return { ...x, factors: x.factors.map((part) => ({ ...part, factor: byElements(part.factor) })) };
    case 'quotient':
      return { ...x, over: byElements(x.over) };
    default:
      return x;
  }
}

const MODES: ReadonlySet<string> = new Set(['valid', 'full', 'same']);

/** `3x3` or `3 × 3` as an argument. */
function sizesIn(x: Expr, integers: Integers): number[] | undefined {
  if (x.kind !== 'product') return undefined;
  const sizes = x.factors.map(({ factor }) => {
    const isTimes = factor.kind === 'sub' && factor.glued === true && plainName(factor.of) === 'x'; // 3x3
    return integerOf(isTimes ? factor.index : factor, integers);
  });
  return sizes.every((size) => size !== undefined) ? sizes : undefined;
}

interface Option {
  readonly name: string;
  readonly value: Expr;
  readonly at: Expr;
}

/** Options by name, and the other arguments: of `corr(X, K, stride=2)`. */
function splitOptions(args: readonly Expr[]): {
  readonly operands: readonly Expr[];
  readonly options: readonly Option[];
} {
  const isOption = (x: Expr): x is Expr & Of<'relation'> =>
    x.kind === 'relation' && x.members.length === 2 && x.relations[0] === '=';
  const options = args.filter(isOption).map((at) => {
    const [name, value] = at.members;
    const word = name.kind === 'differential' ? name.word : plainName(name); // dim, dilation
    return { name: word ?? '?', value, at };
  });
  return { operands: args.filter((x) => !isOption(x)), options };
}

/** `dim` is the axis of PyTorch, `dims` that of Julia, which counts from 1 and keeps it. */
function meantBy(option: string, value: number): [string, number] {
  if (option === 'dims') return ['axis', value - 1];
  return [option === 'dim' ? 'axis' : option === 'keepdim' ? 'keepdims' : option, value];
}
