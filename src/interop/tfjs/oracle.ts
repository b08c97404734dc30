/** Evaluates and differentiates our graphs with TensorFlow.js and its own tape: none of our rules is used. */

import type * as tfjs from '@tensorflow/tfjs-core';
import { GradpathError } from '../../graph/error.ts';
import { type Attrs, type Graph, isLeaf, type Node, type NodeId, nodeSize } from '../../graph/graph.ts';
import type { ConvAttrs } from '../../ops/conv.ts';
import type { OpName } from '../../ops/op.ts';
import { conv, convFilter, convTranspose } from './conv.ts';

/** The namespace of `@tensorflow/tfjs` or `@tensorflow/tfjs-core`, with a backend registered. */
export type Tfjs = typeof tfjs;
type Tensor = tfjs.Tensor;

/** What each op is in tfjs. Float32 throughout. */
const ops: { readonly [K in OpName]: (tf: Tfjs, x: Tensor[], attrs: Attrs) => Tensor } = {
  add: (tf, [a, b]) => tf.add(a, b),
  sub: (tf, [a, b]) => tf.sub(a, b),
  mul: (tf, [a, b]) => tf.mul(a, b),
  div: (tf, [a, b]) => tf.div(a, b),
  xdivy: (tf, [a, b]) => tf.div(a, tf.add(b, zeroWhere(tf, a, b))),
  affine: (tf, [x], { scale, shift }) => tf.add(tf.mul(x, scale as number), shift as number),
  pow: (tf, [a, b]) => tf.pow(a, b),
  exp: (tf, [x]) => tf.exp(x),
  expm1: (tf, [x]) => tf.expm1(x),
  log: (tf, [x]) => tf.log(x),
  log1p: (tf, [x]) => tf.log1p(x),
  sqrt: (tf, [x]) => tf.sqrt(x),
  reciprocal: (tf, [x]) => tf.reciprocal(x),
  square: (tf, [x]) => tf.square(x),
  power: (tf, [x], { exponent }) => tf.pow(x, exponent as number),
  sin: (tf, [x]) => tf.sin(x),
  cos: (tf, [x]) => tf.cos(x),
  tan: (tf, [x]) => tf.tan(x),
  asin: (tf, [x]) => tf.asin(x),
  acos: (tf, [x]) => tf.acos(x),
  atan: (tf, [x]) => tf.atan(x),
  sinh: (tf, [x]) => tf.sinh(x),
  cosh: (tf, [x]) => tf.cosh(x),
  tanh: (tf, [x]) => tf.tanh(x),
  erf: (tf, [x]) => tf.erf(x),
  abs: (tf, [x]) => tf.abs(x),
  sign: (tf, [x]) => tf.sign(x),
  sigmoid: (tf, [x]) => tf.sigmoid(x),
  softplus: (tf, [x]) => tf.softplus(x),
  relu: (tf, [x]) => tf.relu(x),
  relu6: (tf, [x]) => tf.relu6(x),
  leakyRelu: (tf, [x], { slope }) => tf.leakyRelu(x, slope as number),
  elu: (tf, [x], { alpha }) => {
    const exponential = tf.mul(tf.expm1(tf.minimum(x, tf.zerosLike(x))), alpha as number);
    return tf.add(tf.relu(x), exponential);
  },
  selu: (tf, [x]) => tf.selu(x),
  gelu: (tf, [x]) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  silu: (tf, [x]) => tf.mul(x, tf.sigmoid(x)),
  max: (tf, x) => tf.maximum(...alike(tf, x)),
  min: (tf, x) => tf.minimum(...alike(tf, x)),
  clip: (tf, [x], { low, high }) => tf.clipByValue(x, low as number, high as number),
  step: (tf, [x]) => tf.step(x),
  mask: (tf, [a, c]) => tf.mul(a, offTape(tf, tf.notEqual(c, 0))),
  where: (tf, [c, a, b]) => {
    const chosen = offTape(tf, tf.notEqual(c, 0));
    return tf.add(tf.mul(chosen, a), tf.mul(tf.sub(1, chosen), b));
  },
  // tfjs has no gradient of comparisons: theirs is zero
  less: (tf, [a, b]) => offTape(tf, tf.less(a, b)),
  lessEqual: (tf, [a, b]) => offTape(tf, tf.lessEqual(a, b)),
  greater: (tf, [a, b]) => offTape(tf, tf.greater(a, b)),
  greaterEqual: (tf, [a, b]) => offTape(tf, tf.greaterEqual(a, b)),
  equal: (tf, [a, b]) => offTape(tf, tf.equal(a, b)),
  notEqual: (tf, [a, b]) => offTape(tf, tf.notEqual(a, b)),
  matmul: (tf, [a, b]) => tf.dot(a as tfjs.Tensor1D, b as tfjs.Tensor1D),
  outer: (tf, [a, b]) => tf.outerProduct(a as tfjs.Tensor1D, b as tfjs.Tensor1D),
  transpose: (tf, [x], { perm }) => tf.transpose(x, [...(perm as readonly number[])]),
  total: (tf, x) => tf.addN(x),
  sum: (tf, [x], { axes, keepDims }) => tf.sum(x, [...(axes as readonly number[])], keepDims as boolean),
  sumTo: (tf, [x], { shape }) => sumTo(tf, x, shape as readonly number[]),
  broadcastTo: (tf, [x], { shape }) => tf.broadcastTo(x, [...(shape as readonly number[])]),
  reshape: (tf, [x], { shape }) => tf.reshape(x, [...(shape as readonly number[])]),
  mean: (tf, [x], { axes, keepDims }) => tf.mean(x, [...(axes as number[])], keepDims as boolean),
  reduceMax: (tf, [x], { axes, keepDims }) => tf.max(x, [...(axes as number[])], keepDims as boolean),
  reduceMin: (tf, [x], { axes, keepDims }) => tf.min(x, [...(axes as number[])], keepDims as boolean),
  logSumExp: (tf, [x], { axes, keepDims }) => tf.logSumExp(x, [...(axes as number[])], keepDims as boolean),
  variance: (tf, [x], { axes, keepDims }) =>
    tf.moments(x, [...(axes as number[])], keepDims as boolean).variance,
  norm: (tf, [x], { axes, keepDims }) =>
    tf.norm(x, 'euclidean', [...(axes as number[])], keepDims as boolean),
  cumsum: (tf, [x], { axis, reverse }) => cumsum(tf, x, axis as number, reverse as boolean),
  slice: (tf, [x], { begin, size }) => tf.slice(x, [...(begin as number[])], [...(size as number[])]),
  pad: (tf, [x], { before, after }) =>
    tf.pad(
      x,
      x.shape.map((_, axis) => [(before as number[])[axis], (after as number[])[axis]] as [number, number]),
    ),
  concat: (tf, x, { axis }) => tf.concat(x, axis as number),
  flip: (tf, [x], { axes }) => tf.reverse(x, [...(axes as number[])]),
  gather: (tf, [x], { axis, indices }) =>
    tf.gather(x, tf.tensor1d([...(indices as number[])], 'int32'), axis as number),
  scatterAdd: (tf, [x], { axis, indices, size }) => {
    const order = [axis as number, ...x.shape.map((_, i) => i).filter((i) => i !== axis)];
    const back = x.shape.map((_, i) => order.indexOf(i));
    const ids = tf.tensor1d([...(indices as number[])], 'int32');
    return tf.transpose(tf.unsortedSegmentSum(tf.transpose(x, order), ids, size as number), back);
  },
  oneHot: (tf, [x], { depth }) => {
    const classes = tf.tensor(
      Int32Array.from(x.dataSync(), (c) => (c % 1 === 0 ? c : -1)),
      x.shape,
      'int32',
    );
    return tf.cast(tf.oneHot(classes as tfjs.Tensor1D, depth as number), 'float32');
  },
  conv: (tf, [x, w], a) => conv(tf, x, w, a as unknown as ConvAttrs),
  convTranspose: (tf, [y, w], a) => convTranspose(tf, y, w, a as unknown as ConvAttrs),
  convFilter: (tf, [x, y], a) => convFilter(tf, x, y, a as unknown as ConvAttrs),
  softmax: (tf, [x]) => tf.softmax(x),
  // tfjs has no cross-entropy of probabilities without a smoothing constant
  crossEntropy: (tf, [p, y]) => tf.neg(tf.sum(tf.mul(y, tf.log(tf.add(p, zeroWhere(tf, y, p)))))),
};

/** Along the last axis, to which the wanted one is moved: along others tfjs' gradient comes out transposed. */
function cumsum(tf: Tfjs, x: Tensor, axis: number, reverse: boolean): Tensor {
  const order = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const perm = [...order, axis];
  const back = x.shape.map((_, i) => perm.indexOf(i));
  return tf.transpose(tf.cumsum(tf.transpose(x, perm), x.rank - 1, false, reverse), back);
}

/** 1 where a and b are both 0, else 0, off the tape: added to b it makes 0/0 and 0 log 0 zero, as in our ops. */
function zeroWhere(tf: Tfjs, a: Tensor, b: Tensor): Tensor {
  return offTape(tf, tf.logicalAnd(tf.equal(a, 0), tf.equal(b, 0)));
}

/** The same numbers as a constant. */
function offTape(tf: Tfjs, x: Tensor): Tensor {
  return tf.tensor(Float32Array.from(x.dataSync()), x.shape);
}

/** Both operands spread to their common shape: tfjs cannot differentiate extremes of operands that broadcast. */
function alike(tf: Tfjs, [a, b]: Tensor[]): [Tensor, Tensor] {
  const zeros = tf.zerosLike(offTape(tf, tf.add(a, b)));
  return [tf.add(a, zeros), tf.add(b, zeros)];
}

function sumTo(tf: Tfjs, x: Tensor, shape: readonly number[]): Tensor {
  const lead = x.rank - shape.length;
  const axes = x.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || shape[axis - lead] !== x.shape[axis]);
  return tf.reshape(tf.sum(x, axes), [...shape]);
}

export interface OracleResult {
  readonly value: number;
  /** Row-major, in the order of the parameters asked for. */
  readonly gradients: readonly Float32Array[];
}

/** The value of the scalar `target` and its gradients by `wrt` leaves, as tfjs computes them. */
export function tfjsGradients(
  tf: Tfjs,
  graph: Graph,
  values: Readonly<Record<string, ArrayLike<number>>>,
  target: NodeId,
  wrt: readonly NodeId[],
): OracleResult {
  const needed = ancestorsOf(graph, target);
  const reaching = wrt.filter((id) => needed.has(id)); // tfjs throws where there is no dependence
  const tensors = tf.tidy((): Tensor[] => {
    const f = (...x: Tensor[]) =>
      evaluate(tf, graph, values, needed, target, new Map(reaching.map((id, i) => [id, x[i]])));
    if (reaching.length === 0) return [f()];
    const at = reaching.map((id) => leafTensor(tf, graph.node(id), values));
    const { value, grads } = tf.valueAndGrads(f as (...x: Tensor[]) => tfjs.Scalar)(at);
    return [value, ...grads];
  });
  const [value, ...found] = tensors.map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose(tensors);
  const zeros = (id: NodeId) => new Float32Array(nodeSize(graph.node(id)));
  return { value: value[0], gradients: wrt.map((id) => found[reaching.indexOf(id)] ?? zeros(id)) };
}

function ancestorsOf(graph: Graph, target: NodeId): ReadonlySet<NodeId> {
  const needed = new Set([target]);
  for (let id = target; id >= 0; id--) {
    if (needed.has(id)) for (const input of graph.node(id).inputs) needed.add(input);
  }
  return needed;
}

function evaluate(
  tf: Tfjs,
  graph: Graph,
  values: Readonly<Record<string, ArrayLike<number>>>,
  needed: ReadonlySet<NodeId>,
  target: NodeId,
  known: Map<NodeId, Tensor>,
): Tensor {
  for (const node of graph.nodes) {
    if (!needed.has(node.id) || known.has(node.id)) continue;
    const operands = node.inputs.map((input) => known.get(input)!);
    const result = isLeaf(node)
      ? leafTensor(tf, node, values)
      : ops[node.op as OpName](tf, operands, node.attrs);
    known.set(node.id, result);
  }
  return known.get(target)!;
}

function leafTensor(tf: Tfjs, node: Node, values: Readonly<Record<string, ArrayLike<number>>>): Tensor {
  const shape = [...node.shape];
  const { value } = node.attrs;
  const given = node.name !== undefined && Object.hasOwn(values, node.name) ? values[node.name] : undefined;
  if (given !== undefined) return tf.tensor(Float32Array.from(given), shape);
  if (typeof value === 'number') return tf.fill(shape, value);
  if (typeof value === 'object') return tf.tensor(Float32Array.from(value), shape);
  throw new GradpathError('value', `no value was given for ${node.name ?? `%${node.id}`}`, node.name);
}
