/** Σ_i y_i log p_i as one sum over the product of vectors, where the index does nothing but run along them. */

import { children, type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import { calledName, literal } from './called.ts';
import { elementsOf } from './elements.ts';
import { applied, functionName, isElementwise } from './functions.ts';
import { type Integers, integerOf, type Range } from './integers.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** The sum, or undefined if the body is more than arithmetic of elements and numbers. Throws Misfit. */
export function sumOfElements<V>(
  body: Expr,
  { index, values }: Range,
  integers: Integers,
  scope: Scope<V>,
  numberOf: (x: Expr) => Value<V>,
): Value<V> | undefined {
  const { m } = scope;
  const n = values.length;
  if (n === 0 || values.some((value, i) => value !== i + 1) || integers.has(index)) return undefined;
  const inOrder = <T>(parts: readonly Expr[], combine: (parts: Value<V>[]) => T): T | undefined => {
    const found = parts.map(read);
    return found.every((part) => part !== undefined) ? combine(found) : undefined;
  };
  const read = (x: Expr): Value<V> | undefined => {
    switch (x.kind) {
      case 'number':
        return m.number(Number(x.text));
      case 'bracket':
        return read(x.of);
      case 'neg':
        return inOrder([x.of], ([of]) => m.negative(of));
      case 'sum':
        return inOrder(
          x.terms.map(({ term }) => term),
          ([first, ...rest]) =>
            rest.reduce(
              (sum, value, i) => m.sum(sum, value, x.terms[i + 1].sign === '-' ? -1 : 1),
              x.terms[0].sign === '-' ? m.negative(first) : first,
            ),
        );
      case 'product':
        return x.factors.every(({ operator }) => PLAIN.has(operator)) ? product(x) : undefined;
      case 'quotient':
        return inOrder([x.over, x.under], ([over, under]) => m.quotient(over, under));
      case 'call':
        return call(x);
      case 'sup': {
        const exponent = isTransposeMark(x.exponent)
          ? undefined
          : (integerOf(x.exponent, integers) ?? literal(x.exponent));
        const base = exponent === undefined || x.bracket !== undefined ? undefined : read(x.of);
        return base && m.power(base, exponent!, true);
      }
      case 'name':
      case 'sub':
      case 'index':
        return name(x);
      default:
        return undefined;
    }
  };
  const product = (x: Of<'product'>) =>
    x.factors.some(({ factor }) => factor.kind === 'name' && isElementwise(functionName(factor.base)))
      ? undefined
      : inOrder(
          x.factors.map(({ factor }) => factor),
          (factors) => factors.reduce((total, factor) => m.hadamard(total, factor)),
        );
  const call = (x: Of<'call'>) => {
    const { name, power, primes, mode } = calledName(x.fn);
    const own = scope.functions?.get(name ?? '');
    if (own !== undefined && typeof own !== 'string') return undefined;
    const known = functionName(own ?? name ?? '');
    if (!isElementwise(known) || primes > 0 || mode !== undefined || x.args.length !== 1) return undefined;
    return inOrder(x.args, (args) => {
      const value = applied(m, known, args);
      return power === undefined ? value : m.power(value, power, true);
    });
  };
  const name = (x: Expr): Value<V> | undefined => {
    if (!mentions(x, index)) {
      const value = numberOf(x);
      return value.shape.length === 0 && value.standing === 'column' ? value : undefined;
    }
    for (const { reference, places, letters } of elementsOf(x, integers, scope.indexCount)) {
      const whole = letters.length === 1 && letters[0] === index && places[0] === undefined;
      const value = whole ? scope.variable(reference, x) : undefined;
      if (value !== undefined && value.shape.length === 1 && value.shape[0] === n) return m.value(value.v);
    }
    return undefined;
  };
  const value = read(body);
  if (value === undefined || value.shape.length !== 1) return undefined;
  return m.value(m.domain.A.sum(value.v, { axes: [0], keepDims: false }));
}

const PLAIN: ReadonlySet<string> = new Set(['juxtaposed', 'dot', 'asterisk', 'times', 'hadamard']);

/** Whether the index occurs, alone or among letters side by side as in M_{ij}. */
function mentions(x: Expr, index: string): boolean {
  const stack: Expr[] = [x];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.kind === 'name' && part.base.includes(index)) return true;
    stack.push(...children(part));
  }
  return false;
}
