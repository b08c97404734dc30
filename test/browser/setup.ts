/** Once per run: builds the viewer as it is shipped, in a place of the run's own, serves it with its own headers, and starts the browser. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { startChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files reach the one browser of the run, or why there is none. */
    browser: { readonly endpoint: string } | { readonly error: string };
    /** The address of the viewer, with a slash at its end. */
    viewerUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'gradpath-viz-'));
  await buildViewer(outDir);
  // without a browser its tests fail, each with the reason, while those of the library still run
  const browser = await startChromium().catch((error: Error) => error);
  const viewer = await preview({
    root: 'viz',
    logLevel: 'warn',
    build: { outDir },
    preview: { port: 0, open: false },
  });
  project.provide(
    'browser',
    browser instanceof Error ? { error: browser.message } : { endpoint: browser.wsEndpoint() },
  );
  project.provide('viewerUrl', viewer.resolvedUrls!.local[0]);
  return async () => {
    if (!(browser instanceof Error)) await browser.close();
    await viewer.close();
    await rm(outDir, { recursive: true, force: true });
  };
}

/** In a process of its own: vitest's NODE_ENV would make it a development build, which nobody is served. */
async function buildViewer(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', 'viz', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    { env },
  );
}
