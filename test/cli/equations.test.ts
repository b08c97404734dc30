/** Files of equations as models of the command line. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradpath, workFolder } from './support.ts';

const network = (name: string) => readFileSync(`examples/networks/${name}.txt`, 'utf8');
const folder = workFolder({
  'rnn.txt': network('rnn3'),
  plain: 'param w\nw = 3\nL = w^2\n',
  'shape.txt': 'param W: 4x3\ninput x: 4\ny = W x\n',
  'file.txt': 'param W: 2x2\nW = file "w.csv"\nL = ‖W‖²\n',
  'w.csv': '1,2\n3,4\n',
  'no-file.txt': 'param W: 2x2\nW = "none.csv"\nL = ‖W‖²\n',
  'short-file.txt': 'param W: 3x2\nW = "w.csv"\nL = ‖W‖²\n',
  'unused.txt': 'param w, v\nL = w^2\n',
  'vector.txt': 'param W: 2x2\ny = W 1\n',
});

describe('a file of equations', () => {
  it('has its gradients checked', async () => {
    const { code, stdout, stderr } = await gradpath(folder, ['grad', 'rnn.txt', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const { model, of, gradients, checks } = JSON.parse(stdout);
    expect([model, of, Object.keys(gradients)]).toEqual(['rnn', 'E', ['U', 'W', 'V']]);
    expect(checks.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true]);
  });

  it('needs no ending, and may come from standard input', async () => {
    const runs = [
      await gradpath(folder, ['grad', './plain', '--json', '--no-check']),
      await gradpath(folder, ['grad', '-', '--json', '--no-check'], 'param w\nw = 3\nL = w^2\n'),
    ];
    for (const { code, stdout } of runs) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout).gradients.w.data).toEqual([6]);
    }
  });

  it.each([
    ['paths', ['--of', 'E_3', '--wrt', 'W'], '∂E₃/∂W has 3 paths (Elman RNN with squared error)'],
    ['verify', ['--against', 'finite-differences'], 'All 3 checks agree'],
    ['anomalies', [], 'every value and every gradient is a finite number'],
    ['export', ['--format', 'text'], 'H_2: f64[3] = tanh('],
  ])('%s takes it', async (command, options, shown) => {
    const { code, stdout, stderr } = await gradpath(folder, [command, 'rnn.txt', ...options]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(shown);
  });

  it('as a document has the same gradients', async () => {
    const { stdout: document } = await gradpath(folder, ['export', 'rnn.txt']);
    const [direct, again] = await Promise.all([
      gradpath(folder, ['grad', 'rnn.txt', '--json', '--no-check']),
      gradpath(folder, ['grad', '-', '--json', '--no-check'], document),
    ]);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(direct.stdout));
  });

  it('reads tables beside it', async () => {
    const { stdout } = await gradpath(folder, ['grad', 'file.txt', '--json', '--no-check']);
    expect(JSON.parse(stdout).gradients.W.data).toEqual([2, 4, 6, 8]);
  });

  it('is told what is not used', async () => {
    const { code, stderr } = await gradpath(folder, ['grad', 'unused.txt', '--no-check']);
    expect([code, stderr]).toEqual([0, 'gradpath: note: v is declared but not used\n']);
  });
});

describe('a mistake in it', () => {
  it.each([
    [
      'shape.txt',
      'shape.txt, line 3, column 5: W (4×3) times x (a column of 4): inner sizes 3 and 4 differ\n  y = W x\n      ^',
    ],
    [
      'short-file.txt',
      'short-file.txt, line 2, column 1: w.csv has 4 numbers, W takes 3×2\n  W = "w.csv"\n  ^',
    ],
    ['no-file.txt', 'none.csv does not exist'],
    ['vector.txt', 'y has shape 2; a gradient is of a scalar, and the model names none'],
  ])('%s', async (file, message) => {
    const { code, stdout, stderr } = await gradpath(folder, ['grad', file]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`gradpath: ${message}`);
  });
});
