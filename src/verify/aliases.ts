/** Two names of one array: what changes the one in place changes the other. */

import type { Expr, Statement } from '../notation/tree.ts';
import { CHANGES } from './reassigned.ts';
import { parts } from './rewrite.ts';
import { slice } from './wording.ts';

type Places = ReadonlyMap<string, readonly number[]>;

export class Aliases {
  readonly lines: readonly Statement[];
  readonly #text: string;
  /** By name the places of the lines that change it in place, and that assign it anew. */
  readonly #changed: Places;
  readonly #anew: Places;
  /** `dz = p`, by line. */
  readonly #pairs: readonly (readonly [string, string] | undefined)[];

  constructor(lines: readonly Statement[], text: string) {
    this.lines = lines;
    this.#text = text;
    const [changed, anew] = [new Map<string, number[]>(), new Map<string, number[]>()];
    this.#pairs = lines.map(({ members, relations }, i) => {
      const [left, right] = members;
      const isChange = CHANGES.has(relations[0]);
      const places = isChange ? changed : anew;
      const name = this.#typed(left);
      places.set(name, [...(places.get(name) ?? []), i]);
      const isPair = members.length === 2 && !isChange && isName(right);
      return isPair ? ([name, this.#typed(right)] as const) : undefined;
    });
    this.#changed = changed;
    this.#anew = anew;
  }

  /** Why a line may not read what it names: a line before changes it by its other name. */
  doubtOf(line: Statement): string | undefined {
    if (this.#changed.size === 0) return undefined;
    const reads = [...line.members.slice(1), ...(CHANGES.has(line.relations[0]) ? [line.members[0]] : [])]
      .flatMap((member) => [...parts(member)])
      .filter(isName)
      .map((x) => this.#typed(x));
    const at = this.lines.indexOf(line);
    for (let i = 0; i < at; i++) {
      const alias = this.#pairs[i];
      if (alias === undefined) continue;
      for (const [one, other] of [alias, [alias[1], alias[0]]]) {
        if (!reads.includes(other)) continue;
        const within = (places: readonly number[] | undefined, end: number) =>
          places?.find((place) => place > i && place < end);
        const change = within(this.#changed.get(one), at);
        if (change === undefined || within(this.#anew.get(other), at) !== undefined) continue;
        if (within(this.#anew.get(one), change) !== undefined) continue;
        return `${other} and ${one} are the same array, which a line before changes`;
      }
    }
    return undefined;
  }

  #typed(x: Expr): string {
    return slice(this.#text, x.span).replace(/\s/g, '');
  }
}

/** What can be assigned to. */
export const isName = ({ kind }: Expr): boolean =>
  kind === 'name' || kind === 'differential' || kind === 'sub';
