/** Verdicts, kinds of faults and their places, on formulas that people wrote. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { checkerOf, networkText, overall } from '../support/networks.ts';
import { derivations } from './derivations.ts';

describe('formulas that people wrote', () => {
  it.each(derivations.map((d) => [`${d.network}: ${d.formula}`, d] as const))(
    '%s',
    (_, { network, formula, verdict }) => {
      const { statements, problems } = checkerOf(network).check(formula);
      expect(problems).toEqual([]);
      expect(overall(statements), statements.map(({ message }) => message).join('; ')).toBe(verdict);
    },
  );
});

const bare = (term: string): string => term.replace(/\s|\\,|[{}]/g, '');

describe('what is wrong with the wrong ones', () => {
  const wrong = derivations.filter(({ verdict }) => verdict === 'wrong');
  const faultsOf = ({ network, formula }: (typeof wrong)[number]) =>
    checkerOf(network)
      .check(formula)
      .statements.flatMap(({ faults }) => faults);

  it('names the kinds of faults of nine in ten', () => {
    const missed = wrong.filter((derivation) => {
      const kinds = (faults: readonly { readonly kind: string }[]) =>
        [...new Set(faults.map(({ kind }) => kind))].sort().join();
      return kinds(faultsOf(derivation)) !== kinds(derivation.faults!);
    });
    expect(missed.map(({ formula }) => formula)).toHaveLength(0);
  });

  it('points at the faulty term of four in five', () => {
    const missed = wrong.filter((derivation) => {
      const found = faultsOf(derivation).map(({ term }) => bare(term));
      return !derivation.faults!.some(({ term }) =>
        found.some((other) => other.includes(bare(term)) || bare(term).includes(other)),
      );
    });
    expect(missed.length / wrong.length).toBeLessThan(0.2);
  });

  it('proposes what makes them right, and it does', () => {
    let repaired = 0;
    for (const { network, formula } of wrong) {
      const checker = checkerOf(network);
      const [{ repair }] = checker.check(formula).statements;
      if (repair === undefined) continue;
      const { start, end } = repair.span;
      const mended = `${formula.slice(0, start)}${repair.replacement}${formula.slice(end)}`;
      expect(overall(checker.check(mended).statements), `${formula} → ${mended}`).toBe('right');
      repaired++;
    }
    expect(repaired).toBeGreaterThan(14);
  });

  it('gives the same answer each time, in a new checker too', () => {
    for (const { network, formula } of derivations.slice(0, 12)) {
      const again = new Checker(modelFromEquations(networkText(network), { name: network }));
      const answers = [checkerOf(network), again].map((checker) =>
        JSON.stringify(checker.check(formula).statements),
      );
      expect(answers[1]).toBe(answers[0]);
    }
  });
});
