/** What the commands print: exactly the promised keys as JSON, the same facts for people, and the exit codes. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelFromJSON, modelToJSON } from '../../src/model/json.ts';
import { gradpath, workFolder } from './support.ts';

const folder = workFolder({
  'data.csv': 'rain,temp,wind,y1,y2\n1,2,3,1,0\n3,1,4,0,1\n',
  'weights.json': JSON.stringify({
    W: [
      [0.1, 0.2],
      [0.3, 0.4],
    ],
    H_0: [0.5, -0.5],
  }),
  // right in float64, but its softmax underflows in float32
  'steep.json': '{ "V": [[300, 0, 0, 0], [-300, 0, 0, 0]] }',
  'overflow.json': '{ "V": [[1e308, 1e308, 1e308, 1e308], [1e308, 1e308, 1e308, 1e308]] }',
});
const json = async (line: string, input?: string) => {
  const run = await gradpath(folder, [...line.split(' '), '--json'], input);
  expect(run.stderr).toBe('');
  expect(run.code).toBe(0);
  return JSON.parse(run.stdout);
};

describe('grad', () => {
  test('--json has the keys of the contract', async () => {
    const result = await json('grad rnn');
    expect(Object.keys(result)).toEqual(['model', 'of', 'value', 'gradients', 'checks']);
    expect([result.model, result.of]).toEqual(['rnn', 'E']);
    expect(result.value).toBeGreaterThan(0);
    expect(Object.keys(result.gradients)).toEqual(['U', 'W', 'V']);
    expect(Object.keys(result.gradients.W)).toEqual(['shape', 'data']);
    expect(result.gradients.U.shape).toEqual([4, 3]);
    expect(result.gradients.U.data).toHaveLength(12);
    expect(result.checks).toEqual([
      { against: 'finite-differences', dtype: 'float64', maxRelativeError: expect.any(Number), ok: true },
      { against: 'tfjs', dtype: 'float32', maxRelativeError: expect.any(Number), ok: true },
    ]);
    expect(result.checks[0].maxRelativeError).toBeLessThan(1e-9);
    expect(result.checks[1].maxRelativeError).toBeLessThan(1e-4);
  });

  test('takes the target, variables and model that it is told', async () => {
    const result = await json(
      'grad rnn --of E_2 --wrt W,H_0 --steps 2 --seed 5 --loss squared-error --hidden 3 --no-check',
    );
    expect(result.of).toBe('E_2');
    expect(Object.keys(result.gradients)).toEqual(['W', 'H_0']);
    expect(result.gradients.W.shape).toEqual([3, 3]);
    expect(result.checks).toEqual([]);
    const { data } = (
      await json('grad rnn --of E_2 --wrt W --steps 2 --seed 6 --loss squared-error --hidden 3 --no-check')
    ).gradients.W;
    expect(data).not.toEqual(result.gradients.W.data);
  });

  test('reads weights and data', async () => {
    const result = await json('grad rnn --weights weights.json --inputs data.csv --no-check');
    expect(result.gradients.U.shape).toEqual([2, 3]);
    expect(result.gradients.W.shape).toEqual([2, 2]);
    const piped = await json(
      'grad rnn --weights weights.json --inputs - --no-check',
      readFileSync(`${folder}/data.csv`, 'utf8'),
    );
    expect(piped).toEqual(result);
  });

  test('for people', async () => {
    const { stdout, stderr, code } = await gradpath(folder, ['grad', 'rnn', '--wrt', 'W']);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout.replace(/\d\.\de-\d+/g, '~')).toMatchInlineSnapshot(`
      "Elman RNN, T = 3
      E = 2.555

      ∂E/∂W  4×4  ✓ finite-differences ~  ✓ tfjs ~
         0.0410  -0.0282  -0.0375  -0.0100
         0.0193  -0.1145  -0.0355  -0.0549
        -0.0810   0.1427   0.0430   0.0413
         0.4935   0.1155  -0.1168   0.2234

      ✓ agrees with finite differences (float64): largest relative error ~, allowed 1e-9
      ✓ agrees with tfjs (float32): largest relative error ~, allowed 1e-4
      "
    `);
  });

  test('a large gradient is cut to eight rows and columns', async () => {
    const { stdout } = await gradpath(folder, ['grad', 'rnn', '--wrt', 'W', '--hidden', '20', '--no-check']);
    const rows = stdout.split('\n').slice(4);
    expect(rows.filter((row) => row.includes('…'))).toHaveLength(9);
    expect(new Set(rows.filter((row) => row.trim().length > 1).map((row) => row.length)).size).toBe(1);
  });

  test('a check that is asked of a computed variable is left out, and said to be', async () => {
    const { stdout, stderr, code } = await gradpath(folder, ['grad', 'rnn', '--wrt', 'H_2', '--json']);
    expect(stderr).toBe('gradpath: note: H_2 is computed, so its gradient is not checked\n');
    expect(JSON.parse(stdout).checks).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('paths', () => {
  test('--json has the keys of the contract', async () => {
    const result = await json('paths rnn --of E_3 --wrt W');
    expect(Object.keys(result)).toEqual([
      'model',
      'of',
      'wrt',
      'count',
      'gradient',
      'paths',
      'residual',
      'latex',
    ]);
    expect([result.model, result.of, result.wrt, result.count]).toEqual(['rnn', 'E_3', 'W', '3']);
    expect(result.gradient.shape).toEqual([4, 4]);
    for (const path of result.paths) {
      expect(Object.keys(path)).toEqual(['variables', 'latex', 'share', 'norm', 'contribution']);
      expect(path.contribution.shape).toEqual([4, 4]);
    }
    const variables = result.paths.map((path: { variables: string[] }) => path.variables.join(' '));
    expect(variables.sort()).toEqual(['E_3 O_3 H_3 H_2 H_1 W', 'E_3 O_3 H_3 H_2 W', 'E_3 O_3 H_3 W']);
    expect(result.residual).toBeLessThan(1e-12);
    expect(Object.keys(result.latex)).toEqual(['expanded', 'nested', 'summed']);
    expect(result.latex.nested).toContain('\\left(\\frac{\\partial H_3}{\\partial W} + ');
    expect(result.paths[0].latex).toMatch(/^\\frac\{\\partial E_3\}\{\\partial O_3\} /);
  });

  test.each([
    ['E_3', 'U', '3'],
    ['E_3', 'V', '1'],
    ['E_2', 'W', '2'],
    ['E', 'W', '6'],
    ['E_1', 'x_2', '0'],
  ])('∂%s/∂%s has as many paths as it should', async (of, wrt, count) => {
    const result = await json(`paths rnn --of ${of} --wrt ${wrt}`);
    expect(result.count).toBe(count);
    expect(result.paths).toHaveLength(Number(count));
  });

  test('without --wrt the gradient that the model shows first, or another loss by the same', async () => {
    const [shown, other] = [await json('paths rnn'), await json('paths rnn --of E_2')];
    expect([shown.of, shown.wrt, other.of, other.wrt]).toEqual(['E_3', 'W', 'E_2', 'W']);
    const sum = await json('paths rnn --wrt V'); // of the model's target
    expect([sum.of, sum.wrt]).toEqual(['E', 'V']);
  });

  test('--top lists the largest; no residual without all paths', async () => {
    const all = await json('paths rnn --wrt W');
    const two = await json('paths rnn --wrt W --top 2');
    expect(two.paths).toEqual(all.paths.slice(0, 2));
    expect([two.count, two.residual]).toEqual(['6', null]);
  });

  test('for people', async () => {
    const { stdout, code } = await gradpath(folder, ['paths', 'rnn', '--of', 'E_3', '--wrt', 'W']);
    expect(code).toBe(0);
    expect(stdout.replace(/distance .*/, 'distance ~')).toMatchInlineSnapshot(`
      "∂E₃/∂W has 3 paths (Elman RNN, T = 3)
      The gradient has shape 4×4 and norm 0.8062.

          share                      norm  path
        +72.4 %  ████████████████  0.6795  E₃ ← O₃ ← H₃ ← W
        +25.5 %  █████▋            0.3390  E₃ ← O₃ ← H₃ ← H₂ ← W
         +2.1 %  ▌                 0.1281  E₃ ← O₃ ← H₃ ← H₂ ← H₁ ← W

      ∂E₃/∂W = ∂E₃/∂O₃ · ∂O₃/∂H₃ · ∂H₃/∂W
             + ∂E₃/∂O₃ · ∂O₃/∂H₃ · ∂H₃/∂H₂ · ∂H₂/∂W
             + ∂E₃/∂O₃ · ∂O₃/∂H₃ · ∂H₃/∂H₂ · ∂H₂/∂H₁ · ∂H₁/∂W

      The same, nested:
      ∂E₃/∂W = ∂E₃/∂O₃ · ∂O₃/∂H₃ · (∂H₃/∂W + ∂H₃/∂H₂ · (∂H₂/∂W + ∂H₂/∂H₁ · ∂H₁/∂W))

      As a sum over time:
      ∂E₃/∂W = Σ_{k=1}^{3} ∂E₃/∂O₃ · ∂O₃/∂H₃ · (Π_{j=k+1}^{3} ∂H_j/∂H_{j-1}) · ∂H_k/∂W

      ✓ The 3 contributions sum to the gradient: relative distance ~
      "
    `);
  });

  test('T = 200: use sites instead of twenty thousand paths', async () => {
    const { stdout, code } = await gradpath(folder, ['paths', 'rnn', '--steps', '200', '--wrt', 'W']);
    expect(code).toBe(0);
    expect(stdout).toContain('∂E/∂W has 20100 paths (Elman RNN, T = 200)');
    expect(stdout).toContain('by the use of W in');
    expect(stdout).toMatch(/✓ The 200 use sites sum to the gradient: relative distance \d\.\de-1\d/);
  });

  test('a gradient without paths is zero, and --latex adds the formulas', async () => {
    const none = await gradpath(folder, ['paths', 'rnn', '--of', 'E_1', '--wrt', 'x_2']);
    expect(none.stdout).toBe(
      '∂E₁/∂x₂ has 0 paths (Elman RNN, T = 3)\n\nE₁ does not depend on x₂: the gradient is zero.\n',
    );
    const latex = await gradpath(folder, ['paths', 'rnn', '--of', 'E_3', '--wrt', 'V', '--latex']);
    expect(latex.stdout).toContain(
      'expanded: \\frac{\\partial E_3}{\\partial O_3} \\frac{\\partial O_3}{\\partial V}',
    );
  });
});

describe('exit code 1', () => {
  test('if a check of the gradient fails', async () => {
    const line = ['grad', 'rnn', '--weights', 'steep.json'];
    const { stdout, stderr, code } = await gradpath(folder, line);
    expect([stderr, code]).toEqual(['', 1]);
    expect(stdout).toContain('✓ agrees with finite differences (float64)');
    expect(stdout).toContain(
      '✗ disagrees with tfjs (float32): largest relative error not finite, allowed 1e-4',
    );
    const json = await gradpath(folder, [...line, '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout).checks.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false]);
  });

  test('if the contributions do not sum to the gradient', async () => {
    const { stdout, code } = await gradpath(folder, [
      'paths',
      'rnn',
      '--weights',
      'overflow.json',
      '--wrt',
      'W',
    ]);
    expect(stdout).toContain('✗ The 6 contributions do not sum to the gradient: relative distance NaN');
    expect(code).toBe(1);
  });
});

describe('export', () => {
  test('writes a document that every command reads back to the same results', async () => {
    const { stdout } = await gradpath(folder, ['export', 'rnn', '--steps', '2']);
    expect(modelToJSON(modelFromJSON(stdout))).toBe(stdout);
    const [direct, read] = [await json('grad rnn --steps 2'), await json('grad -', stdout)];
    expect(read).toEqual(direct);
  });

  test('--with-gradients names the gradients', async () => {
    const { stdout } = await gradpath(folder, ['export', 'rnn', '--with-gradients', '--format', 'text']);
    expect(stdout).toMatch(/^∂E\/∂W: f64\[4,4\] = total\(%\d+, %\d+, %\d+\) {2}∂ W$/m);
    const document = await gradpath(folder, ['export', 'rnn', '--with-gradients']);
    expect(modelFromJSON(document.stdout).builder.graph.find('∂E/∂U')).toBeDefined();
  });
});
