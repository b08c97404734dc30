/** Notations of books and papers: arguments behind variables, steps in brackets, δ of layers, of gates and of lines. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { checkerOf, overall } from '../support/networks.ts';

const layers = (last: string, count: number) => `
${last} = ${count}
param w^l: 3x3, b^l: 3 for l = 2..${last}
input x: 3
target y: 3
a^1 = x
z^l = w^l a^{l-1} + b^l for l = 2..${last}
a^l = σ(z^l) for l = 2..${last}
C = ½ ‖y - a^${last}‖²`;
const networks: Readonly<Record<string, string>> = { '4 layers': layers('L', 4) };
const checkers = new Map<string, Checker>();
function checkerFor(network: string): Checker {
  const text = networks[network];
  if (text === undefined) return checkerOf(network);
  const known = checkers.get(network) ?? new Checker(modelFromEquations(text, { name: network }));
  checkers.set(network, known);
  return known;
}

type Case = readonly [network: string, formula: string, verdict: string];

function judges(cases: readonly Case[]): void {
  it.each(cases)('%s: %s is %s', (network, formula, verdict) => {
    const { statements, problems } = checkerFor(network).check(formula);
    expect(problems).toEqual([]);
    const said = statements
      .map(({ text, message, reading }) => `${text}: ${message} [${reading}]`)
      .join('\n');
    expect(overall(statements), said).toBe(verdict);
  });
}

describe('arguments behind variables', () => {
  judges([
    ['focal', 'FL(p) = -(1-p)^\\gamma\\log(p)', 'right'],
    ['focal', '\\text{FL}(p) = -(1-p)^\\gamma\\log(p)', 'right'],
    ['focal', '\\mathrm{FL}(p) = (1-p)^\\gamma\\log(p)', 'wrong'],
    ['focal', "FL'(p) = \\gamma(1-p)^{\\gamma-1}\\log(p) - \\frac{(1-p)^\\gamma}{p}", 'right'],
    ['focal', "FL'(p) = -\\gamma(1-p)^{\\gamma-1}\\log(p) - \\frac{(1-p)^\\gamma}{p}", 'wrong'],
    ['focal', '\\frac{d FL(p)}{dp} = \\gamma(1-p)^{\\gamma-1}\\log(p) - \\frac{(1-p)^\\gamma}{p}', 'right'],
    ['mlp-layers', '\\nabla_{W^{[l]}}J(W,b;x,y) = \\delta^{[l]}(a^{[l-1]})^T', 'right'],
    ['mlp-layers', '\\nabla_{W^{[l]}}J(W,b;x,y) = \\delta^{[l]}(z^{[l-1]})^T', 'wrong'],
    ['mlp-layers', '\\frac{\\partial J(W,b)}{\\partial W^{[l]}} = \\delta^{[l]}(a^{[l-1]})^T', 'right'],
    ['mlp-layers', '\\frac{\\partial}{\\partial W^{[l]}}J(W,b) = \\delta^{[l]}(a^{[l]})^T', 'wrong'],
    // a product: the state is not computed from what stands behind it
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_t (O_t - y_t)(H_t)^T', 'right'],
  ]);
});

describe('steps in brackets', () => {
  judges([
    ['rnn3', '\\delta(t) = (V^T(O(t)-y(t)) + W^T\\delta(t+1))\\odot(1-H(t)^2)', 'right'],
    ['rnn3', '\\delta(t) = (V^T(O(t)-y(t)) + W\\delta(t+1))\\odot(1-H(t)^2)', 'wrong'],
    ['rnn3', '\\delta(t) = (V^T(O(t)-y(t)) + W^T\\delta(t+1))\\odot(1-H(t))', 'wrong'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_t (O(t)-y(t)) H(t)^T', 'right'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_t (O(t)-y(t)) H(t-1)^T', 'wrong'],
  ]);
});

describe('δ of elements of layers', () => {
  const chain =
    '\\sum_k \\frac{\\partial C}{\\partial z^{l+1}_k}\\frac{\\partial z^{l+1}_k}{\\partial z^l_j}';
  judges([
    ['4 layers', `\\frac{\\partial C}{\\partial z^l_j} = ${chain}`, 'right'],
    ['4 layers', `\\delta^l_j = ${chain} = \\sum_k w^{l+1}_{kj}\\delta^{l+1}_k\\sigma'(z^l_j)`, 'right'],
    ['4 layers', `\\delta^l_j = ${chain} = \\sum_k w^{l+1}_{jk}\\delta^{l+1}_k\\sigma'(z^l_j)`, 'wrong'],
  ]);
});
