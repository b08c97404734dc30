/** The values of the free indices for which a statement is judged. */

import { inIndexOrder } from '../model/equations/elements.ts';
import { holdsChain, type Integers, plainName, rangeFrom } from '../model/equations/integers.ts';
import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import type { Posed } from './posed.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { Unsupported } from './symbols.ts';

/** Most combinations of values. */
const MAX_ASSIGNMENTS = 2500;

export interface Assignments {
  /** All values of the free indices that the conditions allow. */
  readonly all: readonly Integers[];
  /** Of very many those that are tried at every point. */
  readonly some: readonly Integers[];
}

export function assignmentsOf(subject: Subject, { letters, conditions, members, text }: Posed): Assignments {
  const ranges = conditions.flatMap((condition) => {
    const range = rangeFrom(condition, subject.integers);
    return range === undefined || !letters.has(range.index) ? [] : [{ ...range, condition }];
  });
  const others = conditions.filter((x) => !ranges.some(({ condition }) => condition === x));
  const meets = (known: Integers) =>
    others.every((condition) => condition.kind !== 'relation' || holdsChain(condition, known) !== false);
  let all: Integers[] = [subject.integers];
  for (const letter of letters) {
    // for t = T and for t < T: each counts
    const given = ranges.filter(({ index }) => index === letter).flatMap((range) => range.values);
    const isGiven = ranges.some(({ index }) => index === letter);
    const values = isGiven ? [...new Set(given)] : indexValues(subject, letter, members);
    all = all.flatMap((known) => values.map((value) => new Map(known).set(letter, value)));
    if (all.length > MAX_ASSIGNMENTS) {
      throw new Unsupported(
        `more than ${MAX_ASSIGNMENTS} values of the indices ${[...letters].join(', ')}`,
        text,
        members[0].span,
      );
    }
  }
  const met = all.filter(meets);
  return { all: met, some: met.length > MANY ? atEnds(met, letters) : met };
}

/** Beyond so many combinations those at the ends of the ranges are tried everywhere, with some from the middle. */
const MANY = 400;
const AT_ENDS = 5;

function atEnds(all: readonly Integers[], letters: ReadonlySet<string>): Integers[] {
  const taken = new Map<string, ReadonlySet<number>>();
  for (const letter of letters) {
    const values = [...new Set(all.map((known) => known.get(letter)!))].sort((a, b) => a - b);
    const middle = [1, 2, 3].map((k) => values[Math.floor((k * values.length) / 4)]);
    taken.set(letter, new Set([...values.slice(0, AT_ENDS), ...middle, ...values.slice(-AT_ENDS)]));
  }
  const some = all.filter((known) =>
    [...letters].every((letter) => taken.get(letter)!.has(known.get(letter)!)),
  );
  return some.length > 0 ? some : all.slice(0, MANY);
}

/** What a free index may be: the steps of the variables that carry it, else the places of their elements. */
function indexValues(subject: Subject, letter: string, members: readonly Expr[]): readonly number[] {
  const steps = new Set<number>();
  let size = 0;
  for (const x of members.flatMap((member) => [...parts(member)])) {
    const name = x.kind === 'sub' || x.kind === 'index' || x.kind === 'sup' ? scriptedName(x) : undefined;
    if (name === undefined) continue;
    for (let words = 0; words <= name.scripts.length; words++) {
      const base = [name.base, ...name.scripts.slice(0, words).map(({ word }) => word ?? '?')].join('_');
      const family = canonical(base, subject.indexCount);
      const counts = family === undefined ? [] : subject.indexCount(family);
      const scripts = name.scripts.slice(words);
      const all = scripts.flatMap(({ at, word, above }) =>
        word !== undefined && word.length > 1 && word.length <= 3 && scripts.length === 1
          ? [...word].map((l) => ({ inScript: [l], above }))
          : [{ inScript: [...parts(at)].flatMap((part) => plainName(part) ?? []), above }],
      );
      const count = Math.max(0, ...counts.filter((c) => c <= all.length));
      const place = inIndexOrder(all, count).findIndex(({ inScript }) => inScript.includes(letter));
      if (place < 0 || family === undefined) continue;
      const group = subject.families.get(`${family}/${count}`);
      if (group === undefined) continue;
      if (place < count) for (const { indices } of group.members) steps.add(indices[place]);
      else size = Math.max(size, subject.graph.node(group.members[0].id).shape[place - count] ?? 0);
    }
  }
  if (steps.size > 0) {
    const [low, high] = [Math.min(...steps), Math.max(...steps)];
    return Array.from({ length: high - low + 3 }, (_, i) => low - 1 + i);
  }
  if (size > 0) return Array.from({ length: size + 1 }, (_, i) => i);
  const last = subject.integers.get('T') ?? 1;
  return Array.from({ length: last + 2 }, (_, i) => i);
}
