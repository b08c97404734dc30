/** A badge in the top bar that says whether the numbers can be trusted, with a line for each doubt. */

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { select } from '../state/actions.ts';
import { type Remark, remarks } from '../state/anomalies.ts';
import { panel } from '../state/store.ts';
import { Icon } from './icons.tsx';

const kinds: Readonly<Record<Remark['kind'], string>> = {
  'non-finite': 'not finite',
  exploding: 'exploding',
  vanished: 'vanished',
  kink: 'on a kink',
};

export function Remarks() {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = remarks.value;
  if (list.length === 0) return null;
  const grave = list.some(({ kind }) => kind !== 'kink');
  const summary = [...new Set(list.map(({ kind }) => kinds[kind]))].join(', ');
  const close = () => {
    open.value = false;
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button in it has opened
    <div
      class="remarks"
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
        class={grave ? 'remarks-button grave' : 'remarks-button'}
        ref={button}
        aria-expanded={open.value}
        aria-controls="remarks"
        aria-label={`${list.length} remark${list.length === 1 ? '' : 's'} on the numbers: ${summary}`}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="warning" />
        <span>{summary}</span>
      </button>
      <ul class="remark-list" id="remarks" hidden={!open.value} aria-label="Remarks on the numbers">
        {list.map(({ kind, line, variable }) => (
          <li key={line} data-remark={kind}>
            <button
              type="button"
              disabled={variable === undefined}
              onClick={() => {
                close();
                panel.value = 'graph';
                select(variable);
              }}
            >
              {line}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
