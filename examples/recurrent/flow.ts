/** How the gradient of the last loss E_T flows back through time: by state, along the carrier alone, by use site. */

import { backward } from '../../src/autodiff/grad.ts';
import { norm, projection, relativeDistance } from '../../src/chain/measure.ts';
import { Cone } from '../../src/chain/paths.ts';
import { pullback, type ValueAt } from '../../src/chain/pullback.ts';
import { VariableGraph } from '../../src/chain/variables.ts';
import type { Model } from '../../src/model/model.ts';
import { Builder } from '../../src/ops/builder.ts';
import { scalar, type Tensor } from '../../src/run/eager.ts';
import { Plan } from '../../src/run/plan.ts';

export interface Flow {
  readonly T: number;
  /** ‖∂E_T/∂s_k‖ for each state s, by k = 0 … T. */
  readonly states: ReadonlyMap<string, readonly number[]>;
  /** The norm of what reaches the carrier at k along carrier_T → … → carrier_k alone, by k = 0 … T. */
  readonly alone: readonly number[];
  /** The largest relative distance of that to the products of the gates. */
  readonly distance: number;
  /** The share of that in ∂E_T/∂carrier_0; NaN where the gradient vanishes altogether. */
  readonly share: number;
  /** The norm of the term of ∂E_T/∂M at step t, for each matrix M, by t = 1 … T. */
  readonly sites: ReadonlyMap<string, readonly number[]>;
  /** The largest relative distance of the sum of a matrix's terms to its gradient. */
  readonly sitesDistance: number;
}

interface Carrier {
  /** The state whose gradient is passed on by a gate without a matrix: C of the LSTM, H of the GRU. */
  readonly state: string;
  /** The variables from E_T to that state, without their index: `['O', 'H', 'C']`. */
  readonly from: readonly string[];
  /** ∂⁺s_t/∂s_{t−1}, which is diagonal, from the value of a variable of step t. */
  readonly factor: (value: (letter: string) => ArrayLike<number>) => ArrayLike<number>;
}

/** The number of steps: the largest t with a state H_t. */
export function stepsOf({ builder: { graph } }: Model): number {
  let t = 0;
  while (graph.find(`H_${t + 1}`) !== undefined) t++;
  return t;
}

export function flow(
  model: Model,
  states: readonly string[],
  carrier: Carrier,
  matrices: readonly string[],
): Flow {
  const T = stepsOf(model);
  const forward = model.builder.graph;
  const b = new Builder(forward.copy());
  const { graph } = b;
  const E = graph.idOf(`E_${T}`);
  const times = Array.from({ length: T + 1 }, (_, k) => k);
  const ids = states.map((state) => times.map((k) => graph.idOf(`${state}_${k}`)));
  const uses = matrices.map((name) => graph.idOf(name));
  const adjoints = backward(b, E, [...ids.flat(), ...uses]);
  const asked = [...ids.flat(), ...uses].map((id) => adjoints.of(id)!);
  const plan = new Plan(graph, [E, ...asked]).setAll(model.values).run();
  const valueAt: ValueAt = (id) => ({ shape: graph.node(id).shape, data: plan.value(id) });
  const total = (id: number) => valueAt(adjoints.of(id)!);

  const variables = new VariableGraph(forward);
  const along = (from: string, to: string, cotangent: Tensor) =>
    pullback(variables, valueAt, variables.segment(`${from}→${to}`), cotangent);
  let passed = scalar(1);
  let at = `E_${T}`;
  for (const letter of carrier.from) {
    passed = along(`${letter}_${T}`, at, passed);
    at = `${letter}_${T}`;
  }
  const alone = [norm(passed)];
  const product = Float64Array.from(passed.data);
  let distance = 0;
  for (let t = T; t >= 1; t--) {
    passed = along(`${carrier.state}_${t - 1}`, `${carrier.state}_${t}`, passed);
    const factor = carrier.factor((letter) => plan.value(graph.idOf(`${letter}_${t}`)));
    for (let j = 0; j < product.length; j++) product[j] *= factor[j];
    alone.unshift(norm(passed));
    distance = Math.max(distance, relativeDistance(passed, { shape: passed.shape, data: product }));
  }
  const first = total(graph.idOf(`${carrier.state}_0`));

  const sites = new Map<string, number[]>();
  let sitesDistance = 0;
  matrices.forEach((name, i) => {
    const norms = new Array<number>(T).fill(0);
    const gradient = total(uses[i]);
    const sum = new Float64Array(gradient.data.length);
    for (const term of adjoints.terms(uses[i])) {
      const value = valueAt(term.node);
      const t = Number(/^t=(\d+)/.exec(graph.node(term.consumer).scope)![1]);
      norms[t - 1] = norm(value); // a matrix is used once in a step
      for (let j = 0; j < sum.length; j++) sum[j] += value.data[j];
    }
    sites.set(name, norms);
    sitesDistance = Math.max(sitesDistance, relativeDistance({ shape: gradient.shape, data: sum }, gradient));
  });
  return {
    T,
    states: new Map(states.map((state, i) => [state, ids[i].map((id) => norm(total(id)))])),
    alone,
    distance,
    share: norm(first) === 0 ? Number.NaN : projection(passed, first),
    sites,
    sitesDistance,
  };
}

/** The number of paths from H_1 to H_T. */
export function pathsBetween({ builder: { graph } }: Model, T: number): bigint {
  return new Cone(new VariableGraph(graph), graph.idOf(`H_${T}`), graph.idOf('H_1')).count();
}
