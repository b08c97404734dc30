/** A picture of numbers: colours diverge from zero; small ones carry their numbers. */

import { useSignal } from '@preact/signals';
import type { Axis, MatrixFigure } from '../../examples/example.ts';
import { pixels } from '../canvas/pixels.ts';
import { colour, inkOn, rgb, type Shade, short as shortNumber, tiny } from '../state/heat.ts';
import { type Area, axisTitle, Frame, heightOf, Plot, topOf } from './parts.tsx';
import { bandScale, labelWidth, numberText } from './scale.ts';

export const MOST_HIGH = 420;
export const LARGEST_CELL = 44;
/** More cells than these are one image. */
const MOST_CELLS = 600;

const placesOf = (axis: Axis, count: number): readonly string[] =>
  axis.categories ?? Array.from({ length: count }, (_, i) => String(i + 1));

/** The figure in pixels: square cells. */
export function matrixPlot(figure: MatrixFigure, width: number) {
  const [rows, columns] = [figure.values.length, figure.values[0]?.length ?? 0];
  const [down, across] = [placesOf(figure.y, rows), placesOf(figure.x, columns)];
  const left = Math.max(34, 14 + Math.max(0, ...down.map(labelWidth)));
  const cell = Math.min(LARGEST_CELL, (width - left - 16) / columns, MOST_HIGH / rows);
  const top = topOf(figure.y, width);
  const area: Area = { left, top, right: left + cell * columns, bottom: top + cell * rows };
  const x = bandScale(across, { from: area.left, to: area.right, room: labelWidth });
  const y = bandScale(down, { from: area.top, to: area.bottom, room: () => 12 });
  return { area, x, y, rows, columns, cell, down, across, height: heightOf(area, figure.x, width, x.ticks) };
}

export function Matrix({ figure, width, shade }: { figure: MatrixFigure; width: number; shade: Shade }) {
  const cursor = useSignal<number | undefined>(undefined);
  const { area, x, y, rows, columns, cell, down, across, height } = matrixPlot(figure, width);
  const all = figure.values.flat();
  const max = all.reduce((m, v) => (Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m), 0);
  const signed = all.some((value) => value < 0);
  // cells hold their numbers where all of them have room
  const numbered =
    rows * columns <= MOST_CELLS && all.every((value) => labelWidth(tiny(value)) <= Math.max(cell - 2, 0));
  const asImage = rows * columns > MOST_CELLS;
  const text = (index: number) => {
    const [i, j] = [Math.floor(index / columns), index % columns];
    return `${figure.y.title} ${down[i]}, ${figure.x.title} ${across[j]}: ${figure.cell.title} ${numberText(figure.values[i][j], 6)}`;
  };
  const at = cursor.value;
  return (
    <>
      <p class="ramp-line">
        <span>{`${figure.cell.title} (${figure.cell.unit})`}</span>
        <span>{signed ? shortNumber(-max) : '0'}</span>
        <span class={signed ? 'ramp' : 'ramp half'} />
        <span>{shortNumber(max)}</span>
      </p>
      <Plot
        label={`${figure.title}: ${axisTitle(figure.cell)}, ${rows} by ${columns}`}
        width={width}
        height={height}
        count={rows * columns}
        row={columns}
        cursor={cursor}
        nearest={(px, py) => {
          const [i, j] = [Math.floor((py - area.top) / cell), Math.floor((px - area.left) / cell)];
          return i >= 0 && j >= 0 && i < rows && j < columns ? i * columns + j : undefined;
        }}
        text={text}
      >
        {asImage ? (
          <image
            class="pixels"
            x={area.left}
            y={area.top}
            width={cell * columns}
            height={cell * rows}
            preserveAspectRatio="none"
            href={pixels(columns, rows, (i, j) => rgb(figure.values[i][j], max, shade))}
          />
        ) : (
          figure.values.map((row, i) =>
            row.map((value, j) => (
              <rect
                key={i * columns + j}
                class="cell"
                x={area.left + j * cell}
                y={area.top + i * cell}
                width={cell}
                height={cell}
                fill={colour(value, max, shade)}
              />
            )),
          )
        )}
        {numbered &&
          figure.values.map((row, i) =>
            row.map((value, j) => (
              <text
                key={i * columns + j}
                class={`cell-number ${inkOn(value, max, shade) === '#000000' ? 'dark' : 'light'}`}
                x={area.left + (j + 0.5) * cell}
                y={area.top + (i + 0.5) * cell + 4}
                text-anchor="middle"
              >
                {tiny(value)}
              </text>
            )),
          )}
        {at !== undefined && (
          <rect
            class="cell-cursor"
            x={area.left + (at % columns) * cell}
            y={area.top + Math.floor(at / columns) * cell}
            width={cell}
            height={cell}
          />
        )}
        <Frame area={area} width={width} x={figure.x} y={figure.y} xTicks={x.ticks} yTicks={y.ticks} />
      </Plot>
    </>
  );
}
