/** A repair is typed as the statement is, and makes it right when it is put in its place. */

import { describe, expect, it, test } from 'vitest';
import { MathDocument } from '../../src/verify/document.ts';
import { checkerOf } from '../support/networks.ts';

const checker = checkerOf('rnn3');

/** What is put in, and the verdict after that. */
function mended(text: string): { readonly put: string; readonly verdict: string } {
  const judged = (typed: string) => {
    const { statements, text: masked } = new MathDocument(typed).formulas(checker.subject);
    return checker.judgeAll(statements, masked);
  };
  const wrong = judged(text).find(({ verdict }) => verdict !== 'right');
  const { span, replacement } = wrong!.repair!;
  const fixed = judged(text.slice(0, span.start) + replacement + text.slice(span.end));
  return { put: replacement, verdict: fixed.map(({ verdict }) => verdict).join() };
}

describe('each in its own notation', () => {
  it.each([
    ['dE_3/dV = (O_3 - y_3) H_2^T', 'H_3'],
    ['∂E₃/∂V = (O₃ − y₃) H₂ᵀ', 'H₃'],
    [String.raw`\frac{\partial E_3}{\partial V} = (O_3 - y_3) H_2^\top`, 'H_3'],
    ['dE_3/dH_3 = V (O_3 - y_3)', 'V.T'],
    ['∂E₃/∂H₃ = V (O₃ − y₃)', 'Vᵀ'],
    [String.raw`\frac{\partial E_3}{\partial H_3} = V (O_3 - y_3)`, String.raw`V^\top`],
    ['dE_3/dW = dE_3/dO_3 dO_3/dH_3 (dH_3/dW + dH_3/dH_2 dH_2/dW)', undefined],
    ['∂E₂/∂W = ∂E₂/∂O₂ ∂O₂/∂H₂ ∂H₂/∂W − ∂E₂/∂O₂ ∂O₂/∂H₂ ∂H₂/∂H₁ ∂H₁/∂W', undefined],
    ['dE/dW = sum_{t=2}^{3} dE/dH_t dH_t/dW', undefined],
    [
      String.raw`\frac{\partial E_2}{\partial U} = \frac{\partial E_2}{\partial \Omega_2} \frac{\partial \Omega_2}{\partial H_2} (\frac{\partial H_2}{\partial U} + \frac{\partial H_2}{\partial H_1} \frac{\partial H_1}{\partial U})`,
      undefined,
    ],
    ['dE_3/dV = (Q_3 - y_3) H_3^T', 'O_3'],
    [
      String.raw`\frac{\partial E}{\partial W} = \sum_{t=1}^{3}\sum_{k=1}^{t} \frac{\partial E_t}{\partial O_t}\frac{\partial O_k}{\partial H_k}\frac{\partial H_t}{\partial H_k}\frac{\partial^+ H_k}{\partial W}`,
      String.raw`\frac{\partial O_t}{\partial H_t}`,
    ],
    [
      String.raw`\frac{\partial E}{\partial W} = \sum_{t=1}^{3}\sum_{k=1}^{t} \frac{\partial E_t}{\partial O_t}\frac{\partial O_t}{\partial H_t}\left(\prod_{j=k+1}^{3}\frac{\partial H_j}{\partial H_{j-1}}\right)\frac{\partial^+ H_k}{\partial W}`,
      undefined,
    ],
    [
      String.raw`\frac{\partial E}{\partial W} = \sum_{t=1}^{3}\sum_{k=1}^{t} \frac{\partial E_t}{\partial O_t}\frac{\partial O_t}{\partial H_t}\left(\sum_{j=k+1}^{t}\frac{\partial H_j}{\partial H_{j-1}}\right)\frac{\partial^+ H_k}{\partial W}`,
      undefined,
    ],
    [
      String.raw`\frac{\partial E_3}{\partial W} = \sum_{k=1}^3 \frac{\partial E_3}{\partial O_3}\frac{\partial O_3}{\partial H_3}\frac{\partial H_k}{\partial H_3}\frac{\partial^+ H_k}{\partial W}`,
      String.raw`\frac{\partial H_3}{\partial H_k}`,
    ],
  ])('%s', (text, put) => {
    const made = mended(text);
    expect(made.verdict).toBe('right');
    if (put !== undefined) expect(made.put).toBe(put);
  });
});

test('Unicode in a document of LaTeX stays Unicode, plain text stays plain', () => {
  const right = String.raw`$$\frac{\partial E_1}{\partial O_1} = O_1 - y_1$$`;
  expect(mended(`${right}\n\n∂E₃/∂H₃ = V (O₃ − y₃)\n`)).toEqual({ put: 'Vᵀ', verdict: 'right,right' });
  expect(mended(`${right}\n\ndE_3/dH_3 = V (O_3 - y_3)\n`)).toEqual({ put: 'V.T', verdict: 'right,right' });
});

test('arguments of macros are mended where they stand', () => {
  const macro = String.raw`\newcommand{\by}[2]{\frac{\partial #1}{\partial #2}}`;
  const made = mended(`${macro}\n\n$$\\by{E_2}{V} = \\by{E_2}{O_2} \\by{O_3}{V}$$`);
  expect(made).toEqual({ put: 'O_2', verdict: 'right' });
});

test('what would not make it right is not offered: after the wrong sign the missing path would be subtracted', () => {
  const [one, two] = ['∂E₃/∂O₃ ∂O₃/∂H₃ ∂H₃/∂W', '∂E₃/∂O₃ ∂O₃/∂H₃ ∂H₃/∂H₂ ∂H₂/∂W'];
  const text = `∂E₃/∂W = ${one} + ${two} − ∂E₃/∂O₃ ∂O₃/∂H₃ ∂H₃/∂W ∂H₂/∂W`;
  const [{ verdict, missing, repair }] = checker.check(text).statements;
  expect([verdict, missing.length, repair]).toEqual(['wrong', 1, undefined]);
});

test('what is lacking is told, also of Jacobians, sums of losses and products', () => {
  const lacking = (network: string, formula: string) => {
    const [{ verdict, missing }] = checkerOf(network).check(formula).statements;
    return [verdict, missing.map(({ path }) => path).join('; ')];
  };
  expect(lacking('rnn3', 'E = E_1 + E_3')).toEqual(['wrong', 'E_2 → E']);
  expect(lacking('rnn3', 'E = E_1 + E_2 + E_3')).toEqual(['right', '']);
  expect(lacking('logistic-regression', String.raw`\nabla_w L = \frac{1}{N} X^T (p - y)`)).toEqual([
    'wrong',
    'w → L',
  ]);
  expect(
    lacking('focal', String.raw`\frac{\partial FL}{\partial s} = (1-p)^\gamma\frac{\partial CE}{\partial s}`),
  ).toEqual(['wrong', 's → p → FL']);
  const gates = String.raw`\mathrm{diag}(\tilde h_t - h_{t-1})\mathrm{diag}(z_t(1-z_t))U_z + \mathrm{diag}(z_t)\mathrm{diag}(1-\tilde h_t^2)U_h(\mathrm{diag}(r_t) + \mathrm{diag}(h_{t-1} \odot r_t \odot (1-r_t))U_r)`;
  const left = String.raw`\frac{\partial h_t}{\partial h_{t-1}}`;
  expect(lacking('gru', `${left} = ${gates}`)).toEqual(['wrong', 'h_2 → h_3']);
  expect(lacking('gru', String.raw`${left} = \mathrm{diag}(1-z_t) + ${gates}`)).toEqual(['right', '']);
});

test('a path that is counted twice is dropped, not turned into a term that is 0', () => {
  const [{ verdict, repair }] = checkerOf('gru').check(
    'dL/dz_2 = dL/dh_2 dh_2/dz_2 + dL/dh_2 dh_2/dz_2',
  ).statements;
  expect([verdict, repair?.replacement]).toEqual(['wrong', 'dL/dh_2 dh_2/dz_2']);
});
