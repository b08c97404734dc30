/** `gradpath verify` and `gradpath anomalies`: tables for people, stable keys as JSON, exit codes, and errors. */

import { describe, expect, test } from 'vitest';
import { gradpath, workFolder } from './support.ts';

const folder = workFolder({
  // right in float64, but its softmax underflows in float32
  'steep.json': '{ "V": [[300, 0, 0, 0], [-300, 0, 0, 0]] }',
  'overflow.json': '{ "V": [[1e308, 1e308, 1e308, 1e308], [1e308, 1e308, 1e308, 1e308]] }',
  'small.json': '{ "W": [[0.1, 0], [0, 0.1]] }',
});
const run = (line: string) => gradpath(folder, line.split(' '));

describe('verify', () => {
  test('a line for each gradient and oracle', async () => {
    const { stdout, stderr, code } = await run('verify rnn --wrt W,V');
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout.replace(/\d\.\de-\d+ +1/g, '~ 1')).toMatchInlineSnapshot(`
      "Elman RNN, T = 3

        gradient  shape  against                       error    allowed  verdict
        ∂E/∂W     4×4    finite differences (float64)  ~ 1e-9     ✓ agrees
        ∂E/∂W     4×4    tfjs (float32)                ~ 1e-4     ✓ agrees
        ∂E/∂V     2×4    finite differences (float64)  ~ 1e-9     ✓ agrees
        ∂E/∂V     2×4    tfjs (float32)                ~ 1e-4     ✓ agrees

      ✓ All 4 checks agree.
      "
    `);
  });

  test('--json has the keys of the contract', async () => {
    const { stdout, code } = await run('verify rnn --wrt W --of E_2 --json');
    const result = JSON.parse(stdout);
    expect([code, Object.keys(result)]).toEqual([0, ['model', 'of', 'checks', 'skipped', 'ok']]);
    expect([result.model, result.of, result.skipped, result.ok]).toEqual(['rnn', 'E_2', [], true]);
    const check = { wrt: 'W', shape: [4, 4], error: expect.any(Number), excused: false, ok: true };
    expect(result.checks).toEqual([
      { ...check, against: 'finite-differences', dtype: 'float64', bound: 1e-9 },
      { ...check, against: 'tfjs', dtype: 'float32', bound: 1e-4 },
    ]);
  });

  test('--against asks one oracle', async () => {
    const { stdout } = await run('verify rnn --against tfjs --json');
    const { checks } = JSON.parse(stdout);
    expect(checks.map(({ wrt, against }: { wrt: string; against: string }) => `${wrt} ${against}`)).toEqual([
      'U tfjs',
      'W tfjs',
      'V tfjs',
    ]);
  });

  test('one that differs is marked, and the exit code is 1', async () => {
    const { stdout, code } = await run('verify rnn --wrt W --weights steep.json');
    expect(code).toBe(1);
    expect(stdout).toMatch(/∂E\/∂W +4×4 +finite differences \(float64\) .* ✓/);
    expect(stdout).toMatch(/∂E\/∂W +4×4 +tfjs \(float32\) +not finite +1e-4 +✗ differs/);
    expect(stdout).toMatch(/\n✗ 1 of 2 checks differs: ∂E\/∂W\.\n$/);
  });

  test('where the oracle is less accurate, what was allowed is told', async () => {
    const { stdout, code } = await run('verify vanishing --cell gru --steps 30 --wrt U_r,X');
    expect(code).toBe(0);
    const rows = [...stdout.matchAll(/finite differences \(float64\) +(\S+) +(\S+) +✓ (.*)/g)];
    const [excused, plain] = rows.map(([, error, allowed, verdict]) => ({
      error: Number(error),
      allowed: Number(allowed),
      verdict,
    }));
    expect(excused.verdict).toBe('as near as the oracle is accurate');
    expect(excused.error).toBeGreaterThan(1e-9);
    expect(excused.allowed).toBeGreaterThan(excused.error);
    expect(plain).toMatchObject({ allowed: 1e-9, verdict: 'agrees' });
  });

  test('what cannot be checked is told, and nothing checked is no success', async () => {
    const computed = await run('verify rnn --wrt H_2');
    expect(computed.code).toBe(1);
    expect(computed.stdout).toContain('note: H_2 is computed, so its gradient is not checked');
    expect(computed.stdout).toContain('✗ Nothing was checked.');
    const overflow = await run('verify rnn --weights overflow.json --json');
    const { checks, skipped, ok } = JSON.parse(overflow.stdout);
    expect([overflow.code, checks, ok]).toEqual([1, [], false]);
    expect(skipped).toEqual([
      expect.stringMatching(/^the first value that is no finite number: .*; nothing is checked$/),
    ]);
  });

  test('--errata runs them', async () => {
    const { stdout, code } = await run('verify --errata');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\n {2}cumsum: the axis is not the last, square x +4 3 6 … +✓ 4 6 3 … +4 6 3 … +tfjs is wrong\n/,
    );
    expect(stdout).toMatch(
      /\n {2}tanh: x ⊙ f\(x\) +1\.57 7\.32 +✓ 1\.21 6\.68 +1\.21 6\.68 +tfjs is wrong\n/,
    );
    expect(stdout).toMatch(/\n {2}abs: at 0 +-1 -2 3 +✓ 0 -2 3 +0 -2 3 +another convention at the kink\n/);
    expect(stdout).toContain(
      'tfjs 4.22.0 (cpu, float32): 22 wrong without a word, 41 throw, 3 follow another convention at a kink, 0 right.',
    );
    expect(stdout).toMatch(
      /✓ Gradpath \(float64\) agrees in 66 of 66, largest relative error \d\.\de-1\d\.\n$/,
    );
  });

  test('--errata --json has the points, all numbers and what tfjs threw', async () => {
    const json = JSON.parse((await run('verify --errata --json')).stdout);
    expect([Object.keys(json), json.tfjs, json.ok]).toEqual([['tfjs', 'errata', 'ok'], '4.22.0', true]);
    expect(json.errata).toHaveLength(66);
    expect(json.errata[1]).toEqual({
      ...{ op: 'cumsum', when: 'the axis is not the last, other x', order: 1 },
      x: { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] },
      tfjs: { error: expect.stringContaining('Error in gradient for op Cumsum') },
      gradpath: [5, 7, 9, 4, 5, 6],
      truth: expect.any(Array),
      ...{ verdict: 'throws', ok: true },
    });
  });
});

describe('anomalies', () => {
  test('none', async () => {
    const { stdout, code } = await run('anomalies rnn');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Elman RNN, T = 3

      ✓ every value and every gradient is a finite number
      ✓ no gradient vanishes below 1e-6 or explodes above 1e6 along its chain
        E is the sum of E₁ … E₃, of which one may hide what vanishes in another; --of E_3 asks of the last alone
      "
    `);
  });

  test('of the vanishing network the last loss is asked', async () => {
    const { stdout, code } = await run('anomalies vanishing --steps 30');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ vanished: ‖∂E₃₀\/∂H₁‖ is \S+ of ‖∂E₃₀\/∂H₃₀‖/);
    expect(stdout).not.toContain('is the sum of');
  });

  test('a gradient that vanishes over twenty steps', async () => {
    const line = 'anomalies rnn --of E_20 --steps 20 --weights small.json';
    const { stdout, code } = await run(line);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ vanished: ‖∂E₂₀\/∂H₁‖ is \S+ of ‖∂E₂₀\/∂H₂₀‖; below 1e-6 from H₁[₀-₉] back\n/);
    expect((await run(`${line} --vanished 1e-99`)).code).toBe(0);
    const { anomalies, ok } = JSON.parse((await run(`${line} --json`)).stdout);
    expect([anomalies.length, ok]).toEqual([1, false]);
    expect(anomalies[0]).toMatchObject({
      kind: 'vanished',
      pass: 'backward',
      variable: 'H_1',
      reference: 'H_20',
    });
    expect(anomalies[0].beyond.at(-1)).toBe('H_1');
  });

  test('a value that is no number, in the words of grad', async () => {
    const { stdout, code } = await run('anomalies rnn --weights overflow.json');
    expect(code).toBe(1);
    const [, first] = /✗ (the first value that is no finite number: .*)/.exec(stdout)!;
    expect((await run('grad rnn --weights overflow.json')).stderr).toBe(
      `gradpath: ${first}; nothing is checked\n`,
    );
    const { anomalies } = JSON.parse((await run('anomalies rnn --weights overflow.json --json')).stdout);
    expect(anomalies[0]).toMatchObject({ kind: 'non-finite', pass: 'forward' });
    expect(['NaN', 'Infinity', '-Infinity']).toContain(anomalies[0].value);
  });
});

test.each([
  ['verify rnn --against tfj', '--against is "tfj", expected tfjs or finite-differences; did you mean tfjs?'],
  ['verify rnn --against tfjs,tfjs', '--against names tfjs twice; name it once'],
  ['verify rnn --errata', '--errata takes no model: leave out rnn, or leave out --errata'],
  ['verify --errata --of E', '--errata takes no model: leave out --of, or leave out --errata'],
  ['verify rnn --of H_1', 'H_1 has shape 4; a gradient is of a scalar: E_1, E_2, E_3, E'],
  ['anomalies rnn --vanished 2', '--vanished is "2", expected a number between 0 and 1, such as 1e-6'],
  ['anomalies rnn --exploding often', '--exploding is "often", expected a number above 1, such as 1e6'],
])('gradpath %s', async (line, message) => {
  expect(await run(line)).toEqual({ code: 2, stdout: '', stderr: `gradpath: ${message}\n` });
});
