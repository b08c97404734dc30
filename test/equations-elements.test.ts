/** Equations by elements, functions that equations define, vectors beside matrices: as the same network written otherwise. */

import { describe, expect, it } from 'vitest';
import { grad } from '../src/autodiff/grad.ts';
import { modelFromEquations } from '../src/model/equations/unroll.ts';
import { Plan } from '../src/run/plan.ts';

const tex = String.raw;

/** The loss and its gradients by the parameters, which are drawn by name alike in both. */
function figures(text: string): number[] {
  const { builder, target, values } = modelFromEquations(text);
  const { graph } = builder;
  const loss = graph.idOf(target);
  const parameters = graph.nodes.filter(({ op }) => op === 'parameter').map(({ id }) => id);
  parameters.sort((a, b) => (graph.label(a) < graph.label(b) ? -1 : 1));
  const gradients = grad(builder, loss, parameters);
  const run = new Plan(graph, [loss, ...gradients]).setAll(values).run();
  return [loss, ...gradients].flatMap((id) => [...run.value(id)]);
}

function expectAlike(one: string, other: string): void {
  const [a, b] = [figures(one), figures(other)];
  expect(a).toHaveLength(b.length);
  expect(a.some((x) => x !== 0)).toBe(true);
  for (const [i, x] of a.entries()) expect(Math.abs(x - b[i])).toBeLessThan(1e-12 * Math.max(1, Math.abs(x)));
}

const image = 'param X: 4x4, K: 2x2, b\ntarget G: 3x3\n';
const layer = 'param X: 5x2, W: 2x3, b: 3\ntarget T: 5x3\n';
const half = tex`L = \frac12 \|Y - G\|^2`;

describe('an array by its elements', () => {
  const correlation = `${image}Y = X ⋆ K + b\n${half}`;
  it.each([
    ['counted from 0', tex`Y_{ij} = b + \sum_{m,n} X_{i+m,j+n} K_{mn}`],
    ['counted from 1', tex`Y_{ij} = b + \sum_{m,n} X_{i+m-1,j+n-1} K_{mn}`],
    ['with ranges from 0', 'Y_{ij} = b + sum_{m=0}^1 sum_{n=0}^1 X_{i+m,j+n} K_{mn} for i = 0..2, j = 0..2'],
    [
      'with ranges from 1',
      'Y_{i,j} = b + Σ_{m=1}^2 Σ_{n=1}^2 X_{i+m-1,j+n-1} K_{m,n} for i = 1..3, j = 1..3',
    ],
  ])('of a correlation, %s', (_, line) => expectAlike(`${image}${line}\n${half}`, correlation));

  it('is 0 beyond the border where the ranges ask for it', () => {
    const leaves = 'param X: 2x2, K: 2x2\ntarget G: 3x3\n';
    const line = tex`Y_{ij} = \sum_{k,l} X_{kl} K_{i-k+1,j-l+1} for i = 1..3, j = 1..3`;
    expectAlike(`${leaves}${line}\n${half}`, `${leaves}Y = tconv(X, K)\n${half}`);
  });

  it('of a layer over rows, and of a softmax', () => {
    const loss = tex`L = \frac12 \sum_{i,j} (Y_{ij} - T_{ij})^2`;
    expectAlike(
      `${layer}${tex`Y_{ij} = \sum_k X_{ik} W_{kj} + b_j`}\n${loss}`,
      `${layer}Y = X W + 1 b^T\nL = ½ ‖Y - T‖²`,
    );
    const leaves = 'param z: 4\ntarget y: 4 onehot\n';
    const share = tex`p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}`;
    expectAlike(`${leaves}${share}\nL = -y^T log p`, `${leaves}p = softmax(z)\nL = -y^T log p`);
  });

  it('at each step', () => {
    const leaves =
      'T = 3\nparam U: 4x3, W: 4x4\ninput x_t: 3 for t = 1..T\ntarget y_t: 4 for t = 1..T\nconst h_0: 4 = 0.1\n';
    const loss = 'E_t = ½ ‖h_t - y_t‖² for t = 1..T\nE = sum_t E_t';
    expectAlike(
      `${leaves}${tex`h_{t,i} = \tanh(\sum_j U_{ij} x_{t,j} + \sum_j W_{ij} h_{t-1,j}) for t = 1..T`}\n${loss}`,
      `${leaves}h_t = tanh(U x_t + W h_{t-1}) for t = 1..T\n${loss}`,
    );
  });

  it('asks for ranges where nothing tells them', () => {
    const line = tex`Y_{ij} = \sum_{k,l} X_{kl} K_{i-k,j-l}`;
    expect(() => modelFromEquations(`param X: 2x2, K: 2x2\n${line}`)).toThrow('what does i run over?');
  });
});

describe('a function of one’s own', () => {
  const leaves = 'param W: 4x3, c: 4\ninput x: 3\ntarget y: 4\n';
  const loss = 'L = ½ ‖h - y‖²';
  it.each([
    [tex`f(z) = \frac{1}{1 + e^{-z}}`, 'f(W x + c)', 'σ(W x + c)'],
    ['φ(a) = (exp(a) - exp(-a)) / (exp(a) + exp(-a))', 'φ(W x + c)', 'tanh(W x + c)'],
    ['g(u) = u * σ(u)', 'g(W x + c)', '(W x + c) ⊙ σ(W x + c)'],
    ['g(u) = max(0.2 u, u)', 'g(W x + c)', 'relu(W x + c) - 0.2 relu(-(W x + c))'],
    [
      tex`g(u) = \begin{cases} u & u > 0 \\ 0.2 u & \text{otherwise} \end{cases}`,
      'g(W x + c)',
      'relu(W x + c) - 0.2 relu(-(W x + c))',
    ],
    [tex`s(v)_i = \frac{e^{2 v_i}}{\sum_j e^{2 v_j}}`, 's(W x + c)', 'softmax(2 (W x + c))'],
  ])('%s', (definition, own, plain) =>
    expectAlike(`${definition}\n${leaves}h = ${own}\n${loss}`, `${leaves}h = ${plain}\n${loss}`),
  );

  it('is the function of the table that it equals', () => {
    const { builder } = modelFromEquations(`f(z) = 1 / (1 + exp(-z))\n${leaves}h = f(W x)\n${loss}`);
    expect(builder.graph.nodes.map(({ op }) => op)).toContain('sigmoid');
  });

  it('is a variable if it has its variables as arguments wherever it stands', () => {
    const text = 'param p probability\nCE(p) = -log p\nFL(p) = (1 - p)^2 CE(p)';
    const { builder, target } = modelFromEquations(text);
    expect(target).toBe('FL');
    expect(builder.graph.idOf('CE')).toBeGreaterThan(0);
  });
});

describe('a vector beside a matrix', () => {
  const loss = 'L = ½ ‖Y - T‖²';
  const plain = `${layer}Y = X W + 1 b^T\n${loss}`;
  it('is added to every row, as a row too', () => {
    expectAlike(`${layer}Y = X W + b\n${loss}`, plain);
    expectAlike(`${layer.replace('b: 3', 'b: 1x3')}Y = X @ W + b\n${loss}`, plain);
    expectAlike(`${layer}Y = X*W + ones(5,1)*b'\n${loss}`, plain);
  });

  it('is added to every column', () => {
    const leaves = 'param W: 3x2, X: 2x5, b: 3\ntarget T: 3x5\n';
    expectAlike(`${leaves}Y = W X + b\n${loss}`, `${leaves}Y = W X + b 1^T\n${loss}`);
  });

  it('may be a mean over rows', () => {
    const leaves = 'param X: 5x3, g: 3\ntarget T: 5x3\n';
    expectAlike(
      `${leaves}mu = mean(X, axis=0)\nY = g * (X - mu)\n${loss}`,
      `${leaves}mu = 1/5 X^T 1\nY = (X - 1 mu^T) ⊙ (1 g^T)\n${loss}`,
    );
  });
});

describe('sides and lines', () => {
  it('squares of a square matrix under a sum are of its elements', () => {
    const leaves = 'param X: 3x3\ntarget T: 3x3\n';
    expectAlike(`${leaves}L = 0.5 * sum((X - T)^2)`, `${leaves}L = ½ ‖X - T‖_F^2`);
    expectAlike(`${leaves}L = ½ Σ (X - T)^2`, `${leaves}L = ½ ‖X - T‖_F^2`);
  });

  it('several equations on a line', () => {
    const leaves = 'param W: 4x3\ninput x: 3\n';
    const lines = tex`\begin{aligned} z &= W x, & a &= \tanh(z) \\ L &= a^T a \end{aligned}`;
    expectAlike(`${leaves}${lines}`, `${leaves}z = W x\na = tanh(z)\nL = a^T a`);
  });

  it('a variable rearranged has the gradient of what it is made of', () => {
    const text = 'param X: 2x2, K: 2x2\nx = vec(X)\nY = tconv(X, K)\ny = vec(Y)\nL = ½ ‖Y‖²';
    const { builder, values } = modelFromEquations(text);
    const { graph } = builder;
    const of = (name: string) => graph.idOf(name);
    const [X, x, Y, y] = grad(builder, of('L'), [of('X'), of('x'), of('Y'), of('y')]);
    const run = new Plan(graph, [X, x, Y, y, of('Y')]).setAll(values).run();
    expect([...run.value(x)]).toEqual([...run.value(X)]);
    expect([...run.value(y)]).toEqual([...run.value(of('Y'))]);
    expect([...run.value(x)].every((v) => v !== 0)).toBe(true);
  });
});
