import { beforeAll, describe, expect, test } from 'vitest';
import { example } from '../examples/focal-loss/example.ts';
import { type FocalLossOptions, focalLossModel, logit } from '../examples/focal-loss/focal-loss.ts';
import { imbalanced } from '../examples/focal-loss/imbalance.ts';
import { measure } from '../examples/measure.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Tfjs } from '../src/interop/tfjs/oracle.ts';
import { chosen, misjudged, refusal, refuted, studied } from './support/study.ts';

/**
 * By hand, from the logit: with m = ±z the margin of the true class, p_t = 1/(1 + e^−m), q = 1 − p_t = 1/(1 + e^m) and
 * c = −log p_t = log(1 + e^−m): FL = α q^γ c, and since dp_t/dm = p_t q, dq/dm = −p_t q, dc/dm = −q:
 * dFL/dm = −α q^γ (q + γ p_t c), dFL/dp_t = −α q^γ (1/p_t + γ c/q).
 */
function byHand(z: number, { gamma = 2, alpha = 1, y = 1 }: FocalLossOptions) {
  const sign = y === 1 ? 1 : -1;
  const m = sign * z;
  const [pt, q, c] = [1 / (1 + Math.exp(-m)), 1 / (1 + Math.exp(m)), Math.log1p(Math.exp(-m))];
  const weight = alpha * q ** gamma;
  return {
    FL: weight * c,
    byZ: -sign * weight * (q + gamma * pt * c),
    byP: -sign * weight * (1 / pt + (gamma * c) / q),
  };
}

const relative = (a: number, b: number): number => maxRelativeError([a], [b], 0);
const SHAPES: FocalLossOptions[] = [0, 0.5, 1, 2, 5, 7.3].flatMap((gamma) =>
  ([1, 0] as const).flatMap((y) => [1, 0.25].map((alpha) => ({ gamma, alpha, y }))),
);

describe('the focal loss', () => {
  let tf: Tfjs | undefined;
  beforeAll(async () => {
    tf = await loadTfjs();
    expect(tf).toBeDefined();
  });

  test.each(SHAPES)('%j: value and gradients are those written by hand', (shape) => {
    let smallest = 1;
    for (const z of [-30, -10, -6, -4, -1.5, -0.3, 0, 0.2, 1, 2.5, 4, 7, 10, 30]) {
      const model = { ...focalLossModel(shape), values: { z: [z] } };
      const { value, gradients } = measure(model, 'FL', ['z']);
      const hand = byHand(z, shape);
      expect(relative(value('FL')[0], hand.FL), `FL at ${z}`).toBeLessThan(1e-13);
      expect(relative(gradients[0][0], hand.byZ), `by z at ${z}`).toBeLessThan(1e-13);
      smallest = Math.min(smallest, Math.abs(hand.byZ));
      if (Math.abs(z) < 5) expect(misjudged(model, 'FL', ['z'], tf), `at ${z}`).toEqual([]);
    }
    if (shape.gamma === 5) expect(smallest).toBeLessThan(1e-24); // the gradients did vanish
  });

  test.each([
    { p: 1e-9, y: 0, gamma: 2 },
    { p: 1 - 2 ** -40, y: 1, gamma: 0.5 },
    { p: 1e-300, y: 1, gamma: 2 },
    { p: 1e-30, y: 0, gamma: 5 },
  ] as const)('%j: all digits are there though p_t is nearly 1, or nearly 0', ({ p, y, gamma }) => {
    const { value, gradients } = measure(focalLossModel({ p, y, gamma }), 'FL', ['z']);
    // from p itself, by log and log1p of what is small
    const [pt, q, logPt] = y === 1 ? [p, 1 - p, Math.log(p)] : [1 - p, p, Math.log1p(-p)];
    const byZ = (2 * y - 1) * q ** gamma * (gamma * pt * logPt - q);
    expect(relative(value('FL')[0], -(q ** gamma) * logPt)).toBeLessThan(1e-12); // the logit is rounded
    expect(relative(gradients[0][0], byZ)).toBeLessThan(1e-12);
  });

  test('at γ = 0 and α = 1 the derivative by the logit is p − y', () => {
    for (const p of [0.01, 0.3, 0.5, 0.9, 0.99]) {
      for (const y of [0, 1] as const) {
        const { gradients } = measure(focalLossModel({ p, y, gamma: 0 }), 'FL', ['z']);
        expect(relative(gradients[0][0], p - y)).toBeLessThan(1e-12);
      }
    }
  });

  test('at p = 0.9 and γ = 2 it is a hundred times smaller than the cross-entropy', () => {
    const { value } = measure(focalLossModel({ p: 0.9, gamma: 2 }), 'FL', []);
    expect(value('CE')[0]).toBeCloseTo(0.105360515657826, 14);
    expect(value('CE')[0] / value('FL')[0]).toBeCloseTo(100, 10);
  });

  test('logit is the inverse of the sigmoid', () => {
    expect(logit(0.5)).toBe(0);
    expect(relative(logit(0.9), Math.log(9))).toBeLessThan(1e-14);
    expect(relative(logit(1e-20), -20 * Math.LN10)).toBeLessThan(1e-14);
  });

  test.each<[FocalLossOptions, string]>([
    [{ gamma: -1 }, 'gamma is -1, expected 0 or more'],
    [{ gamma: Number.NaN }, 'gamma is NaN, expected 0 or more'],
    [{ p: 0 }, 'p is 0, expected a probability above 0 and below 1'],
    [{ p: 1 }, 'p is 1, expected a probability above 0 and below 1'],
    [{ p: 1.5 }, 'p is 1.5, expected a probability above 0 and below 1'],
    [{ alpha: 0 }, 'alpha is 0, expected more than 0'],
  ])('refuses %j', (options, message) => {
    expect(refusal(() => focalLossModel(options))).toBe(message);
  });
});

test('its values and derivatives over p, as charts show them, are those written by hand', async () => {
  for (const y of [1, 0] as const) {
    const { figures } = await studied(example, { y: String(y), alpha: '0.25' });
    const lines = figures.filter((figure) => figure.kind === 'lines');
    expect(lines.map(({ y: { title } }) => title)).toEqual(['FL', '∂FL/∂p', '∂FL/∂z']);
    const gammas = [0, 0.5, 1, 2, 5];
    (['FL', 'byP', 'byZ'] as const).forEach((what, figure) => {
      lines[figure].series.forEach(({ points }, k) => {
        for (const [p, value] of points) {
          const hand = byHand(logit(p), { gamma: gammas[k], alpha: 0.25, y });
          expect(relative(value, hand[what]), `${what} at ${p}, γ = ${gammas[k]}`).toBeLessThan(1e-13);
        }
        expect(points).toHaveLength(what === 'byP' ? 160 : 199); // p_t from 0.2 on
      });
    });
  }
});

describe('the imbalanced data', () => {
  test('have the size, the means and the spread that they are said to have', () => {
    const { positives, negatives } = imbalanced(3, 1000);
    expect([positives.length, negatives.length]).toEqual([10, 10_000]);
    const mean = negatives.reduce((sum, z) => sum + z) / negatives.length;
    const variance = negatives.reduce((sum, z) => sum + (z - mean) ** 2, 0) / negatives.length;
    expect(Math.abs(mean + 4)).toBeLessThan(0.03); // three standard errors
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    expect(imbalanced(3, 5)).toEqual(imbalanced(3, 5));
    expect(imbalanced(4, 5)).not.toEqual(imbalanced(3, 5));
  });

  test('give the gradient masses that the formulas by hand give', async () => {
    const { figures, claims } = await studied(example);
    const table = figures.find((figure) => figure.kind === 'table')!;
    const { positives, negatives } = imbalanced(1, 100);
    const mass = (logits: readonly number[], options: FocalLossOptions) =>
      logits.reduce((sum, z) => sum + Math.abs(byHand(z, options).byZ), 0);
    const losses = [
      ...[0, 0.5, 1, 2, 5].map((gamma) => ({ gamma, weights: [1, 1] })),
      { gamma: 2, weights: [0.25, 0.75] },
    ];
    expect(table.rows).toHaveLength(losses.length);
    losses.forEach(({ gamma, weights }, i) => {
      const found = table.rows[i].slice(1).map(Number);
      const P = mass(positives, { gamma, alpha: weights[0], y: 1 });
      const N = mass(negatives, { gamma, alpha: weights[1], y: 0 });
      expect(maxRelativeError(found, [P, N, (100 * N) / (P + N)], 0)).toBeLessThan(1e-10);
    });
    expect(claims.at(-1)!.text).toContain('the negatives make 86.8 % of the gradient');
    expect(claims.at(-1)!.text).toContain('16.3 % under the focal loss with γ = 2');
  });
});

describe('the example', () => {
  test.each([
    {},
    { gamma: '0' },
    { gamma: '0.5', p: '0.3', y: '0', alpha: '0.25' },
    { gamma: '5', p: '0.999', negatives: '1', seed: '7' },
    { gamma: '10', p: '0.001', y: '0', negatives: '1000' },
    { p: '1e-12', alpha: '0.01' },
    { p: '1e-9', y: '0' },
    { p: '1e-300' },
    { p: '1e-300', y: '0', gamma: '0.5' },
    { p: '0.9999999999999999', gamma: '10' },
  ])('%j: every claim holds', async (texts) => {
    expect(refuted(await studied(example, texts))).toEqual([]);
  });

  test('says the figures', async () => {
    const texts = (await studied(example)).claims.map(({ text }) => text);
    expect(texts[0]).toMatch(/over 199 values of p: .* by p \d\.\de-1[3-6], by z \d\.\de-1[3-6]$/);
    expect(texts[1]).toBe('At p = 0.9 and γ = 2 it is 100 times smaller: CE = 0.1054, FL = 0.001054');
  });

  test.each([
    [{ gamma: '-1' }, '--gamma is -1, expected a number from 0 to 10'],
    [{ p: '1.2' }, '--p is 1.2, expected a number from 0 to 1'],
    [{ p: '1' }, 'p is 1, expected a probability above 0 and below 1'],
    [{ p: 'half' }, '--p is "half", expected a number from 0 to 1'],
    [{ y: '2' }, '--y is 2, expected 1 or 0'],
  ])('refuses %j', (texts, message) => {
    expect(refusal(() => example.build(chosen(example, texts), () => {}))).toBe(message);
  });
});
