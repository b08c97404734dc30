/** Where a statement has kinks, and how far a point is from them. */

import type { Integers } from '../model/equations/integers.ts';
import type { Expr } from '../notation/tree.ts';
import { indicatorValue } from './evaluate/condition.ts';
import type { Context } from './evaluate/evaluation.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import type { Instance } from './instance.ts';
import type { Gap, Site, Watch } from './kinks.ts';
import type { Reading } from './reading.ts';

/** What is evaluated, for which values of the free indices. */
export interface Tried {
  readonly context: Context;
  readonly watch: Watch;
  readonly reading: Reading;
  readonly members: readonly Expr[];
  readonly conditions: readonly Expr[];
  readonly assignments: readonly Integers[];
}

/** In the order in which they are evaluated; elements under other values of the indices are put together. */
export function sitesAt(tried: Tried, point: Instance): readonly Site[] {
  const { context, watch, reading, members, conditions, assignments } = tried;
  const own: Gap[] = [];
  const ofConditions: Gap[] = [];
  const relations = conditions.filter(({ kind }) => kind === 'relation');
  for (const at of assignments) {
    const evaluator = new Evaluator(
      { ...context, work: { parts: 0 }, definitions: new WeakMap() },
      point,
      reading,
    );
    const gaps = (parts: readonly Expr[], f: (part: Expr) => unknown) =>
      watch.gapsIn(() => {
        for (const part of parts) {
          try {
            f(part);
          } catch {
            // what has no value here has it for other values of the indices, or is found wanting elsewhere
          }
        }
      });
    put(
      own,
      gaps(members, (member) => evaluator.value(member, at)),
    );
    put(
      ofConditions,
      gaps(relations, (condition) => indicatorValue(evaluator, condition, at)),
    );
  }
  return [
    ...own.map((gap) => ({ ...gap, isCondition: false })),
    ...ofConditions.map((gap) => ({ ...gap, isCondition: true })),
  ];
}

function put(all: Gap[], gaps: readonly Gap[]): void {
  for (const [i, gap] of gaps.entries())
    all[i] = { ...gap, values: [...(all[i]?.values ?? []), ...gap.values] };
}
