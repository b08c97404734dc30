/** What an expression means: from the tree of what was typed to values, with the shapes deciding what is left open. */

import { GradpathError } from '../../graph/error.ts';
import { NotationError } from '../../notation/problem.ts';
import { type Expr, isTransposeMark, type Of, type Span } from '../../notation/tree.ts';
import type { Arithmetic } from './arithmetic.ts';
import { calledName, splitOptions } from './called.ts';
import { sumOfElements } from './each.ts';
import { elementAt, elementBounds, elementsOf, memberValues } from './elements.ts';
import { applied, functionName, isFunction, slope, takesSizes } from './functions.ts';
import {
  combinations,
  holdsChain,
  type Integers,
  integerOf,
  plainName,
  type Range,
  rangesOf,
  sizeName,
} from './integers.ts';
import { quoted } from './line.ts';
import { matrixOf } from './matrices.ts';
import { type IndexCount, isBracketedPower, type Reference, referenceOf, variableName } from './names.ts';
import { powerOf, primed } from './power.ts';
import { productOf } from './product.ts';
import { Misfit, type Value } from './value.ts';

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
  /** The number of the first element of a vector (default 1). */
  readonly elementBase?: 0 | 1;
  /** The least and largest value of an index that a Σ leaves open. */
  readonly bounds: (index: string) => readonly [number, number] | undefined;
  /** Derivatives and differentials, and whatever else only the caller knows. Undefined: no such thing. */
  readonly special?: (x: Expr, integers: Integers) => Value<V> | undefined;
  /** A name that nothing is known of. */
  readonly unknown?: (x: Expr, integers: Integers) => Value<V> | undefined;
}

/** Most values that sums and products of one expression run over, all together. */
const MAX_TERMS = 20_000;

/** A Σ or Π whose range cannot be told, or is too long to run through. */
export class Unbounded extends NotationError {}

export class Interpreter<V> {
  readonly scope: Scope<V>;
  #terms = 0;

  constructor(scope: Scope<V>) {
    this.scope = scope;
  }

  /** The value of an expression. Throws a NotationError that points at the place. */
  value(x: Expr, integers: Integers): Value<V> {
    const special = this.scope.special?.(x, integers);
    if (special !== undefined) return special;
    try {
      const value = this.#value(x, integers);
      return value.literal === undefined ? { ...value, label: quoted(this.scope.text, x.span) } : value;
    } catch (error) {
      const isMisfit = error instanceof Misfit || error instanceof GradpathError;
      if (isMisfit && !(error instanceof NotationError)) throw this.error(error.message, x.span);
      throw error;
    }
  }

  error(message: string, span: Span): NotationError {
    return new NotationError(message, this.scope.text, span);
  }

  #value(x: Expr, integers: Integers): Value<V> {
    const { m } = this.scope;
    switch (x.kind) {
      case 'number':
        return m.number(Number(x.text));
      case 'name':
      case 'sub':
      case 'index':
        return this.#name(x, integers);
      case 'sup':
        return this.#superscript(x, integers);
      case 'prime':
        return primed(x, integers, this);
      case 'bracket':
        return this.value(x.of, integers);
      case 'neg':
        return m.negative(this.value(x.of, integers));
      case 'sum':
        return this.#sum(x, integers);
      case 'product':
        return productOf(x, integers, this);
      case 'quotient':
        return m.quotient(this.value(x.over, integers), this.value(x.under, integers));
      case 'call':
        return this.#call(x, integers);
      case 'big':
        return this.#big(x, integers);
      case 'matrix':
        return x.style === 'cases' ? this.#cases(x, integers) : this.#matrix(x, integers);
      case 'norm':
        return m.norm(this.value(x.of, integers));
      case 'abs':
        return this.#absolute(this.value(x.of, integers));
      case 'inner': {
        if (x.items.length !== 2) throw this.error('⟨a, b⟩ takes two vectors', x.span);
        const [a, b] = x.items.map((item) => this.value(item, integers));
        return m.inner(a, b);
      }
      case 'indicator':
        return m.number(this.#holds(x.condition, integers) ? 1 : 0);
      default:
        throw this.error(`${KINDS[x.kind] ?? 'this'} has no value here`, x.span);
    }
  }

  /** A variable, an index as a number, an element, ones, an identity. */
  #name(x: Expr, integers: Integers): Value<V> {
    const { scope } = this;
    const reference = referenceOf(x, integers, scope.indexCount);
    if (reference !== undefined) {
      const found = scope.variable(reference, x);
      if (found !== undefined) return found;
    }
    const integer = integers.get(sizeName(x) ?? '');
    if (integer !== undefined) return scope.m.number(integer);
    const scripted =
      x.kind === 'sub' || x.kind === 'index'
        ? this.#scripted(x, integers)
        : x.kind === 'sup'
          ? this.#elementOf(x, integers)
          : undefined;
    if (scripted !== undefined) return scripted;
    if (x.kind === 'name' && x.accents.length === 0) {
      if (x.base === '𝟏') return scope.m.ones();
      if (x.base === 'I') return scope.m.identity();
      if (x.base === 'π') return scope.m.number(Math.PI);
    }
    const other = scope.unknown?.(x, integers);
    if (other !== undefined) return other;
    const shown = quoted(scope.text, x.span);
    if (reference !== undefined) throw this.error(`there is no ${shown}: the index is out of range`, x.span);
    throw this.error(`${shown} is not defined`, x.span);
  }

  /** A subscript that is no part of a name: an element, `‖x‖_2`, `W^T_h` for (W_h)ᵀ. */
  #scripted(x: Of<'sub'> | Of<'index'>, integers: Integers): Value<V> | undefined {
    const { m, elementBase } = this.scope;
    const element = this.#elementOf(x, integers);
    if (element !== undefined) return element;
    const { of } = x;
    if (x.kind === 'sub' && of.kind === 'norm') return this.#norm(of, x.index, integers);
    if (of.kind === 'sup' && x.kind === 'sub' && isTransposeMark(of.exponent)) {
      return m.transposed(this.value({ ...x, of: of.of }, integers));
    }
    if (of.kind !== 'bracket' && of.kind !== 'call') return undefined;
    const scripts = x.kind === 'index' ? x.items : x.index.kind === 'list' ? x.index.items : [x.index];
    const places = scripts.map((script) => integerOf(script, integers));
    if (places.some((place) => place === undefined)) return undefined;
    return elementAt(m, this.value(of, integers), places as number[], elementBase);
  }

  #elementOf(x: Expr, integers: Integers): Value<V> | undefined {
    const { m, indexCount, variable, elementBase } = this.scope;
    for (const { reference, places } of elementsOf(x, integers, indexCount)) {
      const whole = variable(reference, x);
      if (whole === undefined || places.some((place) => place === undefined)) continue;
      const named = { ...whole, label: variableName(reference) };
      return elementAt(m, named, digitsApart(places as number[], whole.shape.length), elementBase);
    }
    return undefined;
  }

  #norm(x: Of<'norm'>, index: Expr, integers: Integers): Value<V> {
    const kind = index.kind === 'number' ? index.text : plainName(index);
    const of = this.value(x.of, integers);
    if (kind === '2' || kind === 'F') return this.scope.m.norm(of);
    if (kind === '1') return applied(this.scope.m, 'sum', [this.#absolute(of)]);
    throw this.error('of norms 1, 2 and F are known', index.span);
  }

  #superscript(x: Of<'sup'>, integers: Integers): Value<V> {
    const { indexCount } = this.scope;
    const isPower = isBracketedPower(x, integers, indexCount);
    if (!isPower && (x.bracket !== undefined || referenceOf(x, integers, indexCount) !== undefined)) {
      return this.#name(x, integers);
    }
    // y_k^t: element k of y at t
    const elements = elementsOf(x, integers, indexCount).filter(({ reference, places }) => {
      const whole = this.scope.variable(reference, x);
      return whole?.shape.length === places.length;
    });
    if (elements.length > 0) return this.#elementOf(x, integers) ?? this.#name(x, integers);
    return powerOf(x, integers, this);
  }

  #sum(x: Of<'sum'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    const terms = x.terms.map(({ sign, term }) => ({ sign, value: this.value(term, integers) }));
    if (terms.every(({ sign }) => sign === '+')) return m.total(terms.map(({ value }) => value));
    const [{ sign, value: first }, ...rest] = terms;
    const start = sign === '-' ? m.negative(first) : first;
    return rest.reduce((total, { sign, value }) => m.sum(total, value, sign === '-' ? -1 : 1), start);
  }

  #call(x: Of<'call'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    const { name, power, primes, mode } = calledName(x.fn);
    if (name === undefined) throw this.error('expected the name of a function', x.fn.span);
    const known = functionName(name);
    if (!isFunction(known)) throw this.error(`there is no function ${name}`, x.fn.span);
    const { operands, options } = splitOptions(x.args);
    const words: string[] = mode === undefined ? [] : [mode];
    const values: Value<V>[] = [];
    for (const operand of operands) {
      const sizes = takesSizes(known) && values.length > 0 ? sizesIn(operand, integers) : undefined;
      const word = plainName(operand);
      if (sizes !== undefined) values.push(...sizes.map((n) => m.number(n)));
      else if (word !== undefined && MODES.has(word)) words.push(word);
      else values.push(this.value(operand, integers));
    }
    let value: Value<V> | undefined;
    if (primes === 0) {
      const numbers = [...options].map(([option, at]): [string, number] => {
        const word = plainName(at);
        const number = word === 'True' ? 1 : word === 'False' ? 0 : integerOf(at, integers);
        if (number === undefined) throw this.error(`expected ${option} = a whole number`, at.span);
        return [option, number];
      });
      value = applied(m, known, values, { mode: words[0], ...Object.fromEntries(numbers) });
    } else if (primes === 1 && values.length === 1) value = slope(m, known, values[0]);
    if (value === undefined) throw this.error(`the derivative of ${name} is not known here`, x.fn.span);
    return power === undefined ? value : m.power(value, power, true);
  }

  /** Σ and Π term by term; an empty sum is 0, an empty product 1. */
  #big(x: Of<'big'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    if (x.lower.length === 0) {
      if (x.op === 'prod') throw this.error('Π needs an index and its range', x.span);
      return applied(m, 'sum', [this.value(x.body, integers)]);
    }
    const ranges = this.rangesOf(x, integers);
    if (x.op === 'sum' && ranges.length === 1 && this.scope.special === undefined) {
      const sum = sumOfElements(x.body, ranges[0], integers, this.scope, (of) => this.value(of, integers));
      if (sum !== undefined) return sum;
    }
    const values: Value<V>[] = [];
    for (const known of combinations(ranges, integers)) {
      this.count(x.span);
      values.push(this.value(x.body, known));
    }
    if (values.length === 0) return x.op === 'sum' ? m.number(0) : m.identity();
    return x.op === 'sum'
      ? m.total(values)
      : values.reduce((product, value) => m.matrixProduct(product, value));
  }

  rangesOf(x: Of<'big'>, integers: Integers): readonly Range[] {
    const { scope } = this;
    const ranges = rangesOf(x, integers, (index) => {
      const outer = new Map(integers);
      outer.delete(index); // Σ binds it anew
      const members = memberValues(index, x.body, outer, scope);
      const steps = members?.filter((value) => scope.steps?.has(value) ?? true);
      const values = steps !== undefined && steps.length > 0 ? steps : members;
      if (values !== undefined && values.length > 0) return [values[0], values.at(-1)!];
      return scope.bounds(index) ?? elementBounds(index, x.body, outer, scope);
    });
    if (ranges === undefined) {
      const sign = x.op === 'sum' ? 'Σ' : 'Π';
      throw new Unbounded(
        `what does the ${sign} run over? Write its range, as in ${x.op}_{${plainName(x.lower[0]) ?? 't'}=1}^{3}`,
        this.scope.text,
        x.span,
      );
    }
    return ranges;
  }

  /** Counts a term of a Σ or Π, and refuses what would take too long. */
  count(span: Span): void {
    if (++this.#terms > MAX_TERMS)
      throw new Unbounded(`more than ${MAX_TERMS} terms; take smaller ranges`, this.scope.text, span);
  }

  /** Numbers in rows, or vectors and matrices side by side and one above the other. */
  #matrix(x: Of<'matrix'>, integers: Integers): Value<V> {
    const rows = x.rows.map((row) => row.map((cell) => this.value(cell, integers)));
    return matrixOf(this.scope.m, rows);
  }

  /** The first case whose condition holds; conditions are of indices. */
  #cases(x: Of<'matrix'>, integers: Integers): Value<V> {
    for (const [value, ...conditions] of x.rows) {
      const holds = conditions.every((condition) => this.#holds(condition, integers));
      if (holds && value !== undefined) return this.value(value, integers);
    }
    throw this.error('none of the cases holds here', x.span);
  }

  #holds(condition: Expr, integers: Integers): boolean {
    if (condition.kind === 'text') return true;
    if (condition.kind === 'list') return condition.items.every((item) => this.#holds(item, integers));
    if (condition.kind === 'name' && condition.base === 'otherwise') return true;
    const holds = condition.kind === 'relation' ? holdsChain(condition, integers) : undefined;
    if (holds === undefined)
      throw this.error('expected a condition on indices, such as t = 1', condition.span);
    return holds;
  }

  #absolute(x: Value<V>): Value<V> {
    return this.scope.m.value(this.scope.m.domain.A.abs(x.v), x.standing);
  }
}

const MODES: ReadonlySet<string> = new Set(['valid', 'full', 'same']);

/** M_{12} of a matrix is M_{1,2}. */
function digitsApart(places: readonly number[], rank: number): readonly number[] {
  const digits = places.length === 1 && places[0] > 9 ? [...String(places[0])].map(Number) : places;
  return digits.length === rank ? digits : places;
}

/** `3x3` or `3 × 3` as an argument. */
function sizesIn(x: Expr, integers: Integers): number[] | undefined {
  if (x.kind !== 'product') return undefined;
  const sizes = x.factors.map(({ factor }) => {
    const isTimes = factor.kind === 'sub' && factor.glued === true && plainName(factor.of) === 'x'; // 3x3
    return integerOf(isTimes ? factor.index : factor, integers);
  });
  return sizes.every((size) => size !== undefined) ? sizes : undefined;
}

const KINDS: Partial<Record<Expr['kind'], string>> = {
  derivative: 'a derivative',
  differential: 'a differential',
  ellipsis: '…',
  text: 'text',
  relation: 'a relation',
  list: 'a list',
  interval: 'a range',
  at: 'an evaluation at a place',
};
