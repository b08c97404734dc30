/** Slips of meaning in right formulas, judged once more by a reader that shares nothing but the parser: none is called right. */

import { describe, expect, it } from 'vitest';
import { uniform } from '../../src/model/random.ts';
import { parseNotation } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';
import type { Expr } from '../../src/notation/tree.ts';
import type { Judged } from '../../src/verify/judge.ts';
import { sample } from '../../src/verify/sample.ts';
import { holdsInSomeWay } from '../support/holds.ts';
import { Network } from '../support/network.ts';
import { checkerOf } from '../support/networks.ts';
import { slipsOf } from '../support/slips.ts';
import { derivations } from './derivations.ts';

describe('a slip of meaning in a right formula', () => {
  const right = derivations.filter(
    ({ verdict, formula }) => verdict === 'right' && !/;|quad|bmatrix|\||star|\n/.test(formula),
  );
  const random = uniform(20_263);
  let judged = 0;
  let unread = 0;

  it.each(right.map((d) => [`${d.network}: ${d.formula}`, d] as const))('%s', (_, { network, formula }) => {
    const checker = checkerOf(network);
    const { subject } = checker;
    const own = new Network(sample(subject, 4242));
    const names = new Set([...subject.families.values()].map((family) => family.name));
    const [{ members }] = parseNotation(formula, { names }).statements;
    const member: Expr = members[members.length - 1];
    const texts = new Set<string>();
    const wrong: string[] = [];
    const slips = [...slipsOf(member, subject)];
    for (let tried = 0; tried < EACH && slips.length > 0; tried++) {
      const [{ kind, member: slipped }] = slips.splice(Math.floor(random() * slips.length), 1);
      const text = [...members.slice(0, -1), slipped].map((x) => print(x, 'latex')).join(' = ');
      if (texts.has(text)) continue;
      texts.add(text);
      judged++;
      const [report] = checker.check(text).statements as readonly Judged[];
      if (report?.verdict !== 'right') continue;
      const [statement] = parseNotation(text, { names }).statements;
      const isTrue = holdsInSomeWay(statement, subject, own, report.meanings);
      if (isTrue === true) continue;
      if (isTrue === undefined) unread++;
      else wrong.push(`${kind} [${report.reading}]: ${text}`);
    }
    expect(wrong).toEqual([]);
  });

  it('was tried often enough, and mostly read', () => {
    expect(judged).toBeGreaterThan(300);
    expect(unread).toBeLessThan(judged / 20);
  });
});

/** Slips per formula; `GRADPATH_MEANINGS=100` tries more. */
const EACH = Number(process.env.GRADPATH_MEANINGS ?? 10);
