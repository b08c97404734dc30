/** Dots filled in: `a_1 + a_2 + … + a_5`, where the neighbours fix the step. */

import { integerOf } from '../model/equations/integers.ts';
import { children, type DerivativeMark, type Expr, type Of } from '../notation/tree.ts';
import { alike, namesIn, parts, rewritten } from './rewrite.ts';

/** Most terms that dots are filled in with. */
const MAX_FILLED = 200;

/** `a_1 + a_2 + … + a_5`: what lies between, if the neighbours differ by whole numbers that fix the step. */
export function filled(x: Expr, guessed: Expr[], left?: Expr): Expr {
  if (x.kind === 'sum') {
    const at = x.terms.findIndex(({ term }) => term.kind === 'ellipsis');
    if (at < 0) return x;
    const between = interpolated(
      x.terms.slice(0, at).map(({ term }) => term),
      x.terms[at + 1]?.term,
    );
    if (between === undefined) return x;
    const { sign } = x.terms[at];
    const terms = [
      ...x.terms.slice(0, at),
      ...between.map((term) => ({ sign, term })),
      ...x.terms.slice(at + 1),
    ];
    return filled({ ...x, terms }, guessed, left);
  }
  if (x.kind !== 'product') return x;
  const at = x.factors.findIndex(({ factor }) => factor.kind === 'ellipsis');
  if (at < 0) return x;
  const between = interpolated(
    x.factors.slice(0, at).map(({ factor }) => factor),
    x.factors[at + 1]?.factor,
  );
  if (between === undefined) return chained(x, at, guessed, left);
  if (between.length === 0) guessed.push(x.factors[at].factor);
  const { operator } = x.factors[at];
  const factors = [
    ...x.factors.slice(0, at),
    ...between.map((factor) => ({ operator, factor })),
    ...x.factors.slice(at + 1),
  ];
  return filled({ ...x, factors }, guessed, left);
}

/** The expressions between the last of `before` and `end`, at the step from the last but one, or of one. */
function interpolated(before: readonly Expr[], end: Expr | undefined): readonly Expr[] | undefined {
  const last = before.at(-1);
  if (last === undefined || end === undefined) return undefined;
  const gap = difference(last, end);
  if (gap === undefined || gap === 0) return undefined;
  const previous = before.at(-2);
  const known = previous === undefined ? undefined : difference(previous, last);
  const step = known !== undefined && known !== 0 ? known : Math.sign(gap);
  const count = gap / step - 1;
  if (!Number.isInteger(count) || count < 0 || count > MAX_FILLED) return undefined;
  return Array.from({ length: count }, (_, i) => shifted(last, end, (i + 1) * step));
}

/** The one whole number by which all numbers of b exceed those of a, where they are alike otherwise. */
function difference(a: Expr, b: Expr): number | undefined {
  const gaps = new Set<number>();
  const alike = (x: Expr, y: Expr): boolean => {
    if (x.kind === 'number' && y.kind === 'number') {
      const gap = Number(y.text) - Number(x.text);
      if (gap !== 0) gaps.add(gap);
      return Number.isInteger(gap);
    }
    if (x.kind !== y.kind) return false;
    if (x.kind === 'name' && y.kind === 'name' && x.base !== y.base) return false;
    const [p, q] = [children(x), children(y)];
    return p.length === q.length && p.every((part, i) => alike(part, q[i]));
  };
  if (!alike(a, b) || gaps.size !== 1) return undefined;
  return [...gaps][0];
}

/** `a` with the numbers in which it differs from `b` moved. */
function shifted(a: Expr, b: Expr, by: number): Expr {
  const [p, q] = [[...parts(a)], [...parts(b)]];
  const moving = new Set(p.filter((x, i) => x.kind === 'number' && (q[i] as Of<'number'>).text !== x.text));
  return rewritten(a, (x) =>
    x.kind === 'number' && [...moving].some(({ span }) => span.start === x.span.start)
      ? { ...x, text: String(Number(x.text) + by) }
      : x,
  );
}

type Factor = Of<'product'>['factors'][number];

/**
 * `∂E_t/∂H_t ∂H_t/∂H_{t−1} ⋯ ∂H_{k+1}/∂H_k`: with its neighbours that go on by one step the dots are the factors between
 * H_t and H_k, Π_m ∂H_m/∂H_{m−1}.
 */
function chained(x: Of<'product'> & Expr, at: number, guessed: Expr[], left: Expr | undefined): Expr {
  const step = (factor: Factor | undefined): Step | undefined =>
    factor?.operator === 'juxtaposed' || factor === x.factors[0] ? stepOf(factor.factor) : undefined;
  let [first, last] = [at, at];
  while (first > 0 && step(x.factors[first - 1]) !== undefined) first--;
  while (last < x.factors.length - 1 && step(x.factors[last + 1]) !== undefined) last++;
  const all = x.factors.slice(first, last + 1).map((factor) => step(factor));
  const [head, tail] = [x.factors[first - 1]?.factor, x.factors[last + 1]?.factor];
  const from = all[0]?.from ?? (head?.kind === 'derivative' ? head.by : undefined);
  const to = all.at(-1)?.to ?? (tail?.kind === 'derivative' ? tail.of : undefined);
  if (from?.kind !== 'sub' || to?.kind !== 'sub' || !alike(from.of, to.of)) return x;
  // each goes on where the one before ends
  const isRun = all.every((one, i) => {
    const next = all[i + 1];
    return one === undefined || next === undefined || alike(one.to, next.from);
  });
  const mark = all.find((one) => one !== undefined)?.mark ?? 'partial';
  const letter = ['j', 'i', 'm', 'l', 's'].find((one) => ![...namesIn(x)].includes(one));
  // ∂H_2/∂H_1 ⋯ ∂H_t/∂H_{t−1} runs the other way round
  const isForward =
    all.some((one, i) => one !== undefined && all[i + 1] !== undefined) ||
    (head?.kind === 'derivative' && alike(head.by, from)) ||
    (tail?.kind === 'derivative' && alike(tail.of, to)) ||
    (left?.kind === 'derivative' && (alike(left.of, from) || alike(left.by, to)));
  if (!isRun || !isForward || letter === undefined) return x;
  const length = stepsBetween(to.index, from.index);
  const typed = all.filter((one) => one !== undefined).length;
  if (length !== undefined && length < typed) return x;
  if (length === typed) guessed.push(x.factors[at].factor);
  const span = { start: x.factors[first].factor.span.start, end: x.factors[last].factor.span.end };
  const m: Expr = { kind: 'name', base: letter, accents: [], span };
  const one: Expr = { kind: 'number', text: '1', span };
  const sum = (a: Expr, sign: '+' | '-'): Expr => ({
    kind: 'sum',
    terms: [
      { sign: '+', term: a },
      { sign, term: one },
    ],
    span,
  });
  const body: Expr = {
    kind: 'derivative',
    mark,
    of: { ...from, index: m, span },
    by: { ...from, index: sum(m, '-'), span },
    order: 1,
    span,
  };
  const lower: Expr = { kind: 'relation', members: [m, sum(to.index, '+')], relations: ['='], span };
  const run: Expr = { kind: 'big', op: 'prod', lower: [lower], upper: from.index, body, span };
  const factors = [
    ...x.factors.slice(0, first),
    { operator: 'juxtaposed' as const, factor: run },
    ...x.factors.slice(last + 1),
  ];
  return factors.length === 1 ? run : { ...x, factors };
}

/** ∂H_t/∂H_{t−1}, one step. */
interface Step {
  readonly from: Expr;
  readonly to: Expr;
  readonly mark: DerivativeMark;
}

function stepOf(x: Expr): Step | undefined {
  if (x.kind !== 'derivative' || x.order !== 1 || x.of.kind !== 'sub' || x.by.kind !== 'sub')
    return undefined;
  if (!alike(x.of.of, x.by.of) || stepsBetween(x.by.index, x.of.index) !== 1) return undefined;
  return { from: x.of, to: x.by, mark: x.mark };
}

/** By how much b exceeds a, for all values of the letters in them. */
function stepsBetween(a: Expr, b: Expr): number | undefined {
  const letters = new Set([...namesIn(a), ...namesIn(b)]);
  const gap = (value: number): number | undefined => {
    const known = new Map([...letters].map((name, i) => [name, value ** (i + 1)] as const));
    const [from, to] = [integerOf(a, known), integerOf(b, known)];
    return from === undefined || to === undefined ? undefined : to - from;
  };
  return gap(2) === gap(5) ? gap(2) : undefined;
}
