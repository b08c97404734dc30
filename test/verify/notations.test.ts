/** Notations of books and papers: arguments behind variables, steps in brackets, δ of layers, of gates and of lines. */

import { describe, expect, it } from 'vitest';
import type { Checker } from '../../src/verify/check.ts';
import { checkerOf, checkerOfText, overall } from '../support/networks.ts';

const layers = (last: string, count: number) => `
${last} = ${count}
param w^l: 3x3, b^l: 3 for l = 2..${last}
input x: 3
target y: 3
a^1 = x
z^l = w^l a^{l-1} + b^l for l = 2..${last}
a^l = σ(z^l) for l = 2..${last}
C = ½ ‖y - a^${last}‖²`;
const networks: Readonly<Record<string, string>> = {
  '4 layers': layers('L', 4),
  '3 layers': layers('N', 3),
  'two steps':
    'T = 2\nparam U: 3x2, W: 3x3\ninput x_t: 2 for t = 1..T\ntarget y_t: 3 for t = 1..T\nconst h_0: 3 = 0.2\n' +
    'h_t = tanh(U x_t + W h_{t-1}) for t = 1..T\nE = ½ sum_t ‖h_t - y_t‖²',
  // Graves 2012, chapter 4: cell c, output gate w
  'cell and gate': `
T = 3
param w_{xc}: 3x2, w_{hc}: 3x3, w_{xw}: 3x2, w_{hw}: 3x3, w_{cw}: 3
input x^t: 2 for t = 1..T
target z^t: 3 for t = 1..T
const b_c^0: 3 = 0.2, s_c^0: 3 = -0.3
a_c^t = w_{xc} x^t + w_{hc} b_c^{t-1}
s_c^t = s_c^{t-1} + tanh(a_c^t)
a_w^t = w_{xw} x^t + w_{hw} b_c^{t-1} + w_{cw} ⊙ s_c^t
b_w^t = σ(a_w^t)
b_c^t = b_w^t ⊙ tanh(s_c^t)
L = ½ sum_t ‖b_c^t - z^t‖²`,
  // Bishop 2006, section 5.3
  units: `
M = 4
K = 2
param w^{(1)}: 4x3, w^{(2)}: 2x4
input x: 3
target t: 2
a = w^{(1)} x
z = tanh(a)
y = w^{(2)} z
E = ½ sum_{k=1}^K (y_k - t_k)^2`,
};
function checkerFor(network: string): Checker {
  const text = networks[network];
  return text === undefined ? checkerOf(network) : checkerOfText(text, network);
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

describe('a recursion of which one step is inside', () => {
  const recursion = "\\delta^l = ((w^{l+1})^T\\delta^{l+1})\\odot\\sigma'(z^l)";
  judges([
    ['3 layers', recursion, 'right'],
    ['3 layers', "\\nabla_{z^l} C = ((w^{l+1})^T \\nabla_{z^{l+1}} C)\\odot\\sigma'(z^l)", 'right'],
    ['3 layers', recursion.replace('((w^{l+1})^T', '(w^{l+1}'), 'wrong'],
    ['3 layers', recursion.replace('(z^l)', '(z^{l+1})'), 'wrong'],
    // each step has a loss of its own
    ['two steps', '\\frac{dE}{dh_t} = W^T ((1 - h_{t+1}^2) \\odot \\frac{dE}{dh_{t+1}})', 'wrong'],
    [
      'two steps',
      '\\frac{dE}{dh_t} = h_t - y_t + W^T ((1 - h_{t+1}^2) \\odot \\frac{dE}{dh_{t+1}})',
      'right',
    ],
  ]);
});

describe('δ of a gate', () => {
  const said = '\\delta o_t = \\frac{\\partial L}{\\partial zo_t}';
  const byArgument = '\\delta o_t = \\delta h_t\\odot\\tanh(c_t)\\odot';
  judges([
    ['lstm', `${said}, \\quad ${byArgument}\\sigma'(zo_t)`, 'right'],
    ['lstm', `${byArgument}\\sigma'(zo_t), \\quad ${said}`, 'right'],
    ['lstm', `${byArgument}\\sigma'(zo_t) \\text{ where } ${said}`, 'right'],
    ['lstm', `${said}, \\quad ${byArgument}\\sigma'(zf_t)`, 'wrong'],
    ['lstm', `${said}, \\quad \\delta o_t = \\delta h_t\\odot\\tanh(c_t)`, 'wrong'],
    ['lstm', '\\delta o_t = \\delta h_t\\odot\\tanh(c_t)', 'right'],
    // nothing says by what it is
    ['lstm', `${byArgument} o_t\\odot(1-o_t)`, 'ambiguous'],
    ['lstm', `${byArgument} i_t\\odot(1-i_t)`, 'wrong'],
    // each of the two alone holds for another δ
    [
      'lstm',
      '\\delta o_t = \\delta h_t\\odot\\tanh(c_t); \\frac{\\partial L}{\\partial b_o} = \\sum_t \\delta o_t',
      'wrong',
    ],
    // the state of a network without gates
    ['rnn3', '\\delta H_t = (V^T (O_t - y_t) + W^T \\delta H_{t+1}) \\odot (1 - H_t^2)', 'wrong'],
  ]);
});

describe('labels', () => {
  const ofCandidate =
    '\\delta_h^t = \\frac{\\partial L}{\\partial h_t}\\odot z_t\\odot(1-\\tilde h_t^2), ' +
    '\\frac{\\partial L}{\\partial U_h} = \\sum_t\\delta_h^t(r_t\\odot h_{t-1})^\\top';
  const ofGate = "\\delta_w^t = \\sigma'(a_w^t)\\odot\\tanh(s_c^t)\\odot\\frac{\\partial L}{\\partial b_c^t}";
  judges([
    ['gru', ofCandidate, 'right'],
    ['gru', ofCandidate.replace('h_t^2', 'h_t'), 'wrong'],
    ['gru', ofCandidate.replace('r_t\\odot ', ''), 'wrong'],
    ['cell and gate', ofGate, 'right'],
    ['cell and gate', ofGate.replace('s_c^t', 's_c^{t-1}'), 'wrong'],
    ['cell and gate', ofGate.replace('\\delta_w', '\\delta_c'), 'wrong'],
    ['cell and gate', '\\epsilon_c^t = \\frac{\\partial L}{\\partial b_c^t}', 'right'],
  ]);
});

describe('δ of a layer by its elements', () => {
  const by = '\\frac{\\partial L}{\\partial W_{2,ij}} =';
  judges([
    ['mlp', `${by} \\delta_{2,i}\\,a_{1,j}`, 'right'],
    ['mlp', `${by} \\delta_{2,j}\\,a_{1,i}`, 'wrong'],
    ['mlp', `${by} \\delta_{1,i}\\,a_{1,j}`, 'wrong'],
    ['mlp', `${by} (\\delta_2)_i(a_1)_j`, 'right'],
    ['mlp', `${by} (\\delta_2)_j(a_1)_i`, 'wrong'],
    // Kronecker's
    ['mlp', '\\frac{\\partial p_1}{\\partial z_{3,i}} = p_1 (\\delta_{1,i} - p_i)', 'right'],
  ]);
});

describe('what stands behind a definition', () => {
  const first = '\\delta_1 = \\frac{\\partial L}{\\partial z_3} = p - y';
  const second = '\\delta_2 = \\frac{\\partial L}{\\partial a_2} = W_3^T\\delta_1';
  const ofUnit = '\\delta_j = \\frac{\\partial E}{\\partial a_j} = (1-z_j^2)\\sum_k w^{(2)}_{kj}(y_k-t_k)';
  judges([
    ['mlp', first, 'right'],
    ['mlp', first.replace('p - y', 'y - p'), 'wrong'],
    ['mlp', `${first}; ${second}`, 'right'],
    ['mlp', `${first}; ${second.replace('W_3^T', 'W_3')}`, 'wrong'],
    ['units', ofUnit, 'right'],
    ['units', ofUnit.replace('1-z_j', '1-a_j'), 'wrong'],
    ['units', ofUnit.replace('_{kj}', '_{jk}'), 'wrong'],
  ]);
  it('stands even if the claim behind it is wrong', () => {
    const { statements } = checkerOf('mlp').check(`${first.replace('p - y', 'y - p')}; ${second}`);
    expect(statements.map(({ verdict }) => verdict)).toEqual(['wrong', 'right']);
  });
});

describe('what a Σ over symbols of the line runs over', () => {
  const ofBias =
    '\\frac{\\partial L}{\\partial b} = \\sum_{i,j}\\delta_{ij}, \\delta = \\frac{\\partial L}{\\partial Y}';
  const inBrackets =
    '\\frac{\\partial L}{\\partial b} = \\sum_{u,v}\\left(\\frac{\\partial L}{\\partial Y}\\right)_{uv}';
  const normalised =
    '\\delta_i = \\frac{\\partial L}{\\partial\\hat a_i}, \\frac{\\partial L}{\\partial a_i} = ' +
    '\\frac{1}{\\sqrt{v+\\epsilon}}\\left(\\delta_i - \\frac1n\\sum_j\\delta_j - \\hat a_i\\frac1n\\sum_j\\delta_j\\hat a_j\\right)';
  const ofWeights =
    '\\frac{\\partial L}{\\partial W_{jk}} = \\sum_{n=1}^{N} X_{nj}\\frac{\\partial L}{\\partial Y_{nk}}';
  judges([
    ['conv2d', ofBias, 'right'],
    ['conv2d', ofBias.replace('\\sum_{i,j}\\delta_{ij}', '\\sum_i\\delta_{ii}'), 'wrong'],
    ['conv2d', ofBias.replace('\\sum_{i,j}', '2 \\sum_{i,j}'), 'wrong'],
    ['conv2d', inBrackets, 'right'],
    ['conv2d', inBrackets.replace('\\left(', '2\\left('), 'wrong'],
    ['layer-norm', normalised, 'right'],
    ['layer-norm', normalised.replace('- \\frac1n', '- '), 'wrong'],
    ['layer-norm', normalised.replace('- \\hat a_i', '+ \\hat a_i'), 'wrong'],
    // N has no value: the whole axis, or nothing
    ['linear_batch', ofWeights, 'right'],
    ['linear_batch', ofWeights.replace('X_{nj}', '2 X_{nj}'), 'wrong'],
    ['linear_batch', ofWeights.replace('^{N}', '^{N-1}'), 'unverifiable'],
    ['linear_batch', ofWeights.replace('X_{nj}', 'X_{jn}'), 'unverifiable'],
    ['linear_batch', `${ofWeights.replace('n=1}^{N}', 'n=2}^{N}')}`, 'unverifiable'],
  ]);
});

describe('what stands in a subscript or behind a bar', () => {
  judges([
    [
      'rnn3',
      '\\frac{\\partial E}{\\partial W} = \\sum_t \\left.\\frac{\\partial E}{\\partial W}\\right|_{t}',
      'right',
    ],
    [
      'rnn3',
      '\\frac{\\partial E}{\\partial W} = \\sum_{t=2}^{3} \\left.\\frac{\\partial E}{\\partial W}\\right|_{t}',
      'wrong',
    ],
    [
      'rnn3',
      '\\frac{\\partial E}{\\partial W} = (\\frac{\\partial E}{\\partial W})_{t=1} + (\\frac{\\partial E}{\\partial W})_{t=2} + (\\frac{\\partial E}{\\partial W})_{t=3}',
      'right',
    ],
    [
      'rnn3',
      '\\left.\\frac{\\partial E}{\\partial W}\\right|_t = \\frac{\\partial E}{\\partial H_t} \\frac{\\partial^+ H_t}{\\partial W}',
      'right',
    ],
    [
      'rnn3',
      '\\left.\\frac{\\partial E}{\\partial W}\\right|_t = \\frac{\\partial E_t}{\\partial H_t} \\frac{\\partial^+ H_t}{\\partial W}',
      'wrong',
    ],
    [
      'rnn3',
      '\\frac{\\partial E}{\\partial W^{(2)}} = \\frac{\\partial E}{\\partial H_2} \\frac{\\partial^+ H_2}{\\partial W}',
      'right',
    ],
    ['rnn3', 'δ_{t=3} = V^\\top (O_3 - y_3)', 'right'],
    ['rnn3', 'δ_{t=2} = V^\\top (O_3 - y_3)', 'wrong'],
    ['focal', 'FL_{\\gamma=0} = CE', 'right'],
    ['focal', 'FL_{\\gamma=1} = CE', 'wrong'],
    // of "true": no variable of this network has steps
    ['focal', 'FL(p_t) = -(1-p_t)^\\gamma \\log(p_t)', 'right'],
    [
      'focal',
      '\\frac{dFL}{ds} = (1-p_{\\mathrm{t}})^\\gamma (\\gamma p_{\\mathrm{t}} \\log p_{\\mathrm{t}} + p_{\\mathrm{t}} - 1)',
      'right',
    ],
    ['focal', '\\frac{dFL}{ds} = (1-p_t)^\\gamma (\\gamma p_t \\log p_t - p_t - 1)', 'wrong'],
  ]);
});

describe('a one-hot target as the class that it stands for', () => {
  judges([
    ['softmaxce', 'L = -\\log p_y', 'right'],
    ['softmaxce', 'L = \\log p_y', 'wrong'],
    ['softmaxce', 'L = -z_y + \\log \\sum_j e^{z_j}', 'right'],
    ['softmaxce', '\\nabla_z L = p - e_y', 'right'],
    ['softmaxce', '\\nabla_z L = p - \\mathbf{1}_{y}', 'right'],
    ['softmaxce', '\\nabla_z L = p + 1_y', 'wrong'],
    ['softmaxce', '\\nabla_z L = p - \\mathrm{one\\_hot}(y)', 'right'],
    ['softmaxce', '\\frac{\\partial L}{\\partial z_y} = p_y - 1', 'right'],
    ['softmaxce', '\\frac{\\partial L}{\\partial z_y} = p_y', 'wrong'],
    ['softmaxce', '\\frac{\\partial L}{\\partial p_y} = -\\frac{1}{p_y}', 'right'],
    ['softmaxce', '\\frac{\\partial p_y}{\\partial z} = p_y (e_y - p)', 'right'],
    ['softmaxce', '\\frac{\\partial p_y}{\\partial z} = p_y (p - e_y)', 'wrong'],
    ['softmaxce', '\\frac{\\partial p_y}{\\partial z_j} = p_y (\\delta_{yj} - p_j)', 'right'],
    ['softmaxce', '\\frac{\\partial p_y}{\\partial z_j} = p_j (\\delta_{yj} - p_j)', 'wrong'],
    [
      'softmaxce',
      '\\frac{\\partial L}{\\partial z_i} = \\frac{\\partial L}{\\partial p_y} \\frac{\\partial p_y}{\\partial z_i}',
      'right',
    ],
    ['rnn3ce', 'E = -\\sum_t \\log \\hat y_{t,y_t}', 'right'],
    ['rnn3ce', 'E = -\\sum_t \\log \\hat y_{t,y_{t-1}}', 'wrong'],
    [
      'rnn3ce',
      '\\frac{\\partial E}{\\partial V} = \\sum_t (\\hat y_t - \\mathbf{1}_{y_t}) H_t^\\top',
      'right',
    ],
    [
      'rnn3ce',
      '\\frac{\\partial E}{\\partial V} = \\sum_t (\\hat y_t - \\mathbf{1}_{y_1}) H_t^\\top',
      'wrong',
    ],
    ['rnn3ce', '\\frac{\\partial E_t}{\\partial O_{t,y_t}} = \\hat y_{t,y_t} - 1', 'right'],
  ]);
});

describe('one letter behind _ in LaTeX', () => {
  judges([
    ['rnn3pre', '\\frac{\\partial E}{\\partial W}=\\sum_{t=1}^3\\delta_tH_{t-1}^\\top', 'right'],
    ['rnn3pre', '\\frac{\\partial E}{\\partial W}=\\sum_{t=1}^3\\delta_tH_t^\\top', 'wrong'],
    ['rnn3pre', '\\frac{\\partial E}{\\partial U}=\\sum_t\\delta_tx_t^T', 'right'],
    ['rnn3ce', '\\frac{\\partial E}{\\partial U}=\\sum_{t=1}^3\\delta_tx_t^\\top', 'right'],
    ['rnn3ce', '\\frac{\\partial E}{\\partial U}=\\sum_{t=1}^3\\delta_tx_t', 'wrong'],
    ['lstm', 'dW_i=\\sum_tdzi_t x_t^\\top', 'right'],
    ['lstm', 'dW_i=\\sum_tdzf_tx_t^\\top', 'wrong'],
    ['lstm', '\\frac{\\partial L}{\\partial W_hi} = \\sum_t dzi_t h_{t-1}^\\top', 'ambiguous'],
    ['linear_batch', 'dW_{jk}=\\sum_iX_{ij}dY_{ik}', 'right'],
    ['linear_batch', 'dW_{jk}=\\sum_iX_{ji}dY_{ik}', 'wrong'],
    [
      'linear_batch',
      '\\frac{\\partial L}{\\partial b}=\\left(\\frac{\\partial L}{\\partial Y}\\right)^T1',
      'right',
    ],
    ['linear_batch', 'dW=X^T1', 'wrong'],
  ]);
});

describe('what a Σ runs over', () => {
  const parts = '\\left(\\frac{\\partial E}{\\partial h_t^{(2)}}\\odot(1-(h_t^{(2)})^2)\\right)';
  judges([
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_{t=1,2,3}\\frac{\\partial E_t}{\\partial V}', 'right'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_{t=1,2}\\frac{\\partial E_t}{\\partial V}', 'wrong'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\sum_{t=1,2,2,3}(O_t - y_t)H_t^\\top', 'wrong'],
    ['rnn3', '\\frac{\\partial E}{\\partial V_{ij}} = \\sum_{t=1,2,3} (O_t - y_t)_i H_{t,j}', 'right'],
    // the steps, and not the state before them
    ['deep-rnn', `\\frac{\\partial E}{\\partial U^{(2)}} = \\sum_t ${parts}(h_t^{(1)})^\\top`, 'right'],
    ['deep-rnn', `\\frac{\\partial E}{\\partial U^{(2)}} = \\sum_t ${parts}(h_t^{(2)})^\\top`, 'wrong'],
    ['deep-rnn', `\\frac{\\partial E}{\\partial W^{(2)}} = \\sum_t ${parts}(h_{t-1}^{(2)})^\\top`, 'right'],
    ['deep-rnn', `\\frac{\\partial E}{\\partial W^{(2)}} = \\sum_t ${parts}(h_t^{(2)})^\\top`, 'wrong'],
  ]);
});

describe('what a Σ runs over', () => {
  const sum = (range: string) => `\\frac{\\partial E}{\\partial V} = \\sum_{${range}} (O_t-y_t)H_t^\\top`;
  judges([
    ['rnn3', sum('t\\in\\{1,\\ldots,T\\}'), 'right'],
    ['rnn3', sum('t\\in\\{1,\\ldots,2\\}'), 'wrong'],
    ['rnn3', sum('t\\in\\{2,\\ldots,T\\}'), 'wrong'],
    ['rnn3', sum('t\\in[1,T]'), 'right'],
    ['rnn3', sum('t\\in[2,3]'), 'wrong'],
    ['rnn3', sum('t\\in\\{1..3\\}'), 'right'],
    ['rnn3', sum('t\\in I_3'), 'unverifiable'],
    ['rnn3', sum('t=1,2,\\ldots,T'), 'right'],
    ['rnn3', sum('t=1,3,\\ldots,T'), 'wrong'],
    ['rnn3', sum('t=T,T-1,\\ldots,1'), 'right'],
    ['rnn3', sum('t=T,T-1,\\ldots,2'), 'wrong'],
  ]);
});

describe('letters that are no numbers, labels that are variables', () => {
  const recursion = 'δ_t = W (δ_{t+1} ⊙ (1 - H_{t+1}^2)) + V^\\top (\\hat y_t - y_t)';
  judges([
    ['rnn3ce', `${recursion}, W = \\lambda I`, 'right'],
    ['rnn3ce', `${recursion}, W = Q I`, 'wrong'],
    ['rnn3ce', '\\delta^o_t = \\hat y_t - y_t', 'right'],
    ['rnn3ce', '\\delta^x_t = \\hat y_t - y_t', 'wrong'],
    ['rnn3ce', '\\delta^W_t = \\hat y_t - y_t', 'unverifiable'],
    ['focal', 'FL = CE, γ = 0', 'right'],
    ['focal', 'FL = CE, γ = 1, γ = 0', 'unverifiable'],
  ]);
});
