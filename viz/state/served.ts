/** A model that the server hands out beside the page: `#model=served` shows it. */

import { documentOf } from './document.ts';
import { message, model, served, settle, tell } from './store.ts';

const MAX_BYTES = 8_000_000;

/** Fetches `model.json` if the view asks for it. Whatever goes wrong, the example is shown and the reason told. */
export async function loadServed(): Promise<void> {
  if (model.value !== 'served' || served.value !== undefined) return;
  try {
    const response = await fetch('./model.json');
    if (!response.ok) throw new Error(`model.json: the server answered ${response.status}`);
    const text = await response.text();
    if (text.length > MAX_BYTES) throw new Error('model.json is larger than 8 MB');
    const { modelFromJSON } = await import('../../src/model/json.ts');
    served.value = documentOf(() => modelFromJSON(text, 'model.json'));
    const problems = settle();
    if (problems.length > 0) message.value = problems.join(' · ');
  } catch (error) {
    model.value = 'rnn';
    settle();
    tell(error);
  }
}
