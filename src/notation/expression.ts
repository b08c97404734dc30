/** Relations, sums and products: operators by their strength. */

import { type Cursor, spanning } from './cursor.ts';
import { over } from './derivative.ts';
import { readOperand } from './operand.ts';
import { readIndex, readPostfix } from './script.ts';
import { PRODUCT_OPERATORS, RELATIONS } from './symbols.ts';
import type { Expr, Factor, Relation, Term } from './tree.ts';

/** `a = b = c`, `t ≥ i > k`, or one sum. `isRange`: of an index, as `t = T:-1:1`. */
export function readRelation(c: Cursor, isRange = false): Expr {
  const members = [readInterval(c)];
  const relations: Relation[] = [];
  for (;;) {
    c.joinLines();
    const relation = RELATIONS.get(c.token.kind);
    if (relation === undefined) break;
    c.next();
    c.skipLines();
    relations.push(relation);
    members.push(readInterval(c, isRange));
  }
  if (relations.length === 0) return members[0];
  return { kind: 'relation', members, relations, span: spanning(members[0].span, members.at(-1)!.span) };
}

/** `1..T`, `1:t`, `1 … T`, or one sum; `T:-1:1` where a range is looked for. */
function readInterval(c: Cursor, isRange = false): Expr {
  const from = readSum(c);
  if (c.is('..') || (c.is(':') && (isRange || c.surroundings.inBracket))) {
    c.next();
    const to = readSum(c);
    if (isRange && c.accept(':')) return stepped(from, to, readSum(c));
    return { kind: 'interval', from, to, span: spanning(from.span, to.span) };
  }
  if (from.kind === 'product' && from.factors.length === 3 && from.factors[1].factor.kind === 'ellipsis') {
    const [first, middle, last] = from.factors;
    if (middle.operator === 'juxtaposed' && last.operator === 'juxtaposed' && isPlain(first.factor)) {
      return { kind: 'interval', from: first.factor, to: last.factor, span: from.span };
    }
  }
  return from;
}

/** MATLAB's `from:step:to`. */
function stepped(from: Expr, step: Expr, to: Expr): Expr {
  const terms = [from, step].map((term): Term => ({ sign: '+', term }));
  const next: Expr = { kind: 'sum', terms, span: spanning(from.span, step.span) };
  return { kind: 'interval', from, next, to, span: spanning(from.span, to.span) };
}

/** `1 … T` is an interval, `∂H_3/∂H_2 … ∂H_2/∂H_1` a product with factors left out. */
function isPlain(x: Expr): boolean {
  return x.kind === 'number' || x.kind === 'name';
}

export function readSum(c: Cursor): Expr {
  const start = c.token;
  const first = readSigns(c);
  const terms: Term[] = [{ sign: first.sign, term: readProduct(c) }];
  for (;;) {
    c.joinLines();
    if (!c.is('+') && !c.is('-')) break;
    markTightIndex(c);
    const { sign } = readSigns(c);
    terms.push({ sign, term: readProduct(c) });
  }
  const [{ sign, term }] = terms;
  if (terms.length > 1) return { kind: 'sum', terms, span: spanning(start, terms.at(-1)!.term.span) };
  return sign === '-' ? { kind: 'neg', of: term, span: spanning(start, term.span) } : term;
}

/** Any number of signs: two minus signs make a plus. */
function readSigns(c: Cursor): { readonly sign: '+' | '-' } {
  let negative = false;
  while (c.is('+') || c.is('-')) {
    if (c.next().kind === '-') negative = !negative;
    c.skipLines();
  }
  return { sign: negative ? '-' : '+' };
}

/** `h_t-1` without blanks may mean h_{t-1}. */
function markTightIndex(c: Cursor): void {
  const sign = c.token;
  const [mark, index, , shift] = c.tokens.slice(Math.max(0, c.at - 2), c.at + 2);
  const tight = mark?.kind === '_' && index?.kind === 'word' && shift?.kind === 'number';
  if (tight && mark.glued === undefined && !sign.space && !shift.space)
    c.doubtful.push(spanning(mark, shift));
}

/** Factors with what stands between them; a quotient takes all that stands before it, as one reads from left to right. */
export function readProduct(c: Cursor): Expr {
  const factors: Factor[] = [{ operator: 'juxtaposed', factor: readFactor(c) }];
  for (;;) {
    c.joinLines();
    const { kind } = c.token;
    const operator = PRODUCT_OPERATORS.get(kind);
    if (operator !== undefined) {
      c.next();
      const mode = c.accept('_') ? readIndex(c).index : undefined;
      const factor = readSigned(c);
      factors.push(mode === undefined ? { operator, factor } : { operator, mode, factor });
    } else if (kind === '/' || kind === './') {
      c.next();
      divide(c, factors, kind === '/' ? '/' : 'elementwise');
    } else if (c.startsOperand && !c.is('text') && !separatesNumbers(c)) {
      juxtapose(factors, readFactor(c));
    } else {
      requireStroke(c, factors);
      return productOf(factors);
    }
  }
}

/** `∂H ∂W` outside braces is a derivative without its stroke. */
function requireStroke(c: Cursor, factors: readonly Factor[]): void {
  const isMark = (x: Expr) => x.kind === 'differential' && x.mark === 'partial';
  const at = factors.findIndex(
    ({ factor, operator }, i) =>
      i > 0 && operator === 'juxtaposed' && isMark(factor) && isMark(factors[i - 1].factor),
  );
  if (at < 0 || c.surroundings.inBracket) return;
  const [above, below] = factors
    .slice(at - 1, at + 1)
    .map(({ factor: { span } }) => c.text.slice(span.start, span.end));
  c.fail(`expected a stroke: ${above}/${below}`, factors[at].factor.span);
}

/** A name before several things in brackets is a function: `CE(p, y)`. */
export function juxtapose(factors: Factor[], factor: Expr): void {
  const last = factors.at(-1)!;
  const isList = factor.kind === 'bracket' && factor.style === '(' && factor.of.kind === 'list';
  if (isList && /^(?:name|sub|sup|prime)$/.test(last.factor.kind)) {
    const args = factor.of.items;
    const span = spanning(last.factor.span, factor.span);
    factors[factors.length - 1] = { ...last, factor: { kind: 'call', fn: last.factor, args, span } };
  } else {
    factors.push({ operator: 'juxtaposed', factor });
  }
}

export function productOf(factors: readonly Factor[]): Expr {
  if (factors.length === 1) return factors[0].factor;
  return { kind: 'product', factors, span: spanning(factors[0].factor.span, factors.at(-1)!.factor.span) };
}

/** In `[1 2; 3 4]` a blank separates. */
function separatesNumbers(c: Cursor): boolean {
  return c.surroundings.inSquare === true && c.is('number') && c.previous.kind === 'number';
}

/** A derivative takes the differential just before the stroke, a quotient the whole product. */
function divide(c: Cursor, factors: Factor[], style: '/' | 'elementwise'): void {
  // d(…) is two factors until the stroke shows that it is a differential
  const above = factors.slice(factors.length > 1 && isMarked(factors.slice(-2)) ? -2 : -1);
  const under = readUnder(c, above);
  const derivative = style === '/' ? over(c, productOf(above), under, 'inline') : undefined;
  if (derivative !== undefined) {
    factors.length -= above.length;
    factors.push({ ...above[0], factor: derivative });
    return;
  }
  const whole = productOf(factors.splice(0));
  const factor: Expr = {
    kind: 'quotient',
    style,
    over: whole,
    under,
    span: spanning(whole.span, under.span),
  };
  factors.push({ operator: 'juxtaposed', factor });
}

/** `d(…)`. */
function isMarked([mark, { operator, factor }]: readonly Factor[]): boolean {
  const isBracket = operator === 'juxtaposed' && factor.kind === 'bracket' && factor.style === '(';
  return isBracket && isLetter(mark.factor, 'd');
}

function isLetter(x: Expr, letter: string): boolean {
  return x.kind === 'name' && x.base === letter && x.accents.length === 0;
}

/** What stands behind a stroke: one factor, or as many differentials as the order of the derivative: `∂²L/∂W∂V`. */
function readUnder(c: Cursor, [{ factor: mark }]: readonly Factor[]): Expr {
  const factors: Factor[] = [{ operator: 'juxtaposed', factor: readSigned(c) }];
  const [{ factor: first }] = factors;
  const order = mark.kind === 'differential' ? mark.order : 1;
  if (isLetter(first, 'd') && c.is('(')) factors.push({ operator: 'juxtaposed', factor: readFactor(c) });
  while (factors.length < order && first.kind === 'differential' && c.is('∂')) {
    factors.push({ operator: 'juxtaposed', factor: readFactor(c) });
  }
  return productOf(factors);
}

/** A factor behind an operator may have a sign: `a * -b`. */
function readSigned(c: Cursor): Expr {
  c.skipLines();
  const start = c.token;
  const { sign } = readSigns(c);
  const factor = readFactor(c);
  return sign === '-' ? { kind: 'neg', of: factor, span: spanning(start, factor.span) } : factor;
}

/** An operand with its scripts. */
export function readFactor(c: Cursor): Expr {
  return readPostfix(c, readOperand(c));
}

/** Items between commas, each a relation or sum, up to a token that is no comma. */
export function readItems(c: Cursor): Expr[] {
  const items: Expr[] = [];
  for (;;) {
    items.push(c.is(':') ? colon(c) : readRelation(c));
    if (!c.accept(',')) return joinIntervals(items);
  }
}

/** `:` alone, as in `x[:, t]`. */
function colon(c: Cursor): Expr {
  const { start, end } = c.next();
  return { kind: 'name', base: ':', accents: [], span: { start, end } };
}

/** `t = 1, 2, …, T` is one condition: t in 1..T. */
export function joinIntervals(items: Expr[]): Expr[] {
  const at = items.findIndex(({ kind }) => kind === 'ellipsis');
  if (at < 1 || at === items.length - 1) return items;
  const to = items[at + 1];
  const hasNext = at >= 2 && items[at - 2].kind === 'relation' && items[at - 1].kind !== 'relation';
  const head = items[hasNext ? at - 2 : at - 1];
  if (head.kind !== 'relation' || to.kind === 'relation') return items;
  const from = head.members.at(-1)!;
  const span = spanning(from.span, to.span);
  const interval: Expr = hasNext
    ? { kind: 'interval', from, next: items[at - 1], to, span }
    : { kind: 'interval', from, to, span };
  const joined: Expr = {
    ...head,
    members: [...head.members.slice(0, -1), interval],
    span: spanning(head.span, span),
  };
  return [...items.slice(0, hasNext ? at - 2 : at - 1), joined, ...items.slice(at + 2)];
}

/** `t = 1, 2, 3`: the numbers behind an index are further values of it. */
export function joinValues(items: readonly Expr[]): readonly Expr[] {
  const all: Expr[] = [];
  for (const item of items) {
    const head = all.at(-1);
    const isOpen = head?.kind === 'relation' && head.members.length === 2 && /^[=∈]$/.test(head.relations[0]);
    if (item.kind !== 'number' || !isOpen) {
      all.push(item);
      continue;
    }
    const [index, of] = head.members;
    const span = spanning(of.span, item.span);
    const values: Expr = { kind: 'list', items: [...(of.kind === 'list' ? of.items : [of]), item], span };
    all[all.length - 1] = { ...head, members: [index, values], span: spanning(head.span, span) };
  }
  return all;
}
