/** Right formulas with one slip put into them: none is called right, unless it is a true identity. */

import { describe, expect, it } from 'vitest';
import { parseNotation } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';
import { children, type Expr, type Of } from '../../src/notation/tree.ts';
import type { Judged } from '../../src/verify/judge.ts';
import { replaced } from '../../src/verify/rewrite.ts';
import { sample } from '../../src/verify/sample.ts';
import type { Subject } from '../../src/verify/subject.ts';
import { holdsInSomeWay } from '../support/holds.ts';
import { Network } from '../support/network.ts';
import { checkerOf } from '../support/networks.ts';
import { derivations } from './derivations.ts';

type Slip = 'dropped term' | 'sign' | 'transposition' | 'index' | 'range' | 'factor' | 'swapped symbol';

/** Of the slips of which there are most one in so many is tried; `GRADPATH_SLIPS=1` tries them all. */
const EVERY = Number(process.env.GRADPATH_SLIPS ?? 3);
const MANY: readonly Slip[] = ['index', 'swapped symbol'];

const number = (value: number, { span }: Expr): Expr =>
  value < 0
    ? { kind: 'neg', of: { kind: 'number', text: String(-value), span }, span }
    : { kind: 'number', text: String(value), span };

/** One more or one less, in an index or a limit. */
function moved(x: Expr, by: 1 | -1): Expr | undefined {
  if (x.kind === 'number') return number(Number(x.text) + by, x);
  if (x.kind === 'name' && x.base !== '⊤') {
    return {
      kind: 'sum',
      terms: [
        { sign: '+', term: x },
        { sign: by > 0 ? '+' : '-', term: number(1, x) },
      ],
      span: x.span,
    };
  }
  const last = x.kind === 'sum' ? x.terms[x.terms.length - 1] : undefined;
  if (x.kind !== 'sum' || last?.term.kind !== 'number') return undefined;
  const value = (last.sign === '+' ? 1 : -1) * Number(last.term.text) + by;
  const term = number(Math.abs(value), last.term);
  return { ...x, terms: [...x.terms.slice(0, -1), { sign: value < 0 ? '-' : '+', term }] };
}

/** The members that one slip makes of a member. */
function* slips(member: Expr, subject: Subject): Generator<{ slip: Slip; member: Expr }> {
  const seen: Expr[] = [member];
  const isPlace = new Set<Expr>();
  for (let x = seen.shift(); x !== undefined; x = seen.shift()) {
    const put = (slip: Slip, by: Expr) => ({ slip, member: replaced(member, x as Expr, by) });
    if (x.kind === 'sum') {
      for (let i = 0; i < x.terms.length; i++) {
        const rest = x.terms.filter((_, k) => k !== i);
        if (rest.length > 1) yield put('dropped term', { ...x, terms: rest });
        else if (rest[0].sign === '+') yield put('dropped term', rest[0].term);
        const terms = x.terms.map((term, k) =>
          k === i ? ({ ...term, sign: term.sign === '+' ? '-' : '+' } as const) : term,
        );
        yield put('sign', { ...x, terms });
        const [one, two] = [x.terms[i], number(2, x)];
        const doubled: Expr = {
          kind: 'product',
          factors: [
            { operator: 'juxtaposed', factor: two },
            { operator: 'juxtaposed', factor: { kind: 'bracket', style: '(', of: one.term, span: x.span } },
          ],
          span: x.span,
        };
        yield put('factor', {
          ...x,
          terms: x.terms.map((term, k) => (k === i ? { ...term, term: doubled } : term)),
        });
      }
    }
    if (x.kind === 'product' && x.factors.length > 1) {
      for (let i = 0; i < x.factors.length; i++) {
        const rest = x.factors.filter((_, k) => k !== i);
        yield put('factor', rest.length === 1 ? rest[0].factor : { ...x, factors: rest });
      }
    }
    if (x.kind === 'big' && x.lower[0]?.kind === 'relation') {
      const [condition] = x.lower as [Of<'relation'>];
      for (const by of [1, -1] as const) {
        const from = moved(condition.members[1], by);
        if (from !== undefined)
          yield put('range', { ...x, lower: [{ ...condition, members: [condition.members[0], from] }] });
        const to = x.upper && moved(x.upper, by);
        if (to !== undefined) yield put('range', { ...x, upper: to });
      }
    }
    if (x.kind === 'sub') {
      for (const by of [1, -1] as const) {
        const index = moved(x.index, by);
        if (index !== undefined) yield put('index', { ...x, index });
      }
    }
    const isArray = (x.kind === 'name' || x.kind === 'sub') && !isPlace.has(x);
    if (isArray)
      yield put('transposition', {
        kind: 'sup',
        of: x,
        exponent: { kind: 'name', base: '⊤', accents: [], span: x.span },
        span: x.span,
      });
    if (x.kind === 'sup' && x.exponent.kind === 'name' && x.exponent.base === '⊤')
      yield put('transposition', x.of);
    if (x.kind === 'name' && x.accents.length === 0) {
      for (const { name } of subject.families.values()) {
        if (
          name.length === 1 &&
          name !== x.base &&
          subject.indexCount(x.base).join() === subject.indexCount(name).join()
        ) {
          yield put('swapped symbol', { ...x, base: name });
        }
      }
    }
    for (const part of children(x)) {
      if (x.kind === 'derivative' || x.kind === 'differential' || isPlace.has(x)) isPlace.add(part);
      const isMark =
        (x.kind === 'sup' && part === x.exponent) ||
        (x.kind === 'sub' && part === x.index) ||
        (x.kind === 'call' && part === x.fn);
      const isLimit = x.kind === 'big' && part !== x.body;
      if (!isMark && !isLimit) seen.push(part);
      if (x.kind === 'sub' && part === x.of) seen.pop(); // the name of a family is swapped with its index
    }
    if (x.kind === 'sub' && x.of.kind === 'name') {
      const { of } = x;
      for (const { name, indexCount } of subject.families.values()) {
        if (indexCount === 1 && name.length === 1 && name !== of.base)
          yield put('swapped symbol', { ...x, of: { ...of, base: name } });
      }
    }
  }
}

describe('a slip in a right formula', () => {
  const right = derivations.filter(
    ({ verdict, formula }) =>
      verdict === 'right' &&
      !formula.includes(';') &&
      !formula.includes('bmatrix') &&
      !formula.includes('quad'),
  );
  const met = new Map<Slip, number>();
  const counts = new Map<Slip, number>();
  /** Called right, of which the other reader cannot tell: Π, FL|_{γ=0}, σ_3′. */
  const unread: string[] = [];

  it.each(right.map((d) => [`${d.network}: ${d.formula}`, d] as const))('%s', (_, { network, formula }) => {
    const checker = checkerOf(network);
    const { subject } = checker;
    const names = new Set([...subject.families.values()].map(({ name }) => name));
    const [statement] = parseNotation(formula, { names }).statements;
    const [left, member] = statement.members;
    const own = new Network(sample(subject, 4242));
    const called: string[] = [];
    const texts = new Set<string>();
    for (const { slip, member: slipped } of slips(member, subject)) {
      const text = `${print(left, 'latex')} = ${print(slipped, 'latex')}`;
      if (texts.has(text)) continue;
      texts.add(text);
      const count = (met.get(slip) ?? 0) + 1;
      met.set(slip, count);
      if (MANY.includes(slip) && count % EVERY !== 0) continue;
      counts.set(slip, (counts.get(slip) ?? 0) + 1);
      const [report] = checker.check(text).statements as readonly Judged[];
      if (report?.verdict !== 'right') continue;
      const [typed] = parseNotation(text, { names }).statements;
      const isTrue = holdsInSomeWay(typed, subject, own, report.meanings);
      if (isTrue === undefined) unread.push(text);
      else if (!isTrue) called.push(`${slip} [${report.reading}]: ${text}`);
    }
    expect(called).toEqual([]);
  });

  it('was tried in more than 500 ways, of each kind', () => {
    const kinds: readonly Slip[] = [
      'dropped term',
      'sign',
      'transposition',
      'index',
      'range',
      'factor',
      'swapped symbol',
    ];
    for (const kind of kinds) expect(counts.get(kind) ?? 0, kind).toBeGreaterThan(15);
    const tried = [...counts.values()].reduce((a, b) => a + b, 0);
    expect(tried).toBeGreaterThan(500);
    expect(unread.length, unread.join('\n')).toBeLessThan(tried / 50);
  });
});
