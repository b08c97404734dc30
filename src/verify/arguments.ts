/** Arguments behind variables: J(W, b; x, y) is J, FL′(p) is dFL/dp, and H(t) is H at step t. */

import type { NodeId } from '../graph/graph.ts';
import { functionName, isFunction } from '../model/equations/functions.ts';
import { plainName } from '../model/equations/integers.ts';
import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Expr, Of, Statement } from '../notation/tree.ts';
import { familiesNamed } from './families.ts';
import type { Family } from './named-graph.ts';
import { numberSet } from './numbers.ts';
import { parts, rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { ADJOINTS } from './symbols.ts';

type Factor = Of<'product'>['factors'][number];

/** The statement with variables in place of what is written as their functions. */
export function withoutArguments(statement: Statement, subject: Subject): Statement {
  const reader = new ArgumentReader(subject);
  const [left, ...rest] = statement.members;
  const members = [reader.read(left, true), ...rest.map((member) => reader.read(member, false))];
  const isSame = members.every((member, i) => member === statement.members[i]);
  return isSame ? statement : { ...statement, members };
}

class ArgumentReader {
  readonly #subject: Subject;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** `isWhole`: nothing but a variable can stand there, on the left or in a derivative. */
  read(x: Expr, isWhole: boolean): Expr {
    const made = rewritten(x, (part) => {
      if (part.kind === 'call') return this.#called(part);
      if (part.kind === 'product') return this.#product(part, false);
      if (part.kind !== 'derivative') return part;
      const [of, by] = [part.of, part.by].map((end) =>
        end.kind === 'product' ? this.#product(end, true) : end,
      );
      return of === part.of && by === part.by ? part : { ...part, of, by };
    });
    return isWhole && made.kind === 'product' ? this.#product(made, true) : made;
  }

  /** `\mathrm{FL}(p)`, `J(W, b)`. */
  #called(x: Of<'call'> & Expr): Expr {
    if (isFunction(functionName(plainName(x.fn) ?? ''))) return x;
    const family = this.#computed(x.fn);
    if (family === undefined) return x;
    if (x.args.every((arg) => numberSet(arg, this.#subject) !== undefined))
      return { kind: 'at', of: x.fn, conditions: x.args, span: x.span };
    return x.args.every((arg) => this.#feeds(arg, family)) ? x.fn : x;
  }

  #product(x: Of<'product'> & Expr, isWhole: boolean): Expr {
    const factors: Factor[] = [];
    for (let i = 0; i < x.factors.length; i++) {
      const [{ factor }, next] = [x.factors[i], x.factors[i + 1]];
      const isNext = next?.operator === 'juxtaposed' && factor.span.end === next.factor.span.start;
      const made = isNext ? this.#applied(factor, next.factor, isWhole && x.factors.length === 2) : undefined;
      factors.push(made === undefined ? x.factors[i] : { ...x.factors[i], factor: made });
      if (made !== undefined) i++;
    }
    if (factors.length === x.factors.length) return x;
    return factors.length === 1 ? factors[0].factor : { ...x, factors };
  }

  /** What a name and the bracket behind it are together. */
  #applied(x: Expr, behind: Expr, isWhole: boolean): Expr | undefined {
    if (behind.kind === 'sup' || behind.kind === 'prime') {
      const of = this.#applied(x, behind.of, false);
      return of?.kind === 'sup' ? { ...behind, of, span: spanOf(x, behind) } : undefined;
    }
    // FL(γ = 0)
    if (behind.kind === 'indicator' && numberSet(behind.condition, this.#subject) !== undefined)
      return { kind: 'at', of: x, conditions: [behind.condition], span: spanOf(x, behind) };
    if (behind.kind !== 'bracket') return undefined;
    const args = behind.of.kind === 'list' ? behind.of.items : [behind.of];
    if (args.length === 1 && this.#isStep(x, args[0])) return atStep(x, args[0], behind);
    // ∇_W J(W, b)
    const nameOf = (of: Expr) => this.#families(of)[0]?.name;
    const of = x.kind === 'derivative' && x.mark === 'nabla' ? x.of : undefined;
    const isOfBy =
      of !== undefined &&
      args.some((arg) => nameOf(arg) !== undefined && nameOf(arg) === nameOf((x as Of<'derivative'>).by));
    const isPrimed = x.kind === 'prime' && x.count === 1 && args.length === 1;
    const family = this.#computed(isPrimed ? x.of : (of ?? x));
    if (family === undefined || !args.every((arg) => this.#feeds(arg, family))) return undefined;
    if (isPrimed) {
      if (!this.#isNumber(family)) return undefined; // Hᵀ
      return { kind: 'derivative', mark: 'd', of: x.of, by: args[0], order: 1, span: spanOf(x, behind) };
    }
    return args.length > 1 || isOfBy || (isWhole && of === undefined) ? x : undefined;
  }

  /** H(t), δ(t+1): a variable with one index, or an adjoint, and index arithmetic behind it. */
  #isStep(x: Expr, at: Expr): boolean {
    const name = scriptedName(x);
    if (name === undefined) return false;
    const { subject } = this;
    const letters = [...parts(at)].flatMap((part) => plainName(part) ?? []);
    const isIndex =
      [...parts(at)].every(({ kind }) => kind === 'name' || kind === 'number' || kind === 'sum') &&
      letters.every((letter) => letter.length === 1 && subject.indexCount(letter).length === 0);
    const isOpen = letters.some((letter) => !subject.integers.has(letter));
    if (!isIndex) return false;
    const words = [name.base, ...name.scripts.map(({ word }) => word ?? '')];
    for (let count = words.length; count > 0; count--) {
      const family = canonical(words.slice(0, count).join('_'), subject.indexCount);
      if (family === undefined) continue;
      const counts = subject.indexCount(family);
      return counts.includes(1) && (isOpen || !counts.includes(0));
    }
    return isOpen && ADJOINTS.test(name.base) && !subject.integers.has(name.base);
  }

  #families = (x: Expr): readonly Family[] => familiesNamed(x, this.#subject);

  /** The variables of a name that are computed. */
  #computed(x: Expr): readonly Family[] | undefined {
    const families = this.#families(x);
    const { graph } = this.subject;
    const isComputed = families.some(({ members }) =>
      members.some(({ id }) => graph.node(id).inputs.length > 0),
    );
    return isComputed ? families : undefined;
  }

  #isNumber(families: readonly Family[]): boolean {
    const { graph } = this.subject;
    return families.every(({ members }) => members.every(({ id }) => graph.node(id).shape.length === 0));
  }

  /** Whether an argument is a variable from which another is computed, or θ, which stands for the parameters. */
  #feeds(arg: Expr, of: readonly Family[]): boolean {
    const families = this.#families(arg);
    if (families.length === 0) return ANY.has(plainName(arg) ?? '');
    const sources = new Set(families.flatMap(({ members }) => members.map(({ id }) => id)));
    const ids = of.flatMap(({ members }) => members.map(({ id }) => id));
    return !ids.some((id) => sources.has(id)) && ids.some((id) => this.#isReached(id, sources));
  }

  #isReached(id: NodeId, sources: ReadonlySet<NodeId>): boolean {
    const seen = new Set([id]);
    for (const at of seen) {
      if (sources.has(at)) return true;
      for (const input of this.subject.graph.node(at).inputs) seen.add(input);
    }
    return false;
  }

  get subject(): Subject {
    return this.#subject;
  }
}

/** Letters for all parameters together. */
const ANY: ReadonlySet<string> = new Set(['θ', 'Θ']);

const spanOf = (x: Expr, behind: Expr) => ({ start: x.span.start, end: behind.span.end });

/** H(t) as H^{(t)}. */
function atStep(of: Expr, exponent: Expr, behind: Expr): Expr {
  return { kind: 'sup', of, exponent, bracket: '(', span: spanOf(of, behind) };
}
