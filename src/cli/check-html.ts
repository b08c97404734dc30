/** The report of `gradpath check` as a page that needs nothing else: to be read, printed and handed back. */

import { renderProblem } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import type { StatementReport } from '../verify/report.ts';
import { type Checked, type CheckedFormula, outcomeOf } from './check-judge.ts';
import { LEGEND, type Mark, markedParts, OUTCOME_MARKS, remarks, termText } from './check-marks.ts';
import { summary } from './check-text.ts';
import { escaped, mathPieces } from './mathml.ts';
import { displayName, printable, Style, withIndices } from './style.ts';

export function checkHtml(checked: Checked): string {
  const { source, model, formulas } = checked;
  const title = `${source}: ${displayName(model.title)}`;
  const counts = summary(checked, new Style(false));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${shown(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${shown(source)}</h1>
<p>Judged against ${shown(displayName(model.title))}</p>
${counts.map((line) => `<p class="summary">${shown(line)}</p>`).join('\n')}
<p class="legend">${LEGEND}</p>
</header>
<main>
${formulas.map((formula) => section(checked, formula)).join('\n')}
</main>
</body>
</html>
`;
}

const shown = (text: string) => escaped(printable(text));

function section(checked: Checked, formula: CheckedFormula): string {
  const { line, column, text, statement, report, problem } = formula;
  const outcome = outcomeOf(formula);
  const mark = OUTCOME_MARKS[outcome];
  const said = report?.message ?? problem!.message;
  const body =
    problem !== undefined
      ? `<pre>${shown(renderProblem(checked.text, problem).split('\n').slice(1).join('\n'))}</pre>`
      : `${formulaMath(statement, report!, text)}\n${notes(statement, report!)}`;
  return `<section class="${CLASSES[mark]}">
<h2><span class="mark">${mark}</span> ${outcome} <small>line ${line}, column ${column}</small></h2>
<p>${shown(withIndices(said))}</p>
${body}
<details><summary>as it was typed</summary><pre>${shown(text)}</pre></details>
</section>`;
}

const CLASSES: Readonly<Record<Mark, string>> = {
  '✓': 'right',
  '✗': 'wrong',
  '±': 'wrong',
  '?': 'doubt',
  '·': 'idle',
};

function formulaMath(statement: Statement | undefined, report: StatementReport, text: string): string {
  if (statement === undefined) return `<pre>${shown(text)}</pre>`;
  const parts = markedParts(statement, report);
  const below = new Map(
    parts.flatMap(({ nodes, mark }, i) =>
      nodes.map((node, j) => {
        const label = j > 0 ? mark : parts.length > 1 ? `${mark} ${i + 1}` : mark;
        return [node, { className: CLASSES[mark], label }] as const;
      }),
    ),
  );
  const pieces = mathPieces(statement, (x) => below.get(x));
  return `<div class="formula">${pieces.join('')}</div>`;
}

function notes(statement: Statement | undefined, report: StatementReport): string {
  const parts = statement === undefined ? [] : markedParts(statement, report);
  const rows = parts.flatMap(({ terms }, i) =>
    terms.flatMap(({ mark, term }) => {
      const said = termText(term, parts.length === 1 ? report.message : undefined);
      const number = parts.length > 1 ? ` ${i + 1}` : '';
      const cells = `<td class="mark">${mark}${number}</td><td>${shown(withIndices(said))}</td>`;
      return said === '' ? [] : [`<tr class="${CLASSES[mark]}">${cells}</tr>`];
    }),
  );
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th>term</th><th>path</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const more = remarks(report).map((text) => `<li>${shown(withIndices(text))}</li>`);
  return more.length === 0 ? table : `${table}\n<ul>${more.join('')}</ul>`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #f3f4f6; --line: #c4c9d0;
  --right: #116329; --wrong: #a40e26; --doubt: #7a4d00; --idle: #4f565e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #14171a; --soft: #20252a; --line: #4a5158;
  --right: #6fdc8c; --wrong: #ff8f86; --doubt: #f0c14b; --idle: #aab2ba; } }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0; }
small { color: var(--idle); font-weight: normal; }
.summary { font-weight: 600; }
.legend { color: var(--idle); }
section { border: 1px solid var(--line); border-left: 0.4rem solid var(--verdict); border-radius: 0.3rem;
  margin: 0.8rem 0; padding: 0.5rem 1rem; break-inside: avoid; }
p { margin: 0.35rem 0; }
section, tr, munder[class] { --verdict: var(--ink); }
.right { --verdict: var(--right); } .wrong { --verdict: var(--wrong); }
.doubt { --verdict: var(--doubt); } .idle { --verdict: var(--idle); }
h2, .mark, munder[class] { color: var(--verdict); }
munder > .term { border-bottom: 2px solid var(--verdict); padding-bottom: 0.15em; }
.wrong > .term { border-bottom-style: double; border-bottom-width: 4px; } .doubt > .term { border-bottom-style: dashed; }
.formula { display: flex; flex-wrap: wrap; gap: 0.6rem 0.4rem; align-items: baseline; overflow-x: auto; padding: 0.4rem 0;
  font-size: 1.15rem; }
.formula math { width: auto; margin: 0; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--line); padding: 0.15rem 0.7rem 0.15rem 0; text-align: left; vertical-align: top; }
pre { background: var(--soft); border-radius: 0.3rem; margin: 0.4rem 0; overflow-x: auto; padding: 0.5rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
ul { margin: 0.35rem 0; }
@media print { body { max-width: none; padding: 0; } section { border-color: #888; } details { display: none; } }
`;
