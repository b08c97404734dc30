/** What charts share: the frame with its titled axes, the cursor that keys and pointer move, and the legend. */

import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Axis } from '../../examples/example.ts';
import { labelWidth, type Tick, titleLines } from './scale.ts';

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const axisTitle = ({ title, unit }: Axis): string => `${title} (${unit})`;

/** Height of a line of a title. */
const LINE = 15;

/** Where the area begins below the title of its vertical axis. */
export const topOf = (y: Axis, width: number): number =>
  19 + LINE * titleLines(axisTitle(y), width - 8).length;

/** The height of a picture: its area, the labels below it and the title of its horizontal axis. */
export function heightOf(area: Area, x: Axis, width: number, ticks: readonly Tick[], turned = false): number {
  return area.bottom + (turned ? turnedHeight(ticks) : 18) + 11 + LINE * xLines(area, x, width).length;
}

function xLines(area: Area, x: Axis, width: number): string[] {
  const middle = (area.left + area.right) / 2;
  return titleLines(axisTitle(x), 2 * Math.min(middle, width - middle));
}

/** Titles and ticks around an area; the vertical axis' title stands above it, where it can be read. */
export function Frame(props: {
  area: Area;
  /** Of the picture. */
  width: number;
  x: Axis;
  y: Axis;
  xTicks: readonly Tick[];
  yTicks: readonly Tick[];
  /** Labels below the horizontal axis are turned. */
  turned?: boolean;
  /** Lines across the area at the ticks. */
  grid?: boolean;
}) {
  const { area, width, x, y, xTicks, yTicks, turned, grid } = props;
  const below = turned ? turnedHeight(xTicks) : 18;
  const yLines = titleLines(axisTitle(y), width - 8);
  return (
    <g class="frame">
      {grid &&
        yTicks.map(({ at, label }) => (
          <path key={label} class="grid" d={`M${area.left} ${at}H${area.right}`} />
        ))}
      {yTicks.map(({ at, label }) => (
        <text key={label} x={area.left - 7} y={at + 4} text-anchor="end">
          {label}
        </text>
      ))}
      {xTicks.map(({ at, label }, i) => (
        <g key={`${label}${i}`}>
          <path class="tick" d={`M${at} ${area.bottom}v4`} />
          {turned ? (
            <text
              x={at + 4}
              y={area.bottom + 14}
              text-anchor="end"
              transform={`rotate(-40 ${at + 4} ${area.bottom + 14})`}
            >
              {short(label)}
            </text>
          ) : (
            <text x={at} y={area.bottom + 17} text-anchor="middle">
              {label}
            </text>
          )}
        </g>
      ))}
      <path class="axis" d={`M${area.left} ${area.top}V${area.bottom}H${area.right}`} />
      <Title axis="y" lines={yLines} x={4} y={area.top - 12 - LINE * (yLines.length - 1)} />
      <Title
        axis="x"
        lines={xLines(area, x, width)}
        x={(area.left + area.right) / 2}
        y={area.bottom + below + 18}
      />
    </g>
  );
}

function Title(props: { axis: 'x' | 'y'; lines: readonly string[]; x: number; y: number }) {
  const { axis, lines, x, y } = props;
  return (
    <text class="axis-title" data-axis={axis} y={y} text-anchor={axis === 'x' ? 'middle' : 'start'}>
      {lines.map((line, i) => (
        <tspan key={line} x={x} dy={i === 0 ? 0 : LINE}>
          {i < lines.length - 1 ? `${line} ` : line}
        </tspan>
      ))}
    </text>
  );
}

const MOST_LETTERS = 16;
export const short = (label: string) =>
  [...label].length > MOST_LETTERS ? `${[...label].slice(0, MOST_LETTERS - 1).join('')}…` : label;

/** Height of labels turned by 40°. */
const turnedHeight = (ticks: readonly Tick[]): number =>
  12 + 0.643 * Math.max(0, ...ticks.map(({ label }) => labelWidth(short(label))));

/** The width of an element, kept up to date. */
export function useWidth(start: number): { ref: { current: HTMLDivElement | null }; width: Signal<number> } {
  const ref = useRef<HTMLDivElement>(null);
  const width = useSignal(start);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      if (element.clientWidth > 0) width.value = element.clientWidth;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

/**
 * A picture in which keys and the pointer move a cursor over `count` places; what lies there is read out. With `row`, up
 * and down move by so many places.
 */
export function Plot(props: {
  label: string;
  width: number;
  height: number;
  count: number;
  row?: number;
  cursor: Signal<number | undefined>;
  /** The place nearest to a point of the picture. */
  nearest: (x: number, y: number) => number | undefined;
  text: (index: number) => string;
  children: ComponentChildren;
}) {
  const { label, width, height, count, row = 1, cursor, nearest, text, children } = props;
  const now = cursor.value === undefined || cursor.value >= count ? undefined : cursor.value;
  const move = (index: number) => {
    cursor.value = Math.max(0, Math.min(count - 1, index));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: row,
      ArrowUp: -row,
    };
    const step = steps[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined) move(now === undefined ? 0 : now + step);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(count - 1);
    else if (event.key === 'Escape' && now !== undefined) cursor.value = undefined;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).firstElementChild!.getBoundingClientRect();
    const scale = box.width / width || 1; // the page may be zoomed
    const found = nearest((event.clientX - box.left) / scale, (event.clientY - box.top) / scale);
    if (found !== undefined) cursor.value = found;
  };
  const leave = () => {
    cursor.value = undefined;
  };
  return (
    <>
      <div
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={now ?? 0}
        aria-valuetext={now === undefined ? 'arrow keys read the values' : text(now)}
        onKeyDown={onKeyDown}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={leave}
        onBlur={leave}
      >
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {children}
        </svg>
      </div>
      <p class="plot-readout" aria-hidden="true">
        {now !== undefined && <span>{text(now)}</span>}
      </p>
    </>
  );
}

const MARKS = 6;

/** A mark in the shape of a series: shapes differ where colours may not be told apart. */
export function Mark({ series, x, y, size = 4 }: { series: number; x: number; y: number; size?: number }) {
  const s = size;
  const shapes = [
    `M${x - s} ${y}a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0z`,
    `M${x - s} ${y - s}h${2 * s}v${2 * s}h${-2 * s}z`,
    `M${x} ${y - 1.3 * s}l${1.2 * s} ${2.2 * s}h${-2.4 * s}z`,
    `M${x} ${y - 1.4 * s}l${1.4 * s} ${1.4 * s}l${-1.4 * s} ${1.4 * s}l${-1.4 * s} ${-1.4 * s}z`,
    `M${x} ${y + 1.3 * s}l${1.2 * s} ${-2.2 * s}h${-2.4 * s}z`,
    `M${x - s} ${y - s}l${2 * s} ${2 * s}M${x + s} ${y - s}l${-2 * s} ${2 * s}`,
  ];
  return <path class={`mark colour-${series % MARKS}`} d={shapes[series % MARKS]} />;
}

/** Long dashes for what the figure dashes; beyond six series short ones too. */
export const dashOf = (series: number, dashed: boolean | undefined): string | undefined =>
  dashed ? '7 5' : series >= MARKS ? '2 4' : undefined;

export function Legend(props: { names: readonly string[]; swatch: (index: number) => ComponentChildren }) {
  if (props.names.length < 2) return null;
  return (
    <ul class="chart-legend">
      {props.names.map((name, i) => (
        <li key={`${name}${i}`}>
          <svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true">
            {props.swatch(i)}
          </svg>
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}
