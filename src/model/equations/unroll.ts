/** A file of equations as a model: each variable once for each value of its indices, in the order in which they depend. */

import type { Draw } from '../../graph/equations.ts';
import { GradpathError } from '../../graph/error.ts';
import type { NodeId } from '../../graph/graph.ts';
import { LIMITS } from '../../graph/json.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of, Span } from '../../notation/tree.ts';
import { Builder } from '../../ops/builder.ts';
import type { Model } from '../model.ts';
import { type Alias, aliasesOf } from './aliases.ts';
import { Arithmetic } from './arithmetic.ts';
import { computed } from './arrays.ts';
import type { Declaration } from './declare.ts';
import { memberValues } from './elements.ts';
import { initialShapes } from './initial.ts';
import { type Integers, plainName } from './integers.ts';
import { Interpreter } from './interpret.ts';
import { drawn, fileValues, givenValues } from './leaves.ts';
import { quoted } from './line.ts';
import { leavesNamed, type Member, type Members, membersOf, spanOf } from './members.ts';
import { scriptedName } from './names.ts';
import { type Equation, type Network, readNetwork } from './network.ts';
import { inOrder, removeImpossible } from './order.ts';
import { hasOnes } from './product.ts';
import { usedBy } from './references.ts';
import type { Scope } from './scope.ts';
import { takenIn } from './summands.ts';
import { shownOf, targetOf } from './target.ts';
import { unknownName } from './unknown.ts';
import type { Standing, Value } from './value.ts';

export interface EquationOptions {
  /** What the model is called (default `equations`). */
  readonly name?: string;
  /** Of the values that are drawn (default 1). */
  readonly seed?: number;
  /** The text of a file that the equations name: `W = file "w.csv"`. */
  readonly read?: (path: string) => string;
  /** Told what is odd but no error. */
  readonly note?: (message: string) => void;
}

/** Most numbers that all nodes hold together, and most nodes: those of a document. */
const MAX_NUMBERS = LIMITS.totalElements;
const MAX_NODES = LIMITS.nodes;

/**
 * The model that a text of equations describes. Shapes are inferred and checked; whatever is wrong is a NotationError
 * that points at the place in the text.
 */
export function modelFromEquations(text: string, options: EquationOptions = {}): Model {
  const network = readNetwork(text);
  if (!network.declarations.some(({ isShared }) => isShared)) return modelOf(network, options);
  // in `a, W: 4x4` a may be a number, if nothing else gives a loss
  let failure: unknown;
  let model: Model | undefined;
  try {
    model = modelOf(network, options);
    if (hasLoss(model)) return model;
  } catch (error) {
    failure = error;
  }
  try {
    const apart = modelOf(readNetwork(text, true), options);
    if (model === undefined || hasLoss(apart)) return apart;
  } catch {
    // then the first reading is told of
  }
  if (model === undefined) throw failure;
  return model;
}

function hasLoss({ builder: { graph }, target }: Model): boolean {
  return graph.node(graph.idOf(target)).shape.length === 0;
}

function modelOf(network: Network, options: EquationOptions): Model {
  const { text } = network;
  const members = membersOf(network);
  removeImpossible(members);
  const aliases = aliasesOf(members);
  const ordered = inOrder(members);
  const initial = initialShapes(network, members, ordered);
  const unroller = new Unroller(network, members, initial, aliases, options);
  if (!ordered.some(({ from }) => 'equation' in from)) {
    throw new NotationError('no equation defines anything; write one, such as y = W x', text, {
      start: 0,
      end: Math.min(1, text.length),
    });
  }
  for (const member of ordered) unroller.build(member);
  return unroller.model(ordered);
}

class Unroller {
  readonly #builder = new Builder();
  readonly #network: Network;
  readonly #members: Members;
  readonly #initial: ReadonlyMap<Member, Shape>;
  readonly #aliases: ReadonlyMap<Member, Alias>;
  readonly #options: EquationOptions;
  readonly #values = new Map<Member, Value<NodeId>>();
  readonly #numbers: Record<string, readonly number[]> = {};
  readonly #draws = new Map<string, Draw>();
  readonly #used = new Set<Member>();
  readonly #given: Map<Member, readonly number[]>;
  readonly #scope: Scope<NodeId>;
  /** What is read back from aliases. */
  readonly #restored = new Map<Member, Value<NodeId>>();
  #current: Member | undefined;
  #total = 0;
  #counted = 0;

  constructor(
    network: Network,
    members: Members,
    initial: ReadonlyMap<Member, Shape>,
    aliases: ReadonlyMap<Member, Alias>,
    options: EquationOptions,
  ) {
    this.#network = network;
    this.#members = members;
    this.#initial = initial;
    this.#aliases = aliases;
    this.#options = options;
    this.#given = givenLeaves(network, members, options);
    const b = this.#builder;
    const domain = {
      A: b,
      shapeOf: (id: NodeId) => b.graph.node(id).shape,
      tensor: (data: readonly number[], shape: readonly number[]) =>
        b.constant(data.length === 1 ? data[0] : data, shape),
    };
    this.#scope = {
      m: new Arithmetic<NodeId>(domain, { asterisk: 'matrix', dot: 'inner' }),
      text: network.text,
      indexCount: members.indexCount,
      functions: network.functions,
      members: members.indicesOf,
      variable: (reference) => {
        const member = members.find(reference);
        if (member !== undefined) this.#used.add(member);
        return member && this.#valueOf(member);
      },
      steps: stepsOf(members),
      bounds: () => undefined,
      unknown: (x, integers) => {
        throw unknownName(network, members, x, integers);
      },
    };
  }

  /** The value of a variable, which comes by way of its alias if it has one. */
  #valueOf(member: Member): Value<NodeId> | undefined {
    const own = this.#values.get(member);
    const alias = this.#aliases.get(member);
    if (own === undefined || alias === undefined || alias.member === this.#current) return own;
    let value = this.#restored.get(member);
    if (value === undefined) {
      const { v } = this.#values.get(alias.member)!;
      const b = this.#builder;
      const isMatrix = alias.isTransposed && own.shape.length === 2;
      const back = isMatrix ? b.transpose(v, { perm: [1, 0] }) : b.reshape(v, { shape: own.shape });
      value = this.#scope.m.value(back, own.standing);
      this.#restored.set(member, value);
    }
    return value;
  }

  build(member: Member): void {
    this.#current = member;
    const { from, scope } = member;
    const build = () =>
      'declaration' in from ? this.#leaf(member, from.declaration) : this.#equation(member, from.equation);
    this.#values.set(member, scope === '' ? build() : this.#builder.within(scope, build));
    const { nodes } = this.#builder.graph;
    for (; this.#counted < nodes.length; this.#counted++) this.#total += sizeOf(nodes[this.#counted].shape);
    if (this.#total > MAX_NUMBERS) this.#refuse(member, `${MAX_NUMBERS} numbers in all; take smaller sizes`);
    if (nodes.length > MAX_NODES) this.#refuse(member, `${MAX_NODES} nodes; take smaller ranges`);
  }

  #refuse(member: Member, message: string): never {
    throw new NotationError(`${member.name}: more than ${message}`, this.#network.text, spanOf(member));
  }

  #leaf(member: Member, declaration: Declaration): Value<NodeId> {
    const { name } = member;
    const { shape, kind, isRow, draw } = declaration;
    const b = this.#builder;
    if (this.#total + sizeOf(shape) > MAX_NUMBERS) {
      this.#refuse(member, `${MAX_NUMBERS} numbers in all; take smaller sizes`);
    }
    const given = this.#given.get(member);
    const standing: Standing = isRow ? 'row' : 'column';
    if (kind === 'constant' && given !== undefined) {
      const isFilled = given.every((value) => value === given[0]);
      const v = b.constant(isFilled ? given[0] : given, shape, name);
      return this.#scope.m.value(v, standing);
    }
    if (given === undefined) this.#draws.set(name, draw);
    this.#numbers[name] = given ?? drawn(name, declaration, this.#options.seed ?? 1);
    const v = kind === 'parameter' ? b.parameter(name, shape) : b.input(name, shape);
    return this.#scope.m.value(v, standing);
  }

  #equation(member: Member, equation: Equation): Value<NodeId> {
    const { name } = member;
    const right = takenIn(equation.right, (sum) => this.#isOverMembers(sum, member.integers));
    const b = this.#builder;
    let standing: Standing = 'column';
    const shape = this.#initial.get(member);
    const build = () => {
      const found = computed(
        { ...equation, right, axes: member.axes },
        member.integers,
        new Interpreter(this.#scope),
      );
      const value =
        shape === undefined
          ? this.#once(found, right)
          : this.#scope.m.value(b.constant(found.literal!, shape));
      standing = value.standing;
      this.#requireSize(value, name, right.span);
      const node = b.graph.node(value.v);
      // another variable under a second name is a node of its own
      return node.name === undefined ? value.v : b.reshape(value.v, { shape: node.shape });
    };
    try {
      return this.#scope.m.value(b.define(name, build), standing);
    } catch (error) {
      if (!(error instanceof GradpathError) || error instanceof NotationError) throw error;
      throw new NotationError(error.message, this.#network.text, right.span);
    }
  }

  /** A row or a column that would repeat, as the mean over an axis, is one by itself; not so 1 bᵀ. */
  #once(x: Value<NodeId>, right: Expr): Value<NodeId> {
    if (x.standing !== 'spread' || hasOnes(right)) return x;
    const v = this.#builder.reshape(x.v, { shape: x.shape.filter((n) => n > 1) });
    return this.#scope.m.value(v, x.shape[0] === 1 ? 'row' : 'column');
  }

  /** Whether a Σ runs over variables, not over elements. */
  #isOverMembers({ lower: [first], body }: Of<'big'>, integers: Integers): boolean {
    const index = first && plainName(first.kind === 'relation' ? first.members[0] : first);
    return index !== undefined && memberValues(index, body, integers, this.#scope)?.length !== undefined;
  }

  #requireSize({ standing }: Value<NodeId>, name: string, span: Span): void {
    if (standing === 'column' || standing === 'row' || standing === 'free') return;
    const what =
      standing === 'identity'
        ? 'the identity? Write eye(4)'
        : standing === 'spread'
          ? '1 bᵀ? Add it to a matrix'
          : '𝟏? Write ones(4)';
    throw new NotationError(`${name}: of what size is ${what}`, this.#network.text, span);
  }

  model(ordered: readonly Member[]): Model {
    const { text, title, integers } = this.#network;
    const { name = 'equations', note } = this.#options;
    const graph = this.#builder.graph;
    const used = new Set(
      [...this.#used].map(({ from }) => ('declaration' in from ? from.declaration : undefined)),
    );
    for (const declaration of this.#network.declarations) {
      if (!used.has(declaration)) note?.(`${quoted(text, declaration.name.span)} is declared but not used`);
    }
    const defined = ordered.filter(({ from }) => 'equation' in from);
    const target = targetOf(graph, defined, this.#members);
    const show = shownOf(graph, defined, target, this.#members);
    const rows = [...this.#values].flatMap(([member, { standing }]) =>
      standing === 'row' ? [member.name] : [],
    );
    return {
      name,
      title: title ?? name,
      builder: this.#builder,
      values: this.#numbers,
      target,
      ...(show === undefined ? {} : { show }),
      equations: { text, integers, draws: this.#draws, rows: new Set(rows) },
    };
  }
}

/** The indices at which something is computed or put in. Those of first states alone, h_0, are none. */
function stepsOf(members: Members): ReadonlySet<number> {
  const isFirst = (member: Member) =>
    'declaration' in member.from
      ? member.from.declaration.kind === 'constant'
      : usedBy(member, members).length === 0;
  return new Set(
    [...members.all].filter((member) => !isFirst(member)).flatMap(({ reference }) => reference.indices),
  );
}

/** Values that the text gives, in declarations, in lines of their own, and from files. */
function givenLeaves(
  network: Network,
  members: Members,
  { read }: EquationOptions,
): Map<Member, readonly number[]> {
  const { text, integers } = network;
  const given = new Map<Member, readonly number[]>();
  const declarationOf = ({ from }: Member) => ('declaration' in from ? from.declaration : undefined);
  for (const member of members.all) {
    const { value, shape } = declarationOf(member) ?? {};
    if (value !== undefined)
      given.set(member, givenValues(text, value, shape!, member.name, member.integers));
  }
  const give = (leaves: readonly Member[], values: (shape: readonly number[]) => number[]) => {
    const { shape } = declarationOf(leaves[0])!;
    const size = sizeOf(shape);
    const all = values(leaves.length === 1 ? shape : [leaves.length, ...shape]);
    for (const [i, member] of leaves.entries()) given.set(member, all.slice(i * size, (i + 1) * size));
  };
  for (const { left, right, ranges } of network.equations) {
    const leaves = ranges.length > 0 ? [] : leavesNamed(network, members, left);
    const shown = quoted(text, left.span);
    if (leaves.length > 0) give(leaves, (shape) => givenValues(text, right, shape, shown, integers));
  }
  for (const { name, file, span } of network.files) {
    const shown = quoted(text, name.span);
    if (read === undefined) throw new NotationError('files are not read here; write the numbers', text, span);
    const leaves = leavesNamed(network, members, name);
    if (leaves.length === 0) {
      const base = scriptedName(name)?.base ?? shown;
      throw new NotationError(`${shown} is not declared; write param ${base}: 4x4 first`, text, span);
    }
    give(leaves, (shape) => fileValues(text, read, file, shape, shown, span));
  }
  return given;
}
