/** Whether a statement holds: its members side by side at random points, for all values of its free indices. */

import { GradpathError } from '../graph/error.ts';
import { type Integers, rangeFrom } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import { hasOnes } from '../model/equations/product.ts';
import { Misfit, type Value } from '../model/equations/value.ts';
import { NotationError } from '../notation/problem.ts';
import type { Expr, Relation } from '../notation/tree.ts';
import type { Tensor } from '../run/eager.ts';
import { assignmentsOf } from './assignments.ts';
import { compare, distance, TOLERANCE } from './compare.ts';
import { Conditions } from './conditions.ts';
import { gradientPlace } from './evaluate/differential.ts';
import type { Context } from './evaluate/evaluation.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { freeIndices } from './free-indices.ts';
import { heldApart } from './held-apart.ts';
import type { Instance } from './instance.ts';
import { type Beside, besideKinks, Watch } from './kinks.ts';
import { laterOnes } from './later.ts';
import { type Points, SEEDS } from './points.ts';
import type { Posed } from './posed.ts';
import { type Reading, usual } from './reading.ts';
import { CHANGES } from './reassigned.ts';
import { sitesAt } from './sites.ts';
import type { Subject } from './subject.ts';
import { OutOfRange, OutsideElement } from './symbols.ts';

export type Outcome =
  | { readonly kind: 'holds'; readonly error: number }
  | {
      readonly kind: 'fails';
      readonly error: number;
      readonly member: number;
      readonly at: Integers;
      readonly misfit?: string;
    }
  /** It has no value: shapes, unknown symbols, indices out of range, or what is not supported. */
  | { readonly kind: 'refused'; readonly problem: NotationError }
  /** Not decided: no finite numbers, or no value of the free indices for which everything exists. */
  | { readonly kind: 'undecided'; readonly reason: string };

const EQUALITIES: ReadonlySet<Relation> = new Set<Relation>(['=', ':=', '==', '≡', '≜', '←']);

/** Points beside those at which statements are judged first. */
type Further = Omit<Points, 'drawn' | 'given'>;

const NOWHERE = 'its conditions hold at no point that was drawn';
const NOT_COMPARED = 'a value is no finite number, or all of them vanish';

/** Beside a kink larger errors are no rounding. */
const JUMP = 1e-4;

/** What the right side needs is not there, where the left side has a value. */
class Lost extends OutOfRange {}

export class Trial {
  readonly subject: Subject;
  readonly statement: Posed;
  readonly points: readonly Instance[];
  readonly work: Context['work'];
  readonly #definitions: Context['definitions'] = new WeakMap();
  /** The values of the free indices. */
  readonly assignments: readonly Integers[];
  readonly #further: Further;
  readonly #conditions: Conditions;
  #later: ReadonlySet<Integers> | undefined;
  #morePoints: readonly Instance[] | undefined;
  #turned: readonly Instance[] | undefined;
  readonly #watch = new Watch();
  #beside: (Beside & { readonly reading: Reading; readonly members: readonly Expr[] }) | undefined;

  constructor(
    subject: Subject,
    statement: Posed,
    points: readonly Instance[],
    further: Further,
    work: Context['work'] = { parts: 0 },
  ) {
    this.subject = subject;
    this.work = work;
    this.statement = statement;
    this.#further = further;
    this.#conditions = new Conditions(this.context(), statement);
    this.points = this.#conditions.met(points);
    this.assignments = assignmentsOf(subject, statement);
  }

  /** Values of the free indices of which most exists. */
  get someAssignment(): Integers {
    return this.assignments[Math.floor(this.assignments.length / 2)] ?? this.subject.integers;
  }

  get morePoints(): readonly Instance[] {
    this.#morePoints ??= [...this.points, ...this.#conditions.met(this.#further.more())];
    return this.#morePoints;
  }

  /** The same statement with other members. */
  remade(members: readonly Expr[]): Trial {
    const [first] = members;
    const left = first.kind === 'derivative' ? first : undefined;
    const families = heldApart(members, this.subject, this.subject.integers, this.statement.letters);
    const kept = this.subject.variables(families);
    const posed = { ...this.statement, members, left, kept };
    return new Trial(this.subject, posed, this.points, this.#further, this.work);
  }

  context(): Context {
    const { text, left, isMixed, kept, byElement, looksAhead, bound } = this.statement;
    const { subject, work } = this;
    const definitions = this.#definitions;
    const { algebra } = this.#watch;
    return { subject, text, left, isMixed, kept, byElement, looksAhead, bound, work, definitions, algebra };
  }

  /** `quick`: at one point alone. `members`: others than the statement's own, for repairs. */
  judge(reading: Reading, quick = false, members = this.statement.members): Outcome {
    let error: number | undefined;
    for (const [i, point] of this.points.entries()) {
      const outcome = this.#judgeAt(point, reading, members);
      if (outcome === undefined) continue;
      // far from 0 activations are saturated and digits are lost: the points before decide
      if (outcome.kind === 'fails' && i >= SEEDS.length && outcome.error < TOLERANCE.fail) continue;
      if (outcome.kind !== 'holds') return outcome;
      error = Math.max(error ?? 0, outcome.error);
      if (quick) return outcome;
    }
    this.#turned ??= this.#conditions.met(this.#further.turned());
    for (const point of this.#turned) {
      const outcome = this.#judgeAt(point, reading, members);
      if (outcome === undefined) continue;
      if (outcome.kind !== 'holds') return outcome;
      error ??= outcome.error;
    }
    if (error === undefined) return { kind: 'undecided', reason: NOWHERE };
    for (const point of this.#besideKinks(reading, members).points) {
      const outcome = this.#judgeAt(point, reading, members);
      // far from 0 digits are lost; what jumps, or goes on otherwise, does so by more
      if (outcome?.kind === 'undecided' || (outcome?.kind === 'fails' && outcome.error > JUMP))
        return outcome;
    }
    return { kind: 'holds', error };
  }

  /** Whether the points are on one side alone of something that the formula compares. */
  isUnseen(reading: Reading): boolean {
    return this.#besideKinks(reading, this.statement.members).isUnseen;
  }

  /** Whether a sum is 0 but for rounding, as Σ (x_i − μ) is. */
  cancels(x: Expr, reading: Reading): boolean {
    const evaluator = new Evaluator(this.context(), this.points[0], reading);
    try {
      return this.#watch.cancelsIn(() => evaluator.m.plain(evaluator.value(x, this.someAssignment)).v);
    } catch {
      return false;
    }
  }

  /** Whether something tiny was added anywhere. */
  get hasTiny(): boolean {
    return this.#watch.hasTiny;
  }

  /** Whether the network itself does that. */
  get addsTiny(): boolean {
    return this.#further.addsTiny();
  }

  /** Whether it fails at a point of which it is not known to. */
  failsAt(point: Instance, reading: Reading): boolean {
    const [met] = this.#conditions.met([...this.points, this.#further.put(point)]).slice(this.points.length);
    const outcome = met && this.#judgeAt(met, reading, this.statement.members);
    return outcome?.kind === 'fails' && outcome.error >= TOLERANCE.fail;
  }

  #besideKinks(reading: Reading, members: readonly Expr[]): Beside {
    if (this.#beside?.reading === reading && this.#beside.members === members) return this.#beside;
    const { assignments } = this;
    const { conditions } = this.statement;
    const tried = { context: this.context(), watch: this.#watch, reading, members, conditions, assignments };
    const found = this.#watch.isKinked
      ? besideKinks(this.points.slice(0, SEEDS.length), (point) => sitesAt(tried, point), this.#further.put)
      : { points: [], isUnseen: false };
    const beside = [...this.#further.near(), ...found.points];
    const points =
      beside.length === 0 ? [] : this.#conditions.met([...this.points, ...beside]).slice(this.points.length);
    this.#beside = { ...found, points, reading, members };
    return this.#beside;
  }

  /** Words or formulas behind it that are no condition. */
  get unread(): Expr | undefined {
    return this.#conditions.unread;
  }

  /** A condition that is not understood. */
  get ignored(): Expr | undefined {
    return this.#conditions.ignored;
  }

  /** Undefined if its conditions hold for no values of the free indices. */
  #judgeAt(point: Instance, reading: Reading, members: readonly Expr[]): Outcome | undefined {
    const { relations, text } = this.statement;
    const bad = relations.find((relation) => !EQUALITIES.has(relation) && relation !== '+=');
    if (bad !== undefined && CHANGES.has(bad))
      return { kind: 'undecided', reason: `what ${bad} changes, or what it was before, is not known` };
    if (bad !== undefined) return { kind: 'undecided', reason: `${bad} is no equality` };
    if (relations.includes('+=')) return this.#accumulated(point, reading, members);
    let error = 0;
    let checked = 0;
    let inside = 0; // steps at which nothing lies behind the last one
    let [ends, starts] = [0, 0]; // steps at the border that fail
    let skipped: NotationError | undefined;
    const lost = new Map<Integers, NotationError>(); // the left side has a value, the right side has none
    const alive: Integers[] = []; // where the left side is not 0
    let last: Outcome | undefined;
    let unmet = 0;
    assignments: for (const at of this.assignments) {
      if (this.later.has(at)) continue;
      if (!this.#conditions.holdAt(point, at, reading)) {
        unmet++;
        continue;
      }
      const found = this.#values(point, reading, members, at);
      if (found instanceof NotationError) {
        const isOutside = found instanceof OutOfRange && this.statement.letters.size > 0;
        if (!isOutside) return { kind: 'refused', problem: found };
        skipped = found;
        // only of a state before the first step may nothing be said
        if (found instanceof Lost && !this.#isInitial(point, reading, members[0], at)) lost.set(at, found);
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
          const isInitial = !isBeyond && this.#isInitial(point, reading, members[0], at);
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
    const isStart = (at: Integers) => this.#isInitial(point, reading, members[0], at);
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
    const { letters } = this.statement;
    const isAtEnd = (at: Integers) =>
      [...letters].some((letter) => {
        const values = alive.map((known) => known.get(letter)!);
        const value = at.get(letter)!;
        return values.every((v) => v < value) || values.every((v) => v > value);
      });
    if (alive.length === 0 || ![...lost.keys()].every(isAtEnd)) return { kind: 'refused', problem };
    if (alive.length > 1) return undefined;
    return {
      kind: 'undecided',
      reason: `${problem.message}, and one step alone does not show what is meant`,
    };
  }

  /** A range says for which steps it is meant. Else a recursion may leave its last step to a line of its own. */
  get #isRanged(): boolean {
    const { conditions, letters } = this.statement;
    return conditions.some((condition) =>
      letters.has(rangeFrom(condition, this.subject.integers)?.index ?? ''),
    );
  }

  /** Whether the left side is about a state before the first step, which nothing of the network computes. */
  #isInitial(point: Instance, reading: Reading, left: Expr, at: Integers): boolean {
    if (this.statement.letters.size === 0) return false;
    const evaluator = new Evaluator(this.context(), point, reading);
    const reference = referenceOf(left, at, this.subject.indexCount);
    const own = reference && this.subject.find(reference);
    if (own !== undefined) return this.subject.isInitial(own);
    try {
      const ids =
        left.kind === 'derivative'
          ? [placeOf(evaluator, left.of, at).id, placeOf(evaluator, left.by, at).id]
          : [gradientPlace(evaluator, left, at)?.by];
      return ids.some((id) => id !== undefined && this.subject.isInitial(id));
    } catch {
      return false;
    }
  }

  /** Values of the free indices that are not meant. */
  get later(): ReadonlySet<Integers> {
    this.#later ??= this.#laterOnes();
    return this.#later;
  }

  #laterOnes(): ReadonlySet<Integers> {
    const { left, letters } = this.statement;
    if (letters.size < 2 || left?.kind !== 'derivative') return new Set();
    const evaluator = new Evaluator(this.context(), this.points[0], usual);
    return laterOnes(this.subject, this.assignments, (at) => {
      try {
        const [of, by] = [placeOf(evaluator, left.of, at).id, placeOf(evaluator, left.by, at).id];
        return of === undefined || by === undefined ? undefined : { of, by };
      } catch (error) {
        if (error instanceof NotationError) return undefined;
        throw error;
      }
    });
  }

  /** 1 bᵀ by itself has no size; a sum over an axis is one row. */
  #requireSize({ standing }: Value<Tensor>, member: Expr): void {
    if (standing !== 'spread' || !hasOnes(member)) return;
    throw new NotationError('a vector repeated by ones: how often?', this.statement.text, member.span);
  }

  /** The members' values; a made-up value beyond the last step must not matter. */
  #values(
    point: Instance,
    reading: Reading,
    members: readonly Expr[],
    at: Integers,
  ):
    | { readonly m: Evaluator['m']; readonly values: readonly Value<Tensor>[]; readonly isBeyond: boolean }
    | NotationError {
    const evaluator = new Evaluator(this.context(), point, reading);
    let hasLeft = false;
    try {
      const [left, ...rest] = members;
      const first = evaluator.value(left, at);
      const isNowhere = evaluator.beyond && this.statement.letters.size > 0;
      if (isNowhere)
        throw new OutOfRange('the left side is behind the last step', this.statement.text, left.span);
      hasLeft = true;
      const values = [first, ...rest.map((member) => evaluator.value(member, at))];
      for (const [i, value] of values.entries()) this.#requireSize(value, members[i]);
      if (evaluator.touched) {
        const other = new Evaluator(this.context(), point, reading, 2);
        const again = members.map((member) => other.value(member, at));
        const isSame = values.every((value, i) => distance(value.v.data, again[i].v.data) === 0);
        if (!isSame) throw new Lost('a variable behind the last step', this.statement.text, members[0].span);
      }
      return { m: evaluator.m, values, isBeyond: evaluator.beyond };
    } catch (error) {
      // what the left side has an element for, the right side must have
      if (hasLeft && error instanceof OutsideElement)
        return new NotationError(error.message, this.statement.text, error.span);
      if (hasLeft && error instanceof OutOfRange)
        return new Lost(error.message, this.statement.text, error.span);
      return asNotation(error, this.statement.text, members[0]);
    }
  }

  /** Whether the index is a step that a loop over time runs through. */
  #isStep(at: Integers): boolean {
    const { letters } = this.statement;
    const { steps } = this.subject;
    return steps.size === 0 || letters.size !== 1 || steps.has(at.get([...letters][0])!);
  }

  /** `dW += …`: the left side is the sum over all steps. */
  #accumulated(point: Instance, reading: Reading, [left, right]: readonly Expr[]): Outcome {
    const { text, relations } = this.statement;
    if (relations.length !== 1) return { kind: 'undecided', reason: '+= stands in a chain of equations' };
    if (freeIndices([left], this.subject, this.subject.integers).size > 0) {
      return {
        kind: 'undecided',
        reason: '+= adds to what other lines gave it: a part, which alone cannot be judged',
      };
    }
    let total: Value<Tensor> | undefined;
    let evaluator: Evaluator | undefined;
    let isPartial = false; // at some step nothing is added
    for (const at of this.assignments) {
      if (!this.#isStep(at)) continue;
      if (!this.#conditions.holdAt(point, at, reading)) {
        isPartial = true;
        continue;
      }
      const found = this.#values(point, reading, [left, right], at);
      if (found instanceof NotationError) {
        if (found instanceof OutOfRange) continue;
        return { kind: 'refused', problem: found };
      }
      evaluator ??= new Evaluator(this.context(), point, reading);
      total = total === undefined ? found.values[1] : found.m.sum(total, found.values[1], 1);
    }
    if (this.ignored !== undefined)
      return { kind: 'undecided', reason: 'when it is added depends on a condition that is not understood' };
    if (total === undefined && isPartial) return { kind: 'fails', error: 1, member: 1, at: new Map() };
    if (total === undefined || evaluator === undefined)
      return { kind: 'undecided', reason: 'there is no step to sum over' };
    try {
      const result = compare(evaluator.m, evaluator.value(left, this.assignments[0]), total);
      if (Number.isNaN(result.error)) return { kind: 'undecided', reason: NOT_COMPARED };
      if (result.error <= TOLERANCE.pass) return { kind: 'holds', error: result.error };
      const misfit = result.misfit === undefined ? {} : { misfit: result.misfit };
      return { kind: 'fails', error: result.error, member: 1, at: new Map(), ...misfit };
    } catch (error) {
      return { kind: 'refused', problem: asNotation(error, text, left) };
    }
  }
}

/** Errors of shapes and values as errors of the place. Others are bugs. */
function asNotation(error: unknown, text: string, x: Expr): NotationError {
  if (error instanceof NotationError) return error;
  if (error instanceof GradpathError || error instanceof Misfit) {
    return new NotationError(error.message, text, x.span);
  }
  throw error;
}
