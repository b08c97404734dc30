/** Rectangles on a plane whose y grows downwards. */

import { useSignal } from '@preact/signals';
import type { BoxFigure } from '../../examples/example.ts';
import { type Area, axisTitle, dashOf, Frame, heightOf, Legend, Plot, topOf } from './parts.tsx';
import { labelWidth, linearScale, numberText, rangeOf } from './scale.ts';

const MOST = 360;

/** The figure in pixels, one unit as long across as down. */
export function boxPlot(figure: BoxFigure, width: number) {
  const corners = figure.boxes.map((box) => box.corners);
  const across = rangeOf(corners.flatMap(([x1, , x2]) => [x1, x2])) ?? { min: 0, max: 1 };
  const down = rangeOf(corners.flatMap(([, y1, , y2]) => [y1, y2])) ?? { min: 0, max: 1 };
  const [spanX, spanY] = [across.max - across.min || 1, down.max - down.min || 1].map((span) => span * 1.12);
  const margin = 24 + Math.max(...[down.min, down.max].map((value) => labelWidth(numberText(value))));
  const unit = Math.min((width - margin - 16) / spanX, MOST / spanY);
  const top = topOf(figure.y, width);
  const area: Area = { left: margin, top, right: margin + unit * spanX, bottom: top + unit * spanY };
  const around = ({ min, max }: { min: number; max: number }, span: number) => {
    const middle = (min + max) / 2;
    return { min: middle - span / 2, max: middle + span / 2 };
  };
  const plain = { nice: false };
  const x = linearScale(around(across, spanX), { from: area.left, to: area.right, room: labelWidth }, plain);
  const y = linearScale(around(down, spanY), { from: area.top, to: area.bottom, room: () => 14 }, plain);
  return { area, x, y, height: heightOf(area, figure.x, width, x.ticks) };
}

export function Boxes({ figure, width }: { figure: BoxFigure; width: number }) {
  const cursor = useSignal<number | undefined>(undefined);
  const { area, x, y, height } = boxPlot(figure, width);
  const text = (index: number) => {
    const { name, corners } = figure.boxes[index];
    return `${name}: corners ${corners.map((value) => numberText(value)).join(', ')}`;
  };
  const nearest = (px: number, py: number) => {
    const size = ([x1, y1, x2, y2]: readonly number[]) => Math.abs((x2 - x1) * (y2 - y1));
    const inside = figure.boxes
      .map(({ corners }, i) => ({ corners, i }))
      .filter(({ corners: [x1, y1, x2, y2] }) => {
        const [a, b, c, d] = [x.at(x1), y.at(y1), x.at(x2), y.at(y2)];
        return px >= Math.min(a, c) && px <= Math.max(a, c) && py >= Math.min(b, d) && py <= Math.max(b, d);
      })
      .sort((p, q) => size(p.corners) - size(q.corners));
    return inside[0]?.i;
  };
  return (
    <>
      <Legend
        names={figure.boxes.map((box) => box.name)}
        swatch={(i) => (
          <rect
            class={`box colour-${i % 6}`}
            x="4"
            y="2"
            width="26"
            height="10"
            stroke-dasharray={dashOf(i, figure.boxes[i].dashed)}
          />
        )}
      />
      <Plot
        label={`${figure.title}: ${axisTitle(figure.y)} over ${axisTitle(figure.x)}`}
        width={width}
        height={height}
        count={figure.boxes.length}
        cursor={cursor}
        nearest={nearest}
        text={text}
      >
        <Frame area={area} width={width} x={figure.x} y={figure.y} xTicks={x.ticks} yTicks={y.ticks} />
        {figure.boxes.map(({ name, corners: [x1, y1, x2, y2], dashed }, i) => (
          <rect
            key={`${name}${i}`}
            data-series={name}
            class={`box colour-${i % 6} ${cursor.value === i ? 'lit' : ''}`}
            x={Math.min(x.at(x1), x.at(x2))}
            y={Math.min(y.at(y1), y.at(y2))}
            width={Math.abs(x.at(x2) - x.at(x1))}
            height={Math.abs(y.at(y2) - y.at(y1))}
            stroke-dasharray={dashOf(i, dashed)}
          />
        ))}
      </Plot>
    </>
  );
}
