/** On which sides of the kinks of its ops a point is: what holds on one side alone is not shown to hold. */

import type { Attrs, Node, NodeId } from '../graph/graph.ts';
import { broadcastOffsets, sameShape } from '../graph/shape.ts';
import type { OpName } from '../ops/op.ts';
import { opNames, table } from '../ops/table.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import type { Subject } from './subject.ts';

/** Ops of two operands whose derivative changes where these are equal. */
const OF_TWO: ReadonlySet<string> = new Set(['max', 'min', 'less', 'lessEqual', 'greater', 'greaterEqual']);

/** Where the derivative of an op of one operand changes. */
function kinksOf({ op, attrs }: Pick<Node, 'op' | 'attrs'>): readonly number[] {
  if (op === 'clip') return [attrs.low as number, attrs.high as number];
  return table[op as OpName]?.kinks ?? [];
}

/** Ops that have kinks, other than at the ends of where they have a value. */
export const KINKED: ReadonlySet<string> = new Set([
  ...OF_TWO,
  'equal',
  'notEqual',
  'clip',
  ...opNames.filter((op) => {
    const { arity, kinks, domain } = table[op];
    return arity === 1 && kinks.some((kink) => domain[0] < kink && kink < domain[1]);
  }),
]);

/** How far the operands of an op are from its kinks, for each of these. */
export function gapsOf(
  op: string,
  attrs: Attrs,
  operands: readonly Tensor[],
): readonly (readonly number[])[] {
  if (!KINKED.has(op)) return [];
  const [a, b] = operands;
  if (OF_TWO.has(op) || op === 'equal' || op === 'notEqual') return [Array.from(numbers.sub(a, b).data)];
  return kinksOf({ op, attrs }).map((kink) => Array.from(a.data, (v) => v - kink));
}

/** The nodes of the network that have kinks. */
export function bentNodes({ graph, target }: Subject): readonly Node[] {
  return graph.nodes.filter(
    (node) => node.adjointOf === undefined && node.id <= target && sideCount(node) > 1,
  );
}

const COMPARISONS: ReadonlySet<string> = new Set(['less', 'lessEqual', 'greater', 'greaterEqual']);

const sideCount = (node: Node): number => (OF_TWO.has(node.op) ? 2 : kinksOf(node).length + 1);

/** Comparisons, each with any other node of its shape: a case may hold on one side only of a kink within it. */
function pairsOf(nodes: readonly Node[]): (readonly [Node, Node])[] {
  const bent = nodes.filter((node) => sideCount(node) > 1);
  const pairs = bent.flatMap((a, i) =>
    bent
      .slice(i + 1)
      .filter((b) => (COMPARISONS.has(a.op) || COMPARISONS.has(b.op)) && sameShape(a.shape, b.shape))
      .map((b) => [a, b] as const),
  );
  return pairs.slice(0, MOST_PAIRS);
}

const MOST_PAIRS = 24;

/** All sides that the nodes have: `12:0` is below the first kink of node 12; and those of pairs. */
export function allSides(nodes: readonly Node[]): Set<string> {
  const of = (node: Node) => {
    const count = sideCount(node);
    return count > 1 ? Array.from({ length: count }, (_, side) => `${node.id}:${side}`) : [];
  };
  const pairs = pairsOf(nodes).flatMap(([a, b]) =>
    of(a).flatMap((side) => of(b).map((other) => `${side} ${other}`)),
  );
  return new Set([...nodes.flatMap(of), ...pairs]);
}

/** The sides on which some element is, given the values of the nodes. */
export function sidesAt(nodes: readonly Node[], valueAt: (id: NodeId) => Tensor): Set<string> {
  const sides = new Set<string>();
  const byNode = new Map(nodes.map((node) => [node, sidesOf(node, valueAt)]));
  for (const [node, own] of byNode)
    for (const side of own) if (side !== undefined) sides.add(`${node.id}:${side}`);
  for (const [a, b] of pairsOf(nodes)) {
    const others = byNode.get(b)!;
    for (const [i, side] of byNode.get(a)!.entries())
      if (side !== undefined && others[i] !== undefined) sides.add(`${a.id}:${side} ${b.id}:${others[i]}`);
  }
  return sides;
}

/** The sides on which each element is, of the first ones: `12:3:0`. */
export function elementSidesAt(nodes: readonly Node[], valueAt: (id: NodeId) => Tensor): readonly string[] {
  return nodes.flatMap((node) =>
    sidesOf(node, valueAt)
      .slice(0, MOST_ELEMENTS)
      .flatMap((side, element) => (side === undefined ? [] : [`${node.id}:${element}:${side}`])),
  );
}

const MOST_ELEMENTS = 40;

/** The side of each element; undefined on a kink. */
function sidesOf(node: Node, valueAt: (id: NodeId) => Tensor): (number | undefined)[] {
  const [a, b] = node.inputs.map(valueAt);
  if (OF_TWO.has(node.op)) {
    const [left, right] = [a, b].map(({ shape, data }) =>
      Array.from(broadcastOffsets(shape, node.shape), (at) => data[at]),
    );
    return left.map((v, i) => (v === right[i] ? undefined : v < right[i] ? 0 : 1));
  }
  const kinks = kinksOf(node);
  if (kinks.length === 0) return [];
  return Array.from(a.data, (v) => (kinks.includes(v) ? undefined : kinks.filter((kink) => kink < v).length));
}
