/** The LSTM: formulas by hand, oracles, the claims of its study, and what it refuses. */

import { describe, expect, test } from 'vitest';
import { lstm } from '../examples/lstm/lstm.ts';
import { measure } from '../examples/measure.ts';
import { losses } from '../examples/recurrent/data.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { expectByHand, expectChecks } from './support/cells.ts';
import { lstmByHand } from './support/lstm.ts';

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
