import { expect, test } from 'vitest';
import { rnn } from '../examples/rnn/rnn.ts';
import { differences } from '../src/autodiff/check.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import { tfjsGradients } from '../src/interop/tfjs/oracle.ts';
import { Builder } from '../src/ops/builder.ts';

const derivative = (f: (b: Builder, x: NodeId) => NodeId, at: number) => {
  const b = new Builder();
  const x = b.parameter('x', []);
  const [found] = differences(b, { x: at }, f(b, x), [x]);
  return { value: found.derivative[0], uncertainty: found.uncertainty };
};

test.each<[string, (b: Builder, x: NodeId) => NodeId, number, number]>([
  ['x²', (b, x) => b.square(x), 5, 10],
  ['log x beside its pole', (b, x) => b.log(x), 1e-3, 1e3],
  ['1/x beside its pole', (b, x) => b.div(b.constant(1), x), 1e-3, -1e6],
  [
    'tanh 10⁴x, sharp',
    (b, x) => b.tanh(b.affine(x, { scale: 1e4, shift: 0 })),
    1e-5,
    1e4 * (1 - Math.tanh(0.1) ** 2),
  ],
])('differences find the derivative of %s', (_, f, at, exact) => {
  const { value, uncertainty } = derivative(f, at);
  expect(Math.abs(value / exact - 1)).toBeLessThan(1e-10);
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(3 * uncertainty); // the factor that `grad` allows
});

test('differences of a constant are zero, and their uncertainty is that of rounding', () => {
  const { value, uncertainty } = derivative((b, x) => b.affine(x, { scale: 0, shift: 3 }), 1);
  expect(value).toBe(0);
  expect(uncertainty).toBeLessThan(1e-11);
});

test('differences are taken of a scalar', () => {
  const { builder: b, values } = rnn();
  const [H, W] = [b.graph.idOf('H_2'), b.graph.idOf('W')];
  expect(() => differences(b, values, H, [W])).toThrow('H_2 has shape 4; differences are taken of a scalar');
});

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
