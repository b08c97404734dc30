/** Products: factors side by side, ⊙, ⊗, ·, * and ⋆, each as the shapes of its factors have it. */

import { children, type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import type { Arithmetic } from './arithmetic.ts';
import { functionName, isFunction } from './functions.ts';
import { convolution, correlation } from './images.ts';
import { type Integers, integerOf, plainName } from './integers.ts';
import { referenceOf } from './names.ts';
import type { Interpretation, Scope } from './scope.ts';
import { isOnes, Misfit, type Value } from './value.ts';

interface Part<V> {
  readonly operator: string;
  readonly mode: string | undefined;
  readonly isOne: boolean;
  readonly value: Value<V>;
}

/** Factors side by side are multiplied before ⊙ and ⊗, unless only the order from left to right fits. */
export function productOf<V>(x: Of<'product'>, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { m } = interpreter.scope;
  const parts = factors(x, integers, interpreter);
  const loose = new Set(['hadamard', 'outer', 'star']);
  const groups: Part<V>[] = [];
  try {
    for (const part of parts) {
      const last = groups.at(-1);
      if (last === undefined || loose.has(part.operator)) groups.push(part);
      else groups[groups.length - 1] = { ...part, operator: last.operator, value: multiply(m, last, part) };
    }
    return groups
      .slice(1)
      .reduce((product, part) => ({ ...part, value: multiply(m, product, part) }), groups[0]).value;
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const others = [fromLeft, ...(parts.some(({ value }) => isOnes(value)) ? [fromRight] : [])];
    for (const other of others) {
      try {
        return other(m, parts);
      } catch (again) {
        if (!(again instanceof Misfit)) throw again;
      }
    }
    throw error;
  }
}

const fromLeft = <V>(m: Arithmetic<V>, parts: readonly Part<V>[]): Value<V> =>
  parts.slice(1).reduce((product, part) => ({ ...part, value: multiply(m, product, part) }), parts[0]).value;

/** 1 1ᵀ v is 1 (1ᵀ v): only then the ones have a size. */
function fromRight<V>(m: Arithmetic<V>, parts: readonly Part<V>[]): Value<V> {
  if (parts.some(({ operator }) => operator !== 'juxtaposed' && operator !== 'at')) throw new Misfit('');
  return parts.reduceRight((product, part) => ({ ...part, value: multiply(m, part, product) })).value;
}

/** The factors' values; a function's name takes what follows it: `σ (z)`. */
function factors<V>(x: Of<'product'>, integers: Integers, interpreter: Interpretation<V>): Part<V>[] {
  const parts: Part<V>[] = [];
  for (let i = 0; i < x.factors.length; i++) {
    const { operator, factor, mode } = x.factors[i];
    const next = x.factors[i + 1];
    const isCall =
      next?.operator === 'juxtaposed' &&
      next.factor.kind === 'bracket' &&
      isFunctionName(factor, integers, interpreter.scope) &&
      (plainName(factor) !== '𝟏' || isSize(next.factor, integers)); // 𝟏(4), but not 𝟏 (b + c)ᵀ
    const part = { operator, mode: modeText(mode), isOne: isOne(factor) };
    if (isCall) {
      const { of } = next.factor as Of<'bracket'>;
      const args = of.kind === 'list' ? of.items : [of];
      const span = { start: factor.span.start, end: next.factor.span.end };
      parts.push({ ...part, value: interpreter.value({ kind: 'call', fn: factor, args, span }, integers) });
      i++;
    } else parts.push({ ...part, value: interpreter.value(factor, integers) });
  }
  return parts;
}

function isFunctionName<V>(x: Expr, integers: Integers, { indexCount }: Scope<V>): boolean {
  const inner = x.kind === 'prime' ? x.of : x;
  const name = plainName(inner);
  if (name === undefined || referenceOf(inner, integers, indexCount) !== undefined) return false;
  return isFunction(functionName(name)) && inner.kind === 'name';
}

function multiply<V>(m: Arithmetic<V>, a: Part<V>, b: Part<V>): Value<V> {
  const [x, y] = [a.value, b.value];
  switch (b.operator) {
    case 'hadamard':
      return m.hadamard(x, y);
    case 'outer':
      return m.outer(x, y);
    case 'star':
      return correlation(m, x, y, { mode: b.mode });
    case 'dot':
      return m.dot(x, y);
    case 'asterisk':
    case 'times':
      if (b.mode !== undefined) return convolution(m, x, y, { mode: b.mode });
      return m.asterisk(x, y);
    default:
      // nobody multiplies by the number 1: `1 bᵀ` and `A 1` are products with ones
      if (a.isOne && y.standing === 'row') return m.matrixProduct(m.ones(), y);
      if (b.isOne && (x.shape.length === 2 || x.standing === 'row')) return m.matrixProduct(x, m.ones());
      return m.matrixProduct(x, y);
  }
}

export const isOne = (x: Expr): boolean => x.kind === 'number' && x.text === '1';

/** Whether an expression has ones of no size: 𝟏 bᵀ, 1 bᵀ. */
export function hasOnes(right: Expr): boolean {
  const stack = [right];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    if (x.kind === 'name' && x.base === '𝟏') return true;
    if (x.kind === 'sup' && isTransposeMark(x.exponent) && isOne(x.of)) return true;
    if (x.kind === 'prime' && isOne(x.of)) return true;
    if (
      x.kind === 'product' &&
      x.factors.some(({ operator, factor }) => operator === 'juxtaposed' && isOne(factor))
    )
      return true;
    stack.push(...children(x));
  }
  return false;
}

const modeText = (mode: Expr | undefined): string | undefined =>
  mode === undefined ? undefined : plainName(mode);

/** `(4)`, `(4, 3)`. */
function isSize(x: Expr, integers: Integers): boolean {
  const inner = x.kind === 'bracket' ? x.of : x;
  const items = inner.kind === 'list' ? inner.items : [inner];
  return items.every((item) => integerOf(item, integers) !== undefined);
}
