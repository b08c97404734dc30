/** A derivation against a model: statement by statement, with what earlier lines settled carried on. */

import type { Model } from '../model/model.ts';
import { parseNotation } from '../notation/parse.ts';
import type { NotationError } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import { type Instance, MORE_SEEDS, SEEDS, sample } from './instance.ts';
import { judge, type Points } from './judge.ts';
import type { Meanings } from './reading.ts';
import type { StatementReport } from './report.ts';
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
    const moreOf = () => (more ??= MORE_SEEDS.map((seed) => sample(this.subject, seed)));
    this.#points = { drawn: points(false), given: points(true), more: moreOf };
  }

  /** Judges all statements of a text. Never throws for what the text holds. */
  check(text: string): Derivation {
    const { statements, problems } = parseNotation(text, {
      names: new Set([...this.subject.families.values()].map(({ name }) => name)),
    });
    let meanings: Meanings = new Map();
    const reports: StatementReport[] = [];
    for (const statement of statements) {
      const report = this.judge(statement, text, meanings);
      meanings = report.meanings;
      reports.push(report);
    }
    return { statements: reports, problems };
  }

  judge(statement: Statement, text: string, meanings: Meanings): ReturnType<typeof judge> {
    return judge(statement, text, this.subject, this.#points, { meanings });
  }
}
