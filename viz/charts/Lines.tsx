/** Lines over a linear, logarithmic or counted axis. */

import { useSignal } from '@preact/signals';
import type { Axis, LineFigure } from '../../examples/example.ts';
import { type Area, axisTitle, dashOf, Frame, heightOf, Legend, Mark, Plot, topOf } from './parts.tsx';
import {
  bandScale,
  type Extent,
  labelWidth,
  linearScale,
  logScale,
  numberText,
  type Range,
  rangeOf,
  type Scale,
} from './scale.ts';

const HEIGHT = 290;
/** Marks of a series that has none of its own, to be told apart by their shape. */
const SPARSE = 6;

const upright = () => 14; // height of a label beside a vertical axis

function scaleOf(axis: Axis, values: readonly number[], extent: Extent, nice: boolean): Scale {
  if (axis.categories !== undefined) return bandScale(axis.categories, extent);
  if (axis.scale === 'log') return logScale(rangeOf(values, true) ?? { min: 0.1, max: 1 }, extent);
  const range: Range = rangeOf(values) ?? { min: 0, max: 1 };
  return linearScale(range, extent, { nice, whole: values.every(Number.isInteger) });
}

/** The figure in pixels. */
export function linePlot(figure: LineFigure, width: number) {
  const points = figure.series.flatMap((series) => series.points);
  const vertical = { from: HEIGHT, to: 0, room: upright };
  const widest = scaleOf(
    figure.y,
    points.map(([, y]) => y),
    vertical,
    true,
  ).ticks;
  const left = Math.max(34, 14 + Math.max(0, ...widest.map(({ label }) => labelWidth(label))));
  const top = topOf(figure.y, width);
  const area: Area = { left, top, right: width - 16, bottom: top + HEIGHT - 90 };
  const xs = points.map(([x]) => x);
  const across = { from: area.left, to: area.right, room: labelWidth };
  const categories = figure.x.categories;
  const turned = categories !== undefined && bandScale(categories, across).ticks.length < categories.length;
  const x = scaleOf(figure.x, xs, turned ? { ...across, room: upright } : across, false);
  const y = scaleOf(
    figure.y,
    points.map(([, v]) => v),
    { from: area.bottom, to: area.top, room: upright },
    true,
  );
  const height = heightOf(area, figure.x, width, x.ticks, turned);
  return { area, x, y, turned, height, stops: [...new Set(xs)].sort((a, b) => a - b) };
}

/** The line as path data; a gap where a point has no place. */
export function linePath(points: readonly (readonly [number, number])[], x: Scale, y: Scale): string {
  let [path, pen] = ['', 'M'];
  for (const [a, b] of points) {
    const [px, py] = [x.at(a), y.at(b)];
    if (Number.isFinite(px) && Number.isFinite(py)) {
      path += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`;
      pen = 'L';
    } else pen = 'M';
  }
  return path;
}

export function Lines({ figure, width }: { figure: LineFigure; width: number }) {
  const cursor = useSignal<number | undefined>(undefined);
  const { area, x, y, turned, height, stops } = linePlot(figure, width);
  const name = (stop: number) => figure.x.categories?.[stop] ?? numberText(stop);
  const text = (index: number) => {
    const stop = stops[index];
    const values = figure.series.flatMap(({ name: of, points }) => {
      const here = points.filter(([at]) => at === stop).map(([, value]) => numberText(value));
      return here.length === 0 ? [] : [`${of} ${here.join(' and ')}`];
    });
    return `${figure.x.title} ${name(stop)}: ${values.join(', ')}`;
  };
  const nearest = (px: number) => {
    if (stops.length === 0) return undefined;
    const distance = (stop: number) => Math.abs(x.at(stop) - px) || Number.POSITIVE_INFINITY;
    return stops.reduce((best, stop, i) => (Math.abs(x.at(stop) - px) < distance(stops[best]) ? i : best), 0);
  };
  const at = cursor.value === undefined ? undefined : stops[cursor.value];
  const several = figure.series.length > 1;
  return (
    <>
      <Legend
        names={figure.series.map((series) => series.name)}
        swatch={(i) => (
          <>
            {figure.series[i].marks !== 'only' && (
              <path
                class={`line colour-${i % 6}`}
                d="M1 7H33"
                stroke-dasharray={dashOf(i, figure.series[i].dashed)}
              />
            )}
            <Mark series={i} x={17} y={7} />
          </>
        )}
      />
      <Plot
        label={`${figure.title}: ${axisTitle(figure.y)} over ${axisTitle(figure.x)}`}
        width={width}
        height={height}
        count={stops.length}
        cursor={cursor}
        nearest={nearest}
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
        {at !== undefined && <path class="cursor" d={`M${x.at(at)} ${area.top}V${area.bottom}`} />}
        {figure.series.map((series, i) => {
          const every = series.marks ? 1 : Math.max(1, Math.ceil(series.points.length / SPARSE));
          const shift = series.marks ? 0 : Math.floor((i * every) / figure.series.length);
          return (
            <g key={`${series.name}${i}`} data-series={series.name}>
              {series.marks !== 'only' && (
                <path
                  class={`line colour-${i % 6}`}
                  d={linePath(series.points, x, y)}
                  stroke-dasharray={dashOf(i, series.dashed)}
                />
              )}
              {(several || series.marks) &&
                series.points.map(([a, b], j) => {
                  const fine = Number.isFinite(x.at(a)) && Number.isFinite(y.at(b));
                  return fine && j % every === shift % every ? (
                    <Mark key={j} series={i} x={x.at(a)} y={y.at(b)} />
                  ) : null;
                })}
              {at !== undefined &&
                series.points
                  .filter(([a, b]) => a === at && Number.isFinite(y.at(b)))
                  .map(([a, b], k) => <Mark key={`at${k}`} series={i} x={x.at(a)} y={y.at(b)} size={5.5} />)}
            </g>
          );
        })}
      </Plot>
    </>
  );
}
