/** A small imbalanced data set, as of an object detector: few hard positives, many easy negatives. */

import { uniform } from '../../src/model/random.ts';

export interface Imbalanced {
  /** Logits of the examples of class 1. */
  readonly positives: readonly number[];
  /** Logits of the examples of class 0. */
  readonly negatives: readonly number[];
}

export const POSITIVES = 10;

/** The means of the logits: a positive has p = ½ or so, a negative p = 0.02. Both have standard deviation 1. */
export const MEANS = { positives: 0, negatives: -4 } as const;

/** Seeded logits: 10 positives from N(0, 1), and `perPositive` times as many negatives from N(−4, 1). */
export function imbalanced(seed: number, perPositive: number): Imbalanced {
  const random = uniform(seed);
  // Box and Muller (1958): 1 − u is in (0, 1]
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const draw = (count: number, mean: number) => Array.from({ length: count }, () => mean + normal());
  return {
    positives: draw(POSITIVES, MEANS.positives),
    negatives: draw(POSITIVES * perPositive, MEANS.negatives),
  };
}
