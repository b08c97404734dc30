/** The verdict on one statement: which reading, which terms, what is missing, and what one change would mend. */

import type { NodeId } from '../graph/graph.ts';
import { sameShape } from '../graph/shape.ts';
import { elementsOf } from '../model/equations/elements.ts';
import { type Integers, integerOf } from '../model/equations/integers.ts';
import { Unbounded } from '../model/equations/interpret.ts';
import { referenceOf, scriptedName } from '../model/equations/names.ts';
import { NotationError } from '../notation/problem.ts';
import { children, type Expr, type Span, type Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { distance, TOLERANCE } from './compare.ts';
import { isStrict, isTotal } from './evaluate/derivative.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { expand, isChain } from './expand.ts';
import { closedFormFaults, type Found, garbledFaults, structureFaults } from './faults.ts';
import type { Instance } from './instance.ts';
import { freeIndices, heldApart, prepared } from './prepare.ts';
import { type Meanings, readingText, usual } from './reading.ts';
import { someValues } from './repair/repair.ts';
import type { ReadingVerdict, StatementReport, Verdict } from './report.ts';
import { parts } from './rewrite.ts';
import { type Aspect, type Attempt, type Searched, search } from './search.ts';
import { compareStructure, type Structure } from './structure.ts';
import type { Subject } from './subject.ts';
import { OutOfRange, symbolKey, symbolOf, type UnknownSymbol, Unsupported } from './symbols.ts';
import { closedFormTerms, structureTerms } from './terms.ts';
import { type Outcome, Trial } from './trial.ts';

/** What earlier lines of the derivation settled. */
export interface Settled {
  readonly meanings: Meanings;
}

export interface Judged extends StatementReport {
  /** The meanings of symbols under which it was judged. */
  readonly meanings: Meanings;
  /** The symbol that it defines, if it does nothing else. */
  readonly defines?: string;
  /** The symbol for which there is no meaning. */
  readonly unknown?: string;
}

/** The points at which statements are judged, and those that keep the values that the equations give. */
export interface Points {
  readonly drawn: readonly Instance[];
  readonly given: readonly Instance[];
  /** Further ones. */
  readonly more: () => readonly Instance[];
}

export function judge(
  statement: Statement,
  text: string,
  subject: Subject,
  points: Points,
  settled: Settled,
): Judged {
  requireBounded(statement, text);
  const made = prepared(statement, subject);
  const members = made.members;
  const trial = trialOf(statement, members, text, subject, points);
  const level = isLevelOne(members, subject, trial) ? 1 : 2;
  const target = targetText(statement, text);
  const found = search(trial, settled.meanings, isRecursive(members));
  const { best } = found;
  const base = {
    text: text.slice(statement.span.start, statement.span.end),
    span: statement.span,
    level,
    target,
  } as const;
  const about = aboutOf(found.aspects, best);
  const common = {
    ...base,
    reading: best === undefined ? '' : readingText(best.reading, about),
    // δ_{T+1} = 0 holds of any adjoint
    meanings: isBeyond(members[0], subject) ? settled.meanings : (best?.reading.meanings ?? settled.meanings),
  };
  if (best === undefined) {
    const unknown = found.unknown === undefined ? {} : { unknown: found.unknown.symbol };
    return { ...common, ...unknownSymbol(found.unknown, trial, settled), ...unknown };
  }
  const { outcome } = best;
  const readings = readingsOf(trial, found);
  const error = outcome.kind === 'holds' || outcome.kind === 'fails' ? outcome.error : undefined;
  const maxRelativeError = error === undefined || !Number.isFinite(error) ? undefined : error;
  const undecided = undecidable(outcome);
  if (undecided !== undefined) {
    return { ...common, ...nothing, verdict: 'unverifiable', message: undecided, readings, maxRelativeError };
  }
  const expanded = level === 1 ? structuresOf(trial, best) : undefined;
  const isSubstituted = outcome.kind === 'holds' && expanded !== undefined && hasOtherGradients(expanded);
  const structures = isSubstituted ? undefined : expanded;
  const isComplete = structures === undefined || structures.every(({ structure }) => structure.isRight);
  if (outcome.kind === 'holds' && isComplete) {
    const terms =
      structures !== undefined
        ? structureTerms(trial, structures, true)
        : closedFormTerms(trial, best, 'right');
    const vacuous = terms
      .filter(({ verdict }) => verdict === 'vacuous')
      .map(({ text: term, span, message }) => ({ kind: 'vacuous' as const, term, span, detail: message }));
    const doubt = doubtOf(found, best, made.guessed, text);
    const verdict: Verdict = doubt === undefined ? 'right' : 'ambiguous';
    return {
      ...common,
      verdict,
      message: doubt?.detail ?? rightMessage(structures),
      readings,
      terms,
      missing: [],
      faults: doubt === undefined ? vacuous : [doubt, ...vacuous],
      repair: undefined,
      maxRelativeError,
    };
  }
  const faulty: Found =
    structures !== undefined
      ? structureFaults(trial, best, structures, found)
      : closedFormFaults(trial, found);
  return { ...common, verdict: 'wrong', readings, maxRelativeError, ...faulty };
}

/** Symbols for adjoints: a line that says what they are can be wrong. */
const ADJOINT = /^(?:δ|delta)(?:_|$)/;

/**
 * A line that says what a new symbol stands for, or undefined if it is none. What equals a variable of the model is
 * right; of anything else later lines can be judged.
 */
export function define(
  statement: Statement,
  text: string,
  subject: Subject,
  points: Points,
  settled: Settled,
  report: Judged,
): Judged | undefined {
  const { members } = prepared(statement, subject);
  const [left, ...rest] = members;
  if (rest.length === 0 || !['=', ':=', '≜', '←', '≡'].includes(statement.relations[0])) return undefined;
  const name = left.kind === 'differential' ? undoDifferential(left) : left;
  const scripted = name === undefined ? undefined : scriptedName(name);
  if (name === undefined || scripted === undefined) return undefined;
  const whole = trialOf(statement, members, text, subject, points);
  const known = someValues(whole);
  const symbol = symbolOf(name, known);
  const isVariable = (x: Expr) =>
    referenceOf(x, known, subject.indexCount) !== undefined ||
    elementsOf(x, known, subject.indexCount).length > 0;
  if (symbol === undefined || isVariable(name) || (left.kind === 'differential' && isVariable(left.of)))
    return undefined;
  if (name.kind === 'name' && known.has(name.base)) return undefined;
  const key = symbolKey(symbol);
  const before = settled.meanings.get(key);
  if (before !== undefined && before.kind !== 'definition') return undefined;
  const isSaid = before !== undefined || rest.some((member) => member.kind === 'derivative');
  if (ADJOINT.test(scripted.base) && !isSaid) return undefined;
  // it has a value already, and another one
  if (before !== undefined && report.maxRelativeError !== undefined) return undefined;
  // a recursion needs a line to begin with
  if (before === undefined && rest.some((member) => usesSymbol(member, key, known))) return undefined;
  // the right side must have a value, and its members must agree
  const right = { ...statement, members: rest, relations: statement.relations.slice(1) };
  const trial = trialOf(right, rest, text, subject, points, whole.statement.letters);
  const { best } = search(trial, settled.meanings, false);
  if (best === undefined || best.outcome.kind !== 'holds') return undefined;
  const cases = [
    ...(before?.kind === 'definition' ? before.cases : []),
    { indices: symbol.at, expr: rest[0], text },
  ];
  const meanings = new Map(best.reading.meanings).set(key, { kind: 'definition', cases, words: '' });
  const alias = symbol.indices.length === 0 ? aliasOf(trial, best, rest[0]) : undefined;
  const shown = text.slice(left.span.start, left.span.end);
  const { unknown: _, ...judged } = report;
  return {
    ...judged,
    verdict: 'right',
    message: alias === undefined ? `defines ${shown}` : `${shown} is ${alias}`,
    reading: alias === undefined ? '' : `${shown} = ${alias}`,
    readings: [],
    terms: closedFormTerms(trial, best, 'right'),
    missing: [],
    faults: [],
    repair: undefined,
    maxRelativeError: best.outcome.error,
    meanings,
    ...(alias === undefined ? { defines: scripted.base } : {}),
  };
}

/** The variable of the model that an expression always equals. */
function aliasOf(trial: Trial, { reading }: Attempt, x: Expr): string | undefined {
  const { subject } = trial;
  const isAlways = (id: NodeId) =>
    trial.points.every((point) => {
      const evaluator = new Evaluator(trial.context(), point, reading);
      const own = point.valueOf(id);
      const value = evaluator.m.plain(evaluator.value(x, subject.integers));
      return sameShape(value.shape, own.shape) && distance(value.v.data, own.data) < TOLERANCE.pass;
    });
  for (const { members } of subject.families.values()) {
    for (const { id } of members)
      if (subject.graph.node(id).shape.length > 0 && isAlways(id)) return subject.nameOf(id);
  }
  return undefined;
}

function usesSymbol(x: Expr, key: string, known: Integers): boolean {
  return [...parts(x)].some((part) => {
    const name = part.kind === 'differential' ? (undoDifferential(part) ?? part) : part;
    const symbol = symbolOf(name, known);
    return symbol !== undefined && symbolKey(symbol) === key;
  });
}

/** Most parts of a statement: more than any page holds. */
const MAX_PARTS = 20_000;

function requireBounded({ members, span }: Statement, text: string): void {
  let count = 0;
  for (const member of members) {
    for (const _ of parts(member)) {
      if (++count > MAX_PARTS)
        throw new Unsupported(`more than ${MAX_PARTS} symbols; take it in parts`, text, span);
    }
  }
}

const nothing = { terms: [], missing: [], faults: [], repair: undefined } as const;

export interface StructureAt {
  readonly at: Integers;
  readonly structure: Structure;
  readonly member: Expr;
}

function trialOf(
  statement: Statement,
  members: readonly Expr[],
  text: string,
  subject: Subject,
  points: Points,
  given?: ReadonlySet<string>,
): Trial {
  const all = members.flatMap((member) => [...parts(member)]);
  const marks = new Set(all.flatMap((x) => (x.kind === 'derivative' ? [x.mark] : [])));
  const letters = given ?? freeIndices(members, subject, subject.integers);
  const families = heldApart(members, subject, subject.integers, letters);
  const [first] = members;
  const left = first.kind === 'derivative' ? first : undefined;
  const isLiteral = all.some(({ kind }) => kind === 'matrix');
  return new Trial(
    subject,
    {
      text,
      members,
      relations: statement.relations,
      conditions: statement.conditions,
      letters,
      left,
      isMixed: marks.has('d') && marks.has('partial'),
      isLatexD:
        marks.has('d') &&
        !marks.has('partial') &&
        text.slice(statement.span.start, statement.span.end).includes('\\frac'),
      kept: subject.variables(families),
      looksAhead: letters.size > 0 || isBeyond(first, subject),
    },
    isLiteral ? points.given : points.drawn,
    points.more,
  );
}

/** δ_{T+1} = 0: a line about what lies behind the last step. */
function isBeyond(x: Expr, subject: Subject): boolean {
  const scripts = scriptedName(x.kind === 'differential' ? x.of : x)?.scripts ?? [];
  const last = subject.integers.get('T') ?? Number.POSITIVE_INFINITY;
  return scripts.some(({ at }) => (integerOf(at, subject.integers) ?? 0) > last);
}

/** An expansion by the chain rule: a derivative on the left, derivatives alone on the right. */
function isLevelOne(members: readonly Expr[], subject: Subject, trial: Trial): boolean {
  const [left, ...rest] = members;
  if (rest.length === 0) return false;
  if (left.kind === 'derivative') {
    const isZero = (x: Expr) => x.kind === 'number' && Number(x.text) === 0;
    const hasDerivative = (x: Expr) => [...parts(x)].some(({ kind }) => kind === 'derivative');
    return rest.every((member) => isChain(member) && (hasDerivative(member) || isZero(member)));
  }
  const isLossSum = (x: Expr): boolean => {
    if (x.kind === 'sum' || x.kind === 'big' || x.kind === 'bracket') {
      return (x.kind === 'big' ? [x.body] : children(x)).every(isLossSum);
    }
    return x.kind === 'name' || x.kind === 'sub' ? isLoss(x, subject, trial) : false;
  };
  return members.every(isLossSum);
}

function isLoss(x: Expr, subject: Subject, trial: Trial): boolean {
  const [known] = trial.assignments;
  try {
    const at = new Map(known ?? subject.integers);
    for (const name of ['i', 't', 'k']) if (!at.has(name)) at.set(name, 1);
    const { id } = placeOf(new Evaluator(trial.context(), trial.points[0], usual), x, at);
    return id !== undefined && subject.losses.has(id);
  } catch {
    return false;
  }
}

/** A symbol that its own definition uses: δ_t = … δ_{t+1} …. */
function isRecursive([left, ...rest]: readonly Expr[]): boolean {
  const base = (x: Expr): string | undefined => {
    let inner = x;
    while (inner.kind === 'sub' || inner.kind === 'sup' || inner.kind === 'index') inner = inner.of;
    return inner.kind === 'name' ? inner.base + inner.accents.join('') : undefined;
  };
  const name = base(left);
  return (
    name !== undefined &&
    left.kind !== 'name' &&
    rest.some((member) => [...parts(member)].some((x) => x.kind !== 'name' && base(x) === name))
  );
}

function targetText({ members }: Statement, text: string): string | undefined {
  const [left] = members;
  return left === undefined ? undefined : text.slice(left.span.start, left.span.end);
}

/** Why it cannot be judged, if the fault is not the formula's. */
function undecidable(outcome: Outcome): string | undefined {
  if (outcome.kind === 'undecided') return outcome.reason;
  if (outcome.kind !== 'refused') return undefined;
  const { problem } = outcome;
  if (problem instanceof Unsupported || problem instanceof Unbounded) return problem.message;
  return undefined;
}

function unknownSymbol(
  problem: UnknownSymbol | undefined,
  trial: Trial,
  settled: Settled,
): Omit<StatementReport, 'text' | 'span' | 'level' | 'target' | 'reading'> {
  if (problem === undefined) {
    return {
      ...nothing,
      verdict: 'unverifiable',
      message: 'too many symbols are unknown',
      readings: [],
      maxRelativeError: undefined,
    };
  }
  return { readings: [], maxRelativeError: undefined, ...garbledFaults(trial, problem, settled) };
}

/** The structure of each member on the right, for all values of the free indices. */
export function structuresOf(
  trial: Trial,
  { reading }: Attempt,
  members = trial.statement.members,
): readonly StructureAt[] | undefined {
  const { left, kept } = trial.statement;
  if (left?.kind !== 'derivative') return undefined;
  const found: StructureAt[] = [];
  for (const at of trial.assignments) {
    const evaluator = new Evaluator(trial.context(), trial.points[0], reading);
    try {
      const of = placeOf(evaluator, left.of, at);
      const by = placeOf(evaluator, left.by, at);
      if (of.id === undefined || by.id === undefined) continue;
      if (of.element !== undefined || by.element !== undefined) return undefined;
      const target = {
        of: of.id,
        by: by.id,
        isTotal: isTotal(evaluator, left, of),
        isStrict: isStrict(evaluator, left),
      };
      for (const member of members.slice(1)) {
        const monomials = expand(member, at, evaluator);
        if (
          monomials.some(({ factors }) =>
            factors.some((f) => f.of.element !== undefined || f.by.element !== undefined),
          )
        )
          return undefined;
        if (trial.statement.letters.size > 0 && monomials.some(({ problem }) => problem !== undefined))
          continue;
        if (trial.statement.letters.size > 1 && isImpossible(target)) continue;
        const structure = compareStructure(kept, target, monomials, reading.layout, trial.points[0]);
        if (structure === undefined) return undefined;
        found.push({ at, structure, member });
      }
    } catch (error) {
      if (error instanceof OutOfRange && trial.statement.letters.size > 0) continue;
      if (error instanceof NotationError) return undefined;
      throw error;
    }
  }
  return found.length === 0 ? undefined : found;

  function isImpossible({ of, by }: { of: NodeId; by: NodeId }): boolean {
    return of !== by && kept.into(of).length === 0
      ? true
      : trial.points[0].total(of, by).data.every((v) => v === 0);
  }
}

/** The aspects that a reading text names: those that matter and that have a verdict of their own. */
function aboutOf(aspects: ReadonlySet<Aspect>, best: Attempt | undefined): ReadonlySet<Aspect> {
  const told = new Set<Aspect>();
  for (const aspect of aspects) {
    if (aspect === 'factors' || aspect === 'plus' || aspect === 'left' || aspect === 'layout')
      told.add(aspect);
    else if (best !== undefined && best.reading[aspect] !== usual[aspect]) told.add(aspect);
  }
  return told;
}

/** The verdict under each reading in use that differs in one aspect from the one that was taken. */
function readingsOf(trial: Trial, { best, aspects }: Searched): readonly ReadingVerdict[] {
  const found: ReadingVerdict[] = [];
  const about = aboutOf(aspects, best);
  const verdictOf = (reading: Attempt['reading'], outcome: Outcome): 'right' | 'wrong' => {
    if (outcome.kind !== 'holds') return 'wrong';
    const structures = structuresOf(trial, { ...best, reading, outcome });
    return structures?.some(({ structure }) => !structure.isRight) ? 'wrong' : 'right';
  };
  const others: Partial<Record<Aspect, readonly string[]>> = {
    factors: ['immediate', 'total'],
    plus: ['immediate', 'total'],
    left: ['total', 'immediate'],
    layout: ['numerator', 'denominator'],
  };
  for (const aspect of about) {
    for (const value of others[aspect] ?? []) {
      const reading = { ...best.reading, [aspect]: value };
      const outcome = best.reading[aspect] === value ? best.outcome : trial.judge(reading);
      if (outcome.kind === 'undecided') continue;
      found.push({
        reading: readingText({ ...usual, [aspect]: value }, new Set([aspect])),
        verdict: verdictOf(reading, outcome),
      });
    }
  }
  return found;
}

/**
 * ∂L/∂b = ∂L/∂z, Σ_i ∂L/∂s_i: gradients by other variables stand for the one on the left. They are no paths to it, and
 * numbers decide.
 */
function hasOtherGradients(structures: readonly StructureAt[]): boolean {
  const kinds = structures.flatMap(({ structure }) => structure.findings.map(({ kind }) => kind));
  return kinds.includes('foreign') && kinds.every((kind) => kind === 'foreign' || kind === 'right');
}

interface Doubt {
  readonly kind: 'ambiguous';
  readonly term: string;
  readonly span?: Span;
  readonly detail: string;
}

/** Why a formula that holds is not simply right. */
function doubtOf(found: Searched, best: Attempt, guessed: readonly Expr[], text: string): Doubt | undefined {
  const [dots] = guessed;
  if (dots !== undefined) {
    const term = text.slice(dots.span.start, dots.span.end);
    return {
      kind: 'ambiguous',
      term,
      span: dots.span,
      detail: 'right if the dots stand for nothing: there is no factor left between their neighbours',
    };
  }
  if (best.isCustomary) return undefined;
  const changed = [...found.aspects].filter((aspect) => best.reading[aspect] !== usual[aspect]);
  const under = readingText(best.reading, new Set(changed));
  return {
    kind: 'ambiguous',
    term: termOf(changed, text),
    detail: `right with ${under}, wrong as it is usually read`,
  };
}

function termOf(changed: readonly Aspect[], text: string): string {
  if (changed.includes('plus')) return text.includes('\\partial') ? '\\partial^+' : '∂⁺';
  if (changed.includes('layout')) return 'layout';
  return changed.join(', ');
}

function rightMessage(structures: readonly StructureAt[] | undefined): string {
  if (structures === undefined) return 'both sides agree at every point';
  const last = structures[structures.length - 1];
  const count = new Set(
    last.structure.findings.flatMap(({ routes }) => routes.map((route) => route.join('>'))),
  ).size;
  return count === 1 ? 'the one path is there' : `all ${count} paths are there, each once`;
}
