/** Hand-derived formulas of students, textbooks and programs, with the verdict that each must get. */

import type { FaultKind, Verdict } from '../../src/verify/report.ts';

export interface Derivation {
  /** A file of examples/networks. */
  readonly network: string;
  readonly formula: string;
  readonly verdict: Verdict;
  /** Of a wrong one: the faults, and the terms at fault where they are in the text. */
  readonly faults?: readonly { readonly kind: FaultKind; readonly term: string }[];
}

export const derivations: readonly Derivation[] = [
  {
    network: 'rnn3',
    formula: 'E = E_1 + E_2 + E_3',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial U} = \\frac{\\partial E_2}{\\partial \\Omega_2} \\times \\frac{\\partial \\Omega_2}{\\partial H_2} \\times \\frac{\\partial H_2}{\\partial U} + \\frac{\\partial E_2}{\\partial \\Omega_2} \\times \\frac{\\partial \\Omega_2}{\\partial H_2} \\times \\frac{\\partial H_2}{\\partial H_1} \\times \\frac{\\partial H_1}{\\partial U}',
    verdict: 'ambiguous',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial U} = \\frac{\\partial E_2}{\\partial O_2} \\times \\frac{\\partial O_2}{\\partial H_2} \\times \\frac{\\partial H_2}{\\partial U} + \\frac{\\partial E_2}{\\partial O_2} \\times \\frac{\\partial O_2}{\\partial H_2} \\times \\frac{\\partial H_2}{\\partial H_1} \\times \\frac{\\partial H_1}{\\partial U}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial V} = \\frac{\\partial E_2}{\\partial O_2} \\times \\frac{\\partial O_2}{\\partial H_2} \\times \\frac{\\partial H_1}{\\partial V} + \\frac{\\partial E_2}{\\partial O_2} \\times \\frac{\\partial O_2}{\\partial H_2} \\times \\frac{\\partial H_1}{\\partial V} \\times \\frac{\\partial H_1}{\\partial V}',
    verdict: 'wrong',
    faults: [
      {
        kind: 'garbled',
        term: '\\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2}\\frac{\\partial H_1}{\\partial V}',
      },
      {
        kind: 'garbled',
        term: '\\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2}\\frac{\\partial H_1}{\\partial V}\\frac{\\partial H_1}{\\partial V}',
      },
      { kind: 'missing', term: '\\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial V}' },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial V} = \\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2}\\frac{\\partial H_2}{\\partial V} + \\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2}\\frac{\\partial H_2}{\\partial H_1}\\frac{\\partial H_1}{\\partial V}',
    verdict: 'wrong',
    faults: [
      {
        kind: 'extra',
        term: '\\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2}\\frac{\\partial H_2}{\\partial V}',
      },
      {
        kind: 'extra',
        term: '\\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2}\\frac{\\partial H_2}{\\partial H_1}\\frac{\\partial H_1}{\\partial V}',
      },
      { kind: 'missing', term: '\\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial V}' },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\frac{\\partial E_3}{\\partial O_3} \\times \\frac{\\partial O_3}{\\partial H_3} \\times \\frac{\\partial H_3}{\\partial N} + \\frac{\\partial E_3}{\\partial O_3} \\times \\frac{\\partial O_3}{\\partial H_3} \\times \\frac{\\partial H_3}{\\partial H_2} \\times \\frac{\\partial H_2}{\\partial W} + \\frac{\\partial E_3}{\\partial O_3} \\times \\frac{\\partial O_3}{\\partial H_3} \\times \\frac{\\partial H_3}{\\partial W} \\times \\frac{\\partial H_2}{\\partial W}',
    verdict: 'wrong',
    faults: [
      { kind: 'garbled', term: '\\frac{\\partial H_3}{\\partial N}' },
      {
        kind: 'garbled',
        term: '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial W}\\frac{\\partial H_2}{\\partial W}',
      },
      {
        kind: 'missing',
        term: '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{\\partial H_2}{\\partial H_1}\\frac{\\partial H_1}{\\partial W}',
      },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\frac{\\partial E_3}{\\partial O_3} \\times \\frac{\\partial O_3}{\\partial H_3} \\times \\frac{\\partial H_3}{\\partial W} + \\frac{\\partial E_3}{\\partial O_3} \\times \\frac{\\partial O_3}{\\partial H_3} \\times \\frac{\\partial H_3}{\\partial H_2} \\times \\frac{\\partial H_2}{\\partial W} + \\frac{\\partial E_3}{\\partial O_3} \\times \\frac{\\partial O_3}{\\partial H_3} \\times \\frac{\\partial H_3}{\\partial W} \\times \\frac{\\partial H_2}{\\partial W}',
    verdict: 'wrong',
    faults: [
      {
        kind: 'garbled',
        term: '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial W}\\frac{\\partial H_2}{\\partial W}',
      },
      {
        kind: 'missing',
        term: '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{\\partial H_2}{\\partial H_1}\\frac{\\partial H_1}{\\partial W}',
      },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial W} + \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{\\partial H_2}{\\partial W} + \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{\\partial H_2}{\\partial H_1}\\frac{\\partial H_1}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula: '\\frac{\\partial E}{\\partial W} = \\sum_{i=1}^3 \\frac{\\partial E_i}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula: '\\frac{\\partial E}{\\partial U} = \\sum_{i=1}^3 \\frac{\\partial E_i}{\\partial U}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula: '\\frac{\\partial E}{\\partial V} = \\sum_{i=1}^3 \\frac{\\partial E_i}{\\partial V}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial W} = \\frac{\\partial E_2}{\\partial O_2} \\frac{\\partial O_2}{\\partial H_2} \\left(\\frac{\\partial H_2}{\\partial W} + \\frac{\\partial H_2}{\\partial H_1} \\frac{\\partial H_1}{\\partial W} \\right)',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial U} = \\frac{\\partial E_2}{\\partial O_2} \\frac{\\partial O_2}{\\partial H_2} \\left(\\frac{\\partial H_2}{\\partial U} + \\frac{\\partial H_2}{\\partial H_1} \\frac{\\partial H_1}{\\partial U} \\right)',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_2}{\\partial V} = \\frac{\\partial E_2}{\\partial O_2} \\frac{\\partial O_2}{\\partial V}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\frac{\\partial E_3}{\\partial O_3} \\frac{\\partial O_3}{\\partial H_3} \\left(\\frac{\\partial H_3}{\\partial W} + \\frac{\\partial H_3}{\\partial H_2} \\left(\\frac{\\partial H_2}{\\partial W} + \\frac{\\partial H_2}{\\partial H_1} \\frac{\\partial H_1}{\\partial W} \\right) \\right)',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial U} = \\frac{\\partial E_3}{\\partial O_3} \\frac{\\partial O_3}{\\partial H_3} \\left(\\frac{\\partial H_3}{\\partial U} + \\frac{\\partial H_3}{\\partial H_2} \\left(\\frac{\\partial H_2}{\\partial U} + \\frac{\\partial H_2}{\\partial H_1} \\frac{\\partial H_1}{\\partial U} \\right) \\right)',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial V} = \\frac{\\partial E_3}{\\partial O_3} \\frac{\\partial O_3}{\\partial V}',
    verdict: 'right',
  },
  {
    network: 'conv2d',
    formula:
      '\\frac{\\partial L}{\\partial X} = \\frac{\\partial L}{\\partial Y} \\star_{\\mathrm{full}} \\mathrm{rot}_{180}(K)',
    verdict: 'right',
  },
  {
    network: 'conv2d',
    formula: '\\frac{\\partial L}{\\partial K} = X \\star \\frac{\\partial L}{\\partial Y}',
    verdict: 'right',
  },
  {
    network: 'conv2d',
    formula:
      '\\frac{\\partial L}{\\partial K_{mn}} = \\sum_{i}\\sum_{j} \\frac{\\partial L}{\\partial Y_{ij}} X_{i-m,j-n}',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'X_{i-m,j-n}' }],
  },
  {
    network: 'focal',
    formula: 'FL|_{\\gamma=0} = CE',
    verdict: 'right',
  },
  {
    network: 'gru',
    formula: 'dr_t = \\left(U_h^\\top (d\\tilde h_t \\odot (1-\\tilde h_t^2))\\right) \\odot h_{t-1}',
    verdict: 'right',
  },
  {
    network: 'gru',
    formula: 'dz_t = dh_t \\odot (\\tilde h_t - h_{t-1})',
    verdict: 'right',
  },
  {
    network: 'gru',
    formula:
      'dh_{t-1} = dh_t \\odot (1-z_t) + U_z^\\top(dz_t \\odot z_t \\odot (1-z_t)) + U_r^\\top(dr_t \\odot r_t \\odot (1-r_t)) + (h_{t-1}-y_{t-1})',
    verdict: 'wrong',
    faults: [
      { kind: 'missing', term: 'r_t \\odot \\left(U_h^\\top(d\\tilde h_t \\odot (1-\\tilde h_t^2))\\right)' },
    ],
  },
  {
    network: 'linear_batch',
    formula: '\\frac{\\partial L}{\\partial W} = X^\\top \\frac{\\partial L}{\\partial Y}',
    verdict: 'right',
  },
  {
    network: 'linear_batch',
    formula: 'dX = dY @ W',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'W' }],
  },
  {
    network: 'lstm',
    formula: 'dzi_t = di_t \\odot i_t \\odot (1-i_t)',
    verdict: 'right',
  },
  {
    network: 'lstm',
    formula: 'dzf_t = dc_t * c_{t-1} * f_t * (1 - f_t)',
    verdict: 'right',
  },
  {
    network: 'lstm',
    formula: 'dc_t = dh_t * o_t * (1 - tanh(c_t)^2) + dc_{t+1} * f_{t+1}',
    verdict: 'right',
  },
  {
    network: 'lstm',
    formula: 'df_t = dc_t \\odot c_{t}',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'c_t' }],
  },
  {
    network: 'lstm',
    formula: 'dzi_t = di_t \\odot (1-i_t^2)',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: '1-i_t^2' }],
  },
  {
    network: 'lstm',
    formula: 'dc_t = dh_t \\odot o_t \\odot (1-c_t^2) + dc_{t+1} \\odot f_{t+1}',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: '1-c_t^2' }],
  },
  {
    network: 'rnn1d',
    formula:
      "\\frac{\\partial h_3}{\\partial w} = \\sigma_{3}' h_2 + \\sigma_{3}' w\\, \\sigma_{2}' h_1 + \\sigma_{3}' w\\, \\sigma_{2}' w\\, \\sigma_{1}' h_0",
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial^+ E}{\\partial H_2} = \\frac{\\partial E_2}{\\partial H_2} + \\frac{\\partial^+ E}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}',
    verdict: 'ambiguous',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial H_1} = \\frac{\\partial E_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\cdots\\frac{\\partial H_2}{\\partial H_1}',
    verdict: 'ambiguous',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=1}^{3} \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_k}\\frac{\\partial^+ H_k}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=0}^{3} \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\left(\\prod_{j=k+1}^{3}\\frac{\\partial H_j}{\\partial H_{j-1}}\\right)\\frac{\\partial H_k}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E}{\\partial W} = \\sum_{t=1}^{3} \\sum_{k=1}^{3} \\frac{\\partial E_t}{\\partial O_t}\\frac{\\partial O_t}{\\partial H_t}\\frac{\\partial H_t}{\\partial H_k}\\frac{\\partial^+ H_k}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E}{\\partial H_2} = \\frac{\\partial E_2}{\\partial O_2}\\frac{\\partial O_2}{\\partial H_2} + \\frac{\\partial E}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=1}^{3} \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\left(\\prod_{j=k+1}^{3}\\frac{\\partial H_j}{\\partial H_{j-1}}\\right)\\frac{\\partial H_k}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\mathrm{d}E}{\\mathrm{d}W} = \\frac{\\mathrm{d}E_1}{\\mathrm{d}W} + \\frac{\\mathrm{d}E_2}{\\mathrm{d}W} + \\frac{\\mathrm{d}E_3}{\\mathrm{d}W}',
    verdict: 'right',
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E}{\\partial W} = \\sum_{k=1}^{3} \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\left(\\prod_{j=k+1}^{3}\\frac{\\partial H_j}{\\partial H_{j-1}}\\right)\\frac{\\partial^+ H_k}{\\partial W}',
    verdict: 'wrong',
    faults: [
      { kind: 'missing', term: '\\frac{\\partial E_1}{\\partial W}' },
      { kind: 'missing', term: '\\frac{\\partial E_2}{\\partial W}' },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial V} = \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial V} + \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{\\partial O_2}{\\partial V}',
    verdict: 'wrong',
    faults: [
      {
        kind: 'garbled',
        term: '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{\\partial O_2}{\\partial V}',
      },
    ],
  },
  {
    network: 'rnn3',
    formula: 'dE3/dW = dE3/dO3 * dO3/dH3 * (d+H3/dW + dH3/dH2 * d+H2/dW)',
    verdict: 'wrong',
    faults: [{ kind: 'missing', term: 'dE3/dO3 * dO3/dH3 * dH3/dH2 * dH2/dH1 * d+H1/dW' }],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=1}^{3} \\frac{\\partial E_k}{\\partial O_k}\\frac{\\partial O_k}{\\partial H_k}\\left(\\prod_{j=k+1}^{3}\\frac{\\partial H_j}{\\partial H_{j-1}}\\right)\\frac{\\partial^+ H_k}{\\partial W}',
    verdict: 'wrong',
    faults: [
      { kind: 'wrong', term: '\\frac{\\partial E_k}{\\partial O_k}\\frac{\\partial O_k}{\\partial H_k}' },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\left(\\frac{d H_3}{d W} + \\frac{\\partial H_3}{\\partial H_2}\\frac{d H_2}{d W}\\right)',
    verdict: 'wrong',
    faults: [
      {
        kind: 'extra',
        term: '\\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\frac{\\partial H_3}{\\partial H_2}\\frac{d H_2}{d W}',
      },
    ],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=1}^{3} \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\left(\\prod_{j=k+2}^{3}\\frac{\\partial H_j}{\\partial H_{j-1}}\\right)\\frac{\\partial^+ H_k}{\\partial W}',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: '\\prod_{j=k+2}^{3}' }],
  },
  {
    network: 'rnn3',
    formula:
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=1}^{4} \\frac{\\partial E_3}{\\partial O_3}\\frac{\\partial O_3}{\\partial H_3}\\left(\\prod_{j=k+1}^{3}\\frac{\\partial H_j}{\\partial H_{j-1}}\\right)\\frac{\\partial^+ H_k}{\\partial W}',
    verdict: 'wrong',
    faults: [{ kind: 'garbled', term: 'k=4' }],
  },
  {
    network: 'rnn3ce',
    formula: '\\frac{\\partial H_t}{\\partial H_{t-1}} = W^\\top \\mathrm{diag}(1-H_t^2)',
    verdict: 'ambiguous',
  },
  {
    network: 'rnn3ce',
    formula: '\\frac{\\partial E}{\\partial V} = \\sum_{t=1}^{3} (\\hat y_t - y_t) H_t^\\top',
    verdict: 'right',
  },
  {
    network: 'rnn3ce',
    formula: '\\delta_t = W(\\delta_{t+1}\\odot(1-H_{t+1}^2)) + V^\\top(\\hat y_t - y_t), \\quad W = W^\\top',
    verdict: 'right',
  },
  {
    network: 'rnn3ce',
    formula: "delta_t = W' * (delta_{t+1} .* (1 - H_{t+1}.^2)) + V' * (yhat_t - y_t)",
    verdict: 'right',
  },
  {
    network: 'rnn3ce',
    formula:
      'dhraw = (1 - hs[t] * hs[t]) * dh; dWhh += dot(dhraw, hs[t-1].T); dhnext = dot(Whh.T, dhraw); dh = dot(Why.T, dy) + dhnext',
    verdict: 'right',
  },
  {
    network: 'rnn3ce',
    formula: '\\delta_t = W(\\delta_{t+1}\\odot(1-H_{t+1}^2)) + V^\\top(\\hat y_t - y_t)',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'W' }],
  },
  {
    network: 'rnn3ce',
    formula: '\\delta_t = W^\\top(\\delta_{t+1}\\odot(1-H_{t}^2)) + V^\\top(\\hat y_t - y_t)',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: '1-H_t^2' }],
  },
  {
    network: 'rnn3ce',
    formula: '\\frac{\\partial E}{\\partial V} = (\\hat y_3 - y_3) H_3^\\top',
    verdict: 'wrong',
    faults: [{ kind: 'missing', term: '(\\hat y_1 - y_1)H_1^\\top + (\\hat y_2 - y_2)H_2^\\top' }],
  },
  {
    network: 'rnn3ce',
    formula: '\\frac{\\partial H_t}{\\partial H_{t-1}} = W\\,\\mathrm{diag}(1-H_t^2)',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'W\\,\\mathrm{diag}(1-H_t^2)' }],
  },
  {
    network: 'rnn3ce',
    formula: '\\frac{\\partial H_t}{\\partial H_{t-1}} = \\mathrm{diag}(1-H_t^2)\\,W^\\top',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'W^\\top' }],
  },
  {
    network: 'rnn3pre',
    formula:
      '\\frac{\\partial E_1}{\\partial W} = \\frac{\\partial E_1}{\\partial H_1}\\frac{\\partial H_1}{\\partial a_1}\\frac{\\partial a_1}{\\partial W}',
    verdict: 'right',
  },
  {
    network: 'rnn3pre',
    formula: '\\frac{\\partial E}{\\partial W} = \\sum_{t=1}^{3} \\delta_t H_{t-1}^\\top',
    verdict: 'right',
  },
  {
    network: 'softmaxce',
    formula: '\\frac{\\partial L}{\\partial z} = (\\mathrm{diag}(p) - p p^\\top)(-y \\oslash p)',
    verdict: 'right',
  },
  {
    network: 'softmaxce',
    formula: '\\frac{\\partial L}{\\partial p} = -y \\oslash p',
    verdict: 'right',
  },
  {
    network: 'softmaxce',
    formula: '\\frac{\\partial L}{\\partial z} = y - p',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'y - p' }],
  },
  {
    network: 'tconv',
    formula: 'y = C^\\top x',
    verdict: 'right',
  },
  {
    network: 'tconv',
    formula: 'y = C x',
    verdict: 'wrong',
    faults: [{ kind: 'wrong', term: 'C' }],
  },
  {
    network: 'tconv_seed',
    formula:
      'W = \\begin{bmatrix} 1 & 2 & 0 & 3 & 4 & 0 & 0 & 0 & 0 \\\\ 0 & 1 & 2 & 0 & 3 & 4 & 0 & 0 & 0 \\\\ 0 & 0 & 0 & 1 & 2 & 0 & 3 & 4 & 0 \\\\ 0 & 0 & 0 & 0 & 1 & 2 & 0 & 3 & 4 \\end{bmatrix}',
    verdict: 'right',
  },
];
