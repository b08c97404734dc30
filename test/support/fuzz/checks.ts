/** What must hold of any graph: four ways to the gradient agree, and a document holds all of it. */

import { expect } from 'vitest';
import { differences } from '../../../src/autodiff/check.ts';
import { grad } from '../../../src/autodiff/grad.ts';
import type { NodeId } from '../../../src/graph/graph.ts';
import { maxRelativeError } from '../../../src/interop/compare.ts';
import { type Tfjs, tfjsGradients } from '../../../src/interop/tfjs/oracle.ts';
import { modelFromJSON, modelToJSON } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Builder } from '../../../src/ops/builder.ts';
import { expectDifferences, expectSameSums } from '../agree.ts';
import { gradientBits } from '../documents.ts';
import { evaluate, tensor } from '../reference/index.ts';
import { refusalOfTfjs } from '../tfjs.ts';
import { randomValues, run } from '../trial.ts';
import { roundingErrors } from './rounding.ts';

const DIRECTIONS = 2;
/** The rounding of doubles, as a part of that of float32. */
const DOUBLE = 2 ** -29;
/** Below it float32 has fewer digits, and then none. */
const SMALLEST = 2 ** -126;
/** tfjs gives each of several equal extremes the whole gradient; repeated elements are common here. */
const TIES_COUNT_TWICE = ['reduceMax', 'reduceMin', 'maxPool'];

export interface Checked {
  /** tfjs could be asked as well. */
  readonly isAsked: boolean;
  /** Differences told the gradient well. */
  readonly isSettled: boolean;
}

/** Throws where something does not hold. */
export function checkGraph(b: Builder, values: Record<string, number[]>, tf: Tfjs): Checked {
  const { graph } = b;
  const E = graph.idOf('E');
  const xs = graph.nodes.filter((node) => node.op === 'parameter').map((node) => node.id);
  checkDocument(b, values);
  const gradients = grad(b, E, xs);
  const [[value], ...exact] = run(b, [E, ...gradients], values);

  // forward mode of the reference, along random directions
  for (let k = 0; k < DIRECTIONS; k++) {
    const directions = new Map(
      xs.map((x, i) => [graph.node(x).name!, randomValues(exact[i].length, 97 * k + i + 1)]),
    );
    const pushed = evaluate(graph, E, (name) =>
      tensor(graph.node(graph.idOf(name)).shape, values[name], directions.get(name)),
    )[E].at[0];
    expect(Math.abs(value - pushed.v), 'value').toBeLessThanOrEqual(1e-11 * Math.abs(value));
    const along = exact.flatMap((gradient, i) => {
      const u = directions.get(graph.node(xs[i]).name!)!;
      return gradient.map((g, j) => g * u[j]);
    });
    expectSameSums([pushed.d], along, 1e-11, 'dual numbers');
  }

  const lean = run(b, gradients, values, { mode: 'lean' });
  exact.forEach((gradient, i) => {
    if (maxRelativeError(lean[i], gradient, 1e-2) < 1e-11) return;
    // where all terms cancel, what is left is the rounding of each
    const [rounding] = roundingErrors(b, values, [gradients[i]]);
    const error = Math.max(...gradient.map((element, j) => Math.abs(lean[i][j] - element)));
    expect(error, `lean run, ${graph.label(xs[i])}`).toBeLessThanOrEqual(DOUBLE * rounding);
  });

  const isSettled = checkDifferences(b, values, E, xs, exact);
  const isAsked = graph.nodes.slice(0, E + 1).every((node) => {
    if (TIES_COUNT_TWICE.includes(node.op)) return false;
    const shapes = node.inputs.map((id) => graph.node(id).shape);
    return refusalOfTfjs(node.op, shapes, node.shape, node.attrs) === undefined;
  });
  if (isAsked) checkTfjs(tf, b, values, E, xs, gradients, exact);
  return { isAsked, isSettled };
}

/** Read back from its document, the graph has the same gradients to the last bit. */
function checkDocument(b: Builder, values: Record<string, number[]>): void {
  const model: Model = { name: 'fuzz', title: 'A random graph', builder: b, values, target: 'E' };
  const text = modelToJSON(model);
  const read = modelFromJSON(text);
  expect(modelToJSON(read), 'a document of what was read').toBe(text);
  expect(gradientBits(read), 'gradients of what was read').toEqual(gradientBits(model));
}

/** Against differences, element by element, 1e-9 and what they are sure to. True if that is 1e-8 of the largest gradient. */
function checkDifferences(
  b: Builder,
  values: Record<string, number[]>,
  E: NodeId,
  xs: readonly NodeId[],
  exact: readonly number[][],
): boolean {
  const all = differences(b, values, E, xs);
  all.forEach((found, i) =>
    expectDifferences(exact[i], found, 1e-9, `differences by ${b.graph.label(xs[i])}`, Infinity),
  );
  const largest = Math.max(...exact.flat().map(Math.abs));
  return Math.max(...all.flatMap(({ uncertainty }) => [...uncertainty])) <= 1e-8 * largest;
}

/** Against tfjs, 1e-4, and what its float32 costs this graph: that is told by the graph's own conditioning. */
function checkTfjs(
  tf: Tfjs,
  b: Builder,
  values: Record<string, number[]>,
  E: NodeId,
  xs: readonly NodeId[],
  gradients: readonly NodeId[],
  exact: readonly number[][],
): void {
  // tfjs throws where every way from x to E leads through a flat op, and the gradient is 0
  const ways = xs.map((_, i) => i).filter((i) => exact[i].some((element) => element !== 0));
  const oracle = tfjsGradients(
    tf,
    b.graph,
    values,
    E,
    ways.map((i) => xs[i]),
  );
  const sizes = exact.map((gradient) => Math.max(...gradient.map(Math.abs)));
  const rounding = roundingErrors(b, values, gradients);
  ways.forEach((i, k) => {
    exact[i].forEach((element, j) => {
      const error = Math.abs(oracle.gradients[k][j] - element);
      const allowed = 1e-4 * Math.max(Math.abs(element), 1e-2 * sizes[i]) + rounding[i] + SMALLEST;
      const label = `tfjs by ${b.graph.label(xs[i])}, element ${j}`;
      expect(error, label).toBeLessThanOrEqual(allowed);
    });
  });
}
