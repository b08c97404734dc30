/** Graph documents: exact round trips, and one line for everything that is no document. */

import { describe, expect, test } from 'vitest';
import { rnn } from '../examples/rnn/rnn.ts';
import { LIMITS } from '../src/graph/json.ts';
import { modelFromEquations } from '../src/model/equations/unroll.ts';
import { modelFromJSON, modelToJSON } from '../src/model/json.ts';
import type { Model } from '../src/model/model.ts';
import { Builder } from '../src/ops/builder.ts';
import { gradientBits, refusal, withGradients } from './support/documents.ts';

const text = modelToJSON(rnn());

const EQUATIONS = `# Rows
T = 2
param W: 3x3
input x_t: 3 row for t = 1..T
target y_t: 3 onehot for t = 1..T
const h_0: 3 row = 0.5
h_t = tanh(x_t + h_{t-1} W)
E_t = -log(softmax(h_t) y_t)
E = sum_t E_t
`;
const withEquations = modelToJSON(modelFromEquations(EQUATIONS));

/** The document with one change. */
function changed(change: (document: Mutable) => void): string {
  const document = JSON.parse(text) as Mutable;
  change(document);
  return JSON.stringify(document, null, 1);
}
const ofEquations = (change: object): string => {
  const document = JSON.parse(withEquations) as Mutable;
  Object.assign(document.equations, change);
  return JSON.stringify(document);
};
// biome-ignore lint/suspicious/noExplicitAny: what the tests write need not be a document
type Mutable = Record<string, any>;

describe('round trip', () => {
  test.each([
    ['the RNN', () => rnn()],
    ['with gradients', () => withGradients(rnn({ seed: 7 }))],
    ['squared error, T = 1', () => rnn({ steps: 1, loss: 'squared-error' })],
    ['float32', () => rnn({ dtype: 'float32', steps: 10 })],
  ])('%s: the same text, the same bits', (_, build) => {
    const model = build();
    const json = modelToJSON(model);
    const read = modelFromJSON(json);
    expect(modelToJSON(read)).toBe(json);
    expect(read.builder.graph.nodes).toEqual(model.builder.graph.nodes);
    expect(gradientBits(read)).toEqual(gradientBits(model));
  });

  test('equations keep what they say of the graph', () => {
    const written = modelFromEquations(EQUATIONS, { name: 'rows' });
    const json = modelToJSON(written);
    const read = modelFromJSON(json);
    expect(read.equations).toEqual(written.equations);
    expect(read.equations!.integers).toEqual(new Map([['T', 2]]));
    expect(read.equations!.draws.get('y_2')).toBe('onehot');
    expect([...read.equations!.rows]).toContain('x_1');
    expect(modelToJSON(read)).toBe(json);
  });

  test('documents of version 1, which had no equations, are read', () => {
    const old = changed((document) => (document.version = 1));
    expect(gradientBits(modelFromJSON(old))).toEqual(gradientBits(rnn()));
    expect(modelFromJSON(old).equations).toBeUndefined();
  });

  test('−0, the smallest and the largest numbers keep their bits', () => {
    const b = new Builder();
    const extremes = [-0, 5e-324, 1.7976931348623157e308, 0.1, -1e21, 123456789012345680000];
    const x = b.parameter('x', [6]);
    b.define('y', () => b.sum(b.mul(x, b.constant(extremes, [6])), { axes: [0], keepDims: false }));
    const model: Model = { name: 'm', title: '', builder: b, values: { x: extremes }, target: 'y' };
    const read = modelFromJSON(modelToJSON(model));
    expect(read.values.x).toEqual(extremes);
    expect(Object.is(read.values.x[0], -0)).toBe(true);
    expect(Object.is((read.builder.graph.node(1).attrs.value as number[])[0], -0)).toBe(true);
  });

  test('one node a line', () => {
    const lines = text.split('\n').filter((line) => line.startsWith('    { "id"'));
    expect(lines).toHaveLength(rnn().builder.graph.size);
    expect(lines[9]).toBe(
      '    { "id": 9, "name": "H_1", "op": "tanh", "inputs": [8], "attrs": {}, "shape": [4], "scope": "t=1" },',
    );
  });

  test('hostile names are just names', () => {
    const b = new Builder();
    const names = ['__proto__', 'constructor', 'hasOwnProperty', '"\\\n\u202E', '<script>'];
    const sum = b.total(...names.map((name) => b.parameter(name, [])));
    b.graph.name(sum, 'toString');
    const values = Object.fromEntries(names.map((name, i) => [name, [i]]));
    const model: Model = { name: 'm', title: '', builder: b, values, target: 'toString' };
    const read = modelFromJSON(modelToJSON(model));
    expect(Object.entries(read.values)).toEqual(Object.entries(values));
    expect(gradientBits(read)).toEqual(gradientBits(model));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('what is refused, and in which words', () => {
  const at = (index: number, change: (node: Record<string, unknown>) => void) =>
    changed((document) => change(document.nodes[index]));

  test.each([
    ['', 'the text is empty, expected a graph document'],
    ['<!doctype html>', 'line 1, column 1: found <, expected a value'],
    ['[1]', 'this is not a graph document: expected an object with "format": "gradpath-graph"'],
    [
      '{"format": "gradpath-graph", "format": 1}',
      'line 1, column 30: found "format" in format, expected each key once',
    ],
    [
      changed((d) => (d.version = 3)),
      'version is 3, but this gradpath reads versions 1 and 2; export it again',
    ],
    [changed((d) => (d.extra = 1)), 'unknown key "extra", expected format, version, name'],
    [
      changed((d) => Object.assign(d, { version: 1, equations: {} })),
      'unknown key "equations", expected format',
    ],
    [ofEquations({ text: 3 }), 'equations.text is 3, expected a text'],
    [ofEquations({ text: 'x'.repeat(LIMITS.equations + 1) }), 'expected 0 to 1000000'],
    [ofEquations({ integers: { T: 1.5 } }), 'equations.integers.T is 1.5, expected a whole number'],
    [ofEquations({ integers: [] }), 'equations.integers is a list of 0, expected an object'],
    [
      ofEquations({ draws: { x_1: 'uniform' } }),
      'equations.draws.x_1 is "uniform", expected "any" or "onehot"',
    ],
    [ofEquations({ rows: ['x_1', ''] }), 'equations.rows[1] has 0 characters, expected 1 to'],
    [changed((d) => delete d.title), '"title" is missing'],
    [changed((d) => (d.dtype = 'float16')), 'dtype is "float16", expected "float64" or "float32"'],
    [changed((d) => (d.target = 'H_1')), 'the target H_1 has shape 4, expected a scalar'],
    [changed((d) => (d.target = 'E_9')), 'unknown variable E_9. Did you mean E_1?'],
    [at(9, (n) => (n.id = 8)), 'H_1: id is 8, expected 9: ids count the nodes in order, from 0'],
    [at(9, (n) => (n.op = 'tahn')), 'H_1: there is no op "tahn"; did you mean tanh?'],
    [at(9, (n) => (n.op = '__proto__')), 'H_1: there is no op "__proto__"'],
    [at(9, (n) => (n.atrs = {})), 'H_1: unknown key "atrs"; did you mean "attrs"?'],
    [at(9, (n) => (n.attrs = { scale: 1 })), 'H_1: unknown key "scale", expected none'],
    [at(9, (n) => (n.inputs = [8, 8])), 'H_1: tanh takes 1 operand, 2 given'],
    [at(9, (n) => (n.inputs = [])), 'H_1: tanh takes 1 operand, 0 given'],
    [at(9, (n) => (n.inputs = [99])), 'H_1: there is no node 99; the last one is 31'],
    [at(9, (n) => (n.inputs = [-1])), 'H_1: inputs[0] is -1, expected a whole number from 0 to'],
    [at(9, (n) => (n.shape = [5])), 'H_1: shape of tanh is 5, expected 4, which its inputs give'],
    [at(0, (n) => (n.shape = [4, 5])), 'H_1: matmul of U (4×5) and x_1 (3): inner sizes 5 and 3 differ'],
    [at(0, (n) => (n.shape = [1e6, 1e6])), 'U: 1000000×1000000 is more than 1000000 numbers'],
    [at(0, (n) => (n.shape = [1, 1, 1, 1, 1, 1, 1, 1, 1])), 'U: shape has 9 entries, expected at most 8'],
    [at(0, (n) => (n.shape = [4, 2.5])), 'U: shape[1] is 2.5, expected a whole number from 0 to 1000000'],
    [at(0, (n) => delete n.name), 'nodes[0]: a parameter needs a name'],
    [at(0, (n) => (n.inputs = [0])), 'U: a parameter has no inputs, 1 given'],
    [at(0, (n) => (n.name = 'x'.repeat(129))), 'nodes[0]: name has 129 characters, expected 1 to 128'],
    [at(9, (n) => (n.name = 'U')), 'U: the name is taken already; give each variable its own'],
    [at(9, (n) => (n.adjointOf = 9)), 'H_1: adjointOf is 9, expected the id of an earlier node'],
    [at(3, (n) => (n.attrs = { value: [1, 2] })), 'H_0: 2 values given, expected 4'],
    [changed((d) => (d.values.U = [1])), 'U: 1 value given, expected 4×3 = 12'],
    [changed((d) => (d.values.U[4] = null)), 'U: value 5 is null, expected a finite number'],
    [
      changed((d) => (d.values.H_1 = [1])),
      'H_1 is computed (tanh); only parameters, inputs and constants take values',
    ],
    [changed((d) => (d.values.Q = [1])), 'unknown variable Q. The variables are'],
    [changed((d) => delete d.values.x_2), 'x_2: the input has no values, expected 3'],
    [
      text.replace(/"U": \[[^,]*/, '"U": [NaN'),
      'U: found NaN in values.U[0], expected a finite number (JSON has no NaN)',
    ],
    [text.replace(/"U": \[[^,]*/, '"U": [1e999'), 'U: value 1 is Infinity, expected a finite number'],
  ])('%#: $1', (source, message) => {
    expect(refusal(source)).toContain(message);
  });

  test('a cycle is named in variables; nodes merely out of order are told apart', () => {
    const nodes = (inputs: number[][]) =>
      JSON.stringify({
        format: 'gradpath-graph',
        version: 1,
        name: 'm',
        title: '',
        target: 'E',
        dtype: 'float64',
        nodes: ['H_1', 'H_2', 'a', 'E'].map((name, id) => ({
          id,
          name,
          ...(inputs[id].length > 0 ? { op: 'total' } : { op: 'constant' }),
          inputs: inputs[id],
          attrs: inputs[id].length > 0 ? {} : { value: 1 },
          shape: [],
        })),
        values: {},
      });
    expect(refusal(nodes([[], [0, 2], [1], [1]]))).toContain(
      'H_2: cycle: H_2 → a → H_2; a graph has no cycles',
    );
    expect(refusal(nodes([[], [1], [1], [2]]))).toContain('H_2: cycle: H_2 → H_2;');
    expect(refusal(nodes([[], [3], [0], [0]]))).toContain(
      'H_2: its input E (id 3) is out of order; there is no cycle, but a node must come after its inputs',
    );
    expect(refusal(nodes([[], [0], [0, 1], [2, 1]]))).toBe('accepted');
  });

  test('a text cut off anywhere says where', () => {
    expect(refusal(text.slice(0, text.indexOf('"inputs": [8]') + 11), 'graph.json')).toBe(
      'graph.json:18:56: H_1: the text ends in nodes[9].inputs[0], expected a value; it is cut off: export or copy it again',
    );
    for (let end = 1; end < text.trimEnd().length; end += 37) {
      const message = refusal(text.slice(0, end));
      expect(message).toMatch(/^line \d+, column \d+: .*expected/);
    }
  });

  test('deep nesting and huge claims are refused before they cost anything', () => {
    expect(refusal('['.repeat(1e6))).toContain('expected at most 64 levels of brackets');
    expect(refusal(' '.repeat(LIMITS.characters + 1))).toContain('a graph document has at most');
    const many = changed((document) => {
      for (let id = document.nodes.length; id < 45; id++) {
        document.nodes.push({ id, op: 'constant', inputs: [], attrs: { value: 0 }, shape: [1000, 1000] });
      }
    });
    expect(refusal(many)).toContain('nodes[36]: the values up to here take more than 5000000 numbers in all');
  });
});
