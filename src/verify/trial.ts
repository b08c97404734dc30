/** Whether a statement holds: its members side by side at random points, for all values of its free indices. */

import type { VariableGraph } from '../chain/variables.ts';
import { GradpathError } from '../graph/error.ts';
import type { NodeId } from '../graph/graph.ts';
import { elementsOf } from '../model/equations/elements.ts';
import { holdsChain, type Integers, rangeFrom } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import { Misfit, type Value } from '../model/equations/value.ts';
import { NotationError } from '../notation/problem.ts';
import { type Expr, isTransposeMark, type Relation } from '../notation/tree.ts';
import type { Tensor } from '../run/eager.ts';
import { compare, distance, TOLERANCE } from './compare.ts';
import { gradientPlace } from './evaluate/differential.ts';
import type { Context } from './evaluate/evaluation.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { boundNames, freeIndices } from './free-indices.ts';
import { heldApart } from './held-apart.ts';
import type { Instance, Leaves } from './instance.ts';
import { isJacobian } from './jacobian.ts';
import { type Reading, usual } from './reading.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { OutOfRange, OutsideElement, Unsupported } from './symbols.ts';

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

export interface Statement {
  readonly text: string;
  readonly members: readonly Expr[];
  readonly relations: readonly Relation[];
  readonly conditions: readonly Expr[];
  readonly letters: ReadonlySet<string>;
  readonly left: Expr | undefined;
  readonly isMixed: boolean;
  /** Nothing but d, and this in LaTeX, where ∂ could have been written as well. */
  readonly isLatexD: boolean;
  readonly kept: VariableGraph;
  readonly looksAhead: boolean;
}

const EQUALITIES: ReadonlySet<Relation> = new Set<Relation>(['=', ':=', '==', '≡', '≜', '←']);
const MAX_ASSIGNMENTS = 2500;

export class Trial {
  readonly subject: Subject;
  readonly statement: Statement;
  readonly points: readonly Instance[];
  readonly work = { parts: 0 };
  readonly #assignments: readonly Integers[];
  readonly #more: () => readonly Instance[];
  #morePoints: readonly Instance[] | undefined;

  /** `more`: further points, for questions that need many numbers. */
  constructor(
    subject: Subject,
    statement: Statement,
    points: readonly Instance[],
    more: () => readonly Instance[],
  ) {
    this.subject = subject;
    this.statement = statement;
    this.points = conditioned(subject, statement, points);
    this.#more = more;
    this.#assignments = assignmentsOf(subject, statement);
  }

  get assignments(): readonly Integers[] {
    return this.#assignments;
  }

  get morePoints(): readonly Instance[] {
    this.#morePoints ??= [...this.points, ...conditioned(this.subject, this.statement, this.#more())];
    return this.#morePoints;
  }

  /** The same statement with other members. */
  remade(members: readonly Expr[]): Trial {
    const [first] = members;
    const left = first.kind === 'derivative' ? first : undefined;
    const families = heldApart(members, this.subject, this.subject.integers, this.statement.letters);
    const kept = this.subject.variables(families);
    return new Trial(this.subject, { ...this.statement, members, left, kept }, this.points, this.#more);
  }

  /** Whether a derivative is of a number, so that it has no layout. */
  isGradient(x: Expr): boolean {
    if (x.kind !== 'derivative') return true;
    const known = this.#assignments[Math.floor(this.#assignments.length / 2)] ?? this.subject.integers;
    for (const at of [known, ...this.#assignments]) {
      try {
        const { shape } = placeOf(new Evaluator(this.context(), this.points[0], usual), x.of, at);
        return shape.length === 0;
      } catch {
        // another value of the indices may do
      }
    }
    return false;
  }

  /** Whether a derivative is of one computed variable by another, neither of them a loss: ∂c_t/∂c_{t−1}. */
  isOfStates(x: Expr): boolean {
    if (x.kind !== 'derivative') return false;
    const isState = (id: NodeId | undefined) =>
      id !== undefined && this.subject.graph.node(id).inputs.length > 0 && !this.subject.losses.has(id);
    return this.#assignments.some((at) => {
      try {
        const evaluator = new Evaluator(this.context(), this.points[0], usual);
        return [x.of, x.by].every((part) => isState(placeOf(evaluator, part, at).id));
      } catch {
        return false;
      }
    });
  }

  /** Whether elements of arrays are named. */
  get hasElements(): boolean {
    const known = this.#assignments[Math.floor(this.#assignments.length / 2)] ?? this.subject.integers;
    const some = new Map(known);
    for (const x of this.statement.members.flatMap((member) => [...parts(member)])) {
      if (x.kind === 'big') for (const name of boundNames(x)) if (!some.has(name)) some.set(name, 1);
    }
    return this.statement.members
      .flatMap((member) => [...parts(member)])
      .some(
        (x) =>
          (x.kind === 'sub' || x.kind === 'index' || x.kind === 'sup') &&
          elementsOf(x, some, this.subject.indexCount).length > 0 &&
          referenceOf(x, some, this.subject.indexCount) === undefined,
      );
  }

  context(text = this.statement.text): Context {
    const { left, isMixed, kept } = this.statement;
    return {
      subject: this.subject,
      text,
      left,
      isMixed,
      kept,
      looksAhead: this.statement.looksAhead,
      work: this.work,
    };
  }

  /** `quick`: at the first point alone. `members`: others than the statement's own, for repairs. */
  judge(reading: Reading, quick = false, members = this.statement.members): Outcome {
    let error = 0;
    for (const point of quick ? this.points.slice(0, 1) : this.points) {
      const outcome = this.#judgeAt(point, reading, members);
      if (outcome.kind !== 'holds') return outcome;
      error = Math.max(error, outcome.error);
    }
    return { kind: 'holds', error };
  }

  #judgeAt(point: Instance, reading: Reading, members: readonly Expr[]): Outcome {
    const { relations, text } = this.statement;
    const bad = relations.find((relation) => !EQUALITIES.has(relation) && relation !== '+=');
    if (bad !== undefined) return { kind: 'undecided', reason: `${bad} is no equality` };
    if (relations.includes('+=')) return this.#accumulated(point, reading, members);
    let error = 0;
    let checked = 0;
    let inside = 0; // steps at which nothing lies behind the last one
    let skipped: NotationError | undefined;
    let last: Outcome | undefined;
    assignments: for (const at of this.#assignments) {
      const found = this.#values(point, reading, members, at);
      if (found instanceof NotationError) {
        const isOutside = found instanceof OutOfRange && this.statement.letters.size > 0;
        if (!isOutside) return { kind: 'refused', problem: found };
        skipped = found;
        continue;
      }
      const { m, values, isBeyond } = found;
      if (this.#isImplied(values)) continue;
      for (let i = 0; i + 1 < values.length; i++) {
        let result: ReturnType<typeof compare>;
        try {
          result = compare(m, values[i], values[i + 1], reading.shape === 'transposed' && i === 0);
        } catch (caught) {
          return { kind: 'refused', problem: asNotation(caught, text, members[i + 1]) };
        }
        if (Number.isNaN(result.error)) return { kind: 'undecided', reason: 'a value is no finite number' };
        if (result.error > TOLERANCE.pass) {
          const misfit = result.misfit === undefined ? {} : { misfit: result.misfit };
          const failed = { kind: 'fails', error: result.error, member: i + 1, at, ...misfit } as const;
          const isOutside = isBeyond || this.#isInitial(point, reading, members[0], at);
          if (!isOutside || this.#isRanged) return failed;
          last ??= failed;
          continue assignments;
        }
        error = Math.max(error, result.error);
      }
      checked++;
      if (!isBeyond) inside++;
    }
    if (last !== undefined && inside === 0) return last;
    if (checked > 0) return { kind: 'holds', error };
    if (last !== undefined) return last;
    if (skipped !== undefined) return { kind: 'refused', problem: skipped };
    return { kind: 'undecided', reason: 'there are no values of its indices for which everything exists' };
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

  /** ∂H_t/∂H_k for t < k is 0: nobody means these when an expansion is written for all t and k. */
  #isImplied(values: readonly Value<Tensor>[]): boolean {
    const [first] = values;
    return (
      this.statement.letters.size > 1 && isJacobian(first) && first.matrix.data.every((v: number) => v === 0)
    );
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
      hasLeft = true;
      const isNowhere = evaluator.beyond && this.statement.letters.size > 0;
      if (isNowhere)
        throw new OutOfRange('the left side is behind the last step', this.statement.text, left.span);
      if (this.#isImplied([first])) return { m: evaluator.m, values: [first], isBeyond: false };
      const values = [first, ...rest.map((member) => evaluator.value(member, at))];
      if (evaluator.touched) {
        const other = new Evaluator(this.context(), point, reading, 2);
        const again = members.map((member) => other.value(member, at));
        const isSame = values.every((value, i) => distance(value.v.data, again[i].v.data) === 0);
        if (!isSame)
          throw new OutOfRange('a variable behind the last step', this.statement.text, members[0].span);
      }
      return { m: evaluator.m, values, isBeyond: evaluator.beyond };
    } catch (error) {
      // what the left side has an element for, the right side must have
      if (hasLeft && error instanceof OutsideElement)
        return new NotationError(error.message, this.statement.text, error.span);
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
    for (const at of this.#assignments) {
      if (!this.#isStep(at)) continue;
      const found = this.#values(point, reading, [left, right], at);
      if (found instanceof NotationError) {
        if (found instanceof OutOfRange) continue;
        return { kind: 'refused', problem: found };
      }
      evaluator ??= new Evaluator(this.context(), point, reading);
      total = total === undefined ? found.values[1] : found.m.sum(total, found.values[1], 1);
    }
    if (total === undefined || evaluator === undefined)
      return { kind: 'undecided', reason: 'there is no step to sum over' };
    try {
      const result = compare(evaluator.m, evaluator.value(left, this.#assignments[0]), total);
      if (Number.isNaN(result.error)) return { kind: 'undecided', reason: 'a value is no finite number' };
      if (result.error <= TOLERANCE.pass) return { kind: 'holds', error: result.error };
      const misfit = result.misfit === undefined ? {} : { misfit: result.misfit };
      return { kind: 'fails', error: result.error, member: 1, at: new Map(), ...misfit };
    } catch (error) {
      return { kind: 'refused', problem: asNotation(error, text, left) };
    }
  }
}

/** Errors of shapes and values as errors of the place. Others are bugs. */
export function asNotation(error: unknown, text: string, x: Expr): NotationError {
  if (error instanceof NotationError) return error;
  if (error instanceof GradpathError || error instanceof Misfit) {
    return new NotationError(error.message, text, x.span);
  }
  throw error;
}

/** All values of the free indices that the conditions allow. */
function assignmentsOf(subject: Subject, { letters, conditions, members, text }: Statement): Integers[] {
  let all: Integers[] = [subject.integers];
  for (const letter of letters) {
    const given = conditions
      .map((condition) => rangeFrom(condition, subject.integers))
      .find((range) => range?.index === letter);
    const values = given?.values ?? subject.indexValues(letter, members);
    all = all.flatMap((known) => values.map((value) => new Map(known).set(letter, value)));
    if (all.length > MAX_ASSIGNMENTS) {
      throw new Unsupported(
        `more than ${MAX_ASSIGNMENTS} values of the indices ${[...letters].join(', ')}`,
        text,
        members[0].span,
      );
    }
  }
  return all.filter((known) =>
    conditions.every((condition) => condition.kind !== 'relation' || holdsChain(condition, known) !== false),
  );
}

/** The points under conditions such as W = Wᵀ, H_0 = 0. */
function conditioned(
  subject: Subject,
  { conditions }: Statement,
  points: readonly Instance[],
): readonly Instance[] {
  const changes = conditions.flatMap((condition) => {
    if (condition.kind !== 'relation' || condition.members.length !== 2 || condition.relations[0] !== '=')
      return [];
    const [name, value] = condition.members;
    const reference = referenceOf(name, subject.integers, subject.indexCount);
    const id = reference && subject.find(reference);
    return id === undefined ? [] : [{ id, name, value }];
  });
  if (changes.length === 0) return points;
  return points.map((point) => {
    const leaves = new Map<number, readonly number[]>();
    for (const { id, name, value } of changes) {
      const { shape, inputs } = subject.graph.node(id);
      if (inputs.length > 0) continue;
      const given = [...point.valueOf(id).data];
      if (isTransposeOf(value, name, subject)) {
        const n = shape[0];
        leaves.set(
          id,
          given.map((v, i) => (v + given[(i % n) * n + Math.floor(i / n)]) / 2),
        );
      } else if (value.kind === 'number')
        leaves.set(
          id,
          given.map(() => Number(value.text)),
        );
    }
    return leaves.size === 0 ? point : point.with(leaves as Leaves);
  });
}

function isTransposeOf(x: Expr, name: Expr, subject: Subject): boolean {
  const inner =
    x.kind === 'sup' && isTransposeMark(x.exponent) ? x.of : x.kind === 'prime' ? x.of : undefined;
  if (inner === undefined) return false;
  const [a, b] = [inner, name].map((part) => referenceOf(part, subject.integers, subject.indexCount));
  return a !== undefined && b !== undefined && subject.find(a) === subject.find(b);
}
