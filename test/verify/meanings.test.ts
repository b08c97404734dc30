/** What symbols that a model does not have stand for: slopes of a step, other letters for its variables, δ with labels. */

import { describe, expect, it } from 'vitest';
import { checkerOf, overall } from '../support/networks.ts';

type Case = readonly [network: string, formula: string, verdict: string];

function judges(cases: readonly Case[]): void {
  it.each(cases)('%s: %s is %s', (network, formula, verdict) => {
    const { statements, problems } = checkerOf(network).check(formula);
    expect(problems).toEqual([]);
    const said = statements
      .map(({ text, message, reading }) => `${text}: ${message} [${reading}]`)
      .join('\n');
    expect(overall(statements), said).toBe(verdict);
  });
}

describe('slopes of a step', () => {
  const left = '\\frac{\\partial h_3}{\\partial w} = ';
  const sum = (a: string, b: string, c: string) => `${a} h_2 + ${a} w ${b} h_1 + ${a} w ${b} w ${c} h_0`;
  judges([
    ['rnn1d', left + sum("\\sigma'_3", "\\sigma'_2", "\\sigma'_1"), 'right'],
    ['rnn1d', left + sum("\\sigma'_{3}", "\\sigma'_{2}", "\\sigma'_{1}"), 'right'],
    ['rnn1d', left + sum("\\sigma'_3", "\\sigma'_1", "\\sigma'_1"), 'wrong'],
    ['rnn1d', left + sum("\\sigma'_3", "\\sigma'_2", "\\sigma'_2"), 'wrong'],
    // before a bracket: a factor, unless the bracket is its argument
    ['rnn1d', `${left}\\sigma_3'(h_2 + w\\sigma_2'(h_1 + w\\sigma_1' h_0))`, 'right'],
    ['rnn1d', `${left}\\sigma_3'(h_2 + w\\sigma_2'(h_1 + w\\sigma_2' h_0))`, 'wrong'],
    ['rnn1d', `${left}\\sigma_3'(h_2 + w\\sigma_2'(h_1 + \\sigma_1' h_0))`, 'wrong'],
    ['rnn1d', `${left}\\sigma_3'\\left(h_2 + w\\frac{\\partial h_2}{\\partial w}\\right)`, 'right'],
    ['rnn1d', `${left}\\sigma_3'\\left(h_2 + \\frac{\\partial h_2}{\\partial w}\\right)`, 'wrong'],
    ['rnn1d', `${left}\\sigma_2'\\left(h_2 + w\\frac{\\partial h_2}{\\partial w}\\right)`, 'wrong'],
    ['rnn1d', `${left}\\sigma_3'(w h_2 + u x_3)(h_2 + w\\frac{\\partial h_2}{\\partial w})`, 'right'],
    ['rnn1d', `${left}\\sigma_3'(w h_2)(h_2 + w\\frac{\\partial h_2}{\\partial w})`, 'wrong'],
    ['rnn1d', `${left}\\sigma_3'(w h_1 + u x_2)(h_2 + w\\frac{\\partial h_2}{\\partial w})`, 'wrong'],
  ]);

  // h_0 is a constant, h_1 is none
  judges([
    [
      'rnn1d',
      `${left}${sum("\\sigma_3'", "\\sigma_2'", "\\sigma_1'")} + \\sigma_3' w \\sigma_2' w \\sigma_1' w h_0'`,
      'right',
    ],
    [
      'rnn1d',
      `${left}${sum("\\sigma_3'", "\\sigma_2'", "\\sigma_1'")} + \\sigma_3' w \\sigma_2' w \\sigma_1' w h_1'`,
      'wrong',
    ],
    ['rnn1d', `${left}\\sigma_3' (h_2 + w h_2')`, 'right'],
    ['rnn1d', `${left}\\sigma_3' (h_2 + w h_1')`, 'wrong'],
  ]);

  // σ where the one activation is tanh
  judges([
    ['rnn1d', left + sum("\\sigma'(z_3)", "\\sigma'(z_2)", "\\sigma'(z_1)"), 'right'],
    ['rnn1d', left + sum("\\sigma'(z_3)", "\\sigma'(z_3)", "\\sigma'(z_1)"), 'wrong'],
    ['rnn1d', `${left}\\sigma'(w h_2 + u x_3) (h_2 + w \\frac{\\partial h_2}{\\partial w})`, 'right'],
    ['rnn1d', `${left}\\sigma'(w h_2 + u x_2) (h_2 + w \\frac{\\partial h_2}{\\partial w})`, 'wrong'],
    ['rnn1d', 'h_t = \\sigma(w h_{t-1} + u x_t)', 'wrong'],
    ['rnn3pre', "\\sigma'(a_t) = \\sigma(a_t) \\odot (1 - \\sigma(a_t))", 'right'],
    ['rnn3pre', "\\frac{\\partial H_t}{\\partial a_t} = \\mathrm{diag}(\\sigma'(a_t))", 'right'],
    ['lstm', "\\frac{\\partial g_t}{\\partial zg_t} = \\mathrm{diag}(\\sigma'(zg_t))", 'wrong'],
  ]);
});

describe('letters that look like those of the model', () => {
  const d = (of: string, by: string) => `\\frac{\\partial ${of}}{\\partial ${by}}`;
  judges([
    ['rnn3', `${d('E_2', 'V')} = ${d('E_2', 'o_2')}${d('o_2', 'V')}`, 'ambiguous'],
    ['rnn3', `${d('E_2', 'V')} = ${d('E_2', 'o_2')}${d('o_1', 'V')}`, 'wrong'],
    ['rnn3', `${d('E_1', 'W')} = ${d('E_1', 'O_1')}${d('O_1', 'h_1')}${d('h_1', 'W')}`, 'ambiguous'],
    ['rnn3', `${d('E_1', 'W')} = ${d('e_1', 'o_1')}${d('o_1', 'h_1')}${d('h_1', 'w')}`, 'ambiguous'],
    ['rnn3', `${d('E_1', 'W')} = ${d('e_1', 'o_1')}${d('o_1', 'h_1')}${d('h_1', 'u')}`, 'wrong'],
    ['rnn3', `${d('E_2', 'V')} = ${d('E_2', '0_2')}${d('0_2', 'V')}`, 'ambiguous'],
    ['rnn3', `${d('E_2', 'V')} = ${d('E_2', '0_2')}${d('0_1', 'V')}`, 'wrong'],
    ...['\\omega', 'w'].flatMap((w) => [
      ['rnn3', `${d('E_1', w)} = ${d('E_1', 'O_1')}${d('O_1', 'H_1')}${d('H_1', w)}`, 'ambiguous'] as const,
      ['rnn3', `${d('E_1', w)} = ${d('E_1', 'O_1')}${d('O_1', 'H_1')}${d('H_2', w)}`, 'wrong'] as const,
    ]),
    ['rnn3', `${d('E_1', '\\nu')} = ${d('E_1', 'O_1')}${d('O_1', '\\nu')}`, 'ambiguous'],
    ['rnn3', `${d('e_2', 'V')} = ${d('e_2', 'O_2')}${d('O_2', 'V')}`, 'ambiguous'],
    ['rnn3', `${d('\\epsilon_1', 'V')} = ${d('\\epsilon_1', 'O_1')}${d('O_1', 'V')}`, 'ambiguous'],
    ['rnn3ce', `${d('E', 'V')} = \\sum_t (\\hat y_t - y_t)h_t^\\top`, 'ambiguous'],
    ['rnn3ce', `${d('E', 'V')} = \\sum_t (\\hat y_t - y_t)h_{t-1}^\\top`, 'wrong'],
    ['rnn3ce', `${d('E', 'V')} = \\sum_t (p_t - y_t)H_t^\\top`, 'ambiguous'],
    ['rnn3ce', `${d('E', 'V')} = \\sum_t (y_t - p_t)H_t^\\top`, 'wrong'],
    ['rnn3ce', `${d('E_3', 'V')} = (\\hat y_3 - y_3) \\otimes s_3`, 'ambiguous'],
    ['rnn3ce', `${d('E_3', 'V')} = (\\hat y_3 - y_3) \\otimes s_2`, 'wrong'],
    [
      'rnn3ce',
      `${d('E_3', 'V')} = ${d('E_3', '\\hat y_3')}${d('\\hat y_3', 'z_3')}${d('z_3', 'V')}`,
      'ambiguous',
    ],
    [
      'rnn3ce',
      `${d('E_3', 'V')} = ${d('E_3', '\\hat y_3')}${d('\\hat y_3', 'z_3')}${d('z_2', 'V')}`,
      'wrong',
    ],
    ['lstm', 'dC_t = dh_t \\odot o_t \\odot (1-\\tanh^2(C_t)) + dC_{t+1}\\odot f_{t+1}', 'ambiguous'],
    ['lstm', 'dC_t = dh_t \\odot o_t \\odot (1-\\tanh^2(C_t)) + dC_{t+1}\\odot f_t', 'wrong'],
  ]);

  it('offers what makes it right', () => {
    const formula = `${d('E_1', 'W')} = ${d('E_1', 'o_1')}${d('o_1', 'h_1')}${d('h_1', 'W')}`;
    const [{ repair, faults, message }] = checkerOf('rnn3').check(formula).statements;
    const { span, replacement } = repair!;
    const mended = formula.slice(0, span.start) + replacement + formula.slice(span.end);
    expect(mended).toBe(`${d('E_1', 'W')} = ${d('E_1', 'O_1')}${d('O_1', 'H_1')}${d('H_1', 'W')}`);
    expect(message).toBe('o and h are not in the model; right after o → O, h → H');
    expect(faults.map(({ kind, term }) => `${kind} ${term}`)).toEqual(['garbled o_1', 'garbled h_1']);
  });
});

describe('weights by the names that go with them', () => {
  const by = (w: string) => `\\frac{\\partial E}{\\partial ${w}} = `;
  const chain = '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}';
  const expanded = (from: number) =>
    `\\frac{\\partial E_3}{\\partial W_{hh}} = \\sum_{k=${from}}^3 ${chain}\\frac{\\partial H_3}{\\partial H_k}\\frac{\\partial^+ H_k}{\\partial W_{hh}}`;
  judges([
    ['rnn3ce', `${by('W_{hh}')}\\sum_t (\\delta_t\\odot(1-H_t^2))H_{t-1}^\\top`, 'right'],
    ['rnn3ce', `${by('W_{hh}')}\\sum_t (\\delta_t\\odot(1-H_t^2))H_t^\\top`, 'wrong'],
    ['rnn3ce', `${by('W_{rec}')}\\sum_t (\\delta_t\\odot(1-H_t^2))H_{t-1}^\\top`, 'right'],
    ['rnn3ce', `${by('W_{xh}')}\\sum_t (\\delta_t\\odot(1-H_t^2))x_t^\\top`, 'right'],
    ['rnn3ce', `${by('W_{hh}')}\\sum_t (\\delta_t\\odot(1-H_t^2))x_t^\\top`, 'wrong'],
    ['rnn3ce', `${by('W_{hy}')}\\sum_t (\\hat y_t - y_t)H_t^\\top`, 'right'],
    ['rnn3ce', '\\frac{\\partial H_t}{\\partial H_{t-1}} = \\mathrm{diag}(1-H_t^2) W_{hh}', 'right'],
    ['rnn3ce', '\\frac{\\partial H_t}{\\partial H_{t-1}} = \\mathrm{diag}(1-H_t^2) W_{hh}^\\top', 'wrong'],
    ['rnn3ce', expanded(1), 'right'],
    ['rnn3ce', expanded(2), 'wrong'],
    ['rnn3ce', 'dE_3/dWhh = dE_3/dO_3 dO_3/dH_3 dH_3/dWhh', 'ambiguous'],
    // n and k are indices
    ['rnn3ce', `${by('W_{in}')}\\sum_t (\\delta_t)_i (1-H_{t,i}^2)H_{t-1,n}`, 'right'],
    ['rnn3ce', `${by('W_{in}')}\\sum_t (\\delta_t)_n (1-H_{t,n}^2)H_{t-1,i}`, 'wrong'],
  ]);
});

describe('δ with labels and of elements', () => {
  const byElements = (element: string) =>
    `\\frac{\\partial E}{\\partial W_{ij}} = \\sum_{t=1}^3 ${element}(1-H_{t,i}^2)H_{t-1,j}`;
  const byV = '\\frac{\\partial E}{\\partial V} = \\sum_{t=1}^3 ';
  judges([
    ['rnn3ce', byElements('\\delta_{t,i}'), 'right'],
    ['rnn3ce', byElements('\\delta_{t,j}'), 'wrong'],
    ['rnn3ce', byElements('2\\delta_{t,i}'), 'wrong'],
    ['softmaxce', '\\frac{\\partial p_i}{\\partial z_j} = p_i(\\delta_{i,j} - p_j)', 'right'],
    ['softmaxce', '\\frac{\\partial p_i}{\\partial z_j} = p_i(\\delta_{i,j} - p_i)', 'wrong'],
    ...['\\delta^o_t', '\\delta_t^{(o)}', '\\delta_{o,t}', '\\delta^{out}_t', '\\delta_t^{(y)}'].flatMap(
      (delta) => [
        ['rnn3ce', `${delta} = \\hat y_t - y_t, \\quad ${byV}${delta} H_t^\\top`, 'right'] as const,
        ['rnn3ce', `${delta} = \\hat y_t - y_t, \\quad ${byV}${delta} H_{t-1}^\\top`, 'wrong'] as const,
        ['rnn3ce', `${delta} = y_t - \\hat y_t, \\quad ${byV}${delta} H_t^\\top`, 'wrong'] as const,
      ],
    ),
    [
      'rnn3ce',
      '\\delta^h_t = V^\\top(\\hat y_t - y_t) + W^\\top((1-H_{t+1}^2)\\odot\\delta^h_{t+1})',
      'right',
    ],
    ['rnn3ce', '\\delta^h_t = V^\\top(\\hat y_t - y_t) + W((1-H_{t+1}^2)\\odot\\delta^h_{t+1})', 'wrong'],
    ['rnn3ce', '\\delta^h_t = (1-H_t^2)\\odot(V^\\top\\delta^o_t + W^\\top\\delta^h_{t+1})', 'right'],
    ['rnn3ce', '\\delta^h_t = (1-H_t^2)\\odot(V^\\top\\delta^o_t + W\\delta^h_{t+1})', 'wrong'],
  ]);
});

describe('W as a multiple of I or of a diagonal', () => {
  const turned = (step: string) =>
    `\\delta_t = W(\\delta_{t+1}\\odot(1-H_{${step}}^2)) + V^\\top(\\hat y_t - y_t), \\quad `;
  const jacobian = (right: string) => `\\frac{\\partial H_t}{\\partial H_{t-1}} = ${right}, `;
  judges([
    ...['W = \\lambda I', 'W = wI', 'W = c I', 'W = \\mathrm{diag}(w)'].flatMap((said) => [
      ['rnn3ce', turned('t+1') + said, 'right'] as const,
      ['rnn3ce', turned('t') + said, 'wrong'] as const,
      ['rnn3ce', jacobian('W\\mathrm{diag}(1-H_t^2)') + said, 'right'] as const,
      ['rnn3ce', jacobian('W^\\top W\\mathrm{diag}(1-H_t^2)') + said, 'wrong'] as const,
    ]),
    // what holds of each
    ['rnn3ce', 'U x_t W^\\top = U x_t W, W = \\mathrm{diag}(w)', 'wrong'],
    ['rnn3ce', 'W U = U, W = \\lambda I', 'wrong'],
  ]);
});

describe('W for the matrix Wm', () => {
  const wide = (last: string) =>
    '\\begin{bmatrix} 1&2&0&3&4&0&0&0&0 \\\\ 0&1&2&0&3&4&0&0&0 \\\\ 0&0&0&1&2&0&3&4&0 \\\\ ' +
    `${last} \\end{bmatrix}`;
  const right = '0&0&0&0&1&2&0&3&4';
  const tall = (last: string) =>
    '\\begin{bmatrix} 1&0&0&0 \\\\ 2&1&0&0 \\\\ 0&2&0&0 \\\\ 3&0&1&0 \\\\ 4&3&2&1 \\\\ 0&4&0&2 \\\\ 0&0&3&0 \\\\ ' +
    `0&0&4&3 \\\\ ${last} \\end{bmatrix}`;
  judges([
    ['tconv_seed', `W = ${wide(right)}`, 'right'],
    ['tconv_seed', `W = ${wide('0&0&0&0&1&2&0&4&3')}`, 'wrong'],
    ['tconv_seed', `W = ${wide('0&0&0&1&2&0&3&4&0')}`, 'wrong'],
    ['tconv_seed', `W^\\top = ${tall('0&0&0&4')}`, 'right'],
    ['tconv_seed', `W^\\top = ${tall('0&0&0&3')}`, 'wrong'],
    ['tconv_seed', 'y = W^\\top x', 'ambiguous'],
    ['tconv_seed', 'y = W x', 'wrong'],
    ['tconv_seed', `\\mathrm{vec}(Y) = W^\\top \\mathrm{vec}(X), \\quad W = ${wide(right)}`, 'right'],
    ['tconv_seed', `\\mathrm{vec}(Y) = W \\mathrm{vec}(X), \\quad W = ${wide(right)}`, 'wrong'],
    [
      'tconv_seed',
      `\\mathrm{vec}(Y) = W^\\top \\mathrm{vec}(X), \\quad W = ${wide('0&0&0&0&1&2&0&4&3')}`,
      'wrong',
    ],
    // in another shape it is another matrix
    ['tconv_seed', `W = ${tall('0&0&0&4')}`, 'unverifiable'],
  ]);
});

describe('gradients beside vectors', () => {
  const d = (by: string) => `\\frac{dL}{d${by}}`;
  judges([
    ['lstm', `${d('f_t')} = ${d('c_t')} c_{t-1}`, 'right'],
    ['lstm', `${d('f_t')} = ${d('c_t')} c_t`, 'wrong'],
    ['lstm', `${d('f_t')} = c_{t-1} ${d('c_t')}`, 'right'],
    ['lstm', `${d('c_t')} = ${d('c_{t+1}')} f_{t+1} + ${d('h_t')} o_t (1 - \\tanh^2 c_t)`, 'right'],
    ['lstm', `${d('c_t')} = ${d('c_{t+1}')} f_{t+1} + ${d('h_t')} o_t (1 - c_t^2)`, 'wrong'],
    ['lstm', `${d('c_t')} = ${d('c_{t+1}')} f_t + ${d('h_t')} o_t (1 - \\tanh^2 c_t)`, 'wrong'],
    ['lstm', `${d('i_t')} = ${d('c_t')} g_t + ${d('c_t')} c_t`, 'wrong'],
  ]);
});

describe('Jacobians as they are written', () => {
  const byVec = '\\frac{\\partial L}{\\partial \\mathrm{vec}(X)} = ';
  const forward = '\\frac{\\partial H_3}{\\partial W} = \\frac{\\partial^+ H_3}{\\partial W} + ';
  const descending = (factor: string) =>
    `\\frac{\\partial \\mathbf{x}_t}{\\partial \\mathbf{x}_k} = \\prod_{t\\ge i>k}${factor}`;
  judges([
    ['tconv', `${byVec}C\\, \\mathrm{vec}(\\frac{\\partial L}{\\partial Y})`, 'right'],
    ['tconv', `${byVec}2C\\, \\mathrm{vec}(\\frac{\\partial L}{\\partial Y})`, 'wrong'],
    ['tconv', `${byVec}C^\\top \\mathrm{vec}(\\frac{\\partial L}{\\partial Y})`, 'wrong'],
    ['tconv', '\\frac{\\partial \\mathrm{vec}(Y)}{\\partial \\mathrm{vec}(X)} = C^\\top', 'right'],
    ['tconv', '\\frac{\\partial \\mathrm{vec}(Y)}{\\partial \\mathrm{vec}(X)} = 2C^\\top', 'wrong'],
    ['rnn3', `${forward}\\mathrm{diag}(1-H_3^2)W\\frac{\\partial H_2}{\\partial W}`, 'right'],
    ['rnn3', `${forward}\\mathrm{diag}(1-H_3^2)W^\\top\\frac{\\partial H_2}{\\partial W}`, 'wrong'],
    ['rnn3', `${forward}\\mathrm{diag}(1-H_2^2)W\\frac{\\partial H_2}{\\partial W}`, 'wrong'],
    ['rnn3', `${forward}\\mathrm{diag}(1-H_3^2)W\\frac{\\partial^+ H_2}{\\partial W}`, 'wrong'],
    // a gradient in front of a chain
    ['gru', 'dh_t = dh_{t+1}\\frac{\\partial h_{t+1}}{\\partial h_t} + (h_t-y_t)', 'right'],
    ['gru', 'dh_t = dh_{t+1}\\frac{\\partial h_{t+1}}{\\partial h_t} + (y_t-h_t)', 'wrong'],
    ['gru', 'dh_t = dh_t\\frac{\\partial h_{t+1}}{\\partial h_t} + (h_t-y_t)', 'wrong'],
    // the range says that the product begins with t
    ['pascanu', descending("\\mathbf{W}_{rec}\\,\\mathrm{diag}(\\sigma'(\\mathbf{x}_{i-1}))"), 'right'],
    ['pascanu', descending("\\mathbf{W}_{rec}\\,\\mathrm{diag}(\\sigma'(\\mathbf{x}_i))"), 'wrong'],
    ['pascanu', descending("\\mathbf{W}_{rec}^\\top\\,\\mathrm{diag}(\\sigma'(\\mathbf{x}_{i-1}))"), 'wrong'],
  ]);
});
