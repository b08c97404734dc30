/** A derivation against a model: statement by statement, with what earlier lines settled carried on. */

import type { NodeId } from '../graph/graph.ts';
import { plainName } from '../model/equations/integers.ts';
import { canonical, referenceOf, scriptedName } from '../model/equations/names.ts';
import type { Model } from '../model/model.ts';
import { NotationError } from '../notation/problem.ts';
import { type Expr, isTransposeMark, type Of, type Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { accumulated, reportsOf } from './accumulate.ts';
import { type ForParameter, forEachParameter } from './any-parameter.ts';
import { confirmed } from './confirm.ts';
import { type Custom, customIn, mentionsName } from './customary.ts';
import { define } from './define.ts';
import { type Instance, livePoints, MORE_SEEDS, type Points, SEEDS, sample, turned } from './instance.ts';
import { type Judged, judge } from './judge.ts';
import { indexed, type Loop, loopOf, nameOf, withoutHeaders } from './loop.ts';
import { programLine } from './program-line.ts';
import type { Meanings } from './reading.ts';
import { reassigned } from './reassigned.ts';
import type { StatementReport } from './report.ts';
import { parts } from './rewrite.ts';
import { Subject } from './subject.ts';

export interface Derivation {
  readonly statements: readonly StatementReport[];
  /** Lines that could not be read. */
  readonly problems: readonly NotationError[];
}

/** Hears how many of how many statements are judged. */
type Told = (done: number, count: number) => void;
const quietly: Told = () => undefined;

/** A model made ready for derivations: keep it for several. */
export class Checker {
  readonly subject: Subject;
  readonly #points: Points;

  /** By the names that they add: the model with nodes named that it leaves unnamed. */
  readonly #named = new Map<string, Checker>();

  /** `names`: of nodes that the model leaves unnamed. */
  constructor(model: Model, names?: ReadonlyMap<NodeId, string>) {
    this.subject = new Subject(model, names);
    const { points, values } = livePoints(this.subject);
    let more: readonly Instance[] | undefined;
    const moreOf = () => {
      more ??= MORE_SEEDS.map((seed) => sample(this.subject, seed, values));
      return more;
    };
    const given = SEEDS.map((seed) => sample(this.subject, seed, 'kept'));
    let others: readonly Instance[] | undefined;
    const turnedOf = () => {
      others ??= turned(points[0]);
      return others;
    };
    this.#points = { drawn: points, given, more: moreOf, turned: turnedOf };
  }

  /** Judges all statements of a text. Never throws for what the text holds. */
  check(text: string): Derivation {
    const { statements, problems } = this.subject.read(withoutHeaders(text));
    return { statements: this.judgeAll(statements, text), problems };
  }

  /** Judges statements that belong together: a symbol means the same in all of them. */
  judgeAll(statements: readonly Statement[], text: string, told: Told = quietly): readonly StatementReport[] {
    const custom = customIn(statements, this.subject);
    if (custom === undefined) return this.#judgeAll(statements, text, told);
    const key = [...custom.names].join(' ');
    const named = this.#named.get(key) ?? new Checker(this.subject.model, custom.names);
    this.#named.set(key, named);
    const reports = named.#judgeAll(statements, text, told, custom);
    if (reports.every(({ verdict }) => verdict === 'right')) return reports;
    const isDefined = statements.some((statement) =>
      [...custom.words.keys()].some((name) => defines(statement, name)),
    );
    if (custom.areCertain && !isDefined) return reports;
    const own = this.#judgeAll(statements, text, quietly);
    return worth(own, custom.areCertain) > worth(reports, custom.areCertain) ? own : reports;
  }

  #judgeAll(
    statements: readonly Statement[],
    text: string,
    told: Told,
    custom?: Custom,
  ): readonly StatementReport[] {
    const lines = statements.flatMap((statement) =>
      spelledOut(oriented(programLine(statement, this.subject), this.subject), this.subject),
    );
    const reports = this.#judgeLines(lines, text, told, custom);
    if (reports.every(({ verdict }) => verdict === 'right')) return reports;
    const others = (['latter', 'former'] as const)
      .map((which) => reassigned(lines, text, this.subject, which))
      .filter((renamed) => renamed !== lines)
      .map((renamed) => this.#judgeLines(renamed, text, quietly, custom));
    return others.reduce((best, found) => (worth(found, false) > worth(best, false) ? found : best), reports);
  }

  #judgeLines(
    lines: readonly Statement[],
    text: string,
    told: Told,
    custom?: Custom,
  ): readonly StatementReport[] {
    const loop = loopOf(lines, this.subject, text);
    const groups = accumulated(lines, text, this.subject, loop);
    const all = groups.map(({ statement }) => statement);
    const found = loop === undefined ? this.#inTurn(all, text, told) : this.#looped(all, text, loop, told);
    const used = inUse(found);
    const reports = found.map((one) => {
      const report = withWords(one, custom);
      if (used.has(one)) return report;
      return {
        ...report,
        verdict: 'unverifiable' as const,
        message: `${report.message}; nothing else uses it, so that there is nothing to check`,
      };
    });
    const byLine = new Map(
      groups.flatMap((group, i) => {
        const own = reportsOf(group, reports[i], text);
        return group.lines.map((line, k) => [line, own[k]] as const);
      }),
    );
    return lines.map((line) => byLine.get(line)!);
  }

  /** One after the other; a line that uses what a later line defines comes behind it. In the order of the text. */
  #inTurn(statements: readonly Statement[], text: string, told: Told = quietly): readonly Found[] {
    let meanings: Meanings = new Map();
    const found = new Map<Statement, Judged>();
    const waiting = startsFirst(statements);
    for (let put = 0; waiting.length > 0; ) {
      const statement = waiting.shift()!;
      const report = this.#judgeOrDefine(statement, text, meanings);
      const { unknown } = report;
      if (unknown !== undefined && put < waiting.length && waiting.some((later) => defines(later, unknown))) {
        waiting.push(statement);
        put++;
        continue;
      }
      put = 0;
      if (report.verdict !== 'wrong') meanings = report.meanings; // a wrong line settles nothing
      found.set(statement, report);
      told(found.size, statements.length);
    }
    return statements.map((statement) => ({ statement, report: found.get(statement)! }));
  }

  /**
   * The body of a loop: a name that a line reads before any line of the body computes it has what the step before left in
   * it. Which line the body begins with is open where the text is an excerpt: the first line that makes all right.
   */
  #looped(statements: readonly Statement[], text: string, loop: Loop, told: Told): readonly Found[] {
    const judged = (first: number): readonly Found[] => {
      const inOrder = [...statements.slice(first), ...statements.slice(0, first)];
      const made = inOrder.map((statement, i) => indexed(statement, loop, carriedInto(inOrder, i, loop)));
      const found = this.#inTurn(made, text, first === 0 ? told : undefined);
      const reports = new Map(found.map(({ report }, i) => [inOrder[i], report]));
      return statements.map((statement) => ({ statement, report: reports.get(statement)! }));
    };
    const isRight = (found: readonly Found[]) => found.every(({ report }) => report.verdict === 'right');
    const asWritten = judged(0);
    if (!isExcerpt(statements, loop)) return asWritten;
    for (let first = 1, found = asWritten; first <= statements.length; first++) {
      if (isRight(found)) return found;
      if (first > MAX_ROTATIONS) break;
      if (first < statements.length) found = judged(first);
    }
    return asWritten;
  }

  #judgeOrDefine(statement: Statement, text: string, meanings: Meanings): Judged {
    const each = forEachParameter(statement, this.subject);
    return each === undefined
      ? this.#judged(statement, text, meanings)
      : this.#judgedForEach(each, text, meanings);
  }

  /**
   * A statement about any parameter θ. It is right if it is for all from which states are computed, and for no other one
   * says anything but 0.
   */
  #judgedForEach(each: readonly ForParameter[], text: string, meanings: Meanings): Judged {
    const all = each.map((one) => ({ ...one, report: this.#judged(one.statement, text, meanings) }));
    const right = all.filter(({ report }) => report.verdict === 'right');
    const isZero = ({ statement }: ForParameter) => {
      const [, ...members] = statement.members;
      const zero: Expr = { kind: 'number', text: '0', span: members.at(-1)!.span };
      return this.#judged({ ...statement, members: [...members, zero] }, text, meanings).verdict === 'right';
    };
    const others = all.filter((one) => !right.includes(one));
    const isMeant = right.length > 0 && others.every((one) => !one.isOfState && !one.isChosen && isZero(one));
    const { report } = isMeant ? right[0] : (others[0] ?? right[0]);
    const meant = isMeant ? right : others.slice(0, 1);
    const words = `θ = ${meant.map(({ parameter }) => parameter).join(', ')}`;
    return { ...report, meanings, reading: report.reading === '' ? words : `${report.reading}, ${words}` };
  }

  #judged(statement: Statement, text: string, meanings: Meanings): Judged {
    try {
      const report = judge(statement, text, this.subject, this.#points, meanings);
      if (report.verdict === 'right') return report;
      const defined = define(statement, text, this.subject, this.#points, meanings, report);
      return defined ?? this.#confirmed(report, statement, text, meanings);
    } catch (error) {
      if (!(error instanceof NotationError)) throw error;
      return unjudged(statement, text, meanings, error);
    }
  }

  /** The report with its repair, if that makes the statement right when it is typed. */
  #confirmed(report: Judged, statement: Statement, text: string, meanings: Meanings): Judged {
    const read = (typed: string) => {
      const { statements, problems } = this.subject.read(typed);
      const all = statements.flatMap((one) => spelledOut(oriented(one, this.subject), this.subject));
      return problems.length > 0 ? undefined : all;
    };
    const judged = (one: Statement, typed: string) => judge(one, typed, this.subject, this.#points, meanings);
    return confirmed(report, statement, text, read, judged);
  }
}

/** How much is right. Where names are certain, that a symbol could be another one counts for nothing. */
function worth(reports: readonly StatementReport[], areCertain: boolean): number {
  const points = { right: 2, ambiguous: areCertain ? 0 : 1, wrong: 0, unverifiable: 0 } as const;
  return reports.reduce((sum, { verdict }) => sum + points[verdict], 0);
}

/** The report, with what is said of the names that its statement uses. */
function withWords({ statement, report }: Found, custom: Custom | undefined): Judged {
  const said = [...(custom?.words ?? [])]
    .filter(([name]) => mentionsName(statement, name))
    .map(([name, what]) => `${name} is ${what}`);
  if (said.length === 0) return report;
  return { ...report, reading: [report.reading, ...said].filter((words) => words !== '').join(', ') };
}

/** Of a statement that cannot even be tried. */
function unjudged(
  { span, members: [left] }: Statement,
  text: string,
  meanings: Meanings,
  { message }: NotationError,
): Judged {
  return {
    text: text.slice(span.start, span.end),
    span,
    level: 2,
    target: text.slice(left.span.start, left.span.end),
    verdict: 'unverifiable',
    message,
    reading: '',
    readings: [],
    terms: [],
    missing: [],
    faults: [],
    repair: undefined,
    maxRelativeError: undefined,
    meanings,
  };
}

/** Most lines of a loop's body at which it may begin. */
const MAX_ROTATIONS = 6;

interface Found {
  readonly statement: Statement;
  readonly report: Judged;
}

/** What is judged, and the definitions that it uses, directly or by way of others. */
function inUse(found: readonly Found[]): ReadonlySet<Found> {
  const used = new Set(found.filter(({ report }) => report.defines === undefined));
  for (const { statement } of used) {
    for (const other of found)
      if (other.report.defines !== undefined && mentions(statement, other.report.defines)) used.add(other);
  }
  return used;
}

/** `g_0 = 0` before the recursion g_t = … g_{t−1} that begins there. */
function startsFirst(statements: readonly Statement[]): Statement[] {
  const symbolOf = ({ members: [left] }: Statement) => scriptedName(left)?.base;
  const isRecursion = (statement: Statement, symbol: string) =>
    mentions({ ...statement, members: statement.members.slice(1) }, symbol);
  const ordered: Statement[] = [];
  for (const statement of statements) {
    const symbol = symbolOf(statement);
    const at = ordered.findIndex(
      (other) => symbol !== undefined && symbolOf(other) === symbol && isRecursion(other, symbol),
    );
    if (symbol === undefined || at < 0 || isRecursion(statement, symbol)) ordered.push(statement);
    else ordered.splice(at, 0, statement);
  }
  return ordered;
}

/** Whether a line says what a symbol is. */
function defines({ members }: Statement, symbol: string): boolean {
  const [left] = members;
  const name = left.kind === 'differential' ? (undoDifferential(left) ?? left) : left;
  return scriptedName(name)?.base === symbol;
}

/** The names of the loop that a line of it reads before any line has computed them at this step. */
function carriedInto(body: readonly Statement[], at: number, { names }: Loop): ReadonlySet<string> {
  const computed = (statements: readonly Statement[]) =>
    new Set(statements.flatMap(({ members }) => nameOf(members[0]) ?? []));
  const [before, after] = [computed(body.slice(0, at)), computed(body.slice(at))];
  return new Set([...names].filter((name) => after.has(name) && !before.has(name)));
}

/** Whether a line reads dh of this step before a line computes it: the body begins elsewhere. dh_next may be read so. */
function isExcerpt(body: readonly Statement[], loop: Loop): boolean {
  return body.some(({ members }, at) => {
    const carried = carriedInto(body, at, loop);
    const read = members.slice(1).flatMap((member) => [...parts(member)].flatMap((x) => nameOf(x) ?? []));
    return read.some((name) => loop.own.has(name) && carried.has(name));
  });
}

/** `V^T e = ∂E/∂H`, `W_2^T = ∂z_2/∂a_1`: what is derived, or else named, belongs on the left. */
function oriented(statement: Statement, subject: Subject): Statement {
  const { members, relations } = statement;
  const at = members.length - 1;
  const [first, last] = [members[0], members[at]];
  if (at < 1 || relations.some((relation) => relation !== '=')) return statement;
  const base = scriptedName(first)?.base;
  const isKnown = base !== undefined && canonical(base, subject.indexCount) !== undefined;
  const isTurned = isDerived(last) ? isKnown || !isNamed(first) : isNamed(last) && !isNamed(first);
  if (isDerived(first) || !isTurned) return statement;
  return { ...statement, members: [last, ...members.slice(0, at)] };
}

const isDerived = (x: Expr): boolean =>
  x.kind === 'bracket' ? isDerived(x.of) : x.kind === 'derivative' || x.kind === 'differential';
const isNamed = (x: Expr): boolean =>
  x.kind === 'bracket' ? isNamed(x.of) : isDerived(x) || scriptedName(x) !== undefined;

/**
 * `a = b, c = d` as two statements, unless the second restricts an index, `t < T`, or says what a parameter or a constant
 * is, `W = Wᵀ`. What defines a symbol of the first comes before it.
 */
function spelledOut(statement: Statement, subject: Subject): readonly Statement[] {
  const own: Statement[] = [];
  const conditions: Expr[] = [];
  for (const condition of statement.conditions) {
    if (condition.kind === 'relation' && isClaim(condition, subject)) {
      const { members, relations, span } = condition;
      own.push({ members, relations, conditions, doubtful: [], span });
    } else conditions.push(condition);
  }
  if (own.length === 0) return [statement];
  const isDefinition = ({ members: [left] }: Statement) => {
    const symbol = scriptedName(left)?.base;
    return symbol !== undefined && mentions(statement, symbol);
  };
  const main = { ...statement, conditions };
  return [...own.filter(isDefinition), main, ...own.filter((made) => !isDefinition(made))];
}

/** Whether a relation behind a comma says more than which indices and which points are meant. */
function isClaim({ members, relations }: Of<'relation'>, subject: Subject): boolean {
  const [left, right] = members;
  if (members.length > 2 && relations.every((relation) => relation === '=')) return true;
  if (members.length !== 2 || !['=', ':='].includes(relations[0])) return false;
  const letter = plainName(left);
  if (letter !== undefined && subject.indexCount(letter).length === 0) {
    if (right.kind !== 'derivative' && [...parts(right)].every((x) => isIndexing(x, subject))) return false;
  }
  const reference = referenceOf(left, subject.integers, subject.indexCount);
  const id = reference && subject.find(reference);
  if (id === undefined || subject.graph.node(id).inputs.length > 0) return true;
  const inner = isTransposed(right) ? right.of : right;
  return right.kind !== 'number' && referenceOf(inner, subject.integers, subject.indexCount) === undefined;
}

/** Numbers, sizes and indices, of which ranges are made. */
function isIndexing(x: Expr, subject: Subject): boolean {
  const name = plainName(x);
  return name === undefined ? INDEXING.has(x.kind) : subject.indexCount(name).length === 0;
}

const INDEXING: ReadonlySet<Expr['kind']> = new Set([
  'number',
  'name',
  'sum',
  'product',
  'neg',
  'bracket',
  'interval',
  'list',
  'ellipsis',
  'quotient',
]);

const isTransposed = (x: Expr): x is Of<'sup'> | Of<'prime'> =>
  x.kind === 'prime' || (x.kind === 'sup' && isTransposeMark(x.exponent));

/** Whether a symbol occurs in a statement. */
function mentions({ members }: Statement, symbol: string): boolean {
  const baseOf = (x: Expr): string | undefined => scriptedName(x)?.base;
  return members
    .flatMap((member) => [...parts(member)])
    .some(
      (x) =>
        baseOf(x) === symbol || (x.kind === 'differential' && baseOf(undoDifferential(x) ?? x) === symbol),
    );
}
