/** Options and subscripts of functions and norms: what changes their meaning is read, or nothing is said. */

import { itJudges, right, unverifiable, wrong } from '../support/collections.ts';

const NETWORKS = {
  'a batch of classes': `
N = 5
param W: 3x4, b: 4
input X: N x 3
target Y: N x 4 onehot
Z = X W + 1 b^T
P = softmax(Z)
L = -1/N sum_{i=1}^N sum_{j=1}^4 Y_{ij} log P_{ij}`,
  'classes in columns': `
N = 5
param W: 4x3
input X: 3 x N
target Y: 4 x N
Z = W X
P = softmax(Z, axis=0)
L = -1/N sum_{i=1}^N sum_{j=1}^4 Y_{ji} log P_{ji}`,
} as const;

itJudges(
  [
    {
      model: 'a batch of classes',
      entries: [
        right('dL/dZ = (softmax(Z, axis=1) - Y)/N', ['axis=1', 'axis=0'], ['axis=1', 'dim=0']),
        right('dL/dZ = (softmax(Z, axis=-1) - Y)/N', ['-1', '-2']),
        right('dL/dZ = (np.exp(Z - logsumexp(Z, axis=1)) - Y)/N', ['axis=1', 'axis=0']),
        right('db = np.sum(P - Y, axis=0)/N'),
        right('db = sum(P - Y, dim=0)/N'),
        right('db = sum(P - Y, dims=1)/N'), // Julia counts from 1
        right('L = -np.sum(Y * np.log(P))/N'),
        unverifiable('L = -np.sum(Y * np.log(P, base=2))/N'),
        unverifiable('db = np.sum((P - Y)/N, axis=0, initial=5)'),
        unverifiable('dL/dZ = (softmax(Z, foo=7) - Y)/N'),
        wrong('dL/dZ = (softmax(Z, axis=7) - Y)/N'),
      ],
    },
    {
      model: 'classes in columns',
      entries: [right('dL/dZ_{ji} = (P_{ji} sum_k Y_{ki} - Y_{ji})/N', ['sum_k Y_{ki}', 'sum_k Y_{jk}'])],
    },
    {
      model: 'rnn3',
      entries: [
        right('E_3 = \\frac12 \\|O_3-y_3\\|_2^2', ['_2', '_1'], ['_2', '_\\infty']),
        right('E_3 = \\frac12 \\|O_3-y_3\\|_{\\mathrm F}^2'),
        unverifiable('E_3 = \\frac12 \\|O_3-y_3\\|_4^2'),
        unverifiable('E_3 = \\frac12 \\|O_3-y_3\\|_W^2'),
        // the largest singular value
        unverifiable('\\frac{dE_3}{dO_3} = (O_3-y_3) \\|W\\|_2/\\|W\\|_F'),
      ],
    },
  ],
  NETWORKS,
);
