import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { examples } from '../examples/index.ts';
import { commands } from '../src/cli/commands.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the example of the library runs and prints what it says', () => {
  const [, code] = /```ts\n(import [\s\S]*?)```/.exec(readme)!;
  const library = pathToFileURL(join(root, 'src/index.ts')).href;
  const file = join(mkdtempSync(join(tmpdir(), 'gradpath-')), 'example.mts');
  writeFileSync(file, code.replace("'gradpath'", `'${library}'`));
  const output = execFileSync(process.execPath, ['--import', 'tsx', file], { cwd: root, encoding: 'utf8' });
  const numbers = output.match(/-?\d+\.\d+/g)!.map(Number);
  expect(numbers).toHaveLength(7); // 2×2 of the gradient, 3 shares
  expect(numbers.slice(4).reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
});

const shownRuns = [...readme.matchAll(/\$ npm run -s gradpath -- (.*)\n([\s\S]*?)```/g)];

test.each(shownRuns.map(([, command, shown]) => [command, shown]))(
  '%s prints what it shows',
  (command, shown) => {
    const args = ['--import', 'tsx', join(root, 'src/cli/main.ts'), ...command.split(' ')];
    const printed = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout.split('\n');
    for (const line of shown.trimEnd().split('\n')) if (line !== '…') expect(printed).toContain(line);
  },
);

test('the commands and files it names exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  for (const [, script] of readme.matchAll(
    /npm (?:run (?:-s )?)?(start|test|bench|build|gradpath|controls|mutation)\b/g,
  )) {
    expect(Object.keys(scripts)).toContain(script);
  }
  for (const [, path] of readme.matchAll(/[`(]((?:src|docs|test)\/[\w./-]+\.\w+)[`)]/g)) {
    expect(() => readFileSync(join(root, path)), path).not.toThrow();
  }
});

test('it names every command and every example', () => {
  const rows = [...readme.matchAll(/^\| `([\w-]+)/gm)].map(([, name]) => name);
  for (const { name } of [...commands, ...examples]) expect(rows).toContain(name);
});
