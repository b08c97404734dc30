/** A graph made ready to run: pruned, ordered, buffers assigned and kernels bound once; then run as often as wanted. */

import { GradpathError } from '../graph/error.ts';
import { type DType, type Graph, isLeaf, type Node, type NodeId, nodeSize } from '../graph/graph.ts';
import type { Data } from '../ops/op.ts';
import { newData } from './eager.ts';
import { fusedSteps } from './fuse.ts';
import { type Step, stepOf } from './step.ts';
import { checkedValues, type Values } from './values.ts';

export interface PlanOptions {
  /**
   * `inspect` keeps the value of every node; `lean` keeps those of leaves and outputs, fuses what lies between and
   * reuses its memory: faster, and equal up to rounding.
   */
  readonly mode?: 'inspect' | 'lean';
  /** Overrides the graph's own precision for this plan. */
  readonly dtype?: DType;
}

export class Plan {
  readonly graph: Graph;
  readonly dtype: DType;
  readonly #buffers = new Map<NodeId, Data>();
  readonly #steps: readonly (() => void)[];
  readonly #unset = new Set<NodeId>();

  /** Plans the evaluation of `outputs` and all that they depend on. */
  constructor(graph: Graph, outputs: readonly NodeId[], options: PlanOptions = {}) {
    this.graph = graph;
    this.dtype = options.dtype ?? graph.dtype;
    const nodes = ancestors(graph, outputs);
    const lean = options.mode === 'lean';
    const steps = lean
      ? fusedSteps(graph, nodes, outputs)
      : nodes.filter((node) => !isLeaf(node)).map((node) => stepOf(graph, node));
    const leaves = nodes.filter(isLeaf);
    const kept = new Set([...leaves.map((leaf) => leaf.id), ...outputs]);
    const { offsets, size } = assignBuffers(graph, kept, steps, lean);
    const arena = newData(size, this.dtype);
    const buffer = (id: NodeId): Data => {
      const offset = offsets.get(id)!;
      return arena.subarray(offset, offset + nodeSize(graph.node(id)));
    };
    for (const id of lean ? kept : offsets.keys()) this.#buffers.set(id, buffer(id));
    for (const leaf of leaves) this.#prepareLeaf(leaf);
    this.#steps = steps.map((step) => step.bind(lean ? buffer : (id) => this.#buffers.get(id)!));
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
        `${this.graph.label(id)} is not kept by this plan; name it among the outputs`,
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

  #refuse(): never {
    const labels = [...this.#unset].map((id) => this.graph.label(id));
    const list =
      labels.length > 6 ? `${labels.slice(0, 6).join(', ')}, … (${labels.length} in all)` : labels.join(', ');
    throw new GradpathError('value', `no value was given for ${list}`, labels[0]);
  }
}

/**
 * Where each value lies in the plan's memory. If `reuse`, the place of a value that is not kept is free again after
 * the last step that reads it, for values of the same size.
 */
function assignBuffers(
  graph: Graph,
  kept: ReadonlySet<NodeId>,
  steps: readonly Step[],
  reuse: boolean,
): { offsets: Map<NodeId, number>; size: number } {
  const offsets = new Map<NodeId, number>();
  const free = new Map<number, number[]>(); // by size
  const lastReader = new Map<NodeId, Step>();
  let size = 0;
  const place = (id: NodeId): void => {
    const length = nodeSize(graph.node(id));
    const reused = reuse ? free.get(length)?.pop() : undefined;
    offsets.set(id, reused ?? size);
    if (reused === undefined) size += length;
  };
  for (const id of kept) place(id);
  if (reuse) for (const step of steps) for (const id of step.reads) lastReader.set(id, step);
  for (const step of steps) {
    if (!offsets.has(step.out)) place(step.out);
    if (!reuse) continue;
    for (const id of new Set(step.reads)) {
      if (kept.has(id) || lastReader.get(id) !== step) continue;
      const length = nodeSize(graph.node(id));
      free.set(length, [...(free.get(length) ?? []), offsets.get(id)!]);
    }
  }
  return { offsets, size };
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
