/** What a recurrent network reads and predicts: x_1 … x_T, y_1 … y_T, and the loss E_t of a prediction. */

import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { formatShape } from '../../src/graph/shape.ts';
import type { Builder } from '../../src/ops/builder.ts';
import { checkedValues } from '../../src/run/values.ts';
import type { Size } from './sizes.ts';
import { weatherInputs, weatherSteps, weatherTargets } from './weather.ts';

export const losses = ['cross-entropy', 'squared-error'] as const;
export type Loss = (typeof losses)[number];

/** The cross-entropy of softmax(O) and the distribution y, or ½‖O − y‖². */
export function lossAt(b: Builder, loss: Loss, O: NodeId, y: NodeId): NodeId {
  if (loss === 'cross-entropy') return b.crossEntropy(b.softmax(O), y);
  const squared = b.sum(b.square(b.sub(O, y)), { axes: [0], keepDims: false });
  return b.affine(squared, { scale: 0.5, shift: 0 });
}

/** Seattle's weather where the sizes fit it, else seeded numbers in [−1, 1). */
export function defaultInputs(steps: number, size: number, random: () => number): number[][] {
  if (size !== 3)
    return Array.from({ length: steps }, () => Array.from({ length: size }, () => 2 * random() - 1));
  if (steps <= weatherSteps) return weatherInputs(steps);
  throw new GradpathError(
    'option',
    `steps is ${steps}, but the shipped sequence has ${weatherSteps} days; give your own with --inputs`,
    'steps',
  );
}

/** Whether it rains the next day, for the weather and two classes; else seeded one-hot vectors. */
export function defaultTargets(
  steps: number,
  size: number,
  random: () => number,
  weather: boolean,
): number[][] {
  if (weather && size === 2 && steps <= weatherSteps) return weatherTargets(steps);
  return Array.from({ length: steps }, () => {
    const hot = Math.floor(random() * size);
    return Array.from({ length: size }, (_, i) => (i === hot ? 1 : 0));
  });
}

/** The first `steps` vectors, checked; `name` is x or y. */
export function sequence(
  name: string,
  vectors: readonly (readonly number[])[],
  steps: number,
  size: Size,
): number[][] {
  if (vectors.length < steps) {
    throw new GradpathError(
      'value',
      `${name}_${vectors.length + 1} is missing: ${vectors.length} vectors given, ${steps} steps need ${steps}`,
      name,
    );
  }
  return vectors.slice(0, steps).map((vector, i) => {
    if (vector.length !== size.n) {
      const message = `${name}_${i + 1} is ${formatShape([vector.length])}, expected ${size.n} (${size.reason})`;
      throw new GradpathError('value', message, `${name}_${i + 1}`);
    }
    return [...checkedValues(vector, [size.n], `${name}_${i + 1}`)];
  });
}

export function requireDistribution(name: string, y: readonly number[]): void {
  const sum = y.reduce((total, p) => total + p, 0);
  if (y.some((p) => p < 0) || Math.abs(sum - 1) > 1e-9) {
    const shown = y.map((p) => Number(p.toPrecision(6))).join(', ');
    throw new GradpathError(
      'value',
      `${name} is [${shown}], expected probabilities that sum to 1 (use --loss squared-error for other targets)`,
      name,
    );
  }
}
