/** Formulas that are right by luck, or by a reading that nobody means: what the verdict must not hang on. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import type { Verdict } from '../../src/verify/report.ts';
import { networkText, overall } from '../support/networks.ts';

const regularised = `
N = 5
λ = 0.3
param W1: 4x3, W2: 3x2
input X: 5x4
target Y: 5x2
H = tanh(X W1)
S = H W2
L = \\frac{1}{N} \\frac12 ‖S - Y‖² + \\frac{λ}{2} ‖W1‖² + \\frac{λ}{2} ‖W2‖²
`;
const step = 'dhraw = (1 - hs[t] * hs[t]) * dh; dWhh += dot(dhraw, hs[t-1].T); dhnext = dot(Whh.T, dhraw)';
const loop = (head: string) =>
  [head, 'dh = dot(Why.T, dy) + dhnext', ...step.split('; ')].map((line, i) =>
    i === 0 ? line : `    ${line}`,
  );

const traps: readonly [what: string, network: string, cases: readonly [Verdict, string][]][] = [
  [
    'what is only 0 = 0 behind the last step',
    'rnn3ce',
    [
      ['right', '∂E/∂H_t = V^T(ŷ_t - y_t) + W^T (∂E/∂H_{t+1} ⊙ (1 - H_{t+1}^2))'],
      ['wrong', '∂E/∂H_t = V^T(ŷ_t - y_t) + W^T (∂E/∂H_{t+1} ⊙ (1 - H_{t+3}^2))'],
    ],
  ],
  ['the same of a cell', 'lstm', [['wrong', 'dc_t = dh_t * o_t * (1 - tanh(c_t)^2) + dc_{t+1} * f_{t+3}']]],
  [
    'a Σ that runs beyond the last step',
    'rnn3ce',
    [
      [
        'right',
        String.raw`\frac{\partial E}{\partial V_{ij}} = \sum_{t=1}^{3} (\hat y_{t,i} - y_{t,i}) H_{t,j}`,
      ],
      [
        'wrong',
        String.raw`\frac{\partial E}{\partial V_{ij}} = \sum_{t=1}^{4} \frac{\partial E}{\partial O_{t,i}} H_{t-1,j}`,
      ],
      [
        'wrong',
        String.raw`\frac{\partial E}{\partial W_{ij}} = \sum_{t=1}^{4} \frac{\partial E}{\partial H_{t,i}} (1 - H_{t,i}^2) H_{t-1,j}`,
      ],
      ['right', String.raw`\nabla_W E = \sum_{t=1}^{3} \nabla_{W^{(t)}} E`],
      ['wrong', String.raw`\nabla_W E = \sum_{t=1}^{4} \nabla_{W^{(t)}} E`],
      ['wrong', String.raw`\nabla_W E = \sum_{t=0}^{3} \nabla_{W^{(t)}} E`],
    ],
  ],
  [
    'a condition that holds at most points',
    'hinge',
    [
      [
        'right',
        String.raw`\frac{\partial L}{\partial w} = w - C \sum_{i=1}^{N} \mathbf{1}[y_i s_i < 1] y_i x_i`,
      ],
      ['wrong', String.raw`\frac{\partial L}{\partial w} = w - C \sum_{i=1}^{N} y_i x_i`],
      [
        'wrong',
        String.raw`\frac{\partial L}{\partial w} = w - C \sum_{i=1}^{N} \mathbf{1}[2 y_i s_i < 1] y_i x_i`,
      ],
      [
        'wrong',
        String.raw`\frac{\partial L}{\partial w} = w - C \sum_{i=1}^{N} \mathbf{1}[y_i s_1 < 1] y_i x_i`,
      ],
    ],
  ],
  [
    'one step alone, beside a state that nothing computes',
    'highway',
    [
      [
        'wrong',
        String.raw`\frac{\partial L}{\partial x_{l-1}} = \frac{\partial L}{\partial x_l} \odot (1 - \tau_l) + W_l^\top \frac{\partial L}{\partial b_l} + A_l^\top \frac{\partial L}{\partial c_T}`,
      ],
    ],
  ],
  [
    'the order of the sides',
    'rnn3ce',
    [
      ['right', 'ŷ_{t,i} − y_{t,i} = ∂E_t/∂O_{t,i}'],
      ['wrong', 'dH_3/dW = ∂H_3/∂W'],
      ['wrong', '∂H_3/∂W = dH_3/dW'],
      ['ambiguous', String.raw`W^\top \mathrm{diag}(1 - H_t^2) = \frac{\partial H_t}{\partial H_{t-1}}`],
    ],
  ],
  [
    'the order of the sides of a convolution',
    'conv2d',
    [
      [
        'wrong',
        String.raw`\sum_i \sum_j \frac{\partial L}{\partial Y_{ij}} X_{i-m,j-n} = \frac{\partial L}{\partial K_{mn}}`,
      ],
    ],
  ],
  [
    'lines of a program that add to one variable',
    'rnn3ce',
    [
      ['right', `dh = dot(Why.T, dy) + dhnext; ${step}`],
      ['wrong', `dh = dot(Why.T, dy) + dhnext; ${step}; dWhh += dot(dhraw, hs[t-1].T)`],
      ['wrong', `dh = dot(Why.T, dy) + dhnext; ${step.replace('+=', '=')}`],
      ['right', `dh = dot(Why.T, dy); dh += dhnext; ${step}`],
      ['wrong', `dh = dot(Why.T, dy); dh -= dhnext; ${step}`],
      ['right', 'dV = 0; dV += (yhat_t - y_t) H_t^T'],
      ['wrong', 'dWhy = dot(dy, hs[t].T)'],
      ['right', loop('for t in reversed(range(T)):').join('\n')],
      ['right', loop('for t = T:-1:1').join('\n')],
      ['wrong', loop('for t in range(T):').join('\n')],
    ],
  ],
  [
    'a weight decay that is added later',
    'regularised',
    [
      ['right', 'dS = (S - Y) / N; dW2 = H.T @ dS; dW2 += λ * W2'],
      ['wrong', 'dS = (S - Y) / N; dW2 = H.T @ dS'],
      ['wrong', 'dS = (S - Y) / N; dW2 = H.T @ dS; dW2 += 2 * λ * W2'],
      ['wrong', 'dS = (S - Y) / N; dW2 = H.T @ dS; dW2 += λ * W2; dW2 += λ * W2'],
    ],
  ],
  [
    'what a cell carries, under another name',
    'lstm',
    [
      ['right', 'dc = dh * o_t * (1 - tanh(c_t)**2) + dcnext; df = dc * c_{t-1}; dcnext = dc * f_t'],
      ['wrong', 'dc = dh * o_t * (1 - tanh(c_t)**2) + dcnext; df = dc * c_{t-1}; dcnext = dc * f_{t+1}'],
      ['wrong', 'dc = dh * o_t * (1 - tanh(c_t)**2) + dcnext; df = dc * c_t; dcnext = dc * f_t'],
    ],
  ],
];

describe.each(traps)('%s (%s)', (_, network, cases) => {
  const text = network === 'regularised' ? regularised : networkText(network);
  const checker = new Checker(modelFromEquations(text, { name: network }));

  it.each(cases)('%s: %s', (verdict, formula) => {
    const { statements, problems } = checker.check(formula);
    expect(problems).toEqual([]);
    expect(overall(statements), statements.map(({ message }) => message).join('; ')).toBe(verdict);
  });
});

it('a gradient without its step is no step in a formula', () => {
  const checker = new Checker(modelFromEquations(networkText('lstm'), { name: 'lstm' }));
  expect(overall(checker.check('di_t = dc ⊙ g_t').statements)).not.toBe('right');
});

it('a term that holds an unknown symbol is garbled, whatever it might be', () => {
  const checker = new Checker(modelFromEquations(networkText('rnn3'), { name: 'rnn3' }));
  const [{ terms }] = checker.check(
    '∂E_3/∂W = ∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂N + ∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂H_2 ∂H_2/∂W',
  ).statements;
  expect(terms.map(({ verdict }) => verdict)).toEqual(['garbled', 'right']);
});

it('the letter ℓ is the ℓ of \\ell', () => {
  const text = networkText('rnn3').replaceAll('E_t', '\\ell_t');
  const checker = new Checker(modelFromEquations(text, { name: 'rnn3' }));
  expect(overall(checker.check('∂E/∂W = Σ_{t=1}^3 ∂ℓₜ/∂W').statements)).toBe('right');
});

it('what stands on both sides says nothing', () => {
  const checker = new Checker(modelFromEquations(networkText('rnn3'), { name: 'rnn3' }));
  const [{ verdict, message, faults }] = checker.check('∂E/∂W = ∂E/∂W').statements;
  expect([verdict, message, faults.map(({ kind }) => kind)]).toEqual([
    'right',
    'this says nothing: both sides are the same',
    ['vacuous'],
  ]);
});
