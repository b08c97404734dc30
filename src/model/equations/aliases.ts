/** Variables that are another one rearranged and that nothing uses: x = vec(X) of an X that is convolved. */

import { type Expr, isTransposeMark } from '../../notation/tree.ts';
import type { Member, Members } from './members.ts';
import { referenceOf } from './names.ts';
import { usedBy } from './references.ts';

/** How the other variable is got back from its alias. */
export interface Alias {
  readonly member: Member;
  readonly isTransposed: boolean;
}

const RESHAPING: ReadonlySet<string> = new Set(['vec', 'flatten', 'unvec', 'reshape']);

/**
 * The alias of each variable that has one. Whatever else uses the variable is computed from the alias, so that ∂L/∂x is
 * not 0 where ∂L/∂X is not; `members.uses` is brought up to date.
 */
export function aliasesOf(members: Members): ReadonlyMap<Member, Alias> {
  const users = new Map<Member, Member[]>();
  for (const member of members.all) {
    for (const used of usedBy(member, members)) {
      const known = users.get(used);
      if (known === undefined) users.set(used, [member]);
      else known.push(member);
    }
  }
  const aliases = new Map<Member, Alias>();
  for (const member of members.all) {
    const { from, integers, axes } = member;
    if (!('equation' in from) || users.has(member) || axes.length > 0) continue;
    const found = rearranged(from.equation.right);
    const reference = found && referenceOf(found.of, integers, members.indexCount);
    const original = reference && members.find(reference);
    if (original === undefined || aliases.has(original)) continue;
    const others = users.get(original)!.filter((user) => user !== member);
    if (others.length === 0) continue;
    aliases.set(original, { member, isTransposed: found!.isTransposed });
    for (const user of others) members.uses.set(user, [...usedBy(user, members), member]);
  }
  return aliases;
}

/** What an expression rearranges the elements of: X of vec(X), Xᵀ, X. */
function rearranged(x: Expr): { readonly of: Expr; readonly isTransposed: boolean } | undefined {
  if (x.kind === 'call' && x.fn.kind === 'name' && RESHAPING.has(x.fn.base))
    return { of: x.args[0], isTransposed: false };
  if (x.kind === 'sup' && isTransposeMark(x.exponent)) return { of: x.of, isTransposed: true };
  if (x.kind === 'prime' && x.count === 1) return { of: x.of, isTransposed: true };
  return { of: x, isTransposed: false };
}
