/** A sum of products of derivatives, multiplied out: one monomial per term of the chain rule. */

import { type Integers, plainName } from '../model/equations/integers.ts';
import type { NotationError } from '../notation/problem.ts';
import { children, type Expr, type Of, type Span } from '../notation/tree.ts';
import { isStrict, isTotal } from './evaluate/derivative.ts';
import type { Evaluation } from './evaluate/evaluation.ts';
import { type Place, placeOf } from './evaluate/place.ts';
import { OutOfRange, Unsupported } from './symbols.ts';

export interface Factor {
  readonly at: Of<'derivative'>;
  readonly of: Place;
  readonly by: Place;
  readonly isTotal: boolean;
  /** Immediate, and 0 if there is no direct way. */
  readonly isStrict: boolean;
}

export interface Monomial {
  readonly coefficient: number;
  readonly factors: readonly Factor[];
  /** The innermost summand that it comes from. */
  readonly span: Span;
  /** Values of the indices of Σ and Π on the way: `k = 2`. */
  readonly bound: Integers;
  /** Whether it comes from a Σ, whose other terms may be right. */
  readonly isTemplate: boolean;
  /** Why it has no meaning: a variable that does not exist. */
  readonly problem?: NotationError;
}

/** Most monomials that are written out. */
const MAX_MONOMIALS = 4000;

const ONE: Omit<Monomial, 'span'> = { coefficient: 1, factors: [], bound: new Map(), isTemplate: false };

/** Whether nothing but derivatives, numbers and sums, products and powers of these occurs. */
export function isChain(x: Expr): boolean {
  switch (x.kind) {
    case 'derivative':
    case 'number':
      return true;
    case 'sum':
    case 'product':
    case 'neg':
    case 'bracket':
      return children(x).every(isChain);
    case 'big':
      return isChain(x.body);
    case 'quotient':
      return isChain(x.over) && x.under.kind === 'number';
    case 'name':
      return x.base === 'I' || x.base === 'T';
    default:
      return false;
  }
}

/** The monomials. Throws NotationError: unknown symbols, or more than {@link MAX_MONOMIALS}. */
export function expand(x: Expr, integers: Integers, e: Evaluation): readonly Monomial[] {
  const { text } = e.context;
  const requireFew = (count: number, at: Expr) => {
    if (count > MAX_MONOMIALS)
      throw new Unsupported(`more than ${MAX_MONOMIALS} terms when multiplied out`, text, at.span);
  };
  const guard = (all: readonly Monomial[], at: Expr) => {
    requireFew(all.length, at);
    return all;
  };
  const times = (a: readonly Monomial[], b: readonly Monomial[], at: Expr) => {
    requireFew(a.length * b.length, at);
    return product(a, b);
  };
  const visit = (part: Expr, known: Integers, span: Span): readonly Monomial[] => {
    switch (part.kind) {
      case 'derivative':
        return [factorOf(part, known, span)];
      case 'number':
        return [{ ...ONE, span, coefficient: Number(part.text) }];
      case 'name': {
        const value = part.base === 'I' ? 1 : known.get(plainName(part) ?? '');
        return [{ ...ONE, span, coefficient: value ?? 1 }];
      }
      case 'bracket':
        return visit(part.of, known, span);
      case 'neg':
        return visit(part.of, known, span).map((m) => ({ ...m, coefficient: -m.coefficient }));
      case 'sum':
        return guard(
          part.terms.flatMap(({ sign, term }) =>
            visit(term, known, term.span).map((m) =>
              sign === '-' ? { ...m, coefficient: -m.coefficient } : m,
            ),
          ),
          part,
        );
      case 'product':
        return part.factors.reduce<readonly Monomial[]>(
          (all, { factor }) => times(all, visit(factor, known, span), part),
          [{ ...ONE, span }],
        );
      case 'quotient': {
        const under = Number((part.under as Of<'number'>).text);
        return visit(part.over, known, span).map((m) => ({ ...m, coefficient: m.coefficient / under }));
      }
      case 'big':
        return part.op === 'sum' ? sumOf(part, known) : productOf(part, known, span);
      default:
        throw new Unsupported('this is no chain of derivatives', text, part.span);
    }
  };
  const factorOf = (part: Of<'derivative'>, known: Integers, span: Span): Monomial => {
    try {
      if (part.order !== 1) throw new Unsupported('second derivatives are not judged', text, part.span);
      const of = placeOf(e, part.of, known);
      const by = placeOf(e, part.by, known);
      if (of.isTransposed || by.isTransposed || by.step !== undefined) {
        throw new Unsupported('transposed derivatives are compared by their values alone', text, part.span);
      }
      if (of.id === undefined) throw new OutOfRange(`there is no ${of.label}`, text, part.of.span);
      if (by.id === undefined) throw new OutOfRange(`there is no ${by.label}`, text, part.by.span);
      return {
        ...ONE,
        span,
        factors: [{ at: part, of, by, isTotal: isTotal(e, part, of), isStrict: isStrict(e, part) }],
      };
    } catch (error) {
      if (!(error instanceof OutOfRange)) throw error;
      return { ...ONE, span, problem: error };
    }
  };
  const boundIn = (at: Integers, outer: Integers): Integers =>
    new Map([...at].filter(([name, value]) => outer.get(name) !== value));
  const sumOf = (part: Of<'big'>, known: Integers): readonly Monomial[] =>
    guard(
      e.bindings(part, known).flatMap((at) => {
        const bound = boundIn(at, known);
        return visit(part.body, at, part.span).map((m) => ({
          ...m,
          bound: new Map([...bound, ...m.bound]),
          isTemplate: true,
        }));
      }),
      part,
    );
  const productOf = (part: Of<'big'>, known: Integers, span: Span): readonly Monomial[] => {
    const all = e.bindings(part, known).map((at) => visit(part.body, at, span));
    const ordered = isDescending(all, e.m.layout) ? all.reverse() : all;
    return ordered.reduce<readonly Monomial[]>((sum, next) => times(sum, next, part), [{ ...ONE, span }]);
  };
  return visit(x, integers, x.span);
}

/** Whether the factors of a Π chain when the last stands left. */
function isDescending(all: readonly (readonly Monomial[])[], layout: 'numerator' | 'denominator'): boolean {
  const [a, b] = all.map(([first]) => first?.factors ?? []);
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return false;
  const chains = (left: readonly Factor[], right: readonly Factor[]) =>
    layout === 'numerator' ? left.at(-1)!.by.id === right[0].of.id : left.at(-1)!.of.id === right[0].by.id;
  return !chains(a, b) && chains(b, a);
}

function product(a: readonly Monomial[], b: readonly Monomial[]): readonly Monomial[] {
  return a.flatMap((left) =>
    b.map((right): Monomial => {
      const problem = left.problem ?? right.problem;
      // the summand that was chosen last says most about where the monomial stands
      const inner =
        right.span.end - right.span.start < left.span.end - left.span.start ? right.span : left.span;
      return {
        coefficient: left.coefficient * right.coefficient,
        factors: [...left.factors, ...right.factors],
        span: inner,
        bound: new Map([...left.bound, ...right.bound]),
        isTemplate: left.isTemplate || right.isTemplate,
        ...(problem === undefined ? {} : { problem }),
      };
    }),
  );
}
