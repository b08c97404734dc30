/** Which model: a button that opens the list of examples, each with what it is. */

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { examples } from '../../examples/index.ts';
import { chooseModel, loading } from '../state/models.ts';
import { document, model } from '../state/store.ts';
import { SERVED, TYPED } from '../state/url.ts';
import { Icon } from './icons.tsx';

export function Models() {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const shownName = model.value === SERVED ? document.value.model.name : model.value;
  const close = () => {
    open.value = false;
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button in it has opened
    <div
      class="models"
      ref={root}
      onFocusOut={(event) => {
        if (!root.current?.contains(event.relatedTarget as Node | null)) open.value = false;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open.value) return;
        close();
        event.stopPropagation();
      }}
    >
      <button
        type="button"
        class="model-button"
        ref={button}
        aria-label={`Model: ${shownName}`}
        aria-expanded={open.value}
        aria-controls="models"
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span>{loading.value === '' ? shownName : `${loading.value} …`}</span>
        <Icon name="down" />
      </button>
      <ul class="model-list" id="models" hidden={!open.value} aria-label="Models">
        {examples.map(({ name, summary }) => (
          <li key={name}>
            <button
              type="button"
              aria-current={model.value === name ? 'true' : undefined}
              onClick={() => {
                close();
                void chooseModel(name);
              }}
            >
              <strong>{name}</strong>
              <span>{summary}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-current={model.value === TYPED ? 'true' : undefined}
            onClick={() => {
              close();
              void chooseModel(TYPED);
            }}
          >
            <strong>{TYPED}</strong>
            <span>your own: the graph follows as you type</span>
          </button>
        </li>
      </ul>
      <span class="visually-hidden" role="status">
        {loading.value === '' ? '' : `Loading ${loading.value}`}
      </span>
    </div>
  );
}
