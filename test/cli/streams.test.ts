/** What reaches the terminal: nothing that steers it, nothing after the reader has gone, help where it is asked for. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examples } from '../../examples/index.ts';
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
  const [overview, help, grad, same, version] = await Promise.all([
    gradpath(folder, []),
    gradpath(folder, ['help', 'paths']),
    gradpath(folder, ['help', 'grad', 'rnn']),
    gradpath(folder, ['grad', '--seed', '3', 'rnn', '--help']),
    gradpath(folder, ['--version']),
  ]);
  expect(overview.stdout).toContain('gradpath COMMAND MODEL [options]');
  expect(help.stdout).toContain('gradpath paths MODEL [--of E_3] [--wrt W] [--top N]');
  for (const { name, summary } of examples) {
    expect(help.stdout).toMatch(new RegExp(`^  ${name} +`, 'm'));
    expect(help.stdout).toContain(summary);
  }
  expect(grad.stdout).toContain('gradpath grad rnn [settings] [--of E]');
  expect(grad.stdout).toContain(
    '--steps N       time steps (default 3, or as many as --inputs has); 1 to 10000',
  );
  expect(grad.stdout).toContain('the loss E_t: cross-entropy (default), squared-error');
  expect(same.stdout).toBe(grad.stdout);
  expect(version.stdout).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`);
  for (const run of [overview, help, grad, same, version]) expect([run.code, run.stderr]).toEqual([0, '']);
});
