/** Samples of reductions along axes, of what undoes them, and of sums of several operands. */

import type { Draw, Shape } from './draw.ts';
import { anyShape } from './pointwise.ts';
import type { Draft, Family } from './sample.ts';

const AXES: readonly (readonly [Shape, readonly number[]])[] = [
  [[], []],
  [[1], [0]],
  [[3], [0]],
  [[2, 3], [1]],
  [[2, 3], [0]],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 4],
    [2, 0],
  ],
  [
    [2, 3, 4],
    [1, 2],
  ],
  [
    [2, 1, 3, 1, 2],
    [0, 3, 4],
  ],
  [[2, 3], []],
  [[3, 0], [0]],
];
/** Of nothing there is a sum and a product, but no mean and no largest. */
const EMPTY: readonly (readonly [Shape, readonly number[]])[] = [
  [[0], [0]],
  [
    [2, 0],
    [0, 1],
  ],
];

function shapeAndAxes(draw: Draw, i: number, takesEmpty: boolean): readonly [Shape, readonly number[]] {
  const fixed = [...AXES, ...(takesEmpty ? EMPTY : [])][i];
  if (fixed !== undefined) return fixed;
  const shape = draw.shape(draw.integer(1, 4));
  return [shape, draw.some(shape.length)];
}

export const reduction =
  ({ takesEmpty }: { takesEmpty: boolean }): Family =>
  (draw, i) => {
    const [shape, axes] = shapeAndAxes(draw, i, takesEmpty);
    return { shapes: [shape], attrs: { axes, keepDims: i % 2 === 1 } };
  };

export const withinAxes: Family = (draw, i) => {
  const [shape, axes] = shapeAndAxes(draw, i, true);
  return { shapes: [shape], attrs: { axes } };
};

/** Of two in three samples with groups of several elements, a third of these is 0: groups with one zero, and with more. */
export const withZeros =
  (family: Family): Family =>
  (draw, i) => {
    const draft = family(draw, i);
    const { axes } = draft.attrs as { readonly axes: readonly number[] };
    const size = axes.reduce((product, axis) => product * draft.shapes[0][axis], 1);
    const orZero = () => (draw.number(0, 1) < 1 / 3 ? 0 : draw.number(-2, 2));
    return size < 2 || i % 3 === 0 ? draft : { ...draft, drawn: { 0: orZero } };
  };

/** Groups of three elements or more, so that their variance is not next to nothing; or a large ε. */
export const standardize: Family = (draw, i) => {
  const [shape, axes] = shapeAndAxes(draw, i, false);
  const size = axes.reduce((product, axis) => product * shape[axis], 1);
  return { shapes: [shape], attrs: { axes, epsilon: size >= 3 ? draw.pick([0, 1e-5, 0.01, 1]) : 0.5 } };
};

export const cumsum: Family = (draw, i) => {
  const shape = anyShape(draw, i);
  const used = shape.length === 0 ? [4] : shape;
  return { shapes: [used], attrs: { axis: draw.integer(0, used.length - 1), reverse: i % 2 === 1 } };
};

/** Shapes where one broadcasts to the other: the smaller first. */
const SPREADS: readonly (readonly [Shape, Shape])[] = [
  [[], []],
  [[], [2]],
  [[1], [3]],
  [[3], [2, 3]],
  [
    [2, 1],
    [2, 3],
  ],
  [
    [1, 3],
    [2, 3],
  ],
  [[], [2, 3]],
  [
    [3, 1, 1],
    [2, 4, 3, 1, 2],
  ],
  [
    [2, 1, 4],
    [2, 3, 4],
  ],
  [[1], [0]],
  [[0], [0]],
  [
    [2, 3],
    [2, 3],
  ],
  [[1], [1, 1]],
  [
    [2, 1, 1, 3, 1],
    [2, 1, 2, 3, 2],
  ],
];

function spread(draw: Draw, i: number): readonly [Shape, Shape] {
  const fixed = SPREADS[i];
  if (fixed !== undefined) return fixed;
  const to = draw.shape(draw.integer(1, 4));
  const from = to.slice(draw.integer(0, to.length)).map((n) => (draw.bool() ? 1 : n));
  return [from, to];
}

export const broadcastTo: Family = (draw, i) => {
  const [from, to] = spread(draw, i);
  return { shapes: [from], attrs: { shape: to } };
};

export const sumTo: Family = (draw, i) => {
  const [to, from] = spread(draw, i);
  return { shapes: [from], attrs: { shape: to } };
};

/** The same elements, other axes. */
export const reshape: Family = (draw, i) => {
  const shape = anyShape(draw, i);
  const reversed = [...shape].reverse();
  const flat = [shape.reduce((size, n) => size * n, 1)];
  return { shapes: [shape], attrs: { shape: draw.pick([reversed, flat, [1, ...shape], [...reversed, 1]]) } };
};

/** One to four operands, now and then the same one several times. */
export const total: Family = (draw, i): Draft => {
  const shape = anyShape(draw, i);
  const count = (i % 4) + 1;
  const shapes = draw.list(count, () => shape);
  return i % 3 === 2 ? { shapes, operands: [...shapes.map((_, leaf) => leaf), 0, 0] } : { shapes };
};
