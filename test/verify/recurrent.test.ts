/** Verdicts on the formulas of recurrent networks, and on what goes wrong with them. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { networkText, overall } from '../support/networks.ts';
import { collection, networks } from './collection-recurrent.ts';

describe.each(collection)('formulas of $model', ({ model, entries }) => {
  const checker = new Checker(modelFromEquations(networks[model] ?? networkText(model), { name: model }));
  const judged = (formula: string) => {
    const { statements, problems } = checker.check(formula);
    const messages = [...problems, ...statements].map(({ message }) => message).join('; ');
    const kinds = new Set(statements.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
    return { verdict: problems.length > 0 ? 'unread' : overall(statements), messages, kinds: [...kinds] };
  };

  it.each(entries)('$formula', ({ formula, verdict, wrong }) => {
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
