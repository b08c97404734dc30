/** A part of the text by itself, read with its places in the whole. */

import { parseNotation } from '../../notation/parse.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Span, Statement } from '../../notation/tree.ts';

export interface Line {
  readonly start: number;
  readonly text: string;
}

/** Longest piece of the text that a message quotes. */
const MAX_QUOTED = 30;

/** What was typed at a place, on one line, shortened. */
export function quoted(text: string, { start, end }: Span): string {
  const typed = text
    .slice(start, Math.min(end, start + 4 * MAX_QUOTED))
    .trim()
    .replace(/\s+/g, ' ');
  return typed.length > MAX_QUOTED ? `${typed.slice(0, MAX_QUOTED - 1)}…` : typed;
}

/** The one statement of a line, with spans in the whole text. Throws a NotationError. */
export function parsedLine(text: string, line: Line, names: ReadonlySet<string> = new Set()): Statement {
  const { statements, problems } = parseNotation(line.text, { names });
  if (problems.length > 0) {
    const { message, span } = problems[0];
    throw new NotationError(message, text, moved(span, line.start));
  }
  if (statements.length !== 1) {
    const span = statements[1]?.span ?? { start: 0, end: line.text.length };
    throw new NotationError('expected one statement here', text, moved(span, line.start));
  }
  return shifted(statements[0], line.start);
}

const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** All spans of a tree moved by as many characters. */
export function shifted<T>(x: T, by: number): T {
  if (Array.isArray(x)) return x.map((item) => shifted(item, by)) as T;
  if (typeof x !== 'object' || x === null) return x;
  const entries = Object.entries(x).map(([key, value]) =>
    key === 'span' ? [key, moved(value as Span, by)] : [key, shifted(value, by)],
  );
  return Object.fromEntries(entries) as T;
}
