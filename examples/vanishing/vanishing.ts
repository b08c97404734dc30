/** Next-word prediction by an RNN, an LSTM or a GRU whose recurrent matrices have a given spectral radius. */

import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import type { Model } from '../../src/model/model.ts';
import { glorot, uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import { gruCell } from '../gru/gru.ts';
import { lstmCell } from '../lstm/lstm.ts';
import { lossAt } from '../recurrent/data.ts';
import { requireChoice, requireFinite } from '../recurrent/options.ts';
import { type Cell, MAX_STEPS, weightShape } from '../recurrent/unroll.ts';
import { rnnCell } from '../rnn/rnn.ts';
import { orthogonalised, spectralRadius } from './spectrum.ts';
import { DEFAULT_SENTENCE, type Task, taskOf } from './words.ts';

export const cellNames = ['rnn', 'lstm', 'gru'] as const;
export type CellName = (typeof cellNames)[number];

export const initialisations = ['random', 'identity', 'orthogonal'] as const;

export interface VanishingOptions {
  readonly cell?: CellName;
  /** At least two different words; each is to predict the next (default `How the the the green color flag`). */
  readonly sentence?: string;
  /** T; by default the number of words less one. Beyond, the sentence is read again. */
  readonly steps?: number;
  /** The spectral radius of every recurrent matrix (default 0.5). */
  readonly radius?: number;
  /** Recurrent matrices: normally distributed, the identity, or orthogonal, each scaled to the radius. */
  readonly init?: (typeof initialisations)[number];
  /** ‖x_t‖, the length of every word's vector (default 0.1, short enough that the RNN is not saturated). */
  readonly wordLength?: number;
  /** The bias of the gate that keeps the old state: f of the LSTM, z of the GRU (default 1). All other biases are 0. */
  readonly keepBias?: number;
  /** Size of H_t (default 8). */
  readonly hiddenSize?: number;
  /** Size of x_t (default 5). */
  readonly wordSize?: number;
  readonly seed?: number;
}

export type Resolved = Required<Omit<VanishingOptions, 'steps'>> & { readonly task: Task };

export function resolved(options: VanishingOptions = {}): Resolved {
  const { sentence = DEFAULT_SENTENCE, steps } = options;
  const all = {
    sentence,
    ...{ cell: 'rnn', radius: 0.5, init: 'random', wordLength: 0.1, keepBias: 1 },
    ...{ hiddenSize: 8, wordSize: 5, seed: 1 },
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  } as Omit<Resolved, 'task'>;
  requireChoice('cell', all.cell, cellNames);
  requireChoice('init', all.init, initialisations);
  requireFinite('keepBias', all.keepBias);
  for (const name of ['radius', 'wordLength'] as const) {
    requireFinite(name, all[name]);
    if (!(all[name] > 0))
      throw new GradpathError('option', `${name} is ${all[name]}, expected a number above 0`, name);
  }
  for (const name of ['hiddenSize', 'wordSize'] as const) requireWhole(name, all[name], 1, 512);
  requireWhole('seed', all.seed, -(2 ** 31), 2 ** 32 - 1);
  if (steps !== undefined) requireWhole('steps', steps, 1, MAX_STEPS);
  return { ...all, task: taskOf(sentence, steps) };
}

function requireWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new GradpathError(
    'option',
    `${name} is ${value}, expected a whole number from ${min} to ${max}`,
    name,
  );
}

/** The cell, with reset before the product and z keeping the old state in the GRU; biases are in {@link weightsOf}. */
function cellOf(name: CellName): Cell {
  return name === 'rnn' ? rnnCell : name === 'lstm' ? lstmCell() : gruCell();
}

/**
 * X (words×wordSize), the cell's weights and V (words×hidden). The matrices of one seed and initialisation are
 * proportional to the radius and differ in nothing else, so that radii can be compared.
 */
export function weightsOf(options: Resolved): Record<string, number[]> {
  const { cell, radius, init, wordLength, keepBias, hiddenSize: n, wordSize, seed, task } = options;
  const random = uniform(seed);
  const normal = (count: number) =>
    Array.from({ length: count }, () => {
      const size = Math.sqrt(-2 * Math.log(1 - random())); // Box and Muller 1958
      return size * Math.cos(2 * Math.PI * random());
    });
  const recurrent = () => {
    const drawn = normal(n * n);
    if (init === 'identity') return drawn.map((_, i) => (i % (n + 1) === 0 ? radius : 0));
    if (init === 'orthogonal') return Array.from(orthogonalised(drawn, n), (entry) => radius * entry);
    const scale = radius / spectralRadius(drawn, n);
    return drawn.map((entry) => scale * entry);
  };
  const X = task.vocabulary.flatMap(() => {
    const word = normal(wordSize);
    const scale = wordLength / Math.hypot(...word);
    return word.map((entry) => scale * entry);
  });
  const V = glorot(random, task.vocabulary.length, n);
  const weights: Record<string, number[]> = { X };
  for (const [name, kind] of Object.entries(cellOf(cell).weights)) {
    const keeps = name === 'b_f' || name === 'b_z';
    if (kind === 'input') weights[name] = glorot(random, n, wordSize);
    else if (kind === 'state') weights[name] = recurrent();
    else weights[name] = new Array<number>(n).fill(keeps ? keepBias : 0);
  }
  return { ...weights, V };
}

/**
 * Builds the network and its values: x_t is the row of X that belongs to word t, O_t = V H_t, E_t the cross-entropy of
 * softmax(O_t) and the next word, one-hot in y_t. The states start at 0.
 */
export function vanishing(options: VanishingOptions = {}): Model {
  const all = resolved(options);
  const { task, hiddenSize, wordSize } = all;
  const { words, vocabulary, inputs, targets } = task;
  const cell = cellOf(all.cell);
  const values = weightsOf(all);
  const b = new Builder();
  const X = b.parameter('X', [vocabulary.length, wordSize]);
  const weights = Object.fromEntries(
    Object.entries(cell.weights).map(([name, kind]) => [
      name,
      b.parameter(name, weightShape(kind, hiddenSize, wordSize)),
    ]),
  );
  const V = b.parameter('V', [vocabulary.length, hiddenSize]);
  let states: readonly NodeId[] = cell.states.map((state) => b.constant(0, [hiddenSize], `${state}_0`));
  const E = words.map((word, i) => {
    const t = i + 1;
    return b.within(`t=${t} ${word}`, () => {
      const row = () => b.gather(X, { axis: 0, indices: [inputs[i]] });
      const x_t = b.define(`x_${t}`, () => b.reshape(row(), { shape: [wordSize] }));
      const y_t = b.input(`y_${t}`, [vocabulary.length]);
      values[`y_${t}`] = vocabulary.map((_, j) => (j === targets[i] ? 1 : 0));
      states = cell.step(b, weights, x_t, states, t);
      const O_t = b.define(`O_${t}`, () => b.matmul(V, states[0]));
      return b.define(`E_${t}`, () => lossAt(b, 'cross-entropy', O_t, y_t));
    });
  });
  b.define('E', () => b.total(...E));
  return {
    name: 'vanishing',
    title: `Next word by ${cell.title.replace(/,.*/, '')}, T = ${words.length}, spectral radius ${all.radius}`,
    builder: b,
    values,
    target: `E_${words.length}`, // in E the near words of the other losses would hide what vanishes
    show: { of: `E_${words.length}`, wrt: all.cell === 'rnn' ? 'W' : 'W_g' },
  };
}
