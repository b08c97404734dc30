/** Vanishing gradients: the spectrum, the gradients by hand, the claims of the study, and what is refused. */

import { describe, expect, test } from 'vitest';
import { settingsFrom } from '../examples/example.ts';
import { measure } from '../examples/measure.ts';
import { example } from '../examples/vanishing/example.ts';
import { orthogonalised, spectralNorm, spectralRadius } from '../examples/vanishing/spectrum.ts';
import { studyVanishing } from '../examples/vanishing/study.ts';
import {
  cellNames,
  initialisations,
  type VanishingOptions,
  vanishing,
} from '../examples/vanishing/vanishing.ts';
import { taskOf } from '../examples/vanishing/words.ts';
import { anomalies } from '../src/chain/anomaly.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { uniform } from '../src/model/random.ts';
import { expectChecks } from './support/cells.ts';
import { lossByHand, numbersOf, times, timesTransposed, zeros } from './support/recurrent.ts';

const normal = (n: number, seed: number): number[][] => {
  const random = uniform(seed);
  return Array.from({ length: n }, () => Array.from({ length: n }, () => 2 * random() - 1));
};
/** The whole line. */
const refusal = (message: string) => expect.objectContaining({ name: 'GradpathError', message });

const near = (found: number, expected: number, tolerance = 1e-12) =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(tolerance);

describe('the spectral radius', () => {
  test.each([
    [
      'a diagonal matrix',
      [
        [3, 0, 0],
        [0, -7, 0],
        [0, 0, 2],
      ],
      7,
    ],
    [
      'a triangular matrix far from normal',
      [
        [0.5, 1000],
        [0, 0.25],
      ],
      0.5,
    ],
    [
      'a rotation scaled by 1.3: a complex pair',
      [
        [1.3 * Math.cos(1), -1.3 * Math.sin(1)],
        [1.3 * Math.sin(1), 1.3 * Math.cos(1)],
      ],
      1.3,
    ],
    [
      'eigenvalues 2 and −2',
      [
        [0, 4],
        [1, 0],
      ],
      2,
    ],
    [
      'a Jordan block',
      [
        [0.9, 1, 0],
        [0, 0.9, 1],
        [0, 0, 0.9],
      ],
      0.9,
    ],
    [
      'the companion matrix of (x−1)(x−2)(x−3)',
      [
        [0, 0, 6],
        [1, 0, -11],
        [0, 1, 6],
      ],
      3,
    ],
    [
      'a cyclic permutation',
      [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
      1,
    ],
    ['one entry', [[-0.25]], 0.25],
    [
      'tiny entries',
      [
        [3e-200, 0],
        [0, 1e-200],
      ],
      3e-200,
    ],
    [
      'huge entries',
      [
        [3e200, 0],
        [0, 1e200],
      ],
      3e200,
    ],
  ])('of %s', (_, A, expected) => {
    near(spectralRadius(A.flat(), A.length), expected);
  });

  test('is 0 for a nilpotent matrix', () => {
    expect(spectralRadius([0, 1, 0, 0, 0, 1, 0, 0, 0], 3)).toBe(0);
    expect(spectralRadius([0, 0, 0, 0], 2)).toBe(0);
  });

  test('does not change under a change of basis, and is bounded by the norm', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const n = 2 + (seed % 7);
      const eigenvalues = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1) * (0.3 + i / n));
      const Q = orthogonalised(normal(n, seed).flat(), n);
      const entry = (i: number, j: number) =>
        eigenvalues.reduce((sum, value, k) => sum + Q[i * n + k] * value * Q[j * n + k], 0);
      const A = Array.from({ length: n * n }, (_, i) => entry(Math.floor(i / n), i % n));
      const expected = Math.max(...eigenvalues.map(Math.abs));
      near(spectralRadius(A, n), expected);
      near(spectralNorm(A, n), expected); // the same for a symmetric matrix
      const B = normal(n, 100 + seed).flat();
      expect(spectralRadius(B, n)).toBeLessThanOrEqual(spectralNorm(B, n) * (1 + 1e-12));
    }
  });
});

describe('the spectral norm', () => {
  test('of [[3, 0], [4, 5]] is √45, of a rotation 1', () => {
    near(spectralNorm([3, 0, 4, 5], 2), Math.sqrt(45));
    near(spectralNorm([0, -1, 1, 0], 2), 1);
    near(spectralNorm([0, 1000, 0, 0], 2), 1000); // whose spectral radius is 0
  });

  test('is the most by which the matrix lengthens a vector', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const A = normal(6, seed);
      const norm = spectralNorm(A.flat(), 6);
      let v = [1, 0, 0, 0, 0, 0];
      for (let i = 0; i < 2000; i++) {
        const next = timesTransposed(A, times(A, v));
        v = next.map((entry) => entry / Math.hypot(...next));
      }
      near(norm, Math.hypot(...times(A, v)), 1e-10);
    }
  });
});

test('orthogonal matrices are orthogonal', () => {
  for (const n of [1, 2, 5, 8]) {
    const Q = orthogonalised(normal(n, n).flat(), n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let product = 0;
        for (let k = 0; k < n; k++) product += Q[k * n + i] * Q[k * n + j];
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-14);
      }
  }
});

describe('the task', () => {
  test('words, their rows and the next words', () => {
    const { words, vocabulary, inputs, targets } = taskOf('How the the the green color flag');
    expect(words).toEqual(['How', 'the', 'the', 'the', 'green', 'color']);
    expect(vocabulary).toEqual(['how', 'the', 'green', 'color', 'flag']);
    expect(inputs).toEqual([0, 1, 1, 1, 2, 3]);
    expect(targets).toEqual([1, 1, 1, 2, 3, 4]);
  });

  test('capitals and punctuation make no other word, and a long T reads the sentence again', () => {
    expect(taskOf('The dog, the cat. Don’t!').vocabulary).toEqual(['the', 'dog', 'cat', 'don’t']);
    expect(taskOf('à la carte').words).toEqual(['à', 'la']);
    expect(taskOf('a b c', 5)).toMatchObject({ words: ['a', 'b', 'c', 'a', 'b'], targets: [1, 2, 0, 1, 2] });
    expect(taskOf('a b c', 1)).toMatchObject({ words: ['a'], targets: [1] });
  });

  test.each([
    ['How', 'the sentence "How" has one word, expected at least 2: each word is to predict the next'],
    [' … !', 'the sentence " … !" has no word, expected at least 2: each word is to predict the next'],
    ['', 'the sentence "" has no word, expected at least 2: each word is to predict the next'],
    [
      'The the',
      'the sentence has only the word "the", expected 2 different ones: there is nothing to predict',
    ],
  ])('%j is refused', (sentence, message) => {
    expect(() => vanishing({ sentence })).toThrow(refusal(message));
    const chosen = settingsFrom(example, { sentence });
    expect(() => example.build(chosen, () => {})).toThrow(refusal(message));
  });
});

test.each([
  [{ radius: 0 }, 'radius is 0, expected a number above 0'],
  [{ radius: Number.NaN }, 'radius is NaN, expected a finite number'],
  [{ wordLength: -1 }, 'wordLength is -1, expected a number above 0'],
  [{ keepBias: Number.POSITIVE_INFINITY }, 'keepBias is Infinity, expected a finite number'],
  [{ hiddenSize: 0 }, 'hiddenSize is 0, expected a whole number from 1 to 512'],
  [{ steps: 1.5 }, 'steps is 1.5, expected a whole number from 1 to 10000'],
  [{ seed: 0.5 }, 'seed is 0.5, expected a whole number from -2147483648 to 4294967295'],
  [{ cell: 'lstmm' }, 'cell is "lstmm", expected rnn or lstm or gru'],
  [{ init: 'zero' }, 'init is "zero", expected random or identity or orthogonal'],
])('refuses %j', (options, message) => {
  expect(() => vanishing(options as VanishingOptions)).toThrow(refusal(message));
});

describe('the model', () => {
  test.each(initialisations)('its recurrent matrices have the radius (%s)', (init) => {
    for (const cell of cellNames)
      for (const radius of [0.1, 0.7, 1, 2]) {
        const { values } = vanishing({ cell, init, radius });
        const recurrent = Object.keys(values).filter((name) => /^W(_|$)/.test(name));
        expect(recurrent).toHaveLength({ rnn: 1, lstm: 4, gru: 3 }[cell]);
        for (const name of recurrent) near(spectralRadius(values[name], 8), radius, 1e-10);
      }
  });

  test('words have their length, the gates that keep have their bias, all other biases are 0', () => {
    const { values } = vanishing({ cell: 'lstm', keepBias: 3, wordLength: 0.25 });
    for (let word = 0; word < 5; word++) near(Math.hypot(...values.X.slice(word * 5, word * 5 + 5)), 0.25);
    expect([values.b_i, values.b_f, values.b_o].map(([b]) => b)).toEqual([0, 3, 0]);
    expect(vanishing({ cell: 'gru', keepBias: 3 }).values.b_z[0]).toBe(3);
  });

  test('the defaults make a picture of 36 variables', () => {
    const { nodes } = vanishing().builder.graph;
    expect(nodes.filter((node) => node.name !== undefined)).toHaveLength(36);
    expect(new Set(nodes.map((node) => node.scope))).toContain('t=5 green');
  });

  test.each(cellNames)('the gradients of %s agree with differences and tfjs', async (cell) => {
    await expectChecks(vanishing({ cell, radius: 0.9, wordLength: 1 }), cell);
  });

  /** ∂E_T/∂H_{k−1} = Wᵀ ((1 − H_k²) ⊙ ∂E_T/∂H_k), ∂E_T/∂x_k = Uᵀ ((1 − H_k²) ⊙ ∂E_T/∂H_k). */
  test('∂E_T/∂H_k and ∂E_T/∂x_k of the RNN by hand: relative, also where they vanish or explode', () => {
    for (const steps of [6, 100])
      for (const radius of [0.1, 0.5, 1, 2])
        for (const [seed, wordLength] of [
          [1, 0.1],
          [2, 1],
          [3, 1e-40],
        ]) {
          const model = vanishing({ steps, radius, seed, wordLength });
          const { matrix, at } = numbersOf(model);
          const [X, U, W, V] = ['X', 'U', 'W', 'V'].map(matrix);
          const { inputs } = taskOf('How the the the green color flag', steps);
          const H = [zeros(8)];
          for (const word of inputs) {
            const [fromWord, fromState] = [times(U, X[word]), times(W, H.at(-1)!)];
            H.push(fromWord.map((a, j) => Math.tanh(a + fromState[j])));
          }
          const ks = Array.from({ length: steps }, (_, i) => i + 1);
          const names = [...ks.map((k) => `H_${k}`), ...ks.map((k) => `x_${k}`)];
          const { gradients } = measure(model, `E_${steps}`, names);
          let byState = timesTransposed(
            V,
            lossByHand(times(V, H[steps]), at('y', steps)!, 'cross-entropy').dO,
          );
          for (let k = steps; k >= 1; k--) {
            const where = `k = ${k} of ${steps}, radius ${radius}, seed ${seed}`;
            expect(maxRelativeError(gradients[k - 1], byState), where).toBeLessThan(1e-10);
            const delta = byState.map((d, j) => d * (1 - H[k][j] ** 2));
            expect(maxRelativeError(gradients[steps + k - 1], timesTransposed(U, delta)), where).toBeLessThan(
              1e-10,
            );
            byState = timesTransposed(W, delta);
          }
        }
  });
});

describe('the study', () => {
  const run = (options: VanishingOptions) => studyVanishing(options, () => {});

  test('the claims hold, with their figures, for the defaults', async () => {
    const { claims, figures } = await example.study(settingsFrom(example, {}), () => {});
    expect(claims.filter(({ holds }) => !holds)).toEqual([]);
    const text = claims.map((claim) => claim.text).join('\n');
    expect(text).toContain('that of “the” is the sum of the gradients by x₂, x₃ and x₄');
    expect(text).toContain('0.5 → 0.502, 0.9 → 0.904, 1.1 → 1.1, 1.5 → 1.51, 2 → 2.01 over 100 steps');
    expect(figures.map(({ kind }) => kind)).toEqual(['lines', 'bars', 'lines', 'lines', 'lines']);
    for (const figure of figures)
      if (figure.kind !== 'boxes' && figure.kind !== 'table')
        for (const axis of [figure.x, figure.y]) expect(axis.title !== '' && axis.unit !== '').toBe(true);
    const [, words] = figures;
    expect(words).toMatchObject({
      x: { categories: ['1 How', '2 the', '3 the', '4 the', '5 green', '6 color'] },
      series: [{ name: 'RNN' }, { name: 'LSTM' }, { name: 'GRU' }],
    });
  });

  test.each<VanishingOptions>([
    { init: 'identity' },
    { init: 'identity', keepBias: 6 },
    { seed: -(2 ** 31), keepBias: 0 },
    { init: 'orthogonal', radius: 1 },
    { seed: 2, radius: 2, wordLength: 10 },
    { seed: 3, radius: 0.1, keepBias: 0 },
    { seed: 4, radius: 1.5, keepBias: 6, wordLength: 0.01, cell: 'lstm' },
    { sentence: 'a b' },
    { sentence: 'to be or not to be that is the question', cell: 'gru', steps: 40 },
  ])('and for %j', async (options) => {
    const { claims } = await run(options);
    expect(claims.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('what is asked of the model is the last loss, in which the first words vanish', () => {
    const { target, builder, values } = vanishing({ steps: 40, radius: 0.5 });
    expect(target).toBe('E_40');
    const { graph } = builder;
    const found = (of: string) => anomalies(builder, values, graph.idOf(of), { wrt: [graph.idOf('W')] });
    expect(found(target).map(({ kind }) => kind)).toEqual(['vanished']);
    expect(found('E')).toEqual([]);
  });

  test('an RNN with an orthogonal matrix of radius r near rest: exactly rˡᵃᵍ, below its bound', async () => {
    const options = { init: 'orthogonal', radius: 0.5, wordLength: 1e-30, steps: 30 } as const;
    const { gradients } = measure(vanishing(options), 'E_30', ['H_30', 'H_10']);
    near(Math.hypot(...gradients[1]) / Math.hypot(...gradients[0]), 0.5 ** 20, 1e-12);
  });
});
