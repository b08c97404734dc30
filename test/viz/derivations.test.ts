/** The derivations to start from: what they show, alike on the page and as documents of `gradpath check`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { MathDocument } from '../../src/verify/document.ts';
import { derivations } from '../../viz/state/derivations.ts';
import { isDocument } from '../../viz/state/prose.ts';

const folder = join(import.meta.dirname, '../../examples/derivations');
const documents = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** By example, the verdicts that a person who does the mathematics by hand comes to. */
const expected = [
  ['right', 'wrong', 'ambiguous', 'wrong', 'wrong', 'right'],
  [...Array<string>(11).fill('right'), 'wrong'],
  ['right', 'right', 'right', 'wrong', 'right', 'wrong', 'right', 'wrong'],
  ['right', 'right', 'right', 'wrong', 'wrong'],
  ['right', 'wrong', 'right', 'right', 'wrong', 'right', 'right'],
];

describe.for(derivations.map((example, i) => ({ ...example, i })))(
  '$title',
  ({ equations, derivation, i }) => {
    const checker = new Checker(modelFromEquations(equations));
    const { statements, problems } = checker.check(derivation);

    test('is formulas, each with the verdict it deserves', () => {
      expect(isDocument(derivation)).toBe(false);
      expect(problems).toEqual([]);
      expect(statements.map(({ verdict }) => verdict)).toEqual(expected[i]);
    });

    test('each repair makes its formula right when it is applied', () => {
      for (const [number, { repair }] of statements.entries()) {
        if (repair === undefined) continue;
        const { start, end } = repair.span;
        const mended = derivation.slice(0, start) + repair.replacement + derivation.slice(end);
        expect([repair.label, checker.check(mended).statements[number].verdict]).toEqual([
          repair.label,
          'right',
        ]);
      }
    });

    test('as a document it declares its model and gets the same verdicts', () => {
      const document = new MathDocument(documents[i]);
      expect(document.model?.text.trim()).toBe(equations.trim());
      const { text, statements: found } = document.formulas(checker.subject);
      const reports = checker.judgeAll(found, text);
      expect(reports.map(({ verdict }) => verdict)).toEqual(expected[i]);
    });
  },
);

test('together they show each colour, a missing path, and a repair', () => {
  const reports = derivations.flatMap(
    ({ equations, derivation }) => new Checker(modelFromEquations(equations)).check(derivation).statements,
  );
  const terms = new Set(reports.flatMap((report) => report.terms.map(({ verdict }) => verdict)));
  expect([...terms]).toEqual(
    expect.arrayContaining(['right', 'wrong', 'sign', 'extra', 'garbled', 'vacuous']),
  );
  expect(reports.some(({ missing }) => missing.length > 0)).toBe(true);
  expect(reports.filter(({ repair }) => repair !== undefined).length).toBeGreaterThan(5);
});
