/** Rows of a batch: Y_i and ∂L/∂Y_i are row i of Y and of ∂L/∂Y, typed as a row or as a column. */

import { plainName } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import { children, type Expr, type Of, type Statement } from '../notation/tree.ts';
import { freeIndices } from './free-indices.ts';
import { namesIn, withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** The statement with rows in place of names with one index, and with columns; undefined: it has no such names. */
export function withRows(
  statement: Statement,
  subject: Subject,
): { readonly ways: readonly Statement[]; readonly said: string } | undefined {
  const size = batchSize(subject);
  if (size === undefined) return undefined;
  let said = '';
  const letters = new Set<string>();
  const read = (x: Expr, isColumn: boolean): Expr => {
    if (x.kind === 'big') return ranged(withParts(x, (part) => read(part, isColumn)));
    const by = x.kind === 'derivative' ? x.by : x.kind === 'differential' ? x.of : x;
    const index = by.kind === 'sub' ? rowIndex(by, size, subject) : undefined;
    if (by.kind !== 'sub' || index === undefined) return withParts(x, (part) => read(part, isColumn));
    said = 'X_i is a row of X'.replaceAll('X', plainName(by.of) ?? '');
    for (const letter of namesIn(index)) letters.add(letter);
    const all: Expr = { kind: 'name', base: ':', accents: [], span: index.span };
    const items: Expr = { kind: 'list', items: [index, all], span: index.span };
    const { span } = x;
    const found: Expr = { kind: 'sub', of: wholeOf(x, by), index: items, span };
    if (!isColumn) return found;
    return { kind: 'sup', of: found, exponent: { kind: 'name', base: '⊤', accents: [], span }, span };
  };
  const rangeOf = (index: Expr): Expr => {
    const [from, to] = ['1', String(size)].map((text): Expr => ({ kind: 'number', text, span: index.span }));
    const values: Expr = { kind: 'interval', from, to, span: index.span };
    return { kind: 'relation', members: [index, values], relations: ['='], span: index.span };
  };
  /** Σ_i over rows runs over all of them. */
  const ranged = (x: Expr): Expr => {
    if (x.kind !== 'big' || x.upper !== undefined) return x;
    const lower = x.lower.map((part) => (letters.has(plainName(part) ?? '') ? rangeOf(part) : part));
    return { ...x, lower };
  };
  const ways = [false, true].map((isColumn) => {
    const members = statement.members.map((member) => read(member, isColumn));
    const free = [...freeIndices(members, subject, subject.integers)].filter(
      (letter) => letters.has(letter) && !statement.conditions.some((x) => [...namesIn(x)].includes(letter)),
    );
    const span = statement.span;
    const ranges = free.map((base) => rangeOf({ kind: 'name', base, accents: [], span }));
    return { ...statement, members, conditions: [...statement.conditions, ...ranges] };
  });
  return said === '' ? undefined : { ways, said };
}

/** ∂L/∂Y of ∂L/∂Y_i. */
function wholeOf(x: Expr, by: Of<'sub'>): Expr {
  const whole = (of: Expr): Expr => ({ kind: 'bracket', style: '(', of, span: x.span });
  if (x.kind === 'derivative') return whole({ ...x, by: by.of });
  return x.kind === 'differential' ? whole({ ...x, of: by.of }) : by.of;
}

/** How many rows the matrix of targets has; undefined: there is none, or what it holds is an image. */
function batchSize(subject: Subject): number | undefined {
  const { graph, families } = subject;
  if (subject.hasImages || subject.steps.size > 0) return undefined;
  const sizes = new Set(
    [...families.values()]
      .filter(({ indexCount }) => indexCount === 0)
      .map(({ members: [{ id }] }) => graph.node(id))
      .filter(({ op, shape }) => op === 'input' && shape.length === 2)
      .map(({ shape }) => shape[0]),
  );
  return sizes.size === 1 ? [...sizes][0] : undefined;
}

/** The i of Y_i and Y_{i,:}, where Y is a matrix with a row for each example and i no part of its name. */
function rowIndex(x: Of<'sub'> & Expr, size: number, subject: Subject): Expr | undefined {
  const [index, ...others] = x.index.kind === 'list' ? x.index.items : [x.index];
  const isWhole = others.length === 0 || (others.length === 1 && plainName(others[0]) === ':');
  if (x.of.kind !== 'name' || !isWhole || !isIndex(index)) return undefined;
  const find = (of: Expr) => {
    const reference = referenceOf(of, subject.integers, subject.indexCount);
    return reference && subject.find(reference);
  };
  const id = find(x.of);
  if (id === undefined || find(x) !== undefined) return undefined;
  const { shape } = subject.graph.node(id);
  return shape.length === 2 && shape[0] === size ? index : undefined;
}

/** One letter, a number, or a sum of these. */
const isIndex = (x: Expr): boolean =>
  x.kind === 'number' ||
  (x.kind === 'name' ? /^\p{L}$/u.test(x.base) : x.kind === 'sum' && children(x).every(isIndex));
