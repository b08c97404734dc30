/** The k largest paths without looking at all of them: best-first search with an admissible bound. */

import type { NodeId } from '../graph/graph.ts';
import type { Tensor } from '../run/eager.ts';
import { inner, norm } from './measure.ts';
import type { Cone, Path } from './paths.ts';
import { jacobian, pullback, type ValueAt } from './pullback.ts';
import type { Segment } from './variables.ts';

export interface Contribution {
  readonly path: Path;
  /** The product of the immediate Jacobians along the path, applied to the seed; shaped like the parameter. */
  readonly value: Tensor;
}

interface Partial {
  readonly segments: readonly Segment[];
  /** The seed pulled back along the segments. */
  readonly cotangent: Tensor;
  /** No completion c has |⟨c, g⟩| above it. */
  readonly bound: number;
}

/** Partial paths looked at before the search gives up on being exact. */
const MAX_EXPANSIONS = 50_000;

/**
 * The `count` contributions c of largest |⟨c, g⟩|, largest first, where g is the gradient.
 * `exact` is false if the search was cut short: then larger ones may exist.
 *
 * For a partial path that ends in v with cotangent c, every completion satisfies |⟨·, g⟩| ≤ ‖c‖ r(v), where r(v) is
 * the largest ‖J_path g‖ over paths from the parameter to v: r(v) ≤ max over segments A→v of ‖J‖ r(A).
 */
export function largestContributions(
  cone: Cone,
  valueAt: ValueAt,
  seed: Tensor,
  gradient: Tensor,
  count: number,
): { contributions: Contribution[]; exact: boolean } {
  const reach = reaches(cone, valueAt, gradient);
  const queue = new MaxHeap<Partial>((partial) => partial.bound);
  queue.push({ segments: [], cotangent: seed, bound: Number.POSITIVE_INFINITY });
  const contributions: Contribution[] = [];
  for (let expansions = 0; contributions.length < count; expansions++) {
    const best = queue.pop();
    if (best === undefined) break;
    const last = best.segments.at(-1);
    if (last?.from === cone.wrt) {
      contributions.push({ path: best.segments, value: best.cotangent });
      continue;
    }
    if (expansions >= MAX_EXPANSIONS) return { contributions, exact: false };
    for (const segment of cone.into(last?.from ?? cone.target)) {
      const cotangent = pullback(cone.variables, valueAt, segment, best.cotangent);
      const complete = segment.from === cone.wrt;
      const bound = complete
        ? Math.abs(inner(cotangent, gradient))
        : norm(cotangent) * reach.get(segment.from)!;
      queue.push({ segments: [...best.segments, segment], cotangent, bound });
    }
  }
  return { contributions, exact: true };
}

/** r(v) for every variable of the cone. */
function reaches(cone: Cone, valueAt: ValueAt, gradient: Tensor): Map<NodeId, number> {
  const reach = new Map<NodeId, number>([[cone.wrt, norm(gradient)]]);
  for (const id of cone.members) {
    if (id === cone.wrt || id === cone.target) continue;
    let largest = 0;
    for (const segment of cone.into(id)) {
      const J = jacobian(cone.variables, valueAt, segment);
      const through =
        segment.from === cone.wrt
          ? norm(timesVector(J, gradient))
          : spectralBound(J) * reach.get(segment.from)!;
      largest = Math.max(largest, through);
    }
    reach.set(id, largest * (1 + 1e-9)); // rounding must not make it inadmissible
  }
  return reach;
}

function timesVector(matrix: Tensor, vector: Tensor): Tensor {
  const [rows, columns] = matrix.shape;
  const data = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[i] += matrix.data[i * columns + j] * vector.data[j];
  }
  return { shape: [rows], data };
}

/** ‖J‖₂ ≤ min(‖J‖_F, √(‖J‖₁ ‖J‖_∞)). */
function spectralBound(J: Tensor): number {
  const [rows, columns] = J.shape;
  const columnSums = new Float64Array(columns);
  let largestRow = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const size = Math.abs(J.data[i * columns + j]);
      sum += size;
      columnSums[j] += size;
    }
    largestRow = Math.max(largestRow, sum);
  }
  const largestColumn = columnSums.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(norm(J), Math.sqrt(largestRow * largestColumn));
}

/** A binary heap whose largest element, by `key`, comes out first. */
class MaxHeap<T> {
  readonly #items: T[] = [];
  readonly #key: (item: T) => number;

  constructor(key: (item: T) => number) {
    this.#key = key;
  }

  push(item: T): void {
    const items = this.#items;
    let i = items.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#key(items[parent]) >= this.#key(item)) break;
      items[i] = items[parent];
      i = parent;
    }
    items[i] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.#key(items[child + 1]) > this.#key(items[child])) child++;
      if (this.#key(items[child]) <= this.#key(last)) break;
      items[i] = items[child];
      i = child;
    }
    items[i] = last;
    return top;
  }
}
