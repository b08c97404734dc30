/** Operands: numbers, names with accents, brackets, fractions, and what a sign begins. */

import { readBig } from './big.ts';
import { readAngles, readBars, readBracket, readMatrix, readSquare } from './brackets.ts';
import { readFunction } from './call.ts';
import { type Cursor, spanning } from './cursor.ts';
import { over, readDifferential, readGradient, readMark, readNabla } from './derivative.ts';
import { readRelation } from './expression.ts';
import type { Token } from './token.ts';
import type { Accent, Expr } from './tree.ts';

/** One operand without the scripts behind it. */
export function readOperand(c: Cursor): Expr {
  const { token } = c;
  switch (token.kind) {
    case 'number':
      return readNumber(c);
    case 'word':
      return readDifferential(c) ?? readGradient(c) ?? readFunction(c) ?? readName(c);
    case 'accent':
      return readAccented(c);
    case 'text':
      c.next();
      return { kind: 'text', text: token.text, span: spanning(token, token) };
    case 'otherwise':
      if (!c.surroundings.inBracket) break;
      c.next();
      return nameOf(token, 'otherwise');
    case '…':
      c.next();
      return { kind: 'ellipsis', span: spanning(token, token) };
    case '(':
    case '\\{':
      return readBracket(c);
    case '{':
      return readGroup(c);
    case '[':
      return readSquare(c);
    case '|':
    case '‖':
      return readBars(c, token.kind);
    case '⟨':
    case '<':
      return readAngles(c);
    case '\\frac':
      return readFraction(c);
    case '\\sqrt':
      return readRoot(c);
    case 'begin':
      return readMatrix(c);
    case 'Σ':
    case 'Π':
      return readBig(c);
    case '∂':
      return readMark(c);
    case '∇':
      return readNabla(c);
    default:
  }
  return c.unexpected(c.at === 0 ? 'a formula' : 'an operand (a name, number or bracket)');
}

function readNumber(c: Cursor): Expr {
  const token = c.next();
  const number: Expr = { kind: 'number', text: token.text, span: spanning(token, token) };
  return token.text === '1' ? (readIndicator(c, token) ?? number) : number;
}

/** `1[i = y]`, `𝟏{i = y}`; undefined, and nothing consumed, if no condition in brackets follows the one. */
function readIndicator(c: Cursor, one: Token): Expr | undefined {
  const isBold = one.kind === 'word';
  if (c.token.space || !(c.is('[') || c.is('\\{') || (isBold && c.is('(')))) return undefined;
  const { at } = c;
  const bracket = c.is('[') ? readSquare(c) : readBracket(c);
  if (bracket.kind === 'indicator') return { ...bracket, span: spanning(one, bracket.span) };
  c.at = at;
  return undefined;
}

export function nameOf(token: Token, base = token.text): Expr & { kind: 'name' } {
  const name = { kind: 'name' as const, base, accents: [], span: spanning(token, token) };
  return token.style === undefined ? name : { ...name, style: token.style };
}

export function readName(c: Cursor): Expr {
  const token = c.next();
  return (token.text === '𝟏' ? readIndicator(c, token) : undefined) ?? nameOf(token);
}

/** `\hat{y}_t`, `\hat y_t`, `\overline{y_t}`: the accent goes to the name. */
function readAccented(c: Cursor): Expr {
  const token = c.next();
  const of = c.nested(() => readArgument(c));
  return withAccent(of, token.text as Accent, spanning(token, c.previous));
}

/** What a command applies to: a group in braces, or the next sign or name. */
export function readArgument(c: Cursor): Expr {
  if (c.is('{')) return readGroup(c);
  if (c.is('word')) return readName(c);
  return readOperand(c);
}

export function withAccent(of: Expr, accent: Accent, span: Expr['span']): Expr {
  switch (of.kind) {
    case 'name':
      return { ...of, accents: [...of.accents, accent], span };
    case 'sub':
    case 'sup':
    case 'prime':
    case 'index':
      return { ...of, of: withAccent(of.of, accent, of.of.span), span };
    default:
      return {
        kind: 'call',
        fn: { kind: 'name', base: accent, accents: [], style: 'roman', span },
        args: [of],
        span,
      };
  }
}

/** `{…}`: braces that only group leave no node; a relation in them is 1 where it holds, as in any bracket. */
export function readGroup(c: Cursor): Expr {
  const { at } = c;
  const open = c.next();
  const content = c.nested(() => readContent(c, open), { inBracket: true, inMatrix: false });
  c.close('}', open, at);
  return asValue(content, spanning(open, c.previous));
}

function asValue(x: Expr, span = x.span): Expr {
  return x.kind === 'relation' ? { kind: 'indicator', condition: x, span } : x;
}

/** What stands in braces; `{a \over b}` is a fraction. */
function readContent(c: Cursor, open: Token): Expr {
  const above = readRelation(c);
  return c.accept('\\over') ? fraction(c, open, asValue(above), asValue(readRelation(c))) : above;
}

function readFraction(c: Cursor): Expr {
  const open = c.next();
  const above = c.nested(() => readArgument(c));
  const under = c.nested(() => readArgument(c));
  return fraction(c, open, above, under);
}

function fraction(c: Cursor, open: Token, above: Expr, under: Expr): Expr {
  const span = spanning(open, c.previous);
  const derivative = over(c, above, under, 'frac');
  if (derivative === undefined) return { kind: 'quotient', style: 'frac', over: above, under, span };
  return { ...derivative, span: { start: span.start, end: Math.max(span.end, derivative.span.end) } };
}

/** `\sqrt{x}`; a root's degree is an index of the function: `\sqrt[3]{x}`. */
function readRoot(c: Cursor): Expr {
  const open = c.next();
  let fn: Expr = { kind: 'name', base: 'sqrt', accents: [], span: spanning(open, open) };
  if (c.is('[')) {
    const degree = readSquare(c);
    fn = {
      kind: 'sub',
      of: fn,
      index: degree.kind === 'bracket' ? degree.of : degree,
      span: spanning(open, degree.span),
    };
  }
  const of = c.nested(() => readArgument(c));
  const arg = of.kind === 'bracket' ? of.of : of;
  return { kind: 'call', fn, args: [arg], span: spanning(open, of.span) };
}
