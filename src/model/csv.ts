/** Tables of numbers as comma-, semicolon- or tab-separated text, with an optional line of column names. */

import { GradpathError } from '../graph/error.ts';

export interface NumberTable {
  /** Column names, if the first line has them. */
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly number[])[];
}

/** Most numbers of one table. */
const MAX_NUMBERS = 1_000_000;

/**
 * Reads a table in which every row has as many columns as the first. `describe` says what a number stands for
 * (`x_2`), by row and column from 0, `expected` what the rows are. Errors begin with `file:line:`.
 */
export function readCsv(
  text: string,
  file: string,
  describe: (row: number, column: number, header: readonly string[] | undefined) => string,
  expected: string,
): NumberTable {
  const fail = (line: number, message: string): never => {
    throw new GradpathError('value', `${file}:${line}: ${message}`, file);
  };
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const rows: number[][] = [];
  let header: readonly string[] | undefined;
  let width: { readonly columns: number; readonly line: number } | undefined;
  let separator = ',';
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (content.trim() === '') continue;
    if (width === undefined) separator = separatorOf(content);
    const cells = splitLine(content, separator, () => fail(line, 'a quoted cell is not closed'));
    if (width === undefined) {
      width = { columns: cells.length, line };
      if (cells.every((cell) => !isNumberLike(cell))) {
        header = uniqueNames(cells, (message) => fail(line, message));
        continue;
      }
    }
    if (cells.length !== width.columns) {
      fail(line, `${count(cells.length, 'column')}, expected ${width.columns} as in line ${width.line}`);
    }
    const row = cells.map((cell, column) => {
      if (NUMBER.test(cell) && Number.isFinite(Number(cell))) return Number(cell);
      const found = cell === '' ? 'empty' : JSON.stringify(cell.length > 40 ? `${cell.slice(0, 37)}…` : cell);
      return fail(
        line,
        `column ${column + 1} is ${found}, expected a number (${describe(rows.length, column, header)})`,
      );
    });
    rows.push(row);
    if (rows.length * row.length > MAX_NUMBERS) fail(line, `more than ${MAX_NUMBERS} numbers`);
  }
  if (rows.length === 0)
    throw new GradpathError('value', `${file}: no rows of numbers, expected ${expected}`, file);
  return { header, rows };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Not a finite number perhaps, but surely no column's name. */
function isNumberLike(cell: string): boolean {
  return NUMBER.test(cell) || cell === '' || /^[+-]?(?:nan|inf|infinity)$/i.test(cell);
}

function separatorOf(line: string): string {
  return [',', ';', '\t'].find((separator) => line.includes(separator)) ?? ',';
}

/** Cells of a line, trimmed; a cell in double quotes may hold the separator. */
function splitLine(line: string, separator: string, unclosed: () => never): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const c of line) {
    if (c === '"') quoted = !quoted;
    else if (c === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += c;
  }
  if (quoted) unclosed();
  return [...cells, cell.trim()];
}

function uniqueNames(names: readonly string[], fail: (message: string) => never): readonly string[] {
  const twice = names.find((name, column) => names.indexOf(name) !== column);
  if (twice !== undefined) fail(`two columns are called ${twice}; give each its own name`);
  return names;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
