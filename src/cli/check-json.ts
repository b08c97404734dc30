/** `gradpath check --json`: stable keys, null for what there is none of, offsets into the document. */

import type { Verdict } from '../verify/report.ts';
import { type Checked, type CheckedFormula, OUTCOMES, type Outcome, outcomeOf } from './check-judge.ts';

/** `verdict` is the worst of all; `notJudged` the lines of formulas about nothing in the model. */
export function checkJson({ model, formulas, foreign }: Checked): object {
  const all = formulas.map((formula) => verdictOf(outcomeOf(formula)));
  const worst = OUTCOMES.map(verdictOf).find((verdict) => all.includes(verdict));
  const count = (verdict: Verdict) => all.filter((other) => other === verdict).length;
  return {
    model: model.name,
    verdict: worst ?? null,
    counts: {
      right: count('right'),
      wrong: count('wrong'),
      ambiguous: count('ambiguous'),
      unverifiable: count('unverifiable'),
    },
    notJudged: foreign,
    formulas: formulas.map(formulaJson),
  };
}

/** What cannot be read is wrong: one part of it is garbled. */
const verdictOf = (outcome: Outcome): Verdict => (outcome === 'unreadable' ? 'wrong' : outcome);

function formulaJson(formula: CheckedFormula): object {
  const { line, column, text, report, problem } = formula;
  if (report === undefined) {
    return {
      line,
      column,
      text,
      level: null,
      target: null,
      verdict: verdictOf('unreadable'),
      reading: '',
      readings: [],
      terms: [],
      missing: [],
      faults: [{ kind: 'garbled', term: text, detail: problem!.message }],
      repair: null,
      maxRelativeError: null,
    };
  }
  const { level, target, verdict, reading, readings, terms, missing, faults, repair } = report;
  return {
    line,
    column,
    text,
    level,
    target: oneLine(target),
    verdict,
    reading,
    readings: readings.map((other) => ({ reading: other.reading, verdict: other.verdict })),
    terms: terms.map(({ text: term, span, verdict: own, path, message }) => ({
      text: oneLine(term),
      span: { start: span.start, end: span.end },
      verdict: own,
      path: path ?? null,
      message,
    })),
    missing: missing.map(({ path, latex }) => ({ path, latex })),
    faults: faults.map(({ kind, term, detail }) => ({ kind, term: oneLine(term), detail })),
    repair:
      repair === undefined
        ? null
        : { label: repair.label, span: repair.span, replacement: repair.replacement },
    maxRelativeError: report.maxRelativeError ?? null,
  };
}

const oneLine = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim() ?? null;
