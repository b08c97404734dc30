/** Nodes that sit exactly on a kink of their op, where no derivative exists, and what is taken for it there. */

import { type Graph, isLeaf, type Node, type NodeId } from '../graph/graph.ts';
import type { Builder } from '../ops/builder.ts';
import { rowOf } from '../ops/table.ts';
import { nextVariables } from '../run/anomaly.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';
import { type Place, placesOf } from './places.ts';

export interface Kink {
  readonly node: NodeId;
  /** The variable that the node is, or the next one computed from it. */
  readonly variable: string | undefined;
  readonly scope: string;
  readonly op: string;
  /** The operand's value; `tie` where several operands or elements are equal extremes, or compared and equal. */
  readonly at: number | 'tie';
  /** Row-major numbers of the elements of the node's value that are on the kink. */
  readonly elements: readonly number[];
  /** What the op's rule takes for the derivative there; at a tie of k, for that of each of them, or of the first alone. */
  readonly derivative: number;
}

/** A node on a kink, with the number of equals by element as {@link Place} counts them. */
interface Candidate {
  readonly node: Node;
  readonly place: Place;
  readonly counts: Int32Array;
}

/**
 * The kinks on the way from `wrt` to the target, at the given values, in the order of the graph. A node that stays on its
 * kink when the values of `wrt` move is on none: there the function is smooth, as the maximum of what is the same. So it
 * is behind stopGradient. Three sweeps over the graph, the last two only where something sits on a kink.
 */
export function kinks(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  target: NodeId,
  wrt: readonly NodeId[],
): Kink[] {
  const { graph } = b;
  const plan = new Plan(graph, [target], { dtype: 'float64' }).setAll(values).run();
  const given = (id: NodeId): Tensor => ({ shape: graph.node(id).shape, data: plan.value(id) });
  const depends = dependents(graph, target, wrt, plan);
  const { jumps, bends } = influences(graph, target);
  const candidates: Candidate[] = [];
  for (let id = 0; id <= target; id++) {
    if (depends[id] === 0 || jumps[id] === 0) continue;
    const node = graph.node(id);
    for (const place of isLeaf(node) ? [] : placesOf(node)) {
      const isFlat = rowOf(node.op)?.vjp[0] === 'flat';
      if (!isFlat && bends[id] === 0) continue;
      const counts = place.count(node.inputs.map(given), plan.value(id));
      if (counts.some((count) => count > 0)) candidates.push({ node, place, counts });
    }
  }
  if (candidates.length === 0) return [];

  const beside = [1, -1].map((sign) => movedValues(graph, target, wrt, depends, given, sign));
  const next = nextVariables(graph);
  return candidates.flatMap(({ node, place, counts }) => {
    const moved = beside.map((at) => place.count(node.inputs.map(at), at(node.id).data));
    const left = new Map<number, number[]>(); // elements by the number of equals
    counts.forEach((count, i) => {
      if (count === 0 || moved.every((there) => there[i] === count)) return;
      const elements = left.get(count);
      if (elements === undefined) left.set(count, [i]);
      else elements.push(i);
    });
    const { id, op, scope } = node;
    const variable = graph.nodes[next[id]]?.name;
    return [...left].flatMap(([count, elements]): Kink[] => {
      const derivative = place.derivative(count, elements[0], node.inputs.map(given));
      return derivative === undefined
        ? []
        : [{ node: id, variable, scope, op, at: place.at, elements, derivative }];
    });
  });
}

/** By id, whether a node the plan computes changes with some of `wrt`, as derivatives see it: not through a stop. */
function dependents(graph: Graph, target: NodeId, wrt: readonly NodeId[], plan: Plan): Uint8Array {
  const depends = new Uint8Array(target + 1);
  for (const id of wrt) if (id <= target && plan.keeps(id)) depends[id] = 1;
  for (let id = 0; id <= target; id++) {
    const { op, inputs } = graph.node(id);
    if (depends[id] === 1 || !plan.keeps(id) || rowOf(op)?.isStop === true) continue;
    if (inputs.some((input) => depends[input] === 1)) depends[id] = 1;
  }
  return depends;
}

/** By id, whether the target's value would jump with the node's, and whether it would bend with it: not through a flat op. */
function influences(graph: Graph, target: NodeId): { jumps: Uint8Array; bends: Uint8Array } {
  const [jumps, bends] = [new Uint8Array(target + 1), new Uint8Array(target + 1)];
  jumps[target] = bends[target] = 1;
  for (let id = target; id >= 0; id--) {
    if (jumps[id] === 0) continue;
    const { op, inputs } = graph.node(id);
    const row = rowOf(op);
    if (row?.isStop === true) continue;
    inputs.forEach((input, slot) => {
      jumps[input] = 1;
      if (bends[id] === 1 && row?.vjp[row.arity === 'n' ? 0 : slot] !== 'flat') bends[input] = 1;
    });
  }
  return { jumps, bends };
}

/** How far `wrt` is moved, beside 1 or the value: far beyond rounding, and not as far as the next kink. */
const MOVE = 1e-7;

/** The value of each node when those of `wrt` move a little, each element by another amount. */
function movedValues(
  graph: Graph,
  target: NodeId,
  wrt: readonly NodeId[],
  depends: Uint8Array,
  given: (id: NodeId) => Tensor,
  sign: number,
): (id: NodeId) => Tensor {
  const free = new Set(wrt);
  const moved: (Tensor | undefined)[] = [];
  let taken = 0;
  const amount = () => Math.abs(1e4 * Math.sin(++taken)) % 1; // no two alike, nor their sums
  const at = (id: NodeId) => moved[id] ?? given(id);
  for (let id = 0; id <= target; id++) {
    if (depends[id] === 0) continue;
    const { op, inputs, attrs } = graph.node(id);
    const isComputed = inputs.some((input) => depends[input] === 1);
    const value = isComputed ? numbers.apply(op, inputs.map(at), attrs) : given(id);
    const step = (x: number) => x + sign * MOVE * Math.max(1, Math.abs(x)) * (0.5 + amount());
    moved[id] = free.has(id) ? { shape: value.shape, data: Float64Array.from(value.data, step) } : value;
  }
  return at;
}
