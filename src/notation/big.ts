/** Σ and Π: what stands below and above, and how far they reach. */

import { type Cursor, spanning } from './cursor.ts';
import { joinValues, readProduct, readSum } from './expression.ts';
import { readIndex } from './script.ts';
import type { Expr } from './tree.ts';

/**
 * Σ and Π reach to the next + or − of their level. (Which factors a Π really takes depends on where its index occurs;
 * that is for the reader of the tree to say.)
 */
export function readBig(c: Cursor): Expr {
  const sign = c.next();
  let lower: readonly Expr[] = [];
  let upper: Expr | undefined;
  while (c.is('_') || c.is('^')) {
    const isLower = c.next().kind === '_';
    const { index, isWord } = readIndex(c);
    if (!isLower) upper = index;
    else if (isWord && c.is('=') && !c.token.space && !c.following.space) lower = [readBound(c, index)];
    else lower = index.kind === 'list' ? joinValues(index.items) : letters(index);
  }
  c.skipLines();
  const start = c.token;
  const body = c.nested(() => {
    const isNegative = c.accept('-');
    const product = readProduct(c);
    const span = spanning(start, product.span);
    return isNegative ? ({ kind: 'neg', of: product, span } as const) : product;
  });
  const op = sign.kind === 'Σ' ? 'sum' : 'prod';
  const big = { kind: 'big' as const, op, lower, body, span: spanning(sign, body.span) } as const;
  return upper === undefined ? big : { ...big, upper };
}

/** Σ_{ij} runs over i and j. */
function letters(x: Expr): readonly Expr[] {
  if (x.kind !== 'name' || x.accents.length > 0 || !/^[a-z]{2,3}$/.test(x.base)) return [x];
  return [...x.base].map((base) => ({ ...x, base }));
}

/** `sum_t=1^3` typed without braces. */
function readBound(c: Cursor, index: Expr): Expr {
  c.next();
  const { token } = c;
  const value: Expr = token.kind === 'number' ? numberHere(c) : c.nested(() => readSum(c));
  return {
    kind: 'relation',
    members: [index, value],
    relations: ['='],
    span: spanning(index.span, value.span),
  };
}

function numberHere(c: Cursor): Expr {
  const token = c.next();
  return { kind: 'number', text: token.text, span: spanning(token, token) };
}
