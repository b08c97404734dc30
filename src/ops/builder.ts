/** The algebra read as a graph: each call appends a node. What people and derivative rules build graphs with. */

import { GradpathError } from '../graph/error.ts';
import { type Attrs, type DType, Graph, type Leaf, type NodeId } from '../graph/graph.ts';
import { formatShape, type Shape, sizeOf } from '../graph/shape.ts';
import { attrFault } from './attrs.ts';
import { type Algebra, ShapeMismatch, shapeError } from './op.ts';
import { defineOps, rowOf } from './table.ts';

/** Ops as methods (`g.tanh(x)`), over ids of nodes of one graph. */
export interface Builder extends Algebra<NodeId> {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the ops are added to the prototype from the table
export class Builder {
  readonly graph: Graph;
  #scope = '';
  #adjointOf: NodeId | undefined;
  #subject: string | undefined;

  constructor(graph: Graph | DType = 'float64') {
    this.graph = typeof graph === 'string' ? new Graph(graph) : graph;
  }

  /** A leaf that gradients are asked for. Its value is given when the graph runs. */
  parameter(name: string, shape: Shape): NodeId {
    return this.#leaf('parameter', name, shape, {});
  }

  /** A leaf for data. Its value is given when the graph runs. */
  input(name: string, shape: Shape): NodeId {
    return this.#leaf('input', name, shape, {});
  }

  /** A leaf whose value belongs to the graph: one number for all elements, or all of them in row-major order. */
  constant(value: number | readonly number[], shape: Shape = [], name?: string): NodeId {
    if (typeof value !== 'number' && value.length !== sizeOf(shape)) {
      const what = name ?? 'constant';
      throw new GradpathError(
        'value',
        `${what}: ${value.length} values given, ${formatShape(shape)} takes ${sizeOf(shape)}`,
        what,
      );
    }
    const odd = (typeof value === 'number' ? [value] : value).findIndex(
      (element) => !Number.isFinite(element),
    );
    if (odd >= 0) {
      const what = name ?? 'constant';
      const element = typeof value === 'number' ? value : value[odd];
      throw new GradpathError(
        'value',
        `${what}: element ${odd + 1} is ${element}, expected a finite number`,
        what,
      );
    }
    return this.#leaf('constant', name, shape, { value: typeof value === 'number' ? value : [...value] });
  }

  /** Makes what `build` returns the variable `name`; errors met meanwhile begin with that name. */
  define(name: string, build: () => NodeId): NodeId {
    const outer = this.#subject;
    this.#subject = name;
    try {
      return this.graph.name(build(), name);
    } finally {
      this.#subject = outer;
    }
  }

  /** Nodes appended by `build` lie in the scope `label`, below the scope in force. */
  within<T>(label: string, build: () => T): T {
    return this.#in(this.#scope === '' ? label : `${this.#scope}/${label}`, this.#adjointOf, build);
  }

  /** Nodes appended by `build` belong to the derivative of a forward node: its scope, and a link to it. */
  adjoint<T>(of: NodeId, build: () => T): T {
    return this.#in(this.graph.node(of).scope, of, build);
  }

  /** Appends one application of an op; the shape is inferred, and a misfit told in the variables' names. */
  apply(op: string, operands: readonly NodeId[], attrs: Attrs): NodeId {
    const { nodes } = this.graph;
    const shapes: Shape[] = [];
    for (let i = 0; i < operands.length; i++)
      shapes.push((nodes[operands[i]] ?? this.graph.node(operands[i])).shape);
    const shape = inferShape(op, shapes, attrs, (slot) => this.graph.label(operands[slot]), this.#subject);
    return this.graph.append({
      op,
      inputs: operands,
      attrs,
      shape,
      scope: this.#scope,
      adjointOf: this.#adjointOf,
    });
  }

  #leaf(op: Leaf, name: string | undefined, shape: Shape, attrs: Attrs): NodeId {
    const bad = shape.find(isNoSize);
    if (bad !== undefined) throw new GradpathError('shape', `${name ?? op}: ${noSize(bad)}`, name);
    if (name !== undefined && this.graph.find(name) !== undefined) {
      throw new GradpathError('name', `${name}: the name is taken already; give each variable its own`, name);
    }
    const spec = { op, inputs: [], attrs, shape: [...shape], scope: this.#scope, adjointOf: this.#adjointOf };
    const id = this.graph.append(spec);
    return name === undefined ? id : this.graph.name(id, name);
  }

  #in<T>(scope: string, adjointOf: NodeId | undefined, build: () => T): T {
    const outerScope = this.#scope;
    const outerAdjointOf = this.#adjointOf;
    this.#scope = scope;
    this.#adjointOf = adjointOf;
    try {
      return build();
    } finally {
      this.#scope = outerScope;
      this.#adjointOf = outerAdjointOf;
    }
  }
}

defineOps<Builder, NodeId>(Builder.prototype, (builder, op, operands, attrs) =>
  builder.apply(op, operands, attrs),
);

const isNoSize = (n: number): boolean => !(Number.isInteger(n) && n >= 0);
const noSize = (n: number): string => `${n} is no axis size; a size is a whole number from 0 on`;

/** The shape of op(operands), or an error that names the operands and, if given, the variable being defined. */
export function inferShape(
  op: string,
  shapes: readonly Shape[],
  attrs: Attrs,
  label: (slot: number) => string,
  subject?: string,
): Shape {
  const row = rowOf(op);
  if (row === undefined) throw new GradpathError('graph', `there is no op ${op}`, subject);
  const fits = row.arity === 'n' ? shapes.length >= 1 : shapes.length === row.arity;
  if (!fits) {
    const wanted =
      row.arity === 'n' ? 'one operand or more' : `${row.arity} operand${row.arity === 1 ? '' : 's'}`;
    throw new GradpathError(
      'shape',
      `${subject ?? op}: ${op} takes ${wanted}, ${shapes.length} given`,
      subject,
    );
  }
  try {
    const fault = attrFault(attrs, row.attrs);
    if (fault !== undefined) throw new ShapeMismatch(fault);
    const shape = row.shape(shapes, attrs);
    if (!Array.isArray(shape)) throw new ShapeMismatch(`its shape is ${shape}, expected a list of sizes`);
    const bad = shape.find(isNoSize);
    if (bad !== undefined) throw new ShapeMismatch(noSize(bad));
    return shape;
  } catch (error) {
    if (!(error instanceof ShapeMismatch)) throw error;
    const operands = shapes.map((shape, slot) => ({ label: label(slot), shape }));
    throw shapeError(op, operands, error.message, subject);
  }
}
