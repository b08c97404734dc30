/** c as the true class: p_i − 𝟏[i = c], p_i − δ_{ic}, −log p_c, where nothing else says what c is. */

import { plainName } from '../model/equations/integers.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { isOneHot } from './families.ts';
import { freeIndices } from './free-indices.ts';
import { namesIn, parts, rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';

const LETTER = 'c';

/** The members with the one one-hot y of the model in place of c, and what is said of it; undefined: c is no class. */
export function withClassLetter(
  { members, conditions }: Statement,
  subject: Subject,
): { readonly members: readonly Expr[]; readonly said: string } | undefined {
  const [left, ...rest] = members;
  const used = (all: readonly Expr[]) => freeIndices(all, subject, subject.integers).has(LETTER);
  const isCompared = rest.some((member) => [...parts(member)].some((x) => isIndicatorOf(x)));
  if (used([left]) || !(used(rest) || isCompared) || subject.indexCount(LETTER).length > 0) return undefined;
  if (conditions.some((condition) => [...namesIn(condition)].includes(LETTER))) return undefined;
  const hot = [...subject.families.values()].filter(({ members: [{ id }] }) => isOneHot(id, subject));
  const [{ name, indexCount, members: labels } = { name: '', indexCount: 1, members: [] }, ...others] = hot;
  const isClass =
    others.length === 0 && indexCount === 0 && subject.graph.node(labels[0]?.id ?? 0).shape.length === 1;
  if (!isClass || name.length !== 1) return undefined;
  const label = (x: Expr): Expr =>
    x.kind === 'name' && x.base === LETTER && x.accents.length === 0 ? { ...x, base: name } : x;
  /** `ic` typed as one word. */
  const index = (x: Expr): Expr => {
    const word = plainName(x);
    if (word === undefined || word.length > 3 || !word.includes(LETTER)) return rewritten(x, label);
    const items = [...word].map((base): Expr => label({ kind: 'name', base, accents: [], span: x.span }));
    return items.length === 1 ? items[0] : { kind: 'list', items, span: x.span };
  };
  const made = rest.map((member) =>
    rewritten(member, (x) => {
      if (x.kind === 'sub') return { ...x, index: index(x.index) };
      if (x.kind === 'index') return { ...x, items: x.items.map(index) };
      return x.kind === 'indicator' ? rewritten(x, label) : x;
    }),
  );
  return { members: [left, ...made], said: `${LETTER} = the class of ${name}` };
}

/** 𝟏[i = c]. */
function isIndicatorOf(x: Expr): boolean {
  if (x.kind !== 'indicator' || x.condition.kind !== 'relation') return false;
  return x.condition.members.some((member) => plainName(member) === LETTER);
}
