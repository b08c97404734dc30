/** What is wrong with a formula that has a symbol which the model does not have. */

import type { Integers } from '../../model/equations/integers.ts';
import { referenceOf } from '../../model/equations/names.ts';
import { print } from '../../notation/print.ts';
import type { Expr } from '../../notation/tree.ts';
import { structuresOf } from '../chain-expansion.ts';
import { isChain } from '../expand.ts';
import type { Family } from '../named-graph.ts';
import type { Posed } from '../posed.ts';
import type { Meanings } from '../reading.ts';
import { renamedTo } from '../repair/name-edits.ts';
import { someValues } from '../repair/repair.ts';
import type { Diagnosis, Fault, Repair, StatementReport, Term } from '../report.ts';
import { alike, parts, rewritten } from '../rewrite.ts';
import { search } from '../search.ts';
import { symbolKey, symbolOf, type UnknownSymbol } from '../symbols.ts';
import { summands } from '../terms.ts';
import type { Trial } from '../trial.ts';
import { formOf, shown, slice } from '../wording.ts';
import { expansionFaults } from './expansion-faults.ts';

/** Most parts that are renamed in search of a variable that fits. */
const MAX_RENAMED = 20_000;
/** Most variables that a message names: of more than these it is not known which is meant. */
const MAX_CHOICES = 4;

/** What it would be with each variable in its place. */
export function garbledFaults(
  trial: Trial,
  problem: UnknownSymbol,
  settled: Meanings,
): Diagnosis & Pick<StatementReport, 'verdict'> {
  const { subject, statement } = trial;
  const { text } = statement;
  const garbled = (detail: string): Fault => {
    const { span } = problem;
    return { kind: 'garbled', term: slice(text, span), span, detail };
  };
  const known = someValues(trial);
  const size = statement.members.reduce((sum, member) => sum + [...parts(member)].length, 0);
  const families = size * subject.families.size > MAX_RENAMED ? [] : [...subject.families.values()];
  const candidates = families.flatMap((family) => {
    const members = statement.members.map((member) => renamedAll(member, problem, family, trial, known));
    if (members.some((member) => member === undefined)) return [];
    const remade = trial.remade(members as Expr[]);
    const found = search(remade, settled, false);
    if (found.best === undefined) return [];
    // ∂H_2/∂H_2 says nothing: who writes such a factor means something else
    const isIdle = found.best.outcome.kind === 'holds' && hasIdentities(remade.statement.members);
    if (isIdle) return [];
    const isExpanded = statement.left !== undefined && members.slice(1).every((member) => isChain(member!));
    const structures = isExpanded ? structuresOf(remade, found.usual[0] ?? found.best) : undefined;
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
  const places = statement.members
    .flatMap((member) => [...parts(member)])
    .filter((x) => isSymbol(x, problem, trial, known))
    .sort((a, b) => a.span.start - b.span.start);
  const replacementBy = (family: Family): Repair => {
    const renamed = renamedTo(problem.at, family, known);
    const by = renamed === undefined ? family.name : shown(renamed);
    return {
      label: `${shown(problem.at)} → ${by}`,
      ...renamedEverywhere(problem.at, places, family, known, statement),
    };
  };
  /** A term with the symbol in it is garbled, whatever it would be with another. */
  const marked = (message: string) => (term: Term) => {
    const has = places.some(({ span }) => term.span.start <= span.start && span.end <= term.span.end);
    return has ? { ...term, verdict: 'garbled' as const, message } : term;
  };
  if (right.length === 1) {
    const repair = replacementBy(right[0].family);
    const detail = `${problem.message}; right after ${repair.label}`;
    return {
      verdict: 'ambiguous',
      message: detail,
      terms: statement.members
        .slice(1)
        .flatMap(summands)
        .map(({ span }) => ({ text: slice(text, span), span, verdict: 'right' as const, message: 'right' }))
        .map(marked(detail)),
      missing: [],
      faults: [garbled(detail)],
      repair,
    };
  }
  const best = candidates.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)[0];
  if (right.length === 0 && best?.structures !== undefined) {
    const repair = replacementBy(best.family);
    const detail = `${problem.message}; perhaps ${repair.label}`;
    const rest = expansionFaults(best.remade, best.found.usual[0], best.structures, best.found);
    const faults = [garbled(detail), ...rest.faults];
    const terms = rest.terms.map(marked(detail));
    return {
      ...rest,
      verdict: 'wrong',
      message: `${detail}; ${rest.message}`,
      terms,
      faults,
      repair: undefined,
    };
  }
  const choice =
    right.length > 1 && right.length <= MAX_CHOICES
      ? `; it could be ${right.map(({ family }) => family.name).join(' or ')}`
      : '';
  const detail = `${problem.message}${choice}`;
  return {
    verdict: 'unverifiable',
    message: detail,
    terms: [],
    missing: [],
    faults: [garbled(detail)],
    repair: undefined,
  };
}

/** The stretch from the first place of the symbol to the last, with another name at each. */
function renamedEverywhere(
  at: Expr,
  places: readonly Expr[],
  family: Family,
  known: Integers,
  statement: Posed,
): Pick<Repair, 'span' | 'replacement'> {
  const all = places.includes(at) ? places : [at];
  const { start } = all[0].span;
  let end = start;
  let replacement = '';
  for (const place of all) {
    const renamed = renamedTo(place, family, known);
    replacement += statement.text.slice(end, place.span.start);
    replacement += renamed === undefined ? family.name : print(renamed, formOf(statement));
    end = place.span.end;
  }
  return { span: { start, end }, replacement };
}

export function hasIdentities(members: readonly Expr[]): boolean {
  return members
    .flatMap((member) => [...parts(member)])
    .some((x) => x.kind === 'derivative' && alike(x.of, x.by));
}

function isSymbol(x: Expr, problem: UnknownSymbol, trial: Trial, known: Integers): boolean {
  if (referenceOf(x, known, trial.subject.indexCount) !== undefined) return false;
  const symbol = symbolOf(x, known);
  return symbol !== undefined && symbolKey(symbol) === problem.key;
}

/** Every occurrence of the symbol renamed; undefined if its indices do not fit the family. */
function renamedAll(
  member: Expr,
  problem: UnknownSymbol,
  family: Family,
  trial: Trial,
  known: Integers,
): Expr | undefined {
  let fits = true;
  const renamed = rewritten(member, (x) => {
    if (!isSymbol(x, problem, trial, known)) return x;
    const made = renamedTo(x, family, known);
    if (made === undefined) fits = false;
    return made ?? x;
  });
  return fits ? renamed : undefined;
}
