/** How derivatives are compared, and what tfjs is asked. */

import { expect, test } from 'vitest';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import { tfjsGradients } from '../src/interop/tfjs/oracle.ts';
import { Builder } from '../src/ops/builder.ts';

test('the relative error of two arrays', () => {
  expect(maxRelativeError([1, 2], [1, 2])).toBe(0);
  expect(maxRelativeError([1.1, 2], [1, 2])).toBeCloseTo(0.1, 12);
  expect(maxRelativeError([1e-3, 1], [0, 1])).toBeCloseTo(0.1, 12); // against a hundredth of the largest
  expect(maxRelativeError([0, 1e-300], [0, 0])).toBe(Number.POSITIVE_INFINITY);
  expect(maxRelativeError([Number.NaN], [1])).toBe(Number.POSITIVE_INFINITY);
});

test('tfjs is asked only for what the target depends on, and takes 0 log 0 for 0', async () => {
  const tf = (await loadTfjs())!;
  const b = new Builder();
  const p = b.parameter('p', [3]);
  const unused = b.parameter('unused', [2]);
  const E = b.define('E', () => b.crossEntropy(p, b.constant([0, 1, 0], [3])));
  const values = { p: [0, 0.5, 0.5], unused: [1, 2] };
  const { value, gradients } = tfjsGradients(tf, b.graph, values, E, [unused, p]);
  expect(value).toBeCloseTo(Math.log(2), 6);
  expect(gradients.map((gradient) => [...gradient])).toEqual([
    [0, 0],
    [-0, -2, -0],
  ]);
  expect(tfjsGradients(tf, b.graph, values, E, [unused]).gradients).toEqual([new Float32Array(2)]);
});
