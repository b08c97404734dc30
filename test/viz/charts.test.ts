/** Charts as numbers: scales put values where they belong, ticks do not collide, and every figure is a table too. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure, LineFigure } from '../../examples/example.ts';
import { pixels } from '../../viz/canvas/pixels.ts';
import { barPlot } from '../../viz/charts/Bars.tsx';
import { boxPlot } from '../../viz/charts/Boxes.tsx';
import { linePath, linePlot } from '../../viz/charts/Lines.tsx';
import { matrixPlot } from '../../viz/charts/Matrix.tsx';
import {
  bandScale,
  labelWidth,
  linearScale,
  logScale,
  niceStep,
  numberText,
  rangeOf,
  type Tick,
  titleLines,
} from '../../viz/charts/scale.ts';
import { tableOf } from '../../viz/charts/tables.ts';
import { gridOf, sliceName, sliceOf, slicesOf } from '../../viz/state/slices.ts';

const across = { from: 40, to: 640, room: labelWidth };
const narrow = { ...across, to: 250 };
const upwards = { from: 240, to: 20, room: () => 14 };

/** Where each label begins and ends. */
function expectApart(ticks: readonly Tick[], room: (label: string) => number): void {
  const sorted = [...ticks].sort((a, b) => a.at - b.at);
  for (let i = 1; i < sorted.length; i++) {
    const [a, b] = [sorted[i - 1], sorted[i]];
    expect(b.at - a.at, `${a.label} and ${b.label}`).toBeGreaterThan((room(a.label) + room(b.label)) / 2);
  }
  expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
}

test('steps of ticks are 1, 2 or 5 times a power of ten', () => {
  expect([0.9, 1, 1.1, 2.1, 5.5, 0.03, 700].map(niceStep)).toEqual([1, 1, 2, 5, 10, 0.05, 1000]);
});

test.for([
  [0, '0'],
  [1, '1'],
  [-0.25, '−0.25'],
  [1234, '1234'],
  [0.001, '0.001'],
  [1e-4, '10⁻⁴'],
  [-2.5e-12, '−2.5·10⁻¹²'],
  [1e6, '10⁶'],
  [1.23456789e9, '1.235·10⁹'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '−∞'],
] as const)('%s is written %s', ([value, text]) => {
  expect(numberText(value)).toBe(text);
});

describe('a linear scale', () => {
  test('covers its range, in order, with labels apart and at their values', () => {
    const numbers = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(numbers, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.boolean(), (min, span, up) => {
        const range = { min, max: min + span };
        if (!(range.max - range.min > 1e-6 * Math.abs(min))) return; // no more digits to tell ticks by
        const extent = up ? upwards : narrow;
        const scale = linearScale(range, extent);
        const [low, high] = [scale.at(range.min), scale.at(range.max)];
        const [left, right] = [Math.min(extent.from, extent.to), Math.max(extent.from, extent.to)];
        for (const at of [low, high]) {
          expect(at).toBeGreaterThanOrEqual(left - 1e-6);
          expect(at).toBeLessThanOrEqual(right + 1e-6);
        }
        expect(up ? low > high : low < high).toBe(true);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expectApart(scale.ticks, extent.room);
      }),
    );
  });

  test('has ticks at round numbers', () => {
    const scale = linearScale({ min: 0.03, max: 0.97 }, across);
    expect(scale.ticks.map(({ label }) => label)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
    expect(scale.at(0)).toBeCloseTo(40, 9);
    expect(scale.at(1)).toBeCloseTo(640, 9);
    expect(scale.at(Number.NaN)).toBeNaN();
  });

  test('of whole numbers has no fractions between them', () => {
    const labels = linearScale({ min: 0, max: 2 }, across, { nice: false, whole: true }).ticks;
    expect(labels.map(({ label }) => label)).toEqual(['0', '1', '2']);
  });

  test('of one number puts it in the middle', () => {
    expect(linearScale({ min: 5, max: 5 }, across, { nice: false }).at(5)).toBeCloseTo(340, 9);
    expect(linearScale({ min: 0, max: 0 }, across).at(0)).toBeCloseTo(340, 9);
  });
});

describe('a logarithmic scale', () => {
  test('puts equal ratios at equal distances, and has no place for zero', () => {
    const scale = logScale({ min: 1e-6, max: 1 }, upwards);
    const distance = scale.at(1e-4) - scale.at(1e-3);
    expect(scale.at(1e-2) - scale.at(1e-1)).toBeCloseTo(distance, 9);
    expect(scale.at(1e-6)).toBeCloseTo(240, 9);
    expect(scale.at(1)).toBeCloseTo(20, 9);
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(scale.at(value)).toBeNaN();
  });

  test('has ticks at powers of ten that stay apart, however many there are', () => {
    const exponent = fc.double({ min: -300, max: 300, noNaN: true });
    fc.assert(
      fc.property(exponent, exponent, (a, b) => {
        const range = { min: 10 ** Math.min(a, b), max: 10 ** Math.max(a, b) };
        for (const extent of [across, upwards]) {
          const scale = logScale(range, extent);
          expectApart(scale.ticks, extent.room);
          expect(scale.ticks.length).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});

test('categories that would collide are left out evenly', () => {
  const few = bandScale(['How', 'the', 'flag'], across);
  expect(few.ticks.map(({ label }) => label)).toEqual(['How', 'the', 'flag']);
  expect(few.ticks.map(({ at }) => at)).toEqual([140, 340, 540]);
  const many = bandScale(
    Array.from({ length: 200 }, (_, i) => `word ${i}`),
    across,
  );
  expectApart(many.ticks, labelWidth);
  const indices = many.ticks.map(({ label }) => Number(label.slice(5)));
  const step = indices[1] - indices[0];
  expect(indices).toEqual(indices.map((_, i) => i * step));
});

test('a long title is broken into lines that fit, and loses nothing', () => {
  const title = 'share ⟨c, g⟩ / ⟨g, g⟩ of a contribution c to the gradient g (1)';
  expect(titleLines('norm (1)', 300)).toEqual(['norm (1)']);
  const broken = titleLines(title, 300);
  expect(broken.length).toBe(2);
  expect(broken.join(' ')).toBe(title);
  const long = { ...lines, y: axis(title.slice(0, -4)) };
  const [short, tall] = [linePlot(lines, 300), linePlot(long, 300)];
  expect(tall.area.top - short.area.top).toBe(15);
  expect(tall.height - short.height).toBe(15);
});

test('ranges leave out what has no place', () => {
  expect(rangeOf([3, Number.NaN, -2, Number.POSITIVE_INFINITY])).toEqual({ min: -2, max: 3 });
  expect(rangeOf([3, 0, -2, 0.5], true)).toEqual({ min: 0.5, max: 3 });
  expect(rangeOf([Number.NaN])).toBeUndefined();
});

const axis = (title: string, unit = '1') => ({ title, unit });
const lines: LineFigure = {
  kind: 'lines',
  title: 'decay',
  x: axis('lag', 'steps'),
  y: { ...axis('norm'), scale: 'log' },
  series: [
    {
      name: 'a',
      points: [
        [0, 1],
        [1, 0.1],
        [2, Number.NaN],
        [3, 0.001],
        [4, 0.0001],
      ],
    },
    {
      name: 'b',
      points: [
        [0, 1],
        [2, 0.5],
      ],
      dashed: true,
    },
  ],
};

test('a line breaks where a number is missing', () => {
  const { x, y } = linePlot(lines, 500);
  expect(linePath(lines.series[0].points, x, y).match(/[ML]/g)?.join('')).toBe('MLML');
});

const figures: readonly Figure[] = [
  lines,
  {
    kind: 'bars',
    title: 'words',
    x: { ...axis('word', 'position'), categories: ['How', 'the'] },
    y: axis('norm'),
    series: [{ name: 'a', values: [-1, 2] }],
  },
  {
    kind: 'matrix',
    title: 'kernel',
    x: axis('column'),
    y: { ...axis('row'), categories: ['top', 'bottom'] },
    values: [
      [1, 2, 3],
      [4, 5, -6],
    ],
    cell: axis('value'),
  },
  {
    kind: 'boxes',
    title: 'pair',
    x: axis('x', 'pixels'),
    y: axis('y', 'pixels'),
    boxes: [{ name: 'A', corners: [50, 50, 150, 150] }],
  },
  { kind: 'table', title: 'pairs', columns: ['pair', 'IoU (1)'], rows: [['a', 0.25]] },
];

test('every figure is a table with as many columns in each row', () => {
  expect(figures.map((figure) => tableOf(figure))).toEqual([
    {
      columns: ['lag (steps)', 'a', 'b'],
      rows: [
        [0, 1, 1],
        [1, 0.1, '–'],
        [2, Number.NaN, 0.5],
        [3, 0.001, '–'],
        [4, 0.0001, '–'],
      ],
    },
    {
      columns: ['word (position)', 'a'],
      rows: [
        ['How', -1],
        ['the', 2],
      ],
    },
    {
      columns: ['row \\ column', '1', '2', '3'],
      rows: [
        ['top', 1, 2, 3],
        ['bottom', 4, 5, -6],
      ],
    },
    { columns: ['box', 'x₁', 'y₁', 'x₂', 'y₂'], rows: [['A', 50, 50, 150, 150]] },
    figures[4],
  ]);
});

test('of several points at one x, none is lost in the table', () => {
  const step: LineFigure = {
    ...lines,
    series: [
      {
        name: 'a',
        points: [
          [0, 1],
          [0.5, 1],
          [0.5, 0.25],
        ],
      },
      { name: 'b', points: [[0.5, 7]] },
    ],
  };
  expect(tableOf(step).rows).toEqual([
    [0, 1, '–'],
    [0.5, 1, 7],
    [0.5, 0.25, '–'],
  ]);
});

test.for([300, 480, 760])('nothing is drawn outside of a figure %s pixels wide', (width) => {
  const [, bars, matrix, boxes] = figures;
  const plots = [
    linePlot(lines, width),
    barPlot(bars as Figure & { kind: 'bars' }, width),
    matrixPlot(matrix as Figure & { kind: 'matrix' }, width),
    boxPlot(boxes as Figure & { kind: 'boxes' }, width),
  ];
  for (const { area, x, y, height } of plots) {
    expect(area.left).toBeGreaterThan(0);
    expect(area.right).toBeLessThanOrEqual(width);
    expect(area.bottom).toBeLessThan(height);
    for (const { at, label } of y.ticks) {
      expect(at).toBeGreaterThanOrEqual(area.top - 1e-6);
      expect(at).toBeLessThanOrEqual(area.bottom + 1e-6);
      expect(area.left - 7 - labelWidth(label)).toBeGreaterThan(0);
    }
    expectApart(x.ticks, labelWidth);
  }
  const { x, y } = boxPlot(boxes as Figure & { kind: 'boxes' }, width);
  expect(x.at(150) - x.at(50)).toBeCloseTo(y.at(150) - y.at(50), 9); // a square is a square, y downwards
});

test('bars stand on zero, or on the lowest decade', () => {
  const bars = figures[1] as Figure & { kind: 'bars' };
  const plain = barPlot(bars, 500);
  expect(plain.base).toBeCloseTo(plain.y.at(0), 9);
  const log = barPlot(
    { ...bars, y: { ...bars.y, scale: 'log' }, series: [{ name: 'a', values: [1, 9] }] },
    500,
  );
  expect(log.base).toBe(log.area.bottom);
});

test('a bitmap holds each colour in its place, rows from the top', () => {
  const url = pixels(3, 2, (row, column) => [10 * row, 20 * column, 255]);
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  expect(bytes.subarray(0, 2).toString()).toBe('BM');
  expect([bytes.readInt32LE(18), bytes.readInt32LE(22)]).toEqual([3, -2]);
  const start = bytes.readUInt32LE(10);
  const at = (row: number, column: number) => [
    ...bytes.subarray(start + row * 12 + column * 3).subarray(0, 3),
  ];
  expect([at(0, 0), at(0, 2), at(1, 1)]).toEqual([
    [255, 0, 0],
    [255, 40, 0],
    [255, 20, 10],
  ]);
});

test('a tensor of four axes is a row of pictures', () => {
  const tensor = { shape: [2, 3, 4, 5], data: Float64Array.from({ length: 120 }, (_, i) => i) };
  expect(slicesOf(tensor.shape)).toEqual({ rows: 4, columns: 5, count: 6 });
  const slice = sliceOf(tensor, 4);
  expect(slice.shape).toEqual([4, 5]);
  expect(slice.data[0]).toBe(((1 * 3 + 1) * 4 + 0) * 5); // tensor[1, 1, 0, 0]
  expect([0, 2, 3, 5].map((i) => sliceName(tensor.shape, i))).toEqual(['1, 1', '1, 3', '2, 1', '2, 3']);
  expect(slicesOf([7])).toEqual({ rows: 1, columns: 7, count: 1 });
  expect(slicesOf([])).toEqual({ rows: 1, columns: 1, count: 1 });
});

test('pictures are arranged so that they are largest', () => {
  const square = { rows: 10, columns: 10, count: 4 };
  expect(gridOf(square, 100, 100, 0)).toMatchObject({ across: 2, down: 2, unit: 5 });
  expect(gridOf(square, 400, 90, 0)).toMatchObject({ across: 4, down: 1, unit: 9 });
});
