/** Functions and what they are applied to, with brackets and without. */

import { readBracketItems, withAxis } from './brackets.ts';
import { type Cursor, spanning } from './cursor.ts';
import { readFactor } from './expression.ts';
import { readGroup, readName } from './operand.ts';
import { readPostfix } from './script.ts';
import { CALLED, FUNCTIONS } from './symbols.ts';
import type { Token } from './token.ts';
import type { Expr, Factor } from './tree.ts';

/** A function applied to something; undefined, and nothing consumed, if a name stands here that is none. */
export function readFunction(c: Cursor): Expr | undefined {
  const { token, at } = c;
  const isKnown = isFunction(c, token);
  const isCalled = isKnown || CALLED.has(token.text) || (token.style === 'roman' && token.text.length > 1);
  if (!isCalled && c.options.functions?.has(token.text) !== true && !isPrimed(c)) return undefined;
  if (c.following.kind === '(' || scriptFollows(c)) {
    const fn = readPostfix(c, readName(c), 'function');
    if (c.is('(') || (isKnown && (c.is('[') || c.is('\\{')))) {
      const items = readBracketItems(c);
      const args = ARRAYS.test(c.text.slice(Math.max(0, token.start - 8), token.start))
        ? withAxis(token.text, items)
        : items;
      return { kind: 'call', fn, args, span: spanning(token, c.previous) };
    }
    if (isKnown && c.startsOperand && c.token.kind !== '…') return applied(c, token, fn);
    c.at = at;
    return undefined;
  }
  if (!isKnown) return undefined;
  const fn = readName(c);
  if (c.is('[') || c.is('\\{')) {
    const args = readBracketItems(c);
    return { kind: 'call', fn, args, span: spanning(token, c.previous) };
  }
  if (c.startsOperand && c.token.kind !== '…') return applied(c, token, fn);
  c.at = at;
  return undefined;
}

/** `f'(a)`: of these letters the prime is a derivative, not a transpose. */
function isPrimed(c: Cursor): boolean {
  const letter = /^[fgφψθ]$/.test(c.token.text);
  return letter && c.following.kind === "'" && c.tokens[c.at + 2].kind === '(';
}

/** The modules of which functions count axes from 0. */
const ARRAYS = /(?<![\w.])(?:np|numpy|jnp|torch|tf)\.$/;

/** Whether the token is a function that needs no brackets. */
export function isFunction(c: Cursor, token: Token): boolean {
  return token.kind === 'word' && FUNCTIONS.has(token.text) && c.options.names?.has(token.text) !== true;
}

function scriptFollows(c: Cursor): boolean {
  const { kind } = c.following;
  return kind === '_' || kind === '^' || kind === "'";
}

/** `tanh a_t`, `log 2 p`, `\exp{x}`: takes the names that follow, up to a bracket, operator or function. */
function applied(c: Cursor, start: Token, fn: Expr): Expr {
  if (c.is('{')) {
    const group = readGroup(c);
    const arg = group.kind === 'bracket' ? group.of : group;
    return { kind: 'call', fn, args: [arg], span: spanning(start, c.previous) };
  }
  const factors: Factor[] = [];
  c.nested(() => {
    do {
      const isName = beginsName(c, c.token);
      factors.push({ operator: 'juxtaposed', factor: readFactor(c) });
      if (!isName) break;
    } while (beginsName(c, c.token));
  });
  const [{ factor: first }] = factors;
  const last = factors.at(-1)!.factor;
  const span = spanning(first.span, last.span);
  if (factors.length > 1) c.doubtful.push(span);
  const arg: Expr = factors.length === 1 ? first : { kind: 'product', factors, span };
  return { kind: 'call', fn, args: [arg], bare: true, span: spanning(start, last.span) };
}

function beginsName(c: Cursor, token: Token): boolean {
  if (token.kind === 'accent' || token.kind === 'number') return true;
  return token.kind === 'word' && !isFunction(c, token);
}
