/** What an expression means: from the tree of what was typed to values, with the shapes deciding what is left open. */

import { GradpathError } from '../../graph/error.ts';
import { NotationError } from '../../notation/problem.ts';
import { children, type Expr, type Of, rangeOf, type Span } from '../../notation/tree.ts';
import { byElements, callOf } from './called.ts';
import { casesOf, maskOf } from './conditions.ts';
import { sumOfElements } from './each.ts';
import { axisSizes, elementBounds, memberValues } from './elements.ts';
import { applied } from './functions.ts';
import {
  combinations,
  type Integers,
  integerOf,
  MAX_RANGE,
  plainName,
  type Range,
  rangesOf,
} from './integers.ts';
import { quoted } from './line.ts';
import { matrixOf } from './matrices.ts';
import { named, superscripted } from './named.ts';
import { countsOf } from './names.ts';
import { primed } from './power.ts';
import { productOf } from './product.ts';
import type { Interpretation, Scope } from './scope.ts';
import { Misfit, type Value } from './value.ts';

/** Most values that sums and products of one expression run over, all together. */
const MAX_TERMS = 20_000;

/** A Σ or Π whose range cannot be told, or is too long to run through. */
export class Unbounded extends NotationError {}

/** What would take too long under any reading. */
export class TooLong extends Unbounded {}

/** Why it cannot be told what a Σ or Π runs over. */
function openRange(x: Of<'big'>, integers: Integers): string {
  const sign = x.op === 'sum' ? 'Σ' : 'Π';
  const limits = rangeOf(x);
  const letter = limits === undefined ? undefined : [limits.from, limits.to].map(plainName);
  const open = letter?.find((name) => name !== undefined && !integers.has(name));
  if (open !== undefined) return `${open} has no value: it is not known how far the ${sign} runs`;
  const [from, to] = [limits?.from, limits?.to].map((end) => end && integerOf(end, integers));
  if (from !== undefined && to !== undefined) return `the ${sign} runs over more than ${MAX_RANGE} values`;
  return `what does the ${sign} run over? Write its range, as in ${x.op}_{${indexOf(x) ?? 't'}=1}^{3}`;
}

export class Interpreter<V> implements Interpretation<V> {
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
        return named(x, integers, this);
      case 'sup':
        return superscripted(x, integers, this);
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
        return callOf(x, integers, this);
      case 'big':
        return this.#big(x, integers);
      case 'matrix':
        return x.style === 'cases' ? casesOf(x, integers, this) : this.#matrix(x, integers);
      case 'norm':
        return m.norm(this.value(x.of, integers));
      case 'abs':
        return m.absolute(this.value(x.of, integers));
      case 'inner': {
        if (x.items.length !== 2) throw this.error('⟨a, b⟩ takes two vectors', x.span);
        const [a, b] = x.items.map((item) => this.value(item, integers));
        return m.inner(a, b);
      }
      case 'indicator':
        return maskOf(x.condition, integers, this);
      case 'relation':
        return maskOf(x, integers, this);
      default:
        throw this.error(`${KINDS[x.kind] ?? 'this'} has no value here`, x.span);
    }
  }

  #sum(x: Of<'sum'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    const terms = x.terms.map(({ sign, term }) => ({ sign, value: this.value(term, integers) }));
    if (terms.every(({ sign }) => sign === '+')) return m.total(terms.map(({ value }) => value));
    const [{ sign, value: first }, ...rest] = terms;
    const start = sign === '-' ? m.negative(first) : first;
    return rest.reduce((total, { sign, value }) => m.sum(total, value, sign === '-' ? -1 : 1), start);
  }

  /** Σ and Π term by term; an empty sum is 0, an empty product 1. */
  #big(x: Of<'big'>, integers: Integers): Value<V> {
    const { m } = this.scope;
    if (x.lower.length === 0) {
      if (x.op === 'prod') throw this.error('Π needs an index and its range', x.span);
      return applied(m, 'sum', [this.value(byElements(x.body), integers)]);
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
    if (values.length === 0) return x.op === 'sum' ? m.number(0) : m.empty();
    return x.op === 'sum'
      ? m.total(values)
      : values.reduce((product, value) => m.matrixProduct(product, value));
  }

  within(scope: Scope<V>): Interpreter<V> {
    return new Interpreter(scope);
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
      return scope.bounds(index, x.body, outer) ?? elementBounds(index, x.body, outer, scope);
    });
    if (ranges === undefined) {
      const whole = this.#wholeAxis(x, integers);
      if (whole !== undefined) return [whole];
      throw new Unbounded(openRange(x, integers), this.scope.text, x.span);
    }
    return ranges;
  }

  /** Σ_{n=1}^N where N has no value: n runs along the whole of its axis, if N is the length of no other one. */
  #wholeAxis(x: Of<'big'>, integers: Integers): Range | undefined {
    const { scope } = this;
    const { elementBase: base = 1, lengths, indexCount, bounds } = scope;
    const limits = rangeOf(x);
    const index = limits && plainName(limits.index);
    if (lengths === undefined || limits === undefined || index === undefined) return undefined;
    const [name, ...others] = new Set(openNames(limits.to, integers));
    if (name === undefined || others.length > 0 || countsOf(indexCount, name).length > 0) return undefined;
    const outer = new Map(integers);
    outer.delete(index);
    const own = bounds(index, x.body, outer);
    const sizes = new Set(axisSizes(index, x.body, outer, scope));
    if (own !== undefined) sizes.add(own[1] - own[0] + 1);
    const [size, ...more] = sizes;
    const isWhole =
      size !== undefined &&
      more.length === 0 &&
      integerOf(limits.from, integers) === base &&
      integerOf(limits.to, new Map(integers).set(name, size)) === base + size - 1;
    if (!isWhole || (lengths.get(name) ?? size) !== size) return undefined;
    lengths.set(name, size);
    return { index, values: Array.from({ length: size }, (_, i) => base + i) };
  }

  /** Counts a term of a Σ or Π, and refuses what would take too long. */
  count(span: Span): void {
    if (++this.#terms > MAX_TERMS)
      throw new TooLong(`more than ${MAX_TERMS} terms; take smaller ranges`, this.scope.text, span);
  }

  /** Numbers in rows, or vectors and matrices side by side and one above the other. */
  #matrix(x: Of<'matrix'>, integers: Integers): Value<V> {
    const rows = x.rows.map((row) => row.map((cell) => this.value(cell, integers)));
    return matrixOf(this.scope.m, rows);
  }
}

/** The names without a value in the limit of a Σ. */
function openNames(x: Expr, integers: Integers): string[] {
  const name = plainName(x);
  if (name !== undefined) return integers.has(name) ? [] : [name];
  return children(x).flatMap((part) => openNames(part, integers));
}

const indexOf = ({ lower: [first] }: Of<'big'>): string | undefined => first && plainName(first);

const KINDS: Partial<Record<Expr['kind'], string>> = {
  derivative: 'a derivative',
  differential: 'a differential',
  ellipsis: '…',
  text: 'text',
  list: 'a list',
  interval: 'a range',
  at: 'an evaluation at a place',
};
