/** Slips in sums: a sign, a term too many, a factor of 2, y(1 − y) for 1 − y². */

import type { Expr, Of } from '../../notation/tree.ts';
import type { Draft, Edit } from './edit.ts';
import {
  added,
  bracketed,
  called,
  negated,
  number,
  oneMinus,
  squared,
  squareUnderOne,
  times,
  underOne,
} from './forms.ts';

export function* sumEdits(x: Of<'sum'>, draft: Draft): Generator<Edit> {
  for (let i = 0; i < x.terms.length; i++) {
    const flipped = x.terms.map((term, k) =>
      k === i ? ({ ...term, sign: term.sign === '+' ? '-' : '+' } as const) : term,
    );
    yield { ...draft.edit('sign', x, { ...x, terms: flipped }), part: x.terms[i].term };
    const rest = x.terms.filter((_, k) => k !== i);
    if (rest.length > 0) yield { ...draft.edit('extra', x, sumOf(rest, x)), part: x.terms[i].term };
    for (const factor of [2, 0.5]) {
      const scaled = x.terms.map((term, k) =>
        k === i ? { ...term, term: times(number(factor, x.span), bracketed(term.term), 'juxtaposed') } : term,
      );
      yield { ...draft.edit('scale', x, { ...x, terms: scaled }), part: x.terms[i].term };
    }
  }
  // 1 − y² for y(1 − y)
  const root = squareUnderOne(x);
  if (root !== undefined) {
    yield draft.edit('function', x, times(root, oneMinus(root)));
    yield draft.edit('function', x, {
      ...added(number(1, root.span), '-', squared(called('tanh', root))),
      span: x.span,
    });
    yield draft.edit('function', x, times(called('σ', root), oneMinus(called('σ', root))));
  }
  const plain = underOne(x);
  if (plain !== undefined) {
    yield draft.edit('factor', x, plain);
    yield draft.edit('power', x, { ...x, terms: [x.terms[0], { sign: '-', term: squared(plain) }] });
  }
}

/** The sum with these terms alone; one of them is no sum. */
function sumOf(terms: Of<'sum'>['terms'], x: Of<'sum'>): Expr {
  if (terms.length > 1) return { ...x, terms };
  const [{ sign, term }] = terms;
  return sign === '+' ? term : negated(term);
}
