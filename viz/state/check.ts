/** The gradients of the document beside those of two systems that know none of our rules. */

import { finiteDifferences } from '../../src/autodiff/check.ts';
import { grad } from '../../src/autodiff/grad.ts';
import { maxRelativeError } from '../../src/interop/compare.ts';
import { type Tfjs, tfjsGradients } from '../../src/interop/tfjs/oracle.ts';
import { Plan } from '../../src/run/plan.ts';
import type { Document } from './document.ts';

export interface Comparison {
  readonly parameter: string;
  /** Largest relative error of an element. */
  readonly error: number;
  readonly ok: boolean;
}

export interface CheckResult {
  readonly against: string;
  readonly precision: string;
  readonly tolerance: number;
  readonly rows: readonly Comparison[];
}

/** Compares ∂target/∂parameter for all parameters: with finite differences, and with tfjs. */
export function check(document: Document, target: string, tf: Tfjs): CheckResult[] {
  const model = document.build();
  const { graph } = model.builder;
  const forward = document.build().builder.graph; // the oracles get a graph without our derivatives
  const y = graph.idOf(target);
  const xs = document.parameters.map((name) => graph.idOf(name));
  const gradients = grad(model.builder, y, xs);
  const plan = new Plan(graph, gradients, { dtype: 'float64' }).setAll(model.values).run();
  const ours = gradients.map((id) => plan.value(id));
  const compare = (
    against: string,
    precision: string,
    tolerance: number,
    theirs: readonly ArrayLike<number>[],
  ) => ({
    against,
    precision,
    tolerance,
    rows: document.parameters.map((parameter, i) => {
      const error = maxRelativeError(ours[i], theirs[i]);
      return { parameter, error, ok: error <= tolerance };
    }),
  });
  const differences = finiteDifferences(document.build().builder, model.values, y, xs);
  return [
    compare('tfjs', 'float32', 1e-4, tfjsGradients(tf, forward, model.values, y, xs).gradients),
    compare('finite differences', 'float64', 1e-8, differences),
  ];
}
