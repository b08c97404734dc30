/** Formulas for feed-forward networks, losses and convolutions: every right one is right, no changed one is. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker, type Derivation } from '../../src/verify/check.ts';
import type { Verdict } from '../../src/verify/report.ts';
import { groups, networks } from './collection-feedforward.ts';

const fileOf = (name: string) =>
  readFileSync(new URL(`../../examples/networks/${name}.txt`, import.meta.url), 'utf8');

/** The worst verdict on any statement; what cannot be read counts as unverifiable. */
function verdictOf({ statements, problems }: Derivation): Verdict {
  const verdicts = new Set(statements.map(({ verdict }) => verdict));
  const worst = (['wrong', 'unverifiable', 'ambiguous'] as const).find((verdict) => verdicts.has(verdict));
  if (problems.length > 0) return 'unverifiable';
  return worst ?? 'right';
}

describe.each(groups)('$model', ({ model, entries }) => {
  const checker = new Checker(modelFromEquations(networks[model] ?? fileOf(model), { name: model }));

  test.each(entries)('$formula', ({ formula, verdict, wrong }) => {
    expect(verdictOf(checker.check(formula))).toBe(verdict);
    for (const [from, to, kind] of wrong) {
      expect(formula, from).toContain(from);
      const changed = formula.replace(from, () => to);
      const found = checker.check(changed);
      expect(verdictOf(found), changed).toBe('wrong');
      const kinds = found.statements.flatMap(({ faults }) => faults.map((fault) => fault.kind));
      if (kind !== undefined) expect(kinds, changed).toContain(kind);
    }
  });
});
