/** Families of variables by what is written: those that a name with scripts is of, and those that are classes. */

import type { NodeId } from '../graph/graph.ts';
import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import type { Family } from './named-graph.ts';
import type { Subject } from './subject.ts';

/** The families of a name with or without indices: of H_t those called H. */
export function familiesNamed(x: Expr, subject: Subject): readonly Family[] {
  const written = scriptedName(x);
  if (written === undefined) return [];
  for (let count = written.scripts.length; count >= 0; count--) {
    const words = written.scripts.slice(0, count).map(({ word }) => word ?? '');
    const name = canonical([written.base, ...words].join('_'), subject.indexCount);
    if (name !== undefined) return [...subject.families.values()].filter((family) => family.name === name);
  }
  return [];
}

/** Whether an input is one-hot, each row of it: drawn so, or given so. */
export function isOneHot(id: NodeId, { graph, model }: Subject): boolean {
  const { name, op, shape } = graph.node(id);
  if (op !== 'input' || name === undefined) return false;
  const drawn = model.equations?.draws.get(name);
  if (drawn !== undefined) return drawn === 'onehot';
  const given = model.values[name];
  const width = shape.at(-1) ?? 1;
  if (given === undefined || width < 2) return false;
  return Array.from({ length: given.length / width }, (_, row) =>
    given.slice(row * width, (row + 1) * width),
  ).every(isHot);
}

/** One 1 among zeros. */
export const isHot = (values: readonly number[]): boolean =>
  values.filter((v) => v === 1).length === 1 && values.every((v) => v === 0 || v === 1);
