/** Conditions on values: 𝟏[z > 0], (H > 0), and cases such as `z if z > 0, else a z`. */

import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of, Relation } from '../../notation/tree.ts';
import { holdsChain, type Integers } from './integers.ts';
import type { Interpretation } from './scope.ts';
import { isScalar, Misfit, spoken, type Value } from './value.ts';

/** A condition that is not understood. */
export class UnknownCondition extends NotationError {}

/** The value where conditions hold, with the shape that they give it; `holds` alone if they are of indices. */
type Condition<V> = { readonly holds: boolean } | { readonly mask: Value<V> };

/** 1 where the condition holds, else 0. */
export function maskOf<V>(condition: Expr, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const found = conditionOf(condition, integers, interpreter);
  return 'mask' in found ? found.mask : interpreter.scope.m.number(found.holds ? 1 : 0);
}

/** The first case whose condition holds, element by element if the conditions are on values. */
export function casesOf<V>(
  x: Of<'matrix'> & Expr,
  integers: Integers,
  interpreter: Interpretation<V>,
): Value<V> {
  const { m, special } = interpreter.scope;
  const cases: { readonly mask: Value<V>; readonly value: Expr }[] = [];
  let last: Value<V> | undefined;
  for (const [value, ...conditions] of x.rows) {
    if (value === undefined) continue;
    const found = conditions.map((condition) => conditionOf(condition, integers, interpreter));
    if (found.some((condition) => 'holds' in condition && !condition.holds)) continue;
    const masks = found.flatMap((condition) => ('mask' in condition ? [condition.mask] : []));
    if (masks.length === 0 && special !== undefined && conditions.some(({ kind }) => kind === 'relation')) {
      cases.push({ mask: m.number(1), value });
    } else if (masks.length === 0) {
      last = interpreter.value(value, integers);
      break;
    } else cases.push({ mask: masks.reduce((all, mask) => m.hadamard(all, mask)), value });
  }
  if (last === undefined && cases.length === 0)
    throw interpreter.error('none of the cases holds here', x.span);
  // in equations the last case holds where no other does; in a derivation there is no value then
  const rest = last === undefined && special === undefined ? cases.pop()! : undefined;
  const start = last ?? (rest === undefined ? m.number(Number.NaN) : interpreter.value(rest.value, integers));
  const found = cases.map(({ mask, value }) => ({ mask, here: interpreter.value(value, integers) }));
  interpreter.scope.cases?.(found, x);
  return found.reduceRight((other, { mask, here }) => where(mask, here, other, interpreter), start);
}

/** The one value where the mask is 1, and the other one elsewhere. */
function where<V>(
  mask: Value<V>,
  here: Value<V>,
  other: Value<V>,
  { scope: { m } }: Interpretation<V>,
): Value<V> {
  const shaped = [mask, here, other].find((part) => part.shape.length > 0) ?? here;
  const odd = [mask, here, other].find(
    (part) => !isScalar(part) && part.shape.join() !== shaped.shape.join(),
  );
  if (odd !== undefined) throw new Misfit(`${spoken(odd)} beside ${spoken(shaped)}: the shapes differ`);
  return m.value(m.domain.A.where(mask.v, here.v, other.v), shaped.standing);
}

function conditionOf<V>(x: Expr, integers: Integers, interpreter: Interpretation<V>): Condition<V> {
  switch (x.kind) {
    case 'text':
      if (x.text === '') return { holds: true };
      break;
    case 'bracket':
      return conditionOf(x.of, integers, interpreter);
    case 'list': {
      const all = x.items.map((item) => conditionOf(item, integers, interpreter));
      if (all.some((part) => 'holds' in part && !part.holds)) return { holds: false };
      const masks = all.flatMap((part) => ('mask' in part ? [part.mask] : []));
      if (masks.length === 0) return { holds: true };
      return { mask: masks.reduce((product, mask) => interpreter.scope.m.hadamard(product, mask)) };
    }
    case 'name':
      if (x.base === 'otherwise' || x.base === 'else') return { holds: true };
      break;
    case 'relation': {
      const holds = holdsChain(x, integers);
      if (holds !== undefined) return { holds };
      return { mask: compared(x, integers, interpreter) };
    }
  }
  throw new UnknownCondition('expected a condition, such as t = 1 or z > 0', interpreter.scope.text, x.span);
}

/** The op for each sign. */
export const COMPARISONS: Partial<Readonly<Record<Relation, Comparison>>> = {
  '>': 'greater',
  '≥': 'greaterEqual',
  '<': 'less',
  '≤': 'lessEqual',
  '=': 'equal',
  '==': 'equal',
  '≠': 'notEqual',
};
type Comparison = 'greater' | 'greaterEqual' | 'less' | 'lessEqual' | 'equal' | 'notEqual';

function compared<V>(x: Of<'relation'> & Expr, integers: Integers, interpreter: Interpretation<V>): Value<V> {
  const { m, special } = interpreter.scope;
  const isEquality = x.relations.every(
    (relation) => relation === '=' || relation === '==' || relation === '≠',
  );
  // i = y, where y is a class
  const known = isEquality
    ? special?.({ kind: 'indicator', condition: x, span: x.span }, integers)
    : undefined;
  if (known !== undefined) return known;
  const values = x.members.map((member) => interpreter.value(member, integers));
  return x.relations
    .map((relation, i) => {
      const op = COMPARISONS[relation];
      const [a, b] = [values[i], values[i + 1]];
      if (op === undefined) throw interpreter.error(`${relation} between values is not known here`, x.span);
      if (!isScalar(a) && !isScalar(b) && a.shape.join() !== b.shape.join())
        throw new Misfit(`${spoken(a)} ${relation} ${spoken(b)}: the shapes differ`);
      return m.value(m.domain.A[op](a.v, b.v), a.shape.length > 0 ? a.standing : b.standing);
    })
    .reduce((all, holds) => m.hadamard(all, holds));
}
