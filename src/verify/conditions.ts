/** The conditions of a statement that are about values: W = Wᵀ, H_0 = 0, and if L > 0 or a_t > 0. */

import { GradpathError } from '../graph/error.ts';
import { sizeOf } from '../graph/shape.ts';
import { holdsChain, type Integers, integerOf, plainName, rangeFrom } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import { Misfit, type Value } from '../model/equations/value.ts';
import { NotationError } from '../notation/problem.ts';
import type { Expr, Of } from '../notation/tree.ts';
import type { Tensor } from '../run/eager.ts';
import { indicatorValue } from './evaluate/condition.ts';
import type { Context } from './evaluate/evaluation.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { isHot, isOneHot } from './families.ts';
import type { Instance } from './instance.ts';
import type { Posed } from './posed.ts';
import { type Reading, usual } from './reading.ts';
import { parts } from './rewrite.ts';
import { type Solved, solvedAt, solvedFor } from './solved.ts';
import { OutOfRange } from './symbols.ts';
import { tellsFunction } from './told-functions.ts';

type Condition = Of<'relation'> & Expr;

export class Conditions {
  readonly #context: Context;
  readonly #settings: readonly Condition[] = [];
  readonly #ofPoint: readonly Condition[] = [];
  readonly #ofIndices: readonly Condition[] = [];
  readonly #solved: readonly (Solved & { readonly condition: Condition })[];
  #ignored: Expr | undefined;
  #isUnmet = false;
  /** What stands behind the formula and is no condition: it may restrict, deny or add something. */
  readonly unread: Expr | undefined;

  constructor(context: Context, { conditions: all, letters, bound }: Posed) {
    this.#context = context;
    const conditions = all.filter((x) => !tellsFunction(x, context.text));
    const { integers } = context.subject;
    const { indexCount } = context.subject;
    const isIndex = (name: string) =>
      letters.has(name) || bound.has(name) || (name.length === 1 && indexCount(name).length === 0);
    this.unread = conditions.find((x) => !isRead(x, integers, isIndex));
    const isIndexed = (x: Expr) =>
      [...parts(x)].some(
        (part) => part.kind === 'name' && letters.has(part.base) && part.accents.length === 0,
      );
    const isOfNumbers = (x: Condition) => {
      const known = new Map([...letters].map((letter) => [letter, 0]));
      return holdsChain(x, new Map([...integers, ...known])) !== undefined;
    };
    const ofValues = conditions.filter(
      (x): x is Condition => x.kind === 'relation' && rangeFrom(x, integers) === undefined && !isOfNumbers(x),
    );
    const classes = conditions.filter((x): x is Condition => x.kind === 'relation' && this.#isOfClass(x));
    const isSetting = (x: Condition) =>
      !isIndexed(x) &&
      !classes.includes(x) &&
      x.relations.length === 1 &&
      x.relations[0] === '=' &&
      this.#leafOf(x) !== undefined;
    this.#settings = conditions.filter((x): x is Condition => x.kind === 'relation' && isSetting(x));
    this.#solved = conditions.flatMap((condition) => {
      const found = solvedFor(condition, context.subject);
      return found === undefined || condition.kind !== 'relation' ? [] : [{ ...found, condition }];
    });
    const areMade = [...this.#settings, ...this.#solved.map(({ condition }) => condition)];
    const others = ofValues.filter((x) => !areMade.includes(x));
    // which class a number is depends on the reading, as it does for indices
    this.#ofIndices = [...others.filter((x) => isIndexed(x) && !classes.includes(x)), ...classes];
    this.#ofPoint = others.filter((x) => !isIndexed(x) && !classes.includes(x));
  }

  /** One that is not understood or met: what is wrong could hold under it. */
  get ignored(): Expr | undefined {
    return this.#ignored;
  }

  /** The points with leaves set to what the conditions say, without those at which others do not hold. */
  met(points: readonly Instance[], reading: Reading): readonly Instance[] {
    const set = this.#settings.length === 0 ? points : points.map((point) => this.#set(point));
    if (this.#isUnmet) return set;
    const solved = this.#solved.length === 0 ? set : set.flatMap((point) => this.#solve(point) ?? []);
    if (this.#ofPoint.length === 0) return solved;
    return solved.filter((point) =>
      this.#hold(this.#ofPoint, point, this.#context.subject.integers, reading),
    );
  }

  /** Conditions on points that hold nowhere are left out: what is said then must hold everywhere. */
  leaveOut(): void {
    const [unmet] = [...this.#ofPoint, ...this.#solved.map(({ condition }) => condition)];
    if (unmet === undefined) return;
    this.#isUnmet = true;
    this.#ignored ??= unmet;
  }

  /** One number alone can be given a value by moving a point. */
  #solve(point: Instance): Instance | undefined {
    const [only, ...others] = this.#solved;
    return others.length > 0 ? undefined : solvedAt(point, only);
  }

  /** Whether something is said of some points alone. */
  get areChosen(): boolean {
    return this.#ofPoint.length > 0 || this.#solved.length > 0 || this.#ofIndices.length > 0;
  }

  /** The point as the conditions set it, if something is said there for some values of the free indices. */
  metAt(point: Instance, assignments: readonly Integers[], reading: Reading): Instance | undefined {
    const [set] = this.met([point], reading);
    const isSaid =
      set !== undefined &&
      (this.#ofIndices.length === 0 || assignments.some((at) => this.holdAt(set, at, reading)));
    return isSaid ? set : undefined;
  }

  /** Whether the conditions hold for these values of the free indices. */
  holdAt(point: Instance, at: Integers, reading: Reading): boolean {
    return this.#ofIndices.length === 0 || this.#hold(this.#ofIndices, point, at, reading);
  }

  #hold(conditions: readonly Condition[], point: Instance, at: Integers, reading: Reading = usual): boolean {
    const evaluator = new Evaluator(this.#context, point, reading);
    const isTrue = (value: Value<Tensor> | undefined) =>
      value === undefined || value.v.data.every((v: number) => v !== 0);
    try {
      return conditions.every((condition) =>
        isTrue(this.#valueOf(condition, () => indicatorValue(evaluator, condition, at))),
      );
    } catch (error) {
      if (error instanceof OutOfRange) return false; // nothing is there of which it could hold
      throw error;
    }
  }

  /** Undefined if it has none. */
  #valueOf(condition: Expr, evaluated: () => Value<Tensor>): Value<Tensor> | undefined {
    try {
      return evaluated();
    } catch (error) {
      if (error instanceof OutOfRange) throw error;
      if (!(error instanceof GradpathError || error instanceof Misfit || error instanceof NotationError))
        throw error;
      this.#ignored ??= condition;
      return undefined;
    }
  }

  /** The leaf that a condition such as W = Wᵀ is about. */
  #leafOf({ members: [name] }: Condition): number | undefined {
    const { subject } = this.#context;
    const reference = referenceOf(name, subject.integers, subject.indexCount);
    const id = reference && subject.find(reference);
    return id === undefined || subject.graph.node(id).inputs.length > 0 ? undefined : id;
  }

  /** y = 2, y_3 = 1: the class of a one-hot vector. */
  #isOfClass(x: Condition): boolean {
    const { integers } = this.#context.subject;
    if (x.members.length !== 2 || integerOf(x.members[1], integers) === undefined) return false;
    const id = this.#leafOf(x);
    return id !== undefined && this.#isOneHot(id);
  }

  #isOneHot(id: number): boolean {
    const { subject } = this.#context;
    return subject.graph.node(id).shape.length === 1 && isOneHot(id, subject);
  }

  #set(point: Instance): Instance {
    const { subject } = this.#context;
    const leaves = new Map<number, readonly number[]>();
    for (const condition of this.#settings) {
      const id = this.#leafOf(condition)!;
      const value = this.#settingOf(condition, id, point);
      if (value === undefined || value.length !== sizeOf(subject.graph.node(id).shape)) {
        this.#ignored ??= condition;
        continue;
      }
      leaves.set(id, value);
    }
    return leaves.size === 0 ? point : point.with(leaves);
  }

  /** The values of the leaf under a condition; undefined if that is not understood. */
  #settingOf(condition: Condition, id: number, point: Instance): readonly number[] | undefined {
    const value = condition.members[1];
    const given = point.valueOf(id);
    const isOwn = [...parts(value)].some((part) => this.#isLeaf(part, id));
    if (isOwn) return this.#fixedBy(condition, id, point);
    const found = this.#valueOf(condition, () => {
      const evaluator = new Evaluator(this.#context, point, usual);
      const { m } = evaluator;
      const plain = m.plain(evaluator.value(value, this.#context.subject.integers));
      return plain.standing === 'identity' ? m.sum(m.scaled(m.value(given), 0), plain, 1) : plain;
    });
    if (found === undefined) return undefined;
    const { data } = found.v;
    if (this.#isOneHot(id) && !isHot(Array.from(data))) return undefined; // it is no class
    return data.length === 1 ? new Array(given.data.length).fill(data[0]) : Array.from(data);
  }

  /** W of W = f(W): what f makes of the given W if f² = f, as in W = diag(diag W); half the sum of both if f² is 1, as in W = Wᵀ. */
  #fixedBy(condition: Condition, id: number, point: Instance): readonly number[] | undefined {
    const given = Array.from(point.valueOf(id).data);
    const applied = (values: readonly number[]): readonly number[] | undefined => {
      const at = point.with(new Map([[id, values]]));
      return this.#valueOf(condition, () => {
        const evaluator = new Evaluator(this.#context, at, usual);
        return evaluator.m.plain(evaluator.value(condition.members[1], this.#context.subject.integers));
      })?.v.data as readonly number[] | undefined;
    };
    const isFixed = (values: readonly number[]) => isClose(applied(values), values);
    const made = applied(given);
    if (made?.length !== given.length) return undefined;
    const middle = given.map((v, i) => (v + made[i]) / 2);
    return [Array.from(made), middle].find(isFixed);
  }

  #isLeaf(x: Expr, id: number): boolean {
    const { subject } = this.#context;
    const reference = referenceOf(x, subject.integers, subject.indexCount);
    return reference !== undefined && subject.find(reference) === id;
  }
}

/** A relation, or an index: `for all t`. */
function isRead(x: Expr, integers: Integers, isIndex: (name: string) => boolean): boolean {
  if (x.kind !== 'relation') return isIndex(plainName(x) ?? '');
  return x.members.at(-1)!.kind !== 'list' || rangeFrom(x, integers) !== undefined;
}

const isClose = (a: readonly number[] | undefined, b: readonly number[]): boolean =>
  a?.length === b.length && b.every((v, i) => Math.abs(v - a[i]) <= 1e-12 * Math.max(1, Math.abs(v)));
