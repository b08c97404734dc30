/** Points at which a computed number has a given value: those where p = 0.9. */

import type { NodeId } from '../graph/graph.ts';
import { literal } from '../model/equations/called.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import type { Instance } from './instance.ts';
import type { Subject } from './subject.ts';

export interface Solved {
  readonly id: NodeId;
  readonly value: number;
}

/** p and 0.9 of p = 0.9, where p is a single number that the network computes. */
export function solvedFor(x: Expr, subject: Subject): Solved | undefined {
  if (x.kind !== 'relation' || x.members.length !== 2 || x.relations[0] !== '=') return undefined;
  const [left, right] = x.members;
  const value = literal(right);
  const reference = referenceOf(left, subject.integers, subject.indexCount);
  const id = reference && subject.find(reference);
  if (id === undefined || value === undefined) return undefined;
  const { inputs, shape } = subject.graph.node(id);
  return inputs.length > 0 && shape.length === 0 ? { id, value } : undefined;
}

/** Networks with more nodes take too long to be run so often. */
const MOST_NODES = 300;
const MOST_STEPS = 60;
const WIDEST = 64;

/** The point with one parameter moved along its gradient until the number has the value; undefined: it never has. */
export function solvedAt(point: Instance, { id, value }: Solved): Instance | undefined {
  const { subject } = point;
  if (subject.graph.nodes.length > MOST_NODES) return undefined;
  for (const [leaf, given] of point.leaves) {
    if (subject.graph.node(leaf).op !== 'parameter') continue;
    const gradient: readonly number[] = Array.from(point.total(id, leaf).data);
    const length = Math.hypot(...gradient);
    if (!(length > 0)) continue;
    const moved = (by: number) =>
      point.with(new Map([[leaf, given.map((v, i) => v + (by * gradient[i]) / length)]]));
    const excess = (by: number): number => moved(by).valueOf(id).data[0] - value;
    const root = rootOf(excess);
    if (root !== undefined) return moved(root);
  }
  return undefined;
}

/** Where a function is 0, near 0 first: by bisection between two places where its signs differ. */
function rootOf(f: (x: number) => number): number | undefined {
  const start = f(0);
  for (let width = 0.5; width <= WIDEST; width *= 2) {
    for (const end of [width, -width]) {
      if (Math.sign(f(end)) !== -Math.sign(start)) continue;
      let [a, b] = [0, end];
      for (let step = 0; step < MOST_STEPS; step++) {
        const middle = (a + b) / 2;
        if (Math.sign(f(middle)) === Math.sign(start)) a = middle;
        else b = middle;
      }
      return b;
    }
  }
  return undefined;
}
