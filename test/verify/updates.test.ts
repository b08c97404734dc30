/** Steps of gradient descent claim nothing, and leave what stands beside them as it is. */

import { describe, expect, it } from 'vitest';
import { checkerOf } from '../support/networks.ts';

describe('a step of gradient descent', () => {
  it.each([
    ['W := W - 0.1 \\nabla_W E', 'unverifiable'],
    ['W \\leftarrow W - \\eta \\frac{\\partial E}{\\partial W}', 'unverifiable'],
    ['W_{new} = W - 0.1 \\nabla_W E', 'unverifiable'],
    ['W -= lr * dW', 'unverifiable'],
    // beside it all is judged as without it
    [
      'dV = 0\nfor t in range(1, T+1):\n    dV += np.outer(O[t] - y[t], H[t])\nV -= lr * dV',
      'right right unverifiable',
    ],
    [
      'dE_3/dH_3 = V^T (O_3 - y_3)\nV := V - 0.1 dE/dV\ndE_3/dH_3 = V (O_3 - y_3)',
      'right unverifiable wrong',
    ],
    // no step: it claims that both sides are the same
    ['W = W - W^T', 'wrong'],
  ])('%s: %s', (text, verdicts) => {
    const { statements, problems } = checkerOf('rnn3').check(text);
    expect(problems).toEqual([]);
    const said = statements.map(({ text: line, message }) => `${line}: ${message}`).join('\n');
    expect(statements.map(({ verdict }) => verdict).join(' '), said).toBe(verdicts);
  });
});
