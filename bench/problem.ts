/** What every system computes: E and ∂E/∂U, ∂E/∂W, ∂E/∂V of one unrolled RNN with cross-entropy. */

import { rnn } from '../examples/rnn/rnn.ts';

export interface Size {
  readonly name: 'small' | 'large';
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly outputSize: number;
  readonly steps: number;
}

export const sizes: readonly Size[] = [
  { name: 'small', inputSize: 4, hiddenSize: 5, outputSize: 3, steps: 3 },
  { name: 'large', inputSize: 16, hiddenSize: 32, outputSize: 8, steps: 256 },
];

/** Plain numbers, row-major: U hidden×input, W hidden×hidden, V output×hidden, x steps×input, y steps×output. */
export interface Problem extends Size {
  readonly U: readonly number[];
  readonly W: readonly number[];
  readonly V: readonly number[];
  readonly H_0: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** E, and the gradients shaped like U, W and V, row-major. */
export interface Answer {
  readonly E: number;
  readonly U: ArrayLike<number>;
  readonly W: ArrayLike<number>;
  readonly V: ArrayLike<number>;
}

/** The example's own weights and data, so that all systems are given the same. */
export function problemOf(size: Size): Problem {
  const { builder, values } = rnn(size);
  const { graph } = builder;
  const sequence = (name: string) =>
    Array.from({ length: size.steps }, (_, i) => [...values[`${name}_${i + 1}`]]).flat();
  return {
    ...size,
    U: [...values.U],
    W: [...values.W],
    V: [...values.V],
    H_0: graph.node(graph.idOf('H_0')).attrs.value as number[],
    x: sequence('x'),
    y: sequence('y'),
  };
}

/** Row `i` of a matrix with `width` columns. */
export function row(matrix: readonly number[], i: number, width: number): readonly number[] {
  return matrix.slice(i * width, (i + 1) * width);
}

/** The largest difference from `ours`, relative to the largest entry of the array in question; and where it is. */
export function disagreement(theirs: Answer, ours: Answer): { readonly error: number; readonly of: string } {
  let worst = { error: Math.abs(theirs.E - ours.E) / Math.abs(ours.E), of: 'E' };
  for (const name of ['U', 'W', 'V'] as const) {
    const [a, b] = [Array.from(theirs[name]), Array.from(ours[name])];
    const scale = Math.max(...b.map(Math.abs));
    const difference =
      a.length === b.length ? Math.max(...b.map((value, i) => Math.abs(a[i] - value))) : Infinity;
    // a NaN among theirs is a difference too
    const error = Number.isNaN(difference) ? Infinity : difference / scale;
    if (error > worst.error) worst = { error, of: `d${name}` };
  }
  return worst;
}
