/** What stands behind a formula: `, t < T`, `for t = 1..T`, `where …`, and other cases, `a if c, b otherwise`. */

import { type Cursor, spanning } from './cursor.ts';
import { joinIntervals, joinValues, readRelation, readSum } from './expression.ts';
import { isSeparator } from './token.ts';
import type { Expr } from './tree.ts';

interface Behind {
  /** The formula, with all its cases if it has several. */
  readonly value: Expr;
  /** Relations, and what was not understood: anything else. */
  readonly conditions: readonly Expr[];
}

/** One thing behind the formula, and the word that leads to it. */
interface Piece {
  /** `if`, `for`, `otherwise`, …, a comma, or 'text' of words that are not known. */
  readonly lead: string;
  readonly x: Expr;
  /** `b otherwise`. */
  readonly isRest?: true;
}

/** Most things behind a formula. */
const MAX_PIECES = 300;

/** Relations between commas and words. */
export function readBehind(c: Cursor, value: Expr): Behind {
  const pieces = listed(joined(readPieces(c)));
  return inCases(value, pieces) ?? { value, conditions: pieces.map(({ x }) => x) };
}

function readPieces(c: Cursor): readonly Piece[] {
  const pieces: Piece[] = [];
  for (;;) {
    if (!leads(c) && !(pieces.length > 0 && c.is(':'))) return pieces;
    let lead = ',';
    for (; leads(c) || c.is(':') || isFillWord(c); c.next()) {
      const { token } = c;
      const words: Expr = { kind: 'text', text: token.text, span: spanning(token, token) };
      const last = pieces.at(-1);
      if (token.kind === 'qualifier') lead = token.text;
      else if (token.kind === 'text' && !isPlain(token.text)) pieces.push({ lead: 'text', x: words });
      else if (token.kind === 'otherwise') {
        if (last === undefined) pieces.push({ lead: 'text', x: words });
        else if (last.x.kind === 'relation' || !isListing(last.lead)) lead = 'otherwise';
        else pieces[pieces.length - 1] = { ...last, isRest: true };
      }
    }
    if (isSeparator(c.token.kind) || c.is('end of text')) return pieces;
    if (pieces.length >= MAX_PIECES) c.fail(`more than ${MAX_PIECES} conditions; write several formulas`);
    const x = c.is('…') ? readSum(c) : readRelation(c, true);
    for (const item of inBrackets(x)) pieces.push({ lead, x: item });
  }
}

/** What `(t = 1, 2)` and `(y = 1, γ = 0)` say. */
function inBrackets(x: Expr): readonly Expr[] {
  if (x.kind === 'indicator') return [x.condition];
  const items = x.kind === 'bracket' && x.of.kind === 'list' ? x.of.items : [];
  return items[0]?.kind === 'relation' ? joinValues(items) : [x];
}

const leads = (c: Cursor): boolean => c.is(',') || c.is('qualifier') || c.is('text') || c.is('otherwise');
const isListing = (lead: string): boolean => lead === ',' || lead === 'and';

/** `for all t`, `for each time step t`. */
function isFillWord(c: Cursor): boolean {
  return c.is('word') && FILL.test(c.token.text) && /^(?:qualifier|word)$/.test(c.previous.kind);
}

const FILL =
  /^(?:all|each|every|any|the|time|times|timesteps?|steps?|layers?|index|indices|classes|samples?|examples?|elements?|units?|neurons?)$/;

/** Words that leave a formula what it is. Any others may restrict or deny it. */
function isPlain(text: string): boolean {
  return text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .every((word) => word === '' || PLAIN.has(word));
}

const PLAIN: ReadonlySet<string> = new Set(
  (
    'if for where when with and all each every any so thus hence then therefore since because as also here we have get ' +
    'obtain find which gives yields that is are the this it follows from by of chain rule i e because using in layout ' +
    'time step steps numerator denominator definition given let recall using both which be'
  ).split(' '),
);

/** `t = 1, 2, …, T` as one piece. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  let items: readonly Expr[] = pieces.map(({ x }) => x);
  for (let count = 0; count !== items.length; ) {
    count = items.length;
    items = joinIntervals([...items]);
  }
  return items.map((x) => ({ ...pieces.find((piece) => piece.x.span.start === x.span.start)!, x }));
}

/** `t = 3, 2, 1` and `t = 3 and 2` as one piece. */
function listed(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const [i, piece] of pieces.entries()) {
    const head = all.at(-1);
    const isItem =
      isListing(piece.lead) && piece.isRest !== true && !isValue(pieces, i) && isIndexing(piece.x);
    const joint = isItem && head?.x.kind === 'relation' ? withItem(head.x, piece.x) : undefined;
    if (joint === undefined) all.push(piece);
    else all[all.length - 1] = { ...head!, x: joint };
  }
  return all;
}

function withItem(head: Expr & { kind: 'relation' }, item: Expr): Expr | undefined {
  const [index, of] = head.members;
  const isChoice = head.members.length === 2 && /^(?:=|∈)$/.test(head.relations[0]) && index.kind === 'name';
  const items = of.kind === 'list' ? of.items : [of];
  if (!isChoice || !items.every(isIndexing)) return undefined;
  const span = spanning(of.span, item.span);
  const list: Expr = { kind: 'list', items: [...items, item], span };
  return { ...head, members: [index, list], span: spanning(head.span, span) };
}

/** T − 1: numbers and names. */
function isIndexing(x: Expr): boolean {
  switch (x.kind) {
    case 'number':
    case 'name':
      return true;
    case 'neg':
    case 'bracket':
      return isIndexing(x.of);
    case 'sum':
      return x.terms.every(({ term }) => isIndexing(term));
    default:
      return false;
  }
}

/** Whether a piece is the value of a case: `b otherwise`, `b if …`. */
function isValue(pieces: readonly Piece[], i: number): boolean {
  const { lead, x, isRest } = pieces[i];
  const next = pieces[i + 1];
  if (x.kind === 'relation' || x.kind === 'text' || !isListing(lead)) return false;
  return isRest === true || (next?.x.kind === 'relation' && /^(?:if|when|for|forall)$/.test(next.lead));
}

interface Row {
  readonly value: Expr;
  readonly conditions: Expr[];
}

/** `a if c, b otherwise`, `a if c, b if d`, `a if c else b`. Undefined: there is one case alone. */
function inCases(first: Expr, pieces: readonly Piece[]): Behind | undefined {
  const rows: Row[] = [{ value: first, conditions: [] }];
  const conditions: Expr[] = [];
  let rest: Row | undefined;
  for (const [i, { lead, x, isRest }] of pieces.entries()) {
    const row = rows.at(-1)!;
    const isNext = rest === undefined && row.conditions.some(({ kind }) => kind === 'relation');
    if (lead === 'otherwise' || (isNext && isValue(pieces, i))) {
      rows.push({ value: x, conditions: [] });
      if (lead === 'otherwise' || isRest) rest = rows.at(-1);
    } else if (rest === row && lead === 'if') {
      row.conditions.push(x); // a if c else b if d
      rest = undefined;
    } else if (rest !== undefined || lead === 'where' || lead === 'with' || lead === 'text' || isRange(x))
      conditions.push(x);
    else row.conditions.push(x);
  }
  if (rows.length === 1 || rows.some((row) => row !== rest && row.conditions.length === 0)) return undefined;
  const cells = rows.map((row) => {
    const { end } = row.value.span;
    const otherwise: Expr = { kind: 'name', base: 'otherwise', accents: [], span: { start: end, end } };
    return [row.value, ...(row === rest ? [otherwise] : row.conditions)];
  });
  const span = spanning(first.span, cells.at(-1)!.at(-1)!.span);
  return { value: { kind: 'matrix', rows: cells, style: 'cases', span }, conditions };
}

const isRange = (x: Expr): boolean => x.kind === 'relation' && x.members.at(-1)!.kind === 'interval';
