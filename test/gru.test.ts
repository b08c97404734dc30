/** The GRU in its four conventions: formulas by hand, oracles, the claims of its study, and what it refuses. */

import { describe, expect, test } from 'vitest';
import { gru, resets, updates } from '../examples/gru/gru.ts';
import { measure } from '../examples/measure.ts';
import { losses } from '../examples/recurrent/data.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { expectByHand, expectChecks } from './support/cells.ts';
import { gruByHand } from './support/gru.ts';

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
