/** Every op a second time, by definition and over dual numbers: its value and forward mode, with nothing of the engine. */

import { type Graph, isLeaf, type NodeId } from '../../../src/graph/graph.ts';
import type { OpName, Signatures } from '../../../src/ops/op.ts';
import { numbers } from '../../../src/run/eager.ts';
import { dual, scaled } from '../dual.ts';
import { conv } from './conv.ts';
import { layout } from './layout.ts';
import { linear } from './linear.ts';
import { loss } from './loss.ts';
import { pointwise } from './pointwise.ts';
import { pool } from './pool.ts';
import { reduce } from './reduce.ts';
import type { Tensor } from './tensor.ts';

type References = {
  readonly [K in OpName]: (x: readonly Tensor[], attrs: Signatures[K]['attrs']) => Tensor;
};

/**
 * Which elements are dropped is a matter of the seed, and taken from what the engine makes of ones. What is done to
 * them is not; and how many they are is tested elsewhere.
 */
function dropout([x]: readonly Tensor[], attrs: Signatures['dropout']['attrs']): Tensor {
  const ones = { shape: x.shape, data: new Float64Array(x.at.length).fill(1) };
  const kept = numbers.dropout(ones, attrs).data;
  return {
    shape: x.shape,
    at: x.at.map((value, i) => (kept[i] === 0 ? dual(0) : scaled(value, 1 / (1 - attrs.rate)))),
  };
}

const references: References = {
  ...pointwise,
  ...reduce,
  ...layout,
  ...linear,
  ...conv,
  ...pool,
  ...loss,
  dropout,
};

export function reference(op: string, x: readonly Tensor[], attrs: object): Tensor {
  return (references[op as OpName] as (x: readonly Tensor[], attrs: object) => Tensor)(x, attrs);
}

export function tensor(
  shape: readonly number[],
  values: ArrayLike<number>,
  tangents?: ArrayLike<number>,
): Tensor {
  return { shape, at: Array.from(values, (v, i) => dual(v, tangents?.[i])) };
}

/** The values and tangents of all nodes up to `last` that a leaf's value is known for, by id. */
export function evaluate(graph: Graph, last: NodeId, leaf: (name: string) => Tensor): Tensor[] {
  const found: Tensor[] = [];
  for (const node of graph.nodes.slice(0, last + 1)) {
    const { value } = node.attrs;
    if (!isLeaf(node)) {
      found.push(
        reference(
          node.op,
          node.inputs.map((id) => found[id]),
          node.attrs,
        ),
      );
    } else if (value === undefined) found.push(leaf(node.name!));
    else {
      const size = node.shape.reduce((count, n) => count * n, 1);
      found.push(
        tensor(node.shape, typeof value === 'number' ? Array(size).fill(value) : (value as number[])),
      );
    }
  }
  return found;
}
