/** One random point at which formulas are judged: values of all nodes, and the derivatives that they have there. */

import { immediateJacobian } from '../chain/pullback.ts';
import type { VariableGraph } from '../chain/variables.ts';
import type { NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import { Cache } from './cache.ts';
import type { Subject } from './subject.ts';

export type Leaves = ReadonlyMap<NodeId, readonly number[]>;

const MAX_CONDITIONED = 50;

export class Instance {
  readonly subject: Subject;
  readonly leaves: Leaves;
  readonly #plan: Plan;
  readonly #values = new Map<NodeId, Tensor>();
  readonly #jacobians = new WeakMap<VariableGraph, Map<number, Tensor>>();
  /** The points that conditions such as γ = 0 make of this one, kept between readings. */
  readonly conditioned = new Cache<Instance>(MAX_CONDITIONED);

  constructor(subject: Subject, leaves: Leaves) {
    this.subject = subject;
    this.leaves = leaves;
    const { graph } = subject;
    const outputs = graph.nodes.filter(({ adjointOf }) => adjointOf === undefined).map(({ id }) => id);
    this.#plan = new Plan(graph, outputs);
    for (const [id, values] of leaves) this.#plan.set(id, values);
    this.#plan.run();
  }

  valueOf = (id: NodeId): Tensor => {
    let value = this.#values.get(id);
    if (value === undefined) {
      const { shape } = this.subject.graph.node(id);
      value = { shape, data: Float64Array.from(this.#plan.value(id)) };
      this.#values.set(id, value);
    }
    return value;
  };

  /** ∂of/∂by along the op paths that pass no other variable of the graph: a row per element of `of`. */
  jacobian(variables: VariableGraph, of: NodeId, by: NodeId): Tensor {
    let known = this.#jacobians.get(variables);
    if (known === undefined) {
      known = new Map();
      this.#jacobians.set(variables, known);
    }
    const key = of * this.subject.graph.nodes.length + by;
    let found = known.get(key);
    if (found === undefined) {
      const segment = variables.into(of).find(({ from }) => from === by);
      found = of === by ? this.#identity(of) : segment && immediateJacobian(variables, this.valueOf, segment);
      found ??= this.#zero(of, by);
      known.set(key, found);
    }
    return found;
  }

  /** d of / d by through every path. */
  total(of: NodeId, by: NodeId): Tensor {
    return this.jacobian(this.subject.between(of, by), of, by);
  }

  /** The same point with other values of some leaves. */
  with(changed: Leaves): Instance {
    return new Instance(this.subject, new Map([...this.leaves, ...changed]));
  }

  /** The point of another model where leaves of the same name have the same values. */
  in(subject: Subject): Instance {
    const leaves = new Map<NodeId, readonly number[]>();
    for (const [id, values] of this.leaves) {
      const other = subject.graph.find(this.subject.nameOf(id));
      if (other !== undefined) leaves.set(other, values);
    }
    return new Instance(subject, leaves);
  }

  #size(id: NodeId): number {
    return sizeOf(this.subject.graph.node(id).shape);
  }

  #zero(of: NodeId, by: NodeId): Tensor {
    const shape = [this.#size(of), this.#size(by)];
    return { shape, data: new Float64Array(sizeOf(shape)) };
  }

  #identity(id: NodeId): Tensor {
    const n = this.#size(id);
    const data = new Float64Array(n * n);
    for (let i = 0; i < n; i++) data[i * (n + 1)] = 1;
    return { shape: [n, n], data };
  }
}
