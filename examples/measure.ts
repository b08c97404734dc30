/** What studies share: values and gradients of a model, and numbers as sentences show them. */

import { grad } from '../src/autodiff/grad.ts';
import type { Model } from '../src/model/model.ts';
import { Builder } from '../src/ops/builder.ts';
import { Plan } from '../src/run/plan.ts';

export interface Measured {
  /** The value of a variable, row-major. */
  readonly value: (name: string) => readonly number[];
  /** ∂of/∂x for each x of `wrt`, shaped like x, row-major. */
  readonly gradients: readonly (readonly number[])[];
}

/** Runs a model once with the gradients of the scalar `of`; the model's own graph stays as it is. */
export function measure(model: Model, of: string, wrt: readonly string[]): Measured {
  const b = new Builder(model.builder.graph.copy());
  const { graph } = b;
  const target = graph.idOf(of);
  const variables = graph.nodes.filter((node) => node.name !== undefined).map((node) => node.id);
  const derivatives = grad(
    b,
    target,
    wrt.map((name) => graph.idOf(name)),
  );
  const plan = new Plan(graph, [...variables, ...derivatives]).setAll(model.values).run();
  return {
    value: (name) => [...plan.value(graph.idOf(name))],
    gradients: derivatives.map((id) => [...plan.value(id)]),
  };
}

/** The largest |a − b|. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} elements cannot be compared`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference; // NaN stays
  }
  return largest;
}

/** A number in a sentence: so many significant digits at most, `0.2658`, `1.1e-16`. */
export function shown(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits))).replace('e+', 'e');
}
