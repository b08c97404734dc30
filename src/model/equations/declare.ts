/** A file of equations, line by line: sizes, parameters, inputs, targets, constants, and the equations of the network. */

import { parseNotation } from '../../notation/parse.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Span, Statement } from '../../notation/tree.ts';
import { type Integers, integerOf, plainName, type Range, rangeFrom } from './integers.ts';
import { scriptedName } from './names.ts';

export type LeafKind = 'parameter' | 'input' | 'target' | 'constant';

/** How seeded values are drawn. */
export type Draw = 'any' | 'onehot' | 'distribution' | 'positive' | 'probability';

export interface Declaration {
  readonly kind: LeafKind;
  /** The name as it was written, scripts and all. */
  readonly name: Expr;
  readonly shape: readonly number[];
  readonly draw: Draw;
  /** A number for all elements, or a list in rows. */
  readonly value: unknown;
  /** What its indices run over. */
  readonly ranges: readonly Range[];
  readonly span: Span;
}

export interface Equation {
  /** What is defined. */
  readonly left: Expr;
  readonly right: Expr;
  readonly ranges: readonly Range[];
  readonly span: Span;
}

export interface Network {
  readonly text: string;
  /** Sizes by name: T = 3. */
  readonly integers: Integers;
  readonly declarations: readonly Declaration[];
  readonly equations: readonly Equation[];
  /** Literal values of leaves that were declared: W = [[…], …]. */
  readonly values: readonly { readonly name: Expr; readonly value: unknown; readonly span: Span }[];
}

const KEYWORDS: Readonly<Record<string, LeafKind>> = {
  param: 'parameter',
  params: 'parameter',
  parameter: 'parameter',
  parameters: 'parameter',
  weight: 'parameter',
  weights: 'parameter',
  input: 'input',
  inputs: 'input',
  target: 'target',
  targets: 'target',
  const: 'constant',
  constant: 'constant',
  constants: 'constant',
};
const DECLARATION = new RegExp(`^(\\s*)(${Object.keys(KEYWORDS).join('|')})\\b\\s*`);
const DRAWS: readonly Draw[] = ['onehot', 'distribution', 'positive', 'probability'];

const MAX_CHARACTERS = 1_000_000;

/** Reads the lines. Throws a NotationError at the first that says nothing. */
export function readNetwork(text: string): Network {
  if (text.length > MAX_CHARACTERS) {
    throw new NotationError(`more than ${MAX_CHARACTERS} characters`, text, { start: 0, end: 1 });
  }
  const integers = new Map<string, number>();
  const declarations: Declaration[] = [];
  const equations: Equation[] = [];
  const values: { name: Expr; value: unknown; span: Span }[] = [];
  const names = () => new Set(declarations.map(({ name }) => scriptedName(name)?.base ?? ''));
  for (const line of logicalLines(text)) {
    const keyword = DECLARATION.exec(line.text);
    if (keyword !== null) {
      declarations.push(...declare(text, line, keyword, integers));
      continue;
    }
    const list = /^(\s*)(.*?)=\s*(\[.*)$/s.exec(line.text);
    if (list !== null && !/[=]/.test(list[2])) {
      const name = parsed(text, { start: line.start, text: `${list[1]}${list[2]}` }).members[0];
      const at = line.text.length - list[3].length;
      values.push({ name, value: json(text, list[3], line.start + at), span: name.span });
      continue;
    }
    const statement = parsed(text, line, names());
    const size = sizeOf(statement, integers, names());
    if (size !== undefined) integers.set(...size);
    else equations.push(equation(text, statement, integers));
  }
  return { text, integers, declarations, equations, values };
}

interface Line {
  readonly start: number;
  readonly text: string;
}

/** Lines without comments; one that goes on, with an open bracket or an indented continuation sign, is one line. */
function logicalLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let depth = 0;
  let held: Line | undefined;
  for (const raw of text.split('\n')) {
    const code = raw.replace(/(^|\s)(#|%|\/\/).*$/, (comment) => ' '.repeat(comment.length));
    for (const character of code) {
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    }
    held = held === undefined ? { start, text: code } : { start: held.start, text: `${held.text}\n${code}` };
    if (depth === 0) {
      if (held.text.trim() !== '') lines.push(held);
      held = undefined;
    }
    start += raw.length + 1;
  }
  if (held !== undefined && held.text.trim() !== '') lines.push(held);
  return lines;
}

/** The one statement of a line, with spans in the whole text. */
function parsed(text: string, line: Line, names: ReadonlySet<string> = new Set()): Statement {
  const { statements, problems } = parseNotation(line.text, { names: new Set(names) });
  if (problems.length > 0) {
    const { message, span } = problems[0];
    throw new NotationError(message, text, moved(span, line.start));
  }
  if (statements.length !== 1) {
    const span = statements[1]?.span ?? { start: 0, end: line.text.length };
    throw new NotationError('expected one equation on the line', text, moved(span, line.start));
  }
  return shifted(statements[0], line.start);
}

const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** All spans of a tree moved by as many characters. */
function shifted<T>(x: T, by: number): T {
  if (Array.isArray(x)) return x.map((item) => shifted(item, by)) as T;
  if (typeof x !== 'object' || x === null) return x;
  const entries = Object.entries(x).map(([key, value]) =>
    key === 'span' ? [key, moved(value as Span, by)] : [key, shifted(value, by)],
  );
  return Object.fromEntries(entries) as T;
}

/** `T = 3`: a size, if the name is no variable and the right-hand side a whole number. */
function sizeOf(
  { members, relations, conditions }: Statement,
  integers: Integers,
  names: ReadonlySet<string>,
): [string, number] | undefined {
  if (members.length !== 2 || relations[0] !== '=' || conditions.length > 0) return undefined;
  const name = plainName(members[0]);
  const value = integerOf(members[1], integers);
  return name === undefined || value === undefined || names.has(name) ? undefined : [name, value];
}

function equation(text: string, statement: Statement, integers: Integers): Equation {
  const { members, relations, conditions, span } = statement;
  const isDefinition = relations.length === 1 && ['=', ':=', '≜', '←'].includes(relations[0]);
  if (members.length !== 2 || !isDefinition) {
    throw new NotationError('expected an equation, such as H_t = tanh(U x_t)', text, span);
  }
  return { left: members[0], right: members[1], ranges: ranges(text, conditions, integers), span };
}

/** `for t = 1..T, k = 1..K`. */
function ranges(text: string, conditions: readonly Expr[], integers: Integers): Range[] {
  return conditions.map((condition) => {
    const range = rangeFrom(condition, integers);
    if (range === undefined) {
      throw new NotationError('expected a range of an index, such as t = 1..T', text, condition.span);
    }
    return range;
  });
}

/** `U: 4x3, W: 4x4 = 0.1 for t = 1..T`. */
function declare(text: string, line: Line, keyword: RegExpExecArray, integers: Integers): Declaration[] {
  const kind = KEYWORDS[keyword[2]];
  const body = line.text.slice(keyword[0].length);
  const offset = line.start + keyword[0].length;
  const loop = /\bfor\b/.exec(body);
  const items = body.slice(0, loop?.index ?? body.length);
  const over =
    loop === null
      ? []
      : ranges(
          text,
          parsed(text, { start: offset + loop.index - 2, text: `0 ${body.slice(loop.index)}` }).conditions,
          integers,
        );
  const found: Declaration[] = [];
  let start = 0;
  for (const item of topLevel(items)) {
    const at = offset + start;
    start += item.length + 1;
    if (item.trim() === '') {
      throw new NotationError(`expected a name, such as ${keyword[2]} W: 4x4`, text, {
        start: at,
        end: at + 1,
      });
    }
    found.push({ kind, ...one(text, { start: at, text: item }, integers), ranges: over });
  }
  return found;
}

/** Parts between commas that stand in no bracket. */
function topLevel(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** `W: 4x4 onehot = 0.1`. */
function one(
  text: string,
  { start, text: item }: Line,
  integers: Integers,
): Omit<Declaration, 'kind' | 'ranges'> {
  const assigned = item.indexOf('=');
  const head = assigned < 0 ? item : item.slice(0, assigned);
  const colon = head.indexOf(':');
  const [nameText, typeText] = colon < 0 ? [head, ''] : [head.slice(0, colon), head.slice(colon + 1)];
  const [name] = parsed(text, { start, text: nameText }).members;
  const span = { start, end: start + item.length };
  if (name === undefined || scriptedName(name) === undefined) {
    throw new NotationError('expected the name of a variable', text, name?.span ?? span);
  }
  const words = typeText
    .replace(/[()]/g, ' ')
    .replace(/one-hot/, 'onehot')
    .trim()
    .split(/\s+(?![x×*])(?<![x×*]\s)/);
  const draw = DRAWS.find((word) => words.includes(word)) ?? 'any';
  const sizes = words.filter((word) => word !== '' && !(DRAWS as readonly string[]).includes(word));
  if (sizes.length > 1) {
    throw new NotationError(
      `expected a shape such as 4x3, and then ${DRAWS.join(', ')} or nothing`,
      text,
      span,
    );
  }
  const shape = sizes.length === 0 ? [] : shapeOf(text, sizes[0], integers, span);
  const value = assigned < 0 ? undefined : json(text, item.slice(assigned + 1), start + assigned + 1);
  return { name, shape, draw, value, span };
}

/** `4x3`, `4×3`, `n × m`, `5`. */
function shapeOf(text: string, typed: string, integers: Integers, span: Span): number[] {
  const sizes = typed.split(/\s*(?:[×*]|(?<=[\d\s])x(?=[\d\s])|\s+x\s+|(?<=\d)x)\s*/).map((part) => {
    const size = /^\d+$/.test(part) ? Number(part) : integers.get(part);
    if (size === undefined || !(size >= 1 && size <= 4096)) {
      throw new NotationError(
        `${typed} is no shape; expected sizes such as 4x3, or a size's name`,
        text,
        span,
      );
    }
    return size;
  });
  return sizes;
}

/** A number or a list of rows. */
function json(text: string, typed: string, start: number): unknown {
  try {
    const value: unknown = JSON.parse(typed.trim().replace(/(^|[[,\s-])\./g, '$10.'));
    if (typeof value === 'number' || Array.isArray(value)) return value;
  } catch {
    // told below
  }
  const span = { start, end: start + typed.length };
  throw new NotationError('expected a number, or numbers in rows such as [[1, 2], [3, 4]]', text, span);
}
