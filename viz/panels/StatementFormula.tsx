/** A statement typeset, its terms marked by their verdicts; pointing at one lights its path in the graph. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Span } from '../../src/notation/tree.ts';
import type { Judged } from '../state/derivation.ts';
import { type Piece, piecesOf } from '../state/pieces.ts';
import { segmentsOf, type TermReport, type TermVerdict } from '../state/report.ts';
import { document, hover } from '../state/store.ts';
import { typeset } from './math.tsx';
import { inSlices } from './slices.ts';

/** Verdicts are told by a sign as well as by a colour. */
export const SIGNS: Record<TermVerdict, string> = {
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

export const inside = ({ start, end }: Span, at: number | undefined) =>
  at !== undefined && start <= at && at <= end;

/** Lights the paths of terms. */
export function point(terms: readonly TermReport[]): void {
  hover.value = {
    segments: terms.flatMap(({ variables }) => segmentsOf(document.peek(), variables)),
  };
}

export function leave(): void {
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

interface FormulaProps {
  readonly item: Judged;
  /** Where the caret stands in the text. */
  readonly caret: number | undefined;
  readonly select: (span: Span) => void;
}

export function StatementFormula({ item, caret, select }: FormulaProps) {
  const root = useRef<HTMLDivElement>(null);
  const places = placesOf(item.report?.terms ?? []);
  const verdicts = places.map(worst);
  const { start } = item.statement.span;
  const key = JSON.stringify([item.text, places.map(([{ span }]) => span.start - start), verdicts]);
  useLayoutEffect(() => {
    const spans = places.map(([{ span }]) => span);
    show(root.current!, piecesOf(item.statement, spans), verdicts);
  }, [key]);
  const lit = places.findIndex(([{ span }]) => inside(span, caret));
  useLayoutEffect(() => light(root.current!, lit), [key, lit]);
  const termsAt = (event: Event) => {
    const part = (event.target as Element).closest<HTMLElement>('[data-part]');
    return part === null ? undefined : places[placeOf(part)];
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

/** The number of the place that a part is, in the statement; −1 for none. */
function placeOf(part: HTMLElement): number {
  const piece = part.closest<HTMLElement>('.piece')!;
  return Number(piece.dataset.places?.split(' ')[Number(part.dataset.part)]);
}

/** Puts the pieces on the page; those that are there already stay as they are, the others are typeset as time allows. */
function show(root: HTMLElement, pieces: readonly Piece[], verdicts: readonly TermVerdict[]): void {
  const known = new Map<string, HTMLElement[]>();
  for (const element of root.querySelectorAll<HTMLElement>('.piece')) {
    const { latex = '' } = element.dataset;
    known.set(latex, [...(known.get(latex) ?? []), element]);
  }
  const fresh: HTMLElement[] = [];
  const shown = pieces.map(({ latex, places }) => {
    const there = known.get(latex)?.shift();
    const element = there ?? window.document.createElement('span');
    element.dataset.places = places.join(' ');
    element.dataset.verdicts = places.map((place) => verdicts[place] ?? '').join(' ');
    if (there === undefined) {
      element.className = 'piece';
      element.dataset.latex = latex;
      fresh.push(element);
    } else mark(element);
    return element;
  });
  const isSame =
    shown.length === root.children.length && shown.every((element, i) => root.children[i] === element);
  if (!isSame) root.replaceChildren(...shown);
  sizes.observe(root);
  for (const element of fresh) inSlices(() => fill(element));
}

function fill(element: HTMLElement): void {
  const root = element.closest<HTMLElement>('.statement-formula');
  if (root === null) return; // another formula has taken its place meanwhile
  typeset(element, `\\displaystyle ${element.dataset.latex}`);
  mark(element);
  light(root, Number(root.dataset.lit));
  requestAnimationFrame(() => withinReach(root));
}

/** A formula that is wider than its place scrolls, and can be scrolled by keyboard. */
function withinReach(root: HTMLElement): void {
  if (root.scrollWidth <= root.clientWidth) {
    root.removeAttribute('tabindex');
    root.removeAttribute('role');
    root.removeAttribute('aria-label');
    return;
  }
  root.tabIndex = 0;
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', 'Formula');
}

const sizes = new ResizeObserver((changes) => {
  for (const { target } of changes) withinReach(target as HTMLElement);
});

/** Shows what is said of the parts of a piece, beneath them: their own style, and that of all in them, stays. */
function mark(element: HTMLElement): void {
  const verdicts = element.dataset.verdicts?.split(' ') ?? [];
  for (const part of element.querySelectorAll<HTMLElement>('[data-part]')) {
    const verdict = verdicts[Number(part.dataset.part)] as TermVerdict | '';
    const known = part.querySelector<HTMLElement>(':scope > .judged');
    if (known?.dataset.verdict === verdict) continue;
    known?.remove();
    if (verdict === '') continue;
    const judged = part.appendChild(window.document.createElement('span'));
    judged.className = `judged is-${verdict}`;
    judged.dataset.verdict = verdict;
    const sign = judged.appendChild(window.document.createElement('span'));
    sign.className = 'judged-sign';
    sign.textContent = SIGNS[verdict];
  }
}

/** Marks the one term where the caret is. */
function light(root: HTMLElement, lit: number): void {
  root.dataset.lit = String(lit);
  for (const judged of root.querySelectorAll<HTMLElement>('.judged'))
    judged.classList.toggle('lit', placeOf(judged.parentElement!) === lit);
}
