/** Statements no longer than a page holds: what walks them may do so often. */

import type { Reading } from '../notation/parse.ts';
import { NotationError } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import { parts } from './rewrite.ts';

/** Most parts of a statement. */
const MAX_PARTS = 20_000;

/** What was read without the statements that are too long, of which each is a problem. */
export function bounded({ statements, problems }: Reading, text: string): Reading {
  const long = new Set(statements.filter(isLong));
  const message = `more than ${MAX_PARTS} symbols; take it in parts`;
  return {
    statements: statements.filter((statement) => !long.has(statement)),
    problems: [...problems, ...[...long].map(({ span }) => new NotationError(message, text, span))],
  };
}

function isLong({ members }: Statement): boolean {
  let count = 0;
  for (const member of members) for (const _ of parts(member)) if (++count > MAX_PARTS) return true;
  return false;
}
