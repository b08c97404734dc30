/** The harness itself: a page opens as asked, and nothing that goes wrong in it is missed. */

import { expect, test } from 'vitest';
import { openPage } from './page.ts';

const html = (body: string) => `data:text/html,${encodeURIComponent(`<!doctype html>${body}`)}`;

test('a page opens at the size and in the theme asked for', async () => {
  const { page, assertClean } = await openPage({
    url: html('<h1>Hello</h1>'),
    width: 390,
    height: 844,
    theme: 'dark',
  });
  expect(await page.textContent('h1')).toBe('Hello');
  expect(page.viewportSize()).toEqual({ width: 390, height: 844 });
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await assertClean();
});

test.for([
  ['a console error', '<script>console.error("lost")</script>', 'console: lost'],
  ['an uncaught error', '<script>throw new Error("lost")</script>', 'uncaught: Error: lost'],
  ['an unhandled rejection', '<script>Promise.reject(new Error("lost"))</script>', 'uncaught: Error: lost'],
  [
    'a violation of the content security policy',
    '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"><script>1</script>',
    'policy: script-src-elem forbids inline',
  ],
] as const)('%s makes a page unclean', async ([_what, body, problem]) => {
  const { assertClean } = await openPage({ url: html(body) });
  await expect(assertClean()).rejects.toThrow(problem);
});
