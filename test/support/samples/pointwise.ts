/** Samples of pointwise ops: shapes of all ranks, broadcasting both ways, repeated operands, attributes of both signs. */

import type { Draw, Shape } from './draw.ts';
import type { Draft, Family } from './sample.ts';

const RANK_5 = [2, 1, 3, 1, 2];
const SHAPES: readonly Shape[] = [[], [1], [3], [2, 3], RANK_5, [0], [2, 0, 3], [1, 1], [3, 1, 2]];

export const anyShape = (draw: Draw, i: number): Shape => SHAPES[i] ?? draw.shape(draw.integer(0, 4));

/** One operand of any shape; attributes if the op has any. */
export const unary =
  (
    attrs?: (draw: Draw, i: number) => object,
    domain?: (attrs: object) => readonly [number, number] | undefined,
  ): Family =>
  (draw, i) => {
    const shapes = [anyShape(draw, i)];
    if (attrs === undefined) return { shapes };
    const drawn = attrs(draw, i);
    const bounds = domain?.(drawn);
    return { shapes, attrs: drawn, ...(bounds !== undefined && { domain: bounds }) };
  };

/** A whole exponent takes bases of both signs. */
export const powers: Family = unary(
  (draw, i) => ({ exponent: [0, 1, 2, 3, -1, 0.5, -1.5][i % 7] ?? draw.number(-2, 2) }),
  (attrs) => {
    const { exponent } = attrs as { exponent: number };
    return Number.isInteger(exponent) && exponent >= 0 ? [-2, 2] : undefined;
  },
);

const PAIRS: readonly (readonly [Shape, Shape])[] = [
  [[], []],
  [[3], [3]],
  [[2, 3], [3]],
  [[3], [2, 3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[], [2]],
  [[2, 2], []],
  [[1], [1]],
  [[1], [4]],
  [
    [2, 3],
    [2, 1],
  ],
  [RANK_5, [3, 4, 1]],
  [[4, 1], RANK_5],
  [[0], [1]],
  [
    [2, 0],
    [2, 1],
  ],
  [[], [0]],
];

/** A shape that broadcasts to `shape`: some axes are 1, some of the first are left out. */
function broadcastable(draw: Draw, shape: Shape): Shape {
  return shape.slice(draw.integer(0, shape.length)).map((n) => (draw.number(0, 1) < 0.3 ? 1 : n));
}

function pairOf(draw: Draw, i: number): readonly [Shape, Shape] {
  const pair = PAIRS[i];
  if (pair !== undefined) return pair;
  const whole = draw.shape(draw.integer(1, 4));
  return draw.bool() ? [whole, broadcastable(draw, whole)] : [broadcastable(draw, whole), whole];
}

/** Whether the sample is of the form f(x, x). */
const isRepeated = (i: number): boolean => i > PAIRS.length && i % 4 === 0;

/** Two operands that broadcast, or the same one twice. */
export const binary: Family = (draw, i) => {
  if (isRepeated(i)) return { shapes: [anyShape(draw, i)], operands: [0, 0] };
  return { shapes: [...pairOf(draw, i)] };
};

/** Half of the comparisons are of whole numbers, many of them equal. */
export const comparison: Family = (draw, i) => {
  const draft = binary(draw, i);
  if (i % 2 === 0) return draft;
  const few = () => draw.integer(0, 2);
  return { ...draft, data: { 0: few, 1: few } };
};

const condition = (draw: Draw): number => draw.pick([0, 1, -2, 0]);

/** The second operand is a condition: 0 or not. */
export const mask: Family = (draw, i): Draft => {
  if (isRepeated(i)) return { shapes: [anyShape(draw, i)], operands: [0, 0] };
  const shapes = [...pairOf(draw, i)];
  return i % 3 === 0 ? { shapes } : { shapes, data: { 1: condition } };
};

/** The first operand is a condition; the other two are the same now and then. */
export const where: Family = (draw, i): Draft => {
  const [a, b] = pairOf(draw, i);
  const data = { 0: condition };
  if (isRepeated(i)) return { shapes: [a, b], operands: [0, 1, 1], data };
  if (i % 7 === 5) return { shapes: [a, b], operands: [0, 0, 1] }; // c is its own choice
  const third = draw.pick([a, b, []]);
  return { shapes: i % 2 === 0 ? [third, a, b] : [a, b, third], data };
};
