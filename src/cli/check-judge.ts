/** What `gradpath check` finds out: the formulas of a document, or one that was typed, each with its verdict. */

import { GradpathError } from '../graph/error.ts';
import type { Model } from '../model/model.ts';
import { NotationError, positionOf } from '../notation/problem.ts';
import type { Expr, Span, Statement } from '../notation/tree.ts';
import { Checker } from '../verify/check.ts';
import type { MathDocument } from '../verify/document.ts';
import { withoutHeaders } from '../verify/program.ts';
import type { StatementReport, Verdict } from '../verify/report.ts';

/** A formula at its place in the document. */
export interface CheckedFormula {
  readonly line: number;
  readonly column: number;
  readonly span: Span;
  /** As it was typed, on one line. */
  readonly text: string;
  /** What was read: a statement, or the relation behind its comma. Undefined if it cannot be read. */
  readonly statement: Statement | undefined;
  readonly report: StatementReport | undefined;
  readonly problem: NotationError | undefined;
}

export interface Checked {
  /** The name of the document. */
  readonly source: string;
  readonly text: string;
  readonly model: Model;
  readonly formulas: readonly CheckedFormula[];
  /** Where formulas with derivatives of nothing in the model stand: they are not judged. */
  readonly foreign: readonly number[];
}

/** What is said of a formula: a verdict, or that it cannot be read. */
export type Outcome = Verdict | 'unreadable';

export const outcomeOf = ({ report }: CheckedFormula): Outcome => report?.verdict ?? 'unreadable';

/** The outcomes, the worst first. */
export const OUTCOMES: readonly Outcome[] = ['unreadable', 'wrong', 'unverifiable', 'ambiguous', 'right'];

/** Most formulas of a document. */
const MOST = 1000;

/** Judges the formulas of a document. `told` hears how many of how many are judged. */
export function checkDocument(
  document: MathDocument,
  source: string,
  model: Model,
  told: (done: number, count: number) => void,
): Checked {
  const checker = new Checker(model);
  const { text, statements, problems, foreign } = document.formulas(checker.subject);
  if (statements.length > MOST) {
    const message = `${source} holds ${statements.length} formulas, at most ${MOST} are judged at once; split it`;
    throw new GradpathError('limit', message, source);
  }
  const reports = checker.judgeAll(statements, text, told);
  const formulas = collected(document.text, reports, statements, problems);
  const lines = foreign.map(({ span }) => positionOf(document.text, span.start).line);
  return { source, text: document.text, model, formulas, foreign: lines };
}

/** Judges what was typed: one formula, or several in lines or with semicolons between. */
export function checkFormula(
  text: string,
  source: string,
  model: Model,
  told: (done: number, count: number) => void,
): Checked {
  const checker = new Checker(model);
  const { statements, problems } = checker.subject.read(withoutHeaders(text));
  const [claims, bare] = [
    statements.filter(({ members }) => members.length > 1),
    statements.filter(({ members }) => members.length === 1),
  ];
  const missing = bare.map(
    ({ span }) => new NotationError('expected an equation, such as dE/dW = …', text, span),
  );
  const reports = checker.judgeAll(claims, text, told);
  return {
    source,
    text,
    model,
    formulas: collected(text, reports, claims, [...problems, ...missing]),
    foreign: [],
  };
}

/** In the order of the text. */
function collected(
  text: string,
  reports: readonly StatementReport[],
  statements: readonly Statement[],
  problems: readonly NotationError[],
): readonly CheckedFormula[] {
  const read = statementsBySpan(statements, new Set(reports.map(({ span }) => key(span))));
  const formulas = [
    ...reports.map((report) => ({
      span: report.span,
      text: report.text,
      statement: read.get(key(report.span)),
      report,
      problem: undefined,
    })),
    ...problems.map((problem) => ({
      span: problem.span,
      text: lineAt(text, problem.span.start),
      statement: undefined,
      report: undefined,
      problem,
    })),
  ];
  return formulas
    .sort((a, b) => a.span.start - b.span.start)
    .map((formula) => ({
      ...formula,
      ...positionOf(text, formula.span.start),
      text: formula.text.replace(/\s+/g, ' ').trim(),
    }));
}

const key = ({ start, end }: Span) => `${start} ${end}`;

/** The statements, and the relations behind their commas where they are judged by themselves. */
function statementsBySpan(
  statements: readonly Statement[],
  judged: ReadonlySet<string>,
): ReadonlyMap<string, Statement> {
  const found = new Map<string, Statement>();
  for (const statement of statements) {
    const isClaim = (x: Expr) => x.kind === 'relation' && judged.has(key(x.span));
    for (const claim of statement.conditions) {
      if (claim.kind === 'relation' && isClaim(claim)) {
        found.set(key(claim.span), { ...claim, conditions: [], doubtful: [] });
      }
    }
    const conditions = statement.conditions.filter((condition) => !isClaim(condition));
    found.set(key(statement.span), { ...statement, conditions });
  }
  return found;
}

function lineAt(text: string, offset: number): string {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(Math.max(start, offset - 200), Math.min(end < 0 ? text.length : end, offset + 200));
}
