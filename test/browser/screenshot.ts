/** Takes the README's picture of the page, docs/viewer.png: `npx vite build viz && npx tsx test/browser/screenshot.ts`. */

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { startChromium } from './chromium.ts';

const path = fileURLToPath(new URL('../../docs/viewer.png', import.meta.url));
const root = fileURLToPath(new URL('../../viz', import.meta.url));

const server = await preview({ root, logLevel: 'warn', preview: { port: 0, open: false } });
const chrome = await startChromium();
try {
  const browser = await chromium.connect(chrome.wsEndpoint());
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1000 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(`${server.resolvedUrls!.local[0]}#panel=write`);
  await page.getByRole('button', { name: 'RNN: a solution with slips' }).click();
  const missing = page.getByRole('button', { name: 'Insert' }).first();
  await missing.waitFor();
  await page
    .locator('.statement')
    .nth(1)
    .evaluate((statement) => statement.scrollIntoView());
  await missing.hover();
  await page.waitForSelector('.canvas[data-layout=elk]');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(500); // the picture settles
  mkdirSync(fileURLToPath(new URL('../../docs', import.meta.url)), { recursive: true });
  await page.screenshot({ path });
  await browser.close();
} finally {
  await chrome.close();
  await server.close();
}
