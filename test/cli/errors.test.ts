/** Bad input of every kind: one clear line on standard error, exit code 2, nothing else. */

import { describe, expect, test } from 'vitest';
import { examples } from '../../examples/index.ts';
import { rnn } from '../../examples/rnn/rnn.ts';
import { commands } from '../../src/cli/commands.ts';
import { listed } from '../../src/cli/style.ts';
import { modelToJSON } from '../../src/model/json.ts';
import { gradpath, workFolder } from './support.ts';

const graph = modelToJSON(rnn({ steps: 2 }));
const cyclic = graph.replace('"inputs": [6, 7]', '"inputs": [6, 9]');
const misshapen = graph.replace(
  '"name": "W", "op": "parameter", "inputs": [], "attrs": {}, "shape": [4, 4]',
  '"name": "W", "op": "parameter", "inputs": [], "attrs": {}, "shape": [4, 5]',
);
const folder = workFolder({
  'graph.json': graph,
  'cyclic.json': cyclic,
  'late.json': graph
    .replace('"inputs": [6, 7]', '"inputs": [6, 12]')
    .replace('"inputs": [2, 9]', '"inputs": [2, 3]'),
  'cut.json': graph.slice(0, graph.indexOf('"H_1"') + 22),
  'shape.json': misshapen,
  'nan.json': graph.replace(/"W": \[[^,]*,/, '"W": [NaN,'),
  'hostile.json': graph.replace('"op": "tanh"', '"op": "\\u001b[31mtanh\\u202e\\n"'),
  'empty.json': '',
  'vector.txt': 'param W: 2x2\nx = W ones(2)\n',
  'binary.json': '\u0000',
  'page.json': '<!doctype html>',
  'w-size.json': '{ "W": [[1, 2, 3], [4, 5, 6]] }',
  'w-fit.json': '{ "U": [[1, 2, 3], [4, 5, 6]],\n  "W": [[1, 2, 3], [4, 5, 6], [7, 8, 9]] }',
  'w-name.json': '{ "w": [[1]] }',
  'w-nan.json': '{\n  "W": [[1, 0], [NaN, 1]]\n}',
  'w-text.json': '{\n  "W": [[1, 0], [0, "abc"]]\n}',
  'w-ragged.json': '{ "W": [[1, 0], [1]] }',
  'w-flat.json': '{ "W": [1, 2, 3, 4] }',
  'w-cut.json': '{\n  "W": [[1, 2], [3',
  'text.csv': 'x1,x2,y1,y2\n1,2,1,0\n3,abc,0,1\n',
  'nan.csv': '1,2\n3,NaN\n',
  'y-nan.csv': 'a,b,y1,y2\n1,2,1,0\n1,2,0,inf\n',
  'hole.csv': '1,2\n3,\n',
  'ragged.csv': '1,2\n3,4,5\n',
  'short.csv': '1,2,3\n4,5,6\n',
  'words.csv': 'a,b\n',
  'sum.csv': 'x1,y1,y2\n1,0.5,0.6\n',
  'nan.json.csv': '[[1, 2], [3, null]]',
  'x.json': '{ "x": [[1, 2], [3, 4]], "y": [[1, 0]] }',
});

const usage = 'unknown variable';
const variables = 'The variables are U, W, V, H_0, x_1, y_1, H_1, O_1, E_1, x_2, y_2, H_2, … (20 in all)';

const models = examples.map(({ name }) => name).join(', ');
/** The examples that have such a setting. */
async function owners(setting: string): Promise<string> {
  const loaded = await Promise.all(examples.map((entry) => entry.load()));
  return listed(loaded.filter(({ settings }) => setting in settings).map(({ name }) => name));
}

describe('one line, exit code 2', async () => {
  test.concurrent.for<[string, string]>([
    // the command
    ['grda rnn', 'unknown command grda; did you mean grad?'],
    [
      'frobnicate',
      `unknown command frobnicate; the commands are ${commands.map(({ name }) => name).join(', ')}, help`,
    ],
    ['rnn', 'rnn is a model; a command comes first: gradpath grad rnn'],
    ['--steps=3 rnn', '--steps comes after a command: gradpath COMMAND MODEL --steps'],
    ['--json', '--json comes after a command: gradpath COMMAND MODEL --json'],
    ['help pathes', 'unknown command pathes; did you mean paths?'],
    // options
    ['grad rnn --stps 3', 'grad has no option --stps; did you mean --steps?'],
    ['grad rnn --top 3', 'grad has no option --top; it is an option of paths'],
    ['grad rnn -q', 'grad has no option -q; see gradpath grad rnn --help'],
    ['grad rnn --steps', '--steps needs a value: --steps N'],
    ['grad rnn --steps --seed 3', '--steps needs a value: --steps N'],
    ['grad rnn --steps=', '--steps needs a value: --steps N'],
    ['grad rnn --steps 3 --steps 4', '--steps is given twice; give it once'],
    ['grad rnn --json=yes', '--json is a switch and takes no value, but "yes" is given'],
    ['grad rnn --steps abc', '--steps is "abc", expected a whole number from 1 to 10000'],
    ['grad rnn --steps 0', '--steps is 0, expected a whole number from 1 to 10000'],
    ['grad rnn --steps 2.5', '--steps is 2.5, expected a whole number from 1 to 10000'],
    ['grad rnn --hidden 0', '--hidden is 0, expected a whole number from 1 to 512'],
    [
      'grad rnn --steps 400',
      'steps is 400, but the shipped sequence has 365 days; give your own with --inputs',
    ],
    [
      'grad rnn --hidden 512 --steps 300',
      '300 steps of hidden size 512 are too many; T·N² is at most 20000000',
    ],
    ['grad rnn --loss squared', '--loss is "squared", expected cross-entropy or squared-error'],
    ['paths rnn --wrt W --top -1', '--top is -1, expected a whole number from 1 to 100000'],
    ['paths rnn --wrt ,', '--wrt is ",", expected names separated by commas, such as U,W'],
    ['paths graph.json', 'paths needs --wrt NAME: by which variable? The parameters are U, W, V'],
    ['grad iou --a=', 'a is empty, expected x1,y1,x2,y2: 50,50,150,150'],
    [
      'grad vanishing --sentence=',
      'the sentence "" has no word, expected at least 2: each word is to predict the next',
    ],
    ['paths rnn --wrt U,W', '--wrt names U, W, but paths explains one gradient at a time'],
    ['grad rnn --wrt U,W,U', '--wrt names U twice; name it once'],
    ['export rnn --format xml', '--format is "xml", expected json or text'],
    ['view rnn --port 99999', '--port is 99999, expected a whole number from 1 to 65535'],
    ['grad --steps rnn', '--steps needs a MODEL: gradpath grad rnn --steps …'],
    ['grad --stps 3', 'grad has no option --stps; did you mean --steps?'],
    ['grad --jsn rnn', 'grad has no option --jsn; did you mean --json?'],
    ['grad rnn --frobnicate', 'grad has no option --frobnicate; see gradpath grad rnn --help'],
    ['grad graph.json --stps 3', 'grad has no option --stps; see gradpath grad graph.json --help'],
    ['view --steps 3', '--steps needs a MODEL: gradpath view rnn --steps …'],
    // the model
    [
      'grad',
      `grad needs a MODEL: ${models}, or a file of equations or a graph document (.json); try gradpath grad rnn`,
    ],
    ['grad rn', 'there is no model "rn"; did you mean rnn?'],
    ['grad rnn U', 'grad takes one argument, MODEL, but "U" follows; options begin with --'],
    [
      'study frobnicate',
      `there is no model "frobnicate"; MODEL is ${models}, or a file of equations or a graph document (.json)`,
    ],
    ['study graph.json', `study takes an example, not a file: ${models}`],
    ['grad rn --steps 0', 'there is no model "rn"; did you mean rnn?'],
    [
      'grad graph.json --steps 3',
      `--steps belongs to ${await owners('steps')}; graph.json brings its own values`,
    ],
    [
      'grad - --hidden=3',
      `--hidden belongs to ${await owners('hidden')}; standard input brings its own values`,
    ],
    ['grad grap.json', 'grap.json does not exist; did you mean graph.json?'],
    ['grad no/graph.json', 'no/graph.json does not exist, nor does the folder no'],
    ['grad .', '. is a folder, expected a file'],
    // variables
    ['grad rnn --of E_9', `${usage} E_9. Did you mean E_1? ${variables}`],
    ['paths rnn --of E_3 --wrt Q', `${usage} Q. ${variables}`],
    ['paths rnn --of H_1 --wrt W', 'H_1 has shape 4; a gradient is of a scalar: E_1, E_2, E_3, E'],
    ['grad vector.txt', 'x has shape 2; a gradient is of a scalar, and the model names none'],
    // documents
    [
      'grad cyclic.json',
      'cyclic.json:17:43: H_1: cycle: H_1 → H_1; a graph has no cycles: unroll it over time',
    ],
    [
      'grad late.json',
      'late.json:17:43: H_1: its input E_1 (id 12) is out of order; there is no cycle, but a node must come after its inputs',
    ],
    [
      'grad cut.json',
      'cut.json:18:46: H_1: the text ends in nodes[9], expected a closing double quote; it is cut off: export or copy it again',
    ],
    ['grad shape.json', 'shape.json:16:5: H_1: matmul of W (4×5) and H_0 (4): inner sizes 5 and 4 differ'],
    [
      'grad nan.json',
      'nan.json:35:11: W: found NaN in values.W[0], expected a finite number (JSON has no NaN)',
    ],
    ['grad hostile.json', 'hostile.json:18:37: H_1: there is no op "\\u001b[31mtanh\\n"'],
    ['grad empty.json', 'empty.json: the text is empty, expected a graph document'],
    ['grad page.json', 'page.json:1:1: found <, expected a value'],
    // weights
    [
      'grad rnn --weights w-size.json',
      'w-size.json: W is 2×3, expected 2×2 (hidden size 2 from the rows of W)',
    ],
    [
      'grad rnn --weights w-fit.json',
      'w-fit.json: U is 2×3, expected 3×3 (hidden size 3 from the rows of W, input size 3 from the columns of U)',
    ],
    ['grad rnn --weights w-name.json', 'w-name.json:1:8: unknown key "w"; did you mean "W"?'],
    [
      'grad rnn --weights w-nan.json',
      'w-nan.json:2:18: W: found NaN in W[1][0], expected a finite number (JSON has no NaN)',
    ],
    ['grad rnn --weights w-text.json', 'w-text.json:2:21: W: row 2, column 2 is "abc", expected a number'],
    ['grad rnn --weights w-ragged.json', 'w-ragged.json:1:17: W: row 2 has 1 value, expected 2 as in row 1'],
    [
      'grad rnn --weights w-flat.json',
      'w-flat.json:1:8: W: expected a list of rows, [[…], …], each a list of numbers',
    ],
    [
      'grad rnn --weights w-cut.json',
      "w-cut.json:2:19: W: the text ends in W[1][0], expected ',' or ']'; it is cut off: export or copy it again",
    ],
    // data
    ['grad rnn --inputs text.csv', 'text.csv:3: column 2 is "abc", expected a number (x_2)'],
    ['grad rnn --inputs nan.csv', 'nan.csv:2: column 2 is "NaN", expected a number (x_2)'],
    ['grad rnn --inputs y-nan.csv', 'y-nan.csv:3: column 4 is "inf", expected a number (y_2)'],
    ['grad rnn --inputs hole.csv', 'hole.csv:2: column 2 is empty, expected a number (x_2)'],
    ['grad rnn --inputs ragged.csv', 'ragged.csv:2: 3 columns, expected 2 as in line 1'],
    ['grad rnn --inputs short.csv --steps 5', 'short.csv: x_3 is missing: 2 given, but --steps 5 needs 5'],
    ['grad rnn --inputs words.csv', 'words.csv: no rows of numbers, expected one for each time step'],
    [
      'grad rnn --inputs sum.csv',
      'sum.csv: y_1 is [0.5, 0.6], expected probabilities that sum to 1 (use --loss squared-error for other targets)',
    ],
    ['grad rnn --inputs nan.json.csv', 'nan.json.csv:1:14: x_2: value 2 is null, expected a number'],
    ['grad rnn --inputs x.json', 'x.json: y_2 is missing: 1 given, but x has 2'],
    ['grad rnn --weights -', 'standard input: the text is empty, expected an object of weights'],
  ])('gradpath %s', async ([line, message], { expect }) => {
    const run = await gradpath(folder, line.split(' '));
    expect(run).toEqual({ code: 2, stdout: '', stderr: `gradpath: ${message}\n` });
  });
});

test('--debug adds where in the program the error arose', async () => {
  const run = await gradpath(folder, ['grad', 'rnn', '--steps', '0', '--debug']);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/^gradpath: --steps is 0.*\nGradpathError.*\n {4}at /);
});

test('standard input is read once', async () => {
  const run = await gradpath(folder, ['grad', 'rnn', '--weights', '-', '--inputs', '-'], '{}');
  expect(run.stderr).toBe('gradpath: standard input can be read once only, but - was given twice\n');
  expect(run.code).toBe(2);
});
