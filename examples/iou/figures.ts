/** The figures of the study of boxes. */

import type { BarFigure, BoxFigure, LineFigure, TableFigure } from '../example.ts';
import { shown } from '../measure.ts';
import { type Descent, type Measures, STEPS } from './descent.ts';
import { type Box, besides, losses, lossNames, OVERLAPS, REFERENCE, SHIFTED } from './iou.ts';
import type { EqualPair } from './search.ts';

const X = { title: 'x', unit: 'pixels' };
const Y = { title: 'y', unit: 'pixels' };

export function boxesFigure(A: Box, B: Box): BoxFigure {
  const inner: Box = [Math.max(A[0], B[0]), Math.max(A[1], B[1]), Math.min(A[2], B[2]), Math.min(A[3], B[3])];
  const outer: Box = [Math.min(A[0], B[0]), Math.min(A[1], B[1]), Math.max(A[2], B[2]), Math.max(A[3], B[3])];
  const meets = inner[2] > inner[0] && inner[3] > inner[1];
  return {
    kind: 'boxes',
    title: 'The boxes',
    note: 'C is the smallest box around both; GIoU and DIoU need it.',
    x: X,
    y: Y,
    boxes: [
      { name: 'A', corners: A },
      { name: 'B', corners: B },
      ...(meets ? [{ name: 'I', corners: inner, dashed: true as const }] : []),
      { name: 'C', corners: outer, dashed: true as const },
    ],
  };
}

export function valuesTable(all: Measures, A: Box, B: Box): TableFigure {
  const known = SHIFTED.map((box): [Box, Box] => [REFERENCE, box]);
  const isKnown = known.some(([a, b]) => boxText(a) === boxText(A) && boxText(b) === boxText(B));
  const rows = isKnown ? known : [[A, B] as [Box, Box], ...known];
  return {
    kind: 'table',
    title: 'Four measures of two boxes',
    note: 'The boxes of the settings, and a box beside two that are equally far from it by L2.',
    columns: ['A', 'B', 'IoU (1)', 'GIoU (1)', 'DIoU (1)', 'L2 (pixels)'],
    rows: rows.map(([a, b]) => [boxText(a), boxText(b), ...losses.map((loss) => all[loss](a, b).value)]),
  };
}

export function gradientFigure(all: Measures, A: Box, B: Box): BarFigure {
  return {
    kind: 'bars',
    title: 'Derivatives by the corners of A',
    note: 'Descent on 1 − IoU moves each coordinate in the direction of its derivative.',
    x: { title: 'coordinate', unit: '1', categories: ['x1', 'y1', 'x2', 'y2'] },
    y: { title: 'derivative', unit: '1/pixel' },
    series: OVERLAPS.map((loss) => ({ name: lossNames[loss], values: all[loss](A, B).byA })),
  };
}

const MOST_ROWS = 8;

export function searchTable(all: Measures, A: Box, pairs: readonly EqualPair[]): TableFigure {
  return {
    kind: 'table',
    title: `Pairs of boxes equally far from A = ${boxText(A)} by L2`,
    columns: ['L2 (pixels)', 'box', 'IoU (1)', 'other box', 'its IoU (1)'],
    rows: pairs
      .slice(0, MOST_ROWS)
      .map(({ low, high }) => [
        all.l2(A, low.box).value,
        boxText(low.box),
        low.iou,
        boxText(high.box),
        high.iou,
      ]),
  };
}

/** Changes below this part of the chart's height cannot be seen. */
const VISIBLE = 0.005;
/** A line has about so many points. */
const POINTS = 200;

/** The losses until no line changes any more that one could see. */
export function descentFigure(title: string, descents: readonly Descent[]): LineFigure {
  const steps = Math.min(STEPS, 10 * Math.ceil((1.15 * settledAt(descents)) / 10 + 1));
  const every = Math.ceil(steps / POINTS);
  const part = steps < STEPS ? `: the first ${steps} of ${STEPS} steps` : `: ${STEPS} steps`;
  return {
    kind: 'lines',
    title: `${title}${part}`,
    ...(steps < STEPS ? { note: 'After these steps nothing changes that could be seen here.' } : {}),
    x: { title: 'step', unit: '1' },
    y: { title: '1 − IoU', unit: '1' },
    series: descents.map(({ loss, iou }) => ({
      name: `under ${lossNames[loss]}`,
      points: iou.flatMap((value, step): [number, number][] =>
        step <= steps && step % every === 0 ? [[step, 1 - value]] : [],
      ),
    })),
  };
}

/** The first step from which on every IoU is where it ends, as far as one can see. */
function settledAt(descents: readonly Descent[]): number {
  const all = descents.flatMap(({ iou }) => iou);
  const [low, high] = all.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [1, 0]);
  const isAway = (end: number) => (value: number) => Math.abs(value - end) > VISIBLE * (high - low);
  return Math.max(...descents.map(({ iou }) => 1 + iou.findLastIndex(isAway(iou[iou.length - 1]))));
}

/** In the middle of their way. */
const UNDER_WAY = 50;

export function positionsFigure(title: string, descents: readonly Descent[]): BoxFigure {
  return {
    kind: 'boxes',
    title: `${title} after ${UNDER_WAY} of ${STEPS} steps`,
    x: X,
    y: Y,
    boxes: [
      { name: 'at the start', corners: REFERENCE },
      { name: 'the box to reach', corners: besides(REFERENCE) },
      ...descents.map(({ loss, boxes }) => ({
        name: `under ${lossNames[loss]}`,
        corners: boxes[UNDER_WAY],
        dashed: true as const,
      })),
    ],
  };
}

export function boxText(box: Box): string {
  return `(${box.map((value) => shown(value, 6)).join(', ')})`;
}
