/** What a formula is said under: before ⇒, behind a comma, in the brackets of a function. */

import { describe, expect, it } from 'vitest';
import { checkerOf, overall } from '../support/networks.ts';

type Case = readonly [network: string, formula: string, verdict: string];

function judges(cases: readonly Case[]): void {
  it.each(cases)('%s: %s is %s', (network, formula, verdict) => {
    const { statements, problems } = checkerOf(network).check(formula);
    expect(problems).toEqual([]);
    const said = statements.map(({ text, message }) => `${text}: ${message}`).join('\n');
    expect(overall(statements), said).toBe(verdict);
  });
}

describe('premises before ⇒', () => {
  const recursion = '\\delta_t = W(\\delta_{t+1}\\odot(1-H_{t+1}^2)) + V^\\top(\\hat y_t - y_t)';
  judges([
    ['rnn3ce', `W = W^\\top \\Rightarrow ${recursion}`, 'right'],
    ['rnn3ce', `W = -W^\\top \\implies ${recursion}`, 'wrong'],
    ['rnn3ce', `W = W^T ⇒ ${recursion}`, 'right'],
    ['rnn3ce', recursion, 'wrong'],
    [
      'rnn3ce',
      '\\frac{\\partial E}{\\partial O_t} = \\hat y_t - y_t \\Rightarrow \\frac{\\partial E}{\\partial V} = \\sum_t (\\hat y_t - y_t) H_t^\\top',
      'right',
    ],
    [
      'rnn3ce',
      '\\frac{\\partial E}{\\partial O_t} = y_t - \\hat y_t \\Rightarrow \\frac{\\partial E}{\\partial V} = \\sum_t (\\hat y_t - y_t) H_t^\\top',
      'wrong',
    ],
    ['focal', '\\gamma = 0 \\implies FL = CE', 'right'],
    ['focal', '\\gamma = 1 \\implies FL = CE', 'wrong'],
    // behind ⇒ nothing follows
    ['focal', '\\gamma = 0 \\implies', 'wrong'],
  ]);
});

describe('other numbers for names of the equations', () => {
  judges([
    ['focal', 'FL = CE, \\quad \\gamma = 0', 'right'],
    ['focal', 'FL = CE, \\quad \\gamma = 1', 'wrong'],
    ['focal', 'FL = CE \\text{ when } \\gamma = 0', 'right'],
    ['focal', 'FL = CE \\quad (\\gamma = 0)', 'right'],
    ['focal', 'FL = CE\\ (\\gamma = 0)', 'right'],
    ['focal', 'FL = CE\\ (\\gamma = 1)', 'wrong'],
    ['focal', '\\frac{\\partial FL}{\\partial s} = p-1, \\gamma = 0', 'right'],
    ['focal', '\\frac{\\partial FL}{\\partial s} = p-1, \\gamma = 1', 'wrong'],
    ['focal', '\\frac{\\partial FL}{\\partial p} = (1-p)\\log p \\cdot 2 - (1-p)^2/p, \\gamma = 2', 'right'],
    ['focal', 'FL(\\gamma = 0) = CE', 'right'],
    ['focal', '\\mathrm{FL}(\\gamma = 0) = CE', 'right'],
    ['focal', 'FL(\\gamma = 1) = CE', 'wrong'],
    ['focal', 'FL(\\gamma = 1) = (1-p) CE', 'right'],
    // no network of this size is made
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_t (O_t - y_t) H_t^\\top, T = 100000', 'unverifiable'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = (O_1 - y_1) H_1^\\top, T = 1', 'right'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = (O_1 - y_1) H_1^\\top, T = 2', 'wrong'],
  ]);
});
