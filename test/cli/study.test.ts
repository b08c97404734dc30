/** `gradpath study`: keys, exit codes, the RNN's figures against formulas written by hand, and how far a study is. */

import { describe, expect, test } from 'vitest';
import type { BarFigure, Claim, LineFigure, TableFigure } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { studyUses } from '../../examples/rnn/study.ts';
import { ProgressLine } from '../../src/cli/progress.ts';
import { term } from '../support/bptt.ts';
import { withHandRnn } from '../support/rnn.ts';
import { gradpath, workFolder } from './support.ts';

const folder = workFolder({
  'overflow.json': '{ "V": [[1e308, 1e308, 1e308, 1e308], [1e308, 1e308, 1e308, 1e308]] }',
  'w.json': '{ "W": [[0.1, 0.2], [0.3, 0.4]] }',
});

describe('the command', () => {
  test('--json has the keys of the contract', async () => {
    const run = await gradpath(folder, ['study', 'rnn', '--steps', '4', '--weights', 'w.json', '--json']);
    expect([run.stderr, run.code]).toEqual(['', 0]);
    const result = JSON.parse(run.stdout);
    expect(Object.keys(result)).toEqual(['example', 'settings', 'claims', 'figures']);
    expect(result.example).toBe('rnn');
    expect(result.settings).toMatchObject({
      steps: 4,
      seed: 1,
      hidden: null,
      loss: 'cross-entropy',
      weights: 'w.json',
      inputs: null,
    });
    expect(result.claims.length).toBeGreaterThan(0);
    for (const claim of result.claims) expect(claim).toEqual({ text: expect.any(String), holds: true });
    expect(result.figures.map(({ kind }: { kind: string }) => kind)).toEqual(['lines', 'bars', 'table']);
  });

  test('for people', async () => {
    const { stdout, stderr, code } = await gradpath(folder, ['study', 'rnn']);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout.replace(/(distance|difference) .*/g, '$1 ~')).toMatchInlineSnapshot(`
      "Elman RNN, T = 3

      ✓ ∂E_3/∂W has 3 paths: one for each use of W, at the time steps 1 to 3
      ✓ ∂E/∂W has 6 paths = T (T + 1) / 2: E_t reaches W through its own step and each one before
      ✓ The contributions of the 3 paths sum to ∂E_3/∂W: relative distance ~
      ✓ The terms of the 3 uses of W sum to ∂E/∂W: relative distance ~
      ✓ Each contribution is (δ_k ⊙ (1 − H_k²)) H_{k−1}ᵀ, where δ_T = ∂E_T/∂H_T and δ_{k−1} = Wᵀ (δ_k ⊙ (1 − H_k²)): largest relative difference ~

      The terms of the gradient by W, one for each use of W
        y: ‖term‖ (1)
        time step k of the use, in H_k (steps)   ∂E/∂W  ∂E_3/∂W
                                             1  0.3125   0.1281
                                             2  0.5263   0.3390
                                             3  0.6795   0.6795
        A term of ∂E_3/∂W at an early step has come back through every step in between.

      Shares of the 3 paths behind ∂E_3/∂W
        y: share ⟨c, g⟩ / ⟨g, g⟩ of a contribution c to the gradient g (1)
        last state H_k of the path before W (time step)   share
        H_1                                              0.0212  ▊
        H_2                                              0.2552  ████████▌
        H_3                                              0.7236  ████████████████████████
        Shares have a sign and sum to 1, as norms do not.

      The number of paths to W
        from  paths (1)
        E_1           1
        E_2           2
        E_3           3
        E             6
      "
    `);
  });

  test('exit code 1 if a claim does not hold', async () => {
    const { stdout, code } = await gradpath(folder, ['study', 'rnn', '--weights', 'overflow.json']);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ The contributions of the 3 paths sum to ∂E_3/∂W: relative distance NaN');
    expect(stdout).toContain('✓ ∂E_3/∂W has 3 paths');
  });

  test('without a name it lists the examples', async () => {
    const [list, json] = await Promise.all([
      gradpath(folder, ['study']),
      gradpath(folder, ['study', '--json']),
    ]);
    expect([list.code, json.code]).toEqual([0, 0]);
    const named = examples.map(({ name, summary }) => ({ name, summary }));
    expect(JSON.parse(json.stdout)).toEqual({ examples: named });
    for (const { summary } of examples) expect(list.stdout).toContain(summary);
  });
});

describe('the study of the RNN', () => {
  const SETTINGS = [
    { steps: 1, seed: 1, loss: 'cross-entropy' },
    { steps: 3, seed: 1, loss: 'cross-entropy' },
    { steps: 5, seed: 7, loss: 'squared-error', hiddenSize: 6 },
    { steps: 40, seed: 2, loss: 'cross-entropy', hiddenSize: 3 },
  ] as const;

  test.each(SETTINGS)('$steps steps, seed $seed: norms and shares as by hand', (options) => {
    const { model, net } = withHandRnn(options);
    const { claims, figures } = studyUses(model);
    expect(claims.filter(({ holds }: Claim) => !holds)).toEqual([]);
    const T = options.steps;
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const sum = (terms: number[][]) => terms[0].map((_, i) => terms.reduce((s, t) => s + t[i], 0));
    const at = (t: number, k: number) => term(net, options.loss, t, k).W.flat();
    const steps = [...Array(T).keys()].map((i) => i + 1);
    const last = steps.map((k) => at(T, k));
    const whole = steps.map((k) => sum(steps.filter((t) => t >= k).map((t) => at(t, k))));
    const gradient = sum(last);

    const [terms, shares, counts] = figures as [LineFigure, BarFigure, TableFigure];
    const close = (found: readonly number[], expected: number[]) => {
      expect(found).toHaveLength(expected.length);
      expected.forEach((value, i) => expect(Math.abs(found[i] / value - 1)).toBeLessThan(1e-10));
    };
    for (const [i, byHand] of [whole, last].entries()) {
      expect(terms.series[i].points.map(([k]) => k)).toEqual(steps);
      close(
        terms.series[i].points.map(([, size]) => size),
        byHand.map((g) => Math.sqrt(dot(g, g))),
      );
    }
    const byHand = last.map((c) => dot(c, gradient) / dot(gradient, gradient));
    const shown = shares.x.categories.map((name) => Number(name.slice(2)));
    close(
      shares.series[0].values,
      shown.map((k) => byHand[k - 1]),
    );
    const smallest = Math.min(...shown.map((k) => Math.abs(byHand[k - 1])));
    const left = steps.filter((k) => !shown.includes(k));
    for (const k of left) expect(Math.abs(byHand[k - 1])).toBeLessThanOrEqual(smallest);
    expect(shown).toHaveLength(Math.min(T, 12));
    expect(counts.rows.at(-1)).toEqual(['E', (T * (T + 1)) / 2]);
    for (const [name, count] of counts.rows.slice(0, -1)) expect(name).toBe(`E_${count}`);
  });
});

describe('progress', () => {
  const screen = (isTTY: boolean, columns?: number) => {
    const written: string[] = [];
    return { isTTY, columns, written, write: (text: string) => written.push(text) };
  };

  test('on a terminal one line is rewritten, cut to its width, and gone at the end', () => {
    const terminal = screen(true, 20);
    const line = new ProgressLine(terminal, false);
    line.tell('epoch 1\u001b[2J of a hundred', 0.015);
    line.tell('epoch 2', 0.02);
    line.clear();
    expect(terminal.written).toEqual([
      '\r  1 %  epoch 1[2J o',
      `\r  2 %  epoch 2${' '.repeat(5)}`,
      `\r${' '.repeat(14)}\r`,
    ]);
  });

  test('a file gets a line for every tenth of a slow study, and none of a quick one', () => {
    const [slow, quick] = [screen(false), screen(false)];
    for (const [file, inFiles] of [
      [slow, true],
      [quick, false],
    ] as const) {
      const line = new ProgressLine(file, inFiles);
      for (let i = 0; i <= 100; i += 3) line.tell(`step ${i}`, i / 100);
      line.clear();
    }
    expect(slow.written).toHaveLength(9);
    expect(slow.written.slice(0, 2)).toEqual([' 12 %  step 12\n', ' 21 %  step 21\n']);
    expect(quick.written).toEqual([]);
  });
});
