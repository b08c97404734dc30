/** The checker answers whatever is typed: a verdict or a message with a place, soon. */

import { describe, expect, it } from 'vitest';
import { uniform } from '../../src/model/random.ts';
import type { Derivation } from '../../src/verify/check.ts';
import { checkerOf } from '../support/networks.ts';
import { secondsOf } from '../support/time.ts';
import { derivations } from './derivations.ts';

const PIECES = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '\\frac',
    '\\partial',
    '∂',
    '_',
    '^',
    '^\\top',
    '=',
    '+',
    '-',
    '\\sum_{k=1}^{3}',
    '\\prod_{j}',
    '…',
  ],
  ...[
    'H_',
    'W',
    'δ_t',
    "'",
    '\\odot',
    '1',
    '99999999',
    '0',
    '\ud800',
    '\u0000',
    ',',
    ';',
    '\n',
    'd',
    '|',
    '\\left(',
    '[t-1]',
    '𝟏',
    'T',
  ],
];

/** A formula with a few characters lost, doubled, exchanged or put in. */
function spoilt(text: string, random: () => number): string {
  let made = text;
  for (let i = 0; i < 1 + Math.floor(random() * 4); i++) {
    const at = Math.floor(random() * made.length);
    const piece = PIECES[Math.floor(random() * PIECES.length)];
    const length = Math.floor(random() * 6);
    const change = random();
    if (change < 0.3) made = made.slice(0, at) + made.slice(at + length);
    else if (change < 0.6) made = made.slice(0, at) + piece + made.slice(at);
    else if (change < 0.8) made = made.slice(0, at) + piece + made.slice(at + length);
    else made = made.slice(0, at) + made.slice(at, at + length) + made.slice(at);
  }
  return made;
}

/** What the checker says of a text, and the seconds of the processor that it takes. */
function timed(network: string, text: string): Derivation & { seconds: number } {
  const checker = checkerOf(network);
  let derivation: Derivation = { statements: [], problems: [] };
  const seconds = secondsOf(() => {
    derivation = checker.check(text);
  });
  return { ...derivation, seconds };
}

describe('whatever is typed', () => {
  const VERDICTS = ['right', 'wrong', 'ambiguous', 'unverifiable'];

  it('600 spoilt formulas have verdicts and places', () => {
    const random = uniform(4);
    let slowest = 0;
    for (let i = 0; i < 600; i++) {
      const { network, formula } = derivations[Math.floor(random() * derivations.length)];
      const text = spoilt(formula, random);
      const { statements, problems, seconds } = timed(network, text);
      slowest = Math.max(slowest, seconds);
      for (const { verdict, terms, faults, span } of statements) {
        expect(VERDICTS).toContain(verdict);
        for (const { span: part } of [
          ...terms,
          { span },
          ...faults.flatMap((f) => (f.span ? [{ span: f.span }] : [])),
        ]) {
          expect(
            part.start >= 0 && part.start <= part.end && part.end <= text.length,
            JSON.stringify(text),
          ).toBe(true);
        }
      }
      for (const { span } of problems) expect(span.start <= text.length).toBe(true);
    }
    expect(slowest).toBeLessThan(8);
  });

  it.each([
    ['2,000 brackets', `dE_3/dW = ${'('.repeat(2000)}dE_3/dW${')'.repeat(2000)}`],
    ['a megabyte of a sum', `dE_3/dW = ${'dE_3/dO_3 dO_3/dW + '.repeat(45_000)}0`],
    ['a megabyte of nothing', ' '.repeat(1_000_000)],
    [
      'ranges without end',
      '\\frac{\\partial E_3}{\\partial W} = \\sum_{k=1}^{99999999} \\frac{\\partial E_3}{\\partial H_k}',
    ],
    ['sums in sums in sums', `dE_3/dW = ${'sum_{k=1}^{999} '.repeat(6)} dE_3/dW`],
    ['products of sums', `dE_3/dW = ${'(dE_3/dO_3 + dE_3/dH_3) '.repeat(40)}`],
    ['powers', 'dE_3/dW = W^{9999999} dE_3/dW'],
    [
      'a hundred letters',
      `${'H_{a} '.repeat(3)}= ${[...'abcdefghijklmnopqrsuvwxyz'].map((c) => `H_{${c}}`).join(' + ')}`,
    ],
    ['lone halves of characters', 'dE_3/dW = \ud83d + \udc00'],
  ])('%s', (_, text) => {
    const { statements, problems, seconds } = timed('rnn3', text);
    for (const { verdict } of statements) expect(verdict).not.toBe('right');
    for (const { message } of problems) expect(message).not.toBe('');
    expect(seconds).toBeLessThan(8);
  });
});
