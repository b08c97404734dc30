/** A fresh page for a test, which remembers everything that went wrong in it. */

import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, inject } from 'vitest';

export interface PageOptions {
  /** Relative to the viewer's address, or an address of its own. */
  readonly url?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Whether the page is asked to hold still. On by default: a picture in motion cannot be compared. */
  readonly reducedMotion?: boolean;
}

export interface TestPage {
  readonly page: Page;
  /** Console errors, uncaught errors, crashes and violations of the content security policy so far. */
  readonly problems: readonly string[];
  /** Throws with the list of problems, if there is one. */
  assertClean(): Promise<void>;
  close(): Promise<void>;
}

let connection: Promise<Browser> | undefined;

afterAll(async () => {
  await (await connection?.catch(() => undefined))?.close();
});

async function connect(): Promise<Browser> {
  const browser = inject('browser');
  if ('error' in browser) throw new Error(browser.error);
  return chromium.connect(browser.endpoint);
}

/** Opens a page in a context of its own: no storage, cache or permission is shared with another. */
export async function openPage(options: PageOptions = {}): Promise<TestPage> {
  const { url = '', width = 1280, height = 800, theme = 'light', reducedMotion = true } = options;
  connection ??= connect();
  const context = await (await connection).newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  context.setDefaultTimeout(60_000); // of a machine that others use as well
  const page = await context.newPage();

  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => problems.push('the page crashed'));
  await page.exposeBinding('__reportViolation', (_source, violation: string) => problems.push(violation));
  await page.addInitScript(() => {
    const { __reportViolation } = globalThis as unknown as { __reportViolation(violation: string): void };
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      __reportViolation(`policy: ${effectiveDirective} forbids ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  });
  await page.goto(new URL(url, inject('viewerUrl')).href);

  return {
    page,
    problems,
    async assertClean() {
      await page.evaluate(() => new Promise((done) => setTimeout(done))); // lets events under way arrive
      if (problems.length > 0) throw new Error(`the page is not clean:\n${problems.join('\n')}`);
    },
    close: () => context.close(),
  };
}
