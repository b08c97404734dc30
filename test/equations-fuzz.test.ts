/** Files of equations that were damaged at random, or are hostile: a model, or a message with its place; soon. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelFromEquations, NotationError } from '../src/index.ts';
import { uniform } from '../src/model/random.ts';
import { secondsOf } from './support/time.ts';

const folder = 'examples/networks';
const files = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));

/** `model`, or the message; anything else than a NotationError is a failure. */
function outcome(text: string): string {
  try {
    modelFromEquations(text);
    return 'model';
  } catch (error) {
    if (!(error instanceof NotationError)) throw new Error(`${error}\n${text.slice(0, 2000)}`);
    const { start, end } = error.span;
    const isPlace = start >= 0 && start <= end && end <= Math.max(1, text.length);
    if (!isPlace || !/^line \d+, column \d+$/.test(error.where ?? ''))
      throw new Error(`no place: ${error.message}`);
    expect(error.message).toMatch(/^[^\n]{3,300}$/u);
    return error.message;
  }
}

const CHARACTERS = [...'abxtTWU_^{}()[]+-*/=,.:;0123456789 \n\\&#|‖⊙σ∑∂\u0302é😀'];
const PIECES = [
  ...['for', 'sum_', 'param', 'input', 'const', 't', '= 1..T', 'softmax(', '\\frac', '100000', '[[', '"'],
  ...[
    'file "x"',
    '^T',
    '_{t-1}',
    '𝟏',
    ' 1 ',
    'ones',
    'I',
    'e^',
    'conv(',
    'row',
    'onehot',
    '\\begin{cases}',
    'T = 3',
  ],
];

/** Deletes, doubles, replaces or inserts characters, or lines. */
function damaged(text: string, below: (n: number) => number): string {
  const at = below(text.length + 1);
  const length = 1 + below(8);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const lines = text.split('\n');
  const [i, j] = [below(lines.length), below(lines.length)];
  switch (below(7)) {
    case 0:
      return before + after.slice(length);
    case 1:
      return before + after.slice(0, length) + after;
    case 2:
      return before + CHARACTERS[below(CHARACTERS.length)] + after.slice(1);
    case 3:
      return before + PIECES[below(PIECES.length)] + after;
    case 4:
      return lines.filter((_, k) => k !== i).join('\n');
    case 5:
      return lines.toSpliced(i, 0, lines[j]).join('\n');
    default:
      return lines.with(i, lines[j]).with(j, lines[i]).join('\n');
  }
}

describe('damaged files', () => {
  it('of 2,000 each is a model or has a message with its place', () => {
    const random = uniform(7);
    const below = (n: number) => Math.floor(random() * n);
    let models = 0;
    let slowest = 0;
    for (let i = 0; i < 2000; i++) {
      let text = files[below(files.length)];
      for (let times = 1 + below(4); times > 0; times--) text = damaged(text, below);
      const seconds = secondsOf(() => {
        if (outcome(text) === 'model') models++;
      });
      slowest = Math.max(slowest, seconds);
    }
    expect(models).toBeGreaterThan(200); // the damage is slight
    expect(models).toBeLessThan(800);
    expect(slowest).toBeLessThan(2);
  });
});

describe('hostile files', () => {
  const many = (n: number, line: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => line(i)).join('\n');
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['brackets', `y = ${'('.repeat(2000)}1${')'.repeat(2000)}`, /nested/],
    ['bars', `param x: 3\ny = ${'‖'.repeat(2000)}`, /nested|expected/],
    ['an open bracket', `param W: (${'1,'.repeat(300_000)}`, /no shape/],
    ['blanks', `${' '.repeat(900_000)}y = W`, /not defined/],
    ['signs', '='.repeat(900_000), /expected/],
    ['quotes', `W = "${'a"'.repeat(300_000)}`, /not read/],
    ['comments', '#'.repeat(900_000), /no equation/],
    ['a long name', `y = ${'a'.repeat(900_000)}`, /not defined/],
    ['many characters', 'a'.repeat(1_000_001), /more than/],
    ['many lines', many(60_000, () => 'b = c'), /already/],
    ['many variables', `param x\na_0 = x\n${many(30_000, (i) => `a_${i + 1} = a_${i}`)}`, /more than/],
    ['many scripts', `y = a${'_{b}'.repeat(59)}`, /more than 24 scripts/],
    ['long sums', 'T = 10000\nparam x\ny = sum_{i=1}^{T} sum_{j=1}^{T} x', /more than/],
    ['sums of all in each', 'T = 9000\ninput x_t for t = 1..T\ny_t = sum_s x_s for t = 1..T', /more than/],
    ['a long range', 'T = 100000\ninput x_t for t = 1..T\ny = sum_t x_t', /at most/],
    ['large leaves', 'param A: 4096x4096\nY = A A', /more than/],
    ['large values', 'param a: 4096\nY = a a^T', /more than/],
    ['high powers', 'param W: 4x4\nY = W^{100000000}', /power/],
    ['a tower', 'y = 9^9^9^9^9', /finite/],
    ['half a character', 'param \ud800: 4\ny = \udc00', /not read/],
  ];

  it.each(cases)('%s', (_, text, message) => {
    expect(secondsOf(() => expect(outcome(text)).toMatch(message))).toBeLessThan(8);
  });

  it('a long chain is no recursion', () => {
    const chain = `param x\n${many(15_000, (i) => `a_${15_000 - i} = a_${14_999 - i} + x`)}\na_0 = x`;
    expect(outcome(chain)).toBe('model');
  });
});
