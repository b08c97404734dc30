/** Each example on its page: graph, gradient, paths or use sites, settings by keyboard, charts with axis titles. */

import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { examples } from '../../examples/index.ts';
import { axe } from './axe.ts';
import { laidOut, openViewer } from './viewer.ts';

const first = (locator: Locator) => locator.first();

/** Uses the first control of each kind with the keyboard alone; the address takes its value. */
async function setByKeyboard(page: Page): Promise<void> {
  const address = (name: string) =>
    page.evaluate((key) => new URLSearchParams(location.hash.slice(1)).get(key), name);
  const fields = page.locator('#settings');
  const stepper = first(fields.locator('[data-setting] button[aria-label$="one more"]:enabled'));
  if ((await stepper.count()) > 0) {
    const output = stepper.locator('xpath=preceding-sibling::output');
    const name = (await output.getAttribute('name'))!;
    const wanted = String(Number(await output.textContent()) + 1);
    await stepper.press('Enter');
    expect(await output.textContent()).toBe(wanted);
    await expect
      .poll(
        async () => (await page.locator(`#problem-${name}`).count()) > 0 || (await address(name)) === wanted,
      )
      .toBe(true);
    await output.locator('xpath=preceding-sibling::button').press('Enter');
  }
  const slider = first(fields.locator('input[type=range]'));
  if ((await slider.count()) > 0) {
    const number = slider.locator('xpath=following-sibling::input');
    const [name, before] = [(await number.getAttribute('name'))!, await number.inputValue()];
    const key = before === (await slider.getAttribute('max')) ? 'ArrowLeft' : 'ArrowRight';
    await slider.press(key);
    expect(await number.inputValue()).not.toBe(before);
    await expect.poll(() => address(name)).toBe(await number.inputValue());
    await number.fill(before);
    await number.press('Enter');
    await expect.poll(() => address(name)).toBe(before);
  }
  const line = first(fields.locator('input[type=text]'));
  if ((await line.count()) > 0) {
    const [name, before] = [(await line.getAttribute('name'))!, await line.inputValue()];
    const graph = await page.locator('[role=treeitem]').allInnerTexts();
    await line.fill('');
    await line.press('Enter');
    const problem = await page.locator(`#problem-${name}`).textContent();
    expect(problem).toMatch(/\w/);
    expect(await line.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('[role=treeitem]').allInnerTexts()).toEqual(graph);
    await line.fill(before);
    await line.press('Enter');
    expect(await page.locator(`#problem-${name}`).count()).toBe(0);
  }
}

async function expectFigures(page: Page): Promise<void> {
  await page.waitForSelector('[data-study=done]');
  expect(await page.locator('.claims li').count()).toBeGreaterThan(0);
  expect(await page.locator('.claims [data-holds=false]').allInnerTexts()).toEqual([]);
  const figures = page.locator('[data-figure]');
  expect(await figures.count()).toBeGreaterThan(0);
  for (const figure of await figures.all()) {
    if ((await figure.getAttribute('data-figure')) === 'table') {
      expect(await figure.locator('tbody tr').count()).toBeGreaterThan(0);
      continue;
    }
    const titles = await figure.locator('.axis-title').allTextContents();
    expect(titles.length).toBe(2);
    for (const title of titles) expect(title).toMatch(/^\S.* \(.+\)$/);
  }
  // the cursor reads the values out
  const plot = page.locator('.plot').first();
  await plot.press('ArrowRight');
  expect(await plot.getAttribute('aria-valuetext')).toMatch(/\d/);
  const table = page.locator('[data-figure] details').first();
  await table.locator('summary').click();
  await table.locator('td').first().waitFor();
}

test.for(examples.map(({ name, load }) => ({ name, load })))('$name', async ({ name, load }) => {
  const { slow } = await load();
  const { page, edgesBy, assertClean, close } = await openViewer(`#model=${name}`);
  expect(await page.getByRole('button', { name: `Model: ${name}` }).count()).toBe(1);
  expect(await page.locator('.message').textContent()).toBe('');
  const beyond = await page.evaluate(
    () => document.documentElement.scrollHeight - window.innerHeight, // the page itself does not scroll
  );
  expect(beyond).toBe(0);

  expect((await edgesBy(/^cone$/)).cone.length).toBeGreaterThan(0);
  expect(await page.locator('[data-path], [data-site]').count()).toBeGreaterThan(0);
  expect(await page.locator('.inspector .heatmap td').count()).toBeGreaterThan(1);
  expect(await page.locator('.formula [data-factor]').count()).toBeGreaterThan(0);
  expect(await axe(page)).toEqual([]);

  await page.getByRole('button', { name: 'Check the gradients' }).press('Enter');
  await page.waitForSelector('[data-verdict]');
  expect(await page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('ok');
  await page.keyboard.press('Escape');

  await setByKeyboard(page);
  await laidOut(page);

  await page.locator('h1').click();
  await page.keyboard.press('g');
  if (slow) {
    await page.getByRole('button', { name: 'Run the study' }).press('Enter');
    await page.waitForSelector('progress, .charts .problem');
    expect(await page.locator('.charts .problem').allInnerTexts()).toEqual([]);
    // the page answers meanwhile
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.getByRole('button', { name: 'Run the study' }).waitFor();
  } else await expectFigures(page);
  await page.getByRole('button', { name: 'Theme: auto' }).press('Enter');
  await page.getByRole('button', { name: 'Theme: light' }).press('Enter');
  expect(await axe(page)).toEqual([]);
  await assertClean();
  await close();
});

test('another example is chosen from the list with the keyboard', async () => {
  const { page, state, assertClean, close } = await openViewer('#steps=4');
  await page.getByRole('button', { name: 'Model: rnn' }).press('Enter');
  const entry = page.getByRole('button', { name: /^transposed-conv / });
  await entry.press('Enter');
  await page.getByRole('button', { name: 'Model: transposed-conv' }).waitFor();
  await laidOut(page);
  expect(await state()).toMatchObject({ target: 'E', wrt: 'X' });
  await page.goBack();
  await page.getByRole('button', { name: 'Model: rnn' }).waitFor();
  await expect.poll(state).toMatchObject({ target: 'E_4', wrt: 'W' });
  await assertClean();
  await close();
});

test('an example that cannot be loaded leaves the page as it is, with one line', async () => {
  const { page, state, close } = await openViewer('#steps=4&path=2');
  await page.route(/assets\/.*\.js/, (route) => route.abort());
  await page.evaluate(() => {
    location.hash = '#model=focal-loss';
  });
  await page.getByText(/^focal-loss could not be loaded: /).waitFor();
  expect(await state()).toMatchObject({ target: 'E_4', lit: [1] });
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('model=rnn&steps=4');
  await close();
});

test('figures follow the settings', async () => {
  const { page, assertClean, close } = await openViewer('#model=transposed-conv&panel=charts');
  await page.waitForSelector('[data-study=done]');
  const title = () => page.locator('.claims li').first().innerText();
  const before = await title();
  await page.getByRole('button', { name: 'stride: one more' }).press('Enter');
  await page.waitForSelector('[data-study=stale], [data-study=done]');
  await expect.poll(title).not.toBe(before);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await page.locator('.charts').count()).toBe(0);
  await assertClean();
  await close();
});

test('with too many paths to list, the use sites come first', async () => {
  const { page, assertClean, close } = await openViewer('#model=lstm&steps=8');
  const sites = page.locator('[data-site]');
  expect(await sites.count()).toBe(8);
  const top = async (selector: string) => (await page.locator(selector).first().boundingBox())!.y;
  expect(await top('[data-site]')).toBeLessThan(await top('[data-path]'));
  const counts = await page.locator('[data-site] td:nth-child(2)').allInnerTexts();
  const total = counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
  const words = await page.locator('#paths-title span').last().innerText();
  expect(words).toContain(`${total.toLocaleString('en')} paths`);
  await assertClean();
  await close();
});

test('a formula with more terms than can be typeset says how many it leaves out', async () => {
  const text = `T = 40
param W: 2x2
const H_0: 2 = 0.1
H_t = tanh(W H_{t-1}) for t = 1..T
E = sum(H_T)`;
  const hash = new URLSearchParams({ model: 'equations', equations: text, target: 'E', wrt: 'W' });
  const { page, assertClean, close } = await openViewer(`#${hash}`);
  const formula = page.locator('.formula-body');
  const shown = async () =>
    [await formula.locator('[data-term]').count(), await formula.innerText()] as const;
  const [terms, words] = await shown();
  expect(terms).toBeGreaterThan(15);
  expect(words.replaceAll(/\s/g, '')).toContain(`(${40 - terms}more)`);
  expect(words).not.toContain('\\');
  await page.getByRole('button', { name: 'nested' }).press('Enter');
  expect((await shown())[1]).not.toContain('\\');
  expect(await formula.locator('[data-factor]').count()).toBeGreaterThan(50);
  await assertClean();
  await close();
});

test('a node is found by its name, however deep it lies', async () => {
  const { page, assertClean, close } = await openViewer('#model=lstm&steps=8');
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  await page.keyboard.type('c7');
  const rows = () =>
    page.locator('[role=treeitem]').evaluateAll((all) => all.map((row) => row.getAttribute('data-node')));
  expect(await rows()).toEqual(['C_7']);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-subject="C_7"]');
  await page.keyboard.type('x');
  expect(await page.getByText('no node is called so').count()).toBe(1);
  await page.keyboard.press('Escape');
  expect((await rows()).length).toBeGreaterThan(60);
  await assertClean();
  await close();
});

test('other numbers in the same picture leave the view where the person has moved it', async () => {
  const { page, edges, assertClean, close } = await openViewer('#model=focal-loss');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const before = (await edges()).map(({ middle }) => middle);
  await page.locator('#settings input[type=range]').first().press('ArrowRight');
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('gamma=');
  expect((await edges()).map(({ middle }) => middle)).toEqual(before);
  await assertClean();
  await close();
});

test('what is wrong with the numbers stands in the top bar, and leads to its node', async () => {
  const { page, classesOf, assertClean, close } = await openViewer('#model=vanishing&steps=10&radius=0.1');
  await page.getByRole('button', { name: '1 remark on the numbers: vanished' }).press('Enter');
  expect(await classesOf('H_1')).toContain('anomaly');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: /^vanished: ‖∂E₁₀\/∂H₁‖ is / }).press('Enter');
  await page.waitForSelector('[data-subject="H_1"]');
  await assertClean();
  await close();
});

test('eleven points are points, and tables keep their columns within reach', async () => {
  const { page, assertClean, close } = await openViewer('#model=average-precision&panel=charts', {
    width: 390,
    height: 844,
  });
  await page.waitForSelector('[data-study=done]');
  const points = page.locator('[data-series="11 points"]');
  expect(await points.locator('.mark').count()).toBe(11);
  expect(await points.locator('.line').count()).toBe(0);
  const table = page.locator('.chart-table').first();
  const room = await table.evaluate((element) => {
    element.scrollLeft = 10_000;
    const last = element.querySelector('th:last-child')!.getBoundingClientRect();
    return [last.right - element.getBoundingClientRect().right, document.documentElement.scrollWidth];
  });
  expect(room[0]).toBeLessThan(1);
  expect(room[1]).toBe(390);
  await assertClean();
  await close();
});

test('a table hides no column: it is set closer, and where that is not enough it says that it scrolls', async () => {
  for (const [width, height] of [
    [1500, 1000],
    [390, 844],
  ]) {
    const { page, assertClean, close } = await openViewer('#model=iou&panel=charts', { width, height });
    await page.waitForSelector('[data-study=done]');
    const tables = page.locator('figure[data-figure=table]');
    const found = await tables.evaluateAll((all) =>
      all.map((figure) => {
        const table = figure.querySelector('.chart-table')!;
        const isWhole = table.scrollWidth <= table.clientWidth + 1;
        return { isWhole, isSaid: figure.querySelector('.scrolls') !== null };
      }),
    );
    expect(found.length).toBeGreaterThan(1);
    for (const { isWhole, isSaid } of found) expect(isSaid).toBe(!isWhole);
    if (width === 1500) expect(found.every(({ isWhole }) => isWhole)).toBe(true);
    await assertClean();
    await close();
  }
});

test('reading a value moves nothing, and leaves what lies below within reach', async () => {
  const { page, assertClean, close } = await openViewer('#model=vanishing&panel=charts');
  await page.waitForSelector('[data-study=done]');
  const below = () => page.locator('.chart details').first().boundingBox();
  const before = await below();
  await page.locator('.plot').first().press('ArrowRight');
  await page.locator('.plot-readout > *').first().waitFor();
  expect(await below()).toEqual(before);
  await page.locator('.chart details summary').first().click();
  await page.locator('.chart details td').first().waitFor();
  await assertClean();
  await close();
});
