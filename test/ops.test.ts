import { beforeAll, describe, expect, test } from 'vitest';
import { finiteDifferences } from '../src/autodiff/check.ts';
import { grad, vjp } from '../src/autodiff/grad.ts';
import type { Attrs, NodeId } from '../src/graph/graph.ts';
import { type Shape, sizeOf } from '../src/graph/shape.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import { type Tfjs, tfjsGradients } from '../src/interop/tfjs/oracle.ts';
import { uniform } from '../src/model/random.ts';
import { Builder } from '../src/ops/builder.ts';
import { type ConvAttrs, convOutputSize } from '../src/ops/conv.ts';
import type { OpName } from '../src/ops/op.ts';
import { opNames, rowOf, table } from '../src/ops/table.ts';
import { localRule } from '../src/ops/typeset.ts';
import { Plan } from '../src/run/plan.ts';

/** Operand shapes and attributes to try each op with. A row without samples fails the first test. */
type Sample = readonly [shapes: readonly Shape[], attrs?: Attrs];
const unary: Sample[] = [[[[]]], [[[1]]], [[[3]]], [[[2, 3]]], [[[2, 1, 2, 1, 2]]]];
const binary: Sample[] = [
  [[[], []]],
  [[[3], [3]]],
  [[[2, 3], [3]]],
  [[[3], [2, 3]]],
  [
    [
      [2, 1],
      [1, 3],
    ],
  ],
  [[[], [2]]],
  [[[2, 2], []]],
  [[[1], [1]]],
];
const reductions: Sample[] = [
  [[[3]], { axes: [0], keepDims: false }],
  [[[2, 3]], { axes: [1], keepDims: true }],
  [[[2, 3, 2]], { axes: [0, 2], keepDims: false }],
  [[[1]], { axes: [0], keepDims: false }],
];
/** Convolutions that differ in all that can be wrong: no two sizes equal where they could be mistaken. */
const convolutions = (
  [
    { inputSize: [5], kernelSize: [3], stride: [1], padLow: [0], padHigh: [0], dilation: [1], groups: 1 },
    { inputSize: [7], kernelSize: [2], stride: [2], padLow: [1], padHigh: [0], dilation: [3], groups: 1 },
    {
      inputSize: [4, 5],
      kernelSize: [3, 2],
      stride: [1, 2],
      padLow: [1, 0],
      padHigh: [0, 2],
      dilation: [1, 2],
      groups: 1,
    },
    {
      inputSize: [3, 4],
      kernelSize: [2, 2],
      stride: [2, 1],
      padLow: [0, 1],
      padHigh: [1, 1],
      dilation: [1, 1],
      groups: 2,
    },
    {
      inputSize: [4, 4],
      kernelSize: [1, 3],
      stride: [1, 1],
      padLow: [0, 1],
      padHigh: [0, 1],
      dilation: [1, 1],
      groups: 3,
    },
  ] as const
).map((a) => {
  const attrs: ConvAttrs = a;
  const [perGroup, outputs] = a.groups === 3 ? [1, 3] : [2, 4]; // the last one is depthwise
  return {
    attrs: { ...attrs },
    x: [2, a.groups * perGroup, ...a.inputSize],
    w: [outputs, perGroup, ...a.kernelSize],
    y: [2, outputs, ...convOutputSize(attrs)],
  };
});
const samples: Record<OpName, readonly Sample[]> = {
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  xdivy: binary,
  affine: unary.map(([shapes]) => [shapes, { scale: -1.5, shift: 0.25 }]),
  pow: binary,
  exp: unary,
  expm1: unary,
  log: unary,
  log1p: unary,
  sqrt: unary,
  reciprocal: unary,
  square: unary,
  power: [...unary.map(([shapes]): Sample => [shapes, { exponent: -1.5 }]), [[[3]], { exponent: 0 }]],
  sin: unary,
  cos: unary,
  tan: unary,
  asin: unary,
  acos: unary,
  atan: unary,
  sinh: unary,
  cosh: unary,
  tanh: unary,
  erf: unary,
  abs: unary,
  sign: unary,
  sigmoid: unary,
  softplus: unary,
  relu: unary,
  relu6: unary,
  leakyRelu: unary.map(([shapes]) => [shapes, { slope: 0.1 }]),
  elu: unary.map(([shapes]) => [shapes, { alpha: 1.3 }]),
  selu: unary,
  gelu: unary,
  silu: unary,
  max: binary,
  min: binary,
  clip: unary.map(([shapes]) => [shapes, { low: -0.5, high: 0.75 }]),
  step: unary,
  mask: binary,
  where: [[[[], [], []]], [[[3], [3], [3]]], [[[2, 1], [3], [2, 3]]], [[[3], [1], [2, 1]]]],
  less: binary,
  lessEqual: binary,
  greater: binary,
  greaterEqual: binary,
  equal: binary,
  notEqual: binary,
  matmul: [
    [[[2, 3], [3]]],
    [[[3], [3, 2]]],
    [
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [[[3], [3]]],
    [[[1, 1], [1]]],
    [[[5, 6], [6]]],
    [[[6], [6, 5]]],
  ],
  outer: [[[[2], [3]]], [[[1], [1]]], [[[5], [6]]]],
  transpose: [
    [[[2, 3]], { perm: [1, 0] }],
    [[[2, 3, 4]], { perm: [2, 0, 1] }],
    [[[3]], { perm: [0] }],
  ],
  total: [[[[2], [2], [2]]], [[[], []]], [[[2, 2]]]],
  sum: [
    [[[3]], { axes: [0], keepDims: false }],
    [[[2, 3]], { axes: [1], keepDims: true }],
    [[[2, 3, 2]], { axes: [0, 2], keepDims: false }],
    [[[2, 3]], { axes: [], keepDims: false }],
  ],
  mean: reductions,
  reduceMax: reductions,
  reduceMin: reductions,
  logSumExp: reductions,
  variance: reductions,
  norm: reductions,
  cumsum: [
    [[[4]], { axis: 0, reverse: false }],
    [[[2, 3]], { axis: 1, reverse: true }],
    [[[2, 3]], { axis: 0, reverse: false }],
    [[[2, 3, 2]], { axis: 1, reverse: true }],
  ],
  sumTo: [
    [[[2, 3]], { shape: [3] }],
    [[[2, 3]], { shape: [2, 1] }],
    [[[2, 3]], { shape: [] }],
  ],
  broadcastTo: [
    [[[3]], { shape: [2, 3] }],
    [[[2, 1]], { shape: [2, 3] }],
    [[[]], { shape: [2] }],
  ],
  reshape: [
    [[[2, 3]], { shape: [3, 2] }],
    [[[1]], { shape: [] }],
  ],
  slice: [
    [[[4]], { begin: [1], size: [2] }],
    [[[3, 4]], { begin: [1, 0], size: [2, 3] }],
    [[[2, 3, 2]], { begin: [0, 1, 1], size: [2, 2, 1] }],
  ],
  pad: [
    [[[2]], { before: [1], after: [0] }],
    [[[2, 3]], { before: [0, 2], after: [1, 1] }],
  ],
  concat: [
    [[[2], [3]], { axis: 0 }],
    [
      [
        [2, 1],
        [2, 3],
        [2, 2],
      ],
      { axis: 1 },
    ],
    [
      [
        [1, 2, 2],
        [3, 2, 2],
      ],
      { axis: 0 },
    ],
  ],
  flip: [
    [[[4]], { axes: [0] }],
    [[[2, 3]], { axes: [1] }],
    [[[2, 3, 2]], { axes: [0, 2] }],
  ],
  gather: [
    [[[4]], { axis: 0, indices: [2, 0, 2] }],
    [[[3, 2]], { axis: 0, indices: [1, 1, 0, 2] }],
    [[[2, 3, 2]], { axis: 1, indices: [2, 0] }],
  ],
  scatterAdd: [
    [[[3]], { axis: 0, indices: [2, 0, 2], size: 4 }],
    [[[4, 2]], { axis: 0, indices: [1, 1, 0, 2], size: 3 }],
    [[[2, 2, 2]], { axis: 1, indices: [2, 0], size: 3 }],
  ],
  oneHot: [
    [[[3]], { depth: 4 }],
    [[[2, 2]], { depth: 3 }],
  ],
  conv: convolutions.map(({ attrs, x, w }): Sample => [[x, w], attrs]),
  convTranspose: convolutions.map(({ attrs, y, w }): Sample => [[y, w], attrs]),
  convFilter: convolutions.map(({ attrs, x, y }): Sample => [[x, y], attrs]),
  softmax: [[[[3]]], [[[2, 3]]], [[[1]]]],
  crossEntropy: [
    [[[3], [3]]],
    [
      [
        [2, 3],
        [2, 3],
      ],
    ],
  ],
};

interface Case {
  readonly b: Builder;
  readonly xs: readonly NodeId[];
  /** ⟨op(x), cotangent⟩ plus a use of every operand beside the op: fan-out. */
  readonly loss: NodeId;
  readonly values: Record<string, number[]>;
}

function build(op: OpName, [shapes, attrs = {}]: Sample, seed: number): Case {
  const random = uniform(seed);
  const [low, high] = table[op].domain;
  const { low: lower, high: upper } = attrs as { low?: number; high?: number }; // of clip
  const kinks = [...table[op].kinks, ...[lower, upper].filter((kink) => kink !== undefined)];
  const awayFromKinks = (x: number) => (kinks.some((kink) => Math.abs(x - kink) < 0.02) ? x + 0.05 : x);
  const b = new Builder();
  const values: Record<string, number[]> = {};
  const leaf = (name: string, shape: Shape, from: number, to: number): NodeId => {
    values[name] = Array.from({ length: sizeOf(shape) }, () => awayFromKinks(from + (to - from) * random()));
    return b.parameter(name, shape);
  };
  const xs = shapes.map((shape, i) => leaf(`x${i}`, shape, low, high));
  const y = b.apply(op, xs, attrs);
  const everything = (id: NodeId) => {
    const { shape } = b.graph.node(id);
    return b.sum(id, { axes: shape.map((_, axis) => axis), keepDims: false });
  };
  const cotangent = leaf('cotangent', b.graph.node(y).shape, -1, 1);
  const beside = xs.map((x) => everything(b.square(x)));
  return { b, xs, loss: b.total(everything(b.mul(y, cotangent)), ...beside), values };
}

function run(b: Builder, outputs: readonly NodeId[], values: Record<string, number[]>): number[][] {
  const plan = new Plan(b.graph, outputs).setAll(values).run();
  return outputs.map((id) => [...plan.value(id)]);
}

test('every row has samples', () => {
  for (const op of opNames) expect(samples[op]?.length, op).toBeGreaterThanOrEqual(2);
});

let tf: Tfjs;
beforeAll(async () => {
  const loaded = await loadTfjs();
  if (loaded === undefined) throw new Error('@tensorflow/tfjs is not installed; run npm ci');
  tf = loaded;
});

describe.each(opNames)('%s', (op) => {
  test('first and second order agree with differences', () => {
    samples[op].forEach((sample, seed) => {
      const { b, xs, loss, values } = build(op, sample, seed + 1);
      const gradient = grad(b, loss, xs);
      const exact = run(b, gradient, values);
      finiteDifferences(b, values, loss, xs).forEach((difference, i) => {
        expect(maxRelativeError(exact[i], difference), `${op} x${i} of sample ${seed}`).toBeLessThan(1e-9);
      });
      // second order: the gradient of ⟨gradient, v⟩ against differences of ⟨gradient, v⟩
      const along = gradient.map((g, i) => {
        const { shape } = b.graph.node(xs[i]);
        const v = b.constant(
          Array.from({ length: sizeOf(shape) }, (_, k) => Math.cos(k + i)),
          shape,
        );
        return b.sum(b.mul(g, v), { axes: shape.map((_, axis) => axis), keepDims: false });
      });
      const slope = b.total(...along);
      const second = run(b, grad(b, slope, xs), values);
      finiteDifferences(b, values, slope, xs).forEach((difference, i) => {
        expect(maxRelativeError(second[i], difference), `${op} x${i} twice, sample ${seed}`).toBeLessThan(
          1e-8,
        );
      });
    });
  });

  test('float32 agrees with float64', () => {
    samples[op].forEach((sample, seed) => {
      const { b, xs, loss, values } = build(op, sample, seed + 1);
      const gradient = grad(b, loss, xs);
      const exact = run(b, gradient, values);
      const single = new Plan(b.graph, gradient, { dtype: 'float32' }).setAll(values).run();
      gradient.forEach((id, i) => {
        expect(single.value(id)).toBeInstanceOf(Float32Array);
        expect(maxRelativeError(single.value(id), exact[i])).toBeLessThan(1e-4);
      });
    });
  });

  test('tfjs, with rules of its own, agrees', () => {
    samples[op].forEach((sample, seed) => {
      const { b, xs, loss, values } = build(op, sample, seed + 1);
      const exact = run(b, grad(b, loss, xs), values);
      const oracle = tfjsGradients(tf, b.graph, values, loss, xs);
      oracle.gradients.forEach((gradient, i) => {
        expect(maxRelativeError(gradient, exact[i]), `x${i} of sample ${seed}`).toBeLessThan(1e-4);
      });
    });
  });

  test('each rule can be typeset', () => {
    const [shapes, attrs = {}] = samples[op][0];
    const b = new Builder();
    const xs = shapes.map((shape, i) => b.input(`x${i}`, shape));
    const { shape } = b.graph.node(b.apply(op, xs, attrs));
    const names = { x: shapes.map((_, i) => `x_${i}`), y: 'y', g: '\\bar{y}' };
    shapes.forEach((_, slot) => {
      const rule = localRule(op, slot, names, shapes, shape, attrs);
      if (table[op].vjp[slot] === 'flat') expect(rule).toBe('0');
      else expect(rule).toContain('\\bar{y}');
    });
    expect(rowOf(op)!.symbol).not.toBe('');
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

  test('matmul of all ranks', () => {
    const a = [1, 2, 3, 4, 5, 6];
    expect(value((b) => b.matmul(b.constant(a, [2, 3]), b.constant([1, 0, -1], [3])))).toEqual([-2, -2]);
    expect(value((b) => b.matmul(b.constant([1, -1], [2]), b.constant(a, [2, 3])))).toEqual([-3, -3, -3]);
    expect(value((b) => b.matmul(b.constant(a, [2, 3]), b.constant(a, [3, 2])))).toEqual([22, 28, 49, 64]);
    expect(value((b) => b.matmul(b.constant([1, 2], [2]), b.constant([3, 4], [2])))).toEqual([11]);
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
