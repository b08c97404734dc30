/** Brackets of all kinds: grouping, lists, matrices, norms, absolute values, inner products, indicators. */

import { CLOSING, type Cursor, spanning } from './cursor.ts';
import { joinIntervals, readItems, readRelation, readSum } from './expression.ts';
import type { Token } from './token.ts';
import type { Expr } from './tree.ts';

const BRACKET = { inBracket: true, inMatrix: false } as const;

/** One item stands for itself, several are a list. */
export function listOf(items: readonly Expr[]): Expr {
  if (items.length === 1) return items[0];
  return { kind: 'list', items, span: spanning(items[0].span, items.at(-1)!.span) };
}

/** The items of `(…)` and the like; `;` and a bar separate as commas do: `f(x; θ)`, `p(y | x)`. */
export function readBracketItems(c: Cursor): readonly Expr[] {
  const { at } = c;
  const open = c.next();
  const close = CLOSING[open.kind];
  return c.nested(() => {
    if (c.accept(close)) return [];
    const bar = separatesByBar(c) ? ({ bar: '|' } as const) : {};
    const items = c.nested(() => readItems(c), { ...BRACKET, ...bar });
    while (c.accept(';') || c.accept('|')) items.push(...readItems(c));
    c.close(close, open, at);
    return items;
  }, BRACKET);
}

/** Whether an odd number of bars stands in the bracket that was just opened (looking at most 60 tokens ahead). */
function separatesByBar(c: Cursor): boolean {
  let depth = 0;
  let bars = 0;
  for (let at = c.at; at < Math.min(c.at + 60, c.tokens.length); at++) {
    const { kind } = c.tokens[at];
    if (/^(?:[([{]|\\\{)$/.test(kind)) depth++;
    if (/^(?:[)\]}]|\\\})$/.test(kind) && --depth < 0) return bars % 2 === 1;
    if (kind === '|' && depth === 0 && c.tokens[at + 1].kind !== '_') bars++;
  }
  return false;
}

/** `(…)` or `\{…\}`: a relation in brackets is 1 where it holds. */
export function readBracket(c: Cursor): Expr {
  const open = c.token;
  const items = readBracketItems(c);
  const span = spanning(open, c.previous);
  if (items.length === 0)
    c.fail(`the brackets ${open.text} ${c.previous.text} are empty; expected a formula in them`, open);
  const of = listOf(items);
  if (of.kind === 'relation') return { kind: 'indicator', condition: of, span };
  return { kind: 'bracket', style: open.kind === '(' ? '(' : '{', of, span };
}

/** `[…]`: a bracket, `[a, b; c, d]` and `[[a, b], [c, d]]` a matrix, `[i = y]` an indicator. */
export function readSquare(c: Cursor): Expr {
  const { at } = c;
  const open = c.next();
  const rows = c.nested(() => readRows(c), { ...BRACKET, inSquare: true });
  c.close(']', open, at);
  const span = spanning(open, c.previous);
  if (rows.length === 1 && rows[0].length === 1) {
    const [of] = rows[0];
    if (of.kind === 'relation') return { kind: 'indicator', condition: of, span };
    if (rowOf(of) === undefined) return { kind: 'bracket', style: '[', of, span };
  }
  if (rows.length === 1) {
    const inner = rows[0].map(rowOf);
    if (inner.every((row) => row !== undefined)) return { kind: 'matrix', rows: inner, style: '[', span };
  }
  return { kind: 'matrix', rows, style: '[', span };
}

function readRows(c: Cursor): Expr[][] {
  const rows: Expr[][] = [];
  for (;;) {
    const row = readItems(c);
    while (c.is('number')) row.push(...readItems(c));
    rows.push(row);
    if (!c.accept(';') && !c.accept('row')) return rows;
  }
}

/** The entries of `[a, b]` within another bracket. */
function rowOf(x: Expr): readonly Expr[] | undefined {
  if (x.kind === 'bracket' && x.style === '[') return [x.of];
  return x.kind === 'matrix' && x.style === '[' && x.rows.length === 1 ? x.rows[0] : undefined;
}

/** `|x|`, `‖x‖`. */
export function readBars(c: Cursor, kind: '|' | '‖'): Expr {
  const { at } = c;
  const open = c.next();
  const of = c.nested(() => readSum(c), { ...BRACKET, bar: kind });
  c.close(kind, open, at);
  return { kind: kind === '|' ? 'abs' : 'norm', of, span: spanning(open, c.previous) };
}

/** `⟨a, b⟩`, `<a, b>`. */
export function readAngles(c: Cursor): Expr {
  const { at } = c;
  const open = c.next();
  const items = c.nested(
    () => {
      const sums = [readSum(c)];
      while (c.accept(',') || c.accept('|')) sums.push(readSum(c));
      return sums;
    },
    { ...BRACKET, bar: '|' },
  );
  c.close(open.kind === '⟨' ? '⟩' : '>', open, at);
  return { kind: 'inner', items, span: spanning(open, c.previous) };
}

/** `\begin{bmatrix} a & b \\ c & d \end{bmatrix}`. */
export function readMatrix(c: Cursor): Expr {
  const { at } = c;
  const open = c.next();
  const rows = c.nested(() => readMatrixRows(c, open, at), { inBracket: true, inMatrix: true });
  return { kind: 'matrix', rows, style: open.text, span: spanning(open, c.previous) };
}

function readMatrixRows(c: Cursor, open: Token, openAt: number): Expr[][] {
  const rows: Expr[][] = [];
  let row: Expr[] = [];
  for (;;) {
    row.push(readCell(c));
    if (c.accept('&')) continue;
    rows.push(row);
    row = [];
    const more = c.accept('row');
    if (!more || c.is('end')) break;
  }
  c.close('end', open, openAt);
  return rows;
}

/** A cell may be empty, or hold a condition of a case distinction: `if y = 1`, `otherwise`. */
function readCell(c: Cursor): Expr {
  const items: Expr[] = [];
  for (;;) {
    while (c.is('qualifier') || c.is(',') || c.is(';')) c.next();
    if (c.is('&') || c.is('row') || c.is('end')) break;
    items.push(readRelation(c));
    if (!c.is(',') && !c.is(';') && !c.is('qualifier') && !c.is('otherwise')) break;
  }
  if (items.length > 0) return listOf(joinIntervals(items));
  return { kind: 'text', text: '', span: spanning(c.token, { start: c.token.start, end: c.token.start }) };
}

const ALONG: ReadonlySet<string> = new Set(['sum', 'mean']);

/** `np.sum(A, 1)`, `A.sum(1)`: arrays count their axes from 0, as `axis=1` says; `sum(A, 1)` of MATLAB from 1. */
export function withAxis(fn: string, args: readonly Expr[]): readonly Expr[] {
  const [of, second, ...rest] = args;
  const number = second?.kind === 'neg' ? second.of : second;
  if (!ALONG.has(fn) || number?.kind !== 'number') return args;
  const { span } = second;
  const axis: Expr = { kind: 'name', base: 'axis', accents: [], span };
  return [of, { kind: 'relation', members: [axis, second], relations: ['='], span }, ...rest];
}
