/** Lines of programs that change some elements of an array: `dh[h <= 0] = 0`, `dscores[range(N), y] -= 1`. */

import { plainName } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr, Factor, Of, Relation, Statement } from '../notation/tree.ts';
import type { Subject } from './subject.ts';

/**
 * The line as what it does to the whole array: where h ≤ 0 it is 0, that is, it is multiplied by 1 where h > 0; and what
 * is taken from the element of each class is taken times the one-hot classes. Any other statement is left as it is.
 */
export function programLine(statement: Statement, subject: Subject): Statement {
  const { members, relations } = statement;
  const [left, right] = members;
  if (members.length !== 2 || left.kind !== 'product' || left.factors.length !== 2) return statement;
  const [{ factor: array }, { operator, factor: place }] = left.factors;
  const isName = array.kind === 'name' || array.kind === 'differential' || array.kind === 'sub';
  if (operator !== 'juxtaposed' || !isName) return statement;
  const changed = (relation: Relation, by: Expr): Statement => ({
    ...statement,
    members: [array, by],
    relations: [relation],
  });
  const isZero = right.kind === 'number' && Number(right.text) === 0;
  if (place.kind === 'indicator' && relations[0] === '=' && isZero) {
    const { condition } = place;
    const kept = condition.kind === 'relation' ? negated(condition) : undefined;
    return kept === undefined ? statement : changed('*=', kept);
  }
  const classes = classesOf(place, subject);
  if (classes === undefined || !['+=', '-='].includes(relations[0])) return statement;
  const isOne = right.kind === 'number' && Number(right.text) === 1;
  const times: Factor[] = [
    { operator: 'juxtaposed', factor: right },
    { operator: 'juxtaposed', factor: classes },
  ];
  return changed(relations[0], isOne ? classes : { kind: 'product', factors: times, span: classes.span });
}

const OPPOSITES: Partial<Readonly<Record<Relation, Relation>>> = { '≤': '>', '<': '≥', '≥': '<', '>': '≤' };

function negated({ members, relations, span }: Expr & Of<'relation'>): Expr | undefined {
  const opposite = OPPOSITES[relations[0]];
  if (members.length !== 2 || opposite === undefined) return undefined;
  return { kind: 'relation', members, relations: [opposite], span };
}

/** y of `[range(N), y]` or `[y]`, if it is an array of the model: classes as 1 among zeros. */
function classesOf(place: Expr, subject: Subject): Expr | undefined {
  const row = place.kind === 'matrix' && place.rows.length === 1 ? place.rows[0] : undefined;
  const items = row ?? (place.kind === 'bracket' && place.style === '[' ? [place.of] : []);
  const label = items.at(-1);
  if (label === undefined || items.length > 2) return undefined;
  if (items.length === 2 && !isEveryRow(items[0])) return undefined;
  const reference = referenceOf(label, subject.integers, subject.indexCount);
  const id = reference && subject.find(reference);
  return id !== undefined && subject.graph.node(id).shape.length === items.length ? label : undefined;
}

/** `range(N)`, `np.arange(N)`. */
function isEveryRow(x: Expr): boolean {
  const name = x.kind === 'call' ? x.fn : x.kind === 'product' ? x.factors[0].factor : x;
  return ['range', 'arange'].includes(plainName(name) ?? '');
}
