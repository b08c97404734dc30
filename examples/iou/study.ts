/** What is claimed about the overlap of boxes: IoU beside L2, its gradients, and descents under each loss. */

import type { Claim, Study } from '../example.ts';
import { shown } from '../measure.ts';
import { type Descent, descend, type Measures, measures, STEPS } from './descent.ts';
import {
  boxesFigure,
  boxText,
  descentFigure,
  gradientFigure,
  positionsFigure,
  searchTable,
  valuesTable,
} from './figures.ts';
import {
  type Box,
  besides,
  CORNERS_OF_CENTRE,
  cornersOf,
  type Format,
  type IouOptions,
  losses,
  lossNames,
  OVERLAPS,
  REFERENCE,
  SHIFTED,
} from './iou.ts';
import { type EqualPair, equalDistancePairs, TRIES } from './search.ts';

export interface IouStudyOptions extends Required<Omit<IouOptions, 'loss'>> {
  /** Seed of the search. */
  readonly seed: number;
}

const ROUNDING = 1e-12;

export function studyIou({ a, b, format, seed }: IouStudyOptions): Study {
  const all = measures();
  const [A, B] = [cornersOf(a, format), cornersOf(b, format)];
  const far = besides(A);
  const pairs = equalDistancePairs(A, seed, (p, q) => all.iou(p, q).value);
  const under = (start: Box, target: Box) => losses.map((loss) => descend(all, loss, start, target));
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
    text: `GIoU and DIoU are at most IoU, and not below −1: IoU = ${shown(iou)}, GIoU = ${shown(giou)}, DIoU = ${shown(diou)} for A = ${boxText(A)} and B = ${boxText(B)}`,
    holds: iou >= 0 && iou <= 1 && [giou, diou].every((value) => value >= -1 && value <= iou),
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

function descentClaims(near: readonly Descent[], apart: readonly Descent[]): Claim[] {
  const lowered = near.map(({ loss, losses }) => {
    const name = loss === 'l2' ? 'L2 (pixels)' : `1 − ${lossNames[loss]}`;
    return `${name} from ${shown(losses[0])} to ${shown(losses.at(-1)!)}`;
  });
  const ends = (descents: readonly Descent[]) =>
    descents.map(({ loss, iou }) => `${shown(iou.at(-1)!)} under ${lossNames[loss]}`).join(', ');
  const [stuck, ...others] = apart;
  return [
    {
      text: `${STEPS} steps of gradient descent on A leave no loss larger than it was: ${lowered.join(', ')}; the IoU with B, at first ${shown(near[0].iou[0])}, is then ${ends(near)}`,
      holds: near.every(({ losses }) => losses.at(-1)! <= losses[0]),
    },
    {
      text: `From ${boxText(REFERENCE)} towards ${boxText(besides(REFERENCE))}, which it does not touch, the box never moves under IoU, which stays ${shown(stuck.iou.at(-1)!)}; the others take it there: to IoU ${ends(others)}`,
      holds:
        stuck.boxes.at(-1)!.every((value, i) => value === stuck.boxes[0][i]) &&
        others.every(({ iou }) => iou.at(-1)! > 0.9),
    },
    growthClaim(apart),
  ];
}

/** A larger box lowers (C − U)/C, and d²/c² by a larger c, so both losses first grow a box that touches nothing. */
function growthClaim(apart: readonly Descent[]): Claim {
  const area = ([x1, y1, x2, y2]: Box) => (x2 - x1) * (y2 - y1);
  const [, giou, diou, l2] = apart.map(({ boxes }) => Math.max(...boxes.map(area)) / area(boxes[0]));
  return {
    text: `On the way GIoU and DIoU do not only move the box but make it larger: up to ${shown(giou, 3)} and ${shown(diou, 3)} times its area; L2 keeps it at ${shown(l2, 3)}`,
    holds: Math.min(giou, diou) > 2 && Math.abs(l2 - 1) < 1e-9,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
