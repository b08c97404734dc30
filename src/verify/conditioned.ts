/** Points that meet the conditions of a statement: W = Wᵀ, H_0 = 0. */

import { referenceOf } from '../model/equations/names.ts';
import { type Expr, isTransposeMark } from '../notation/tree.ts';
import type { Instance, Leaves } from './instance.ts';
import type { Posed } from './posed.ts';
import type { Subject } from './subject.ts';

export function conditioned(
  subject: Subject,
  { conditions }: Posed,
  points: readonly Instance[],
): readonly Instance[] {
  const changes = conditions.flatMap((condition) => {
    if (condition.kind !== 'relation' || condition.members.length !== 2 || condition.relations[0] !== '=')
      return [];
    const [name, value] = condition.members;
    const reference = referenceOf(name, subject.integers, subject.indexCount);
    const id = reference && subject.find(reference);
    return id === undefined ? [] : [{ id, name, value }];
  });
  if (changes.length === 0) return points;
  return points.map((point) => {
    const leaves = new Map<number, readonly number[]>();
    for (const { id, name, value } of changes) {
      const { shape, inputs } = subject.graph.node(id);
      if (inputs.length > 0) continue;
      const given = [...point.valueOf(id).data];
      if (isTransposeOf(value, name, subject)) {
        const n = shape[0];
        leaves.set(
          id,
          given.map((v, i) => (v + given[(i % n) * n + Math.floor(i / n)]) / 2),
        );
      } else if (value.kind === 'number')
        leaves.set(
          id,
          given.map(() => Number(value.text)),
        );
    }
    return leaves.size === 0 ? point : point.with(leaves as Leaves);
  });
}

function isTransposeOf(x: Expr, name: Expr, subject: Subject): boolean {
  const inner =
    x.kind === 'sup' && isTransposeMark(x.exponent) ? x.of : x.kind === 'prime' ? x.of : undefined;
  if (inner === undefined) return false;
  const [a, b] = [inner, name].map((part) => referenceOf(part, subject.integers, subject.indexCount));
  return a !== undefined && b !== undefined && subject.find(a) === subject.find(b);
}
