/** What to say of a name that nothing is known of, or that has no such index. */

import { nearest } from '../../graph/error.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr } from '../../notation/tree.ts';
import { functionName, isFunction } from './functions.ts';
import { plainName } from './integers.ts';
import type { Members } from './members.ts';
import { canonical, countsOf, scriptedName } from './names.ts';
import type { Network } from './network.ts';

export function unknownName({ text, integers }: Network, members: Members, x: Expr): NotationError {
  const shown = text.slice(x.span.start, x.span.end).trim();
  return new NotationError(reason(shown, x, integers, members), text, x.span);
}

function reason(shown: string, x: Expr, integers: Network['integers'], members: Members): string {
  const plain = plainName(x);
  if (plain !== undefined && isFunction(functionName(plain))) {
    return `${shown} is a function; write what it is applied to in brackets, ${shown}(x)`;
  }
  const name = scriptedName(x);
  const family = name === undefined ? undefined : canonical(name.base, members.indexCount);
  const counts = family === undefined ? [] : countsOf(members.indexCount, family);
  if (family !== undefined && counts.some((count) => count > 0)) {
    const known = [...members.indicesOf(family)];
    if (name!.scripts.length === 0)
      return `${shown} has an index, as in ${family}_${known[0]?.join('.') ?? 't'}`;
    if (known.every((indices) => indices.length === 1))
      return outside(
        shown,
        family,
        known.map(([i]) => i),
      );
    return `there is no ${shown}: ${family} is not defined for these indices`;
  }
  if (family !== undefined) {
    return `${shown} is not defined: ${family} has no index; for many of them declare ${family}_t: 4 for t = 1..T`;
  }
  const guess = nearest(shown, [...members.families, ...integers.keys()]);
  return `${shown} is not defined${guess === undefined ? '' : `; is ${guess} meant?`}; or declare it: param ${base(shown)}: 4`;
}

const base = (shown: string): string => (shown.length > 24 ? 'b' : shown);

/** There is no H_0 where H_1 … H_3 are. */
function outside(shown: string, family: string, indices: readonly number[]): string {
  const [least, most] = [Math.min(...indices), Math.max(...indices)];
  const are = least === most ? `only ${family}_${least} is` : `${family} is defined for ${least}..${most}`;
  return `there is no such ${shown}: ${are}; a first or last one is declared as const ${family}_${least - 1}: 4 = 0`;
}
