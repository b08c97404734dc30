/** What holds of the numbers alone that the equations give is not simply right. */

import { ambiguous, itJudges, right, wrong } from '../support/collections.ts';

const NETWORKS = {
  'a constant 1': `
const c = 1
param w, v
input y
o = c * w * v
E = 0.5 (o - y)^2`,
  'given arrays': `
const A: 3x3 = [[1, 2, 3], [2, 4, 5], [3, 5, 7]]
const B: 3x3 = [[1, 2, 3], [4, 5, 6], [7, 8, 10]]
const h: 3 = 0.1
const m: 3 = [0, 1, 1]
param w: 3
E = 0.5 w^T A w + sum(h ⊙ w) + 0.5 \\|m ⊙ w\\|^2 + sum(B w)`,
  'a mean': `
n = 4
const N = 4
input x: 4, y: 4
param w
E = sum_{i=1}^{n} (w x_i - y_i)^2 / N`,
} as const;

itJudges(
  [
    {
      model: 'a constant 1',
      entries: [
        right('dE/dw = (o - y) c v', ['c v', 'c^7 v', 'ambiguous'], ['c v', 'v / c', 'ambiguous']),
        right('dE/dw = (o - y) v'), // the 1 is not named
        wrong('dE/dw = (o - y) c w'),
      ],
    },
    {
      model: 'given arrays',
      entries: [
        right('dE/dw = A w + h + m ⊙ w + B^T 1', ['B^T', 'B'], ['A w', 'A^2 w']),
        right('dE/dw = A^T w + h + m ⊙ m ⊙ w + B^T 1'), // A is symmetric, m a mask
        ambiguous('dE/dw_i = sum_j A_{ij} w_j + h_1 + m_i w_i + sum_j B_{ji}', ['h_1', 'h_1 + h_2']),
        right('dE/dw_i = sum_j A_{ij} w_j + h_i + m_i w_i + sum_j B_{ji}'),
      ],
    },
    {
      model: 'a mean',
      entries: [
        right('dE/dw = 2/N sum_i (w x_i - y_i) x_i', ['2/N', '1/N']),
        right('dE/dw = 1/2 sum_i (w x_i - y_i) x_i'),
      ],
    },
  ],
  NETWORKS,
);
