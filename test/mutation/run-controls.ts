/** `npm run controls`: applies each deliberate bug to a copy of the sources and runs checks on it. Words given: titles that have them. */

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Control, controls } from './controls.ts';

const root = new URL('../..', import.meta.url).pathname;
const PARTS = ['src', 'test', 'examples', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const WORKERS = 2;

/** The source with the bug in it. Throws where the place is not found, or not the only one. */
function withBug({ title, file, after, from, to }: Control): string {
  const source = readFileSync(join(root, file), 'utf8');
  const begin = after === undefined ? 0 : source.indexOf(after);
  const at = begin < 0 ? -1 : source.indexOf(from, begin);
  if (at < 0) throw new Error(`${title}: ${file} has no such place any more`);
  if (after === undefined && source.indexOf(from, at + 1) >= 0) {
    throw new Error(`${title}: ${file} has several such places; say after what`);
  }
  return source.slice(0, at) + to + source.slice(at + from.length);
}

function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradpath-controls-'));
  for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

interface Outcome {
  readonly failed: readonly string[];
  /** Tests that ran; none: the checks were not found. */
  readonly ran: number;
}

/** Runs tests by words of vitest: files, names. */
async function run(folder: string, words: readonly string[]): Promise<Outcome> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const always = ['vitest', 'run', '--project', 'unit', '--reporter', 'json', '--outputFile', report];
  const child = spawn('npx', [...always, ...words], { cwd: folder, stdio: 'ignore' });
  await new Promise((resolve) => child.on('close', resolve));
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { fullName: string; status: string }[] }[];
  };
  const all = testResults.flatMap((file) => file.assertionResults);
  const failed = all.filter((test) => test.status === 'failed').map((test) => test.fullName);
  return { failed, ran: all.filter((test) => test.status !== 'skipped' && test.status !== 'pending').length };
}

/** The generated checks of the control's rows and, if these pass, its tests. */
async function check(folder: string, { rows = [], tests = [] }: Control): Promise<Outcome> {
  const files = tests.map((name) => `test/${name}.test.ts`);
  const none = { failed: [], ran: 0 };
  const ofRows = rows.length > 0 ? await run(folder, ['test/ops/', '-t', `^(${rows.join('|')})[ :]`]) : none;
  const ofTests = ofRows.failed.length > 0 || files.length === 0 ? none : await run(folder, files);
  return { failed: [...ofRows.failed, ...ofTests.failed], ran: ofRows.ran + ofTests.ran };
}

const [wanted = ''] = process.argv.slice(2);
const lost: string[] = []; // a bug whose place is gone proves nothing: none is left out in silence
const bugs = controls
  .flatMap((control) => {
    try {
      return [{ control, source: withBug(control) }];
    } catch (error) {
      lost.push((error as Error).message);
      return [];
    }
  })
  .filter(({ control }) => control.title.includes(wanted));
if (lost.length > 0) {
  process.stderr.write(`${lost.join('\n')}\nmend these in test/mutation/controls.ts\n`);
  process.exit(1);
}
const queue = [...bugs.entries()];
const lines: string[] = [];
let survivors = 0;

async function work(): Promise<void> {
  const folder = copyOfSources();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [i, { control, source }] = next;
    const file = join(folder, control.file);
    const sound = readFileSync(file);
    writeFileSync(file, source);
    const { failed, ran } = await check(folder, control);
    writeFileSync(file, sound);
    const caught = failed.length > 0;
    if (!caught) survivors++;
    const by = caught
      ? `${failed.length} of ${ran} checks fail, first: ${failed[0]}`
      : `all ${ran} checks pass`;
    lines[i] = `${caught ? '✓ caught' : '✗ MISSED'}  ${control.title}\n            ${by}`;
    process.stderr.write(
      `${lines.filter((line) => line !== undefined).length}/${bugs.length} ${control.title}\n`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

await Promise.all(Array.from({ length: WORKERS }, work));
process.stdout.write(
  `${lines.join('\n')}\n${bugs.length - survivors} of ${bugs.length} deliberate bugs are caught\n`,
);
process.exitCode = survivors === 0 ? 0 : 1;
