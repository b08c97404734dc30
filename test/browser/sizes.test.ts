/** The picture and the panels at unusual sizes: nothing is cut, nothing is too small to read. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { modelToJSON } from '../../src/model/json.ts';
import type { Handle } from '../../viz/testing.ts';
import { laidOut, openViewer } from './viewer.ts';

type Exposed = typeof globalThis & { __gradpath: Handle };
const nodes = (page: Page) => page.evaluate(() => (globalThis as Exposed).__gradpath.nodes());

test.for(['#open=t=1,t=2,t=3', '#steps=10&open=t=1,t=2,t=3,t=4,t=5,t=6,t=7,t=8,t=9,t=10'])(
  'names fit into their nodes %s',
  async (hash) => {
    for (const width of [1440, 900]) {
      const { page, close } = await openViewer(hash, { width });
      for (const node of await nodes(page)) expect(node.text, node.name).toBeLessThan(node.width - 4);
      await close();
    }
  },
);

test('a matrix of eight columns fits into the panel, its numbers into their cells', async () => {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ]) {
    const { page, close } = await openViewer('', { width, height });
    const model = rnn({ steps: 2, hiddenSize: 8, inputSize: 3 });
    await page.route(/model\.json$/, (route) => route.fulfill({ body: modelToJSON(model) }));
    await page.evaluate(() => {
      location.hash = '#model=served';
    });
    if (width < 900) await page.getByRole('button', { name: 'node', exact: true }).click();
    await page.waitForFunction(
      () => document.querySelectorAll('.inspector .numbers tr:first-child td').length >= 8,
    );
    const wide = await page.evaluate(() => {
      const panel = document.querySelector('.inspector')!;
      const cells = [...panel.querySelectorAll('td')];
      return {
        panel: panel.scrollWidth - panel.clientWidth,
        cells: Math.max(...cells.map((cell) => cell.scrollWidth - cell.clientWidth)),
        font: Math.min(...cells.map((cell) => Number.parseFloat(getComputedStyle(cell).fontSize))),
      };
    });
    expect(wide.panel).toBe(0);
    expect(wide.cells).toBe(0);
    expect(wide.font).toBeGreaterThanOrEqual(9);
    await close();
  }
});

test('ten steps: names are legible, the asked-for end is in view, and stepping brings the rest there', async () => {
  const { page, state, assertClean, close } = await openViewer('#steps=10');
  const seen = async (name: string) => {
    const box = (await page.locator('.canvas').boundingBox())!;
    const { screen, size } = (await nodes(page)).find((node) => node.name === name)!;
    expect(size).toBeGreaterThan(10);
    return screen.x > 0 && screen.y > 0 && screen.x < box.width && screen.y < box.height;
  };
  expect(await seen('E_10')).toBe(true);
  expect(await seen('W')).toBe(true); // the question's other end
  expect(await seen('H_1')).toBe(false);
  // a nested chain breaks into lines
  await page.keyboard.press('n');
  const wide = () =>
    page
      .locator('.formula-body')
      .evaluate((body) => [body.scrollWidth - body.clientWidth, body.clientHeight]);
  await expect.poll(async () => (await wide())[1]).toBeGreaterThan(90);
  expect((await wide())[0]).toBe(0);
  await page.keyboard.press('f');
  expect((await state()).step).toBe(1);
  await expect.poll(() => seen('H_1')).toBe(true);
  await page.selectOption('select[name=target]', 'E_2');
  await expect.poll(() => seen('E_2')).toBe(true);
  await page.getByRole('button', { name: 'Fit the graph' }).click();
  const box = (await page.locator('.canvas').boundingBox())!;
  for (const { screen } of await nodes(page)) expect(screen.x > 0 && screen.x < box.width).toBe(true);
  expect(await page.getByText('choose one to see it').count()).toBe(0);
  await page.selectOption('select[name=target]', 'E');
  await page.getByText('The 50 largest of 55 paths').waitFor();
  await assertClean();
  await close();
});

test.for([
  [844, 390],
  [700, 500],
  [1100, 400],
] as const)('low windows leave room for the panel at %s × %s', async ([width, height]) => {
  const { page, assertClean, close } = await openViewer('', { width, height });
  const panel = (await page.locator('.paths').boundingBox())!;
  expect(panel.height).toBeGreaterThan(110);
  expect((await page.locator('.canvas').boundingBox())!.height).toBeGreaterThan(130);
  expect(
    await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]),
  ).toEqual([0, 0]);
  await assertClean();
  await close();
});

test('a lecture screen has larger type, and nothing sticks out', async () => {
  const height = async (width: number, high: number) => {
    const { page, close } = await openViewer('#step=17', { width, height: high });
    const sizes = await Promise.all(
      ['.path-text', '.formula-body .katex', '.inspector td', '.row .label'].map(async (selector) => {
        const box = (await page.locator(selector).first().boundingBox())!;
        return box.height;
      }),
    );
    const over = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
    expect(over).toEqual([0, 0]);
    await close();
    return sizes;
  };
  const [small, large] = [await height(1440, 900), await height(1920, 1080)];
  large.forEach((size, i) => {
    expect(size / small[i]).toBeGreaterThan(1.1);
  });
});

test('the halo of an edge lies under the coloured lane', async () => {
  const { page, close } = await openViewer();
  await page.getByRole('button', { name: 'derivative of H 3 by W' }).hover();
  const { halos, strand } = await page.evaluate(() => {
    const { __gradpath: handle } = globalThis as Exposed;
    return {
      halos: handle.halos(),
      strand: handle.strands().find(({ id }) => id === '0:W→H_3'),
    };
  });
  expect(halos.map(({ name }) => name)).toEqual(['W→H_3']);
  expect(halos[0].points.length).toBe(strand!.points.length);
  halos[0].points.forEach((p, i) => {
    expect(Math.hypot(p.x - strand!.points[i].x, p.y - strand!.points[i].y)).toBeLessThan(0.5);
  });
  await page.mouse.move(5, 5);
  await expect.poll(() => page.evaluate(() => (globalThis as Exposed).__gradpath.halos().length)).toBe(0);
  await close();
});

test('with all steps open the parameters keep their order, and operations are told by operands', async () => {
  const { page, assertClean, close } = await openViewer();
  await page.keyboard.press('c');
  await page.waitForSelector('[data-operations="t=3"][aria-expanded=true]');
  await laidOut(page);
  const at = new Map((await nodes(page)).map(({ name, x }) => [name, x]));
  expect(['U', 'W', 'V'].map((name) => at.get(name))).toEqual(
    ['U', 'W', 'V'].map((name) => at.get(name)!).sort((a, b) => a - b),
  );
  const rows = await page.locator('.row.op .label').allInnerTexts();
  expect(rows.slice(0, 4).sort()).toEqual(['U·x₁', 'U·x₁ + W·H₀', 'W·H₀', 'softmax(O₁)'].sort());
  const { name, screen } = (await nodes(page)).find(({ classes }) => classes.includes('op'))!;
  const box = (await page.locator('.canvas').boundingBox())!;
  await page.mouse.move(box.x + screen.x, box.y + screen.y);
  const label = await page.locator(`[data-node="${name}"] .label`).textContent();
  await expect.poll(() => page.locator('.canvas').getAttribute('title')).toBe(label);
  await page.mouse.move(5, 5);
  await assertClean();
  await close();
});
