/** What is wrong with the numbers of a pass: values that are not finite, gradients that explode or vanish on their way back. */

import { type Adjoints, type AdjointTerm, backward } from '../autodiff/grad.ts';
import { requireKnown } from '../graph/error.ts';
import type { Graph, NodeId } from '../graph/graph.ts';
import { Builder } from '../ops/builder.ts';
import { firstNonFinite, nextVariables } from '../run/anomaly.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';
import { type Family, familiesOf } from './family.ts';
import { norm } from './measure.ts';

interface Place {
  /** The forward node whose value it is, or whose gradient. */
  readonly node: NodeId;
  /** The variable that the node is, or the next one computed from it. */
  readonly variable: string | undefined;
  readonly scope: string;
  /** The op that computed the value; for a gradient, the op through whose rule it came. */
  readonly op: string;
}

interface NonFiniteAnomaly extends Place {
  readonly kind: 'non-finite';
  readonly pass: 'forward' | 'backward';
  /** Backward: the use of the node that the gradient came through; none if it is the sum over all uses. */
  readonly through?: { readonly consumer: NodeId; readonly slot: number };
  /** Row-major number of the first such element, and what it is. */
  readonly element: number;
  readonly value: number;
}

interface FlowAnomaly extends Place {
  readonly kind: 'exploding' | 'vanished';
  readonly pass: 'backward';
  /** ‖∂target/∂node‖, and that norm relative to the reference. */
  readonly norm: number;
  readonly ratio: number;
  readonly reference: NodeId;
  /** Whether the reference is only that part of its gradient that does not come through later variables of the family. */
  readonly isPart: boolean;
  /** The variables of the family beyond the threshold, from the target backwards. */
  readonly beyond: readonly NodeId[];
  readonly threshold: number;
}

export type Anomaly = NonFiniteAnomaly | FlowAnomaly;

export interface AnomalyOptions {
  /** By what one differentiates: by default all parameters, or all leaves with a name if there are none. */
  readonly wrt?: readonly NodeId[];
  /** A gradient explodes beyond so many times what entered nearer to the target; 1e6 by default. */
  readonly exploding?: number;
  /** A gradient has vanished below so many times the largest one nearer to the target; 1e-6 by default. */
  readonly vanished?: number;
}

export const thresholds = { exploding: 1e6, vanished: 1e-6 } as const;

/**
 * The anomalies of one forward and one backward pass from the scalar `target`, at the given values and in the graph's own
 * precision: the first value that is not finite, the first gradient that is not finite, and for each family of
 * variables along a chain, such as H_1 … H_T, the one whose gradient has vanished or exploded most. (Bengio, Simard and
 * Frasconi 1994.) The graph is left as it is.
 */
export function anomalies(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  target: NodeId,
  options: AnomalyOptions = {},
): Anomaly[] {
  requireKnown('anomalies', options, ['wrt', 'exploding', 'vanished']);
  const graph = b.graph.copy();
  const adjoints = backward(new Builder(graph), target, options.wrt ?? defaultLeaves(graph));
  const ids = graph.nodes.slice(0, target + 1).flatMap(({ id }) => {
    const sum = adjoints.of(id);
    return sum === undefined ? [] : [sum, ...adjoints.terms(id).map((term) => term.node)];
  });
  const plan = new Plan(graph, [target, ...ids]).setAll(values).run();
  const limits = {
    exploding: options.exploding ?? thresholds.exploding,
    vanished: options.vanished ?? thresholds.vanished,
  };
  return [
    ...forwardAnomaly(graph, plan, target),
    ...backwardAnomaly(graph, plan, adjoints, target),
    ...familiesOf(b.graph, target, adjoints).flatMap((f) => flowAnomalies(graph, plan, adjoints, f, limits)),
  ];
}

function defaultLeaves(graph: Graph): NodeId[] {
  const named = graph.nodes.filter(({ inputs, name }) => inputs.length === 0 && name !== undefined);
  const parameters = named.filter(({ op }) => op === 'parameter');
  return (parameters.length > 0 ? parameters : named).map(({ id }) => id);
}

function placeOf(graph: Graph, node: NodeId): Place {
  const { scope, op, name } = graph.node(node);
  return { node, variable: name ?? graph.nodes[nextVariables(graph)[node]]?.name, scope, op };
}

function forwardAnomaly(graph: Graph, plan: Plan, target: NodeId): NonFiniteAnomaly[] {
  const found = firstNonFinite(graph, plan, target);
  if (found === undefined) return [];
  const { node, element, value } = found;
  return [{ kind: 'non-finite', pass: 'forward', ...placeOf(graph, node), element, value }];
}

/** Of all summands and sums, in the order of the backward pass, the first that is not finite. */
function backwardAnomaly(graph: Graph, plan: Plan, adjoints: Adjoints, target: NodeId): NonFiniteAnomaly[] {
  const nonFinite = (id: NodeId) => {
    const data = plan.value(id);
    const element = data.findIndex((value) => !Number.isFinite(value));
    return element < 0 ? undefined : { element, value: data[element] };
  };
  const pass = { kind: 'non-finite', pass: 'backward' } as const;
  const sent = summandsByConsumer(adjoints, target);
  for (let id = target; id >= 0; id--) {
    const sum = adjoints.of(id);
    if (sum === undefined) continue;
    const found = nonFinite(sum); // its summands were looked at when their consumers were
    if (found !== undefined) return [{ ...pass, ...placeOf(graph, id), ...found }];
    for (const { slot, node } of sent[id]) {
      const first = nonFinite(node);
      if (first === undefined) continue;
      const { scope, op, inputs } = graph.node(id);
      const through = { consumer: id, slot };
      return [{ ...pass, ...placeOf(graph, inputs[slot]), scope, op, through, ...first }];
    }
  }
  return [];
}

/** By id, the summands that a node's rule sends to its operands, by ascending slot. */
function summandsByConsumer(adjoints: Adjoints, target: NodeId): AdjointTerm[][] {
  const sent: AdjointTerm[][] = Array.from({ length: target + 1 }, () => []);
  for (let id = 0; id <= target; id++) for (const term of adjoints.terms(id)) sent[term.consumer].push(term);
  for (const terms of sent) terms.sort((a, b) => a.slot - b.slot);
  return sent;
}

/**
 * Walks a family from the target backwards. Vanished: far smaller than the largest gradient seen so far. Exploding: far
 * larger than the largest that entered the family so far from outside, so that a loss which is satisfied at the last
 * step and not at others does not pass for an explosion.
 */
function flowAnomalies(
  graph: Graph,
  plan: Plan,
  adjoints: Adjoints,
  { members, entering }: Family,
  limits: { readonly exploding: number; readonly vanished: number },
): FlowAnomaly[] {
  const tensorOf = (id: NodeId) => ({ shape: graph.node(id).shape, data: plan.value(id) });
  let largest = { norm: 0, node: -1, isPart: false };
  let entered = largest;
  const beyond = { exploding: [] as NodeId[], vanished: [] as NodeId[] };
  const worst = new Map<FlowAnomaly['kind'], FlowAnomaly>();
  for (const node of [...members].reverse()) {
    const size = norm(tensorOf(adjoints.of(node)!));
    if (!Number.isFinite(size)) return []; // told as such
    const terms = entering(node);
    const all = terms.length === adjoints.terms(node).length;
    const part = all
      ? size
      : norm(terms.map(tensorOf).reduce((a, b) => numbers.add(a, b), zero(tensorOf(node))));
    if (part > entered.norm) entered = { norm: part, node, isPart: !all };
    const judge = (kind: FlowAnomaly['kind'], reference: typeof largest, isBeyond: boolean) => {
      if (!isBeyond) return;
      beyond[kind].push(node);
      const ratio = size / reference.norm;
      const before = worst.get(kind)?.ratio;
      if (before !== undefined && (kind === 'vanished' ? ratio >= before : ratio <= before)) return;
      const { node: at, isPart } = reference;
      worst.set(kind, {
        ...{ kind, pass: 'backward', ...placeOf(graph, node), norm: size, ratio },
        ...{ reference: at, isPart, beyond: beyond[kind], threshold: limits[kind] },
      });
    };
    judge('vanished', largest, size < limits.vanished * largest.norm);
    judge('exploding', entered, entered.norm > 0 && size > limits.exploding * entered.norm);
    if (size > largest.norm) largest = { norm: size, node, isPart: false };
  }
  return [...worst.values()];
}

function zero({ shape, data }: Tensor): Tensor {
  return { shape, data: new Float64Array(data.length) };
}
