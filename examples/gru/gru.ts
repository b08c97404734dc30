/** The GRU, unrolled, in both conventions of the reset gate and both of the update gate. */

import type { Model } from '../../src/model/model.ts';
import { requireChoice, requireFinite } from '../recurrent/options.ts';
import { type Cell, type Outputs, type SequenceOptions, unroll } from '../recurrent/unroll.ts';

/** Where the reset gate acts: on the state before the product with W_g, or on the product. */
export const resets = ['before', 'after'] as const;
/** What z_t multiplies: the old state or the candidate; 1 − z_t multiplies the other. */
export const updates = ['old', 'candidate'] as const;

export interface CellOptions {
  /**
   * `before` (default): g_t = tanh(U_g x_t + W_g (r_t ⊙ H_{t−1}) + b_g) (Cho et al. 2014). `after`:
   * g_t = tanh(U_g x_t + b_g + r_t ⊙ (W_g H_{t−1} + c_g)) (cuDNN, PyTorch, Keras with reset_after).
   */
  readonly reset?: (typeof resets)[number];
  /**
   * `old` (default): H_t = z_t ⊙ H_{t−1} + (1 − z_t) ⊙ g_t (Cho et al. 2014, PyTorch, Keras). `candidate`:
   * H_t = (1 − z_t) ⊙ H_{t−1} + z_t ⊙ g_t (Chung et al. 2014).
   */
  readonly update?: (typeof updates)[number];
  /** Added to the seeded bias b_z (default 0). */
  readonly updateBias?: number;
}

/**
 * Weights by name: U_r, U_z, U_g (hidden×input), W_r, W_z, W_g (hidden×hidden), b_r, b_z, b_g (hidden), with the reset
 * after the product c_g (hidden), V (output×hidden) and H_0 (hidden); those left out are seeded.
 */
export interface GruOptions extends SequenceOptions, CellOptions {
  /** O_t, y_t and E_t at the last step (default) or at all steps. */
  readonly outputs?: Outputs;
}

/**
 * r_t = σ(U_r x_t + W_r H_{t−1} + b_r), z_t = σ(U_z x_t + W_z H_{t−1} + b_z), and the candidate g_t, which papers also
 * call h̃_t; U reads the input, W the state, as in the RNN (Goodfellow, Bengio and Courville 2016, eqs 10.45–10.47).
 */
export function gruCell({ reset = 'before', update = 'old', updateBias = 0 }: CellOptions = {}): Cell {
  requireChoice('reset', reset, resets);
  requireChoice('update', update, updates);
  requireFinite('updateBias', updateBias);
  return {
    name: 'gru',
    title: `GRU, reset ${reset} the product`,
    weights: {
      ...{ U_r: 'input', U_z: 'input', U_g: 'input' },
      ...{ W_r: 'state', W_z: 'state', W_g: 'state' },
      ...{ b_r: 'vector', b_z: 'vector', b_g: 'vector' },
      ...(reset === 'after' ? { c_g: 'vector' } : {}),
    },
    shifts: { b_z: updateBias },
    states: ['H'],
    show: 'W_g',
    step: (b, w, x, [H], t) => {
      const gate = (k: 'r' | 'z') =>
        b.within(`gate ${k}`, () =>
          b.define(`${k}_${t}`, () =>
            b.sigmoid(b.total(b.matmul(w[`U_${k}`], x), b.matmul(w[`W_${k}`], H), w[`b_${k}`])),
          ),
        );
      const r = gate('r');
      const z = gate('z');
      const fromState = () =>
        reset === 'before' ? b.matmul(w.W_g, b.mul(r, H)) : b.mul(r, b.add(b.matmul(w.W_g, H), w.c_g));
      const g = b.within('candidate g', () =>
        b.define(`g_${t}`, () => b.tanh(b.total(b.matmul(w.U_g, x), fromState(), w.b_g))),
      );
      const [old, candidate] = update === 'old' ? [H, g] : [g, H]; // z multiplies the first
      const H_t = () => b.add(b.mul(z, old), b.mul(b.affine(z, { scale: -1, shift: 1 }), candidate));
      return [b.define(`H_${t}`, H_t)];
    },
  };
}

/** Builds the network and its values. Sizes follow the weights, then the data, then x 3, H 4, O 2. */
export function gru(options: GruOptions = {}): Model {
  return unroll(gruCell(options), options, options.outputs ?? 'last');
}
