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

/** All values of the free indices that the conditions allow. */
export function assignmentsOf(subject: Subject, { letters, conditions, members, text }: Posed): Integers[] {
  let all: Integers[] = [subject.integers];
  for (const letter of letters) {
    const given = conditions
      .map((condition) => rangeFrom(condition, subject.integers))
      .find((range) => range?.index === letter);
    const values = given?.values ?? indexValues(subject, letter, members);
    all = all.flatMap((known) => values.map((value) => new Map(known).set(letter, value)));
    if (all.length > MAX_ASSIGNMENTS) {
      throw new Unsupported(
        `more than ${MAX_ASSIGNMENTS} values of the indices ${[...letters].join(', ')}`,
        text,
        members[0].span,
      );
    }
  }
  return all.filter((known) =>
    conditions.every((condition) => condition.kind !== 'relation' || holdsChain(condition, known) !== false),
  );
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
