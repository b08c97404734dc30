/** Collections of formulas, each with wrong variants, judged one by one. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import type { Group } from '../verify/collection-recurrent.ts';
import { networkText, overall } from './networks.ts';

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
