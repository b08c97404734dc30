/** Whether a statement holds: its members side by side at random points, for all values of its free indices. */

import type { Integers } from '../model/equations/integers.ts';
import { NotationError } from '../notation/problem.ts';
import type { Expr } from '../notation/tree.ts';
import { assignmentsOf } from './assignments.ts';
import { AtPoint } from './at-point.ts';
import { type Chosen, chosenPoints } from './chosen.ts';
import { TOLERANCE } from './compare.ts';
import { Conditions } from './conditions.ts';
import type { Context } from './evaluate/evaluation.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { heldApart } from './held-apart.ts';
import type { Instance } from './instance.ts';
import { type Beside, besideKinks, Watch } from './kinks.ts';
import { laterOnes } from './later.ts';
import type { Outcome } from './outcome.ts';
import { type Points, SEEDS } from './points.ts';
import type { Posed } from './posed.ts';
import { type Reading, usual } from './reading.ts';
import { sitesAt } from './sites.ts';
import type { Subject } from './subject.ts';

/** Points beside those at which statements are judged first. */
type Further = Omit<Points, 'given'>;

const NOWHERE = 'its conditions hold at no point that was drawn';

const HARDLY = 'its conditions hold at too few of the points that were drawn to show anything';

/** Beside a kink larger errors are no rounding. */
const JUMP = 1e-4;

export class Trial {
  readonly subject: Subject;
  readonly statement: Posed;
  readonly points: readonly Instance[];
  readonly work: Context['work'];
  readonly #definitions: Context['definitions'] = new WeakMap();
  /** The values of the free indices. */
  readonly assignments: readonly Integers[];
  readonly #allAssignments: readonly Integers[];
  readonly #further: Further;
  readonly conditions: Conditions;
  readonly #asGiven: readonly Instance[];
  readonly #chosen = new Map<Reading['base'], Chosen>();
  #later: ReadonlySet<Integers> | undefined;
  readonly #turned = new Map<Reading['base'], readonly Instance[]>();
  #morePoints: readonly Instance[] | undefined;
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
    this.conditions = new Conditions(this.context(), statement);
    const { all, some } = assignmentsOf(subject, statement);
    this.assignments = some;
    this.#allAssignments = all;
    this.#asGiven = points;
    this.points = this.#chosenFor(usual).points;
  }

  /** Which points are meant may depend on what elements are counted from. */
  #chosenFor(reading: Reading): Chosen {
    const { base } = this.conditions.areChosen ? reading : usual;
    let chosen = this.#chosen.get(base);
    if (chosen === undefined) {
      const { conditions, assignments } = this;
      chosen = chosenPoints(this.#asGiven, conditions, assignments, this.#further.sought, { ...usual, base });
      if (chosen.points.length === 0 && base === usual.base) {
        conditions.leaveOut();
        chosen = { points: conditions.met(this.#asGiven, usual), areFew: false };
      }
      this.#chosen.set(base, chosen);
    }
    return chosen;
  }

  /** Values of the free indices of which most exists. */
  get someAssignment(): Integers {
    return this.assignments[Math.floor(this.assignments.length / 2)] ?? this.subject.integers;
  }

  get morePoints(): readonly Instance[] {
    this.#morePoints ??= [...this.points, ...this.conditions.met(this.#further.more(), usual)];
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

  #turnedFor(reading: Reading): readonly Instance[] {
    const { base } = reading;
    const turned = this.#turned.get(base) ?? this.conditions.met(this.#further.turned(), { ...usual, base });
    this.#turned.set(base, turned);
    return turned;
  }

  /** `quick`: at one point alone. `members`: others than the statement's own, for repairs. */
  judge(reading: Reading, quick = false, members = this.statement.members): Outcome {
    let error: number | undefined;
    const { points, areFew } = this.#chosenFor(reading);
    for (const [i, point] of points.entries()) {
      const outcome = this.#at(point, reading, members);
      if (outcome === undefined) continue;
      // where all vanishes nothing is seen
      if (outcome.kind === 'undecided' && error !== undefined && i >= SEEDS.length) continue;
      // far from 0 activations are saturated and digits are lost: the points before decide
      if (outcome.kind === 'fails' && i >= SEEDS.length && outcome.error < TOLERANCE.fail) continue;
      if (outcome.kind !== 'holds') return outcome;
      error = Math.max(error ?? 0, outcome.error);
      if (quick) return outcome;
    }
    for (const point of this.#turnedFor(reading)) {
      const outcome = this.#at(point, reading, members);
      if (outcome === undefined) continue;
      if (outcome.kind !== 'holds') return outcome;
      error ??= outcome.error;
    }
    if (error === undefined) return { kind: 'undecided', reason: NOWHERE };
    if (areFew) return { kind: 'undecided', reason: HARDLY };
    for (const point of this.#besideKinks(reading, members).points) {
      const outcome = this.#at(point, reading, members);
      // far from 0 digits are lost; what jumps, or goes on otherwise, does so by more
      if (outcome?.kind === 'undecided' || (outcome?.kind === 'fails' && outcome.error > JUMP))
        return outcome;
    }
    const other = this.#symbolically(reading, members) ?? this.#elsewhere(points[0], reading, members);
    return other ?? { kind: 'holds', error };
  }

  /** What is wrong with members without numbers, beside others that hold of given values alone, at other values. */
  #symbolically(reading: Reading, members: readonly Expr[]): Outcome | undefined {
    const { symbolic } = this.statement;
    const kept = members.filter((_, i) => symbolic[i]);
    if (kept.length < 2) return undefined;
    for (const point of this.conditions.met(this.#further.drawn, reading)) {
      const outcome = this.#at(point, reading, kept);
      if (outcome === undefined || outcome.kind === 'holds') continue;
      return outcome.kind === 'fails'
        ? { ...outcome, member: members.indexOf(kept[outcome.member]) }
        : outcome;
    }
    return undefined;
  }

  /** What is wrong with it for values of the free indices of which others are no sample. */
  #elsewhere(point: Instance, reading: Reading, members: readonly Expr[]): Outcome | undefined {
    const assignments = this.#allAssignments;
    if (assignments.length === this.assignments.length) return undefined;
    const { subject, statement, conditions } = this;
    const later = this.#laterOnes(assignments);
    const asked = { subject, statement, conditions, assignments, later, context: () => this.context() };
    const outcome = new AtPoint(asked, point, reading, members).outcome();
    return outcome?.kind === 'fails' ? outcome : undefined; // elsewhere all may vanish
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

  /** Whether some activation is at its ends at each of the points that are drawn first. */
  isFlat(reading: Reading): boolean {
    if (!this.#watch.hasFlat) return false;
    return this.points.slice(0, SEEDS.length).every((point) => {
      const fresh = this.remade(this.statement.members); // what definitions come to is kept
      fresh.#at(point, reading, this.statement.members);
      return fresh.#watch.hasFlat;
    });
  }

  /** Whether the network itself does that. */
  get addsTiny(): boolean {
    return this.#further.addsTiny();
  }

  /** Whether it fails at a point of which it is not known to. */
  failsAt(point: Instance, reading: Reading): boolean {
    const [met] = this.conditions.met([this.#further.put(point)], reading);
    const outcome = met && this.#at(met, reading, this.statement.members);
    return outcome?.kind === 'fails' && outcome.error >= TOLERANCE.fail;
  }

  #besideKinks(reading: Reading, members: readonly Expr[]): Beside {
    if (this.#beside?.reading === reading && this.#beside.members === members) return this.#beside;
    const { assignments } = this;
    const { conditions } = this.statement;
    const tried = { context: this.context(), watch: this.#watch, reading, members, conditions, assignments };
    const found = this.#watch.isKinked
      ? besideKinks(
          this.#chosenFor(reading).points.slice(0, SEEDS.length),
          (point) => sitesAt(tried, point),
          this.#further.put,
        )
      : { points: [], isUnseen: false };
    const paired = this.#watch.isKinked ? this.#further.pairs() : [];
    const beside = [...this.#further.near(), ...paired, ...found.points];
    const points = this.conditions.met(beside, reading);
    this.#beside = { ...found, points, reading, members };
    return this.#beside;
  }

  /** Words or formulas behind it that are no condition. */
  get unread(): Expr | undefined {
    return this.conditions.unread;
  }

  /** A condition that is not understood. */
  get ignored(): Expr | undefined {
    return this.conditions.ignored;
  }

  /** Values of the free indices that are not meant. */
  get later(): ReadonlySet<Integers> {
    this.#later ??= this.#laterOnes(this.assignments);
    return this.#later;
  }

  #at(point: Instance, reading: Reading, members: readonly Expr[]): Outcome | undefined {
    return new AtPoint(this, point, reading, members).outcome();
  }

  #laterOnes(assignments: readonly Integers[]): ReadonlySet<Integers> {
    const { left, letters } = this.statement;
    if (letters.size < 2 || left?.kind !== 'derivative') return new Set();
    const evaluator = new Evaluator(this.context(), this.points[0], usual);
    return laterOnes(this.subject, assignments, (at) => {
      try {
        const [of, by] = [placeOf(evaluator, left.of, at).id, placeOf(evaluator, left.by, at).id];
        return of === undefined || by === undefined ? undefined : { of, by };
      } catch (error) {
        if (error instanceof NotationError) return undefined;
        throw error;
      }
    });
  }
}
