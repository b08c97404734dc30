/** Through the forward and the backward pass, one event at a time. */

import { useComputed, useSignalEffect } from '@preact/signals';
import { goTo, stepBy, togglePlay } from '../state/actions.ts';
import { document, lastStep, playing, speed, step, target, trace, wantedStep } from '../state/store.ts';
import { stepText } from '../state/words.ts';
import { Icon } from './icons.tsx';
import { Maths } from './math.tsx';

/** Milliseconds per event at speed 1 to 5. */
const PACE = [2400, 1600, 1000, 600, 300];

export function StepBar() {
  const text = useComputed(() =>
    wantedStep.value === undefined
      ? {
          position: 'overview',
          words: `${trace.value.forward} forward and ${lastStep.value - trace.value.forward} backward steps: press play or →`,
          latex: '',
          count: undefined,
        }
      : stepText(document.value, trace.value, step.value, target.value),
  );
  useSignalEffect(() => {
    if (!playing.value) return;
    step.value; // each step starts the clock anew
    const timer = setTimeout(
      () => {
        if (step.value >= lastStep.value) playing.value = false;
        else goTo(step.value + 1);
      },
      PACE[speed.value - 1],
    );
    return () => clearTimeout(timer);
  });
  const { position, words, latex, count } = text.value;
  const share = lastStep.value === 0 ? 0 : (100 * trace.value.forward) / lastStep.value;
  return (
    <section class="stepbar" aria-label="Steps">
      <div class="controls">
        <button
          type="button"
          class="icon-button"
          aria-label="To the start"
          title="To the start (Home)"
          onClick={() => goTo(0)}
        >
          <Icon name="first" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="One step back"
          title="One step back (←)"
          onClick={() => stepBy(-1)}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          class="icon-button play"
          aria-label={playing.value ? 'Pause' : 'Play'}
          title="Play or pause (space)"
          onClick={togglePlay}
        >
          <Icon name={playing.value ? 'pause' : 'play'} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="One step on"
          title="One step on (→)"
          onClick={() => stepBy(1)}
        >
          <Icon name="next" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="To the end"
          title="To the end (End)"
          onClick={() => goTo(lastStep.value)}
        >
          <Icon name="last" />
        </button>
        <label class="speed">
          <span>speed</span>
          <select
            name="speed"
            aria-label="speed"
            value={String(speed.value)}
            onChange={(event) => {
              speed.value = Number(event.currentTarget.value);
            }}
          >
            {PACE.map((_, i) => (
              <option key={i} value={String(i + 1)}>
                {i + 1}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="track">
        <div class="track-labels" aria-hidden="true">
          <button
            type="button"
            tabIndex={-1}
            class="quiet"
            style={{ width: `${share}%` }}
            onClick={() => goTo(1)}
          >
            forward
          </button>
          <button type="button" tabIndex={-1} class="quiet" onClick={() => goTo(trace.value.forward + 1)}>
            backward
          </button>
        </div>
        <input
          type="range"
          name="step"
          aria-label="Step"
          aria-valuetext={`${position}: ${words}`}
          min="0"
          max={lastStep.value}
          step="1"
          value={step.value}
          style={{ '--forward-share': `${share}%` }}
          onInput={(event) => {
            playing.value = false;
            goTo(Number(event.currentTarget.value));
          }}
        />
      </div>
      <div class="step-text">
        <p class="position">
          <span data-position>{position}</span>
          {count !== undefined && (
            <span class="count" data-count>
              {count}
            </span>
          )}
        </p>
        <p class="what">{latex === '' ? <span>{words}</span> : <Maths latex={latex} />}</p>
        <p class="visually-hidden" role="status" aria-live="polite">
          {playing.value && speed.value > 3 ? '' : `${position}. ${words}`}
        </p>
      </div>
    </section>
  );
}
