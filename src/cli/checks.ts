/** The gradient held against oracles that know none of our rules: finite differences and tfjs. */

import { finiteDifferences } from '../autodiff/check.ts';
import { GradpathError } from '../graph/error.ts';
import { isLeaf, type NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import { maxRelativeError } from '../interop/compare.ts';
import type { Model } from '../model/model.ts';

export interface Check {
  readonly against: 'finite-differences' | 'tfjs';
  readonly dtype: 'float64' | 'float32';
  /** The largest over all parameters. */
  readonly maxRelativeError: number;
  readonly ok: boolean;
}

export interface CheckReport extends Check {
  /** Largest relative error of each variable that was checked, by name. */
  readonly errors: ReadonlyMap<string, number>;
}

/** Largest relative errors that pass. */
export const bounds = { 'finite-differences': 1e-9, tfjs: 1e-4 } as const;

/** Beyond so many elements read in all runs together, differences would take minutes. */
const MAX_WORK = 3e8;

/** Checks the gradients of the target by those of `wrt` that are leaves. `skip` is told why something is not checked. */
export async function runChecks(
  model: Model,
  target: NodeId,
  wrt: ReadonlyMap<NodeId, Float64Array>,
  skip: (reason: string) => void,
): Promise<CheckReport[]> {
  const { builder, values } = model;
  const { graph } = builder;
  const leaves = [...wrt.keys()].filter((id) => isLeaf(graph.node(id)));
  for (const id of wrt.keys()) {
    if (!leaves.includes(id)) skip(`${graph.label(id)} is computed, so its gradient is not checked`);
  }
  if (leaves.length === 0) return [];
  const report = (against: Check['against'], dtype: Check['dtype'], found: readonly ArrayLike<number>[]) => {
    const errors = new Map(
      leaves.map((id, i) => [graph.label(id), maxRelativeError(found[i], wrt.get(id)!)] as const),
    );
    const worst = Math.max(...errors.values());
    return { against, dtype, maxRelativeError: worst, ok: worst <= bounds[against], errors };
  };

  const reports: CheckReport[] = [];
  const elements = leaves.reduce((sum, id) => sum + sizeOf(graph.node(id).shape), 0);
  if (4 * elements * costOf(model, target) > MAX_WORK) {
    skip(`finite differences are left out: ${elements} elements would take too long`);
  } else {
    reports.push(report('finite-differences', 'float64', finiteDifferences(builder, values, target, leaves)));
  }
  try {
    const [{ loadTfjs }, { tfjsGradients }] = await Promise.all([
      import('../interop/tfjs/load.ts'),
      import('../interop/tfjs/oracle.ts'),
    ]);
    const tf = await loadTfjs();
    if (tf === undefined) skip('the check against tfjs is not available: @tensorflow/tfjs is not installed');
    else reports.push(report('tfjs', 'float32', tfjsGradients(tf, graph, values, target, leaves).gradients));
  } catch (error) {
    if (error instanceof GradpathError) throw error;
    skip(`the check against tfjs is not available: ${(error as Error).message}`);
  }
  return reports;
}

/** Elements read in one run of the graph up to the target. */
function costOf({ builder: { graph } }: Model, target: NodeId): number {
  let cost = 0;
  for (const { id, inputs } of graph.nodes) {
    if (id > target) break;
    for (const input of inputs) cost += sizeOf(graph.node(input).shape);
  }
  return cost;
}
