/** A network computed anew with one variable moved and others held fixed: derivatives by differences. */

import type { NodeId } from '../../src/graph/graph.ts';
import { numbers, type Tensor } from '../../src/run/eager.ts';
import type { Instance } from '../../src/verify/instance.ts';

type Op = (...operands: readonly unknown[]) => Tensor;

export class Network {
  readonly #point: Instance;
  readonly #slopes = new Map<string, readonly (readonly number[])[]>();

  constructor(point: Instance) {
    this.#point = point;
  }

  value(id: NodeId): readonly number[] {
    return [...this.#point.valueOf(id).data];
  }

  /** ∂of/∂by: a row per element of `of`. `held` keep their values, the others follow. */
  slopes(of: NodeId, by: NodeId, held: ReadonlySet<NodeId> = new Set()): readonly (readonly number[])[] {
    const key = `${of} ${by} ${[...held].join(' ')}`;
    const known = this.#slopes.get(key);
    if (known !== undefined) return known;
    const columns = this.value(by).map((_, j) => {
      const at = (h: number) => this.#moved(of, by, j, h, held);
      // central differences at three widths: the errors in h² and h⁴ cancel
      const wide = [WIDTH, WIDTH / 2, WIDTH / 4].map((h) => {
        const [up, down] = [at(h), at(-h)];
        return up.map((v, i) => (v - down[i]) / (2 * h));
      });
      return wide[0].map((d, i) => {
        const [a, b] = [(4 * wide[1][i] - d) / 3, (4 * wide[2][i] - wide[1][i]) / 3];
        return (16 * b - a) / 15;
      });
    });
    const found = this.value(of).map((_, i) => columns.map((column) => column[i]));
    this.#slopes.set(key, found);
    return found;
  }

  #moved(of: NodeId, by: NodeId, j: number, h: number, held: ReadonlySet<NodeId>): readonly number[] {
    const { graph } = this.#point.subject;
    const { shape, data } = this.#point.valueOf(by);
    const moved = Float64Array.from(data, (v, i) => (i === j ? v + h : v));
    const now = new Map<NodeId, Tensor>([[by, { shape, data: moved }]]);
    for (const { id, op, inputs, attrs, adjointOf } of graph.nodes.slice(by + 1, of + 1)) {
      const follows = adjointOf === undefined && inputs.some((input) => now.has(input));
      if (!follows || (held.has(id) && id !== of)) continue;
      const operands = inputs.map((input) => now.get(input) ?? this.#point.valueOf(input));
      const made = numbers[op as keyof typeof numbers] as unknown as Op;
      now.set(id, Object.keys(attrs).length === 0 ? made(...operands) : made(...operands, attrs));
    }
    return [...(now.get(of) ?? this.#point.valueOf(of)).data];
  }
}

const WIDTH = 2e-3;
