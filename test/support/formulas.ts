/** Formulas about networks, with the changes that make them wrong: every right one is right, no changed one is. */

import { describe, expect, test } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker, type Derivation } from '../../src/verify/check.ts';
import type { Verdict } from '../../src/verify/report.ts';
import { networkText } from './networks.ts';

/** What is replaced in the right formula, by what, and the kind of fault, where it is certain. */
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

/** The worst verdict on any statement; what cannot be read counts as unverifiable. */
function verdictOf({ statements, problems }: Derivation): Verdict {
  const verdicts = new Set(statements.map(({ verdict }) => verdict));
  const worst = (['wrong', 'unverifiable', 'ambiguous'] as const).find((verdict) => verdicts.has(verdict));
  if (problems.length > 0) return 'unverifiable';
  return worst ?? 'right';
}

export function testFormulas(groups: readonly Group[], networks: Readonly<Record<string, string>>): void {
  describe.each(groups)('$model', ({ model, entries }) => {
    const checker = new Checker(modelFromEquations(networks[model] ?? networkText(model), { name: model }));

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
}
