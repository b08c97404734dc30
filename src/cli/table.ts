/** Columns of texts and numbers, aligned on a terminal. */

import { alignedNumbers, shortNumber } from './style.ts';

/** Places that a text takes on a terminal: marks above letters take none, ideographs and pictures two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const c of text.normalize('NFC')) width += NO_PLACE.test(c) ? 0 : TWO_PLACES.test(c) ? 2 : 1;
  return width;
}

const NO_PLACE = /\p{Mn}|\p{Me}|\p{Cf}/u;
const TWO_PLACES =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** `undefined` is a gap. */
export type Cell = string | number | undefined;

/** Of numbers in one column, the largest may be so many times the smallest: beyond, each has its own exponent. */
const SAME_DECIMALS = 1e4;

/**
 * The numbers of a column as texts: whole numbers as they are, others with the decimals that four digits of the largest
 * take; where that would show small ones as zero, each with four digits of its own.
 */
export function numberTexts(cells: readonly Cell[]): string[] {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  const sizes = numbers.filter((value) => value !== 0 && Number.isFinite(value)).map(Math.abs);
  const whole = numbers.every(
    (value) => !Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < 1e9),
  );
  const [least, most] = sizes.reduce(
    ([low, high], size) => [Math.min(low, size), Math.max(high, size)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const texts = whole
    ? numbers.map((value) => (value === 0 ? '0' : String(value)))
    : most > SAME_DECIMALS * least
      ? numbers.map(shortNumber)
      : alignedNumbers(numbers);
  let next = 0;
  return cells.map((cell) => (typeof cell === 'number' ? texts[next++] : (cell ?? '')));
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
