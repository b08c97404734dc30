/** What formulas are changed with and into: −x, xᵀ, x², 1 − x, f(x), a ⊙ b, and the forms of slopes: y of 1 − y². */

import type { Expr, Span } from '../../notation/tree.ts';
import { alike } from '../rewrite.ts';

export function number(value: number, span: Span): Expr {
  return value < 0
    ? { kind: 'neg', of: number(-value, span), span }
    : { kind: 'number', text: String(value), span };
}

/** In brackets, where it could not stand in a product without. */
export function bracketed(of: Expr): Expr {
  return of.kind === 'sum' || of.kind === 'neg' ? { kind: 'bracket', style: '(', of, span: of.span } : of;
}

export function negated(of: Expr): Expr {
  return { kind: 'neg', of: bracketed(of), span: of.span };
}

export function transposed(x: Expr): Expr {
  const { span } = x;
  const of: Expr = x.kind === 'product' ? { kind: 'bracket', style: '(', of: x, span } : bracketed(x);
  return { kind: 'sup', of, exponent: { kind: 'name', base: '⊤', accents: [], span }, span };
}

export function squared(of: Expr): Expr {
  return { kind: 'sup', of, exponent: number(2, of.span), span: of.span };
}

export function called(fn: string, of: Expr): Expr {
  const { span } = of;
  return { kind: 'call', fn: { kind: 'name', base: fn, accents: [], span }, args: [of], span };
}

/** a + b, a − b. */
export function added(a: Expr, sign: '+' | '-', b: Expr): Expr {
  return {
    kind: 'sum',
    terms: [
      { sign: '+', term: a },
      { sign, term: b },
    ],
    span: a.span,
  };
}

export function times(a: Expr, b: Expr, operator: 'hadamard' | 'juxtaposed' = 'hadamard'): Expr {
  return {
    kind: 'product',
    factors: [
      { operator: 'juxtaposed', factor: bracketed(a) },
      { operator, factor: b },
    ],
    span: a.span,
  };
}

/** (1 − x). */
export function oneMinus(x: Expr): Expr {
  return bracketed(added(number(1, x.span), '-', x));
}

/** y of 1 − y. */
export function underOne(x: Expr): Expr | undefined {
  const sum = x.kind === 'bracket' ? x.of : x;
  if (sum.kind !== 'sum' || sum.terms.length !== 2) return undefined;
  const [one, other] = sum.terms;
  return one.term.kind === 'number' && one.term.text === '1' && other.sign === '-' ? other.term : undefined;
}

/** y of 1 − y². */
export function squareUnderOne(x: Expr): Expr | undefined {
  const square = underOne(x);
  if (square?.kind === 'product' && square.factors.length === 2) {
    const [a, b] = square.factors.map(({ factor }) => factor);
    return alike(a, b) ? a : undefined;
  }
  return square?.kind === 'sup' && square.exponent.kind === 'number' && square.exponent.text === '2'
    ? square.of
    : undefined;
}
