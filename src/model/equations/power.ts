/** Powers and what looks like them: transposes, primes, squares of norms, e^x. */

import { type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import { literal } from './called.ts';
import { applied } from './functions.ts';
import { type Integers, integerOf } from './integers.ts';
import { normKind } from './named.ts';
import { referenceOf } from './names.ts';
import { isOne } from './product.ts';
import type { Interpretation } from './scope.ts';
import type { Value } from './value.ts';

/** Something with an exponent that is no index. */
export function powerOf<V>(x: Of<'sup'>, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { m, indexCount } = interpreter.scope;
  if (isTransposeMark(x.exponent)) {
    const base = isOne(x.of) ? m.ones() : interpreter.value(x.of, integers);
    const isMark = x.exponent.kind === 'name' && x.exponent.base === '⊤';
    if (isMark || base.shape.length > 0 || base.standing !== 'column') return m.transposed(base);
  }
  const whole = integerOf(x.exponent, integers) ?? literal(x.exponent);
  if (whole === 2) {
    const norm = x.of.kind === 'sub' ? x.of.of : x.of;
    const isRootOfSquares = x.of.kind !== 'sub' || ['2', 'F'].includes(normKind(x.of.index) ?? '');
    if (norm.kind === 'norm' && isRootOfSquares) return m.squaredNorm(interpreter.value(norm.of, integers));
  }
  if (whole === 2 && x.of.kind === 'abs' && x.elementwise !== true) {
    const value = interpreter.value(x.of.of, integers);
    return value.shape.length === 1 ? m.squaredNorm(value) : m.power(value, 2, true); // |v|² of a vector
  }
  if (isEuler(x.of) && referenceOf(x.of, integers, indexCount) === undefined) {
    return applied(m, 'exp', [interpreter.value(x.exponent, integers)]);
  }
  const base = interpreter.value(x.of, integers);
  if (whole !== undefined) return m.power(base, whole, x.elementwise === true);
  const exponent = interpreter.value(x.exponent, integers);
  if (exponent.shape.length > 0) throw interpreter.error('an exponent is a number', x.exponent.span);
  if (exponent.literal !== undefined) return m.power(base, exponent.literal, x.elementwise === true);
  return m.value(m.domain.A.pow(base.v, exponent.v), base.standing);
}

/** A prime after a matrix transposes it; after a function's name it is a derivative, which `call` reads. */
export function primed<V>(x: Of<'prime'>, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { m } = interpreter.scope;
  let value = isOne(x.of) ? m.ones() : interpreter.value(x.of, integers);
  if (value.shape.length === 0 && value.standing === 'column') {
    throw interpreter.error('a prime transposes a matrix; this is a number', x.span);
  }
  for (let i = 0; i < x.count; i++) value = m.transposed(value);
  return value;
}

const isEuler = (x: Expr): boolean => x.kind === 'name' && x.base === 'e' && x.accents.length === 0;
