/** Whole documents as people write them: every formula about the model is found and judged, nothing else is taken for one. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { positionOf } from '../src/notation/problem.ts';
import { MathDocument } from '../src/verify/document.ts';
import { checkerOf } from './support/networks.ts';

/** Line, the beginning of the formula without blanks, and the verdict. */
function judged(file: string): readonly string[] {
  const text = readFileSync(new URL(`./support/papers/${file}`, import.meta.url), 'utf8');
  const checker = checkerOf('rnn3');
  const { statements, text: masked, problems, foreign } = new MathDocument(text).formulas(checker.subject);
  expect([problems.map(({ message }) => message), foreign.length]).toEqual([[], 0]);
  return checker.judgeAll(statements, masked).map(({ span, text: typed, verdict }) => {
    const left = typed.slice(0, typed.search(/&?=/)).replace(/\s+/g, '');
    return `${positionOf(text, span.start).line} ${left} ${verdict}`;
  });
}

test('a homework in LaTeX with a preamble, macros, theorems, tables and listings', () => {
  expect(judged('homework.tex')).toEqual([
    '25 E right',
    '42 E_t right',
    '44 \\pdif{E_t}{O_t} right',
    '45 \\pdif{E_t}{V} right',
    '49 \\pdv{E}{V} right',
    '61 \\pdif{\\h_t}{\\h_{t-1}} right',
    '63 \\delta_t right',
    '65 \\delta_3 right',
    '66 \\delta_t right',
    '73 \\pdif{E_3}{W} wrong',
    '81 \\pdif{E}{W} right',
  ]);
});

test('a post in Markdown with code, pictures, links, tables and HTML', () => {
  expect(judged('blog.md')).toEqual([
    '13 H_t right',
    '13 O_t right',
    '13 E_t right',
    '27 \\frac{\\partialE_3}{\\partialW} right',
    '38 \\frac{\\partialH_3}{\\partialH_k} right',
    '48 \\frac{\\partialE_3}{\\partialO_3} right',
    '49 \\frac{\\partialE_3}{\\partialH_3} right',
    '50 \\frac{\\partialE_3}{\\partialH_2} wrong',
  ]);
});

test('a letter in plain text with quotations', () => {
  expect(judged('mail.txt')).toEqual([
    '10 dE3/dW right',
    '15 dE2/dU ambiguous',
    '18 H2 right',
    '19 dE2/dV right',
    '21 dE/dV right',
  ]);
});

test('notes with numbered equations, Unicode and prose between', () => {
  expect(judged('notes.txt')).toEqual([
    '7 E right',
    '11 ∂E₁/∂O₁ right',
    '13 O₁ right',
    '15 ∂E₁/∂V right',
    '21 ∂E₁/∂H₁ right',
    '26 ∂E₂/∂W right',
    '28 ∂E₂/∂U wrong',
  ]);
});

test('a notebook that was exported', () => {
  expect(judged('notebook.md')).toEqual([
    '22 \\frac{\\partialE_t}{\\partialO_t} right',
    '24 \\frac{\\partialE_t}{\\partialV} right',
    '44 \\frac{\\partialE_2}{\\partialW} ambiguous',
    '62 \\frac{\\partialE_2}{\\partialU} right',
  ]);
});
