/** −Σ_t f_t as Σ_t (−f_t) and ½ Σ_t f_t as Σ_t ½ f_t: the summands are then what each step adds to the loss. */

import type { Expr, Of } from '../../notation/tree.ts';
import { literal } from './called.ts';

/** The expression with a sign or number before a Σ taken into it. `isOverSteps`: which sums are meant. */
export function takenIn(x: Expr, isOverSteps: (sum: Of<'big'>) => boolean): Expr {
  if (x.kind === 'neg') {
    const of = takenIn(x.of, isOverSteps);
    return isSum(of) && isOverSteps(of) ? { ...of, body: { ...x, of: of.body } } : x;
  }
  if (x.kind !== 'product') return x;
  const { factor: last } = x.factors.at(-1)!;
  const numbers = x.factors.slice(0, -1);
  const areNumbers = numbers.every(({ factor }) => literal(factor) !== undefined);
  if (!areNumbers || !isSum(last) || !isOverSteps(last)) return x;
  const factors = [...numbers, { ...x.factors.at(-1)!, factor: last.body }];
  return { ...last, body: { ...x, factors } };
}

const isSum = (x: Expr): x is Of<'big'> & Expr => x.kind === 'big' && x.op === 'sum';
