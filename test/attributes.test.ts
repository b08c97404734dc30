/** Attributes and options that TypeScript would refuse, as plain JavaScript gives them: told in words, never ignored. */

import { describe, expect, test } from 'vitest';
import { jacobian, valueAndGrad } from '../src/autodiff/jacobian.ts';
import { anomalies } from '../src/chain/anomaly.ts';
import { explain } from '../src/chain/explain.ts';
import { GradpathError } from '../src/graph/error.ts';
import { type Attrs, Graph } from '../src/graph/graph.ts';
import { modelFromJSON, modelToJSON } from '../src/model/json.ts';
import { Builder } from '../src/ops/builder.ts';
import { defineOp } from '../src/ops/custom.ts';
import {
  averagePooling,
  conv1d,
  conv2d,
  convolution,
  depthwiseConv2d,
  maxPooling,
  transposedConvolution,
} from '../src/ops/layers.ts';
import { opNames, rowOf } from '../src/ops/table.ts';
import { numbers } from '../src/run/eager.ts';
import { Plan } from '../src/run/plan.ts';

/** The message of H_2 = op(x) with those attributes; `none` if it is accepted. */
function refusal(op: string, attrs: unknown): string {
  const b = new Builder();
  const x = b.parameter('x', [3]);
  try {
    b.define('H_2', () => b.apply(op, [x], attrs as Attrs));
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('attributes of the wrong kind', () => {
  test.each<[string, object, string]>([
    ['sum', { axes: '0', keepDims: false }, 'axes is "0", expected a list of whole numbers'],
    ['sum', { axes: 0, keepDims: false }, 'axes is 0, expected a list of whole numbers'],
    ['sum', { axes: ['0'], keepDims: false }, 'axes is ["0"], expected a list of whole numbers'],
    ['sum', { axes: [[0]], keepDims: false }, 'axes is [[…]], expected a list of whole numbers'],
    ['sum', { axes: [0], keepDims: 0 }, 'keepDims is 0, expected true or false'],
    ['sum', { axes: [0] }, 'keepDims is missing, expected true or false'],
    ['sum', { axes: [0], keepdims: true }, 'there is no attribute keepdims; did you mean keepDims?'],
    ['sum', { axes: [0], keepDims: true, dtype: 1 }, 'there is no attribute dtype, expected axes, keepDims'],
    ['reshape', { shape: Int32Array.of(3) }, 'shape is a typed array, expected a list of whole numbers'],
    ['clip', { low: 0, high: Number.POSITIVE_INFINITY }, 'high is Infinity, expected a finite number'],
    ['clip', { low: Number.NaN, high: 1 }, 'low is NaN, expected a finite number'],
    ['clip', { low: '0', high: 1 }, 'low is "0", expected a finite number'],
    ['clip', { low: null, high: 1 }, 'low is null, expected a finite number'],
    ['gather', { axis: 0, indices: [0, 0.5] }, 'indices is [0,0.5], expected a list of whole numbers'],
    [
      'gather',
      { axis: 0, indices: Array(99).fill(0.5) },
      `indices is [${'0.5,'.repeat(9)}0.…, expected a list of whole numbers`,
    ],
    ['tanh', { scale: 1 }, 'there is no attribute scale, expected none'],
  ])('%s %j', (op, attrs, message) => {
    expect(refusal(op, attrs)).toBe(`H_2: ${op} of x (3): ${message}`);
  });

  test('of every op, each attribute', () => {
    const right = { number: 1, boolean: true, integers: [1], indices: [1] } as const;
    const wrong = {
      number: [Number.POSITIVE_INFINITY, Number.NaN, '1', [1], undefined],
      boolean: [1, 'true', undefined],
      integers: [1, [1.5], [Number.POSITIVE_INFINITY], ['1'], undefined],
      indices: [1, [1.5], [Number.NaN], ['1'], undefined],
    } as const;
    let tried = 0;
    for (const op of opNames) {
      const { attrs: kinds, arity } = rowOf(op)!;
      const good = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, right[kind]]));
      for (const [name, kind] of Object.entries(kinds)) {
        for (const bad of wrong[kind]) {
          const b = new Builder();
          const operands = Array.from({ length: arity === 'n' ? 1 : arity }, (_, i) =>
            b.input(`x_${i}`, [2]),
          );
          const attrs = { ...good, [name]: bad } as Attrs;
          expect(() => b.apply(op, operands, attrs), `${op} ${name}`).toThrow(`: ${name} is `);
          tried++;
        }
      }
    }
    expect(tried).toBeGreaterThan(200);
  });

  test('left out altogether: the last operand does not pass for them', () => {
    const b = new Builder() as unknown as Record<string, (x: number) => number>;
    const x = (b as unknown as Builder).parameter('x', [3]);
    const message = 'sum: the attributes { axes, keepDims } are missing, which come last';
    expect(() => b.sum(x)).toThrow(message);
    expect(() => (numbers.sum as (x: unknown) => unknown)(null)).toThrow(message);
  });

  test('of an op of one’s own', () => {
    const scaled = defineOp({
      name: 'scaledByAttr',
      arity: 1,
      attrs: { by: 'number' },
      kernel: () => () => {},
    });
    const b = new Builder();
    const x = b.parameter('x', [3]);
    expect(() => scaled(b, [x], { by: '2' as unknown as number })).toThrow(
      'scaledByAttr of x (3): by is "2", expected a finite number',
    );
    expect(() => (scaled as (...args: unknown[]) => unknown)(b, [x])).toThrow(
      'scaledByAttr of x (3): by is missing, expected a finite number',
    );
  });

  test('what is accepted can be read back: numbers at the ends of their range', () => {
    const b = new Builder();
    const x = b.parameter('x', [3]);
    const y = b.clip(x, { low: -Number.MAX_VALUE, high: Number.MIN_VALUE });
    b.define('E', () => b.sum(b.affine(y, { scale: -0, shift: 1 / 3 }), { axes: [0], keepDims: false }));
    const model = { name: 'ends', title: 'Ends', builder: b, values: { x: [1, 2, 3] }, target: 'E' };
    const read = modelFromJSON(modelToJSON(model));
    expect(read.builder.graph.nodes.map((node) => node.attrs)).toEqual(
      b.graph.nodes.map((node) => node.attrs),
    );
  });
});

describe('options that do not exist, or have no such value', () => {
  const b = new Builder();
  const x = b.parameter('x', [1, 1, 4]);
  const image = b.parameter('image', [1, 1, 4, 4]);
  const w = b.parameter('w', [1, 1, 2]);
  const E = b.define('E', () => b.sum(x, { axes: [0, 1, 2], keepDims: false }));
  const values = { x: [1, 2, 3, 4] };
  const misspelt = { name: 'misspelt', arity: 1, kernel: () => () => {}, grad: [] } as const;
  test.each<[() => unknown, string]>([
    [() => new Plan(b.graph, [E], { moed: 'lean' } as object), 'Plan has no option moed; did you mean mode?'],
    [() => new Plan(b.graph, [E], { lean: true } as object), 'Plan has no option lean, expected mode, dtype'],
    [
      () => new Plan(b.graph, [E], { mode: 'Lean' as 'lean' }),
      'mode is "Lean", expected inspect or lean; did you mean lean?',
    ],
    [
      () => new Plan(b.graph, [E], { dtype: 'float16' as 'float32' }),
      'dtype is "float16", expected float64 or float32; did you mean float64?',
    ],
    [() => new Builder('f32' as 'float32'), 'dtype is "f32", expected float64 or float32'],
    [() => new Graph(32 as unknown as 'float32'), 'dtype is 32, expected float64 or float32'],
    [() => jacobian(b, x, x, 'row' as 'rows'), 'by is "row", expected rows or columns; did you mean rows?'],
    [() => jacobian(b, x, x, { by: 'rows' } as never), 'by is an object, expected rows or columns'],
    [() => jacobian(b, x, x, ['rows'] as never), 'by is a list, expected rows or columns'],
    [() => jacobian(b, x, x, null as never), 'by is null, expected rows or columns'],
    [
      () => valueAndGrad(b, E, [x], { made: 'lean' } as object),
      'Plan has no option made; did you mean mode?',
    ],
    [
      () => anomalies(b, values, E, { vanish: 1e-3 } as object),
      'anomalies has no option vanish; did you mean vanished?',
    ],
    [() => explain(b, values, E, x, { topp: 3 } as object), 'explain has no option topp; did you mean top?'],
    [() => conv1d(b, x, w, { strides: 2 } as object), 'conv1d has no option strides; did you mean stride?'],
    [
      () => conv2d(b, image, w, { dilaton: 2 } as object),
      'conv2d has no option dilaton; did you mean dilation?',
    ],
    [
      () => convolution(b, x, w, { bias: 2 } as object),
      'convolution has no option bias, expected stride, padding, dilation, groups',
    ],
    [
      () => depthwiseConv2d(b, image, w, { groups: 2 } as object),
      'depthwiseConv2d has no option groups, expected stride, padding, dilation',
    ],
    [
      () => transposedConvolution(b, x, w, { output_padding: 1 } as object),
      'transposedConvolution has no option output_padding; did you mean outputPadding?',
    ],
    [
      () => maxPooling(b, x, 2, { pading: 1 } as object),
      'maxPooling has no option pading; did you mean padding?',
    ],
    [
      () => averagePooling(b, x, 2, { groups: 1 } as object),
      'averagePooling has no option groups, expected stride, padding, dilation',
    ],
    [
      () => conv1d(b, x, w, { padding: 'valid' as 'same' }),
      'padding is "valid", expected a whole number, or one per spatial axis, or "same"',
    ],
    [
      () => conv1d(b, x, w, { stride: '2' as unknown as number }),
      'stride is "2", expected a whole number, or one per spatial axis',
    ],
    [
      () => conv1d(b, x, w, { groups: '1' as unknown as number }),
      'conv of x (1×1×4) and w (1×1×2): groups is "1", expected a finite number',
    ],
    [
      () => defineOp(misspelt),
      'defineOp of misspelt has no option grad, expected name, arity, attrs, shape, kernel, vjp, tex, symbol',
    ],
    [
      () => defineOp({ name: 'misspelt', arity: 4 as 3, kernel: () => () => {} }),
      'the arity of misspelt is "4", expected 1 or 2 or 3 or n',
    ],
    [
      () =>
        defineOp({
          name: 'misspelt',
          arity: 1,
          attrs: { by: 'integer' as 'integers' },
          kernel: () => () => {},
        }),
      'the kind of misspelt\'s attribute by is "integer", expected number or boolean or integers or indices; did you mean integers?',
    ],
  ])('%s', (act, message) => {
    expect(act).toThrow(GradpathError);
    expect(act).toThrow(message);
  });
});
