/** Weights and sequences from text: what is accepted, and in which forms. What is refused is in errors.test.ts. */

import { describe, expect, test } from 'vitest';
import { readSequence, readWeights } from '../../examples/recurrent/files.ts';
import { rnn, weightNames } from '../../examples/rnn/rnn.ts';
import { readCsv } from '../../src/model/csv.ts';

describe('sequences', () => {
  const plain = {
    inputs: [
      [1, 2],
      [3, 4],
    ],
    targets: undefined,
  };
  const both = {
    inputs: [
      [1, 2],
      [3, 4],
    ],
    targets: [
      [1, 0],
      [0, 1],
    ],
  };

  test.each([
    ['numbers only', '1,2\n3,4\n', plain],
    ['no line break at the end, spaces, signs', ' +1 , 2.0\n3e0,.4e1', plain],
    ['Windows line ends and a byte order mark', '\uFEFF1,2\r\n3,4\r\n', plain],
    ['blank lines', '\n1,2\n\n3,4\n\n', plain],
    ['semicolons', '1;2\n3;4\n', plain],
    ['tabs', '1\t2\n3\t4\n', plain],
    ['quoted cells', '"rain, mm","temp"\n"1","2"\n3,4\n', plain],
    ['a header without y', 'x1,x2\n1,2\n3,4\n', plain],
    ['year is no y', 'year,size\n1,2\n3,4\n', plain],
    ['y columns', 'x1,x2,y1,y2\n1,2,1,0\n3,4,0,1\n', both],
    ['y columns anywhere', 'y_dry,a,b,Y_wet\n1,1,2,0\n0,3,4,1\n', both],
    ['JSON rows', '[[1, 2], [3, 4]]', plain],
    ['JSON x', '{ "x": [[1, 2], [3, 4]] }', plain],
    ['JSON x and y', ' { "x": [[1, 2], [3, 4]], "y": [[1, 0], [0, 1]] }', both],
  ])('%s', (_, text, sequence) => {
    expect(readSequence(text, 'file')).toEqual(sequence);
  });

  test.each([
    ['a,a\n1,2\n', 'f:1: two columns are called a; give each its own name'],
    ['1,x\n1,2\n', 'f:1: column 2 is "x", expected a number (x_1)'],
    ['1,0x10\n', 'f:1: column 2 is "0x10", expected a number (x_1)'],
    ['1,1e999\n', 'f:1: column 2 is "1e999", expected a number (x_1)'],
    ['"1,2\n', 'f:1: a quoted cell is not closed'],
    ['', 'f: no rows of numbers, expected one for each time step'],
    ['[]', 'f:1:1: x is empty, expected a vector for each time step'],
    ['[[]]', 'f:1:2: x_1: the list is empty, expected numbers'],
    ['[[1], [1, 2]]', 'f:1:7: x_2: 2 values given, expected 1 as in x_1'],
    ['{ "x": [[1]], "z": [] }', 'f:1:20: unknown key "z", expected x, y'],
    ['{ "y": [[1]] }', 'f:1:1: "x" is missing'],
  ])('%j is refused', (text, message) => {
    expect(() => readSequence(text, 'f')).toThrow(message);
  });

  test('a table that is too large is refused while it is read', () => {
    const row = `${Array(1000).fill('1').join(',')}\n`;
    expect(() => readCsv(row.repeat(1001), 'f', () => 'x', 'one')).toThrow(
      'f:1001: more than 1000000 numbers',
    );
  });
});

describe('weights', () => {
  test('any of them, as lists of rows', () => {
    expect(readWeights('{ "H_0": [1, 2], "V": [[1, 2], [3, 4], [5, 6]] }', 'w', weightNames)).toEqual({
      H_0: [1, 2],
      V: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    expect(readWeights('{}', 'w', weightNames)).toEqual({});
  });

  test.each([
    ['[]', 'w:1:1: the document is a list of 0, expected an object'],
    ['{ "__proto__": [[1]] }', 'w:1:16: unknown key "__proto__", expected U, W, V, H_0'],
    ['{ "U": [] }', 'w:1:8: U: expected a list of rows'],
    ['{ "U": [[1e999]] }', 'w:1:10: U: row 1, column 1 is Infinity, expected a number'],
    ['{ "H_0": [[1]] }', 'w:1:11: H_0: value 1 is a list of 1, expected a number'],
  ])('%j is refused', (text, message) => {
    expect(() => readWeights(text, 'w', weightNames)).toThrow(message);
  });

  test('sizes that do not fit say where they come from', () => {
    const V = [[1, 2, 3]];
    expect(() => rnn({ weights: { V, W: [[1]] } })).toThrow(
      'V is 1×3, expected 1×1 (output size 1 from the rows of V, hidden size 1 from the rows of W)',
    );
    expect(() => rnn({ weights: { U: [[1, 2]] }, inputs: [[1, 2, 3]] })).toThrow(
      'x_1 is 3, expected 2 (input size 2 from the columns of U)',
    );
  });
});
