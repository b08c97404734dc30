/** The LSTM, unrolled: gates i, f, o and the candidate g named at every step, with peepholes where asked for. */

import type { NodeId } from '../../src/graph/graph.ts';
import type { Model } from '../../src/model/model.ts';
import { requireFinite } from '../recurrent/options.ts';
import {
  type Cell,
  type Outputs,
  type SequenceOptions,
  unroll,
  type WeightKind,
} from '../recurrent/unroll.ts';

export interface CellOptions {
  /** i and f see C_{t−1}, o sees C_t, each through a vector p (default false). */
  readonly peephole?: boolean;
  /** Added to the seeded bias b_f, so that the cell starts by keeping what it holds (default 1). */
  readonly forgetBias?: number;
}

/**
 * Weights by name: U_i, U_f, U_o, U_g (hidden×input), W_i, W_f, W_o, W_g (hidden×hidden), b_i, b_f, b_o, b_g (hidden),
 * with peepholes p_i, p_f, p_o (hidden), V (output×hidden), H_0 and C_0 (hidden); those left out are seeded.
 */
export interface LstmOptions extends SequenceOptions, CellOptions {
  /** O_t, y_t and E_t at the last step (default) or at all steps. */
  readonly outputs?: Outputs;
}

const gates = ['i', 'f', 'o', 'g'] as const;
const peeking = ['i', 'f', 'o'] as const;

const named = (letter: string, kind: WeightKind, ks: readonly string[]) =>
  ks.map((k) => [`${letter}_${k}`, kind] as const);

/**
 * i_t = σ(U_i x_t + W_i H_{t−1} + b_i), f_t and o_t alike, g_t = tanh(U_g x_t + W_g H_{t−1} + b_g),
 * C_t = f_t ⊙ C_{t−1} + i_t ⊙ g_t, H_t = o_t ⊙ tanh(C_t) (Gers, Schmidhuber and Cummins 2000; the letters are those of
 * Goodfellow, Bengio and Courville 2016, eqs 10.40–10.44: U reads the input, W the state, as in the RNN).
 * Peepholes add p_i ⊙ C_{t−1}, p_f ⊙ C_{t−1} and p_o ⊙ C_t (Gers, Schraudolph and Schmidhuber 2002).
 * C_t is without bound, but f_t ⊙ passes its gradient on without a matrix and without tanh′.
 */
export function lstmCell({ peephole = false, forgetBias = 1 }: CellOptions = {}): Cell {
  requireFinite('forgetBias', forgetBias);
  return {
    name: 'lstm',
    title: peephole ? 'LSTM with peepholes' : 'LSTM',
    weights: Object.fromEntries([
      ...named('U', 'input', gates),
      ...named('W', 'state', gates),
      ...named('b', 'vector', gates),
      ...(peephole ? named('p', 'vector', peeking) : []),
    ]),
    shifts: { b_f: forgetBias },
    states: ['H', 'C'],
    show: 'W_f',
    step: (b, w, x, [H, C], t) => {
      const sum = (k: string, seen: NodeId) => {
        const terms = [b.matmul(w[`U_${k}`], x), b.matmul(w[`W_${k}`], H), w[`b_${k}`]];
        return b.total(...terms, ...(peephole && k !== 'g' ? [b.mul(w[`p_${k}`], seen)] : []));
      };
      const gate = (k: string, seen: NodeId) =>
        b.within(`gate ${k}`, () => b.define(`${k}_${t}`, () => b.sigmoid(sum(k, seen))));
      const i = gate('i', C);
      const f = gate('f', C);
      const g = b.within('candidate g', () => b.define(`g_${t}`, () => b.tanh(sum('g', C))));
      const C_t = b.define(`C_${t}`, () => b.add(b.mul(f, C), b.mul(i, g)));
      const o = gate('o', C_t);
      return [b.define(`H_${t}`, () => b.mul(o, b.tanh(C_t))), C_t];
    },
  };
}

/** Builds the network and its values. Sizes follow the weights, then the data, then x 3, H 4, O 2. */
export function lstm(options: LstmOptions = {}): Model {
  return unroll(lstmCell(options), options, options.outputs ?? 'last');
}
