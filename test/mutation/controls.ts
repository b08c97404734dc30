/**
 * Deliberate bugs, each of a kind that people make. `npm run controls` applies them one at a time to a copy of the
 * sources: the generated checks must catch every one, else they prove less than they seem to.
 */

export interface Control {
  readonly title: string;
  readonly file: string;
  /** The bug is put at the first `from` behind this text, or at the only one. */
  readonly after?: string;
  readonly from: string;
  readonly to: string;
  /** The rows whose checks are run; `fuzz` for random graphs. */
  readonly checks: readonly string[];
}

const pointwise = 'src/ops/pointwise.ts';
const elementary = 'src/ops/elementary.ts';
const activation = 'src/ops/activation.ts';
const choice = 'src/ops/choice.ts';
const linear = 'src/ops/linear.ts';
const reduce = 'src/ops/reduce.ts';
const statistics = 'src/ops/statistics.ts';
const layout = 'src/ops/layout.ts';
const conv = 'src/ops/conv.ts';
const window = 'src/ops/window.ts';
const pool = 'src/ops/pool.ts';
const loss = 'src/ops/loss.ts';
const grad = 'src/autodiff/grad.ts';

export const controls: readonly Control[] = [
  // signs and factors
  {
    title: 'a − b: the sign of the second operand lost',
    file: pointwise,
    after: 'sub: {',
    from: 'A.affine(g, { scale: -1, shift: 0 })',
    to: 'g',
    checks: ['sub'],
  },
  {
    title: 'a · b: the factor is the operand itself',
    file: pointwise,
    after: '  mul: {',
    from: '({ A, x: [, b], g }) => A.mul(g, b)',
    to: '({ A, x: [a], g }) => A.mul(g, a)',
    checks: ['mul'],
  },
  {
    title: 'a / b: the derivative by b lacks a division',
    file: pointwise,
    after: '  div: {',
    from: 'A.div(A.mul(g, y), b)',
    to: 'A.mul(g, y)',
    checks: ['div'],
  },
  {
    title: 'aᵇ: the exponent is not lowered',
    file: pointwise,
    from: 'A.pow(a, A.affine(b, { scale: 1, shift: -1 }))',
    to: 'A.pow(a, b)',
    checks: ['pow'],
  },
  {
    title: 's·x + b: the shift gets into the gradient',
    file: pointwise,
    from: '{ scale: attrs.scale, shift: 0 }',
    to: 'attrs',
    checks: ['affine'],
  },
  {
    title: 'x²: the 2 is missing',
    file: elementary,
    after: 'square: unary',
    from: '{ scale: 2, shift: 0 }',
    to: '{ scale: 1, shift: 0 }',
    checks: ['square'],
  },
  {
    title: 'cos′ = + sin',
    file: elementary,
    after: '  cos: unary',
    from: 'negative(A, A.mul(g, A.sin(x)))',
    to: 'A.mul(g, A.sin(x))',
    checks: ['cos'],
  },
  {
    title: '√x: ½ is missing',
    file: elementary,
    after: 'sqrt: unary',
    from: 'A.affine(g, { scale: 0.5, shift: 0 })',
    to: 'g',
    checks: ['sqrt'],
  },
  {
    title: 'tan′ = 1 − y²',
    file: elementary,
    after: '  tan: unary',
    from: '{ scale: 1, shift: 1 }',
    to: '{ scale: -1, shift: 1 }',
    checks: ['tan'],
  },
  // the detached saved output: first order right, second order silently wrong
  {
    title: 'tanh: the saved output is detached',
    file: elementary,
    after: '  tanh: unary',
    from: 'A.square(y)',
    to: 'A.square(A.stopGradient(y))',
    checks: ['tanh'],
  },
  {
    title: 'exp: the saved output is detached',
    file: elementary,
    after: '  exp: unary',
    from: 'A.mul(g, y)',
    to: 'A.mul(g, A.stopGradient(y))',
    checks: ['exp'],
  },
  {
    title: 'sigmoid: the saved output is detached',
    file: activation,
    after: 'sigmoid: unary',
    from: '({ A, y, g }) => A.mul(g, A.mul(y,',
    to: '({ A, y: kept, g, y = A.stopGradient(kept) }) => A.mul(g, A.mul(y,',
    checks: ['sigmoid'],
  },
  {
    title: 'softmax: the saved output is detached',
    file: loss,
    after: '  softmax: {',
    from: 'A.mul(y, A.sub(',
    to: 'A.mul(A.stopGradient(y), A.sub(',
    checks: ['softmax'],
  },
  // activations
  {
    title: 'sigmoid′ = y',
    file: activation,
    after: 'sigmoid: unary',
    from: 'A.mul(y, A.affine(y, { scale: -1, shift: 1 }))',
    to: 'y',
    checks: ['sigmoid'],
  },
  {
    title: 'tanh′ = 1 − y',
    file: elementary,
    after: '  tanh: unary',
    from: 'A.square(y)',
    to: 'y',
    checks: ['tanh'],
  },
  {
    title: 'leaky relu: slope and 1 exchanged',
    file: activation,
    from: '{ scale: 1 - slope, shift: slope }',
    to: '{ scale: slope - 1, shift: 1 }',
    checks: ['leakyRelu'],
  },
  {
    title: 'gelu: x φ(x) is missing',
    file: activation,
    from: 'A.add(Phi, A.mul(x, phi))',
    to: 'Phi',
    checks: ['gelu'],
  },
  // choices
  {
    title: 'max: the loser gets the gradient',
    file: choice,
    after: '  max: {',
    from: 'A.mul(g, half(A, a, b))',
    to: 'A.mul(g, half(A, b, a))',
    checks: ['max'],
  },
  {
    title: 'where: both branches get the gradient',
    file: choice,
    after: '  where: {',
    from: '({ A, x: [c], g }) => A.mask(g, c)',
    to: '({ g }) => g',
    checks: ['where'],
  },
  {
    title: 'clip: the gradient passes outside the bounds',
    file: choice,
    from: 'A.mask(g, not(A, A.add(below, above)))',
    to: 'A.mask(g, not(A, below))',
    checks: ['clip'],
  },
  // products
  {
    title: 'matmul: the transpose is missing',
    file: linear,
    from: 'A.matmul(transposed(A, a), g)',
    to: 'A.matmul(a, g)',
    checks: ['matmul'],
  },
  {
    title: 'matmul: operands in the wrong order',
    file: linear,
    from: 'A.matmul(g, transposed(A, b))',
    to: 'A.matmul(transposed(A, b), g)',
    checks: ['matmul'],
  },
  {
    title: 'matmul: a batch is read from the first entry only',
    file: linear,
    from: 'timesMatrix(as[i], bs[i], ys[i], m, k, n)',
    to: 'timesMatrix(as[i], bs[0], ys[i], m, k, n)',
    checks: ['matmul'],
  },
  {
    title: 'transpose: the order of axes is not inverted',
    file: linear,
    from: 'perm: perm.map((_, axis) => perm.indexOf(axis))',
    to: 'perm',
    checks: ['transpose'],
  },
  {
    title: 'einsum: labels of the result and the operand exchanged',
    file: 'src/ops/einsum.ts',
    from: '{ left: result, right, result: left, sizes }',
    to: '{ left, right, result, sizes }',
    checks: ['einsum'],
  },
  {
    title: 'prod: divides by x instead of leaving it out',
    file: 'src/ops/prod.ts',
    after: '  prod: {',
    from: 'A.prodOfOthers(x, { axes: attrs.axes })',
    to: 'A.div(A.prod(x, { axes: attrs.axes, keepDims: true }), x)',
    checks: ['prod'],
  },
  // sums and broadcasting
  {
    title: 'a broadcast operand is not summed back',
    file: 'src/autodiff/rule.ts',
    from: 'A.sumTo(term, { shape: shapes[slot] })',
    to: 'term',
    checks: ['add', 'mul'],
  },
  {
    title: 'mean: the size is forgotten',
    file: statistics,
    after: '  mean: {',
    from: '{ scale: 1 / size, shift: 0 }',
    to: '{ scale: 1, shift: 0 }',
    checks: ['mean'],
  },
  {
    title: 'sum: a mean in its place',
    file: reduce,
    after: 'const scatterSum',
    from: 'y[0] = s;',
    to: 'y[0] = s / a.length;',
    checks: ['sum'],
  },
  {
    title: 'reduced maximum: ties are not shared, all get all',
    file: statistics,
    from: 'A.div(isExtreme, ties)',
    to: 'isExtreme',
    checks: ['kinks'],
  },
  {
    title: 'variance: the mean is taken for a constant twice over',
    file: statistics,
    from: '{ scale: 2 / size, shift: 0 }',
    to: '{ scale: 1 / size, shift: 0 }',
    checks: ['variance'],
  },
  {
    title: 'standardise: epsilon outside the root',
    file: statistics,
    from: '1 / Math.sqrt(factor[i] / size + epsilon)',
    to: '1 / (Math.sqrt(factor[i] / size) + epsilon)',
    checks: ['standardize'],
  },
  {
    title: 'standardise: the mean is taken for a constant',
    file: statistics,
    from: 'A.sub(A.sub(g, mean(g)), A.mul(y, mean(A.mul(g, y))))',
    to: 'A.sub(g, A.mul(y, mean(A.mul(g, y))))',
    checks: ['standardize'],
  },
  {
    title: 'cumsum: the gradient runs in the same direction',
    file: statistics,
    from: 'A.cumsum(g, { axis, reverse: !reverse })',
    to: 'A.cumsum(g, { axis, reverse })',
    checks: ['cumsum'],
  },
  {
    title: 'logsumexp: the largest is not added again',
    file: statistics,
    from: 'largest[i] + Math.log(y[i])',
    to: 'Math.log(y[i])',
    checks: ['logSumExp'],
  },
  // layout
  {
    title: 'slice: the gradient lands at the beginning',
    file: layout,
    after: '  slice: {',
    from: 'before: begin, after: x.map((n, axis) => n - begin[axis] - size[axis])',
    to: 'before: begin.map(() => 0), after: x.map((n, axis) => n - size[axis])',
    checks: ['slice'],
  },
  {
    title: 'pad: before and after exchanged',
    file: layout,
    after: '  pad: {',
    from: 'blockOffsets(shape, x, before)',
    to: 'blockOffsets(shape, x, attrs.after)',
    checks: ['pad'],
  },
  {
    title: 'concat: each part gets the first slice',
    file: layout,
    from: 'shapes.slice(0, slot).reduce((sum, x) => sum + x[axis], 0)',
    to: '0',
    checks: ['concat'],
  },
  {
    title: 'scatter: entries that meet overwrite each other',
    file: layout,
    from: 'y[to + j] += a[p++]',
    to: 'y[to + j] = a[p++]',
    checks: ['scatterAdd', 'gather'],
  },
  // windows
  {
    title: 'convolution: the kernel is flipped',
    file: window,
    from: 'index[rank + axis] * a.dilation[axis]',
    to: '(a.kernelSize[axis] - 1 - index[rank + axis]) * a.dilation[axis]',
    checks: ['conv'],
  },
  {
    title: 'convolution: the dilation is ignored',
    file: window,
    from: 'index[rank + axis] * a.dilation[axis]',
    to: 'index[rank + axis]',
    checks: ['conv'],
  },
  {
    title: 'convolution: the padding at the end is taken for that at the beginning',
    file: window,
    from: '- a.padLow[axis]',
    to: '- a.padHigh[axis]',
    checks: ['conv'],
  },
  {
    title: 'convolution: the stride is ignored',
    file: window,
    from: 'index[axis] * a.stride[axis]',
    to: 'index[axis]',
    checks: ['conv'],
  },
  {
    title: 'convolution: gradients of input and kernel from the wrong member of the family',
    file: conv,
    after: '  conv: {',
    from: 'A.convFilter(x, g, a)',
    to: 'A.convFilter(A.affine(x, { scale: 2, shift: 0 }), g, a)',
    checks: ['conv'],
  },
  {
    title: 'average pool: the gradient is not divided',
    file: pool,
    from: 'const part = g[from++] / (starts[p + 1] - starts[p]);',
    to: 'const part = g[from++];',
    checks: ['avgPool'],
  },
  {
    title: 'average pool: divides by the full window where it is padded',
    file: pool,
    from: 'y[out++] = sum / (starts[p + 1] - starts[p]);',
    to: 'y[out++] = sum / attrs.kernelSize.reduce((size, n) => size * n, 1);',
    checks: ['avgPool'],
  },
  {
    title: 'max pool: a cell that wins twice gets its gradient once',
    file: pool,
    from: '+= g[from++];',
    to: '= g[from++];',
    checks: ['maxPool'],
  },
  {
    title: 'max pool: of equal cells the last wins',
    file: pool,
    from: 'if (x[at] > x[best]',
    to: 'if (x[at] >= x[best]',
    checks: ['kinks'],
  },
  // losses
  {
    title: 'cross-entropy: the sign',
    file: loss,
    after: '  crossEntropy: {',
    from: 'A.affine(A.xdivy(t, p), { scale: -1, shift: 0 })',
    to: 'A.xdivy(t, p)',
    checks: ['crossEntropy'],
  },
  {
    title: 'softmax cross-entropy: right only where the targets sum to 1',
    file: loss,
    from: 'A.mul(A.softmax(x), total)',
    to: 'A.softmax(x)',
    checks: ['softmaxCrossEntropy'],
  },
  {
    title: 'softmax cross-entropy: the gradient by the targets is lost',
    file: loss,
    from: 'A.mul(g, A.affine(A.logSoftmax(x), { scale: -1, shift: 0 }))',
    to: 'A.affine(A.logSoftmax(x), { scale: 0, shift: 0 })',
    checks: ['softmaxCrossEntropy'],
  },
  {
    title: 'focal loss: α is applied twice',
    file: loss,
    from: '{ exponent: gamma }), { scale: alpha, shift: 0 }',
    to: '{ exponent: gamma }), { scale: alpha * alpha, shift: 0 }',
    checks: ['focalLoss'],
  },
  {
    title: 'focal loss: the modulating factor is taken for a constant',
    file: loss,
    from: 'A.add(bend, slope)',
    to: 'slope',
    checks: ['focalLoss'],
  },
  {
    title: 'huber: the slope is not bounded',
    file: loss,
    from: 'A.clip(x, { low: -delta, high: delta })',
    to: 'x',
    checks: ['huber'],
  },
  {
    title: 'mean squared error: one half',
    file: loss,
    after: 'meanSquaredError: {',
    from: '2 / sizeOf(shape)',
    to: '1 / sizeOf(shape)',
    checks: ['meanSquaredError'],
  },
  {
    title: 'dropout: the gradient gets a mask of its own',
    file: 'src/ops/training.ts',
    from: 'A.dropout(g, attrs)',
    to: 'A.dropout(g, { ...attrs, seed: attrs.seed + 1 })',
    checks: ['dropout'],
  },
  // reverse mode
  {
    title: 'fan-out: the last use overwrites the others',
    file: grad,
    from: 'else list.push(term);',
    to: 'else list[0] = term;',
    checks: ['mul', 'fuzz'],
  },
  {
    title: 'fan-out: the first use alone counts',
    file: grad,
    from: 'else list.push(term);',
    to: '',
    checks: ['mul', 'fuzz'],
  },
  {
    title: 'a repeated operand counts once',
    file: grad,
    from: 'for (let slot = 0; slot < node.inputs.length; slot++) {',
    to: 'for (let slot = 0; slot < new Set(node.inputs).size; slot++) {',
    checks: ['mul', 'fuzz'],
  },
  {
    title: 'the seed is lost',
    file: grad,
    from: '(seed ?? b.constant(1))',
    to: 'b.constant(1, b.graph.node(y).shape)',
    checks: ['tanh', 'fuzz'],
  },
  {
    title: 'a run does not clear what the last one left',
    file: reduce,
    after: 'const scatterSum',
    from: 'for (let i = 0; i < y.length; i++) y[i] = 0;',
    to: '',
    checks: ['sumTo'],
  },
  {
    title: 'lean: a slope of tanh is fused with the wrong sign',
    file: 'src/run/fuse.ts',
    from: 'y[i] *= 1 - h[i] * h[i]',
    to: 'y[i] *= 1 + h[i] * h[i]',
    checks: ['tanh', 'fuzz'],
  },
];
