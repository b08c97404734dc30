/** What the example claims about itself, each with the figures that bear it out, and its charts. */

import { useSignalEffect } from '@preact/signals';
import type { Claim, Figure } from '../../examples/example.ts';
import { FigureView, heightAbout } from '../charts/FigureView.tsx';
import { useWidth } from '../charts/parts.tsx';
import { panel, studied } from '../state/store.ts';
import {
  current,
  endStudy,
  failure,
  isStale,
  result,
  running,
  runStudy,
  studyQuestion,
} from '../state/study.ts';
import { Icon } from './icons.tsx';
import { shade } from './ui.ts';

/** Milliseconds that settings rest before they are studied. */
const PAUSE = 250;

export function Charts() {
  // a quick study follows the settings by itself; a slow one waits for a click
  useSignalEffect(() => {
    studyQuestion.value;
    if (panel.value !== 'charts') return;
    if (running.peek() !== undefined) endStudy();
    failure.value = '';
    if (studied.value?.slow || !isStale.peek()) return;
    const timer = setTimeout(() => void runStudy(), result.peek() === undefined ? 0 : PAUSE);
    return () => clearTimeout(timer);
  });
  if (panel.value !== 'charts' || studied.value === undefined) return null;
  const shown = current.value;
  const slow = studied.value.slow === true;
  return (
    <section
      class="panel charts"
      aria-labelledby="charts-title"
      aria-busy={running.value !== undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
    >
      <header>
        <h2 id="charts-title">Charts and claims</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Back to the graph"
          title="Back to the graph (g)"
          onClick={() => {
            panel.value = 'graph';
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <div role="status">
        {failure.value !== '' && <p class="problem">The study could not run: {failure.value}</p>}
        {running.value === undefined && slow && isStale.value && (
          <p class="run">
            <button type="button" class="check-button" onClick={() => void runStudy()}>
              Run the study
            </button>
            <span class="note">
              {shown === undefined
                ? 'It takes some seconds.'
                : 'The settings have changed since these figures.'}
            </span>
          </p>
        )}
        {running.value === undefined && !slow && shown === undefined && failure.value === '' && (
          <p class="note">Computing …</p>
        )}
      </div>
      {running.value !== undefined && (slow || running.value.line !== '' || shown === undefined) && (
        <Running />
      )}
      {shown !== undefined && (
        <div class={isStale.value ? 'study stale' : 'study'} data-study={isStale.value ? 'stale' : 'done'}>
          <Claims claims={shown.study.claims} />
          <Figures figures={shown.study.figures} />
          {shown.study.figures.length === 0 && <p class="note">This example has no charts.</p>}
        </div>
      )}
    </section>
  );
}

/** The narrowest column of figures, and the gap between two, in pixels. */
const COLUMN = 390;
const GAP = 34;

/** In as many columns as there is room for; each figure goes where it comes to stand highest. */
function Figures({ figures }: { figures: readonly Figure[] }) {
  const { ref, width } = useWidth(COLUMN);
  const count = Math.max(1, Math.floor((width.value + GAP) / (COLUMN + GAP)));
  const columns = Array.from({ length: count }, () => ({ height: 0, figures: [] as [number, Figure][] }));
  figures.forEach((figure, i) => {
    const column = columns.reduce((best, other) => (other.height < best.height ? other : best));
    column.figures.push([i, figure]);
    column.height += heightAbout(figure);
  });
  return (
    <div class="figures" ref={ref}>
      {columns.map((column, c) => (
        <div class="figure-column" key={c}>
          {column.figures.map(([i, figure]) => (
            <FigureView key={`${figure.title}${i}`} figure={figure} shade={shade.value} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Running() {
  const { line, done } = running.value ?? { line: '', done: 0 };
  return (
    <div class="running">
      <progress max={1} value={done} aria-label="Progress of the study" />
      <span class="note">{line === '' ? 'Computing …' : `${Math.floor(100 * done)} %: ${line}`}</span>
      <button type="button" onClick={endStudy}>
        Cancel
      </button>
    </div>
  );
}

function Claims({ claims }: { claims: readonly Claim[] }) {
  if (claims.length === 0) return null;
  const good = claims.filter(({ holds }) => holds).length;
  return (
    <section class="claims-part" aria-labelledby="claims-title">
      <h3 id="claims-title">
        {good} of {claims.length} claims hold
      </h3>
      <ul class="claims">
        {claims.map(({ text, holds }) => (
          <li key={text} data-holds={holds}>
            <span class={holds ? 'ok' : 'bad'} role="img" aria-label={holds ? 'holds' : 'does not hold'}>
              {holds ? '✓' : '✗'}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
