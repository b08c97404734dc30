/** Sizes of a recurrent network, each with where it comes from, so that a misfit is told with the reason. */

import { GradpathError } from '../../src/graph/error.ts';
import { formatShape, type Shape, sameShape } from '../../src/graph/shape.ts';
import type { Values } from '../../src/run/values.ts';

/** `hidden size 4 from the rows of W`. */
export interface Size {
  readonly n: number;
  readonly reason: string;
}

/** The first candidate that says a size: what was asked for, then the weights, then the data. */
export function firstSize(
  what: string,
  byDefault: number,
  candidates: readonly (readonly [number | undefined, string])[],
): Size {
  const [n, from] = candidates.find(([n]) => n !== undefined) ?? [byDefault, 'by default'];
  return { n: n!, reason: `${what} size ${n} ${from}` };
}

/** Lists whose sizes do not fit are told together with where the expected sizes come from. */
export function requireShape(name: string, given: Values | undefined, shape: Shape, reason: string): void {
  if (!isList(given)) return;
  const found = [given.length, ...(isList(given[0]) ? [given[0].length] : [])];
  if (found.length !== shape.length || sameShape(found, shape)) return;
  const misfit =
    shape.length === 1
      ? `${name}: ${found[0]} values given, expected ${shape[0]}`
      : `${name} is ${formatShape(found)}, expected ${formatShape(shape)}`;
  throw new GradpathError('value', `${misfit} (${reason})`, name);
}

const isList = (values: Values | undefined): values is readonly Values[] => Array.isArray(values);

export const rows = (values: Values | undefined): number | undefined =>
  isList(values) ? values.length : undefined;

export const columns = (values: Values | undefined): number | undefined =>
  isList(values) && isList(values[0]) ? values[0].length : undefined;
