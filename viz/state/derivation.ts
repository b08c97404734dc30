/** The derivation that a person writes: its statements, what the checker says of each, and the changes it offers. */

import { batch, computed, signal } from '@preact/signals';
import { shifted } from '../../src/model/equations/line.ts';
import { parseExpression, parseNotation } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';
import type { Of, Span, Statement } from '../../src/notation/tree.ts';
import { carried, changeBetween } from './change.ts';
import { isDocument } from './prose.ts';
import {
  type FormulaReport,
  type Judge,
  type Judgement,
  type MissingPath,
  moved,
  type Unread,
} from './report.ts';
import { derivation, document, lineOf } from './store.ts';

/** Who judges; the page shows formulas without verdicts until there is one. */
export const judge = signal<Judge | undefined>(undefined);
/** What kept the judge from judging, or ''. */
export const failure = signal('');
export const judging = signal(false);

/** The derivation as it was when the person last paused: what is typeset and judged. */
export const rested = signal('');

/** Names of the graph without their steps, as the checker reads them: H of H_1, H_2, …; they split runs of letters. */
const names = computed<ReadonlySet<string>>(
  () =>
    new Set(
      document.value.graph.nodes.flatMap(({ name }) =>
        name === undefined ? [] : [name.replace(/(?:_-?\d+)+$/, '')],
      ),
    ),
);

/** The document judged last: which of its parts are formulas. */
const found = signal<
  { readonly text: string; readonly parts: NonNullable<Judgement['document']> } | undefined
>(undefined);

/** A statement, and its text where that is not simply a part of the derivation: a document has blanks for its signs. */
interface Read {
  readonly statement: Statement;
  readonly text: string;
}

export const reading = computed<{
  readonly statements: readonly Read[];
  readonly problems: readonly Unread[];
}>(() => {
  const text = rested.value;
  if (isDocument(text)) return inDocument(text);
  const { statements, problems } = parseNotation(text, { names: names.value });
  const textOf = ({ span: { start, end } }: Statement) => text.slice(start, end);
  return { statements: statements.map((statement) => ({ statement, text: textOf(statement) })), problems };
});

/** The formulas that were found in the document before, as far as they have not been changed since. */
function inDocument(text: string): { statements: readonly Read[]; problems: readonly Unread[] } {
  if (found.value === undefined) return { statements: [], problems: [] };
  const { text: before, parts } = found.value;
  const change = changeBetween(before, text);
  const statements = parts.formulas.flatMap(({ start, end }) => {
    const place = carried({ start, end }, change);
    if (place === undefined) return [];
    const own = parts.text.slice(start, end);
    return parseNotation(own, { names: names.value })
      .statements.slice(0, 1)
      .map((statement) => ({ statement: shifted(statement, place.start), text: own }));
  });
  const problems = parts.problems.flatMap((problem) => {
    const span = carried(problem.span, change);
    return span === undefined ? [] : [{ ...problem, span }];
  });
  return { statements, problems };
}

/** Reports by the text of their statement, places counted from its start: a verdict outlives edits elsewhere. */
const reports = signal<ReadonlyMap<string, FormulaReport>>(new Map());

export interface Judged {
  readonly statement: Statement;
  readonly text: string;
  readonly report: FormulaReport | undefined;
}

export const judged = computed<readonly Judged[]>(() =>
  reading.value.statements.flatMap(({ statement, text }) => {
    const { start } = statement.span;
    const reportOf = (own: string, at: number) => {
      const report = reports.value.get(own);
      return report && moved(report, at);
    };
    // `a = b, c = d` are two claims, each with a verdict of its own
    const claims = statement.conditions.flatMap((condition) => {
      if (condition.kind !== 'relation') return [];
      const own = text.slice(condition.span.start - start, condition.span.end - start);
      const report = reportOf(own, condition.span.start);
      return report === undefined ? [] : [{ statement: alone(condition), text: own, report }];
    });
    const taken = new Set(claims.map(({ report }) => report.span.start));
    const conditions = statement.conditions.filter(({ span }) => !taken.has(span.start));
    return [{ statement: { ...statement, conditions }, text, report: reportOf(text, start) }, ...claims];
  }),
);

const alone = ({ members, relations, span }: Of<'relation'>): Statement => ({
  members,
  relations,
  conditions: [],
  doubtful: [],
  span,
});

let asked = 0;

/** Takes the text as it is now, and asks the judge about it. */
export async function rest(): Promise<void> {
  const mine = ++asked;
  const text = derivation.peek();
  rested.value = text;
  const ask = judge.peek();
  if (ask === undefined || text.trim() === '') {
    judging.value = false;
    return;
  }
  judging.value = true;
  try {
    const judgement = await ask(text, document.peek());
    if (mine === asked) {
      failure.value = '';
      take(text, judgement);
    }
  } catch (error) {
    if (mine === asked) failure.value = lineOf(error);
  }
  if (mine === asked) judging.value = false;
}

/** The verdicts about a text, in the place of those before. */
function take(text: string, { reports: all, document: parts }: Judgement): void {
  const read = parts?.text ?? text;
  batch(() => {
    found.value = parts && { text, parts };
    reports.value = new Map(
      all.map((report) => [
        read.slice(report.span.start, report.span.end),
        moved(report, -report.span.start),
      ]),
    );
  });
}

/** Another model: what was said of the one before is void. */
export function forget(): void {
  batch(() => {
    found.value = undefined;
    reports.value = new Map();
  });
}

/** The equations with which a document declares a model of its own; undefined if it declares none. */
export const declared = computed<string | undefined>(() => found.value?.parts.equations);

/** A change to the text that the page offers. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Writes a missing path behind the last term of its statement, in the notation of that statement. */
export function insertion({ statement, text }: Judged, { latex }: MissingPath): Edit {
  const { end } = statement.members[statement.members.length - 1].span;
  return { span: { start: end, end }, text: ` + ${inNotationOf(text, latex)}` };
}

export function repairOf({ report }: Judged): Edit | undefined {
  return report?.repair && { span: report.repair.span, text: report.repair.replacement };
}

/** LaTeX beside LaTeX, Unicode where the person types ∂, plain text elsewhere. */
function inNotationOf(text: string, latex: string): string {
  const form = /\\[a-zA-Z]/.test(text) ? 'latex' : /[^\x20-\x7e\s]/.test(text) ? 'unicode' : 'ascii';
  return print(parseExpression(latex), form);
}
