/** Slips of meaning in right formulas: another variable, function or index, another product, a factor too many. */

import { children, type Expr, isTransposeMark, type ProductOperator } from '../../src/notation/tree.ts';
import { replaced } from '../../src/verify/rewrite.ts';
import type { Subject } from '../../src/verify/subject.ts';

export interface Slip {
  readonly kind: string;
  readonly member: Expr;
}

const number = (value: number, { span }: Expr): Expr => ({ kind: 'number', text: String(value), span });
const name = (base: string, { span }: Expr): Expr => ({ kind: 'name', base, accents: [], span });
const bracketed = (x: Expr): Expr =>
  x.kind === 'sum' || x.kind === 'neg' || x.kind === 'big'
    ? { kind: 'bracket', style: '(', of: x, span: x.span }
    : x;
const times = (a: Expr, b: Expr): Expr => ({
  kind: 'product',
  factors: [a, b].map((factor) => ({ operator: 'juxtaposed', factor: bracketed(factor) })),
  span: b.span,
});
const OPERATORS: readonly ProductOperator[] = ['juxtaposed', 'hadamard', 'asterisk'];

/** All that one change makes of a member. */
export function* slipsOf(member: Expr, subject: Subject): Generator<Slip> {
  const stack: { readonly x: Expr; readonly isPlace: boolean }[] = [{ x: member, isPlace: false }];
  const whole: Expr[] = [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { x, isPlace } = next;
    const put = (kind: string, by: Expr): Slip => ({ kind, member: replaced(member, x, by) });
    if (!isPlace) whole.push(x);
    yield* slipsAt(x, isPlace, subject, put);
    for (const part of children(x)) {
      const isMark =
        (x.kind === 'sup' && part === x.exponent) ||
        ((x.kind === 'sub' || x.kind === 'index') && part !== x.of) ||
        (x.kind === 'call' && part === x.fn) ||
        (x.kind === 'big' && part !== x.body) ||
        x.kind === 'sub';
      if (isMark) continue;
      stack.push({ x: part, isPlace: isPlace || x.kind === 'derivative' || x.kind === 'differential' });
    }
  }
  for (const x of whole) {
    for (const y of whole) {
      const isWithin = y.span.start <= x.span.start && x.span.end <= y.span.end;
      if (x !== member && y.kind !== 'number' && !isWithin)
        yield { kind: 'another part', member: replaced(member, x, bracketed(y)) };
    }
  }
}

function* slipsAt(
  x: Expr,
  isPlace: boolean,
  subject: Subject,
  put: (kind: string, by: Expr) => Slip,
): Generator<Slip> {
  const base = x.kind === 'sub' ? x.of : x;
  if (base.kind === 'name' && base.accents.length === 0) {
    const counts = subject.indexCount(base.base);
    for (const family of subject.families.values()) {
      const isOther = family.name !== base.base && /^\w$/u.test(family.name);
      if (!isOther || (counts.length > 0 && !counts.includes(family.indexCount))) continue;
      const other = { ...base, base: family.name };
      yield put('another variable', x.kind === 'sub' ? { ...x, of: other } : other);
    }
  }
  if (x.kind === 'sub') {
    for (const at of [name('T', x), number(3, x), number(1, x)])
      yield put('a fixed index', { ...x, index: at });
    for (const by of [1, 2, -1]) {
      const terms = [
        { sign: '+' as const, term: x.index },
        { sign: by > 0 ? ('+' as const) : ('-' as const), term: number(Math.abs(by), x) },
      ];
      yield put('a moved index', { ...x, index: { kind: 'sum', terms, span: x.span } });
    }
    yield put('no index', x.of);
  }
  if (!isPlace && ['name', 'sub', 'bracket', 'call', 'product', 'derivative'].includes(x.kind)) {
    const under = (by: Expr): Expr => ({ kind: 'quotient', style: 'frac', over: x, under: by, span: x.span });
    yield put('a factor', under(name('T', x)));
    yield put('a factor', times(number(2, x), x));
    yield put('a sign', times({ kind: 'neg', of: number(1, x), span: x.span }, x));
    const turned = x.kind === 'product' || x.kind === 'call' || x.kind === 'derivative';
    const of: Expr = turned ? { kind: 'bracket', style: '(', of: x, span: x.span } : x;
    yield put('a transposition', { kind: 'sup', of, exponent: name('⊤', x), span: x.span });
  }
  if (x.kind === 'sup' && isTransposeMark(x.exponent)) yield put('a transposition', x.of);
  if (x.kind === 'sup' && x.exponent.kind === 'number') {
    yield put('a power', { ...x, exponent: number(Number(x.exponent.text) + 1, x) });
    yield put('a power', x.of);
  }
  if (x.kind === 'sum') {
    const [one, two] = x.terms;
    const value = two?.term.kind === 'sup' ? two.term.of : undefined;
    if (one.term.kind === 'number' && value !== undefined) {
      const rest: Expr = { ...x, terms: [one, { sign: '-', term: value }] };
      yield put('another slope', times(value, rest)); // 1 − h² of tanh, h (1 − h) of σ
    }
    yield put('a term twice', { ...x, terms: [...x.terms, x.terms[x.terms.length - 1]] });
  }
  if (x.kind === 'product') {
    const { factors } = x;
    for (let i = 0; i < factors.length; i++) {
      yield put('a factor twice', { ...x, factors: [...factors.slice(0, i + 1), ...factors.slice(i)] });
      for (let j = i + 1; j < factors.length; j++) {
        const swapped = factors.map((part, k) =>
          k === i || k === j ? { ...part, factor: factors[k === i ? j : i].factor } : part,
        );
        yield put('swapped factors', { ...x, factors: swapped });
      }
      for (const operator of i === 0 ? [] : OPERATORS) {
        const other = factors.map((part, k) => (k === i ? { operator, factor: part.factor } : part));
        if (operator !== factors[i].operator) yield put('another product', { ...x, factors: other });
      }
      const inner = factors[i].factor;
      if (inner.kind === 'bracket' && inner.of.kind === 'sum' && i > 0) {
        const [first, ...terms] = inner.of.terms;
        const product: Expr = {
          ...x,
          factors: [...factors.slice(0, i), { ...factors[i], factor: first.term }],
        };
        yield put('a bracket less', {
          kind: 'sum',
          terms: [{ sign: '+', term: product }, ...terms],
          span: x.span,
        });
      }
    }
  }
  if (x.kind === 'big' && x.lower[0]?.kind === 'relation') {
    const [condition] = x.lower;
    for (const from of [0, 1, 2]) {
      const members = [condition.members[0], number(from, x)];
      yield put('another range', { ...x, lower: [{ ...condition, members }] });
    }
    for (const upper of [number(2, x), number(4, x)]) yield put('another range', { ...x, upper });
    yield put('no sum', bracketed(x.body));
  }
  if (x.kind === 'derivative') {
    for (const mark of ['partial', 'partial+', 'd'] as const)
      if (mark !== x.mark) yield put('another mark', { ...x, mark });
    yield put('upside down', { ...x, of: x.by, by: x.of });
  }
  if (x.kind === 'call') {
    const isPrimed = x.fn.kind === 'prime';
    for (const other of ['tanh', 'σ', 'exp', 'log']) {
      const fn = name(other, x);
      yield put('another function', {
        ...x,
        fn: isPrimed ? { kind: 'prime', of: fn, count: 1, span: x.span } : fn,
      });
    }
    yield put('no function', bracketed(x.args[0]));
  }
}
