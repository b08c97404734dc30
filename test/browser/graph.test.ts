/** The picture: each path on its own edges, each factor on its own, and lines where the layout put them. */

import { expect, test } from 'vitest';
import { laidOut, openViewer } from './viewer.ts';

const shared = ['H_3→O_3', 'O_3→E_3'];
const paths = {
  'path-0': [...shared, 'W→H_3'].sort(),
  'path-1': [...shared, 'H_2→H_3', 'W→H_2'].sort(),
  'path-2': [...shared, 'H_1→H_2', 'H_2→H_3', 'W→H_1'].sort(),
};

test('∂E_3/∂W picked: exactly the right edges carry the class of each of the three paths', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer('#target=E_1&wrt=V');
  expect(await edgesBy(/^path-/)).toEqual({ 'path-0': ['O_1→E_1', 'V→O_1'] });
  await page.selectOption('select[name=target]', 'E_3');
  await page.selectOption('select[name=parameter]', 'W');
  expect(await edgesBy(/^path-/)).toEqual(paths);
  expect((await edgesBy(/^cone$/)).cone).toEqual([...new Set(Object.values(paths).flat())].sort());
  expect(await page.locator('[data-path]').count()).toBe(3);
  await assertClean();
  await close();
});

test('a path chosen in the list is lit alone, with Shift beside others', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer();
  await page.locator('[data-path="1"] button').click();
  await page.mouse.move(5, 5);
  expect(await edgesBy(/^path-/)).toEqual({ 'path-1': paths['path-1'] });
  expect(await page.locator('[data-path="1"] button').getAttribute('aria-pressed')).toBe('true');
  await page.locator('[data-path="2"] button').click({ modifiers: ['Shift'] });
  await page.mouse.move(5, 5);
  expect(await edgesBy(/^path-/)).toEqual({ 'path-1': paths['path-1'], 'path-2': paths['path-2'] });
  const strands = await page.evaluate(() =>
    (
      globalThis as unknown as { __gradpath: { strands(): { id: string; classes: string[] }[] } }
    ).__gradpath.strands(),
  );
  const coloured = (path: number) =>
    strands
      .filter(({ id, classes }) => id.startsWith(`${path}:`) && classes.includes(`colour-${path}`))
      .map(({ id }) => id.slice(2))
      .sort();
  expect([coloured(1), coloured(2)]).toEqual([paths['path-1'], paths['path-2']]);
  expect(strands.length).toBe(paths['path-1'].length + paths['path-2'].length);
  await assertClean();
  await close();
});

test('pointing at a row of the list shows its path', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer();
  await page.locator('[data-path="2"]').hover();
  expect(await edgesBy(/^path-/)).toEqual({ 'path-2': paths['path-2'] });
  await page.mouse.move(5, 5);
  expect(await edgesBy(/^path-/)).toEqual(paths);
  await assertClean();
  await close();
});

test('a factor pointed at or focused lights exactly its edge', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer();
  const factor = page.getByRole('button', { name: 'derivative of H 3 by H 2' });
  expect(await factor.count()).toBe(2);
  await factor.first().hover();
  expect(await edgesBy(/^hover$/)).toEqual({ hover: ['H_2→H_3'] });
  await page.mouse.move(5, 5);
  expect(await edgesBy(/^hover$/)).toEqual({});
  await page.getByRole('button', { name: 'derivative of H 1 by W' }).focus();
  expect(await edgesBy(/^hover$/)).toEqual({ hover: ['W→H_1'] });
  await assertClean();
  await close();
});

test('where a step is open a factor lights the operations beneath it', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer('#open=t=2');
  await laidOut(page);
  await page.getByRole('button', { name: 'derivative of H 2 by H 1' }).hover();
  const { hover } = await edgesBy(/^hover$/);
  expect(hover).toEqual(['%16→%17', '%17→H_2', 'H_1→%16']);
  await page.getByRole('button', { name: 'derivative of H 2 by W' }).hover();
  expect((await edgesBy(/^hover$/)).hover).toEqual(['%16→%17', '%17→H_2', 'W→%16']);
  await assertClean();
  await close();
});

test('an edge pointed at lights its factors, in both forms of the formula', async () => {
  const { page, pointAtEdge, assertClean, close } = await openViewer();
  const lit = () =>
    page
      .locator('[data-factor].lit')
      .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-segment')));
  await pointAtEdge('H_2→H_3');
  await page.waitForSelector('[data-factor].lit');
  expect(await lit()).toEqual(['H_2→H_3', 'H_2→H_3']);
  await page.mouse.move(5, 5);
  await expect.poll(lit).toEqual([]);
  await page.getByRole('button', { name: 'nested' }).click();
  await pointAtEdge('O_3→E_3');
  await expect.poll(lit).toEqual(['O_3→E_3']);
  await assertClean();
  await close();
});

test('a term pointed at lights its path', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer();
  const box = (await page.locator('[data-term="1"]').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
  expect(await edgesBy(/^path-/)).toEqual({ 'path-1': paths['path-1'] });
  await assertClean();
  await close();
});

test.for(['', '#open=t=2', '#steps=6&open=t=1,t=6', '#steps=10&target=E'])(
  'lines are drawn where the layout put them %s',
  async (hash) => {
    const { edges, assertClean, close } = await openViewer(hash);
    const drawn = await edges();
    expect(drawn.length).toBeGreaterThan(20);
    for (const { name, points, wanted } of drawn) {
      expect(points.length, name).toBe(wanted.length);
      points.forEach((p, i) => {
        expect(Math.hypot(p.x - wanted[i].x, p.y - wanted[i].y), `${name}, point ${i}`).toBeLessThan(0.5);
      });
    }
    await assertClean();
    await close();
  },
);

test('clicking a node or an edge selects it, the title of a step opens it', async () => {
  const { page, pointAtEdge, classesOf, assertClean, close } = await openViewer();
  type Window = { __gradpath: { nodes(): { name: string; screen: { x: number; y: number } }[] } };
  const at = await page.evaluate(() =>
    (globalThis as unknown as Window).__gradpath.nodes().find(({ name }) => name === 'H_2'),
  );
  const box = (await page.locator('.canvas').boundingBox())!;
  await page.mouse.click(box.x + at!.screen.x, box.y + at!.screen.y);
  await page.waitForSelector('[data-subject="H_2"]');
  expect(await classesOf('H_2')).toContain('selected');
  await pointAtEdge('W→H_3');
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForSelector('[data-subject="W→H_3"]');
  const matrix = page.locator('[data-subject] .heatmap').first();
  expect(await matrix.locator('tr').count()).toBe(4);
  expect(await matrix.locator('td').count()).toBe(64);
  await assertClean();
  await close();
});
