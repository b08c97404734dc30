/** What holds on one side of a kink, for one sign, or for classes that happen to be alike, does not hold. */

import { describe, expect, it } from 'vitest';
import { checkerOfText } from '../support/networks.ts';

/** The verdict on the last line. */
function verdictOf(model: string, formula: string): string {
  const { statements, problems } = checkerOfText(model).check(formula);
  expect(problems).toEqual([]);
  return statements.at(-1)!.verdict;
}

const hinge = `
param w: 2
input x: 2
target y: scalar
s = w^T x
L = \\max(0, 1 - y s)`;

const linear = `
param W: 3x2, b: 3
input x: 2
target y: 3
o = W x + b
L = \\frac12 \\|o - y\\|^2`;

const absolute = `
param W: 3x2
input x: 2
target y: 3
o = W x
L = \\sum_{i=1}^3 |o_i - y_i|`;

const relu = `
param w: 1
input x: 1
target y: 1
a = w \\odot x
h = \\max(0, a)
L = \\frac12 \\|h - y\\|^2`;

const leaky = `
f(z) = \\max(z, z/10)
param W: 3x2
input x: 2
target y: 3
z = W x
h = f(z)
L = \\frac12 \\|h - y\\|^2`;

const logistic = `
param w: 3
input x: 3
target y: scalar
z = w^T x
p = \\sigma(z)
L = -(y \\log p + (1-y) \\log(1-p))`;

const likely = logistic.replace('y: scalar', 'y: probability');

const margins = `
N = 2
param w: 2
input x_i: 2 for i = 1..N
target y_i for i = 1..N
y_1 = 1
y_2 = -1
s_i = w^T x_i
L = \\sum_{i=1}^N \\max(0, 1 - y_i s_i)`;

const scalars = `
param w: scalar = 0.5, v: scalar = 2
input x: scalar
target y: scalar
L = |w| + v^2 x + |v - 1| + (w-y)^2`;

const large = `
param w: scalar, b: scalar = 5
input x: scalar
target y: scalar
o = w x + b
L = \\frac12 (o - y)^2`;

const classes = `
T = 2
param V: 6x3
input x_t: 3 onehot for t = 1..T
target y_t: 6 onehot for t = 1..T
o_t = V x_t for t = 1..T
p_t = softmax(o_t)
L = - \\sum_{t=1}^{T} y_t^T \\log p_t`;

describe('kinks of a formula that the network does not have', () => {
  it.each([
    [hinge, '\\frac{dL}{dw} = - y x [y s < 1]', 'right'],
    [hinge, '\\frac{dL}{dw} = - y x [1 > s y]', 'right'],
    [
      hinge,
      '\\frac{dL}{dw} = \\begin{cases} - y x & y s < 1 \\\\ 0 & \\text{otherwise} \\end{cases}',
      'right',
    ],
    [hinge, '\\frac{dL}{dw} = - y x [s < 1]', 'wrong'],
    [hinge, '\\frac{dL}{dw} = - y x [y s < 1.1]', 'wrong'],
    [hinge, '\\frac{dL}{dw} = - y x [y s < 0.9]', 'wrong'],
    [hinge, '\\frac{dL}{dw} = - y x [y s < 1.001]', 'wrong'],
    [hinge, '\\frac{dL}{dw} = - y x [y s < 1][y s > -2]', 'wrong'],
    [hinge, '\\frac{dL}{dw} = - y x if y s < 1', 'right'],
    [hinge, '\\frac{dL}{dw} = - y x if y s < 1.1', 'wrong'],
    [
      linear,
      '\\frac{dL}{db} = \\begin{cases} o - y & |o - y| \\le 1 \\\\ \\operatorname{sign}(o-y) & \\text{otherwise} \\end{cases}',
      'wrong',
    ],
    [
      linear,
      '\\frac{dL}{db} = \\begin{cases} o - y & |o - y| \\le 1 \\\\ \\operatorname{sign}(\\log(o)-y) & \\text{otherwise} \\end{cases}',
      'unverifiable',
    ],
    [
      linear,
      '\\frac{dL}{db} = \\begin{cases} o - y & |o - y| \\le 1 \\\\ -(y - o) & \\text{otherwise} \\end{cases}',
      'right',
    ],
    [linear, '\\frac{dL}{db} = |o - y| \\odot \\operatorname{sign}(o - y)', 'right'],
    [linear, 'dW = np.clip((o-y) @ x.T, -5, 5)', 'wrong'],
    [linear, '\\frac{dL}{dW} = \\max(-5, o-y) x^T', 'wrong'],
    [linear, '\\frac{dL}{dW} = (o-y) x^T', 'right'],
    [linear, 'm = [|o - y| < 7]\n\\frac{dL}{db} = (o - y) \\odot m', 'wrong'],
    [relu, '\\frac{dL}{dw} = (h - y) \\odot [a > 0] \\odot x', 'right'],
    [relu, '\\frac{dL}{dw} = (h - y) \\odot [h > 0] \\odot x', 'right'],
    [relu, '\\frac{dL}{dw} = (h - y) \\odot [a > 0.06] \\odot x', 'wrong'],
    [relu, '\\frac{dL}{dw} = (h - y) \\odot [0 < a < 6] \\odot x', 'wrong'],
    [relu, 'm = [a > 0.001]\n\\frac{dL}{dw} = (h - y) \\odot m \\odot x', 'wrong'],
    [leaky, "\\frac{dL}{dz} = (h - y) \\odot f'(z)", 'right'],
    [leaky, "\\frac{dL}{dz} = (h - y) \\odot f'(h)", 'right'],
    [leaky, "\\frac{dL}{dz} = (h - y) \\odot f'(z + 0.001)", 'wrong'],
    [leaky, "\\frac{dL}{dz} = (h - y) \\odot f'(z) \\odot f'(h - x_1 + 5)", 'wrong'],
    [logistic, '\\frac{dL}{dz} = p - y', 'right'],
    [logistic, '\\frac{dL}{dz} = \\max(p, 0.06) - y', 'wrong'],
    // it is never reached, which the points cannot show
    [logistic, '\\frac{dL}{dz} = \\max(p, -1) - y', 'unverifiable'],
    [absolute, '\\frac{dL}{dW} = \\operatorname{sign}(o - y) x^T', 'right'],
    [absolute, '\\frac{dL}{dW} = \\tanh(1000 (o - y)) x^T', 'wrong'],
  ])('%s\n%s is %s', (model, formula, verdict) => {
    expect(verdictOf(model, formula)).toBe(verdict);
  });
});

describe('two kinks of a network, one behind the other', () => {
  const overlap = `
param a: 4 = [0.1, 0.2, 2.3, 2.1]
target b: 4 = [0.8, 0.7, 3.1, 2.9]
w = max(0, min(a_3, b_3) - max(a_1, b_1))
h = max(0, min(a_4, b_4) - max(a_2, b_2))
L = 1 - w h`;
  it.each([
    [overlap, '\\frac{\\partial w}{\\partial a_1} = -[a_1 > b_1][w > 0]', 'right'],
    [overlap, '\\frac{\\partial w}{\\partial a_1} = -[a_1 > b_1]', 'wrong'],
    [overlap, '\\frac{\\partial w}{\\partial a_1} = -[a_1 > b_1][h > 0]', 'wrong'],
    [overlap, '\\frac{\\partial L}{\\partial a_1} = h [a_1 > b_1][w > 0]', 'right'],
    [overlap, '\\frac{\\partial L}{\\partial a_1} = h [a_1 > b_1]', 'wrong'],
  ])('%s\n%s is %s', (model, formula, verdict) => {
    expect(verdictOf(model, formula)).toBe(verdict);
  });
});

describe('signs of parameters that the equations give', () => {
  it.each([
    [scalars, '\\frac{dL}{dw} = \\operatorname{sign}(w) + 2 (w - y)', 'right'],
    [scalars, '\\frac{dL}{dw} = 1 + 2 (w - y)', 'wrong'],
    [scalars, '\\frac{dL}{dv} = 2 v x + \\operatorname{sign}(v - 1)', 'right'],
    [scalars, '\\frac{dL}{dv} = 2 v x + 1', 'wrong'],
    [large, '\\frac{dL}{dw} = (o - y) x', 'right'],
    [large, '\\frac{dL}{dw} = |o - y| x', 'wrong'],
    [large, '\\frac{dL}{dw} = \\sqrt{(o - y)^2} x', 'wrong'],
    [large, '\\frac{dL}{dw} = (o - y) x [b > 0]', 'wrong'],
  ])('%s\n%s is %s', (model, formula, verdict) => {
    expect(verdictOf(model, formula)).toBe(verdict);
  });
});

describe('classes that happen to be alike, or not', () => {
  it.each([
    ['\\frac{dL}{do_1} = p_1 - y_1', 'right'],
    ['\\frac{dL}{do_1} = p_1 - y_1 + (y_1^T y_2) p_1', 'wrong'],
    ['\\frac{dL}{do_1} = p_1 - y_1 + (x_1^T x_2) p_1', 'wrong'],
    ['\\frac{dL}{do_1} = p_1 - y_1 + (1 - x_1^T x_2) p_1', 'wrong'],
    ['\\frac{dL}{do_2} = p_2 - y_2 \\odot (1 - y_1)', 'wrong'],
    ['\\frac{dL}{do_2} = p_2 - y_2 \\odot y_2', 'right'],
  ])('%s is %s', (formula, verdict) => {
    expect(verdictOf(classes, formula)).toBe(verdict);
  });
});

describe('targets that cases ask about are labels', () => {
  const cases = (...rows: readonly string[]) => `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`;

  it.each([
    [logistic, `\\frac{dL}{dz} = ${cases('p - 1 & y = 1', 'p & y = 0')}`, 'right'],
    // 0, or what else is y?
    [logistic, `\\frac{dL}{dz} = ${cases('p - 1 & y = 1', 'p & \\text{otherwise}')}`, 'ambiguous'],
    [likely, `\\frac{dL}{dz} = ${cases('p - 1 & y = 1', 'p & \\text{otherwise}')}`, 'right'],
    [
      margins,
      `\\frac{dL}{ds_i} = ${cases('-1 & y_i = 1 \\text{ and } s_i < 1', '0 & \\text{otherwise}')}`,
      'wrong',
    ],
    [margins, `\\frac{dL}{ds_i} = ${cases('-y_i & y_i s_i < 1', '0 & \\text{otherwise}')}`, 'right'],
    [logistic, `\\frac{dL}{dz} = ${cases('p - 1 & y = 1', '0 & \\text{otherwise}')}`, 'wrong'],
    [logistic, `\\frac{dL}{dz} = ${cases('p + 1 & y = 1', 'p & y = 0')}`, 'wrong'],
    [hinge, `\\frac{dL}{dw} = ${cases('-x [s < 1] & y = 1', 'x [s > -1] & y = -1')}`, 'right'],
    [hinge, `\\frac{dL}{dw} = ${cases('-x [s < 1] & y = 1', 'x [s > -2] & y = -1')}`, 'wrong'],
    [hinge, `\\frac{dL}{dw} = ${cases('-x [s < 1] & y = 1', 'x & y = -1')}`, 'wrong'],
  ])('%s\n%s is %s', (model, formula, verdict) => {
    expect(verdictOf(model, formula)).toBe(verdict);
  });

  it('and the reading says so', () => {
    const { statements } = checkerOfText(logistic).check(
      `\\frac{dL}{dz} = ${cases('p - 1 & y = 1', 'p & y = 0')}`,
    );
    expect(statements[0].reading).toBe('y is 0 or 1');
  });
});
