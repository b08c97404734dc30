/** Every example takes its settings from the address and from its controls, and neither can break the page. */

import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AnyExample, Setting } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import {
  changeSetting,
  chooseModel,
  drafts,
  loadExample,
  loading,
  openHash,
} from '../../viz/state/models.ts';
import { shownSettings } from '../../viz/state/settings.ts';
import * as store from '../../viz/state/store.ts';
import { pageKeys } from '../../viz/state/url.ts';
import { viewOf } from '../../viz/state/view.ts';

beforeEach(() => openHash(''));

const names = examples.map(({ name }) => name);

/** Texts of a setting that are good by themselves, the default first. */
function goodTexts(setting: Setting): string[] {
  switch (setting.kind) {
    case 'integer':
      return [String(setting.default), String(Math.min(setting.max, setting.default + 1))];
    case 'number':
      return [String(setting.default), String(Math.min(setting.max, setting.default + setting.step))];
    case 'choice':
      return [...setting.choices];
    case 'text':
      return [setting.default];
    case 'file':
      return [];
  }
}

const badText = (setting: Setting): string =>
  setting.kind === 'text'
    ? 'x'.repeat(setting.maxLength + 1)
    : setting.kind === 'choice'
      ? 'none of them'
      : '1,5';

describe.for(names)('%s', (name) => {
  let of: AnyExample;
  beforeEach(async () => {
    of = await loadExample(name);
  });

  test('no setting is called as the page calls something of its own', () => {
    for (const key of Object.keys(of.settings)) expect(pageKeys).not.toContain(key);
  });

  test('its page has a gradient with a path', async () => {
    await openHash(`#model=${name}`);
    expect(store.message.value).toBe('');
    expect(store.model.value).toBe(name);
    expect(store.explanation.value.count).toBeGreaterThan(0n);
    expect(viewOf(store.document.value, new Set()).nodes.length).toBeLessThanOrEqual(80);
  });

  test('each setting goes into the address as typed, and comes back', async () => {
    for (const [key, setting] of shownSettings(of)) {
      for (const text of goodTexts(setting)) {
        await openHash(`#model=${name}`);
        changeSetting(key, text);
        if (drafts.value[key] !== undefined) continue; // good by itself, not with the others
        const { hash, document } = store;
        const [address, title] = [hash.value, document.value.title];
        expect(new URLSearchParams(address.slice(1)).get(key)).toBe(text);
        await openHash('');
        await openHash(address);
        expect(store.settings.value).toEqual({ [key]: text });
        expect(store.document.value.title).toBe(title);
        expect(store.hash.value).toBe(address);
        expect(store.message.value).toBe('');
      }
    }
  });

  test('a bad setting keeps the graph, its text and the address', async () => {
    await openHash(`#model=${name}`);
    const { document, hash } = store;
    const before = [document.value, hash.value];
    for (const [key, setting] of shownSettings(of)) {
      const text = badText(setting);
      changeSetting(key, text);
      expect([document.value, hash.value]).toEqual(before);
      expect(drafts.value[key].text).toBe(text);
      expect(drafts.value[key].problem).toMatch(new RegExp(`^${key} is .*, expected `));
      expect(drafts.value[key].problem).not.toContain('\n');
      changeSetting(key, goodTexts(setting)[0]);
      expect(drafts.value).toEqual({});
      await openHash(`#model=${name}&${key}=${text}`);
      expect(store.message.value).toMatch(/; using /);
      expect(document.value.title).toBe((before[0] as typeof document.value).title);
      await openHash(`#model=${name}`);
      before[0] = document.value;
    }
  });
});

test('one setting that the model cannot be built with leaves the others as they were asked for', async () => {
  const { settings, message, document } = store;
  await openHash('#model=average-precision&ranking=0,0,0&temperature=0.2&seed=4');
  expect(settings.value).toMatchObject({ temperature: '0.2' });
  expect(settings.value).not.toHaveProperty('ranking');
  expect(document.value.title).toContain('τ = 0.2');
  expect(message.value).toMatch(/; using the default of ranking/);
  // settings that fit only together are taken together
  await openHash('#model=transposed-conv&output-padding=1&stride=2&values=seeded');
  expect(settings.value).toEqual({ 'output-padding': '1', stride: '2', values: 'seeded' });
  expect(message.value).toBe('');
  await openHash('#model=transposed-conv&output-padding=1&padding=99&kernel=nonsense&values=ones&stride=2');
  expect(settings.value).toEqual({ 'output-padding': '1', values: 'ones', stride: '2' });
});

test('a draft is taken along as soon as it fits', async () => {
  await openHash('#model=transposed-conv');
  changeSetting('output-padding', '1');
  expect(drafts.value['output-padding']).toMatchObject({ text: '1' });
  expect(store.settings.value).toEqual({});
  changeSetting('padding', '1'); // does not help
  expect(store.settings.value).toEqual({ padding: '1' });
  expect(Object.keys(drafts.value)).toEqual(['output-padding']);
  changeSetting('stride', '2');
  expect(store.settings.value).toEqual({ padding: '1', stride: '2', 'output-padding': '1' });
  expect(drafts.value).toEqual({});
});

test('another model is shown as it is by default; the panel and the theme stay', async () => {
  await openHash('#steps=5&panel=charts&theme=dark&path=1');
  await chooseModel('transposed-conv');
  expect(store.settings.value).toEqual({});
  expect([store.panel.value, store.theme.value, store.chosenPaths.value]).toEqual(['charts', 'dark', []]);
});

test('of two models asked for, the last one is shown, however long the first one takes', async () => {
  const entry = examples.find(({ name }) => name === 'transposed-conv')!;
  const load = vi.spyOn(entry, 'load').mockImplementation(async () => {
    await new Promise((done) => setTimeout(done, 40));
    return loadExample('focal-loss');
  });
  await Promise.all([openHash('#model=transposed-conv'), openHash('#model=rnn&steps=4')]);
  load.mockRestore();
  expect([store.model.value, store.document.value.title]).toEqual(['rnn', 'Elman RNN, T = 4']);
  expect(loading.value).toBe('');
});
