/** The verdict on one statement: which reading, which terms, what is missing, and what one change would mend. */

import { UnknownFunction } from '../model/equations/called.ts';
import { UnknownCondition } from '../model/equations/conditions.ts';
import { Unbounded } from '../model/equations/interpret.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { aboutOf, doubtOf, readingsOf } from './ambiguity.ts';
import { hasOtherGradients, isExpansion, type StructureAt, structuresOf } from './chain-expansion.ts';
import { closedFormFaults } from './faults/closed-form-faults.ts';
import { expansionFaults } from './faults/expansion-faults.ts';
import { garbledFaults } from './faults/garbled-faults.ts';
import type { Outcome } from './outcome.ts';
import type { Points } from './points.ts';
import { isBehindLast, pose } from './pose.ts';
import { prepared } from './prepare.ts';
import { type DefinitionCase, type Meanings, readingText } from './reading.ts';
import type { Diagnosis, Fault, StatementReport } from './report.ts';
import { alike, parts } from './rewrite.ts';
import { type Attempt, search } from './search.ts';
import type { Subject } from './subject.ts';
import { type UnknownSymbol, Unsupported } from './symbols.ts';
import { closedFormTerms, structureTerms } from './terms.ts';
import type { Trial } from './trial.ts';
import { unshown } from './unshown.ts';
import { slice } from './wording.ts';

export interface Judged extends StatementReport {
  /** The meanings of symbols under which it was judged. */
  readonly meanings: Meanings;
  /** The symbol that it defines, if it does nothing else. */
  readonly defines?: string;
  /** What it says of that symbol. */
  readonly definition?: DefinitionCase;
  /** A derivative in it says what its symbol is: it does so even if what stands behind is wrong. */
  readonly says?: true;
  /** The symbol for which there is no meaning. */
  readonly unknown?: string;
}

export function judge(
  statement: Statement,
  text: string,
  subject: Subject,
  points: Points,
  settled: Meanings,
): Judged {
  requireEquation(statement, text);
  const { members, guessed, said } = prepared(statement, subject);
  const trial = pose(statement, members, text, subject, points);
  const level: 1 | 2 = isExpansion(trial) ? 1 : 2;
  const found = search(trial, settled, isRecursive(members));
  const { best } = found;
  const read = best === undefined ? '' : readingText(best.reading, aboutOf(found.aspects, best));
  const common = {
    text: slice(text, statement.span),
    span: statement.span,
    level,
    target: slice(text, statement.members[0].span),
    reading: [read, trial.statement.said, said].filter((words) => words !== '').join(', '),
    // δ_{T+1} = 0 holds of any adjoint
    meanings: isBehindLast(members[0], subject) ? settled : (best?.reading.meanings ?? settled),
  };
  if (best === undefined) {
    const unknown = found.unknown === undefined ? {} : { unknown: found.unknown.symbol };
    return { ...common, ...unknownSymbol(found.unknown, trial, settled), ...unknown };
  }
  const { outcome } = best;
  const error = outcome.kind === 'holds' || outcome.kind === 'fails' ? outcome.error : undefined;
  const maxRelativeError = error === undefined || !Number.isFinite(error) ? undefined : error;
  const undecided = undecidable(outcome);
  if (undecided !== undefined) {
    return {
      ...common,
      ...nothing,
      verdict: 'unverifiable',
      message: undecided,
      readings: [],
      maxRelativeError,
    };
  }
  const readings = readingsOf(trial, found);
  if (trial.unread !== undefined) {
    const message = `${slice(text, trial.unread.span)} is not understood: what it says of the formula is open`;
    return { ...common, ...nothing, verdict: 'unverifiable', message, readings, maxRelativeError };
  }
  const expanded = level === 1 ? structuresOf(trial, best) : undefined;
  const isSubstituted =
    expanded !== undefined && hasOtherGradients(expanded, outcome.kind === 'holds' ? 'some' : 'all');
  const structures = isSubstituted ? undefined : expanded;
  const isComplete = structures === undefined || structures.every(({ structure }) => structure.isRight);
  const isHeld = outcome.kind === 'holds' && isComplete;
  const doubtful = isHeld ? unshown(trial, best.reading, structures !== undefined) : undefined;
  if (doubtful !== undefined) {
    const { message, isWrong } = doubtful;
    const [, right] = members;
    const fault: Fault = { kind: 'wrong', term: slice(text, right.span), span: right.span, detail: message };
    const verdict = isWrong ? 'wrong' : 'unverifiable';
    return {
      ...common,
      ...nothing,
      faults: isWrong ? [fault] : [],
      verdict,
      message,
      readings,
      maxRelativeError,
    };
  }
  if (isHeld) {
    const doubt = doubtOf(trial, found, best, guessed);
    return { ...common, readings, maxRelativeError, ...accepted(trial, best, structures, doubt) };
  }
  if (trial.ignored !== undefined) {
    const message = `it does not hold in general, and the condition ${slice(text, trial.ignored.span)} is not understood or never met`;
    return { ...common, ...nothing, verdict: 'unverifiable', message, readings, maxRelativeError };
  }
  const diagnosis =
    structures !== undefined
      ? expansionFaults(trial, best, structures, found)
      : closedFormFaults(trial, found);
  return { ...common, verdict: 'wrong', readings, maxRelativeError, ...diagnosis };
}

/** Of a statement that holds: right, or ambiguous if there is a doubt. */
function accepted(
  trial: Trial,
  attempt: Attempt,
  structures: readonly StructureAt[] | undefined,
  doubt: Fault | undefined,
): Diagnosis & Pick<StatementReport, 'verdict'> {
  const terms =
    structures !== undefined
      ? structureTerms(trial, structures, true)
      : closedFormTerms(trial, attempt, 'right');
  const vacuous = terms
    .filter(({ verdict }) => verdict === 'vacuous')
    .map(({ text, span, message }): Fault => ({ kind: 'vacuous', term: text, span, detail: message }));
  const { members, text: whole } = trial.statement;
  const same = members.slice(1).find((member) => alike(member, members[0]));
  if (same !== undefined)
    vacuous.push({ kind: 'vacuous', term: slice(whole, same.span), span: same.span, detail: SAME });
  return {
    verdict: doubt === undefined ? 'right' : 'ambiguous',
    message: doubt?.detail ?? (same !== undefined && members.length === 2 ? SAME : rightMessage(structures)),
    terms,
    missing: [],
    faults: doubt === undefined ? vacuous : [doubt, ...vacuous],
    repair: undefined,
  };
}

const SAME = 'this says nothing: both sides are the same';

function requireEquation({ members, span }: Statement, text: string): void {
  if (members.length < 2) throw new Unsupported('expected an equation, such as dE/dW = …', text, span);
}

const nothing = { terms: [], missing: [], faults: [], repair: undefined } as const;

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

/** Why it cannot be judged, if the fault is not the formula's. */
function undecidable(outcome: Outcome): string | undefined {
  if (outcome.kind === 'undecided') return outcome.reason;
  if (outcome.kind !== 'refused') return undefined;
  const { problem } = outcome;
  const isOpen =
    problem instanceof Unsupported ||
    problem instanceof Unbounded ||
    problem instanceof UnknownCondition ||
    problem instanceof UnknownFunction;
  if (isOpen) return problem.message;
  return undefined;
}

function unknownSymbol(
  problem: UnknownSymbol | undefined,
  trial: Trial,
  settled: Meanings,
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

function rightMessage(structures: readonly StructureAt[] | undefined): string {
  if (structures === undefined) return 'both sides agree at every point';
  const last = structures[structures.length - 1];
  const count = new Set(
    last.structure.findings.flatMap(({ routes }) => routes.map((route) => route.join('>'))),
  ).size;
  return count === 1 ? 'the one path is there' : `all ${count} paths are there, each once`;
}
