/** The derivation that a person writes: its statements, what the checker says of each, and the changes it offers. */

import { computed, signal } from '@preact/signals';
import { parseExpression, parseNotation } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';
import type { NotationError } from '../../src/notation/problem.ts';
import type { Span, Statement } from '../../src/notation/tree.ts';
import { type FormulaReport, type Judge, type MissingPath, moved } from './report.ts';
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

export const reading = computed<{
  readonly statements: readonly Statement[];
  readonly problems: readonly NotationError[];
}>(() => parseNotation(rested.value, { names: names.value }));

/** Reports by the text of their statement, places counted from its start: a verdict outlives edits elsewhere. */
const reports = signal<ReadonlyMap<string, FormulaReport>>(new Map());

export interface Judged {
  readonly statement: Statement;
  readonly text: string;
  readonly report: FormulaReport | undefined;
}

export const judged = computed<readonly Judged[]>(() =>
  reading.value.statements.map((statement) => {
    const { start, end } = statement.span;
    const text = rested.value.slice(start, end);
    const report = reports.value.get(text);
    return { statement, text, report: report && moved(report, start) };
  }),
);

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
    const found = await ask(text, document.peek());
    if (mine === asked) {
      failure.value = '';
      take(text, found);
    }
  } catch (error) {
    if (mine === asked) failure.value = lineOf(error);
  }
  if (mine === asked) judging.value = false;
}

/** The verdicts about a text, in the place of those before. */
function take(text: string, found: readonly FormulaReport[]): void {
  reports.value = new Map(
    found.map((report) => [
      text.slice(report.span.start, report.span.end),
      moved(report, -report.span.start),
    ]),
  );
}

/** Another model: what was said of the one before is void. */
export function forget(): void {
  reports.value = new Map();
}

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
