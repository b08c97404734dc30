/** One kernel call of a plan. */

import type { Graph, Node, NodeId } from '../graph/graph.ts';
import type { Data } from '../ops/op.ts';
import { rowOf } from '../ops/table.ts';

export interface Step {
  /** The node whose value the step computes. */
  readonly out: NodeId;
  /** The nodes whose values it reads. */
  readonly reads: readonly NodeId[];
  /** Binds the kernel to the nodes' buffers. */
  readonly bind: (buffer: (id: NodeId) => Data) => () => void;
}

/** The step that computes one node and nothing else. */
export function stepOf(graph: Graph, node: Node): Step {
  return {
    out: node.id,
    reads: node.inputs,
    bind: (buffer) =>
      rowOf(node.op)!.kernel({
        x: node.inputs.map(buffer),
        y: buffer(node.id),
        shapes: node.inputs.map((id) => graph.node(id).shape),
        shape: node.shape,
        attrs: node.attrs,
      }),
  };
}
