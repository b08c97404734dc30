/** A search for boxes that are equally far from a box by L2 and overlap it differently. */

import { uniform } from '../../src/model/random.ts';
import type { Box } from './iou.ts';

export interface EqualPair {
  /** The squared L2 distance of both from the box, in squared hundredths of its shorter side: a whole number. */
  readonly key: number;
  readonly low: { readonly box: Box; readonly iou: number };
  readonly high: { readonly box: Box; readonly iou: number };
}

export const TRIES = 20_000;
/** The furthest that a coordinate is moved, in hundredths of the shorter side. */
const REACH = 60;

/**
 * Moves each corner coordinate of `a` by a seeded whole number of hundredths of its shorter side. Boxes of one squared sum
 * of these numbers have exactly one L2 distance; of each such group of boxes the two whose IoU with `a` differs most,
 * by descending difference.
 */
export function equalDistancePairs(a: Box, seed: number, iouOf: (a: Box, b: Box) => number): EqualPair[] {
  const random = uniform(seed);
  const unit = Math.min(a[2] - a[0], a[3] - a[1]) / 100;
  const groups = new Map<number, EqualPair>();
  for (let i = 0; i < TRIES; i++) {
    const moves = a.map(() => Math.floor(random() * (2 * REACH + 1)) - REACH);
    const box = a.map((value, j) => value + moves[j] * unit) as unknown as Box;
    if (!(box[2] > box[0] && box[3] > box[1])) continue;
    const key = moves.reduce((sum, move) => sum + move * move, 0);
    const found = { box, iou: iouOf(a, box) };
    const group = groups.get(key) ?? { key, low: found, high: found };
    groups.set(key, {
      key,
      low: found.iou < group.low.iou ? found : group.low,
      high: found.iou > group.high.iou ? found : group.high,
    });
  }
  const gap = ({ low, high }: EqualPair) => high.iou - low.iou;
  return [...groups.values()].filter((pair) => gap(pair) > 0).sort((p, q) => gap(q) - gap(p));
}
