/** Files of equations: what they compute, by hand; the networks of the examples; the same numbers as networks built in code. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gru } from '../examples/gru/gru.ts';
import { lstm } from '../examples/lstm/lstm.ts';
import { rnn } from '../examples/rnn/rnn.ts';
import { grad, type Model, modelFromEquations, Plan, parameterNames } from '../src/index.ts';
import { verifyGradients } from '../src/interop/checks.ts';
import { expectEqual } from './support/agree.ts';

const folder = 'examples/networks';
const files = readdirSync(folder).map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')] as const);

const numbersOf = (model: Model, name: string): number[] => {
  const id = model.builder.graph.idOf(name);
  return Array.from(new Plan(model.builder.graph, [id]).setAll(model.values).run().value(id));
};

describe('the networks of the examples', () => {
  it.each(files)('%s has the gradients that differences have', (_, text) => {
    const model = modelFromEquations(text);
    const { graph } = model.builder;
    const parameters = parameterNames(model).map((name) => graph.idOf(name));
    const against = ['finite-differences'] as const;
    const { anomaly, reports } = verifyGradients(
      model,
      graph.idOf(model.target),
      parameters,
      undefined,
      against,
    );
    expect(anomaly).toBeUndefined();
    expect(reports.map(({ ok }) => ok)).toEqual([true]);
    expect(model.title).toMatch(/^[A-Z]/);
    expect(model.show).toBeDefined();
  });

  it('use all that they declare', () => {
    const notes = files.flatMap(([file, text]) => {
      const found: string[] = [];
      modelFromEquations(text, { note: (note) => found.push(`${file}: ${note}`) });
      return found;
    });
    expect(notes).toEqual([]);
  });

  it('are those of the dev set, and many more', () => {
    const names = files.map(([file]) => file.replace('.txt', ''));
    for (const name of ['rnn3', 'rnn3ce', 'rnn3pre', 'gru', 'lstm', 'conv2d', 'tconv', 'tconv_seed', 'focal'])
      expect(names).toContain(name);
    for (const name of ['linear_batch', 'rnn1d', 'softmaxce']) expect(names).toContain(name);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });
});

describe('the README', () => {
  it('shows a file of equations that is a model, and what a mistake in it is told', () => {
    const readme = readFileSync('README.md', 'utf8');
    const [text] = /# Elman RNN\n[^`]*/.exec(readme)!;
    const model = modelFromEquations(text);
    expect([model.title, model.target]).toEqual(['Elman RNN', 'E']);
    const wrong = text.replace('\\tanh(U', 'tanh(V');
    const [message] = /rnn\.txt, (line [^`]*)/.exec(readme)!.slice(1);
    expect(() => modelFromEquations(wrong)).toThrowError(message.split('\n')[0].replace(/^.*?: /, ''));
  });
});

describe('networks built in code', () => {
  const sizes = { steps: 4, hiddenSize: 4, inputSize: 3, outputSize: 2 };
  const leaves = `T = 4
    input x_t: 3 for t = 1..T
    target y_t: 2 distribution for t = 1..T
    param V: 2x4\n`;
  const gates = (gates: string[], more = '') =>
    `param ${gates.map((k) => `U_${k}: 4x3, W_${k}: 4x4, b_${k}: 4`).join(', ')}${more}\n`;
  const loss = `O_t = V H_t
    E_t = cross_entropy(softmax(O_t), y_t)
    E = sum_t E_t`;
  const cases: readonly (readonly [string, Model, string])[] = [
    ['RNN', rnn(sizes), `${leaves}param U: 4x3, W: 4x4\nH_t = tanh(U x_t + W H_{t-1}) for t = 1..T\n${loss}`],
    [
      'LSTM with peepholes',
      lstm({ ...sizes, peephole: true, outputs: 'all' }),
      `${leaves}${gates(['i', 'f', 'o', 'g'], ', p_i: 4, p_f: 4, p_o: 4')}
       i_t = σ(U_i x_t + W_i H_{t-1} + b_i + p_i ⊙ C_{t-1})
       f_t = \\sigma(U_f x_t + W_f H_{t-1} + b_f + p_f \\odot C_{t-1})
       g_t = tanh(U_g x_t + W_g H_{t-1} + b_g)
       C_t = f_t .* C_{t-1} + i_t .* g_t
       o_t = sigmoid(U_o x_t + W_o H_{t-1} + b_o + p_o ∘ C_t)
       H_t = o_t ⊙ tanh(C_t)\n${loss}`,
    ],
    [
      'GRU, reset before the product',
      gru({ ...sizes, reset: 'before', update: 'old', outputs: 'all' }),
      `${leaves}${gates(['r', 'z', 'g'])}
       r_t = σ(U_r x_t + W_r H_{t-1} + b_r)
       z_t = σ(U_z x_t + W_z H_{t-1} + b_z)
       g_t = tanh(U_g x_t + W_g (r_t ⊙ H_{t-1}) + b_g)
       H_t = z_t ⊙ H_{t-1} + (1 - z_t) ⊙ g_t\n${loss}`,
    ],
    [
      'GRU, reset after the product',
      gru({ ...sizes, reset: 'after', update: 'candidate', outputs: 'all' }),
      `${leaves}${gates(['r', 'z', 'g'], ', c_g: 4')}
       r_t = σ(U_r x_t + W_r H_{t-1} + b_r)
       z_t = σ(U_z x_t + W_z H_{t-1} + b_z)
       g_t = tanh(U_g x_t + r_t ⊙ (W_g H_{t-1} + c_g) + b_g)
       H_t = z_t ⊙ g_t + (1 - z_t) ⊙ H_{t-1}\n${loss}`,
    ],
  ];

  it.each(cases)('%s: the same numbers from its equations', (_, inCode, text) => {
    const initial = inCode.builder.graph.nodes.filter((node) => /^[HC]_0$/.test(node.name ?? ''));
    const constants = initial.map(({ name, attrs }) => `const ${name}: 4 = [${attrs.value}]`).join('\n');
    const fromText = modelFromEquations(`${constants}\n${text}`);
    const names = parameterNames(inCode);
    expect(parameterNames(fromText).sort()).toEqual([...names].sort());
    const numbers = [inCode, fromText].map((model) => {
      const { builder } = model;
      const E = builder.graph.idOf('E');
      const derivatives = grad(
        builder,
        E,
        names.map((name) => builder.graph.idOf(name)),
      );
      const plan = new Plan(builder.graph, [E, ...derivatives]).setAll(inCode.values).run();
      return [E, ...derivatives].map((id) => Array.from(plan.value(id)));
    });
    for (const [i, expected] of numbers[0].entries())
      expectEqual(numbers[1][i], expected, 1e-13, ['E', ...names][i]);
  });
});

describe('what equations compute', () => {
  const leaves = `a = [1, 2]\nb = [3, -1]\nM = [[1, 2], [3, 4]]\n`;
  const declared = `param a: 2, b: 2, M: 2x2, s\ns = 0.5\n${leaves}`;
  const cases: readonly (readonly [equation: string, expected: readonly number[]])[] = [
    // products, by shapes
    ['y = M a', [5, 11]],
    ['y = a^T b', [1]],
    ['y = a b^T', [3, -1, 6, -2]],
    ["y = a' M", [7, 10]],
    ['y = a ⊙ b', [3, -2]],
    ['y = a .* b', [3, -2]],
    ['y = a * b', [3, -2]],
    [String.raw`y = a \circ b`, [3, -2]],
    ['y = M * M', [7, 10, 15, 22]],
    ['y = M @ a', [5, 11]],
    ['y = M .* M', [1, 4, 9, 16]],
    ['y = a ⊗ b', [3, -1, 6, -2]],
    ['y = ⟨a, b⟩', [1]],
    ['y = <a, b>', [1]],
    ['y = dot(a, b)', [1]],
    ['y = s a', [0.5, 1]],
    ['y = 2 a / 4', [0.5, 1]],
    ['y = a / b', [1 / 3, -2]],
    ['y = diag(a) b', [3, -2]],
    ['y = diag(M)', [1, 4]],
    ['y = a^T diag(b)', [3, -2]],
    ['y = M a ⊙ b', [15, -11]],
    ['y = M (a + b) - b', [3, 17]],
    // powers, norms, numbers
    ['y = a^2', [1, 4]],
    ['y = M^2', [7, 10, 15, 22]],
    ['y = M.^2', [1, 4, 9, 16]],
    ['y = 2^{-1} + s^s', [0.5 + Math.SQRT1_2]],
    ['y = e^{s} + exp(-s)', [Math.exp(0.5) + Math.exp(-0.5)]],
    [String.raw`y = \frac12 \| a - b \|^2`, [6.5]],
    [String.raw`y = \frac{1}{2}\lVert M \rVert_F^2`, [15]],
    ['y = ½ ‖a‖²', [2.5]],
    ['y = ‖b‖_1 + ‖M‖_F', [4 + Math.sqrt(30)]],
    ['y = |b|', [3, 1]],
    ['y = ‖b‖_1^2 + ‖b‖_2^2', [16 + 10]],
    ['y = \\sqrt{a_2} + √(a_1)', [Math.SQRT2 + 1]],
    ['y = 1 - a', [0, -1]],
    ['y = π s', [Math.PI / 2]],
    // ones, identity
    ['y = 1^T a', [3]],
    [String.raw`y = M \mathbf{1}`, [3, 7]],
    ['y = M + 1 a^T', [2, 4, 4, 6]],
    ['y = M + a 1^T', [2, 3, 5, 6]],
    ['y = M - 2 I', [-1, 2, 3, 2]],
    ['y = a + 0.5 ones', [1.5, 2.5]],
    ['y = ones(3)', [1, 1, 1]],
    ['y = (I + M) a', [6, 13]],
    // elements, sums, products
    ['y = a_1 + 10 a_2', [21]],
    ['y = M_{12} + 10 M_{2,1}', [32]],
    ['y = (M a)_2', [11]],
    ['y = sum_{i=1}^2 a_i b_i', [1]],
    [String.raw`y = -\sum_i a_i \log a_i`, [-2 * Math.LN2]],
    ['y = sum_i i a_i', [5]],
    ['y = sum_{i=2}^2 a_i b_i', [-2]],
    ['y = sum_{i=1}^1 a_{i+1} b_i', [6]],
    ['y = sum_{i=1}^2 sum_{j=1}^2 a_i M_{ij} b_j', [3 * (1 + 6) - (2 + 8)]],
    ['y = Σ_{i=1}^{2} M_{i,i}', [5]],
    [String.raw`y = \prod_{k=1}^{3} (k + s)`, [1.5 * 2.5 * 3.5]],
    ['y = sum(M) + mean(a)', [11.5]],
    ['y = max(a) + min(a_1, b_2) + max(0, b)^T a', [2 - 1 + 3]],
    ['y = min(b) + min(M)', [0]],
    ['y = \\begin{cases} 7 a & 1 < 0 \\\\ 8 a & otherwise \\end{cases}', [8, 16]],
    // matrices of matrices
    ['y = [a; b]', [1, 2, 3, -1]],
    ['y = [a, b]', [1, 2, 3, -1]],
    ["y = [a', b']", [1, 2, 3, -1]],
    ['y = [M; M] a', [5, 11, 5, 11]],
    ['y = [M, M] [a; b]', [6, 16]],
    ['y = [s, 1; 2, s]', [0.5, 1, 2, 0.5]],
    ['y = concat(a, b)', [1, 2, 3, -1]],
    ['y = vec(M)', [1, 2, 3, 4]],
    ['y = unvec([a; b], 2x2) a', [5, 1]],
    ['y = tr(M)', [5]],
    // functions
    ['y = tanh(a)', [Math.tanh(1), Math.tanh(2)]],
    ['y = σ(a_1)', [1 / (1 + Math.exp(-1))]],
    ['y = softmax(log(a))', [1 / 3, 2 / 3]],
    ['y = softmax(log M)', [1 / 3, 2 / 3, 3 / 7, 4 / 7]],
    ['y = cross_entropy(a, b)', [Math.LN2]],
    ['y = relu(b) + tanh^2(s)', [3 + Math.tanh(0.5) ** 2, Math.tanh(0.5) ** 2]],
    ['y = rot180(M)', [4, 3, 2, 1]],
    // images: corr does not turn the kernel, conv does
    ['y = M ⋆ [[1, 10]]', [21, 43]],
    ['y = corr([1, 2, 3], [1, 10])', [21, 32]],
    ['y = conv([1, 2, 3], [1, 10])', [12, 23]],
    ['y = conv([1, 2, 3], [1, 10], full)', [1, 12, 23, 30]],
    ['y = conv_full([1, 2, 3], [1, 10])', [1, 12, 23, 30]],
    ['y = corr([1, 2, 3], [1, 10, 100], same)', [210, 321, 32]],
    ['y = corr([1, 2, 3], [1, 10], same)', [21, 32, 3]],
    [String.raw`y = M \star_{\mathrm{full}} M`, [4, 11, 6, 14, 30, 14, 6, 11, 4]],
    ['y = corr([1, 2, 3, 4, 5], [1, 10], stride=2)', [21, 43]],
    ['y = corr([1, 2, 3], [1, 10], pad=1)', [10, 21, 32, 3]],
    ['y = tconv(M, M)', [1, 4, 4, 6, 20, 16, 9, 24, 16]],
    ['y = tconv([1, 2], [1, 10], stride=2)', [1, 10, 2, 20]],
    ['y = convmatrix(M, 2x3)', [1, 2, 0, 3, 4, 0, 0, 1, 2, 0, 3, 4]],
    ['y = maxpool([1, 5, 2, 4], 2)', [5, 4]],
    ['y = avgpool([1, 5, 2, 4], 2)', [3, 3]],
  ];

  it.each(cases)('%s', (equation, expected) => {
    const found = numbersOf(modelFromEquations(`${declared}${equation}`), 'y');
    expect(found.length, String(found)).toBe(expected.length);
    expectEqual(found, expected, 1e-14, equation);
  });

  it('the matrix of a transposed convolution, as students print it', () => {
    const text = files.find(([file]) => file === 'tconv_seed.txt')![1];
    const model = modelFromEquations(text);
    expect(numbersOf(model, 'y')).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4]);
    expect(numbersOf(model, 'Wm').slice(0, 18)).toEqual([
      1, 2, 0, 3, 4, 0, 0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0,
    ]);
  });

  it('images with channels', () => {
    const model = modelFromEquations(
      'param X: 2x1x2 = [[[1, 2]], [[3, 4]]], K: 1x2x1x2 = [[[[1, 10]], [[100, 1000]]]]\ny = X ⋆ K',
    );
    expect(numbersOf(model, 'y')).toEqual([1 + 20 + 300 + 4000]);
  });
});

describe('indices', () => {
  const value = (text: string, name: string) => numbersOf(modelFromEquations(text), name);

  it('begin anywhere, run down, and are written in any way', () => {
    expect(value('const x_{-1} = 3\nx_t = 2 x_{t-1} for t = 0..2', 'x_2')).toEqual([24]);
    expect(value('const x_4 = 3\nx_t = 2 x_{t+1} for t = 3, 2, …, 1', 'x_1')).toEqual([24]);
    for (const [left, before, last] of [
      ['x_t', 'x_{t-1}', 'x_3'],
      ['x^{(t)}', 'x^{(t-1)}', 'x^{(3)}'],
      ['x^{<t>}', 'x^{<t-1>}', 'x_3'],
      ['x[t]', 'x[t-1]', 'x[3]'],
      ['x^t', 'x^{t-1}', 'x^{3}'],
      ['xₜ', 'xₜ₋₁', 'x₃'],
      ['\\mathbf{x}_{t}', '\\mathbf{x}_{(t-1)}', 'x_T'],
    ]) {
      const text = `T = 3\nconst x_0 = 1\n${left} = 3 ${before} for t = 1..T\ny = ${last}`;
      expect(value(text, 'y'), left).toEqual([27]);
    }
  });

  it('run where a bracket, a comma or two bounds say, and data runs with the rest', () => {
    const lines = (input: string, range: string) =>
      `T = 3\nparam W: 2x2\ninput x_t: 2${input}\nconst h_0: 2\nh_t = tanh(W h_{t-1} + x_t)${range}\nL = sum_t ‖h_t‖²`;
    const written = (input: string, range: string) => modelFromEquations(lines(input, range));
    const expected = numbersOf(written(' for t = 1..T', ' for t = 1..T'), 'L');
    const ranges = [', t = 1..T', ' (t = 1..T)', ' [t = 1, …, T]', ' for 1 ≤ t ≤ T', ', 0 < t <= 3'];
    for (const range of [...ranges, String.raw`, t = 1, \dots, T`, ''])
      for (const own of [' for t = 1..T', range, ''])
        expect(numbersOf(written(range, own), 'L'), range + own).toEqual(expected);
  });

  it('of a Σ that does not say which is the one that the left side has not', () => {
    const lines = (loss: string) =>
      `T = 3\nparam W: 2x2\ninput x_t: 2\nconst h_0: 2\nh_t = tanh(W h_{t-1} + x_t)\nE_t = ½ ‖h_t‖²\nE = ${loss}`;
    const expected = numbersOf(modelFromEquations(lines('E_1 + E_2 + E_3')), 'E');
    const squares = [String.raw`½ \sum \|h_t\|^2`, String.raw`\frac12 \sum_t |h_t|^2`];
    for (const loss of ['Σ E_t', 'sum E_t', 'sum(E_t)', '-2 sum_t -½ E_t', ...squares])
      expectEqual(numbersOf(modelFromEquations(lines(loss)), 'E'), expected, 1e-14, loss);
  });

  it('of names with letters and accents', () => {
    const text = String.raw`const b_c^0 = 1, \hat y_0 = 2, \tilde{h}_0 = 3, zf_0 = 4, W_{hh} = 10
      b_c^t = b_c^{t-1} + 1 for t = 1..2
      \hat y_t = \hat{y}_{t-1} + 1 for t = 1..2
      \tilde h_t = h̃_{t-1} + 1 for t = 1..2
      zf_t = zf_{t-1} + 1 for t = 1..2
      y = b_c^2 + ŷ_2 + \tilde h_2 + zf_2 + Whh`;
    expect(value(text, 'y')).toEqual([3 + 4 + 5 + 6 + 10]);
  });

  it('several, above and below, in either order', () => {
    const text = `T = 2, L = 2
      const h_0^{(l)} = 1 for l = 0..L
      h_t^{(0)} = t for t = 1..T
      h_t^{(l)} = 10 h^{(l)}_{t-1} + h_t^{(l-1)} for t = 1..T, l = 1..L
      y = h_T^{(L)}`;
    // layer 1: 10 + 1, 110 + 2; layer 2: 10 + 11, 210 + 112
    const model = modelFromEquations(text);
    expect(numbersOf(model, 'y')).toEqual([322]);
    const { graph } = model.builder;
    expect(graph.node(graph.idOf('h_2.1')).scope).toBe('t=2/l=1');
  });

  it('without a range run over what is there', () => {
    const text = `T = 3
      input x_t for t = 1..T
      x_t = [1, 2, 3]
      d_t = x_t - x_{t-1}
      s = sum_t d_t
      n = sum_t x_t`;
    const model = modelFromEquations(text);
    const names = model.builder.graph.nodes.flatMap(({ name }) => name ?? []);
    expect(names).toEqual(['x_1', 'x_2', 'd_2', 'x_3', 'd_3', 's', 'n']);
    expect([...numbersOf(model, 's'), ...numbersOf(model, 'n')]).toEqual([2, 6]);
  });

  it('may be bounded, and a line for one index goes before a line for all', () => {
    const text = `T = 4
      const x_0 = 1
      x_1 = 5
      x_t = x_{t-1} + 1 for t = 1..T, t > 1
      input z_t for t = 1..T
      z_t = [1, 1, 1, 1]
      y_2 = 100
      y_t = z_t`;
    const model = modelFromEquations(text);
    expect(numbersOf(model, 'x_4')).toEqual([8]);
    expect([...numbersOf(model, 'y_1'), ...numbersOf(model, 'y_2')]).toEqual([1, 100]);
  });

  it('cases tell steps apart', () => {
    const text = String.raw`T = 3
      x_t = \begin{cases} 2 & t = 1 \\ 3 x_{t-1} & \text{otherwise} \end{cases} for t = 1..T`;
    expect(value(text, 'x_3')).toEqual([18]);
  });

  it('a first state that is a number has the size of its family', () => {
    const text = `T = 2
      param W: 3x3, U: 3x2
      input x_t: 2 for t = 1..T
      h_0 = 0
      c_0 = 0.1 ones
      c_t = σ(W h_{t-1}) ⊙ c_{t-1} + tanh(U x_t)
      h_t = tanh(c_t)
      L = ‖h_T‖²`;
    const { graph } = modelFromEquations(text).builder;
    expect(graph.node(graph.idOf('h_0')).shape).toEqual([3]);
    expect(graph.node(graph.idOf('c_0')).attrs).toEqual({ value: 0.1 });
  });
});

describe('names', () => {
  it('side by side are factors, if they are names', () => {
    const text = `d_k = 4, d_{in} = 3, n = 2
      param W_Q: d_in x d_k, W_K: d_{in} × d_k
      input X: n x d_{in}
      Q = XW_Q; K = XW_K
      A = QK^T/\\sqrt{d_k}
      B = (X W_Q) (X W_K)^T / 2
      y = ‖A - B‖_F`;
    expect(numbersOf(modelFromEquations(text), 'y')[0]).toBeLessThan(1e-15);
  });

  it('may begin with d, have digits, or be Greek words', () => {
    const text = `input dx: 2 = 3
      param theta_1 = 2, W1: 2 = 1
      delta = theta_1 dx + W1
      y = \\theta_1 \\delta_2`;
    expect(numbersOf(modelFromEquations(text), 'y')).toEqual([14]);
  });

  it('of sizes may have a word below them, of variables an index', () => {
    const text = `T_x = 2
      input x_t for t = 1..T_x
      x_t = [5, 7]
      y_t = 3
      y = sum_{t=1}^{T_x} x_t y_t + T_x`;
    expect(numbersOf(modelFromEquations(text), 'y')).toEqual([38]);
  });

  it('of letters with accents, combined or not', () => {
    const text = 'param ŷ = 2, \\tilde h = 3\ny = \\hat{y} + yhat + h̃ + htilde';
    expect(numbersOf(modelFromEquations(text), 'y')).toEqual([10]);
  });
});

describe('what a model knows of its equations', () => {
  it('sizes, draws, rows, and what is shown', () => {
    const text = `# A title
      T = 2, n = 3
      param W: n x n, v: 1xn
      input x_t: n row for t = 1..T
      target y_t: n onehot for t = 1..T
      const h_0: n row = 0.5, k: n
      h_t = tanh(x_t + h_{t-1} W) + k^T
      E_t = -log(softmax(h_t) y_t)
      E = sum_t E_t + 0 v v^T`;
    const model = modelFromEquations(text, { name: 'n' });
    const { integers, draws, rows } = model.equations!;
    expect([model.name, model.title, model.target]).toEqual(['n', 'A title', 'E']);
    expect(integers).toEqual(new Map([...Object.entries({ T: 2, n: 3 })]));
    expect(Object.fromEntries(draws)).toMatchObject({ W: 'any', y_1: 'onehot', k: 'any' });
    expect(draws.has('h_0')).toBe(false);
    expect([...rows].sort()).toEqual(['h_0', 'h_1', 'h_2', 'v', 'x_1', 'x_2']);
    expect([...model.values.y_2].sort()).toEqual([0, 0, 1]);
    const { graph } = model.builder;
    expect(['W', 'x_1', 'h_0', 'k'].map((name) => graph.node(graph.idOf(name)).op)).toEqual([
      'parameter',
      'input',
      'constant',
      'input',
    ]);
    expect(graph.node(graph.idOf('E_2')).scope).toBe('t=2');
  });

  it('the gradient that is shown first is of the last loss by a recurrent matrix', () => {
    const shown = Object.fromEntries(files.map(([file, text]) => [file, modelFromEquations(text).show]));
    expect(shown['rnn3.txt']).toEqual({ of: 'E_3', wrt: 'W' });
    expect(shown['pascanu.txt']).toEqual({ of: 'E_3', wrt: 'W_rec' });
    expect(shown['bilinear.txt']).toEqual({ of: 'L', wrt: 'W' });
    const deep = 'T = 2\nparam A: 2x2, W: 2x2\nconst h_0: 2 = 1\nh_t = W h_{t-1} for t = 1..T\nL = ‖A h_T‖²';
    expect(modelFromEquations(deep).show).toEqual({ of: 'L', wrt: 'W' });
    const out = `${deep.replace('h_t =', 'B = A A\nh_t = U x_t +')}\nparam U: 2x3\ninput x_t: 3 for t = 1..T`;
    expect(modelFromEquations(out).show).toEqual({ of: 'L', wrt: 'W' });
    const narrow = 'T = 2\nparam A: 2x2, U: 2x3\nconst h_0: 2 = 1\ninput x_t: 3 for t = 1..T\nB = A A';
    const shownOf = modelFromEquations(`${narrow}\nh_t = h_{t-1} + U x_t\nL = ‖B h_T‖²`).show;
    expect(shownOf).toEqual({ of: 'L', wrt: 'U' });
    expect(shown['rnn1d.txt']).toEqual({ of: 'h_3', wrt: 'w' });
  });

  it('the square of a norm has a gradient at 0', () => {
    const model = modelFromEquations('param a: 2 = 0\nL = ½‖a‖²');
    const { builder } = model;
    const [derivative] = grad(builder, builder.graph.idOf('L'), [builder.graph.idOf('a')]);
    expect([...new Plan(builder.graph, [derivative]).setAll(model.values).run().value(derivative)]).toEqual([
      0, 0,
    ]);
  });

  it('values do not change with the other lines, but with the seed', () => {
    const one = modelFromEquations('param W: 2x2\nL = ‖W‖²');
    const two = modelFromEquations('param A: 3, W: 2x2\nL = ‖W‖² + ‖A‖²');
    const three = modelFromEquations('param W: 2x2\nL = ‖W‖²', { seed: 2 });
    expect(two.values.W).toEqual(one.values.W);
    expect(three.values.W).not.toEqual(one.values.W);
  });

  it('values as they are given: numbers, lists, expressions, tables', () => {
    const text = `param a: 2, b: 2x2, c = 1/4, d: 2 = -1
      input x_t: 2 for t = 1..2
      b = [[1, 2],
           [3, 4]]
      a = file "a.csv"
      x_t = "x.csv"
      y = b a + c d + x_1 + x_2`;
    const read = (path: string) => ({ 'a.csv': '5,6\n', 'x.csv': 'u;v\n1;2\n3;4\n' })[path]!;
    const model = modelFromEquations(text, { read });
    expect(model.values).toEqual({
      a: [5, 6],
      b: [1, 2, 3, 4],
      c: [0.25],
      d: [-1, -1],
      x_1: [1, 2],
      x_2: [3, 4],
    });
    expect(numbersOf(model, 'y')).toEqual([17 - 0.25 + 4, 39 - 0.25 + 6]);
  });

  it('shapes in any notation; a column of n is no matrix', () => {
    const shapeOf = (typed: string) => {
      const model = modelFromEquations(`n = 3, m = 2\nparam W${typed}\ny = W`);
      return model.builder.graph.node(model.builder.graph.idOf('W')).shape;
    };
    for (const typed of [
      ': 3x2',
      ': 3×2',
      ': n x m',
      ': nxm',
      ': n × 2',
      ': (3, 2)'.replace(', ', 'x'),
      ' ∈ R^{3x2}',
    ])
      expect(shapeOf(typed), typed).toEqual([3, 2]);
    expect(shapeOf(String.raw`\in \mathbb{R}^{n \times m}`)).toEqual([3, 2]);
    expect(shapeOf(': n x n+m')).toEqual([3, 5]);
    expect(shapeOf(': 2n')).toEqual([6]);
    expect(shapeOf(': 3x1')).toEqual([3]);
    expect(shapeOf(': 1x3')).toEqual([3]);
    expect(shapeOf('')).toEqual([]);
    expect(shapeOf(' = [[1, 2], [3, 4], [5, 6]]')).toEqual([3, 2]);
    expect(shapeOf(' = [1, 2, 3]')).toEqual([3]);
    expect(shapeOf(': 1')).toEqual([]);
    for (const typed of [' (3x2)', ': (3, 2)', ': [3, 2]', ': n, 2', ': 3, 2'])
      expect(shapeOf(typed), typed).toEqual([3, 2]);
    expect(shapeOf(': (3,)')).toEqual([3]);
  });

  it('names may be the words for kinds of leaves', () => {
    const text = 'param W: 3x2, weight: 3\ninput inputs[t]: 2\ntarget targets_t: 3\nT = 2\n';
    const { graph } = modelFromEquations(`${text}L = sum_t ‖W inputs[t] + weight - targets_t‖²`).builder;
    expect(['weight', 'inputs_2', 'targets_1'].map((name) => graph.node(graph.idOf(name)).shape)).toEqual([
      [3],
      [2],
      [3],
    ]);
  });

  it('kinds of leaves behind one another, each with a colon or none', () => {
    const { graph } = modelFromEquations(
      'parameters: W: 2x3, b: 2, input x: 3, target y: 2\nL = ‖W x + b - y‖²',
    ).builder;
    expect(['W', 'b', 'x', 'y'].map((name) => graph.node(graph.idOf(name)).op)).toEqual([
      'parameter',
      'parameter',
      'input',
      'input',
    ]);
  });

  it('names in one declaration share its shape, unless only a number fits', () => {
    const shapesOf = (text: string, ...names: string[]) => {
      const { graph } = modelFromEquations(text).builder;
      return names.map((name) => graph.node(graph.idOf(name)).shape);
    };
    const both = 'param W, U: 3x3, b: 3\ninput x, z: 3 = 0.5\nL = ‖W x + U z + b‖²';
    expect(shapesOf(both, 'W', 'U', 'b', 'x', 'z')).toEqual([[3, 3], [3, 3], [3], [3], [3]]);
    expect(numbersOf(modelFromEquations(both), 'x')).toEqual([0.5, 0.5, 0.5]);
    expect(shapesOf('param c, w: 3\ninput x: 3\nL = (w^T x + c)^2', 'c')).toEqual([[]]);
    expect(shapesOf('param W: 3x3, c\ninput x: 3\nL = c ‖W x‖²', 'c')).toEqual([[]]);
    expect(() => modelFromEquations('param W, U: 3x3\ninput x: 2\ny = W x + U x')).toThrowError(/W \(3×3\)/);
  });
});
