/** W_{hh} and W_{rec} for the weights that go by these names. */

import { plainName } from '../model/equations/integers.ts';
import { canonical } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import { namesIn, parts, rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { familyExpr } from './wording.ts';

interface Named {
  readonly members: readonly Expr[];
  /** `Whh = W`. */
  readonly said: readonly string[];
}

/**
 * With the model's own names for them. Where a letter of the script is an index elsewhere, as n is beside W_{in}, it is
 * one there, too. Whh in one word is renamed in derivatives alone: what programs call so has its meaning.
 */
export function withRoles(members: readonly Expr[], subject: Subject): Named {
  if (subject.roles.size === 0) return { members, said: [] };
  const all = members.flatMap((member) => [...parts(member)]);
  const scripts = all.flatMap((x) => {
    if (roleOf(x, subject) !== undefined) return [];
    return x.kind === 'sub' ? [x.index] : x.kind === 'index' ? x.items : x.kind === 'big' ? x.lower : [];
  });
  const used = new Set(scripts.flatMap((script) => [...namesIn(script)].flatMap((name) => [...name])));
  const said = new Set<string>();
  const renamed = (x: Expr): Expr => {
    const { role, word, family } = roleOf(x, subject) ?? {};
    if (family === undefined || [...(word ?? '')].some((letter) => used.has(letter))) return x;
    said.add(`${role} = ${family}`);
    return { ...familyExpr(family), span: x.span };
  };
  const made = members.map((member) =>
    rewritten(member, (x) => {
      if (x.kind === 'sub') return renamed(x);
      return x.kind === 'derivative' && x.by.kind === 'name' ? { ...x, by: renamed(x.by) } : x;
    }),
  );
  return said.size === 0 ? { members, said: [] } : { members: made, said: [...said] };
}

/** The weights that a name means by what they connect, if the model has no such name itself. */
function roleOf(x: Expr, subject: Subject): { role: string; word: string; family: string } | undefined {
  const word = x.kind === 'sub' && x.of.kind === 'name' ? plainName(x.index) : '';
  const name = plainName(x.kind === 'sub' ? x.of : x);
  if (name === undefined || word === undefined || (x.kind === 'sub' && word.length < 2)) return undefined;
  const role = `${name}${word}`;
  const found =
    canonical(role, subject.indexCount) === undefined ? subject.roles.get(role.toLowerCase()) : undefined;
  return found?.indexCount === 0 ? { role, word, family: found.name } : undefined;
}
