/** What an expression means: from the tree of what was typed to values, with the shapes deciding what is left open. */

import { NotationError } from '../../notation/problem.ts';
import { children, type Expr, isTransposeMark, type Of, type Span } from '../../notation/tree.ts';
import { applied, correlation, functionName, isFunction, slope } from './functions.ts';
import { combinations, type Integers, integerOf, plainName, rangesOf } from './integers.ts';
import { type Reference, referenceOf, scriptedName } from './names.ts';
import { type Arithmetic, Misfit, type Value } from './value.ts';

/** What the names of a formula stand for. */
export interface Scope<V> {
  readonly m: Arithmetic<V>;
  /** The text that spans refer to. */
  readonly text: string;
  /** Number of indices of a family; undefined if there is none of that name. */
  readonly indexCount: (family: string) => number | undefined;
  /** The variable, or undefined if the family has none at these indices. */
  readonly variable: (reference: Reference, at: Expr) => Value<V> | undefined;
  /** The least and largest value of an index that a Σ leaves open. */
  readonly bounds: (index: string) => readonly [number, number] | undefined;
  /** Derivatives and differentials, and whatever else only the caller knows. Undefined: no such thing. */
  readonly special?: (x: Expr, integers: Integers) => Value<V> | undefined;
  /** A name that nothing is known of. */
  readonly unknown?: (x: Expr) => Value<V> | undefined;
}

/** Most values that sums and products of one expression run over, all together. */
const MAX_TERMS = 20_000;

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
      return this.#value(x, integers);
    } catch (error) {
      if (error instanceof Misfit) throw this.error(error.message, x.span);
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
        return this.#prime(x, integers);
      case 'bracket':
        return this.value(x.of, integers);
      case 'neg':
        return m.negative(this.value(x.of, integers));
      case 'sum':
        return this.#sum(x, integers);
      case 'product':
        return this.#product(x, integers);
      case 'quotient':
        return this.#quotient(x, integers);
      case 'call':
        return this.#call(x, integers);
      case 'big':
        return this.#big(x, integers);
      case 'matrix':
        return this.#matrix(x, integers);
      case 'norm':
        return this.#norm(this.value(x.of, integers));
      case 'abs':
        return this.#absolute(this.value(x.of, integers));
      case 'inner': {
        if (x.items.length !== 2) throw this.error('⟨a, b⟩ takes two vectors', x.span);
        const [a, b] = x.items.map((item) => this.value(item, integers));
        return m.inner(a, b);
      }
      default:
        throw this.error(`${KINDS[x.kind] ?? 'this'} has no value here`, x.span);
    }
  }

  /** A variable, an index as a number, ones, an identity. */
  #name(x: Expr, integers: Integers): Value<V> {
    const { scope } = this;
    const reference = referenceOf(x, integers, scope.indexCount);
    if (reference !== undefined) {
      const found = scope.variable(reference, x);
      if (found !== undefined) return found;
    }
    const integer = x.kind === 'name' ? integers.get(plainName(x) ?? '') : undefined;
    if (integer !== undefined) return scope.m.number(integer);
    const element = this.#element(x, integers);
    if (element !== undefined) return element;
    if (x.kind === 'name' && x.base === '𝟏') return scope.m.ones();
    if (x.kind === 'name' && x.base === 'I' && x.accents.length === 0) return scope.m.identity();
    const other = scope.unknown?.(x);
    if (other !== undefined) return other;
    const shown = scope.text.slice(x.span.start, x.span.end);
    if (reference !== undefined) throw this.error(`there is no ${shown}: the index is out of range`, x.span);
    throw this.error(`${shown} is not defined`, x.span);
  }

  /** `y_{t,i}` or `X_{ij}`: an element of a vector or matrix, its indices counted from 1. */
  #element(x: Expr, integers: Integers): Value<V> | undefined {
    const name = scriptedName(x);
    if (name === undefined || name.scripts.length === 0 || x.kind === 'name') return undefined;
    const { indexCount, variable, m } = this.scope;
    const scripts = name.scripts.flatMap(({ at, word }) => {
      const value = integerOf(at, integers);
      if (value !== undefined) return [value];
      return word !== undefined && word.length > 1
        ? [...word].map((letter) => integers.get(letter))
        : [undefined];
    });
    if (scripts.some((value) => value === undefined)) return undefined;
    const numbers = scripts as number[];
    const count = indexCount(name.base);
    if (count === undefined || numbers.length <= count) return undefined;
    const whole = variable({ family: name.base, indices: numbers.slice(0, count) }, x);
    const rest = numbers.slice(count);
    if (whole === undefined || whole.shape.length !== rest.length) return undefined;
    if (rest.some((i, axis) => i < 1 || i > whole.shape[axis])) return undefined;
    const { A } = m.domain;
    const part = A.slice(whole.v, { begin: rest.map((i) => i - 1), size: rest.map(() => 1) });
    return m.value(A.reshape(part, { shape: [] }));
  }

  #superscript(x: Of<'sup'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    const isIndex = x.bracket !== undefined || referenceOf(x, integers, this.scope.indexCount) !== undefined;
    if (isIndex) return this.#name(x, integers);
    if (x.exponent.kind === 'name' && x.exponent.base === '⊤')
      return m.transposed(this.value(x.of, integers));
    const base = this.value(x.of, integers);
    if (isTransposeMark(x.exponent) && base.shape.length > 0) return m.transposed(base);
    const exponent = this.value(x.exponent, integers);
    const whole = integerOf(x.exponent, integers) ?? literal(x.exponent);
    if (whole !== undefined) return m.power(base, whole, x.elementwise === true);
    if (exponent.shape.length > 0) throw this.error('an exponent is a number', x.exponent.span);
    return m.value(m.domain.A.pow(base.v, exponent.v), base.standing);
  }

  /** A prime after a matrix transposes it; after a function's name it is a derivative, which `call` reads. */
  #prime(x: Of<'prime'>, integers: Integers): Value<V> {
    let value = this.value(x.of, integers);
    if (value.shape.length === 0) throw this.error('a prime transposes a matrix; this is a number', x.span);
    for (let i = 0; i < x.count; i++) value = this.scope.m.transposed(value);
    return value;
  }

  #sum(x: Of<'sum'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    return x.terms
      .map(({ sign, term }) => ({ sign, value: this.value(term, integers) }))
      .reduce<Value<V> | undefined>((total, { sign, value }) => {
        if (total === undefined) return sign === '-' ? m.negative(value) : value;
        return m.sum(total, value, sign === '-' ? -1 : 1);
      }, undefined)!;
  }

  /** Factors side by side are multiplied before ⊙ and ⊗, unless only the order from left to right fits. */
  #product(x: Of<'product'>, integers: Integers): Value<V> {
    const parts = this.#factors(x, integers);
    const loose = new Set(['hadamard', 'outer', 'star']);
    const groups: Part<V>[] = [];
    try {
      for (const part of parts) {
        const last = groups.at(-1);
        if (last === undefined || loose.has(part.operator)) groups.push(part);
        else groups[groups.length - 1] = { ...last, value: this.#multiply(last.value, part) };
      }
      return groups.slice(1).reduce((product, part) => this.#multiply(product, part), groups[0].value);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      try {
        return parts.slice(1).reduce((product, part) => this.#multiply(product, part), parts[0].value);
      } catch {
        throw error;
      }
    }
  }

  /** The factors' values; a function's name takes what follows it: `σ (z)`. */
  #factors(x: Of<'product'>, integers: Integers): Part<V>[] {
    const parts: Part<V>[] = [];
    for (let i = 0; i < x.factors.length; i++) {
      const { operator, factor, mode } = x.factors[i];
      const next = x.factors[i + 1];
      const isCall =
        next?.operator === 'juxtaposed' &&
        next.factor.kind === 'bracket' &&
        this.#isFunctionName(factor, integers);
      if (isCall) {
        const { of } = next.factor as Of<'bracket'>;
        const args = of.kind === 'list' ? of.items : [of];
        const span = { start: factor.span.start, end: next.factor.span.end };
        parts.push({
          operator,
          mode: modeText(mode),
          value: this.value({ kind: 'call', fn: factor, args, span }, integers),
        });
        i++;
      } else parts.push({ operator, mode: modeText(mode), value: this.value(factor, integers) });
    }
    return parts;
  }

  #isFunctionName(x: Expr, integers: Integers): boolean {
    const inner = x.kind === 'prime' ? x.of : x;
    const name = plainName(inner);
    if (name === undefined || referenceOf(inner, integers, this.scope.indexCount) !== undefined) return false;
    return isFunction(functionName(name)) && inner.kind === 'name';
  }

  #multiply(a: Value<V>, { operator, mode, value: b }: Part<V>): Value<V> {
    const { m } = this.scope;
    switch (operator) {
      case 'hadamard':
        return m.hadamard(a, b);
      case 'outer':
        return m.outer(a, b);
      case 'star':
        return correlation(m, a, b, mode);
      case 'dot':
        return m.dot(a, b);
      case 'asterisk':
      case 'times':
        return m.asterisk(a, b);
      default:
        return m.matrixProduct(a, b);
    }
  }

  #quotient(x: Of<'quotient'>, integers: Integers): Value<V> {
    return this.scope.m.quotient(this.value(x.over, integers), this.value(x.under, integers));
  }

  #call(x: Of<'call'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    const { name, power, primes, mode } = calledName(x.fn);
    if (name === undefined) throw this.error('expected the name of a function', x.fn.span);
    const known = functionName(name);
    if (!isFunction(known)) throw this.error(`there is no function ${name}`, x.fn.span);
    const args = x.args.map((arg) => this.value(arg, integers));
    let value: Value<V> | undefined;
    if (primes === 0) value = applied(m, known, args, mode);
    else if (primes === 1 && args.length === 1) value = slope(m, known, args[0]);
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
    let total: Value<V> | undefined;
    for (const known of combinations(ranges, integers)) {
      this.count(x.span);
      const value = this.value(x.body, known);
      if (total === undefined) total = value;
      else total = x.op === 'sum' ? m.sum(total, value, 1) : m.matrixProduct(total, value);
    }
    if (total !== undefined) return total;
    return x.op === 'sum' ? m.number(0) : m.identity();
  }

  rangesOf(x: Of<'big'>, integers: Integers): ReturnType<typeof rangesOf> & object {
    const ranges = rangesOf(
      x,
      integers,
      (index) => this.scope.bounds(index) ?? this.#elementBounds(index, x.body, integers),
    );
    if (ranges === undefined) {
      throw this.error(
        `what does the ${x.op === 'sum' ? 'Σ' : 'Π'} run over? Write its range, as t=1..T`,
        x.span,
      );
    }
    return ranges;
  }

  /** Counts a term of a Σ or Π, and refuses what would take too long. */
  count(span: Span): void {
    if (++this.#terms > MAX_TERMS)
      throw this.error(`more than ${MAX_TERMS} terms; take smaller ranges`, span);
  }

  /** Σ_i y_i log p_i: the index of elements runs over their number. */
  #elementBounds(index: string, body: Expr, integers: Integers): readonly [number, number] | undefined {
    const sizes = new Set<number>();
    const stack: Expr[] = [body];
    for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
      const name = x.kind === 'sub' || x.kind === 'index' ? scriptedName(x) : undefined;
      if (name !== undefined) {
        const count = this.scope.indexCount(name.base);
        const texts = name.scripts.flatMap(({ at, word }) =>
          plainName(at) !== undefined &&
          integerOf(at, integers) === undefined &&
          word !== undefined &&
          word.length > 1
            ? [...word]
            : [plainName(at) ?? '?'],
        );
        const place = texts.indexOf(index);
        if (count !== undefined && place >= count) {
          const first = name.scripts.slice(0, count).map(({ at }) => integerOf(at, integers));
          if (first.every((value) => value !== undefined)) {
            const whole = this.scope.variable({ family: name.base, indices: first as number[] }, x);
            const n = whole?.shape[place - count];
            if (n !== undefined) sizes.add(n);
          }
        }
      }
      stack.push(...children(x));
    }
    return sizes.size === 1 ? [1, [...sizes][0]] : undefined;
  }

  #matrix(x: Of<'matrix'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    const columns = x.rows[0]?.length ?? 0;
    if (columns === 0 || x.rows.some((row) => row.length !== columns)) {
      throw this.error('the rows of a matrix have one length', x.span);
    }
    const { A } = m.domain;
    const cells = x.rows.flat().map((cell) => {
      const value = this.value(cell, integers);
      if (value.shape.length > 0) throw this.error('the elements of a matrix are numbers', cell.span);
      return A.reshape(value.v, { shape: [1] });
    });
    const flat = A.concat(...([...cells, { axis: 0 }] as never));
    if (columns === 1) return m.value(flat);
    if (x.rows.length === 1) return m.value(flat, 'row');
    return m.value(A.reshape(flat, { shape: [x.rows.length, columns] }));
  }

  /** ‖x‖; its square is Σ x², whose derivative exists at 0 too. */
  #norm(x: Value<V>): Value<V> {
    const axes = x.shape.map((_, axis) => axis);
    return this.scope.m.value(this.scope.m.domain.A.norm(x.v, { axes, keepDims: false }));
  }

  #absolute(x: Value<V>): Value<V> {
    return this.scope.m.value(this.scope.m.domain.A.abs(x.v), x.standing);
  }
}

interface Part<V> {
  readonly operator: string;
  readonly mode: string | undefined;
  readonly value: Value<V>;
}

const modeText = (mode: Expr | undefined): string | undefined =>
  mode === undefined ? undefined : plainName(mode);

const KINDS: Partial<Record<Expr['kind'], string>> = {
  derivative: 'a derivative',
  differential: 'a differential',
  ellipsis: '…',
  text: 'text',
  relation: 'a relation',
  list: 'a list',
  interval: 'a range',
  at: 'an evaluation at a place',
  indicator: 'an indicator',
};

/** A number such as 0.5, -2, 1/2 in an exponent. */
function literal(x: Expr): number | undefined {
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

/** `tanh`, `tanh^2`, `σ'`, `conv_full`, `\mathrm{rot}_{180}`. */
function calledName(fn: Expr): {
  name: string | undefined;
  power: number | undefined;
  primes: number;
  mode: string | undefined;
} {
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
      if (
        inner.name !== undefined &&
        word !== undefined &&
        isFunction(functionName(`${inner.name}_${word}`))
      ) {
        return { ...inner, name: `${inner.name}_${word}` };
      }
      return { ...inner, mode: word };
    }
    default:
      return { name: plainName(fn), power: undefined, primes: 0, mode: undefined };
  }
}
