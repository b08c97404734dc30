/** The examples by name. Each is loaded when it is asked for: some bring data. */

import type { AnyExample } from './example.ts';

export interface ExampleEntry {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  readonly load: () => Promise<AnyExample>;
}

export const examples: readonly ExampleEntry[] = [
  {
    name: 'rnn',
    summary: 'Elman network H_t = tanh(U x_t + W H_{t-1}), O_t = V H_t, a loss E_t at each step, E = Σ E_t',
    load: async () => (await import('./rnn/example.ts')).example,
  },
  {
    name: 'lstm',
    summary: 'long short-term memory, gates i, f, o and candidate g at each step, with or without peepholes',
    load: async () => (await import('./lstm/example.ts')).example,
  },
  {
    name: 'gru',
    summary: 'gated recurrent unit in both conventions of the reset gate and both of the update gate',
    load: async () => (await import('./gru/example.ts')).example,
  },
  {
    name: 'vanishing',
    summary:
      'the next word by an RNN, LSTM or GRU: gradients by lag and word against the spectral radius of W',
    load: async () => (await import('./vanishing/example.ts')).example,
  },
  {
    name: 'transposed-conv',
    summary: 'transposed convolution: its size, its matrix, and each gradient as the other convolution',
    load: async () => (await import('./transposed-conv/example.ts')).example,
  },
  {
    name: 'focal-loss',
    summary: 'focal loss FL = −α (1 − p_t)^γ log p_t beside the cross-entropy, and on imbalanced data',
    load: async () => (await import('./focal-loss/example.ts')).example,
  },
  {
    name: 'iou',
    summary: 'overlap of two boxes as a loss: IoU, GIoU, DIoU and L2, their gradients and descents',
    load: async () => (await import('./iou/example.ts')).example,
  },
  {
    name: 'cnn',
    summary: 'convolution, ReLU, max-pool, dense, softmax: trained to read handwritten digits',
    load: async () => (await import('./cnn/example.ts')).example,
  },
  {
    name: 'average-precision',
    summary: 'average precision of a ranking in three readings, why its gradient is 0, and a smooth one',
    load: async () => (await import('./average-precision/example.ts')).example,
  },
];
