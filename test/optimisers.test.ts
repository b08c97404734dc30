import { expect, test } from 'vitest';
import { adam, cosineDecay, type Optimiser, sgd, shuffle } from '../examples/optimisers.ts';
import { uniform } from '../src/model/random.ts';

/** Where θ = 1 goes under a sequence of gradients. */
function walk(optimiser: Optimiser, gradients: readonly number[], rate: number): number[] {
  const theta = Float64Array.of(1);
  return gradients.map((g) => {
    optimiser([theta], [Float64Array.of(g)], rate);
    return theta[0];
  });
}

test('SGD subtracts the gradient, with momentum also what is left of earlier ones', () => {
  expect(walk(sgd(), [2, -4], 0.25)).toEqual([0.5, 1.5]);
  expect(walk(sgd(0.5), [2, 0, 0], 0.25)).toEqual([0.5, 0.25, 0.125]); // v = 2, 1, ½
});

test('Adam: three steps by hand', () => {
  // β₁ = ½, β₂ = ¾. g = 2: m = 1, v = 1, m̂ = 2, v̂ = 4; g = 0: m = ½, v = ¾, m̂ = ⅔, v̂ = 12/7;
  // g = −1: m = −¼, v = 13/16, m̂ = −2/7, v̂ = 52/37
  const steps = [1, 2 / 3 / Math.sqrt(12 / 7), -2 / 7 / Math.sqrt(52 / 37)];
  let theta = 1;
  const expected = steps.map((step) => (theta -= 0.1 * step));
  walk(adam(0.5, 0.75, 0), [2, 0, -1], 0.1).forEach((found, i) => expect(found).toBeCloseTo(expected[i], 14));
});

test('a parameter of Adam moves by the rate at first, however small its gradient', () => {
  expect(walk(adam(), [1e-3], 0.01)[0]).toBeCloseTo(0.99, 6);
});

test('each parameter has its own memory', () => {
  const [a, b] = [Float64Array.of(0), Float64Array.of(0, 0)];
  const step = sgd(1);
  for (let i = 0; i < 2; i++) step([a, b], [Float64Array.of(1), Float64Array.of(0, 2)], 1);
  expect([...a, ...b]).toEqual([-3, 0, -6]);
});

test('the rate falls from all to nothing', () => {
  const rates = [0, 0.5, 1].map((done) => cosineDecay(0.2, done));
  expect(rates[0]).toBe(0.2);
  expect(rates[1]).toBeCloseTo(0.1, 15);
  expect(rates[2]).toBe(0);
});

test('a shuffled list has the same elements; the seed decides their order', () => {
  const shuffled = (seed: number) => shuffle([1, 2, 3, 4, 5, 6, 7, 8], uniform(seed));
  expect([...shuffled(1)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(shuffled(1)).toEqual(shuffled(1));
  expect(shuffled(1)).not.toEqual(shuffled(2));
  const firsts = Array.from({ length: 8000 }, (_, seed) => shuffled(seed)[0]);
  for (let n = 1; n <= 8; n++) {
    const count = firsts.filter((first) => first === n).length;
    expect(Math.abs(count - 1000)).toBeLessThan(120); // four standard deviations of a fair draw
  }
});
