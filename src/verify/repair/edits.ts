/** Single changes to a formula, such as people forget or slip in: what would make a wrong formula right. */

import { type Integers, integerOf } from '../../model/equations/integers.ts';
import { referenceOf } from '../../model/equations/names.ts';
import { children, type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import { replaced } from '../rewrite.ts';
import type { Subject } from '../subject.ts';
import type { Draft, Edit, EditKind } from './edit.ts';
import { bracketed, negated, number, oneMinus, squared, transposed, underOne } from './forms.ts';
import { letterEdits, rangeEdits } from './index-edits.ts';
import { nameEdits } from './name-edits.ts';
import { productEdits } from './product-edits.ts';
import { slopesIn } from './slopes.ts';
import { sumEdits } from './sum-edits.ts';

/** All edits of one member. Indices have some value in `known`. `others`: the other members of the statement. */
export function* editsOf(
  member: Expr,
  subject: Subject,
  known: Integers,
  others: readonly Expr[] = [],
): Generator<Edit> {
  const edit = (kind: EditKind, part: Expr, by: Expr): Edit => ({
    kind,
    part,
    old: part,
    by,
    member: replaced(member, part, by),
  });
  const slopes = [...slopesIn([member, ...others], subject, known)];
  const letters = [...known.keys()].filter((name) => name.length === 1 && !subject.integers.has(name));
  yield edit('sign', member, member.kind === 'neg' ? member.of : negated(member));
  yield edit('transpose', member, transposed(member));
  yield* editsWithin(member, known, false, { subject, known, letters, slopes, edit });
}

/** `isPlace`: in a derivative, above or below, where only variables stand. */
function* editsWithin(x: Expr, at: Integers, isPlace: boolean, draft: Draft): Generator<Edit> {
  yield* editsAt(x, at, isPlace, draft);
  let inner = at;
  if (x.kind === 'big') {
    const bound = new Map(at);
    for (const condition of x.lower) {
      const first = condition.kind === 'relation' ? condition.members : [condition];
      for (const part of first) if (part.kind === 'name' && !bound.has(part.base)) bound.set(part.base, 2);
    }
    inner = bound;
  }
  if (
    x.kind === 'sub' ||
    x.kind === 'index' ||
    (x.kind === 'sup' && referenceOf(x, at, draft.subject.indexCount))
  )
    return;
  const holdsPlaces = isPlace || x.kind === 'derivative' || x.kind === 'differential';
  // what binds the letters of a Σ is edited as its range, conditions of cases are not, exponents and functions with what they belong to
  for (const part of children(x)) {
    const isBound =
      (x.kind === 'big' && part !== x.body) ||
      (x.kind === 'matrix' && x.style === 'cases' && !x.rows.some(([value]) => value === part));
    const isMark = (x.kind === 'sup' && part === x.exponent) || (x.kind === 'call' && part === x.fn);
    if (!isBound && !isMark) yield* editsWithin(part, inner, holdsPlaces, draft);
  }
}

/** Edits of one part as a whole. */
function* editsAt(x: Expr, at: Integers, isPlace: boolean, draft: Draft): Generator<Edit> {
  switch (x.kind) {
    case 'sum':
      yield* sumEdits(x, draft);
      break;
    case 'product':
      yield* productEdits(x, draft);
      break;
    case 'neg':
      yield draft.edit('sign', x, x.of);
      break;
    case 'big':
      yield* rangeEdits(x, draft);
      break;
    case 'number':
      yield* numberEdits(x, draft);
      break;
    case 'call':
      if (x.args.length === 1) yield draft.edit('function', x, bracketed(x.args[0]));
      if (x.fn.kind === 'prime') yield* slopeEdits(x, x.fn, draft);
      yield* convolutionEdits(x, draft);
      break;
    case 'derivative':
      yield draft.edit('order', x, { ...x, of: x.by, by: x.of });
      yield* letterEdits(x, draft);
      break;
    case 'name':
    case 'sub':
    case 'index':
      yield* nameEdits(x, at, isPlace, draft);
      break;
    case 'differential':
      break;
    case 'sup':
      if (referenceOf(x, at, draft.subject.indexCount) !== undefined) yield* nameEdits(x, at, isPlace, draft);
      else if (isTransposeMark(x.exponent)) yield draft.edit('transpose', x, x.of);
      else yield* powerEdits(x, at, draft);
      break;
    case 'prime':
      yield draft.edit('transpose', x, x.of);
      break;
    default:
  }
}

function* numberEdits(x: Of<'number'>, draft: Draft): Generator<Edit> {
  const value = Number(x.text);
  for (const other of [value + 1, value - 1, value * 2, value / 2]) {
    if (other > 0) yield draft.edit('scale', x, number(other, x.span));
  }
}

function* powerEdits(x: Of<'sup'>, at: Integers, draft: Draft): Generator<Edit> {
  yield draft.edit('power', x, x.of);
  const inner = underOne(x.of);
  if (inner !== undefined) yield draft.edit('power', x, oneMinus(squared(inner)));
  const exponent = integerOf(x.exponent, at);
  if (exponent === undefined) return;
  yield draft.edit('power', x, { ...x, exponent: number(exponent + 1, x.exponent.span) });
  if (exponent > 2) yield draft.edit('power', x, { ...x, exponent: number(exponent - 1, x.exponent.span) });
}

/** conv for corr, with whatever mode. */
function* convolutionEdits(x: Of<'call'>, draft: Draft): Generator<Edit> {
  const named = x.fn.kind === 'sub' ? x.fn.of : x.fn;
  if (named.kind !== 'name') return;
  const [word, ...mode] = named.base.split('_');
  const other = word === 'conv' ? 'corr' : word === 'corr' ? 'conv' : undefined;
  if (other !== undefined)
    yield draft.edit('function', x, replaced(x, named, { ...named, base: [other, ...mode].join('_') }));
}

/** σ′ for tanh′. */
function* slopeEdits(x: Of<'call'>, fn: Of<'prime'>, draft: Draft): Generator<Edit> {
  for (const base of ['tanh', 'σ', 'relu']) {
    if (fn.of.kind === 'name' && fn.of.base === base) continue;
    const of: Expr = { kind: 'name', base, accents: [], span: fn.of.span };
    yield draft.edit('function', x, { ...x, fn: { ...fn, of } });
  }
}
