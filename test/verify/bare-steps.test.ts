/** One step of a program: names without an index are of the step that is computed, c_prev of the one before. */

import { describe, expect, it } from 'vitest';
import { checkerOf } from '../support/networks.ts';

describe('names without an index', () => {
  it.each([
    ['lstm', 'df = dc * c_prev; di = dc * g; dg = dc * i', 'right right right'],
    ['lstm', 'df = dc * c; di = dc * g', 'wrong right'],
    ['lstm', 'df = dc * cprev\ndo = dh * tanh(c)', 'right right'],
    ['lstm', 'do = dh * tanh(c_prev)', 'wrong'],
    ['lstm', 'dzi = di * i * (1 - i); dU_i += np.outer(dzi, h_prev)', 'right right'],
    ['lstm', 'dzi = di * i * (1 - i); dU_i += np.outer(dzi, h)', 'right wrong'],
    ['lstm', 'dzg = dg * (1 - g**2)', 'right'],
    ['lstm', 'dzg = dg * (1 - g)', 'wrong'],
    ['rnn3ce', 'dy = yhat - y; dV += dy @ H.T', 'right right'],
    ['rnn3ce', 'dy = y - yhat; dV += (yhat - y) @ H_prev.T', 'wrong wrong'],
    // what the step before left in it
    ['lstm', 'dc = dc * f + dh * o', 'unverifiable'],
    ['lstm', 'dc = dh * o * (1 - tanh(c)**2) + dc_next', 'unverifiable'],
    // a formula: a state without its step is a slip
    ['rnn3ce', '\\frac{\\partial E}{\\partial V} = \\sum_t (\\hat y_t - y) H_t^\\top', 'unverifiable'],
  ])('%s: %s is %s', (network, text, verdicts) => {
    const { statements, problems } = checkerOf(network).check(text);
    expect(problems).toEqual([]);
    const said = statements.map(({ text: line, message }) => `${line}: ${message}`).join('\n');
    expect(statements.map(({ verdict }) => verdict).join(' '), said).toBe(verdicts);
  });
});
