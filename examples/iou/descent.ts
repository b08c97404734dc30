/** Measures of two boxes in numbers, with gradients by the engine, and gradient descent on a box under each. */

import { grad } from '../../src/autodiff/grad.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import { type Box, type Format, type Loss, losses, Overlap } from './iou.ts';

export interface BoxMeasure {
  readonly value: number;
  /** Derivatives by the four numbers of each box. */
  readonly byA: readonly number[];
  readonly byB: readonly number[];
}

/** A measure (not the loss 1 − …) of two boxes, as often as wanted. */
type Measure = (a: Box, b: Box) => BoxMeasure;

export function measureOf(loss: Loss, format: Format = 'corners'): Measure {
  const b = new Builder();
  const [A, B] = [b.parameter('A', [4]), b.parameter('B', [4])];
  const value = new Overlap(b, A, B, format)[loss]();
  const [byA, byB] = grad(b, value, [A, B]);
  const plan = new Plan(b.graph, [value, byA, byB]);
  return (first, second) => {
    plan.set(A, first).set(B, second).run();
    return { value: plan.value(value)[0], byA: [...plan.value(byA)], byB: [...plan.value(byB)] };
  };
}

export type Measures = Readonly<Record<Loss, Measure>>;

export function measures(format: Format = 'corners'): Measures {
  return Object.fromEntries(losses.map((loss) => [loss, measureOf(loss, format)])) as Record<Loss, Measure>;
}

export const STEPS = 2000;
/** The step at the start, beside the size of the boxes. */
const RATE = 0.03;

export interface Descent {
  readonly loss: Loss;
  /** The box before each step and after the last. */
  readonly boxes: readonly Box[];
  /** Its loss: 1 − IoU, 1 − GIoU, 1 − DIoU, or L2 in pixels. */
  readonly losses: readonly number[];
  /** Its IoU with the target. */
  readonly iou: readonly number[];
}

/**
 * Gradient descent on the corners of `start` towards `target`: x ← x − η W² ∂L/∂x and y ← y − η H² ∂L/∂y with the width
 * W and the height H of the larger box at the time, so that neither the unit of length nor the shape of the boxes
 * matters. L2 is a length, hence x ← x − η max(W, H) ∂L/∂x. Each coordinate has its own η, which is halved where the
 * derivative has changed its sign: the losses have kinks where edges meet, and a fixed step would jump over them for
 * ever (after Jacobs 1988, "delta-bar-delta"). A step is halved while it would turn the box inside out, or lead over
 * the target to a loss above the first.
 */
export function descend(all: Measures, loss: Loss, start: Box, target: Box): Descent {
  const side = (box: Box, axis: number) => box[axis + 2] - box[axis];
  const sign = loss === 'l2' ? -1 : 1; // the overlaps are to grow
  const boxes = [start];
  const rates = [RATE, RATE, RATE, RATE];
  let now = all[loss](start, target);
  const least = sign * now.value;
  let before = [0, 0, 0, 0];
  for (let t = 0; t < STEPS; t++) {
    const box = boxes[t];
    const { byA } = now;
    const [W, H] = [0, 1].map((axis) => Math.max(side(box, axis), side(target, axis)));
    const longest = Math.max(W, H);
    const scale = loss === 'l2' ? [longest, longest] : [W * W, H * H];
    byA.forEach((slope, i) => {
      if (slope * before[i] < 0) rates[i] /= 2;
    });
    before = byA.map((slope, i) => (slope === 0 ? before[i] : Math.sign(slope)));
    let next = box;
    for (let part = 1; part > 1e-18; part /= 2) {
      const moved = box.map((x, i) => x + part * sign * rates[i] * scale[i % 2] * byA[i]) as unknown as Box;
      if (!(side(moved, 0) > 0 && side(moved, 1) > 0)) continue;
      const there = all[loss](moved, target);
      if (sign * there.value < least) continue;
      next = moved;
      now = there;
      break;
    }
    boxes.push(next);
  }
  const valuesOf = (loss: Loss) => boxes.map((box) => all[loss](box, target).value);
  const losses = valuesOf(loss).map((value) => (loss === 'l2' ? value : 1 - value));
  return { loss, boxes, losses, iou: valuesOf('iou') };
}
