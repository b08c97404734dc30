/** What printing asks of a tree: how strongly it binds, and whether it takes in what stands around it. */

import { belongsToName } from './script.ts';
import type { Form } from './spelling.ts';
import { ACCENTS, FUNCTIONS } from './symbols.ts';
import type { Expr, Of } from './tree.ts';

const SUM = 1;
export const PRODUCT = 2;
export const FACTOR = 3;
export const ATOM = 4;

/** How strongly the outermost operator binds. */
export function strengthOf(x: Expr, form: Form): number {
  switch (x.kind) {
    case 'sum':
    case 'neg':
    case 'relation':
    case 'list':
    case 'interval':
      return SUM;
    case 'product':
    case 'big':
      return PRODUCT;
    case 'quotient':
      return form === 'latex' && x.style !== 'elementwise' ? FACTOR : PRODUCT;
    case 'derivative':
      return form === 'latex' || x.mark === 'nabla' ? FACTOR : PRODUCT;
    case 'differential':
    case 'at':
      return FACTOR;
    default:
      return ATOM;
  }
}

/** An accent over more than a name is a call; `vec` and `dot` are functions too. */
export function isAccent({ base, style }: Of<'name'>): boolean {
  return style === 'roman' && ACCENTS.has(base) && !FUNCTIONS.has(base);
}

/** A name with indices, which a mark takes as a whole. */
export function isSimple(x: Expr): boolean {
  let inner = x;
  while (inner.kind === 'sub' || inner.kind === 'index' || inner.kind === 'sup') {
    if (inner.kind === 'sup' && inner.bracket === undefined && !belongsToName(inner.exponent)) return false;
    inner = inner.of;
  }
  return (
    inner.kind === 'differential' ||
    (inner.kind === 'name' && !FUNCTIONS.has(inner.base) && !isBareMark(inner))
  );
}

/** Whether a printed text begins with a round bracket. */
export const opensBracket = (text: string) => /^(?:\\left)?\(/.test(text);

/** Whether it takes in what follows: a Σ reaches to the next sum sign. */
export function endsOpen(x: Expr): boolean {
  let last = x;
  while (last.kind === 'product' || last.kind === 'neg')
    last = last.kind === 'neg' ? last.of : last.factors.at(-1)!.factor;
  return last.kind === 'big';
}

/** `∂` or `∇` alone, which would take what follows. */
export function isBareMark({ base, accents }: Of<'name'>): boolean {
  return accents.length === 0 && (base === '∂' || base === '∇');
}
