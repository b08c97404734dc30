/** A differential read back as a name or as a product, for those who know that it is none. */

import { spanning } from './cursor.ts';
import { LETTERS } from './symbols.ts';
import type { Expr, Of } from './tree.ts';

/**
 * `dhraw_t` as the name dhraw with its scripts, `d H_3` and `δ hᵀ` as products of two factors. Scripts around the
 * differential (`dhraw.T`) go along. Undefined if the expression is no differential, or one that is certain: `∂E`.
 */
export function undoDifferential(x: Expr): Expr | undefined {
  if (x.kind === 'differential') {
    if (x.word === undefined) return undefined;
    const isGlued = x.mark === 'd' && x.word !== 'd';
    return isGlued ? rebased(x.of, x.word, x.span) : product(x, x.of);
  }
  if (x.kind !== 'sup' && x.kind !== 'prime' && x.kind !== 'at') return undefined;
  const inner = undoDifferential(x.of);
  if (inner?.kind !== 'product') return inner === undefined ? undefined : { ...x, of: inner };
  const [mark, { operator, factor }] = inner.factors;
  return {
    ...inner,
    factors: [mark, { operator, factor: { ...x, of: factor, span: spanning(factor.span, x.span) } }],
  };
}

/** The scripts of `of` on another name. */
function rebased(of: Expr, word: string, span: Expr['span']): Expr {
  if (of.kind === 'name') return { ...of, base: LETTERS.get(word) ?? word, span };
  if (of.kind !== 'sub' && of.kind !== 'sup' && of.kind !== 'index') return of;
  return { ...of, of: rebased(of.of, word, { start: span.start, end: of.of.span.end }), span };
}

function product(x: Of<'differential'>, of: Expr): Expr {
  const { start } = x.span;
  const base: Expr = { kind: 'name', base: x.word ?? 'd', accents: [], span: { start, end: start + 1 } };
  const order: Expr = { kind: 'number', text: String(x.order), span: base.span };
  const mark: Expr = x.order === 1 ? base : { kind: 'sup', of: base, exponent: order, span: base.span };
  return {
    kind: 'product',
    factors: [
      { operator: 'juxtaposed', factor: mark },
      { operator: 'juxtaposed', factor: of },
    ],
    span: x.span,
  };
}
