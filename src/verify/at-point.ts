/** Whether a statement holds at one point: its members side by side, for all values of its free indices. */

import { type Integers, rangeFrom } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import { hasOnes } from '../model/equations/product.ts';
import type { Value } from '../model/equations/value.ts';
import { NotationError } from '../notation/problem.ts';
import type { Expr, Relation } from '../notation/tree.ts';
import type { Tensor } from '../run/eager.ts';
import { compare, distance, TOLERANCE } from './compare.ts';
import type { Conditions } from './conditions.ts';
import { gradientPlace } from './evaluate/differential.ts';
import type { Context } from './evaluate/evaluation.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { freeIndices } from './free-indices.ts';
import type { Instance } from './instance.ts';
import { asNotation, type Outcome } from './outcome.ts';
import type { Posed } from './posed.ts';
import type { Reading } from './reading.ts';
import { CHANGES } from './reassigned.ts';
import type { Subject } from './subject.ts';
import { OutOfRange, OutsideElement } from './symbols.ts';

const EQUALITIES: ReadonlySet<Relation> = new Set<Relation>(['=', ':=', '==', '≡', '≜', '←']);

const NOT_COMPARED = 'a value is no finite number, or all of them vanish';

/** What the right side needs is not there, where the left side has a value. */
class Lost extends OutOfRange {}

/** What is the same at all points. */
export interface Asked {
  readonly subject: Subject;
  readonly statement: Posed;
  /** The values of the free indices. */
  readonly assignments: readonly Integers[];
  /** Those that are not meant. */
  readonly later: ReadonlySet<Integers>;
  readonly conditions: Conditions;
  context(): Context;
}

export class AtPoint {
  readonly point: Instance;
  readonly reading: Reading;
  readonly members: readonly Expr[];
  readonly #asked: Asked;
  readonly #statement: Posed;

  constructor(asked: Asked, point: Instance, reading: Reading, members: readonly Expr[]) {
    this.#asked = asked;
    this.#statement = asked.statement;
    this.point = point;
    this.reading = reading;
    this.members = members;
  }

  /** Undefined if its conditions hold for no values of the free indices. */
  outcome(): Outcome | undefined {
    const { relations, text } = this.#statement;
    const { members, reading } = this;
    const bad = relations.find((relation) => !EQUALITIES.has(relation) && relation !== '+=');
    if (bad !== undefined && CHANGES.has(bad))
      return { kind: 'undecided', reason: `what ${bad} changes, or what it was before, is not known` };
    if (bad !== undefined) return { kind: 'undecided', reason: `${bad} is no equality` };
    if (relations.includes('+=')) return this.#accumulated();
    let error = 0;
    let checked = 0;
    let inside = 0; // steps at which nothing lies behind the last one
    let [ends, starts] = [0, 0]; // steps at the border that fail
    let skipped: NotationError | undefined;
    const lost = new Map<Integers, NotationError>(); // the left side has a value, the right side has none
    const alive: Integers[] = []; // where the left side is not 0
    let last: Outcome | undefined;
    let unmet = 0;
    assignments: for (const at of this.#asked.assignments) {
      if (this.#asked.later.has(at)) continue;
      if (!this.#asked.conditions.holdAt(this.point, at, this.reading)) {
        unmet++;
        continue;
      }
      const found = this.#values(at);
      if (found instanceof NotationError) {
        const isOutside = found instanceof OutOfRange && this.#statement.letters.size > 0;
        if (!isOutside) return { kind: 'refused', problem: found };
        skipped = found;
        // only of a state before the first step may nothing be said
        if (found instanceof Lost && !this.#isInitial(at)) lost.set(at, found);
        continue;
      }
      const { m, values, isBeyond } = found;
      for (let i = 0; i + 1 < values.length; i++) {
        let result: ReturnType<typeof compare>;
        try {
          result = compare(m, values[i], values[i + 1], reading.shape === 'transposed' && i === 0);
        } catch (caught) {
          return { kind: 'refused', problem: asNotation(caught, text, members[i + 1]) };
        }
        if (Number.isNaN(result.error)) return { kind: 'undecided', reason: NOT_COMPARED };
        if (result.error > TOLERANCE.pass) {
          const misfit = result.misfit === undefined ? {} : { misfit: result.misfit };
          const failed = { kind: 'fails', error: result.error, member: i + 1, at, ...misfit } as const;
          // δ_t = W^T δ_{t+1} … is 0 at the last step
          const isLast = isBeyond && values[i + 1].v.data.every((v: number) => v === 0);
          const isInitial = !isBeyond && this.#isInitial(at);
          if (!(isLast || isInitial) || this.#isRanged) return failed;
          last ??= failed;
          if (isLast) ends++;
          else starts++;
          continue assignments;
        }
        error = Math.max(error, result.error);
      }
      checked++;
      if (!isBeyond) inside++;
      if (values[0].v.data.some((v: number) => v !== 0)) alive.push(at);
    }
    // a step at the border is left to a line of its own where others show what is meant, of two layers the one
    const isShown = inside > 1 || (inside === 1 && ends === 1 && starts === 0 && alive.length > 0);
    if (last !== undefined && !isShown) return last;
    const isStart = (at: Integers) => this.#isInitial(at);
    const short =
      lost.size === 0
        ? undefined
        : this.#shortOf(
            lost,
            alive.filter((at) => !isStart(at)),
          );
    if (short !== undefined) return short;
    if (checked > 0) return { kind: 'holds', error };
    if (last !== undefined) return last;
    if (unmet > 0) return undefined;
    if (skipped !== undefined) return { kind: 'refused', problem: skipped };
    return { kind: 'undecided', reason: 'there are no values of its indices for which everything exists' };
  }

  /** Where the right side is missing: left to other lines at the ends of a range, if those between show what is meant. */
  #shortOf(lost: ReadonlyMap<Integers, NotationError>, alive: readonly Integers[]): Outcome | undefined {
    const [problem] = lost.values();
    const { letters } = this.#statement;
    const isAtEnd = (at: Integers) =>
      [...letters].some((letter) => {
        const values = alive.map((known) => known.get(letter)!);
        const value = at.get(letter)!;
        return values.every((v) => v < value) || values.every((v) => v > value);
      });
    if (alive.length === 0 || ![...lost.keys()].every(isAtEnd)) return { kind: 'refused', problem };
    if (alive.length > 1) return undefined;
    if (lost.size > alive.length) return { kind: 'refused', problem };
    return {
      kind: 'undecided',
      reason: `${problem.message}, and one step alone does not show what is meant`,
    };
  }

  /** A range says for which steps it is meant. Else a recursion may leave its last step to a line of its own. */
  get #isRanged(): boolean {
    const { conditions, letters } = this.#statement;
    return conditions.some((condition) =>
      letters.has(rangeFrom(condition, this.#asked.subject.integers)?.index ?? ''),
    );
  }

  /** Whether the left side is about a state before the first step, which nothing of the network computes. */
  #isInitial(at: Integers): boolean {
    const [left] = this.members;
    if (this.#statement.letters.size === 0) return false;
    const evaluator = new Evaluator(this.#asked.context(), this.point, this.reading);
    const reference = referenceOf(left, at, this.#asked.subject.indexCount);
    const own = reference && this.#asked.subject.find(reference);
    if (own !== undefined) return this.#asked.subject.isInitial(own);
    try {
      const ids =
        left.kind === 'derivative'
          ? [placeOf(evaluator, left.of, at).id, placeOf(evaluator, left.by, at).id]
          : [gradientPlace(evaluator, left, at)?.by];
      return ids.some((id) => id !== undefined && this.#asked.subject.isInitial(id));
    } catch {
      return false;
    }
  }

  /** 1 bᵀ by itself has no size; a sum over an axis is one row. */
  #requireSize({ standing }: Value<Tensor>, member: Expr): void {
    if (standing !== 'spread' || !hasOnes(member)) return;
    throw new NotationError('a vector repeated by ones: how often?', this.#statement.text, member.span);
  }

  /** The members' values; a made-up value beyond the last step must not matter. */
  #values(
    at: Integers,
  ):
    | { readonly m: Evaluator['m']; readonly values: readonly Value<Tensor>[]; readonly isBeyond: boolean }
    | NotationError {
    const evaluator = new Evaluator(this.#asked.context(), this.point, this.reading);
    let hasLeft = false;
    try {
      const { members } = this;
      const [left, ...rest] = members;
      const first = evaluator.value(left, at);
      const isNowhere = evaluator.beyond && this.#statement.letters.size > 0;
      if (isNowhere)
        throw new OutOfRange('the left side is behind the last step', this.#statement.text, left.span);
      hasLeft = true;
      const values = [first, ...rest.map((member) => evaluator.value(member, at))];
      for (const [i, value] of values.entries()) this.#requireSize(value, members[i]);
      if (evaluator.touched) {
        const other = new Evaluator(this.#asked.context(), this.point, this.reading, 2);
        const again = members.map((member) => other.value(member, at));
        const isSame = values.every((value, i) => distance(value.v.data, again[i].v.data) === 0);
        if (!isSame) throw new Lost('a variable behind the last step', this.#statement.text, members[0].span);
      }
      return { m: evaluator.m, values, isBeyond: evaluator.beyond };
    } catch (error) {
      // what the left side has an element for, the right side must have
      if (hasLeft && error instanceof OutsideElement)
        return new NotationError(error.message, this.#statement.text, error.span);
      if (hasLeft && error instanceof OutOfRange)
        return new Lost(error.message, this.#statement.text, error.span);
      return asNotation(error, this.#statement.text, this.members[0]);
    }
  }

  /** Whether the index is a step that a loop over time runs through. */
  #isStep(at: Integers): boolean {
    const { letters } = this.#statement;
    const { steps } = this.#asked.subject;
    return steps.size === 0 || letters.size !== 1 || steps.has(at.get([...letters][0])!);
  }

  /** `dW += …`: the left side is the sum over all steps. */
  #accumulated(): Outcome {
    const { text, relations } = this.#statement;
    const [left] = this.members;
    if (relations.length !== 1) return { kind: 'undecided', reason: '+= stands in a chain of equations' };
    if (freeIndices([left], this.#asked.subject, this.#asked.subject.integers).size > 0) {
      return {
        kind: 'undecided',
        reason: '+= adds to what other lines gave it: a part, which alone cannot be judged',
      };
    }
    let total: Value<Tensor> | undefined;
    let evaluator: Evaluator | undefined;
    let isPartial = false; // at some step nothing is added
    for (const at of this.#asked.assignments) {
      if (!this.#isStep(at)) continue;
      if (!this.#asked.conditions.holdAt(this.point, at, this.reading)) {
        isPartial = true;
        continue;
      }
      const found = this.#values(at);
      if (found instanceof NotationError) {
        if (found instanceof OutOfRange) continue;
        return { kind: 'refused', problem: found };
      }
      evaluator ??= new Evaluator(this.#asked.context(), this.point, this.reading);
      total = total === undefined ? found.values[1] : found.m.sum(total, found.values[1], 1);
    }
    if (this.#asked.conditions.ignored !== undefined)
      return { kind: 'undecided', reason: 'when it is added depends on a condition that is not understood' };
    if (total === undefined && isPartial) return { kind: 'fails', error: 1, member: 1, at: new Map() };
    if (total === undefined || evaluator === undefined)
      return { kind: 'undecided', reason: 'there is no step to sum over' };
    try {
      const result = compare(evaluator.m, evaluator.value(left, this.#asked.assignments[0]), total);
      if (Number.isNaN(result.error)) return { kind: 'undecided', reason: NOT_COMPARED };
      if (result.error <= TOLERANCE.pass) return { kind: 'holds', error: result.error };
      const misfit = result.misfit === undefined ? {} : { misfit: result.misfit };
      return { kind: 'fails', error: result.error, member: 1, at: new Map(), ...misfit };
    } catch (error) {
      return { kind: 'refused', problem: asNotation(error, text, left) };
    }
  }
}
