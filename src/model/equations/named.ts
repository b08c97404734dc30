/** What a name with its scripts stands for: a variable, an index as a number, an element, a norm, a power. */

import { type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import { UnknownFunction } from './called.ts';
import { digitsApart, elementAt, elementsOf, isShifted, isWithin } from './elements.ts';
import { applied } from './functions.ts';
import { type Integers, plainName, sizeName } from './integers.ts';
import { quoted } from './line.ts';
import { indicesAt, isBracketedPower, referenceOf, variableName } from './names.ts';
import { powerOf } from './power.ts';
import type { Interpretation } from './scope.ts';
import type { Value } from './value.ts';

/** A variable, an index as a number, an element, ones, an identity. */
export function named<V>(x: Expr, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { scope } = interpreter;
  const reference = referenceOf(x, integers, scope.indexCount);
  if (reference !== undefined) {
    const found = scope.variable(reference, x);
    if (found !== undefined) return found;
  }
  const integer = integers.get(sizeName(x) ?? '');
  if (integer !== undefined) return scope.m.number(integer);
  const part =
    x.kind === 'sub' || x.kind === 'index'
      ? scripted(x, integers, interpreter)
      : x.kind === 'sup'
        ? elementOf(x, integers, interpreter)
        : undefined;
  if (part !== undefined) return part;
  if (x.kind === 'name' && x.accents.length === 0) {
    if (x.base === '𝟏') return scope.m.ones();
    if (x.base === 'I') return scope.m.identity();
    if (x.base === 'π') return scope.m.number(Math.PI);
  }
  const other = scope.unknown?.(x, integers);
  if (other !== undefined) return other;
  const shown = quoted(scope.text, x.span);
  if (reference !== undefined)
    throw interpreter.error(`there is no ${shown}: the index is out of range`, x.span);
  throw interpreter.error(`${shown} is not defined`, x.span);
}

/** What stands above is part of a name, an index, or an exponent. */
export function superscripted<V>(x: Of<'sup'>, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { indexCount, variable } = interpreter.scope;
  const isPower = isBracketedPower(x, integers, indexCount);
  if (!isPower && (x.bracket !== undefined || referenceOf(x, integers, indexCount) !== undefined)) {
    return named(x, integers, interpreter);
  }
  // y_k^t: element k of y at t
  const elements = elementsOf(x, integers, indexCount).filter(({ reference, places }) => {
    const whole = variable(reference, x);
    return whole?.shape.length === places.length;
  });
  if (elements.length > 0) return elementOf(x, integers, interpreter) ?? named(x, integers, interpreter);
  return powerOf(x, integers, interpreter);
}

/** A subscript that is no part of a name: an element, `‖x‖_2`, `W^T_h` for (W_h)ᵀ. */
function scripted<V>(
  x: Of<'sub'> | Of<'index'>,
  integers: Integers,
  interpreter: Interpretation<V>,
): Value<V> | undefined {
  const { m, elementBase } = interpreter.scope;
  const element = elementOf(x, integers, interpreter);
  if (element !== undefined) return element;
  const { of } = x;
  if (x.kind === 'sub' && of.kind === 'norm') return normOf(of, x.index, integers, interpreter);
  if (of.kind === 'sup' && x.kind === 'sub' && isTransposeMark(of.exponent)) {
    return m.transposed(interpreter.value({ ...x, of: of.of }, integers));
  }
  if (of.kind !== 'bracket' && of.kind !== 'call') return undefined;
  const scripts = x.kind === 'index' ? x.items : x.index.kind === 'list' ? x.index.items : [x.index];
  const places = scripts.flatMap((script) => indicesAt(script, integers));
  if (places.some((place) => place === undefined)) return undefined;
  return elementAt(m, interpreter.value(of, integers), places as number[], elementBase);
}

function elementOf<V>(x: Expr, integers: Integers, interpreter: Interpretation<V>): Value<V> | undefined {
  const { m, indexCount, variable, elementBase, isPadded } = interpreter.scope;
  const readings = elementsOf(x, integers, indexCount);
  const fits = readings.filter(
    ({ reference, places }) => variable(reference, x)?.shape.length === places.length,
  );
  for (const { reference, places } of fits.length > 0 ? fits : readings) {
    const whole = variable(reference, x);
    if (whole === undefined || places.some((place) => place === undefined)) continue;
    const labelled = { ...whole, label: variableName(reference) };
    const at = digitsApart(places as number[], whole.shape.length);
    const isOutside = isPadded === true && !isWithin(at, whole.shape, elementBase ?? 1) && isShifted(x);
    return isOutside ? m.number(0) : elementAt(m, labelled, at, elementBase);
  }
  return undefined;
}

/** The 1, 2, F or ∞ of a norm. */
export const normKind = (index: Expr): string | undefined =>
  index.kind === 'number' ? index.text : plainName(index);

/** ‖x‖_1, ‖x‖_2, ‖x‖_F, ‖x‖_∞; of a matrix 1, 2 and ∞ may mean other norms than that of its elements. */
function normOf<V>(x: Of<'norm'>, index: Expr, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { m, text } = interpreter.scope;
  const kind = normKind(index);
  const of = interpreter.value(x.of, integers);
  const isMatrix = of.shape.length > 1;
  if (kind === 'F' || (kind === '2' && !isMatrix)) return m.norm(of);
  if (kind === '1') return applied(m, 'sum', [m.absolute(of)]);
  if (kind === '∞' && !isMatrix) return applied(m, 'max', [m.absolute(of)]);
  const known = isMatrix ? 'of norms of a matrix F is known' : 'of norms 1, 2, F and ∞ are known';
  throw new UnknownFunction(known, text, index.span);
}
