/** Lines of a derivation that say what a new symbol stands for. */

import type { NodeId } from '../graph/graph.ts';
import { sameShape } from '../graph/shape.ts';
import { elementsOf } from '../model/equations/elements.ts';
import type { Integers } from '../model/equations/integers.ts';
import { referenceOf, scriptedName } from '../model/equations/names.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { distance, TOLERANCE } from './compare.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { lettersBound } from './free-indices.ts';
import { type Judged, judge } from './judge.ts';
import { isWeightGradient } from './meanings.ts';
import type { Points } from './points.ts';
import { pose } from './pose.ts';
import { prepared } from './prepare.ts';
import type { Meanings } from './reading.ts';
import { someValues } from './repair/repair.ts';
import { alike, parts } from './rewrite.ts';
import { type Attempt, search } from './search.ts';
import type { Subject } from './subject.ts';
import { symbolKey, symbolOf } from './symbols.ts';
import { closedFormTerms } from './terms.ts';
import type { Trial } from './trial.ts';
import { slice } from './wording.ts';

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
  settled: Meanings,
  report: Judged,
): Judged | undefined {
  const { members } = prepared(statement, subject);
  const [left, ...rest] = members;
  if (left.kind === 'differential' && report.verdict === 'ambiguous')
    return ofGate(statement, text, subject, points, settled, report);
  if (rest.length === 0 || !['=', ':=', '≜', '←', '≡'].includes(statement.relations[0])) return undefined;
  const name = left.kind === 'differential' ? undoDifferential(left) : left;
  const scripted = name === undefined ? undefined : scriptedName(name);
  if (name === undefined || scripted === undefined) return undefined;
  const whole = pose(statement, members, text, subject, points);
  if (whole.unread !== undefined) return undefined;
  const { conditions } = statement;
  const known = someValues(whole);
  const symbol = symbolOf(name, known);
  const isVariable = (x: Expr) =>
    referenceOf(x, known, subject.indexCount) !== undefined ||
    elementsOf(x, known, subject.indexCount).length > 0;
  if (symbol === undefined || isVariable(name) || (left.kind === 'differential' && isVariable(left.of)))
    return undefined;
  if (name.kind === 'name' && known.has(name.base)) return undefined;
  if (isWeightGradient(symbol.name, subject)) return undefined; // it has a meaning
  const key = symbolKey(symbol);
  const before = settled.get(key);
  if (before !== undefined && before.kind !== 'definition') return undefined;
  const isSaid = before !== undefined || rest.some((member) => member.kind === 'derivative');
  const areBarred = isBarred(name) && rest.some((member) => [...parts(member)].some(isBarred));
  if ((ADJOINT.test(scripted.base) || areBarred) && !isSaid) return undefined;
  const isTaken = before?.cases.some(({ indices }) => symbol.at.every((x, k) => alike(x, indices[k])));
  if (isTaken === true && symbol.indices.length > 0 && statement.conditions.length === 0) return undefined;
  // it has a value already, and another one
  if (before !== undefined && report.maxRelativeError !== undefined) return undefined;
  // what stands behind a derivative that says what the symbol is is a claim
  const said = rest.find((member) => member.kind === 'derivative');
  if (said !== undefined && rest.length > 1) {
    const own = { indices: symbol.at, expr: said, bound: lettersBound([said]), conditions, text };
    const cases = [...(before?.cases ?? []), own];
    const stated = new Map(settled).set(key, { kind: 'definition', cases, words: '' });
    return { ...judge(statement, text, subject, points, stated), says: true };
  }
  // a recursion needs a line to begin with
  if (before === undefined && rest.some((member) => usesSymbol(member, key, known))) return undefined;
  // the right side must have a value, and its members must agree
  const right = { ...statement, members: rest, relations: statement.relations.slice(1) };
  const trial = pose(right, rest, text, subject, points, whole.statement.letters);
  const { best } = search(trial, settled, false);
  if (best === undefined || best.outcome.kind !== 'holds') return undefined;
  const definition = {
    indices: symbol.at,
    expr: rest[0],
    bound: lettersBound([rest[0]]),
    conditions,
    text,
  };
  const cases = [...(before?.cases ?? []), definition];
  const meanings = new Map(best.reading.meanings).set(key, { kind: 'definition', cases, words: '' });
  const alias = symbol.indices.length === 0 ? aliasOf(trial, best, rest[0]) : undefined;
  const shown = slice(text, left.span);
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
    ...(alias === undefined ? { defines: scripted.base, definition } : {}),
  };
}

/** `δo_t = ∂L/∂zo_t`: the line says that δo is by the argument of the gate's activation. */
function ofGate(
  statement: Statement,
  text: string,
  subject: Subject,
  points: Points,
  settled: Meanings,
  { meanings, target }: Judged,
): Judged | undefined {
  const [left, ...rest] = statement.members;
  if (left.kind !== 'differential' || rest[0].kind !== 'derivative') return undefined;
  const added = [...meanings].filter(([key, { kind }]) => !settled.has(key) && kind === 'gradient');
  if (added.length !== 1) return undefined;
  const judged = judge(statement, text, subject, points, new Map([...settled, ...added]));
  return judged.verdict === 'right' ? { ...judged, message: `defines ${target}` } : undefined;
}

/** A letter with a bar: of several in a line each is the adjoint of its letter. */
const isBarred = (x: Expr): boolean => scriptedName(x)?.base.endsWith('bar') === true;

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
