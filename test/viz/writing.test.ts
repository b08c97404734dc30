/** What the editors rest on: places that follow a change, documents told from formulas, formulas cut into pieces. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNotation } from '../../src/notation/parse.ts';
import { carried, changeBetween } from '../../viz/state/change.ts';
import { prettyText } from '../../viz/state/names.ts';
import { piecesOf } from '../../viz/state/pieces.ts';
import { isDocument } from '../../viz/state/prose.ts';

describe('a change', () => {
  test('leads from the one text to the other, and no smaller one does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { start, end, by } = changeBetween(before, after);
        const inserted = after.slice(start, end + by);
        expect(before.slice(0, start) + inserted + before.slice(end)).toBe(after);
        if (start < end && inserted !== '') expect(before[start]).not.toBe(inserted[0]);
        if (start < end && inserted !== '') expect(before[end - 1]).not.toBe(inserted.at(-1));
      }),
    );
  });

  test('carries the places beside it along', () => {
    const change = changeBetween('E = a + b + c', 'E = a + bb + c');
    const textAt = (start: number, end: number) => {
      const span = carried({ start, end }, change);
      return span && 'E = a + bb + c'.slice(span.start, span.end);
    };
    expect(textAt(4, 5)).toBe('a');
    expect(textAt(12, 13)).toBe('c');
    expect(carried({ start: 4, end: 13 }, change)).toBeUndefined();
  });
});

test.for([
  ['dE_3/dW = dE_3/dH_3 dH_3/dW', false],
  ['# the loss of all of the three steps taken together\nE = E_1 + E_2', false],
  ['\\delta_t = x \\text{ where this is the adjoint of the state}', false],
  ['\\begin{cases} a & b > 0 \\\\ c & else \\end{cases}', false],
  ['the gradient of the loss by W is dE/dW = x', true],
  ['So $E = E_1$ holds.', true],
  ['\\[ E = E_1 \\]', true],
  ['```math\nE = E_1\n```', true],
  ['\\begin{align} E &= E_1 \\end{align}', true],
  ['a = b\n'.repeat(5000), true], // not read while one types
] as const)('%j is a document: %s', ([text, expected]) => {
  expect(isDocument(text)).toBe(expected);
});

describe('pieces of a formula', () => {
  const pieces = (text: string, terms: readonly string[] = []) => {
    const [statement] = parseNotation(text).statements;
    const spans = terms.map((term) => ({ start: text.indexOf(term), end: text.indexOf(term) + term.length }));
    return piecesOf(statement, spans);
  };

  test('are cut at the signs of sums', () => {
    expect(pieces('E = a b + c - d, t < T').map(({ latex }) => latex)).toEqual([
      '\\htmlData{part=0}{E}',
      '{} = {}\\htmlData{part=0}{a b}',
      '{} + {}\\htmlData{part=0}{c}',
      '{} - {}\\htmlData{part=0}{d}',
      '{}, t < T{}',
    ]);
  });

  test('know which of their parts are judged', () => {
    expect(pieces('E = a b + c (d + e)', ['a b', 'd', 'e']).map(({ places }) => places)).toEqual([
      [-1],
      [0],
      [-1, 1, 2],
    ]);
  });

  test('a sum in a bracket is one piece', () => {
    expect(pieces('E = (a + b) c')).toHaveLength(2);
    const whole = pieces('E = -(a + b)', ['-(a + b)']);
    expect(whole.map(({ latex }) => latex).join('')).toContain('\\left');
  });

  test('do not change with the verdicts, where terms are summands', () => {
    const text = 'E = a b + c';
    const latex = (terms: string[]) => pieces(text, terms).map((piece) => piece.latex);
    expect(latex([])).toEqual(latex(['a b', 'c']));
  });
});

test('names in a message are shown as everywhere on the page', () => {
  expect(prettyText('not a path: ∂W below is followed by ∂H_2 above')).toBe(
    'not a path: ∂W below is followed by ∂H₂ above',
  );
  expect(prettyText('\\Omega_2 is not in the model; see h_{t-1}, W_hh, x_1.5 and \\frac{')).toBe(
    'Ω₂ is not in the model; see h_{t-1}, W_hh, x_1.5 and \\frac{',
  );
});
