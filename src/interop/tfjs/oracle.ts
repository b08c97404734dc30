/** Evaluates and differentiates our graphs with TensorFlow.js and its own tape: none of our rules is used. */

import type * as tfjs from '@tensorflow/tfjs-core';
import { GradpathError } from '../../graph/error.ts';
import { type Attrs, type Graph, isLeaf, type Node, type NodeId, nodeSize } from '../../graph/graph.ts';
import type { OpName } from '../../ops/op.ts';

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
  square: (tf, [x]) => tf.square(x),
  tanh: (tf, [x]) => tf.tanh(x),
  log: (tf, [x]) => tf.log(x),
  matmul: (tf, [a, b]) => tf.dot(a as tfjs.Tensor1D, b as tfjs.Tensor1D),
  outer: (tf, [a, b]) => tf.outerProduct(a as tfjs.Tensor1D, b as tfjs.Tensor1D),
  transpose: (tf, [x], { perm }) => tf.transpose(x, [...(perm as readonly number[])]),
  total: (tf, x) => tf.addN(x),
  sum: (tf, [x], { axes, keepDims }) => tf.sum(x, [...(axes as readonly number[])], keepDims as boolean),
  sumTo: (tf, [x], { shape }) => sumTo(tf, x, shape as readonly number[]),
  broadcastTo: (tf, [x], { shape }) => tf.broadcastTo(x, [...(shape as readonly number[])]),
  reshape: (tf, [x], { shape }) => tf.reshape(x, [...(shape as readonly number[])]),
  softmax: (tf, [x]) => tf.softmax(x),
  // tfjs has no cross-entropy of probabilities without a smoothing constant
  crossEntropy: (tf, [p, y]) => tf.neg(tf.sum(tf.mul(y, tf.log(tf.add(p, zeroWhere(tf, y, p)))))),
};

/** 1 where a and b are both 0, else 0, off the tape: added to b it makes 0/0 and 0 log 0 zero, as in our ops. */
function zeroWhere(tf: Tfjs, a: Tensor, b: Tensor): Tensor {
  const both = tf.logicalAnd(tf.equal(a, 0), tf.equal(b, 0));
  return tf.tensor(Float32Array.from(both.dataSync()), both.shape);
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
