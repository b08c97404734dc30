/** Derivatives of sums, term by term: ∂(E_1 + E_2)/∂V and ∂/∂V Σ_t E_t. */

import { scriptedName } from '../model/equations/names.ts';
import type { Expr, Of } from '../notation/tree.ts';

export function termByTerm(x: Of<'derivative'> & Expr): Expr {
  const apart = (part: Expr): Expr => {
    if (part.kind === 'sum')
      return { ...part, terms: part.terms.map(({ sign, term }) => ({ sign, term: apart(term) })) };
    if (part.kind === 'big') return { ...part, body: apart(part.body) };
    if (part.kind === 'bracket' || part.kind === 'neg') return { ...part, of: apart(part.of) };
    return { ...x, of: part };
  };
  const isWhole = x.order !== 1 || scriptedName(x.of) !== undefined || !isSum(x.of);
  return isWhole ? x : { ...apart(x.of), span: x.span };
}

/** A sum of variables, also with Σ. */
function isSum(x: Expr): boolean {
  if (x.kind === 'sum') return x.terms.every(({ term }) => isSum(term));
  if (x.kind === 'big') return x.op === 'sum' && x.lower.length > 0 && isSum(x.body);
  return x.kind === 'bracket' || x.kind === 'neg' ? isSum(x.of) : scriptedName(x) !== undefined;
}
