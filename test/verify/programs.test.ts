/** Programs: what lines do one after the other, in loops and in place, is what is judged, and not each line by itself. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import type { Verdict } from '../../src/verify/report.ts';
import { overall } from '../support/networks.ts';

const models = {
  batch: `N = 5
param W: 3x4
input X: 5x3
target Y: 5x4 onehot
S = X W
P = softmax(S)
L = -\\frac{1}{N} \\sum_{i=1}^{N} \\sum_{j=1}^4 Y_{ij} \\log P_{ij}`,
  real: `N = 5
param W: 3x4
input X: 5x3
target Y: 5x4
S = X W
L = \\frac{1}{2N} \\|S - Y\\|^2`,
  heads: `param W: 3x2, V: 4x3, U: 2x3
input x: 2
target y: 4, z: 2
h = \\tanh(W x)
o = V h
q = U h
L = \\frac12 \\|o - y\\|^2 + \\frac12 \\|q - z\\|^2`,
  softmax: `param W: 4x3
input x: 3
target y: 4 onehot
o = W x
p = softmax(o)
L = - y^T \\log p`,
  rnn: `T = 4
param Wxh: 3x2, Whh: 3x3, Why: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 onehot for t = 1..T
const h_0: 3 = 0.1
h_t = \\tanh(Wxh x_t + Whh h_{t-1}) for t = 1..T
o_t = Why h_t
p_t = softmax(o_t)
E = - \\sum_{t=1}^T y_t^T \\log p_t`,
  linear: `T = 3
param W: 3x3, U: 3x3
input x_t: 3 for t = 1..T
target y: 3
const h_0: 3 = [0.1, 0.2, -0.3]
h_t = W h_{t-1} + U x_t for t = 1..T
E = \\frac12 \\|h_T - y\\|^2`,
  layer: `param W: 4x3, b: 3
input X: 5x4
target Z: 5x3
Y = X W + 1 b^T
L = \\frac12 \\|Y - Z\\|^2`,
  attention: `param W_Q: 3x4, W_K: 3x4, W_V: 3x2
input X: 5x3
target Y: 5x2
Q = X W_Q
K = X W_K
V = X W_V
A = softmax(Q K^T / 2)
O = A V
L = \\frac12 \\|O - Y\\|^2`,
} as const;

const cases: readonly [what: string, model: keyof typeof models, lines: readonly [Verdict, string][]][] = [
  [
    'an array that is read before all is done to it',
    'batch',
    [
      ['right', 'dS = P - Y\ndS /= N\ndW = X.T @ dS'],
      ['wrong', 'dS = P - Y\ndW = X.T @ dS\ndS /= N'],
      ['right', 'dS = P - Y\ndW = X.T @ dS / N\ndS /= N'],
      ['wrong', 'dS = P\ndW = X.T @ dS\ndS[range(N), Y] -= 1\ndS /= N'],
      ['wrong', 'dS = P\ndS /= N\ndW = X.T @ dS\ndS -= Y / N'],
      ['right', 'dS = P\ndS /= N\ndS -= Y / N\ndW = X.T @ dS'],
      ['unverifiable', 'dS = P\ndS[range(N), Y] -= 1\ndS /= N\ndW = X.T @ (P - Y) / N'],
      ['right', 'dS = P.copy()\ndS[range(N), Y] -= 1\ndS /= N\ndW = X.T @ (P - Y) / N'],
      ['unverifiable', 'dW *= 2\ndW += X.T @ (P - Y) / N'],
      ['wrong', 'dW = X.T @ (P - Y) / N\ndW += X.T @ (P - Y) / N'],
      ['unverifiable', 'dS = (P - Y) / N\ndW = X.T @ dS\ndS = (P - Y) / N\ndW += X.T @ dS'],
    ],
  ],
  [
    'the gradient of a state from two heads',
    'heads',
    [
      ['right', 'dh = V.T @ (o - y)\ndh += U.T @ (q - z)\ndW = np.outer(dh * (1 - h*h), x)'],
      ['wrong', 'dh = V.T @ (o - y)\ndW = np.outer(dh * (1 - h*h), x)\ndh += U.T @ (q - z)'],
      ['wrong', 'dh = 0\ndW = np.outer(dh * (1 - h*h), x)\ndh += V.T @ (o - y)\ndh += U.T @ (q - z)'],
    ],
  ],
  [
    'which elements a line changes',
    'batch',
    [
      ['right', 'dS = P\ndS[np.arange(5), Y] -= 1\ndS /= N'],
      ['right', 'dS = P\ndS[range(len(Y)), Y] -= 1\ndS /= 5'],
      ['wrong', 'dS = P\ndS[range(2), Y] -= 1\ndS /= N'],
      ['wrong', 'dS = P\ndS[np.arange(N-1), Y] -= 1\ndS /= N'],
      ['wrong', 'dS = P\ndS[range(4), Y] -= 1\ndS /= N'],
      ['wrong', 'dS = P\ndS[range(N)*0, Y] -= 1\ndS /= N'],
      ['wrong', 'dS = P.copy()\ndS[np.arange(1, N), Y] -= 1\ndS /= N'],
    ],
  ],
  ['a target that is no class', 'real', [['wrong', 'dS = S\ndS[range(N), Y] -= 1\ndS /= N']]],
  [
    'the element of the class',
    'softmax',
    [
      ['right', 'do = p\ndo[y] -= 1\ndW = np.outer(do, x)'],
      ['right', 'dz = p; dz[y] -= 1; dW = np.outer(dz, x)'],
      ['wrong', 'dz = p; dz[y] -= 2; dW = np.outer(dz, x)'],
    ],
  ],
  [
    'a loop over time',
    'rnn',
    [
      ['right', loop('reversed(range(T))', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', loop('range(1, T + 1)', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', loop('reversed(range(T))', 'dWhy = dWhy + np.outer(p[t] - y[t], h[t])')],
      ['right', loop('reversed(range(T))', 'do = p[t]\n  do[y[t]] -= 1\n  dWhy += np.outer(do, h[t])')],
      ['wrong', loop('[1, 3]', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['wrong', loop('reversed(range(1, T))', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['wrong', loop('range(T-1)', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['wrong', loop('range(0, T, 2)', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['unverifiable', loop('some_steps', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['unverifiable', loop('range(T)', 'if t > 2:\n    dWhy += np.outer(p[t] - y[t], h[t])')],
      ['unverifiable', loop('range(T)', 'dWhy *= 2\n  dWhy += np.outer(p[t] - y[t], h[t])')],
      ['unverifiable', loop('range(T)', 'dWhy = 0\n  dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', `dWhy = 0\n${loop('range(T)', 'dWhy += np.outer(p[t] - y[t], h[t])')}`],
      ['wrong', `${loop('range(T)', 'dWhy += np.outer(p[t] - y[t], h[t])')}\ndWhy /= T`],
      ['wrong', `${loop('range(T)', 'dWhy += np.outer(p[t] - y[t], h[t])')}\ndWhy += Why`],
      ['right', "for t = T:-1:1\n  dWhy += (p_t - y_t) * h_t'\nend"],
      ['wrong', "for t = T:-1:2\n  dWhy += (p_t - y_t) * h_t'\nend"],
      ['wrong', "for t = 2:T, dWhy += (p_t - y_t) * h_t'; end"],
      ['right', 'dWhy += (p_t - y_t) h_t^T'],
      ['wrong', 'dWhy += (p_t - y_t) h_t^T if o_t > 0'],
      ['wrong', 'dWhy = 0\ndWhy += (p_t - y_t) h_t^T if t > 2'],
    ],
  ],
  [
    'what a loop runs through',
    'rnn',
    [
      ['right', loop('range(1, T+1)[::-1]', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', loop('list(range(T))[::-1]', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', 'for t in range(1, T+1)[::-1]: dWhy += np.outer(p[t] - y[t], h[t])'],
      ['right', begun('range(1, T+1)[::-1]', 'dz', 'dWhh += np.outer(dz, h[t-1])')],
      ['wrong', loop('range(1, T)[::-1]', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['wrong', begun('range(T)[::-1][::-1]', 'dz', 'dWhh += np.outer(dz, h[t-1])')],
      ['unverifiable', loop('range(1, T+1)[::2]', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['unverifiable', loop('range(1, T+1)[1:]', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', loop('range(1, T+1):  # all steps', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['wrong', loop('range(1, T):  # not all', 'dWhy += np.outer(p[t] - y[t], h[t])')],
      ['right', 'for t in 1:T\n  dWhy += np.outer(p[t] - y[t], h[t])\nend'],
      ['wrong', 'for t in 1:T-1\n  dWhy += np.outer(p[t] - y[t], h[t])\nend'],
      ['right', 'for t, x in enumerate(xs):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['right', 'for (t, x) in enumerate(xs, start=1):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['wrong', 'for t, x in enumerate(xs, 2):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['unverifiable', 'for t, x in enumerate(xs[1:]):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['right', 'for i, t in enumerate(reversed(range(T))):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      [
        'right',
        'for t, (a, b) in reversed(list(enumerate(zip(xs, ys)))):\n  dWhy += np.outer(p[t] - y[t], h[t])',
      ],
      ['right', 'for x, t in zip(xs, range(T)):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['unverifiable', 'for x, t in zip(xs[1:], range(T)):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['unverifiable', 'for t, y in enumerate(ys[::-1]):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
      ['unverifiable', 'for t, y in enumerate(ys):\n  dWhy += np.outer(p[t] - y[t], h[t])'],
    ],
  ],
  [
    'what is taken from 0',
    'rnn',
    [
      ['wrong', `dWhy = np.zeros_like(Why)\n${loop('range(T)', 'dWhy -= np.outer(p[t] - y[t], h[t])')}`],
      ['right', `dWhy = np.zeros_like(Why)\n${loop('range(T)', 'dWhy -= np.outer(y[t] - p[t], h[t])')}`],
      ['wrong', 'dWhy = 0\ndWhy -= (p_4 - y_4) h_4^T'],
      ['wrong', 'dWhy = 0\ndWhy -= (p_4 - y_4) h_4^T\ndWhy /= 2'],
      ['wrong', 'dWhy = 0\ndWhy /= 2\ndWhy -= 0'],
    ],
  ],
  [
    'what a step leaves to the next one',
    'rnn',
    [
      ['right', back('dz = dh * (1 - h[t]**2)', 'dWhh += np.outer(dz, h[t-1])', 'dhnext = Whh.T @ dz')],
      [
        'right',
        `dhnext = np.zeros_like(h[0])\n${back('dh *= 1 - h[t]**2', 'dWhh += np.outer(dh, h[t-1])', 'dhnext = Whh.T @ dh')}`,
      ],
      [
        'unverifiable',
        `dhnext = 1\n${back('dz = dh * (1 - h[t]**2)', 'dWhh += np.outer(dz, h[t-1])', 'dhnext = Whh.T @ dz')}`,
      ],
      ['wrong', back('dhnext = Whh.T @ dh', 'dh *= 1 - h[t]**2', 'dWhh += np.outer(dh, h[t-1])')],
      ['wrong', back('dWhh += np.outer(dh, h[t-1])', 'dh *= 1 - h[t]**2', 'dhnext = Whh.T @ dh')],
      ['wrong', back('dWhh += np.outer(dz, h[t-1])', 'dz = dh * (1 - h[t]**2)', 'dhnext = Whh.T @ dz')],
      [
        'wrong',
        loop(
          'reversed(range(T))',
          'dh = Why.T @ (p[t] - y[t])\n  dz = dh * (1 - h[t]**2)\n  dh += dhnext\n  dWhh += np.outer(dz, h[t-1])\n  dhnext = Whh.T @ dz',
        ),
      ],
      [
        'unverifiable',
        `${back('dz = dh * (1 - h[t]**2)', 'dhnext = Whh.T @ dz')}\ndWhh += np.outer(dz, h[t-1])`,
      ],
      [
        'unverifiable',
        `${back('dz = dh * (1 - h[t]**2)', 'dWhh += np.outer(dz, h[t-1])')}\ndhnext = Whh.T @ dz`,
      ],
    ],
  ],
  [
    'a sum that begins at 0 before its loop reads what the loop computes',
    'rnn',
    [
      ['right', begun('reversed(range(T))', 'dz', 'dWhh += np.outer(dz, h[t-1])')],
      ['right', begun('reversed(range(1, T + 1))', 'dz', 'dWhh += np.outer(dz, h[t-1])')],
      ['wrong', begun('reversed(range(T))', 'dz', 'dWhh += np.outer(dz, h[t])')],
      ['wrong', begun('reversed(range(T))', 'dz', 'dWhh += np.outer(h[t-1], dz)')],
      ['wrong', begun('reversed(range(T))', 'dh', 'dWhh += np.outer(dz, h[t-1])')],
      ['wrong', begun('reversed(range(1, T))', 'dz', 'dWhh += np.outer(dz, h[t-1])')],
      ['wrong', begun('range(T)', 'dz', 'dWhh += np.outer(dz, h[t-1])')],
      ['unverifiable', begun('reversed(range(T))', 'dz', 'dWhh += np.outer(dz, h[t-1])', '')],
      // each line reads what stands in dz at its place
      [
        'right',
        begun(
          'reversed(range(T))',
          'dz',
          'dWhh += np.outer(dz, h[t-1]) / 2\n  dq = dz / 2\n  dWhh += np.outer(dq, h[t-1])',
        ),
      ],
      [
        'wrong',
        begun(
          'reversed(range(T))',
          'dz',
          'dWhh += np.outer(dz, h[t-1]) / 2\n  dWhh += np.outer(dq, h[t-1])\n  dq = dz / 2',
        ),
      ],
    ],
  ],
  [
    '* and ** of arrays are taken element by element',
    'linear',
    [
      ['right', 'dh_1 = W.T @ W.T @ (h_3 - y)'],
      ['right', 'dh_1 = (W @ W).T @ (h_3 - y)'],
      ['right', '\\frac{dE}{dh_1} = (W^2)^T (h_3 - y)'],
      ['wrong', '\\frac{dE}{dh_1} = (W**2).T @ (h_3 - y)'],
      ['wrong', '\\frac{dE}{dh_1} = (W*W).T @ (h_3 - y)'],
      ['wrong', 'dh_1 = W.T * W.T * (h_3 - y)'],
    ],
  ],
  [
    'the axis of a sum',
    'layer',
    [
      ['right', 'db = dY.sum(0)'],
      ['right', 'db = np.sum(dY, 0)'],
      ['right', 'db = sum(dY, 1)'],
      ['wrong', 'db = dY.sum(1)'],
      ['wrong', 'db = np.sum(dY, 1)'],
    ],
  ],
  [
    'a sum that keeps its axis, under a name',
    'attention',
    [
      ['right', 'G = A * (dA - np.sum(dA * A, axis=1, keepdims=True)); dQ = G @ K / 2'],
      ['right', 'G = A * (dA - (dA * A).sum(1, keepdims=True)); dQ = G @ K / 2'],
      ['wrong', 'G = A * (dA - np.sum(dA * A, axis=0, keepdims=True)); dQ = G @ K / 2'],
      ['wrong', 'G = A * (dA - (dA * A).sum(0, keepdims=True)); dQ = G @ K / 2'],
    ],
  ],
];

function loop(range: string, body: string): string {
  return `for t in ${range}${range.includes('#') ? '' : ':'}\n  ${body}`;
}

function back(...lines: readonly string[]): string {
  return loop('reversed(range(T))', ['dh = Why.T @ (p[t] - y[t]) + dhnext', ...lines].join('\n  '));
}

/** Of BPTT, with dWhh and dhnext begun before the loop. `left`: what the step leaves to the next one is made of. */
function begun(range: string, left: string, line: string, indent = '  '): string {
  const lines = [
    'dh = Why.T @ (p[t] - y[t]) + dhnext',
    'dz = dh * (1 - h[t]**2)',
    `dhnext = Whh.T @ ${left}`,
  ];
  const starts = 'dWhh = np.zeros_like(Whh)\ndhnext = np.zeros_like(h[0])\n';
  return `${starts}${loop(range, lines.join('\n  '))}\n${indent}${line}`;
}

describe.each(cases)('%s', (_, model, lines) => {
  const checker = new Checker(modelFromEquations(models[model], { name: model }));
  it.each(lines)('%s: %s', (verdict, program) => {
    const { statements, problems } = checker.check(program);
    expect(problems).toEqual([]);
    const said = statements.map(({ text, verdict: v, message }) => `${v}: ${text} (${message})`).join('\n');
    expect(overall(statements), said).toBe(verdict);
  });
});

describe('a repair of lines that add up is one that can be typed', () => {
  const checker = new Checker(modelFromEquations(models.rnn, { name: 'rnn' }));
  it.each([
    ['dWhy = 0\ndWhy -= (p_t - y_t) h_t^T', 'wrong'], // + for −= is not typed behind it
    ['dWhy = 0\ndWhy -= (p_t - y_t) h_t^T\ndWhy += 0', 'wrong'],
    ['dWhy = 0\ndWhy += (p_t - y_t) h_{t-1}^T', 'right'],
    ['dWhy = 0\ndWhy -= (y_t - p_t) h_{t-1}^T', 'right'],
  ])('%s', (program, verdict) => {
    const { statements } = checker.check(program);
    expect(overall(statements)).toBe('wrong');
    let typed = program;
    for (const { repair } of statements)
      if (repair !== undefined)
        typed = typed.slice(0, repair.span.start) + repair.replacement + typed.slice(repair.span.end);
    expect(typed === program, typed).toBe(verdict === 'wrong');
    expect(overall(checker.check(typed).statements), typed).toBe(verdict);
  });
});
