/** Forms of writing: premises, other numbers, classes, matrices in words, rows, tuples, bars, dots, convolutions of libraries. */

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

describe('classes', () => {
  const claim = (right: string) => `\\frac{\\partial L}{\\partial z_i} = ${right}`;
  const ofStep = (right: string) => `\\frac{\\partial E_t}{\\partial O_{t,i}} = \\hat y_{t,i} ${right}`;
  judges([
    ['softmaxce', claim('p_i - 1_{i=c}'), 'right'],
    ['softmaxce', claim('p_i - 1_{[i=c]}'), 'right'],
    ['softmaxce', claim('p_i - \\mathbb{1}[i=c]'), 'right'],
    ['softmaxce', claim('p_i - \\delta_{ic}'), 'right'],
    ['softmaxce', claim('p_i + \\delta_{ic}'), 'wrong'],
    ['softmaxce', claim('p_i - 1_{i \\ne c}'), 'wrong'],
    ['softmaxce', claim('p_i - 1_{i=y}'), 'right'],
    ['softmaxce', 'L = -\\log p_c', 'right'],
    ['softmaxce', 'L = \\log p_c', 'wrong'],
    // c is any index on the left
    ['softmaxce', '\\frac{\\partial L}{\\partial z_c} = p_c - 1', 'wrong'],
    ['softmaxce', '\\frac{\\partial p_i}{\\partial z_c} = p_i (1_{i=c} - p_c)', 'right'],
    ['softmaxce', '\\frac{\\partial p_i}{\\partial z_j} = p_i (1_{i=c} - p_j)', 'wrong'],
    ['softmaxce', '\\frac{\\partial p_i}{\\partial z_j} = p_i (1_{i=j} - p_j)', 'right'],
    ['rnn3ce', ofStep('- 1_{[y_t = i]}'), 'right'],
    ['rnn3ce', ofStep('- 1_{[y_t \\ne i]}'), 'wrong'],
  ]);
});

describe('a claim is said under what stands behind it', () => {
  const [one, other] = ['p_k - 1', 'p_k'].map((right) => `\\frac{\\partial L}{\\partial z_k} = ${right}`);
  judges([
    ['softmaxce', `${one} \\text{ if } y_k = 1, \\quad ${other} \\text{ if } y_k = 0`, 'right'],
    ['softmaxce', `${one} \\text{ if } y_k = 0, \\quad ${other} \\text{ if } y_k = 1`, 'wrong'],
    ['softmaxce', `${other} \\text{ if } y_k = 1, \\quad ${other} \\text{ if } y_k = 0`, 'wrong'],
    [
      'rnn3',
      '\\frac{\\partial E}{\\partial O_t} = O_t - y_t, \\frac{\\partial E}{\\partial H_t} = V^\\top(O_t - y_t), t = T',
      'right',
    ],
  ]);
});

describe('what a matrix is, in words', () => {
  const claim = (factor: string) =>
    `\\frac{\\partial E}{\\partial H_t} = ${factor}\\left(\\frac{\\partial E}{\\partial H_{t+1}}\\odot(1-H_{t+1}^2)\\right) + V^\\top(\\hat y_t - y_t)`;
  judges([
    ['rnn3ce', `${claim('W')}, \\quad W \\text{ symmetric}`, 'right'],
    ['rnn3ce', `${claim('W')} \\quad (W \\text{ symmetric})`, 'right'],
    ['rnn3ce', `${claim('W')} \\text{ if } W \\text{ is symmetric}`, 'right'],
    ['rnn3ce', `${claim('-W')}, \\quad W \\text{ symmetric}`, 'wrong'],
    ['rnn3ce', `${claim('-W')}, \\quad W \\text{ skew-symmetric}`, 'right'],
    ['rnn3ce', `${claim('W')}, \\quad W \\text{ is diagonal}`, 'right'],
    ['rnn3ce', `${claim('-W')}, \\quad W \\text{ diagonal}`, 'wrong'],
    [
      'rnn3ce',
      '\\frac{\\partial H_{t+1}}{\\partial H_t} = W \\operatorname{diag}(1-H_{t+1}^2), W \\text{ diagonal}',
      'right',
    ],
    [
      'rnn3ce',
      '\\frac{\\partial H_{t+1}}{\\partial H_t} = W \\operatorname{diag}(1-H_t^2), W \\text{ diagonal}',
      'wrong',
    ],
    ['rnn3ce', `${claim('W^\\top')}, W = W`, 'right'],
    ['rnn3ce', `${claim('W')}, W = W`, 'wrong'],
    // nothing but 0 is met by it, and of 0 nothing is said
    ['rnn3ce', `${claim('W')}, W = 2 W`, 'unverifiable'],
  ]);
});

describe('values of an index in brackets', () => {
  judges([
    ['rnn3ce', '\\frac{\\partial E_t}{\\partial V} = (\\hat y_t - y_t) H_t^\\top \\quad (t = 1, 2)', 'right'],
    ['rnn3ce', '\\frac{\\partial E_t}{\\partial V} = (\\hat y_t - y_t) H_t^\\top (t = 1, 2)', 'right'],
    ['rnn3ce', '\\frac{\\partial E_t}{\\partial V} = (\\hat y_t - y_t) H_{t-1}^\\top (t = 1, 2)', 'wrong'],
  ]);
});

describe('rows of a batch', () => {
  const gradient = (right: string) => `\\frac{\\partial L}{\\partial W} = ${right}`;
  judges([
    [
      'batch-norm',
      '\\frac{\\partial L}{\\partial \\gamma} = \\sum_{i=1}^N \\frac{\\partial L}{\\partial Y_i}\\odot H_i',
      'right',
    ],
    [
      'batch-norm',
      '\\frac{\\partial L}{\\partial \\gamma} = \\sum_i \\frac{\\partial L}{\\partial Y_{i,:}}\\odot H_{i,:}',
      'right',
    ],
    [
      'batch-norm',
      '\\frac{\\partial L}{\\partial \\gamma} = \\sum_i \\frac{\\partial L}{\\partial Y_i}\\odot C_i',
      'wrong',
    ],
    [
      'batch-norm',
      '\\frac{\\partial L}{\\partial \\gamma} = \\sum_{i=2}^N \\frac{\\partial L}{\\partial Y_i}\\odot H_i',
      'wrong',
    ],
    [
      'linear_batch',
      '\\frac{\\partial L}{\\partial b} = \\sum_{i=1}^5 \\frac{\\partial L}{\\partial Y_i}',
      'right',
    ],
    ['linear_batch', '\\frac{\\partial L}{\\partial b} = \\sum_i (T_i - Y_i)', 'wrong'],
    // rows as rows, and as columns
    ['linear_batch', gradient('\\sum_i X_i^T (Y_i - T_i)'), 'right'],
    ['linear_batch', gradient('\\sum_i X_i (Y_i - T_i)^T'), 'right'],
    ['linear_batch', gradient('\\sum_i (Y_i - T_i) X_i^T'), 'wrong'],
    ['linear_batch', gradient('\\sum_{i=1}^4 X_i (Y_i - T_i)^T'), 'wrong'],
    ['linear_batch', '\\frac{\\partial L}{\\partial X_i} = \\frac{\\partial L}{\\partial Y_i} W^T', 'right'],
    ['linear_batch', '\\frac{\\partial L}{\\partial X_i} = \\frac{\\partial L}{\\partial Y_i} W', 'wrong'],
    ['linear_batch', 'Y_i = X_i W + b^T', 'right'],
    ['linear_batch', 'Y_i = X_i W', 'wrong'],
    // no row for each example
    ['linear_batch', 'W_1 = W_2', 'wrong'],
  ]);
});

describe('vectors in a row, sizes with a word below', () => {
  judges([
    ['tconv_seed', 'y = (1, 3, 2, 4, 10, 6, 3, 7, 4)^\\top', 'right'],
    ['tconv_seed', 'y = [1, 3, 2, 4, 10, 6, 3, 7, 4]', 'right'],
    ['tconv_seed', 'x = (1, 1, 1, 1)', 'right'],
    ['tconv_seed', 'y = (1, 3, 2, 4, 10, 5, 3, 7, 4)^\\top', 'wrong'],
    ['tconv_seed', 'y = \\begin{bmatrix} 1 & 3 & 2 & 4 & 10 & 6 & 3 & 7 & 4 \\end{bmatrix}', 'wrong'],
    ['latex', '\\mathcal{L} = \\frac{1}{T_x}\\sum_{t=1}^{T_x}\\mathcal{L}_t', 'right'],
    ['latex', '\\mathcal{L} = \\frac{1}{T_x + 1}\\sum_{t=1}^{T_x}\\mathcal{L}_t', 'wrong'],
  ]);
});

describe('letters with bars are adjoints', () => {
  judges([
    ['lstm', '\\bar f_t = \\bar c_t \\odot c_{t-1}', 'right'],
    ['lstm', '\\bar f_t = \\bar c_t \\odot c_t', 'wrong'],
    ['lstm', '\\overline{o_t} = \\overline{h_t}\\odot\\tanh(c_t)', 'right'],
    ['lstm', '\\overline{o_t} = \\overline{h_t}\\odot\\tanh(h_t)', 'wrong'],
    ['lstm', '\\overline{W_i} = \\sum_t \\overline{zi_t} x_t^\\top', 'right'],
    ['gru', '\\bar z_t = \\bar h_t\\odot(\\tilde h_t-h_{t-1})', 'right'],
    ['gru', '\\bar z_t = \\bar h_t\\odot(h_{t-1}-\\tilde h_t)', 'wrong'],
    // a mean, and nothing to check
    ['lstm', '\\bar x = \\frac13 \\sum_t x_t', 'unverifiable'],
  ]);
});

describe('derivatives of sums, and by one step', () => {
  const chain =
    '\\frac{\\partial E_t}{\\partial O_t}\\frac{\\partial O_t}{\\partial H_t}\\frac{\\partial H_t}{\\partial H_k}';
  const held = (k: number, place: string) =>
    `\\frac{\\partial E_t}{\\partial W} = \\sum_{k=${k}}^t ${chain}\\left.\\frac{\\partial H_k}{\\partial W}\\right|_{${place}}`;
  judges([
    ['rnn3', '\\frac{\\partial (E_1+E_2+E_3)}{\\partial V} = \\sum_{t=1}^3 (O_t-y_t)H_t^\\top', 'right'],
    ['rnn3', '\\frac{\\partial (E_1+E_2-E_3)}{\\partial V} = \\sum_{t=1}^3 (O_t-y_t)H_t^\\top', 'wrong'],
    ['rnn3', '\\frac{\\partial}{\\partial V}\\sum_{t=1}^3 E_t = \\sum_{t=1}^3 (O_t-y_t)H_t^\\top', 'right'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\frac{\\partial (E_1+E_2)}{\\partial V}', 'wrong'],
    ['rnn3', '\\frac{\\partial E}{\\partial V} = \\frac{\\partial \\sum_t E_t}{\\partial V}', 'right'],
    ['rnn3', held(1, 'H_{k-1}'), 'right'],
    ['rnn3', held(1, 'H_{k-1}\\text{ const}'), 'right'],
    ['rnn3', held(1, 'H_{k-1} = \\text{const}'), 'right'],
    ['rnn3', held(2, 'H_{k-1}'), 'wrong'],
    ['rnn3', held(1, 'H_{k-2}'), 'unverifiable'],
  ]);
});

describe('convolutions of libraries', () => {
  judges([
    ['conv2d', "dX = conv(dY, K, 'full')", 'right'],
    ['conv2d', "dX = signal.convolve2d(dY, K, mode='full')", 'right'],
    ['conv2d', "dX = signal.convolve2d(dY, K, mode='same')", 'wrong'],
    ['conv2d', "dX = signal.correlate2d(dY, K, mode='full')", 'wrong'],
    ['conv2d', 'dX = signal.correlate2d(dY, rot180(K))', 'right'],
    ['conv2d', 'dX = full_conv(dY, K)', 'right'],
    ['conv2d', 'dX = full_conv(dY, rot180(K))', 'wrong'],
    ['conv2d', 'dX = dY * K (full)', 'right'],
    ['conv2d', 'dX = conv2d(pad(dY, 1), rot180(K))', 'right'],
    ['conv2d', 'dX = conv2d(pad(dY, 1), K)', 'wrong'],
    ['conv2d', 'dX = F.conv2d(dY, rot180(K), padding=1)', 'right'],
    [
      'conv2d',
      '\\frac{\\partial L}{\\partial X} = \\mathrm{pad}(\\frac{\\partial L}{\\partial Y},1)\\star\\mathrm{rot}_{180}(K)',
      'right',
    ],
  ]);
});

describe('dots between the factors of a chain', () => {
  const d = (of: string, by: string) => `\\frac{\\partial ${of}}{\\partial ${by}}`;
  const run = `${d('H_t', 'H_{t-1}')}\\cdots${d('H_{k+1}', 'H_k')}`;
  judges([
    ['rnn3', `${d('E_t', 'H_k')} = ${d('E_t', 'H_t')}${run}`, 'right'],
    [
      'rnn3',
      `${d('E_t', 'H_k')} = ${d('E_t', 'H_t')}${d('H_t', 'H_{t-1}')}\\cdots${d('H_k', 'H_{k-1}')}`,
      'wrong',
    ],
    ['rnn3', `${d('H_t', 'H_k')} = ${run}`, 'right'],
    ['rnn3', `${d('H_t', 'H_k')} = ${d('H_t', 'H_{t-1}')}\\cdots${d('H_{k+2}', 'H_{k+1}')}`, 'wrong'],
    [
      'rnn3',
      `${d('E_t', 'W')} = \\sum_{k=1}^t ${d('E_t', 'H_t')}${run}\\frac{\\partial^+ H_k}{\\partial W}`,
      'right',
    ],
    ['rnn3', `${d('E_t', 'W')} = \\sum_{k=1}^t ${run}\\frac{\\partial^+ H_k}{\\partial W}`, 'wrong'],
    ['rnn3', `${d('E_3', 'H_1')} = ${d('E_3', 'H_3')}\\cdots${d('H_2', 'H_1')}`, 'right'],
    // the dots stand for nothing
    ['rnn3', `${d('E_3', 'H_1')} = ${d('E_3', 'H_2')}\\cdots${d('H_2', 'H_1')}`, 'ambiguous'],
    // in which order the factors stand is open
    ['rnn3', `${d('H_t', 'H_k')} = ${d('H_{k+1}', 'H_k')}\\cdots${d('H_t', 'H_{t-1}')}`, 'unverifiable'],
  ]);
});

describe('sums over those that meet a condition', () => {
  const claim = (sum: string) => `\\frac{\\partial L}{\\partial w} = ${sum} y_i x_i`;
  judges([
    ['hinge', claim('w - C\\sum_{i: y_i s_i < 1}'), 'right'],
    ['hinge', claim('w + C\\sum_{i: y_i s_i < 1}'), 'wrong'],
    ['hinge', claim('w - C\\sum_{i: y_i s_i > 1}'), 'wrong'],
    ['hinge', claim('w - C\\sum_{i: s_i < 1}'), 'wrong'],
  ]);
});

describe('where a computed number has a value', () => {
  judges([
    ['focal', 'FL = 0.01\\, CE \\quad (p = 0.9)', 'right'],
    ['focal', 'FL = 0.02 CE, p = 0.9', 'wrong'],
    ['focal', 'p = 0.9 \\Rightarrow FL = 0.01 CE', 'right'],
    ['focal', 'FL = 0.1 CE, p = 0.9, \\gamma = 1', 'right'],
    ['focal', 'FL = 0.1 CE, p = 0.9', 'wrong'],
    ['focal', 'FL|_{p=0.9} = 0.01 CE', 'right'],
    ['focal', 'FL|_{p=0.9} = 0.02 CE|_{p=0.9}', 'wrong'],
    ['focal', '\\frac{FL}{CE}|_{p=0.9} = 0.01', 'right'],
    // p is below 1, CE above 0
    ['focal', 'FL = 0.01 CE, p = 1.5', 'unverifiable'],
    ['focal', 'FL = CE, CE = 0', 'unverifiable'],
    ['rnn3', '\\frac{\\partial E}{\\partial O_t} = y_t - O_t, E = 1', 'wrong'],
    ['focal', 'p = 0.9', 'wrong'],
  ]);
});
