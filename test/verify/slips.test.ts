/** Slips of meaning in right formulas, judged once more by a reader that shares nothing but the parser: none is called right. */

import { describe, expect, it } from 'vitest';
import type { Integers } from '../../src/model/equations/integers.ts';
import { uniform } from '../../src/model/random.ts';
import { parseNotation } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';
import type { Expr, Statement } from '../../src/notation/tree.ts';
import { freeIndices } from '../../src/verify/free-indices.ts';
import type { Judged } from '../../src/verify/judge.ts';
import type { Meanings } from '../../src/verify/reading.ts';
import { sample } from '../../src/verify/sample.ts';
import type { Subject } from '../../src/verify/subject.ts';
import { type Grid, Literal, NoValue, Unread, type Way } from '../support/literal.ts';
import { Network } from '../support/network.ts';
import { checkerOf } from '../support/networks.ts';
import { slipsOf } from '../support/slips.ts';
import { derivations } from './derivations.ts';

const WAYS: readonly Way[] = [
  { layout: 'numerator', factors: 'immediate' },
  { layout: 'denominator', factors: 'immediate' },
  { layout: 'numerator', factors: 'total' },
];

/** Largest relative error of the differences. */
const NEAR = 2e-6;

function isSame(a: Grid, b: Grid): boolean {
  const isZero = (x: Grid) => x.data.length === 1 && x.data[0] === 0;
  const [p, q] = [a, b].map((x, i) => (isZero(x) ? (i === 0 ? b : a).data.map(() => 0) : x.data));
  const isTurned = a.rows !== b.rows && a.rows > 1 && a.cols > 1;
  const largest = Math.max(1e-3, ...p.map(Math.abs), ...q.map(Math.abs));
  return p.length === q.length && !isTurned && p.every((v, i) => Math.abs(v - q[i]) <= NEAR * largest);
}

/** Whether both sides are the same at all values of the free indices; undefined: this reader cannot tell. */
function holds(
  { members }: Statement,
  subject: Subject,
  network: Network,
  meanings: Meanings,
  way: Way,
): boolean | undefined {
  const letters = [...freeIndices(members, subject, subject.integers)];
  const last = subject.integers.get('T') ?? 1;
  const steps = Array.from({ length: last + 2 }, (_, i) => i);
  const all = letters.reduce<Integers[]>(
    (known, letter) => known.flatMap((at) => steps.map((step) => new Map(at).set(letter, step))),
    [subject.integers],
  );
  let isTold = false;
  for (const at of all) {
    const reader = new Literal(subject, network, meanings, way, members);
    try {
      const [left, ...rest] = members.map((member) => reader.value(member, at));
      // behind the last step another line may hold
      if (!rest.every((value) => isSame(left, value)) && !reader.isBeyond) return false;
      isTold ||= !reader.isBeyond;
    } catch (error) {
      if (error instanceof Unread) return undefined;
      if (!(error instanceof NoValue)) throw error;
    }
  }
  return isTold;
}

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
      const told = WAYS.map((way) => holds(statement, subject, own, report.meanings, way));
      if (told.includes(true)) continue;
      if (told[0] === undefined) unread++;
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
