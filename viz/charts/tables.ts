/** Every figure as a table: for those who cannot see it, and for exact numbers. */

import type { Figure } from '../../examples/example.ts';
import { numberText } from './scale.ts';

interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export function tableOf(figure: Figure): TableData {
  switch (figure.kind) {
    case 'lines': {
      const xs = [...new Set(figure.series.flatMap(({ points }) => points.map(([x]) => x)))].sort(
        (a, b) => a - b,
      );
      return {
        columns: [titled(figure.x), ...figure.series.map(({ name }) => name)],
        rows: xs.flatMap((x) => {
          // a line may go up or down at one x
          const series = figure.series.map(({ points }) => points.filter(([at]) => at === x));
          const most = Math.max(...series.map((points) => points.length));
          return Array.from({ length: most }, (_, i) => [
            figure.x.categories?.[x] ?? x,
            ...series.map((points) => points[i]?.[1] ?? '–'),
          ]);
        }),
      };
    }
    case 'bars':
      return {
        columns: [titled(figure.x), ...figure.series.map(({ name }) => name)],
        rows: figure.x.categories.map((name, i) => [name, ...figure.series.map(({ values }) => values[i])]),
      };
    case 'matrix':
      return {
        columns: [
          `${figure.y.title} \\ ${figure.x.title}`,
          ...(figure.values[0] ?? []).map((_, j) => figure.x.categories?.[j] ?? String(j + 1)),
        ],
        rows: figure.values.map((row, i) => [figure.y.categories?.[i] ?? String(i + 1), ...row]),
      };
    case 'boxes':
      return {
        columns: ['box', 'x₁', 'y₁', 'x₂', 'y₂'],
        rows: figure.boxes.map(({ name, corners }) => [name, ...corners]),
      };
    case 'table':
      return figure;
  }
}

const titled = ({ title, unit }: { title: string; unit: string }) => `${title} (${unit})`;

export const cellText = (cell: string | number): string =>
  typeof cell === 'number' ? numberText(cell, 6) : cell;
