/** The ranges behind what a line declares: `for t = 1..T`, `, t = 1, …, T`, `(1 ≤ t ≤ T)`. */

import { NotationError } from '../../notation/problem.ts';
import type { Integers, Range } from './integers.ts';
import { type Line, parsedLine } from './line.ts';
import { conditionsOf } from './ranges.ts';

const BLANK = String.raw`(?:\s|\\q?quad\b|\\[,;:! ]|~)*`;
const LETTER = String.raw`[A-Za-z]\w?\s*`;
const DOTTED = String.raw`${LETTER}(?:=|∈|\\in\b|in\b)[^:;]{0,80}?(?:\.\.|…|\\[lc]?dots)`;
const BETWEEN = String.raw`-?\w+\s*(?:<=?|≤|\\leq?)\s*${LETTER}(?:<=?|≤|\\leq?)`;

/** `for`, or a comma or bracket before a range. */
const BEGIN = new RegExp(String.raw`\bfor\b|[,([]${BLANK}(?=${DOTTED}|${BETWEEN})`);

/** The ranges, and where in the line they begin: at its end if there are none. Throws a NotationError. */
export function rangesBehind(
  text: string,
  { start, text: body }: Line,
  integers: Integers,
): { readonly ranges: readonly Range[]; readonly end: number } {
  const found = BEGIN.exec(body);
  if (found === null) return { ranges: [], end: body.length };
  const [opening] = found;
  const end = found.index;
  const rest = body.slice(end + opening.length);
  const closed = /^[([]/.test(opening) ? rest.replace(/[)\]](\s*)$/, ' $1') : rest;
  const shown = opening === 'for' ? opening : `,${' '.repeat(opening.length - 1)}`;
  return { ranges: rangesFrom(text, { start: start + end, text: shown + closed }, integers), end };
}

/** `for t = 1..T, k = 1..K`. */
function rangesFrom(text: string, line: Line, integers: Integers): readonly Range[] {
  const { conditions } = parsedLine(text, { start: line.start - 2, text: `0 ${line.text}` });
  if (conditions.length === 0) {
    throw new NotationError('expected a range, such as for t = 1..T', text, {
      start: line.start,
      end: line.start + 3,
    });
  }
  const { ranges, filters } = conditionsOf(text, conditions, integers);
  if (filters.length === 0) return ranges;
  throw new NotationError('expected a range of an index, such as t = 1..T', text, filters[0].span);
}
