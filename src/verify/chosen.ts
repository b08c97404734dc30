/** Points at which the conditions of a statement hold: enough of them, on all sides of what bends, and of all classes. */

import type { NodeId } from '../graph/graph.ts';
import type { Integers } from '../model/equations/integers.ts';
import type { Conditions } from './conditions.ts';
import type { Instance } from './instance.ts';
import { classFacts, type Points } from './points.ts';
import type { Reading } from './reading.ts';
import { hotRows } from './sample.ts';
import { bentNodes, elementSidesAt, sidesAt } from './sides.ts';

/** As many points as no coincidence holds at, and the fewest that show anything. */
const ENOUGH = 12;
const FEWEST = 5;
/** Most points that are drawn in all, that are drawn in a row without anything new, and that are kept. */
const MOST_DRAWN = 240;
const MOST_IN_VAIN = 60;
const MOST_KEPT = 36;
/** Most classes that are sought, and points that are drawn for one. */
const MOST_CLASSES = 12;
const MOST_OF_CLASS = 40;

export interface Chosen {
  readonly points: readonly Instance[];
  /** The conditions hold at so few that these show nothing. */
  readonly areFew: boolean;
}

/** Of the points those at which the conditions hold, with further ones: none if they hold nowhere. */
export function chosenPoints(
  points: readonly Instance[],
  conditions: Conditions,
  assignments: readonly Integers[],
  sought: Points['sought'],
  reading: Reading,
): Chosen {
  if (!conditions.areChosen || points.length === 0)
    return { points: conditions.met(points, reading), areFew: false };
  const bent = bentNodes(points[0].subject);
  const seen = new Set<string>();
  /** Whether a point shows anything that others did not. */
  const see = (point: Instance): boolean => {
    const before = seen.size;
    const sides = [...sidesAt(bent, point.valueOf), ...elementSidesAt(bent, point.valueOf)];
    for (const fact of [...sides, ...classFacts(point)]) seen.add(fact);
    return seen.size > before;
  };
  const kept = points.flatMap((point) => conditions.metAt(point, assignments, reading) ?? []);
  kept.forEach(see);
  let inVain = 0;
  for (let turn = 0; turn < MOST_DRAWN && kept.length < MOST_KEPT; turn++) {
    if (kept.length >= ENOUGH && inVain > MOST_IN_VAIN) break;
    const drawn = sought(turn);
    if (drawn === undefined) break;
    inVain++;
    const point = conditions.metAt(drawn, assignments, reading);
    if (point === undefined) continue;
    const isNew = see(point);
    if (isNew) inVain = 0;
    if (isNew || kept.length < ENOUGH) kept.push(point);
  }
  // what holds of the likelier classes alone does not hold
  for (const [i, at] of openClasses(points[0], kept).entries()) {
    for (let turn = 0; turn < MOST_OF_CLASS; turn++) {
      const drawn = sought(MOST_DRAWN + i * MOST_OF_CLASS + turn);
      const point = drawn && conditions.metAt(ofClass(drawn, at), assignments, reading);
      if (point === undefined) continue;
      kept.push(point);
      break;
    }
  }
  return { points: kept, areFew: kept.length < FEWEST && sought(0) !== undefined };
}

interface Class {
  readonly id: NodeId;
  readonly row: number;
  readonly width: number;
  readonly place: number;
}

/** The classes of one-hot rows that none of the points has. */
function openClasses(some: Instance, points: readonly Instance[]): readonly Class[] {
  const keyOf = ({ id, row, place }: Omit<Class, 'width'>) => `${id} ${row} ${place}`;
  const seen = new Set(
    points.flatMap((point) =>
      hotRows(point).flatMap(({ id, places }) => places.map((place, row) => keyOf({ id, row, place }))),
    ),
  );
  return hotRows(some)
    .flatMap(({ id, width, places }) =>
      places.flatMap((_, row) => Array.from({ length: width }, (_, place) => ({ id, row, width, place }))),
    )
    .filter((one) => !seen.has(keyOf(one)))
    .slice(0, MOST_CLASSES);
}

function ofClass(point: Instance, { id, row, width, place }: Class): Instance {
  const values = [...(point.leaves.get(id) ?? [])];
  for (let i = 0; i < width; i++) values[row * width + i] = i === place ? 1 : 0;
  return point.with(new Map([[id, values]]));
}
