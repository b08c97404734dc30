/**
 * The kinks of a formula: where a comparison, max, |·| or case in it, or in a definition that it uses, changes over. Off
 * the kinks of the network it may hold on one side alone, so that it is tried on both, and close by.
 */

import type { Attrs } from '../graph/graph.ts';
import type { Algebra } from '../ops/op.ts';
import { defineOps } from '../ops/table.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import type { Instance } from './instance.ts';
import { isFlat, isLopsided, largest } from './lopsided.ts';
import { sample } from './sample.ts';
import { bentNodes, gapsOf, KINKED } from './sides.ts';

/** How far the elements of something are from its kink. */
export interface Gap {
  readonly values: readonly number[];
  /** Of a = b: on all but the kink it is alike. */
  readonly isEquality: boolean;
}

const ADDS: ReadonlySet<string> = new Set(['add', 'sub', 'total', 'sum', 'mean']);
const ROUNDING = 1e-13;

/** Numbers, with what is evaluated with a kink told. */
export class Watch {
  /** Whether anything with a kink was evaluated so far. */
  isKinked = false;
  /** Whether anything tiny was added to something else. */
  hasTiny = false;
  /** Whether all elements of an activation were at its ends. */
  hasFlat = false;
  #noted: Gap[] | undefined;
  /** The largest element of what was added up last. */
  #added = 0;

  /** Whether what `f` adds up at last cancels but for rounding. */
  cancelsIn(f: () => Tensor): boolean {
    this.#added = 0;
    const left = largest(f());
    return left <= ROUNDING * this.#added;
  }

  /** What is evaluated by `f`, in its order. */
  gapsIn(f: () => void): readonly Gap[] {
    const noted: Gap[] = [];
    const before = this.#noted;
    this.#noted = noted;
    try {
      f();
    } finally {
      this.#noted = before;
    }
    return noted;
  }

  apply(op: string, operands: readonly Tensor[], attrs: Attrs): Tensor {
    if (KINKED.has(op)) {
      this.isKinked = true;
      if (this.#noted !== undefined) {
        const isEquality = op === 'equal' || op === 'notEqual';
        for (const values of gapsOf(op, attrs, operands)) this.#noted.push({ values, isEquality });
      }
    }
    if (ADDS.has(op)) this.#added = Math.max(...operands.map(largest));
    this.hasTiny ||= isLopsided(op, attrs, operands);
    const found = numbers.apply(op, operands, attrs);
    this.hasFlat ||= isFlat(op, found);
    return found;
  }

  get algebra(): Algebra<Tensor> {
    return this as unknown as Algebra<Tensor>;
  }
}
defineOps<Watch, Tensor>(Watch.prototype, (self, op, operands, attrs) => self.apply(op, operands, attrs));

/** A kink of the statement: all elements, under all values of its free indices. */
export interface Site extends Gap {
  /** Of a condition on the whole: beyond it nothing is said. */
  readonly isCondition: boolean;
}

export interface Beside {
  readonly points: readonly Instance[];
  /** On one side of some kink alone. */
  readonly isUnseen: boolean;
}

interface Seen {
  readonly point: Instance;
  readonly sites: readonly Site[];
}

/** Most kinks of a statement of which points close by are tried, and points that are drawn for what is on their other sides. */
const MOST_SITES = 8;
const MOST_SOUGHT = 21;
const WIDTHS = [1, 2, 4, 8, 16, 32, 64] as const;

/** How close by, in relation to the way between the points that it lies between. */
const CLOSE = 1e-6;
const MOST_STEPS = 40;

/**
 * Points on the other sides of kinks that the network does not have, and close by on both. `sitesAt`: always in one order.
 * `put`: what is taken for granted.
 */
export function besideKinks(
  points: readonly Instance[],
  sitesAt: (point: Instance) => readonly Site[],
  put: (point: Instance) => Instance,
): Beside {
  const seen: Seen[] = [];
  const look = (point: Instance): Seen => {
    const one = { point, sites: sitesAt(point) };
    seen.push(one);
    return one;
  };
  const { sites } = look(points[0]);
  const open = notOfNetwork(points[0], sites);
  if (open.length === 0) return { points: [], isUnseen: false };
  for (const point of points.slice(1)) look(point);
  const beside = new Set<Instance>();
  let isUnseen = false;
  let drawn = 0;
  const near = new Set(someOf(open));
  for (const at of open) {
    const hasBoth = () => new Set(seen.flatMap(({ sites }) => sidesOf(sites[at]))).size > 1;
    const { isEquality, isCondition } = sites[at];
    if (isEquality) continue;
    while (!hasBoth() && drawn < MOST_SOUGHT) {
      const width = WIDTHS[drawn % WIDTHS.length];
      const point = put(sample(points[0].subject, 1_299_709 + drawn++, 'anywhere', width));
      if (Number.isFinite(point.valueOf(point.subject.target).data[0]) && look(point) && hasBoth())
        beside.add(point);
    }
    if (!hasBoth()) isUnseen ||= !isCondition && !isSame(seen, at);
    else if (near.has(at)) for (const point of closeTo(seen, at, sitesAt)) beside.add(point);
  }
  return { points: [...beside], isUnseen };
}

/** Those that are no kink of the network, each once. */
function notOfNetwork(point: Instance, sites: readonly Site[]): readonly number[] {
  const own = new Set<string>();
  for (const node of bentNodes(point.subject)) {
    const all = [point.valueOf(node.id).data, ...gapsOf(node.op, node.attrs, node.inputs.map(point.valueOf))];
    for (const values of all) for (const v of values) own.add(keyOf(v));
  }
  const known = new Set<string>();
  const found: number[] = [];
  for (const [at, { values }] of sites.entries()) {
    const key = values.map(keyOf).join(' ');
    if (known.has(key) || values.every((v) => v === 0 || own.has(keyOf(v)))) continue;
    known.add(key);
    found.push(at);
  }
  return found;
}

/** Of very many, such as those of a Σ over steps, some of each kind. */
function someOf(found: readonly number[]): readonly number[] {
  const step = Math.max(1, found.length / MOST_SITES);
  return Array.from({ length: Math.min(found.length, MOST_SITES) }, (_, i) => found[Math.floor(i * step)]);
}

const keyOf = (v: number): string => Math.abs(v).toPrecision(10);

const sidesOf = (site: Site | undefined): number[] => (site?.values ?? []).map(Math.sign);

function isSame(seen: readonly Seen[], at: number): boolean {
  const [first, ...others] = seen.map(({ sites }) => sites[at]?.values.join(' '));
  return others.every((values) => values === first);
}

/** On each side of the kink the point next to it, between two that are on both: of the first element that has such. */
function closeTo(
  seen: readonly Seen[],
  at: number,
  sitesAt: (point: Instance) => readonly Site[],
): readonly Instance[] {
  return nextTo(
    seen.map(({ point, sites }) => ({ point, gaps: sites[at]?.values ?? [] })),
    (point) => sitesAt(point)[at]?.values ?? [],
  );
}

/** Points next to the kinks of the network, one for each op: what is steep there is no kink. */
export function nextToOwnKinks(points: readonly Instance[]): readonly Instance[] {
  const ops = new Map(bentNodes(points[0].subject).map((node) => [node.op, node]));
  return [...ops.values()].slice(0, MOST_OPS).flatMap(({ op, attrs, inputs }) => {
    const gapsAt = (point: Instance) => gapsOf(op, attrs, inputs.map(point.valueOf)).flat();
    return nextTo(
      points.map((point) => ({ point, gaps: gapsAt(point) })),
      gapsAt,
    ).slice(0, 1);
  });
}

const MOST_OPS = 2;

function nextTo(
  seen: readonly { readonly point: Instance; readonly gaps: readonly number[] }[],
  gapsAt: (point: Instance) => readonly number[],
): readonly Instance[] {
  for (const element of seen[0].gaps.keys()) {
    for (const low of seen.filter(({ gaps }) => gaps[element] < 0)) {
      for (const high of seen.filter(({ gaps }) => gaps[element] > 0)) {
        const found = between(low.point, high.point, (point) => gapsAt(point)[element] ?? Number.NaN);
        if (found !== undefined) return found;
      }
    }
  }
  return [];
}

/** The two points next to where the gap changes its sign on the way from one point to another. */
function between(
  from: Instance,
  to: Instance,
  gapAt: (point: Instance) => number,
): readonly Instance[] | undefined {
  const areWhole = (values: readonly number[]) => values.every(Number.isInteger); // classes, labels
  const pointAt = (t: number): Instance =>
    from.with(
      new Map(
        [...from.leaves].map(([id, values]) => {
          const end = to.leaves.get(id);
          return [
            id,
            end === undefined || areWhole(values) ? values : values.map((v, i) => v + t * (end[i] - v)),
          ];
        }),
      ),
    );
  const make = (t: number) => {
    const point = pointAt(t);
    return { t, point, gap: gapAt(point) };
  };
  let [low, high] = [make(0), make(1)];
  const areNumbers = Number.isFinite(low.gap) && Number.isFinite(high.gap);
  if (!areNumbers || !(low.gap < 0 && high.gap > 0)) return undefined;
  for (let i = 0; i < MOST_STEPS && high.t - low.t > CLOSE; i++) {
    const width = high.t - low.t;
    const root = low.t + (width * low.gap) / (low.gap - high.gap);
    // a little beyond the root that a line has, so that both ends come near; sometimes the middle
    const nearer = root - low.t < high.t - root ? root - low.t : root - high.t;
    const beyond = root + Math.sign(nearer) * Math.max(CLOSE / 3, 0.2 * Math.abs(nearer));
    const next = make(i % 4 === 3 ? (low.t + high.t) / 2 : beyond);
    if (!Number.isFinite(next.gap)) return undefined;
    if (next.gap < 0) low = next;
    else if (next.gap > 0) high = next;
    else break;
  }
  return [low.point, high.point];
}
