/** Slips in variables: another index or name, or something that was to be done with it. */

import { sameShape } from '../../graph/shape.ts';
import { type Integers, integerOf } from '../../model/equations/integers.ts';
import { referenceOf, scriptedName } from '../../model/equations/names.ts';
import { parseExpression } from '../../notation/parse.ts';
import type { Expr } from '../../notation/tree.ts';
import { type Family, familyKey } from '../named-graph.ts';
import type { Draft, Edit } from './edit.ts';
import { added, bracketed, called, oneMinus, squared, times, transposed } from './forms.ts';
import { scriptEdits } from './index-edits.ts';

/** `isPlace`: in a derivative, above or below, where only variables stand. */
export function* nameEdits(x: Expr, at: Integers, isPlace: boolean, draft: Draft): Generator<Edit> {
  yield* scriptEdits(x, at, draft);
  if (!isPlace) yield* valueEdits(x, draft);
  const reference = referenceOf(x, at, draft.subject.indexCount);
  if (reference === undefined) return;
  const key = familyKey(reference);
  for (const [other, family] of draft.subject.families) {
    if (other === key || family.indexCount !== reference.indices.length) continue;
    const renamed = renamedTo(x, family, at);
    if (renamed !== undefined) yield draft.edit('symbol', x, renamed);
  }
}

/** A transpose, a function or a factor that was left out, or a target. */
function* valueEdits(x: Expr, draft: Draft): Generator<Edit> {
  yield draft.edit('transpose', x, transposed(x));
  for (const fn of ['tanh', 'σ', 'exp', 'log']) yield draft.edit('function', x, called(fn, x));
  yield draft.edit('function', x, oneMinus(x));
  yield draft.edit('factor', x, times(x, oneMinus(x)));
  yield draft.edit('power', x, squared(x));
  yield* targetEdits(x, draft);
  for (const slope of draft.slopes) yield draft.edit('factor', x, times(x, slope));
}

/** p − y for p: a target that was left out. */
function* targetEdits(x: Expr, draft: Draft): Generator<Edit> {
  const reference = referenceOf(x, draft.known, draft.subject.indexCount);
  const id = reference && draft.subject.find(reference);
  if (reference === undefined || id === undefined) return;
  const { shape } = draft.subject.graph.node(id);
  for (const family of draft.subject.families.values()) {
    const [{ id: first }] = family.members;
    const { op, shape: own } = draft.subject.graph.node(first);
    if (op !== 'input' || !sameShape(own, shape) || family.name === reference.family) continue;
    const target = renamedTo(x, family, draft.known);
    if (target === undefined) continue;
    for (const sign of ['-', '+'] as const) {
      yield draft.edit('missing', x, bracketed(added(x, sign, target)));
    }
  }
}

/** The name of another family with the same indices. */
export function renamedTo(x: Expr, family: Family, known: Integers): Expr | undefined {
  const indices = (scriptedName(x)?.scripts ?? [])
    .map(({ at: script }) => script)
    .filter((script) => integerOf(script, known) !== undefined);
  if (indices.length !== family.indexCount) return undefined;
  const base = { ...parseExpression(family.name), span: x.span };
  if (indices.length === 0) return base;
  const index: Expr = indices.length === 1 ? indices[0] : { kind: 'list', items: indices, span: x.span };
  return { kind: 'sub', of: base, index, span: x.span };
}
