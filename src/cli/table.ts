/** Columns of texts and numbers, aligned on a terminal. */

import { displayWidth } from '../notation/problem.ts';
import { shortNumber } from './style.ts';

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** `undefined` is a gap. */
export type Cell = string | number | undefined;

/** Decimals of a column; numbers that need more have an exponent each. */
const MOST_DECIMALS = 6;
const MOST_WHOLE = 1e6;

/**
 * The numbers of a column as texts: whole numbers as they are; others with the decimals that four digits of the largest
 * and, unless it is told not to, three of the smallest take, less zeros that end all of them; where these are too many,
 * each with four digits.
 */
export function numberTexts(cells: readonly Cell[], showsSmallest = true): string[] {
  const texts = columnTexts(
    cells.filter((cell) => typeof cell === 'number'),
    showsSmallest,
  );
  let next = 0;
  return cells.map((cell) => (typeof cell === 'number' ? texts[next++] : (cell ?? '')));
}

function columnTexts(numbers: readonly number[], showsSmallest: boolean): string[] {
  const finite = numbers.filter((value) => Number.isFinite(value));
  const [least, most] = finite.reduce(
    ([low, high], value) =>
      value === 0 ? [low, high] : [Math.min(low, Math.abs(value)), Math.max(high, Math.abs(value))],
    [Number.POSITIVE_INFINITY, 0],
  );
  const whole = finite.every((value) => Number.isInteger(value) && Math.abs(value) < 1e9);
  const magnitude = (size: number) => Math.floor(Math.log10(size));
  const decimals = whole ? 0 : Math.max(0, 3 - magnitude(most), showsSmallest ? 2 - magnitude(least) : 0);
  if (decimals > MOST_DECIMALS || (!whole && most >= MOST_WHOLE)) return numbers.map(shortNumber);
  const write = (digits: number) => (value: number) =>
    value === 0 ? '0' : Number.isFinite(value) ? value.toFixed(digits) : String(value);
  const texts = numbers.map(write(decimals));
  const zeros = texts.reduce(
    (fewest, text) => (text.includes('.') ? Math.min(fewest, /0*$/.exec(text)![0].length) : fewest),
    decimals,
  );
  return zeros === 0 ? texts : numbers.map(write(decimals - zeros));
}

/** Lines of the table, its head first. Columns of texts alone begin at the left, those with numbers end at the right. */
export function tableLines(columns: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const texts = columns.map((head, j) => {
    const cells = rows.map((row) => row[j]);
    const isText =
      !cells.some((cell) => typeof cell === 'number') && cells.some((cell) => cell !== undefined);
    const column = [head, ...numberTexts(cells)];
    const width = column.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
    return column.map((text) => (isText ? padRight(text, width) : padLeft(text, width)));
  });
  return [...Array(rows.length + 1).keys()].map((i) =>
    `  ${texts.map((column) => column[i]).join('  ')}`.trimEnd(),
  );
}
