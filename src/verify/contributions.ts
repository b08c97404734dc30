/** A gradient taken apart by the places where its variable is used, and what of it a wrong formula has. */

import type { NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../run/eager.ts';
import type { Instance } from './instance.ts';
import type { Subject } from './subject.ts';

/** What reaches a variable by way of some uses, from one loss. */
export interface Part {
  /** The nodes that use it, or what is computed from it alone. */
  readonly uses: readonly NodeId[];
  /** What they use: the variable itself, or the one through which all of it goes. */
  readonly through: NodeId;
  readonly loss: NodeId;
  /** The variables that it reaches first behind these uses. */
  readonly next: readonly NodeId[];
}

/** How a gradient is taken apart: by losses E_1 … E_T too, and with uses that lead to the same variables as one. */
export interface Grain {
  readonly byLoss: boolean;
  readonly byNext: boolean;
}

/** From single uses on: what depends on one another is told apart by none, and what a formula lacks by some. */
export const GRAINS: readonly Grain[] = [
  { byLoss: false, byNext: false },
  { byLoss: false, byNext: true },
  { byLoss: true, byNext: false },
  { byLoss: true, byNext: true },
];

/** The uses of a variable on the way to what is derived; where all goes through one other variable, the uses of that one. */
export function partsOf(subject: Subject, of: NodeId, by: NodeId, grain: Grain): readonly Part[] {
  const parts = partsOfUses(subject, of, by, grain);
  if (parts.length !== 1 || parts[0].next.length !== 1 || parts[0].next[0] === of) return parts;
  return partsOf(subject, of, parts[0].next[0], grain);
}

function partsOfUses(subject: Subject, of: NodeId, by: NodeId, { byLoss, byNext }: Grain): readonly Part[] {
  const { graph } = subject;
  const sums = [...subject.losses].filter((loss) => loss !== of && reaches(subject, loss, of));
  const losses = byLoss && of === subject.target && sums.length > 1 ? sums : [of];
  const uses = graph.nodes.filter(
    ({ inputs, adjointOf, id }) => adjointOf === undefined && inputs.includes(by) && id <= of,
  );
  const found = new Map<string, Part>();
  for (const { id } of uses) {
    const next = nextVariables(subject, id);
    for (const loss of losses) {
      if ((loss !== of && loss === id) || !reaches(subject, id, loss)) continue;
      const key = `${loss} ${byNext ? next.join(' ') : id}`;
      found.set(key, { uses: [...(found.get(key)?.uses ?? []), id], through: by, loss, next });
    }
  }
  return [...found.values()];
}

/** The contribution: Σ ∂loss/∂use · ∂⁺use/∂by, shaped like `by`, or a row per element of a loss that is no number. */
export function contribution(point: Instance, { uses, through, loss }: Part, by: NodeId): Float64Array {
  const all = uses.map((use) => ofUse(point, use, loss, through));
  const sum = Float64Array.from(all[0], (_, i) => all.reduce((total, part) => total + part[i], 0));
  if (through === by) return sum;
  const jacobian = point.total(through, by);
  const [inner, columns] = jacobian.shape;
  return times({ shape: [sum.length / inner, inner], data: sum }, jacobian, columns);
}

function ofUse(point: Instance, use: NodeId, loss: NodeId, by: NodeId): Float64Array {
  const { subject } = point;
  const adjoint = point.total(loss, use);
  // all operands are kept: by itself may lead to the others
  const local = point.jacobian(subject.between(use, ...subject.graph.node(use).inputs), use, by);
  return times(adjoint, local, sizeOf(subject.graph.node(by).shape));
}

/** A B, row-major. */
function times(
  { shape: [rows, inner], data: a }: Tensor,
  { data: b }: Tensor,
  columns: number,
): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const v = a[i * inner + k];
      if (v !== 0) for (let j = 0; j < columns; j++) out[i * columns + j] += v * b[k * columns + j];
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
