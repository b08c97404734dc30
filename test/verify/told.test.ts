/** A letter for a function is what the text says that it is. */

import { describe, expect, it } from 'vitest';
import { checkerOf, overall } from '../support/networks.ts';

const recursion = String.raw`\delta_t = \sigma'(a_t)\odot (V^\top(\hat y_t-y_t) + W^\top\delta_{t+1})`;
const chain = String.raw`\frac{\partial h_3}{\partial w} = \sigma_3'(h_2 + w\sigma_2'(h_1 + w\sigma_1'h_0))`;
const slope = (letter: string) =>
  String.raw`\frac{\partial H_t}{\partial a_t} = \mathrm{diag}(${letter}'(a_t))`;
const layers = (letter: string) =>
  String.raw`\delta^{[l]} = (W^{[l+1]})^T\delta^{[l+1]} \odot ${letter}'(z^{[l]})`;

describe('the function of a letter', () => {
  it.each([
    ['rnn3pre', recursion, 'right'],
    ['rnn3pre', String.raw`${recursion}, \sigma = \tanh`, 'right'],
    ['rnn3pre', String.raw`${recursion}, \sigma = \mathrm{sigmoid}`, 'wrong'],
    ['rnn3pre', String.raw`\sigma'(a_t) = \sigma(a_t)\odot(1-\sigma(a_t)), \quad ${recursion}`, 'wrong'],
    ['rnn3pre', String.raw`${slope('\\sigma')} \text{ if } \sigma \text{ is the logistic function}`, 'wrong'],
    ['rnn1d', chain, 'right'],
    ['rnn1d', String.raw`${chain}, \sigma' = \sigma(1-\sigma)`, 'wrong'],
    ['rnn3pre', String.raw`${slope('f')}, f = \tanh`, 'right'],
    ['rnn3pre', String.raw`${slope('f')}, f = \mathrm{relu}`, 'wrong'],
    ['rnn3pre', String.raw`${slope('f')}, f = \sigma`, 'wrong'],
    ['mlp-layers', layers('g'), 'right'],
    ['mlp-layers', String.raw`${layers('g')}, g = \sigma`, 'right'],
    ['mlp-layers', String.raw`${layers('g')}, g = \tanh`, 'wrong'],
    ['mlp-layers', String.raw`${layers('\\sigma')}, \sigma = \tanh`, 'wrong'],
  ])('%s: %s is %s', (network, formula, verdict) => {
    const { statements, problems } = checkerOf(network).check(formula);
    expect(problems).toEqual([]);
    expect(overall(statements), statements.map(({ message }) => message).join('; ')).toBe(verdict);
  });
});
