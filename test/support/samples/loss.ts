/** Samples of distributions and losses. */

import type { Draw, Shape } from './draw.ts';
import { anyShape } from './pointwise.ts';
import type { Draft, Family } from './sample.ts';

/** Distributions lie along the last axis. */
const shapeOfRows = (draw: Draw, i: number): Shape => {
  const shape = anyShape(draw, i);
  return shape.length === 0 ? [5] : shape;
};

export const rows: Family = (draw, i) => ({ shapes: [shapeOfRows(draw, i)] });

/** A target: a probability, often exactly 0; where it is 0, log p does not count. */
const target = (draw: Draw): number => (draw.bool() ? 0 : draw.number(0.1, 1));

const pairs =
  (shapeOf: (draw: Draw, i: number) => Shape, ofTarget?: (draw: Draw) => number): Family =>
  (draw, i): Draft => {
    const shape = shapeOf(draw, i);
    if (i % 7 === 6) return { shapes: [shape], operands: [0, 0] };
    const shapes = [shape, shape];
    return i % 2 === 0 || ofTarget === undefined ? { shapes } : { shapes, data: { 1: ofTarget } };
  };

export const twoRows = pairs(shapeOfRows);
export const crossEntropy = pairs(anyShape, target);
export const softmaxCrossEntropy = pairs(shapeOfRows, target);
/** There is no mean of nothing. */
export const meanSquaredError = pairs((draw, i) => {
  const shape = anyShape(draw, i);
  return shape.includes(0) ? [4] : shape;
});
