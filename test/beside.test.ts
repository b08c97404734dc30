/** Values beside a kink: off it, inside every domain with room to spare, each element moved. */

import { expect, test } from 'vitest';
import type { NodeId } from '../src/graph/graph.ts';
import { besideKinks } from '../src/interop/beside.ts';
import { Builder } from '../src/ops/builder.ts';

/** Moves of x beside the kink of relu(z) at z = 0, where f(x) must be finite. */
function moves(x: readonly number[], f: (x: number) => number): { moves: number[]; step: number } {
  const builder = new Builder();
  const [a, z] = [builder.parameter('x', [x.length]), builder.parameter('z', [])];
  const sum = (id: NodeId) => builder.sum(id, { axes: [0], keepDims: false });
  const target = builder.define('E', () => builder.add(sum(a), builder.relu(z)));
  const model = { name: 'beside', title: 'Beside', builder, values: { x, z: [0] }, target: 'E' };
  const isInside = (values: Readonly<Record<string, readonly number[]>>) =>
    values.x.every((value) => Number.isFinite(f(value)));
  const { values, step } = besideKinks(model, target, [a, z], isInside)!;
  expect(values.z[0]).not.toBe(0);
  return { moves: values.x.map((value, i) => value - x[i]), step };
}

test('where nothing is in the way each element goes its way, up or down, half a step or more', () => {
  const x = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? 0.1 * i : -20 * i));
  const { moves: found, step } = moves(x, (value) => value);
  expect(step).toBe(0.01);
  const steps = found.map((move, i) => Math.abs(move) / Math.max(1, Math.abs(x[i])));
  for (const size of steps) {
    expect(size).toBeGreaterThan(0.00499);
    expect(size).toBeLessThan(0.01001);
  }
  expect(new Set(steps.map((size) => size.toFixed(9))).size).toBe(50);
  expect(found.filter((move) => move > 0).length).toBeGreaterThan(10);
  expect(found.filter((move) => move < 0).length).toBeGreaterThan(10);
});

test('at the ends of a domain each turns inwards, and could go as far again', () => {
  const x = Array.from({ length: 33 }, (_, i) => (i % 3 === 0 ? 0 : i % 3 === 1 ? 0.9999 : -0.9999));
  const { moves: found, step } = moves(x, (value) => Math.asin(value));
  expect(step).toBe(0.01);
  found.forEach((move, i) => {
    expect(Math.abs(move)).toBeGreaterThan(0.00499);
    expect(Math.abs(x[i] + 2 * move)).toBeLessThanOrEqual(1);
    if (x[i] !== 0) expect(Math.sign(move)).toBe(-Math.sign(x[i]));
  });
});

test('one that is nearer to the end than its move stays further away than half of that', () => {
  const near = Array.from({ length: 40 }, (_, i) => 1 - 0.0005 * (i + 1));
  moves(near, (value) => Math.asin(value)).moves.forEach((move, i) => {
    expect(near[i] + 2 * move).toBeLessThanOrEqual(1);
  });
});

test('one that has no room at all stays, the others move', () => {
  const { moves: found } = moves([3, 0, 5], (value) =>
    Math.abs(value) < 1 && value !== 0 ? Number.NaN : value,
  );
  expect(found[1]).toBe(0);
  expect(Math.abs(found[0])).toBeGreaterThan(0.01);
  expect(Math.abs(found[2])).toBeGreaterThan(0.01);
});
