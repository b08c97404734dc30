/** Conditions that have a value: FL|_{γ=0}, 𝟏[i = j], and masks such as (H > 0). */

import type { NodeId } from '../../graph/graph.ts';
import { sizeOf } from '../../graph/shape.ts';
import { literal } from '../../model/equations/called.ts';
import { COMPARISONS } from '../../model/equations/conditions.ts';
import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import { referenceOf } from '../../model/equations/names.ts';
import type { Case } from '../../model/equations/scope.ts';
import type { Value } from '../../model/equations/value.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import { TOLERANCE } from '../compare.ts';
import type { Instance } from '../instance.ts';
import { type Solved, solvedAt, solvedFor } from '../solved.ts';
import { OutOfRange, UnknownSymbol, Unsupported } from '../symbols.ts';
import { type Evaluation, textOf } from './evaluation.ts';

/** FL|_{γ=0}: the same point with γ = 0. */
export function valueAt(e: Evaluation, x: Of<'at'>, integers: Integers): Value<Tensor> {
  const { subject, text } = e.context;
  const changed = new Map<NodeId, readonly number[]>();
  const sizes = new Map<string, number>();
  const known = new Map(integers);
  let solved: Solved | undefined;
  for (const condition of x.conditions) {
    const found = solved === undefined ? solvedFor(condition, subject) : undefined;
    if (found !== undefined) {
      solved = found;
      continue;
    }
    const [name, given] = condition.kind === 'relation' ? condition.members : [condition, undefined];
    const reference = referenceOf(name, integers, subject.indexCount);
    const id = reference && subject.find(reference);
    const letter = plainName(name);
    if (given === undefined)
      throw new Unsupported('expected a condition such as γ = 0', text, condition.span);
    const number = integerOf(given, integers) ?? literal(given);
    const isComputed = id !== undefined && subject.graph.node(id).inputs.length > 0;
    const isNothing = id === undefined && !subject.integers.has(letter ?? '') && !Number.isInteger(number);
    if (isComputed || isNothing) {
      const why = isComputed ? 'is computed: it has a value already' : 'is nothing that can be set';
      throw new Unsupported(`${textOf(e, name)} ${why}`, text, condition.span);
    }
    if (id !== undefined && e.instance.leaves.has(id)) {
      const value = e.m.plain(e.value(given, integers));
      const n = sizeOf(subject.graph.node(id).shape);
      const data = [...value.v.data];
      changed.set(id, data.length === 1 ? new Array(n).fill(data[0]) : data);
    } else if (letter !== undefined && number !== undefined) {
      if (Number.isInteger(number)) known.set(letter, number);
      if (subject.integers.has(letter) || id !== undefined) sizes.set(letter, number);
    } else throw new UnknownSymbol(name, text, integers);
  }
  const key = [...changed, ...sizes, ...Object.entries(solved ?? {})]
    .map(([what, v]) => `${what}:${v}`)
    .join(';');
  const point = e.instance.conditioned.of(key, () => {
    const made = changedPoint(e, changed, sizes);
    if (solved === undefined) return made;
    const at = made.subject === subject ? solvedAt(made, solved) : undefined;
    if (at === undefined)
      throw new Unsupported('its conditions hold at no point that was drawn', text, x.span);
    return at;
  });
  return e.valueWithin({ context: { subject: point.subject }, instance: point }, x.of, known);
}

/** The point with other values of leaves, in the model with other numbers for its names. */
function changedPoint(
  e: Evaluation,
  leaves: ReadonlyMap<NodeId, readonly number[]>,
  sizes: ReadonlyMap<string, number>,
): Instance {
  const point = leaves.size === 0 ? e.instance : e.instance.with(leaves);
  const other = e.context.subject.withSizes(sizes);
  return other === undefined ? point : point.in(other);
}

/** 1 where i = j; y_i where i = y for a one-hot y. */
export function indicatorValue(e: Evaluation, condition: Expr, integers: Integers): Value<Tensor> {
  const { text } = e.context;
  if (condition.kind === 'relation' && condition.members.length === 2) {
    const [a, b] = condition.members.map((member) => integerOf(member, integers));
    const same = condition.relations[0] === '=' || condition.relations[0] === '==';
    if (a !== undefined && b !== undefined && (same || condition.relations[0] === '≠')) {
      return e.m.number((a === b) === same ? 1 : 0);
    }
    const place = a ?? b;
    if ((same || condition.relations[0] === '≠') && place !== undefined) {
      const label = e.m.plain(e.value(condition.members[a === undefined ? 0 : 1], integers));
      const at = place - e.reading.base;
      if (label.shape.length === 1 && isClass(label)) {
        if (at < 0 || at >= label.shape[0])
          throw new OutOfRange(`there is no class ${place}`, text, condition.span);
        return e.m.number(same ? label.v.data[at] : 1 - label.v.data[at]);
      }
    }
  }
  if (condition.kind === 'relation') return maskValue(e, condition, integers);
  throw new Unsupported('this condition is not understood', text, condition.span);
}

/** Each case claims something: where two hold at once, they must agree. */
export function requireAgreement(e: Evaluation, cases: readonly Case<Tensor>[], { span }: Expr): void {
  const at = ({ v: { data } }: Value<Tensor>, i: number): number => data[data.length === 1 ? 0 : i];
  const differ = (a: Case<Tensor>, b: Case<Tensor>): boolean => {
    const count = Math.max(...[a, b].flatMap(({ mask, here }) => [mask.v.data.length, here.v.data.length]));
    return Array.from({ length: count }, (_, i) => i).some((i) => {
      const [left, right] = [at(a.here, i), at(b.here, i)];
      const isMet = at(a.mask, i) !== 0 && at(b.mask, i) !== 0;
      return isMet && Math.abs(left - right) > TOLERANCE.pass * Math.max(1, Math.abs(left), Math.abs(right));
    });
  };
  if (cases.some((a, i) => cases.slice(i + 1).some((b) => differ(a, b))))
    throw new NotationError('two of the cases hold at once and differ', e.context.text, span);
}

/** Whether a vector is one-hot: of any other one a number tells no class. */
function isClass({ v: { data } }: Value<Tensor>): boolean {
  const ones = data.filter((v: number) => v === 1).length;
  return ones === 1 && data.every((v: number) => v === 0 || v === 1);
}

/** 𝟏[y s < 1], (H > 0): 1 where the numbers compare so, element by element. */
export function maskValue(
  e: Evaluation,
  { members, relations, span }: Of<'relation'>,
  integers: Integers,
): Value<Tensor> {
  const values = members.map((member) => e.m.plain(e.value(member, integers)));
  return relations
    .map((relation, i) => {
      const op = COMPARISONS[relation];
      if (op === undefined)
        throw new Unsupported(`${relation} between values is not understood`, e.context.text, span);
      const gap = e.m.sum(values[i], values[i + 1], -1);
      const nought = e.m.number(0);
      return e.m.value(e.m.domain.A[op](gap.v, nought.v), gap.standing);
    })
    .reduce((all, holds) => e.m.hadamard(all, holds));
}
