/** One statement of a derivation: typeset, its terms marked by their verdicts, what is missing, and what repairs it. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import { parseExpression } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';
import type { Span } from '../../src/notation/tree.ts';
import { type Edit, insertion, type Judged, repairOf } from '../state/derivation.ts';
import { prettyPath, prettyText } from '../state/names.ts';
import { type FormulaReport, segmentsOf, type TermReport, type Verdict } from '../state/report.ts';
import { document, hover } from '../state/store.ts';
import { Maths } from './math.tsx';
import { inside, leave, point, SIGNS, StatementFormula } from './StatementFormula.tsx';

/** Verdicts are told by a sign as well as by a colour. */
const VERDICT_SIGNS: Record<Verdict, string> = { right: '✓', wrong: '✗', ambiguous: '≈', unverifiable: '–' };

interface StatementProps {
  readonly item: Judged;
  /** Where the caret stands in the text. */
  readonly caret: number | undefined;
  readonly edit: (edit: Edit) => void;
  readonly select: (span: Span) => void;
}

export function Statement({ item, caret, edit, select }: StatementProps) {
  const { report } = item;
  const terms = report?.terms ?? [];
  // a repair that only adds what is missing is offered there
  const offered = repairOf(item);
  const isOffered =
    report !== undefined && report.missing.length > 0 && offered?.span.start === offered?.span.end;
  const repair = isOffered ? undefined : offered;
  // what makes it right stands beside the button that does so
  const besides = (message: string) =>
    prettyText(repair === undefined ? message : message.replace(/(?:^|; )right after .*$/, ''));
  const root = useRef<HTMLElement>(null);
  const isHere = inside(item.statement.span, caret);
  useLayoutEffect(() => {
    if (isHere) requestAnimationFrame(() => root.current !== null && reveal(root.current));
  }, [isHere, item.report]);
  return (
    <article class="statement" ref={root} data-verdict={report?.verdict} data-here={isHere ? '' : undefined}>
      <StatementFormula item={item} caret={caret} select={select} />
      {report !== undefined && <Head report={report} message={besides(report.message)} />}
      {terms.some(saysMore) && (
        <ul class="term-list" aria-label="Terms">
          {terms.map(
            (term, i) =>
              saysMore(term) && (
                <Term key={i} term={term} message={besides(term.message)} number={i} select={select} />
              ),
          )}
        </ul>
      )}
      {report !== undefined && report.missing.length > 0 && (
        <ul class="missing-list" aria-label="Missing paths">
          {report.missing.map((missing) => (
            <li
              key={missing.path}
              class="missing"
              onPointerEnter={() => {
                hover.value = { segments: segmentsOf(document.value, missing.variables), missing: true };
              }}
              onPointerLeave={leave}
              onFocusIn={() => {
                hover.value = { segments: segmentsOf(document.value, missing.variables), missing: true };
              }}
              onFocusOut={leave}
            >
              <span>missing</span>
              <span class="missing-term">
                <Maths latex={missing.latex} />
              </span>
              {report.isOfEveryStep !== true && (
                <button type="button" onClick={() => edit(insertion(item, missing))}>
                  Insert
                </button>
              )}
              <span class="note">{prettyPath(missing.path)}</span>
            </li>
          ))}
        </ul>
      )}
      {repair !== undefined && (
        <p class="repair">
          <span>
            right after <RepairLabel label={report?.repair?.label ?? ''} />
          </span>
          <button type="button" onClick={() => edit(repair)}>
            Apply
          </button>
        </p>
      )}
    </article>
  );
}

/** Whether there is more to be said of a term than that it is right. */
const saysMore = ({ verdict, path }: TermReport) => verdict !== 'right' || path !== undefined;

/** Brings a part of what scrolls into view; a list that does not scroll by itself stays where it is. */
function reveal(element: HTMLElement): void {
  const frame = element.closest('.statements');
  if (frame === null || frame.scrollHeight <= frame.clientHeight) return;
  const [own, seen] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  const below = Math.min(own.bottom - seen.bottom, own.top - seen.top);
  if (own.top < seen.top) frame.scrollTop += own.top - seen.top;
  else if (below > 0) frame.scrollTop += below;
}

/** `∂H_3/∂W → ∂H_3/∂H_2`, or `add …`: typeset where it can be read. */
function RepairLabel({ label }: { label: string }) {
  const [, verb, before, after] = /^(add |drop |)(.*?)(?: → (.*))?$/.exec(label)!;
  try {
    const latex = [before, after]
      .filter((side) => side !== undefined)
      .map((side) => print(parseExpression(side), 'latex'));
    return (
      <>
        {verb}
        <Maths latex={latex.join(' \\;\\to\\; ')} />
      </>
    );
  } catch {
    return <strong>{label}</strong>;
  }
}

function Head({ report, message }: { report: FormulaReport; message: string }) {
  return (
    <p class={`statement-verdict is-${report.verdict}`}>
      <span>
        <span aria-hidden="true">{VERDICT_SIGNS[report.verdict]}</span> {report.verdict}
      </span>
      {report.reading !== '' && <span class="note">{report.reading}</span>}
      {message !== '' && <span>{message}</span>}
    </p>
  );
}

function Term(props: { term: TermReport; message: string; number: number; select: (span: Span) => void }) {
  const { term, message, number, select } = props;
  return (
    <li
      class={`term-row is-${term.verdict}`}
      onPointerEnter={() => point([term])}
      onPointerLeave={leave}
      onFocusIn={() => point([term])}
      onFocusOut={leave}
    >
      <button type="button" class="term-button" onClick={() => select(term.span)}>
        <span class="term-sign" aria-hidden="true">
          {SIGNS[term.verdict]}
        </span>
        <span>
          <span class="visually-hidden">term {number + 1}, </span>
          {term.verdict}
          {term.path !== undefined && <span class="note">{prettyPath(term.path)}</span>}
          {term.verdict !== 'right' && message !== '' && <span class="term-message">{message}</span>}
        </span>
      </button>
    </li>
  );
}
