/** What a derivation is judged against: a model, its variables, its sizes and its losses. */

import { VariableGraph } from '../chain/variables.ts';
import type { Node, NodeId } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import { Arithmetic } from '../model/equations/arithmetic.ts';
import { firstElement } from '../model/equations/arrays.ts';
import { elementsOf, isShifted } from '../model/equations/elements.ts';
import { functionName, takesSizes } from '../model/equations/functions.ts';
import { shapes } from '../model/equations/initial.ts';
import { type Integers, plainName } from '../model/equations/integers.ts';
import { Interpreter } from '../model/equations/interpret.ts';
import { membersOf } from '../model/equations/members.ts';
import { referenceOf } from '../model/equations/names.ts';
import { type Network, readNetwork } from '../model/equations/network.ts';
import { functionKey, type OwnFunctions } from '../model/equations/own-functions.ts';
import { modelFromEquations } from '../model/equations/unroll.ts';
import type { Model } from '../model/model.ts';
import { parseNotation, type Reading } from '../notation/parse.ts';
import { children, type Expr, type Statement } from '../notation/tree.ts';
import { withoutArguments } from './arguments.ts';
import { bounded } from './bounded.ts';
import { Cache } from './cache.ts';
import { lossesOf } from './losses.ts';
import { type Family, NamedGraph } from './named-graph.ts';
import { withNumberBehind, withPlaceOfLeft } from './numbers.ts';
import { withPremises } from './premises.ts';
import { parts, withParts } from './rewrite.ts';
import { rolesOf } from './roles.ts';
import { withoutSteps } from './unstepped.ts';

const MAX_GRAPHS = 500;

const CONVOLUTIONS: ReadonlySet<string> = new Set(['conv', 'convTranspose', 'convFilter']);

export class Subject extends NamedGraph {
  readonly model: Model;
  /** Sizes by name: T. */
  readonly integers: Integers;
  /** The scalar that gradients such as dW are of. */
  readonly target: NodeId;
  /** The target, and the scalars that only it is computed from: E and E_1 … E_T. */
  readonly losses: ReadonlySet<NodeId>;
  #network: Network | undefined | null = null;
  #hasImages: boolean | undefined;
  #elementBase: 0 | 1 | undefined | null = null;
  #roles: ReadonlyMap<string, Family> | undefined;
  #steps: ReadonlySet<number> | undefined;
  #labels: ReadonlySet<string> | undefined;
  readonly #graphs = new Cache<VariableGraph>(MAX_GRAPHS);

  /** `names`: of nodes that the model leaves unnamed. */
  constructor(model: Model, names?: ReadonlyMap<NodeId, string>) {
    super(model.builder.graph, names);
    this.model = model;
    this.target = this.graph.idOf(model.target);
    this.losses = lossesOf(this.graph, this.target, (id) => this.familyOf(id));
    this.integers = this.#integersOf();
  }

  /** The functions that the equations define. */
  get functions(): OwnFunctions {
    return this.#equations?.functions ?? NONE;
  }

  /** The equations as they were read; of a model without any, undefined. */
  get #equations(): Network | undefined {
    if (this.#network === null) this.#network = networkOf(this.model.equations?.text);
    return this.#network;
  }

  /** A text read with the names and the functions of the model. */
  read(text: string): Reading {
    const all = [...this.families.values()].map(({ name }) => name);
    // Why is no W h y
    const words = (text.match(/(?<!\p{L})W\p{L}{2,3}/gu) ?? []).filter((word) =>
      this.roles.has(word.toLowerCase()),
    );
    const names = new Set([
      ...all.flatMap((name) => [name, ...(/^[A-Za-z]{2,}(?=_)/.exec(name) ?? [])]),
      ...words,
    ]);
    const functions = new Set(this.functions.keys());
    const { statements, problems } = bounded(parseNotation(text, { names, functions }), text);
    const named = statements.map((statement) => withOwnNames(statement, this.functions));
    const meant = named.map((statement) =>
      withPlaceOfLeft(withNumberBehind(withoutArguments(withoutSteps(statement, this), this), this), this),
    );
    return { statements: withPremises(meant, this), problems };
  }

  /** The model with other numbers for names such as γ = 2; undefined if nothing is changed or it has no equations. */
  withSizes(sizes: ReadonlyMap<string, number>): Subject | undefined {
    const { equations, name } = this.model;
    if (sizes.size === 0 || equations === undefined) return undefined;
    const text = equations.text.replace(NUMBER_GIVEN, (found, left: string, equals: string) => {
      const letter = letterOf(left);
      const size = letter === undefined ? undefined : sizes.get(letter);
      return size === undefined ? found : `${left}${equals}${size}`;
    });
    return new Subject(modelFromEquations(text, { name }));
  }

  /** The steps at which a recurrent variable is computed: those that a loop over time runs through. None: it has no such. */
  get steps(): ReadonlySet<number> {
    this.#steps ??= new Set(
      [...this.families.entries()]
        .filter(([key, { indexCount }]) => indexCount === 1 && this.feedsItself(key))
        .flatMap(([, { members }]) => members)
        .filter(({ id }) => this.graph.node(id).inputs.length > 0 && !this.#isOfInitial(id))
        .map(({ indices }) => indices[0]),
    );
    return this.#steps;
  }

  /** r_0 = tanh(s_0): computed from first states alone. */
  #isOfInitial(id: NodeId): boolean {
    const sources = this.all.into(id).map(({ from }) => from);
    return sources.length > 0 && sources.every((from) => this.isInitial(from));
  }

  /** What W_hh, W_xh, W_hy, hs, xs and ys are called in this model: found by what the weights connect. */
  get roles(): ReadonlyMap<string, Family> {
    this.#roles ??= rolesOf(this);
    return this.#roles;
  }

  /** The words that tell computed variables of one letter apart: w of a_w and b_w. */
  get labels(): ReadonlySet<string> {
    this.#labels ??= new Set(
      [...this.families.values()]
        .filter(({ members }) => members.some(({ id }) => this.graph.node(id).inputs.length > 0))
        .flatMap(({ name }) => /_([^_]+)$/.exec(name)?.[1] ?? []),
    );
    return this.#labels;
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

  /** Whether the equations count elements from 1 or from 0; undefined if they leave it open. */
  get elementBase(): 0 | 1 | undefined {
    if (this.#elementBase === null) this.#elementBase = this.#equations && this.#baseOf(this.#equations);
    return this.#elementBase;
  }

  #baseOf(network: Network): 0 | 1 | undefined {
    const interpreter = new Interpreter<Shape>({
      m: new Arithmetic<Shape>(
        { A: shapes, shapeOf: (shape) => shape, tensor: (_, shape) => shape },
        { asterisk: 'matrix', dot: 'inner' },
      ),
      text: network.text,
      indexCount: this.indexCount,
      members: this.members,
      variable: (reference) => {
        const id = this.find(reference);
        const shape = id === undefined ? undefined : this.graph.node(id).shape;
        return shape && { v: shape, shape, standing: 'column' };
      },
      bounds: () => undefined,
    });
    const all = [...membersOf(network).all];
    const literal = all.map(({ from, integers }) =>
      'equation' in from ? this.#literalBase(from.equation.right, integers) : undefined,
    );
    const counted = literal.filter((base) => base !== undefined);
    if (counted.length > 0) return counted.includes(0) ? 0 : 1;
    for (const { from, axes, integers } of all) {
      if (!('equation' in from) || !shifts(from.equation.right, network.integers)) continue;
      const base = firstElement({ ...from.equation, axes }, integers, interpreter);
      if (base !== undefined) return base;
    }
    return undefined;
  }

  /** 0 if an element 0 is used, else 1 if elements a_1, a_2 are; undefined if none is given by its number. */
  #literalBase(right: Expr, integers: Integers): 0 | 1 | undefined {
    let base: 0 | 1 | undefined;
    const isSize = sizesIn(right);
    for (const x of parts(right)) {
      if (isSize.has(x) || referenceOf(x, integers, this.indexCount) !== undefined) continue;
      for (const { reference, places, letters } of elementsOf(x, integers, this.indexCount)) {
        const id = this.find(reference);
        const isNumbered = letters.every((letter, k) => letter === undefined && places[k] !== undefined);
        if (id === undefined || !isNumbered || this.graph.node(id).shape.length !== places.length) continue;
        if (places.includes(0)) return 0;
        base = 1;
      }
    }
    return base;
  }

  /** Whether anything is convolved. */
  get hasImages(): boolean {
    this.#hasImages ??=
      this.graph.nodes.some(({ op }) => CONVOLUTIONS.has(op)) ||
      (this.#equations !== undefined && slides(this.#equations));
    return this.#hasImages;
  }

  /** All variables. */
  get all(): VariableGraph {
    return this.#cached('all', ({ id }) => this.referenceOf(id) !== undefined);
  }

  /** Some nodes, with all others contracted. */
  between(...ids: readonly NodeId[]): VariableGraph {
    const kept = new Set(ids);
    return this.#cached(`nodes ${[...kept].sort((a, b) => a - b).join(' ')}`, ({ id }) => kept.has(id));
  }

  #cached(key: string, isKept: (node: Node) => boolean): VariableGraph {
    return this.#graphs.of(key, () => new VariableGraph(this.graph, isKept));
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

/** Functions by the names that the table has for them: f(z) is σ(z) if the equations say so. */
export function withOwnNames(statement: Statement, functions: OwnFunctions): Statement {
  const named = (fn: Expr): Expr => {
    if (fn.kind === 'prime') return { ...fn, of: named(fn.of) };
    const own = functions.get(functionKey(fn) ?? '');
    return typeof own === 'string' ? { kind: 'name', base: own, accents: [], span: fn.span } : fn;
  };
  const walk = (x: Expr): Expr => {
    const made = withParts(x, walk);
    return made.kind === 'call' ? { ...made, fn: named(made.fn) } : made;
  };
  if (functions.size === 0) return statement;
  return { ...statement, members: statement.members.map(walk) };
}

const NONE: OwnFunctions = new Map();

function networkOf(text: string | undefined): Network | undefined {
  try {
    return text === undefined ? undefined : readNetwork(text);
  } catch {
    return undefined; // a document may hold any text
  }
}

/** Sizes among the arguments of functions: `2x2` is no element x_2. */
function sizesIn(right: Expr): ReadonlySet<Expr> {
  const calls = [...parts(right)].filter(
    (x) => x.kind === 'call' && takesSizes(functionName(plainName(x.fn) ?? '')),
  );
  return new Set(
    calls.flatMap((x) => (x.kind === 'call' ? x.args.slice(1).flatMap((arg) => [...parts(arg)]) : [])),
  );
}

/** Whether an equation sums over elements that slide along an array: X_{i+m,j+n}. */
function slides({ equations, integers }: Network): boolean {
  return equations.some(({ right }) => shifts(right, integers));
}

function shifts(right: Expr, integers: Integers): boolean {
  const stack = [right];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    if (isShifted(x, integers)) return true;
    stack.push(...children(x));
  }
  return false;
}

/** `γ = 2`, also in a declaration. */
const NUMBER_GIVEN = /(\\?\p{L}[\w{}\\]{0,30})(\s*=\s*)-?\d+(?:\.\d+)?(?=\s*(?:[,;#%\n]|$))/gu;

/** The name that a line gives a number: `γ`, `\\gamma`. */
function letterOf(left: string): string | undefined {
  const [statement] = parseNotation(left).statements;
  const [member] = statement?.members ?? [];
  return member && plainName(member);
}
