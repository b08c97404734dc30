/** The variables of a graph by name: families such as H_0 … H_3, and their indices. */

import type { Graph, NodeId } from '../graph/graph.ts';
import { type Reference, variableName } from '../model/equations/names.ts';

/** The variables of one name and number of indices: H with H_0 … H_3. E and E_1 … E_3 are two families. */
export interface Family {
  readonly name: string;
  readonly indexCount: number;
  readonly members: readonly Member[];
}

interface Member {
  readonly indices: readonly number[];
  readonly id: NodeId;
}

export function familyKey({ family, indices }: Reference): string {
  return `${family}/${indices.length}`;
}

export class NamedGraph {
  readonly graph: Graph;
  /** By {@link familyKey}. */
  readonly families: ReadonlyMap<string, Family>;
  readonly #byName = new Map<string, NodeId>();
  readonly #references = new Map<NodeId, Reference>();
  readonly #names: ReadonlyMap<NodeId, string>;
  readonly #counts = new Map<string, readonly number[]>();

  /** `names`: of nodes that have none in the graph. */
  constructor(graph: Graph, names: ReadonlyMap<NodeId, string> = new Map()) {
    this.graph = graph;
    this.#names = names;
    this.families = this.#collect();
  }

  find(reference: Reference): NodeId | undefined {
    return this.#byName.get(variableName(reference));
  }

  referenceOf(id: NodeId): Reference | undefined {
    return this.#references.get(id);
  }

  /** The name as the graph has it, `H_3`; of an unnamed node what it is. */
  nameOf(id: NodeId): string {
    return this.#names.get(id) ?? this.graph.label(id);
  }

  /** The family that a variable belongs to, by its key. */
  familyOf(id: NodeId): string | undefined {
    const reference = this.#references.get(id);
    return reference && familyKey(reference);
  }

  /** How many indices the families of a name have. */
  indexCount = (name: string): readonly number[] => this.#counts.get(name) ?? [];

  /** The indices of all variables of a name. */
  members = (name: string): readonly (readonly number[])[] =>
    this.indexCount(name).flatMap((count) =>
      this.families.get(`${name}/${count}`)!.members.map(({ indices }) => indices),
    );

  /** Whether the variable of a name at these indices is a given state. */
  isFirst = (family: string, indices: readonly number[]): boolean => {
    const id = this.find({ family, indices });
    return id !== undefined && this.isInitial(id);
  };

  /** Whether a variable of a family is computed from an earlier one of it, by way of anything. */
  feedsItself(key: string): boolean {
    const { members } = this.families.get(key)!;
    const first = Math.min(...members.map(({ id }) => id));
    const reached = new Set([first]);
    for (const { id, inputs } of this.graph.nodes.slice(first + 1)) {
      if (!inputs.some((input) => reached.has(input))) continue;
      if (members.some((member) => member.id === id)) return true;
      reached.add(id);
    }
    return false;
  }

  /** Whether a variable is a given state, H_0, of a family that is computed. */
  isInitial(id: NodeId): boolean {
    const { graph } = this;
    const key = this.familyOf(id);
    if (key === undefined || graph.node(id).inputs.length > 0) return false;
    return this.families.get(key)!.members.some((member) => graph.node(member.id).inputs.length > 0);
  }

  #collect(): Map<string, Family> {
    const members = new Map<string, Member[]>();
    for (const { id, name: own, adjointOf } of this.graph.nodes) {
      const name = own ?? this.#names.get(id);
      if (name === undefined || adjointOf !== undefined) continue;
      const reference = parsedName(name);
      this.#byName.set(variableName(reference), id);
      this.#references.set(id, reference);
      const key = familyKey(reference);
      members.set(key, [...(members.get(key) ?? []), { indices: reference.indices, id }]);
    }
    const families = new Map<string, Family>();
    for (const [key, all] of members) {
      const { family: name, indices } = this.#references.get(all[0].id)!;
      families.set(key, { name, indexCount: indices.length, members: all });
      this.#counts.set(name, [...(this.#counts.get(name) ?? []), indices.length].sort());
    }
    return families;
  }
}

/** `H_3` is H at 3, `W_hh` a family of its own; an accent that is part of a letter, Ŷ, is spelt out: Yhat. */
function parsedName(name: string): Reference {
  const plain = [...name.normalize('NFD')].map((c) => COMBINING[c] ?? c).join('');
  const found = /^(.+?)_(-?\d+(?:\.-?\d+)*)$/.exec(plain);
  if (found === null) return { family: plain, indices: [] };
  return { family: found[1], indices: found[2].split('.').map(Number) };
}

/** Accents by their combining character. */
const COMBINING: Readonly<Record<string, string>> = {
  '\u0302': 'hat',
  '\u0303': 'tilde',
  '\u0304': 'bar',
  '\u0307': 'dot',
};
