/** What stands behind a formula or in its cases: which steps and classes it is for, what holds otherwise, and what is not understood. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';

const checkerOf = (text: string) => new Checker(modelFromEquations(text, { name: 'clauses' }));

const crossEntropy = checkerOf(String.raw`
param W: 4x3, b: 4
input x: 3
target y: 4 onehot
o = W x + b
p = softmax(o)
L = -y^T \log p`);

const rnn = checkerOf(String.raw`
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 for t = 1..T
const H_0: 3 = [0.3, -0.2, 0.5]
H_t = \tanh(U x_t + W H_{t-1}) for t = 1..T
O_t = V H_t
E_t = \frac12 \|O_t - y_t\|^2
E = \sum_{t=1}^{T} E_t`);

const verdictsOf = (checker: Checker, formula: string): readonly string[] => {
  const { statements, problems } = checker.check(formula);
  expect(problems).toEqual([]);
  return statements.map(({ verdict }) => verdict);
};
const verdictOf = (checker: Checker, formula: string): string | undefined =>
  verdictsOf(checker, formula).at(-1);

describe('other cases in one line', () => {
  // p_i − [i = y] is p_i − 1 at the class and p_i elsewhere
  it.each([
    ['if i = y, p_i otherwise', 'right'],
    ['if i = y, 7 p_i otherwise', 'wrong'],
    ['if i = y, p_i + 1 otherwise', 'wrong'],
    ['if i = y else p_i', 'right'],
    ['if i = y else 0', 'wrong'],
    [String.raw`\text{ if } i = y, \text{ else } p_i`, 'right'],
    [String.raw`\text{ if } i = y, \text{ else } 0`, 'wrong'],
    [String.raw`\text{ if } i = y, \text{ and } p_i \text{ otherwise}`, 'right'],
    ['if i = y, p_i if i ≠ y', 'right'],
    ['if i = y, 2 p_i if i ≠ y', 'wrong'],
    ['if i = y', 'right'],
  ])('∂L/∂o_i = p_i - 1 %s is %s', (behind, verdict) => {
    expect(verdictOf(crossEntropy, `∂L/∂o_i = p_i - 1 ${behind}`)).toBe(verdict);
  });

  it.each([
    ['if i = j, -p_i p_j otherwise', 'right'],
    ['if i = j, p_i p_j otherwise', 'wrong'],
    [String.raw`if i = j, -p_i p_j if i \ne j`, 'right'],
  ])('∂p_i/∂o_j = p_i (1 - p_i) %s is %s', (behind, verdict) => {
    expect(verdictOf(crossEntropy, `∂p_i/∂o_j = p_i (1 - p_i) ${behind}`)).toBe(verdict);
  });

  it('of steps', () => {
    expect(verdictOf(rnn, '∂E/∂O_t = O_t - y_t if t = T else 3 O_t')).toBe('wrong');
    expect(verdictOf(rnn, '∂E/∂O_t = O_t - y_t if t = T else O_t - y_t')).toBe('right');
  });

  it('offers no repair in a condition', () => {
    const [{ verdict, repair }] = rnn.check('∂E/∂O_t = O_t - y_t if t = T else 3').statements;
    expect([verdict, repair]).toEqual(['wrong', undefined]);
  });
});

describe('cases with punctuation', () => {
  const jacobian = (second: string, [open, close]: readonly string[], [a, b]: readonly string[]) =>
    String.raw`\frac{\partial p_i}{\partial o_j} = ${open} p_i(1-p_j)${a} \\ ${second}${b} ${close}`;
  const cases = [String.raw`\begin{cases}`, String.raw`\end{cases}`];
  const array = [String.raw`\left\{\begin{array}{ll}`, String.raw`\end{array}\right.`];
  it.each([
    [cases, [', & i = j', String.raw`, & i \neq j`]],
    [cases, [String.raw`, & \text{if } i = j,`, String.raw`, & \text{otherwise.}`]],
    [cases, [String.raw`& \text{if } i = j;`, String.raw`& \text{else}`]],
    [array, [', & i = j', String.raw`, & i \neq j.`]],
    [array, [String.raw` & \text{if } i = j`, String.raw` & \text{ otherwise}`]],
  ])('%s %s', (environment, ends) => {
    expect(verdictOf(crossEntropy, jacobian('-p_i p_j', environment, ends))).toBe('right');
    expect(verdictOf(crossEntropy, jacobian('p_i p_j', environment, ends))).toBe('wrong');
  });

  it.each([
    ['i = y', 'p_i', 'right'],
    ['i = y', '2 p_i', 'wrong'],
    ['i = o', 'p_i', 'wrong'], // o is no class
  ])('of a class: %s, %s otherwise is %s', (condition, other, verdict) => {
    const formula = String.raw`∂L/∂o_i = \begin{cases} p_i - 1 & ${condition} \\ ${other} & \text{otherwise} \end{cases}`;
    expect(verdictOf(crossEntropy, formula)).toBe(verdict);
  });

  it('each claims something', () => {
    const both = (second: string) =>
      String.raw`∂E/∂O_t = \begin{cases} O_t - y_t & t \le T \\ ${second} & t = T \end{cases}`;
    expect(verdictOf(rnn, both('3 O_t'))).toBe('wrong');
    expect(verdictOf(rnn, both('O_t - y_t'))).toBe('right');
  });

  it('under words that are not known is not judged', () => {
    const formula = String.raw`∂E/∂O_t = \begin{cases} O_t - y_t & \text{on Sundays} \\ 3 & t = 9 \end{cases}`;
    expect(verdictOf(rnn, formula)).toBe('unverifiable');
  });
});

describe('what is not understood behind a formula', () => {
  it.each([
    'p_i - 1, i = y, 7 p_i',
    String.raw`p_i - y_i \quad \text{except for } i = y`,
    String.raw`p_i - y_i \quad \text{unless } i = y`,
    String.raw`p_i - y_i \text{ only at } i = y`,
    String.raw`p_i - y_i \text{ at no class}`,
    'p_i - y_i, b',
    String.raw`p_i - y_i \quad (W)`,
    'p_i - y_i for i = 1 and smaller',
  ])('∂L/∂o_i = %s', (right) => {
    expect(verdictOf(crossEntropy, `∂L/∂o_i = ${right}`)).toBe('unverifiable');
  });

  it.each([
    'for all i',
    String.raw`\quad \forall i`,
    String.raw`\text{ for all classes } i`,
    String.raw`\quad \text{(by the chain rule)}`,
    'for i = 1..4',
    String.raw`, \quad i = 1, \ldots, 4`,
  ])('∂L/∂o_i = p_i - y_i %s is right', (behind) => {
    expect(verdictOf(crossEntropy, `∂L/∂o_i = p_i - y_i ${behind}`)).toBe('right');
  });
});

describe('steps behind for', () => {
  // V^T (O_t − y_t) is ∂E/∂H_t at the last step alone, O_t − y_t is ∂E/∂O_t at all
  it.each([
    't = 3, 2, 1',
    't = 1, 3',
    't = T, T-1',
    't = T:1',
    't = T:-1:1',
    't = 1:T',
    't = T, …, 1',
    't = T, T-1, …, 1',
    't = T down to 1',
    't = 3 and 2',
    String.raw`t = 3 \text{ and } 2`,
    String.raw`t \in \{3, 2\}`,
    't = T and for t = 1..T-1',
  ])('%s', (steps) => {
    expect(verdictOf(rnn, `∂E/∂O_t = O_t - y_t for ${steps}`)).toBe('right');
    expect(verdictOf(rnn, `∂E/∂H_t = V^T (O_t - y_t) for ${steps}`)).toBe('wrong');
  });

  it('the last one alone', () => {
    expect(verdictOf(rnn, '∂E/∂H_t = V^T (O_t - y_t) for t = T')).toBe('right');
    const recursion = '∂E/∂H_t = V^T (O_t - y_t) + W^T ((1 - H_{t+1}^2) ⊙ ∂E/∂H_{t+1})';
    expect(verdictOf(rnn, `${recursion} for t = T-1, …, 1`)).toBe('right');
  });
});

describe('the class of a one-hot target', () => {
  it.each([
    ['∂L/∂o_1 = p_1 - 1 if y = 1', 'right'],
    ['∂L/∂o_1 = 4 p_1 - 1 if y = 1', 'wrong'],
    ['∂L/∂o_2 = p_2 if y = 1', 'right'],
    ['∂L/∂o_2 = p_2 - 1 if y = 1', 'wrong'],
    ['∂L/∂o_2 = p_2 if y ≠ 2', 'right'],
    ['∂L/∂o_0 = p_0 - 1 if y = 0', 'right'],
    [String.raw`L = -\log p_1 if y = 1`, 'right'],
    [String.raw`L = -\log p_1 if y = 2`, 'wrong'],
    ['∂L/∂o_1 = p_1 + 1 if y = 0.5', 'unverifiable'],
    ['∂L/∂o_2 = p_2 if y = 9', 'unverifiable'],
  ])('%s is %s', (formula, verdict) => {
    expect(verdictOf(crossEntropy, formula)).toBe(verdict);
  });
});

describe('definitions', () => {
  it.each([
    ['q_t = O_t - y_t if t = T', 'q_t = 5 O_t if t < T', 'wrong'],
    ['q_t = 5 O_t if t < T', 'q_t = O_t - y_t if t = T', 'wrong'],
    ['q_t = O_t - y_t if t = T', 'q_t = O_t - y_t if t < T', 'right'],
    ['q_t = O_t - y_t for t = T, T-1', 'q_1 = O_1 - y_1', 'right'],
    ['q_t = O_t - y_t for t = T, T-1', 'q_1 = 2 O_1 - y_1', 'wrong'],
  ])('hold where they say: %s, %s', (first, second, verdict) => {
    const [, , last] = verdictsOf(rnn, `${first}\n${second}\n∂E/∂O_t = q_t`);
    expect(last).toBe(verdict);
  });

  it('that nothing right uses are not judged', () => {
    expect(verdictsOf(rnn, 'q_t = 5 O_t\n∂E/∂O_t = q_t')).toEqual(['unverifiable', 'wrong']);
    expect(verdictsOf(rnn, 'q_t = O_t - y_t\n∂E/∂O_t = q_t')).toEqual(['right', 'right']);
  });

  it.each(['grad_V', 'gradV', 'gV', 'dL_dV'])('%s is a gradient', (name) => {
    const layer = checkerOf(String.raw`
param W: 3x2, b: 3, V: 4x3
input x: 2
target y: 4
h = \tanh(W x + b)
O = V h
L = \frac12 \|O - y\|^2`);
    expect(verdictsOf(layer, `${name} = 3 (O - y) @ h.T\nV -= lr * ${name}`)[0]).toBe('wrong');
    expect(verdictsOf(layer, `${name} = O - y\nV -= lr * ${name}`)[0]).toBe('wrong');
    expect(verdictsOf(layer, `${name} = (O - y) @ h.T\nV -= lr * ${name}`)[0]).toBe('right');
  });
});

describe("Kronecker's delta of a class", () => {
  it.each([
    [String.raw`\delta_{iy}`, String.raw`+ \delta_{iy}`],
    [String.raw`\delta_{i,y}`, String.raw`2 \delta_{i,y}`],
    [String.raw`\delta_{yi}`, String.raw`\delta_{io}`],
  ])('p_i - %s', (right, wrong) => {
    expect(verdictOf(crossEntropy, `∂L/∂o_i = p_i - ${right}`)).toBe('right');
    expect(verdictOf(crossEntropy, `∂L/∂o_i = p_i - ${wrong.replace('+', '-1')}`)).not.toBe('right');
  });
});

describe('a symmetric matrix', () => {
  const hopfield = checkerOf('param W: 4x4, x: 4, θ: 4\nE = -½ x^T W x - θ^T x');
  it.each([
    String.raw`, \quad W_{ij} = W_{ji}`,
    String.raw`, \quad W^\top = W`,
    String.raw` \text{ for symmetric } W`,
    ' if W is symmetric',
  ])('%s', (behind) => {
    expect(verdictsOf(hopfield, `∂E/∂x = -W x - θ${behind}`)).toEqual(['right']);
    expect(verdictsOf(hopfield, `∂E/∂x = -2 W x - θ${behind}`)).toEqual(['wrong']);
  });

  it('or a skew one, or any', () => {
    expect(verdictOf(hopfield, '∂E/∂x = -θ, W_{ij} = -W_{ji}')).toBe('right');
    expect(verdictOf(hopfield, '∂E/∂x = -W x - θ, W_{ij} = -W_{ji}')).toBe('wrong');
    expect(verdictOf(hopfield, '∂E/∂x = -W x - θ')).toBe('wrong');
  });
});

describe('values at a place', () => {
  const focal = checkerOf('γ = 2\nparam x\np = σ(x)\nCE = -log p\nFL = -(1 - p)^γ log p');
  it.each([
    // p is computed: where the logit is such that it is 0.9
    [String.raw`\frac{FL}{CE}\Big|_{p=0.9} = 0.01`, 'right'],
    [String.raw`\frac{FL}{CE}\Big|_{p=0.9} = 0.1`, 'wrong'],
    [String.raw`\frac{FL}{CE}\Big|_{q=0.9} = (1 - p)^2`, 'unverifiable'],
    ['FL|_{γ=0} = CE', 'right'],
    ['FL|_{γ=1} = CE', 'wrong'],
    // σ(0) − 1
    ['∂CE/∂x|_{x=0} = -0.5', 'right'],
    ['∂CE/∂x|_{x=0} = -0.4', 'wrong'],
  ])('%s is %s', (formula, verdict) => {
    expect(verdictOf(focal, formula)).toBe(verdict);
  });
});
