/** The model that a document declares itself: a fence of equations, or declarations in its text. */

import { isDeclaration } from '../model/equations/declare.ts';
import type { Span } from '../notation/tree.ts';
import { isMarked } from './document-lines.ts';
import { hasRelation } from './document-mask.ts';
import type { Region } from './document-regions.ts';

/** `param W: 4x4`, `input x_t: 3`, `const H_0: 4 = 0.1`: a name, a colon and a shape, and no sentence. */
const DECLARES =
  /^\s*[a-z]+\s+[^\s:,∈]{1,30}\s*(?::|∈|\\in\b)\s*(?:\d|scalar\b|R\s*\^|ℝ|\\mathbb|\(|[A-Za-z](?:\s*[x×*]|\s*[,=]|\s*$|\s+for\b))/;
const SIZE = /^\s*[A-Za-z]\w?\s*=\s*\d+\s*$/;

/**
 * The lines that make up the model, with blanks for all others, so that places are those of the document; undefined if
 * the document declares none. `formulas` are those with delimiters and without.
 */
export function modelText(
  text: string,
  regions: readonly Region[],
  formulas: () => readonly (Span & { readonly text: string })[],
): string | undefined {
  const fences = regions.filter(({ kind }) => kind === 'model');
  if (fences.length > 0)
    return kept(fences.map(({ start, end }) => ({ start, text: text.slice(start, end) })));
  const declarations = linesOf(text, regions).filter(
    ({ text: line }) => isDeclaration(line) && DECLARES.test(line),
  );
  if (!declarations.some(({ text: line }) => /^\s*(?:param|weight)/.test(line))) return undefined;
  // equations of the network come before the first formula about its derivatives
  const all = formulas();
  const first = all.find((formula) => isMarked(formula.text) && hasRelation(formula.text));
  const equations = all.filter(
    ({ start, text: formula }) =>
      start < (first?.start ?? Number.POSITIVE_INFINITY) &&
      hasRelation(formula) &&
      !declarations.some((line) => start >= line.start && start < line.start + line.text.length),
  );
  const sizes = linesOf(text, regions).filter(
    ({ text: line, start }) =>
      SIZE.test(line) && !equations.some((equation) => overlaps(equation, start, line.length)),
  );
  return kept([...declarations, ...sizes, ...equations]);
}

const overlaps = (span: Span, start: number, length: number) =>
  span.start < start + length && start < span.end;

interface Piece {
  readonly start: number;
  readonly text: string;
}

/** A text with the pieces at their places. Between two of them a line ends. */
function kept(pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, text } of [...pieces].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(start > at ? `${' '.repeat(start - at - 1)}\n` : '', text);
    at = start + text.length;
  }
  return parts.join('');
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
