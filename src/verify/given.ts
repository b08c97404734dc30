/** Numbers that the equations give: what names one, and holds of this number alone, is no formula for it. */

import type { NodeId } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import { referenceOf } from '../model/equations/names.ts';
import { uniform } from '../model/random.ts';
import type { Reading } from './reading.ts';
import { someValues } from './repair/repair.ts';
import { parts } from './rewrite.ts';
import type { Trial } from './trial.ts';

/** The name of a constant or number that the statement holds for as it is given alone; undefined if there is none. */
export function boundToGiven(trial: Trial, reading: Reading): string | undefined {
  const { graph } = trial.subject;
  const [point] = trial.points;
  const counts = new Set(graph.nodes.flatMap(({ shape }) => shape.filter((n) => n > 1)));
  const found = givenIn(trial).find((id) => {
    const values = Array.from(point.valueOf(id).data);
    if (isMeant(values) || (values.length === 1 && counts.has(values[0]))) return false;
    const isLabel = graph.node(id).op === 'input' && values.length === 1 && values[0] === 1;
    return trial.failsAt(
      point.with(new Map([[id, isLabel ? [0] : others(values, graph.node(id).shape)]])),
      reading,
    );
  });
  return found === undefined ? undefined : trial.subject.nameOf(found);
}

/** Constants, and inputs that are single numbers, which the statement names: no point draws them anew. */
function givenIn(trial: Trial): readonly NodeId[] {
  const { subject, statement, points } = trial;
  const known = someValues(trial);
  const named = statement.members
    .flatMap((member) => [...parts(member)])
    .flatMap((x) => {
      const reference = referenceOf(x, known, subject.indexCount);
      return (reference && subject.find(reference)) ?? [];
    });
  return [...new Set(named)].filter((id) => {
    const { op, name = '', shape } = subject.graph.node(id);
    const isNumber = op === 'input' && shape.length === 0 && points[0].leaves.has(id);
    return op === 'constant' || (isNumber && !subject.model.equations?.draws.has(name));
  });
}

/** Zeros, masks, classes and distributions are no numbers like others. */
function isMeant(values: readonly number[]): boolean {
  const sum = values.reduce((a, b) => a + b, 0);
  const isMask = values.every((v) => v === 0 || v === 1) && (values.length > 1 || values[0] === 0);
  return isMask || (values.length > 1 && Math.abs(sum - 1) < 1e-9 && values.every((v) => v >= 0));
}

/** Larger, each by as much as no number in use is; what is symmetric stays so. */
function others(values: readonly number[], [rows = 1, columns = 1]: Shape): readonly number[] {
  const random = uniform(20_261);
  const turned = (i: number) => (i % columns) * rows + Math.floor(i / columns);
  const isSymmetric = rows === columns && values.every((v, i) => v === values[turned(i)]);
  const factors = values.map(() => 1.2 + 0.4 * random());
  return values.map((v, i) => v * factors[isSymmetric ? Math.min(i, turned(i)) : i]);
}
