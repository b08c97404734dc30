/** Finite differences: against derivatives by hand, near poles and sharp bends, and what they say of their own error. */

import { describe, expect, test } from 'vitest';
import { differences } from '../src/autodiff/check.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';

type Scalar = (b: Builder, x: NodeId) => NodeId;

const derivative = (f: Scalar, at: number, dtype: 'float64' | 'float32' = 'float64') => {
  const b = new Builder(dtype);
  const x = b.parameter('x', []);
  const [found] = differences(b, { x: at }, f(b, x), [x]);
  return { value: found.derivative[0], uncertainty: found.uncertainty[0] };
};

const steep: Scalar = (b, x) => b.tanh(b.affine(x, { scale: 1e4, shift: 0 }));

test.each<[string, Scalar, number, number]>([
  ['x²', (b, x) => b.square(x), 5, 10],
  ['x² far from 0', (b, x) => b.square(x), 1e6, 2e6],
  ['log x beside its pole', (b, x) => b.log(x), 1e-3, 1e3],
  ['1/x beside its pole', (b, x) => b.div(b.constant(1), x), 1e-3, -1e6],
  ['tanh 10⁴x, sharp', steep, 1e-5, 1e4 * (1 - Math.tanh(0.1) ** 2)],
])('the derivative of %s', (_, f, at, exact) => {
  const { value, uncertainty } = derivative(f, at);
  expect(Math.abs(value / exact - 1)).toBeLessThan(1e-10);
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(3 * uncertainty); // the factor that `grad` allows
});

test('are taken in float64, also of a graph in float32', () => {
  expect(Math.abs(derivative((b, x) => b.square(x), 5, 'float32').value - 10)).toBeLessThan(1e-9);
  // x · [x²] with x² held: the derivative is x²
  const held = derivative((b, x) => b.mul(x, b.stopGradient(b.square(x))), 1.1, 'float32');
  expect(Math.abs(held.value - 1.1 ** 2)).toBeLessThan(1e-10);
});

describe('the uncertainty', () => {
  test('of a constant is that of rounding', () => {
    const { value, uncertainty } = derivative((b, x) => b.affine(x, { scale: 0, shift: 3 }), 1);
    expect(value).toBe(0);
    expect(uncertainty).toBeLessThan(1e-11);
  });

  test('is told of each element by itself', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const sharp = b.tanh(b.mul(x, b.constant([1e4, 1], [2])));
    const E = b.sum(sharp, { axes: [0], keepDims: false });
    const [{ uncertainty }] = differences(b, { x: [2e-4, 0.3] }, E, [x]);
    expect(uncertainty[1]).toBeLessThan(1e-11);
    expect(uncertainty[0]).toBeGreaterThan(1e-9);
  });

  test('is more than the error where sums cancel, so that the value does not show the rounding', () => {
    for (const big of [1e3, 1e6]) {
      const up: Scalar = (b, x) => b.affine(b.sin(x), { scale: 1, shift: big });
      const andDown: Scalar = (b, x) => b.affine(up(b, x), { scale: 1, shift: -big });
      for (let k = 1; k <= 140; k++) {
        const { value, uncertainty } = derivative(andDown, k / 100);
        expect(Math.abs(value - Math.cos(k / 100)), `${big} at ${k / 100}`).toBeLessThanOrEqual(
          3 * uncertainty,
        );
        expect(uncertainty).toBeLessThan(1e-11 * big); // ε times the large number, by the step
      }
    }
  });

  test('grows with the value that is differenced: ε |f| / h', () => {
    // values near 10⁸ are 2⁻²⁶ = 1.5e-8 apart, the step is 5e-4
    const { value, uncertainty } = derivative((b, x) => b.affine(x, { scale: 1, shift: 1e8 }), 1);
    expect(uncertainty).toBeGreaterThan(1.5e-8 / 5e-4);
    expect(uncertainty).toBeLessThan(1e-3);
    expect(Math.abs(value - 1)).toBeLessThan(uncertainty);
  });
});

describe('what gradients stop at is held', () => {
  test.each<[string, Scalar, number]>([
    ['in the middle', (b, x) => b.mul(x, b.stopGradient(x)), 3],
    ['at the end', (b, x) => b.stopGradient(b.square(x)), 0],
    ['beside the way', (b, x) => b.sub(b.square(x), b.stopGradient(x)), 6],
  ])('%s', (_, f, exact) => {
    expect(Math.abs(derivative(f, 3).value - exact)).toBeLessThan(1e-10);
  });
});

describe('of some elements', () => {
  const squares = (n: number, most?: number) => {
    const b = new Builder();
    const x = b.parameter('x', [n]);
    const E = b.sum(b.square(x), { axes: [0], keepDims: false });
    return differences(b, { x: Array.from({ length: n }, (_, i) => i) }, E, [x], most)[0];
  };

  test('one of each part of x, at k + frac(k (√5 − 1)/2) parts', () => {
    const { elements, derivative } = squares(100, 10);
    expect(elements).toEqual([0, 16, 22, 38, 44, 50, 67, 73, 89, 95]);
    derivative.forEach((d, k) => expect(Math.abs(d - 2 * elements[k])).toBeLessThan(1e-8));
  });

  test('all of them, where there are no more than that', () => {
    expect(squares(4, 4).elements).toEqual([0, 1, 2, 3]);
    expect(squares(4, 5).elements).toEqual([0, 1, 2, 3]);
    expect(squares(4).derivative).toHaveLength(4);
  });
});

test('y must be a scalar', () => {
  const b = new Builder();
  const x = b.parameter('x', [4]);
  const y = b.define('H_2', () => b.tanh(x));
  expect(() => differences(b, { x: [1, 2, 3, 4] }, y, [x])).toThrow(
    'H_2 has shape 4; differences are taken of a scalar',
  );
});
