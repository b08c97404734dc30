/** Which variables an expression refers to, without computing anything. */

import { children, type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import { elementsOf, memberValues } from './elements.ts';
import { takesSizes } from './functions.ts';
import { combinations, holdsChain, type Integers, plainName, rangesOf } from './integers.ts';
import type { Member, Members } from './members.ts';
import { type Reference, referenceOf } from './names.ts';

export interface Use {
  readonly reference: Reference;
  readonly at: Expr;
}

/**
 * The references in the order of the text. A Σ without range is passed over if `closed`: it runs over whatever is there.
 */
export function usesIn(x: Expr, integers: Integers, members: Members, closed = false): Use[] {
  const uses: Use[] = [];
  const walk = (x: Expr, integers: Integers): void => {
    switch (x.kind) {
      case 'name':
      case 'sub':
      case 'index':
      case 'sup':
        name(x, integers);
        return;
      case 'call':
        for (const arg of takesSizes(plainName(x.fn) ?? '') ? x.args.slice(0, 1) : x.args)
          walk(arg, integers);
        return;
      case 'big':
        big(x, integers);
        return;
      case 'matrix':
        for (const row of x.style === 'cases' ? holding(x, integers) : x.rows)
          for (const cell of row) walk(cell, integers);
        return;
      default:
        for (const child of children(x)) walk(child, integers);
    }
  };
  const name = (x: Expr, integers: Integers): void => {
    const reference = referenceOf(x, integers, members.indexCount) ?? elementReference(x, integers, members);
    if (reference !== undefined) {
      uses.push({ reference, at: x });
      return;
    }
    if (x.kind === 'name') return;
    const { of } = x as Of<'sub'> | Of<'sup'> | Of<'index'>;
    walk(of, integers);
    if (x.kind === 'sup' && !isTransposeMark(x.exponent)) walk(x.exponent, integers);
  };
  const big = (x: Of<'big'> & Expr, integers: Integers): void => {
    const isOpen = (index: string) => (closed ? undefined : memberValues(index, x.body, integers, scope));
    const ranges =
      x.lower.length === 0
        ? []
        : rangesOf(x, integers, (index) => {
            const values = isOpen(index);
            return values === undefined || values.length === 0 ? undefined : [values[0], values.at(-1)!];
          });
    if (ranges === undefined) {
      // over elements; or over variables that are not known yet
      if (!closed) walk(x.body, integers);
      return;
    }
    for (const known of combinations(ranges, integers)) {
      members.countTerm(x.span);
      walk(x.body, known);
    }
  };
  const scope = { indexCount: members.indexCount, members: members.indicesOf };
  walk(x, integers);
  return uses;
}

/** The variables that a variable is computed from, each once. */
export function usedBy(member: Member, members: Members): readonly Member[] {
  const { from, integers } = member;
  const known = members.uses.get(member);
  if (known !== undefined || 'declaration' in from) return known ?? [];
  const used = new Set<Member>();
  for (const { reference } of usesIn(from.equation.right, integers, members)) {
    const found = members.find(reference);
    if (found !== undefined) used.add(found);
  }
  members.uses.set(member, [...used]);
  return [...used];
}

/** The cells of a case distinction down to the first case that surely holds: its value, and conditions on values. */
function holding(x: Of<'matrix'>, integers: Integers): readonly (readonly Expr[])[] {
  const rows: Expr[][] = [];
  for (const [value, ...conditions] of x.rows) {
    const holds = conditions.map((condition) =>
      condition.kind === 'relation' ? holdsChain(condition, integers) : true,
    );
    if (value === undefined || holds.includes(false)) continue;
    rows.push([value, ...conditions.filter((_, i) => holds[i] === undefined)]);
    if (!holds.includes(undefined)) break;
  }
  return rows;
}

/** The variable that has the element. */
function elementReference(x: Expr, integers: Integers, members: Members): Reference | undefined {
  const found = elementsOf(x, integers, members.indexCount).filter(({ reference }) =>
    members.find(reference),
  );
  return found[0]?.reference;
}
