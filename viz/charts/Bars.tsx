/** Bars by category, side by side where there are several series. */

import { useSignal } from '@preact/signals';
import type { BarFigure } from '../../examples/example.ts';
import { type Area, axisTitle, Frame, heightOf, Legend, Plot, topOf } from './parts.tsx';
import { bandScale, labelWidth, linearScale, logScale, numberText, rangeOf, type Scale } from './scale.ts';

const upright = () => 14;

/** The figure in pixels. Bars stand on zero, or on the lowest decade. */
export function barPlot(figure: BarFigure, width: number) {
  const values = figure.series.flatMap((series) => series.values);
  const log = figure.y.scale === 'log';
  const vertical = (from: number, to: number): Scale =>
    log
      ? logScale(rangeOf(values, true) ?? { min: 0.1, max: 1 }, { from, to, room: upright })
      : linearScale(rangeOf([0, ...values])!, { from, to, room: upright });
  const widest = vertical(200, 0).ticks.map(({ label }) => labelWidth(label));
  const top = topOf(figure.y, width);
  const area: Area = {
    left: Math.max(34, 14 + Math.max(0, ...widest)),
    top,
    right: width - 16,
    bottom: top + 200,
  };
  const y = vertical(area.bottom, area.top);
  const across = { from: area.left, to: area.right, room: labelWidth };
  const flat = bandScale(figure.x.categories, across);
  const turned = flat.ticks.length < figure.x.categories.length;
  const x = turned ? bandScale(figure.x.categories, { ...across, room: upright }) : flat;
  const height = heightOf(area, figure.x, width, x.ticks, turned);
  return { area, x, y, turned, height, base: log ? area.bottom : y.at(0) };
}

export function Bars({ figure, width }: { figure: BarFigure; width: number }) {
  const cursor = useSignal<number | undefined>(undefined);
  const { area, x, y, turned, height, base } = barPlot(figure, width);
  const n = figure.series.length;
  const bar = Math.min(46, (x.width * 0.78) / Math.max(1, n));
  const text = (index: number) =>
    `${figure.x.categories[index]}: ${figure.series
      .map((series) => `${n > 1 ? `${series.name} ` : ''}${numberText(series.values[index])}`)
      .join(', ')}`;
  return (
    <>
      <Legend
        names={figure.series.map((series) => series.name)}
        swatch={(i) => <rect class={`fill colour-${i % 6}`} x="4" y="1" width="26" height="12" />}
      />
      <Plot
        label={`${figure.title}: ${axisTitle(figure.y)} over ${axisTitle(figure.x)}`}
        width={width}
        height={height}
        count={figure.x.categories.length}
        cursor={cursor}
        nearest={(px) => {
          const index = Math.floor((px - area.left) / x.width);
          return index >= 0 && index < figure.x.categories.length ? index : undefined;
        }}
        text={text}
      >
        <Frame
          area={area}
          width={width}
          x={figure.x}
          y={figure.y}
          xTicks={x.ticks}
          yTicks={y.ticks}
          turned={turned}
          grid
        />
        {cursor.value !== undefined && (
          <rect
            class="cursor-band"
            x={x.at(cursor.value) - x.width / 2}
            y={area.top}
            width={x.width}
            height={area.bottom - area.top}
          />
        )}
        {figure.series.map((series, i) => (
          <g key={`${series.name}${i}`} data-series={series.name}>
            {series.values.map((value, j) => {
              const end = y.at(value);
              if (!Number.isFinite(end)) return null;
              return (
                <rect
                  key={j}
                  class={`fill colour-${i % 6}`}
                  x={x.at(j) - (n * bar) / 2 + i * bar}
                  y={Math.min(end, base)}
                  width={Math.max(1, bar - 1)}
                  height={Math.max(0.8, Math.abs(end - base))}
                />
              );
            })}
          </g>
        ))}
        <path class="axis" d={`M${area.left} ${base}H${area.right}`} />
      </Plot>
    </>
  );
}
