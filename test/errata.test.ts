/** What tfjs gets wrong, shown: its answer and ours, with finite differences and derivatives by hand as the judges. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Erratum, errata, runErratum } from '../src/interop/tfjs/errata.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';

const tf = (await loadTfjs())!;
const results = errata.map((erratum) => runErratum(tf, erratum));
const nameOf = ({ op, when, order }: Erratum) => `${op}, ${when}, order ${order}`;

test('the version is the one that the errata are of', () => {
  expect([tf.version_core, tf.getBackend()]).toEqual(['4.22.0', 'cpu']);
  expect(errata).toHaveLength(66);
  expect(new Set(errata.map(nameOf)).size).toBe(66);
});

describe.each(results.map((result) => [nameOf(result.erratum), result] as const))('%s', (_, result) => {
  const { erratum, tfjs, gradpath, errors, valuesApart, verdict, ok } = result;

  const still = {
    wrong: 'is still wrong without a word',
    throws: 'still throws',
    convention: 'takes another side',
  };
  test(`tfjs ${still[erratum.found]}`, () => {
    expect(verdict).toBe(erratum.found);
    if (erratum.found === 'throws') expect(tfjs).toBeInstanceOf(Error);
    else expect(errors.tfjs).toBeGreaterThan(0.02);
  });

  test('Gradpath agrees with finite differences', () => {
    expect(errors.gradpath).toBeLessThan(1e-10);
    expect(ok).toBe(true);
  });

  test('both compute the same function', () => {
    if (erratum.order === 0) expect(gradpath).toEqual([Number.NaN]);
    // logSoftmax along another axis than the last throws in its value already
    else if (valuesApart === undefined) expect(erratum.op).toBe('logSoftmax');
    else expect(valuesApart).toBeLessThan(1e-5);
  });
});

/** F = Σ i·y_i, so that an element of ∂F/∂x is the sum of the numbers of the outputs that hold it, and so on. */
const byHand: readonly [op: string, when: RegExp, tfjs: number[] | undefined, right: number[]][] = [
  ['cumsum', /square x/, [4, 3, 6, 4], [1 + 3, 2 + 4, 3, 4]],
  ['cumsum', /other x/, undefined, [1 + 4, 2 + 5, 3 + 6, 4, 5, 6]],
  ['mirrorPad', /reflect/, [3, 4, 5], [3 + 7, 2 + 4 + 6, 1 + 5]],
  ['mirrorPad', /symmetric/, [2, 3, 4], [1 + 2, 3, 4 + 5]],
  [
    'avgPool',
    /same/,
    [1, 1, 2, 1, 1, 2, 3, 3, 4].map((x) => x / 4),
    [0.25, 0.25, 1, 0.25, 0.25, 1, 1.5, 1.5, 4],
  ],
  ['avgPool', /by 1/, [10 / 9, 10 / 9, 10 / 9, 10 / 9], [2.5, 2.5, 2.5, 2.5]],
  ['avgPool3d', /padded/, [0.5, 0.5, 1], [0.5, 0.5, 2]],
  ['pool (avg)', /padded/, [0.5, 0.5, 1], [0.5, 0.5, 2]],
  ['resizeNearestNeighbor', /half/, [1, 2, 0], [1, 0, 2]],
  ['floorDiv', /always/, [0.5, 1], [0, 0]],
  ['abs', /at 0/, [-1, -2, 3], [0, -2, 3]],
  ['max', /tie/, [1, 1, 0], [0.5, 0.5, 0]],
  ['min', /tie/, [1, 0, 1], [0.5, 0, 0.5]],
  ['maximum', /a tie/, [1, 2], [0.5, 2]],
  ['minimum', /a tie/, [1, 2], [0.5, 2]],
  ['maximum', /broadcasting/, undefined, [1, 0]], // 1.5 > 1, 1.5 < 2; 2.5 < 3, 2.5 < 4
  ['minimum', /broadcasting/, undefined, [3, 2 + 4]],
  ['matMul', /batch/, undefined, [66, 94, 94, 138]], // (1 3; 2 4)·(1 2; 3 4)ᵀ + … over both of the batch
  ['conv2d', /dilation/, undefined, [1, 0, 2, 0, 0, 0, 3, 0, 4]],
  ['conv3dTranspose', /always/, undefined, [1 * 1 + 2 * 2, 2 * 1 + 3 * 2]],
  ['unstack', /single/, undefined, [1, 2]],
  ['split', /single/, undefined, [1, 2]],
  ['prod', /−1/, undefined, [2, 1, 2 * 4, 2 * 3]],
  ['cumprod', /always/, undefined, [1 + 2 * 2 + 3 * 6, 2 + 3 * 3, 3 * 2]],
  ['tile', /rank 5/, undefined, [1 + 3, 2 + 4]],
  ['topk', /always/, undefined, [0, 1, 2]],
  // G = Σ i·∂F/∂x_i = Σ i²·∂y_i/∂x_i for what works element by element
  ['exp', /⊙/, undefined, [0.5, -0.3].map((x, i) => (i + 1) ** 2 * Math.exp(x) * (2 + x))],
  ['exp', /alone/, undefined, [0.5, -0.3].map((x, i) => (i + 1) ** 2 * Math.exp(x))],
  [
    'tanh',
    /⊙/,
    undefined,
    [0.5, -0.3].map((x, i) => (i + 1) ** 2 * 2 * (1 - Math.tanh(x) ** 2) * (1 - x * Math.tanh(x))),
  ],
  ['clipByValue', /⊙/, undefined, [2, 8]],
  ['relu6', /⊙/, undefined, [2, 0]],
  ['maxPool', /⊙/, undefined, [4, 8, 12, 46]], // F = x_4 Σ i·x_i
];

test.each(byHand)('%s, %s: derived by hand', (op, when, theirs, right) => {
  const found = results.filter(({ erratum }) => erratum.op === op && when.test(erratum.when));
  expect(found).toHaveLength(1);
  const [{ tfjs, gradpath }] = found;
  expect(gradpath).toHaveLength(right.length);
  gradpath.forEach((value, i) => expect(value).toBeCloseTo(right[i], 12));
  if (theirs === undefined) return;
  expect(tfjs).toHaveLength(theirs.length);
  (tfjs as readonly number[]).forEach((value, i) => expect(value).toBeCloseTo(theirs[i], 6));
});

describe('the judge', () => {
  const square: Erratum = {
    ...{ op: 'square', when: 'always', order: 1, found: 'wrong', at: [1.1, 2.3] },
    tfjs: (t, x) => t.square(x),
    ours: (b, x) => b.square(x),
  };
  test('finds tfjs right where it is', () => {
    for (const order of [1, 2] as const) {
      const { verdict, ok } = runErratum(tf, { ...square, order });
      expect([verdict, ok]).toEqual(['right', true]);
    }
  });
  test('tells another function apart, and finds us wrong where a derivative is missing', () => {
    const cube = runErratum(tf, { ...square, ours: (b, x) => b.power(x, { exponent: 3 }) });
    expect([cube.verdict, cube.ok]).toEqual(['wrong', true]);
    expect(cube.valuesApart).toBeGreaterThan(0.1);
    const jump = runErratum(tf, { ...square, at: [0, 1], ours: (b, x) => b.step(x) });
    expect(jump.ok).toBe(false);
  });
  test('a convention is a slope between those on both sides of a kink, and none beyond them', () => {
    const abs: Erratum = { ...square, at: [0, 2], tfjs: (t, x) => t.abs(x), ours: (b, x) => b.abs(x) };
    const steep: Erratum = { ...abs, tfjs: (t, x) => t.mul(t.abs(x), [1.1, 1]) }; // −1.1 at 0
    const smooth: Erratum = { ...steep, at: [0.1, 2] };
    const verdicts = [abs, steep, smooth].map((erratum) => runErratum(tf, erratum).verdict);
    expect(verdicts).toEqual(['convention', 'wrong', 'wrong']);
    // each part of 1 1 0 is possible by itself, but not all at once
    const [max] = results.filter(({ erratum }) => erratum.op === 'max' && erratum.order === 1);
    expect([max.tfjs, max.verdict]).toEqual([[1, 1, 0], 'wrong']);
  });
});

test('the page of the errata has a line for each, and no other', () => {
  const page = readFileSync(new URL('../docs/tfjs-errata.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(([, op, when, found]) => {
    return `${op}: ${when.trim()}: ${found.trim()}`;
  });
  expect(rows.sort()).toEqual(errata.map(({ op, when, found }) => `${op}: ${when}: ${found}`).sort());
});
