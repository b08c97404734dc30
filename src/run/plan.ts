/** A graph made ready to run: pruned, ordered, buffers assigned and kernels bound once; then run as often as wanted. */

import { GradpathError } from '../graph/error.ts';
import { type DType, type Graph, isLeaf, type Node, type NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Data } from '../ops/op.ts';
import { rowOf } from '../ops/table.ts';
import { checkedValues, type Values } from './values.ts';

export interface PlanOptions {
  /** Overrides the graph's own precision for this plan. */
  readonly dtype?: DType;
}

export class Plan {
  readonly graph: Graph;
  readonly dtype: DType;
  readonly #buffers = new Map<NodeId, Data>();
  readonly #steps: (() => void)[] = [];
  readonly #unset = new Set<NodeId>();

  /** Plans the evaluation of `outputs` and all that they depend on. */
  constructor(graph: Graph, outputs: readonly NodeId[], options: PlanOptions = {}) {
    this.graph = graph;
    this.dtype = options.dtype ?? graph.dtype;
    const nodes = ancestors(graph, outputs);
    const size = nodes.reduce((sum, node) => sum + sizeOf(node.shape), 0);
    const arena = this.dtype === 'float64' ? new Float64Array(size) : new Float32Array(size);
    let offset = 0;
    for (const node of nodes) {
      const end = offset + sizeOf(node.shape);
      this.#buffers.set(node.id, arena.subarray(offset, end));
      offset = end;
      if (isLeaf(node)) this.#prepareLeaf(node);
      else this.#steps.push(this.#bind(node));
    }
  }

  /** Sets a leaf's value: row-major numbers, flat or nested. Kept until set anew. */
  set(leaf: NodeId | string, values: Values): this {
    const id = typeof leaf === 'string' ? this.graph.idOf(leaf) : leaf;
    const node = this.graph.node(id);
    const label = this.graph.label(id);
    if (!isLeaf(node)) {
      throw new GradpathError(
        'value',
        `${label} is computed (${node.op}); only parameters, inputs and constants take values`,
        label,
      );
    }
    const checked = checkedValues(values, node.shape, label);
    const buffer = this.#buffers.get(id);
    if (buffer !== undefined) {
      buffer.set(checked);
      this.#unset.delete(id);
    }
    return this;
  }

  /** Sets several leaves by name. Names that the graph does not have are errors; leaves not needed here are ignored. */
  setAll(values: Readonly<Record<string, Values>>): this {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
    return this;
  }

  /** Computes all nodes. Allocates nothing. */
  run(): this {
    if (this.#unset.size > 0) this.#refuse();
    const steps = this.#steps;
    for (let i = 0; i < steps.length; i++) steps[i]();
    return this;
  }

  /** The value of a node as of the last run: a view, overwritten by the next. */
  value(id: NodeId): Data {
    const buffer = this.#buffers.get(id);
    if (buffer === undefined) {
      throw new GradpathError(
        'graph',
        `${this.graph.label(id)} is not part of this plan; name it among the outputs`,
      );
    }
    return buffer;
  }

  /** Number of kernels that one run calls. */
  get kernels(): number {
    return this.#steps.length;
  }

  #prepareLeaf(node: Node): void {
    const { value } = node.attrs;
    if (typeof value === 'number') this.#buffers.get(node.id)!.fill(value);
    else if (typeof value === 'object') this.#buffers.get(node.id)!.set(value);
    else this.#unset.add(node.id);
  }

  #bind(node: Node): () => void {
    return rowOf(node.op)!.kernel({
      x: node.inputs.map((id) => this.#buffers.get(id)!),
      y: this.#buffers.get(node.id)!,
      shapes: node.inputs.map((id) => this.graph.node(id).shape),
      shape: node.shape,
      attrs: node.attrs,
    });
  }

  #refuse(): never {
    const labels = [...this.#unset].map((id) => this.graph.label(id));
    const list =
      labels.length > 6 ? `${labels.slice(0, 6).join(', ')}, … (${labels.length} in all)` : labels.join(', ');
    throw new GradpathError('value', `no value was given for ${list}`, labels[0]);
  }
}

/** The nodes that `outputs` depend on, themselves included, by ascending id. */
function ancestors(graph: Graph, outputs: readonly NodeId[]): Node[] {
  const needed = new Uint8Array(graph.size);
  for (const id of outputs) needed[graph.node(id).id] = 1;
  for (let id = graph.size - 1; id >= 0; id--) {
    if (needed[id] === 1) for (const input of graph.nodes[id].inputs) needed[input] = 1;
  }
  return graph.nodes.filter((node) => needed[node.id] === 1);
}
