/** Ranges that go without saying: `input x_t: 3` is there for all t that another line gives, or for t = 1..T. */

import type { Declaration } from './declare.ts';
import { type Integers, MAX_RANGE, plainName, type Range } from './integers.ts';
import { scriptedName } from './names.ts';
import type { Equation } from './network.ts';

/** The declarations, those of data that have an index without a range with one. */
export function withImpliedRanges(
  declarations: readonly Declaration[],
  equations: readonly Equation[],
  integers: Integers,
): readonly Declaration[] {
  const known = new Map<string, Set<number>>();
  for (const { index, values } of [...declarations, ...equations].flatMap(({ ranges }) => ranges)) {
    known.set(index, new Set([...(known.get(index) ?? []), ...values]));
  }
  const implied = (index: string): Range | undefined => {
    const values = known.get(index);
    if (values !== undefined) return { index, values: [...values].sort((a, b) => a - b) };
    const last = /^[a-z]$/.test(index) ? integers.get(index.toUpperCase()) : undefined;
    if (last === undefined || last < 1 || last > MAX_RANGE) return undefined;
    return { index, values: Array.from({ length: last }, (_, i) => 1 + i) };
  };
  return declarations.map((declaration) => {
    const { kind, name, ranges } = declaration;
    const isData = kind === 'input' || kind === 'target';
    if (!isData || ranges.length > 0) return declaration;
    const letters = scriptedName(name)!.scripts.flatMap(({ at }) => plainName(at) ?? []);
    const open = letters.filter((letter) => !integers.has(letter));
    return { ...declaration, ranges: open.flatMap((letter) => implied(letter) ?? []) };
  });
}
