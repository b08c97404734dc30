/** The readings of a statement that are in use, tried one after the other. */

import { TooLong } from '../model/equations/interpret.ts';
import { scriptedName } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import { type Aspect, aspectsOf, isCustomary, readOtherwise, usesArrays } from './aspects.ts';
import { splitElement } from './evaluate/symbol-element.ts';
import { marksOf } from './marked.ts';
import { type Candidate, candidatesFor } from './meanings.ts';
import type { Outcome } from './outcome.ts';
import { type Meanings, type Reading, usual } from './reading.ts';
import { someValues } from './repair/repair.ts';
import { parts } from './rewrite.ts';
import { OutOfRange, symbolKey, symbolOf, UnknownSymbol, Unsupported } from './symbols.ts';
import type { Trial } from './trial.ts';

export interface Attempt {
  readonly reading: Reading;
  readonly outcome: Outcome;
  /** Nobody would read it otherwise: under such a reading a formula that holds is right. */
  readonly isCustomary: boolean;
}

interface MeaningSet {
  readonly meanings: Meanings;
  readonly isCustomary: boolean;
}

/** Most combinations of meanings of unknown symbols that are tried. */
const MAX_SETS = 120;

export interface Searched {
  /** The attempt that decides: one that holds if there is any, else the likeliest. */
  readonly best: Attempt;
  /** Under the usual readings, for each set of meanings that gives it a value; the likeliest first. */
  readonly usual: readonly Attempt[];
  /** The aspects of reading that matter to this statement. */
  readonly aspects: ReadonlySet<Aspect>;
  /** A symbol for which there is no meaning at all. */
  readonly unknown: UnknownSymbol | undefined;
}

/** Tries the usual reading, then what may be taken otherwise, one aspect at a time and then two. */
export function search(trial: Trial, base: Meanings, isRecursive: boolean): Searched {
  const own = usesArrays(trial) ? ({ asterisk: 'elementwise' } as const) : {};
  const start = { ...usual, ...own, base: trial.subject.elementBase ?? usual.base, meanings: base };
  const { complete, unknown } = meaningSets(trial, start, isRecursive);
  const aspects = complete.length === 0 ? new Set<Aspect>() : aspectsOf(trial);
  const held = complete.find(({ outcome }) => outcome.kind === 'holds');
  const done = (best: Attempt): Searched => ({ best, usual: complete, aspects, unknown });
  if (held?.isCustomary) return done(held);
  const endless = complete.find(isTooLong);
  if (endless !== undefined) return done(endless);
  const kinds = [...aspects];
  const changes: Aspect[][] = [
    ...kinds.map((a) => [a]),
    ...kinds.flatMap((a, i) => kinds.slice(i + 1).map((b) => [a, b])),
  ];
  const isFree = (change: readonly Aspect[]) => change.every((aspect) => isCustomary(aspect, trial));
  changes.sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.length - b.length);
  let found: Attempt | undefined = held;
  for (const change of changes) {
    if (found !== undefined && !isFree(change)) break;
    for (const attempt of complete.slice(0, 12)) {
      const reading = readOtherwise(attempt.reading, change);
      if (trial.judge(reading, true).kind !== 'holds') continue;
      const outcome = trial.judge(reading);
      if (outcome.kind !== 'holds') continue;
      const made = { reading, outcome, isCustomary: attempt.isCustomary && isFree(change) };
      if (made.isCustomary) return done(made);
      found ??= made;
    }
  }
  if (found !== undefined) return done(found);
  const [first, ...rest] = complete;
  const others = readableAs(trial, first, changes.filter(isFree));
  const isRefused = first?.outcome.kind === 'refused' && !(first.outcome.problem instanceof Unsupported);
  if (others.length === 0 || first === undefined) return done(first);
  if (!isRefused) return { best: first, usual: [first, ...others, ...rest], aspects, unknown };
  return { best: others[0], usual: [...others, ...complete], aspects, unknown };
}

/** Whether it would take too long: also under any other reading. */
const isTooLong = ({ outcome }: Pick<Attempt, 'outcome'>): boolean =>
  outcome.kind === 'refused' && outcome.problem instanceof TooLong;

/** A formula that does not hold, under the other customary readings that give it a value. */
function readableAs(
  trial: Trial,
  attempt: Attempt | undefined,
  changes: readonly (readonly Aspect[])[],
): readonly Attempt[] {
  if (attempt === undefined) return [];
  const found: Attempt[] = [];
  for (const change of changes) {
    const reading = readOtherwise(attempt.reading, change);
    const outcome = trial.judge(reading, true);
    if (outcome.kind === 'fails' && outcome.misfit === undefined)
      found.push({ ...attempt, reading, outcome });
  }
  return found.slice(0, 2);
}

/** Whether a derivative of a formula is by a variable. */
function derivesBy(members: readonly Expr[], name: string): boolean {
  return members
    .flatMap((member) => [...parts(member)])
    .some((x) => x.kind === 'derivative' && scriptedName(x.by)?.base === name);
}

/** The δ_2 of δ_{2,j} and the δ_t of δ_{t,i}: element j of a layer's or a step's δ, where Kronecker's δ is wrong. */
function elementOfLayer(trial: Trial, meanings: Meanings): UnknownSymbol | undefined {
  const { statement, subject } = trial;
  const known = new Map([...[...statement.bound].map((name) => [name, 1] as const), ...someValues(trial)]);
  for (const x of statement.members.flatMap((member) => [...parts(member)])) {
    const { whole, place } = splitElement(x) ?? {};
    const symbol = whole && symbolOf(whole, known);
    if (symbol?.name !== 'δ' || symbol.indices.length !== 1 || meanings.has(symbolKey(symbol))) continue;
    const isOfStep = subject.steps.size > 0 || symbolOf(whole!, subject.integers)?.indices.length === 1;
    if (isOfStep && place?.kind === 'name' && !subject.integers.has(place.base))
      return new UnknownSymbol(whole!, statement.text, known);
  }
  return undefined;
}

/** Gives unknown symbols their candidates in turn, until the statement has a value. */
function meaningSets(
  trial: Trial,
  reading: Reading,
  isRecursive: boolean,
): { complete: Attempt[]; unknown: UnknownSymbol | undefined } {
  const complete: Attempt[] = [];
  let unknown: UnknownSymbol | undefined;
  const { members } = trial.statement;
  const marks = marksOf(members, trial.subject, someValues(trial), reading.meanings);
  const queue: MeaningSet[] = [{ meanings: marks?.usual ?? reading.meanings, isCustomary: true }];
  if (marks !== undefined) queue.push({ meanings: marks.byArgument, isCustomary: false });
  const ofLayer = elementOfLayer(trial, reading.meanings);
  for (let tried = 0; queue.length > 0 && tried < MAX_SETS; tried++) {
    const set = queue.shift()!;
    const attempt = { ...reading, meanings: set.meanings };
    const outcome = trial.judge(attempt, true);
    if (outcome.kind === 'refused' && outcome.problem instanceof UnknownSymbol) {
      const { problem } = outcome;
      const candidates: readonly Candidate[] = candidatesFor(problem, trial.subject, isRecursive);
      if (candidates.length === 0) unknown ??= problem;
      for (const { meaning, isCustomary, beside } of candidates) {
        const meanings = new Map(set.meanings).set(problem.key, meaning);
        const isMeant = isCustomary || (beside !== undefined && derivesBy(members, beside));
        queue.push({ meanings, isCustomary: set.isCustomary && isMeant });
      }
      continue;
    }
    if (outcome.kind !== 'holds') {
      complete.push({ reading: attempt, outcome, isCustomary: set.isCustomary });
      if (isTooLong({ outcome })) break;
      if (ofLayer !== undefined && tried === 0) {
        for (const { meaning, isCustomary } of candidatesFor(ofLayer, trial.subject, isRecursive))
          queue.push({ meanings: new Map(set.meanings).set(ofLayer.key, meaning), isCustomary });
      }
      continue;
    }
    const full = trial.judge(attempt);
    complete.push({ reading: attempt, outcome: full, isCustomary: set.isCustomary });
    if (full.kind === 'holds' && set.isCustomary) break;
  }
  const rank = ({ outcome }: Attempt): number =>
    outcome.kind === 'holds'
      ? 0
      : outcome.kind === 'fails'
        ? outcome.misfit === undefined
          ? 1
          : 3
        : outcome.kind === 'refused' &&
            (outcome.problem instanceof OutOfRange || outcome.problem instanceof Unsupported)
          ? 4
          : 2;
  const ordered = complete
    .map((attempt, i) => ({ attempt, i }))
    .sort((a, b) => rank(a.attempt) - rank(b.attempt) || a.i - b.i);
  return { complete: ordered.map(({ attempt }) => attempt), unknown };
}
