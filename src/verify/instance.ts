/** One random point at which formulas are judged: values of all nodes, and the derivatives that they have there. */

import { immediateJacobian } from '../chain/pullback.ts';
import type { VariableGraph } from '../chain/variables.ts';
import { isLeaf, type NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import { uniform } from '../model/random.ts';
import type { Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import { allSides, sidesAt } from './sides.ts';
import type { Subject } from './subject.ts';

export type Leaves = ReadonlyMap<NodeId, readonly number[]>;

/** The points at which statements are judged, and those that keep the values that the equations give. */
export interface Points {
  readonly drawn: readonly Instance[];
  readonly given: readonly Instance[];
  /** Further ones. */
  readonly more: () => readonly Instance[];
  /** The first one with other classes drawn, so that each is hot somewhere and cold elsewhere. */
  readonly turned: () => readonly Instance[];
}

export class Instance {
  readonly subject: Subject;
  readonly leaves: Leaves;
  readonly #plan: Plan;
  readonly #values = new Map<NodeId, Tensor>();
  readonly #jacobians = new Map<string, Tensor>();
  /** The points that conditions such as γ = 0 make of this one, kept between readings. */
  readonly conditioned = new Map<string, Instance>();

  constructor(subject: Subject, leaves: Leaves) {
    this.subject = subject;
    this.leaves = leaves;
    const { graph } = subject;
    const outputs = graph.nodes.filter(({ adjointOf }) => adjointOf === undefined).map(({ id }) => id);
    this.#plan = new Plan(graph, outputs);
    for (const [id, values] of leaves) this.#plan.set(id, values);
    this.#plan.run();
  }

  valueOf = (id: NodeId): Tensor => {
    let value = this.#values.get(id);
    if (value === undefined) {
      const { shape } = this.subject.graph.node(id);
      value = { shape, data: Float64Array.from(this.#plan.value(id)) };
      this.#values.set(id, value);
    }
    return value;
  };

  /** ∂of/∂by along the op paths that pass no other variable of the graph: a row per element of `of`. */
  jacobian(variables: VariableGraph, of: NodeId, by: NodeId): Tensor {
    const key = `${of} ${by} ${variables.variables.length} ${variables.variables.join(' ')}`;
    let found = this.#jacobians.get(key);
    if (found === undefined) {
      const segment = variables.into(of).find(({ from }) => from === by);
      found = of === by ? this.#identity(of) : segment && immediateJacobian(variables, this.valueOf, segment);
      found ??= this.#zero(of, by);
      this.#jacobians.set(key, found);
    }
    return found;
  }

  /** d of / d by through every path. */
  total(of: NodeId, by: NodeId): Tensor {
    return this.jacobian(this.subject.between(of, by), of, by);
  }

  /** The same point with other values of some leaves. */
  with(changed: Leaves): Instance {
    return new Instance(this.subject, new Map([...this.leaves, ...changed]));
  }

  /** The point of another model where leaves of the same name have the same values. */
  in(subject: Subject): Instance {
    const leaves = new Map<NodeId, readonly number[]>();
    for (const [id, values] of this.leaves) {
      const other = subject.graph.find(this.subject.nameOf(id));
      if (other !== undefined) leaves.set(other, values);
    }
    return new Instance(subject, leaves);
  }

  #size(id: NodeId): number {
    return sizeOf(this.subject.graph.node(id).shape);
  }

  #zero(of: NodeId, by: NodeId): Tensor {
    const shape = [this.#size(of), this.#size(by)];
    return { shape, data: new Float64Array(sizeOf(shape)) };
  }

  #identity(id: NodeId): Tensor {
    const n = this.#size(id);
    const data = new Float64Array(n * n);
    for (let i = 0; i < n; i++) data[i * (n + 1)] = 1;
    return { shape: [n, n], data };
  }
}

/** Seeds of the points: fixed, so that the same input always gets the same verdict. */
export const SEEDS = [20_261, 7_919, 104_729] as const;

export const MORE_SEEDS = [15_485_863, 32_452_843, 49_979_687, 67_867_967, 86_028_121, 104_395_301] as const;

/** What becomes of arrays that the equations give: they are drawn like any other, or near what is given, or kept. */
export type Given = 'drawn' | 'near' | 'kept';

/**
 * A random point. Inputs and targets that are given as numbers, and zeros, stay as the model has them; parameters never
 * do, since what holds must hold of all their values. `width`: how far around 0 values are drawn.
 */
export function sample(subject: Subject, seed: number, values: Given = 'drawn', width = 1): Instance {
  const random = uniform(seed);
  for (let i = 0; i < 8; i++) random();
  const steps = subject.integers.get('T') ?? 1;
  const leaves = new Map<NodeId, readonly number[]>();
  for (const node of subject.graph.nodes) {
    if (!isLeaf(node) || node.adjointOf !== undefined || node.name === undefined) continue;
    const given = subject.model.values[node.name];
    if (given === undefined) continue;
    const { equations } = subject.model;
    const isParameter = node.op === 'parameter';
    const isGiven =
      equations !== undefined && (values === 'kept' || (node.shape.length === 0 && !isParameter));
    const draw =
      equations?.draws.get(node.name) ??
      (isGiven ? 'given' : values === 'near' ? 'near' : drawLike(given, node.shape.length, isParameter));
    const drawnValues = drawn(draw, given, node.shape, random, steps, isParameter);
    leaves.set(node.id, draw === 'any' ? drawnValues.map((v) => width * v) : drawnValues);
  }
  return new Instance(subject, leaves);
}

/** Most points with other classes. */
const MAX_TURNS = 12;

/** The point with the hot place of each one-hot row moved on by 1, by 2, …; none if there are no such rows. */
export function turned(point: Instance): readonly Instance[] {
  const { graph } = point.subject;
  const hot: { readonly id: NodeId; readonly values: readonly number[]; readonly width: number }[] = [];
  for (const [id, values] of point.leaves) {
    const { op, shape } = graph.node(id);
    const width = shape.at(-1) ?? 1;
    const isHot = (row: readonly number[]) =>
      row.filter((v) => v === 1).length === 1 && row.filter((v) => v !== 0).length === 1;
    const rows = Array.from({ length: values.length / width }, (_, r) =>
      values.slice(r * width, (r + 1) * width),
    );
    if (op !== 'parameter' && width > 1 && rows.every(isHot)) hot.push({ id, values, width });
  }
  const most = Math.min(MAX_TURNS, Math.max(1, ...hot.map(({ width }) => width)) - 1);
  return Array.from({ length: most }, (_, turn) =>
    point.with(
      new Map(
        hot.map(({ id, values, width }) => {
          const place = (i: number) => i - (i % width) + ((i + turn + 1) % width);
          return [id, values.map((_, i) => values[place(i)])];
        }),
      ),
    ),
  );
}

/**
 * The points at which formulas are judged. Where max(0, …) is 0 all derivatives through it vanish, and any formula for
 * them would hold: other points are drawn then, and at last points near the values that the equations give. Points on
 * the other sides of kinks are added.
 */
export function livePoints(subject: Subject): {
  readonly points: readonly Instance[];
  readonly values: Given;
} {
  const drawnAt = (step: number, values: Given) => SEEDS.map((seed) => sample(subject, seed + step, values));
  const first = drawnAt(0, 'drawn');
  const bent = subject.graph.nodes.filter(
    ({ id, adjointOf }) => adjointOf === undefined && id <= subject.target,
  );
  const unseen = allSides(bent);
  if (unseen.size === 0) return { points: first, values: 'drawn' };
  const variables = [...subject.families.values()]
    .flatMap(({ members }) => members.map(({ id }) => id))
    .filter((id) => id < subject.target);
  const parameters = variables.filter((id) => subject.graph.node(id).op === 'parameter');
  const dead = (all: readonly Instance[]): number =>
    variables.filter((id) => all.every((point) => isZero(point.total(subject.target, id)))).length;
  let best = { points: first, values: 'drawn' as Given, dead: dead(first) };
  const least = variables.filter((id) => !leadsTo(subject, id)).length;
  for (const [step, values] of [
    [1, 'drawn'],
    [2, 'drawn'],
    [0, 'near'],
    [1, 'near'],
  ] as const) {
    if (best.dead <= least) break;
    const others = drawnAt(step, values);
    const count = dead(others);
    if (count < best.dead) best = { points: others, values, dead: count };
  }
  if (best.values !== 'drawn') return best;
  const slope = (point: Instance, id: NodeId) => largest(point.total(subject.target, id));
  const isAlive = (point: Instance): boolean =>
    parameters.every((id) => slope(point, id) >= SATURATED * slope(best.points[0], id));
  const wide = WIDE.map((width, i) => sample(subject, SEEDS[i % SEEDS.length] + 11 + i, 'drawn', width));
  const points = [...best.points, ...wide.filter(isAlive)];
  const see = (point: Instance): boolean =>
    [...sidesAt(bent, point.valueOf)].filter((side) => unseen.delete(side)).length > 0;
  points.forEach(see);
  for (let i = 0; i < MOST_SOUGHT && unseen.size > 0; i++) {
    const point = sample(
      subject,
      SEEDS[i % SEEDS.length] + 101 + i,
      'drawn',
      SOUGHT_WIDTHS[i % SOUGHT_WIDTHS.length],
    );
    if (Number.isFinite(point.valueOf(subject.target).data[0]) && see(point)) points.push(point);
  }
  return { ...best, points };
}

/**
 * How far around 0 further points are drawn where something is flat: on both sides of a kink, and far from it. What
 * leaves out where max(0, 1 − y s) is 0 would hold where no margin is that large.
 */
const WIDE = [1.6, 2.5, 1.6, 2.5, 4, 2] as const;

/** Points that are sought for sides of kinks that no other point is on, and how far around 0. */
const MOST_SOUGHT = 32;
const SOUGHT_WIDTHS = [1, 2, 4, 1.5, 8, 3] as const;

/** Where slopes are that much smaller, little is left of their digits. */
const SATURATED = 0.05;

const isZero = ({ data }: Tensor): boolean => data.every((v: number) => v === 0);
const largest = ({ data }: Tensor): number => {
  let most = 0;
  for (const v of data) most = Math.max(most, Math.abs(v));
  return most;
};

/** Whether the target is computed from a node. */
function leadsTo(subject: Subject, id: NodeId): boolean {
  return subject.between(subject.target, id).into(subject.target).length > 0;
}

/** How values are drawn that look like the given ones. */
function drawLike(given: readonly number[], rank: number, isParameter: boolean): string {
  if (isParameter)
    return given.some((v) => Math.abs(v) > 4) || (rank === 0 && given[0] !== 0) ? 'near' : 'any';
  const sum = given.reduce((a, b) => a + b, 0);
  if (given.length > 1 && sum === 1 && given.every((v) => v === 0 || v === 1)) return 'onehot';
  if (given.length > 1 && Math.abs(sum - 1) < 1e-9 && given.every((v) => v >= 0)) return 'distribution';
  if (given.every((v) => v === 0)) return rank === 0 ? 'given' : 'zero';
  if (given.some((v) => Math.abs(v) > 4) || rank === 0) return 'near';
  return 'any';
}

function drawn(
  draw: string,
  given: readonly number[],
  shape: readonly number[],
  random: () => number,
  steps: number,
  isParameter: boolean,
): readonly number[] {
  const width = shape.at(-1) ?? 1;
  /** Each row of a batch is a target of its own. */
  const inRows = (f: (row: readonly number[]) => readonly number[]) =>
    Array.from({ length: given.length / width }, (_, r) => f(given.slice(r * width, (r + 1) * width))).flat();
  const between = (low: number, high: number) => given.map(() => low + (high - low) * random());
  switch (draw) {
    case 'onehot':
      return inRows((row) => {
        const at = Math.floor(random() * row.length);
        return row.map((_, i) => (i === at ? 1 : 0));
      });
    case 'distribution':
      return inRows((row) => {
        const parts = row.map(() => 0.2 + 0.8 * random());
        const sum = parts.reduce((a, b) => a + b, 0);
        return parts.map((part) => part / sum);
      });
    case 'positive':
      return between(0.4, 1.8);
    case 'probability':
      return between(0.15, 0.85);
    case 'given':
      return given;
    case 'zero':
      return isParameter ? between(-0.7, 0.7) : given;
    case 'near':
      return given.map((v) => v * (0.94 + 0.12 * random()));
    default: {
      const values = between(-1, 1);
      if (shape.length === 2 && shape[0] === shape[1] && isParameter) return recurrent(values, shape[0]);
      if (shape.length === 0 && isParameter && steps > 6) return values.map((v) => Math.sign(v) + 0.2 * v);
      // small inputs keep activations away from saturation, where early steps would not be seen any more
      return values.map((v) => (isParameter ? 0.8 : steps > 6 ? 0.3 : 0.8) * v);
    }
  }
}

/**
 * A square matrix near an orthogonal one times 1.1: what it is multiplied with again and again neither vanishes nor
 * explodes, so that the first steps of a long chain count.
 */
function recurrent(values: readonly number[], n: number): number[] {
  const rows = Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
  rows.forEach((row, i) => {
    for (const earlier of rows.slice(0, i)) {
      const along = row.reduce((sum, v, j) => sum + v * earlier[j], 0);
      row.forEach((v, j) => {
        row[j] = v - along * earlier[j];
      });
    }
    const length = Math.hypot(...row) || 1;
    row.forEach((v, j) => {
      row[j] = v / length;
    });
  });
  return rows.flat().map((v, i) => 1.1 * v + 0.25 * values[i]);
}
