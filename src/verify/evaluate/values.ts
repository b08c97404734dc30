/** Values of variables and gradients at a point, also behind the last step, where there is nothing any more. */

import type { NodeId } from '../../graph/graph.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import { type Reference, scriptedName } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import { familyKey } from '../named-graph.ts';
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
  if (family === undefined || family.indexCount !== 1 || !mayLookAhead(e, x)) return undefined;
  const last = Math.max(...family.members.map(({ indices }) => indices[0]));
  return reference.indices[0] > last ? family.members[0].id : undefined;
}

/** Recursions look ahead; a Σ or Π that runs beyond the last step is a slip. */
function mayLookAhead({ context: { looksAhead, bound } }: Evaluation, x: Expr): boolean {
  const scripts = scriptedName(x.kind === 'differential' ? x.of : x)?.scripts ?? [];
  return looksAhead && !scripts.some(({ at }) => [...namesIn(at)].some((name) => bound.has(name)));
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

/** Adjoints behind the last step are 0. */
export function zeroBehind(
  e: Evaluation,
  x: Expr,
  nodes: ReadonlyMap<string, NodeId>,
  indices: readonly number[],
): Value<Tensor> {
  const last = Math.max(...[...nodes.keys()].map((key) => Number(key.split('.')[0])));
  if (indices.length !== 1 || !(indices[0] > last) || !mayLookAhead(e, x)) throw absent(e, x);
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
