/** A repair is offered only if it holds good when it is typed: the changed text is read and judged again. */

import type { Statement } from '../notation/tree.ts';
import type { Judged } from './judge.ts';
import { alike, parts } from './rewrite.ts';
import { slice } from './wording.ts';

/**
 * The report, without its repair if the changed text would not be right. `read`: the statements of a text, undefined if
 * it cannot be read; `judged`: the verdict on one of them.
 */
export function confirmed(
  report: Judged,
  statement: Statement,
  text: string,
  read: (text: string) => readonly Statement[] | undefined,
  judged: (statement: Statement, text: string) => Judged,
): Judged {
  const { repair } = report;
  if (repair === undefined) return report;
  const { start, end } = statement.span;
  const typed = slice(text, statement.span);
  // of a line of a loop more is known than stands in it
  const own = read(typed) ?? [];
  const at = own.findIndex(({ members }) => isAlike(members, statement.members));
  if (at < 0) return report;
  const changed =
    text.slice(start, repair.span.start) + repair.replacement + text.slice(repair.span.end, end);
  const again = read(changed);
  const verdict = again?.length === own.length ? judged(again[at], changed).verdict : 'wrong';
  const hasDots = statement.members.some((member) =>
    [...parts(member)].some(({ kind }) => kind === 'ellipsis'),
  );
  return verdict === 'right' || (verdict === 'ambiguous' && hasDots) ? report : withoutRepair(report);
}

const isAlike = (some: Statement['members'], others: Statement['members']): boolean =>
  some.length === others.length && some.every((x, i) => alike(x, others[i]));

function withoutRepair(report: Judged): Judged {
  const label = report.repair!.label;
  const silent = (said: string): string => {
    if (!said.includes(label)) return said;
    const rest = said.split('; ').filter((part) => !part.includes(label));
    return rest.length === 0 ? 'not equal to the other side' : rest.join('; ');
  };
  return {
    ...report,
    message: silent(report.message),
    terms: report.terms.map((term) => ({ ...term, message: silent(term.message) })),
    faults: report.faults.map((fault) => ({ ...fault, detail: silent(fault.detail) })),
    repair: undefined,
  };
}
