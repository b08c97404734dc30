/** Lines of a program that add to one variable, `dW = A` and `dW += B`: together they say what it is. */

import type { Expr, Relation, Statement, Term } from '../notation/tree.ts';
import { freeIndices } from './free-indices.ts';
import { type Loop, nameOf } from './loop.ts';
import { assignedName } from './reassigned.ts';
import type { StatementReport } from './report.ts';
import type { Subject } from './subject.ts';
import { slice } from './wording.ts';

export interface Accumulated {
  /** What is judged: the sum of what the lines add. */
  readonly statement: Statement;
  readonly lines: readonly Statement[];
}

const ADDING: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=']);

/**
 * The lines, with those that add to the same variable joined. `dW = 0` says that the sum begins at 0. Where a name is
 * assigned anew the program begins anew: a document may hold it twice.
 */
export function accumulated(
  statements: readonly Statement[],
  text: string,
  subject: Subject,
  loop: Loop | undefined,
): readonly Accumulated[] {
  const groups: Statement[][] = [];
  const open = new Map<string, Statement[]>();
  const assigned = new Set<string>();
  const adds = statements.some(({ relations }) => ADDING.has(relations[0]));
  for (const statement of statements) {
    const { members, relations } = statement;
    const key = assignedName(members[0], text);
    const group = open.get(key);
    if (
      adds &&
      group !== undefined &&
      ADDING.has(relations[0]) &&
      areAlike(group[0], statement, subject, loop)
    ) {
      group.push(statement);
      continue;
    }
    if (!ADDING.has(relations[0])) {
      if (assigned.has(key)) {
        open.clear();
        assigned.clear();
      }
      assigned.add(key);
    }
    const made = [statement];
    groups.push(made);
    open.set(key, made);
  }
  return groups.map((lines) => ({ statement: sumOf(lines), lines }));
}

/** Whether two lines add up: both at this step alone, or both over all steps. */
function areAlike(first: Statement, next: Statement, subject: Subject, loop: Loop | undefined): boolean {
  if (first.members.length !== 2 || next.members.length !== 2) return false;
  if (ADDING.has(first.relations[0]) || isZero(first.members[1])) return true;
  const [left, right] = next.members;
  const isOfStep = loop?.names.has(nameOf(left) ?? '') ?? false;
  return isOfStep || freeIndices([right], subject, subject.integers).size === 0;
}

const isZero = (x: Expr): boolean =>
  (x.kind === 'number' && Number(x.text) === 0) ||
  (x.kind === 'call' && x.fn.kind === 'name' && /^zeros/.test(x.fn.base));

function sumOf(lines: readonly Statement[]): Statement {
  const [first, ...rest] = lines;
  if (rest.length === 0) return first;
  const parts = isZero(first.members[1]) ? rest : lines;
  const span = { start: parts[0].members[1].span.start, end: parts[parts.length - 1].members[1].span.end };
  let terms: Term[] = [];
  for (const { members, relations } of parts) {
    const [, by] = members;
    const isMultiple = relations[0] === '*=' || relations[0] === '/=';
    if (isMultiple) terms = [{ sign: '+', term: multiple(terms, relations[0], by) }];
    else terms.push({ sign: relations[0] === '-=' ? '-' : '+', term: by });
  }
  const [{ sign, term }] = terms;
  const sum: Expr = terms.length === 1 && sign === '+' ? term : { kind: 'sum', terms, span };
  const relation = ADDING.has(parts[0].relations[0]) ? '+=' : first.relations[0];
  return { ...first, members: [first.members[0], sum], relations: [relation] };
}

/** (a + b) / c, (a + b) * c for what was added before. */
function multiple(terms: readonly Term[], relation: Relation, by: Expr): Expr {
  const span = { start: terms[0]?.term.span.start ?? by.span.start, end: by.span.end };
  const sum: Expr =
    terms.length === 1 && terms[0].sign === '+' ? terms[0].term : { kind: 'sum', terms, span };
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
  const isWithin = ({ span }: Statement, at: { readonly start: number; readonly end: number } | undefined) =>
    at !== undefined && span.start <= at.start && at.end <= span.end;
  const lineOf = (at: { readonly start: number; readonly end: number } | undefined) =>
    lines.find((line) => isWithin(line, at)) ?? lines[lines.length - 1];
  // a line is right by itself where what is wrong is known to be elsewhere: one change there mends all
  const { repair } = report;
  const isMended =
    repair !== undefined &&
    lines.some((line) => isWithin(line, repair.span)) &&
    report.faults.every(({ span }) => lines.some((line) => isWithin(line, span)));
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
      repair: repair !== undefined && lineOf(repair.span) === line ? repair : undefined,
    };
  });
}
