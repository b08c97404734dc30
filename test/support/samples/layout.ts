/** Samples of ops that move elements. */

import type { Draw, Shape } from './draw.ts';
import { anyShape } from './pointwise.ts';
import type { Draft, Family } from './sample.ts';

/** Of one axis at least. */
const shapeWithAxes = (draw: Draw, i: number): Shape => {
  const shape = anyShape(draw, i);
  return shape.length === 0 ? [4, 2] : shape;
};

export const transpose: Family = (draw, i) => {
  const shape = anyShape(draw, i);
  return { shapes: [shape], attrs: { perm: draw.shuffled(shape.map((_, axis) => axis)) } };
};

export const slice: Family = (draw, i) => {
  const shape = anyShape(draw, i);
  const size = shape.map((n) => draw.integer(i % 9 === 8 ? 0 : Math.min(1, n), n));
  return { shapes: [shape], attrs: { begin: size.map((n, axis) => draw.integer(0, shape[axis] - n)), size } };
};

export const pad: Family = (draw, i) => {
  const shape = anyShape(draw, i);
  const some = () => draw.list(shape.length, () => draw.integer(0, shape.length > 3 ? 1 : 2));
  return { shapes: [shape], attrs: { before: some(), after: some() } };
};

/** One to four operands of different sizes along the axis, now and then one of them twice. */
export const concat: Family = (draw, i): Draft => {
  const shape = shapeWithAxes(draw, i);
  const axis = draw.integer(0, shape.length - 1);
  const sizes = draw.shuffled([1, 2, 3, i % 5 === 4 ? 0 : 4]).slice(0, (i % 4) + 1);
  const shapes = sizes.map((size) => shape.map((n, a) => (a === axis ? size : n)));
  const attrs = { axis };
  return i % 3 === 2 ? { shapes, attrs, operands: [...shapes.map((_, leaf) => leaf), 0] } : { shapes, attrs };
};

export const flip: Family = (draw, i) => {
  const shape = anyShape(draw, i);
  return { shapes: [shape], attrs: { axes: draw.some(shape.length) } };
};

/** Indices in any order, some repeated, some entries never asked for; none at all of an empty axis. */
export const gather: Family = (draw, i) => {
  const shape = shapeWithAxes(draw, i);
  const axis = draw.integer(0, shape.length - 1);
  const count = shape[axis] === 0 || i % 9 === 8 ? 0 : draw.integer(1, 5);
  return {
    shapes: [shape],
    attrs: { axis, indices: draw.list(count, () => draw.integer(0, shape[axis] - 1)) },
  };
};

export const scatterAdd: Family = (draw, i) => {
  const shape = shapeWithAxes(draw, i);
  const axis = draw.integer(0, shape.length - 1);
  const size = draw.integer(1, 5);
  const indices = draw.list(shape[axis], () => draw.integer(0, size - 1));
  return { shapes: [shape], attrs: { axis, indices, size } };
};

/** Class numbers, some of which are no class; or fractions, all of which are none, and around which nothing changes. */
export const oneHot: Family = (draw, i): Draft => {
  const depth = draw.integer(i === 0 ? 1 : 2, 4);
  const classes = () => (draw.number(0, 1) < 0.2 ? draw.pick([-1, depth, 0.5]) : draw.integer(0, depth - 1));
  const shapes = [anyShape(draw, i)];
  return i % 3 === 2 ? { shapes, attrs: { depth } } : { shapes, attrs: { depth }, data: { 0: classes } };
};
