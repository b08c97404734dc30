/** Evaluates and differentiates our graphs with TensorFlow.js and its own tape: none of our rules is used. */

import type * as tfjs from '@tensorflow/tfjs-core';
import { GradpathError } from '../../graph/error.ts';
import { type Graph, isLeaf, type Node, type NodeId, nodeSize } from '../../graph/graph.ts';
import type { OpName } from '../../ops/op.ts';
import type { Tfjs } from './load.ts';
import { ops } from './ops.ts';

export type { Tfjs } from './load.ts';

type Tensor = tfjs.Tensor;

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
