/** A range in brackets behind a formula, `H_t = tanh(a_t) (t = 1..T)`: no factor, but what the index runs over. */

import { spanning } from './cursor.ts';
import { joinIntervals, joinValues } from './expression.ts';
import type { Expr } from './tree.ts';

/** The formula without the range that ends it, and the range if there is one. */
export function takeRange(x: Expr): readonly [Expr, readonly Expr[]] {
  return split(x) ?? [x, []];
}

function split(x: Expr): readonly [Expr, readonly Expr[]] | undefined {
  switch (x.kind) {
    case 'sum': {
      const last = x.terms.at(-1)!;
      const found = split(last.term);
      if (found === undefined) return undefined;
      const terms = [...x.terms.slice(0, -1), { ...last, term: found[0] }];
      return [{ ...x, terms, span: spanning(x.span, found[0].span) }, found[1]];
    }
    case 'product': {
      const last = x.factors.at(-1)!;
      const { operator, factor } = last;
      // a name before several things in brackets is a function
      const ofCall = factor.kind === 'call' ? split(factor) : undefined;
      if (ofCall !== undefined) {
        const factors = [...x.factors.slice(0, -1), { ...last, factor: ofCall[0] }];
        return [{ ...x, factors, span: spanning(x.span, ofCall[0].span) }, ofCall[1]];
      }
      const range = operator === 'juxtaposed' ? rangeIn(factor) : undefined;
      if (range === undefined) return undefined;
      const factors = x.factors.slice(0, -1);
      if (factors.length === 1) return [factors[0].factor, range];
      return [{ ...x, factors, span: spanning(x.span, factors.at(-1)!.factor.span) }, range];
    }
    case 'neg': {
      const found = split(x.of);
      return found && [{ ...x, of: found[0], span: spanning(x.span, found[0].span) }, found[1]];
    }
    case 'call': {
      const range = x.bare ? undefined : rangeOfItems(x.args);
      return range && [x.fn, range];
    }
    default:
      return undefined;
  }
}

/** The range that a bracket holds: `(t = 1..T)`, `(t = 1, …, T)`. */
function rangeIn(x: Expr): readonly Expr[] | undefined {
  if (x.kind === 'indicator') return rangeOfItems([x.condition]);
  if (x.kind === 'bracket') return rangeOfItems(x.of.kind === 'list' ? x.of.items : [x.of]);
  return undefined;
}

function rangeOfItems(items: readonly Expr[]): readonly Expr[] | undefined {
  const ranges = joinValues(joinIntervals([...items]));
  return ranges.length > 0 && ranges.every(isRange) ? ranges : undefined;
}

const isRange = (x: Expr): boolean =>
  x.kind === 'relation' && /^(?:interval|list)$/.test(x.members.at(-1)!.kind);
