/** Starts the page: the view from the URL, the panels into the document, the URL after the view. */

import { effect } from '@preact/signals';
import 'katex/dist/katex.min.css';
import { render } from 'preact';
import { rememberShipped } from './layout/shipped.ts';
import { App } from './panels/App.tsx';
import { canvas } from './panels/GraphView.tsx';
import { handleKey } from './panels/keys.ts';
import { shade } from './panels/ui.ts';
import { startJudging } from './state/checker.ts';
import { openHash } from './state/models.ts';
import { packHash } from './state/pack.ts';
import { hash, lineOf, question, document as shown } from './state/store.ts';
import { expose } from './testing.ts';
import './styles/index.css';

effect(() => {
  window.document.documentElement.dataset.theme = shade.value;
});

rememberShipped();
startJudging();
const root = window.document.querySelector('#app')!;
try {
  await openHash(window.location.hash);
} catch (error) {
  root.textContent = `The page cannot start: ${lineOf(error)}`;
  throw error;
}

let written = window.location.hash;
let asked = question.value;
let timer: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  const next = hash.value;
  clearTimeout(timer);
  // browsers refuse more than some hundred changes a minute, and playing makes many
  timer = setTimeout(async () => {
    const packed = await packHash(next);
    if (packed === written || next !== hash.peek()) return;
    written = packed;
    // Back leads to the last question; how it was looked at is kept in place
    if (question.value === asked) window.history.replaceState(null, '', packed);
    else window.history.pushState(null, '', packed);
    asked = question.value;
  }, 120);
});
window.addEventListener('hashchange', async () => {
  if (window.location.hash === written) return;
  written = window.location.hash;
  await openHash(written);
  asked = question.value;
  // an address that could not be shown gives way to that of what is
  if (window.location.hash === written) {
    written = await packHash(hash.value);
    window.history.replaceState(null, '', written);
  }
});
window.addEventListener('keydown', handleKey);
effect(() => {
  window.document.title = `${shown.value.title} · Gradpath`;
});

root.textContent = '';
render(<App />, root);
expose(canvas);
