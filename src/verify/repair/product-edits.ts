/** Slips in products: factors left out, in another order, or with another operator between them. */

import type { Expr, Of } from '../../notation/tree.ts';
import { alike } from '../rewrite.ts';
import type { Draft, Edit } from './edit.ts';
import { called, oneMinus, squared, times, underOne } from './forms.ts';

export function* productEdits(x: Of<'product'>, draft: Draft): Generator<Edit> {
  const { factors } = x;
  const join = (list: Of<'product'>['factors']): Expr =>
    list.length === 1 ? list[0].factor : { ...x, factors: list };
  for (let i = 0; i < factors.length; i++) {
    const rest = factors.filter((_, k) => k !== i);
    yield { ...draft.edit('factor', x, join(rest)), part: factors[i].factor };
  }
  for (let i = 0; i + 1 < factors.length; i++) {
    const swapped = [...factors];
    swapped[i] = { ...factors[i], factor: factors[i + 1].factor };
    swapped[i + 1] = { ...factors[i + 1], factor: factors[i].factor };
    yield draft.edit('order', x, { ...x, factors: swapped });
    const next = factors[i + 1];
    const withNext = (by: Partial<typeof next>): Expr => ({
      ...x,
      factors: factors.map((factor, k) => (k === i + 1 ? { ...factor, ...by } : factor)),
    });
    const { operator } = next;
    yield draft.edit(
      'operator',
      x,
      withNext({ operator: operator === 'hadamard' ? 'juxtaposed' : 'hadamard' }),
    );
    if (operator !== 'outer') yield draft.edit('operator', x, withNext({ operator: 'outer' }));
    if (operator === 'star' || operator === 'asterisk')
      yield draft.edit('operator', x, withNext({ factor: called('rot180', next.factor) }));
    // y ⊙ (1 − y) for 1 − y²
    const y = underOne(next.factor);
    if (y !== undefined && alike(y, factors[i].factor)) {
      const merged = { ...factors[i], factor: oneMinus(squared(y)) };
      yield draft.edit('function', x, join([...factors.slice(0, i), merged, ...factors.slice(i + 2)]));
    }
  }
  if (factors.length > 2) {
    const turned = [...factors].reverse();
    yield draft.edit('order', x, {
      ...x,
      factors: turned.map(({ factor }, i) => ({ operator: factors[i].operator, factor })),
    });
  }
  for (const slope of draft.slopes) yield draft.edit('factor', x, times(x, slope));
}
