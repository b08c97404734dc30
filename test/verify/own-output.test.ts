/** What the tool prints for a gradient is right when it is typed: expanded, nested and summed, in LaTeX, Unicode and plain. */

import { beforeAll, describe, expect, it, test } from 'vitest';
import { settingsFrom } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { expanded, type Formula, nested } from '../../src/chain/formula.ts';
import { derivative, formulaToLatex } from '../../src/chain/latex.ts';
import { Cone } from '../../src/chain/paths.ts';
import { summed } from '../../src/chain/summed.ts';
import { VariableGraph } from '../../src/chain/variables.ts';
import { formulaText } from '../../src/cli/formula.ts';
import { displayName } from '../../src/cli/style.ts';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import type { Model } from '../../src/model/model.ts';
import { parseNotation } from '../../src/notation/parse.ts';
import { printStatement } from '../../src/notation/print.ts';
import { Checker } from '../../src/verify/check.ts';
import { networkText } from '../support/networks.ts';

const WEIGHTS = { rnn: ['W', 'U'], lstm: ['W_f'], gru: ['W_z'] } as const;

async function model(name: string, steps: number): Promise<Model> {
  const example = await examples.find((entry) => entry.name === name)!.load();
  return example.build(settingsFrom(example, { steps }), () => {});
}

/** Whether nothing is left out. */
function isWhole(formula: Formula): boolean {
  switch (formula.kind) {
    case 'more':
      return false;
    case 'sum':
      return formula.terms.every(isWhole);
    case 'product':
      return formula.factors.every(isWhole);
    default:
      return true;
  }
}

describe.each(Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[])('%s', (name) => {
  describe.each([1, 2, 3, 4, 5, 6])('with %i steps', (steps) => {
    let checker: Checker;
    let variables: VariableGraph;
    beforeAll(async () => {
      const built = await model(name, steps);
      checker = new Checker(built);
      variables = new VariableGraph(built.builder.graph);
    });

    it.each(WEIGHTS[name])('by %s', (weight) => {
      const { graph } = variables;
      const of = `E_${steps}`;
      const cone = new Cone(variables, graph.idOf(of), graph.idOf(weight));
      const forms: Record<string, Formula | undefined> = {
        nested: nested(cone),
        summed: summed(cone),
      };
      if (cone.count() <= 24n) {
        forms.expanded = expanded(
          cone,
          [...cone.paths()].map((path, index) => ({ path, index })),
        );
      }
      let judged = 0;
      for (const [form, formula] of Object.entries(forms)) {
        if (formula === undefined || !isWhole(formula)) continue;
        const latex = `${derivative('\\partial', of, weight)} = ${formulaToLatex(formula)}`;
        const unicode = `∂${displayName(of)}/∂${displayName(weight)} = ${formulaText(formula)}`;
        const names = new Set([...checker.subject.families.values()].map((family) => family.name));
        const plain = printStatement(parseNotation(latex, { names }).statements[0], 'ascii');
        for (const text of [latex, unicode, plain]) {
          if (text.includes('…')) continue; // long products are shortened on a screen
          const { statements, problems } = checker.check(text);
          expect(problems, `${form}: ${text}`).toEqual([]);
          expect([statements[0].verdict, statements[0].message], `${form}: ${text}`).toEqual([
            'right',
            expect.anything(),
          ]);
          judged++;
        }
      }
      expect(judged).toBeGreaterThanOrEqual(steps === 1 ? 3 : 6);
    });
  });
});

test('an edge beside longer ways is told apart from all of them', () => {
  const decayed = modelFromEquations(networkText('logistic-regression'));
  const variables = new VariableGraph(decayed.builder.graph);
  const cone = new Cone(variables, variables.graph.idOf('L'), variables.graph.idOf('w'));
  const formula = nested(cone);
  expect(formulaText(formula)).toContain('∂⁺L/∂w');
  const checker = new Checker(decayed);
  for (const text of [
    `∂L/∂w = ${formulaText(formula)}`,
    `${derivative('\\partial', 'L', 'w')} = ${formulaToLatex(formula)}`,
  ])
    expect(
      checker.check(text).statements.map(({ verdict }) => verdict),
      text,
    ).toEqual(['right']);
});
