/** Conditions restrict what a formula says: of indices, of values, of what parameters are. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';

const relu = `
T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 onehot for t = 1..T
const H_0: 3 = 0.3
a_t = W H_{t-1} + U x_t for t = 1..T
H_t = relu(a_t)
O_t = V H_t
E_t = cross_entropy(softmax(O_t), y_t)
E = sum_t E_t`;

describe('under a condition', () => {
  const checker = new Checker(modelFromEquations(relu, { name: 'relu RNN' }));
  const judged = (formula: string) => {
    const { statements, problems } = checker.check(formula);
    expect(problems).toEqual([]);
    return statements;
  };

  it.each([
    ['a parameter is set', '∂a_2/∂H_1 = 2 I, W = 2 I', 'right'],
    ['to another multiple', '∂a_2/∂H_1 = 3 I, W = 2 I', 'wrong'],
    ['symmetric', '∂a_2/∂H_1 = W^T, W = W^T', 'right'],
    ['symmetric, LaTeX', '∂a_2/∂H_1 = W^T, \\quad W = W^\\top', 'right'],
    ['skew', '∂a_2/∂H_1 = -W^T, W = -W^T', 'right'],
    ['skew where symmetric is said', '∂a_2/∂H_1 = -W^T, W = W^T', 'wrong'],
    ['of elements', '∂H_{t,i}/∂a_{t,i} = 1 if a_{t,i} > 0', 'right'],
    ['of elements, below', '∂H_{t,i}/∂a_{t,i} = 0 if a_{t,i} < 0', 'right'],
    ['of elements, the other side', '∂H_{t,i}/∂a_{t,i} = 0 if a_{t,i} > 0', 'wrong'],
    ['of vectors', '∂H_t/∂a_t = I if a_t > 0', 'right'],
    ['the class', '∂E_t/∂O_{t,i} = softmax(O_t)_i - 1 if i = y_t', 'right'],
    ['the class as an element', '∂E_t/∂O_{t,i} = softmax(O_t)_i - 1 if y_{t,i} = 1', 'right'],
    ['another class', '∂E_t/∂O_{t,i} = softmax(O_t)_i if i ≠ y_t', 'right'],
    ['another class, as for the class', '∂E_t/∂O_{t,i} = softmax(O_t)_i - 1 if i ≠ y_t', 'wrong'],
    ['the class, as for another', '∂E_t/∂O_{t,i} = softmax(O_t)_i if i = y_t', 'wrong'],
    // what holds anyway holds under a condition that is not understood; what does not might
    ['not understood', '∂a_2/∂H_1 = W, W^T W = I', 'right'],
    ['not understood, wrong without', '∂a_2/∂H_1 = W^T W W, W^T W = I', 'unverifiable'],
    // it must hold wherever the condition does
    ['of other elements', '∂E/∂O_{3,1} = softmax(O_3)_1 - y_{3,1} if a_{3,1} < a_{3,2}', 'right'],
    ['of other elements, one side of a kink', '∂H_{3,2}/∂a_{3,2} = 1 if a_{3,1} < a_{3,2}', 'wrong'],
    ['of other elements, on its side', '∂H_{3,2}/∂a_{3,2} = 1 if a_{3,1} < a_{3,2} and a_{3,1} > 0', 'right'],
    ['of a number, rarely met', '∂E/∂O_{3,1} = softmax(O_3)_1 if E_3 < 0.5', 'wrong'],
    ['of the class at another step', '∂E_3/∂O_{3,1} = softmax(O_3)_1 if y_{2,1} = 1', 'wrong'],
    ['of the class at its step', '∂E_3/∂O_{3,1} = softmax(O_3)_1 if y_{3,2} = 1', 'right'],
    ['never met', '∂H_1/∂a_1 = 7, a_1 < -100', 'unverifiable'],
  ])('%s: %s is %s', (_, formula, verdict) => {
    const [main, ...others] = judged(formula);
    expect(others).toEqual([]);
    expect(main.verdict, main.message).toBe(verdict);
  });

  it('names the condition that it does not understand', () => {
    expect(judged('∂a_2/∂H_1 = W^T W W, W^T W = I')[0].message).toContain('the condition W^T W = I');
  });
});
