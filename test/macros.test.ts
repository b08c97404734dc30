/** Macros of a text and of packages are read as what they stand for, and keep their places. */

import { describe, expect, it, test } from 'vitest';
import type { Macros } from '../src/notation/macro.ts';
import { parseNotation } from '../src/notation/parse.ts';
import { children, type Expr } from '../src/notation/tree.ts';
import { statementSexp } from './support/sexp.ts';
import { secondsOf } from './support/time.ts';

const trees = (text: string, macros?: Macros) => {
  const { statements, problems } = parseNotation(text, macros === undefined ? {} : { macros });
  return [...statements.map(statementSexp), ...problems.map(({ where, message }) => `${where}: ${message}`)];
};

describe('a macro is read as what it stands for', () => {
  it.each([
    [
      String.raw`\newcommand{\dd}{\partial} \frac{\dd E}{\dd W} = x`,
      String.raw`\frac{\partial E}{\partial W} = x`,
    ],
    [String.raw`\newcommand\h{\mathbf{h}} \h_t = \h_{t-1}`, String.raw`\mathbf{h}_t = \mathbf{h}_{t-1}`],
    [
      String.raw`\renewcommand*{\pd}[2]{\frac{\partial#1}{\partial#2}} \pd{E}{W} = \pd E{H_3}`,
      String.raw`\frac{\partial E}{\partial W} = \frac{\partial E}{\partial H_3}`,
    ],
    [
      String.raw`\newcommand{\by}[2][E]{\frac{\partial #1}{\partial #2}} \by{W} = \by[E_3]{W}`,
      String.raw`\frac{\partial E}{\partial W} = \frac{\partial E_3}{\partial W}`,
    ],
    [
      String.raw`\def\pd#1#2{\frac{\partial #1}{\partial #2}} \pd{E}{W} = x`,
      String.raw`\frac{\partial E}{\partial W} = x`,
    ],
    [String.raw`\DeclareMathOperator{\slope}{diag} y = \slope(x)`, String.raw`y = \operatorname{diag}(x)`],
    [String.raw`\let\al\alpha \def\b{\al_t} y = \b x`, String.raw`y = \alpha_t x`],
    ['% \\newcommand{\\q}{x}\n\\newcommand{\\q}{y} a = \\q', 'a = y'],
    [
      String.raw`\pdv{E}{W} = \dv{E}{H_3}`,
      String.raw`\frac{\partial E}{\partial W} = \frac{\mathrm d E}{\mathrm d H_3}`,
    ],
    [String.raw`\grad_W E = x \overset{(1)}{=} y \stackrel{!}{=} z`, String.raw`\nabla_W E = x = y = z`],
    [String.raw`y = \underbrace{a b}_{\text{error}} + \overbrace{c}^{d_1}`, 'y = a b + c'],
    [
      String.raw`y = \textcolor{red}{a} \color[rgb]{1,0,0} b \norm{c - d}^2`,
      String.raw`y = {a} b \|c - d\|^2`,
    ],
    [String.raw`\sum_{\substack{i = 1 \\ j = 2}} a_{ij} = b`, String.raw`\sum_{i = 1, j = 2} a_{ij} = b`],
  ])('%s', (typed, meant) => {
    expect(trees(typed)).toEqual(trees(meant));
    expect(trees(meant)).toHaveLength(1);
  });

  it('that the caller knows', () => {
    expect(trees(String.raw`y = \W x`, new Map([['W', { count: 0, body: 'W_{hh}' }]]))).toEqual(
      trees('y = W_{hh} x'),
    );
  });
});

test('what is brought in stands where the macro is typed, arguments where they are', () => {
  const text = String.raw`\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \pd{E_3}{W} = V^\top x`;
  const [{ members, span }] = parseNotation(text).statements;
  const typed = ({ span: { start, end } }: { span: Expr['span'] }) => text.slice(start, end);
  expect(typed({ span })).toBe(String.raw`\pd{E_3}{W} = V^\top x`);
  expect(typed(members[0])).toBe(String.raw`\pd{E_3}{W}`);
  expect(children(members[0]).map(typed)).toEqual(['E_3', 'W']);
  expect(typed(members[1])).toBe(String.raw`V^\top x`);
});

test.each([
  [String.raw`\def\a{\a} y = \a`, String.raw`line 1, column 16: \a stands for itself, or for too much`],
  [
    String.raw`\def\a{\b} \def\b{\a + 1} y = \a`,
    String.raw`line 1, column 31: \a stands for itself, or for too much`,
  ],
  [String.raw`y = \pdv{E} + 1`, String.raw`line 1, column 5: the command \pdv is not known here`],
  [
    String.raw`\newcommand{\a}[1]{x_{#1} y = \a{t}`,
    String.raw`line 1, column 1: the command \newcommand is not known here`,
  ],
])('%s has a message', (text, message) => {
  expect(trees(text)).toEqual([message]);
});

test('macros that double one another are bounded', () => {
  const names = [...'abcdefghijklmnopqrst'];
  const doubled = names.slice(1).map((name, i) => `\\def\\${name}{\\${names[i]} \\${names[i]}}`);
  const bounded = parseNotation(`\\def\\a{x} ${doubled.join(' ')} y = \\t`).problems;
  expect(bounded.map(({ message }) => message)).toEqual([expect.stringMatching(/for too much$/)]);
  const texts = [
    `\\def\\a{x} ${doubled.join(' ')} y = \\t`,
    `y = ${'\\pdv{'.repeat(100_000)}`,
    '\\newcommand{'.repeat(80_000),
    '\\newcommand{\\a}{'.repeat(60_000),
    `\\def\\a#1{#1#1}y = ${'\\a{'.repeat(1000)}x${'}'.repeat(1000)}`,
    `\\def\\a#1{${'#1'.repeat(1000)}} y = \\a{${'x '.repeat(100_000)}}`,
  ];
  for (const text of texts)
    expect(
      secondsOf(() => parseNotation(text)),
      text.slice(0, 40),
    ).toBeLessThan(4);
});
