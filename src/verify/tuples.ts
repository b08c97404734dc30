/** Vectors typed in a row: `y = (1, 3, 2)ᵀ`, `y = (1, 3, 2)` and `y = [1, 3, 2]` are columns. */

import { referenceOf } from '../model/equations/names.ts';
import { type Expr, isTransposeMark } from '../notation/tree.ts';
import { rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** The members with columns in place of what is typed so. */
export function withTuples(members: readonly Expr[], subject: Subject): readonly Expr[] {
  const isOfVector = isVector(members[0], subject);
  return members.map((member) => {
    const items = itemsOf(member) ?? (isOfVector ? numbersOf(member) : undefined);
    if (items !== undefined) return columnOf(items, member);
    return rewritten(member, (x) => {
      if (x.kind !== 'sup' || x.bracket !== undefined || !isTransposeMark(x.exponent)) return x;
      const inRow = itemsOf(x.of);
      return inRow === undefined ? x : columnOf(inRow, x);
    });
  });
}

/** A vector of the model, not taken apart. */
function isVector(x: Expr, subject: Subject): boolean {
  const reference = referenceOf(x, subject.integers, subject.indexCount);
  const id = reference && subject.find(reference);
  return id !== undefined && subject.graph.node(id).shape.length === 1;
}

/** The items of (a, b, c). */
const itemsOf = (x: Expr): readonly Expr[] | undefined =>
  x.kind === 'bracket' && x.style === '(' && x.of.kind === 'list' ? x.of.items : undefined;

/** The numbers of [1, 3, 2]. */
function numbersOf(x: Expr): readonly Expr[] | undefined {
  if (x.kind !== 'matrix' || x.style !== '[' || x.rows.length !== 1) return undefined;
  const isNumber = (cell: Expr): boolean =>
    cell.kind === 'number' || (cell.kind === 'neg' && isNumber(cell.of));
  return x.rows[0].every(isNumber) ? x.rows[0] : undefined;
}

const columnOf = (items: readonly Expr[], { span }: Expr): Expr => ({
  kind: 'matrix',
  rows: items.map((item) => [item]),
  style: 'bmatrix',
  span,
});
