/** What no point shows is never called right: activations at their ends, values that are skipped, kinks behind many others. */

import { itJudges, right, unverifiable, wrong } from '../support/collections.ts';

const NETWORKS = {
  'many indices': `
T = 30
param  U: 16x2, W: 16x16, V: 14x16
input  x_t: 2 for t = 1..T
target y_t: 14 for t = 1..T
const  H_0: 16 = 0.1
H_t = \\tanh(U x_t + W H_{t-1}) for t = 1..T
O_t = V H_t
E_t = \\frac12 \\|O_t - y_t\\|^2
E = \\sum_{t=1}^{T} E_t`,
  numbers: `
W = [[0.5, 0.2], [0.2, 0.5]]
V = [[1, 0], [0, 1]]
x = [1, 1]
y = [1, 0]
param W: 2x2, V: 2x2
input x: 2
target y: 2
h = W x
o = V h
E = \\frac12 \\|o - y\\|^2`,
} as const;

const many = [1, 2, 3]
  .flatMap((i) => ['0.1', '0.2', '0.3'].map((c) => `relu(H_{3,${i}} - ${c})`))
  .join(' + ');

itJudges(
  [
    {
      model: 'rnn3',
      entries: [
        right('dE/dO_3 = O_3 - y_3'),
        unverifiable('dE/dO_3 = (O_3 - y_3) σ(100(50 - \\|O_3\\|^2))'),
        unverifiable('dE/dO_3 = O_3 - y_3 + σ(1000(\\|O_3\\|^2 - 1000))'),
        wrong('dE/dO_3 = (O_3 - y_3) σ(2 - \\|O_3\\|^2)'),
        unverifiable("relu'(z) = σ(1000 z)"),
        unverifiable("tanh'(z) = 1 - tanh^2(z) + e^{-10^6 (z-2)^2}"),
        right("tanh'(z) = 1 - tanh^2(z)"),
        right(`dE/dO_3 = O_3 - y_3 + 0 (${many})`),
        unverifiable(`dE/dO_3 = O_3 - y_3 + 0 (${many}) + relu(\\|O_3\\|^2 - 1000000)`),
        unverifiable(`dE/dO_3 = O_3 - y_3 + ${'O_3 - O_3 + '.repeat(20)} exp(-40)`),
      ],
    },
    {
      model: 'many indices',
      entries: [
        right('∂E/∂O_{t,i} = O_{t,i} - y_{t,i}', ['- y_{t,i}', '- y_{t,i} + [t = 12] O_{t,i}']),
        right(
          '∂E/∂O_{t,i} = \\begin{cases} O_{t,i}-y_{t,i} & t \\le 9 \\\\ O_{t,i}-y_{t,i} & t > 9 \\text{ and } t < 15 \\\\ O_{t,i}-y_{t,i} & \\text{otherwise} \\end{cases}',
          ['O_{t,i}-y_{t,i} & t > 9', '2(O_{t,i}-y_{t,i}) & t > 9'],
        ),
      ],
    },
    {
      model: 'numbers',
      entries: [
        right(
          '∂E/∂W = V^T (o - y) x^T = [[-0.3, -0.3], [0.7, 0.7]]',
          ['V^T', ''],
          ['x^T', '(x ⊙ x)^T'],
          ['-0.3]', '0.3]'],
        ),
        right('∂E/∂W = [[-0.3, -0.3], [0.7, 0.7]]', ['0.7]', '0.8]']),
      ],
    },
  ],
  NETWORKS,
);
