/** One statement of a derivation judged: as it is, for each parameter, as an identity, with other numbers, as a definition. */

import { GradpathError } from '../graph/error.ts';
import { NotationError } from '../notation/problem.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { type ForParameter, forEachParameter } from './any-parameter.ts';
import { Cache } from './cache.ts';
import { confirmed } from './confirm.ts';
import { define } from './define.ts';
import { type Identity, identityOf, withoutPaths } from './identity.ts';
import { type Judged, judge } from './judge.ts';
import { unjudged } from './judged.ts';
import { numbersSet } from './numbers.ts';
import { type Points, pointsOf } from './points.ts';
import type { Meanings } from './reading.ts';
import { withRows } from './rows.ts';
import { spelledOut } from './spell.ts';
import type { Subject } from './subject.ts';

const MAX_NUMBERED = 8;

export class LineJudge {
  readonly subject: Subject;
  readonly #points: Points;

  /** By the numbers that conditions give: the model with these. */
  readonly #numbered = new Cache<LineJudge | undefined>(MAX_NUMBERED);

  constructor(subject: Subject) {
    this.subject = subject;
    this.#points = pointsOf(subject);
  }

  /** The report on a statement; what it says of symbols is in its meanings. */
  judge(statement: Statement, text: string, meanings: Meanings): Judged {
    const set = numbersSet(statement, this.subject);
    const numbered = set && this.#underNumbers(set.numbers);
    if (set !== undefined && numbered !== undefined) {
      const report = numbered.judge(set.rest, text, meanings);
      return { ...report, meanings };
    }
    const each = forEachParameter(statement, this.subject);
    return each === undefined
      ? this.#judged(statement, text, meanings)
      : this.#judgedForEach(each, text, meanings);
  }

  /** The judge for the model with other numbers for names such as γ = 2; undefined if there is no such model. */
  #underNumbers(numbers: ReadonlyMap<string, number>): LineJudge | undefined {
    const key = [...numbers].map(([name, value]) => `${name} ${value}`).join();
    return this.#numbered.of(key, () => {
      try {
        const other = this.subject.withSizes(numbers);
        return other && new LineJudge(other);
      } catch (error) {
        if (!(error instanceof GradpathError || error instanceof NotationError)) throw error;
        return undefined;
      }
    });
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

  #judgedIdentity(identity: Identity, statement: Statement, text: string, meanings: Meanings): Judged {
    const judgedAs = ({ statement: one, subject, points }: Identity, typed: string) =>
      judge(one, typed, subject, points, new Map());
    const report = judgedAs(identity, text);
    const again = (one: Statement, typed: string) => {
      const other = identityOf(one, this.subject);
      return other === undefined
        ? judge(one, typed, this.subject, this.#points, meanings)
        : judgedAs(other, typed);
    };
    const sure = withoutPaths(this.#confirmed(report, statement, text, again));
    return { ...sure, meanings, reading: identity.said(text) };
  }

  #judged(statement: Statement, text: string, meanings: Meanings): Judged {
    const rows = withRows(statement, this.subject);
    if (rows !== undefined) {
      const reports = rows.ways.map((way) => this.#judgedAsTyped(way, text, meanings));
      const report = reports.find(({ verdict }) => verdict === 'right') ?? reports[0];
      return { ...report, reading: [report.reading, rows.said].filter((words) => words !== '').join(', ') };
    }
    return this.#judgedAsTyped(statement, text, meanings);
  }

  #judgedAsTyped(statement: Statement, text: string, meanings: Meanings): Judged {
    try {
      const identity = identityOf(statement, this.subject);
      if (identity !== undefined) return this.#judgedIdentity(identity, statement, text, meanings);
      const report = judge(statement, text, this.subject, this.#points, meanings);
      if (report.verdict === 'right') return report;
      const defined = define(statement, text, this.subject, this.#points, meanings, report);
      const again = (one: Statement, typed: string) =>
        judge(one, typed, this.subject, this.#points, meanings);
      return defined ?? this.#confirmed(report, statement, text, again);
    } catch (error) {
      if (!(error instanceof NotationError)) throw error;
      return unjudged(statement, text, meanings, error);
    }
  }

  /** The report with its repair, if that makes the statement right when it is typed. */
  #confirmed(
    report: Judged,
    statement: Statement,
    text: string,
    judged: (statement: Statement, typed: string) => Judged,
  ): Judged {
    const read = (typed: string) => {
      const { statements, problems } = this.subject.read(typed);
      const all = statements.flatMap((one) => spelledOut(one, this.subject));
      return problems.length > 0 ? undefined : all;
    };
    return confirmed(report, statement, text, read, judged);
  }
}
