/** Figures as text: axis titles and units, gaps, thinning, bars, shades; nothing that steers the terminal. */

import { describe, expect, test } from 'vitest';
import type { Figure } from '../../examples/example.ts';
import { figureLines } from '../../src/cli/figures.ts';
import { Style } from '../../src/cli/style.ts';
import { numberTexts, tableLines } from '../../src/cli/table.ts';
import { displayWidth } from '../../src/notation/problem.ts';

const plain = new Style(false);
const text = (figure: Figure, all = false) => `\n${figureLines(figure, plain, all).join('\n')}\n`;

describe('lines', () => {
  const norms = {
    kind: 'lines',
    title: 'Norms by lag',
    x: { title: 'lag', unit: 'steps' },
    y: { title: '‖∂E/∂H_k‖', unit: '1', scale: 'log' },
    series: [
      {
        name: 'RNN',
        points: [
          [0, 1],
          [1, 1e-9],
          [3, Number.NaN],
        ],
      },
      {
        name: 'LSTM',
        points: [
          [0, 0.5],
          [2, 0.25],
          [3, 0.125],
        ],
      },
    ],
    note: 'A sentence.',
  } as const;

  test('a row for each x of any series; what is missing is a gap', () => {
    expect(text(norms)).toBe(`
Norms by lag
  y: ‖∂E/∂H_k‖ (1)
  lag (steps)       RNN   LSTM
            0         1  0.500
            1  1.000e-9
            2            0.250
            3            0.125
  A sentence.
`);
  });

  test('twenty of many, the first and the last among them', () => {
    const points = [...Array(100).keys()].map((i) => [i, i * i] as const);
    const lines = figureLines({ ...norms, series: [{ name: 'a', points }] }, plain, false);
    expect(lines).toHaveLength(3 + 20 + 1 + 1);
    expect(lines[3]).toMatch(/ 0 +0$/);
    expect(lines[22]).toMatch(/ 99 +9801$/);
    expect(lines[23]).toBe('  … 20 of 100; --all shows all');
    expect(figureLines({ ...norms, series: [{ name: 'a', points }] }, plain, true)).toHaveLength(3 + 100 + 1);
  });

  test('the end that stays as it is is told in words', () => {
    const points = [...Array(100).keys()].map((i) => [i, Math.max(0, 30 - i)] as const);
    const lines = figureLines({ ...norms, series: [{ name: 'a', points }] }, plain, false);
    expect(lines[22]).toMatch(/ 30 +0$/);
    expect(lines[23]).toBe('  … 20 of 100; --all shows all; from 30 on nothing changes');
    const flat = points.map(([x]) => [x, 7] as const);
    expect(
      figureLines({ ...norms, series: [{ name: 'a', points: flat }] }, plain, false).slice(3, 5),
    ).toEqual(['            0  7', '  … 1 of 100; --all shows all; from 0 on nothing changes']);
  });

  test('several points at one x, and a line that goes back', () => {
    const series = (points: readonly (readonly [number, number])[]) => [{ name: 'precision', points }];
    const step = series([
      [0, 1],
      [0.5, 1],
      [0.5, 0.5],
    ]);
    expect(figureLines({ ...norms, series: step }, plain, false).slice(3, 6)).toEqual([
      '            0        1.0',
      '          0.5        1.0',
      '          0.5        0.5',
    ]);
    const back = series([
      [2, 1],
      [1, 3],
      [2, 5],
    ]);
    expect(figureLines({ ...norms, series: back }, plain, false).slice(3, 6)).toEqual([
      '            2          1',
      '            1          3',
      '            2          5',
    ]);
  });

  test('places that have names', () => {
    const figure = {
      ...norms,
      x: { ...norms.x, categories: ['the', 'green'] },
      series: [
        {
          name: 'a',
          points: [
            [0, 1],
            [1, 2],
          ] as const,
        },
      ],
    };
    expect(figureLines(figure, plain, false).slice(2, 5)).toEqual([
      '  lag (steps)  a',
      '  the          1',
      '  green        2',
    ]);
  });
});

test('bars are as long as their values are large, beside the largest of their column', () => {
  const figure = {
    kind: 'bars',
    title: 'By word',
    x: { title: 'word', unit: 'words', categories: ['a', 'green', '色'] },
    y: { title: 'norm', unit: '1' },
    series: [
      { name: 'RNN', values: [1, -0.5, 0] },
      { name: 'LSTM', values: [2, 1, 0.5] },
    ],
  } as const;
  expect(text(figure)).toBe(`
By word
  y: norm (1); bars beside the largest of their column
  word (words)   RNN                    LSTM
  a              1.0  ████████████████   2.0  ████████████████
  green         -0.5  ████████           1.0  ████████
  色               0                     0.5  ████
`);
});

test('on a log scale the smallest bar can be seen', () => {
  const lines = figureLines(
    {
      kind: 'bars',
      title: '',
      x: { title: 'k', unit: '1', categories: ['a', 'b', 'c', 'd'] },
      y: { title: 'norm', unit: '1', scale: 'log' },
      series: [{ name: 's', values: [1e-8, 1e-4, 1, 0] }],
    },
    plain,
    false,
  );
  expect(lines[1]).toBe('  y: norm (1); bars on a log scale');
  expect(lines.slice(3).map((line) => /█*/.exec(line.replace(/^[^█]*/, ''))![0].length)).toEqual([
    2, 13, 24, 0,
  ]);
});

describe('matrices', () => {
  const axes = { x: { title: 'column', unit: 'pixels' }, y: { title: 'row', unit: 'pixels' } };
  const matrix = (values: number[][], more: object = {}): Figure => ({
    kind: 'matrix',
    title: 'M',
    ...axes,
    cell: { title: 'value', unit: '1' },
    values,
    ...more,
  });

  test('small ones as numbers, with the names of rows and columns', () => {
    expect(
      text(
        matrix([
          [1, -2.5],
          [0, 10],
        ]),
      ),
    ).toBe(`
M
  rows: row (pixels) · columns: column (pixels) · cells: value (1)
   1.0  -2.5
     0  10.0
`);
    const named = { x: { ...axes.x, categories: ['U', 'V'] }, y: { ...axes.y, categories: ['the', 'a'] } };
    expect(
      text(
        matrix(
          [
            [1, 2],
            [3, 4],
          ],
          named,
        ),
      ),
    ).toContain('\n       U  V\n  the  1  2\n  a    3  4\n');
  });

  test('large ones in shades, unless all is asked for', () => {
    const values = [[...Array(13).keys()], Array(13).fill(6), [...Array(12).fill(0), Number.NaN]];
    expect(text(matrix(values)).split('\n').slice(3)).toEqual([
      `  ┌${'─'.repeat(26)}┐`,
      '  │      ░░░░▒▒▒▒▒▒▓▓▓▓██████│',
      `  │${'▒'.repeat(26)}│`,
      `  │${' '.repeat(24)}??│`,
      `  └${'─'.repeat(26)}┘`,
      '  from 0 (blank) to 12 (█); ? is no finite number',
      '',
    ]);
    expect(text(matrix(values), true)).toMatch(/\n {4}6 {4}6 {4}6 .* 6\n/);
    expect(text(matrix([Array(20).fill(0.5)]))).toContain('every value is 0.5\n');
  });

  test('what does not fit is said', () => {
    const lines = figureLines(matrix(Array.from({ length: 50 }, () => Array(120).fill(1))), plain, false);
    expect(lines[1]).toContain('; the first 100 of 120 columns');
    expect(figureLines(matrix(Array.from({ length: 50 }, () => [1, 2])), plain, false).at(-1)).toBe(
      '  … and 10 more; --all shows all',
    );
  });
});

test('boxes and tables', () => {
  const pixels = { title: 'x', unit: 'pixels' };
  const boxes = {
    kind: 'boxes',
    title: 'Boxes',
    x: pixels,
    y: { ...pixels, title: 'y' },
    boxes: [
      { name: 'truth', corners: [50, 50, 150, 150] },
      { name: 'a', corners: [10, 20, 110, 120.5], dashed: true },
    ],
  } as const;
  expect(text(boxes)).toBe(`
Boxes
  x: x (pixels) · y: y (pixels), downwards
  box    x₁  y₁   x₂     y₂
  truth  50  50  150  150.0
  a      10  20  110  120.5
`);
  const rows = [
    ['a\u001b[31m', 0.25],
    ['b', '–'],
  ];
  expect(text({ kind: 'table', title: 'T', columns: ['pair', 'IoU (1)'], rows })).toBe(`
T
  pair   IoU (1)
  a[31m     0.25
  b            –
`);
});

test('columns: one look for all numbers, each its own where they differ much', () => {
  expect(numberTexts([1, 2.5, undefined, 0])).toEqual(['1.0', '2.5', '', '0']);
  expect(numberTexts([200, -1.00502, 0.25])).toEqual(['200.000', '-1.005', '0.250']);
  expect(numberTexts([5.29832, 0.0050123])).toEqual(['5.29832', '0.00501']);
  expect(numberTexts([5.29832, 0.0050123], false)).toEqual(['5.298', '0.005']);
  expect(numberTexts([1e7, 0.5])).toEqual(['1.000e7', '0.5']);
  expect(numberTexts([1, 20, -3])).toEqual(['1', '20', '-3']);
  expect(numberTexts([1, 1e-7])).toEqual(['1', '1.000e-7']);
  expect(numberTexts([Number.POSITIVE_INFINITY, 2])).toEqual(['Infinity', '2']);
  expect(tableLines(['a', 'b'], [])).toEqual(['  a  b']);
  expect([displayWidth('Ê_T'), displayWidth('x̄'), displayWidth('色彩'), displayWidth('∂E/∂W')]).toEqual([
    3, 1, 4, 5,
  ]);
});
