/** The two editors: equations become the graph as one types, a derivation is typeset and judged; no text is lost. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { FormulaReport } from '../../viz/state/report.ts';
import type { Handle } from '../../viz/testing.ts';
import { axe } from './axe.ts';
import { laidOut, openViewer } from './viewer.ts';

type Exposed = typeof globalThis & { __gradpath: Handle };

const FIRST = '∂E_3/∂W = ∂E_3/∂O_3 ∂O_3/∂H_3 ∂⁺H_3/∂W + ∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂W ∂⁺H_2/∂W';
const SECOND =
  '\\frac{\\partial E_3}{\\partial V} = \\frac{\\partial E_3}{\\partial O_3} \\frac{\\partial O_3}{\\partial V}';
const TEXT = `${FIRST}\n${SECOND}`;

const placeOf = (part: string, from = 0) => {
  const start = TEXT.indexOf(part, from);
  return { start, end: start + part.length };
};

/** What a checker would say of `TEXT`. */
const reports: readonly FormulaReport[] = [
  {
    span: placeOf(FIRST),
    verdict: 'wrong',
    message: '',
    reading: '∂⁺ is immediate',
    terms: [
      {
        span: placeOf('∂E_3/∂O_3 ∂O_3/∂H_3 ∂⁺H_3/∂W'),
        verdict: 'right',
        path: 'W → H_3 → O_3 → E_3',
        variables: ['W', 'H_3', 'O_3', 'E_3'],
        message: '',
      },
      {
        span: placeOf('∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂W ∂⁺H_2/∂W'),
        verdict: 'garbled',
        path: 'W → H_2 → H_3 → O_3 → E_3',
        variables: ['W', 'H_2', 'H_3', 'O_3', 'E_3'],
        message: '∂H_3/∂W stands where ∂H_3/∂H_2 belongs',
      },
    ],
    missing: [
      {
        path: 'W → H_1 → H_2 → H_3 → O_3 → E_3',
        variables: ['W', 'H_1', 'H_2', 'H_3', 'O_3', 'E_3'],
        latex:
          '\\frac{\\partial E_3}{\\partial H_2} \\frac{\\partial H_2}{\\partial H_1} \\frac{\\partial^{+} H_1}{\\partial W}',
      },
    ],
    repair: { label: '∂H_3/∂W → ∂H_3/∂H_2', span: placeOf('∂H_3/∂W ∂⁺H_2'), replacement: '∂H_3/∂H_2 ∂⁺H_2' },
  },
  {
    span: placeOf(SECOND),
    verdict: 'right',
    message: '',
    reading: '',
    terms: [
      {
        span: placeOf(SECOND.split('= ')[1]),
        verdict: 'right',
        path: 'V → O_3 → E_3',
        variables: ['V', 'O_3', 'E_3'],
        message: '',
      },
    ],
    missing: [],
    repair: undefined,
  },
];

const equationsOf = (page: Page) => page.getByRole('textbox', { name: 'Equations of the model' });
const derivationOf = (page: Page) =>
  page.getByRole('textbox', { name: 'Derivation, in plain text or LaTeX' });
const addressed = (page: Page, key: string) =>
  page.evaluate((name) => new URLSearchParams(location.hash.slice(1)).get(name), key);

async function openWith(text: string, size = {}) {
  const viewer = await openViewer('#model=equations&panel=write', size);
  await viewer.page.evaluate((report) => (globalThis as Exposed).__gradpath.judgeAs(report), reports);
  await derivationOf(viewer.page).fill(text);
  await viewer.page.waitForSelector('[data-verdict=wrong]');
  return viewer;
}

test('equations become the graph as they are typed; a mistake is shown at its place and the graph stays', async () => {
  const { page, assertClean, close } = await openViewer();
  const nodes = () => page.evaluate(() => (globalThis as Exposed).__gradpath.nodes().map(({ name }) => name));
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('button', { name: 'Write equations' }).click();
  await page.getByText('✓ drawn').waitFor();
  const editor = equationsOf(page);
  const start = await editor.inputValue();
  await editor.fill(start.replace('T = 3', 'T = 4'));
  await expect.poll(nodes).toContain('H_4');
  await laidOut(page);

  const bad = start.replace('T = 3', 'T = 4').replace('O_t = V H_t', 'O_t = V (H_t');
  await editor.fill(bad);
  const problem = page.locator('.equations .problem-button');
  await problem.waitFor();
  expect(await problem.innerText()).toMatch(/^line 8, column \d+: /);
  expect(await editor.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('.equations .mark-error').innerText()).toBe('(');
  expect(await nodes()).toContain('H_4');
  await problem.click(); // leads to the place
  expect(await editor.evaluate((e: HTMLTextAreaElement) => e.value.slice(0, e.selectionStart))).toMatch(
    /O_t = V $/,
  );
  expect(await axe(page)).toEqual([]);

  // another network takes the place of the text, which undo brings back
  await page.getByRole('combobox', { name: 'Start from a network' }).selectOption({ label: 'Linear RNN' });
  expect(await editor.inputValue()).toMatch(/^# Linear RNN/);
  await page.getByText('✓ drawn').waitFor();
  await page.keyboard.press('Control+z');
  expect(await editor.inputValue()).toBe(bad);

  // nothing typed is lost: neither by a reload, nor beside another model
  await expect.poll(() => addressed(page, 'equations')).toMatch(/^z\./);
  await page.waitForTimeout(200); // the address follows after a pause
  await page.reload();
  await laidOut(page);
  expect(await equationsOf(page).inputValue()).toBe(bad);
  await page.getByRole('button', { name: 'Model: equations' }).click();
  await page.getByRole('button', { name: /^gru / }).click();
  await page.getByRole('button', { name: 'Model: gru' }).waitFor();
  await page.getByRole('button', { name: 'Back to my equations' }).click();
  await equationsOf(page).waitFor();
  expect(await equationsOf(page).inputValue()).toBe(bad);
  await assertClean();
  await close();
});

test('a derivation is typeset as it is typed, plain text and LaTeX alike', async () => {
  const { page, assertClean, close } = await openViewer('#panel=write');
  const editor = derivationOf(page);
  await editor.pressSequentially('dE_3/dW = (');
  await page.getByRole('button', { name: /^line 1, column 12: expected/ }).waitFor();
  await editor.fill(TEXT);
  await page.locator('.statement').nth(1).waitFor();
  expect(await page.locator('.statement-formula .mfrac').count()).toBe(1 + 3 + 4 + 3);
  expect(await page.locator('.problem-button').count()).toBe(0);
  // line numbers follow the lines, however they are broken
  const place = (selector: string) => page.locator(selector).boundingBox();
  const [layer, area] = [await place('.derivation .editor-layer'), await place('.derivation textarea')];
  expect(layer).toEqual(area);
  await assertClean();
  await close();
});

test('the checker judges what is typed, and what it offers makes it right', async () => {
  const { page, assertClean, close } = await openViewer('#panel=write&steps=3');
  const editor = derivationOf(page);
  const verdicts = () =>
    page.locator('.statement').evaluateAll((all) => all.map((one) => one.getAttribute('data-verdict')));
  await editor.fill(
    '∂E_3/∂W = ∂E_3/∂O_3 ∂O_3/∂H_3 ∂⁺H_3/∂W + ∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂H_2 ∂⁺H_2/∂W\n∂E_3/∂V = ∂E_3/∂O_3 ∂O_3/∂U',
  );
  await expect.poll(verdicts).toEqual(['wrong', 'wrong']);
  await page.getByRole('button', { name: 'Insert' }).first().click();
  await expect.poll(verdicts).toEqual(['right', 'wrong']);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(verdicts).toEqual(['right', 'right']);
  expect(await page.getByText('2 of 2 right').count()).toBe(1);
  // another graph, another verdict
  await page.getByRole('button', { name: 'steps T: one fewer' }).click();
  await expect.poll(verdicts).not.toEqual(['right', 'right']);
  await page.getByRole('button', { name: 'steps T: one more' }).click();
  await expect.poll(verdicts).toEqual(['right', 'right']);
  // a Σ is one place for all of its terms: it lights all of their paths
  await editor.fill('∂E_3/∂W = Σ_{k=1}^3 ∂E_3/∂H_3 ∂H_3/∂H_k ∂⁺H_k/∂W');
  await expect.poll(verdicts).toEqual(['right']);
  expect(await page.locator('.statement .judged').count()).toBe(1);
  expect(await page.locator('.term-row').count()).toBe(3);
  expect(await axe(page)).toEqual([]);
  await assertClean();
  await close();
});

test('each term carries its verdict, in the text and in the formula, by colour and by a sign', async () => {
  const { page, assertClean, close } = await openWith(TEXT);
  const [first, second] = [page.locator('.statement').nth(0), page.locator('.statement').nth(1)];
  expect(await second.getAttribute('data-verdict')).toBe('right');
  expect(await page.getByText('1 of 2 right').count()).toBe(1);
  const signs = await first.locator('.judged-sign').allInnerTexts();
  expect(signs).toEqual(['✓', '?']);
  expect(await page.locator('.mark-right').allInnerTexts()).toEqual([
    '∂E_3/∂O_3 ∂O_3/∂H_3 ∂⁺H_3/∂W',
    SECOND.split('= ')[1],
  ]);
  expect(await page.locator('.mark-garbled').allInnerTexts()).toEqual([
    '∂E_3/∂O_3 ∂O_3/∂H_3 ∂H_3/∂W ∂⁺H_2/∂W',
  ]);
  expect(await first.locator('.term-row').nth(1).innerText()).toContain(
    '∂H₃/∂W stands where ∂H₃/∂H₂ belongs',
  );
  for (const theme of ['light', 'dark']) {
    expect([theme, await axe(page)]).toEqual([theme, []]);
    await page.emulateMedia({ colorScheme: 'dark' });
  }
  await assertClean();
  await close();
});

test('a term lights its path in the graph, and a missing path is drawn dashed', async () => {
  const { page, edgesBy, assertClean, close } = await openWith(TEXT);
  const first = page.locator('.statement').first();
  const path = ['H_3→O_3', 'O_3→E_3', 'W→H_3'];
  await first.locator('[data-part]:has(> .judged)').first().hover();
  await expect.poll(async () => (await edgesBy(/^hover$/)).hover).toEqual(path);
  await page.mouse.move(2, 2);
  await expect.poll(async () => (await edgesBy(/^hover$/)).hover).toBeUndefined();
  // by keyboard: the caret in the term, or its row in the list
  await derivationOf(page).evaluate((e: HTMLTextAreaElement) => {
    e.focus();
    e.setSelectionRange(14, 14);
  });
  await expect.poll(async () => (await edgesBy(/^hover$/)).hover).toEqual(path);
  expect(await first.locator('.judged.lit').count()).toBe(1);
  await first.locator('.term-button').nth(1).focus();
  await expect
    .poll(async () => (await edgesBy(/^hover$/)).hover)
    .toEqual(['H_2→H_3', 'H_3→O_3', 'O_3→E_3', 'W→H_2']);
  await first.locator('.missing').hover();
  await expect
    .poll(async () => (await edgesBy(/^missing$/)).missing)
    .toEqual(['H_1→H_2', 'H_2→H_3', 'H_3→O_3', 'O_3→E_3', 'W→H_1']);
  await assertClean();
  await close();
});

test('what is missing is inserted and a repair applied by one click, and can be undone', async () => {
  const { page, assertClean, close } = await openWith(TEXT);
  const editor = derivationOf(page);
  await page.getByRole('button', { name: 'Insert' }).click();
  const inserted = `${FIRST} + ∂E₃/∂H₂ ∂H₂/∂H₁ ∂⁺H₁/∂W\n${SECOND}`;
  expect(await editor.inputValue()).toBe(inserted);
  await page.keyboard.press('Control+z');
  expect(await editor.inputValue()).toBe(TEXT);
  await page.waitForSelector('[data-verdict=wrong]');
  await page.getByRole('button', { name: 'Apply' }).click();
  const repaired = TEXT.replace('∂H_3/∂W ∂⁺', '∂H_3/∂H_2 ∂⁺');
  expect(await editor.inputValue()).toBe(repaired);
  await expect.poll(() => page.evaluate(() => history.length)).toBeGreaterThan(2);
  await page.waitForTimeout(300); // the address follows after a pause
  await page.reload();
  await laidOut(page);
  expect(await editor.inputValue()).toBe(repaired);
  await page.goBack();
  await expect.poll(() => editor.inputValue()).not.toBe(repaired);
  await assertClean();
  await close();
});

test.for([
  [390, 844],
  [1024, 768],
] as const)('both editors are at hand at %d × %d', async ([width, height]) => {
  const { page, assertClean, close } = await openWith(TEXT, { width, height });
  const beyond = () =>
    page.evaluate(() => [
      document.documentElement.scrollWidth - window.innerWidth,
      document.documentElement.scrollHeight - window.innerHeight,
    ]);
  expect(await beyond()).toEqual([0, 0]);
  if (width < 900) await page.getByRole('button', { name: 'equations', exact: true }).click();
  await equationsOf(page).click();
  expect(await beyond()).toEqual([0, 0]);
  expect(await axe(page)).toEqual([]);
  await assertClean();
  await close();
});

test.for([
  [390, 844],
  [1440, 900],
] as const)('at %d × %d the editor covers nothing of what stands below it', async ([width, height]) => {
  const { page, close } = await openViewer('', { width, height });
  await page.keyboard.press('w');
  const editor = (await page.locator('.derivation .editor').boundingBox())!;
  const below = (await page.locator('.derivation .statements').boundingBox())!;
  expect(below.y).toBeGreaterThanOrEqual(editor.y + editor.height);
  await close();
});

test('what is asked for takes the focus, and an arrow does not take the first example', async () => {
  const { page, assertClean, close } = await openViewer('#panel=write');
  await page.getByRole('button', { name: 'Write equations' }).press('Enter');
  const editor = page.getByRole('textbox', { name: 'Equations of the model' });
  await expect.poll(() => editor.evaluate((e) => e === document.activeElement)).toBe(true);
  const before = await editor.inputValue();
  await page.keyboard.type('# mine');
  expect(await editor.inputValue()).toBe(`${before}# mine`);
  await page.getByRole('combobox', { name: 'Start from a network' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  expect(await editor.inputValue()).toBe(`${before}# mine`);
  await assertClean();
  await close();
});
