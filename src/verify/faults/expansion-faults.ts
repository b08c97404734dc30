/** What is wrong with an expansion by the chain rule: terms that are no path, paths that are missing. */

import type { NodeId } from '../../graph/graph.ts';
import { print } from '../../notation/print.ts';
import type { DerivativeMark, Expr } from '../../notation/tree.ts';
import { type StructureAt, structuresOf } from '../chain-expansion.ts';
import { findRepair, type Mended, repairOf } from '../repair/repair.ts';
import type { Diagnosis, Fault, Repair } from '../report.ts';
import type { Attempt, Searched } from '../search.ts';
import type { Route, TermFinding } from '../structure.ts';
import { messageOf, structureTerms } from '../terms.ts';
import type { Trial } from '../trial.ts';
import { formOf, missingRoute, pathAlong, productAlong, routeText, shown, slice } from '../wording.ts';
import { closedFormFaults } from './closed-form-faults.ts';

/** Most readings under which a repair is sought. */
const MOST_ATTEMPTS = 2;

/** Every monomial is a path or it is none. */
export function expansionFaults(
  trial: Trial,
  attempt: Attempt,
  structures: readonly StructureAt[],
  found: Searched,
): Diagnosis {
  const bad = structures.filter(({ structure }) => !structure.isRight);
  const chosen = bad[bad.length - 1];
  if (chosen === undefined) return closedFormFaults(trial, found); // the paths are right and the numbers are not
  const { findings, missing } = chosen.structure;
  const idle = (all: readonly StructureAt[]) =>
    all.flatMap(({ structure }) => structure.findings).filter(({ kind }) => kind === 'vacuous').length;
  // a term that becomes 0 is not mended
  const accepts = (taken: Attempt, members: readonly Expr[]) => {
    const made = structuresOf(trial, taken, members);
    return (
      made === undefined ||
      (made.every(({ structure }) => structure.isRight) && idle(made) <= idle(structures))
    );
  };
  const inserted = insertion(trial, chosen, missing);
  const attempts = [attempt, ...found.usual.filter((other) => other !== attempt)].slice(0, MOST_ATTEMPTS);
  const mended = inserted === undefined ? findRepair(trial, attempts, accepts) : undefined;
  const faults: Fault[] = [];
  const push = (fault: Fault) => {
    if (!faults.some(({ kind, term }) => kind === fault.kind && term === fault.term)) faults.push(fault);
  };
  for (const finding of findings) {
    const fault = faultOf(trial, finding, mended);
    if (fault !== undefined) push(fault);
  }
  const slips = findings.filter(
    ({ kind, monomial }) => monomial.isTemplate && (kind === 'broken' || kind === 'foreign'),
  );
  const isExplained = slips.length > 0 && missing.length <= slips.length;
  const told = missing.map((route) => missingRoute(trial.subject, route));
  if (!isExplained) for (const fault of missingFaults(trial, missing, structures)) push(fault);
  const repair = inserted ?? (mended && repairOf(mended, trial)) ?? replacement(trial, findings, missing);
  const counted =
    missing.length === 0
      ? ''
      : `${missing.length} of ${missing.length + new Set(findings.flatMap(({ routes, kind }) => (kind === 'right' ? routes.map((r) => r.join()) : []))).size} paths missing`;
  const worst = faults.find(({ kind }) => kind !== 'missing' && kind !== 'vacuous');
  const message = [worst?.detail, counted === '' ? undefined : counted]
    .filter((part) => part !== undefined)
    .join('; ');
  return {
    message: message === '' ? 'the terms do not add up to the derivative' : message,
    terms: structureTerms(
      trial,
      structures.filter(({ at }) => at === chosen.at),
      false,
    ),
    missing: told,
    faults,
    repair,
  };
}

function faultOf(trial: Trial, finding: TermFinding, mended: Mended | undefined): Fault | undefined {
  const { monomial, kind, at } = finding;
  const { text } = trial.statement;
  const detail = messageOf(trial, finding, false);
  const whole = { term: slice(text, monomial.span), span: monomial.span };
  const values = [...monomial.bound].map(([index, value]) => `${index}=${value}`).join(', ');
  switch (kind) {
    case 'right':
      return undefined;
    case 'vacuous':
      return monomial.isTemplate
        ? { kind: 'vacuous', term: values, span: monomial.span, detail }
        : { kind: 'extra', ...whole, detail };
    case 'duplicate':
    case 'foreign':
      return { kind: 'extra', ...whole, detail };
    case 'sign':
    case 'coefficient':
      return { kind: 'wrong', ...whole, detail };
    case 'garbled':
      return {
        kind: 'garbled',
        ...(monomial.isTemplate ? { term: values, span: monomial.span } : whole),
        detail,
      };
    case 'broken': {
      if (!monomial.isTemplate) return { kind: 'garbled', ...whole, detail };
      if (mended !== undefined) {
        const { part } = mended.edit;
        return {
          kind: 'wrong',
          term: slice(text, part.span),
          span: part.span,
          detail: `right after ${repairOf(mended, trial).label}`,
        };
      }
      const taken = monomial.factors.slice(0, Math.max(1, at ?? 1));
      const span = {
        start: Math.min(...taken.map((factor) => factor.at.span.start)),
        end: Math.max(...taken.map((factor) => factor.at.span.end)),
      };
      return { kind: 'wrong', term: slice(text, span), span, detail: `${values}: ${detail}` };
    }
  }
}

/** Missing paths; where a whole loss is missing it is told as one. */
function missingFaults(
  trial: Trial,
  missing: readonly Route[],
  structures: readonly StructureAt[],
): readonly Fault[] {
  const { subject } = trial;
  const form = formOf(trial.statement);
  const present = structures.flatMap(({ structure }) => structure.findings.flatMap(({ routes }) => routes));
  const faults: Fault[] = [];
  const grouped = new Set<NodeId>();
  for (const route of missing) {
    const loss = route[1];
    const isWhole =
      subject.losses.has(loss) &&
      route[0] === subject.target &&
      !present.some((other) => other.includes(loss));
    if (!isWhole) {
      const term = print(productAlong(subject, route, markOf(trial)), form);
      faults.push({ kind: 'missing', term, detail: `path ${routeText(subject, route)}` });
      continue;
    }
    if (grouped.has(loss)) continue;
    grouped.add(loss);
    const count = missing.filter((other) => other[1] === loss).length;
    const by = route[route.length - 1];
    const term = print(productAlong(subject, [loss, by], markOf(trial)), form);
    const detail = `${subject.nameOf(loss)}: ${count === 1 ? 'one path' : `${count} paths`}`;
    faults.push({ kind: 'missing', term, detail });
  }
  return faults;
}

/** ∂ or d, as the formula has it. */
function markOf({ statement: { left } }: Trial): DerivativeMark {
  return left?.kind === 'derivative' && left.mark === 'd' ? 'd' : 'partial';
}

/** One path is missing and the rest is right: add it. */
function insertion(
  trial: Trial,
  { structure, member }: StructureAt,
  missing: readonly Route[],
): Repair | undefined {
  const isClean = structure.findings.every(({ kind }) => kind === 'right' || kind === 'vacuous');
  if (!isClean || missing.length !== 1 || trial.statement.letters.size > 0) return undefined;
  const isWhole = missing[0].length === 2 && structure.findings.every(({ kind }) => kind !== 'right');
  if (isWhole) return undefined; // the derivative itself, which would say nothing
  const { subject, statement } = trial;
  const product = pathAlong(subject, missing[0], markOf(trial));
  const { end } = member.span;
  return {
    label: `add ${shown(product)}`,
    span: { start: end, end },
    replacement: ` + ${print(product, formOf(statement))}`,
  };
}

/** One term is no path and one path is missing: put it there. */
function replacement(
  trial: Trial,
  findings: readonly TermFinding[],
  missing: readonly Route[],
): Repair | undefined {
  const bad = findings.filter(({ kind }) => kind !== 'right' && kind !== 'vacuous');
  if (bad.length !== 1 || missing.length !== 1 || bad[0].monomial.isTemplate) return undefined;
  const { subject, statement } = trial;
  const { factors, span } = bad[0].monomial;
  const [first, last] = [factors[0], factors[factors.length - 1]];
  if (first === undefined || first.at.span.start < span.start || last.at.span.end > span.end)
    return undefined;
  const product = productAlong(subject, missing[0], first.at.mark === 'nabla' ? 'partial' : first.at.mark);
  const wanted = missing[0];
  const differing = factors
    .map((factor, i) => ({ factor, of: wanted[i], by: wanted[i + 1] }))
    .filter(({ factor, of, by }) => factor.of.id !== of || factor.by.id !== by);
  if (wanted.length === factors.length + 1 && differing.length === 1) {
    const [{ factor, of, by }] = differing;
    const made = productAlong(subject, [of, by], factor.at.mark);
    return {
      label: `${shown(factor.at)} → ${shown(made)}`,
      span: factor.at.span,
      replacement: print(made, formOf(statement)),
    };
  }
  const typed = factors.map(({ at }) => shown(at)).join(' ');
  return { label: `${typed} → ${shown(product)}`, span, replacement: print(product, formOf(statement)) };
}
