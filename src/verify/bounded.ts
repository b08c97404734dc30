/** Statements no longer than a page holds, and no more than a book: what walks them may do so often. */

import type { Reading } from '../notation/parse.ts';
import { NotationError } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import { parts } from './rewrite.ts';

/** Most parts of a statement. */
const MAX_PARTS = 20_000;
/** Most statements of a text. */
const MAX_STATEMENTS = 1000;

/**
 * What was read without the statements that are too long, of which each is a problem, and without those that are too
 * many: the first of them is a problem.
 */
export function bounded({ statements, problems }: Reading, text: string): Reading {
  const first = statements.slice(0, MAX_STATEMENTS);
  const long = new Set(first.filter(isLong));
  const message = `more than ${MAX_PARTS} symbols; take it in parts`;
  const found = [...problems, ...[...long].map(({ span }) => new NotationError(message, text, span))];
  if (statements.length > MAX_STATEMENTS) {
    const { span } = statements[MAX_STATEMENTS];
    const end = `${MAX_STATEMENTS} formulas stand before this one, and no more are judged at once; check the rest by itself`;
    found.push(new NotationError(end, text, span));
  }
  return { statements: first.filter((statement) => !long.has(statement)), problems: found };
}

function isLong({ members }: Statement): boolean {
  let count = 0;
  for (const member of members) for (const _ of parts(member)) if (++count > MAX_PARTS) return true;
  return false;
}
