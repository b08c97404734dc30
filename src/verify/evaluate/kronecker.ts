/** δ_{iy}: 1 where i is the class of a one-hot y, else 0. */

import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import { referenceOf } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import { indicatorValue } from './condition.ts';
import type { Evaluation } from './evaluation.ts';

/** Undefined unless one of its two indices has a value and the other is a variable. */
export function kroneckerValue(e: Evaluation, x: Expr, integers: Integers): Value<Tensor> | undefined {
  if (x.kind !== 'sub' || plainName(x.of) !== 'δ') return undefined;
  const members = indicesOf(x.index);
  const { subject } = e.context;
  const isVariable = (index: Expr): boolean => {
    const reference = referenceOf(index, integers, subject.indexCount);
    const id = reference && subject.find(reference);
    return id !== undefined && subject.graph.node(id).shape.length === 1;
  };
  const isKnown = (index: Expr): boolean => integerOf(index, integers) !== undefined;
  if (members.length !== 2 || !members.some(isKnown) || !members.some(isVariable)) return undefined;
  return indicatorValue(e, { kind: 'relation', members, relations: ['='], span: x.span }, integers);
}

/** `iy`, `i y` and `i, y`. */
function indicesOf(x: Expr): readonly Expr[] {
  if (x.kind === 'list') return x.items;
  if (x.kind === 'product') return x.factors.map(({ factor }) => factor);
  const word = plainName(x);
  if (word?.length !== 2) return [];
  return [...word].map((base) => ({ kind: 'name', base, accents: [], span: x.span }));
}
