/** The model that the server hands out beside the page: what `gradpath view` was called with. */

import { type AnyExample, type SettingValue, settingsFrom } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
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

/** `study.json`: the example that the model is of, with the values of its settings. */
export async function servedStudy(): Promise<{ of: AnyExample; values: Record<string, SettingValue> }> {
  const { example, settings } = JSON.parse(await fetchText('study.json')) as {
    example: string;
    settings: Record<string, SettingValue>;
  };
  const entry = examples.find(({ name }) => name === example);
  if (entry === undefined) throw new Error(`study.json: there is no example ${example}`);
  const of = await entry.load();
  return { of, values: settingsFrom(of, settings) };
}

async function fetchText(name: string): Promise<string> {
  const response = await fetch(`./${name}`);
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_BYTES) throw new Error(`${name} is larger than 8 MB`);
  return text;
}

async function fetchServed(): Promise<Document> {
  const text = await fetchText('model.json');
  const { modelFromJSON } = await import('../../src/model/json.ts');
  return documentOf(modelFromJSON(text, 'model.json'));
}
