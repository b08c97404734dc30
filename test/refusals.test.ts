/**
 * What each row of the op table refuses, with the message that its user reads, and the borders that it still accepts.
 * A row without a line here takes operands of any shape.
 */

import { describe, expect, test } from 'vitest';
import type { Attrs } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';
import type { OpName } from '../src/ops/op.ts';
import { opNames, rowOf } from '../src/ops/table.ts';

type Shape = readonly number[];
type Case = readonly [shapes: readonly Shape[], attrs: object, detail: string];
type Accepted = readonly [shapes: readonly Shape[], attrs: object, shape: Shape];

const NAMES = ['W', 'x', 'z', 'u', 'v'];

/** The shape of y = op(W, x, …) for variables of these shapes. */
function shapeOf(op: string, shapes: readonly Shape[], attrs: object): Shape {
  const b = new Builder();
  const operands = shapes.map((shape, i) => b.parameter(NAMES[i], shape));
  return b.graph.node(b.define('y', () => b.apply(op, operands, attrs as Attrs))).shape;
}

const spoken = (shape: Shape): string => (shape.length === 0 ? 'scalar' : shape.join('×'));

/** `y: matmul of W (4×4) and x (3)` */
function subject(op: string, shapes: readonly Shape[]): string {
  const [last, ...others] = shapes.map((shape, i) => `${NAMES[i]} (${spoken(shape)})`).reverse();
  return `y: ${op} of ${others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`}`;
}

const along = (axes: readonly number[], keepDims = false) => ({ axes, keepDims });

const broadcasting: readonly Case[] = [
  [[[2], [3]], {}, '2 and 3 do not broadcast to one shape'],
  [[[2, 3], [2]], {}, '2×3 and 2 do not broadcast to one shape'],
  [[[0], [2]], {}, '0 and 2 do not broadcast to one shape'],
];
const axesOf = (attrs: object) => (attrs as ReturnType<typeof along>).axes;
const axes: readonly Case[] = [
  [[[2, 3]], along([2]), '[2] are not axes of 2×3'],
  [[[2, 3]], along([-1]), '[-1] are not axes of 2×3'],
  [[[2, 3]], along([0, 0]), '[0,0] are not axes of 2×3'],
  [[[]], along([0]), '[0] are not axes of scalar'],
];
const ofSomething = (op: OpName): readonly Case[] => [
  ...axes,
  [[[2, 0]], along([1]), `${op} over an empty axis of 2×0`],
  [[[0, 2, 0]], along([1, 2]), `${op} over an empty axis of 0×2×0`],
];
const alike: Case = [[[2], [1]], {}, '2 and 1 differ'];
const vectors = (op: OpName): Case => [
  rowOf(op)!.arity === 1 ? [[]] : [[], []],
  {},
  `${op} takes a vector or more, not a scalar`,
];

/** A window of 2×3 with steps of 1 and 2 over 4×5 cells, of which the last row and the first column are padding. */
const window = {
  inputSize: [4, 5],
  kernelSize: [2, 3],
  stride: [1, 2],
  padLow: [0, 1],
  padHigh: [1, 0],
  dilation: [1, 1],
};
const x: Shape = [2, 6, 4, 5];
const w: Shape = [4, 3, 2, 3];
const y: Shape = [2, 4, 4, 2];
const pooled: Shape = [2, 6, 4, 2];
const NOT_WHOLE = 'sizes, strides, padding and dilation need a whole number for each spatial axis';

/** What all ops with windows refuse. */
const windows = (shapes: readonly Shape[], more: object = {}): readonly Case[] => [
  [shapes, { ...window, ...more, stride: [1] }, NOT_WHOLE],
  [shapes, { ...window, ...more, kernelSize: [2, 3, 1] }, NOT_WHOLE],
  [shapes, { ...window, ...more, padLow: [0, 0.5] }, 'padLow is [0,0.5], expected a list of whole numbers'],
  [
    shapes,
    { ...window, ...more, stride: [0, 2] },
    'stride [0,2], dilation [1,1] and kernel [2,3] must be 1 or more',
  ],
  [
    shapes,
    { ...window, ...more, dilation: [1, -1] },
    'stride [1,2], dilation [1,-1] and kernel [2,3] must be 1 or more',
  ],
  [
    shapes,
    { ...window, ...more, kernelSize: [2, 0] },
    'stride [1,2], dilation [1,1] and kernel [2,0] must be 1 or more',
  ],
  [
    shapes,
    { ...window, ...more, dilation: [5, 1] },
    'a kernel that reaches over 6 does not fit into 5 along spatial axis 0',
  ],
  [
    shapes,
    { ...window, ...more, padLow: [0, -1], padHigh: [1, -2] },
    'a kernel that reaches over 3 does not fit into 2 along spatial axis 1',
  ],
];
const groups = (n: number) => ({ ...window, groups: n });
const grouped = (shapes: readonly Shape[]): readonly Case[] => [
  ...windows(shapes, { groups: 2 }),
  [shapes, groups(0), '0 groups given, expected a whole number from 1 on'],
  [shapes, groups(1.5), '1.5 groups given, expected a whole number from 1 on'],
];
const inPadding = { ...window, padLow: [2, 1] };

const refused: Partial<Record<OpName, readonly Case[]>> = {
  add: broadcasting,
  sub: broadcasting,
  mul: broadcasting,
  div: broadcasting,
  xdivy: broadcasting,
  pow: broadcasting,
  tanhSlope: broadcasting,
  sigmoidSlope: broadcasting,
  max: broadcasting,
  min: broadcasting,
  mask: broadcasting,
  less: broadcasting,
  lessEqual: broadcasting,
  greater: broadcasting,
  greaterEqual: broadcasting,
  equal: broadcasting,
  notEqual: broadcasting,
  where: [
    [[[2], [3], []], {}, '2, 3 and scalar do not broadcast to one shape'],
    [[[], [2], [3]], {}, 'scalar, 2 and 3 do not broadcast to one shape'],
    [[[2, 1], [3], [3, 1]], {}, '2×1, 3 and 3×1 do not broadcast to one shape'],
  ],
  clip: [
    [[[2]], { low: 1, high: 0.5 }, 'the bounds 1 and 0.5 are in the wrong order'],
    [[[2]], { low: Number.NaN, high: 1 }, 'low is NaN, expected a finite number'],
  ],
  matmul: [
    [[[], [2]], {}, 'matmul takes vectors and matrices, not a scalar'],
    [[[2], []], {}, 'matmul takes vectors and matrices, not a scalar'],
    [[[4, 4], [3]], {}, 'inner sizes 4 and 3 differ'],
    [
      [
        [2, 3],
        [2, 3],
      ],
      {},
      'inner sizes 3 and 2 differ',
    ],
    [[[2], [3]], {}, 'inner sizes 2 and 3 differ'],
    [
      [
        [2, 2, 3],
        [5, 3, 2],
      ],
      {},
      'the axes before the matrices, 2 and 5, do not broadcast',
    ],
  ],
  outer: [
    [[[2], []], {}, 'outer takes two vectors, not 2 and scalar'],
    [[[2, 2], [2]], {}, 'outer takes two vectors, not 2×2 and 2'],
    [[[2], [2, 2]], {}, 'outer takes two vectors, not 2 and 2×2'],
  ],
  einsum: [
    [[[2], [3]], { left: [0], right: [0], result: [], sizes: [2] }, 'the second operand is 3, expected 2'],
    [
      [[2, 2], [3]],
      { left: [0], right: [1], result: [], sizes: [2, 3] },
      'the first operand is 2×2, expected 2',
    ],
    [[[3], [3]], { left: [0], right: [1], result: [], sizes: [3] }, 'label 1 has no size'],
    [[[3], [3]], { left: [0], right: [0], result: [0, 4], sizes: [3] }, 'label 4 has no size'],
    [
      [[3], [3]],
      { left: [0], right: [0], result: [1], sizes: [3, -2] },
      '-2 is no axis size; a size is a whole number from 0 on',
    ],
  ],
  transpose: [
    [[[2, 3]], { perm: [0] }, '[0] is no order of 2 axes'],
    [[[2, 3]], { perm: [0, 0] }, '[0,0] is no order of 2 axes'],
    [[[2, 3]], { perm: [0, 1, 2] }, '[0,1,2] is no order of 2 axes'],
  ],
  total: [[[[2], [2], [3]], {}, 'the terms have different shapes, 2 and 3']],
  sum: axes,
  mean: ofSomething('mean'),
  variance: ofSomething('variance'),
  norm: axes,
  prod: axes,
  prodOfOthers: axes.map(([shapes, attrs, detail]): Case => [shapes, { axes: axesOf(attrs) }, detail]),
  reduceMax: ofSomething('reduceMax'),
  reduceMin: ofSomething('reduceMin'),
  logSumExp: ofSomething('logSumExp'),
  standardize: [
    ...ofSomething('standardize').map(
      ([shapes, attrs, detail]): Case => [shapes, { axes: axesOf(attrs), epsilon: 0 }, detail],
    ),
    [[[2]], { axes: [0], epsilon: -1e-9 }, 'epsilon is -1e-9, expected 0 or more'],
  ],
  sumTo: [
    [[[2, 3]], { shape: [2] }, '2 does not broadcast to 2×3'],
    [[[2]], { shape: [3, 2] }, '3×2 does not broadcast to 2'],
  ],
  broadcastTo: [
    [[[2, 3]], { shape: [3] }, '2×3 does not broadcast to 3'],
    [[[2]], { shape: [3] }, '2 does not broadcast to 3'],
    [[[1]], { shape: [-2] }, '-2 is no axis size; a size is a whole number from 0 on'],
  ],
  reshape: [
    [[[2, 3]], { shape: [4] }, '6 elements do not fill 4'],
    [[[4]], { shape: [-2, -2] }, '-2 is no axis size; a size is a whole number from 0 on'],
    [[[6]], { shape: [1.5, 4] }, 'shape is [1.5,4], expected a list of whole numbers'],
  ],
  cumsum: [
    [[[2]], { axis: 1, reverse: false }, '1 is no axis of 2'],
    [[[]], { axis: 0, reverse: false }, '0 is no axis of scalar'],
  ],
  slice: [
    [[[2, 3]], { begin: [0], size: [2, 3] }, '[0] is not one number per axis of 2×3'],
    [[[2, 3]], { begin: [0, 0], size: [2] }, '[2] is not one number per axis of 2×3'],
    [[[2, 3]], { begin: [0, -1], size: [2, 3] }, '-1 of [0,-1] is no whole number from 0 on'],
    [[[2, 3]], { begin: [0, 0], size: [-1, 3] }, '-1 of [-1,3] is no whole number from 0 on'],
    [[[2, 3]], { begin: [0, 0.5], size: [1, 1] }, 'begin is [0,0.5], expected a list of whole numbers'],
    [[[2, 3]], { begin: [0, 2], size: [2, 2] }, '[2,2] from [0,2] on reaches beyond 2×3'],
  ],
  pad: [
    [[[2]], { before: [], after: [1] }, '[] is not one number per axis of 2'],
    [[[2]], { before: [1], after: [1, 1] }, '[1,1] is not one number per axis of 2'],
    [[[2]], { before: [-1], after: [1] }, '-1 of [-1] is no whole number from 0 on'],
    [[[2]], { before: [0.5], after: [0.5] }, 'before is [0.5], expected a list of whole numbers'],
  ],
  concat: [
    [[[2], [3]], { axis: 1 }, '1 is no axis of 2'],
    [
      [
        [2, 3],
        [2, 4],
      ],
      { axis: 0 },
      '2×3 and 2×4 differ beside axis 0',
    ],
    [[[2, 3], [2]], { axis: 0 }, '2×3 and 2 differ beside axis 0'],
  ],
  flip: [[[[2, 3]], { axes: [0, 2] }, '2 is no axis of 2×3']],
  gather: [
    [[[2, 3]], { axis: 2, indices: [0] }, '2 is no axis of 2×3'],
    [[[2, 3]], { axis: 1, indices: [0, 3] }, 'there is no entry 3 among the 3 of axis 1'],
    [[[2, 3]], { axis: 0, indices: [-1] }, 'there is no entry -1 among the 2 of axis 0'],
    [[[2, 3]], { axis: 0, indices: [0.5] }, 'indices is [0.5], expected a list of whole numbers'],
  ],
  scatterAdd: [
    [[[2]], { axis: 1, indices: [0, 0], size: 1 }, '1 is no axis of 2'],
    [[[2, 3]], { axis: 1, indices: [0, 0], size: 1 }, '2 indices for the 3 entries of axis 1'],
    [[[2]], { axis: 0, indices: [0, 4], size: 4 }, 'there is no entry 4 among 4'],
    [[[2]], { axis: 0, indices: [-1, 0], size: 4 }, 'there is no entry -1 among 4'],
    [[[0]], { axis: 0, indices: [], size: -1 }, '-1 is no axis size; a size is a whole number from 0 on'],
  ],
  oneHot: [
    [[[2]], { depth: -1 }, '-1 is no axis size; a size is a whole number from 0 on'],
    [[[2]], { depth: 2.5 }, '2.5 is no axis size; a size is a whole number from 0 on'],
  ],
  conv: [
    ...grouped([x, w]),
    [[[2, 6, 4, 4], w], groups(2), 'the input is 2×6×4×4, expected two sizes and then 4×5'],
    [[[2, 6, 4], w], groups(2), 'the input is 2×6×4, expected two sizes and then 4×5'],
    [[x, [4, 3, 3, 2]], groups(2), 'the kernel is 4×3×3×2, expected two sizes and then 2×3'],
    [
      [[2, 5, 4, 5], w],
      groups(2),
      '5 input channels, 4 output channels and a kernel of 4×3 do not fit in 2 groups',
    ],
    [
      [x, [3, 3, 2, 3]],
      groups(2),
      '6 input channels, 3 output channels and a kernel of 3×3 do not fit in 2 groups',
    ],
    [[x, w], groups(1), '6 input channels, 4 output channels and a kernel of 4×3 do not fit in 1 group'],
  ],
  convTranspose: [
    ...grouped([y, w]),
    [[[2, 4, 4, 3], w], groups(2), 'the input is 2×4×4×3, expected two sizes and then 4×2'],
    [[y, [4, 3, 2, 2]], groups(2), 'the kernel is 4×3×2×2, expected two sizes and then 2×3'],
    [
      [[2, 3, 4, 2], w],
      groups(2),
      '6 input channels, 3 output channels and a kernel of 4×3 do not fit in 2 groups',
    ],
    [
      [
        [2, 3, 4, 2],
        [3, 3, 2, 3],
      ],
      groups(2),
      '6 input channels, 3 output channels and a kernel of 3×3 do not fit in 2 groups',
    ],
  ],
  convFilter: [
    ...grouped([x, y]),
    [[[2, 6, 4, 4], y], groups(2), 'the input is 2×6×4×4, expected two sizes and then 4×5'],
    [[x, [2, 4, 4, 3]], groups(2), 'the output is 2×4×4×3, expected two sizes and then 4×2'],
    [[x, [3, 4, 4, 2]], groups(2), '2 and 3 samples differ'],
    [[x, [2, 3, 4, 2]], groups(2), '6 input channels and 3 output channels do not fit in 2 groups'],
    [[[2, 3, 4, 5], y], groups(2), '3 input channels and 4 output channels do not fit in 2 groups'],
  ],
  maxPool: [
    ...windows([x]),
    [[[2, 6, 4, 6]], window, 'the input is 2×6×4×6, expected two sizes and then 4×5'],
    [[x], inPadding, 'window 0 along spatial axis 0 lies in the padding'],
    [[x], { ...window, padHigh: [1, 4] }, 'window 3 along spatial axis 1 lies in the padding'],
  ],
  maxPoolGather: [
    ...windows([x, x]),
    [[x, [2, 6, 4, 4]], window, '2×6×4×5 and 2×6×4×4 differ'],
    [[x, [2, 6, 4]], window, '2×6×4×5 and 2×6×4 differ'],
    [[x, x], inPadding, 'window 0 along spatial axis 0 lies in the padding'],
  ],
  maxPoolScatter: [
    ...windows([x, pooled]),
    [[x, [2, 6, 4, 3]], window, 'the output is 2×6×4×3, expected 2×6×4×2'],
    [[x, [2, 6, 4]], window, 'the output is 2×6×4, expected 2×6×4×2'],
    [[x, [2, 5, 4, 2]], window, 'the output is 2×5×4×2, expected 2×6×4×2'],
    [[x, pooled], inPadding, 'window 0 along spatial axis 0 lies in the padding'],
  ],
  avgPool: [
    ...windows([x]),
    [[[2, 6, 4]], window, 'the input is 2×6×4, expected two sizes and then 4×5'],
    [[x], inPadding, 'window 0 along spatial axis 0 lies in the padding'],
  ],
  avgPoolAdjoint: [
    ...windows([pooled]),
    [[[2, 6, 4, 3]], window, 'the output is 2×6×4×3, expected 2×6×4×2'],
    [[[2, 6]], window, 'the output is 2×6, expected 2×6×4×2'],
    [[pooled], inPadding, 'window 0 along spatial axis 0 lies in the padding'],
  ],
  softmax: [vectors('softmax')],
  softmaxGradient: [vectors('softmaxGradient'), alike],
  softmaxExcess: [vectors('softmaxExcess'), alike],
  logSoftmax: [vectors('logSoftmax')],
  crossEntropy: [alike],
  softmaxCrossEntropy: [vectors('softmaxCrossEntropy'), alike],
  focalLoss: [
    [[[2]], { gamma: -1, alpha: 1 }, 'gamma is -1, expected 0 or more'],
    [[[2]], { gamma: 2, alpha: -0.25 }, 'alpha is -0.25, expected 0 or more'],
    [[[2]], { gamma: Number.NaN, alpha: 1 }, 'gamma is NaN, expected a finite number'],
  ],
  huber: [
    [[[2]], { delta: 0 }, 'delta is 0, expected more than 0'],
    [[[2]], { delta: -1 }, 'delta is -1, expected more than 0'],
  ],
  meanSquaredError: [
    alike,
    [
      [
        [2, 0],
        [2, 0],
      ],
      {},
      'there is no mean of nothing',
    ],
  ],
  dropout: [
    [[[2]], { rate: 1, seed: 1 }, 'the rate is 1, expected 0 to below 1'],
    [[[2]], { rate: -0.1, seed: 1 }, 'the rate is -0.1, expected 0 to below 1'],
    [[[2]], { rate: 0.5, seed: 1.5 }, 'the seed is 1.5, expected a whole number from 0 to 2³² − 1'],
    [[[2]], { rate: 0.5, seed: -1 }, 'the seed is -1, expected a whole number from 0 to 2³² − 1'],
    [
      [[2]],
      { rate: 0.5, seed: 2 ** 32 },
      'the seed is 4294967296, expected a whole number from 0 to 2³² − 1',
    ],
  ],
};

const accepted: Partial<Record<OpName, readonly Accepted[]>> = {
  add: [
    [[[2, 1], [3]], {}, [2, 3]],
    [[[], [0, 2]], {}, [0, 2]],
    [[[1], [0]], {}, [0]],
  ],
  where: [
    [[[2, 1], [3], []], {}, [2, 3]],
    [[[], [], [2, 2]], {}, [2, 2]],
  ],
  clip: [[[[2]], { low: 1, high: 1 }, [2]]],
  matmul: [
    [[[2, 3], [3]], {}, [2]],
    [[[3], [3, 2]], {}, [2]],
    [[[3], [3]], {}, []],
    [
      [
        [2, 0],
        [0, 3],
      ],
      {},
      [2, 3],
    ],
    [
      [
        [5, 1, 2, 3],
        [4, 3, 1],
      ],
      {},
      [5, 4, 2, 1],
    ],
    [[[3], [2, 3, 4]], {}, [2, 4]],
  ],
  outer: [[[[0], [1]], {}, [0, 1]]],
  einsum: [[[[3, 3], []], { left: [0, 0], right: [], result: [1, 0], sizes: [3, 2] }, [2, 3]]],
  transpose: [
    [[[2, 3, 4]], { perm: [2, 0, 1] }, [4, 2, 3]],
    [[[]], { perm: [] }, []],
  ],
  total: [[[[2]], {}, [2]]],
  sum: [
    [[[2, 3, 4]], along([2, 0]), [3]],
    [[[2, 3, 4]], along([2, 0], true), [1, 3, 1]],
    [[[]], along([]), []],
    [[[0]], along([0]), []],
  ],
  reduceMax: [
    [[[2, 0]], along([0]), [0]],
    [[[2, 3]], along([]), [2, 3]],
  ],
  standardize: [[[[2, 0]], { axes: [0], epsilon: 0 }, [2, 0]]],
  sumTo: [
    [[[2, 3]], { shape: [] }, []],
    [[[2, 3]], { shape: [2, 1] }, [2, 1]],
  ],
  broadcastTo: [[[[]], { shape: [2, 0] }, [2, 0]]],
  reshape: [
    [[[1]], { shape: [] }, []],
    [[[2, 0]], { shape: [0] }, [0]],
  ],
  cumsum: [[[[2, 3]], { axis: 1, reverse: true }, [2, 3]]],
  slice: [
    [[[2, 3]], { begin: [2, 0], size: [0, 3] }, [0, 3]],
    [[[2, 3]], { begin: [1, 2], size: [1, 1] }, [1, 1]],
  ],
  pad: [[[[2]], { before: [0], after: [3] }, [5]]],
  concat: [
    [
      [
        [2, 3],
        [0, 3],
        [1, 3],
      ],
      { axis: 0 },
      [3, 3],
    ],
  ],
  flip: [[[[2, 3]], { axes: [1, 0] }, [2, 3]]],
  gather: [
    [[[2, 3]], { axis: 1, indices: [2, 0, 2, 2] }, [2, 4]],
    [[[2, 3]], { axis: 0, indices: [] }, [0, 3]],
  ],
  scatterAdd: [
    [[[2, 3]], { axis: 0, indices: [3, 0], size: 4 }, [4, 3]],
    [[[0]], { axis: 0, indices: [], size: 0 }, [0]],
  ],
  oneHot: [[[[2]], { depth: 0 }, [2, 0]]],
  conv: [
    [[x, w], groups(2), y],
    [[[0, 6, 4, 5], w], groups(2), [0, 4, 4, 2]],
    // the kernel just fits
    [[x, w], { ...groups(2), dilation: [4, 1] }, [2, 4, 1, 2]],
  ],
  convTranspose: [[[y, w], groups(2), x]],
  convFilter: [[[x, y], groups(2), w]],
  maxPool: [
    [[x], window, pooled],
    // each window has one cell
    [[x], { ...window, padLow: [1, 2] }, [2, 6, 5, 3]],
    [[x], { ...window, kernelSize: [1, 2], padHigh: [0, 1] }, [2, 6, 4, 3]],
  ],
  maxPoolGather: [[[x, x], window, pooled]],
  maxPoolScatter: [[[x, pooled], window, x]],
  avgPool: [[[x], window, pooled]],
  avgPoolAdjoint: [[[pooled], window, x]],
  softmax: [[[[0]], {}, [0]]],
  crossEntropy: [[[[], []], {}, []]],
  softmaxCrossEntropy: [
    [
      [
        [2, 3],
        [2, 3],
      ],
      {},
      [],
    ],
  ],
  focalLoss: [[[[2]], { gamma: 0, alpha: 0 }, [2]]],
  huber: [[[[2]], { delta: 1e-300 }, [2]]],
  meanSquaredError: [[[[], []], {}, []]],
  dropout: [
    [[[2]], { rate: 0, seed: 0 }, [2]],
    [[[2]], { rate: 0.5, seed: 2 ** 32 - 1 }, [2]],
  ],
};

const flat = <C>(cases: Partial<Record<OpName, readonly C[]>>): [OpName, C][] =>
  opNames.flatMap((op) => (cases[op] ?? []).map((one): [OpName, C] => [op, one]));

describe('refused', () => {
  test.each(flat(refused))('%s %j', (op, [shapes, attrs, detail]) => {
    expect(() => shapeOf(op, shapes, attrs)).toThrow(
      expect.objectContaining({ code: 'shape', where: 'y', message: `${subject(op, shapes)}: ${detail}` }),
    );
  });
});

describe('accepted', () => {
  test.each(flat(accepted))('%s %j', (op, [shapes, attrs, shape]) => {
    expect(shapeOf(op, shapes, attrs)).toEqual(shape);
  });

  test('any shape, by all other rows, which keep it', () => {
    const others = opNames.filter((op) => refused[op] === undefined);
    for (const op of others) {
      expect(rowOf(op)!.arity, op).toBe(1);
      for (const shape of [[], [0], [1], [2, 3], [2, 1, 3, 1, 2]]) {
        const attrs = Object.fromEntries(Object.keys(rowOf(op)!.attrs).map((name) => [name, 1]));
        expect(shapeOf(op, [shape], attrs)).toEqual(shape);
      }
    }
    expect(others.length).toBeGreaterThan(25);
  });
});

describe('the number of operands', () => {
  test.each<[string, number, string]>([
    ['tanh', 2, '1 operand, 2 given'],
    ['tanh', 0, '1 operand, 0 given'],
    ['mul', 1, '2 operands, 1 given'],
    ['where', 4, '3 operands, 4 given'],
    ['total', 0, 'one operand or more, 0 given'],
    ['concat', 0, 'one operand or more, 0 given'],
  ])('%s of %d', (op, n, rest) => {
    const attrs = op === 'concat' ? { axis: 0 } : {};
    expect(() => shapeOf(op, Array(n).fill([2]), attrs)).toThrow(
      expect.objectContaining({ code: 'shape', where: 'y', message: `y: ${op} takes ${rest}` }),
    );
  });
});

test('of many operands the first four are named', () => {
  const shapes = [[1], [1], [1], [1], [2]];
  expect(() => shapeOf('total', shapes, {})).toThrow(
    'y: total of W (1), x (1), z (1), u (1) and 1 more: the terms have different shapes, 1 and 2',
  );
  expect(() => shapeOf('total', [[1], [1], [1], [2]], {})).toThrow(
    'y: total of W (1), x (1), z (1) and u (2): the terms have different shapes, 1 and 2',
  );
});

test('where nothing is being defined, the message begins with the op', () => {
  const b = new Builder();
  const [p, q] = [b.parameter('p', [2]), b.parameter('q', [3])];
  expect(() => b.add(p, q)).toThrow(/^add of p \(2\) and q \(3\): 2 and 3 do not broadcast to one shape$/);
  expect(() => b.apply('tanh', [p, q], {})).toThrow(/^tanh: tanh takes 1 operand, 2 given$/);
  expect(() => b.apply('tangh', [p], {})).toThrow(/^there is no op tangh$/);
});
