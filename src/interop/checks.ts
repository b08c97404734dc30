/** The gradient held against oracles that know none of our rules: finite differences and tfjs. */

import { differences } from '../autodiff/check.ts';
import { grad } from '../autodiff/grad.ts';
import { kinks } from '../autodiff/kinks.ts';
import { type Anomaly, anomalies } from '../chain/anomaly.ts';
import { kinkText } from '../chain/anomaly-text.ts';
import { GradpathError } from '../graph/error.ts';
import { isLeaf, type NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Model } from '../model/model.ts';
import { Builder } from '../ops/builder.ts';
import { firstNonFinite } from '../run/anomaly.ts';
import { Plan } from '../run/plan.ts';
import { besideKinks } from './beside.ts';
import { type Found, type Judgement, judge } from './compare.ts';
import { type Tfjs, tfjsGradients } from './tfjs/oracle.ts';
import { scatterOfTfjs } from './tfjs/scatter.ts';

export const oracles = ['tfjs', 'finite-differences'] as const;
export type Oracle = (typeof oracles)[number];

export interface Check {
  readonly against: Oracle;
  readonly dtype: 'float64' | 'float32';
  /** The largest over all parameters. */
  readonly maxRelativeError: number;
  readonly ok: boolean;
}

export interface CheckReport extends Check {
  /** Whether an error beyond the bound is excused: the oracle itself is no more accurate. */
  readonly limited: boolean;
  /** By name, each variable that was checked. */
  readonly parts: ReadonlyMap<string, Judgement>;
}

export const NO_TFJS = 'the check against tfjs is not available: @tensorflow/tfjs is not installed';

/** Largest relative errors that pass. */
export const bounds = { 'finite-differences': 1e-9, tfjs: 1e-4 } as const;

/**
 * Where an oracle is less accurate than the bound, an error is put down to that if it is no larger than this beside the
 * largest element of the gradient, or beside a ten-thousandth of the value: a gradient may be zero up to rounding.
 */
const MOST_EXCUSED = { 'finite-differences': 1e-6, tfjs: 1e-2 } as const;

/** Beyond so many elements read in all runs together, differences would take minutes: then only a sample is taken. */
const MAX_WORK = 3e8;
/** Runs for the difference by one element, at least. */
const RUNS = 10;
/** Elements of each variable below which a sample says too little. */
const LEAST_SAMPLE = 8;

/** What an oracle found, of all elements or of these. */
interface Sample extends Found {
  readonly elements?: readonly number[];
}

export interface Verification {
  /** Values or gradients that are not finite: there is nothing to check then. */
  readonly anomaly: Anomaly | undefined;
  readonly reports: readonly CheckReport[];
  /** What was not checked, or not at the given values, and why. */
  readonly skipped: readonly string[];
}

/**
 * Our gradients of the target by `wrt`, in float64, against the oracles; tfjs is asked if it is given. Where the values
 * sit exactly on a kink no oracle need agree with what is taken for the derivative: there the checks are made beside it.
 */
export function verifyGradients(
  model: Model,
  target: NodeId,
  wrt: readonly NodeId[],
  tf: Tfjs | undefined,
  against: readonly Oracle[] = oracles,
): Verification {
  const { builder, values } = model;
  const b = new Builder(builder.graph.copy());
  const derivatives = grad(b, target, wrt);
  const plan = new Plan(b.graph, [target, ...derivatives], { dtype: 'float64' }).setAll(values).run();
  if (firstNonFinite(b.graph, plan, b.graph.size - 1) !== undefined) {
    const anomaly = anomalies(builder, values, target, { wrt }).find(({ kind }) => kind === 'non-finite');
    if (anomaly !== undefined) return { anomaly, reports: [], skipped: [] };
  }
  const skipped: string[] = [];
  const [kink, ...others] = kinks(builder, values, target, wrt);
  let at = model;
  if (kink !== undefined) {
    const allFinite = (moved: Model['values']) =>
      firstNonFinite(b.graph, plan.setAll(moved).run(), b.graph.size - 1) === undefined;
    const beside = besideKinks(model, target, wrt, allFinite);
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    skipped.push(
      `the values are on a kink (${kinkText(builder.graph, kink)}${more}), ${whereChecked(beside?.step)}`,
    );
    at = { ...model, values: beside?.values ?? values };
    plan.setAll(at.values).run();
  }
  const found = new Map(wrt.map((id, i) => [id, plan.value(derivatives[i])]));
  const reports = runChecks(at, target, found, tf, (reason) => skipped.push(reason), against);
  return { anomaly: undefined, reports, skipped };
}

function whereChecked(step: number | undefined): string {
  if (step === undefined) return 'and so are all values tried beside it: an oracle may differ there';
  const percent = Number((100 * step).toPrecision(1));
  return `so the checks are made beside it, each element moved by up to ${step}, those beyond 1 by up to ${percent} %`;
}

/**
 * Checks the float64 gradients of the target by those of `wrt` that are leaves: against differences, and against tfjs
 * if it is given. `skip` is told why something is not checked.
 */
export function runChecks(
  model: Model,
  target: NodeId,
  wrt: ReadonlyMap<NodeId, ArrayLike<number>>,
  tf: Tfjs | undefined,
  skip: (reason: string) => void,
  against: readonly Oracle[] = oracles,
): CheckReport[] {
  const { builder, values } = model;
  const { graph } = builder;
  const leaves = [...wrt.keys()].filter((id) => isLeaf(graph.node(id)));
  for (const id of wrt.keys()) {
    if (!leaves.includes(id)) skip(`${graph.label(id)} is computed, so its gradient is not checked`);
  }
  if (leaves.length === 0) return [];
  const gradients = leaves.map((id) => wrt.get(id)!);
  const report = (oracle: Oracle, dtype: Check['dtype'], found: readonly Sample[]): CheckReport => {
    const bound = bounds[oracle];
    const judged = gradients.map((gradient, i) => {
      const { elements } = found[i];
      const ours = elements === undefined ? gradient : elements.map((at) => gradient[at]);
      return judge(ours, found[i], bound, MOST_EXCUSED[oracle] * sizeOfResult[i]);
    });
    return {
      against: oracle,
      dtype,
      maxRelativeError: Math.max(...judged.map(({ error }) => error)),
      ok: judged.every(({ ok }) => ok),
      limited: judged.some(({ error, ok }) => ok && !(error <= bound)),
      parts: new Map(leaves.map((id, i) => [graph.label(id), judged[i]])),
    };
  };

  const value = Math.abs(targetValue(model, target));
  const sizeOfResult = gradients.map((gradient) => Math.max(distance(gradient, []), 1e-4 * value));
  const reports: CheckReport[] = [];
  if (against.includes('finite-differences')) {
    const sizes = leaves.map((id) => sizeOf(graph.node(id).shape));
    const elements = sizes.reduce((sum, size) => sum + size, 0);
    const affordable = MAX_WORK / (RUNS * costOf(model, target));
    const most = elements <= affordable ? elements : Math.floor(affordable / leaves.length);
    if (most < Math.min(LEAST_SAMPLE, elements)) {
      skip(`finite differences are left out: ${elements} elements would take too long`);
    } else {
      const found = differences(builder, values, target, leaves, most);
      const taken = found.reduce((sum, { elements: { length } }) => sum + length, 0);
      if (taken < elements) {
        skip(
          `finite differences are of ${taken} of ${elements} elements, spread over all: more would take too long`,
        );
      }
      reports.push(report('finite-differences', 'float64', found));
    }
  }
  if (tf !== undefined && against.includes('tfjs')) {
    try {
      const { gradients: theirs } = tfjsGradients(tf, graph, values, target, leaves);
      const rounded = gradients.map((gradient) => ROUNDING * distance(gradient, []));
      const reportWith = (uncertaintyOf: (i: number, j: number) => number) => {
        const found = theirs.map((derivative, i) => ({
          derivative,
          uncertainty: Float64Array.from(derivative, (_, j) => uncertaintyOf(i, j)),
        }));
        return report('tfjs', 'float32', found);
      };
      const first = reportWith((i) => rounded[i]);
      const scatter = first.ok ? [] : scatterOfTfjs(tf, model, target, leaves);
      reports.push(first.ok ? first : reportWith((i, j) => Math.max(rounded[i], scatter[i][j])));
    } catch (error) {
      if (error instanceof GradpathError) throw error;
      skip(`the check against tfjs is not available: ${(error as Error).message}`);
    }
  }
  return reports;
}

/** Rounding in float32 beside the largest element, whatever its errors cancel to. */
const ROUNDING = 3e-7;
function targetValue({ builder, values }: Model, target: NodeId): number {
  return new Plan(builder.graph, [target], { dtype: 'float64' }).setAll(values).run().value(target)[0];
}

/** The largest |a − b|; b is zero where it has no element. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - (b[i] ?? 0)));
  return largest;
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
