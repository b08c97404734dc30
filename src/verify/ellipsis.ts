/** Dots filled in: `a_1 + a_2 + … + a_5`, where the neighbours fix the step. */

import { children, type Expr, type Of } from '../notation/tree.ts';
import { parts, rewritten } from './rewrite.ts';

/** Most terms that dots are filled in with. */
const MAX_FILLED = 200;

/** `a_1 + a_2 + … + a_5`: what lies between, if the neighbours differ by whole numbers that fix the step. */
export function filled(x: Expr, guessed: Expr[]): Expr {
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
    return filled({ ...x, terms }, guessed);
  }
  if (x.kind !== 'product') return x;
  const at = x.factors.findIndex(({ factor }) => factor.kind === 'ellipsis');
  if (at < 0) return x;
  const between = interpolated(
    x.factors.slice(0, at).map(({ factor }) => factor),
    x.factors[at + 1]?.factor,
  );
  if (between === undefined) return x;
  if (between.length === 0) guessed.push(x.factors[at].factor);
  const { operator } = x.factors[at];
  const factors = [
    ...x.factors.slice(0, at),
    ...between.map((factor) => ({ operator, factor })),
    ...x.factors.slice(at + 1),
  ];
  return filled({ ...x, factors }, guessed);
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
