import { beforeAll, describe, expect, test } from 'vitest';
import { losses, rnn } from '../examples/rnn/rnn.ts';
import { finiteDifferences } from '../src/autodiff/check.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import { type Tfjs, tfjsGradients } from '../src/interop/tfjs/oracle.ts';
import { forward, term } from './support/bptt.ts';
import { gradients, PARAMETERS, withHandRnn } from './support/rnn.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const STEPS = [1, 2, 3, 10];

const add = (a: number[][], b: number[][]): number[][] =>
  a.map((row, i) => row.map((value, j) => value + b[i][j]));

describe.each(losses)('the RNN with %s', (loss) => {
  let tf: Tfjs;
  beforeAll(async () => {
    const loaded = await loadTfjs();
    if (loaded === undefined) throw new Error('@tensorflow/tfjs is not installed; run npm ci');
    tf = loaded;
  });

  test.each(STEPS)(
    'T = %i: gradients agree with differences, tfjs and the formulas written by hand',
    (steps) => {
      for (const seed of SEEDS) {
        const { model, net } = withHandRnn({ steps, seed, loss });
        const { builder: b, values } = model;
        const ours = gradients(model, 'E');
        const ids = PARAMETERS.map((name) => b.graph.idOf(name));

        const differences = finiteDifferences(b, values, b.graph.idOf('E'), ids);
        const oracle = tfjsGradients(tf, b.graph, values, b.graph.idOf('E'), ids);
        const { E } = forward(net, loss);
        expect(ours.value).toBeCloseTo(
          E.reduce((sum, value) => sum + value),
          12,
        );
        expect(Math.abs(oracle.value / ours.value - 1)).toBeLessThan(1e-5);

        PARAMETERS.forEach((name, i) => {
          let byHand = term(net, loss, 1, 1)[name];
          for (let t = 2; t <= steps; t++) {
            const first = name === 'V' ? t : 1; // V is used once for each loss, U and W at every step before it
            for (let k = first; k <= t; k++) byHand = add(byHand, term(net, loss, t, k)[name]);
          }
          const where = `${name}, seed ${seed}`;
          expect(maxRelativeError(ours[name], byHand.flat()), `by hand: ${where}`).toBeLessThan(1e-12);
          expect(maxRelativeError(ours[name], differences[i]), `differences: ${where}`).toBeLessThan(1e-9);
          expect(maxRelativeError(oracle.gradients[i], ours[name]), `tfjs: ${where}`).toBeLessThan(1e-4);
        });
      }
    },
  );
});

describe('data and weights', () => {
  test('sizes all differ by default, and the initial state is not zero', () => {
    const { graph } = rnn().builder;
    expect(graph.node(graph.idOf('U')).shape).toEqual([4, 3]);
    expect(graph.node(graph.idOf('V')).shape).toEqual([2, 4]);
    const { value } = graph.node(graph.idOf('H_0')).attrs;
    expect((value as number[]).every((h) => h !== 0)).toBe(true);
  });

  test('the same seed gives the same weights, another seed others', () => {
    expect(rnn({ seed: 5 }).values).toEqual(rnn({ seed: 5 }).values);
    expect(rnn({ seed: 5 }).values.W).not.toEqual(rnn({ seed: 6 }).values.W);
  });

  test('the default sequence is the weather, the targets its rain', () => {
    const { values } = rnn({ steps: 365 });
    const mean = (feature: number) => {
      let sum = 0;
      for (let t = 1; t <= 365; t++) sum += values[`x_${t}`][feature];
      return sum / 365;
    };
    for (const feature of [0, 1, 2]) expect(Math.abs(mean(feature))).toBeLessThan(0.01);
    expect(values.y_1).toEqual([1, 0]); // 10.9 mm on 2 January
    expect(values.y_6).toEqual([0, 1]); // dry on 7 January
  });

  test('weights and data set the sizes', () => {
    const model = rnn({
      weights: {
        W: [
          [0.1, 0.2],
          [0.3, 0.4],
        ],
      },
      inputs: [[1], [2], [3], [4], [5]],
      targets: [
        [0, 0, 1],
        [1, 0, 0],
        [0.5, 0.5, 0],
        [0, 1, 0],
        [1, 0, 0],
      ],
    });
    const { graph } = model.builder;
    expect(model.title).toBe('Elman RNN, T = 5');
    expect(graph.node(graph.idOf('U')).shape).toEqual([2, 1]);
    expect(graph.node(graph.idOf('V')).shape).toEqual([3, 2]);
    expect(model.values.W).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  test.each([
    [
      {
        weights: {
          W: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
      },
      'W is 2×3, expected 2×2',
    ],
    [{ weights: { U: [[1], [2]], H_0: [1, 2, 3] } }, 'H_0: 3 values given, expected 2'],
    [
      {
        weights: {
          W: [
            [1, Number.NaN],
            [0, 1],
          ],
        },
      },
      'W: element [1,2] is NaN, expected a finite number',
    ],
    [
      {
        inputs: [
          [1, 2, 3],
          [1, 2],
        ],
      },
      'x_2 is 2, expected 3',
    ],
    [{ inputs: [[1, 2, 3]], steps: 3 }, 'x_2 is missing: 1 vectors given, 3 steps need 3'],
    [{ inputs: [[1, 2, Number.NaN]] }, 'x_1: element 3 is NaN, expected a finite number'],
    [{ inputs: [[1]], targets: [[0.5, 0.6]] }, 'y_1 is [0.5, 0.6], expected probabilities that sum to 1'],
    [{ steps: 0 }, 'steps is 0, expected a whole number from 1 to 10000'],
    [{ steps: 366 }, 'the shipped sequence has 365 days'],
    [{ seed: 0.5 }, 'seed is 0.5, expected a whole number'],
  ])('refuses %j', (options, message) => {
    expect(() => rnn(options)).toThrow(message);
  });
});
