/** A definition is right only if what is right would not hold with another one. */

import { describe, expect, it } from 'vitest';
import { checkerOf } from '../support/networks.ts';

describe('definitions', () => {
  it.each([
    // one of the same name, with another index, is used
    ['G^{(3)} = V^T(O_3-y_3)\nG^{(2)} = 7 G^{(3)}\n∂E/∂H_3 = G^{(3)}', ['right', 'unverifiable', 'right']],
    ['G_3 = V^T(O_3-y_3)\nG_2 = W G_3\n∂E/∂H_3 = G_3', ['right', 'unverifiable', 'right']],
    // a use that cancels is none
    ['p = V^T(O_3-y_3)\nq = 2 p\n∂E/∂H_3 = p + 0 (q - q)', ['right', 'unverifiable', 'right']],
    ['q = 2 O_3\n∂E/∂O_3 = O_3 - y_3 + q - q', ['unverifiable', 'right']],
    // by way of others, at the border, in conditions and slopes
    ['p = O_3 - y_3\nq = 2 p\n∂E/∂H_3 = V^T q / 2', ['right', 'right', 'right']],
    ['s_0 = 0\ns_t = s_{t-1} + (O_{t,1} - y_{t,1}) H_{t,1}\n∂E/∂V_{1,1} = s_3', ['right', 'right', 'right']],
    ['q = W H_2 + U x_3\n∂H_3/∂H_2 = diag(1 - tanh(q)^2) W', ['right', 'right']],
    ['m = 1[O_3 > 0]\n∂E/∂O_3 = (O_3 - y_3) ⊙ m + (O_3 - y_3) ⊙ (1 - m)', ['unverifiable', 'right']],
  ])('%s', (text, verdicts) => {
    const { statements, problems } = checkerOf('rnn3').check(text);
    expect(problems).toEqual([]);
    const said = statements.map(({ verdict, message }) => `${verdict}: ${message}`).join('\n');
    expect(
      statements.map(({ verdict }) => verdict),
      said,
    ).toEqual(verdicts);
  });
});
