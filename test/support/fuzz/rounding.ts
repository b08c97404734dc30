/**
 * What single precision costs a gradient: how far it moves when each result on the way is off by what rounding may do to
 * it, drawn at random (Parker 1997, "Monte Carlo Arithmetic"). It is a bound of the graph, not of who computes it: a run of
 * our own in float32 may be lucky, as where the two terms of (x/x)′ cancel to the last bit.
 */

import { isLeaf, type Node, type NodeId } from '../../../src/graph/graph.ts';
import { uniform } from '../../../src/model/random.ts';
import { Builder } from '../../../src/ops/builder.ts';
import { Plan } from '../../../src/run/plan.ts';

const DRAWS = 8;
/** A few units in the last place of float32: others round several times where an op of ours does so once. */
const ERROR = 2 ** -21;

/** They take differences on the way, whose rounding is that of what is subtracted. */
const SUBTRACT = new Set(['logSoftmax', 'softmaxExcess', 'softmaxGradient', 'erfc']);

/** A leaf of the noisy copy that is added to a value. */
interface Noise {
  readonly id: NodeId;
  readonly value: ArrayLike<number>;
  readonly sizes: readonly number[];
  /** The same operation on the same operands rounds alike. */
  readonly operation: number;
}

/** By output, how far an element is moved at most by such relative errors in all values that it depends on. */
export function roundingErrors(
  b: Builder,
  values: Readonly<Record<string, readonly number[]>>,
  outputs: readonly NodeId[],
): number[] {
  const exact = new Plan(b.graph, outputs).setAll(values).run();
  const { copy, noisy, noise } = withNoise(b, exact);
  const ids = outputs.map((id) => noisy[id]);
  const plan = new Plan(copy.graph, ids);
  for (const [name, value] of Object.entries(values))
    if (copy.graph.find(name) !== undefined) plan.set(name, value);
  const random = uniform(1);
  const worst = outputs.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = new Map<string, number>();
    for (const { id, value, sizes, operation } of noise) {
      const errors = sizes.map((size, j) => {
        const key = `${value[j]} of ${operation}`;
        const part = drawn.get(key) ?? 2 * random() - 1;
        drawn.set(key, part);
        return ERROR * size * part;
      });
      plan.set(id, errors);
    }
    plan.run();
    outputs.forEach((output, i) => {
      const moved = plan.value(ids[i]);
      exact.value(output).forEach((element, j) => {
        worst[i] = Math.max(worst[i], Math.abs(moved[j] - element));
      });
    });
  }
  return worst;
}

/** The graph of what the plan computes, with a leaf added to each value that is rounded. */
function withNoise(b: Builder, exact: Plan): { copy: Builder; noisy: NodeId[]; noise: Noise[] } {
  const copy = new Builder();
  const noisy: NodeId[] = [];
  const noise: Noise[] = [];
  const numbers = new Map<string, number>();
  const operations: number[] = []; // by node
  for (const node of b.graph.nodes) {
    if (!exact.keeps(node.id)) continue;
    const inputs = node.inputs.map((input) => noisy[input]);
    const id = copy.graph.append({ ...node, adjointOf: undefined, inputs });
    if (isLeaf(node) && node.name !== undefined) copy.graph.name(id, node.name);
    const operands = node.inputs.map((input) => operations[input]);
    const operation = JSON.stringify([isLeaf(node) ? node.id : node.op, operands, node.attrs]);
    operations[node.id] = numbers.get(operation) ?? numbers.size;
    numbers.set(operation, operations[node.id]);
    const sizes = magnitudes(node, exact);
    noisy[node.id] = id;
    if (sizes.every((size) => size === 0)) continue;
    const error = copy.input(`noise_${node.id}`, node.shape);
    noise.push({ id: error, value: exact.value(node.id), sizes, operation: operations[node.id] });
    noisy[node.id] = copy.add(id, error);
  }
  return { copy, noisy, noise };
}

/** The numbers whose rounding a value's elements have; 0 for whole numbers and those of an operand, which are exact. */
function magnitudes(node: Node, exact: Plan): number[] {
  const operands = node.inputs.flatMap((id) => [...exact.value(id)]);
  const given = new Set(operands);
  const own = Array.from(exact.value(node.id), (x) =>
    Number.isInteger(x) || given.has(x) ? 0 : Math.abs(x),
  );
  if (node.op === 'affine') {
    const [scale, shift] = [Number(node.attrs.scale), Number(node.attrs.shift)];
    const areWhole = (x: number) => Number.isInteger(scale * x) && Number.isInteger(shift);
    return own.map((size, i) =>
      areWhole(operands[i]) ? 0 : Math.max(size, Math.abs(scale * operands[i]), Math.abs(shift)),
    );
  }
  if (!SUBTRACT.has(node.op)) return own;
  const largest = Math.max(...operands.map(Math.abs));
  return own.map((size) => Math.max(size, largest));
}
