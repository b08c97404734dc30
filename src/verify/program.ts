/** Loops and conditions of programs: which lines they hold, and which steps a loop runs through. */

import type { Integers } from '../model/equations/integers.ts';
import type { Span } from '../notation/tree.ts';

/** A `for …:`, `if …:` or `while …:` with the lines that it holds. */
export interface Block {
  /** As it was typed: `for t in range(T):`. */
  readonly header: string;
  /** Where the lines are that it holds. */
  readonly start: number;
  readonly end: number;
  /** The letter of a loop. */
  readonly letter?: string;
  /** What a loop runs through, as it was typed: `range(T)`, `1:T`. */
  readonly range?: string;
}

/** In Python the body may stand on the same line. */
const LOOP =
  /^[ \t]*for\s+(?:(\w+)\s+in\s+([^\n:=]*):|(\w+)\s*=\s*([\w+\-*()]+\s*(?::\s*[\w+\-*()]+\s*){1,2})[,;]?(?=[ \t\r]|$))/;
const OTHER = /^[ \t]*(?:(?:el)?if\b[^\n]*?:|else\s*:|while\b[^\n]*?:)(?=[ \t\r]|$)/;
const JUMP = /^[ \t]*(?:break|continue|endfor|end)[ \t]*;?[ \t]*(?=\r|$)/;
const TRAILING = /[,;]\s*end[ \t]*;?[ \t]*(?=\r|$)/;

interface Line {
  readonly at: number;
  readonly text: string;
}

function linesOf(text: string): readonly Line[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const made = { at, text: line };
    at += line.length + 1;
    return made;
  });
}

/** The part of a line that is no formula: a header, or a jump. */
function partOf({ text }: Line): { readonly length: number; readonly loop?: RegExpExecArray } | undefined {
  const loop = LOOP.exec(text);
  if (loop !== null) return { length: loop[0].length, loop };
  const other = OTHER.exec(text) ?? JUMP.exec(text);
  return other === null ? undefined : { length: other[0].length };
}

/** `for t in reversed(range(T)):` and the like made blank: they are no formulas. */
export function withoutHeaders(text: string): string {
  return linesOf(text)
    .map((line) => {
      const length = partOf(line)?.length ?? 0;
      const rest = ' '.repeat(length) + line.text.slice(length);
      return length === 0 ? rest : rest.replace(TRAILING, (end) => ' '.repeat(end.length));
    })
    .join('\n');
}

/** The blocks of a text, the outer ones first. */
export function blocksOf(text: string): readonly Block[] {
  const lines = linesOf(text);
  const found: Block[] = [];
  for (const [i, line] of lines.entries()) {
    const part = partOf(line);
    if (part === undefined || JUMP.test(line.text)) continue;
    const [letter, range] = [part.loop?.[1] ?? part.loop?.[3], part.loop?.[2] ?? part.loop?.[4]];
    const header = line.text.slice(0, part.length).trim();
    const body = bodyOf(lines, i, part.length, text);
    found.push({ header, ...body, ...(letter === undefined ? {} : { letter, range: range ?? '' }) });
  }
  return found;
}

const indentOf = (text: string): number => /^[ \t]*/.exec(text)![0].length;
const isBlank = ({ text }: Line): boolean => text.trim() === '' || /^\s*#/.test(text);

/**
 * What stands behind a header on its line, or else the lines that are indented further; without any, those before `end`,
 * or all up to the next header if the indentation is lost.
 */
function bodyOf(
  lines: readonly Line[],
  at: number,
  length: number,
  text: string,
): { readonly start: number; readonly end: number } {
  const { at: start, text: header } = lines[at];
  if (header.slice(length).trim() !== '') return { start: start + length, end: start + header.length };
  const indent = indentOf(header);
  const rest = lines.slice(at + 1);
  const endsAt = (line: Line | undefined) => ({ start: start + length, end: line?.at ?? text.length });
  const first = rest.find((line) => !isBlank(line));
  if (first !== undefined && indentOf(first.text) > indent)
    return endsAt(rest.find((line) => !isBlank(line) && indentOf(line.text) <= indent));
  const end = rest.find(({ text: one }) => /^\s*end(?:for)?\s*;?\s*$/.test(one));
  return endsAt(end ?? rest.find((line) => partOf(line) !== undefined && indentOf(line.text) <= indent));
}

/** Whether a jump may leave steps out. */
export function jumpsIn(text: string, { start, end }: Block): boolean {
  return /(?:^|[\s:;])(?:break|continue)\s*(?:[;\n#]|$)/.test(text.slice(start, end));
}

/** What a loop runs through, in order; undefined if that is not understood. `count`: of what it is meant to run through. */
export function stepsOf({ range }: Block, count: number, integers: Integers): readonly number[] | undefined {
  if (range === undefined) return undefined;
  let inner = range.replace(/\s+/g, '');
  let isTurned = false;
  for (;;) {
    const turned = /^(?:reversed|reverse)\((.*)\)$/.exec(inner) ?? /^(.*)\[::-1\]$/.exec(inner);
    const next = turned ?? /^(?:list|collect)\((.*)\)$/.exec(inner);
    if (next === null) break;
    isTurned = isTurned !== (turned !== null);
    inner = next[1];
  }
  const steps = sequence(inner, (x) => numberOf(x, count, integers));
  return isTurned && steps !== undefined ? [...steps].reverse() : steps;
}

const MOST_STEPS = 10_000;

function sequence(range: string, value: (x: string) => number | undefined): readonly number[] | undefined {
  const call = /^(?:np\.|numpy\.)?x?a?range\((.*)\)$/.exec(range);
  const listed = /^[[(](.*)[\])]$/.exec(range);
  const parts = (call?.[1] ?? listed?.[1])?.split(/,(?![^()]*\))/) ?? range.split(':');
  const numbers = parts.map(value);
  if (!numbers.every((n) => n !== undefined)) return undefined;
  if (listed !== null) return numbers;
  const [a, b, c] = numbers;
  const isPython = call !== null;
  if (numbers.length > 3 || (!isPython && numbers.length < 2)) return undefined;
  const [from, to, by] = isPython
    ? [b === undefined ? 0 : a, b ?? a, c ?? 1]
    : [a, c ?? b, c === undefined ? 1 : b];
  if (by === 0 || Math.abs((to - from) / by) > MOST_STEPS) return undefined;
  const steps: number[] = [];
  const isWithin = (n: number) => (by > 0 ? n < to : n > to) || (!isPython && n === to);
  for (let n = from; isWithin(n); n += by) steps.push(n);
  return steps;
}

/** T − 1, len(xs), 2 * 3. A length that has no name in the model is taken to be what the loop is meant to run through. */
function numberOf(text: string, count: number, integers: Integers): number | undefined {
  const counted = text.replace(/(?:len|length)\(\w+\)|\w+\.shape\[0\]|size\(\w+,1\)/g, String(count));
  const match = /^([+-]?)(\w+)(.*)$/.exec(counted);
  const atom = (word: string) =>
    /^\d+$/.test(word) ? Number(word) : (integers.get(word) ?? (LENGTHS.test(word) ? count : undefined));
  if (match === null) return undefined;
  let total = atom(match[2]);
  if (total === undefined) return undefined;
  if (match[1] === '-') total = -total;
  for (let rest = match[3]; rest !== ''; ) {
    const next = /^([+-])(\w+)/.exec(rest);
    const by = next === null ? undefined : atom(next[2]);
    if (next === null || by === undefined) return undefined;
    total += next[1] === '-' ? -by : by;
    rest = rest.slice(next[0].length);
  }
  return total;
}

/** Names that programs have for the number of steps or of rows. */
export const LENGTHS =
  /^(?:[TNnmB]|tau|(?:num|n|seq|sequence|batch)_?(?:steps|time_?steps|len|length|size|examples|samples|train|rows)|steps|timesteps|batch)$/i;

/** Whether steps are one after the other, as many as there are, from the first one on: 0 in Python. */
export function isWhole(steps: readonly number[], count: number, first: number): boolean {
  const low = Math.min(...steps);
  const isStart = low === 0 || low === 1 || low === first;
  return (
    isStart &&
    steps.length === count &&
    new Set(steps).size === count &&
    Math.max(...steps) === low + count - 1
  );
}

/** Words in a row, a fence, or what begins a formula: no program goes on across it. */
const PROSE = /`{3}|[$\\]|\p{L}{2,}[ ,]+\p{L}{2,}[ ,]+\p{L}{2,}/u;

/** For each statement, by its place, the number of the program that it belongs to. */
export function programsOf(
  lines: readonly { readonly span: Span }[],
  text: string,
  blocks: readonly Block[],
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const headers = blocks.map(({ header, start }) => ({ start: start - header.length, end: start }));
  const ordered = [...lines].sort((a, b) => a.span.start - b.span.start);
  let [program, end] = [0, 0];
  for (const { span } of ordered) {
    const inside = headers.filter((header) => header.start >= end && header.end <= span.start);
    let gap = text.slice(end, Math.max(end, span.start));
    for (const header of inside) gap = gap.replace(text.slice(header.start, header.end), ' ');
    if (found.size > 0 && PROSE.test(gap.replace(/#[^\n]*/g, ''))) program++;
    found.set(span.start, program);
    end = Math.max(end, span.end);
  }
  return found;
}
