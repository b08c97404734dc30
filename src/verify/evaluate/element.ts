/** Elements and slices of arrays, and elements that an array does not have. */

import type { Shape } from '../../graph/shape.ts';
import { elementsOf, isShifted } from '../../model/equations/elements.ts';
import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import { numbers, type Tensor } from '../../run/eager.ts';
import { OutOfRange, OutsideElement } from '../symbols.ts';
import { absent, type Evaluation, textOf } from './evaluation.ts';

/** X_{i,:} is a row, X[:, j] a column. */
export function sliceValue(
  e: Evaluation,
  x: Of<'sub'> | Of<'index'>,
  integers: Integers,
): Value<Tensor> | undefined {
  const items = x.kind === 'index' ? x.items : x.index.kind === 'list' ? x.index.items : [];
  const axis = items.findIndex((item) => plainName(item) !== ':');
  if (items.length !== 2 || axis < 0 || !items.some((item) => plainName(item) === ':')) return undefined;
  const whole = e.m.plain(e.value(x.of, integers));
  const place = integerOf(items[axis], integers);
  if (place === undefined || whole.shape.length !== 2) return undefined;
  const at = place - e.reading.base;
  if (at < 0 || at >= whole.shape[axis]) throw absent(e, x);
  const begin = axis === 0 ? [at, 0] : [0, at];
  const size = axis === 0 ? [1, whole.shape[1]] : [whole.shape[0], 1];
  const part = numbers.slice(whole.v, { begin, size });
  const shape = [whole.shape[1 - axis]];
  return e.m.value({ shape, data: part.data }, axis === 0 ? 'row' : 'column');
}

/** An element that the array does not have: 0 in the padding of an image. Undefined: it has it. */
export function outsideValue(e: Evaluation, x: Expr, integers: Integers): Value<Tensor> | undefined {
  const { subject } = e.context;
  const { base, outside } = e.reading;
  for (const { reference, places } of elementsOf(x, integers, subject.indexCount)) {
    const id = subject.find(reference);
    if (id === undefined || places.some((place) => place === undefined)) continue;
    const { shape } = subject.graph.node(id);
    if (shape.length !== places.length) continue;
    if (places.every((i, axis) => i! >= base && i! < base + shape[axis])) return undefined;
    if (outside === 'zero' && isShifted(x)) return e.m.number(0);
    throw outsideOf(e, x, subject.nameOf(id), shape);
  }
  return undefined;
}

/** The error for an element at indices that an array does not have. */
export function outsideOf(e: Evaluation, x: Expr, array: string, shape: Shape): OutOfRange {
  const Kind = isShifted(x) ? OutsideElement : OutOfRange;
  const message = `${textOf(e, x)} is outside of ${array}, which is ${shape.join('×')}`;
  return new Kind(message, e.context.text, x.span);
}

/** (∇_o L)_i: left to the interpreter, unless there is no such element. */
export function requireElement(e: Evaluation, x: Expr, integers: Integers): undefined {
  if (x.kind !== 'sub' || x.of.kind !== 'bracket') return undefined;
  const place = integerOf(x.index, integers);
  const { shape } = e.m.plain(e.value(x.of, integers));
  if (place === undefined || shape.length !== 1) return undefined;
  const { base } = e.reading;
  if (place < base || place >= base + shape[0]) throw absent(e, x);
  return undefined;
}
