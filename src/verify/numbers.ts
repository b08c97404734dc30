/** Conditions that give another number to a name of the equations: `FL = CE, γ = 0`. */

import { literal } from '../model/equations/called.ts';
import { integerOf, plainName } from '../model/equations/integers.ts';
import type { Expr, Of, Statement } from '../notation/tree.ts';
import { solvedFor } from './solved.ts';
import type { Subject } from './subject.ts';

interface NumberSet {
  readonly name: string;
  readonly value: number;
}

/** γ and 0 of γ = 0, where the equations give γ a number. */
export function numberSet(x: Expr, { model, integers }: Subject): NumberSet | undefined {
  if (x.kind !== 'relation' || x.members.length !== 2 || x.relations[0] !== '=') return undefined;
  const [left, right] = x.members;
  const name = plainName(left);
  const value = integerOf(right, integers) ?? literal(right);
  const given = name === undefined ? undefined : model.equations?.integers.get(name);
  if (name === undefined || value === undefined || given === undefined) return undefined;
  return Math.abs(value) > Math.max(Math.abs(given), MOST) ? undefined : { name, value };
}

/** Networks are not made much larger. */
const MOST = 12;

/** The numbers that the conditions of a statement give, and the statement without these conditions. */
export function numbersSet(
  statement: Statement,
  subject: Subject,
): { readonly numbers: ReadonlyMap<string, number>; readonly rest: Statement } | undefined {
  const numbers = new Map<string, number>();
  let isOpen = false; // γ = 0, γ = 1
  const conditions = statement.conditions.filter((x) => {
    const found = numberSet(x, subject);
    if (found === undefined) return true;
    isOpen ||= numbers.has(found.name) && numbers.get(found.name) !== found.value;
    numbers.set(found.name, found.value);
    return false;
  });
  return numbers.size === 0 || isOpen ? undefined : { numbers, rest: { ...statement, conditions } };
}

/** `FL = CE  (γ = 0)`: a number in brackets at the end, set apart by a blank, is a condition of the whole. */
export function withNumberBehind(statement: Statement, subject: Subject): Statement {
  const members = [...statement.members];
  const last = members.at(-1)!;
  const [of, behind] = apart(last);
  if (behind === undefined || members.length < 2 || numberSet(behind, subject) === undefined)
    return statement;
  return {
    ...statement,
    members: [...members.slice(0, -1), of],
    conditions: [behind, ...statement.conditions],
  };
}

/** `FL|_{p=0.9} = 0.01 CE`: where p is 0.9 the whole is said, as CE without a bar has no other p. */
export function withPlaceOfLeft(statement: Statement, subject: Subject): Statement {
  const [left, ...rest] = statement.members;
  const place = left.kind === 'at' ? left.conditions : left.kind === 'sub' ? [left.index] : [];
  const isPlace = place.length > 0 && place.every((x) => solvedFor(x, subject) !== undefined);
  if (!isPlace || !(left.kind === 'at' || left.kind === 'sub')) return statement;
  return { ...statement, members: [left.of, ...rest], conditions: [...place, ...statement.conditions] };
}

function apart(x: Expr): readonly [Expr, Expr | undefined] {
  if (x.kind === 'sum') {
    const last = x.terms.at(-1)!;
    const [term, behind] = apart(last.term);
    return [{ ...x, terms: [...x.terms.slice(0, -1), { ...last, term }] }, behind];
  }
  if (x.kind === 'neg') {
    const [of, behind] = apart(x.of);
    return [{ ...x, of }, behind];
  }
  if (x.kind !== 'product') return [x, undefined];
  const [before, { factor, operator }] = x.factors.slice(-2);
  const isApart = operator === 'juxtaposed' && factor.span.start > before.factor.span.end;
  if (factor.kind !== 'indicator' || !isApart) return [x, undefined];
  return [without(x), factor.condition];
}

function without(x: Of<'product'> & Expr): Expr {
  const factors = x.factors.slice(0, -1);
  if (factors.length === 1) return factors[0].factor;
  return { ...x, factors, span: { start: x.span.start, end: factors.at(-1)!.factor.span.end } };
}
