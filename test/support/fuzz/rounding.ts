/**
 * What single precision costs a gradient: how far it moves when each result on the way is off by what rounding may do to
 * it, drawn at random (Parker 1997, "Monte Carlo Arithmetic"). It is a bound of the graph, not of who computes it: a run of our
 * own in float32 may be lucky, as where the two terms of (x/x)′ cancel to the last bit.
 */

import { isLeaf, type NodeId } from '../../../src/graph/graph.ts';
import { uniform } from '../../../src/model/random.ts';
import { Builder } from '../../../src/ops/builder.ts';
import { Plan } from '../../../src/run/plan.ts';

const DRAWS = 8;
/** A few units in the last place of float32: others round several times where an op of ours does so once. */
const ERROR = 2 ** -21;

/** By output, how far an element is moved at most by such relative errors in all values that it depends on. */
export function roundingErrors(
  b: Builder,
  values: Readonly<Record<string, readonly number[]>>,
  outputs: readonly NodeId[],
): number[] {
  const exact = new Plan(b.graph, outputs).setAll(values).run();
  const copy = new Builder();
  const noise: { readonly id: NodeId; readonly value: ArrayLike<number> }[] = [];
  const noisy: NodeId[] = [];
  for (const node of b.graph.nodes) {
    if (!exact.keeps(node.id)) continue;
    const id = copy.graph.append({
      ...node,
      adjointOf: undefined,
      inputs: node.inputs.map((input) => noisy[input]),
    });
    if (isLeaf(node) && node.name !== undefined) copy.graph.name(id, node.name);
    noisy[node.id] = id;
    const value = exact.value(node.id);
    if (value.every(Number.isInteger)) continue; // whole numbers are exact
    noise.push({ id: copy.input(`noise_${node.id}`, node.shape), value });
    noisy[node.id] = copy.mul(id, noise.at(-1)!.id);
  }
  const plan = new Plan(
    copy.graph,
    outputs.map((id) => noisy[id]),
  );
  for (const [name, value] of Object.entries(values))
    if (copy.graph.find(name) !== undefined) plan.set(name, value);
  const random = uniform(1);
  const worst = outputs.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw++) {
    for (const { id, value } of noise)
      plan.set(
        id,
        Array.from(value, (x) => (Number.isInteger(x) ? 1 : 1 + ERROR * (2 * random() - 1))),
      );
    plan.run();
    outputs.forEach((id, i) => {
      const moved = plan.value(noisy[id]);
      exact.value(id).forEach((element, j) => {
        worst[i] = Math.max(worst[i], Math.abs(moved[j] - element));
      });
    });
  }
  return worst;
}
