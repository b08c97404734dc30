/** Π of Jacobians, multiplied in the order in which they chain. */

import type { Integers } from '../../model/equations/integers.ts';
import type { Value } from '../../model/equations/value.ts';
import { children, type Expr, type Of } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import type { Reading } from '../reading.ts';
import type { Evaluation } from './evaluation.ts';
import { placeOf } from './place.ts';

/**
 * Π of Jacobians: in the order in which they chain. Of other factors that need not commute the reading says which
 * end is left.
 */
export function chainProduct(e: Evaluation, x: Of<'big'>, integers: Integers): Value<Tensor> {
  const values = [...e.bindings(x, integers)];
  for (const _ of values) e.count(x.span);
  const order = chainOrder(e, x.body, values) ?? e.reading.order;
  if (order === 'descending') values.reverse();
  return values.reduce<Value<Tensor>>(
    (product, known) => e.m.matrixProduct(product, e.value(x.body, known)),
    e.m.empty(),
  );
}

/** Which neighbours of a Π of derivatives share the variable between them. */
function chainOrder(e: Evaluation, body: Expr, values: readonly Integers[]): Reading['order'] | undefined {
  if (values.length < 2) return undefined;
  const derivatives = [...derivativesIn(body)];
  if (derivatives.length === 0) return undefined;
  const [first, last] = [derivatives[0], derivatives[derivatives.length - 1]];
  const at = (part: Expr, known: Integers) => {
    const { id, label } = placeOf(e, part, known);
    return id ?? label;
  };
  const [a, b] = values;
  const [left, right] = e.reading.layout === 'numerator' ? (['by', 'of'] as const) : (['of', 'by'] as const);
  if (at(last[left], a) === at(first[right], b)) return 'ascending';
  if (at(last[left], b) === at(first[right], a)) return 'descending';
  return undefined;
}

/** The derivatives of an expression from left to right. */
function* derivativesIn(x: Expr): Generator<Of<'derivative'>> {
  if (x.kind === 'derivative') yield x;
  else for (const part of children(x)) yield* derivativesIn(part);
}
