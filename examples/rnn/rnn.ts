/** The Elman RNN, unrolled: H_t = tanh(U x_t + W H_{t-1}), O_t = V H_t, a loss E_t at each step, E = Σ E_t. */

import { GradpathError } from '../../src/graph/error.ts';
import type { DType, NodeId } from '../../src/graph/graph.ts';
import { formatShape, type Shape, sameShape } from '../../src/graph/shape.ts';
import type { Model } from '../../src/model/model.ts';
import { glorot, uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import { checkedValues, type Values } from '../../src/run/values.ts';
import { weatherInputs, weatherSteps, weatherTargets } from './weather.ts';

export const losses = ['cross-entropy', 'squared-error'] as const;
export type Loss = (typeof losses)[number];

export interface RnnOptions {
  /** Number of time steps T; by default as many as `inputs` has, else 3. */
  readonly steps?: number;
  /** Seed of the weights and of H_0 (default 1). */
  readonly seed?: number;
  readonly loss?: Loss;
  readonly inputSize?: number;
  readonly hiddenSize?: number;
  readonly outputSize?: number;
  /** x_1 … x_T; by default Seattle's weather. */
  readonly inputs?: readonly (readonly number[])[];
  /** y_1 … y_T, distributions for the cross-entropy. */
  readonly targets?: readonly (readonly number[])[];
  /** U hidden×input, W hidden×hidden, V output×hidden, H_0 hidden; those left out are seeded. */
  readonly weights?: Readonly<Partial<Record<WeightName, Values>>>;
  readonly dtype?: DType;
}

export const weightNames = ['U', 'W', 'V', 'H_0'] as const;
export type WeightName = (typeof weightNames)[number];

export const MAX_STEPS = 10_000;

/** Builds the network and its values. Sizes follow the weights, then the data, then x 3, H 4, O 2. */
export function rnn(options: RnnOptions = {}): Model {
  const { inputs, targets, weights = {}, loss = 'cross-entropy', seed = 1 } = options;
  const steps = options.steps ?? inputs?.length ?? 3;
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEPS)) {
    throw new GradpathError(
      'option',
      `steps is ${steps}, expected a whole number from 1 to ${MAX_STEPS}`,
      'steps',
    );
  }
  if (!Number.isInteger(seed))
    throw new GradpathError('option', `seed is ${seed}, expected a whole number`, 'seed');
  const hiddenSize = firstSize('hidden', 4, [
    [options.hiddenSize, 'as asked for'],
    [rows(weights.W), 'from the rows of W'],
    [rows(weights.U), 'from the rows of U'],
    [rows(weights.H_0), 'from H_0'],
    [columns(weights.V), 'from the columns of V'],
  ]);
  const xSize = firstSize('input', 3, [
    [options.inputSize, 'as asked for'],
    [columns(weights.U), 'from the columns of U'],
    [inputs?.[0]?.length, 'from x_1'],
  ]);
  const ySize = firstSize('output', 2, [
    [options.outputSize, 'as asked for'],
    [rows(weights.V), 'from the rows of V'],
    [targets?.[0]?.length, 'from y_1'],
  ]);
  const [hidden, inputSize, output] = [hiddenSize.n, xSize.n, ySize.n];
  const reasons = {
    U: `${hiddenSize.reason}, ${xSize.reason}`,
    W: hiddenSize.reason,
    V: `${ySize.reason}, ${hiddenSize.reason}`,
    H_0: hiddenSize.reason,
  };
  const shapes = { U: [hidden, inputSize], W: [hidden, hidden], V: [output, hidden], H_0: [hidden] };
  const random = uniform(seed);
  const values: Record<string, number[]> = {};
  for (const name of weightNames) {
    const seeded =
      name === 'H_0'
        ? Array.from({ length: hidden }, () => random() - 0.5)
        : glorot(random, shapes[name][0], shapes[name][1]);
    const given = weights[name];
    requireShape(name, given, shapes[name], reasons[name]);
    values[name] = given === undefined ? seeded : [...checkedValues(given, shapes[name], name)];
  }
  const { H_0: initial, ...parameters } = values;
  const x = sequence('x', inputs ?? defaultInputs(steps, inputSize, random), steps, xSize);
  const y = sequence(
    'y',
    targets ?? defaultTargets(steps, output, random, inputs === undefined),
    steps,
    ySize,
  );
  if (loss === 'cross-entropy')
    y.forEach((distribution, i) => requireDistribution(`y_${i + 1}`, distribution));

  const b = new Builder(options.dtype);
  const U = b.parameter('U', shapes.U);
  const W = b.parameter('W', shapes.W);
  const V = b.parameter('V', shapes.V);
  let H = b.constant(initial, shapes.H_0, 'H_0');
  const E: NodeId[] = [];
  for (let t = 1; t <= steps; t++) {
    b.within(`t=${t}`, () => {
      const x_t = b.input(`x_${t}`, [inputSize]);
      const y_t = b.input(`y_${t}`, [output]);
      const previous = H;
      H = b.define(`H_${t}`, () => b.tanh(b.add(b.matmul(U, x_t), b.matmul(W, previous))));
      const O_t = b.define(`O_${t}`, () => b.matmul(V, H));
      E.push(b.define(`E_${t}`, () => lossAt(b, loss, O_t, y_t)));
    });
  }
  b.define('E', () => b.total(...E));

  x.forEach((vector, i) => {
    parameters[`x_${i + 1}`] = vector;
    parameters[`y_${i + 1}`] = y[i];
  });
  return { name: 'rnn', title: `Elman RNN, T = ${steps}`, builder: b, values: parameters, target: 'E' };
}

function lossAt(b: Builder, loss: Loss, O: NodeId, y: NodeId): NodeId {
  if (loss === 'cross-entropy') return b.crossEntropy(b.softmax(O), y);
  const squared = b.sum(b.square(b.sub(O, y)), { axes: [0], keepDims: false });
  return b.affine(squared, { scale: 0.5, shift: 0 }); // ½‖O − y‖²
}

/** Seattle's weather where the sizes fit it, else seeded numbers in [−1, 1). */
function defaultInputs(steps: number, size: number, random: () => number): number[][] {
  if (size !== 3)
    return Array.from({ length: steps }, () => Array.from({ length: size }, () => 2 * random() - 1));
  if (steps <= weatherSteps) return weatherInputs(steps);
  throw new GradpathError(
    'option',
    `steps is ${steps}, but the shipped sequence has ${weatherSteps} days; give your own with --inputs`,
    'steps',
  );
}

/** Whether it rains the next day, for the weather and two classes; else seeded one-hot vectors. */
function defaultTargets(steps: number, size: number, random: () => number, weather: boolean): number[][] {
  if (weather && size === 2 && steps <= weatherSteps) return weatherTargets(steps);
  return Array.from({ length: steps }, () => {
    const hot = Math.floor(random() * size);
    return Array.from({ length: size }, (_, i) => (i === hot ? 1 : 0));
  });
}

function sequence(
  name: string,
  vectors: readonly (readonly number[])[],
  steps: number,
  size: Size,
): number[][] {
  if (vectors.length < steps) {
    throw new GradpathError(
      'value',
      `${name}_${vectors.length + 1} is missing: ${vectors.length} vectors given, ${steps} steps need ${steps}`,
      name,
    );
  }
  return vectors.slice(0, steps).map((vector, i) => {
    if (vector.length !== size.n) {
      const message = `${name}_${i + 1} is ${formatShape([vector.length])}, expected ${size.n} (${size.reason})`;
      throw new GradpathError('value', message, `${name}_${i + 1}`);
    }
    return [...checkedValues(vector, [size.n], `${name}_${i + 1}`)];
  });
}

function requireDistribution(name: string, y: readonly number[]): void {
  const sum = y.reduce((total, p) => total + p, 0);
  if (y.some((p) => p < 0) || Math.abs(sum - 1) > 1e-9) {
    const shown = y.map((p) => Number(p.toPrecision(6))).join(', ');
    throw new GradpathError(
      'value',
      `${name} is [${shown}], expected probabilities that sum to 1 (use --loss squared-error for other targets)`,
      name,
    );
  }
}

/** A size of the network and where it comes from: `hidden size 4 from the rows of W`. */
interface Size {
  readonly n: number;
  readonly reason: string;
}

function firstSize(
  what: string,
  byDefault: number,
  candidates: readonly [number | undefined, string][],
): Size {
  const [n, from] = candidates.find(([n]) => n !== undefined) ?? [byDefault, 'by default'];
  return { n: n!, reason: `${what} size ${n} ${from}` };
}

/** Lists whose sizes do not fit are told together with where the expected sizes come from. */
function requireShape(name: string, given: Values | undefined, shape: Shape, reason: string): void {
  if (!isList(given)) return;
  const found = [given.length, ...(isList(given[0]) ? [given[0].length] : [])];
  if (found.length !== shape.length || sameShape(found, shape)) return;
  const misfit =
    shape.length === 1
      ? `${name}: ${found[0]} values given, expected ${shape[0]}`
      : `${name} is ${formatShape(found)}, expected ${formatShape(shape)}`;
  throw new GradpathError('value', `${misfit} (${reason})`, name);
}

const isList = (values: Values | undefined): values is readonly Values[] => Array.isArray(values);
const rows = (values: Values | undefined): number | undefined => (isList(values) ? values.length : undefined);
const columns = (values: Values | undefined): number | undefined =>
  isList(values) && isList(values[0]) ? values[0].length : undefined;
