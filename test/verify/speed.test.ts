/** How long a formula and a document of formulas take, in seconds of the processor, once the model is built. */

import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/cli/check-judge.ts';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { MathDocument } from '../../src/verify/document.ts';
import { networkText } from '../support/networks.ts';
import { secondsOf } from '../support/time.ts';
import { derivations } from './derivations.ts';

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

describe('how long it takes', () => {
  it('a formula that people wrote, right or wrong: 0.3 s in the middle, none over 2 s', () => {
    const seconds = derivations.map(({ network, formula }) => {
      const checker = new Checker(modelFromEquations(networkText(network)));
      return secondsOf(() => checker.check(formula));
    });
    expect(median(seconds)).toBeLessThan(0.3);
    expect(Math.max(...seconds)).toBeLessThan(2);
  });

  it('a document of 100 of them: 10 s, and each is announced', () => {
    const formulas = derivations.filter(({ network }) => network === 'rnn3');
    const wrong = formulas.filter(({ verdict }) => verdict === 'wrong').length;
    expect(wrong).toBeGreaterThan(formulas.length / 4);
    const lines = Array.from({ length: 100 }, (_, i) => `$$${formulas[i % formulas.length].formula}$$\n`);
    const told: number[] = [];
    const model = modelFromEquations(networkText('rnn3'));
    const seconds = secondsOf(() => {
      const document = new MathDocument(lines.join('\n'));
      const checked = checkDocument(document, 'a document', model, (done) => told.push(done));
      expect(checked.formulas.length).toBeGreaterThanOrEqual(100);
    });
    expect(seconds).toBeLessThan(10);
    expect(told.at(-1)).toBeGreaterThanOrEqual(100);
    expect(told).toEqual(told.map((_, i) => i + 1));
  });
});
