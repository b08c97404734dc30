/** The report of `gradpath check` on a terminal: each formula with a mark under each term. */

import { printStatement } from '../notation/print.ts';
import { displayWidth, renderProblem } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import type { StatementReport } from '../verify/report.ts';
import { type Checked, type CheckedFormula, outcomeOf } from './check-judge.ts';
import {
  LEGEND,
  type Mark,
  type MarkedPart,
  markedParts,
  OUTCOME_MARKS,
  remarks,
  termText,
} from './check-marks.ts';
import { displayName, printable, type Style, withIndices } from './style.ts';

export function checkReport(checked: Checked, style: Style, width: number): string {
  const { source, model, formulas } = checked;
  const head = style.bold(printable(`${source}, judged against ${displayName(model.title)}`));
  const blocks = formulas.map((formula) => formulaLines(checked, formula, style, width).join('\n'));
  const legend = formulas.some(({ report }) => (report?.terms.length ?? 0) > 0) ? [style.dim(LEGEND)] : [];
  return [head, ...blocks, [...legend, ...summary(checked, style)].join('\n')].join('\n\n');
}

/** `✗ 13 formulas: 10 right, 2 wrong, 1 ambiguous`. */
export function summary({ formulas, foreign }: Checked, style: Style): readonly string[] {
  const counts = (['right', 'wrong', 'ambiguous', 'unverifiable', 'unreadable'] as const).flatMap(
    (outcome) => {
      const count = formulas.filter((formula) => outcomeOf(formula) === outcome).length;
      return count === 0 ? [] : [`${count} ${outcome}`];
    },
  );
  const many =
    foreign.length > 8
      ? `${foreign.slice(0, 8).join(', ')} and ${foreign.length - 8} more`
      : foreign.join(', ');
  const notes =
    foreign.length === 0
      ? []
      : [
          style.dim(
            `note: not judged, as nothing in ${foreign.length === 1 ? 'it' : 'them'} is in the model: line ${many}`,
          ),
        ];
  if (formulas.length === 0) {
    return [...notes, '? No formula about the model was found.'];
  }
  const isFine = formulas.every((formula) => !isWrong(formula));
  const what = formulas.length === 1 ? '1 formula' : `${formulas.length} formulas`;
  return [...notes, `${style.mark(isFine)} ${what}: ${counts.join(', ')}`];
}

/** Whether the exit code tells of it. */
export function isWrong(formula: CheckedFormula): boolean {
  const outcome = outcomeOf(formula);
  return outcome === 'wrong' || outcome === 'unreadable';
}

function formulaLines(
  checked: Checked,
  formula: CheckedFormula,
  style: Style,
  width: number,
): readonly string[] {
  const { line, column, statement, report, problem } = formula;
  const outcome = outcomeOf(formula);
  const mark = paintMark(OUTCOME_MARKS[outcome], style);
  if (problem !== undefined) {
    const [message, ...excerpt] = renderProblem(checked.text, problem).split('\n').map(printable);
    return [
      `${mark} ${message.replace(/^line (\d+), column (\d+):/, 'line $1:$2  unreadable:')}`,
      ...excerpt,
    ];
  }
  const head = `${mark} line ${line}:${column}  ${style.bold(outcome)}: ${printable(withIndices(report!.message))}`;
  const typeset =
    statement === undefined
      ? [`  ${printable(formula.text)}`]
      : typesetLines(statement, report!, style, width - 2);
  return [head, ...typeset.map((text) => `  ${text}`), ...notesOf(statement, report!, style)];
}

function notesOf(statement: Statement | undefined, report: StatementReport, style: Style): readonly string[] {
  const parts = statement === undefined ? [] : markedParts(statement, report);
  const terms = parts.flatMap(({ terms: own }, i) =>
    own.flatMap(({ mark, term }) => {
      const number = parts.length > 1 ? `${i + 1} ` : '';
      const said = printable(withIndices(termText(term, parts.length === 1 ? report.message : undefined)));
      return said === '' ? [] : [`  ${number}${paintMark(mark, style)} ${said}`];
    }),
  );
  return [...terms, ...remarks(report).map((text) => `  ${printable(withIndices(text))}`)];
}

function paintMark(mark: Mark, style: Style): string {
  return style.paint(mark === '✓' ? 'green' : mark === '✗' || mark === '±' ? 'red' : 'cyan', mark);
}

/** Signs around marked parts while the formula is typeset: of the private use area, which no formula holds. */
const FIRST = 0xe000;
const LAST = 0xec00;
const MOST = LAST - FIRST;

interface Place {
  readonly start: number;
  end: number;
  readonly part: MarkedPart;
  readonly number: number;
}

/** The formula in lines of at most `width` places, each with a line of marks below. */
function typesetLines(
  statement: Statement,
  report: StatementReport,
  style: Style,
  width: number,
): readonly string[] {
  const { text, places } = typeset(statement, markedParts(statement, report));
  const lines = broken(text, places, width);
  return lines.flatMap(({ start, end, indent }) => {
    const below = marksBelow(text, places, start, end);
    const left = ' '.repeat(indent);
    const marks = below.trim() === '' ? [] : [left + colourful(below.trimEnd(), style)];
    return [left + printable(text.slice(start, end).trimEnd()), ...marks];
  });
}

/** The formula on one line, and where its marked parts are. */
function typeset(
  statement: Statement,
  parts: readonly MarkedPart[],
): { text: string; places: readonly Place[] } {
  const owner = new Map(
    parts.slice(0, MOST).flatMap((part, i) => part.nodes.map((node) => [node, i] as const)),
  );
  const signed = printStatement(statement, 'unicode', (text, x) => {
    const i = owner.get(x);
    return i === undefined ? text : String.fromCharCode(FIRST + i) + text + String.fromCharCode(LAST + i);
  });
  const places = new Map<number, Place>();
  let text = '';
  for (const unit of signed) {
    const code = unit.charCodeAt(0);
    const isFirst = code >= FIRST && code < LAST;
    const i = code - (isFirst ? FIRST : LAST);
    if (code < FIRST || code >= LAST + MOST || i >= parts.length) text += unit;
    else if (!isFirst) places.get(i)!.end = text.length;
    else if (!places.has(i))
      places.set(i, { start: text.length, end: text.length, part: parts[i], number: i + 1 });
  }
  return { text, places: [...places.values()] };
}

interface Row {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
}

/** Breaks before operators between terms; where there is none, at a blank; of further lines the head is indented. */
function broken(text: string, places: readonly Place[], width: number): readonly Row[] {
  const rows: Row[] = [];
  const relation = text.indexOf(' = ');
  const hang = relation < 0 || relation > width / 3 ? 4 : relation + 1;
  let start = 0;
  while (start < text.length) {
    const indent = rows.length === 0 ? 0 : hang;
    let end = start;
    let [best, blank] = [0, 0];
    let used = indent;
    for (const character of text.slice(start)) {
      used += displayWidth(character);
      if (used > width) break;
      end += character.length;
      if (text[end] !== ' ') continue;
      blank = end;
      const inside = places.some((place) => place.start < end && end < place.end);
      if (!inside && /^ [-+−=] /.test(text.slice(end, end + 3))) best = end;
    }
    if (end < text.length) end = best > start ? best : blank > start ? blank : Math.max(end, start + 1);
    rows.push({ start, end, indent });
    start = end;
    while (text[start] === ' ') start++;
  }
  return rows;
}

/** `╰── ✓ ──╯` under each part that stands in the line. */
function marksBelow(text: string, places: readonly Place[], start: number, end: number): string {
  let line = '';
  for (const place of places) {
    const [from, to] = [Math.max(start, place.start), Math.min(end, place.end)];
    if (from >= to) continue;
    const lead = displayWidth(text.slice(start, from)) - displayWidth(line);
    if (lead < 0) continue;
    const size = displayWidth(text.slice(from, to));
    const label = places.length > 1 ? `${place.part.mark}${place.number}` : place.part.mark;
    line += ' '.repeat(lead) + bracket(label, size);
  }
  return line;
}

function bracket(label: string, size: number): string {
  const room = size - displayWidth(label) - 4;
  if (room < 0) return label;
  const left = Math.floor(room / 2);
  return `╰${'─'.repeat(left)} ${label} ${'─'.repeat(room - left)}╯`;
}

function colourful(marks: string, style: Style): string {
  return marks.replace(/[✓✗±?·]/g, (mark) => paintMark(mark as Mark, style));
}
