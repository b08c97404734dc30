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
export type Measure = (a: Box, b: Box) => BoxMeasure;

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

export function measures(format: Format = 'corners'): Readonly<Record<Loss, Measure>> {
  return Object.fromEntries(losses.map((loss) => [loss, measureOf(loss, format)])) as Record<Loss, Measure>;
}

export const STEPS = 2000;
/** The first step, beside the size of the boxes; it falls to 0 in even steps. */
const RATE = 0.03;

export interface Descent {
  /** The box before each step and after the last. */
  readonly boxes: readonly Box[];
  /** Its IoU with the target. */
  readonly iou: readonly number[];
}

/**
 * Gradient descent on the corners of `start` towards `target`: x ← x − η W² ∂L/∂x and y ← y − η H² ∂L/∂y with the width
 * W and the height H of the larger box, so that neither the unit of length nor the shape of the boxes matters. L2
 * is a length, hence x ← x − η max(W, H) ∂L/∂x. Steps that would turn the box inside out are halved.
 */
export function descend(all: Readonly<Record<Loss, Measure>>, loss: Loss, start: Box, target: Box): Descent {
  const side = (axis: 0 | 1) => Math.max(start[axis + 2] - start[axis], target[axis + 2] - target[axis]);
  const [W, H] = [side(0), side(1)];
  const longest = Math.max(W, H);
  const scale = loss === 'l2' ? [-longest, -longest] : [W * W, H * H]; // the overlaps are to grow
  const boxes = [start];
  for (let t = 0; t < STEPS; t++) {
    const box = boxes[t];
    const { byA } = all[loss](box, target);
    let rate = RATE * (1 - t / STEPS);
    const moved = () => box.map((value, i) => value + rate * scale[i % 2] * byA[i]) as unknown as Box;
    let next = moved();
    for (let halving = 0; halving < 60 && !(next[2] > next[0] && next[3] > next[1]); halving++) {
      rate /= 2;
      next = moved();
    }
    boxes.push(next);
  }
  return { boxes, iou: boxes.map((box) => all.iou(box, target).value) };
}
