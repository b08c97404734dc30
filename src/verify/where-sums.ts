/** Sums over those indices that meet a condition: Σ_{i: y_i s_i < 1} a_i is Σ_i 𝟏[y_i s_i < 1] a_i. */

import type { Expr, Of } from '../notation/tree.ts';

export function withCondition(x: Of<'big'> & Expr): Of<'big'> & Expr {
  const [condition, ...others] = x.lower;
  if (x.op !== 'sum' || condition?.kind !== 'relation' || others.length > 0 || x.upper !== undefined)
    return x;
  const [first, ...rest] = condition.members;
  if (first.kind !== 'interval' || first.next !== undefined || first.from.kind !== 'name') return x;
  const relation: Expr = { ...condition, members: [first.to, ...rest] };
  const indicator: Expr = { kind: 'indicator', condition: relation, span: condition.span };
  const factors = [indicator, x.body].map((factor) => ({ operator: 'juxtaposed' as const, factor }));
  return { ...x, lower: [first.from], body: { kind: 'product', factors, span: x.body.span } };
}
