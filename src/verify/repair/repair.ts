/** The one change that would make a wrong formula right. */

import type { Integers } from '../../model/equations/integers.ts';
import { print } from '../../notation/print.ts';
import type { Expr } from '../../notation/tree.ts';
import { boundNames } from '../free-indices.ts';
import type { Repair } from '../report.ts';
import { alike, parts } from '../rewrite.ts';
import type { Attempt } from '../search.ts';
import type { Trial } from '../trial.ts';
import { formOf, shown } from '../wording.ts';
import { type Edit, KINDS } from './edit.ts';
import { editsOf } from './edits.ts';

export interface Mended {
  readonly edit: Edit;
  /** Which member. */
  readonly member: number;
  readonly attempt: Attempt;
}

/** Most edits that are tried. A count, not a clock: the same input has the same repair. */
const MAX_EDITS = 900;
/** Most parts evaluated in search of a repair. */
const MAX_WORK = 20_000;

/** The likeliest edit under which the statement holds. `accepts`: what else must be true of the members then. */
export function findRepair(
  trial: Trial,
  attempts: readonly Attempt[],
  accepts: (attempt: Attempt, members: readonly Expr[]) => boolean,
): Mended | undefined {
  const { members } = trial.statement;
  const known = someValues(trial);
  const begun = trial.work.parts;
  for (const attempt of attempts) {
    let best: Mended | undefined;
    let tried = 0;
    for (let i = 1; i < members.length; i++) {
      const others = members.filter((_, k) => k !== i);
      for (const edit of editsOf(members[i], trial.subject, known, others)) {
        if (others.some((other) => alike(other, edit.member))) continue; // x = x says nothing
        if (++tried > MAX_EDITS || trial.work.parts - begun > MAX_WORK) break;
        if (best !== undefined && rank(edit) >= rank(best.edit)) continue;
        const changed = members.map((member, k) => (k === i ? edit.member : member));
        if (trial.judge(attempt.reading, true, changed).kind !== 'holds') continue;
        if (trial.judge(attempt.reading, false, changed).kind !== 'holds' || !accepts(attempt, changed))
          continue;
        best = { edit, member: i, attempt };
      }
    }
    if (best !== undefined) return best;
  }
  return undefined;
}

/** The likelier kind first; of these the smaller change. */
function rank({ kind, part }: Edit): number {
  return KINDS.indexOf(kind) * 100_000 + Math.min(99_999, part.span.end - part.span.start);
}

/** Some value for each index, to tell indices from names. */
export function someValues(trial: Trial): Integers {
  const known = new Map(trial.someAssignment);
  for (const x of trial.statement.members.flatMap((member) => [...parts(member)])) {
    if (x.kind === 'big') for (const name of boundNames(x)) if (!known.has(name)) known.set(name, 2);
  }
  return known;
}

/** The repair as it is told and typed. */
export function repairOf({ edit: { old, by } }: Mended, { statement }: Trial): Repair {
  return { label: labelOf(old, by), span: old.span, replacement: print(by, formOf(statement)) };
}

/** What changes: of two sums that differ in one term this term alone, with its sign. */
function labelOf(old: Expr, by: Expr): string {
  const [some, others] = [old, by].map((x) => (x.kind === 'sum' ? x.terms : []));
  const isSame = some.map(({ sign, term }, i) => sign === others[i]?.sign && alike(term, others[i].term));
  const at = isSame.indexOf(false);
  const isOne = some.length === others.length && at >= 0 && isSame.filter((same) => !same).length === 1;
  if (!isOne) return `${shown(old)} → ${shown(by)}`;
  const [a, b] = [some[at], others[at]];
  const hasSign = a.sign !== b.sign;
  const termText = ({ sign, term }: typeof a) => `${hasSign ? (sign === '-' ? '−' : '+') : ''}${shown(term)}`;
  return `${termText(a)} → ${termText(b)}`;
}
