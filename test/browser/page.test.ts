/** The page as a whole: its address, its keys, its themes, its sizes, its failures, and the check in the browser. */

import { expect, inject, test } from 'vitest';
import { settingsFrom } from '../../examples/example.ts';
import { rnn } from '../../examples/rnn/rnn.ts';
import { modelToJSON } from '../../src/model/json.ts';
import { axe } from './axe.ts';
import { openPage } from './page.ts';
import { focused, laidOut, openViewer } from './viewer.ts';

test.for(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
  const states = [
    '',
    '#step=17&formula=nested&open=t=2',
    '#path=2&sel=W→H_2',
    '#path=2&formula=nested&step=15',
    '#steps=10&target=E&step=3',
    '#steps=0',
  ];
  const { page, assertClean, close } = await openViewer('', { theme });
  for (const hash of states) {
    await page.evaluate((wanted) => {
      location.hash = wanted;
    }, hash);
    await page.waitForFunction(() => location.hash.includes('wrt='));
    await laidOut(page);
    expect(await axe(page), hash).toEqual([]);
  }
  await assertClean();
  await close();
});

test.for(['light', 'dark'] as const)(
  'axe finds nothing on a phone, in the help and after a check, %s',
  async (theme) => {
    const { page, assertClean, close } = await openViewer('', { theme, width: 390, height: 844 });
    for (const tab of ['paths', 'formula', 'node', 'outline']) {
      await page.getByRole('button', { name: tab, exact: true }).click();
      expect(await axe(page), tab).toEqual([]);
    }
    await page.getByRole('button', { name: 'Help and keys' }).click();
    expect(await axe(page), 'help').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Check the gradients' }).click();
    await page.waitForSelector('[data-verdict]');
    expect(await axe(page), 'check').toEqual([]);
    await assertClean();
    await close();
  },
);

test('the address restores the view', async () => {
  const { page, assertClean, close, classesOf } = await openViewer();
  await page.selectOption('select[name=loss]', 'squared-error');
  await page.getByRole('button', { name: 'steps T: one more' }).click();
  await page.locator('input[name=seed]').fill('5');
  await page.locator('input[name=seed]').press('Enter');
  await page.selectOption('select[name=target]', 'E');
  await page.selectOption('select[name=parameter]', 'U');
  await page.locator('[data-path="1"] button').click();
  await page.getByRole('button', { name: 'nested' }).click();
  await page.locator('[data-node="H_2"]').click();
  await page.getByRole('button', { name: 'Theme: auto' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await page.locator('[data-operations="t=2"]').click();
  await laidOut(page);
  const slider = page.getByRole('slider', { name: 'Step' });
  await slider.fill('15');
  await page.mouse.move(5, 5);
  await page.waitForFunction(() => location.hash.includes('step=15'));

  const look = async () => ({
    theme: await page.evaluate(() => document.documentElement.dataset.theme),
    text: await page.locator('.paths, .inspector, .formula, .step-text, .topbar').allInnerTexts(),
    outline: await page
      .locator('[role=treeitem]')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.getAttribute('aria-label'),
          row.getAttribute('aria-current'),
          row.ariaSelected,
        ]),
      ),
    slider: await slider.inputValue(),
    selected: (await classesOf('H_2')).includes('selected'),
    canvas: await page.evaluate(() => {
      const { __gradpath: handle } = globalThis as unknown as {
        __gradpath: Record<'nodes' | 'edges' | 'strands' | 'state', () => unknown>;
      };
      return [handle.nodes(), handle.edges(), handle.strands(), handle.state()];
    }),
  });
  const before = await look();
  const address = page.url();
  await page.reload();
  await laidOut(page);
  expect(page.url()).toBe(address);
  expect(await look()).toEqual(before);
  expect(before.theme).toBe('dark');
  expect(before.selected).toBe(true);
  expect(before.slider).toBe('15');
  await assertClean();
  await close();
});

test('a changed address changes the view, and bad values never blank the page', async () => {
  const { page, state, assertClean, close } = await openViewer(
    '#steps=999&target=Q&wrt=&path=77&step=-3&sel=Z&theme=pink',
  );
  expect(await page.getByText('steps is 999, expected a whole number from 1 to 10; using 3').count()).toBe(1);
  expect(await state()).toMatchObject({ target: 'E_3', wrt: 'W', events: 22 });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  expect(await page.getByText('steps is 999').count()).toBe(0);
  await page.evaluate(() => {
    location.hash = '#steps=2&target=E&wrt=V';
  });
  await page.waitForFunction(
    () => document.querySelector('.model-title')?.textContent === 'Elman RNN, T = 2',
  );
  await laidOut(page);
  expect(await state()).toMatchObject({ target: 'E', wrt: 'V' });
  await assertClean();
  await close();
});

test('Back undoes what is asked about, and nothing smaller', async () => {
  const { page, state, assertClean, close } = await openViewer();
  const settled = (part: string) =>
    page.waitForFunction((wanted) => decodeURIComponent(location.hash).includes(wanted), part);
  await page.selectOption('select[name=target]', 'E');
  await settled('target=E&');
  await page.locator('[data-path="1"] button').click();
  await settled('path=2');
  await page.selectOption('select[name=parameter]', 'U');
  await settled('wrt=U');
  await page.getByRole('button', { name: 'steps T: one more' }).click();
  await settled('steps=4');
  await page.goBack();
  await expect.poll(state).toMatchObject({ target: 'E', wrt: 'U' });
  await expect.poll(() => page.locator('output[name=steps]').textContent()).toBe('3');
  await page.goBack();
  await expect.poll(state).toMatchObject({ target: 'E', wrt: 'W' });
  expect(await page.locator('[data-path="1"] button').getAttribute('aria-pressed')).toBe('true');
  await page.goBack();
  await expect.poll(state).toMatchObject({ target: 'E_3', wrt: 'W' });
  await page.goForward();
  await expect.poll(state).toMatchObject({ target: 'E', wrt: 'W' });
  await page.waitForTimeout(200); // restoring must not write a new entry
  await page.goForward();
  await expect.poll(state).toMatchObject({ target: 'E', wrt: 'U' });
  await assertClean();
  await close();
});

test('that the link is copied is said without moving the page, and not for long', async () => {
  const { page, assertClean, close } = await openViewer();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const top = async () => (await page.locator('main').boundingBox())!.y;
  const before = await top();
  await page.getByRole('button', { name: 'Copy link' }).click();
  const toast = page.getByRole('status').filter({ hasText: 'Link copied' });
  await toast.waitFor();
  expect(await top()).toBe(before);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await expect.poll(() => toast.count()).toBe(0);
  await assertClean();
  await close();
});

test('with the keyboard alone: a factor, a path, an edge, a step, operations', async () => {
  const { page, edgesBy, state, assertClean, close } = await openViewer();
  const tabTo = async (wanted: RegExp) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused(page))) return;
    }
    throw new Error(`${wanted} cannot be reached with Tab`);
  };
  await tabTo(/Parameters/);
  expect(await page.locator('[role=treeitem][tabindex="0"]').count()).toBe(1);
  const walked: string[] = [];
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('ArrowDown');
    walked.push(await focused(page));
  }
  expect(walked.filter((name) => /^[A-Z](_\d)?$/.test(name))).toEqual([
    'U',
    'W',
    'V',
    'H_0',
    'H_1',
    'O_1',
    'E_1',
  ]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toBe('O_1');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-subject="H_1"]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-edge'))).toBe('W→H_1');
  expect(await edgesBy(/^hover$/)).toEqual({ hover: ['W→H_1'] });
  expect(await page.locator('[data-factor].lit').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-subject="W→H_1"]');
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe('H_1');

  await tabTo(/^derivative of E 3 by O 3/);
  expect((await edgesBy(/^hover$/)).hover).toEqual(['O_3→E_3']);
  await tabTo(/^E₃.*H₂.*W$/);
  await page.keyboard.press('Enter');
  expect(Object.keys(await edgesBy(/^path-/))).toEqual(['path-1']);
  await page.keyboard.press('Escape');
  expect(Object.keys(await edgesBy(/^path-/)).length).toBe(3);
  await page.keyboard.press(']');
  await page.keyboard.press(']');
  expect(Object.keys(await edgesBy(/^path-/))).toEqual(['path-1']);
  await page.keyboard.press('n');
  expect(await page.getByRole('button', { name: 'nested' }).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('c');
  await laidOut(page);
  await page.waitForSelector('[data-operations="t=3"][aria-expanded=true]');
  await page.keyboard.press('b');
  expect((await state()).step).toBe(11);
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('ArrowRight');
  expect((await state()).step).toBe(11);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog:not([open])', { state: 'attached' });
  await assertClean();
  await close();
});

test('the check in the browser agrees with tfjs, and fetches it only when asked', async () => {
  const { page, assertClean, close } = await openViewer();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const tfjs = () =>
    page.evaluate(() => performance.getEntriesByType('resource').some((e) => e.name.includes('tfjs')));
  expect(await tfjs()).toBe(false);
  await page.getByRole('button', { name: 'Check the gradients' }).click();
  await page.waitForSelector('[data-verdict]');
  expect(await tfjs()).toBe(true);
  expect(await page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('ok');
  for (const against of ['tfjs', 'finite-differences']) {
    const rows = await page.locator(`[data-against="${against}"] tbody tr`).allInnerTexts();
    expect(rows.map((row) => row.split(/\s+/)[0])).toEqual(['∂E₃/∂U', '∂E₃/∂W', '∂E₃/∂V']);
    for (const row of rows) {
      const [, error, verdict] = row.split(/\s+/);
      expect(verdict).toBe('ok');
      expect(Number(error)).toBeLessThanOrEqual(against === 'tfjs' ? 1e-4 : 1e-9);
    }
  }
  const here = new URL(inject('viewerUrl')).origin;
  expect(fetched.filter((url) => !url.startsWith(here) && !url.startsWith('data:'))).toEqual([]);
  await assertClean();
  await close();
});

test('a model handed out by the server is shown', async () => {
  const model = rnn({ steps: 2, hiddenSize: 5, inputSize: 2, seed: 3 });
  const { page, state, close } = await openViewer();
  await page.route(/model\.json$/, (route) => route.fulfill({ body: modelToJSON(model) }));
  await page.evaluate(() => {
    location.hash = '#model=served&wrt=U';
  });
  await page.waitForFunction(
    () => document.querySelector('.model-title')?.textContent === 'Elman RNN, T = 2',
  );
  await laidOut(page);
  expect(await state()).toMatchObject({ target: 'E_2', wrt: 'U' });
  expect(await page.locator('[data-node="H_1"] .detail').textContent()).toBe('5');
  expect(await page.locator('select[name=loss]').count()).toBe(0);
  await close();
});

test('a served example has its charts, with the settings that it was called with', async () => {
  const items = { text: '0.9,1\n0.8,0\n0.7,1\n', source: 'mine.csv' };
  const { example } = await import('../../examples/average-precision/example.ts');
  const model = example.build(settingsFrom(example, { items }), () => {});
  const { page, assertClean, close } = await openViewer();
  await page.route(/model\.json$/, (route) => route.fulfill({ body: modelToJSON(model) }));
  await page.route(/study\.json$/, (route) =>
    route.fulfill({ body: JSON.stringify({ example: 'average-precision', settings: { items } }) }),
  );
  await page.evaluate(() => {
    location.hash = '#model=served&study=average-precision';
  });
  await page
    .getByText('settings as gradpath view average-precision was called with; for others call it again')
    .waitFor();
  await laidOut(page);
  await page.getByRole('button', { name: 'Charts' }).press('Enter');
  await page.waitForSelector('[data-study=done]');
  expect(await page.locator('.claims [data-holds=false]').count()).toBe(0);
  // of the file's three items, and not of the ten by default: (1 + 2/3) / 2
  expect(await page.locator('figure[data-figure=table]').first().locator('tbody tr').count()).toBe(3);
  expect(await page.locator('.claims').innerText()).toContain('0.8333');
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('study=average-precision');
  // another example has its own
  await page.getByRole('button', { name: /^Model: / }).press('Enter');
  await page.getByRole('button', { name: /^average-precision / }).press('Enter');
  await expect.poll(() => page.locator('.claims').innerText()).toContain('0.7286');
  await assertClean();
  await close();
});

test('a served example without its settings says that it has no charts', async () => {
  const { page, state, close } = await openViewer();
  await page.route(/model\.json$/, (route) => route.fulfill({ body: modelToJSON(rnn({ steps: 2 })) }));
  await page.route(/study\.json$/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.evaluate(() => {
    location.hash = '#model=served&study=rnn';
  });
  await page.getByText('there are no charts: study.json: the server answered 404').waitFor();
  expect(await state()).toMatchObject({ target: 'E_2' });
  expect(await page.getByRole('button', { name: 'Charts' }).count()).toBe(0);
  await close();
});

test.for([
  ['not JSON', 200, '{"nodes": ['],
  ['not there', 404, ''],
  ['no graph', 200, '{"format":"gradpath"}'],
] as const)('a served model that is %s: the example is shown, and why', async ([_what, status, body]) => {
  const { page, state, close } = await openViewer();
  await page.route(/model\.json$/, (route) => route.fulfill({ status, body }));
  await page.evaluate(() => {
    location.hash = '#model=served';
  });
  await page.waitForFunction(() => document.querySelector('.message')?.textContent?.includes('model.json'));
  expect(await state()).toMatchObject({ target: 'E_3', wrt: 'W' });
  expect(await page.locator('.message').textContent()).not.toContain('    at ');
  await close();
});

test('without its worker the page shows a simpler picture and says why', async () => {
  const opened = await openPage({ width: 1440, height: 900 });
  const { page } = opened;
  await page.route(/elk-worker/, (route) => route.abort());
  await page.getByRole('button', { name: 'steps T: one more' }).click();
  await page.waitForSelector('.canvas[data-layout=plain]');
  expect(await page.getByText('showing a simpler arrangement').count()).toBe(1);
  expect(await page.locator('[data-node="H_4"]').count()).toBe(1);
  await opened.close();
});

test.for([
  [1440, 900],
  [1024, 768],
  [390, 844],
  [320, 568],
] as const)('nothing sticks out at %s × %s', async ([width, height]) => {
  const { page, assertClean, close } = await openViewer('#step=17', { width, height });
  const overflow = () =>
    page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
  expect(await overflow()).toEqual([0, 0]);
  const bar = (await page.locator('.stepbar').boundingBox())!;
  expect(Math.round(bar.y + bar.height)).toBe(height);
  const canvas = (await page.locator('.canvas').boundingBox())!;
  expect(canvas.height).toBeGreaterThan(130);
  const inside = () =>
    page.evaluate(() => {
      const { __gradpath: handle } = globalThis as unknown as {
        __gradpath: { nodes(): { screen: { x: number; y: number } }[] };
      };
      const { clientWidth, clientHeight } = document.querySelector('.canvas')!;
      return handle
        .nodes()
        .every(({ screen: { x, y } }) => x > 0 && y > 0 && x < clientWidth && y < clientHeight);
    });
  await expect.poll(inside).toBe(true); // the picture follows the size of its place a frame later
  await page.setViewportSize({ width: 900, height: 600 });
  await page.setViewportSize({ width, height });
  await expect.poll(overflow).toEqual([0, 0]);
  await expect.poll(inside).toBe(true);
  await assertClean();
  await close();
});
