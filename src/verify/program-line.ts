/** Lines of programs that change some elements of an array: `dh[h <= 0] = 0`, `dscores[range(N), y] -= 1`. */

import type { NodeId } from '../graph/graph.ts';
import { integerOf, plainName } from '../model/equations/integers.ts';
import { canonical, referenceOf } from '../model/equations/names.ts';
import type { Expr, Factor, Of, Relation, Statement } from '../notation/tree.ts';
import { isOneHot } from './families.ts';
import { freeIndices } from './free-indices.ts';
import { nameOf } from './loop.ts';
import { LENGTHS } from './loop-range.ts';
import { alike } from './rewrite.ts';
import type { Subject } from './subject.ts';

/**
 * The line as what it does to the whole array: where h ≤ 0 it is 0, that is, it is multiplied by 1 where h > 0; and what
 * is taken from the element of each class is taken times the one-hot classes. Any other statement is left as it is.
 */
export function programLine(typed: Statement, subject: Subject): Statement {
  const statement = withoutCopy(typed);
  const { members, relations } = statement;
  const [left, right] = members;
  const added = addedTo(statement, subject);
  if (added !== undefined) return { ...statement, members: [left, added], relations: ['+='] };
  const placed = members.length === 2 ? placeIn(left) : undefined;
  if (placed === undefined) return statement;
  const { array, place } = placed;
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

/** `dS = P.copy()`, `np.copy(P)`: the values, in an array of its own. */
function withoutCopy(statement: Statement): Statement {
  const { members, relations } = statement;
  const [left, right] = members;
  const [fn, of] = members.length === 2 && relations[0] === '=' ? calledWith(right) : [];
  if (fn === undefined || of === undefined || plainName(fn) !== 'copy') return statement;
  return { ...statement, members: [left, { kind: 'bracket', style: '(', of, span: right.span }] };
}

/** dS and what its brackets hold in `dS[range(N), y]`. */
function placeIn(left: Expr): { readonly array: Expr; readonly place: Expr } | undefined {
  const isName = ({ kind }: Expr) => kind === 'name' || kind === 'differential' || kind === 'sub';
  const indexed = left.kind === 'differential' ? left.of : left;
  if (indexed.kind === 'index' && isName(indexed.of)) {
    const { items, of, span } = indexed;
    const own = { start: left.span.start, end: of.span.end };
    const array: Expr = left.kind === 'differential' ? { ...left, of, span: own } : of;
    return { array, place: { kind: 'matrix', rows: [items], style: '[', span } };
  }
  if (left.kind !== 'product' || left.factors.length !== 2) return undefined;
  const [{ factor: array }, { operator, factor: place }] = left.factors;
  return operator === 'juxtaposed' && isName(array) ? { array, place } : undefined;
}

/** A of `dW = dW + A` at each step of a loop, where A has an index that dW has not. */
function addedTo({ members, relations }: Statement, subject: Subject): Expr | undefined {
  const [left, right] = members;
  if (members.length !== 2 || relations[0] !== '=' || right.kind !== 'sum' || left.kind !== 'differential')
    return undefined;
  const own = right.terms.findIndex(({ sign, term }) => sign === '+' && alike(term, left));
  const terms = right.terms.filter((_, i) => i !== own);
  const indicesOf = (all: readonly Expr[]) => freeIndices(all, subject, subject.integers).size;
  if (own < 0 || indicesOf([left]) > 0 || indicesOf(terms.map(({ term }) => term)) === 0) return undefined;
  const [{ sign, term }] = terms;
  return terms.length === 1 && sign === '+' ? term : { kind: 'sum', terms, span: right.span };
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
  const id = arrayOf(label, subject);
  if (id === undefined || !isOneHot(id, subject)) return undefined;
  const { shape } = subject.graph.node(id);
  if (shape.length !== items.length) return undefined;
  return items.length === 1 || isEveryRow(items[0], shape[0], subject) ? label : undefined;
}

/** The array of the model that a name stands for; for `ts[t]` of a program any of those. */
function arrayOf(x: Expr, subject: Subject): NodeId | undefined {
  const { integers, indexCount, families, roles } = subject;
  const reference = referenceOf(x, integers, indexCount);
  if (reference !== undefined) return subject.find(reference);
  const name = x.kind === 'index' || x.kind === 'sub' ? plainName(x.of) : undefined;
  if (name === undefined) return undefined;
  const family = families.get(`${canonical(name, indexCount)}/1`) ?? roles.get(name.toLowerCase());
  return family?.members.at(-1)?.id;
}

/** `range(N)`, `np.arange(N)`, `range(len(Y))`: as many as there are rows. */
function isEveryRow(x: Expr, rows: number, { integers }: Subject): boolean {
  const [name, argument] = calledWith(x);
  if (argument === undefined || !['range', 'arange'].includes(plainName(name) ?? '')) return false;
  const [inner, of] = calledWith(argument);
  if (of !== undefined) return plainName(inner) === 'len' && plainName(of) !== undefined;
  const word = nameOf(argument);
  const isLength = word !== undefined && !integers.has(word) && LENGTHS.test(word);
  return isLength || integerOf(argument, integers) === rows;
}

/** f and x of `f(x)`, however it is read. */
function calledWith(x: Expr): readonly [fn: Expr, argument: Expr | undefined] {
  if (x.kind === 'call') return [x.fn, x.args.length === 1 ? x.args[0] : undefined];
  if (x.kind !== 'product' || x.factors.length !== 2) return [x, undefined];
  const [{ factor: fn }, { operator, factor: bracket }] = x.factors;
  const isCall = operator === 'juxtaposed' && bracket.kind === 'bracket' && bracket.style === '(';
  return [fn, isCall ? bracket.of : undefined];
}
