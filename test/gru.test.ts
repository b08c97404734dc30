/** The GRU in its four conventions: formulas by hand, oracles, the claims of its study, and what it refuses. */

import { describe, expect, test } from 'vitest';
import { type SettingValue, settingsFrom } from '../examples/example.ts';
import { example } from '../examples/gru/example.ts';
import { type GruOptions, gru, resets, updates } from '../examples/gru/gru.ts';
import { measure } from '../examples/measure.ts';
import { losses } from '../examples/recurrent/data.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { expectByHand, expectChecks } from './support/cells.ts';
import { gruByHand } from './support/gru.ts';
import { refuted } from './support/study.ts';

const SIZES = [
  {},
  { inputSize: 2, hiddenSize: 5, outputSize: 3 },
  { inputSize: 4, hiddenSize: 3, outputSize: 2 },
];
const conventions = resets.flatMap((reset) => updates.map((update) => ({ reset, update })));

describe.each(conventions)('reset $reset, z multiplies the $update', (convention) => {
  describe.each(losses)('%s', (loss) => {
    test.each([1, 2, 3, 10])('T = %i: the gradients are those derived by hand', (steps) => {
      for (const outputs of ['last', 'all'] as const)
        for (const size of SIZES)
          for (const seed of [1, 2, 3]) {
            const model = gru({ ...size, steps, seed, loss, outputs, ...convention });
            const where = `${JSON.stringify(size)}, ${outputs}, seed ${seed}`;
            expectByHand(model, gruByHand(model, steps, loss, convention), where);
          }
    });

    test('the gradients agree with differences and tfjs', async () => {
      for (const seed of [1, 2])
        await expectChecks(gru({ steps: 3, seed, loss, outputs: 'all', ...convention }), `seed ${seed}`);
    });
  });

  test.each([0, -4, 4])('T = 100, update bias %i: relative, also where gradients vanish', (updateBias) => {
    for (const seed of [1, 2, 3]) {
      const model = gru({ steps: 100, seed, updateBias, hiddenSize: 5, ...convention });
      const byHand = gruByHand(model, 100, 'cross-entropy', convention);
      expectByHand(model, byHand, `seed ${seed}`);
      if (updateBias === 0)
        expect(Math.max(...(byHand.gradients.H_0 as number[]).map(Math.abs))).toBeLessThan(1e-8);
    }
  });

  test('the states are those of the equations', () => {
    const model = gru(convention);
    const { steps } = gruByHand(model, 3, 'cross-entropy', convention);
    const { value } = measure(model, 'E', []);
    for (const t of [1, 2, 3])
      for (const letter of ['r', 'z', 'g', 'H'] as const)
        expect(maxRelativeError(value(`${letter}_${t}`), steps[t][letter])).toBeLessThan(1e-13);
  });
});

describe('the study', () => {
  const run = (settings: Record<string, SettingValue>) =>
    example.study(settingsFrom(example, settings), () => {});

  test('the claims hold, with their figures, for the defaults', async () => {
    const study = await run({});
    expect(refuted(study)).toEqual([]);
    const text = study.claims.map((claim) => claim.text).join('\n');
    expect(text).toContain('With the reset gate open (rₜ = 1) they are one: E = 0.5397 for both');
    expect(text).toContain('Along H₃ → … → H₀ alone the gradient is multiplied by z₁ ⊙ … ⊙ z₃');
    expect(text).toContain('H₁₀ depends on H₁ along 262,144 paths');
    expect(study.figures.map(({ kind }) => kind)).toEqual(['lines', 'table', 'bars', 'table']);
  });

  test.each([
    ...conventions,
    { steps: 1 },
    { steps: 100, hidden: 6, reset: 'after' },
    { loss: 'squared-error', outputs: 'all', seed: 2, update: 'candidate' },
    { hidden: 1, steps: 20, outputs: 'all' },
  ])('and for %j', async (settings) => {
    expect(refuted(await run(settings))).toEqual([]);
  });

  test('and with weights and inputs from files', async () => {
    const weights = { text: '{ "c_g": [0.3, -0.2], "H_0": [0.5, 0.1] }', source: 'w.json' };
    const inputs = { text: 'x1,x2,y1,y2,y3\n1,2,0,0,1\n3,-1,0,1,0\n', source: 'x.csv' };
    expect(refuted(await run({ reset: 'after', weights, inputs }))).toEqual([]);
  });
});

describe('data and weights', () => {
  test('the defaults make a picture of 30 variables', () => {
    const { nodes } = gru().builder.graph;
    expect(nodes.filter((node) => node.name !== undefined)).toHaveLength(30);
    const scopes = new Set(nodes.map((node) => node.scope));
    for (const scope of ['t=1', 't=1/gate r', 't=1/gate z', 't=1/candidate g'])
      expect(scopes).toContain(scope);
  });

  test.each<[object, string]>([
    [{ reset: 'never' }, 'reset is "never", expected before or after'],
    [{ update: 'z' }, 'update is "z", expected old or candidate'],
    [{ updateBias: Number.NaN }, 'updateBias is NaN, expected a finite number'],
    [
      { weights: { c_g: [1] } },
      'c_g is no weight of gru; its weights are U_r, U_z, U_g, W_r, W_z, W_g, b_r, b_z, b_g, V, H_0',
    ],
    [
      { weights: { U_r: [[1, 2]], U_g: [[1]] } },
      'U_g is 1×1, expected 1×2 (hidden size 1 from the rows of U_r, input size 2 from the columns of U_r)',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => gru(options as GruOptions)).toThrow(
      expect.objectContaining({ name: 'GradpathError', message }),
    );
  });
});
