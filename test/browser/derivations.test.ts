/** The Write panel with the checker at work: examples, documents, a file's own equations, and whatever people paste. */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { modelToJSON } from '../../src/model/json.ts';
import type { Handle } from '../../viz/testing.ts';
import { axe } from './axe.ts';
import { laidOut, openViewer } from './viewer.ts';

type Exposed = typeof globalThis & { __gradpath: Handle };

const equationsOf = (page: Page) => page.getByRole('textbox', { name: 'Equations of the model' });
const derivationOf = (page: Page) =>
  page.getByRole('textbox', { name: 'Derivation, in plain text or LaTeX' });
const verdicts = (page: Page) =>
  page.locator('.statement').evaluateAll((all) => all.map((one) => one.getAttribute('data-verdict')));
const names = (page: Page) =>
  page.evaluate(() => (globalThis as Exposed).__gradpath.nodes().map(({ name }) => name));
const PATIENT = { timeout: 20_000 };

test('an example fills both editors, Insert and Apply mend it, and all of that can be undone', async () => {
  const { page, edgesBy, assertClean, close } = await openViewer('#panel=write');
  await derivationOf(page).fill('dE_3/dV = dE_3/dO_3 dO_3/dV');
  await page.getByRole('combobox', { name: 'Example of a derivation' }).selectOption({ index: 1 });
  await expect
    .poll(() => verdicts(page), PATIENT)
    .toEqual(['right', 'wrong', 'ambiguous', 'wrong', 'wrong', 'right']);
  expect(await equationsOf(page).inputValue()).toContain('H_t = tanh(U x_t + W H_{t-1})');
  await page.getByText('2 of 6 right').waitFor();
  // each verdict has a sign, an underline of its own kind, and words
  const styles = await page
    .locator('.judged')
    .evaluateAll((all) => all.map((one) => `${one.textContent} ${getComputedStyle(one).borderBottomStyle}`));
  expect(new Set(styles)).toEqual(new Set(['✓ solid', '? dashed', '✗ double', '+ double']));
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect([theme, await axe(page)]).toEqual([theme, []]);
  }
  // the statement of the caret comes into view, its term lights its path
  const text = await derivationOf(page).inputValue();
  await derivationOf(page).evaluate((e: HTMLTextAreaElement, at) => {
    e.focus();
    e.setSelectionRange(at, at);
  }, text.indexOf('\\delta_t') + 20);
  await page.locator('.statement[data-here]').nth(0).waitFor();
  const seen = await page.locator('.statement[data-here]').boundingBox();
  const frame = await page.locator('.statements').boundingBox();
  expect(seen!.y).toBeGreaterThanOrEqual(frame!.y - 1);
  // repairs and missing paths, by keyboard alone
  const third = page.locator('.statement').nth(1).locator('.term-button').nth(1);
  await third.focus();
  await expect
    .poll(async () => (await edgesBy(/^hover$/)).hover)
    .toEqual(['H_2→H_3', 'H_3→O_3', 'O_3→E_3', 'W→H_2']);
  const apply = page.getByRole('button', { name: 'Apply' });
  while ((await apply.count()) > 0) {
    const left = await apply.count();
    await apply.first().press('Enter');
    await expect.poll(() => apply.count(), PATIENT).toBeLessThan(left);
  }
  await expect
    .poll(() => verdicts(page), PATIENT)
    .toEqual(['right', 'right', 'right', 'wrong', 'right', 'right']);
  await page.getByRole('button', { name: 'Insert' }).press('Enter');
  await expect.poll(() => verdicts(page), PATIENT).toEqual(Array(6).fill('right'));
  await derivationOf(page).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
  expect(await derivationOf(page).inputValue()).toBe(text);
  await page.keyboard.press('Control+z');
  expect(await derivationOf(page).inputValue()).toBe('dE_3/dV = dE_3/dO_3 dO_3/dV');
  await assertClean();
  await close();
});

test('a claim behind a comma has a verdict of its own', async () => {
  const { page, close } = await openViewer('#panel=write');
  await derivationOf(page).fill('∂E_3/∂V = ∂E_3/∂O_3 ∂O_3/∂V, ∂E_3/∂U = ∂E_3/∂O_3 ∂O_3/∂V');
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['right', 'wrong']);
  await close();
});

test('Insert writes behind its formula, also in a text that has changed just now', async () => {
  const { page, close } = await openViewer('#panel=write');
  const formula = '∂E_3/∂W = ∂E_3/∂O_3 ∂O_3/∂H_3 (∂⁺H_3/∂W + ∂H_3/∂H_2 ∂⁺H_2/∂W)';
  await derivationOf(page).fill(`${formula}\n`);
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['wrong']);
  await page.evaluate(() => {
    const editor = document.querySelector<HTMLTextAreaElement>('.derivation textarea')!;
    editor.focus();
    editor.setSelectionRange(0, 0);
    document.execCommand('insertText', false, '# a note\n');
    document.querySelector<HTMLButtonElement>('.missing button')!.click();
  });
  expect(await derivationOf(page).inputValue()).toMatch(`# a note\n${formula} + ∂E₃/∂O₃`);
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['right']);
  await close();
});

test('a document that is pasted has its formulas judged, and lends its model', async () => {
  const { page, assertClean, close } = await openViewer('#panel=write');
  const text = readFileSync(new URL('../../docs/derivation.md', import.meta.url), 'utf8');
  await derivationOf(page).fill(text);
  await page.getByRole('button', { name: 'Use its equations' }).click(PATIENT);
  await expect.poll(() => equationsOf(page).inputValue()).toContain('param  U: 3x2, W: 3x3, V: 4x3');
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['right', 'wrong', 'right', 'wrong', 'right']);
  expect(await page.getByRole('button', { name: 'Use its equations' }).count()).toBe(0);
  expect(await page.locator('.derivation .problem-button').count()).toBe(0);
  // the prose changes, the verdicts stay where their formulas are
  await derivationOf(page).evaluate((e: HTMLTextAreaElement) => {
    e.focus();
    e.setSelectionRange(0, 0);
  });
  await page.keyboard.type('A homework. ');
  expect(await page.locator('.mark-right').first().innerText()).toBe('\\frac{\\partial H_2}{\\partial W}');
  await page.getByRole('button', { name: 'Insert' }).click();
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['right', 'right', 'right', 'wrong', 'right']);
  expect(await axe(page)).toEqual([]);
  await assertClean();
  await close();
});

test('a file of equations that is served starts the editor; what is typed then is kept', async () => {
  const { page, assertClean, close } = await openViewer('');
  const text =
    '# My net\nT = 2\nparam W: 3x3\nconst h_0: 3 = 0.5\nh_t = tanh(W h_{t-1}) for t = 1..T\nE = sum(h_T)\n';
  const body = modelToJSON(modelFromEquations(text, { name: 'net' }));
  await page.route(/model\.json$/, (route) => route.fulfill({ body }));
  await page.evaluate(() => {
    location.hash = '#model=served&panel=write';
  });
  await page.getByRole('button', { name: 'Model: net' }).waitFor();
  expect(await equationsOf(page).inputValue()).toBe(text);
  await page.getByText('✓ drawn').waitFor();
  await derivationOf(page).fill('∂E/∂W = ∂E/∂h_2 (∂⁺h_2/∂W + ∂h_2/∂h_1 ∂⁺h_1/∂W)');
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['right']);
  const typed = text.replace('T = 2', 'T = 3');
  await equationsOf(page).fill(typed);
  await page.getByRole('button', { name: 'Model: equations' }).waitFor();
  await expect.poll(() => names(page)).toContain('h_3');
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['wrong']);
  await page.waitForTimeout(300); // the address follows after a pause
  await page.reload();
  await laidOut(page);
  expect(await equationsOf(page).inputValue()).toBe(typed);
  await assertClean();
  await close();
});

test('while one types, each text takes the place of the one before, and the last is judged', async () => {
  const { page, assertClean, close } = await openViewer('#panel=write');
  const long = `∂E_3/∂W = ${Array(30).fill('∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂H_2 ∂⁺H_2/∂W').join(' + ')}`;
  await derivationOf(page).fill(long);
  for (let i = 0; i < 4; i++) {
    await page.waitForTimeout(200);
    await derivationOf(page).fill(`${long} + E_${i}`);
  }
  await derivationOf(page).fill('∂E_3/∂V = ∂E_3/∂O_3 ∂O_3/∂V');
  await expect.poll(() => verdicts(page), PATIENT).toEqual(['right']);
  await assertClean();
  await close();
});

test.for([
  ['a long line', 'word '.repeat(20_000)],
  ['many lines', '∂E_3/∂V = x\n'.repeat(400)],
  ['other scripts', '∂E_3/∂W = 🙂 + ∂E_3/∂H_3 مرحبا \u202eabc 👩‍👩‍👧 \ud800 ∂\u0301'],
  ['brackets', '('.repeat(3000)],
  ['a page', '<script>alert(1)</script><img src=x onerror=alert(1)> \\href{javascript:alert(1)}{E} = E_1'],
] as const)('%s may be pasted into either editor', { timeout: 60_000 }, async ([, text]) => {
  const { page, assertClean, close } = await openViewer('#model=equations&panel=write');
  for (const editor of [derivationOf(page), equationsOf(page)]) {
    await editor.evaluate((e: HTMLTextAreaElement, value) => {
      e.value = value;
      e.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, text);
    await page.waitForTimeout(500);
    expect(await editor.inputValue()).toBe(text);
  }
  await page.locator('.equations .problem-button').waitFor(PATIENT);
  expect(await names(page)).toContain('H_3');
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond).toBe(0);
  expect(await page.locator('img[src=x]').count()).toBe(0);
  await assertClean();
  await close();
});

test.for([
  [1440, 900],
  [1024, 700],
  [720, 450],
  [390, 800],
] as const)('graph, editor and verdicts are at hand at %d × %d', async ([width, height]) => {
  const { page, assertClean, close } = await openViewer('#panel=write', { width, height });
  await page.getByRole('combobox', { name: 'Example of a derivation' }).selectOption({ index: 2 });
  await expect.poll(() => verdicts(page), PATIENT).toHaveLength(12);
  const sizes = await page.evaluate(() => {
    const size = (selector: string) => {
      const { width, height } = document.querySelector(selector)!.getBoundingClientRect();
      return Math.min(width, height);
    };
    return {
      graph: size('.canvas'),
      editor: size('.derivation .editor'),
      beyond: document.documentElement.scrollWidth - window.innerWidth,
      panel:
        document.querySelector('.derivation')!.scrollWidth -
        document.querySelector('.derivation')!.clientWidth,
    };
  });
  expect(sizes).toMatchObject({ beyond: 0, panel: 0 });
  expect(sizes.graph).toBeGreaterThan(120);
  expect(sizes.editor).toBeGreaterThan(90);
  await page.getByRole('button', { name: 'Insert' }).click();
  await expect.poll(() => verdicts(page), PATIENT).toEqual(Array(12).fill('right'));
  expect(await axe(page)).toEqual([]);
  await assertClean();
  await close();
});
