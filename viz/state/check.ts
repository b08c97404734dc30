/** The gradients of the document beside those of two systems that know none of our rules. */

import { grad } from '../../src/autodiff/grad.ts';
import { bounds, type CheckReport, runChecks } from '../../src/interop/checks.ts';
import type { Tfjs } from '../../src/interop/tfjs/oracle.ts';
import { Builder } from '../../src/ops/builder.ts';
import { firstNonFinite } from '../../src/run/anomaly.ts';
import { Plan } from '../../src/run/plan.ts';
import type { Document } from './document.ts';

export interface CheckResult {
  /** Which value is no finite number, so that nothing can be compared. */
  readonly anomaly: string | undefined;
  readonly reports: readonly CheckReport[];
  /** What was not checked, and why. */
  readonly skipped: readonly string[];
}

export { bounds };

/** Compares ∂target/∂parameter for all parameters: with finite differences, and with tfjs. */
export function check(document: Document, target: string, tf: Tfjs): CheckResult {
  const { model } = document;
  const b = new Builder(model.builder.graph.copy());
  const y = b.graph.idOf(target);
  const xs = document.parameters.map((name) => b.graph.idOf(name));
  const gradients = grad(b, y, xs);
  const plan = new Plan(b.graph, [y, ...gradients], { dtype: 'float64' }).setAll(model.values).run();
  const anomaly = firstNonFinite(b.graph, plan, Math.max(y, ...gradients));
  if (anomaly !== undefined) {
    const variable = anomaly.variable ?? b.graph.label(anomaly.node);
    return {
      anomaly: `${variable}: ${b.graph.label(anomaly.node)} is ${anomaly.value}`,
      reports: [],
      skipped: [],
    };
  }
  const found = new Map(xs.map((x, i) => [x, plan.value(gradients[i])]));
  const skipped: string[] = [];
  const reports = runChecks(model, y, found, tf, (reason) => skipped.push(reason));
  return { anomaly: undefined, reports, skipped };
}
