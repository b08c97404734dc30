/** The Elman RNN, unrolled: H_t = tanh(U x_t + W H_{t-1}), O_t = V H_t, a loss E_t at each step, E = Σ E_t. */

import type { Model } from '../../src/model/model.ts';
import { type Cell, type SequenceOptions, unroll } from '../recurrent/unroll.ts';

export { losses } from '../recurrent/data.ts';

export const weightNames = ['U', 'W', 'V', 'H_0'] as const;

/** U hidden×input, W hidden×hidden, V output×hidden, H_0 hidden; those left out are seeded. */
export type RnnOptions = SequenceOptions<(typeof weightNames)[number]>;

/** H_t = tanh(U x_t + W H_{t−1}) (Elman 1990; Goodfellow, Bengio and Courville 2016, eq. 10.8). */
export const rnnCell: Cell = {
  name: 'rnn',
  title: 'Elman RNN',
  weights: { U: 'input', W: 'state' },
  states: ['H'],
  show: 'W',
  step: (b, { U, W }, x, [H], t) => [b.define(`H_${t}`, () => b.tanh(b.add(b.matmul(U, x), b.matmul(W, H))))],
};

/** Builds the network and its values. Sizes follow the weights, then the data, then x 3, H 4, O 2. */
export function rnn(options: RnnOptions = {}): Model {
  return unroll(rnnCell, options);
}
