/** Numbers, names and bars as the command line shows them. */

import { expect, test } from 'vitest';
import { formulaLines } from '../../src/cli/formula.ts';
import { tensorRows } from '../../src/cli/matrix.ts';
import { jsonText } from '../../src/cli/print-json.ts';
import { alignedNumbers, bar, displayName, percent, shortNumber, tinyNumber } from '../../src/cli/style.ts';

test.each([
  ['H_12', 'H₁₂'],
  ['W', 'W'],
  ['loss_a', 'loss_a'],
  ['a_1_2', 'a_1_2'],
  ['\u001b[1mx\u202e\n', '[1mx'],
])('displayName(%j) is %j', (name, shown) => {
  expect(displayName(name)).toBe(shown);
});

test('numbers shown together are written alike', () => {
  expect(alignedNumbers([1.23456, -0.00012, 0])).toEqual([' 1.235', '-0.000', '     0']);
  expect(alignedNumbers([12345.678, 1])).toEqual(['12346', '    1']);
  expect(alignedNumbers([1e-9, -2.5e-10])).toEqual(
    [' 1.000e-9', '-2.500e-10'].map((s) => s.trim().padStart(10)),
  );
  expect(alignedNumbers([Number.NaN, 2])).toEqual(['  NaN', '2.000']);
  expect(alignedNumbers([])).toEqual([]);
});

test('single numbers', () => {
  expect([0, 2.55512, 1234567, 1.5e-7, -0.5].map(shortNumber)).toEqual([
    '0',
    '2.555',
    '1.235e6',
    '1.500e-7',
    '-0.5',
  ]);
  expect([0, 1.16e-10, Number.POSITIVE_INFINITY].map(tinyNumber)).toEqual(['0', '1.2e-10', 'Infinity']);
  expect([0.724, -0.0211, 1, 0, 1e-6, -25, null].map(percent)).toEqual([
    '+72.4 %',
    '-2.1 %',
    '+100.0 %',
    '+0.0 %',
    '+1.0e-4 %',
    '-2500 %',
    'none',
  ]);
});

test('bars end in an eighth of a block', () => {
  expect([1, 0.5, 0.53125, 0.01, 0].map((size) => bar(size, 1, 4))).toEqual(['████', '██', '██▏', '', '']);
  expect(bar(0, 0, 4)).toBe('');
});

test('tensors of any rank become rows', () => {
  expect(tensorRows([], [2])).toEqual(['2.000']);
  expect(tensorRows([3], [1, -2, 3])).toEqual([' 1.000  -2.000   3.000']);
  expect(tensorRows([2, 2], [1, 2, 3, 4])).toEqual(['1.000  2.000', '3.000  4.000']);
  expect(tensorRows([0], [])).toEqual([]);
  expect(tensorRows([1, 12], Array(12).fill(1), true)).toEqual([Array(12).fill('1.000').join('  ')]);
  expect(tensorRows([10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])[0]).toMatch(/ 6\.000 {2}… {2}9\.000$/);
});

test('formulas go on below the equals sign', () => {
  const factor = (of: string, by: string) => ({ kind: 'factor', segment: '', of, by }) as const;
  const sum = {
    kind: 'sum',
    terms: [
      factor('E_3', 'H_3'),
      { kind: 'product', factors: [factor('a', 'b'), factor('b', 'c')] },
      { kind: 'more', terms: 7n },
    ],
  } as const;
  expect(formulaLines('g', sum, 6)).toEqual(['g = ∂E₃/∂H₃', '  + ∂a/∂b · ∂b/∂c', '  + … (7 more)']);
  expect(formulaLines('g', sum, 1)).toEqual(['g = ∂E₃/∂H₃', '  + … (8 more)']);
});

test('of a long product the ends are shown', () => {
  const factors = [...Array(12).keys()].map(
    (i) => ({ kind: 'factor', segment: '', of: `a${i}`, by: 'b' }) as const,
  );
  expect(formulaLines('g', { kind: 'product', factors }, 6)[0]).toMatch(
    /∂a4\/∂b · … 5 … · ∂a10\/∂b · ∂a11\/∂b$/,
  );
});

test('JSON keeps lists of numbers on a line, −0, and hostile keys', () => {
  const value = JSON.parse('{"__proto__": [1, -0], "a": {"b": []}, "c": [{"d": null}]}');
  const text = jsonText(value);
  expect(text).toBe(
    '{\n  "__proto__": [1, -0],\n  "a": {\n    "b": []\n  },\n  "c": [\n    {\n      "d": null\n    }\n  ]\n}',
  );
  expect(jsonText([Number.NaN, '\u009b'])).toBe('[null, "\\u009b"]');
});
