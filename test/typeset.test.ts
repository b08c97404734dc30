/** How each op and each of its derivative rules is typeset: by sight, as a text book writes them. */

import { describe, expect, test } from 'vitest';
import type { Attrs } from '../src/graph/graph.ts';
import type { Shape } from '../src/graph/shape.ts';
import type { OpName } from '../src/ops/op.ts';
import { opNames, rowOf } from '../src/ops/table.ts';
import { atom, infix, PRODUCT, plus, SUM, texNumber } from '../src/ops/tex.ts';
import { localRule, texOf } from '../src/ops/typeset.ts';

const r = String.raw;

interface Typeset {
  readonly shapes: readonly Shape[];
  readonly attrs?: Attrs;
  /** op(a, b, c) */
  readonly tex: string;
  /** What each operand receives from g; one for all of n operands. */
  readonly rules: readonly string[];
}

const expected: Readonly<Record<OpName, Typeset>> = {
  add: { shapes: [[2], [2]], tex: r`a + b`, rules: [r`g`, r`g`] },
  sub: { shapes: [[2], [2]], tex: r`a - b`, rules: [r`g`, r`-g`] },
  mul: { shapes: [[2], [2]], tex: r`a \odot b`, rules: [r`g \odot b`, r`g \odot a`] },
  div: { shapes: [[2], [2]], tex: r`\frac{a}{b}`, rules: [r`\frac{g}{b}`, r`-\frac{g \odot y}{b}`] },
  xdivy: { shapes: [[2], [2]], tex: r`\frac{a}{b}`, rules: [r`\frac{g}{b}`, r`-\frac{g \odot y}{b}`] },
  pow: {
    shapes: [[2], [2]],
    tex: r`a^{b}`,
    rules: [r`g \odot b \odot a^{b - 1}`, r`g \odot y \odot \log\left(a\right)`],
  },
  affine: { shapes: [[2]], attrs: { scale: -2, shift: 1 }, tex: r`1 - 2\,a`, rules: [r`-2\,g`] },
  exp: { shapes: [[2]], tex: r`e^{a}`, rules: [r`g \odot y`] },
  expm1: {
    shapes: [[2]],
    tex: r`\operatorname{expm1}\left(a\right)`,
    rules: [r`g \odot e^{a}`],
  },
  log: { shapes: [[2]], tex: r`\log\left(a\right)`, rules: [r`\frac{g}{a}`] },
  log1p: { shapes: [[2]], tex: r`\operatorname{log1p}\left(a\right)`, rules: [r`\frac{g}{a + 1}`] },
  sqrt: { shapes: [[2]], tex: r`\sqrt{a}`, rules: [r`\frac{0.5\,g}{y}`] },
  reciprocal: { shapes: [[2]], tex: r`\frac{1}{a}`, rules: [r`-g \odot y^{2}`] },
  square: { shapes: [[2]], tex: r`a^{2}`, rules: [r`2\,g \odot a`] },
  power: { shapes: [[2]], attrs: { exponent: 3 }, tex: r`a^{3}`, rules: [r`3\,g \odot a^{2}`] },
  sin: { shapes: [[2]], tex: r`\sin\left(a\right)`, rules: [r`g \odot \cos\left(a\right)`] },
  cos: { shapes: [[2]], tex: r`\cos\left(a\right)`, rules: [r`-g \odot \sin\left(a\right)`] },
  tan: { shapes: [[2]], tex: r`\tan\left(a\right)`, rules: [r`g \odot \left(y^{2} + 1\right)`] },
  asin: {
    shapes: [[2]],
    tex: r`\arcsin\left(a\right)`,
    rules: [r`\frac{g}{\sqrt{\left(1 - a\right) \odot \left(a + 1\right)}}`],
  },
  acos: {
    shapes: [[2]],
    tex: r`\arccos\left(a\right)`,
    rules: [r`-\frac{g}{\sqrt{\left(1 - a\right) \odot \left(a + 1\right)}}`],
  },
  atan: { shapes: [[2]], tex: r`\arctan\left(a\right)`, rules: [r`\frac{g}{a^{2} + 1}`] },
  sinh: { shapes: [[2]], tex: r`\sinh\left(a\right)`, rules: [r`g \odot \cosh\left(a\right)`] },
  cosh: { shapes: [[2]], tex: r`\cosh\left(a\right)`, rules: [r`g \odot \sinh\left(a\right)`] },
  tanh: { shapes: [[2]], tex: r`\tanh\left(a\right)`, rules: [r`g \odot \left(1 - y^{2}\right)`] },
  tanhSlope: { shapes: [[2], [2]], tex: r`1 - b^{2}`, rules: [r`0`, r`-2\,g \odot b`] },
  erfc: {
    shapes: [[2]],
    tex: r`\operatorname{erfc}\left(a\right)`,
    rules: [r`-1.12838\,g \odot e^{-a^{2}}`],
  },
  erf: { shapes: [[2]], tex: r`\operatorname{erf}\left(a\right)`, rules: [r`1.12838\,g \odot e^{-a^{2}}`] },
  abs: { shapes: [[2]], tex: r`\left|a\right|`, rules: [r`g \odot \operatorname{sign}\left(a\right)`] },
  sign: { shapes: [[2]], tex: r`\operatorname{sign}\left(a\right)`, rules: [r`0`] },
  sigmoid: { shapes: [[2]], tex: r`\sigma\left(a\right)`, rules: [r`g \odot y \odot \left(1 - y\right)`] },
  sigmoidSlope: {
    shapes: [[2], [2]],
    tex: r`b \odot \left(1 - b\right)`,
    rules: [r`0`, r`g \odot \left(1 - 2\,b\right)`],
  },
  softplus: {
    shapes: [[2]],
    tex: r`\operatorname{softplus}\left(a\right)`,
    rules: [r`g \odot \sigma\left(a\right)`],
  },
  relu: {
    shapes: [[2]],
    tex: r`\operatorname{relu}\left(a\right)`,
    rules: [r`g \odot \operatorname{step}\left(a\right)`],
  },
  relu6: {
    shapes: [[2]],
    tex: r`\operatorname{relu6}\left(a\right)`,
    rules: [r`g \odot \operatorname{step}\left(a\right) \odot \operatorname{step}\left(6 - a\right)`],
  },
  leakyRelu: {
    shapes: [[2]],
    attrs: { slope: 0.1 },
    tex: r`\operatorname{lrelu}\left(a\right)`,
    rules: [r`g \odot \left(0.9\,\operatorname{step}\left(a\right) + 0.1\right)`],
  },
  elu: {
    shapes: [[2]],
    attrs: { alpha: 2 },
    tex: r`\operatorname{elu}\left(a\right)`,
    rules: [
      r`g \odot \left(\operatorname{step}\left(a\right) + 2\,e^{-\operatorname{relu}\left(-a\right)} \odot \left(1 - \operatorname{step}\left(a\right)\right)\right)`,
    ],
  },
  selu: {
    shapes: [[2]],
    tex: r`\operatorname{selu}\left(a\right)`,
    rules: [
      r`1.0507\,g \odot \left(\operatorname{step}\left(a\right) + 1.67326\,e^{-\operatorname{relu}\left(-a\right)} \odot \left(1 - \operatorname{step}\left(a\right)\right)\right)`,
    ],
  },
  gelu: {
    shapes: [[2]],
    tex: r`\operatorname{gelu}\left(a\right)`,
    rules: [
      r`g \odot \left(0.5\,\operatorname{erfc}\left(-0.707107\,a\right) + a \odot 0.398942\,e^{-0.5\,a^{2}}\right)`,
    ],
  },
  silu: {
    shapes: [[2]],
    tex: r`\operatorname{silu}\left(a\right)`,
    rules: [r`g \odot \sigma\left(a\right) \odot \left(a \odot \sigma\left(-a\right) + 1\right)`],
  },
  max: {
    shapes: [[2], [2]],
    tex: r`\max\left(a, b\right)`,
    rules: [
      r`g \odot \left(0.5\,\operatorname{sign}\left(a - b\right) + 0.5\right)`,
      r`g \odot \left(0.5\,\operatorname{sign}\left(b - a\right) + 0.5\right)`,
    ],
  },
  min: {
    shapes: [[2], [2]],
    tex: r`\min\left(a, b\right)`,
    rules: [
      r`g \odot \left(0.5\,\operatorname{sign}\left(b - a\right) + 0.5\right)`,
      r`g \odot \left(0.5\,\operatorname{sign}\left(a - b\right) + 0.5\right)`,
    ],
  },
  clip: {
    shapes: [[2]],
    attrs: { low: -1, high: 0.5 },
    tex: r`\operatorname{clip}\left(a, -1, 0.5\right)`,
    rules: [
      r`g \odot \left(1 - \left(\operatorname{step}\left(-1 - a\right) + \operatorname{step}\left(a - 0.5\right)\right)\right)`,
    ],
  },
  step: { shapes: [[2]], tex: r`\operatorname{step}\left(a\right)`, rules: [r`0`] },
  mask: { shapes: [[2], [2]], tex: r`a \odot b`, rules: [r`g \odot b`, r`0`] },
  where: {
    shapes: [[2], [2], [2]],
    tex: r`\operatorname{where}\left(a, b, c\right)`,
    rules: [r`0`, r`g \odot a`, r`g \odot \left[a = 0\right]`],
  },
  less: { shapes: [[2], [2]], tex: r`\left[a < b\right]`, rules: [r`0`, r`0`] },
  lessEqual: { shapes: [[2], [2]], tex: r`\left[a \le b\right]`, rules: [r`0`, r`0`] },
  greater: { shapes: [[2], [2]], tex: r`\left[a > b\right]`, rules: [r`0`, r`0`] },
  greaterEqual: { shapes: [[2], [2]], tex: r`\left[a \ge b\right]`, rules: [r`0`, r`0`] },
  equal: { shapes: [[2], [2]], tex: r`\left[a = b\right]`, rules: [r`0`, r`0`] },
  notEqual: { shapes: [[2], [2]], tex: r`\left[a \ne b\right]`, rules: [r`0`, r`0`] },
  matmul: {
    shapes: [
      [2, 3],
      [3, 4],
    ],
    tex: r`a\,b`,
    rules: [r`g\,b^{\top}`, r`a^{\top}\,g`],
  },
  outer: { shapes: [[2], [3]], tex: r`a\,b^{\top}`, rules: [r`g\,b`, r`a\,g`] },
  transpose: { shapes: [[2, 3]], attrs: { perm: [1, 0] }, tex: r`a^{\top}`, rules: [r`g^{\top}`] },
  einsum: {
    shapes: [
      [2, 3],
      [3, 4],
    ],
    attrs: { left: [0, 1], right: [1, 2], result: [0, 2], sizes: [2, 3, 4] },
    tex: r`\textstyle\sum_{j} {a}_{ij}\,{b}_{jk}`,
    rules: [r`\textstyle\sum_{k} {g}_{ik}\,{b}_{jk}`, r`\textstyle\sum_{i} {a}_{ij}\,{g}_{ik}`],
  },
  total: { shapes: [[2], [2], [2]], tex: r`a + b + c`, rules: [r`g`] },
  sum: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\textstyle\sum\left(a\right)`,
    rules: [r`g`],
  },
  sumTo: { shapes: [[2, 3]], attrs: { shape: [3] }, tex: r`\textstyle\sum\left(a\right)`, rules: [r`g`] },
  broadcastTo: {
    shapes: [[3]],
    attrs: { shape: [2, 3] },
    tex: r`a`,
    rules: [r`\textstyle\sum\left(g\right)`],
  },
  reshape: { shapes: [[6]], attrs: { shape: [2, 3] }, tex: r`a`, rules: [r`g`] },
  mean: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\operatorname{mean}\left(a\right)`,
    rules: [r`0.333333\,g`],
  },
  reduceMax: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\max\left(a\right)`,
    rules: [r`g \odot \frac{\left[a = y\right]}{\textstyle\sum\left(\left[a = y\right]\right)}`],
  },
  reduceMin: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\min\left(a\right)`,
    rules: [r`g \odot \frac{\left[a = y\right]}{\textstyle\sum\left(\left[a = y\right]\right)}`],
  },
  logSumExp: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\operatorname{logsumexp}\left(a\right)`,
    rules: [r`g \odot \frac{e^{a - y}}{\textstyle\sum\left(e^{a - y}\right)}`],
  },
  variance: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\operatorname{var}\left(a\right)`,
    rules: [r`0.666667\,g \odot \left(a - \operatorname{mean}\left(a\right)\right)`],
  },
  norm: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\left\|a\right\|`,
    rules: [r`g \odot \frac{a}{y}`],
  },
  standardize: {
    shapes: [[2, 3]],
    attrs: { axes: [1], epsilon: 0.1 },
    tex: r`\operatorname{standardize}\left(a\right)`,
    rules: [
      r`\left(\operatorname{var}\left(a\right) + 0.1\right)^{-0.5} \odot \left(g - \operatorname{mean}\left(g\right) - y \odot \operatorname{mean}\left(g \odot y\right)\right)`,
    ],
  },
  cumsum: {
    shapes: [[3]],
    attrs: { axis: 0, reverse: false },
    tex: r`\operatorname{cumsum}\left(a\right)`,
    rules: [r`\operatorname{cumsum}\left(g\right)`],
  },
  prod: {
    shapes: [[2, 3]],
    attrs: { axes: [1], keepDims: true },
    tex: r`\textstyle\prod\left(a\right)`,
    rules: [r`g \odot \textstyle\prod_{\ne}\left(a\right)`],
  },
  prodOfOthers: {
    shapes: [[2, 3]],
    attrs: { axes: [1] },
    tex: r`\textstyle\prod_{\ne}\left(a\right)`,
    rules: [
      r`\left(\textstyle\sum\left(\textstyle\prod_{\ne}\left(\operatorname{where}\left(\operatorname{onehot}\left(\operatorname{cumsum}\left(\left(\textstyle\sum\left(a^{\top}\right)\right)^{0}\right) - 1\right), \left(\textstyle\sum\left(a^{\top}\right)\right)^{0}, a^{\top}\right)\right) \odot \left(1 - \operatorname{onehot}\left(\operatorname{cumsum}\left(\left(\textstyle\sum\left(a^{\top}\right)\right)^{0}\right) - 1\right)\right) \odot g^{\top}\right)\right)^{\top}`,
    ],
  },
  slice: {
    shapes: [[4]],
    attrs: { begin: [1], size: [2] },
    tex: r`\operatorname{slice}\left(a\right)`,
    rules: [r`\operatorname{pad}\left(g\right)`],
  },
  pad: {
    shapes: [[2]],
    attrs: { before: [1], after: [0] },
    tex: r`\operatorname{pad}\left(a\right)`,
    rules: [r`\operatorname{slice}\left(g\right)`],
  },
  concat: {
    shapes: [[2], [3]],
    attrs: { axis: 0 },
    tex: r`\operatorname{concat}\left(a, b\right)`,
    rules: [r`\operatorname{slice}\left(g\right)`],
  },
  flip: {
    shapes: [[2]],
    attrs: { axes: [0] },
    tex: r`\operatorname{flip}\left(a\right)`,
    rules: [r`\operatorname{flip}\left(g\right)`],
  },
  gather: {
    shapes: [[3]],
    attrs: { axis: 0, indices: [2, 0] },
    tex: r`\operatorname{gather}\left(a\right)`,
    rules: [r`\operatorname{scatter}\left(g\right)`],
  },
  scatterAdd: {
    shapes: [[2]],
    attrs: { axis: 0, indices: [2, 0], size: 3 },
    tex: r`\operatorname{scatter}\left(a\right)`,
    rules: [r`\operatorname{gather}\left(g\right)`],
  },
  oneHot: { shapes: [[2]], attrs: { depth: 3 }, tex: r`\operatorname{onehot}\left(a\right)`, rules: [r`0`] },
  conv: {
    shapes: [
      [1, 1, 3],
      [1, 1, 2],
    ],
    attrs: {
      inputSize: [3],
      kernelSize: [2],
      stride: [1],
      padLow: [0],
      padHigh: [0],
      dilation: [1],
      groups: 1,
    },
    tex: r`a \star b`,
    rules: [r`g \star^{\top} b`, r`a \star_{w} g`],
  },
  convTranspose: {
    shapes: [
      [1, 1, 2],
      [1, 1, 2],
    ],
    attrs: {
      inputSize: [3],
      kernelSize: [2],
      stride: [1],
      padLow: [0],
      padHigh: [0],
      dilation: [1],
      groups: 1,
    },
    tex: r`a \star^{\top} b`,
    rules: [r`g \star b`, r`g \star_{w} a`],
  },
  convFilter: {
    shapes: [
      [1, 1, 3],
      [1, 1, 2],
    ],
    attrs: {
      inputSize: [3],
      kernelSize: [2],
      stride: [1],
      padLow: [0],
      padHigh: [0],
      dilation: [1],
      groups: 1,
    },
    tex: r`a \star_{w} b`,
    rules: [r`b \star^{\top} g`, r`a \star g`],
  },
  maxPool: {
    shapes: [[1, 1, 3]],
    attrs: { inputSize: [3], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] },
    tex: r`\operatorname{maxpool}\left(a\right)`,
    rules: [r`\operatorname{scatter}_{\max}\left(a, g\right)`],
  },
  maxPoolGather: {
    shapes: [
      [1, 1, 3],
      [1, 1, 3],
    ],
    attrs: { inputSize: [3], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] },
    tex: r`\operatorname{gather}_{\max}\left(a, b\right)`,
    rules: [r`0`, r`\operatorname{scatter}_{\max}\left(a, g\right)`],
  },
  maxPoolScatter: {
    shapes: [
      [1, 1, 3],
      [1, 1, 2],
    ],
    attrs: { inputSize: [3], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] },
    tex: r`\operatorname{scatter}_{\max}\left(a, b\right)`,
    rules: [r`0`, r`\operatorname{gather}_{\max}\left(a, g\right)`],
  },
  avgPool: {
    shapes: [[1, 1, 3]],
    attrs: { inputSize: [3], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] },
    tex: r`\operatorname{avgpool}\left(a\right)`,
    rules: [r`\operatorname{avgpool}^{\top}\left(g\right)`],
  },
  avgPoolAdjoint: {
    shapes: [[1, 1, 2]],
    attrs: { inputSize: [3], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] },
    tex: r`\operatorname{avgpool}^{\top}\left(a\right)`,
    rules: [r`\operatorname{avgpool}\left(g\right)`],
  },
  softmaxGradient: {
    shapes: [[2], [2]],
    tex: r`a \odot \left(b - \textstyle\sum\left(b \odot a\right)\right)`,
    rules: [
      r`g \odot \left(b - \textstyle\sum\left(b \odot a\right)\right) - b \odot \textstyle\sum\left(g \odot a\right)`,
      r`a \odot \left(g - \textstyle\sum\left(g \odot a\right)\right)`,
    ],
  },
  softmaxExcess: {
    shapes: [[2], [2]],
    tex: r`\operatorname{softmax}\left(a\right) \odot \textstyle\sum\left(b\right) - b`,
    rules: [
      r`\operatorname{softmax}\left(a\right) \odot \left(g - \textstyle\sum\left(g \odot \operatorname{softmax}\left(a\right)\right)\right) \odot \textstyle\sum\left(b\right)`,
      r`\textstyle\sum\left(\operatorname{softmax}\left(a\right) \odot g\right) - g`,
    ],
  },
  softmax: {
    shapes: [[2]],
    tex: r`\operatorname{softmax}\left(a\right)`,
    rules: [r`y \odot \left(g - \textstyle\sum\left(g \odot y\right)\right)`],
  },
  logSoftmax: {
    shapes: [[2]],
    tex: r`\log\operatorname{softmax}\left(a\right)`,
    rules: [r`-\left(\operatorname{softmax}\left(a\right) \odot \textstyle\sum\left(g\right) - g\right)`],
  },
  crossEntropy: {
    shapes: [[2], [2]],
    tex: r`\operatorname{CE}\left(a, b\right)`,
    rules: [r`g \odot \left(-\frac{b}{a}\right)`, r`g \odot \left(-\log\left(a\right)\right)`],
  },
  softmaxCrossEntropy: {
    shapes: [[2], [2]],
    tex: r`\operatorname{CE}\left(\operatorname{softmax}\left(a\right), b\right)`,
    rules: [
      r`g \odot \left(\operatorname{softmax}\left(a\right) \odot \textstyle\sum\left(b\right) - b\right)`,
      r`g \odot \left(-\log\operatorname{softmax}\left(a\right)\right)`,
    ],
  },
  focalLoss: {
    shapes: [[2]],
    attrs: { gamma: 2, alpha: 0.25 },
    tex: r`\operatorname{FL}_{2}\left(a\right)`,
    rules: [
      r`g \odot 0.25\,\left(2\,\left(1 - a\right) \odot \log\left(a\right) - \frac{\left(1 - a\right)^{2}}{a}\right)`,
    ],
  },
  huber: {
    shapes: [[2]],
    attrs: { delta: 1.5 },
    tex: r`\operatorname{huber}\left(a\right)`,
    rules: [r`g \odot \operatorname{clip}\left(a, -1.5, 1.5\right)`],
  },
  meanSquaredError: {
    shapes: [[2], [2]],
    tex: r`\overline{\left(a - b\right)^2}`,
    rules: [r`g \odot \left(a - b\right)`, r`g \odot \left(b - a\right)`],
  },
  dropout: {
    shapes: [[2]],
    attrs: { rate: 0.5, seed: 1 },
    tex: r`\operatorname{dropout}\left(a\right)`,
    rules: [r`\operatorname{dropout}\left(g\right)`],
  },
  stopGradient: { shapes: [[2]], tex: r`\lfloor a \rfloor_{\mathrm{stop}}`, rules: [r`0`] },
};

const window = { inputSize: [3], kernelSize: [2], stride: [1], padLow: [0], padHigh: [0], dilation: [1] };

test.each(opNames)('%s', (op) => {
  const { shapes, attrs = {}, tex, rules } = expected[op];
  const row = rowOf(op)!;
  const x = shapes.map((_, i) => 'abc'[i]);
  expect(texOf(op, x, attrs)).toBe(tex);
  const slots = row.arity === 'n' ? 1 : row.arity;
  const found = Array.from({ length: slots }, (_, slot) =>
    localRule(op, slot, { x, y: 'y', g: 'g' }, shapes, row.shape(shapes, attrs), attrs),
  );
  expect(found).toEqual(rules);
  expect(row.symbol).not.toBe('');
});

describe('brackets go where they are needed', () => {
  const sum = { text: 'a + b', strength: SUM };
  const product = { text: r`a \odot b`, strength: PRODUCT };
  test('a sum in a product, no product in a sum', () => {
    expect(infix(' \\odot ', PRODUCT)([sum, atom('c')]).text).toBe(r`\left(a + b\right) \odot c`);
    expect(plus([product, atom('c')]).text).toBe(r`a \odot b + c`);
  });
  test('what is subtracted is bracketed if it is a sum', () => {
    const minus = infix(' - ', SUM, false);
    expect(minus([sum, atom('c')]).text).toBe('a + b - c');
    expect(minus([atom('c'), sum]).text).toBe(r`c - \left(a + b\right)`);
  });
  test('a summand brings its own minus; one summand is itself', () => {
    expect(plus([atom('a'), { text: '-b', strength: SUM }]).text).toBe('a - b');
    expect(plus([product])).toEqual(product);
  });
});

test('the affine map as people write it', () => {
  const affine = (scale: number, shift: number) => texOf('affine', ['a'], { scale, shift });
  expect([affine(-1, 0), affine(-1, 1), affine(1, -2), affine(3, 0), affine(-0.5, 1)]).toEqual([
    '-a',
    '1 - a',
    'a - 2',
    r`3\,a`,
    r`1 - 0.5\,a`,
  ]);
  expect(affine(0, 2)).toBe('2');
  expect(texOf('power', ['a'], { exponent: -0.5 })).toBe('a^{-0.5}');
});

test('numbers: six digits, powers of ten, infinities', () => {
  expect([1 / 3, 1e-9, -2.5e12, 0].map(texNumber)).toEqual([
    '0.333333',
    r`1\cdot 10^{-9}`,
    '-2500000000000',
    '0',
  ]);
  expect(texNumber(1.5e300)).toBe(r`1.5\cdot 10^{300}`);
  expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map(texNumber)).toEqual([
    r`\infty`,
    r`-\infty`,
    r`\mathrm{NaN}`,
  ]);
});

test('einsum names what it sums over; a number has no index', () => {
  const einsum = (left: number[], right: number[], result: number[], sizes: number[]) =>
    texOf('einsum', ['a', 'b'], { left, right, result, sizes });
  expect(einsum([0, 1], [1], [0], [2, 3])).toBe(r`\textstyle\sum_{j} {a}_{ij}\,{b}_{j}`);
  expect(einsum([0], [1], [0, 1], [2, 3])).toBe(r`{a}_{i}\,{b}_{j}`);
  expect(einsum([0, 0], [], [], [2])).toBe(r`\textstyle\sum_{i} {a}_{ii}\,b`);
  expect(texOf('maxPool', ['a'], window)).toBe(r`\operatorname{maxpool}\left(a\right)`);
});
