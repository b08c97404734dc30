/** Targets that a formula asks about by case, `p − 1 if y = 1, p otherwise`: labels, of which there are two. */

import type { NodeId } from '../graph/graph.ts';
import { integerOf } from '../model/equations/integers.ts';
import { scriptedName } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import type { Instance } from './instance.ts';
import type { Points } from './points.ts';
import { parts } from './rewrite.ts';
import { hotRows } from './sample.ts';
import type { Subject } from './subject.ts';

export interface Labels {
  /** Where they are 0 or 1, or −1 or 1. */
  readonly points: Points;
  readonly said: string;
  /** One of the two numbers is a guess. */
  readonly isAssumed: boolean;
}

/** Undefined if no case asks about a target that is drawn as any number. */
export function labelled(members: readonly Expr[], subject: Subject, points: Points): Labels | undefined {
  const asked = members.flatMap((member) => [...parts(member)].flatMap(casesIn));
  const [{ base } = { base: undefined }] = asked;
  const { graph } = subject;
  const family = [...subject.families.values()].find(
    ({ name, members: all }) => name === base && all.every(({ id }) => graph.node(id).op === 'input'),
  );
  if (base === undefined || family === undefined || asked.some((one) => one.base !== base)) return undefined;
  const numbers = new Set(asked.map(({ number }) => number));
  const ids = family.members.map(({ id }) => id);
  const given = givenTo(ids, subject);
  const pair = given ?? (numbers.has(-1) ? [-1, 1] : [0, 1]);
  if (pair.length !== 2 || [...numbers].some((v) => !pair.includes(v))) return undefined;
  const classes = new Set(hotRows(points.drawn[0]).map(({ id }) => id));
  if (ids.some((id) => classes.has(id))) return undefined; // of several
  const put = (point: Instance, turn: number) =>
    point.with(
      new Map(ids.map((id, k) => [id, (point.leaves.get(id) ?? []).map((_, e) => pair[(turn + k + e) % 2])])),
    );
  const set = (all: readonly Instance[]) => all.map(put);
  let turn = 0;
  return {
    points: {
      ...points,
      drawn: set(points.drawn),
      given: set(points.given),
      more: () => set(points.more()),
      turned: () => set(points.turned()),
      near: () => set(points.near()),
      pairs: () => set(points.pairs()),
      sought: (at) => {
        const point = points.sought(at);
        return point && put(point, at);
      },
      put: (point) => put(point, turn++),
    },
    said: `${base} is ${pair[0]} or ${pair[1]}`.replace('-', '−'),
    isAssumed: given === undefined && numbers.size < 2,
  };
}

/** The numbers that targets have by the equations: 0 and 1 of probabilities. Undefined: any. */
function givenTo(ids: readonly NodeId[], { graph, model }: Subject): readonly number[] | undefined {
  const found = ids.map((id): readonly number[] | undefined => {
    const { name = '' } = graph.node(id);
    const draw = model.equations?.draws.get(name);
    if (draw !== undefined) return draw === 'probability' ? [0, 1] : undefined;
    return model.values[name];
  });
  if (found.some((values) => values === undefined)) return undefined;
  return [...new Set(found.flatMap((values) => values!))].sort((a, b) => a - b);
}

interface Asked {
  readonly base: string;
  readonly number: number;
}

/** `y = 1` in a case. */
function casesIn(x: Expr): readonly Asked[] {
  if (x.kind !== 'matrix' || x.style !== 'cases') return [];
  return x.rows
    .flatMap(([, ...conditions]) => conditions.flatMap((condition) => [...parts(condition)]))
    .flatMap((part) => {
      if (part.kind !== 'relation' || part.members.length !== 2) return [];
      if (!['=', '==', '≠'].includes(part.relations[0])) return [];
      const [left, right] = part.members;
      const base = scriptedName(left)?.base;
      const number = integerOf(right, new Map());
      return base === undefined || number === undefined ? [] : [{ base, number }];
    });
}
