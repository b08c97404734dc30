/** Steps of gradient descent, W := W − η ∂E/∂W: they change a parameter, and claim nothing of the network. */

import { referenceOf } from '../model/equations/names.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { alike, parts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** Whether a statement gives a parameter, or a name such as W_{new}, what it was less a multiple of a gradient. */
export function isUpdate({ members, relations }: Statement, subject: Subject): boolean {
  if (members.length !== 2) return false;
  const [left, right] = members;
  const [relation] = relations;
  const bare = left.kind === 'sub' || left.kind === 'sup' || left.kind === 'prime' ? left.of : left;
  const own = [left, bare].find((x) => isParameter(x, subject));
  if (own === undefined || ![...parts(right)].some(isGradient)) return false;
  if (relation === '-=' || relation === '+=') return own === left;
  const isFromItself = [...parts(right)].some((x) => alike(x, own)) && right.kind === 'sum';
  return (
    isFromItself && ['=', ':=', '←'].includes(relation) && right.terms.some(({ term }) => alike(term, own))
  );
}

const isGradient = (x: Expr): boolean =>
  x.kind === 'derivative' ||
  x.kind === 'differential' ||
  (x.kind === 'name' && /^(?:δ|delta|Δ|grad|g)$/.test(x.base));

function isParameter(x: Expr, subject: Subject): boolean {
  const reference = referenceOf(x, subject.integers, subject.indexCount);
  const id = reference && subject.find(reference);
  return id !== undefined && subject.graph.node(id).op === 'parameter';
}
