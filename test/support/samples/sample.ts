/** A sample: an op with attributes, leaves for operands and values for the leaves. */

import type { Attrs } from '../../../src/graph/graph.ts';
import type { OpName } from '../../../src/ops/op.ts';
import { table } from '../../../src/ops/table.ts';
import { withClosestCall } from '../dual.ts';
import { reference, tensor } from '../reference/index.ts';
import { Draw, type Shape } from './draw.ts';

/** What a family says of a sample; values are drawn for it. */
export interface Draft {
  readonly shapes: readonly Shape[];
  readonly attrs?: object;
  /** Which leaf each operand is, if not its own: [0, 0] is f(x, x). */
  readonly operands?: readonly number[];
  /**
   * Leaves that are data, with what their elements are drawn by: class numbers, conditions, equal numbers. The result
   * jumps with them, so that there is no derivative to compare with, and none is asked for.
   */
  readonly data?: Readonly<Record<number, (draw: Draw) => number>>;
  /** Leaves that are differentiated, but whose elements are not drawn evenly from the row's domain. */
  readonly drawn?: Readonly<Record<number, (draw: Draw) => number>>;
  /** Bounds of the other values, if not the row's domain. */
  readonly domain?: readonly [number, number];
}

/** The i-th sample of an op. */
export type Family = (draw: Draw, i: number) => Draft;

export interface Sample {
  readonly op: OpName;
  readonly shapes: readonly Shape[];
  readonly attrs: Attrs;
  readonly operands: readonly number[];
  readonly values: readonly (readonly number[])[];
  /** By leaf: not differentiated. */
  readonly isData: readonly boolean[];
}

export const SAMPLES = 32;
/** How far the values of a sample stay away from kinks, jumps and ties. */
const MARGIN = 0.02;
const ATTEMPTS = 10_000;

const sizeOf = (shape: Shape): number => shape.reduce((size, n) => size * n, 1);

export function drawSample(op: OpName, family: Family, i: number, seed: number): Sample {
  const draw = new Draw(seed);
  const draft = family(draw, i);
  const { shapes, attrs = {}, operands = shapes.map((_, leaf) => leaf), data = {}, drawn = {} } = draft;
  const [low, high] = draft.domain ?? table[op].domain;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const values = shapes.map((shape, leaf) =>
      draw.list(sizeOf(shape), () => (data[leaf] ?? drawn[leaf])?.(draw) ?? draw.number(low, high)),
    );
    const { margin } = withClosestCall(() => {
      const leaves = shapes.map((shape, leaf) => tensor(shape, values[leaf]));
      reference(
        op,
        operands.map((leaf) => leaves[leaf]),
        attrs,
      );
    });
    if (margin < MARGIN) continue;
    const isData = shapes.map((_, leaf) => data[leaf] !== undefined);
    return { op, shapes, attrs: attrs as Attrs, operands, values, isData };
  }
  throw new Error(`${op}: no values for sample ${i} stay away from kinks`);
}
