/** Stepping: the keys move through both passes, and nodes, edges and sums show where they are. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openViewer } from './viewer.ts';

const position = (page: Page) => page.locator('[data-position]').textContent();
const current = (page: Page) =>
  page.locator('[aria-current=step]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-node')));

test('forward by keyboard: variables get their values one by one', async () => {
  const { page, classesOf, edgesBy, assertClean, close } = await openViewer();
  expect(await position(page)).toBe('overview');
  expect(await current(page)).toEqual([]);
  await page.keyboard.press('Home');
  expect(await position(page)).toBe('start of 22 steps');
  expect(await classesOf('H_1')).not.toContain('valued');
  expect(await classesOf('W')).toContain('valued');
  await page.keyboard.press('ArrowRight');
  expect(await position(page)).toBe('forward 1 of 10');
  expect(await current(page)).toEqual(['H_1']);
  expect(await classesOf('H_1')).toEqual(expect.arrayContaining(['valued', 'current', 'forward']));
  expect(await classesOf('O_1')).not.toContain('valued');
  expect(await edgesBy(/^active$/)).toEqual({ active: ['H_0→H_1', 'U→H_1', 'W→H_1', 'x_1→H_1'] });
  await page.keyboard.press('ArrowRight');
  expect(await current(page)).toEqual(['O_1']);
  await page.keyboard.press('ArrowLeft');
  expect(await current(page)).toEqual(['H_1']);
  expect(await classesOf('O_1')).not.toContain('valued');
  await assertClean();
  await close();
});

test('backward by keyboard: the sum for W counts 1 of 3, 2 of 3, 3 of 3', async () => {
  const { page, classesOf, edgesBy, assertClean, close } = await openViewer();
  await page.keyboard.press('b');
  expect(await position(page)).toBe('backward 1 of 12');
  expect(await current(page)).toEqual(['E_3']);
  expect(await classesOf('E_3')).toContain('done');
  const sums: unknown[] = [];
  for (let i = 0; i < 11; i++) {
    await page.keyboard.press('ArrowRight');
    const [node] = await current(page);
    if (node !== 'W') continue;
    const marks = (await classesOf('W')).filter((mark) => mark === 'accumulating' || mark === 'done');
    const { active } = await edgesBy(/^active$/);
    sums.push([await page.locator('[data-count]').textContent(), await accumulator(page), marks, active]);
  }
  expect(sums).toEqual([
    ['1 of 3', '1 of 3', ['accumulating'], ['W→H_3']],
    ['2 of 3', '2 of 3', ['accumulating'], ['W→H_2']],
    ['3 of 3', '3 of 3', ['done'], ['W→H_1']],
  ]);
  expect(await position(page)).toBe('backward 12 of 12');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await classesOf('W')).toContain('accumulating');
  await assertClean();
  await close();
});

const accumulator = (page: Page) => page.locator('[data-subject=W] [data-accumulator]').textContent();

test('Shift goes from variable to variable, End and Home to the ends, f and b to the passes', async () => {
  const { page, state, assertClean, close } = await openViewer('#step=11');
  const stepAfter = async (key: string) => {
    await page.keyboard.press(key);
    return (await state()).step as number;
  };
  expect(await stepAfter('Shift+ArrowRight')).toBe(12);
  expect(await stepAfter('Shift+ArrowRight')).toBe(13);
  expect(await current(page)).toEqual(['H_3']);
  expect(await stepAfter('Shift+ArrowRight')).toBe(15);
  for (const [step, count] of [
    [16, '1 of 3'],
    [19, '2 of 3'],
    [21, '3 of 3'],
  ] as const) {
    while ((await stepAfter('Shift+ArrowRight')) < step);
    expect([(await state()).step, await page.locator('[data-count]').textContent()]).toEqual([step, count]);
  }
  expect(await stepAfter('Shift+ArrowLeft')).toBe(19);
  expect(await stepAfter('End')).toBe(22);
  expect(await stepAfter('ArrowRight')).toBe(22);
  expect(await stepAfter('Home')).toBe(0);
  expect(await stepAfter('ArrowLeft')).toBe(0);
  expect(await stepAfter('f')).toBe(1);
  expect(await stepAfter('b')).toBe(11);
  await assertClean();
  await close();
});

test('space plays and pauses, and play ends at the end', async () => {
  const { page, state, assertClean, close } = await openViewer('#step=19');
  await page.keyboard.press('5');
  await page.keyboard.press(' ');
  await expect.poll(async () => (await state()).step).toBe(22);
  await page.waitForSelector('button[aria-label=Play]');
  await page.keyboard.press(' ');
  await page.waitForSelector('button[aria-label=Pause]');
  expect((await state()).step).toBeLessThan(22);
  await page.keyboard.press(' ');
  await page.waitForSelector('button[aria-label=Play]');
  await assertClean();
  await close();
});

test('the slider and the buttons step too, and the step is announced', async () => {
  const { page, state, assertClean, close } = await openViewer();
  await page.getByRole('button', { name: 'To the start' }).click();
  await page.getByRole('button', { name: 'One step on' }).click();
  expect((await state()).step).toBe(1);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.fill('13');
  expect((await state()).step).toBe(13);
  await slider.press('ArrowRight');
  expect((await state()).step).toBe(14);
  expect(await page.locator('.stepbar [aria-live=polite]').textContent()).toBe(
    'backward 4 of 12. The gradient of V receives what comes through O 3: 1 of 1',
  );
  await assertClean();
  await close();
});
