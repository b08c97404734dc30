/** A gradient taken apart by the places where its variable is used, and what of it a wrong formula has. */

import type { NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Instance } from './instance.ts';
import type { Subject } from './subject.ts';

/** What reaches a variable by way of one use, from one loss. */
export interface Part {
  /** The node that uses it. */
  readonly use: NodeId;
  readonly loss: NodeId;
  /** The variables that it reaches first behind this use. */
  readonly next: readonly NodeId[];
}

/** The uses of a variable on the way to what is derived; `byLoss`: each taken apart by the losses E_1 … E_T too. */
export function partsOf(subject: Subject, of: NodeId, by: NodeId, byLoss: boolean): readonly Part[] {
  const { graph } = subject;
  const sums = [...subject.losses].filter((loss) => loss !== of && reaches(subject, loss, of));
  const losses = byLoss && of === subject.target && sums.length > 1 ? sums : [of];
  const uses = graph.nodes.filter(
    ({ inputs, adjointOf, id }) => adjointOf === undefined && inputs.includes(by) && id <= of,
  );
  return uses.flatMap(({ id }) =>
    losses
      .filter((loss) => (loss === of || loss !== id) && reaches(subject, id, loss))
      .map((loss) => ({ use: id, loss, next: nextVariables(subject, id) })),
  );
}

/** The contribution: ∂loss/∂use · ∂⁺use/∂by, shaped like `by`, or a row per element of a loss that is no number. */
export function contribution(point: Instance, { use, loss }: Part, by: NodeId): Float64Array {
  const { subject } = point;
  const adjoint = point.total(loss, use);
  // all operands are kept: by itself may lead to the others
  const local = point.jacobian(subject.between(use, ...subject.graph.node(use).inputs), use, by);
  const [rows, inner] = adjoint.shape;
  const columns = sizeOf(subject.graph.node(by).shape);
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const a = adjoint.data[i * inner + k];
      if (a !== 0) for (let j = 0; j < columns; j++) out[i * columns + j] += a * local.data[k * columns + j];
    }
  }
  return out;
}

/**
 * The numbers α for which Σ α_k part_k is the given value, by least squares over all points; undefined if there are
 * none, or more than one choice.
 */
export function leastSquares(
  columns: readonly Float64Array[],
  value: Float64Array,
): readonly number[] | undefined {
  const n = columns.length;
  const rows = value.length;
  if (n === 0 || n > 60 || rows <= n) return undefined;
  // Gram–Schmidt, twice for the sake of digits
  const q: Float64Array[] = [];
  const r: number[][] = [];
  for (const column of columns) {
    const v = Float64Array.from(column);
    const size = norm(v);
    const along = new Array<number>(n).fill(0);
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < q.length; k++) {
        const c = dot(q[k], v);
        along[k] += c;
        for (let i = 0; i < rows; i++) v[i] -= c * q[k][i];
      }
    }
    const length = norm(v);
    if (!(length > 1e-7 * size)) return undefined;
    along[q.length] = length;
    r.push(along);
    q.push(v.map((x) => x / length));
  }
  const rest = Float64Array.from(value);
  const b = q.map((unit) => {
    const c = dot(unit, rest);
    for (let i = 0; i < rows; i++) rest[i] -= c * unit[i];
    return c;
  });
  const scale = Math.max(...columns.map(norm));
  if (!(norm(rest) <= 1e-9 * Math.max(scale, norm(value)))) return undefined;
  const alpha = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = b[k];
    for (let j = k + 1; j < n; j++) sum -= r[j][k] * alpha[j];
    alpha[k] = sum / r[k][k];
  }
  return alpha;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

function reaches(subject: Subject, from: NodeId, to: NodeId): boolean {
  if (from === to) return true;
  return subject
    .between(from, to)
    .into(to)
    .some((segment) => segment.from === from);
}

/** The variables behind a node, with none between. */
function nextVariables(subject: Subject, use: NodeId): NodeId[] {
  const { graph } = subject;
  if (subject.referenceOf(use) !== undefined) return [use];
  const seen = new Set([use]);
  const found: NodeId[] = [];
  for (const { id, inputs, adjointOf } of graph.nodes.slice(use + 1)) {
    if (adjointOf !== undefined || !inputs.some((input) => seen.has(input))) continue;
    if (subject.referenceOf(id) === undefined) seen.add(id);
    else found.push(id);
  }
  return found;
}
