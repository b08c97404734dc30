/** The IR: an append-only array of immutable nodes. A node's id is its index, so ids are a topological order. */

import { GradpathError, nearest, requireOneOf } from './error.ts';
import { type Shape, sizeOf } from './shape.ts';

export type NodeId = number;
export const DTYPES = ['float64', 'float32'] as const;
export type DType = (typeof DTYPES)[number];
export type Attr = number | string | boolean | readonly number[];
/** What an attribute of an op holds; integers go with axes, of indices there may be many. */
export type AttrKind = 'number' | 'boolean' | 'integers' | 'indices';
export type Attrs = Readonly<Record<string, Attr>>;

/** Nodes without operands: what a person supplies. Everything else is an op of the table. */
export const LEAVES = ['parameter', 'input', 'constant'] as const;
export type Leaf = (typeof LEAVES)[number];

export interface Node {
  readonly id: NodeId;
  /** A leaf kind or the name of an op. */
  readonly op: string;
  /** Operands by slot; each id is smaller than this node's. */
  readonly inputs: readonly NodeId[];
  readonly attrs: Attrs;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Path such as `t=2/gate i`: columns, colours and groups of the picture. Empty at the top. */
  readonly scope: string;
  readonly name: string | undefined;
  /** The forward node whose derivative rule appended this one. */
  readonly adjointOf: NodeId | undefined;
}

/** One operand of one node: `x*x` has two edges. */
export interface Edge {
  readonly consumer: NodeId;
  readonly slot: number;
}

export interface NodeSpec {
  readonly op: string;
  readonly inputs: readonly NodeId[];
  readonly attrs: Attrs;
  readonly shape: Shape;
  readonly scope?: string;
  readonly adjointOf?: NodeId | undefined;
}

function newNode(id: NodeId, spec: NodeSpec, dtype: DType, name: string | undefined): Node {
  const { op, inputs, attrs, shape, scope = '', adjointOf } = spec;
  return { id, op, inputs, attrs, shape, dtype, scope, name, adjointOf };
}

export const MAX_NAME_LENGTH = 128;
export const MAX_RANK = 8;
export const MAX_SCOPE_LENGTH = 512;

export class Graph {
  readonly dtype: DType;
  readonly #nodes: Node[] = [];
  readonly #byName = new Map<string, NodeId>();

  constructor(dtype: DType = 'float64') {
    requireOneOf('dtype', dtype, DTYPES);
    this.dtype = dtype;
  }

  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  get size(): number {
    return this.#nodes.length;
  }

  /** Appends a node and returns its id. The shape has been inferred by the caller, who knows the op. */
  append(spec: NodeSpec): NodeId {
    const id = this.#nodes.length;
    if (spec.shape.length > MAX_RANK) {
      throw new GradpathError(
        'shape',
        `${spec.op} has ${spec.shape.length} axes, at most ${MAX_RANK} are allowed`,
      );
    }
    if (spec.scope !== undefined && spec.scope.length > MAX_SCOPE_LENGTH) {
      throw new GradpathError(
        'limit',
        `a scope has at most ${MAX_SCOPE_LENGTH} characters, this one ${spec.scope.length}`,
      );
    }
    for (const input of spec.inputs) {
      if (!(Number.isInteger(input) && input >= 0 && input < id)) {
        throw new GradpathError('graph', `operand ${input} of ${spec.op} is not a node of this graph`);
      }
    }
    this.#nodes.push(newNode(id, spec, this.dtype, undefined));
    return id;
  }

  node(id: NodeId): Node {
    const node = this.#nodes[id];
    if (node === undefined) throw new GradpathError('graph', `there is no node ${id} in this graph`);
    return node;
  }

  /** Makes a node a variable. A node has at most one name, and a name at most one node. */
  name(id: NodeId, name: string): NodeId {
    const node = this.node(id);
    if (name.length === 0 || name.length > MAX_NAME_LENGTH) {
      throw new GradpathError(
        'name',
        `a name has 1 to ${MAX_NAME_LENGTH} characters, this one ${name.length}`,
      );
    }
    if (/[→,]/.test(name)) {
      throw new GradpathError(
        'name',
        `${name}: a name has no → and no comma: they stand between names`,
        name,
      );
    }
    if (this.#byName.has(name)) {
      throw new GradpathError('name', `${name}: the name is taken already; give each variable its own`, name);
    }
    if (node.name !== undefined) {
      throw new GradpathError('name', `${name}: the node is called ${node.name} already`, name);
    }
    this.#nodes[id] = newNode(id, node, this.dtype, name);
    this.#byName.set(name, id);
    return id;
  }

  /** A graph of the same nodes, to append to without changing this one. */
  copy(): Graph {
    const copy = new Graph(this.dtype);
    for (const node of this.#nodes) copy.#nodes.push(node);
    for (const [name, id] of this.#byName) copy.#byName.set(name, id);
    return copy;
  }

  /** The variable of that name, or undefined. */
  find(name: string): NodeId | undefined {
    return this.#byName.get(name);
  }

  /** The variable of that name; an unknown one is an error that names the nearest. */
  idOf(name: string): NodeId {
    const id = this.#byName.get(name);
    if (id !== undefined) return id;
    const guess = nearest(name, this.#byName.keys());
    const known = [...this.#byName.keys()];
    const list =
      known.length > 12 ? `${known.slice(0, 12).join(', ')}, … (${known.length} in all)` : known.join(', ');
    if (known.length === 0) {
      throw new GradpathError(
        'unknown-variable',
        `unknown variable ${name}: the graph has no variables`,
        name,
      );
    }
    const hint = guess === undefined ? '' : ` Did you mean ${guess}?`;
    throw new GradpathError(
      'unknown-variable',
      `unknown variable ${name}.${hint} The variables are ${list}`,
      name,
    );
  }

  /** The variable's name, else `tanh %12`. */
  label(id: NodeId): string {
    const node = this.node(id);
    return node.name ?? `${node.op} %${id}`;
  }
}

/** Number of elements of a node's value. */
export function nodeSize(node: Node): number {
  return sizeOf(node.shape);
}

/** Every op has operands, so a node without is a leaf. */
export function isLeaf(node: Node): boolean {
  return node.inputs.length === 0;
}
