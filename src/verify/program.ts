/** Loops and conditions of programs: which lines they hold, and which steps a loop runs through. */

import type { Span } from '../notation/tree.ts';
import { type Counter, counterOf } from './loop-range.ts';

/** A `for …:`, `if …:` or `while …:` with the lines that it holds. */
export interface Block {
  /** As it was typed: `for t in range(T):`. */
  readonly header: string;
  /** Where the lines are that it holds. */
  readonly start: number;
  readonly end: number;
  /** Of a loop. */
  readonly counter?: Counter;
  /** x of `for t, x in enumerate(xs):`. */
  readonly others: readonly string[];
}

/** `for t in`, `for t, (x, y) in`: what it runs through ends with the colon that stands in no bracket. */
const PYTHON = /^[ \t]*for\b[ \t]*(?=[\w(])([\w \t,()]*?[\w)])[ \t]*\bin\b/;
const JULIA =
  /^[ \t]*for\s+(\w+)\s+in\s+(-?\w+(?:[+\-*]\w+)*(?:\s*:\s*-?\w+(?:[+\-*]\w+)*){1,2})[ \t]*(?=\r|$)/;
const MATLAB = /^[ \t]*for\s+(\w+)\s*=\s*([\w+\-*()]+\s*(?::\s*[\w+\-*()]+\s*){1,2})[,;]?(?=[ \t\r]|$)/;
const OTHER = /^[ \t]*(?:(?:el)?if\b[^\n]*?:|else\s*:|while\b[^\n]*?:)(?=[ \t\r]|$)/;
const JUMP = /^[ \t]*(?:break|continue|endfor|end)[ \t]*;?[ \t]*(?=\r|$)/;
const TRAILING = /[,;]\s*end[ \t]*;?[ \t]*(?=\r|$)/;

interface Line {
  readonly at: number;
  readonly text: string;
  /** The part that is no formula: a header, or a jump. */
  readonly part: Part | undefined;
}

interface Part {
  readonly length: number;
  readonly targets?: readonly string[];
  readonly range?: string;
}

function linesOf(text: string): readonly Line[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const made = { at, text: line, part: partOf(line) };
    at += line.length + 1;
    return made;
  });
}

function partOf(text: string): Part | undefined {
  const counted = JULIA.exec(text) ?? MATLAB.exec(text);
  if (counted !== null) return { length: counted[0].length, targets: [counted[1]], range: counted[2] };
  const python = PYTHON.exec(text);
  const colon = python === null ? undefined : colonIn(text, python[0].length);
  if (python !== null && colon !== undefined) {
    const targets = python[1].split(/[\s,()]+/).filter((name) => name !== '');
    return { length: colon + 1, targets, range: text.slice(python[0].length, colon) };
  }
  const other = OTHER.exec(text) ?? JUMP.exec(text);
  return other === null ? undefined : { length: other[0].length };
}

/** The place of the first colon that stands in no bracket, with no = before it. */
function colonIn(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && character === ':') return at;
    else if (depth === 0 && character === '=') return undefined;
  }
  return undefined;
}

/** `for t in reversed(range(T)):` and the like made blank: they are no formulas. */
export function withoutHeaders(text: string): string {
  return linesOf(text)
    .map((line) => {
      const length = line.part?.length ?? 0;
      const rest = ' '.repeat(length) + line.text.slice(length);
      return length === 0 ? rest : rest.replace(TRAILING, (end) => ' '.repeat(end.length));
    })
    .join('\n');
}

const indentOf = (text: string): number => /^[ \t]*/.exec(text)![0].length;
const isBlank = (text: string): boolean => /^\s*(?:#|$)/.test(text);

/**
 * The blocks of a text, the outer ones first. One holds what stands behind its header on the same line, or else the lines
 * that are indented further; without any, those before `end`, or all up to the next header if the indentation is lost.
 */
export function blocksOf(text: string): readonly Block[] {
  const found: Block[] = [];
  /** Lines below that are indented less and less: each ends what is indented further above it. */
  const lower: Line[] = [];
  const parts: Line[] = [];
  let next: Line | undefined;
  let end: Line | undefined;
  for (const line of [...linesOf(text)].reverse()) {
    if (isBlank(line.text)) continue;
    const indent = indentOf(line.text);
    const isFurther = (other: Line | undefined) => other !== undefined && indentOf(other.text) > indent;
    while (isFurther(lower.at(-1))) lower.pop();
    const { part } = line;
    if (part !== undefined) {
      while (isFurther(parts.at(-1))) parts.pop();
      if (!JUMP.test(line.text)) {
        const start = line.at + part.length;
        const isInline = !isBlank(line.text.slice(part.length));
        const last = isFurther(next) ? lower.at(-1) : (end ?? parts.at(-1));
        const until = isInline ? line.at + line.text.length : (last?.at ?? text.length);
        found.push({ header: line.text.slice(0, part.length).trim(), start, end: until, ...loopOf(part) });
      }
      parts.push(line);
    }
    lower.push(line);
    next = line;
    if (/^\s*end(?:for)?\s*;?\s*$/.test(line.text)) end = line;
  }
  return found.reverse();
}

function loopOf({ targets, range }: Part): Pick<Block, 'counter' | 'others'> {
  if (targets === undefined || range === undefined) return { others: [] };
  const counter = counterOf(targets, range);
  return { counter, others: targets.filter((name) => name !== counter.letter) };
}

/** Where jumps stand that may leave steps out. */
export function jumpsIn(text: string): readonly number[] {
  return [...text.matchAll(/(?:^|[\s:;])(?:break|continue)\s*(?:[;\n#]|$)/g)].map(({ index }) => index);
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
  headers.sort((a, b) => a.start - b.start);
  const ordered = [...lines].sort((a, b) => a.span.start - b.span.start);
  let [program, end, next] = [0, 0, 0];
  for (const { span } of ordered) {
    let gap = '';
    let from = end;
    for (; next < headers.length && headers[next].end <= span.start; next++) {
      const header = headers[next];
      if (header.start < from) continue;
      gap += `${text.slice(from, header.start)} `;
      from = header.end;
    }
    gap += text.slice(from, Math.max(from, span.start));
    if (found.size > 0 && PROSE.test(gap.replace(/#[^\n]*/g, ''))) program++;
    found.set(span.start, program);
    end = Math.max(end, span.end);
  }
  return found;
}
