/** A file of equations, line by line: sizes, declarations, values, and the equations of the network. */

import { parseNotation } from '../../notation/parse.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of, Span, Statement } from '../../notation/tree.ts';
import { type Declaration, declare, isDeclaration } from './declare.ts';
import { functionNames } from './functions.ts';
import { withImpliedRanges } from './implied.ts';
import { type Integers, integerOf, sizeName } from './integers.ts';
import { type Line, parsedLine } from './line.ts';
import { scriptedName } from './names.ts';
import { withIndices } from './open-sums.ts';
import { calledInText, withoutDefinitions } from './own-definitions.ts';
import type { OwnFunctions } from './own-functions.ts';
import { type Conditions, conditionsOf } from './ranges.ts';

export interface Equation extends Conditions {
  /** What is defined. */
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}

/** `W = file "w.csv"`. */
export interface FileValue {
  readonly name: Expr;
  readonly file: string;
  readonly span: Span;
}

export interface Network {
  readonly text: string;
  /** The first comment. */
  readonly title: string | undefined;
  /** Sizes by name: T = 3. */
  readonly integers: Integers;
  readonly declarations: readonly Declaration[];
  /** What is written with an equals sign: equations, and values of what is declared. */
  readonly equations: readonly Equation[];
  readonly files: readonly FileValue[];
  readonly functions: OwnFunctions;
}

const MAX_CHARACTERS = 1_000_000;
/** `W = file "w.csv"`. */
const FILE = /^([^="“]*)=\s*(?:file\s*\(?\s*)?["“]([^"“”]*)["”]\)?\s*$/;

/**
 * Reads the lines. Names in one declaration share the shape behind them, unless they are `apart`. Throws a NotationError
 * at the first line that says nothing.
 */
export function readNetwork(text: string, areApart = false): Network {
  if (text.length > MAX_CHARACTERS) {
    throw new NotationError(`more than ${MAX_CHARACTERS} characters`, text, { start: 0, end: 1 });
  }
  const { lines, rest } = split(text);
  const files = lines.flatMap((line) => {
    const found = FILE.exec(line.text);
    if (found === null) return [];
    const name = parsedLine(text, { start: line.start, text: found[1] }).members[0];
    return [{ name, file: found[2], span: { start: line.start, end: line.start + line.text.length } }];
  });
  const declared = lines.filter((line) => isDeclaration(line.text));
  const letters = lettersIn(text);
  const called = calledInText(rest, letters);
  const found = parsed(text, rest, namesIn(declared, rest), called).flatMap(apart);
  const integers = sizesIn(text, found, letters);
  const declarations = declared.flatMap((line) => declare(text, line, integers, areApart));
  for (const { name } of declarations) integers.delete(sizeName(name) ?? ''); // `w = 2` is w's value then
  const { statements, functions } = withoutDefinitions(text, found, called, declarations, integers);
  const equations = statements
    .filter((statement) => !sizesOf(statement, integers, letters).some(({ name }) => integers.has(name)))
    .map((statement) => equation(text, statement, integers));
  const all = withImpliedRanges(declarations, equations, integers);
  const ranged = new Set([...all, ...equations].flatMap(({ ranges }) => ranges.map(({ index }) => index)));
  const summed = equations.map((one) => withIndices(one, ranged));
  return { text, title: titleOf(text), integers, declarations: all, equations: summed, files, functions };
}

/** Lines that are no mathematics, and the text with blanks in their place. */
function split(text: string): { readonly lines: readonly Line[]; readonly rest: string } {
  const lines: Line[] = [];
  const rest: string[] = [];
  let held: Line | undefined;
  let start = 0;
  for (const raw of text.split('\n')) {
    const code = raw.replace(/(?:^|\s)(?:#|%|\/\/).*$/, (comment) => ' '.repeat(comment.length));
    const isSpecial = held !== undefined || isDeclaration(code) || FILE.test(code);
    if (isSpecial)
      held = held === undefined ? { start, text: code } : { ...held, text: `${held.text}\n${code}` };
    if (held !== undefined && !goesOn(held.text)) {
      lines.push(held);
      held = undefined;
    }
    rest.push(isSpecial ? ' '.repeat(code.length) : code);
    start += raw.length + 1;
  }
  if (held !== undefined) lines.push(held);
  return { lines, rest: rest.join('\n') };
}

/** Most characters of one declaration: an open bracket does not swallow a whole file. */
const MAX_DECLARATION = 200_000;

/** Whether a bracket is open or the line ends in a comma. */
function goesOn(line: string): boolean {
  if (/,\s*$/.test(line)) return true;
  let depth = 0;
  for (const character of line) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
  }
  return depth > 0 && line.length < MAX_DECLARATION;
}

/** The first comment, if the file begins with it. */
function titleOf(text: string): string | undefined {
  const title = /^\s*(?:#|%|\/\/)+[ \t]*(\S[^\n]*)/.exec(text)?.[1].trim();
  return title === undefined ? undefined : title.slice(0, 120);
}

/** All statements, read with the names that they use. Throws the first problem. */
function parsed(
  text: string,
  rest: string,
  all: ReadonlySet<string>,
  called: ReadonlySet<string>,
): readonly Statement[] {
  const names = new Set([...all].filter((name) => !called.has(name)));
  const functions = new Set([...functionNames().filter((name) => !names.has(name)), ...called]);
  const { statements, problems } = parseNotation(rest, { names, functions });
  if (problems.length > 0) throw new NotationError(problems[0].message, text, problems[0].span);
  return statements;
}

/** Equations side by side, `z = W x, & a = tanh(z)`, each by itself, with the ranges that follow for all of them. */
function apart(statement: Statement): readonly Statement[] {
  const isEquation = (x: Expr): x is Expr & Of<'relation'> =>
    x.kind === 'relation' &&
    x.members.length === 2 &&
    DEFINING.has(x.relations[0]) &&
    scriptedName(x.members[0]) !== undefined &&
    !RANGES.has(x.members[1].kind);
  const more = statement.conditions.filter(isEquation);
  if (more.length === 0 || statement.members.length !== 2 || statement.members[1].kind === 'number')
    return [statement];
  const conditions = statement.conditions.filter((x) => !isEquation(x));
  return [statement, ...more].map(({ members, relations, span }) => ({
    ...statement,
    members,
    relations,
    span,
    conditions,
  }));
}

/** What may stand behind `t =` in a range. */
const RANGES: ReadonlySet<Expr['kind']> = new Set(['interval', 'list', 'bracket', 'number']);

/** The names that are declared or defined, such as H, W_hh: `Ux_t` is then U x_t, and dh no differential. */
function namesIn(declared: readonly Line[], rest: string): Set<string> {
  const names = new Set<string>();
  const add = (found: RegExpMatchArray) => {
    const [, base, script] = found;
    const isIndex = script === undefined || script.length === 1;
    if (isIndex || base.length > 1) names.add(base); // data_loss: data is no differential of ata
    if (script !== undefined) names.add(`${base}_${script}`);
  };
  const name = String.raw`\\?([A-Za-z]+)(?:_\{?([A-Za-z]+)\}?)?`;
  for (const line of declared)
    for (const found of line.text
      .replace(/^\s*\w+\s/, '')
      .matchAll(new RegExp(`${name}[^:,=∈]*(?=[:=,∈]|$)`, 'g')))
      add(found);
  for (const found of rest.matchAll(new RegExp(`(?:^|;|\\\\\\\\)[ \\t&$]*${name}[^=;\\n]{0,60}=`, 'gm')))
    add(found);
  return names;
}

/** Sizes that the statements give, in any order: `S = T + 1` may stand before `T = 3`. */
function sizesIn(
  text: string,
  statements: readonly Statement[],
  letters: ReadonlySet<string>,
): Map<string, number> {
  const integers = new Map<string, number>();
  for (let before = -1; integers.size > before; ) {
    before = integers.size;
    for (const statement of statements) {
      for (const { name, value, span } of sizesOf(statement, integers, letters)) {
        const known = integers.get(name);
        if (known !== undefined && known !== value)
          throw new NotationError(`${name} is ${known} already`, text, span);
        integers.set(name, value);
      }
    }
  }
  return integers;
}

interface Size {
  readonly name: string;
  readonly value: number;
  readonly span: Span;
}

/** Letters that ranges run over somewhere: `y_t = 2` is then an equation, `T_x = 2` a size. */
function lettersIn(text: string): ReadonlySet<string> {
  const range = /(?:\bfor\s+(?:all\s+|each\s+)?|[,([]\s*|\\quad\s*)([A-Za-z]\w{0,9})\s*(?:=|∈|\\in\b|in\b)/g;
  return new Set([...text.matchAll(range)].map(([, letter]) => letter));
}

/** `T = 3`, `T = 3, n = 4`, `T_x = 3`. */
function sizesOf(
  { members, relations, conditions, span }: Statement,
  integers: Integers,
  letters: ReadonlySet<string>,
): Size[] {
  const found: Size[] = [];
  const others = conditions.filter((x) => x.kind === 'relation');
  if (others.length < conditions.length) return [];
  for (const { members: sides, relations: signs, span: at } of [{ members, relations, span }, ...others]) {
    const name = sides.length === 2 && signs[0] === '=' ? sizeName(sides[0]) : undefined;
    const isIndexed = letters.has(name?.split('_')[1] ?? '');
    const value = name === undefined || isIndexed ? undefined : integerOf(sides[1], integers);
    if (name === undefined || value === undefined) return [];
    found.push({ name, value, span: at });
  }
  return found;
}

const DEFINING: ReadonlySet<string> = new Set(['=', ':=', '≜', '←']);

function equation(text: string, statement: Statement, integers: Integers): Equation {
  const { members, relations, conditions, span } = statement;
  const fail = (message: string, at: Span): never => {
    throw new NotationError(message, text, at);
  };
  if (members.length === 1) fail('expected an equation, such as H_t = tanh(U x_t)', span);
  if (!DEFINING.has(relations[0])) fail(`expected =, not ${relations[0]}, in an equation`, span);
  if (members.length > 2) fail('expected one equation; write each = in a line of its own', members[2].span);
  if (scriptedName(members[0]) === undefined) {
    fail('expected the name of a variable left of the =, such as H_t', members[0].span);
  }
  return { left: members[0], right: members[1], ...conditionsOf(text, conditions, integers), span };
}
