/** Collections of formulas, each with wrong variants, judged one by one. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { networkText, overall } from './networks.ts';

/**
 * What is replaced in the right formula, by what, and the kind of fault, where it is certain; `ambiguous`: the variant is
 * right in another reading that is in use.
 */
export type Variant = readonly [from: string, to: string, kind?: string];

export interface Entry {
  readonly formula: string;
  readonly verdict: 'right' | 'wrong' | 'ambiguous' | 'unverifiable';
  /** Changes that make it wrong. */
  readonly wrong: readonly Variant[];
}

export interface Group {
  /** A file of examples/networks, or a name of `networks`. */
  readonly model: string;
  readonly entries: readonly Entry[];
}

export const right = (formula: string, ...wrong: Variant[]): Entry => ({ formula, verdict: 'right', wrong });
export const wrong = (formula: string): Entry => ({ formula, verdict: 'wrong', wrong: [] });
export const unverifiable = (formula: string): Entry => ({ formula, verdict: 'unverifiable', wrong: [] });
export const ambiguous = (formula: string, ...faulty: Variant[]): Entry => ({
  formula,
  verdict: 'ambiguous',
  wrong: faulty,
});

/** Every formula has its verdict, no variant of it is right, and the kind of fault is the one that it says. */
export function itJudges(collection: readonly Group[], networks: Readonly<Record<string, string>>): void {
  describe.each(collection)('formulas of $model', ({ model, entries }) => {
    const checker = new Checker(modelFromEquations(networks[model] ?? networkText(model), { name: model }));
    const judged = (formula: string) => {
      const { statements, problems } = checker.check(formula);
      const messages = [...problems, ...statements].map(({ message }) => message).join('; ');
      const kinds = new Set(statements.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
      return { verdict: problems.length > 0 ? 'unread' : overall(statements), messages, kinds: [...kinds] };
    };

    it.each(entries)('$formula', { timeout: 60_000 }, ({ formula, verdict, wrong }) => {
      const own = judged(formula);
      expect(own.verdict, own.messages).toBe(verdict);
      for (const [from, to, kind] of wrong) {
        expect(formula).toContain(from);
        const variant = formula.replace(from, () => to);
        const found = judged(variant);
        const wanted = kind === 'ambiguous' ? 'ambiguous' : 'wrong';
        expect(found.verdict, `${variant}: ${found.messages}`).toBe(wanted);
        if (kind !== undefined) expect(found.kinds, variant).toEqual([kind]);
      }
    });
  });
}
