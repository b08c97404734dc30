/** What is so small that no point shows it is never called right. */

import { describe, expect, it } from 'vitest';
import { checkerOfText } from '../support/networks.ts';

/** The report on the last line. */
function reportOn(model: string, formula: string) {
  const { statements, problems } = checkerOfText(model).check(formula);
  expect(problems).toEqual([]);
  return statements.at(-1)!;
}

const linear = `
param W: 3x2, b: 3
input x: 2
target y: 3
o = W x + b
L = \\frac12 \\|o - y\\|^2`;

const normalized = (epsilon: string) => `
param g: 4, b: 4
input a: 4
target y: 4
m = \\frac14 \\sum_{i=1}^4 a_i
v = \\frac14 \\sum_{i=1}^4 (a_i - m)^2
n = (a - m) / \\sqrt{v + ${epsilon}}
o = g \\odot n + b
L = \\frac12 \\|o - y\\|^2`;

const decayed = `
param W: 3x2
input x: 2
target y: 3
o = W x
L = \\frac12 \\|o - y\\|^2 + 10^{-10} \\|W\\|^2`;

describe('summands', () => {
  it.each([
    [linear, '\\frac{dL}{do} = o - y', 'right'],
    [linear, '\\frac{dL}{do} = o - y + 0.1 y - 0.1 y', 'right'],
    [linear, '\\frac{dL}{do} = o - y + \\exp(-40)', 'unverifiable'],
    [linear, '\\frac{dL}{do} = o - y + \\exp(-4)', 'wrong'],
    [linear, '\\frac{dL}{do_i} = o_i - y_i + \\sigma(-40)', 'unverifiable'],
    [linear, '\\frac{dL}{do_i} = o_i - y_i + y_i^{200}', 'unverifiable'],
    [linear, 'g = o - y + \\exp(-40)\n\\frac{dL}{db} = g', 'unverifiable'],
    [linear, 'g = o - y\n\\frac{dL}{db} = g', 'right'],
    [linear, 'c = 0.0000000001\n\\frac{dL}{do} = (o - y) (1 + c)', 'unverifiable'],
    [linear, 'c = 10^{-12}\n\\frac{dL}{do} = (o - y) + c', 'unverifiable'],
    [linear, 'c = \\frac12\n\\frac{dL}{do} = 2 c (o - y)', 'right'],
    [normalized('10^{-12}'), '\\frac{dL}{dg} = (o - y) \\odot (a - m) / \\sqrt{v}', 'unverifiable'],
    [
      normalized('10^{-12}'),
      '\\frac{dL}{dg} = (o - y) \\odot (a - m) / \\sqrt{v - 10^{-12}}',
      'unverifiable',
    ],
    [normalized('10^{-5}'), '\\frac{dL}{dg} = (o - y) \\odot (a - m) / \\sqrt{v + 10^{-5}}', 'right'],
    [normalized('10^{-5}'), '\\frac{dL}{dg} = (o - y) \\odot (a - m) / \\sqrt{v}', 'wrong'],
    [linear, '\\frac{dL}{do} = o - y + \\sum_{i=1}^3 \\sigma(y_i - 40)', 'unverifiable'],
    // a sum that is 0 whatever a is
    [normalized('10^{-5}'), '\\frac{dL}{dg} = (o - y) \\odot n + g \\sum_{i=1}^4 (a_i - m)', 'right'],
    [
      normalized('10^{-5}'),
      '\\frac{dL}{dg} = (o - y) \\odot n + g \\sum_{i=1}^4 (a_i - m + \\exp(-40))',
      'unverifiable',
    ],
    [decayed, '\\frac{dL}{dW} = (o - y) x^T + 10^{-10} W', 'unverifiable'],
  ])('%s\n%s is %s', (model, formula, verdict) => {
    const { verdict: found, message } = reportOn(model, formula);
    expect(found, message).toBe(verdict);
  });

  it('says which', () => {
    expect(reportOn(linear, '\\frac{dL}{do} = o - y + \\exp(-40)').message).toBe(
      '\\exp(-40) is so small that it cannot be seen whether it belongs there',
    );
  });
});

describe('terms that vanish over many steps', () => {
  const recurrent = (steps: number, f: string) => `
T = ${steps}
param U: 2x2, W: 2x2
input x_t: 2 for t = 1..T
target y: 2
const H_0: 2 = [0.3, -0.2]
H_t = ${f}(U x_t + W H_{t-1}) for t = 1..T
E = \\frac12 \\|H_T - y\\|^2`;
  const from = (first: number, slope: string) =>
    `\\frac{dE}{dU} = \\sum_{t=${first}}^{T} (\\frac{dE}{dH_t} \\odot ${slope}) x_t^T`;
  const leaky = `
T = 12
param U: 2x2, V: 2x2
input x_t: 2 for t = 1..T
target y: 2
const H_0: 2 = 0
H_t = 0.1 H_{t-1} + \\tanh(U x_t) for t = 1..T
E = \\frac12 \\|V H_T - y\\|^2`;
  const leakyFrom = (first: number) =>
    `\\frac{dE}{dU} = \\sum_{t=${first}}^{T} 0.1^{T-t} (V^T (V H_T - y) \\odot (1 - \\tanh(U x_t)^2)) x_t^T`;

  it.each([
    ['sigmoid, 6 steps', recurrent(6, '\\sigma'), from(1, 'H_t \\odot (1 - H_t)'), ['right']],
    ['sigmoid, 6 steps, one left out', recurrent(6, '\\sigma'), from(2, 'H_t \\odot (1 - H_t)'), ['wrong']],
    ['tanh, 12 steps', recurrent(12, '\\tanh'), from(1, '(1 - H_t^2)'), ['right']],
    ['tanh, 12 steps, one left out', recurrent(12, '\\tanh'), from(2, '(1 - H_t^2)'), ['wrong']],
    [
      'sigmoid, 20 steps, one left out',
      recurrent(20, '\\sigma'),
      from(2, 'H_t \\odot (1 - H_t)'),
      ['wrong', 'unverifiable'],
    ],
    [
      'sigmoid, 30 steps, many left out',
      recurrent(30, '\\sigma'),
      from(12, 'H_t \\odot (1 - H_t)'),
      ['wrong', 'unverifiable'],
    ],
    ['leaky, 12 steps, one left out', leaky, leakyFrom(2), ['wrong', 'unverifiable']],
    // none of it is small beside what it is compared with
    ['leaky, each step', leaky, '\\frac{dE}{dH_t} = 0.1^{T-t} V^T (V H_T - y)', ['right']],
  ])('%s', (_, model, formula, verdicts) => {
    const { verdict, message } = reportOn(model, formula);
    expect(verdicts, message).toContain(verdict);
  });
});
