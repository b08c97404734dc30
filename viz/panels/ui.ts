/** State of the page's furniture: which tab, which dialog, which colours. Not worth a place in the URL. */

import { computed, signal } from '@preact/signals';
import type { Shade } from '../state/heat.ts';
import { theme } from '../state/store.ts';

export const tabs = ['paths', 'formula', 'node', 'outline'] as const;
export const writingTabs = ['derivation', 'equations', 'outline'] as const;
export type Tab = (typeof tabs)[number] | (typeof writingTabs)[number];

/** Shown on narrow screens, where one panel at a time has room. */
export const tab = signal<Tab>('paths');
export const helpOpen = signal(false);
export const checkOpen = signal(false);

/** Good news that needs no answer: shown over the page, and gone by itself. */
export const toast = signal('');

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
const systemDark = signal(dark?.matches ?? false);
dark?.addEventListener('change', (event) => {
  systemDark.value = event.matches;
});

export const shade = computed<Shade>(() =>
  theme.value === 'auto' ? (systemDark.value ? 'dark' : 'light') : theme.value,
);
