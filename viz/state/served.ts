/** The model that the server hands out beside the page: what `gradpath view` was called with. */

import { type Document, documentOf } from './document.ts';

const MAX_BYTES = 8_000_000;
let served: Promise<Document> | undefined;

/** `model.json`, fetched once. */
export function servedDocument(): Promise<Document> {
  served ??= fetchServed().catch((error) => {
    served = undefined;
    throw error;
  });
  return served;
}

async function fetchServed(): Promise<Document> {
  const response = await fetch('./model.json');
  if (!response.ok) throw new Error(`model.json: the server answered ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_BYTES) throw new Error('model.json is larger than 8 MB');
  const { modelFromJSON } = await import('../../src/model/json.ts');
  return documentOf(modelFromJSON(text, 'model.json'));
}
