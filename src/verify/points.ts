/** The points at which a model's formulas are judged: random, on all sides of its kinks, with each class hot somewhere. */

import type { NodeId } from '../graph/graph.ts';
import { uniform } from '../model/random.ts';
import type { Tensor } from '../run/eager.ts';
import type { Instance } from './instance.ts';
import { nextToOwnKinks } from './kinks.ts';
import { addsTiny, largest } from './lopsided.ts';
import { type Given, hotRows, keepsSigns, sample } from './sample.ts';
import { allSides, bentNodes, elementSidesAt, sidesAt } from './sides.ts';
import type { Subject } from './subject.ts';

/** The points at which statements are judged, and those that keep the values that the equations give. */
export interface Points {
  readonly drawn: readonly Instance[];
  readonly given: readonly Instance[];
  /** Further ones. */
  readonly more: () => readonly Instance[];
  /** The first one with other classes. */
  readonly turned: () => readonly Instance[];
  /** Next to kinks of the network. */
  readonly near: () => readonly Instance[];
  /** On each two sides of the kinks of a network: of max(0, x) and max(a, b) all four ways. */
  readonly pairs: () => readonly Instance[];
  /** Any number of further ones, each time the same; undefined behind the last. */
  readonly sought: (turn: number) => Instance | undefined;
  /** A point at which holds what a formula takes for granted, as that labels are 0 or 1. */
  readonly put: (point: Instance) => Instance;
  /** Whether the network adds something that is too small to be seen. */
  readonly addsTiny: () => boolean;
}

/** Seeds of the points: fixed, so that the same input always gets the same verdict. */
export const SEEDS = [20_261, 7_919, 104_729] as const;

const MORE_SEEDS = [15_485_863, 32_452_843, 49_979_687, 67_867_967, 86_028_121, 104_395_301] as const;

export function pointsOf(subject: Subject): Points {
  const { points: live, values } = livePoints(subject);
  const points = [...live, ...withOtherSigns(subject)];
  let more: readonly Instance[] | undefined;
  let others: readonly Instance[] | undefined;
  let near: readonly Instance[] | undefined;
  let pairs: readonly Instance[] | undefined;
  let hasTiny: boolean | undefined;
  return {
    drawn: points,
    given: SEEDS.map((seed) => sample(subject, seed, 'kept')),
    more: () => {
      more ??= MORE_SEEDS.map((seed) => sample(subject, seed, values));
      return more;
    },
    turned: () => {
      others ??= turned(points);
      return others;
    },
    near: () => {
      near ??= nextToOwnKinks(points);
      return near;
    },
    pairs: () => {
      pairs ??= onPairsOfSides(subject, points);
      return pairs;
    },
    sought: (turn) => sample(subject, 198_491_317 + turn, values, NEAR_WIDTHS[turn % NEAR_WIDTHS.length]),
    put: (point) => point,
    addsTiny: () => {
      hasTiny ??= addsTiny(points.slice(0, SEEDS.length));
      return hasTiny;
    },
  };
}

/** Points with parameters of any sign that others keep near what the equations give, if there is a value then. */
function withOtherSigns(subject: Subject): readonly Instance[] {
  if (!keepsSigns(subject)) return [];
  return SEEDS.map((seed) => sample(subject, seed + 3, 'anywhere'))
    .filter((point) => Number.isFinite(point.valueOf(subject.target).data[0]))
    .slice(0, MOST_OTHER);
}

const MOST_OTHER = 2;

/** Most points with other classes, and how many are tried for each. */
const MOST_TURNS = 14;
const MOST_TRIED = 8;

/**
 * The first point with other classes: with those drawn, each row is hot and cold at each place somewhere, and each two
 * rows are of one class at some point and of different ones at another. What holds of one class alone, or of classes
 * that happen to be alike, is not shown to hold.
 */
function turned(points: readonly Instance[]): readonly Instance[] {
  const [first] = points;
  const hot = hotRows(first);
  const widths = hot.flatMap(({ width, places }) => places.map(() => width));
  if (widths.length === 0) return [];
  const seen = new Set<string>();
  const isSeen = (places: readonly number[]) => factsOf(places, widths).filter((fact) => !seen.has(fact));
  const see = (places: readonly number[]) => {
    for (const fact of isSeen(places)) seen.add(fact);
  };
  for (const point of points) see(hotRows(point).flatMap(({ places }) => places));
  const random = uniform(SEEDS[0]);
  const made: number[][] = [];
  for (let turn = 0; made.length < MOST_TURNS && turn < MOST_TURNS + Math.max(...widths); turn++) {
    const tried = [
      widths.map((width) => turn % width),
      widths.map((width, row) => (turn + row) % width),
      ...Array.from({ length: MOST_TRIED }, () => widths.map((width) => Math.floor(random() * width))),
    ];
    const best = tried.reduce((a, b) => (isSeen(b).length > isSeen(a).length ? b : a));
    if (isSeen(best).length === 0) continue;
    see(best);
    made.push(best);
  }
  return made.map((all) => {
    const rest = [...all];
    const leaves = hot.map(({ id, width, places }) => {
      const rows = rest.splice(0, places.length);
      return [id, rows.flatMap((at) => Array.from({ length: width }, (_, i) => (i === at ? 1 : 0)))] as const;
    });
    return first.with(new Map(leaves));
  });
}

/** Most rows of which each two are looked at. */
const MOST_ROWS = 40;

/** What a point shows of the classes of its one-hot rows. */
export function classFacts(point: Instance): readonly string[] {
  const hot = hotRows(point);
  return factsOf(
    hot.flatMap(({ places }) => places),
    hot.flatMap(({ width, places }) => places.map(() => width)),
  );
}

/** What a point shows of classes: each row hot and cold at each place, each two rows of one class and of different ones. */
function factsOf(places: readonly number[], widths: readonly number[]): readonly string[] {
  const own = places.flatMap((at, row) =>
    Array.from(
      { length: Math.min(widths[row], MOST_TURNS) },
      (_, i) => `${row} ${i === at ? 'is' : 'is not'} ${i}`,
    ),
  );
  const pairs = places
    .slice(0, MOST_ROWS)
    .flatMap((at, row) =>
      places
        .slice(0, Math.min(row, MOST_ROWS))
        .map((other, i) => `${row} ${at === other ? 'is' : 'is not'} as ${i}`),
    );
  return [...own, ...pairs];
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
  const bent = bentNodes(subject);
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

/** Points on those two sides of kinks that none of the others is on. */
function onPairsOfSides(subject: Subject, points: readonly Instance[]): readonly Instance[] {
  const bent = bentNodes(subject);
  const seen = new Set<string>();
  const see = (point: Instance): boolean => {
    const before = seen.size;
    const sides = elementSidesAt(bent, point.valueOf).slice(0, MOST_PAIRED);
    for (const [i, side] of sides.entries())
      for (const other of sides.slice(i + 1)) seen.add(`${side} ${other}`);
    return seen.size > before;
  };
  points.forEach(see);
  const found: Instance[] = [];
  for (let i = 0; bent.length > 0 && i < MOST_PAIRS_DRAWN && found.length < MOST_ON_PAIRS; i++) {
    const values = i % 4 === 3 ? 'anywhere' : 'drawn';
    const point = sample(subject, 217_645_177 + i, values, SOUGHT_WIDTHS[i % SOUGHT_WIDTHS.length]);
    if (Number.isFinite(point.valueOf(subject.target).data[0]) && see(point)) found.push(point);
  }
  return found;
}

/** Most elements of which each two are looked at, points that are drawn for them, and points that are kept. */
const MOST_PAIRED = 12;
const MOST_PAIRS_DRAWN = 120;
const MOST_ON_PAIRS = 16;

/**
 * How far around 0 further points are drawn where something is flat: on both sides of a kink, and far from it. What
 * leaves out where max(0, 1 − y s) is 0 would hold where no margin is that large.
 */
const WIDE = [1.6, 2.5, 1.6, 2.5, 4, 2] as const;

/** Points that are sought for sides of kinks that no other point is on, and how far around 0. */
const MOST_SOUGHT = 32;
const NEAR_WIDTHS = [1, 1.6, 0.6, 2.5] as const;
const SOUGHT_WIDTHS = [1, 2, 4, 1.5, 8, 3] as const;

/** Where slopes are that much smaller, little is left of their digits. */
const SATURATED = 0.05;

const isZero = ({ data }: Tensor): boolean => data.every((v: number) => v === 0);

/** Whether the target is computed from a node. */
function leadsTo(subject: Subject, id: NodeId): boolean {
  return subject.between(subject.target, id).into(subject.target).length > 0;
}
