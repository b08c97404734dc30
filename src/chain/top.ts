/** The k largest paths without looking at all of them: best-first search with an admissible bound. */

import type { NodeId } from '../graph/graph.ts';
import type { Tensor } from '../run/eager.ts';
import { inner, largest, norm, projection } from './measure.ts';
import type { Cone, Path } from './paths.ts';
import { immediateJacobian, jacobianRows, pullback, type ValueAt } from './pullback.ts';
import type { Segment } from './variables.ts';

export interface Contribution {
  readonly path: Path;
  /** The product of the immediate Jacobians along the path, applied to the seed; shaped like the parameter. */
  readonly value: Tensor;
}

/** The last so many segments of a path, written backwards from the target. */
interface Partial {
  readonly segment: Segment | undefined;
  readonly before: Partial | undefined;
  readonly depth: number;
  /** The seed pulled back along the segments. */
  readonly cotangent: Tensor;
  /** Logarithm, in steps of 10⁻⁸, of what no completion c exceeds with |⟨c, g⟩|: equal up to rounding is equal. */
  readonly bound: number;
}

/** Partial paths looked at before the search gives up on being exact. */
const MAX_EXPANSIONS = 20_000;

/**
 * The `count` contributions c of largest |⟨c, g⟩|, largest first, where g is the gradient.
 * `exact` is false if the search was cut short: then larger ones may exist.
 *
 * For a partial path that ends in v with cotangent c, every completion satisfies |⟨·, g⟩| ≤ ‖c‖ r(v), where r(v) is
 * the largest ‖J_path g‖ over paths from the parameter to v: r(v) ≤ max over segments A→v of ‖J‖ r(A). Of equal
 * bounds the longest partial path goes first. When the search is cut short, the best partial paths are completed by
 * their best segments.
 */
export function largestContributions(
  cone: Cone,
  valueAt: ValueAt,
  seed: Tensor,
  gradient: Tensor,
  count: number,
): { contributions: Contribution[]; exact: boolean } {
  const reach = logReaches(cone, valueAt, gradient);
  const extensions = (partial: Partial): Partial[] =>
    cone.into(partial.segment?.from ?? cone.target).map((segment) => {
      const cotangent = pullback(cone.variables, valueAt, segment, partial.cotangent);
      const complete = segment.from === cone.wrt;
      const bound = complete
        ? logInner(cotangent, gradient)
        : Math.log(norm(cotangent)) + reach.get(segment.from)!;
      return {
        segment,
        before: partial,
        depth: partial.depth + 1,
        cotangent,
        bound: Math.round(bound * 1e8),
      };
    });
  const isComplete = (partial: Partial): boolean => partial.segment?.from === cone.wrt;

  const queue = new Heap<Partial>((a, b) => (a.bound === b.bound ? a.depth > b.depth : a.bound > b.bound));
  queue.push({
    segment: undefined,
    before: undefined,
    depth: 0,
    cotangent: seed,
    bound: Number.POSITIVE_INFINITY,
  });
  const contributions: Contribution[] = [];
  let expansions = 0;
  while (contributions.length < count) {
    let best = queue.pop();
    if (best === undefined) break;
    while (!isComplete(best)) {
      const next = extensions(best);
      if (++expansions <= MAX_EXPANSIONS) {
        for (const partial of next) queue.push(partial);
        best = queue.pop()!;
      } else best = next.reduce((a, b) => (b.bound > a.bound ? b : a));
    }
    contributions.push({ path: segmentsOf(best), value: best.cotangent });
  }
  return { contributions, exact: expansions <= MAX_EXPANSIONS };
}

function segmentsOf(partial: Partial): Segment[] {
  const segments: Segment[] = [];
  for (let at: Partial | undefined = partial; at?.segment !== undefined; at = at.before)
    segments.push(at.segment);
  return segments.reverse();
}

/** log r(v) for every variable of the cone. */
function logReaches(cone: Cone, valueAt: ValueAt, gradient: Tensor): Map<NodeId, number> {
  const reach = new Map<NodeId, number>();
  for (const id of cone.members) {
    if (id === cone.wrt || id === cone.target) continue;
    let largest = Number.NEGATIVE_INFINITY;
    for (const segment of cone.into(id)) {
      const through =
        segment.from === cone.wrt
          ? Math.log(normOfProduct(cone, valueAt, segment, gradient))
          : Math.log(spectralBound(immediateJacobian(cone.variables, valueAt, segment))) +
            reach.get(segment.from)!;
      largest = Math.max(largest, through);
    }
    reach.set(id, largest);
  }
  return reach;
}

/** ‖J g‖, a row of J at a time: J has an element per pair of elements of the parameter and of its user. */
function normOfProduct(cone: Cone, valueAt: ValueAt, segment: Segment, gradient: Tensor): number {
  const products: number[] = [];
  const scale = largest(gradient);
  for (const row of jacobianRows(cone.variables, valueAt, segment))
    products.push(inner(row, gradient) / scale);
  return scale * norm({ shape: [products.length], data: Float64Array.from(products) });
}

function logInner(a: Tensor, b: Tensor): number {
  const size = norm(a) * norm(b);
  return size === 0
    ? Number.NEGATIVE_INFINITY
    : Math.log(norm(b)) + Math.log(Math.abs(projection(a, b)) * norm(b));
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

/** A binary heap: what goes before all others comes out first. */
class Heap<T> {
  readonly #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  push(item: T): void {
    const items = this.#items;
    let i = items.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(item, items[parent])) break;
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
      if (child + 1 < items.length && this.#before(items[child + 1], items[child])) child++;
      if (!this.#before(items[child], last)) break;
      items[i] = items[child];
      i = child;
    }
    items[i] = last;
    return top;
  }
}
