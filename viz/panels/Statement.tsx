/** One statement of a derivation: typeset, its terms marked by their verdicts, what is missing, and what repairs it. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import { parseExpression } from '../../src/notation/parse.ts';
import { print, printStatement } from '../../src/notation/print.ts';
import { children, type Expr, type Span, type Statement as Tree } from '../../src/notation/tree.ts';
import { type Edit, insertion, type Judged, repairOf } from '../state/derivation.ts';
import { prettyPath, prettyText } from '../state/names.ts';
import {
  type FormulaReport,
  segmentsOf,
  type TermReport,
  type TermVerdict,
  type Verdict,
} from '../state/report.ts';
import { document, hover } from '../state/store.ts';
import { Maths, typeset } from './math.tsx';

/** Verdicts are told by a sign as well as by a colour. */
const SIGNS: Record<TermVerdict, string> = {
  right: '✓',
  wrong: '✗',
  sign: '±',
  coefficient: '·c',
  extra: '+',
  duplicate: '2×',
  vacuous: '0',
  garbled: '?',
  unknown: '–',
};
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
    if (isHere && root.current !== null) reveal(root.current);
  }, [isHere, item.report]);
  return (
    <article class="statement" ref={root} data-verdict={report?.verdict} data-here={isHere ? '' : undefined}>
      <Formula item={item} caret={caret} select={select} />
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
              <button type="button" onClick={() => edit(insertion(item, missing))}>
                Insert
              </button>
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

const inside = ({ start, end }: Span, at: number | undefined) => at !== undefined && start <= at && at <= end;

function point(terms: readonly TermReport[]): void {
  hover.value = {
    segments: terms.flatMap(({ variables }) => segmentsOf(document.peek(), variables)),
  };
}

function leave(): void {
  hover.value = undefined;
}

/** The terms of a statement by their place: a Σ has one place for all of its terms. */
function placesOf(terms: readonly TermReport[]): readonly (readonly TermReport[])[] {
  const places = new Map<string, TermReport[]>();
  for (const term of terms) {
    const key = `${term.span.start}-${term.span.end}`;
    places.set(key, [...(places.get(key) ?? []), term]);
  }
  return [...places.values()];
}

/** Of several terms in one place: what is wrong with one of them. */
const worst = (terms: readonly TermReport[]): TermVerdict =>
  terms.find(({ verdict }) => verdict !== 'right')?.verdict ?? 'right';

/** The statement as it is read; the places of its terms carry their number. */
function Formula({ item, caret, select }: Pick<StatementProps, 'item' | 'caret' | 'select'>) {
  const root = useRef<HTMLDivElement>(null);
  const places = placesOf(item.report?.terms ?? []);
  const key = JSON.stringify([item.text, places]);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const of = nodesOf(
      item.statement,
      places.map(([{ span }]) => span),
    );
    const latex = printStatement(item.statement, 'latex', (text, x) => {
      const number = of.get(x);
      return number === undefined ? text : `\\htmlData{term=${number}}{${text}}`;
    });
    typeset(element, `\\displaystyle ${latex}`);
    for (const part of element.querySelectorAll<HTMLElement>('[data-term]')) {
      const verdict = worst(places[Number(part.dataset.term)]);
      part.classList.add('judged', `is-${verdict}`);
      const sign = part.appendChild(window.document.createElement('span'));
      sign.className = 'judged-sign';
      sign.textContent = SIGNS[verdict];
    }
  }, [key]);
  useLayoutEffect(() => {
    for (const part of root.current?.querySelectorAll<HTMLElement>('[data-term]') ?? [])
      part.classList.toggle('lit', inside(places[Number(part.dataset.term)][0].span, caret));
  }, [key, caret]);
  const termsAt = (event: Event) => {
    const part = (event.target as Element).closest<HTMLElement>('[data-term]');
    return part === null ? undefined : places[Number(part.dataset.term)];
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be pointed at here is listed below as buttons
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      class="statement-formula"
      ref={root}
      onPointerOver={(event) => {
        const terms = termsAt(event);
        if (terms === undefined) leave();
        else point(terms);
      }}
      onPointerLeave={leave}
      onClick={(event) => {
        const terms = termsAt(event);
        if (terms !== undefined) select(terms[0].span);
      }}
    />
  );
}

/** By part of the tree: the number of the place that it is. A term is the largest part within its span. */
function nodesOf(statement: Tree, spans: readonly Span[]): Map<Expr, number> {
  const found = new Map<Expr, number>();
  const pending: Expr[] = [...statement.members].reverse();
  const taken = new Set<number>();
  while (pending.length > 0) {
    const x = pending.pop()!;
    const number = spans.findIndex(
      ({ start, end }, i) => !taken.has(i) && start <= x.span.start && x.span.end <= end,
    );
    if (number >= 0) {
      found.set(x, number);
      taken.add(number);
    } else pending.push(...[...children(x)].reverse());
  }
  return found;
}
