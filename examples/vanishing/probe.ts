/** Norms of the gradient of the last loss by every state and every word, at any values of the weights. */

import { grad } from '../../src/autodiff/grad.ts';
import { norm } from '../../src/chain/measure.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import { spectralNorm, spectralRadius } from './spectrum.ts';
import { type CellName, type Resolved, vanishing, weightsOf } from './vanishing.ts';

export interface Norms {
  /** ‖∂E_T/∂H_k‖ by lag T − k = 0 … T − 1. */
  readonly byLag: readonly number[];
  /** ‖∂E_T/∂C_k‖ by lag in the LSTM; empty in the others. */
  readonly cells: readonly number[];
  /** ‖∂E_T/∂x_k‖ by k − 1. */
  readonly words: readonly number[];
  /** The largest and the mean 1 − H², which is tanh′ in the RNN, over all units and steps from 2 on. */
  readonly slope: { readonly max: number; readonly mean: number };
  /** ∂E_T/∂X, and the sum of ∂E_T/∂x_k over the uses of each row, row-major. */
  readonly rows: { readonly gradient: Float64Array; readonly sum: Float64Array };
}

export type PerCell<V> = Readonly<Record<CellName, V>>;

/** What was measured at rest with one radius. */
export interface SweepRow {
  readonly radius: number;
  readonly norms: PerCell<Norms>;
  /** By how much ‖∂E_T/∂H_k‖ changes per step of lag. */
  readonly measured: PerCell<number>;
  /** The same after infinitely many steps. */
  readonly predicted: PerCell<number>;
  /** The largest relative distance, at any lag, to what powers of the one-step map give. */
  readonly distance: PerCell<number>;
}

/** A run of the RNN, and what its line is called. */
export type SaturationRun = Norms & { readonly name: string };

/** The graph and its plan are made once; each run takes other weights of the same sizes. */
export class Probe {
  readonly #plan: Plan;
  readonly #states: readonly NodeId[];
  readonly #byStates: readonly NodeId[];
  readonly #byWords: readonly NodeId[];
  readonly #byCells: readonly NodeId[];
  readonly #byX: NodeId;

  constructor(options: Resolved) {
    const { task, sentence, cell, hiddenSize, wordSize } = options;
    const T = task.words.length;
    const model = vanishing({ sentence, steps: T, cell, hiddenSize, wordSize });
    const b = new Builder(model.builder.graph.copy());
    const { graph } = b;
    const named = (letter: string) => task.words.map((_, i) => graph.idOf(`${letter}_${i + 1}`));
    this.#states = named('H');
    const cells = cell === 'lstm' ? named('C') : [];
    const wrt = [graph.idOf('X'), ...this.#states, ...named('x'), ...cells];
    const [byX, ...others] = grad(b, graph.idOf(`E_${T}`), wrt);
    this.#byX = byX;
    this.#byStates = others.slice(0, T);
    this.#byWords = others.slice(T, 2 * T);
    this.#byCells = others.slice(2 * T);
    this.#plan = new Plan(graph, [byX, ...others, ...this.#states]).setAll(model.values);
  }

  run(options: Resolved): Norms {
    const plan = this.#plan.setAll(weightsOf(options)).run();
    const normOf = (id: NodeId) => norm({ shape: plan.graph.node(id).shape, data: plan.value(id) });
    let [max, sum, count] = [0, 0, 0];
    for (const id of this.#states.slice(1))
      for (const h of plan.value(id)) {
        max = Math.max(max, 1 - h * h);
        sum += 1 - h * h;
        count++;
      }
    const gradient = Float64Array.from(plan.value(this.#byX));
    const rows = new Float64Array(gradient.length);
    this.#byWords.forEach((id, i) => {
      const from = options.task.inputs[i] * options.wordSize;
      plan.value(id).forEach((value, j) => void (rows[from + j] += value));
    });
    return {
      byLag: this.#byStates.map(normOf).reverse(),
      cells: this.#byCells.map(normOf).reverse(),
      words: this.#byWords.map(normOf),
      slope: count === 0 ? { max: 1, mean: 1 } : { max, mean: sum / count },
      rows: { gradient, sum: rows },
    };
  }
}

/** By how much the norm changes per step of lag, over the later half of the lags. */
export function factorPerStep(byLag: readonly number[]): number {
  const [from, to] = [Math.floor(byLag.length / 3), byLag.length - 1];
  return Math.exp((Math.log(byLag[to]) - Math.log(byLag[from])) / (to - from));
}

/**
 * The one-step map of the carried state at rest, where all inputs and states are 0 and i = o = r = ½. RNN: H_t ≈ W H_{t−1};
 * LSTM with f = σ(bias): C_t ≈ (f I + ¼ W_g) C_{t−1}; GRU with z = σ(bias): H_t ≈ (z I + ½ (1 − z) W_g) H_{t−1}.
 */
function mapAtRest(options: Resolved): number[] {
  const { cell, keepBias, hiddenSize: n } = options;
  const weights = weightsOf(options);
  if (cell === 'rnn') return weights.W;
  const keep = 1 / (1 + Math.exp(-keepBias));
  const scale = cell === 'lstm' ? 1 / 4 : (1 - keep) / 2;
  return weights.W_g.map((entry, i) => scale * entry + (i % (n + 1) === 0 ? keep : 0));
}

/** The factor per step at rest that remains after many steps: the spectral radius of the one-step map. */
export function factorAtRest(options: Resolved): number {
  return spectralRadius(mapAtRest(options), options.hiddenSize);
}

/**
 * ‖∂E_T/∂H_k‖ at rest by lag, from powers of the one-step map M alone: h = Vᵀ(ŷ − y) with ŷ uniform, then Mᵀ h, Mᵀ Mᵀ h, …
 * In the LSTM H = ½ C, and the way from H_k on is through ½ W_g into C_{k+1}: ½ W_gᵀ (Mᵀ)^(lag−1) ½ h.
 */
export function normsAtRest(options: Resolved): number[] {
  const { cell, hiddenSize: n, task } = options;
  const { V, ...weights } = weightsOf(options);
  const T = task.words.length;
  const words = task.vocabulary.length;
  const error = task.vocabulary.map((_, j) => 1 / words - (j === task.targets[T - 1] ? 1 : 0));
  const M = mapAtRest(options);
  let h = Array.from({ length: n }, (_, j) => error.reduce((sum, e, i) => sum + V[i * n + j] * e, 0));
  const norms = [Math.hypot(...h)];
  for (let lag = 1; lag < T; lag++) {
    const next = transposedTimes(M, h, n);
    norms.push(Math.hypot(...(cell === 'lstm' ? transposedTimes(weights.W_g, h, n) : next)));
    if (cell === 'lstm') norms[lag] /= 4;
    h = next;
  }
  return norms;
}

function transposedTimes(A: readonly number[], v: readonly number[], n: number): number[] {
  return v.map((_, j) => v.reduce((sum, value, i) => sum + A[i * n + j] * value, 0));
}

/**
 * The options with the words so short that tanh′ stays 1 to the last digits, however far the state grows in T steps: no
 * cell here grows by more than 1 + ‖W‖ a step.
 */
export function atRest(options: Resolved): Resolved {
  const weights = weightsOf(options);
  const largest = Object.entries(weights)
    .filter(([name]) => name === 'W' || name.startsWith('W_'))
    .reduce((most, [, W]) => Math.max(most, spectralNorm(W, options.hiddenSize)), 0);
  return { ...options, wordLength: 1e-9 / (1 + largest) ** options.task.words.length };
}
