/** Texts that cannot be read give a message with its place, and no text does harm: fuzzed, deep, long and broken ones. */

import { describe, expect, it } from 'vitest';
import { GradpathError } from '../src/graph/error.ts';
import { parseExpression, parseNotation } from '../src/notation/parse.ts';
import { printStatement } from '../src/notation/print.ts';
import { NotationError, renderProblem } from '../src/notation/problem.ts';
import { children, type Expr } from '../src/notation/tree.ts';
import { GRADIENTS, LITERATURE } from './support/notation-corpus.ts';
import { TREES } from './support/notation-trees.ts';
import { statementSexp } from './support/sexp.ts';
import { secondsOf } from './support/time.ts';

const CORPUS = [...GRADIENTS, ...TREES.map(([text]) => text), ...LITERATURE];

const rendered = (text: string) =>
  parseNotation(text).problems.map((problem) => renderProblem(text, problem));
const messages = (text: string) =>
  parseNotation(text).problems.map(({ where, message }) => `${where}: ${message}`);

describe('problems', () => {
  it('show the line, a caret, and what was expected', () => {
    expect(rendered(String.raw`\frac{\partial E_3}{\partial W = x`)).toEqual([
      [
        'line 1, column 20: expected a closing brace } for the { here',
        String.raw`  \frac{\partial E_3}{\partial W = x`,
        '                     ^',
      ].join('\n'),
    ]);
    expect(rendered('a = b\nc = d + ')).toEqual([
      'line 2, column 9: expected an operand (a name, number or bracket), not the end\n  c = d + \n          ^',
    ]);
  });

  it('stand under the place, also behind a combining mark', () => {
    expect(rendered('y\u0302 + )')[0].split('\n')[2]).toBe(`  ${' '.repeat(4)}^`);
  });

  it.each([
    ['a = (b + c', 'line 1, column 5: expected a closing bracket ) for the ( here'],
    ['a = [b, c', 'line 1, column 5: expected a closing ] for the [ here'],
    ['a = (b + c]', 'line 1, column 5: expected a closing bracket ) for the ( here'],
    ['a = ‖x', 'line 1, column 5: expected a closing ‖ for the ‖ here'],
    [
      String.raw`\begin{bmatrix} a & b`,
      String.raw`line 1, column 1: expected a closing \end{bmatrix} for the \begin{bmatrix} here`,
    ],
    ['a = b )', 'line 1, column 7: expected an operator or the end of the statement, not )'],
    ['a = * b', 'line 1, column 5: expected an operand (a name, number or bracket), not *'],
    ['a = ', 'line 1, column 5: expected an operand (a name, number or bracket), not the end'],
    ['= b', 'line 1, column 1: expected a formula, not ='],
    ['x_ * 1', 'line 1, column 4: expected an index, not *'],
    ['x^', 'line 1, column 3: expected an exponent, not the end'],
    ['x = ()', 'line 1, column 5: the brackets ( ) are empty; expected a formula in them'],
    [
      String.raw`a = \partail E`,
      String.raw`line 1, column 5: the command \partail is not known here; \partial is`,
    ],
    [String.raw`a = \qrst b`, String.raw`line 1, column 5: the command \qrst is not known here`],
    ['a = § b', 'line 1, column 5: the character § (U+00A7) is not read here'],
    ['a = \u0007', 'line 1, column 5: the character (U+0007) is not read here'],
    ['a = \ud835', 'line 1, column 5: the character (U+D835) is not read here'],
    [
      String.raw`\frac{\partial^a E}{\partial W}`,
      'line 1, column 16: expected + or an order from 1 to 9, not a',
    ],
    ['ŷ + ŷ )', 'line 1, column 7: expected an operator or the end of the statement, not )'],
    ['y\u0302 + )', 'line 1, column 5: expected an operand (a name, number or bracket), not )'],
  ])('%s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  it('are errors of Gradpath with a place', () => {
    const [problem] = parseNotation('a = )').problems;
    expect(problem).toBeInstanceOf(GradpathError);
    expect(problem).toMatchObject({
      code: 'notation',
      where: 'line 1, column 5',
      span: { start: 4, end: 5 },
    });
    expect(() => parseExpression('a = b')).toThrow(NotationError);
    expect(() => parseExpression('a; b')).toThrow('expected one expression');
    expect(() => parseExpression('')).toThrow('expected one expression');
  });

  it('do not keep the other statements from being read', () => {
    const { statements, problems } = parseNotation('a = (b\nc = d\ne = ) f; g = h\n\\nope x \\\\ i = j');
    expect(statements.map(statementSexp)).toEqual(['c = d', 'g = h', 'i = j']);
    expect(problems.map(({ where }) => where)).toEqual([
      'line 1, column 5',
      'line 3, column 5',
      'line 4, column 1',
    ]);
  });

  it('show the surroundings of a place in a long line only', () => {
    const text = `${'a + '.repeat(1000)}) ${'+ b'.repeat(1000)}`;
    const [message] = rendered(text);
    const [, line, caret] = message.split('\n');
    expect(line.length).toBeLessThan(130);
    expect(line[caret.indexOf('^')]).toBe(')');
  });
});

describe('bounds', () => {
  const within = (seconds: number, run: () => void) => expect(secondsOf(run)).toBeLessThan(seconds);

  it.each([
    ['round brackets', '(', ')'],
    ['braces', '{', '}'],
    ['square brackets', '[', ']'],
    ['indices', 'x_{', '}'],
    ['exponents', 'x^{', '}'],
    ['fractions', String.raw`\frac{1}{`, '}'],
    ['accents', String.raw`\hat{`, '}'],
    ['roots', String.raw`\sqrt{`, '}'],
    ['functions', 'tanh(', ')'],
    ['functions without brackets', 'tanh ', ''],
    ['sums', 'sum_t ', ''],
    ['norms', '‖(', ')‖'],
    ['marks', '∂', ''],
    ['matrices', String.raw`\begin{matrix}`, String.raw`\end{matrix}`],
    ['derivatives', String.raw`\frac{d}{dx} `, ''],
  ])('2000 nested %s give a message', (_, open, close) => {
    within(2, () => {
      const { statements, problems } = parseNotation(`${open.repeat(2000)}x${close.repeat(2000)}`);
      expect(statements).toEqual([]);
      expect(problems[0].message).toMatch(/nested more than 300 deep/);
    });
  });

  it('200 nested brackets are read, whatever is in them', () => {
    for (const [open, close] of [
      ['(', ')'],
      ['{a + ', '}'],
      [String.raw`\frac{1}{`, '}'],
      ['tanh(', ')'],
      ['x_{', '}'],
    ]) {
      const { problems } = parseNotation(`${open.repeat(100)}x${close.repeat(100)}`);
      expect(problems).toEqual([]);
    }
  });

  it.each([
    ['quotients', `a${'/b'.repeat(5000)}`],
    ['scripts', `a${'_b'.repeat(5000)}`],
    ['primes and scripts', `a${"'_b".repeat(5000)}`],
    ['transposes', `a${'.T'.repeat(5000)}`],
  ])('a tower of %s gives a message', (_, text) => {
    const { problems } = parseNotation(text);
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toMatch(/more than \d+/);
  });

  it('reads a megabyte in linear time', () => {
    const sum = Array.from({ length: 60_000 }, (_, t) => `W^T delta_${t}`).join(' + ');
    within(2, () => expect(parseNotation(`g = ${sum}`).problems).toEqual([]));
    const chain = Array.from({ length: 60_000 }, (_, t) => `dH_${t}/dH_${t}`).join(' ');
    within(2, () => expect(parseNotation(`g = ${chain}`).problems).toEqual([]));
    const lines = Array.from({ length: 60_000 }, (_, t) => `a_${t} = b_${t}`).join('\n');
    within(2, () => expect(parseNotation(lines).statements).toHaveLength(60_000));
  });

  it.each([
    ['opening brackets', '('],
    ['opening brackets in lines', '(\n'],
    ['one letter', 'x'],
    ['digits', '7'],
    ['blanks', ' '],
    ['new lines', '\n'],
    ['backslashes', '\\'],
    ['commands', '\\left('],
    ['unknown commands', '\\q;'],
    ['text commands', '\\text{a'],
    ['matrices', '\\begin{matrix} &'],
    ['bars', '|'],
    ['double bars', '‖ x '],
    ['commas', ','],
    ['dots', '.'],
    ['quotes', "'"],
    ['carets', '^'],
    ['differentials', 'd+'],
    ['identifiers', 'a_'],
    ['modules', 'np.a.'],
    ['Unicode indices', '₁'],
    ['combining marks', 'y\u0302'],
    ['wide spaces', 'a\\quad '],
    ['names that may be split', 'dW'],
    ['unclosed indices', 'x_{'],
    ['semicolons behind errors', ') ;'],
    ['lone surrogates', '\ud800'],
    ['empty lines between operators', 'a\n\n\n\n\n\n\n'],
  ])('answers a megabyte of %s within two seconds', (_, piece) => {
    const text = piece.repeat(Math.floor(1_000_000 / piece.length));
    within(2, () => {
      const { problems } = parseNotation(text, { names: new Set(['d', 'W', 'x', 'xx', 'a']) });
      for (const problem of problems) renderProblem(text, problem);
    });
  });
});

describe('fuzzed texts', () => {
  const NOTHING: ReturnType<typeof parseNotation> = { statements: [], problems: [] };
  const PIECES = [
    ..."()[]{}|_^'+-*/=<>,;:.&\\\n αδ∂ΣΠ∇₁²ᵀŷ⊙‖⟨⟩…0123dxWtT".split(''),
    ...String.raw`\frac{ \partial \partial^+ \sum_{t=1}^T \prod_{ \hat \left( \right) \top \mathrm{d} \mathrm{diag}( \text{if } \begin{bmatrix} \end{bmatrix} \\ \odot \cdot \| \sqrt \nabla_W \quad \over \mathbf{1}`.split(
      ' ',
    ),
    ...'dE/dW d+H/dW ∂E/∂W tanh sum_t prod_ .T .* ./ .^2 ** += := == .. ... W_hh h_t-1 hs[t-1] dot(a, 1[i=y] for where np.dot( y_hat d/dW \ud800 \u0000 \u0302'.split(
      ' ',
    ),
  ];
  let state = 1;
  const random = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = <T>(items: readonly T[]) => items[random(items.length)];

  /** A formula of the corpus with some pieces removed, doubled, moved or put in, or pieces at random. */
  function fuzzed(): string {
    if (random(4) === 0)
      return Array.from({ length: 1 + random(40) }, () => pick(PIECES)).join(pick(['', ' ']));
    let text = pick(CORPUS);
    for (let edits = 1 + random(5); edits > 0; edits--) {
      const at = random(text.length + 1);
      const end = at + random(6);
      const other = pick(CORPUS);
      const inserted = pick([
        '',
        pick(PIECES),
        text.slice(at, end).repeat(2),
        other.slice(random(other.length)),
        text.slice(0, at),
      ]);
      text = text.slice(0, at) + inserted + text.slice(end);
    }
    return text.slice(0, 3000);
  }

  it('are answered, or give a message with a place, quickly', () => {
    let read = 0;
    for (let i = 0; i < 10_000; i++) {
      const text = fuzzed();
      let { statements, problems } = NOTHING;
      const seconds = secondsOf(() => {
        ({ statements, problems } = parseNotation(text));
      });
      expect(seconds, text).toBeLessThan(1);
      for (const problem of problems) {
        const { start, end } = problem.span;
        expect(problem.message, text).toMatch(/^[^\n]+$/);
        expect(0 <= start && start <= end && end <= text.length, text).toBe(true);
        expect(renderProblem(text, problem)).toMatch(/^ *\^$/m);
      }
      for (const { members, span } of statements) {
        for (const member of members) checkSpans(member, span.start, span.end, text);
      }
      if (problems.length === 0 && statements.length > 0) read++;
    }
    expect(read).toBeGreaterThan(1000); // the mutations leave enough that is well formed
  });

  it('that are well formed are printed and read as the same tree', () => {
    let compared = 0;
    for (let i = 0; i < 4000; i++) {
      const text = fuzzed();
      for (const statement of parseNotation(text).statements) {
        const tree = statementSexp(statement);
        for (const form of ['latex', 'unicode', 'ascii'] as const) {
          const printed = printStatement(statement, form);
          // names in roman type are functions by that alone, and are said to be in the other forms
          const functions = new Set(statement.members.flatMap((member) => [...romanNames(member)]));
          const again = parseNotation(printed, { functions });
          expect(
            again.statements.map(statementSexp),
            `${text}
printed as ${printed}`,
          ).toEqual([tree]);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(2000);
  });
});

function checkSpans(x: Expr, start: number, end: number, text: string): void {
  expect(start <= x.span.start && x.span.start <= x.span.end && x.span.end <= end, `${text}: ${x.kind}`).toBe(
    true,
  );
  for (const child of children(x)) checkSpans(child, x.span.start, x.span.end, text);
}

function* romanNames(x: Expr): Generator<string> {
  if (x.kind === 'name' && x.style === 'roman') yield x.base;
  for (const child of children(x)) yield* romanNames(child);
}
