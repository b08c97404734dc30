/** Paths of the variable graph from a parameter to a target: counted exactly, enumerated one at a time. */

import type { NodeId } from '../graph/graph.ts';
import type { Segment, VariableGraph } from './variables.ts';

/** A path, written as the chain rule is: from the target back to the parameter. Empty where they are the same. */
export type Path = readonly Segment[];

/** The variables along a path of a cone: `E_3, O_3, H_3, W`. */
export function variablesOf(cone: Cone, path: Path): NodeId[] {
  return [cone.target, ...path.map((segment) => segment.from)];
}

/** The part of the variable graph that lies between a parameter and a target: the variables on some path. */
export class Cone {
  readonly variables: VariableGraph;
  readonly target: NodeId;
  readonly wrt: NodeId;
  /** By variable of the cone, ascending: number of paths from `wrt` to it. */
  readonly #counts = new Map<NodeId, bigint>();
  #countsToTarget: ReadonlyMap<NodeId, bigint> | undefined;

  constructor(variables: VariableGraph, target: NodeId, wrt: NodeId) {
    this.variables = variables;
    this.target = target;
    this.wrt = wrt;
    const reaching = ancestorsOf(variables, target);
    if (!reaching.has(wrt)) return;
    this.#counts.set(wrt, 1n);
    // ids ascend along segments, so one sweep meets every source before its consumers
    for (const id of variables.variables) {
      if (id <= wrt || !reaching.has(id)) continue;
      let count = 0n;
      for (const segment of variables.into(id)) count += this.#counts.get(segment.from) ?? 0n;
      if (count > 0n) this.#counts.set(id, count);
    }
  }

  /** The variables on some path, `wrt` and the target among them, by ascending id. Empty if there is no path. */
  get members(): readonly NodeId[] {
    return [...this.#counts.keys()];
  }

  /** Number of paths from `wrt` to a variable; to the target if none is named. */
  count(id: NodeId = this.target): bigint {
    return this.#counts.get(id) ?? 0n;
  }

  /** Number of paths from a variable to the target. */
  countFrom(id: NodeId): bigint {
    return this.#fromCounts().get(id) ?? 0n;
  }

  #fromCounts(): ReadonlyMap<NodeId, bigint> {
    if (this.#countsToTarget === undefined) {
      const counts = new Map<NodeId, bigint>([[this.target, 1n]]);
      for (const id of [...this.members].reverse()) {
        const count = counts.get(id);
        if (count === undefined) continue;
        for (const { from } of this.into(id)) counts.set(from, (counts.get(from) ?? 0n) + count);
      }
      this.#countsToTarget = counts;
    }
    return this.#countsToTarget;
  }

  /** Segments into a variable of the cone on a path from `wrt`: the direct one, then from the latest source on. */
  into(id: NodeId): Segment[] {
    if (id === this.wrt) return [];
    const segments = this.variables.into(id).filter((segment) => this.#counts.has(segment.from));
    return [...segments.filter((s) => s.from === this.wrt), ...segments.filter((s) => s.from !== this.wrt)];
  }

  /** All paths, shortest way back to the parameter first. Memory is the length of one path. */
  *paths(): Generator<Path> {
    if (this.target === this.wrt) yield [];
    if (this.count() === 0n) return;
    const pending = [this.into(this.target)];
    const path: Segment[] = [];
    while (pending.length > 0) {
      const segment = pending[pending.length - 1].shift();
      if (segment === undefined) {
        pending.pop();
        path.pop();
        continue;
      }
      path.push(segment);
      if (segment.from === this.wrt) {
        yield [...path];
        path.pop();
      } else pending.push(this.into(segment.from));
    }
  }
}

/** The variables that a variable is computed from, itself included. */
function ancestorsOf(variables: VariableGraph, target: NodeId): Set<NodeId> {
  const found = new Set([target]);
  for (const id of found) for (const segment of variables.into(id)) found.add(segment.from); // the set grows meanwhile
  return found;
}
