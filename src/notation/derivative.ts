/** Derivatives and differentials: ∂A/∂B is one node however it is typed, and never a quotient. */

import { readBracketItems } from './brackets.ts';
import { isFunction } from './call.ts';
import { type Cursor, spanning } from './cursor.ts';
import { juxtapose, productOf, readFactor, readProduct } from './expression.ts';
import { nameOf, readOperand } from './operand.ts';
import { readIndex, readPostfix } from './script.ts';
import { LETTERS, QUALIFIERS } from './symbols.ts';
import type { Token } from './token.ts';
import {
  type DerivativeMark,
  type DifferentialMark,
  type Expr,
  type Factor,
  isTransposeMark,
  type Span,
} from './tree.ts';

/** What a `d` or `∂` marks: `∂²E` has order 2. Without `of` it is an operator: `\frac{d}{dW}`. */
interface Marked {
  readonly mark: DifferentialMark;
  readonly order: number;
  readonly of?: Expr;
}

/** `∂E`, `∂⁺H`, `∂²E`, `∂_W E`. */
export function readMark(c: Cursor): Expr {
  const sign = c.next();
  const { mark, order } = readMarkScript(c, 'partial');
  if (c.is('_')) return readSubscripted(c, sign, mark);
  if (!c.startsOperand) return operatorName(sign, '∂', mark === 'partial+' ? '+' : order);
  const of = readMarkedOperand(c);
  return { kind: 'differential', mark, order, of, span: spanning(sign, of.span) };
}

/** `∇_W E`, `∇E`, `∇²_w E`. */
export function readNabla(c: Cursor): Expr {
  const sign = c.next();
  const order = readOrder(c);
  if (c.is('_')) return readSubscripted(c, sign, 'nabla', order);
  if (!c.startsOperand) return order === undefined ? nameOf(sign, '∇') : operatorName(sign, '∇', order);
  const of = readMarkedOperand(c);
  return { kind: 'differential', mark: 'nabla', order: order ?? 1, of, span: spanning(sign, of.span) };
}

/** `^2` or `^{2}`; undefined, and nothing consumed, if no such order follows. */
function readOrder(c: Cursor): number | undefined {
  const { at } = c;
  if (!c.accept('^')) return undefined;
  const braced = c.accept('{');
  const order = c.is('number') && /^[1-9]$/.test(c.token.text) ? Number(c.next().text) : undefined;
  if (order === undefined || (braced && !c.accept('}'))) {
    c.at = at;
    return undefined;
  }
  return order;
}

/**
 * `grad(E, W)`, `grad_W E`, `D_W E`; undefined, and nothing consumed, if none begins here. D_t may be a diagonal matrix:
 * of D the subscript must be a name in use.
 */
export function readGradient(c: Cursor): Expr | undefined {
  const { token, at } = c;
  const { names } = c.options;
  if (!/^(?:grad|D)$/.test(token.text) || names?.has(token.text)) return undefined;
  c.next();
  if (token.text === 'grad' && c.is('(')) {
    const items = readBracketItems(c);
    const span = spanning(token, c.previous);
    const [of, by] = items;
    if (items.length === 2) return { kind: 'derivative', mark: 'nabla', of, by, order: 1, span };
  } else if (c.accept('_')) {
    const { index: by } = readIndex(c);
    const isBy =
      token.text === 'grad' || (by.kind === 'name' && /^[A-Z]/.test(by.base) && names?.has(by.base));
    if (isBy && c.startsOperand) {
      const of = readMarkedOperand(c);
      return { kind: 'derivative', mark: 'nabla', of, by, order: 1, span: spanning(token, of.span) };
    }
  }
  c.at = at;
  return undefined;
}

/** The derivative by a subscript. Without an operand it is a name: `∇_W = …`. */
function readSubscripted(c: Cursor, sign: Token, mark: DerivativeMark, above?: number): Expr {
  c.next();
  const { index: by } = readIndex(c);
  const order = above ?? (mark === 'nabla' ? readOrder(c) : undefined) ?? 1;
  if (!c.startsOperand) {
    return { kind: 'sub', of: nameOf(sign, sign.kind), index: by, span: spanning(sign, c.previous) };
  }
  const of = readMarkedOperand(c);
  return { kind: 'derivative', mark, of, by, order, span: spanning(sign, of.span) };
}

/** `^+` and `^2` behind the mark. */
function readMarkScript(
  c: Cursor,
  mark: DerivativeMark,
): { readonly mark: DerivativeMark; readonly order: number } {
  if (!c.accept('^')) return { mark, order: 1 };
  const { at, token } = c;
  const braced = c.accept('{');
  if (c.accept('+')) {
    if (braced) c.close('}', token, at);
    return { mark: 'partial+', order: 1 };
  }
  if (!c.is('number') || !/^[1-9]$/.test(c.token.text)) c.unexpected('+ or an order from 1 to 9');
  const order = Number(c.next().text);
  if (braced) c.close('}', token, at);
  return { mark, order };
}

/** What a mark applies to: one operand with the scripts that belong to its name. */
function readMarkedOperand(c: Cursor): Expr {
  return c.nested(() => readPostfix(c, readOperand(c), 'differential'));
}

/** A mark without operand, with its order or plus as a superscript: the `\partial^2` of `\frac{\partial^2}{\partial W^2}`. */
function operatorName(sign: Token, base: string, script: number | '+'): Expr {
  const name = nameOf(sign, base);
  const { span } = name;
  if (script === 1) return name;
  const exponent: Expr = script === '+' ? nameOf(sign, '+') : { kind: 'number', text: String(script), span };
  return { kind: 'sup', of: name, exponent, span };
}

/** `dW`, `d W`, `\mathrm{d}W`, `d²E`; undefined, and nothing consumed, if no differential begins here. */
export function readDifferential(c: Cursor): Expr | undefined {
  const { token, at } = c;
  if (token.text === 'd') {
    c.next();
    const { kind } = c.token;
    const power = c.tokens[c.at + 1];
    const hasOrder = kind === '^' && /^(?:[+{]|number)$/.test(power.kind) && isOrder(c);
    const { mark, order } = hasOrder ? readMarkScript(c, 'd') : ({ mark: 'd', order: 1 } as const);
    const applies = token.style === 'roman' ? c.startsOperand : startsName(c);
    if (!applies) {
      if (hasOrder && c.is('}')) return operatorName(token, 'd', order);
      c.at = at;
      return undefined;
    }
    const of = readMarkedOperand(c);
    if (token.style !== 'roman' && !isNamed(of)) {
      c.at = at;
      return undefined;
    }
    const node = { kind: 'differential' as const, mark, order, of, span: spanning(token, of.span) };
    return token.style === 'roman' || mark === 'partial+' ? node : { ...node, word: 'd' };
  }
  const { text } = token;
  if (text === 'δ' || text === 'Δ') return readDelta(c);
  if (!/^d[A-Za-z]+$/.test(text) || isFunction(c, token) || token.style !== undefined) return undefined;
  if (c.options.names?.has(text) || c.options.functions?.has(text) || QUALIFIERS.has(text.slice(1)))
    return undefined;
  c.next();
  const rest: Token = { ...token, start: token.start + 1 };
  const name = nameOf(rest, LETTERS.get(text.slice(1)) ?? text.slice(1));
  const of = readPostfix(c, name, 'differential');
  return { kind: 'differential', mark: 'd', order: 1, of, word: text, span: spanning(token, of.span) };
}

/** `δ gates_t`: a δ without index directly before a name. */
function readDelta(c: Cursor): Expr | undefined {
  const { token, at } = c;
  if (c.options.names?.has(token.text)) return undefined;
  c.next();
  if (!startsName(c)) {
    c.at = at;
    return undefined;
  }
  const of = readMarkedOperand(c);
  if (!isNamed(of)) {
    c.at = at;
    return undefined;
  }
  const mark = token.text === 'δ' ? 'delta' : 'Delta';
  return { kind: 'differential', mark, order: 1, of, word: token.text, span: spanning(token, of.span) };
}

/** Whether `^` is followed by + or one digit. */
function isOrder(c: Cursor): boolean {
  const [, first, second, third] = c.tokens.slice(c.at, c.at + 4);
  const value = first.kind === '{' ? second : first;
  if (first.kind === '{' && third?.kind !== '}') return false;
  return value.kind === '+' || (value.kind === 'number' && /^[1-9]$/.test(value.text));
}

function startsName(c: Cursor): boolean {
  const { token } = c;
  return token.kind === 'accent' || token.kind === '{' || (token.kind === 'word' && !isFunction(c, token));
}

/** Whether it is a name with indices or a differential: `d{a + b}` is a product. */
function isNamed(x: Expr): boolean {
  let inner = x;
  while (inner.kind === 'sub' || inner.kind === 'sup' || inner.kind === 'index') inner = inner.of;
  return inner.kind === 'name' || (inner.kind === 'differential' && inner.word !== undefined);
}

/** The derivative that a fraction or stroke of two marked operands is; undefined for any other quotient. */
export function over(c: Cursor, above: Expr, under: Expr, style: 'frac' | 'inline'): Expr | undefined {
  if (style === 'inline') {
    // dE/dWᵀ is (dE/dW)ᵀ on a line
    const isTransposed = under.kind === 'prime' || (under.kind === 'sup' && isTransposeMark(under.exponent));
    if (isTransposed || under.kind === 'at') {
      const inner = over(c, above, under.of, style);
      return inner === undefined
        ? undefined
        : { ...under, of: inner, span: spanning(above.span, under.span) };
    }
  }
  const numerator = marked(above);
  if (numerator === undefined) return undefined;
  // ∂²E/∂W² is a second derivative, ∂C/∂w³ a first one by the weights of layer 3
  const below = [true, false]
    .map((hasPowers) => denominators(under, hasPowers))
    .find((all) => all?.reduce((sum, { power }) => sum + power, 0) === numerator.order);
  if (below === undefined) return undefined;
  const span = spanning(above.span, under.span);
  const isImmediate = numerator.mark === 'partial+' || below.some(({ mark }) => mark === 'partial+');
  const mark = isImmediate ? 'partial+' : markOf(numerator, below);
  if (mark === undefined) return undefined;
  const of = numerator.of ?? readOperatorOperand(c);
  if (of === undefined) return undefined;
  const whole: Span = numerator.of === undefined ? spanning(span, of.span) : span;
  return below.reduceRight<Expr>(
    (x, { by, power }) => ({ kind: 'derivative', mark, of: x, by, order: power, span: whole }),
    of,
  );
}

/** δE/δW stands for ∂E/∂W; δE/n and ΔE/ΔW are quotients. */
function markOf(numerator: Marked, below: readonly Denominator[]): DerivativeMark | undefined {
  const deltas = [numerator, ...below].filter(({ mark }) => mark === 'delta').length;
  if (deltas === below.length + 1) return 'partial';
  return deltas > 0 || numerator.mark === 'delta' || numerator.mark === 'Delta' ? undefined : numerator.mark;
}

/** The operand of `\frac{d}{dW}`: a bracket, or the rest of the product. */
function readOperatorOperand(c: Cursor): Expr | undefined {
  if (!c.startsOperand) return undefined;
  const isBracket = /^(?:[([]|\\\{)$/.test(c.token.kind);
  return c.nested(() => (isBracket ? readFactor(c) : readProduct(c)));
}

/** The mark at the head of an operand: of `∂E`, `∂E²`, `∂W x`, and of a bare `∂` or `d`. */
function marked(x: Expr): Marked | undefined {
  switch (x.kind) {
    case 'differential':
      return x.mark === 'nabla' ? undefined : x;
    case 'name':
      return bareMark(x, 1);
    case 'sub':
    case 'sup':
    case 'prime':
    case 'index': {
      const isPower = x.kind === 'sup' && x.exponent.kind === 'number' && x.of.kind === 'name';
      if (isPower && /^[1-9]$/.test(x.exponent.text)) return bareMark(x.of, Number(x.exponent.text));
      const isPlus = x.kind === 'sup' && x.exponent.kind === 'name' && x.exponent.base === '+';
      if (isPlus && x.of.kind === 'name' && x.of.base === '∂') return { mark: 'partial+', order: 1 };
      const inner = marked(x.of);
      return inner?.of === undefined ? undefined : { ...inner, of: { ...x, of: inner.of } };
    }
    case 'product': {
      const [first, ...rest] = x.factors;
      const head = marked(first.factor);
      const isOne = rest.every(
        ({ factor, operator }) => operator === 'juxtaposed' && factor.kind !== 'differential',
      );
      if (head === undefined || !isOne) return undefined;
      if (head.of !== undefined) {
        const factors: Factor[] = [{ ...first, factor: head.of }];
        for (const { factor } of rest) juxtapose(factors, factor);
        return { ...head, of: productOf(factors) };
      }
      // d(a + b), dσ(z)
      const [{ factor: only }] = rest;
      if (rest.length === 1 && (only.kind === 'bracket' || only.kind === 'call'))
        return { ...head, of: only };
      return undefined;
    }
    default:
      return undefined;
  }
}

function bareMark(x: Expr & { kind: 'name' }, order: number): Marked | undefined {
  if (x.accents.length > 0) return undefined;
  if (x.base === 'd') return { mark: 'd', order };
  return x.base === '∂' ? { mark: 'partial', order } : undefined;
}

interface Denominator {
  readonly mark: DifferentialMark;
  readonly by: Expr;
  readonly power: number;
}

/** `∂W`, `∂W²`, `∂U ∂W`. */
function denominators(x: Expr, hasPowers: boolean): readonly Denominator[] | undefined {
  if (x.kind === 'product' && x.factors.length > 1) {
    const parts = x.factors.map(({ factor, operator }) =>
      operator === 'juxtaposed' ? denominator(factor, hasPowers) : undefined,
    );
    if (parts.every((part) => part !== undefined)) return parts;
  }
  const single = denominator(x, hasPowers);
  return single === undefined ? undefined : [single];
}

function denominator(x: Expr, hasPowers: boolean): Denominator | undefined {
  const isPower = hasPowers && x.kind === 'sup' && x.exponent.kind === 'number' && x.bracket === undefined;
  if (isPower && x.of.kind === 'differential') {
    const power = Number(x.exponent.text);
    if (power >= 2 && power <= 9 && Number.isInteger(power)) return { mark: x.of.mark, by: x.of.of, power };
  }
  const head = marked(x);
  return head?.of === undefined ? undefined : { mark: head.mark, by: head.of, power: 1 };
}
