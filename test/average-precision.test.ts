import { beforeAll, describe, expect, test } from 'vitest';
import { averagePrecisionModel } from '../examples/average-precision/average-precision.ts';
import { example } from '../examples/average-precision/example.ts';
import { type RankedItems, readItems } from '../examples/average-precision/files.ts';
import {
  allPointPrecision,
  averagePrecision,
  elevenPoints,
  rankingOf,
  rankRows,
} from '../examples/average-precision/ranking.ts';
import { measure } from '../examples/measure.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Tfjs } from '../src/interop/tfjs/oracle.ts';
import { uniform } from '../src/model/random.ts';
import { chosen, misjudged, refusal, refuted, studied } from './support/study.ts';

const DEFAULT = [1, 1, 0, 0, 0, 1, 1, 0, 0, 1];

/**
 * By hand: with σ_ij = σ((s_j − s_i)/τ), r_i = 1 + Σ_{j≠i} σ_ij and h_i = 1 + Σ_{j≠i} y_j σ_ij for a relevant i,
 * AP = Σ_i y_i h_i/(R r_i), and dσ_ij/ds_j = −dσ_ij/ds_i = σ_ij (1 − σ_ij)/τ.
 */
function byHand(s: readonly number[], y: readonly number[], total: number, tau: number) {
  const sigma = (i: number, j: number) => 1 / (1 + Math.exp((s[i] - s[j]) / tau));
  let ap = 0;
  const gradient = s.map(() => 0);
  s.forEach((_, i) => {
    if (y[i] === 0) return;
    let [rank, hits] = [1, 1];
    s.forEach((_, j) => {
      if (j !== i) rank += sigma(i, j);
      if (j !== i) hits += y[j] * sigma(i, j);
    });
    ap += hits / rank / total;
    s.forEach((_, j) => {
      if (j === i) return;
      const slope = (sigma(i, j) * sigma(j, i)) / tau;
      const d = (slope * (y[j] / rank - hits / rank ** 2)) / total;
      gradient[j] += d;
      gradient[i] -= d;
    });
  });
  return { ap, gradient };
}

function randomRanking(random: () => number, n: number) {
  const y = Array.from({ length: n }, (_, i): number => (i === n - 1 || random() < 0.4 ? 1 : 0));
  const scores = y.map(() => 4 * random() - 2).sort((a, b) => b - a);
  return { y, scores };
}

describe('a ranking', () => {
  test('correct at ranks 1, 2, 6, 7 and 10: precision, recall, interpolated precision', () => {
    const rows = rankRows(rankingOf(DEFAULT));
    expect(rows.map(({ hits }) => hits)).toEqual([1, 2, 2, 2, 2, 3, 4, 4, 4, 5]);
    expect(rows.map(({ precision }) => precision)).toEqual([
      1,
      1,
      2 / 3,
      2 / 4,
      2 / 5,
      3 / 6,
      4 / 7,
      4 / 8,
      4 / 9,
      5 / 10,
    ]);
    expect(rows.map(({ recall }) => recall)).toEqual([0.2, 0.4, 0.4, 0.4, 0.4, 0.6, 0.8, 0.8, 0.8, 1]);
    const after = [4 / 7, 4 / 7, 4 / 7, 4 / 7, 0.5, 0.5, 0.5];
    expect(rows.map(({ interpolated }) => interpolated)).toEqual([1, 1, 2 / 3, ...after]);
  });

  test('11-point AP is 8.2857/11 = 0.7532, all-point AP 0.7286, without interpolation 0.7143', () => {
    const ranking = rankingOf(DEFAULT);
    const points = elevenPoints(ranking);
    expect(points).toEqual([1, 1, 1, 1, 1, 4 / 7, 4 / 7, 4 / 7, 4 / 7, 0.5, 0.5]);
    const sum = points.reduce((total, p) => total + p);
    expect(sum).toBeCloseTo(8.2857, 4);
    expect(sum / 11).toBeCloseTo(0.7532, 4);
    expect(allPointPrecision(ranking)).toBeCloseTo((1 + 1 + 4 / 7 + 4 / 7 + 1 / 2) / 5, 14);
    expect(averagePrecision(ranking)).toBeCloseTo((1 + 1 + 1 / 2 + 4 / 7 + 1 / 2) / 5, 14);
  });

  test('relevant items that are not ranked lower the recall', () => {
    const ranking = rankingOf([1, 0, 1], undefined, 4);
    expect(rankRows(ranking).map(({ recall }) => recall)).toEqual([0.25, 0.25, 0.5]);
    expect(averagePrecision(ranking)).toBeCloseTo((1 + 2 / 3) / 4, 15);
    expect(elevenPoints(ranking)).toEqual([1, 1, 1, 2 / 3, 2 / 3, 2 / 3, 0, 0, 0, 0, 0]);
  });

  test('a recall that is reached exactly counts, whatever rounding says: 3 of 10 reach 0.3', () => {
    const points = elevenPoints(rankingOf([1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]));
    expect(points.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(points[4]).toBeCloseTo(10 / 13, 15);
  });

  test('scores put the items in order', () => {
    const ranking = rankingOf([0, 1, 1], [0.1, 0.9, -3]);
    expect(ranking).toEqual({ relevant: [1, 0, 1], scores: [0.9, 0.1, -3], total: 2 });
  });

  test.each<[() => unknown, string]>([
    [() => rankingOf([]), 'ranking is empty, expected 1 (relevant) or 0 for each item'],
    [
      () => rankingOf([0, 0]),
      'ranking has no relevant item, so there is no precision to average; mark one with 1',
    ],
    [() => rankingOf([1, 2]), 'ranking: item 2 is 2, expected 1 (relevant) or 0'],
    [() => rankingOf([1, 1], [1]), 'scores: 1 given, expected 2, one for each item of the ranking'],
    [
      () => rankingOf([1, 0, 1], [0.5, 0.1, 0.5]),
      'scores: items 1 and 3 both have 0.5, so neither is above the other; give them different scores',
    ],
    [() => rankingOf([1], [Number.NaN]), 'scores: item 1 has NaN, expected a finite number'],
    [
      () => rankingOf([1, 1], undefined, 1),
      'relevant is 1, expected a whole number from 2 on: the ranking has 2',
    ],
    [() => rankingOf(new Array(101).fill(1)), 'ranking has 101 items, expected at most 100'],
    [() => averagePrecisionModel({ temperature: 0 }), 'temperature is 0, expected more than 0'],
  ])('is refused: %#', (action, message) => {
    expect(refusal(action)).toBe(message);
  });
});

describe('the graph', () => {
  let tf: Tfjs | undefined;
  beforeAll(async () => {
    tf = await loadTfjs();
    expect(tf).toBeDefined();
  });

  test.each([1, 2, 5, 10, 40])('%i items: smooth AP and its gradient are those written by hand', (n) => {
    for (const seed of [1, 2, 3, 4]) {
      const { y, scores } = randomRanking(uniform(seed), n);
      const found = y.reduce((sum, value) => sum + value, 0);
      for (const temperature of [0.5, 1, 10]) {
        for (const total of [found, found + 3]) {
          const model = averagePrecisionModel({ relevant: y, scores, total, temperature });
          const { value, gradients } = measure(model, 'AP_smooth', ['s']);
          const hand = byHand(scores, y, total, temperature);
          const where = `seed ${seed}, τ ${temperature}`;
          expect(maxRelativeError(value('AP_smooth'), [hand.ap], 0), where).toBeLessThan(1e-10);
          if (found < n)
            expect(maxRelativeError(gradients[0], hand.gradient, 1e-4), where).toBeLessThan(1e-10);
          else expect(Math.max(...gradients[0].map(Math.abs)), where).toBeLessThan(1e-14); // every order is right
          expect(value('AP')[0]).toBeCloseTo(averagePrecision(rankingOf(y, scores, total)), 13);
        }
      }
    }
  });

  test('the gradient of smooth AP is right where it vanishes', () => {
    const y = [1, 0, 0, 0, 0, 0]; // one relevant item, on top: nothing cancels
    const scores = [3, 2.5, 2, 1.2, 1, 0];
    let smallest = 1;
    for (const temperature of [1, 0.1, 0.01, 0.002]) {
      const model = averagePrecisionModel({ relevant: y, scores, temperature });
      const [found] = measure(model, 'AP_smooth', ['s']).gradients;
      const hand = byHand(scores, y, 1, temperature).gradient;
      expect(maxRelativeError(found, hand, 0), `τ ${temperature}`).toBeLessThan(1e-10);
      smallest = Math.min(smallest, Math.abs(hand[0]));
    }
    expect(smallest).toBeLessThan(1e-100);
  });

  test('agrees with differences and tfjs', () => {
    for (const temperature of [0.05, 0.3]) {
      expect(misjudged(averagePrecisionModel({ temperature }), 'AP_smooth', ['s'], tf)).toEqual([]);
    }
  });

  test('the gradient of AP itself is 0', () => {
    const { gradients, value } = measure(averagePrecisionModel(), 'AP', ['s']);
    expect(gradients[0]).toEqual(new Array(10).fill(0));
    expect(value('rank')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('a file of items', () => {
  test.each<[string, RankedItems]>([
    ['score,relevant\n0.9,1\n0.2,0\n', { relevant: [1, 0], scores: [0.9, 0.2] }],
    ['relevant;score\n1;0.3\n0;0.9\n', { relevant: [1, 0], scores: [0.3, 0.9] }],
    ['0.9,1\n0.2,0\n', { relevant: [1, 0], scores: [0.9, 0.2] }],
    ['1\n0\n1\n', { relevant: [1, 0, 1] }],
    ['1,1,0,0,1\n', { relevant: [1, 1, 0, 0, 1] }],
    ['1,0', { relevant: [1, 0] }],
  ])('%j', (text, items) => {
    expect(readItems(text, 'items.csv')).toEqual(items);
  });

  test.each([
    ['', 'items.csv is empty, expected a row for each item: score,relevant'],
    ['a\n', 'items.csv: no rows of numbers, expected a row for each item: score,relevant'],
    ['a,b\n1,2\n', 'items.csv has columns a, b, expected relevant, or score and relevant'],
    ['1,2,3\n1,2,3\n', 'items.csv has 3 columns, expected relevant, or score and relevant'],
    ['1\nx\n', 'items.csv:2: column 1 is "x", expected a number (item 2)'],
  ])('%j is refused', (text, message) => {
    expect(refusal(() => readItems(text, 'items.csv'))).toBe(message);
  });

  test('is named in errors about what it holds', () => {
    const settings = { ...chosen(example), items: { text: '0.5,1\n0.5,0\n', source: 'my.csv' } };
    expect(refusal(() => example.build(settings, () => {}))).toBe(
      'my.csv: scores: items 1 and 2 both have 0.5, so neither is above the other; give them different scores',
    );
  });

  test('is not taken beside a ranking that is typed, whichever', () => {
    const items = { text: '1\n0\n', source: 'my.csv' };
    for (const ranking of ['1,0', '1,1,0,0,0,1,1,0,0,1']) {
      expect(refusal(() => example.build({ ...chosen(example, { ranking }), items }, () => {}))).toBe(
        'the ranking is given twice: leave out --ranking or --items',
      );
    }
    expect(example.build({ ...chosen(example), items }, () => {}).values.y).toEqual([1, 0]);
  });
});

describe('the example', () => {
  test.each([
    {},
    { ranking: '0,1,0,1', relevant: '4', scores: '1,5,3,2', temperature: '0.5' },
    { ranking: '1' },
    { ranking: '1 1 1' },
    { ranking: '0,0,0,0,0,1', temperature: '0.01' },
    { ranking: '1,0', scores: '1000,-1000' },
    { ranking: '1,0,1', scores: '1e100,1e-100,-1e100' },
    {
      relevant: '20',
      scores: '5327.2,349.6,16.5,-1339.2,-120.4,-184.2,-0.0028,7.16,-85.5,0.041',
      temperature: '0.0599',
    },
    { ranking: Array.from({ length: 100 }, (_, i) => (i % 3 === 1 ? 1 : 0)).join(',') },
  ])('%j: every claim holds', async (texts) => {
    expect(refuted(await studied(example, texts))).toEqual([]);
  });

  test('says the figures', async () => {
    const texts = (await studied(example)).claims.map(({ text }) => text);
    expect(texts[0]).toContain('their mean is 8.2857/11 = 0.7532');
    expect(texts[1]).toContain('is 0.7286; AP, the precision averaged over 5 relevant items');
    expect(texts[1]).toContain('without interpolation, is 0.7143');
    expect(texts[4]).toContain('AP rises from 0.7143 to 0.8393 in 5 jumps');
  });

  test('draws temperatures from low to high', async () => {
    const { figures } = await studied(example);
    const lines = figures.filter((figure) => figure.kind === 'lines').slice(-2);
    for (const { series } of lines)
      for (const { points } of series) {
        const temperatures = points.map(([temperature]) => temperature);
        expect(temperatures).toEqual([...temperatures].sort((a, b) => a - b));
      }
  });

  test('says that scores put the items in another order', () => {
    const notes: string[] = [];
    example.build(chosen(example, { ranking: '0,1', scores: '1,2' }), (line) => notes.push(line));
    expect(notes).toHaveLength(1);
    example.build(chosen(example, { ranking: '0,1', scores: '2,1' }), (line) => notes.push(line));
    expect(notes).toHaveLength(1);
  });

  test.each([
    [
      { ranking: '0,0,0' },
      'ranking has no relevant item, so there is no precision to average; mark one with 1',
    ],
    [{ ranking: '' }, 'ranking is empty, expected 1,1,0,0,1'],
    [{ ranking: 'yes,no' }, 'ranking: number 1 is "yes", expected a number as in 1,1,0,0,1'],
    [{ ranking: '1,0.5' }, 'ranking: item 2 is 0.5, expected 1 (relevant) or 0'],
    [{ relevant: '3' }, 'relevant is 3, expected a whole number from 5 on: the ranking has 5'],
    [{ scores: '1,2' }, 'scores: 2 given, expected 10, one for each item of the ranking'],
    [
      { ranking: '1,0', scores: '0.5,0.5' },
      'scores: items 1 and 2 both have 0.5, so neither is above the other; give them different scores',
    ],
    [
      { ranking: '1,0', scores: '1e200,0' },
      'scores: item 1 has 1e+200, expected 0 or a size from 1e-100 to 1e+100',
    ],
    [{ temperature: '0' }, '--temperature is 0, expected a number from 0.001 to 10'],
  ])('refuses %j', (texts, message) => {
    const notes: string[] = [];
    expect(refusal(() => example.build(chosen(example, texts), (line) => notes.push(line)))).toBe(message);
    expect(notes).toEqual([]); // one line: what is wrong
  });
});
