/** What is said of a function alone is judged for every number, on all sides of its kinks. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { checkerOf, overall } from '../support/networks.ts';

const tex = String.raw;

describe('slopes of functions', () => {
  it.each([
    ['σ′(z) = σ(z)(1 − σ(z))', 'right'],
    [tex`\sigma'(z) = \sigma(z)(1-\sigma(z))`, 'right'],
    [tex`\sigma' = \sigma(1-\sigma)`, 'right'],
    [tex`\sigma' = \sigma(1+\sigma)`, 'wrong'],
    [tex`\frac{d\sigma}{dz} = \sigma(z)(1-\sigma(z))`, 'right'],
    [tex`\frac{\mathrm{d}\sigma(x)}{\mathrm{d}x} = \sigma(x)\sigma(-x)`, 'right'],
    [tex`\frac{d}{dx}\frac{1}{1+e^{-x}} = \frac{e^{-x}}{(1+e^{-x})^2} = \sigma(x)(1-\sigma(x))`, 'right'],
    [tex`\frac{d}{dx}\frac{1}{1+e^{-x}} = \frac{e^{-x}}{1+e^{-x}} = \sigma(x)(1-\sigma(x))`, 'wrong'],
    [tex`\tanh'(a_t) = 1 - \tanh^2(a_t)`, 'right'],
    [tex`\tanh'(a_t) = 1 - \tanh(a_t)`, 'wrong'],
    [tex`\frac{d \tanh z}{dz} = 1 - \tanh^2 z`, 'right'],
    [tex`\tanh'(z) = 1 - z^2`, 'wrong'],
    ["relu'(z) = 1", 'wrong'],
    ["relu'(z) = 1[z > 0]", 'right'],
    ["relu'(z) = 1 if z > 0", 'right'],
    ["relu'(z) = 1 if z < 0", 'wrong'],
    [tex`\operatorname{ReLU}'(z) = \begin{cases} 1 & z > 0 \\ 0 & \text{otherwise} \end{cases}`, 'right'],
    [tex`\operatorname{ReLU}'(z) = \begin{cases} 1 & z > 0 \\ -1 & \text{otherwise} \end{cases}`, 'wrong'],
    ["log'(x) = 1/x", 'right'],
    ["log'(x) = 1/x^2", 'wrong'],
    ["softplus'(x) = σ(x)", 'right'],
  ])('%s is %s', (formula, verdict) => {
    const { statements, problems } = checkerOf('lstm').check(formula);
    expect(problems).toEqual([]);
    expect(overall(statements), statements[0].message).toBe(verdict);
    expect(statements[0].reading).toContain('any number');
  });

  it.each([
    ['f′(z) = 1/(1+|z|)^2', 'right'],
    ['f′(z) = 1/(1+|z|)', 'wrong'],
    ['f′ = (1 - |f|)^2', 'right'],
    ['g′(u) = 1 - g(u)^2', 'right'],
    ['g′(u) = g(u)(1 - g(u))', 'wrong'],
  ])('of functions that the equations define: %s is %s', (formula, verdict) => {
    const text = 'f(z) = z / (1 + |z|)\ng(z) = tanh(z)\nparam w: 3x3\ninput x: 3\nh = f(w x)\nL = sum(g(h))';
    const { statements } = new Checker(modelFromEquations(text)).check(formula);
    expect(overall(statements), statements[0].message).toBe(verdict);
  });

  it.each([
    ["σ'(0) = 1/4", 'right'],
    ["σ'(0) = 1/2", 'wrong'],
    ["tanh'(0) = 1", 'right'],
    ["tanh'(0) = 0", 'wrong'],
    ["relu'(-1) = 0", 'right'],
    ["relu'(-1) = 1", 'wrong'],
    ["σ'(0) = σ(0)(1 - σ(0)) = 1/4", 'right'],
    ["σ'(2) = σ(2)(1 - σ(3))", 'wrong'],
    ["exp'(e) = e^e", 'right'],
    ["σ'(π) = 1/4", 'wrong'],
  ])('a number alone is that number: %s is %s', (formula, verdict) => {
    const { statements, problems } = checkerOf('rnn3').check(formula);
    expect(problems).toEqual([]);
    expect(overall(statements), statements[0].message).toBe(verdict);
    expect(statements[0].reading).not.toContain('any number');
  });

  it.each([
    "σ'(z) = σ(z)(1 - σ(z))",
    "relu'(z) = 0",
    'dσ/dz = 2 dσ/dz',
    "dσ/dz = σ'",
    'dσ/dz = dσ/dz + dσ/dz',
  ])('says nothing of paths: %s', (formula) => {
    const { statements } = checkerOf('rnn3').check(formula);
    expect(statements[0].reading).toContain('any number');
    expect(statements[0].level).toBe(2);
    expect(JSON.stringify(statements)).not.toMatch(/→ F|path/);
    expect(statements[0].message).not.toBe('');
  });

  it('offers a repair that makes it right', () => {
    const [{ repair }] = checkerOf('lstm').check('σ′(q) = σ(q)(1 + σ(q))').statements;
    expect(repair?.replacement).toContain('1');
    expect(repair?.label).toContain('σ(q)');
  });

  it.each([
    // z is another variable than the argument
    ['mlp', "relu'(q) = 1[z > 0]"],
    // of the network, not of the function alone
    ['rnn3', "tanh'(a_t) = 1 - H_t^2"],
    ['rnn3', '∂tanh(H_t)/∂H_t = 1 - tanh(H_t)^2'],
  ])('is not about %s where %s', (network, formula) => {
    const { statements } = checkerOf(network).check(formula);
    expect(statements[0].reading).not.toContain('any number');
  });
});
