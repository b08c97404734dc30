/** Runs the real command line in a process of its own, from one bundle: each start is five times as fast as from sources. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Within the package, whose folder the program looks for. */
const bundle = resolve(`dist/cli-${process.pid}-${process.env.VITEST_WORKER_ID}`);

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/cli/main.ts', outDir: bundle, minify: false, emptyOutDir: true },
  });
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

/** A folder for the files of one test file, in which the commands run. */
export function workFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradpath-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

export function start(folder: string, words: readonly string[]) {
  const { FORCE_COLOR: _, ...env } = process.env; // as the runner sets it, nobody else does
  return spawn(process.execPath, [join(bundle, 'main.js'), ...words], { cwd: folder, env });
}

export function gradpath(folder: string, words: readonly string[], input = ''): Promise<Run> {
  return new Promise((done, fail) => {
    const child = start(folder, words);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
    child.stdin.on('error', () => {}); // it need not be read
    child.stdin.end(input);
  });
}
