/** The checker answers whatever is typed: a verdict or a message with a place, soon. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { uniform } from '../../src/model/random.ts';
import { Checker, type Derivation } from '../../src/verify/check.ts';
import { checkerOf, networkText } from '../support/networks.ts';
import { growth, secondsOf } from '../support/time.ts';
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
    expect(slowest).toBeLessThan(2);
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
    [
      'sums over other letters',
      `dE_3/dW = ${[...'abcefg'].map((c) => `sum_{${c}=1}^{999} `).join('')} dE_3/dW`,
    ],
    [
      'sums whose ranges depend on one another',
      'dE_3/dW = sum_{a=1}^{9999} sum_{b=1}^{a} sum_{c=1}^{b} dE_3/dW',
    ],
    ['products of long sums', 'dE_3/dW = \\prod_{k=1}^{10} (dE_3/dO_3 + sum_{j=1}^{1000} dE_3/dH_3)'],
    ['elements over five sums', 'dE_t/dW_{ij} = sum_k sum_l sum_m sum_n W_{ik} W_{kl} W_{lm} W_{mn} H_{t,n}'],
    ['transposes of transposes', `dE_3/dW = W${'^T'.repeat(50)} dE_3/dW`],
    ['fractions in fractions', `dE_3/dW = ${'\\frac{1}{1+'.repeat(280)}1${'}'.repeat(280)}`],
    ['powers of powers', 'dE_3/dW = 2^{2^{2^{2^{2^{2}}}}} dE_3/dW'],
    ['powers of sums', 'δ_3 = (W + W^T + I)^{40} δ_3'],
    ['sums to a power, written out', `δ_3 = ${'(W + W^T + I)'.repeat(40)} δ_3`],
    ['a name without end', `dE_3/dW = ${'a'.repeat(200_000)} dE_3/dW`],
    ['a number without end', `dE_3/dW = ${'9'.repeat(200_000)} dE_3/dW`],
    ['5,000 terms', `dE_3/dW = ${'dE_3/dO_3 dO_3/dH_3 dH_3/dW + '.repeat(5000)} 0`],
    ['5,000 terms that are alike', `dE/dO_3 = ${'O_3 + '.repeat(5000)} O_3`],
    ['10,000 equality signs', `dE_3/dW ${'= '.repeat(10_000)} dE_3/dW`],
    ['a chain of 10,000 equations', `dE_3/dO_3 ${'= y_3 - O_3 '.repeat(10_000)}`],
    ['terms with an unknown symbol', `dQ/dW = ${'dQ/dO_3 dO_3/dH_3 dH_3/dW + '.repeat(300)} 0`],
    ['macros that double one another', `${doubling(20)} dE_3/dW = \\t`],
  ])('%s', (_, text) => {
    const { statements, problems, seconds } = timed('rnn3', text);
    expect(statements.length + problems.length > 0 || text.trim() === '').toBe(true);
    for (const { verdict } of statements) expect(verdict).not.toBe('right');
    for (const { message } of problems) expect(message).not.toBe('');
    expect(seconds).toBeLessThan(2);
  });

  it.each([
    ['a megabyte of loops', 'for t in range(T):\n'.repeat(50_000), 0],
    ['loops in loops', `${'for t = 1:T\n'.repeat(20_000)} dV += (O_t - y_t) * H_t'\nend`, 1],
    [
      'a range without end',
      `for t, x in ${'reversed('.repeat(100_000)}xs${')'.repeat(100_000)}:\n dV += np.outer(O[t] - y[t], H[t])`,
      1,
    ],
  ])('headers: %s', (_, text, count) => {
    const { statements, problems, seconds } = timed('rnn3', text);
    expect(problems).toEqual([]);
    expect(statements.length).toBe(count);
    expect(seconds).toBeLessThan(2);
  });

  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');

  it.each([
    ['what nothing says', lines(200, (i) => `A_{${i}} = B_{${i + 1}}`)],
    ['what nothing says, and a δ', lines(200, (i) => `A_{${i}} = B_{${i + 1}} + δ_{${i}}`)],
    ['the same line 200 times', lines(200, () => 'a = b')],
    ['a name that is changed 200 times', `dh = V.T @ (O_3-y_3)\n${lines(200, () => 'dh = dh * (H_3 > 0)')}`],
    ['four names that are changed', lines(200, (i) => `d${'abcd'[i % 4]} = d${'abcd'[i % 4]} * O_3`)],
  ])('200 lines: %s', (_, text) => {
    const { statements, problems, seconds } = timed('rnn3', text);
    expect(problems).toEqual([]);
    expect(statements.map(({ verdict }) => verdict)).toEqual(statements.map(() => 'unverifiable'));
    expect(seconds).toBeLessThan(2);
  });

  it('what a line costs that waits for others does not grow with their number', () => {
    const timeOf = (count: number) =>
      timed(
        'rnn3',
        lines(count, (i) => `A_{${i}} = B_{${i + 1}}`),
      ).seconds;
    expect(growth(timeOf, 100, 400)).toBeLessThan(8);
  });

  it('a line that stands before what it uses is judged behind it', () => {
    const names = Array.from(
      { length: 30 },
      (_, i) => `q${'abcdefghij'[i % 10]}${'klm'[Math.floor(i / 10)]}`,
    );
    const said = names.map((name, i) =>
      i === 0 ? `${name} = O_3 - y_3` : `${name} = 2 ${names[i - 1]} - ${names[i - 1]}`,
    );
    const claims = [29, 3, 17].map((i) => `dE/dO_3 = ${names[i]}`);
    for (const text of [
      [...said, ...claims],
      [...claims, ...said],
    ]) {
      const { statements } = timed('rnn3', text.join('\n'));
      expect(statements.map(({ verdict }) => verdict)).toEqual(text.map(() => 'right'));
    }
    const wrong = [...claims, ...said.map((line) => line.replace('O_3 - y_3', 'O_3 + y_3'))];
    const { statements } = timed('rnn3', wrong.join('\n'));
    expect(statements.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['wrong', 'wrong', 'wrong']);
  });

  it('of a megabyte of short lines the first thousand are judged', () => {
    const line = 'dE/dO_3 = O_3 - y_3\n';
    const { statements, problems } = timed('rnn3', line.repeat(50_000));
    expect(statements.length).toBe(1000);
    expect(problems.map(({ message, where }) => `${where}: ${message}`)).toEqual([
      'line 1001, column 1: 1000 formulas stand before this one, and no more are judged at once; check the rest by itself',
    ]);
  });

  it('definitions of which each uses the one before twice are evaluated once', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `a_${i + 1} = a_${i} + a_${i}`);
    const { statements, seconds } = timed('rnn3', `a_0 = H_3\n${lines.join('\n')}\ndE_3/dH_3 = a_{60}`);
    expect(statements.map(({ verdict }) => verdict)).toEqual([
      ...Array(61).fill('unverifiable'), // nothing that is right uses them
      'wrong',
    ]);
    expect(seconds).toBeLessThan(2);
  });

  it.each(['T = 50', 'T = 12'])('long networks: %s', (steps) => {
    const checker = new Checker(modelFromEquations(networkText('rnn3').replace('T = 3', steps)));
    const last = steps.slice(4);
    const nested =
      `\\sum_{t=1}^{${last}} \\sum_{k=1}^{t} \\frac{\\partial E_t}{\\partial O_t} \\frac{\\partial O_t}{\\partial H_t} ` +
      '\\left( \\prod_{j=k+1}^{t} \\frac{\\partial H_j}{\\partial H_{j-1}} \\right) \\frac{\\partial H_k}{\\partial W}';
    for (const body of [nested, nested.replace('k=1', 'k=2'), nested.replace('j=k+1', 'j=k')]) {
      const seconds = secondsOf(() => {
        const { statements } = checker.check(`\\frac{\\partial E}{\\partial W} = ${body}`);
        expect(statements.map(({ verdict }) => verdict === 'right')).toEqual([
          body === nested && last === '12',
        ]);
      });
      expect(seconds).toBeLessThan(2);
    }
  });
});

/** \a stands for x, each next letter for two of the one before. */
function doubling(count: number): string {
  const names = [...'abcdefghijklmnopqrstuvwxyz'].slice(0, count);
  return names
    .map((name, i) => `\\def\\${name}{${i === 0 ? 'W' : `\\${names[i - 1]} \\${names[i - 1]}`}}`)
    .join(' ');
}
