/** The variables between which the derivatives of a statement are immediate. */

import { type Integers, plainName } from '../model/equations/integers.ts';
import { canonical, referenceOf, scriptedName } from '../model/equations/names.ts';
import { children, type Expr } from '../notation/tree.ts';
import { carriers } from './carriers.ts';
import { detours } from './detours.ts';
import { boundNames } from './free-indices.ts';
import { familyKey } from './named-graph.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/**
 * The keys of the families between which derivatives are immediate: those that a statement mentions. ∂⁺ holds all other
 * variables fixed: beside a direct way the others count too, and what carries on from step to step.
 */
export function heldApart(
  members: readonly Expr[],
  subject: Subject,
  integers: Integers,
  letters: ReadonlySet<string>,
): Set<string> {
  const found = mentioned(members, subject, integers, letters);
  const familyIn = (x: Expr) => [...mentioned([x], subject, withLetters([x], integers, letters), letters)];
  const strict = members
    .flatMap((member) => [...parts(member)])
    .flatMap((x) => (x.kind === 'derivative' && x.mark === 'partial+' ? [x] : []));
  const own = new Set(found);
  for (const { of, by } of strict) {
    const [a, b] = [familyIn(of), familyIn(by)];
    if (a.length !== 1 || b.length !== 1) continue;
    for (const key of detours(subject, a[0], b[0], own)) found.add(key);
    for (const key of carriers(subject, a[0], b[0], own)) found.add(key);
  }
  return found;
}

/** Every letter of a part as an index: what binds it stands outside. */
function withLetters(members: readonly Expr[], integers: Integers, letters: ReadonlySet<string>): Integers {
  const known = new Map(integers);
  for (const x of members.flatMap((member) => [...parts(member)])) {
    const name = x.kind === 'name' ? plainName(x) : undefined;
    if (name !== undefined && name.length === 1 && !letters.has(name) && !known.has(name)) known.set(name, 1);
  }
  return known;
}

/** The keys of the families that a statement mentions. */
function mentioned(
  members: readonly Expr[],
  subject: Subject,
  integers: Integers,
  letters: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  const known = new Map(integers);
  for (const letter of letters) known.set(letter, 1);
  const visit = (x: Expr, at: Integers): void => {
    if (x.kind === 'big') {
      const inner = new Map(at);
      for (const name of boundNames(x)) if (!inner.has(name)) inner.set(name, 1);
      for (const part of children(x)) visit(part, inner);
      return;
    }
    const reference = referenceOf(x, at, subject.indexCount);
    if (reference !== undefined) {
      found.add(familyKey(reference));
      return;
    }
    const name = scriptedName(x);
    if (name !== undefined) {
      // elements: the family with the most indices that the scripts can fill
      const family = canonical(name.base, subject.indexCount);
      const counts = family === undefined ? [] : subject.indexCount(family);
      const fitting = counts.filter((count) => count <= name.scripts.length);
      if (family !== undefined && fitting.length > 0) found.add(`${family}/${Math.max(...fitting)}`);
      return;
    }
    for (const part of children(x)) visit(part, at);
  };
  for (const member of members) visit(member, known);
  return found;
}
