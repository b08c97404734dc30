/** Lines of a program that add to one variable, `dW = A` and `dW += B`: together they say what it is. */

import type { Expr, Relation, Span, Statement, Term } from '../notation/tree.ts';
import { areAlike, isZero } from './flow.ts';
import { freeIndices } from './free-indices.ts';
import { type Loop, nameOf } from './loop.ts';
import { assignedName, CHANGES } from './reassigned.ts';
import { negated } from './repair/forms.ts';
import type { StatementReport } from './report.ts';
import type { Subject } from './subject.ts';
import { slice } from './wording.ts';

export interface Accumulated {
  /** What is judged is the sum of what they add. */
  readonly lines: readonly Statement[];
  /** Why more may be added than what is judged. */
  readonly doubt?: string;
}

/**
 * The lines, with those together that add to the same variable. `dW = 0` says that the sum begins at 0. Where a name is
 * assigned anew the program begins anew: a document may hold it twice.
 */
export function accumulated(
  statements: readonly Statement[],
  text: string,
  subject: Subject,
  loop: Loop | undefined,
): readonly Accumulated[] {
  const groups: { lines: Statement[]; doubt?: string }[] = [];
  const given = new Set<string>();
  const open = new Map<string, Statement[]>();
  const assigned = new Set<string>();
  const adds = statements.some(({ relations }) => CHANGES.has(relations[0]));
  for (const statement of statements) {
    const { members, relations } = statement;
    const key = assignedName(members[0], text);
    const group = open.get(key);
    if (adds && group !== undefined && CHANGES.has(relations[0]) && addUp(group, statement, subject, loop)) {
      group.push(statement);
      continue;
    }
    if (!CHANGES.has(relations[0])) {
      if (assigned.has(key)) {
        open.clear();
        assigned.clear();
      }
      assigned.add(key);
    }
    const made = [statement];
    const isSecond = CHANGES.has(relations[0]) && group === undefined && given.has(key);
    groups.push({ lines: made, ...(isSecond ? { doubt: `lines before give ${key} a value already` } : {}) });
    open.set(key, made);
    given.add(key);
  }
  return groups;
}

/** Whether two lines add up: both at this step alone, or both over all steps. */
function addUp(
  group: readonly Statement[],
  next: Statement,
  subject: Subject,
  loop: Loop | undefined,
): boolean {
  const first = group.length > 1 && isZero(group[0].members[1]) ? group[1] : group[0];
  if (first.members.length !== 2 || next.members.length !== 2) return false;
  if (first.relations[0] === '*=' || first.relations[0] === '/=') return false;
  const isBegun = isZero(first.members[1]) && first.conditions.length === 0;
  if (!isBegun && !areAlike(first, next)) return false;
  if (CHANGES.has(first.relations[0]) || isBegun) return true;
  const [left, right] = next.members;
  const isOfStep = loop?.names.has(nameOf(left) ?? '') ?? false;
  return isOfStep || freeIndices([right], subject, subject.integers).size === 0;
}

/** What lines that add up say together. `loop`: what stands outside of it is added once, and not at every step. */
export function sumOf(lines: readonly Statement[], loop: Loop | undefined): Statement {
  const [first, ...rest] = lines;
  if (rest.length === 0) return first;
  const parts = isZero(first.members[1]) ? rest : lines;
  const isSummed = CHANGES.has(parts[0].relations[0]);
  const isOnce = (line: Statement) => isSummed && (loop?.flow.isOutside(line) ?? false);
  const count = loop?.flow.count ?? 1;
  const span = { start: parts[0].members[1].span.start, end: parts[parts.length - 1].members[1].span.end };
  let terms: Term[] = [];
  for (const line of parts) {
    const { members, relations } = line;
    const [, by] = members;
    const isMultiple = relations[0] === '*=' || relations[0] === '/=';
    if (isMultiple && terms.length === 0) continue; // nothing was added yet
    if (isMultiple) terms = [{ sign: '+', term: multiple(terms, relations[0], by) }];
    else terms.push({ sign: relations[0] === '-=' ? '-' : '+', term: isOnce(line) ? share(by, count) : by });
  }
  if (terms.length === 0) return first;
  const sum = added(terms, span);
  const relation = isSummed ? '+=' : first.relations[0];
  const { conditions } = parts[0];
  return { ...first, members: [first.members[0], sum], relations: [relation], conditions };
}

/** One term is no sum: it is itself, or −x. */
function added(terms: readonly Term[], span: Span): Expr {
  if (terms.length > 1) return { kind: 'sum', terms, span };
  const [{ sign, term }] = terms;
  return sign === '+' ? term : negated(term);
}

/** What is added once, as the part of each step. */
function share(x: Expr, count: number): Expr {
  if (count < 2) return x;
  const { span } = x;
  const over: Expr = { kind: 'bracket', style: '(', of: x, span };
  return { kind: 'quotient', style: '/', over, under: { kind: 'number', text: String(count), span }, span };
}

/** (a + b) / c, (a + b) * c for what was added before. */
function multiple(terms: readonly Term[], relation: Relation, by: Expr): Expr {
  const span = { start: terms[0]?.term.span.start ?? by.span.start, end: by.span.end };
  const sum = added(terms, span);
  const all: Expr = { kind: 'bracket', style: '(', of: sum, span: sum.span };
  if (relation === '/=') return { kind: 'quotient', style: '/', over: all, under: by, span };
  const factors = [
    { operator: 'juxtaposed', factor: all },
    { operator: 'asterisk', factor: by },
  ] as const;
  return { kind: 'product', factors, span };
}

/** What the report on the sum says of each line. */
export function reportsOf<R extends StatementReport>(
  { lines }: Accumulated,
  report: R,
  text: string,
): readonly R[] {
  if (lines.length === 1) return [report];
  const isWithin = ({ span }: { readonly span: Span }, at: Span | undefined) =>
    at !== undefined && span.start <= at.start && at.end <= span.end;
  const lineOf = (at: Span | undefined) =>
    lines.find((line) => isWithin(line, at)) ?? lines[lines.length - 1];
  // a line is right by itself where what is wrong is known to be elsewhere: one change there mends all
  const { repair } = report;
  const isMended =
    repair !== undefined &&
    lines.some((line) => isWithin(line, repair.span)) &&
    report.faults.every(({ span }) => lines.some((line) => isWithin(line, span)));
  // typed in place of a whole right side it must be what is added, and not −x behind −=
  const isTyped = ({ members: [, right], relations: [relation] }: Statement, { start, end }: Span) =>
    isWithin(right, { start, end }) &&
    (relation === '=' || relation === '+=' || start > right.span.start || end < right.span.end);
  const isLocated = isMended || report.faults.every(({ kind }) => kind === 'missing');
  return lines.map((line) => {
    const faults = report.faults.filter(({ span }) => lineOf(span) === line);
    const isFaulty =
      report.verdict !== 'wrong' || !isLocated || faults.length > 0 || report.faults.length === 0;
    return {
      ...report,
      text: slice(text, line.span),
      span: line.span,
      verdict: isFaulty ? report.verdict : 'right',
      message: isFaulty
        ? `together with the other lines that add to it: ${report.message}`
        : 'part of the sum',
      terms: report.terms.filter(({ span }) => lineOf(span) === line),
      missing: lineOf(undefined) === line ? report.missing : [],
      faults,
      repair: repair !== undefined && isTyped(line, repair.span) ? repair : undefined,
    };
  });
}
