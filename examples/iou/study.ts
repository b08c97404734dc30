/** What is claimed about the overlap of boxes: IoU beside L2, its gradients, and descents under each loss. */

import type { BarFigure, BoxFigure, Claim, LineFigure, Study, TableFigure } from '../example.ts';
import { shown } from '../measure.ts';
import { type Descent, descend, type Measure, measures, STEPS } from './descent.ts';
import {
  type Box,
  CORNERS_OF_CENTRE,
  cornersOf,
  type Format,
  type IouOptions,
  type Loss,
  losses,
  lossNames,
} from './iou.ts';
import { type EqualPair, equalDistancePairs, TRIES } from './search.ts';

export interface IouStudyOptions extends Required<Omit<IouOptions, 'loss'>> {
  /** Seed of the search. */
  readonly seed: number;
}

type Measures = Readonly<Record<Loss, Measure>>;

/** One box, and two others that are equally far from it by L2. */
const REFERENCE: Box = [50, 50, 150, 150];
const SHIFTED: readonly [Box, Box] = [
  [10, 20, 110, 120],
  [50, 100, 150, 200],
];
const ROUNDING = 1e-12;
const OVERLAPS = ['iou', 'giou', 'diou'] as const;

export function studyIou({ a, b, format, seed }: IouStudyOptions): Study {
  const all = measures();
  const [A, B] = [cornersOf(a, format), cornersOf(b, format)];
  const far = besides(A);
  const pairs = equalDistancePairs(A, seed, (p, q) => all.iou(p, q).value);
  const under = (start: Box, target: Box) =>
    losses.map((loss): [Loss, Descent] => [loss, descend(all, loss, start, target)]);
  const [near, apart] = [under(A, B), under(REFERENCE, besides(REFERENCE))];
  return {
    claims: [
      equalL2Claim(all),
      orderClaim(all, A, B),
      disjointClaim(all, A, far),
      scaleClaim(all, A, B),
      translationClaim(all, A, B),
      formatClaim(a, b, format),
      searchClaim(all, A, pairs),
      ...descentClaims(near, apart),
    ],
    figures: [
      boxesFigure(A, B),
      valuesTable(all, A, B),
      gradientFigure(all, A, B),
      searchTable(all, A, pairs),
      descentFigure('Gradient descent from A to B under each loss', near),
      descentFigure(`The same from ${boxText(REFERENCE)} to a box that it does not touch`, apart),
      positionsFigure('Towards that box,', apart),
    ],
  };
}

/** The box moved to the right by two of its widths, so that it does not touch itself, and down by a quarter. */
function besides([x1, y1, x2, y2]: Box): Box {
  const [right, down] = [2 * (x2 - x1), (y2 - y1) / 4];
  return [x1 + right, y1 + down, x2 + right, y2 + down];
}

function equalL2Claim(all: Measures): Claim {
  const [first, second] = SHIFTED.map((box) => ({
    l2: all.l2(REFERENCE, box).value,
    iou: all.iou(REFERENCE, box).value,
    corners: cornerDistance(REFERENCE, box),
  }));
  return {
    text: `Equal L2, different IoU: from ${boxText(REFERENCE)} both ${boxText(SHIFTED[0])} and ${boxText(SHIFTED[1])} are ${shown(first.l2)} = √5000 away over (x1, y1, x2, y2), two opposite corners, and ${shown(first.corners)} over all four; their IoU is ${shown(first.iou)} = 4200/15800 and ${shown(second.iou)} = 5000/15000`,
    holds:
      first.l2 === second.l2 &&
      first.l2 === Math.sqrt(5000) &&
      first.corners === 100 &&
      second.corners === 100 &&
      first.iou === 4200 / 15800 &&
      second.iou === 5000 / 15000,
  };
}

/** The L2 distance over the eight coordinates of the four corners. */
function cornerDistance(a: Box, b: Box): number {
  const points = ([x1, y1, x2, y2]: Box) => [x1, y1, x2, y1, x2, y2, x1, y2];
  const other = points(b);
  return Math.sqrt(points(a).reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0));
}

function orderClaim(all: Measures, A: Box, B: Box): Claim {
  const [iou, giou, diou] = OVERLAPS.map((loss) => all[loss](A, B).value);
  return {
    text: `GIoU and DIoU are at most IoU and above −1: IoU = ${shown(iou)}, GIoU = ${shown(giou)}, DIoU = ${shown(diou)} for A = ${boxText(A)} and B = ${boxText(B)}`,
    holds: iou >= 0 && iou <= 1 && [giou, diou].every((value) => value > -1 && value <= iou),
  };
}

function disjointClaim(all: Measures, A: Box, far: Box): Claim {
  const [iou, giou, diou] = OVERLAPS.map((loss) => all[loss](A, far));
  const size = (gradient: readonly number[]) => Math.hypot(...gradient);
  return {
    text: `Boxes that do not touch: for A and ${boxText(far)} IoU = ${shown(iou.value)} and its gradient by A is exactly 0, so nothing says where to go; GIoU = ${shown(giou.value)} and DIoU = ${shown(diou.value)} have gradients of norm ${shown(size(giou.byA), 3)} and ${shown(size(diou.byA), 3)} per pixel`,
    holds: iou.value === 0 && iou.byA.every((d) => d === 0) && size(giou.byA) > 0 && size(diou.byA) > 0,
  };
}

/** Euler: f(tx) = tᵏ f(x) gives Σ x ∂f/∂x = k f. */
function scaleClaim(all: Measures, A: Box, B: Box): Claim {
  const found = losses.map((loss) => {
    const { value, byA, byB } = all[loss](A, B);
    const terms = [...A, ...B].map((x, i) => x * [...byA, ...byB][i]);
    const expected = loss === 'l2' ? value : 0;
    const size = Math.max(total(terms.map(Math.abs)), loss === 'l2' ? 0 : 1); // the overlaps are of order 1
    return { loss, sum: total(terms), off: Math.abs(total(terms) - expected), size };
  });
  const texts = found.map(({ loss, sum }) => `${shown(sum, 3)} for ${lossNames[loss]}`);
  return {
    text: `Scaling both boxes leaves IoU, GIoU and DIoU as they are and scales L2, so Σ coordinate · derivative over both boxes is 0, and L2 itself: ${texts.join(', ')} (zero up to rounding)`,
    holds: found.every(({ off, size }) => off <= ROUNDING * size),
  };
}

function translationClaim(all: Measures, A: Box, B: Box): Claim {
  const found = losses.map((loss) => {
    const { byA, byB } = all[loss](A, B);
    const [x, y] = [0, 1].map((axis) => [byA, byB].flatMap((by) => [by[axis], by[axis + 2]]));
    const size = [...x, ...y].reduce((sum, d) => sum + Math.abs(d), 0);
    return { loss, off: Math.max(Math.abs(total(x)), Math.abs(total(y))), size };
  });
  const texts = found.map(({ loss, off }) => `${shown(off, 2)} for ${lossNames[loss]}`);
  return {
    text: `Moving both boxes changes none of them, so the derivatives by all x sum to 0, and those by all y: the larger sum is ${texts.join(', ')}`,
    holds: found.every(({ off, size }) => off <= ROUNDING * size),
  };
}

/** (x1, y1, x2, y2) = T (cx, cy, w, h), so the gradient in the one is Tᵀ times that in the other. */
function formatClaim(a: Box, b: Box, format: Format): Claim {
  const [centreA, centreB] = [a, b].map((box) => centreOf(cornersOf(box, format)));
  const [inCorners, inCentre] = [measures('corners'), measures('centre-size')];
  let off = 0;
  for (const loss of losses) {
    const corners = inCorners[loss](cornersOf(centreA, 'centre-size'), cornersOf(centreB, 'centre-size'));
    const centre = inCentre[loss](centreA, centreB);
    const size = Math.max(...corners.byA.map(Math.abs)) || 1;
    centre.byA.forEach((found, j) => {
      const expected = total(corners.byA.map((d, i) => CORNERS_OF_CENTRE[i][j] * d));
      off = Math.max(off, Math.abs(found - expected) / size);
    });
  }
  return {
    text: `As centre and size the gradient is Tᵀ times that by the corners (∂/∂cx = ∂/∂x1 + ∂/∂x2, ∂/∂w = ½(∂/∂x2 − ∂/∂x1)) under all four: largest relative difference ${shown(off, 2)}`,
    holds: off <= ROUNDING,
  };
}

function centreOf([x1, y1, x2, y2]: Box): Box {
  return [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];
}

const WIDE_GAP = 0.1;

function searchClaim(all: Measures, A: Box, pairs: readonly EqualPair[]): Claim {
  const wide = pairs.filter(({ low, high }) => high.iou - low.iou > WIDE_GAP);
  const best = pairs[0];
  const distance = ({ box }: { readonly box: Box }) => all.l2(A, box).value;
  const reach = Math.max(...A.map(Math.abs)); // coordinates are rounded beside their size
  return {
    text: `A search over ${TRIES} seeded boxes around A finds ${wide.length} distances L2 at which IoU differs by more than ${WIDE_GAP}; the widest: at L2 = ${shown(distance(best.low))} from ${shown(best.low.iou)} to ${shown(best.high.iou)}`,
    holds:
      wide.length > 0 &&
      pairs.every(({ low, high }) => {
        const [first, second] = [distance(low), distance(high)];
        return Math.abs(first - second) <= ROUNDING * (second + reach);
      }),
  };
}

function descentClaims(
  near: readonly (readonly [Loss, Descent])[],
  apart: readonly (readonly [Loss, Descent])[],
): Claim[] {
  const ends = (descents: readonly (readonly [Loss, Descent])[]) =>
    descents.map(([loss, { iou }]) => `${shown(iou.at(-1)!)} under ${lossNames[loss]}`).join(', ');
  const start = near[0][1].iou[0];
  const stuck = apart[0][1];
  const others = apart.slice(1);
  return [
    {
      text: `${STEPS} steps of gradient descent on A take its IoU with B from ${shown(start)} to ${ends(near)}`,
      holds: near.every(([, { iou }]) => iou.at(-1)! >= start),
    },
    {
      text: `From ${boxText(REFERENCE)} towards ${boxText(besides(REFERENCE))}, which it does not touch, the box never moves under IoU, which stays ${shown(stuck.iou.at(-1)!)}; the others take it there: to IoU ${ends(others)}`,
      holds:
        stuck.boxes.at(-1)!.every((value, i) => value === stuck.boxes[0][i]) &&
        others.every(([, { iou }]) => iou.at(-1)! > 0.9),
    },
    growthClaim(apart),
  ];
}

/** A larger box lowers (C − U)/C, and d²/c² by a larger c, so both losses first grow a box that touches nothing. */
function growthClaim(apart: readonly (readonly [Loss, Descent])[]): Claim {
  const area = ([x1, y1, x2, y2]: Box) => (x2 - x1) * (y2 - y1);
  const [, giou, diou, l2] = apart.map(([, { boxes }]) => Math.max(...boxes.map(area)) / area(boxes[0]));
  return {
    text: `On the way GIoU and DIoU do not only move the box but make it larger: up to ${shown(giou, 3)} and ${shown(diou, 3)} times its area; L2 keeps it at ${shown(l2, 3)}`,
    holds: Math.min(giou, diou) > 2 && Math.abs(l2 - 1) < 1e-9,
  };
}

const X = { title: 'x', unit: 'pixels' };
const Y = { title: 'y', unit: 'pixels' };

function boxesFigure(A: Box, B: Box): BoxFigure {
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

function valuesTable(all: Measures, A: Box, B: Box): TableFigure {
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

function gradientFigure(all: Measures, A: Box, B: Box): BarFigure {
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

function searchTable(all: Measures, A: Box, pairs: readonly EqualPair[]): TableFigure {
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

/** Every so many steps of a descent are drawn. */
const DRAWN = 5;

function descentFigure(title: string, descents: readonly (readonly [Loss, Descent])[]): LineFigure {
  return {
    kind: 'lines',
    title,
    x: { title: 'step', unit: '1' },
    y: { title: '1 − IoU', unit: '1' },
    series: descents.map(([loss, { iou }]) => ({
      name: `under ${lossNames[loss]}`,
      points: iou.flatMap((value, step): [number, number][] =>
        step % DRAWN === 0 ? [[step, 1 - value]] : [],
      ),
    })),
  };
}

function positionsFigure(title: string, descents: readonly (readonly [Loss, Descent])[]): BoxFigure {
  const step = STEPS / 10;
  return {
    kind: 'boxes',
    title: `${title} after ${step} of ${STEPS} steps`,
    x: X,
    y: Y,
    boxes: [
      { name: 'at the start', corners: REFERENCE },
      { name: 'the box to reach', corners: besides(REFERENCE) },
      ...descents.map(([loss, { boxes }]) => ({
        name: `under ${lossNames[loss]}`,
        corners: boxes[step],
        dashed: true as const,
      })),
    ],
  };
}

function boxText(box: Box): string {
  return `(${box.map((value) => shown(value, 6)).join(', ')})`;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
