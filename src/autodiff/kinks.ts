/** Nodes that sit exactly on a kink of their op, where no derivative exists, and what is taken for it there. */

import { isLeaf, type Node, type NodeId } from '../graph/graph.ts';
import { broadcastOffsets } from '../graph/shape.ts';
import type { Builder } from '../ops/builder.ts';
import type { Data, OpName } from '../ops/op.ts';
import { table } from '../ops/table.ts';
import { variableFrom } from '../run/anomaly.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';
import { operandAdjoint } from './rule.ts';

export interface Kink {
  readonly node: NodeId;
  /** The variable that the node is, or the next one computed from it. */
  readonly variable: string | undefined;
  readonly scope: string;
  readonly op: string;
  /** The operand's value; `tie` where several operands or elements are equal extremes. */
  readonly at: number | 'tie';
  /** Row-major numbers of the elements of the node's value that are on the kink. */
  readonly elements: readonly number[];
  /** What the op's rule takes for the derivative there; at a tie of k, for that of each of them. */
  readonly derivative: number;
}

/**
 * The kinks on the way from `wrt` to the target, at the given values, in the order of the graph. Ties in the windows of a
 * max pool are left out.
 */
export function kinks(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  target: NodeId,
  wrt: readonly NodeId[],
): Kink[] {
  const { graph } = b;
  const plan = new Plan(graph, [target], { dtype: 'float64' }).setAll(values).run();
  const depends = new Uint8Array(target + 1);
  for (const id of wrt) if (id <= target) depends[id] = 1;
  const found: Kink[] = [];
  for (let id = 0; id <= target; id++) {
    const node = graph.node(id);
    if (isLeaf(node) || !plan.keeps(id)) continue;
    if (!node.inputs.some((input) => depends[input] === 1)) continue;
    depends[id] = 1;
    const operands = node.inputs.map((input) => ({
      shape: graph.node(input).shape,
      data: plan.value(input),
    }));
    for (const kink of kinksOf(node, operands, plan.value(id))) {
      const { op, scope } = node;
      found.push({ node: id, variable: variableFrom(graph, id), scope, op, ...kink });
    }
  }
  return found;
}

type Found = Pick<Kink, 'at' | 'elements' | 'derivative'>;

function kinksOf(node: Node, operands: readonly Tensor[], y: Data): Found[] {
  const { op, attrs } = node;
  const [x] = operands;
  if (op === 'max' || op === 'min') return tiesOfTwo(node, operands);
  if (op === 'reduceMax' || op === 'reduceMin') return tiesAlong(node, x, y);
  if (op === 'norm') return found(0, y, 0, 0);
  const places =
    op === 'clip' ? [attrs.low as number, attrs.high as number] : (table[op as OpName]?.kinks ?? []);
  return places.flatMap((place) => {
    if (!x.data.includes(place)) return [];
    const derivative = jumpAt(node, place);
    return derivative === undefined ? [] : found(place, x.data, place, derivative);
  });
}

function found(at: Kink['at'], data: Data, value: number, derivative: number): Found[] {
  const elements = [...data.keys()].filter((i) => data[i] === value);
  return elements.length === 0 ? [] : [{ at, elements, derivative }];
}

/** A step to either side, beyond which the op has moved on by no more than this times its slope. */
const BESIDE = 1e-7;
const JUMP = 1e-3;

/** What the rule of a pointwise op takes for the derivative at x, if value or derivative jump there or are infinite. */
function jumpAt(node: Node, x: number): number | undefined {
  const at = { shape: [3], data: Float64Array.of(x - BESIDE, x, x + BESIDE) };
  const y = evaluate(node, [at]);
  const derivative = derivativesAt(node, 0, [at], y).data;
  const jumps = Math.abs(y.data[2] - y.data[0]) > JUMP || !(Math.abs(derivative[2] - derivative[0]) <= JUMP);
  return jumps || !Number.isFinite(derivative[1]) ? derivative[1] : undefined;
}

function tiesOfTwo(node: Node, operands: readonly Tensor[]): Found[] {
  const [a, b] = operands.map(({ shape, data }) =>
    Array.from(broadcastOffsets(shape, node.shape), (at) => data[at]),
  );
  const elements = [...a.keys()].filter((i) => a[i] === b[i]);
  if (elements.length === 0) return [];
  const tie = [0, 1].map(() => ({ shape: [], data: Float64Array.of(a[elements[0]]) }));
  const [derivative] = derivativesAt(node, 0, tie, evaluate(node, tie)).data;
  return [{ at: 'tie', elements, derivative }];
}

/** Groups of a reduction in which more than one element is the extreme, by how many are. */
function tiesAlong(node: Node, x: Tensor, y: Data): Found[] {
  const axes = node.attrs.axes as readonly number[];
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const group = broadcastOffsets(kept, x.shape);
  const counts = new Int32Array(y.length);
  const member = new Int32Array(y.length);
  group.forEach((at, i) => {
    if (x.data[i] !== y[at]) return;
    counts[at]++;
    member[at] = i;
  });
  const derivatives = derivativesAt(node, 0, [x], { shape: node.shape, data: y }).data;
  return [...new Set(counts)]
    .filter((count) => count > 1)
    .map((count) => {
      const elements = [...counts.keys()].filter((i) => counts[i] === count);
      return { at: 'tie', elements, derivative: derivatives[member[elements[0]]] };
    });
}

function evaluate(node: Node, operands: readonly Tensor[]): Tensor {
  const apply = numbers[node.op as OpName] as (...args: unknown[]) => Tensor;
  const hasAttrs = Object.keys(node.attrs).length > 0;
  return apply(...operands, ...(hasAttrs ? [node.attrs] : []));
}

/** The derivative of Σ y by one operand, as the op's rule has it. */
function derivativesAt(node: Node, slot: number, operands: readonly Tensor[], y: Tensor): Tensor {
  const g = { shape: y.shape, data: new Float64Array(y.data.length).fill(1) };
  const shapes = operands.map((operand) => operand.shape);
  const at = { ...node, shape: y.shape };
  const derivative = operandAdjoint(numbers, at, slot, shapes, { x: operands, y, g }, (v) => v.shape);
  const { shape, data } = operands[slot];
  return derivative ?? { shape, data: new Float64Array(data.length) }; // flat
}
