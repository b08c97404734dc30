/** What files of equations that are wrong are told: the place, what is wrong, what to write instead. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations, NotationError, renderProblem } from '../src/index.ts';

const rnn = `T = 3
param U: 4x3, W: 4x4, V: 2x4
input x_t: 3 for t = 1..T
target y_t: 2 onehot for t = 1..T
const H_0: 4 = 0.1
`;

function problemOf(text: string): string {
  try {
    modelFromEquations(text);
  } catch (error) {
    if (!(error instanceof NotationError)) throw error;
    return renderProblem(text, error);
  }
  return 'none';
}

/** The lines before, the line with the mistake, ‸ before the place, and the message. */
const cases: readonly (readonly [before: string, line: string, message: string])[] = [
  // names
  [rnn, 'H_t = tanh(U x_t + ‸b) for t = 1..T', 'b is not defined; declare it, as in param b: 4'],
  [rnn, 'H_t = ‸w H_{t-1} for t = 1..T', 'w is not defined; is W meant? Or declare it, as in param w: 4'],
  [rnn, 'H_t = ‸tnh(U x_t)', 'tnh is not defined; is tanh meant? Or declare it, as in param tnh: 4'],
  [rnn, 'a = ‸x', 'x has an index, as in x_t or x_1'],
  [rnn, 'a = ‸log', 'log is a function; write what it is applied to in brackets, log(x)'],
  [
    rnn,
    'H_t = W ‸H_{t-2} for t = 1..T',
    'there is no H_{-1}, which H_{t-2} is here: H is defined for 0..3; a first one is declared as const H_{-1}: 4 = 0',
  ],
  [rnn, 'a = ‸x_4', 'there is no x_4: x is defined for 1..3'],
  [rnn, 'a = ‸H_5', 'there is no H_5: there is H_0 alone'],
  [rnn, 'a = ‸W_t', 'W_t is not defined: W has no index; for many of them declare W_t: 4 for t = 1..T'],
  // two definitions, cycles
  [rnn, 'param ‸W: 2x2', 'W is declared already, in line 2'],
  [`${rnn}a = U x_1\n`, '‸a = U x_2', 'a is defined already, in line 6'],
  [`${rnn}H_t = W H_{t-1} for t = 1..T\n`, '‸H_2 = W H_1', 'H_2 is defined already, in line 6'],
  ['T = 3\n', '‸T = 4', 'T is 3 already'],
  [rnn, '‸H_t = W H_t for t = 1..T', 'H_1 depends on itself; is the step before meant, as in H_{t-1}?'],
  [rnn, '‸a = b; b = c; c = a', 'a depends on itself: a ← b ← c ← a'],
  // shapes
  [rnn, 'a = tanh(‸V x_1)', 'V (2×4) times x_1 (a column of 3): inner sizes 4 and 3 differ'],
  [rnn, 'a = 2 (‸V H_0 - x_1)', 'V H_0 (a column of 2) minus x_1 (a column of 3): the shapes differ'],
  [
    rnn,
    'a = ‸H_0 H_0',
    'H_0 (a column of 4) times H_0 (a column of 4): to multiply two vectors transpose one of them, or write ⊙',
  ],
  [rnn, 'a = ‸x_1^T H_0', 'x_1^T (a row of 3) times H_0 (a column of 4): sizes 3 and 4 differ'],
  [rnn, 'a = ‸x_1 U', 'x_1 (a column of 3) times U (4×3): a column stands right of a matrix, not left of it'],
  [rnn, 'a = ‸H_0 ⊙ x_1', 'H_0 (a column of 4) ⊙ x_1 (a column of 3): the shapes differ'],
  [
    'param B: 3x3, b: 3\n',
    'Y = ‸B + b',
    'B (3×3) plus b (a column of 3): the shapes differ; to add b to every row write 1 bᵀ',
  ],
  [
    'param X: 4x4, K: 2x2\n',
    'Y = ‸X * K',
    'X (4×4) times K (2×2): inner sizes 4 and 2 differ; of images write X ⋆ K, or conv(X, K) with K turned',
  ],
  ['param X: 4x4, K: 5x5\n', 'Y = ‸X ⋆ K', 'X (4×4) ⋆ K (5×5): the kernel is larger than the image'],
  [rnn, 'a = ‸cross_entropy(V H_0, x_1)', 'V H_0 (a column of 2) and x_1 (a column of 3): the shapes differ'],
  [rnn, 'a = ‸H_{0,9}', 'H_0 (a column of 4) has no element 9: 9 is not in 1..4'],
  ['param a: 2\n', 'y = sum_{i=2}^3 ‸a_i', 'a (a column of 2) has no element 3: 3 is not in 1..2'],
  [rnn, 'a = ‸W_{1}', 'an element of W (4×4) takes 2 indices, one is given'],
  [rnn, 'a = ‸sigmoid(H_0, x_1)', 'sigmoid takes 1 argument, 2 given'],
  [rnn, 'a = ‸softmax(3)', 'softmax takes a vector, not a number'],
  [rnn, 'a = 2‸[1, 2; 3]', 'the rows of a matrix have one length'],
  [rnn, 'a = ‸𝟏', 'a: of what size is 𝟏? Write ones(4)'],
  [rnn, 'a = H_0^{‸x_1}', 'an exponent is a number'],
  // declarations
  ['', 'param W: ‸0x4', 'a size is a whole number from 1 to 4096, not 0'],
  ['', 'param W: ‸99999x4', 'a size is a whole number from 1 to 4096, not 99999'],
  ['', 'param W: ‸4xn', 'n has no value; write n = 4 in a line of its own'],
  [
    '',
    'param W: ‸4x',
    '4x is no shape; expected sizes such as 4x3, then perhaps onehot, distribution, positive, probability or row',
  ],
  ['', 'param ‸W 4x4', 'expected a colon between name and shape: W: 4x4'],
  ['', 'param ‸: 4x4', 'expected the name of a variable, as in param W: 4x4'],
  ['', 'input x_t: 3 for t = 1..‸N', 'N has no value; write N = 3 in a line of its own'],
  ['', 'input x_t: 3 ‸for', 'expected a range, such as for t = 1..T'],
  ['', 'input x_t: 3 for ‸t = 1..20000', 'a range has at most 10000 values'],
  ['', 'param W: 2x2 = ‸[[1, 2], [3, 4], [5, 6]]', 'W is 2×2, but 3×2 values are given'],
  ['', 'param W: 2x2 = ‸[[1, 2], [3]]', 'the rows of a matrix have one length'],
  ['param W: 2x2\n', '‸W = file "w.csv"', 'files are not read here; write the numbers'],
  // equations
  [rnn, 'H_t = tanh‸(U x_t + W H_{t-1}', 'expected a closing bracket ) for the ( here'],
  [rnn, 'H_t = U x_t + ‸for t = 1..T', 'expected an operand (a name, number or bracket), not “for”'],
  [rnn, '‸hello world', 'expected an equation, such as H_t = tanh(U x_t)'],
  [rnn, '‸H_t == U x_t', 'expected =, not ==, in an equation'],
  [rnn, 'a = b = ‸c', 'expected one equation; write each = in a line of its own'],
  [rnn, '‸H_t + 1 = x_t', 'expected the name of a variable left of the =, such as H_t'],
  [rnn, 'a = ‸dE/dW', 'a derivative has no value here'],
  [rnn, 'a = ‸sum_k H_0', 'what does the Σ run over? Write its range, as in sum_{k=1}^{3}'],
  [rnn, '‸a = x_1 for t = 1..T', 'a has no index t, but a range of it follows'],
  [rnn, 'a = W ‸\\foo', 'the command \\foo is not known here'],
  ['# nothing', '', 'no equation defines anything; write one, such as y = W x'],
  // too much
  [
    'T = 9000\n',
    'input ‸x_{t,s}: 3 for t = 1..T, s = 1..T',
    'more than 20000 variables; take smaller ranges',
  ],
  ['param a: 4096\n', '‸Y = a a^T', 'Y: more than 5000000 numbers in all; take smaller sizes'],
  ['param W: 4x4\n', 'Y = ‸W^{1000}', 'a matrix to a power above 64'],
];

describe('a mistake', () => {
  it.each(cases)('%s%s', (before, marked, message) => {
    const column = Math.max(0, marked.indexOf('‸'));
    const line = marked.replace('‸', '');
    const at = line === '' ? 1 : before.split('\n').length;
    const shown = line === '' ? before : line;
    expect(problemOf(before + line)).toBe(
      `line ${at}, column ${column + 1}: ${message}\n  ${shown}\n  ${' '.repeat(column)}^`,
    );
  });
});
