/** Lines that declare: `param U: 4x3, W: 4x4`, `input x_t: 3 for t = 1..T`, `const H_0: 4 = 0.1`. */

import type { Draw } from '../../graph/equations.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Span } from '../../notation/tree.ts';
import { type Integers, integerOf, type Range } from './integers.ts';
import { shapeOfValues } from './leaves.ts';
import { type Line, parsedLine, quoted } from './line.ts';
import { scriptedName } from './names.ts';
import { rangesBehind } from './ranges-behind.ts';

export type LeafKind = 'parameter' | 'input' | 'target' | 'constant';

export interface Declaration {
  readonly kind: LeafKind;
  /** The name as it was written, scripts and all. */
  readonly name: Expr;
  /** n×1 is a column of n, 1×n a row of n. */
  readonly shape: readonly number[];
  readonly isRow: boolean;
  readonly draw: Draw;
  /** Whether it is followed by a shape. */
  readonly hasShape: boolean;
  /** Whether the shape is that of the name behind it: `W, U: 4x4`. */
  readonly isShared: boolean;
  readonly value: Expr | undefined;
  /** What its indices run over. */
  readonly ranges: readonly Range[];
  readonly span: Span;
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
const DECLARATION = new RegExp(
  `^(\\s*)(${Object.keys(KEYWORDS).join('|')})\\b(?!\\s*[=_^])\\s*(?::\\s*(?=\\p{L}))?`,
  'u',
);
/** `input x: 3, target y: 2`. */
const NEXT_KIND = new RegExp(`^(\\s*)(${Object.keys(KEYWORDS).join('|')})\\s+(?=\\p{L}|\\\\)`, 'u');
const DRAWS: readonly Draw[] = ['onehot', 'distribution', 'positive', 'probability'];

export function isDeclaration(line: string): boolean {
  return DECLARATION.test(line);
}

/**
 * The declarations of a line. In `W, U: 4x4` the shape is that of both; with `areApart` a name without one is a number.
 * Throws a NotationError.
 */
export function declare(text: string, line: Line, integers: Integers, areApart = false): Declaration[] {
  const keyword = DECLARATION.exec(line.text)!;
  const body = line.text.slice(keyword[0].length);
  const offset = line.start + keyword[0].length;
  const { ranges, end } = rangesBehind(text, { start: offset, text: body }, integers);
  const example = `${keyword[2]} ${keyword[2].startsWith('p') || keyword[2].startsWith('w') ? 'W: 4x4' : 'x: 3'}`;
  const found: Declaration[] = [];
  let kind = KEYWORDS[keyword[2]];
  for (const part of topLevel({ start: offset, text: body.slice(0, end) })) {
    const isFirst = found.length === 0;
    const [own, , word] = (isFirst ? undefined : NEXT_KIND.exec(part.text)) ?? [''];
    if (word !== undefined) kind = KEYWORDS[word];
    const item = { start: part.start + own.length, text: part.text.slice(own.length) };
    const before = found.at(-1);
    const size = before?.hasShape && before.value === undefined ? bareSize(text, item, integers) : undefined;
    if (size !== undefined && before!.shape.length < MAX_AXES) {
      found[found.length - 1] = { ...before!, shape: [...before!.shape, size], isRow: false };
      continue;
    }
    if (item.text.trim() === '') {
      const at = Math.max(line.start, item.start - 1);
      throw new NotationError(`expected a name and a shape, such as ${example}`, text, {
        start: at,
        end: at + 1,
      });
    }
    const declared = one(text, item, integers, example);
    found.push({ kind, ...declared, ranges, isShared: false });
  }
  if (areApart) return found;
  for (let i = found.length - 2; i >= 0; i--) {
    const { shape, isRow, draw, value, hasShape } = found[i + 1];
    const isBare = !found[i].hasShape && found[i].value === undefined;
    if (isBare && hasShape) {
      found[i] = { ...found[i], shape, isRow, draw, value, hasShape, isShared: true };
    }
  }
  return found;
}

/** The m of `W: n, m`: a number, or the name of a size that is one elsewhere too. */
function bareSize(text: string, item: Line, integers: Integers): number | undefined {
  const name = item.text.trim();
  if (/^\d+$/.test(name)) return Number(name);
  const isSize = /^\w+$/.test(name) && new RegExp(`[:×x*]\\s*${name}\\b`).test(text);
  return isSize ? integers.get(name) : undefined;
}

/** Parts between commas that stand in no bracket. */
function topLevel({ start, text }: Line): Line[] {
  const parts: Line[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    if ('([{'.includes(text[i] ?? '?')) depth++;
    if (')]}'.includes(text[i] ?? '?')) depth--;
    if (i < text.length && (text[i] !== ',' || depth > 0)) continue;
    parts.push({ start: start + from, text: text.slice(from, i) });
    from = i + 1;
  }
  return parts;
}

/** `W: 4x4 onehot = 0.1`. */
function one(
  text: string,
  item: Line,
  integers: Integers,
  example: string,
): Omit<Declaration, 'kind' | 'ranges' | 'isShared'> {
  const span = trimmed(item);
  const assigned = item.text.indexOf('=');
  const head = assigned < 0 ? item.text : item.text.slice(0, assigned);
  const separator =
    /:|∈|\\in\b|\sin\s|\s(?=\(\s*\d)|\s(?=(?:one-?hot|distribution|positive|probability|row)\b)/.exec(head);
  const nameText = head.slice(0, separator?.index ?? head.length);
  const words = new Set(nameText.match(/[A-Za-z]+/g)); // dx is a name here
  const name = memberOf(text, { start: item.start, text: nameText }, words);
  if (separator === null && /\s\d+(?:\s*[x×*]\s*\w+)*\s*$/.test(head)) {
    const [word] = head.trim().split(/\s/);
    throw new NotationError(`expected a colon between name and shape: ${word}: 4x4`, text, span);
  }
  if (name === undefined || scriptedName(name) === undefined) {
    throw new NotationError(`expected the name of a variable, as in ${example}`, text, name?.span ?? span);
  }
  const at = separator === null ? head.length : separator.index + separator[0].length;
  const typed = { start: item.start + at, text: head.slice(at) };
  if (separator !== null && typed.text.trim() === '') {
    throw new NotationError('expected a shape behind the colon, such as 4x4', text, span);
  }
  const value =
    assigned < 0
      ? undefined
      : memberOf(text, { start: item.start + assigned + 1, text: item.text.slice(assigned + 1) });
  if (assigned >= 0 && value === undefined) {
    throw new NotationError('expected a value behind the =', text, span);
  }
  const type = typeOf(text, typed, integers);
  const isBare = separator === null && value !== undefined; // W = [[1, 2], [3, 4]] says its shape
  const hasShape = separator !== null;
  const shape = isBare ? shapeOfValues(text, value, integers) : type.shape;
  return { name, ...type, shape, hasShape, value, span };
}

/** The one expression of a part of a line; undefined if it is blank. */
function memberOf(text: string, line: Line, names?: ReadonlySet<string>): Expr | undefined {
  return line.text.trim() === '' ? undefined : parsedLine(text, line, names).members[0];
}

function trimmed({ start, text }: Line): Span {
  const from = start + (text.length - text.trimStart().length);
  return { start: from, end: from + text.trim().length };
}

/** `4x3`, `4×3 onehot`, `\mathbb{R}^{n \times m}`, `5 row`, or nothing for a number. */
function typeOf(text: string, line: Line, integers: Integers): Pick<Declaration, 'shape' | 'isRow' | 'draw'> {
  let isRow = false;
  let draw: Draw = 'any';
  const rest = line.text
    .replace(/one-hot/, 'onehot ')
    .replace(/\b(?:onehot|distribution|positive|probability|row|column|scalar)\b/g, (word) => {
      if (word === 'row') isRow = true;
      else if ((DRAWS as readonly string[]).includes(word)) draw = word as Draw;
      return ' '.repeat(word.length);
    });
  const sizes = sizesOf(text, { start: line.start, text: rest }, integers);
  if (sizes.length > 2) return { shape: sizes, isRow: false, draw };
  const long = sizes.filter((n) => n > 1); // a column of n is no matrix of one column
  return { shape: long, isRow: long.length === 1 && (isRow || (sizes.length === 2 && sizes[0] === 1)), draw };
}

const MAX_SIZE = 4096;
const MAX_AXES = 4;

/** Sizes between ×: numbers, names of sizes, `n+m`. */
function sizesOf(text: string, line: Line, integers: Integers): number[] {
  const plain = line.text.replace(/\\mathbb\s*\{\s*R\s*\}|\\R\b|ℝ|\bR(?=\s*(?:\^|$))/, (found) =>
    ' '.repeat(found.length),
  );
  const named = plain.replace(/_\{(\w+)\}/g, '_$1  ');
  const listed = named.replace(/,(?=\s*[)\]])/g, ' ').replaceAll(',', '×'); // (3, 2) and (3,)
  const bare = listed.replace(/[\^{}()[\]]|\\left|\\right|\\,/g, (found) => ' '.repeat(found.length));
  if (bare.trim() === '') return [];
  const span = trimmed({ start: line.start, text: bare });
  const refuse = (part: string): never => {
    const shown = quoted(text, span);
    const name = /x([A-Za-z]+)$/.exec(part)?.[1] ?? part;
    const isName = /^[A-Za-z]{1,12}$/.test(name) && !/^x/.test(name);
    const message = isName
      ? `${name} has no value; write ${name} = 4 in a line of its own`
      : `${shown} is no shape; expected sizes such as 4x3, then perhaps ${DRAWS.join(', ')} or row`;
    throw new NotationError(message, text, span);
  };
  const parts = bare
    .trim()
    .split(/\s*(?:×|\\times|\*|(?<=[\d\s)])[xX](?=[\d\s(])|\s[xX](?=\w)|(?<=\d)[xX](?=\w)|\bby\b)\s*/);
  const sizes = parts.flatMap((part) => sizeOf(part.trim(), integers) ?? refuse(part.trim()));
  const bad = sizes.find((n) => !(n >= 1 && n <= MAX_SIZE));
  if (bad !== undefined) {
    throw new NotationError(`a size is a whole number from 1 to ${MAX_SIZE}, not ${bad}`, text, span);
  }
  if (sizes.length > MAX_AXES) throw new NotationError(`at most ${MAX_AXES} sizes are read`, text, span);
  return sizes;
}

/** One size; `nxm` is two if n and m are sizes. */
function sizeOf(part: string, integers: Integers): number[] | undefined {
  if (/^\d+$/.test(part)) return [Number(part)];
  const known = integers.get(part);
  if (known !== undefined) return [known];
  const cross = /^([A-Za-z]+)x([A-Za-z]+|\d+)$/.exec(part);
  if (cross !== null) {
    const sides = [cross[1], cross[2]].map((side) => sizeOf(side, integers));
    if (sides.every((side) => side !== undefined)) return sides.flat();
  }
  if (part === '' || part.length > 60 || /\d\s+\d/.test(part)) return undefined;
  const x = memberOfSize(part);
  const value = x && integerOf(x, integers);
  return value === undefined ? undefined : [value];
}

function memberOfSize(part: string): Expr | undefined {
  try {
    return parsedLine(part, { start: 0, text: part }).members[0];
  } catch (error) {
    if (error instanceof NotationError) return undefined;
    throw error;
  }
}
