/** A derivation against a model: statement by statement, with what earlier lines settled carried on. */

import { scriptedName } from '../model/equations/names.ts';
import type { Model } from '../model/model.ts';
import { parseNotation } from '../notation/parse.ts';
import type { NotationError } from '../notation/problem.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { type Instance, MORE_SEEDS, SEEDS, sample } from './instance.ts';
import { define, type Judged, judge, type Points } from './judge.ts';
import { indexed, type Loop, loopOf, nameOf } from './loop.ts';
import type { Meanings } from './reading.ts';
import type { StatementReport } from './report.ts';
import { parts } from './rewrite.ts';
import { Subject } from './subject.ts';

export interface Derivation {
  readonly statements: readonly StatementReport[];
  /** Lines that could not be read. */
  readonly problems: readonly NotationError[];
}

/** A model made ready for derivations: keep it for several. */
export class Checker {
  readonly subject: Subject;
  readonly #points: Points;

  constructor(model: Model) {
    this.subject = new Subject(model);
    const points = (keepsGiven: boolean) => SEEDS.map((seed) => sample(this.subject, seed, keepsGiven));
    let more: readonly Instance[] | undefined;
    const moreOf = () => {
      more ??= MORE_SEEDS.map((seed) => sample(this.subject, seed));
      return more;
    };
    this.#points = { drawn: points(false), given: points(true), more: moreOf };
  }

  /** Judges all statements of a text. Never throws for what the text holds. */
  check(text: string): Derivation {
    const names = new Set([...this.subject.families.values()].map(({ name }) => name));
    const { statements, problems } = parseNotation(text, { names });
    return { statements: this.judgeAll(statements, text), problems };
  }

  /** Judges statements that belong together: a symbol means the same in all of them. */
  judgeAll(statements: readonly Statement[], text: string): readonly StatementReport[] {
    const loop = loopOf(statements, this.subject);
    let meanings: Meanings = new Map();
    const found: { readonly report: Judged; readonly statement: Statement }[] = [];
    for (const statement of statements) {
      const report = this.#judge(statement, text, meanings, loop);
      meanings = report.meanings;
      found.push({ report, statement });
    }
    return found.map(({ report, statement }) => {
      const { defines } = report;
      const others = found.filter((other) => other.statement !== statement).map((other) => other.statement);
      const isUsed = defines === undefined || others.some((other) => mentions(other, defines));
      if (isUsed) return report;
      return {
        ...report,
        verdict: 'unverifiable',
        message: `${report.message}; nothing else uses it, so that there is nothing to check`,
      };
    });
  }

  #judge(statement: Statement, text: string, meanings: Meanings, loop: Loop | undefined): Judged {
    if (loop === undefined) return this.#judgeOrDefine(statement, text, meanings);
    const own = nameOf(statement.members[0]);
    const used = new Set(
      statement.members
        .slice(1)
        .flatMap((member) => [...parts(member)])
        .flatMap((x) => nameOf(x) ?? [])
        .filter((name) => loop.names.has(name) && name !== own),
    );
    const first = this.#judgeOrDefine(indexed(statement, loop, new Set()), text, meanings);
    if (first.verdict === 'right') return first;
    // a name may hold what the step before left in it
    for (const name of used) {
      const next = this.#judgeOrDefine(indexed(statement, loop, new Set([name])), text, meanings);
      if (next.verdict !== 'right') continue;
      const carried = `${name} carried over from the step before`;
      return { ...next, reading: next.reading === '' ? carried : `${next.reading}, ${carried}` };
    }
    return first;
  }

  #judgeOrDefine(statement: Statement, text: string, meanings: Meanings): Judged {
    const report = judge(statement, text, this.subject, this.#points, { meanings });
    if (report.verdict === 'right') return report;
    return define(statement, text, this.subject, this.#points, { meanings }, report) ?? report;
  }
}

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
