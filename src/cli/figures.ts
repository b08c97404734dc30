/** The figures of a study as text: tables with axis titles and units, bars of blocks, pictures in shades. */

import type {
  Axis,
  BarFigure,
  BoxFigure,
  Figure,
  LineFigure,
  MatrixFigure,
  TableFigure,
} from '../../examples/example.ts';
import { UNPRINTABLE } from '../graph/json.ts';
import { displayWidth } from '../notation/problem.ts';
import { bar, type Style, shortNumber } from './style.ts';
import { type Cell, numberTexts, padLeft, padRight, tableLines } from './table.ts';

/** Rows of a table of points. */
const MOST_POINTS = 20;
/** Rows of other tables, bars and matrices. */
const MOST_ROWS = 40;
/** Columns of a matrix that are shown as numbers; a larger one is a picture. */
const MOST_NUMBERS = 12;
/** Columns of a picture, and of one with square cells. */
const MOST_PIXELS = 100;
const MOST_SQUARES = 40;
const SHADES = [' ', '░', '▒', '▓', '█'];

/** The figure with its title, axes and note; with `all`, nothing is left out. */
export function figureLines(figure: Figure, style: Style, all: boolean): string[] {
  const clean = printable(figure);
  return [
    style.bold(clean.title),
    ...body(clean, style, all),
    ...(clean.note === undefined ? [] : [`  ${style.dim(clean.note)}`]),
  ];
}

function body(figure: Figure, style: Style, all: boolean): string[] {
  switch (figure.kind) {
    case 'lines':
      return lineRows(figure, style, all);
    case 'bars':
      return barRows(figure, style, all);
    case 'matrix':
      return matrixRows(figure, style, all);
    case 'boxes':
      return boxRows(figure, style);
    case 'table':
      return tableRows(figure, style, all);
  }
}

/** A table over x with a column for each series; lines that go back and forth have tables to themselves. */
function lineRows({ x, y, series }: LineFigure, style: Style, all: boolean): string[] {
  const places = (i: number) => x.categories?.[i] ?? i;
  const table = (names: readonly string[], rows: readonly (readonly Cell[])[]) => {
    const changing = rows.length > MOST_POINTS ? untilStill(rows) : rows;
    const shown = all ? rows : thinned(changing, MOST_POINTS);
    const cells = shown.map(([first, ...others]) => [places(first as number), ...others]);
    const lines = withHead(style, [axisText(x), ...names], cells);
    const left = rows.length - shown.length;
    const rest =
      changing.length < rows.length ? `; from ${cells[cells.length - 1][0]} on nothing changes` : '';
    return left === 0
      ? lines
      : [...lines, style.dim(`  … ${shown.length} of ${rows.length}; --all shows all${rest}`)];
  };
  const rises = series.every(({ points }) => points.every(([at], i) => i === 0 || points[i - 1][0] <= at));
  const tables = rises
    ? [
        table(
          series.map(({ name }) => name),
          merged(series),
        ),
      ]
    : series.map(({ name, points }) =>
        table(
          [name],
          points.map(([at, value]) => [at, gap(value)]),
        ),
      );
  return [style.dim(`  y: ${axisText(y)}`), ...tables.flat()];
}

/** A row for each x. A line that steps has several points at one x. */
function merged(series: LineFigure['series']): Cell[][] {
  const rows = new Map<number, Cell[][]>();
  for (const [column, { points }] of series.entries()) {
    const seen = new Map<number, number>();
    for (const [x, y] of points) {
      const nth = seen.get(x) ?? 0;
      seen.set(x, nth + 1);
      const there = rows.get(x) ?? [];
      rows.set(x, there);
      there[nth] ??= [x, ...series.map(() => undefined)];
      there[nth][column + 1] = gap(y);
    }
  }
  return [...rows].sort(([a], [b]) => a - b).flatMap(([, there]) => there);
}

const gap = (value: number): Cell => (Number.isNaN(value) ? undefined : value);

/** The rows to the first of those, at the end, that have the same values. */
function untilStill(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const last = rows[rows.length - 1];
  const isLast = (row: readonly Cell[]) => row.every((cell, i) => i === 0 || cell === last[i]);
  return rows.slice(0, rows.findLastIndex((row) => !isLast(row)) + 2);
}

/** Evenly spaced rows, the first and the last among them. */
function thinned<T>(rows: readonly T[], most: number): readonly T[] {
  if (rows.length <= most) return rows;
  return Array.from({ length: most }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]);
}

/** A row for each category: every series' value, and a bar as long as it is large. */
function barRows({ x, y, series }: BarFigure, style: Style, all: boolean): string[] {
  const count = all ? x.categories.length : Math.min(MOST_ROWS, x.categories.length);
  const length = series.length === 1 ? 24 : series.length === 2 ? 16 : 10;
  const names = column(axisText(x), x.categories.slice(0, count), padRight);
  const columns = series.flatMap(({ name, values }) => {
    const shown = values.slice(0, count);
    const lengthOf = barScale(values, y.scale === 'log'); // columns may differ by orders of magnitude
    const bars = shown.map((value) => {
      const blocks = padRight(bar(lengthOf(value), 1, length), length);
      return style.paint(value < 0 ? 'red' : 'cyan', blocks);
    });
    return [column(name, numberTexts(shown), padLeft), [' '.repeat(length), ...bars]];
  });
  const [head, ...rows] = names.map(
    (name, i) => `  ${[name, ...columns.map((texts) => texts[i])].join('  ')}`,
  );
  const scale =
    (y.scale === 'log' ? '; bars on a log scale' : '') +
    (series.length > 1 ? '; bars beside the largest of their column' : '');
  const lines = [
    style.dim(`  y: ${axisText(y)}${scale}`),
    style.dim(head.trimEnd()),
    ...rows.map((row) => row.trimEnd()),
  ];
  return [...lines, ...more(x.categories.length - count, style)];
}

/** The length of a value's bar, 1 for the largest. On a log scale the smallest still has one. */
function barScale(values: readonly number[], log: boolean): (value: number) => number {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const zero = least / (most / least) ** (1 / 8);
  return (value) => {
    const size = Math.abs(value);
    if (!Number.isFinite(size) || size === 0) return 0;
    return log && zero < least ? Math.log(size / zero) / Math.log(most / zero) : size / most;
  };
}

/** Numbers where they fit, else shades. */
function matrixRows(figure: MatrixFigure, style: Style, all: boolean): string[] {
  const { x, y, cell, values } = figure;
  const axes = `  rows: ${axisText(y)} · columns: ${axisText(x)} · cells: ${axisText(cell)}`;
  const width = values[0]?.length ?? 0;
  const picture = width > MOST_NUMBERS && !all;
  const rows = values.slice(0, all ? undefined : picture ? MOST_PIXELS : MOST_ROWS);
  const lines = picture ? shadeLines(rows) : numberLines(figure, rows, style);
  const cutAt = picture && width > MOST_PIXELS ? `; the first ${MOST_PIXELS} of ${width} columns` : '';
  return [style.dim(axes + cutAt), ...lines, ...more(values.length - rows.length, style)];
}

function numberLines({ x, y }: MatrixFigure, rows: MatrixFigure['values'], style: Style): string[] {
  const texts = numberTexts(rows.flat(), false); // small beside the others is near zero
  const width = texts.reduce((most, text) => Math.max(most, text.length), 0);
  let next = 0;
  const cells = rows.map((row, i) => [
    ...(y.categories === undefined ? [] : [y.categories[i] ?? '']),
    ...row.map(() => padLeft(texts[next++], width)),
  ]);
  if (x.categories === undefined) return tableLines(Array(cells[0]?.length ?? 0).fill(''), cells).slice(1);
  const heads = x.categories.map((text) => padLeft(text, width));
  return withHead(style, [...(y.categories === undefined ? [] : ['']), ...heads], cells);
}

/** Two characters for a cell are about a square; a wide picture has one. */
function shadeLines(rows: MatrixFigure['values']): string[] {
  const finite = rows.flat().filter(Number.isFinite);
  const [low, high] = finite.reduce(
    ([min, max], value) => [Math.min(min, value), Math.max(max, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const shade = (value: number) => {
    if (!Number.isFinite(value)) return '?';
    if (high === low) return SHADES[value === 0 ? 0 : 2];
    const level = Math.floor((SHADES.length * (value - low)) / (high - low));
    return SHADES[Math.min(SHADES.length - 1, level)];
  };
  const columns = Math.min(MOST_PIXELS, rows[0]?.length ?? 0);
  const size = columns <= MOST_SQUARES ? 2 : 1;
  const line = '─'.repeat(size * columns);
  const scale =
    finite.length === 0
      ? 'no finite value'
      : high === low
        ? `every value is ${shortNumber(low)}`
        : `from ${shortNumber(low)} (blank) to ${shortNumber(high)} (█)`;
  return [
    `  ┌${line}┐`,
    ...rows.map(
      (row) =>
        `  │${row
          .slice(0, MOST_PIXELS)
          .map((value) => shade(value).repeat(size))
          .join('')}│`,
    ),
    `  └${line}┘`,
    `  ${scale}${finite.length < rows.flat().length ? '; ? is no finite number' : ''}`,
  ];
}

function boxRows({ x, y, boxes }: BoxFigure, style: Style): string[] {
  const heads = ['box', 'x₁', 'y₁', 'x₂', 'y₂'];
  const rows = boxes.map(({ name, corners }) => [name, ...corners]);
  return [style.dim(`  x: ${axisText(x)} · y: ${axisText(y)}, downwards`), ...withHead(style, heads, rows)];
}

function tableRows({ columns, rows }: TableFigure, style: Style, all: boolean): string[] {
  const shown = all ? rows : rows.slice(0, MOST_ROWS);
  return [...withHead(style, columns, shown), ...more(rows.length - shown.length, style)];
}

function withHead(style: Style, columns: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const [head, ...lines] = tableLines(columns, rows);
  return [style.dim(head), ...lines];
}

function more(left: number, style: Style): string[] {
  return left === 0 ? [] : [style.dim(`  … and ${left} more; --all shows all`)];
}

/** `lag T − k (steps)` */
function axisText({ title, unit }: Pick<Axis, 'title' | 'unit'>): string {
  return `${title} (${unit})`;
}

/** A column with its head, all as wide as the widest. */
function column(
  head: string,
  texts: readonly string[],
  pad: (text: string, width: number) => string,
): string[] {
  const all = [head, ...texts];
  const width = all.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
  return all.map((text) => pad(text, width));
}

/** The same data without characters that steer a terminal: people type sentences and names. */
function printable<T>(data: T): T {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(UNPRINTABLE, '');
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  return visit(data) as T;
}
