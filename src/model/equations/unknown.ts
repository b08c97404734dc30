/** What to say of a name that nothing is known of, or that has no such index. */

import { nearest } from '../../graph/error.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr } from '../../notation/tree.ts';
import { functionName, functionNames, isFunction } from './functions.ts';
import { type Integers, plainName } from './integers.ts';
import { quoted } from './line.ts';
import type { Members } from './members.ts';
import { canonical, countsOf, indicesAt, scriptedName } from './names.ts';
import type { Network } from './network.ts';

export function unknownName(network: Network, members: Members, x: Expr, integers: Integers): NotationError {
  const shown = quoted(network.text, x.span);
  return new NotationError(reason(shown, x, network, members, integers), network.text, x.span);
}

function reason(shown: string, x: Expr, network: Network, members: Members, integers: Integers): string {
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
      return `${shown} has an index, as in ${family}_t or ${family}_${known[0]?.join('.')}`;
    const index = name!.scripts.length === 1 ? indicesAt(name!.scripts[0].at, integers)?.[0] : undefined;
    if (index === undefined || known.some((indices) => indices.length !== 1))
      return `there is no ${shown}: ${family} is not defined for these indices`;
    return outside(
      shown,
      family,
      index,
      known.map(([i]) => i),
    );
  }
  if (family !== undefined) {
    return `${shown} is not defined: ${family} has no index; for many of them declare ${family}_t: 4 for t = 1..T`;
  }
  const guess = nearest(shown, [...members.families, ...network.integers.keys(), ...functionNames()]);
  const isCalled = guess === undefined && network.text.slice(x.span.end).trimStart().startsWith('(');
  if (isCalled) return `${shown} is not defined; of a function write which, such as tanh(x)`;
  const declare = `declare it, as in param ${/^[^…\s]{1,24}$/.test(shown) ? shown : 'b'}: 4`;
  return guess === undefined
    ? `${shown} is not defined; ${declare}`
    : `${shown} is not defined; is ${guess} meant? Or ${declare}`;
}

/** There is no H_0 where H_1 … H_3 are. */
function outside(shown: string, family: string, index: number, indices: readonly number[]): string {
  const [least, most] = [Math.min(...indices), Math.max(...indices)];
  const name = index < 0 ? `${family}_{${index}}` : `${family}_${index}`;
  const as = shown.replace(/\s/g, '') === name ? '' : `, which ${shown} is here`;
  const are =
    least === most ? `there is ${family}_${least} alone` : `${family} is defined for ${least}..${most}`;
  const isFirst = index < least;
  return `there is no ${name}${as}: ${are}${isFirst ? `; a first one is declared as const ${name}: 4 = 0` : ''}`;
}
