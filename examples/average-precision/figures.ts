/** The figures of the study of average precision. */

import type { BarFigure, LineFigure, TableFigure } from '../example.ts';
import type { Cooled, Moved } from './probe.ts';
import { elevenPoints, type Ranking, type RankRow } from './ranking.ts';

export function rankTable(rows: readonly RankRow[]): TableFigure {
  return {
    kind: 'table',
    title: 'Precision and recall at each rank',
    note: 'Interpolated: the largest precision at this recall or a larger one.',
    columns: ['rank', 'relevant', 'hits', 'precision (1)', 'recall (1)', 'interpolated (1)'],
    rows: rows.map((row) => [row.rank, row.relevant, row.hits, row.precision, row.recall, row.interpolated]),
  };
}

export function curveFigure(rows: readonly RankRow[], ranking: Ranking): LineFigure {
  const found = rows.filter(({ relevant }) => relevant === 1);
  return {
    kind: 'lines',
    title: 'Precision over recall',
    x: { title: 'recall', unit: '1' },
    y: { title: 'precision', unit: '1' },
    series: [
      {
        name: 'at each rank',
        points: rows.map(({ recall, precision }): [number, number] => [recall, precision]),
        marks: true,
      },
      {
        name: 'interpolated',
        points: found.flatMap(({ recall, interpolated }, i): [number, number][] => [
          [i === 0 ? 0 : found[i - 1].recall, interpolated],
          [recall, interpolated],
        ]),
        dashed: true,
      },
      {
        name: '11 points',
        points: elevenPoints(ranking).map((p, tenths): [number, number] => [tenths / 10, p]),
        marks: 'only',
      },
    ],
  };
}

export function movedFigure({ rank, scores, exact, smooth }: Moved, temperature: number): LineFigure {
  const series = (values: readonly number[]) => scores.map((s, i): [number, number] => [s, values[i]]);
  return {
    kind: 'lines',
    title: `AP as the item at rank ${rank} moves`,
    note: 'Flat between the scores of the other items: the derivative of AP is 0 there.',
    x: { title: `score of the item at rank ${rank}`, unit: '1' },
    y: { title: 'average precision', unit: '1' },
    series: [
      { name: 'AP', points: series(exact) },
      { name: `smooth AP, τ = ${temperature}`, points: series(smooth), dashed: true },
    ],
  };
}

export function gradientFigure(
  exact: readonly number[],
  smooth: readonly number[],
  { relevant }: Ranking,
  temperature: number,
): BarFigure {
  return {
    kind: 'bars',
    title: 'The gradient by each score',
    note: '✓: a relevant item.',
    x: { title: 'rank', unit: '1', categories: relevant.map((value, i) => `${i + 1}${value ? ' ✓' : ''}`) },
    y: { title: '∂AP/∂s', unit: '1' },
    series: [
      { name: 'AP', values: exact },
      { name: `smooth AP, τ = ${temperature}`, values: smooth },
    ],
  };
}

export function coolingFigure(cooled: readonly Cooled[], ap: number): LineFigure {
  return {
    kind: 'lines',
    title: 'The smooth AP tends to AP',
    x: { title: 'temperature τ', unit: '1', scale: 'log' },
    y: { title: 'average precision', unit: '1' },
    series: [
      {
        name: 'smooth AP',
        points: rising(cooled, ({ ap }) => ap),
        marks: true,
      },
      {
        name: 'AP',
        points: rising(cooled, () => ap),
        dashed: true,
      },
    ],
  };
}

export function normFigure(cooled: readonly Cooled[]): LineFigure {
  return {
    kind: 'lines',
    title: 'What the temperature does to the gradient',
    note: 'Too hot, all pairs look alike; too cold, none is near enough to its step.',
    x: { title: 'temperature τ', unit: '1', scale: 'log' },
    y: { title: '‖∂AP/∂s‖ of the smooth AP', unit: '1' },
    series: [
      {
        name: 'smooth AP',
        points: rising(cooled, ({ norm }) => norm),
        marks: true,
      },
    ],
  };
}

/** From the lowest temperature to the highest. */
function rising(cooled: readonly Cooled[], of: (one: Cooled) => number): [number, number][] {
  return cooled.map((one): [number, number] => [one.temperature, of(one)]).reverse();
}
