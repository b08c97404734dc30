/** A derivation against a model: statement by statement, with what earlier lines settled carried on. */

import type { NodeId } from '../graph/graph.ts';
import type { Model } from '../model/model.ts';
import { NotationError } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import { type Accumulated, accumulated, reportsOf, sumOf } from './accumulate.ts';
import { withStepsWritten } from './bare-steps.ts';
import { Cache } from './cache.ts';
import { type Custom, customIn } from './customary.ts';
import { Flow } from './flow.ts';
import type { Judged } from './judge.ts';
import { doubted, type Found, inUse, started, unjudged, updated, withWords, worth } from './judged.ts';
import { LineJudge } from './line-judge.ts';
import { withLookalikes } from './lookalikes.ts';
import { carriedInto, doubtsOf, indexed, isExcerpt, isStart, type Loop, loopOf } from './loop.ts';
import { defines, Waiting } from './order.ts';
import { withoutHeaders } from './program.ts';
import { programLine } from './program-line.ts';
import type { Meanings } from './reading.ts';
import { changedTooOften, reassigned } from './reassigned.ts';
import type { StatementReport } from './report.ts';
import { withShortNames } from './short-names.ts';
import { spelledOut } from './spell.ts';
import { Subject } from './subject.ts';
import { isUpdate } from './updates.ts';

export interface Derivation {
  readonly statements: readonly StatementReport[];
  /** Lines that could not be read. */
  readonly problems: readonly NotationError[];
}

/** Hears how many of how many statements are judged. */
type Told = (done: number, count: number) => void;
const quietly: Told = () => undefined;

const MAX_NAMED = 8;

/** A model made ready for derivations: keep it for several. */
export class Checker {
  readonly subject: Subject;
  readonly #lines: LineJudge;

  /** By the names that they add: the model with nodes named that it leaves unnamed. */
  readonly #named = new Cache<Checker>(MAX_NAMED);

  /** `names`: of nodes that the model leaves unnamed. */
  constructor(model: Model, names?: ReadonlyMap<NodeId, string>) {
    this.subject = new Subject(model, names);
    this.#lines = new LineJudge(this.subject);
  }

  /** Judges all statements of a text. Never throws for what the text holds. */
  check(text: string): Derivation {
    const { statements, problems } = this.subject.read(withoutHeaders(text));
    return { statements: this.judgeAll(statements, text), problems };
  }

  /** Judges statements that belong together: a symbol means the same in all of them. */
  judgeAll(typed: readonly Statement[], text: string, told: Told = quietly): readonly StatementReport[] {
    const updates = typed.filter((statement) => isUpdate(statement, this.subject));
    if (updates.length > 0) {
      const others = this.judgeAll(
        typed.filter((statement) => !updates.includes(statement)),
        text,
        told,
      );
      const all = [...others, ...updates.map((update) => updated(update, text))];
      return all.sort((a, b) => a.span.start - b.span.start);
    }
    const statements = withStepsWritten(typed, this.subject);
    const judged = (renamed: readonly Statement[]) => this.#judgedAsNamed(renamed, text, quietly);
    const own = this.#judgedAsNamed(statements, text, told);
    const reports = withShortNames(own, statements, this.subject, judged);
    return withLookalikes(reports, statements, text, this.subject, judged);
  }

  /** With names that custom has for what the model leaves unnamed. */
  #judgedAsNamed(statements: readonly Statement[], text: string, told: Told): readonly StatementReport[] {
    const custom = customIn(statements, this.subject);
    if (custom === undefined) return this.#judgeAll(statements, text, told);
    const key = [...custom.names].join(' ');
    const named = this.#named.of(key, () => new Checker(this.subject.model, custom.names));
    const reports = named.#judgeAll(statements, text, told, custom);
    if (reports.every(({ verdict }) => verdict === 'right')) return reports;
    const isDefined = statements.some((statement) =>
      [...custom.words.keys()].some((name) => defines(statement, name)),
    );
    if (custom.areCertain && !isDefined) return reports;
    const own = this.#judgeAll(statements, text, quietly);
    const gain = worth(own, custom.areCertain) - worth(reports, custom.areCertain);
    return gain > 0 || (gain === 0 && isDefined) ? own : reports;
  }

  #judgeAll(
    statements: readonly Statement[],
    text: string,
    told: Told,
    custom?: Custom,
  ): readonly StatementReport[] {
    const lines = statements.flatMap((statement) =>
      spelledOut(programLine(statement, this.subject), this.subject),
    );
    const beyond = changedTooOften(lines, text, this.subject);
    if (beyond !== undefined) {
      const name = text.slice(beyond.members[0].span.start, beyond.members[0].span.end);
      const problem = new NotationError(`${name} is changed too often to be followed`, text, beyond.span);
      return lines.map((line) => unjudged(line, text, new Map(), problem));
    }
    const renamed = reassigned(lines, text, this.subject);
    const isForced = renamed.some((one) => one.isForced);
    const ways = [...(isForced ? [] : [lines]), ...renamed.map((one) => one.lines)];
    let best: readonly StatementReport[] = [];
    for (const [i, way] of ways.entries()) {
      const found = this.#judgeLines(way, text, i === 0 ? told : quietly, custom);
      if (i === 0 || worth(found, false) > worth(best, false)) best = found;
      if (best.every(({ verdict }) => verdict === 'right')) break;
    }
    return best;
  }

  #judgeLines(
    typed: readonly Statement[],
    text: string,
    told: Told,
    custom?: Custom,
  ): readonly StatementReport[] {
    const flow = new Flow(typed, text, this.subject);
    const loop = loopOf(typed, this.subject, flow);
    const meant = loop === undefined ? typed : typed.filter((line) => !isStart(line, loop));
    const lines = meant.map((line) => flow.restricted(line));
    const groups = accumulated(lines, text, this.subject, loop);
    const found =
      loop === undefined
        ? this.#inTurn(
            groups.map((group) => sumOf(group.lines, loop)),
            text,
            told,
          )
        : this.#looped(groups, lines, text, loop, told);
    const used = inUse(found, ({ made }, meanings) => this.#lines.judge(made, text, meanings).verdict);
    const reports = found.map((one) => {
      const report = withWords(one, custom);
      if (used.has(one)) return report;
      return {
        ...report,
        verdict: 'unverifiable' as const,
        message: `${report.message}; no line that is right uses it, so that there is nothing to check`,
      };
    });
    const doubtOf = doubtsOf(lines, flow, loop);
    const byLine = new Map(
      groups.flatMap((group, i) => {
        const isRight = reports[i].verdict === 'right';
        const doubt = isRight ? (group.doubt ?? firstOf(group.lines, doubtOf)) : undefined;
        const own = reportsOf(group, doubted(reports[i], doubt), text);
        return group.lines.map((line, k) => [meant[lines.indexOf(line)], own[k]] as const);
      }),
    );
    return typed.map((line) => byLine.get(line) ?? started(line, text));
  }

  /** One after the other; a line that uses what a later line defines comes behind it. In the order of the text. */
  #inTurn(statements: readonly Statement[], text: string, told: Told = quietly): readonly Found[] {
    let meanings: Meanings = new Map();
    const found = new Map<Statement, Judged>();
    const tried = new Map<
      Statement,
      { readonly report: Judged; readonly known: Meanings; readonly count: number }
    >();
    const waiting = new Waiting(statements);
    const isOpen = (statement: Statement) => {
      const last = tried.get(statement);
      return last === undefined || (last.known !== meanings && last.count < MAX_TRIES);
    };
    const settle = (statement: Statement) => {
      const { report, known } = tried.get(statement)!;
      const isKnown = report.verdict !== 'wrong' || report.says === true; // a wrong line settles nothing
      if (isKnown && known === meanings) meanings = report.meanings;
      found.set(statement, report);
      waiting.settle(statement, isKnown && report.unknown === undefined);
      told(found.size, statements.length);
    };
    while (found.size < statements.length) {
      const statement = waiting.take();
      if (statement === undefined) {
        const rest = waiting.rest();
        if (rest.some(isOpen)) waiting.again(rest);
        else for (const one of rest) settle(one);
        continue;
      }
      if (isOpen(statement)) {
        const report = this.#lines.judge(statement, text, meanings);
        tried.set(statement, { report, known: meanings, count: (tried.get(statement)?.count ?? 0) + 1 });
      }
      const { unknown } = tried.get(statement)!.report;
      if (unknown === undefined || !waiting.park(statement, unknown)) settle(statement);
    }
    return statements.map((statement) => ({ statement, made: statement, report: found.get(statement)! }));
  }

  /**
   * The body of a loop: a name that a line reads before any line of the body computes it has what the step before left in
   * it. Which line the body begins with is open where the text is an excerpt: the first line that makes all right.
   */
  #looped(
    groups: readonly Accumulated[],
    lines: readonly Statement[],
    text: string,
    loop: Loop,
    told: Told,
  ): readonly Found[] {
    const statements = groups.map((group) => sumOf(group.lines, loop));
    const judged = (first: number): readonly Found[] => {
      const start = lines.indexOf(groups[first].lines[0]);
      const inOrder = [...lines.slice(start), ...lines.slice(0, start)];
      const made = new Map(
        inOrder.map((line, i) => [line, indexed(line, loop, carriedInto(inOrder, i, loop), inOrder)]),
      );
      const sums = groups.map((group) =>
        sumOf(
          group.lines.map((line) => made.get(line)!),
          loop,
        ),
      );
      const found = this.#inTurn(
        [...sums.slice(first), ...sums.slice(0, first)],
        text,
        first === 0 ? told : undefined,
      );
      const count = groups.length;
      return statements.map((statement, i) => ({
        ...found[(i - first + count) % count],
        statement,
      }));
    };
    const isRight = (found: readonly Found[]) => found.every(({ report }) => report.verdict === 'right');
    const asWritten = judged(0);
    if (!isExcerpt(lines, loop)) return asWritten;
    for (let first = 1, found = asWritten; first <= groups.length; first++) {
      if (isRight(found)) return found;
      if (first > MAX_ROTATIONS) break;
      if (first < groups.length) found = judged(first);
    }
    return asWritten;
  }
}

/** The first answer to a question that a line has. */
function firstOf<T>(lines: readonly Statement[], f: (line: Statement) => T | undefined): T | undefined {
  for (const line of lines) {
    const found = f(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How often a line is tried that waits for what others say. */
const MAX_TRIES = 10;
/** Most lines of a loop's body at which it may begin. */
const MAX_ROTATIONS = 6;
