/** The LSTM: formulas by hand, oracles, the claims of its study, and what it refuses. */

import { describe, expect, test } from 'vitest';
import { type SettingValue, settingsFrom } from '../examples/example.ts';
import { example } from '../examples/lstm/example.ts';
import { type LstmOptions, lstm } from '../examples/lstm/lstm.ts';
import { measure } from '../examples/measure.ts';
import { losses } from '../examples/recurrent/data.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { expectByHand, expectChecks } from './support/cells.ts';
import { lstmByHand } from './support/lstm.ts';
import { refuted } from './support/study.ts';

const SIZES = [
  {},
  { inputSize: 2, hiddenSize: 5, outputSize: 3 },
  { inputSize: 4, hiddenSize: 3, outputSize: 2 },
];

describe.each([false, true])('peephole %s', (peephole) => {
  describe.each(losses)('%s', (loss) => {
    test.each([1, 2, 3, 10])('T = %i: the gradients are those derived by hand', (steps) => {
      for (const outputs of ['last', 'all'] as const)
        for (const size of SIZES)
          for (const seed of [1, 2, 3, 4]) {
            const model = lstm({ ...size, steps, seed, loss, peephole, outputs });
            const where = `${JSON.stringify(size)}, ${outputs}, seed ${seed}`;
            expectByHand(model, lstmByHand(model, steps, loss, peephole), where);
          }
    });

    test('the gradients agree with differences and tfjs', async () => {
      for (const seed of [1, 2])
        await expectChecks(lstm({ steps: 3, seed, loss, peephole, outputs: 'all' }), `seed ${seed}`);
    });
  });

  test.each([1, -4])('T = 100, forget bias %i: relative, also where gradients vanish', (forgetBias) => {
    for (const seed of [1, 2, 3]) {
      const model = lstm({ steps: 100, seed, peephole, forgetBias, hiddenSize: 5 });
      const byHand = lstmByHand(model, 100, 'cross-entropy', peephole);
      expectByHand(model, byHand, `seed ${seed}`);
      const largest = Math.max(...(byHand.gradients.H_0 as number[]).map(Math.abs));
      expect(largest).toBeLessThan(forgetBias === 1 ? 1e-2 : 1e-40);
    }
  });
});

test('the states are those of the equations', () => {
  const model = lstm({ peephole: true });
  const { steps } = lstmByHand(model, 3, 'cross-entropy', true);
  const { value } = measure(model, 'E', []);
  for (const t of [1, 2, 3])
    for (const letter of ['i', 'f', 'o', 'g', 'C', 'H'] as const)
      expect(maxRelativeError(value(`${letter}_${t}`), steps[t][letter])).toBeLessThan(1e-13);
});

describe('the study', () => {
  const run = (settings: Record<string, SettingValue>) =>
    example.study(settingsFrom(example, settings), () => {});

  test('the claims hold, with their figures, for the defaults', async () => {
    const study = await run({});
    expect(refuted(study)).toEqual([]);
    const text = study.claims.map((claim) => claim.text).join('\n');
    expect(text).toContain('Along C₃ → … → C₀ alone the gradient is multiplied by f₁ ⊙ … ⊙ f₃');
    expect(text).toContain('H₁₀ depends on H₁ along 1,100,899 paths');
    expect(study.figures.map(({ kind }) => kind)).toEqual(['lines', 'lines', 'bars', 'table']);
  });

  test.each([
    { peephole: 'on' },
    { steps: 1 },
    { steps: 100, forget: -5 },
    { steps: 40, forget: 6, seed: 3, peephole: 'on', hidden: 7 },
    { loss: 'squared-error', outputs: 'all', seed: 2, hidden: 1 },
  ])('and for %j', async (settings) => {
    expect(refuted(await run(settings))).toEqual([]);
  });
});

describe('data and weights', () => {
  test('the defaults make a picture of 40 variables', () => {
    const { nodes } = lstm().builder.graph;
    expect(nodes.filter((node) => node.name !== undefined)).toHaveLength(40);
    const scopes = new Set(nodes.map((node) => node.scope));
    for (const scope of ['t=1', 't=1/gate i', 't=1/gate f', 't=1/gate o', 't=1/candidate g'])
      expect(scopes).toContain(scope);
  });

  test('the forget bias is added to b_f alone', () => {
    const [zero, three] = [0, 3].map((forgetBias) => lstm({ forgetBias }).values);
    for (const name of Object.keys(zero)) {
      const shift = name === 'b_f' ? 3 : 0;
      expect(
        maxRelativeError(
          three[name],
          zero[name].map((value) => value + shift),
        ),
      ).toBeLessThan(1e-12);
    }
  });

  test('weights and data set the sizes', () => {
    const model = lstm({
      weights: {
        b_f: [1, 2],
        V: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
      inputs: [[1], [2]],
    });
    const { graph } = model.builder;
    expect(model.title).toBe('LSTM, T = 2');
    expect(graph.node(graph.idOf('U_i')).shape).toEqual([2, 1]);
    expect(graph.node(graph.idOf('O_2')).shape).toEqual([3]);
    expect(model.values.b_f).toEqual([1, 2]);
  });

  test.each<[LstmOptions, string]>([
    [
      {
        weights: {
          W_f: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
      },
      'W_f is 2×3, expected 2×2 (hidden size 2 from the rows of W_f)',
    ],
    [{ weights: { b_i: [1, 2], C_0: [1] } }, 'C_0: 1 values given, expected 2 (hidden size 2 from b_i)'],
    [
      { weights: { p_i: [1] } },
      'p_i is no weight of lstm; its weights are U_i, U_f, U_o, U_g, W_i, W_f, W_o, W_g, b_i, b_f, b_o, b_g, V, H_0, C_0',
    ],
    [{ weights: { b_o: [1, Number.NaN] } }, 'b_o: element 2 is NaN, expected a finite number'],
    [{ steps: 0 }, 'steps is 0, expected a whole number from 1 to 10000'],
    [{ forgetBias: Number.NaN }, 'forgetBias is NaN, expected a finite number'],
    [{ inputs: [[1, 2], [1]] }, 'x_2 is 1, expected 2 (input size 2 from x_1)'],
  ])('refuses %j', (options, message) => {
    expect(() => lstm(options)).toThrow(expect.objectContaining({ name: 'GradpathError', message }));
  });

  test('files of weights are named in what is wrong with them', () => {
    const build = (text: string, settings: Record<string, SettingValue> = {}) =>
      example.build(settingsFrom(example, { ...settings, weights: { text, source: 'w.json' } }), () => {});
    expect(build('{ "b_f": [1, 2] }').values.b_f).toEqual([1, 2]);
    expect(build('{ "p_o": [1, 2] }', { peephole: 'on' }).values.p_o).toEqual([1, 2]);
    const wrong = (text: string, message: string) =>
      expect(() => build(text)).toThrow(expect.objectContaining({ name: 'GradpathError', message }));
    wrong('{ "W_f": [[1, 2]] }', 'w.json: W_f is 1×2, expected 1×1 (hidden size 1 from the rows of W_f)');
    wrong('{ "b_f": [[1]] }', 'w.json:1:11: b_f: value 1 is a list of 1, expected a number');
  });
});
