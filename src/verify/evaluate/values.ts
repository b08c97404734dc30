/** Values of variables and gradients at a point, also behind the last step, where there is nothing any more. */

import type { NodeId } from '../../graph/graph.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import { inIndexOrder } from '../../model/equations/elements.ts';
import { type Reference, type Script, scriptedName } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import { type Family, familyKey } from '../named-graph.ts';
import { namesIn } from '../rewrite.ts';
import type { Subject } from '../subject.ts';
import { absent, type Evaluation } from './evaluation.ts';

export function variableValue(e: Evaluation, id: NodeId): Value<Tensor> {
  return e.m.value(e.instance.valueOf(id), standingOf(e.context.subject, id));
}

/** dE/dX shaped like X, through every path. */
export function gradientValue(e: Evaluation, id: NodeId, of = e.context.subject.target): Value<Tensor> {
  const { subject } = e.context;
  const { shape } = subject.graph.node(id);
  return e.m.value({ shape, data: e.instance.total(of, id).data }, standingOf(subject, id));
}

/** Another variable of the family, if the index lies behind its last. */
export function likeBehind(e: Evaluation, reference: Reference, x: Expr): NodeId | undefined {
  const { subject } = e.context;
  const family = subject.families.get(familyKey(reference));
  if (family === undefined || family.indexCount !== 1 || !mayLookAhead(e, x, family)) return undefined;
  const last = Math.max(...family.members.map(({ indices }) => indices[0]));
  return reference.indices[0] > last ? family.members[0].id : undefined;
}

/**
 * Recursions look ahead; a Σ or Π that runs beyond the last step is a slip. One over the elements of a variable is none:
 * of z_k^{l+1} the index of the family counts alone.
 */
function mayLookAhead(e: Evaluation, x: Expr, family?: Family): boolean {
  const name = scriptedName(x.kind === 'differential' ? x.of : x);
  const all = name?.scripts ?? [];
  const words = all.findIndex(
    (_, i) => [name!.base, ...all.slice(0, i).map(({ word }) => word)].join('_') === family?.name,
  );
  const scripts = words < 0 ? all : inIndexOrder(all.slice(words), 1).slice(0, 1);
  return mayBeBehind(e, scripts);
}

function mayBeBehind({ context: { looksAhead, bound } }: Evaluation, scripts: readonly Script[]): boolean {
  return looksAhead && !scripts.some(({ at }) => [...namesIn(at)].some((letter) => bound.has(letter)));
}

/** A made-up value in the shape of a variable. */
export function madeUpLike(e: Evaluation, id: NodeId): Value<Tensor> {
  const { subject } = e.context;
  const value = madeUp(e, subject.graph.node(id).shape, subject.familyOf(id)!);
  return { ...value, standing: standingOf(subject, id) };
}

/** A made-up value: it must not matter. */
export function madeUp(e: Evaluation, shape: Shape, key: string): Value<Tensor> {
  e.touched = true;
  e.beyond = true;
  let state = e.invented * 7919 + [...key].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 100_003, 7);
  const data = Float64Array.from({ length: sizeOf(shape) }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return 0.3 + (state / 2_147_483_647) * 0.9;
  });
  return e.m.value({ shape, data });
}

/** Adjoints behind the last step are 0. `isElement`: of δ_j^t the last script is the step. */
export function zeroBehind(
  e: Evaluation,
  x: Expr,
  nodes: ReadonlyMap<string, NodeId>,
  indices: readonly number[],
  isElement = false,
): Value<Tensor> {
  const last = Math.max(...[...nodes.keys()].map((key) => Number(key.split('.')[0])));
  const mayBe = isElement ? mayBeBehind(e, scriptedName(x)?.scripts.slice(-1) ?? []) : mayLookAhead(e, x);
  if (indices.length !== 1 || !(indices[0] > last) || !mayBe) throw absent(e, x);
  e.beyond = true;
  return zeroLike(e, [...nodes.values()][0]);
}

/** 0 in the shape of a variable, a row if it stands as one. */
export function zeroLike({ m, context: { subject } }: Evaluation, id: NodeId): Value<Tensor> {
  const { shape } = subject.graph.node(id);
  return m.value(zeros(shape), standingOf(subject, id));
}

function standingOf(subject: Subject, id: NodeId): 'row' | 'column' {
  return subject.graph.node(id).shape.length === 1 && subject.isRow(id) ? 'row' : 'column';
}

export function zeros(shape: Shape): Tensor {
  return { shape, data: new Float64Array(sizeOf(shape)) };
}
