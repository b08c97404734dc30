/**
 * Random typed graphs. A program is a list of steps, each a handful of numbers; reading one, every number is a choice
 * among what is possible at that point. So every program is a graph, and a program with less in it is a smaller one:
 * that is how failures shrink. An op and its attributes come from the samples, its operands from the graph so far; they
 * are made to fit in shape and brought into the op's domain. A step that would land near a kink, jump or tie is left out.
 */

import type { Attrs } from '../../../src/graph/graph.ts';
import { sameShape, sizeOf } from '../../../src/graph/shape.ts';
import { uniform } from '../../../src/model/random.ts';
import { Builder } from '../../../src/ops/builder.ts';
import type { OpName } from '../../../src/ops/op.ts';
import { opNames, rowOf, table } from '../../../src/ops/table.ts';
import { withClosestCall } from '../dual.ts';
import { reference, tensor } from '../reference/index.ts';
import type { Tensor } from '../reference/tensor.ts';
import { samplesOf } from '../samples/index.ts';
import type { Sample } from '../samples/sample.ts';

export interface Step {
  readonly op: number;
  readonly sample: number;
  readonly operands: readonly number[];
}
export interface Program {
  /** What the leaves' values are drawn from. */
  readonly values: number;
  readonly steps: readonly Step[];
}

export const MAX_NODES = 40;
const MAX_SIZE = 64;
const MAX_RANK = 5;
const MAX_VALUE = 50;
const MARGIN = 0.02;

/** A node to be, with its value. */
interface Spec {
  readonly op: OpName | 'parameter' | 'input';
  readonly inputs: readonly number[];
  readonly attrs: Attrs;
  readonly value: Tensor;
}

const samples = new Map(
  opNames.map((op) => [op, samplesOf(op).filter(({ shapes }) => shapes.every((shape) => sizeOf(shape) > 0))]),
);

/** The program as a graph whose last node is the scalar E = Σ x² over all x that nothing else uses, and the first leaf. */
export function graphOf(program: Program): { b: Builder; values: Record<string, number[]> } {
  const draft = new Draft(program.values);
  for (const step of program.steps) draft.take(step);
  return draft.finish();
}

class Draft {
  readonly #specs: Spec[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = uniform(seed);
    this.#leaf([2, 3], -2, 2);
  }

  /** Appends the step's op, with what it takes to make operands fit, if there is room and no kink is near. */
  take({ op: choice, sample: which, operands }: Step): void {
    const op = opNames[choice % opNames.length];
    const ofOp = samples.get(op)!;
    const sample = ofOp[which % ofOp.length];
    const before = this.#specs.length;
    const isFirst = before === 1;
    const leaves = sample.shapes.map((shape, leaf) => {
      if (sample.isData[leaf]) return this.#data(shape, sample.values[leaf]);
      if (isFirst && leaf === sample.operands[0]) return 0; // the first leaf is used
      return this.#pick(operands[leaf % operands.length], before, () => this.#leaf(shape, ...domainOf(op)));
    });
    if (!this.#fits(op, sample, leaves))
      leaves.forEach((id, leaf) => (leaves[leaf] = this.#shaped(id, sample.shapes[leaf])));
    leaves.forEach((id, leaf) => {
      if (!sample.isData[leaf]) leaves[leaf] = this.#within(id, domainOf(op));
    });
    const isFine = this.#append(
      op,
      sample.operands.map((leaf) => leaves[leaf]),
      sample.attrs,
    );
    if (!isFine || this.#specs.length + this.#sinks().length + 2 > MAX_NODES) this.#specs.length = before;
  }

  finish(): { b: Builder; values: Record<string, number[]> } {
    const terms = [0, ...this.#sinks().filter((id) => id !== 0)].map((id) => {
      const labels = this.#specs[id].value.shape.map((_, axis) => axis);
      const attrs = { left: labels, right: labels, result: [], sizes: this.#specs[id].value.shape };
      return { id, attrs };
    });
    const b = new Builder();
    const values: Record<string, number[]> = {};
    for (const { op, inputs, attrs, value } of this.#specs) {
      if (op === 'parameter' || op === 'input') {
        const name = `${op === 'input' ? 'c' : 'x'}_${b.graph.size}`;
        values[name] = value.at.map((element) => element.v);
        b[op](name, value.shape);
      } else b.apply(op, inputs, attrs);
    }
    const squares = terms.map(({ id, attrs }) => b.einsum(id, id, attrs));
    b.define('E', () => b.total(...squares));
    return { b, values };
  }

  /** Of the last three, of all, or new. */
  #pick(choice: number, count: number, make: () => number): number {
    const [kind, rest] = [choice % 4, Math.floor(choice / 4)];
    if (kind === 3) return make();
    const reach = kind === 2 ? count : Math.min(3, count);
    const id = count - 1 - (rest % reach);
    return this.#specs[id].op === 'input' ? make() : id; // data is not computed with
  }

  #leaf(shape: readonly number[], low: number, high: number): number {
    const values = Array.from({ length: sizeOf(shape) }, () =>
      Number((low + (high - low) * this.#random()).toFixed(6)),
    );
    const moves = values.map(() => this.#random()); // so that what is equal by chance does not move alike
    return (
      this.#specs.push({ op: 'parameter', inputs: [], attrs: {}, value: tensor(shape, values, moves) }) - 1
    );
  }

  #data(shape: readonly number[], values: readonly number[]): number {
    return this.#specs.push({ op: 'input', inputs: [], attrs: {}, value: tensor(shape, values) }) - 1;
  }

  #fits(op: OpName, { operands, attrs }: Sample, leaves: readonly number[]): boolean {
    try {
      const shape = rowOf(op)!.shape(
        operands.map((leaf) => this.#specs[leaves[leaf]].value.shape),
        attrs,
      );
      return sizeOf(shape) > 0 && sizeOf(shape) <= MAX_SIZE && shape.length <= MAX_RANK;
    } catch {
      return false;
    }
  }

  /** A node of the given shape made from another: spread, or its elements cut off or repeated. */
  #shaped(id: number, to: readonly number[]): number {
    const { shape } = this.#specs[id].value;
    const [n, wanted] = [sizeOf(shape), sizeOf(to)];
    if (sameShape(shape, to)) return id;
    const lead = to.length - shape.length;
    if (lead >= 0 && shape.every((size, axis) => size === 1 || size === to[axis + lead]))
      return this.#apply('broadcastTo', [id], { shape: to });
    let flat = shape.length === 1 ? id : this.#apply('reshape', [id], { shape: [n] });
    if (n > wanted) flat = this.#apply('slice', [flat], { begin: [(n - wanted) >> 1], size: [wanted] });
    if (n < wanted) {
      const indices = Array.from({ length: wanted }, (_, i) => i % n);
      flat = this.#apply('gather', [flat], { axis: 0, indices });
    }
    return to.length === 1 ? flat : this.#apply('reshape', [flat], { shape: to });
  }

  /** A node scaled and shifted so that its values lie well within the bounds. */
  #within(id: number, [low, high]: readonly [number, number]): number {
    const values = this.#specs[id].value.at.map((element) => element.v);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    if (least >= low && most <= high) return id;
    const room = 0.9 * (high - low);
    const scale = most - least > room ? Number((room / (most - least)).toPrecision(3)) : 1;
    const shift = Number(((low + high) / 2 - (scale * (least + most)) / 2).toFixed(3));
    return this.#apply('affine', [id], { scale, shift });
  }

  #apply(op: OpName, inputs: readonly number[], attrs: Attrs): number {
    this.#append(op, inputs, attrs);
    return this.#specs.length - 1;
  }

  /** Whether the result is of a size to go on with, finite, and away from kinks. */
  #append(op: OpName, inputs: readonly number[], attrs: Attrs): boolean {
    const operands = inputs.map((id) => this.#specs[id].value);
    const { result: value, margin } = withClosestCall(() => reference(op, operands, attrs));
    this.#specs.push({ op, inputs, attrs, value });
    const isOrdinary = value.at.every(({ v }) => Math.abs(v) <= MAX_VALUE);
    return (
      isOrdinary &&
      value.at.length > 0 &&
      value.at.length <= MAX_SIZE &&
      value.shape.length <= MAX_RANK &&
      margin >= MARGIN
    );
  }

  /** The nodes that no other one uses. */
  #sinks(): number[] {
    const used = new Set(this.#specs.flatMap(({ inputs }) => inputs));
    return this.#specs.map((_, id) => id).filter((id) => !used.has(id));
  }
}

function domainOf(op: OpName): readonly [number, number] {
  const [low, high] = table[op].domain;
  return low === -2 && high === 2 ? [-3, 3] : [low, high];
}
