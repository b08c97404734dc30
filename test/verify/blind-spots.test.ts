/** Formulas that hold wherever nobody looks: at the values drawn, at one side of a kink, at the steps that are left. */

import { describe, expect, it, test } from 'vitest';
import { checkerOf, checkerOfText, overall } from '../support/networks.ts';

const networks: Readonly<Record<string, string>> = {
  margin: 'param w: 3, b\ninput x: 3\ntarget y\ns = w^T x + b\nL = max(0, 1 - y s) + 0.5 ‖w‖²',
  perceptron: 'param w: 4\ninput x: 4\ntarget y\ns = w^T x\nL = max(0, 1 - y s)',
  'one relu': 'param w, b\ninput x\ntarget y\nh = relu(w x + b)\nL = 1/2 (h - y)^2',
  clipped: 'param w\ninput x\ntarget y\nh = clip(w x, -10, 10)\nL = 1/2 (h - y)^2',
  scaled: 'param a = 1, W: 3x3\ninput x: 3\ntarget y: 3\no = a W x\nE = 1/2 ‖o - y‖²',
  given: 'param W: 2x2\ninput x: 2 = [1, 1]\ntarget y: 2\no = W x\nL = 1/2 ‖o - y‖²',
  classes: 'param W: 4x3\ninput x: 3\ntarget y: 4 onehot\no = W x\np = softmax(o)\nL = -y^T log p',
  'two biases':
    'param W: 3x3, b_k: 3 for k = 1..2\ninput x: 3\ntarget y: 3\na_1 = W x + b_1\na_2 = W tanh(a_1) + b_2\nL = 1/2 ‖a_2 - y‖²',
  literal: 'param v: 3 = [0,1,0], q: 3 = [0.2,0.3,0.5]\ninput x: 3\nE = v^T x + q^T x',
  'relu RNN':
    'T = 3\nparam U: 4x3, W: 4x4, V: 2x4\ninput x_t: 3 for t = 1..T\ntarget y_t: 2 for t = 1..T\nconst H_0: 4 = 0.1\n' +
    'a_t = U x_t + W H_{t-1} for t = 1..T\nH_t = relu(a_t) for t = 1..T\nO_t = V H_t\nE_t = 1/2 ‖O_t - y_t‖²\nE = sum_t E_t',
};
const long = (steps: number) =>
  `T = ${steps}\nparam w, u\ninput x_t for t = 1..T\ntarget y\nconst h_0 = 0.3\n` +
  'h_t = tanh(w h_{t-1} + u x_t) for t = 1..T\nE = 1/2 (h_T - y)^2';
const longOnes: Readonly<Record<string, string>> = { '40 steps': long(40), '80 steps': long(80) };
function verdictOf(network: string, formula: string): string {
  const text = networks[network] ?? longOnes[network];
  const checker = text === undefined ? checkerOf(network) : checkerOfText(text, network);
  const { statements, problems } = checker.check(formula);
  expect(problems).toEqual([]);
  return overall(statements);
}

describe('what holds only where it was looked', () => {
  it.each([
    // the other classes of a one-hot target
    ['rnn3ce', 'dE_t/dO_{t,1} = ŷ_{t,1}', 'wrong'],
    ['rnn3ce', 'dE_t/dO_{t,1} = ŷ_{t,1} - y_{t,1}', 'right'],
    ['rnn3ce', '∂E_t/∂V_{1,j} = ŷ_{t,1} H_{t,j}', 'wrong'],
    ['softmaxce', '∂L/∂z_3 = p_3', 'wrong'],
    ['softmaxce', '∂L/∂z_3 = p_3 - y_3', 'right'],
    // arrays of numbers among symbols
    ['given', 'dL/dW = (o - y) (x ⊙ x)^T', 'wrong'],
    ['given', 'dL/dW = [[1, 0], [0, 1]] (o - y) (x ⊙ x)^T', 'wrong'],
    ['given', 'dL/dW = [[1, 0], [0, 1]] (o - y) x^T', 'right'],
    // what stands below a function
    ['classes', 'L = -Σ_{i=1}^4 y_i log p_i', 'right'],
    ['classes', String.raw`L = -Σ_{i=1}^4 y_i \log_e p_i`, 'right'],
    ['classes', String.raw`L = -Σ_{i=1}^4 y_i \log_2 p_i`, 'wrong'],
    ['classes', String.raw`L = -\ln(2) Σ_{i=1}^4 y_i \log_2 p_i`, 'right'],
    ['given', String.raw`L = \frac12 (\sqrt{Σ_i (o_i - y_i)^2})^2`, 'right'],
    ['given', String.raw`L = \frac12 (\sqrt[3]{Σ_i (o_i - y_i)^2})^2`, 'wrong'],
    ['given', String.raw`L = \frac12 (\sqrt[3]{Σ_i (o_i - y_i)^2})^3`, 'right'],
    // parameters with an index are parameters
    ['two biases', '∂L/∂θ = ∂L/∂a_1 x^T + ∂L/∂a_2 tanh(a_1)^T', 'wrong'],
    ['two biases', 'dL/dθ = dL/da_2 da_2/dθ', 'ambiguous'],
    // the neighbour of an element: the equations write a_1 … a_4
    ['iou', '∂A/∂a_2 = a_3 - a_1', 'wrong'],
    ['iou', '∂A/∂a_2 = a_1 - a_3', 'right'],
    ['iou', '∂I/∂a_3 = w 1[a_3 < b_3] 1[w > 0]', 'wrong'],
    ['iou', '∂I/∂a_3 = h 1[a_3 < b_3] 1[w > 0]', 'right'],
    // the values that the equations give to parameters
    ['scaled', 'dE/dx = W^T (o-y)', 'wrong'],
    ['scaled', 'dE/dx = a^5 W^T (o-y)', 'wrong'],
    ['scaled', 'dE/dx = a W^T (o-y)', 'right'],
    ['literal', 'dE/dx = v ⊙ v + q', 'wrong'],
    ['literal', 'dE/dx = v + q sum(q)', 'wrong'],
    ['literal', 'dE/dx = v + q', 'right'],
    // the other side of a kink
    ['margin', 'dL/dw = w - y x', 'wrong'],
    ['margin', 'dL/db = -y', 'wrong'],
    ['margin', 'dL/dw = w - y x 1[y s < 1]', 'right'],
    ['perceptron', 'dL/dw = -y x', 'wrong'],
    ['perceptron', 'dL/dw = -y x 1[s < 1]', 'wrong'],
    ['perceptron', 'dL/dw = -y x 1[y s < 1]', 'right'],
    ['one relu', 'dL/dw = (h - y) x', 'wrong'],
    ['one relu', 'dL/dw = (|w x + b| - y) x', 'wrong'],
    ['one relu', 'dL/dw = (h - y) x 1[w x + b > 0]', 'right'],
    ['clipped', 'dL/dw = (h - y) x', 'wrong'],
    // steps at which the right side does not exist: what is left is 0 = 0, or one step
    ['rnn1d', 'dh_t/du = Σ_{k=1}^t (Π_{j=k+1}^t w (1-h_j^2)) (1-h_k^2) x_{k-1}', 'wrong'],
    ['rnn1d', 'dh_t/du = Σ_{k=1}^t (Π_{j=k+1}^t w (1-h_j^2)) (1-h_k^2) x_k', 'right'],
    ['rnn1d', 'dh_t/dw = Σ_{k=0}^{t-1} (Π_{j=k+1}^t w (1-h_j^2)) (1-h_k^2) h_{k-1}', 'wrong'],
    ['rnn1d', 'dh_t/dw = Σ_{k=1}^t 17 h_{k-2}', 'wrong'],
    ['linear-rnn', 'h_t = W^t h_0 + Σ_{k=1}^t W^{t-k} U x_{k-1}', 'wrong'],
    ['linear-rnn', 'h_t = W^t h_0 + Σ_{k=1}^t W^{t-k} U x_k', 'right'],
    ['rnn3', 'dE/dH_t = Σ_{i=t}^T 5^{T-i} V^T dE/dO_{T-t+i}', 'wrong'],
    // steps whose right side looks behind the last one
    ['rnn3', 'dE/dH_t = t (V^T (O_t - y_t) + W^T diag(1-H_{t+1}^2) dE/dH_{t+1}) + 0 H_{t+2}', 'wrong'],
    ['rnn3', 'dE_3/dH_t = W^T diag(1-H_{t+1}^2) dE_3/dH_{t+1}', 'right'],
    // both sides of t = k
    ['rnn3', 'dE_t/dO_k = O_t - y_t', 'wrong'],
    ['rnn3', '∂E_k/∂O_t = O_t - y_t', 'wrong'],
    ['rnn3', 'dx_t/dx_k = I', 'wrong'],
    ['rnn3', '∂⁺O_t/∂H_k = V', 'wrong'],
    ['rnn1d', '∂h_t/∂h_k = Π_{i=k+1}^t w (1-h_i^2)', 'right'],
    ['rnn1d', '∂h_t/∂h_k = Π_{i=k}^t w (1-h_i^2)', 'wrong'],
    // numbers that no point tells from 0 or from 1
    ['rnn3', 'dE_t/dV = (O_t-y_t) H_t^T + 1e-10 V', 'unverifiable'],
    ['rnn3', 'dE_t/dV = 1.0000000001 (O_t-y_t) H_t^T', 'unverifiable'],
    ['rnn3', 'dE/dO_t = O_t - y_t + 10^{-10}', 'unverifiable'],
    ['relu RNN', 'dE/da_3 = (V^T (O_3-y_3)) ⊙ 1[a_3 > 0.0001]', 'wrong'],
    ['relu RNN', 'dE/da_3 = (V^T (O_3-y_3)) ⊙ 1[a_3 > 0]', 'right'],
    // what vanishes along many steps
    ['80 steps', 'dh_T/dh_0 = -prod_{k=1}^{T} w (1-h_k^2)', 'wrong'],
    ['80 steps', 'dh_T/dh_0 = prod_{k=1}^{T} u (1-h_k^2)', 'wrong'],
    ['80 steps', 'dh_T/dh_0 = prod_{k=1}^{T} w (1-h_k^2)', 'right'],
    ['40 steps', 'dh_t/dh_k = prod_{i=k+1}^t w (1-h_i^2)', 'right'],
    ['40 steps', 'dE/du = sum_{k=2}^{T} (h_T - y) (prod_{j=k+1}^{T} w (1-h_j^2)) (1-h_k^2) x_k', 'wrong'],
    ['40 steps', 'dE/du = sum_{k=10}^{T} dE/dh_T dh_T/dh_k dh_k/du + 0 u', 'wrong'],
    // a term that is 0 and fits nothing
    ['mlp', '∂L/∂W_2 = ∂L/∂W_2 + ∂b_2/∂L', 'wrong'],
    // one symbol that is two things
    ['rnn3', 'A_t = O_t\nA_t = H_t\ndE/dO_t = A_t - y_t', 'wrong'],
    ['rnn3', '∂H_0/∂W = 0', 'right'],
    // an adjoint without an index, and the product of it with a vector
    ['mlp', 'δ = p - y; ∂L/∂W_3 = δ a_2^T; ∂L/∂z_2 = (W_3^T δ) ⊙ a_2 ⊙ (1 - a_2)', 'right'],
    ['mlp', 'δ = p - y; ∂L/∂W_3 = δ a_1^T', 'wrong'],
    ['mlp', 'δ = (p - y) ⊙ p', 'wrong'],
    ['mlp', 'δ = y - p; ∂L/∂z_3 = -δ', 'ambiguous'],
  ])('%s: %s is %s', (network, formula, verdict) => {
    expect(verdictOf(network, formula)).toBe(verdict);
  });
});

test('a line of a sum is right only where what is wrong is known to be in another', () => {
  const verdicts = (lines: readonly string[]) =>
    checkerOf('rnn3')
      .check(lines.join('\n'))
      .statements.map(({ verdict }) => verdict);
  const scaled = ['dV += 2 (O_1-y_1) H_1^T', 'dV += 3 (O_2-y_2) H_2^T', 'dV += (O_3-y_3) H_3^T'];
  expect(verdicts(scaled)).toEqual(['wrong', 'wrong', 'wrong']);
  const slipped = ['dV += (O_1-y_1) H_1^T', 'dV += (O_2-y_2) H_1^T', 'dV += (O_3-y_3) H_3^T'];
  expect(verdicts(slipped)).toEqual(['right', 'wrong', 'right']);
});
