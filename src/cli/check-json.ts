/** `gradpath check --json`: stable keys, null for what there is none of, offsets into the document. */

import type { Checked, CheckedFormula } from './check-judge.ts';

export function checkJson({ model, formulas }: Checked): object {
  return { model: model.name, formulas: formulas.map(formulaJson) };
}

function formulaJson(formula: CheckedFormula): object {
  const { line, column, text, report, problem } = formula;
  if (report === undefined) {
    // what cannot be read is wrong: one part of it is garbled
    return {
      line,
      column,
      text,
      level: null,
      target: null,
      verdict: 'wrong',
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
