/** The terms of a statement, one by one: what each is worth, and the paths that it stands for. */

import type { Integers } from '../model/equations/integers.ts';
import { print } from '../notation/print.ts';
import type { Expr } from '../notation/tree.ts';
import type { StructureAt } from './chain-expansion.ts';
import { contribution, GRAINS, leastSquares, type Part, partsOf } from './contributions.ts';
import { gradientPlace } from './evaluate/differential.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import type { Monomial } from './expand.ts';
import type { Term, TermVerdict } from './report.ts';
import type { Attempt } from './search.ts';
import type { TermFinding } from './structure.ts';
import type { Trial } from './trial.ts';
import { formOf, nameExpr, routeNames, routeText, slice } from './wording.ts';

/** The terms of an expansion: at the last values of its free indices, where it has most. */
export function structureTerms(
  trial: Trial,
  structures: readonly StructureAt[],
  isRight: boolean,
): readonly Term[] {
  const { at } = structures[structures.length - 1];
  return structures
    .filter((found) => found.at === at)
    .flatMap(({ structure }) => structure.findings.map((finding) => termOf(trial, finding, isRight)));
}

function termOf(trial: Trial, finding: TermFinding, isRight: boolean): Term {
  const { subject, statement } = trial;
  const { monomial, routes } = finding;
  const text = monomial.isTemplate ? instanceText(trial, monomial) : slice(statement.text, monomial.span);
  const paths = routes.map((route) => routeText(subject, route));
  return {
    text,
    span: monomial.span,
    verdict: verdictOf(finding, isRight),
    ...(routes.length === 0
      ? {}
      : { path: paths.slice(0, 4).join('; ') + (paths.length > 4 ? `; and ${paths.length - 4} more` : '') }),
    ...(routes.length === 1 ? { variables: routeNames(subject, routes[0]) } : {}),
    message: messageOf(trial, finding, isRight),
  };
}

function verdictOf({ kind, monomial }: TermFinding, isRight: boolean): TermVerdict {
  switch (kind) {
    case 'vacuous':
      return isRight || monomial.isTemplate ? 'vacuous' : 'extra';
    case 'broken':
      return monomial.isTemplate ? 'wrong' : 'garbled';
    case 'foreign':
      return 'extra';
    default:
      return kind;
  }
}

export function messageOf(
  trial: Trial,
  { kind, monomial, at, routes }: TermFinding,
  isRight: boolean,
): string {
  const { factors } = monomial;
  switch (kind) {
    case 'right':
      return routes.length === 1 ? 'right: this path' : `right: these ${routes.length} paths`;
    case 'sign':
      return 'the path is right, its sign is not';
    case 'coefficient':
      return `the path is right, the number ${Number(monomial.coefficient.toPrecision(6))} before it is not`;
    case 'duplicate':
      return 'this path is there already: it is counted twice';
    case 'vacuous': {
      const zero = factors.find(({ of, by }) => of.id !== by.id && isZero(trial, of.id!, by.id!));
      const reason = zero === undefined ? 'it is 0' : `${zero.of.label} does not depend on ${zero.by.label}`;
      return isRight || monomial.isTemplate ? `adds nothing: ${reason}` : `identically zero: ${reason}`;
    }
    case 'broken': {
      if (factors.length === 0) return 'a number alone is no path';
      const [before, after] = [factors[(at ?? 1) - 1], factors[at ?? 1]];
      if (before === undefined || after === undefined) return 'this is no path';
      return `not a path: ∂${before.by.label} below is followed by ∂${after.of.label} above`;
    }
    case 'foreign': {
      const [first, last] = [factors[0], factors[factors.length - 1]];
      return `a path from ${last.by.label} to ${first.of.label}, which is not what is asked for`;
    }
    case 'garbled':
      return monomial.problem?.message ?? 'this has no meaning';
  }
}

function isZero(trial: Trial, of: number, by: number): boolean {
  return trial.points[0].total(of, by).data.every((v) => v === 0);
}

/** A term of a Σ with the values of its indices: `k = 2: ∂E_3/∂O_3 ∂O_3/∂H_3 …`. */
function instanceText(trial: Trial, { bound, factors }: Monomial): string {
  const form = formOf(trial.statement);
  const name = (id: number | undefined, label: string) =>
    id === undefined ? label : print(nameExpr(trial.subject, id), form);
  const written = factors.map(({ of, by }) =>
    form === 'latex'
      ? `\\frac{\\partial ${name(of.id, of.label)}}{\\partial ${name(by.id, by.label)}}`
      : `∂${name(of.id, of.label)}/∂${name(by.id, by.label)}`,
  );
  const values = [...bound].map(([index, value]) => `${index} = ${value}`).join(', ');
  return values === '' ? written.join(' ') : `${values}: ${written.join(' ')}`;
}

/** Most summands of which each is looked up in the graph. */
const MAX_LOCATED = 40;

/** The summands of a closed form. `faulty`: those that contain it get its verdict, the others are right. */
export function closedFormTerms(
  trial: Trial,
  attempt: Attempt,
  otherwise: TermVerdict,
  faulty?: { readonly part: Expr; readonly verdict: TermVerdict; readonly message: string },
): readonly Term[] {
  const { text, members } = trial.statement;
  const isLong = members.slice(1).flatMap(summands).length > MAX_LOCATED;
  return members.slice(1).flatMap((member) =>
    summands(member).map((term): Term => {
      const holds = faulty !== undefined && (contains(term, faulty.part) || contains(faulty.part, term));
      const path = holds || isLong ? undefined : pathOf(trial, attempt, term);
      return {
        text: slice(text, term.span),
        span: term.span,
        verdict: holds ? faulty.verdict : faulty === undefined ? otherwise : 'right',
        ...(path === undefined ? {} : { path }),
        message: holds
          ? faulty.message
          : faulty === undefined && otherwise !== 'right'
            ? ''
            : path === undefined
              ? 'right'
              : `right: ${path}`,
      };
    }),
  );
}

export function summands(x: Expr): readonly Expr[] {
  if (x.kind === 'sum') return x.terms.flatMap(({ term }) => summands(term));
  return x.kind === 'bracket' && x.of.kind === 'sum' ? summands(x.of) : [x];
}

const contains = (x: Expr, part: Expr): boolean =>
  x.span.start <= part.span.start && part.span.end <= x.span.end;

/** The uses of the variable that a term of its gradient stands for, if it is exactly those. */
function pathOf(trial: Trial, attempt: Attempt, term: Expr): string | undefined {
  const gradient = gradientOnLeft(trial, attempt);
  if (gradient === undefined) return undefined;
  const { of, by } = gradient;
  const value = gradientValues(trial, attempt, gradient, term);
  for (const grain of value === undefined ? [] : GRAINS) {
    const parts = partsOf(trial.subject, of, by, grain);
    const alpha = leastSquares(columnsOf(trial, parts, by), value!);
    if (alpha === undefined) continue;
    const taken = parts.filter((_, k) => Math.abs(Math.abs(alpha[k]) - 1) < 1e-6);
    if (alpha.some((a) => Math.abs(a) > 1e-6 && Math.abs(Math.abs(a) - 1) > 1e-6) || taken.length === 0)
      continue;
    const all = taken.map((part) => partText(trial, of, by, part));
    return all.length > 3 ? `${all.slice(0, 3).join('; ')}; and ${all.length - 3} more` : all.join('; ');
  }
  return undefined;
}

/** The parts at all points, one below the other. */
export function columnsOf(trial: Trial, parts: readonly Part[], by: number): readonly Float64Array[] {
  return parts.map((part) => joined(trial.morePoints.map((point) => contribution(point, part, by))));
}

/** The values of an expression at all points as a gradient; undefined if it has none, or none of that shape. */
export function gradientValues(
  trial: Trial,
  attempt: Attempt,
  { at, sign, of, by }: Gradient,
  x: Expr,
): Float64Array | undefined {
  const [rows, columns] = [of, by].map((id) => trial.points[0].valueOf(id).data.length);
  const isTurned = rows > 1 && attempt.reading.layout === 'denominator';
  const found: Float64Array[] = [];
  for (const point of trial.morePoints) {
    const evaluator = new Evaluator(trial.context(), point, attempt.reading);
    try {
      const value = evaluator.m.plain(evaluator.value(x, at));
      const { data, shape } = value.v;
      const isMatrix = shape.length === 2 && shape[0] === (isTurned ? columns : rows);
      if (data.length !== rows * columns || evaluator.touched || (rows > 1 && !isMatrix)) return undefined;
      const place = (i: number) => (isTurned ? (i % columns) * rows + Math.floor(i / columns) : i);
      found.push(Float64Array.from(data, (_, i) => sign * data[place(i)]));
    } catch {
      return undefined; // it has no value there
    }
  }
  return joined(found);
}

const joined = (all: readonly Float64Array[]): Float64Array =>
  Float64Array.from(all.flatMap((part) => [...part]));

export function partText(trial: Trial, of: number, by: number, { through, next, loss }: Part): string {
  const { subject } = trial;
  const names = next.map((id) => subject.nameOf(id));
  const isDirect = next.every((id) => subject.all.into(loss).some(({ from }) => from === id));
  const behind = next.includes(loss) || next.includes(of) ? [] : [subject.nameOf(loss)];
  return [
    subject.nameOf(by),
    ...(through === by ? [] : [subject.nameOf(through)]),
    names.length === 1 ? names[0] : `{${names.join(', ')}}`,
    ...(behind.length > 0 && !isDirect ? ['…'] : []),
    ...behind,
  ].join(' → ');
}

export interface Gradient {
  readonly of: number;
  readonly by: number;
  readonly sign: 1 | -1;
  readonly at: Integers;
}

/** What the left side is the gradient of, and by, at the last values of the free indices for which it is defined. */
function gradientOnLeft(trial: Trial, attempt: Attempt): Gradient | undefined {
  const found = gradientsOnLeft(trial, attempt);
  return found[found.length - 1];
}

export function gradientsOnLeft(trial: Trial, attempt: Attempt): readonly Gradient[] {
  const { members } = trial.statement;
  const [left] = members;
  const found: Gradient[] = [];
  for (const at of trial.assignments) {
    const evaluator = new Evaluator(trial.context(), trial.points[0], attempt.reading);
    const place = gradientPlace(evaluator, left, at);
    if (place === undefined) continue;
    found.push({ ...place, at });
  }
  return found;
}
