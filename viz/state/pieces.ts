/** A statement in LaTeX, cut at the signs of its sums: a long formula is typeset piece by piece, and only what changes anew. */

import { printStatement } from '../../src/notation/print.ts';
import { children, type Expr, type Span, type Statement } from '../../src/notation/tree.ts';

export interface Piece {
  /** Its parts are marked `\\htmlData{part=0}{…}`: the summands, whether or not they are judged, and what is judged in them. */
  readonly latex: string;
  /** By part, the number of the place that it is; −1 for none. */
  readonly places: readonly number[];
}

/** Stand about what is between two signs; no text has them. */
const [START, END] = ['\ue000', '\ue001'];

/** The pieces of a statement, one behind the other; `spans` are the places of its terms. */
export function piecesOf(statement: Statement, spans: readonly Span[]): Piece[] {
  const numbers = nodesOf(statement, spans);
  const cuts = new Set(
    statement.members.flatMap((member) =>
      member.kind === 'sum' ? member.terms.map(({ term }) => term) : [member],
    ),
  );
  const latex = printStatement(statement, 'latex', (text, x) => {
    const isCut = cuts.has(x);
    const number = numbers.get(x) ?? (isCut ? -1 : undefined);
    const marked = number === undefined ? text : `\\htmlData{part=${number}}{${text}}`;
    return isCut ? `${START}${marked}${END}` : marked;
  });
  return split(latex).map(numbered);
}

/** `a = b + c` → `a`, `= b`, `+ c`. What is cut within a bracket stays in one piece. */
function split(latex: string): string[] {
  const parts = latex.split(END);
  const pieces = parts.map((part) => part.split(START));
  const between = pieces.map(([before]) => before);
  const isWhole = pieces.every(({ length }, i) => length === (i < parts.length - 1 ? 2 : 1));
  if (!isWhole || between.some((text) => /[{}]|\\(?:left|right|begin|end)(?![a-z])/.test(text)))
    return [latex.replaceAll(START, '').replaceAll(END, '')];
  return pieces
    .map(([before, own = '']) => (before === '' ? own : `{}${before}{}${own}`))
    .filter((piece) => piece !== '');
}

function numbered(latex: string): Piece {
  const places: number[] = [];
  const local = latex.replace(
    /\\htmlData\{part=(-?\d+)\}/g,
    (_, place) => `\\htmlData{part=${places.push(Number(place)) - 1}}`,
  );
  return { latex: local, places };
}

/** By part of the tree: the number of the place that it is. A term is the largest part within its span. */
function nodesOf(statement: Statement, spans: readonly Span[]): Map<Expr, number> {
  const found = new Map<Expr, number>();
  const pending: Expr[] = [...statement.members].reverse();
  const taken = new Set<number>();
  while (pending.length > 0) {
    const x = pending.pop()!;
    const number = spans.findIndex(
      ({ start, end }, i) => !taken.has(i) && start <= x.span.start && x.span.end <= end,
    );
    if (number >= 0) {
      found.set(x, number);
      taken.add(number);
    } else pending.push(...[...children(x)].reverse());
  }
  return found;
}
