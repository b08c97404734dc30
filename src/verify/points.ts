/** The points at which a model's formulas are judged: random, on all sides of its kinks, with each class hot somewhere. */

import type { NodeId } from '../graph/graph.ts';
import type { Tensor } from '../run/eager.ts';
import type { Instance } from './instance.ts';
import { type Given, sample } from './sample.ts';
import { allSides, sidesAt } from './sides.ts';
import type { Subject } from './subject.ts';

/** The points at which statements are judged, and those that keep the values that the equations give. */
export interface Points {
  readonly drawn: readonly Instance[];
  readonly given: readonly Instance[];
  /** Further ones. */
  readonly more: () => readonly Instance[];
  /** The first one with other classes drawn, so that each is hot somewhere and cold elsewhere. */
  readonly turned: () => readonly Instance[];
}

/** Seeds of the points: fixed, so that the same input always gets the same verdict. */
export const SEEDS = [20_261, 7_919, 104_729] as const;

const MORE_SEEDS = [15_485_863, 32_452_843, 49_979_687, 67_867_967, 86_028_121, 104_395_301] as const;

export function pointsOf(subject: Subject): Points {
  const { points, values } = livePoints(subject);
  let more: readonly Instance[] | undefined;
  let others: readonly Instance[] | undefined;
  return {
    drawn: points,
    given: SEEDS.map((seed) => sample(subject, seed, 'kept')),
    more: () => {
      more ??= MORE_SEEDS.map((seed) => sample(subject, seed, values));
      return more;
    },
    turned: () => {
      others ??= turned(points[0]);
      return others;
    },
  };
}

/** Most points with other classes. */
const MAX_TURNS = 12;

/** The point with the hot place of each one-hot row moved on by 1, by 2, …; none if there are no such rows. */
function turned(point: Instance): readonly Instance[] {
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
function livePoints(subject: Subject): {
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
