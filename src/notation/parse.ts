/** Text → statements: `a = b = c, for t = 1..T; …`. What cannot be read does not keep the rest from being read. */

import { readBehind } from './behind.ts';
import { Cursor, continues, spanning, unclosed } from './cursor.ts';
import { readSum } from './expression.ts';
import { lex, type NotationOptions } from './lex.ts';
import { writtenOut } from './macro.ts';
import { NotationError } from './problem.ts';
import { takeRange } from './range.ts';
import { IMPLIES, RELATIONS } from './symbols.ts';
import { isSeparator, type Token } from './token.ts';
import { children, type Expr, type Relation, type Statement } from './tree.ts';

export interface Reading {
  readonly statements: readonly Statement[];
  /** In the order of the text; at most `MAX_PROBLEMS`, behind which nothing is read. */
  readonly problems: readonly NotationError[];
}

const MAX_PROBLEMS = 40;
/** Highest expression tree: whoever walks it may recurse. */
const MAX_HEIGHT = 1000;

/**
 * Reads mathematics in LaTeX, Unicode or plain text (MATLAB, numpy), also mixed. Statements end at `;`, `\\`, blank or
 * new lines, unless the next line goes on with an operator or relation. Never throws.
 */
export function parseNotation(text: string, options: NotationOptions = {}): Reading {
  const c = new Cursor(text, tokensOf(text, options), options);
  const statements: Statement[] = [];
  const problems: NotationError[] = [];
  for (skipSeparators(c); !c.is('end of text') && problems.length < MAX_PROBLEMS; skipSeparators(c)) {
    const start = c.at;
    c.reset();
    try {
      statements.push(readStatement(c));
    } catch (error) {
      if (!(error instanceof NotationError)) throw error;
      problems.push(recover(c, start, error));
    }
  }
  return { statements, problems };
}

/** The tokens of a text with its macros written out, at their places in what was typed. */
function tokensOf(text: string, options: NotationOptions): readonly Token[] {
  const written = writtenOut(text, options.macros);
  if (written === undefined) return lex(text, options);
  return lex(written.text, options).map((token) => {
    const isEndless = token.kind === 'unknown' && written.endless.has(token.text.slice(1));
    const problem = isEndless ? { problem: `${token.text} stands for itself, or for too much` } : {};
    return { ...token, ...written.placeOf(token), ...problem };
  });
}

/** Reads one expression. Throws a `NotationError` if the text holds anything else. */
export function parseExpression(text: string, options: NotationOptions = {}): Expr {
  const { statements, problems } = parseNotation(text, options);
  if (problems.length > 0) throw problems[0];
  const [statement] = statements;
  if (statements.length === 1 && statement.members.length === 1 && statement.conditions.length === 0) {
    return statement.members[0];
  }
  const span = statements.length > 1 ? statements[1].span : { start: 0, end: text.length };
  throw new NotationError('expected one expression', text, span);
}

function skipSeparators(c: Cursor): void {
  while (isSeparator(c.token.kind) || c.is(',')) c.next();
}

/**
 * Goes on behind the end of the statement that failed, and returns what to report. A bracket that is still open may have
 * swallowed the lines behind it: they are read again.
 */
function recover(c: Cursor, start: number, error: NotationError): NotationError {
  const { open } = c;
  const failed = indexOf(c, start, error.span.start);
  c.reset();
  c.at = statementEnd(c, open === undefined ? Math.max(failed, start) : open.at);
  if (open === undefined) return error;
  if (open.kind === 'end' && c.at < failed) c.at = statementEnd(c, failed);
  const swallowed = c.tokens.slice(c.at, failed).some(({ kind }) => kind === '=');
  const opening = c.tokens[open.at];
  return swallowed ? new NotationError(unclosed(opening, open.kind), c.text, opening) : error;
}

/** The first separator at or behind a token that ends a statement. */
function statementEnd(c: Cursor, from: number): number {
  let at = from;
  for (; c.tokens[at].kind !== 'end of text'; at++) {
    if (isSeparator(c.tokens[at].kind) && !continues(c.tokens[at + 1])) break;
  }
  return at;
}

/** The first token at or behind an offset. */
function indexOf(c: Cursor, start: number, offset: number): number {
  let at = start;
  while (c.tokens[at].end <= offset && c.tokens[at].kind !== 'end of text') at++;
  return at;
}

function readStatement(c: Cursor): Statement {
  const start = c.token;
  const members = [readSum(c)];
  const relations: Relation[] = [];
  for (;;) {
    c.joinLines();
    const relation = RELATIONS.get(c.token.kind);
    if (relation === undefined) break;
    c.next();
    c.skipLines();
    relations.push(relation);
    members.push(readSum(c));
  }
  const [last, range] = takeRange(members.at(-1)!);
  const behind = readBehind(c, last);
  members[members.length - 1] = behind.value;
  const conditions = [...range, ...behind.conditions];
  if (!isSeparator(c.token.kind) && !c.is('end of text'))
    c.unexpected('an operator or the end of the statement');
  const span = spanning(start, c.tokens[c.at - 1]);
  for (const x of [...members, ...conditions]) {
    if (heightOf(x) > MAX_HEIGHT)
      c.fail(`more than ${MAX_HEIGHT} steps deep; write this as several formulas`, x.span);
  }
  const statement = { members, relations, conditions, doubtful: c.doubtful, span };
  return c.is('newline') && c.token.text === IMPLIES ? { ...statement, implies: true } : statement;
}

/** Counted with a stack of its own. */
function heightOf(x: Expr): number {
  let height = 0;
  for (let level: readonly Expr[] = [x]; level.length > 0; height++) {
    const next: Expr[] = [];
    for (const node of level) for (const child of children(node)) next.push(child);
    level = next;
  }
  return height;
}
