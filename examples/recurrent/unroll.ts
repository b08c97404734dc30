/** A recurrent cell unrolled over time: a state per step, O_t = V H_t, a loss E_t, and E, the sum of the losses. */

import { GradpathError } from '../../src/graph/error.ts';
import type { DType, NodeId } from '../../src/graph/graph.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Model } from '../../src/model/model.ts';
import { glorot, uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import { checkedValues, type Values } from '../../src/run/values.ts';
import { defaultInputs, defaultTargets, type Loss, lossAt, requireDistribution, sequence } from './data.ts';
import { columns, firstSize, requireShape, rows } from './sizes.ts';

/** What a weight is: a matrix on the input (hidden×input), one on the state (hidden×hidden), or a vector (hidden). */
export type WeightKind = 'input' | 'state' | 'vector';

/** The equations of one time step. */
export interface Cell {
  /** The model's name, and the title without the number of steps. */
  readonly name: string;
  readonly title: string;
  /** The parameters in the order of their definition. */
  readonly weights: Readonly<Record<string, WeightKind>>;
  /** Added to the seeded values of a vector: the bias with which a gate starts open. */
  readonly shifts?: Readonly<Record<string, number>>;
  /** What is carried from step to step; the first is read out: `['H', 'C']`. */
  readonly states: readonly string[];
  /** Defines the variables of step t and returns the new states. */
  readonly step: (
    b: Builder,
    weights: Readonly<Record<string, NodeId>>,
    x: NodeId,
    states: readonly NodeId[],
    t: number,
  ) => readonly NodeId[];
  /** The parameter whose gradient the viewer shows first. */
  readonly show?: string;
}

export interface SequenceOptions<W extends string = string> {
  /** Number of time steps T; by default as many as `inputs` has, else 3. */
  readonly steps?: number;
  /** Seed of the weights and of the initial states (default 1). */
  readonly seed?: number;
  readonly loss?: Loss;
  readonly inputSize?: number;
  readonly hiddenSize?: number;
  readonly outputSize?: number;
  /** x_1 … x_T; by default Seattle's weather. */
  readonly inputs?: readonly (readonly number[])[];
  /** y_1 … y_T, distributions for the cross-entropy. */
  readonly targets?: readonly (readonly number[])[];
  /** U… hidden×input, W… hidden×hidden, V output×hidden, all others hidden; those left out are seeded. */
  readonly weights?: Readonly<Partial<Record<W, Values>>>;
  readonly dtype?: DType;
}

export const outputChoices = ['last', 'all'] as const;
/** Whether O_t, y_t and E_t are there at the last step only, or at all steps. */
export type Outputs = (typeof outputChoices)[number];

export const MAX_STEPS = 10_000;

/** The names of all values of a network: the cell's weights, V and the initial states. */
export function weightNamesOf(cell: Cell): string[] {
  return [...Object.keys(cell.weights), 'V', ...cell.states.map((state) => `${state}_0`)];
}

export function weightShape(kind: WeightKind, hidden: number, input: number): Shape {
  return kind === 'input' ? [hidden, input] : kind === 'state' ? [hidden, hidden] : [hidden];
}

/** Builds the network and its values. Sizes follow the weights, then the data, then x 3, H 4, O 2. */
export function unroll(cell: Cell, options: SequenceOptions = {}, outputs: Outputs = 'all'): Model {
  const { inputs, targets, weights = {}, loss = 'cross-entropy', seed = 1 } = options;
  const steps = options.steps ?? inputs?.length ?? 3;
  requireOptions(cell, steps, seed, weights);
  const { shapes, reasons, input, output } = sizesOf(cell, options);
  const random = uniform(seed);
  const values: Record<string, number[]> = {};
  for (const name of weightNamesOf(cell)) {
    const [rows, columns] = shapes[name];
    const shift = cell.shifts?.[name] ?? 0;
    const seeded =
      columns === undefined
        ? Array.from({ length: rows }, () => random() - 0.5 + shift)
        : glorot(random, rows, columns);
    const given = weights[name];
    requireShape(name, given, shapes[name], reasons[name]);
    values[name] = given === undefined ? seeded : [...checkedValues(given, shapes[name], name)];
  }
  const x = sequence('x', inputs ?? defaultInputs(steps, input.n, random), steps, input);
  const given = targets ?? defaultTargets(steps, output.n, random, inputs === undefined);
  const y = sequence('y', given, steps, output);
  const predicts = (t: number) => outputs === 'all' || t === steps;
  for (let t = 1; t <= steps; t++)
    if (loss === 'cross-entropy' && predicts(t)) requireDistribution(`y_${t}`, y[t - 1]);

  const b = new Builder(options.dtype);
  const parameters = Object.fromEntries(
    [...Object.keys(cell.weights), 'V'].map((name) => [name, b.parameter(name, shapes[name])]),
  );
  let states: readonly NodeId[] = cell.states.map((state) =>
    b.constant(values[`${state}_0`], shapes[`${state}_0`], `${state}_0`),
  );
  for (const state of cell.states) delete values[`${state}_0`];
  const E: NodeId[] = [];
  for (let t = 1; t <= steps; t++) {
    b.within(`t=${t}`, () => {
      const x_t = b.input(`x_${t}`, [input.n]);
      values[`x_${t}`] = x[t - 1];
      const y_t = predicts(t) ? b.input(`y_${t}`, [output.n]) : undefined;
      states = cell.step(b, parameters, x_t, states, t);
      if (y_t === undefined) return;
      values[`y_${t}`] = y[t - 1];
      const O_t = b.define(`O_${t}`, () => b.matmul(parameters.V, states[0]));
      E.push(b.define(`E_${t}`, () => lossAt(b, loss, O_t, y_t)));
    });
  }
  b.define('E', () => b.total(...E));
  const show = cell.show === undefined ? {} : { show: { of: `E_${steps}`, wrt: cell.show } };
  return { name: cell.name, title: `${cell.title}, T = ${steps}`, builder: b, values, target: 'E', ...show };
}

function requireOptions(cell: Cell, steps: number, seed: number, weights: Readonly<object>): void {
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEPS)) {
    throw new GradpathError(
      'option',
      `steps is ${steps}, expected a whole number from 1 to ${MAX_STEPS}`,
      'steps',
    );
  }
  if (!Number.isInteger(seed))
    throw new GradpathError('option', `seed is ${seed}, expected a whole number`, 'seed');
  const names = weightNamesOf(cell);
  const unknown = Object.keys(weights).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `${unknown} is no weight of ${cell.name}; its weights are ${names.join(', ')}`;
    throw new GradpathError('unknown-variable', message, unknown);
  }
}

function sizesOf(cell: Cell, { weights = {}, inputs, targets, ...asked }: SequenceOptions) {
  const named = (kind: WeightKind) => Object.keys(cell.weights).filter((name) => cell.weights[name] === kind);
  const initial = cell.states.map((state) => `${state}_0`);
  const rowsOf = (name: string) => [rows(weights[name]), `from the rows of ${name}`] as const;
  const lengthOf = (name: string) => [rows(weights[name]), `from ${name}`] as const;
  const columnsOf = (name: string) => [columns(weights[name]), `from the columns of ${name}`] as const;
  const hidden = firstSize('hidden', 4, [
    [asked.hiddenSize, 'as asked for'],
    ...[...named('state'), ...named('input')].map(rowsOf),
    ...[...named('vector'), ...initial].map(lengthOf),
    columnsOf('V'),
  ]);
  const input = firstSize('input', 3, [
    [asked.inputSize, 'as asked for'],
    ...named('input').map(columnsOf),
    [inputs?.[0]?.length, 'from x_1'],
  ]);
  const output = firstSize('output', 2, [
    [asked.outputSize, 'as asked for'],
    rowsOf('V'),
    [targets?.[0]?.length, 'from y_1'],
  ]);
  const shapes: Record<string, Shape> = { V: [output.n, hidden.n] };
  const reasons: Record<string, string> = { V: `${output.reason}, ${hidden.reason}` };
  for (const name of [...Object.keys(cell.weights), ...initial]) {
    const kind = cell.weights[name] ?? 'vector';
    shapes[name] = weightShape(kind, hidden.n, input.n);
    reasons[name] = kind === 'input' ? `${hidden.reason}, ${input.reason}` : hidden.reason;
  }
  return { shapes, reasons, hidden, input, output };
}
