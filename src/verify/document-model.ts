/** The model that a document declares itself: a fence of equations, or declarations in its text. */

import { isDeclaration } from '../model/equations/declare.ts';
import type { Span } from '../notation/tree.ts';
import { hasRelation } from './document-mask.ts';
import type { Region } from './document-regions.ts';

/** `param W: 4x4`, `input x_t: 3`, `const H_0: 4 = 0.1`: a name, a colon and a shape, and no sentence. */
const DECLARES =
  /^\s*[a-z]+\s+[^\s:,∈]{1,30}\s*(?::|∈|\\in\b)\s*(?:\d|scalar\b|R\s*\^|ℝ|\\mathbb|\(|[A-Za-z](?:\s*[x×*]|\s*[,=]|\s*$|\s+for\b))/;
const SIZE = /^\s*[A-Za-z]\w?\s*=\s*\d+\s*$/;

export interface Candidate extends Span {
  readonly text: string;
  /** It stands between delimiters. */
  readonly isDelimited: boolean;
}

export interface DeclaredModel {
  /** Its equations, at their places. */
  readonly text: string;
  /** What of the document they are. */
  readonly spans: readonly Span[];
}

/**
 * The lines that make up the model, with blanks for all others, so that places are those of the document; undefined if
 * the document declares none. `isMarked` tells those about derivatives; `formulas` are those with delimiters and without.
 */
export function modelText(
  text: string,
  regions: readonly Region[],
  isMarked: (formula: string) => boolean,
  formulas: () => readonly Candidate[],
): DeclaredModel | undefined {
  const fences = regions.filter(({ kind }) => kind === 'model');
  if (fences.length > 0)
    return kept(
      text,
      fences.map(({ start, end }) => ({ start, text: text.slice(start, end) })),
    );
  const declarations = linesOf(text, regions).filter(
    ({ text: line }) => isDeclaration(line) && DECLARES.test(line),
  );
  if (!declarations.some(({ text: line }) => /^\s*(?:param|weight)/.test(line))) return undefined;
  // equations of the network come before the first formula about its derivatives
  const all = formulas();
  const first = all.find((formula) => isMarked(formula.text) && hasRelation(formula.text));
  const equations = all.filter(
    ({ start, end, text: formula, isDelimited }) =>
      start < (first?.start ?? Number.POSITIVE_INFINITY) &&
      hasRelation(formula) &&
      (isDelimited || isWholeLine(text, { start, end })) &&
      !declarations.some((line) => start >= line.start && start < line.start + line.text.length),
  );
  const sizes = linesOf(text, regions).filter(
    ({ text: line, start }) =>
      SIZE.test(line) && !equations.some((equation) => overlaps(equation, start, line.length)),
  );
  const separated = equations.map(({ start, text: formula }) => ({ start, text: withSemicolons(formula) }));
  return kept(text, [...declarations, ...sizes, ...separated]);
}

/** `O_t = V H_t, \qquad E_t = …` are two equations; `y = W x, \quad t = 1..T` is one. */
function withSemicolons(formula: string): string {
  return formula.replace(
    /,?\s*\\q?quad(?![a-z])\s*(?=\S)(?!\\text|[a-z]\s*[=<>\\])(?=[^,;\n]*=)/g,
    (gap) => `;${' '.repeat(gap.length - 1)}`,
  );
}

/** Whether a formula is more than a part of a sentence. */
function isWholeLine(text: string, { start, end }: Span): boolean {
  const before = text.slice(start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1, start);
  const behind = text.slice(end, text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end));
  return !/\p{L}{2}/u.test(before) && /^[\s.,;]*$/.test(behind);
}

const overlaps = (span: Span, start: number, length: number) =>
  span.start < start + length && start < span.end;

interface Piece {
  readonly start: number;
  readonly text: string;
}

/** The pieces at their places, and blanks between them; on one line a semicolon sets them apart. */
function kept(text: string, pieces: readonly Piece[]): DeclaredModel {
  const parts: string[] = [];
  let at = 0;
  for (const { start, text: piece } of [...pieces].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    const gap = text.slice(at, start).replace(/[^\n]/g, ' ');
    parts.push(at === 0 || gap.includes('\n') ? gap : `${gap.slice(1)};`, piece);
    at = start + piece.length;
  }
  const spans = pieces.map(({ start, text: piece }) => ({ start, end: start + piece.length }));
  return { text: parts.join(''), spans };
}

/** The lines of what stands outside formulas and code. */
function linesOf(text: string, regions: readonly Region[]): readonly Piece[] {
  return regions
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ start, end }) => {
      let at = start;
      return text
        .slice(start, end)
        .split('\n')
        .map((line) => {
          const piece = { start: at, text: line };
          at += line.length + 1;
          return piece;
        });
    });
}
