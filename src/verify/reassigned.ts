/** Programs that use a name again: `dh = dh * (h > 0)`, `dh *= 1 - h**2`. What it is from then on is another thing. */

import { elementsOf } from '../model/equations/elements.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { parts, withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { slice } from './wording.ts';

/**
 * The lines with another name for what an array was before, or for what it is behind, wherever it is made of its own
 * former value: either may be the gradient that its name says. The same array if there is no such line.
 */
export function reassigned(
  lines: readonly Statement[],
  text: string,
  subject: Subject,
  other: 'former' | 'latter',
): readonly Statement[] {
  const typed = (x: Expr) => slice(text, x.span).replace(/\s/g, '');
  const keys = lines.map(({ members: [left] }) => typed(left));
  const isOfItself = lines.map(({ members: [, ...others], relations: [relation] }, i) => {
    if (keys.indexOf(keys[i]) === i) return false;
    if (relation === '*=') return other === 'latter' && !isNumber(others[0], subject);
    const uses = (x: Expr) => isName(x) && typed(x) === keys[i];
    return relation === '=' && others.some((member) => [...parts(member)].some(uses));
  });
  if (!isOfItself.includes(true)) return lines;
  const current = new Map<string, Expr>();
  const renamed = (x: Expr): Expr => (isName(x) ? (current.get(typed(x)) ?? x) : withParts(x, renamed));
  return lines.map((line, i): Statement => {
    const { members, relations } = line;
    const [left, ...others] = members;
    const rest = others.map(renamed);
    const before = current.get(keys[i]) ?? left;
    const next = keys.indexOf(keys[i], i + 1);
    const isOther = other === 'latter' ? isOfItself[i] : relations[0] === '=' && isOfItself[next] === true;
    if (isOther) {
      const fresh: Expr = { kind: 'name', base: `${keys[i]}#${i}`, accents: [], span: left.span };
      current.set(keys[i], fresh);
      const made = relations[0] === '*=' ? [times(before, rest[0])] : rest;
      return { ...line, members: [fresh, ...made], relations: [':='] };
    }
    if (relations[0] === '=') current.delete(keys[i]);
    return { ...line, members: [relations[0] === '=' ? left : before, ...rest] };
  });
}

function times(a: Expr, b: Expr): Expr {
  const factors = [
    { operator: 'juxtaposed', factor: a },
    { operator: 'hadamard', factor: b },
  ] as const;
  return { kind: 'product', factors, span: { start: a.span.start, end: b.span.end } };
}

/** What a line assigns to: as typed, or the other name that it was given. */
export function assignedName(left: Expr, text: string): string {
  const isOther = left.kind === 'name' && left.base.includes('#');
  return isOther ? left.base : slice(text, left.span).replace(/\s/g, '');
}

const isName = ({ kind }: Expr): boolean => kind === 'name' || kind === 'differential' || kind === 'sub';

/** Whether it is a number: a size, 0.5, reg. */
function isNumber(x: Expr, subject: Subject): boolean {
  const { integers, indexCount, graph } = subject;
  return [...parts(x)].every((part) => {
    if (part.kind === 'relation' || part.kind === 'indicator') return false;
    if (part.kind !== 'name' && part.kind !== 'sub') return true;
    const reference = referenceOf(part, integers, indexCount);
    if (reference === undefined)
      return elementsOf(part, integers, indexCount).length > 0 || integers.has(typedName(part));
    const id = subject.find(reference);
    return id === undefined || graph.node(id).shape.length === 0;
  });
}

const typedName = (x: Expr): string => (x.kind === 'name' ? x.base : '');
