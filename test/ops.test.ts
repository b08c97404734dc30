/** The op table as a whole: what the samples cover, values by hand, and reverse mode itself. */

import { beforeAll, describe, expect, test } from 'vitest';
import { grad, vjp } from '../src/autodiff/grad.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { sizeOf } from '../src/graph/shape.ts';
import { Builder } from '../src/ops/builder.ts';
import type { OpName } from '../src/ops/op.ts';
import { opNames, rowOf, table } from '../src/ops/table.ts';
import { samplesOf } from './support/samples/index.ts';
import type { Sample } from './support/samples/sample.ts';
import { run } from './support/trial.ts';

describe('the samples', () => {
  let all: ReadonlyMap<OpName, Sample[]>;
  beforeAll(() => {
    all = new Map(opNames.map((op) => [op, samplesOf(op)]));
  });
  /** The rows none of whose samples is like that. */
  const lacking = (isSuch: (sample: Sample) => boolean): OpName[] =>
    opNames.filter((op) => !all.get(op)!.some(isSuch));
  const ofSize = (n: number) => (sample: Sample) => sample.shapes.some((shape) => sizeOf(shape) === n);
  const ofRank = (rank: number) => (sample: Sample) => sample.shapes.some((shape) => shape.length === rank);

  test('are 25 or more of every row', () => {
    for (const op of opNames) expect(all.get(op)?.length, op).toBeGreaterThanOrEqual(25);
  });

  test('are the same whenever they are drawn', () => {
    for (const op of opNames) expect(samplesOf(op)).toEqual(all.get(op));
  });

  test('differ in all that a row can be given', () => {
    for (const [op, samples] of all) {
      const distinct = new Set(samples.map(({ shapes, attrs }) => JSON.stringify([shapes, attrs])));
      expect(distinct.size, `${op}: shapes and attributes`).toBeGreaterThanOrEqual(8);
      for (const attr of Object.keys(table[op].attrs)) {
        const values = new Set(samples.map(({ attrs }) => JSON.stringify(attrs[attr])));
        expect(values.size, `${op}: ${attr}`).toBeGreaterThan(1);
      }
    }
  });

  test('have scalars, single numbers, five axes and nothing at all, but for rows that take none', () => {
    const withAxes: OpName[] = ['matmul', 'outer', 'cumsum', 'concat', 'gather', 'scatterAdd'];
    const windows: OpName[] = ['conv', 'convTranspose', 'convFilter', 'maxPool', 'maxPoolGather'];
    windows.push('maxPoolScatter', 'avgPool', 'avgPoolAdjoint');
    const rows: OpName[] = ['softmax', 'softmaxGradient', 'logSoftmax', 'softmaxExcess'];
    rows.push('softmaxCrossEntropy');
    expect(lacking(ofRank(0))).toEqual([...withAxes, ...windows, ...rows]);
    expect(lacking(ofSize(1))).toEqual([]);
    expect(lacking(ofRank(5))).toEqual(['outer']);
    expect(lacking(ofSize(0))).toEqual(['meanSquaredError']);
  });

  const takesScalarBeside = (op: OpName): boolean => {
    try {
      return rowOf(op)!.shape([[2, 3], [1], [1]].slice(0, Number(table[op].arity)), {}).length === 2;
    } catch {
      return false;
    }
  };

  test('of several operands have f(x, x); those that broadcast do so both ways', () => {
    const severalOperands = opNames.filter((op) => table[op].arity !== 1);
    const repeated = lacking(({ operands }) => new Set(operands).size < operands.length);
    expect(repeated.filter((op) => severalOperands.includes(op))).toEqual([]);
    const sizes = ({ shapes, operands }: Sample) => operands.map((leaf) => sizeOf(shapes[leaf]));
    const broadcast = severalOperands.filter((op) => op === 'matmul' || takesScalarBeside(op));
    expect(broadcast).toHaveLength(19);
    for (const op of broadcast) {
      for (const sign of [1, -1]) {
        const found = all.get(op)!.some((sample) => sign * (sizes(sample)[0] - sizes(sample)[1]) > 0);
        expect(found, `${op}, the ${sign > 0 ? 'second' : 'first'} operand smaller`).toBe(true);
      }
    }
  });

  test('differentiate every operand, also those in which an op is flat', () => {
    for (const [op, samples] of all) {
      const { arity } = rowOf(op)!;
      for (let slot = 0; slot < (arity === 'n' ? 4 : arity); slot++) {
        const count = samples.filter(({ operands, isData }) => isData[operands[slot]] === false).length;
        expect(count, `${op}, operand ${slot}`).toBeGreaterThanOrEqual(4);
      }
    }
  });
});

describe('values by hand', () => {
  const value = (build: (b: Builder) => NodeId): number[] => {
    const b = new Builder();
    const y = build(b);
    return run(b, [y], {})[0];
  };

  test('softmax does not overflow', () => {
    expect(value((b) => b.softmax(b.constant([1000, 1000], [2])))).toEqual([0.5, 0.5]);
    const [p, q] = value((b) => b.softmax(b.constant([0, Math.log(3)], [2])));
    expect([p, q]).toEqual([expect.closeTo(0.25, 15), expect.closeTo(0.75, 15)]);
  });

  test('0 log 0 is 0 in the cross-entropy, and so is its gradient there', () => {
    const b = new Builder();
    const p = b.parameter('p', [2]);
    const E = b.crossEntropy(p, b.constant([0, 1], [2]));
    const [dp] = grad(b, E, [p]);
    expect(run(b, [E, dp], { p: [0, 0.5] })).toEqual([[Math.log(2)], [0, -2]]);
  });

  test('functions made for small arguments keep all digits there', () => {
    expect(value((b) => b.expm1(b.constant(1e-12)))[0]).toBeCloseTo(1.0000000000005e-12, 27);
    expect(value((b) => b.log1p(b.constant(1e-12)))[0]).toBeCloseTo(0.9999999999995e-12, 27);
    expect(value((b) => b.softplus(b.constant(-40)))[0] / Math.exp(-40)).toBeCloseTo(1, 14);
    expect(value((b) => b.elu(b.constant(-1e-12), { alpha: 1 }))[0]).toBeCloseTo(-0.9999999999995e-12, 27);
  });

  test('log softmax and its cross-entropy do not overflow', () => {
    expect(value((b) => b.logSoftmax(b.constant([1000, 0], [2])))).toEqual([0, -1000]);
    expect(value((b) => b.softmaxCrossEntropy(b.constant([1000, 0], [2]), b.constant([0, 1], [2])))).toEqual([
      1000,
    ]);
  });

  test('dropout keeps its share, by a mask that its seed alone decides', () => {
    const ones = 20_000;
    const kept = (seed: number, rate: number) =>
      value((b) => b.dropout(b.constant(1, [ones]), { rate, seed }));
    for (const rate of [0.1, 0.5, 0.8]) {
      const share = kept(3, rate).filter((element) => element !== 0).length / ones;
      expect(Math.abs(share - (1 - rate))).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / ones));
    }
    const kept3 = kept(3, 0.5);
    expect(kept(3, 0.5)).toEqual(kept3);
    const same = kept(4, 0.5).filter((element, i) => element === kept3[i]).length / ones;
    expect(Math.abs(same - 0.5)).toBeLessThan(0.02);
    expect(kept(7, 0)).toEqual(Array(ones).fill(1));
  });

  test('stopGradient: y = x · stop(x) has the derivative x, not 2 x', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    const y = b.mul(x, b.stopGradient(x));
    expect(run(b, [y, ...grad(b, y, [x])], { x: [3] })).toEqual([[9], [3]]);
  });

  test('matmul of all ranks', () => {
    const a = [1, 2, 3, 4, 5, 6];
    expect(value((b) => b.matmul(b.constant(a, [2, 3]), b.constant([1, 0, -1], [3])))).toEqual([-2, -2]);
    expect(value((b) => b.matmul(b.constant([1, -1], [2]), b.constant(a, [2, 3])))).toEqual([-3, -3, -3]);
    expect(value((b) => b.matmul(b.constant(a, [2, 3]), b.constant(a, [3, 2])))).toEqual([22, 28, 49, 64]);
    expect(value((b) => b.matmul(b.constant([1, 2], [2]), b.constant([3, 4], [2])))).toEqual([11]);
  });
});

describe('pools by hand', () => {
  const attrs = {
    inputSize: [4],
    kernelSize: [2],
    stride: [1],
    padLow: [1],
    padHigh: [0],
    dilation: [1],
  };
  /** The pool of one channel, and what reaches each cell from the cotangent 1, 10, 100, 1000. */
  const pooled = (op: 'maxPool' | 'avgPool', cells: number[]): number[][] => {
    const b = new Builder();
    const x = b.parameter('x', [1, 1, 4]);
    const y = b[op](x, attrs);
    const outputs = [y, ...vjp(b, y, [x], b.constant([1, 10, 100, 1000], [1, 1, 4]))];
    return run(b, outputs, { x: cells });
  };

  test('of a tie the first cell wins', () => {
    expect(pooled('maxPool', [3, 3, 1, 1])).toEqual([
      [3, 3, 3, 1],
      [11, 100, 1000, 0],
    ]);
  });

  test('cells in the padding do not count, neither as 0 nor in the mean', () => {
    expect(pooled('maxPool', [-3, -2, -5, -4])[0]).toEqual([-3, -2, -2, -4]);
    expect(pooled('avgPool', [2, 4, 8, 0])).toEqual([
      [2, 3, 6, 4],
      [6, 55, 550, 500],
    ]);
  });
});

describe('reverse mode', () => {
  test('a repeated operand counts twice, an unused consumer not at all', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    b.tanh(x); // nobody asks for it
    const y = b.sum(b.mul(x, x), { axes: [0], keepDims: false });
    expect(run(b, grad(b, y, [x]), { x: [3, -4] })).toEqual([[6, -8]]);
  });

  test('of a variable that it does not depend on is zero; of itself one', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const z = b.parameter('z', []);
    const gradients = grad(b, z, [x, z]);
    expect(run(b, gradients, { x: [1, 2], z: [5] })).toEqual([[0, 0], [1]]);
  });

  test('asks for a scalar, or for a cotangent of the right shape', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const y = b.define('y', () => b.square(x));
    expect(() => grad(b, y, [x])).toThrow('y is not a scalar but 2: a gradient is of a scalar');
    expect(() => vjp(b, y, [x], b.constant(1))).toThrow('the cotangent of y is scalar, expected 2');
    expect(run(b, vjp(b, y, [x], b.constant([1, 10], [2])), { x: [3, 5] })).toEqual([[6, 100]]);
  });

  test('the same graph twice gives the same gradient', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    const y = b.tanh(x);
    const [first, second] = [grad(b, y, [x])[0], grad(b, y, [x])[0]];
    const [u, v] = run(b, [first, second], { x: [0.3] });
    expect(u).toEqual(v);
  });
});
