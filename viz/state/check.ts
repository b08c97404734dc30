/** The gradients of the document beside those of two systems that know none of our rules. */

import { anomalyText } from '../../src/chain/anomaly-text.ts';
import { bounds, type CheckReport, verifyGradients } from '../../src/interop/checks.ts';
import type { Tfjs } from '../../src/interop/tfjs/oracle.ts';
import type { Document } from './document.ts';
import { pretty } from './names.ts';

export interface CheckResult {
  /** Which value is no finite number, so that nothing can be compared. */
  readonly anomaly: string | undefined;
  readonly reports: readonly CheckReport[];
  /** What was not checked, and why. */
  readonly skipped: readonly string[];
}

export { bounds };

/** Compares ∂target/∂parameter for all parameters: with finite differences, and with tfjs. */
export function check({ model, graph, parameters }: Document, target: string, tf: Tfjs): CheckResult {
  const y = graph.idOf(target);
  const wrt = parameters.map((name) => graph.idOf(name));
  const { anomaly, reports, skipped } = verifyGradients(model, y, wrt, tf);
  const line = anomaly === undefined ? undefined : anomalyText(graph, y, anomaly, pretty);
  return { anomaly: line, reports, skipped };
}
