/** Random values of a model's leaves: inputs, targets and parameters, each drawn as what it is. */

import { isLeaf, type NodeId } from '../graph/graph.ts';
import { uniform } from '../model/random.ts';
import { Instance } from './instance.ts';
import type { Subject } from './subject.ts';

/**
 * What becomes of arrays that the equations give: they are drawn like any other, or near what is given, or kept. Where they
 * are drawn, parameters that are single or large numbers stay near these, unless they are drawn anywhere.
 */
export type Given = 'drawn' | 'near' | 'kept' | 'anywhere';

/**
 * A random point. Inputs and targets that are given as numbers, and zeros, stay as the model has them; parameters never
 * do, since what holds must hold of all their values. `width`: how far around 0 values are drawn.
 */
export function sample(subject: Subject, seed: number, values: Given = 'drawn', width = 1): Instance {
  const random = uniform(seed);
  for (let i = 0; i < 8; i++) random();
  const steps = subject.integers.get('T') ?? 1;
  const leaves = new Map<NodeId, readonly number[]>();
  for (const node of subject.graph.nodes) {
    if (!isLeaf(node) || node.adjointOf !== undefined || node.name === undefined) continue;
    const given = subject.model.values[node.name];
    if (given === undefined) continue;
    const { equations } = subject.model;
    const isParameter = node.op === 'parameter';
    const isGiven =
      equations !== undefined && (values === 'kept' || (node.shape.length === 0 && !isParameter));
    const draw =
      equations?.draws.get(node.name) ??
      (isGiven
        ? 'given'
        : values === 'near'
          ? 'near'
          : values === 'anywhere' && isParameter
            ? 'any'
            : drawLike(given, node.shape.length, isParameter));
    const drawnValues = drawn(draw, given, node.shape, random, steps, isParameter);
    leaves.set(node.id, draw === 'any' ? drawnValues.map((v) => width * v) : drawnValues);
  }
  return new Instance(subject, leaves);
}

/** Whether any parameter keeps its sign where points are drawn. */
export function keepsSigns({ graph, model }: Subject): boolean {
  return graph.nodes.some(({ op, shape, name, adjointOf }) => {
    const given = name === undefined ? undefined : model.values[name];
    if (op !== 'parameter' || adjointOf !== undefined || given === undefined) return false;
    return !model.equations?.draws.has(name!) && drawLike(given, shape.length, true) === 'near';
  });
}

/** Inputs and targets whose rows are all one-hot. */
export function hotRows({ leaves, subject: { graph } }: Instance): readonly HotRows[] {
  return [...leaves].flatMap(([id, values]) => {
    const { op, shape } = graph.node(id);
    const width = shape.at(-1) ?? 1;
    if (op === 'parameter' || width < 2) return [];
    const rows = Array.from({ length: values.length / width }, (_, r) =>
      values.slice(r * width, (r + 1) * width),
    );
    const isHot = (row: readonly number[]) =>
      row.filter((v) => v === 1).length === 1 && row.filter((v) => v !== 0).length === 1;
    return rows.every(isHot) ? [{ id, width, places: rows.map((row) => row.indexOf(1)) }] : [];
  });
}

export interface HotRows {
  readonly id: NodeId;
  readonly width: number;
  /** Where each row is 1. */
  readonly places: readonly number[];
}

/** How values are drawn that look like the given ones. */
function drawLike(given: readonly number[], rank: number, isParameter: boolean): string {
  if (isParameter)
    return given.some((v) => Math.abs(v) > 4) || (rank === 0 && given[0] !== 0) ? 'near' : 'any';
  const sum = given.reduce((a, b) => a + b, 0);
  if (given.length > 1 && sum === 1 && given.every((v) => v === 0 || v === 1)) return 'onehot';
  if (given.length > 1 && Math.abs(sum - 1) < 1e-9 && given.every((v) => v >= 0)) return 'distribution';
  if (given.every((v) => v === 0)) return rank === 0 ? 'given' : 'zero';
  if (given.some((v) => Math.abs(v) > 4) || rank === 0) return 'near';
  return 'any';
}

function drawn(
  draw: string,
  given: readonly number[],
  shape: readonly number[],
  random: () => number,
  steps: number,
  isParameter: boolean,
): readonly number[] {
  const width = shape.at(-1) ?? 1;
  /** Each row of a batch is a target of its own. */
  const inRows = (f: (row: readonly number[]) => readonly number[]) =>
    Array.from({ length: given.length / width }, (_, r) => f(given.slice(r * width, (r + 1) * width))).flat();
  const between = (low: number, high: number) => given.map(() => low + (high - low) * random());
  switch (draw) {
    case 'onehot':
      return inRows((row) => {
        const at = Math.floor(random() * row.length);
        return row.map((_, i) => (i === at ? 1 : 0));
      });
    case 'distribution':
      return inRows((row) => {
        const parts = row.map(() => 0.2 + 0.8 * random());
        const sum = parts.reduce((a, b) => a + b, 0);
        return parts.map((part) => part / sum);
      });
    case 'positive':
      return between(0.4, 1.8);
    case 'probability':
      return between(0.15, 0.85);
    case 'given':
      return given;
    case 'zero':
      return isParameter ? between(-0.7, 0.7) : given;
    case 'near':
      return given.map((v) => v * (0.94 + 0.12 * random()));
    default: {
      const values = between(-1, 1);
      if (shape.length === 2 && shape[0] === shape[1] && isParameter) return recurrent(values, shape[0]);
      if (shape.length === 0 && isParameter && steps > 6) return values.map((v) => Math.sign(v) + 0.2 * v);
      // small inputs keep activations away from saturation, where early steps would not be seen any more
      return values.map((v) => (isParameter ? 0.8 : steps > 6 ? 0.3 : 0.8) * v);
    }
  }
}

/**
 * A square matrix near an orthogonal one times 1.1: what it is multiplied with again and again neither vanishes nor
 * explodes, so that the first steps of a long chain count.
 */
function recurrent(values: readonly number[], n: number): number[] {
  const rows = Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
  rows.forEach((row, i) => {
    for (const earlier of rows.slice(0, i)) {
      const along = row.reduce((sum, v, j) => sum + v * earlier[j], 0);
      row.forEach((v, j) => {
        row[j] = v - along * earlier[j];
      });
    }
    const length = Math.hypot(...row) || 1;
    row.forEach((v, j) => {
      row[j] = v / length;
    });
  });
  return rows.flat().map((v, i) => 1.1 * v + 0.25 * values[i]);
}
