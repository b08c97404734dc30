/** Formulas as people type them become the trees that they stand for, and what is printed is read as the same tree. */

import katex from 'katex';
import { describe, expect, it } from 'vitest';
import type { NotationOptions } from '../src/notation/lex.ts';
import { parseExpression, parseNotation } from '../src/notation/parse.ts';
import { print, printStatement } from '../src/notation/print.ts';
import { children, type Expr, isTransposeMark, rangeOf, type Span } from '../src/notation/tree.ts';
import { undoDifferential } from '../src/notation/undo.ts';
import { GRADIENTS, LITERATURE } from './support/notation-corpus.ts';
import { TREES } from './support/notation-trees.ts';
import { sexp, statementSexp } from './support/sexp.ts';

const FORMS = ['latex', 'unicode', 'ascii'] as const;
const CORPUS = [...GRADIENTS, ...TREES.map(([text]) => text), ...LITERATURE];

/** The trees of the statements of a text, which must be read without a problem. */
function read(text: string, options: NotationOptions = {}): string[] {
  const { statements, problems } = parseNotation(text, options);
  expect(problems.map(({ message, where }) => `${where}: ${message}`)).toEqual([]);
  return statements.map(statementSexp);
}

/** All nodes of a tree. */
function* nodes(x: Expr): Generator<Expr> {
  yield x;
  for (const child of children(x)) yield* nodes(child);
}

/** The name of a function that is applied: one set in roman type is known as a function by that alone. */
function functionOf(x: Expr): string[] {
  return x.kind === 'call' && x.fn.kind === 'name' && x.fn.style === 'roman' ? [x.fn.base] : [];
}

describe('reading', () => {
  it.each(TREES)('%s', (text, tree) => {
    expect(read(text)).toEqual([tree]);
  });

  it.each([...GRADIENTS, ...LITERATURE])('reads %s', (text) => {
    expect(read(text).length).toBeGreaterThan(0);
  });

  it('holds a corpus of at least 300 formulas', () => {
    expect(new Set(CORPUS).size).toBeGreaterThan(300);
  });

  it('reads no derivative as a quotient', () => {
    for (const text of CORPUS.filter((formula) => !formula.includes(String.raw`\partial E \partial O`))) {
      for (const { members } of parseNotation(text).statements) {
        for (const x of members.flatMap((member) => [...nodes(member)])) {
          if (x.kind !== 'quotient') continue;
          const marks = [x.over, x.under].map((side) =>
            [...nodes(side)].some(({ kind }) => kind === 'differential'),
          );
          expect(marks, text).not.toEqual([true, true]);
        }
      }
    }
  });

  it('gives every node its place, within that of its parent', () => {
    const covers = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;
    for (const text of CORPUS) {
      for (const { members, span } of parseNotation(text).statements) {
        for (const member of members) {
          expect(covers(span, member.span), text).toBe(true);
          for (const x of nodes(member)) {
            for (const child of children(x))
              expect(covers(x.span, child.span), `${text}: ${sexp(x)}`).toBe(true);
          }
        }
      }
    }
  });

  it('places terms and factors where they stand in the text', () => {
    const text = String.raw`\frac{\partial E}{\partial W} = W^\top \delta_t + ŷₜ dX`;
    const at = ({ start, end }: Span) => text.slice(start, end);
    const [{ members }] = parseNotation(text).statements;
    expect(members.map(({ span }) => at(span))).toEqual([
      String.raw`\frac{\partial E}{\partial W}`,
      String.raw`W^\top \delta_t + ŷₜ dX`,
    ]);
    const [, sum] = members;
    expect(children(sum).map(({ span }) => at(span))).toEqual([String.raw`W^\top \delta_t`, 'ŷₜ dX']);
    expect(children(children(sum)[1]).map(({ span }) => at(span))).toEqual(['ŷₜ', 'dX']);
  });
});

describe('statements', () => {
  it('end at semicolons, new lines and \\\\', () => {
    expect(read('a = b; c = d\ne = f \\\\ g = h')).toEqual(['a = b', 'c = d', 'e = f', 'g = h']);
  });

  it('go on in a line that begins with an operator or relation', () => {
    expect(read('a = b\n  + c\n  = d')).toEqual(['a = (+ b c) = d']);
    expect(read('a = b +\n c')).toEqual(['a = (+ b c)']);
    expect(read(String.raw`\begin{aligned} a &= b \\ &= c \\ d &= e \end{aligned}`)).toEqual([
      'a = b = c',
      'd = e',
    ]);
  });

  it('may be broken in brackets', () => {
    expect(read('a = (b +\nc)\nd = e')).toEqual(['a = (+ b c)', 'd = e']);
  });

  it('leave out comments and dollar signs', () => {
    expect(read('# model\n$$a = b$$ % note\nc = d')).toEqual(['a = b', 'c = d']);
  });
});

describe('doubtful places', () => {
  const doubts = (text: string, options: NotationOptions = {}) =>
    parseNotation(text, options).statements.flatMap(({ doubtful }) =>
      doubtful.map(({ start, end }) => text.slice(start, end)),
    );

  it('are an index without braces before a sign', () => {
    expect(read('h_t-1')).toEqual(['(+ (_ h t) -1)']);
    expect(doubts('a h_t-1 + W_{s_t-1}')).toEqual(['_t-1', '_t-1']);
    expect(read('h_t-1', { tightIndices: true })).toEqual(['(_ h (+ t -1))']);
    expect(doubts('h_t - 1')).toEqual([]);
    expect(doubts('h_{t-1}')).toEqual([]);
  });

  it('are several letters as an index in LaTeX, which takes one', () => {
    expect(doubts(String.raw`W_hx \odot y`)).toEqual(['_hx']);
    expect(doubts('W_hx * y')).toEqual([]);
  });

  it('are several names behind a function without brackets', () => {
    expect(doubts('tanh W x + b')).toEqual(['W x']);
    expect(doubts('tanh x + b')).toEqual([]);
  });
});

describe('what the caller knows', () => {
  it('tells functions from factors', () => {
    expect(read('g(x)')).toEqual(['(* g x)']);
    expect(read('g(x)', { functions: new Set(['g']) })).toEqual(['(call g x)']);
  });

  it('splits letters into names', () => {
    const names = new Set(['W', 'U', 'x', 'h', 'W_h']);
    expect(read('Ux_t + Wh_{t-1}', { names })).toEqual(['(+ (* U (_ x t)) (* W (_ h (+ t -1))))']);
    expect(read('W_hh_{t-1}', { names })).toEqual(['(* (_ W h) (_ h (+ t -1)))']);
    expect(read('W_hx_t', { names: new Set(['W_h', 'x']) })).toEqual(['(* (_ W h) (_ x t))']);
    expect(read('Wh', { names: new Set(['W', 'h', 'Wh']) })).toEqual(['Wh']);
    expect(read('pp^T', { names: new Set(['p']) })).toEqual(['(* p (^ p T))']);
  });

  it('keeps names that begin with d', () => {
    expect(read('dh', { names: new Set(['dh']) })).toEqual(['dh']);
    expect(read('dh')).toEqual(['(d: h)']);
    expect(parseExpression('dhraw')).toMatchObject({ kind: 'differential', word: 'dhraw' });
  });
});

describe('a differential that is none', () => {
  it.each([
    ['dhraw_t', '(_ dhraw t)'],
    ['dhraw.T', '(^ dhraw ⊤)'],
    ['ddelta', 'ddelta'],
    ['d H_3', '(* d (_ H 3))'],
    ['δ h^T', '(* δ (^ h T))'],
    ["dW'", "(' dW)"],
    ['d^2 x', '(* (^ d 2) x)'],
  ])('%s', (text, tree) => {
    const undone = undoDifferential(parseExpression(text));
    expect(undone && sexp(undone)).toBe(tree);
  });

  it('is not made of a ∂ or an upright d', () => {
    for (const text of ['∂E', String.raw`\mathrm{d}E`, 'E', 'E^T']) {
      expect(undoDifferential(parseExpression(text))).toBeUndefined();
    }
  });
});

describe('printing', () => {
  it.each(FORMS)('is read as the same tree: %s', (form) => {
    for (const text of CORPUS) {
      for (const statement of parseNotation(text).statements) {
        const printed = printStatement(statement, form);
        const functions = new Set(
          statement.members.flatMap((member) => [...nodes(member)].flatMap(functionOf)),
        );
        expect(read(printed, { functions }), `${text} printed as ${printed}`).toEqual([
          statementSexp(statement),
        ]);
      }
    }
  });

  it('gives LaTeX that KaTeX sets', () => {
    for (const text of CORPUS) {
      for (const statement of parseNotation(text).statements) {
        const latex = printStatement(statement, 'latex');
        expect(() => katex.renderToString(latex, { strict: false }), latex).not.toThrow();
      }
    }
  });

  it('gives ASCII and one line', () => {
    for (const text of CORPUS) {
      for (const statement of parseNotation(text).statements) {
        expect(printStatement(statement, 'ascii')).toMatch(/^[\x20-\x7e]*$/);
        expect(printStatement(statement, 'unicode')).not.toContain('\n');
      }
    }
  });

  it.each([
    [
      String.raw`\frac{\partial E_3}{\partial W}`,
      String.raw`\frac{\partial E_3}{\partial W}`,
      '∂E₃/∂W',
      'partial E_3/partial W',
    ],
    ['dE3/dW', String.raw`\frac{\mathrm{d} E_3}{\mathrm{d} W}`, 'dE₃/dW', 'dE_3/dW'],
    ['∂⁺H_k/∂W', String.raw`\frac{\partial^{+} H_k}{\partial W}`, '∂⁺Hₖ/∂W', 'partial+ H_k/partial W'],
    [
      'Wᵀ(δ_{t+1} ∘ (1 − H²))',
      String.raw`W^\top\left(\delta_{t+1} \odot \left(1 - H^2\right)\right)`,
      'Wᵀ(δₜ₊₁ ⊙ (1 − H²))',
      'W.T(delta_{t+1} .* (1 - H^2))',
    ],
    ['sum_{t=1}^T E_t', String.raw`\sum_{t=1}^T E_t`, 'Σₜ₌₁^T Eₜ', 'sum_{t=1}^T E_t'],
    ['(a + b)/c d', String.raw`\frac{\left(a + b\right)}{c} d`, '(a + b)/c d', '(a + b)/c d'],
  ])('%s', (text, latex, unicode, ascii) => {
    const x = parseExpression(text);
    expect([print(x, 'latex'), print(x, 'unicode'), print(x, 'ascii')]).toEqual([latex, unicode, ascii]);
  });

  it('sets brackets where a tree needs them', () => {
    const span = { start: 0, end: 0 };
    const name = (base: string): Expr => ({ kind: 'name', base, accents: [], span });
    const sum: Expr = {
      kind: 'sum',
      span,
      terms: [
        { sign: '+', term: name('a') },
        { sign: '-', term: name('b') },
      ],
    };
    const product = (...factors: Expr[]): Expr => ({
      kind: 'product',
      span,
      factors: factors.map((factor) => ({ operator: 'juxtaposed', factor })),
    });
    const big: Expr = { kind: 'big', op: 'sum', lower: [name('t')], body: name('x'), span };
    const quotient: Expr = { kind: 'quotient', style: '/', over: big, under: sum, span };
    const trees: Expr[] = [
      product(sum, name('c')),
      product(name('c'), product(name('a'), name('b'))),
      product(big, name('c')),
      product(name('c'), quotient),
      quotient,
      { kind: 'sup', of: sum, exponent: name('⊤'), span },
      {
        kind: 'sup',
        of: { kind: 'derivative', mark: 'partial', of: sum, by: name('W'), order: 1, span },
        exponent: name('⊤'),
        span,
      },
      { kind: 'sub', of: { kind: 'sub', of: name('h'), index: name('a'), span }, index: name('t'), span },
      { kind: 'neg', of: sum, span },
      { kind: 'differential', mark: 'd', of: name('δ'), order: 1, span },
      { kind: 'derivative', mark: 'd', of: name('ot'), by: name('elta'), order: 1, span },
      product(name('d'), name('x')),
      product(name('σ'), sum),
      product(name('tanh'), name('x')),
      {
        kind: 'norm',
        of: {
          kind: 'sum',
          terms: [
            { sign: '+', term: { kind: 'norm', of: name('x'), span } },
            { sign: '+', term: name('y') },
          ],
          span,
        },
        span,
      },
    ];
    trees.push(parseExpression('dh_t o_t/dW')); // (dh_t o_t)/dW, no derivative
    for (const tree of trees) {
      for (const form of FORMS) expect(read(print(tree, form)), print(tree, form)).toEqual([sexp(tree)]);
    }
  });
});

describe('helpers', () => {
  it('know a transpose and the limits of a sum', () => {
    expect(isTransposeMark(parseExpression('T'))).toBe(true);
    expect(isTransposeMark(parseExpression('t'))).toBe(false);
    const limits = (text: string) => {
      const x = parseExpression(text);
      const range = x.kind === 'big' ? rangeOf(x) : undefined;
      return range && [range.index, range.from, range.to].map(sexp);
    };
    expect(limits(String.raw`\sum_{t=1}^{T-1} x_t`)).toEqual(['t', '1', '(+ T -1)']);
    expect(limits('sum_{t=1..T} x_t')).toEqual(['t', '1', 'T']);
    expect(limits('sum_t x_t')).toBeUndefined();
    expect(limits(String.raw`\prod_{t \ge i > k} x_i`)).toBeUndefined();
  });
});
