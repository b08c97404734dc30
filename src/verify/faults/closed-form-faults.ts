/** What is wrong with a closed form: uses of the variable that are missing, or the one change that mends it. */

import { referenceOf } from '../../model/equations/names.ts';
import { print } from '../../notation/print.ts';
import type { Expr } from '../../notation/tree.ts';
import { distance } from '../compare.ts';
import { GRAINS, leastSquares, type Part, partsOf } from '../contributions.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import type { Instance } from '../instance.ts';
import { findRepair, type Mended, repairOf } from '../repair/repair.ts';
import type { Diagnosis, Fault, Missing, Term, TermVerdict } from '../report.ts';
import type { Attempt, Searched } from '../search.ts';
import {
  closedFormTerms,
  columnsOf,
  type Gradient,
  gradientsOnLeft,
  gradientValues,
  partText,
} from '../terms.ts';
import type { Trial } from '../trial.ts';
import { nameExpr, pathAlong, productAlong, shown, slice } from '../wording.ts';

export function closedFormFaults(trial: Trial, { usual, best }: Searched): Diagnosis {
  const attempts = usual.slice(0, 3);
  for (const attempt of attempts) {
    const missing = missingParts(trial, attempt) ?? missingLosses(trial, attempt);
    if (missing !== undefined) return missing;
  }
  const mended = findRepair(trial, attempts.length === 0 ? [best] : attempts, () => true);
  if (mended !== undefined) return mendedForm(trial, mended);
  const attempt = attempts[0] ?? best;
  const { outcome } = attempt;
  const { members, text } = trial.statement;
  const at = outcome.kind === 'fails' ? outcome.member : members.length - 1;
  const member = members[at] ?? members[members.length - 1];
  if (outcome.kind === 'refused') {
    const { span } = outcome.problem;
    const fault: Fault = { kind: 'wrong', term: slice(text, span), span, detail: outcome.problem.message };
    const faulty = { part: { ...member, span }, verdict: 'wrong' as const, message: outcome.problem.message };
    return {
      message: outcome.problem.message,
      terms: closedFormTerms(trial, attempt, 'unknown', faulty),
      missing: [],
      faults: [fault],
      repair: undefined,
    };
  }
  const message =
    outcome.kind === 'fails' && outcome.misfit !== undefined ? outcome.misfit : differs(trial, attempt, at);
  const terms = closedFormTerms(trial, attempt, 'unknown');
  // the one summand that is no use of the variable
  const odd = terms.filter(({ path }) => path === undefined);
  const term = terms.length > 1 && odd.length === 1 ? odd[0] : undefined;
  const fault: Fault =
    term === undefined
      ? { kind: 'wrong', term: slice(text, member.span), span: member.span, detail: message }
      : { kind: 'wrong', term: term.text, span: term.span, detail: message };
  const marked = terms.map((each): Term => {
    if (each === term || terms.length === 1) return { ...each, verdict: 'wrong', message };
    return term === undefined ? each : { ...each, verdict: 'right' };
  });
  return { message, terms: marked, missing: [], faults: [fault], repair: undefined };
}

function mendedForm(trial: Trial, mended: Mended): Diagnosis {
  const { text } = trial.statement;
  const { edit, attempt } = mended;
  const repair = repairOf(mended, trial);
  const verdict: TermVerdict =
    edit.kind === 'sign'
      ? 'sign'
      : edit.kind === 'scale'
        ? 'coefficient'
        : edit.kind === 'extra'
          ? 'extra'
          : 'wrong';
  const message = edit.kind === 'extra' ? `right without ${shown(edit.part)}` : `right after ${repair.label}`;
  const fault: Fault = {
    kind: edit.kind === 'extra' || edit.kind === 'missing' ? edit.kind : 'wrong',
    term: slice(text, edit.part.span),
    span: edit.part.span,
    detail: message,
  };
  const terms = closedFormTerms(trial, attempt, 'right', { part: edit.part, verdict, message });
  return { message, terms, missing: [], faults: [fault], repair };
}

/** The right side is the gradient but for some uses of the variable. */
function missingParts(trial: Trial, attempt: Attempt): Diagnosis | undefined {
  const { members } = trial.statement;
  if (members.length !== 2 || attempt.outcome.kind !== 'fails') return undefined;
  const gradients = gradientsOnLeft(trial, attempt);
  for (const gradient of [...gradients].reverse()) {
    const { of, by } = gradient;
    const values = gradientValues(trial, attempt, gradient, members[1]);
    if (values === undefined) continue;
    const { alpha, parts } = fitted(trial, gradient, values);
    if (alpha === undefined) continue;
    if (alpha.every((a) => near(a, 1))) continue; // right at these indices
    if (!alpha.every((a) => near(a, 0) || near(a, 1))) return undefined;
    if (!alpha.some((a) => near(a, 1))) continue; // nothing is left at these indices: the last step of a recursion
    const lost = parts.filter((_, k) => near(alpha[k], 0));
    const missing = lost.map((part): Missing => {
      const [next] = part.next;
      const end = next === part.loss || next === of ? [next] : [part.loss, next];
      const route = [...new Set([...(part.next.length === 1 ? end : [part.loss]), part.through, by])];
      return {
        path: partText(trial, of, by, part),
        variables: [...route].reverse().map((id) => trial.subject.nameOf(id)),
        latex: print(
          part.next.length === 1
            ? pathAlong(trial.subject, route, 'partial')
            : productAlong(trial.subject, route, 'partial'),
          'latex',
        ),
      };
    });
    return lacking(trial, attempt, missing);
  }
  return undefined;
}

/** E = E_1 + E_2: the right side is the loss but for some of those that it is the sum of. */
function missingLosses(trial: Trial, attempt: Attempt): Diagnosis | undefined {
  const { subject, statement, morePoints } = trial;
  const [left, right] = statement.members;
  const reference = referenceOf(left, trial.someAssignment, subject.indexCount);
  const isTarget = reference !== undefined && subject.find(reference) === subject.target;
  const losses = [...subject.losses].filter((id) => id !== subject.target);
  if (!isTarget || statement.members.length !== 2 || losses.length < 2) return undefined;
  const columns = losses.map((id) => Float64Array.from(morePoints, (point) => point.valueOf(id).data[0]));
  const values = morePoints.map((point) => numberAt(trial, attempt, right, point));
  if (values.includes(undefined)) return undefined;
  const alpha = leastSquares(columns, Float64Array.from(values as number[]));
  if (alpha === undefined || !alpha.every((a) => near(a, 0) || near(a, 1))) return undefined;
  const missing = losses
    .filter((_, k) => near(alpha[k], 0))
    .map((id): Missing => {
      const variables = [id, subject.target].map((end) => subject.nameOf(end));
      return { path: variables.join(' → '), variables, latex: print(nameExpr(subject, id), 'latex') };
    });
  return missing.length === 0 || missing.length === losses.length
    ? undefined
    : lacking(trial, attempt, missing);
}

/** The value of an expression that is a number. */
function numberAt(trial: Trial, { reading }: Attempt, x: Expr, point: Instance): number | undefined {
  const evaluator = new Evaluator(trial.context(), point, reading);
  try {
    const { data } = evaluator.m.plain(evaluator.value(x, trial.someAssignment)).v;
    return data.length === 1 ? data[0] : undefined;
  } catch {
    return undefined; // it has no value there
  }
}

function lacking(trial: Trial, attempt: Attempt, missing: readonly Missing[]): Diagnosis {
  const unique = missing.filter(({ path }, i) => missing.findIndex((other) => other.path === path) === i);
  const paths = unique.slice(0, 3).map(({ path }) => path);
  return {
    message: `${unique.length === 1 ? 'a path is' : `${unique.length} paths are`} missing: ${paths.join('; ')}`,
    terms: closedFormTerms(trial, attempt, 'right'),
    missing: unique,
    faults: unique.map((part): Fault => ({ kind: 'missing', term: part.latex, detail: `path ${part.path}` })),
    repair: undefined,
  };
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;

/** How often each use of the variable is there; uses are taken apart by losses if they must. */
function fitted(
  trial: Trial,
  { of, by }: Gradient,
  values: Float64Array,
): { readonly alpha: readonly number[] | undefined; readonly parts: readonly Part[] } {
  let parts: readonly Part[] = [];
  for (const grain of GRAINS) {
    parts = partsOf(trial.subject, of, by, grain);
    const alpha = leastSquares(columnsOf(trial, parts, by), values);
    if (alpha !== undefined) return { alpha, parts };
  }
  return { alpha: undefined, parts };
}

/** `the right side is 2 times the left`, or by how much they differ. */
function differs(trial: Trial, attempt: Attempt, member: number): string {
  const { members } = trial.statement;
  const { outcome } = attempt;
  const at = outcome.kind === 'fails' ? outcome.at : trial.subject.integers;
  const ratios = trial.points.map((point) => {
    const evaluator = new Evaluator(trial.context(), point, attempt.reading);
    try {
      const [a, b] = [members[member - 1], members[member]].map((x) =>
        Float64Array.from(evaluator.m.plain(evaluator.value(x, at)).v.data),
      );
      const largest = a.reduce((best, v, i) => (Math.abs(v) > Math.abs(a[best]) ? i : best), 0);
      const ratio = b[largest] / a[largest];
      return distance(
        a.map((v) => v * ratio),
        b,
      ) < 1e-9
        ? ratio
        : Number.NaN;
    } catch {
      return Number.NaN;
    }
  });
  const [ratio] = ratios;
  if (ratios.every((r) => Math.abs(r - ratio) < 1e-9 * Math.abs(ratio))) {
    return `the right side is ${Number(ratio.toPrecision(6))} times the left`;
  }
  const error = outcome.kind === 'fails' ? outcome.error : Number.NaN;
  const where = [...at]
    .filter(([name]) => trial.statement.letters.has(name))
    .map(([name, value]) => `${name} = ${value}`);
  return `the two sides differ by ${error.toPrecision(2)} of their size${where.length === 0 ? '' : ` at ${where.join(', ')}`}`;
}
