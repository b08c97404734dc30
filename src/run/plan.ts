/** A graph made ready to run: pruned, ordered, buffers assigned and kernels bound once; then run as often as wanted. */

import { GradpathError, requireKnown, requireOneOf } from '../graph/error.ts';
import { DTYPES, type DType, type Graph, isLeaf, type Node, type NodeId, nodeSize } from '../graph/graph.ts';
import type { Data } from '../ops/op.ts';
import { newData } from './eager.ts';
import { fusedSteps } from './fuse.ts';
import { type Step, stepOf } from './step.ts';
import { checkedValues, isFlat, type Values } from './values.ts';

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
  /** By node id; only values that are kept. */
  readonly #buffers: (Data | undefined)[] = [];
  readonly #steps: readonly (() => void)[];
  readonly #unset = new Set<NodeId>();

  /** Plans the evaluation of `outputs` and all that they depend on. */
  constructor(graph: Graph, outputs: readonly NodeId[], options: PlanOptions = {}) {
    const { mode = 'inspect' } = options;
    requireKnown('Plan', options, ['mode', 'dtype']);
    requireOneOf('mode', mode, ['inspect', 'lean']);
    if (options.dtype !== undefined) requireOneOf('dtype', options.dtype, DTYPES);
    this.graph = graph;
    this.dtype = options.dtype ?? graph.dtype;
    const nodes = ancestors(graph, outputs);
    const lean = mode === 'lean';
    const steps = lean ? fusedSteps(graph, nodes, outputs) : singleSteps(graph, nodes);
    const asked = new Set(outputs);
    const kept = lean ? nodes.filter((node) => isLeaf(node) || asked.has(node.id)) : nodes;
    const { offsets, size } = assignMemory(graph, kept, steps);
    const memory = newData(size, this.dtype);
    const views: Data[] = []; // by node id
    const view = (id: NodeId): Data =>
      (views[id] ??= memory.subarray(offsets[id], offsets[id] + nodeSize(graph.nodes[id])));
    for (const node of kept) {
      this.#buffers[node.id] = view(node.id);
      if (isLeaf(node)) this.#prepareLeaf(node);
    }
    this.#steps = steps.map((step) => step.bind(view));
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
    const flat = isFlat(values, nodeSize(node)) ? values : checkedValues(values, node.shape, label);
    const buffer = this.#buffers[id];
    if (buffer !== undefined) {
      for (let i = 0; i < buffer.length; i++) buffer[i] = flat[i];
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

  /** Whether the plan computes a node and keeps its value. */
  keeps(id: NodeId): boolean {
    return this.#buffers[id] !== undefined;
  }

  /** The value of a node as of the last run: a view, overwritten by the next. */
  value(id: NodeId): Data {
    const buffer = this.#buffers[id];
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
    if (typeof value === 'number') this.#buffers[node.id]!.fill(value);
    else if (typeof value === 'object') this.#buffers[node.id]!.set(value);
    else this.#unset.add(node.id);
  }

  #refuse(): never {
    const labels = [...this.#unset].map((id) => this.graph.label(id));
    const list =
      labels.length > 6 ? `${labels.slice(0, 6).join(', ')}, … (${labels.length} in all)` : labels.join(', ');
    throw new GradpathError('value', `no value was given for ${list}`, labels[0]);
  }
}

function singleSteps(graph: Graph, nodes: readonly Node[]): Step[] {
  const steps: Step[] = [];
  for (const node of nodes) if (!isLeaf(node)) steps.push(stepOf(graph, node));
  return steps;
}

/**
 * By node id, where a value lies in the plan's memory. The place of a value that is not kept is free again, for
 * values of the same size, after the last step that reads it.
 */
function assignMemory(
  graph: Graph,
  kept: readonly Node[],
  steps: readonly Step[],
): { offsets: Int32Array; size: number } {
  const offsets = new Int32Array(graph.size).fill(-1);
  let size = 0;
  for (const node of kept) {
    offsets[node.id] = size;
    size += nodeSize(node);
  }
  const passing = steps.filter((step) => offsets[step.out] < 0); // steps whose values are not kept
  if (passing.length === 0) return { offsets, size };

  const lastReader = new Int32Array(graph.size).fill(-1);
  steps.forEach((step, i) => {
    for (const id of step.reads) if (offsets[id] < 0) lastReader[id] = i;
  });
  const free = new Map<number, number[]>(); // places by the size of the value
  steps.forEach((step, i) => {
    if (offsets[step.out] < 0) {
      const length = nodeSize(graph.node(step.out));
      offsets[step.out] = free.get(length)?.pop() ?? size;
      if (offsets[step.out] === size) size += length;
    }
    for (const id of step.reads) {
      if (lastReader[id] !== i) continue;
      lastReader[id] = -1; // a value read twice by the step is freed once
      const length = nodeSize(graph.node(id));
      const places = free.get(length);
      if (places === undefined) free.set(length, [offsets[id]]);
      else places.push(offsets[id]);
    }
  });
  return { offsets, size };
}

/** The nodes that `outputs` depend on, themselves included, by ascending id. */
function ancestors(graph: Graph, outputs: readonly NodeId[]): Node[] {
  const { nodes } = graph;
  const needed = new Uint8Array(nodes.length);
  for (const id of outputs) needed[graph.node(id).id] = 1;
  const found: Node[] = [];
  for (let id = nodes.length - 1; id >= 0; id--) {
    if (needed[id] === 0) continue;
    const node = nodes[id];
    found.push(node);
    for (let slot = 0; slot < node.inputs.length; slot++) needed[node.inputs[slot]] = 1;
  }
  return found.reverse();
}
