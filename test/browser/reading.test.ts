/** What a chosen path and a step say in the panels: its matrix, its factors, its term. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { explain } from '../../src/chain/explain.ts';
import { openViewer } from './viewer.ts';

/** Segments of the factors that carry a class, in the order of the formula. */
const factors = (page: Page, mark: string) =>
  page
    .locator(`[data-factor].${mark}`)
    .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-segment')));
const terms = (page: Page, mark: string) =>
  page
    .locator(`[data-term].${mark}`)
    .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-term')));

test("a path chosen alone shows its contribution to the parameter's gradient, as numbers", async () => {
  const { page, assertClean, close } = await openViewer('#path=2');
  const { builder, values } = rnn();
  const { graph } = builder;
  const { paths } = explain(builder, values, graph.idOf('E_3'), graph.idOf('W'));
  const part = page.locator('[data-subject=W] [data-contribution]');
  expect(await part.locator('h3').textContent()).toMatch(/^contribution of E₃\W+O₃\W+H₃\W+H₂\W+W: 25\.5\s%$/);
  expect(await part.locator('td').count()).toBe(paths[1].contribution.data.length);
  const [first] = await part.locator('td').allInnerTexts();
  expect(Number(first.replace('−', '-'))).toBeCloseTo(paths[1].contribution.data[0], 2);
  await page.locator('[data-path="2"] button').click({ modifiers: ['Shift'] });
  expect(await part.count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await part.count()).toBe(0);
  await page.locator('[data-path="0"] button').click();
  expect(await part.count()).toBe(1);
  await page.locator('[data-node="H_2"]').click();
  expect(await page.locator('[data-contribution]').count()).toBe(0);
  await assertClean();
  await close();
});

test('in the nested form a chosen path marks its factors, shared ones too, and dims the others', async () => {
  const { page, assertClean, close } = await openViewer('#formula=nested&path=2');
  const lit = ['O_3→E_3', 'H_3→O_3', 'H_2→H_3', 'W→H_2'];
  await expect.poll(() => factors(page, 'chosen').then((all) => all.sort())).toEqual([...lit].sort());
  expect((await factors(page, 'faint')).sort()).toEqual(['H_1→H_2', 'W→H_1', 'W→H_3']);
  await page.keyboard.press('Escape');
  await expect.poll(() => factors(page, 'chosen')).toEqual([]);
  expect(await factors(page, 'faint')).toEqual([]);
  await page.locator('[data-path="0"]').hover();
  await expect
    .poll(() => factors(page, 'chosen').then((all) => all.sort()))
    .toEqual(['H_3→O_3', 'O_3→E_3', 'W→H_3']);
  await assertClean();
  await close();
});

test('where a segment is written twice, only the place on the chosen path is marked', async () => {
  const { page, assertClean, close } = await openViewer('#steps=2&target=E&formula=nested&path=1');
  await page.waitForSelector('[data-factor].chosen');
  const row = await page.locator('[data-path="0"] .path-text').textContent();
  const length = row!.split('←').length - 1;
  expect((await factors(page, 'chosen')).length).toBe(length);
  const both = [...(await factors(page, 'chosen')), ...(await factors(page, 'faint'))];
  expect(both.length).toBeGreaterThan(new Set(both).size);
  await assertClean();
  await close();
});

test('a backward step marks its factors in both forms, and the term that it adds', async () => {
  const { page, assertClean, close } = await openViewer('#step=15');
  await expect.poll(() => factors(page, 'now')).toEqual(['H_2→H_3', 'H_2→H_3']);
  expect(await terms(page, 'now')).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => factors(page, 'now')).toEqual(['W→H_3']);
  expect(await terms(page, 'now')).toEqual(['0']);
  await page.keyboard.press('n');
  await expect.poll(() => factors(page, 'now')).toEqual(['W→H_3']);
  await page.keyboard.press('End');
  await expect.poll(() => factors(page, 'now')).toEqual([]);
  await page.keyboard.press('f');
  await expect.poll(() => factors(page, 'now')).toEqual([]);
  await assertClean();
  await close();
});
