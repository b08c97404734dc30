/** What cannot be read, where it stands, and what was expected there. */

import { GradpathError } from '../graph/error.ts';
import type { Span } from './tree.ts';

/** `where` is the line and column, both from 1; columns count characters as one sees them. */
export class NotationError extends GradpathError {
  readonly span: Span;

  constructor(message: string, text: string, span: Span) {
    const { line, column } = positionOf(text, span.start);
    super('notation', message, `line ${line}, column ${column}`);
    this.name = 'NotationError';
    this.span = span;
  }
}

/** Line and column of an offset, both from 1. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', lineStart)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: widthOf(text.slice(lineStart, offset)) + 1 };
}

/** Most characters of the line that are shown on either side of the place. */
const CONTEXT = 60;

/**
 * The message, the line and a caret under the place:
 * ```
 * line 1, column 23: expected a closing brace } for the { here
 *   \frac{\partial E_3}{\partial W = …
 *                      ^
 * ```
 */
export function renderProblem(text: string, problem: NotationError): string {
  const { start } = problem.span;
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
  const lineEnd = text[newline - 1] === '\r' ? Math.max(start, newline - 1) : newline;
  const from = Math.max(lineStart, start - CONTEXT);
  const to = Math.min(lineEnd, start + CONTEXT);
  const before = `${from > lineStart ? '…' : ''}${visible(text.slice(from, start))}`;
  const after = `${visible(text.slice(start, to))}${to < lineEnd ? '…' : ''}`;
  return `${problem.where}: ${problem.message}\n  ${before}${after}\n  ${' '.repeat(displayWidth(before))}^`;
}

/** Control characters, and halves of surrogate pairs, as a box; tabs as a blank. */
function visible(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cs}]/gu, '�');
}

/** Places that a text takes on a terminal: marks above letters take none, ideographs and pictures two. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const c of text.normalize('NFC')) width += NO_PLACE.test(c) ? 0 : TWO_PLACES.test(c) ? 2 : 1;
  return width;
}

const NO_PLACE = /\p{Mn}|\p{Me}|\p{Cf}/u;
const TWO_PLACES =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u3000\uff01-\uff60]/u;

/** Characters of a text as one counts them: a combining mark is none. */
function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) if (!/^\p{M}$/u.test(character)) width++;
  return width;
}
