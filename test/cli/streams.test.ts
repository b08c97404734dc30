/** What reaches the terminal: nothing that steers it, nothing after the reader has gone, help where it is asked for. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { modelToJSON } from '../../src/model/json.ts';
import { gradpath, start, workFolder } from './support.ts';

const folder = workFolder({
  'hostile.json': modelToJSON(rnn({ steps: 1 })).replaceAll('"W"', '"\\u001b[31mW\\u202e"'),
});

test('names cannot steer the terminal', async () => {
  const name = '\u001b[31mW\u202e';
  for (const words of [
    ['grad', 'hostile.json'],
    ['grad', 'hostile.json', '--json'],
    ['paths', 'hostile.json', '--wrt', name],
    ['paths', 'hostile.json', '--wrt', name, '--json', '--latex'],
    ['export', 'hostile.json'],
    ['export', 'hostile.json', '--format', 'text'],
    ['paths', 'hostile.json', '--wrt', `${name}x`],
  ]) {
    const { stdout, stderr } = await gradpath(folder, words);
    expect(stdout + stderr).toContain('[31mW');
    for (const c of ['\u001b', '\u202e']) expect(stdout + stderr).not.toContain(c);
  }
});

test('a reader that goes away early is no error', async () => {
  const child = start(folder, ['export', 'rnn', '--steps', '300']);
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, stderr]).toEqual([0, '']);
});

test('help and version', async () => {
  const [overview, help, grad, version] = await Promise.all([
    gradpath(folder, []),
    gradpath(folder, ['help', 'paths']),
    gradpath(folder, ['grad', '--help']),
    gradpath(folder, ['--version']),
  ]);
  expect(overview.stdout).toContain('gradpath COMMAND MODEL [options]');
  expect(help.stdout).toContain('gradpath paths MODEL --of E_3 --wrt W [--top N]');
  expect(grad.stdout).toContain('--weights FILE');
  expect(version.stdout).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`);
  for (const run of [overview, help, grad, version]) expect([run.code, run.stderr]).toEqual([0, '']);
});
