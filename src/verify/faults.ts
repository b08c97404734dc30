/** What is wrong with a formula: its faulty terms, what is missing, and one change that mends it. */

import type { NodeId } from '../graph/graph.ts';
import { referenceOf, scriptedName } from '../model/equations/names.ts';
import { print } from '../notation/print.ts';
import type { DerivativeMark, Expr } from '../notation/tree.ts';
import { distance } from './compare.ts';
import { leastSquares, type Part, partsOf } from './contributions.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { isChain } from './expand.ts';
import { type Settled, type StructureAt, structuresOf } from './judge.ts';
import { renamedTo } from './repair/name-edits.ts';
import { findRepair, type Mended, repairOf, someValues } from './repair/repair.ts';
import type { Fault, Missing, Repair, StatementReport, Term, TermVerdict } from './report.ts';
import { alike, parts, rewritten } from './rewrite.ts';
import { type Attempt, type Searched, search } from './search.ts';
import type { Route, TermFinding } from './structure.ts';
import { type SymbolAt, symbolKey, symbolOf, type UnknownSymbol } from './symbols.ts';
import {
  closedFormTerms,
  columnsOf,
  type Gradient,
  gradientsOnLeft,
  gradientValues,
  messageOf,
  partText,
  structureTerms,
  summands,
} from './terms.ts';
import type { Trial } from './trial.ts';
import { formOf, missingRoute, productAlong, routeText, shown, slice } from './wording.ts';

/** The part of a report that says what is wrong. */
export interface Found {
  readonly message: string;
  readonly terms: readonly Term[];
  readonly missing: readonly Missing[];
  readonly faults: readonly Fault[];
  readonly repair: Repair | undefined;
}

/** Of an expansion by the chain rule: every monomial is a path or it is none. */
export function structureFaults(
  trial: Trial,
  attempt: Attempt,
  structures: readonly StructureAt[],
  found: Searched,
): Found {
  const { text } = trial.statement;
  const bad = structures.filter(({ structure }) => !structure.isRight);
  const chosen = bad[bad.length - 1];
  if (chosen === undefined) return closedFormFaults(trial, found); // the paths are right and the numbers are not
  const { findings, missing } = chosen.structure;
  const accepts = (taken: Attempt, members: readonly Expr[]) =>
    structuresOf(trial, taken, members)?.every(({ structure }) => structure.isRight) ?? true;
  const inserted = insertion(trial, chosen, missing);
  const mended = inserted === undefined ? findRepair(trial, [attempt], accepts) : undefined;
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
  const repair = inserted ?? (mended && repairOf(mended, text)) ?? replacement(trial, findings, missing);
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
          detail: `right after ${repairOf(mended, text).label}`,
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
  const form = formOf(trial.statement.text);
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
  const { subject, statement } = trial;
  const product = productAlong(subject, missing[0], markOf(trial));
  const { end } = member.span;
  return {
    label: `add ${shown(product)}`,
    span: { start: end, end },
    replacement: ` + ${print(product, formOf(statement.text))}`,
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
  const text = slice(statement.text, span);
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
      replacement: print(made, formOf(statement.text)),
    };
  }
  return { label: `${text} → ${shown(product)}`, span, replacement: print(product, formOf(statement.text)) };
}

/** Of a closed form. */
export function closedFormFaults(trial: Trial, { usual, best }: Searched): Found {
  const attempts = usual.slice(0, 3);
  for (const attempt of attempts) {
    const missing = missingParts(trial, attempt);
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

function mendedForm(trial: Trial, mended: Mended): Found {
  const { text } = trial.statement;
  const { edit, attempt } = mended;
  const repair = repairOf(mended, text);
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
function missingParts(trial: Trial, attempt: Attempt): Found | undefined {
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
      const route = part.next.length === 1 ? [...new Set([...end, by])] : [part.loss, by];
      return {
        path: partText(trial, of, by, part),
        variables: [...route].reverse().map((id) => trial.subject.nameOf(id)),
        latex: print(productAlong(trial.subject, route, 'partial'), 'latex'),
      };
    });
    const unique = missing.filter(({ path }, i) => missing.findIndex((other) => other.path === path) === i);
    const faults = unique.map(
      (part): Fault => ({ kind: 'missing', term: part.latex, detail: `path ${part.path}` }),
    );
    const message = `${unique.length === 1 ? 'a path is' : `${unique.length} paths are`} missing: ${unique
      .slice(0, 3)
      .map(({ path }) => path)
      .join('; ')}`;
    return {
      message,
      terms: closedFormTerms(trial, attempt, 'right'),
      missing: unique,
      faults,
      repair: undefined,
    };
  }
  return undefined;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;

/** How often each use of the variable is there; uses are taken apart by losses if they must. */
function fitted(
  trial: Trial,
  { of, by }: Gradient,
  values: Float64Array,
): { readonly alpha: readonly number[] | undefined; readonly parts: readonly Part[] } {
  const coarse = partsOf(trial.subject, of, by, false);
  const alpha = leastSquares(columnsOf(trial, coarse, by), values);
  if (alpha !== undefined) return { alpha, parts: coarse };
  const fine = partsOf(trial.subject, of, by, true);
  return { alpha: leastSquares(columnsOf(trial, fine, by), values), parts: fine };
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

/** Of a formula with a symbol that the model does not have: what it would be with each variable in its place. */
export function garbledFaults(
  trial: Trial,
  problem: UnknownSymbol,
  settled: Settled,
): Found & Pick<StatementReport, 'verdict'> {
  const { subject, statement } = trial;
  const { text } = statement;
  const term = slice(text, problem.span);
  const known = someValues(trial);
  const candidates = [...subject.families.values()].flatMap((family) => {
    const members = statement.members.map((member) => renamedAll(member, problem, family, trial, known));
    if (members.some((member) => member === undefined)) return [];
    const remade = trial.remade(members as Expr[]);
    const found = search(remade, settled.meanings, false);
    if (found.best === undefined) return [];
    // ∂H_2/∂H_2 says nothing: who writes such a factor means something else
    const isIdle = found.best.outcome.kind === 'holds' && hasIdentities(remade);
    if (isIdle) return [];
    const isLevelOne = statement.left !== undefined && members.slice(1).every((member) => isChain(member!));
    const structures = isLevelOne ? structuresOf(remade, found.usual[0] ?? found.best) : undefined;
    const holds =
      found.best.outcome.kind === 'holds' &&
      found.best.isCustomary &&
      (structures?.every(({ structure }) => structure.isRight) ?? true);
    const score =
      structures?.flatMap(({ structure }) => structure.findings).filter(({ kind }) => kind === 'right')
        .length ?? 0;
    return [{ family, remade, found, structures, holds, score }];
  });
  const right = candidates.filter(({ holds }) => holds);
  const replacementOf = (family: string): Repair => {
    const made = subject.families.get(family)!;
    const renamed = renamedTo(problem.at, made, known);
    const by = renamed === undefined ? made.name : print(renamed, formOf(text));
    return {
      label: `${shown(problem.at)} → ${renamed === undefined ? made.name : shown(renamed)}`,
      span: problem.span,
      replacement: by,
    };
  };
  const keyOf = ({ name, indexCount }: { name: string; indexCount: number }) => `${name}/${indexCount}`;
  if (right.length === 1) {
    const repair = replacementOf(keyOf(right[0].family));
    const detail = `${problem.message}; right after ${repair.label}`;
    return {
      verdict: 'ambiguous',
      message: detail,
      terms: statement.members
        .slice(1)
        .flatMap(summands)
        .map((x) => ({ text: slice(text, x.span), span: x.span, verdict: 'garbled', message: detail })),
      missing: [],
      faults: [{ kind: 'garbled', term, span: problem.span, detail }],
      repair,
    };
  }
  const best = candidates.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)[0];
  if (right.length === 0 && best?.structures !== undefined) {
    const repair = replacementOf(keyOf(best.family));
    const detail = `${problem.message}; perhaps ${repair.label}`;
    const rest = structureFaults(best.remade, best.found.usual[0], best.structures, best.found);
    const faults: Fault[] = [{ kind: 'garbled', term, span: problem.span, detail }, ...rest.faults];
    return { ...rest, verdict: 'wrong', message: `${detail}; ${rest.message}`, faults, repair: undefined };
  }
  const choice =
    right.length > 1 ? `; it could be ${right.map(({ family }) => family.name).join(' or ')}` : '';
  const detail = `${problem.message}${choice}`;
  return {
    verdict: 'unverifiable',
    message: detail,
    terms: [],
    missing: [],
    faults: [{ kind: 'garbled', term, span: problem.span, detail }],
    repair: undefined,
  };
}

function hasIdentities(trial: Trial): boolean {
  return trial.statement.members
    .flatMap((member) => [...parts(member)])
    .some((x) => x.kind === 'derivative' && alike(x.of, x.by));
}

/** Every occurrence of the symbol renamed; undefined if its indices do not fit the family. */
function renamedAll(
  member: Expr,
  problem: UnknownSymbol,
  family: { name: string; indexCount: number; members: unknown },
  trial: Trial,
  known: ReadonlyMap<string, number>,
): Expr | undefined {
  let fits = true;
  const matches = (x: Expr): SymbolAt | undefined => {
    if (referenceOf(x, known, trial.subject.indexCount) !== undefined) return undefined;
    const symbol = symbolOf(x, known);
    return symbol !== undefined && symbolKey(symbol) === problem.key ? symbol : undefined;
  };
  const visit = (x: Expr): Expr => {
    if (scriptedName(x) !== undefined) {
      if (matches(x) === undefined) return x;
      const made = renamedTo(x, family as never, known);
      if (made === undefined) fits = false;
      return made ?? x;
    }
    return x;
  };
  const out = rewritten(member, visit);
  return fits ? out : undefined;
}
