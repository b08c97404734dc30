/** What a derivation is judged against: a graph, its variables by family and index, and random points to judge at. */

import { VariableGraph } from '../chain/variables.ts';
import type { Graph, Node, NodeId } from '../graph/graph.ts';
import { type Integers, plainName } from '../model/equations/integers.ts';
import { type Reference, variableName } from '../model/equations/names.ts';
import { modelFromEquations } from '../model/equations/unroll.ts';
import type { Model } from '../model/model.ts';
import { parseNotation } from '../notation/parse.ts';

/** The variables of one name and number of indices: H with H_0 … H_3. E and E_1 … E_3 are two families. */
export interface Family {
  readonly name: string;
  readonly indexCount: number;
  readonly members: readonly Member[];
}

export interface Member {
  readonly indices: readonly number[];
  readonly id: NodeId;
}

export class Subject {
  readonly model: Model;
  readonly graph: Graph;
  /** By {@link familyKey}. */
  readonly families: ReadonlyMap<string, Family>;
  /** Sizes by name: T. */
  readonly integers: Integers;
  /** The scalar that gradients such as dW are of. */
  readonly target: NodeId;
  /** The target, and the scalars that only it is computed from: E and E_1 … E_T. */
  readonly losses: ReadonlySet<NodeId>;
  readonly #byName = new Map<string, NodeId>();
  readonly #references = new Map<NodeId, Reference>();
  #roles: ReadonlyMap<string, Family> | undefined;
  #steps: ReadonlySet<number> | undefined;
  readonly #counts = new Map<string, readonly number[]>();
  readonly #graphs = new Map<string, VariableGraph>();
  readonly #sources = new Map<string, ReadonlySet<string>>();

  constructor(model: Model) {
    this.model = model;
    this.graph = model.builder.graph;
    this.families = this.#collect();
    this.target = this.graph.idOf(model.target);
    this.losses = lossesOf(this.graph, this.target, (id) => this.familyOf(id));
    this.integers = this.#integersOf();
  }

  find(reference: Reference): NodeId | undefined {
    return this.#byName.get(variableName(reference));
  }

  referenceOf(id: NodeId): Reference | undefined {
    return this.#references.get(id);
  }

  /** The name as the graph has it, `H_3`; of an unnamed node what it is. */
  nameOf(id: NodeId): string {
    return this.graph.label(id);
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

  /** The model with other numbers for names such as γ = 2; undefined if nothing is changed or it has no equations. */
  withSizes(sizes: ReadonlyMap<string, number>): Subject | undefined {
    const { equations, name } = this.model;
    if (sizes.size === 0 || equations === undefined) return undefined;
    const lines = equations.text.split('\n').map((line) => {
      const left = /^([^=]*)=\s*[-\d.]+\s*(?:[#%].*)?$/.exec(line)?.[1];
      const letter = left === undefined ? undefined : letterOf(left);
      const size = letter === undefined ? undefined : sizes.get(letter);
      return size === undefined ? line : `${left}= ${size}`;
    });
    return new Subject(modelFromEquations(lines.join('\n'), { name }));
  }

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

  /** The steps at which a recurrent variable is computed: those that a loop over time runs through. None: it has no such. */
  get steps(): ReadonlySet<number> {
    this.#steps ??= new Set(
      [...this.families.entries()]
        .filter(([key, { indexCount }]) => indexCount === 1 && this.feedsItself(key))
        .flatMap(([, { members }]) => members)
        .filter(({ id }) => this.graph.node(id).inputs.length > 0)
        .map(({ indices }) => indices[0]),
    );
    return this.#steps;
  }

  /** What W_hh, W_xh, W_hy, hs, xs and ys are called in this model: found by what the weights connect. */
  get roles(): ReadonlyMap<string, Family> {
    this.#roles ??= this.#findRoles();
    return this.#roles;
  }

  #findRoles(): Map<string, Family> {
    const roles = new Map<string, Family>();
    const groups = [...this.families.entries()];
    const recurrent = groups.filter(([key, { indexCount }]) => indexCount === 1 && this.feedsItself(key));
    if (recurrent.length !== 1) return roles;
    const [[state, states]] = recurrent;
    const sources = (of: NodeId): Set<string> => new Set(this.#leadingTo(of));
    const last = states.members[states.members.length - 1].id;
    const put = (names: string, family: Family | undefined) => {
      if (family !== undefined) for (const name of names.split(' ')) roles.set(name, family);
    };
    const weights = groups
      .filter(([, { members }]) => this.graph.node(members[0].id).op === 'parameter')
      .map(([, f]) => f);
    const matrices = weights.filter(({ members }) => this.graph.node(members[0].id).shape.length === 2);
    const into = sources(last);
    const inState = matrices.filter(({ members }) => into.has(this.nameOf(members[0].id)));
    const partner = ({ members }: Family): string | undefined => this.#multiplied(members[0].id);
    put(
      'whh wrec',
      inState.find((w) => partner(w) === state),
    );
    const inputs = inState.filter((w) => partner(w) !== state);
    if (inputs.length === 1) {
      put('wxh wih win wx whx', inputs[0]);
      put('xs', this.families.get(partner(inputs[0]) ?? ''));
    }
    const outputs = matrices.filter((w) => !inState.includes(w) && partner(w) === state);
    if (outputs.length === 1) {
      put('why who wout wy wyh', outputs[0]);
      put('ys', this.families.get(this.#madeWith(outputs[0].members[0].id) ?? ''));
    }
    put('hs', states);
    return roles;
  }

  /** Names of the leaves that a node is computed from by way of unnamed nodes. */
  #leadingTo(of: NodeId): string[] {
    const seen = new Set([of]);
    const found: string[] = [];
    for (const id of seen) {
      for (const input of this.graph.node(id).inputs) {
        if (this.referenceOf(input) === undefined) seen.add(input);
        else found.push(this.nameOf(input));
      }
    }
    return found;
  }

  /** The family of the variables that are computed from a weight directly. */
  #madeWith(weight: NodeId): string | undefined {
    const families = new Set<string | undefined>();
    for (const { id } of this.graph.nodes) {
      const family = this.familyOf(id);
      if (family !== undefined && this.#leadingTo(id).includes(this.nameOf(weight))) families.add(family);
    }
    return families.size === 1 ? [...families][0] : undefined;
  }

  /** The family of what a weight is multiplied with. */
  #multiplied(weight: NodeId): string | undefined {
    const products = this.graph.nodes.filter(({ op, inputs }) => op === 'matmul' && inputs[0] === weight);
    const partners = new Set(products.map(({ inputs }) => this.familyOf(inputs[1])));
    return partners.size === 1 ? [...partners][0] : undefined;
  }

  /** Whether a vector stands as a row. */
  isRow(id: NodeId): boolean {
    return this.model.equations?.rows.has(this.graph.node(id).name ?? '') ?? false;
  }

  /** The variables of some families, given by key, with all other nodes contracted. */
  variables(families: ReadonlySet<string>): VariableGraph {
    const key = [...families].sort().join(' ');
    return this.#cached(`families ${key}`, ({ id }) => families.has(this.familyOf(id) ?? ''));
  }

  /** Whether anything is convolved. */
  get hasImages(): boolean {
    return this.graph.nodes.some(({ op }) => CONVOLUTIONS.has(op));
  }

  /** All variables. */
  get all(): VariableGraph {
    return this.#cached('all', ({ id }) => this.referenceOf(id) !== undefined);
  }

  /** The families that feed the members of a family directly, by key. */
  #sourcesOf(key: string): ReadonlySet<string> {
    let found = this.#sources.get(key);
    if (found === undefined) {
      const from = this.families.get(key)!.members.flatMap(({ id }) => this.all.into(id));
      found = new Set(from.map((segment) => this.familyOf(segment.from)!));
      this.#sources.set(key, found);
    }
    return found;
  }

  /**
   * The families through which `by` also feeds `of`, besides directly, and by way of none of those in `without`. None if
   * it does not feed it directly.
   */
  detours(of: string, by: string, without: ReadonlySet<string>): ReadonlySet<string> {
    if (!this.families.has(of) || !this.#sourcesOf(of).has(by)) return new Set();
    const feeding = new Set<string>(); // families that lead to `of`
    for (const queue = [of]; queue.length > 0; ) {
      for (const key of this.#sourcesOf(queue.pop()!)) {
        if (without.has(key) || feeding.has(key)) continue;
        feeding.add(key);
        queue.push(key);
      }
    }
    const reached = new Set<string>(); // of these, the ones that `by` leads to
    for (let size = -1; size !== reached.size; ) {
      size = reached.size;
      for (const key of feeding)
        if ([...this.#sourcesOf(key)].some((source) => source === by || reached.has(source)))
          reached.add(key);
    }
    return reached;
  }

  /** Some nodes, with all others contracted. */
  between(...ids: readonly NodeId[]): VariableGraph {
    const kept = new Set(ids);
    return this.#cached(`nodes ${[...kept].sort((a, b) => a - b).join(' ')}`, ({ id }) => kept.has(id));
  }

  #cached(key: string, isKept: (node: Node) => boolean): VariableGraph {
    let found = this.#graphs.get(key);
    if (found === undefined) {
      found = new VariableGraph(this.graph, isKept);
      this.#graphs.set(key, found);
    }
    return found;
  }

  #collect(): Map<string, Family> {
    const members = new Map<string, Member[]>();
    for (const { id, name, adjointOf } of this.graph.nodes) {
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

  /** Sizes that the equations name; T is the last step if they name none. */
  #integersOf(): Integers {
    const known = new Map(this.model.equations?.integers ?? []);
    if (!known.has('T')) {
      const steps = [...this.families.values()]
        .filter(({ indexCount, members }) => indexCount === 1 && members.length > 1)
        .flatMap(({ members }) => members.map(({ indices }) => indices[0]));
      if (steps.length > 0) known.set('T', Math.max(...steps));
    }
    return known;
  }
}

/** The name that a line gives a number: `γ`, `\\gamma`. */
function letterOf(left: string): string | undefined {
  const [statement] = parseNotation(left).statements;
  const [member] = statement?.members ?? [];
  return member && plainName(member);
}

export function familyKey({ family, indices }: Reference): string {
  return `${family}/${indices.length}`;
}

/** `H_3` is H at 3, `W_hh` a family of its own; an accent that is part of a letter, Ŷ, is spelt out: Yhat. */
function parsedName(name: string): Reference {
  const plain = [...name.normalize('NFD')].map((c) => COMBINING[c] ?? c).join('');
  const found = /^(.+?)_(-?\d+(?:\.-?\d+)*)$/.exec(plain);
  if (found === null) return { family: plain, indices: [] };
  return { family: found[1], indices: found[2].split('.').map(Number) };
}

const COMBINING: Readonly<Record<string, string>> = {
  '\u0302': 'hat',
  '\u0303': 'tilde',
  '\u0304': 'bar',
  '\u0307': 'dot',
};

const CONVOLUTIONS: ReadonlySet<string> = new Set(['conv', 'convTranspose', 'convFilter']);

/** Ops by which terms of a loss become the loss. */
const ADDITIVE: ReadonlySet<string> = new Set(['add', 'sub', 'total', 'affine']);

/** The target and the scalars from which nothing but losses is computed. A state that feeds the next one is none. */
function lossesOf(
  graph: Graph,
  target: NodeId,
  familyOf: (id: NodeId) => string | undefined,
): ReadonlySet<NodeId> {
  const feeds = new Set<NodeId>([target]); // nodes all of whose consumers lead to losses
  const consumers = new Map<NodeId, NodeId[]>();
  for (const { id, inputs, adjointOf } of graph.nodes) {
    if (adjointOf !== undefined) continue;
    for (const input of inputs) consumers.set(input, [...(consumers.get(input) ?? []), id]);
  }
  const losses = new Set<NodeId>([target]);
  for (let id = target - 1; id >= 0; id--) {
    const { shape, inputs, name } = graph.node(id);
    const into = consumers.get(id) ?? [];
    const isPure =
      shape.length === 0 &&
      inputs.length > 0 &&
      into.length > 0 &&
      into.every((c) => feeds.has(c) && ADDITIVE.has(graph.node(c).op));
    if (!isPure) continue;
    if (name === undefined) feeds.add(id);
    else if (familyOf(id) !== familyOf(target)) {
      feeds.add(id);
      losses.add(id);
    }
  }
  const isRecurrent = [...losses].some((id) => id !== target && familyOf(id) === familyOf(target));
  return isRecurrent ? new Set([target]) : losses;
}
