/**
 * `npm run mutation`: Stryker on src/ops and src/autodiff, or on the files given, one file at a time: with all of them
 * instrumented at once the tests take ten times as long. Prints a table and the survivors; fails below the
 * threshold of stryker.config.json. `--resume` takes over the report of a file whose source is still the same.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const REPORTS = 'reports/mutation';
const WORKERS = 2;

interface Config {
  readonly vitest: { readonly configFile: string };
  readonly thresholds: { readonly break: number };
}
const config = JSON.parse(readFileSync(join(root, 'stryker.config.json'), 'utf8')) as Config;

interface Mutant {
  readonly status:
    | 'Killed'
    | 'Timeout'
    | 'Survived'
    | 'NoCoverage'
    | 'Ignored'
    | 'RuntimeError'
    | 'CompileError';
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

const nameOf = (file: string): string => file.replaceAll('/', '-').replace(/\.ts$/, '');
const reportOf = (file: string): string => `${REPORTS}/${nameOf(file)}.json`;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The report on disk, if it is of the source as it is now. */
function earlier(file: string): readonly Mutant[] | undefined {
  if (!existsSync(join(root, reportOf(file)))) return undefined;
  const [report] = Object.values((JSON.parse(read(reportOf(file))) as Report).files);
  return report !== undefined && report.source === read(file) ? report.mutants : undefined;
}

/** The mutants of one file. */
async function mutate(file: string): Promise<readonly Mutant[]> {
  const ofFile = {
    ...config,
    mutate: [file],
    concurrency: 1,
    reporters: ['json'],
    jsonReporter: { fileName: reportOf(file) },
    thresholds: { ...config.thresholds, break: null }, // the threshold is that of all files
    tempDirName: `.stryker-tmp/${nameOf(file)}`,
  };
  const path = `${REPORTS}/${nameOf(file)}.config.json`;
  writeFileSync(join(root, path), JSON.stringify(ofFile));
  const child = spawn('npx', ['stryker', 'run', path], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`Stryker failed on ${file}: npx stryker run ${path}`);
  const { files } = JSON.parse(read(reportOf(file))) as Report;
  return Object.values(files).flatMap(({ mutants }) => mutants);
}

interface Row {
  readonly label: string;
  readonly caught: number;
  readonly missed: number;
  readonly ignored: number;
}
const count = (mutants: readonly Mutant[], ...states: readonly Mutant['status'][]): number =>
  mutants.filter(({ status }) => states.includes(status)).length;
const rowOf = (label: string, mutants: readonly Mutant[]): Row => ({
  label,
  caught: count(mutants, 'Killed', 'Timeout'),
  missed: count(mutants, 'Survived', 'NoCoverage'),
  ignored: count(mutants, 'Ignored'),
});
const score = ({ caught, missed }: Row): number =>
  caught + missed === 0 ? 100 : (100 * caught) / (caught + missed);
const line = (row: Row): string =>
  [row.label.padEnd(28), row.caught, row.missed, row.ignored, `${score(row).toFixed(1)} %`]
    .map((cell) => String(cell).padStart(9))
    .join('');

const words = process.argv.slice(2);
const given = words.filter((word) => word !== '--resume');
const all = ['src/ops', 'src/autodiff'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((file) => `${folder}/${file}`),
);
const files = given.length > 0 ? given : all;
const size = (file: string) => statSync(join(root, file)).size;
const found = new Map<string, readonly Mutant[]>();
for (const file of words.includes('--resume') ? files : []) {
  const mutants = earlier(file);
  if (mutants !== undefined) found.set(file, mutants);
}
const queue = files.filter((file) => !found.has(file)).sort((a, b) => size(b) - size(a)); // the long ones first
mkdirSync(join(root, REPORTS), { recursive: true });

/** Stryker goes on where a file of tests does not load, and then calls every mutant missed. */
const sound =
  queue.length === 0
    ? { status: 0, stdout: '' }
    : spawnSync('npx', ['vitest', 'run', '--config', config.vitest.configFile], { cwd: root });
if (sound.status !== 0) {
  process.stderr.write(`${sound.stdout}the tests fail without any mutant: mend them first\n`);
  process.exit(1);
}

async function work(): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const began = Date.now();
    const mutants = await mutate(file);
    found.set(file, mutants);
    const seconds = Math.round((Date.now() - began) / 1000);
    process.stderr.write(
      `${line(rowOf(basename(file), mutants))}  ${seconds} s  (${found.size}/${files.length})\n`,
    );
  }
}

await Promise.all(Array.from({ length: WORKERS }, work));
/** `i <= y.length` for `i < y.length` in a loop: beyond the end of a typed array nothing is read or written. */
let beyondTheEnd = 0;
for (const file of files) {
  for (const { status, mutatorName, replacement, location } of found.get(file)!) {
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const { line: at, column } = location.start;
    const what = replacement.replace(/\s+/g, ' ').slice(0, 60);
    const source = read(file).split('\n')[at - 1].trim().slice(0, 100);
    if (/\bfor \(/.test(source) && /^\w+ <= [\w.]+$/.test(what)) beyondTheEnd++;
    else process.stdout.write(`${file}:${at}:${column}  ${status} ${mutatorName}: ${source} → ${what}\n`);
  }
}
process.stdout.write(`and ${beyondTheEnd} times a loop that goes one beyond the end of an array\n\n`);
const total = rowOf('all', [...found.values()].flat());
process.stdout.write(`${'file'.padEnd(28)}   caught   missed  ignored    score\n`);
for (const file of files) process.stdout.write(`${line(rowOf(file, found.get(file)!))}\n`);
process.stdout.write(`${line(total)}\n`);
if (score(total) < config.thresholds.break) {
  process.stdout.write(`the score is below ${config.thresholds.break} %\n`);
  process.exitCode = 1;
}
