/** A variable is found by whatever way its name is written. */

import { expect, test } from 'vitest';
import { nameMeant } from '../src/model/equations/meant.ts';
import { modelFromEquations } from '../src/model/equations/unroll.ts';

const { graph } = modelFromEquations(`
  T = 2
  param \\theta_1: 3x2, θ_2: 2x3, alpha: 3, \\hat\\beta: 2, W_{hh}: 2x2
  input x_t: 2 for t = 1..T
  const s_0: 2 = 1
  s_t = tanh(W_hh s_{t-1} + x_t) for t = 1..T
  u = θ_2 (theta_1 s_T + alpha) + \\hat\\beta
  E = sum(u^2)`).builder;

test.each([
  ['θ_1', ['theta_1', '\\theta_1', 'θ₁', 'θ1', '\\theta_{1}', 'θ_1']],
  ['α', ['alpha', '\\alpha', 'α']],
  ['βhat', ['beta_hat', '\\hat\\beta', '\\hat{\\beta}', 'βhat']],
  ['W_hh', ['W_hh', 'Whh', 'W_{hh}']],
  ['s_2', ['s_2', 's₂', 's_{2}', 's^{(2)}', 's[2]']],
] as const)('%s', (name, ways) => {
  expect(ways.map((typed) => nameMeant(graph, typed))).toEqual(ways.map(() => name));
});

test.each(['theta_3', 's_7', 'gamma', '(', '', '__proto__', 'θ_1 + α', '\\theta', 's'])(
  '%j is no variable, and stays as it is',
  (typed) => {
    expect(nameMeant(graph, typed)).toBe(typed);
    expect(() => graph.idOf(nameMeant(graph, typed))).toThrow(`unknown variable ${typed}`);
  },
);
