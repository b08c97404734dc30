/** Derivatives of more than one number, forward mode and second order: all of them products of reverse mode with itself. */

import { GradpathError, requireOneOf } from '../graph/error.ts';
import type { NodeId } from '../graph/graph.ts';
import { formatShape, sameShape, sizeOf } from '../graph/shape.ts';
import type { Builder } from '../ops/builder.ts';
import type { Data } from '../ops/op.ts';
import { Plan, type PlanOptions } from '../run/plan.ts';
import type { Values } from '../run/values.ts';
import { grad, vjp } from './grad.ts';

/** The value of the scalar y and its gradients, one per x: arrays in row-major order, overwritten by the next call. */
export interface ValueAndGradients {
  readonly value: number;
  readonly gradients: readonly Data[];
}

/**
 * A function from values of the leaves to the value of the scalar y and its gradients by `xs`. The graph is
 * differentiated and planned once; values that are left out stay as they were.
 */
export function valueAndGrad(
  b: Builder,
  y: NodeId,
  xs: readonly NodeId[],
  options: PlanOptions = { mode: 'lean' },
): (values?: Readonly<Record<string, Values>>) => ValueAndGradients {
  const gradients = grad(b, y, xs);
  const plan = new Plan(b.graph, [y, ...gradients], options);
  return (values = {}) => {
    plan.setAll(values).run();
    return { value: plan.value(y)[0], gradients: gradients.map((id) => plan.value(id)) };
  };
}

/**
 * Forward mode: Σ_x ∂y/∂x · ẋ for tangents ẋ shaped like the xs; shaped like y. It is the derivative by ū of the
 * reverse mode ū ↦ ūᵀ ∂y/∂x, which is linear in ū.
 */
export function jvp(b: Builder, y: NodeId, xs: readonly NodeId[], tangents: readonly NodeId[]): NodeId {
  return pushforward(b, y, xs)(tangents);
}

/** {@link jvp} for several lists of tangents: the linear map is built once. */
function pushforward(b: Builder, y: NodeId, xs: readonly NodeId[]): (tangents: readonly NodeId[]) => NodeId {
  const { graph } = b;
  const u = b.constant(0, graph.node(y).shape);
  const pulled = vjp(b, y, xs, u);
  return (tangents) => {
    requireShapes(b, xs, tangents, 'tangent');
    return grad(b, innerProduct(b, pulled, tangents), [u])[0];
  };
}

/** Σ ⟨a, b⟩ over the pairs, a scalar. */
function innerProduct(b: Builder, as: readonly NodeId[], bs: readonly NodeId[]): NodeId {
  const products = as.map((a, i) => {
    const axes = [...b.graph.node(a).shape.keys()];
    return b.sum(b.mul(a, bs[i]), { axes, keepDims: false });
  });
  return products.length === 1 ? products[0] : b.apply('total', products, {});
}

function requireShapes(b: Builder, xs: readonly NodeId[], given: readonly NodeId[], what: string): void {
  if (xs.length === 0) throw new GradpathError('derivative', `by which variables? No ${what} was asked for`);
  if (given.length !== xs.length) {
    throw new GradpathError('shape', `${given.length} ${what}s given for ${xs.length} variables`);
  }
  xs.forEach((x, i) => {
    const [found, expected] = [b.graph.node(given[i]).shape, b.graph.node(x).shape];
    if (!sameShape(found, expected)) {
      const label = b.graph.label(x);
      const message = `the ${what} of ${label} is ${formatShape(found)}, expected ${formatShape(expected)}`;
      throw new GradpathError('shape', message, label);
    }
  });
}

const MAX_SWEEPS = 4096;

/**
 * All ∂y_i/∂x_j as one node of shape y.shape × x.shape: `rows` takes a reverse sweep per element of y, `columns` a
 * forward sweep per element of x; by default whichever are fewer.
 */
export function jacobian(
  b: Builder,
  y: NodeId,
  x: NodeId,
  by: 'rows' | 'columns' | undefined = undefined,
): NodeId {
  const { graph } = b;
  const [from, to] = [graph.node(x).shape, graph.node(y).shape];
  const [columns, rows] = [sizeOf(from), sizeOf(to)];
  if (by !== undefined) requireOneOf('by', by, ['rows', 'columns']);
  const way = by ?? (rows <= columns ? 'rows' : 'columns');
  const sweeps = way === 'rows' ? rows : columns;
  const name = `∂${graph.label(y)}/∂${graph.label(x)}`;
  if (sweeps > MAX_SWEEPS) {
    const message = `${name} takes ${sweeps} sweeps by ${way}, at most ${MAX_SWEEPS} are made; use vjp or jvp`;
    throw new GradpathError('limit', message, graph.label(y));
  }
  if (rows === 0 || columns === 0) return b.constant(0, [...to, ...from]);
  const unit = (shape: readonly number[], k: number) =>
    b.constant(
      Array.from({ length: sizeOf(shape) }, (_, i) => (i === k ? 1 : 0)),
      shape,
    );
  const push = way === 'columns' ? pushforward(b, y, [x]) : undefined;
  const parts = Array.from({ length: sweeps }, (_, k) =>
    push === undefined
      ? b.reshape(vjp(b, y, [x], unit(to, k))[0], { shape: [1, columns] })
      : b.reshape(push([unit(from, k)]), { shape: [rows, 1] }),
  );
  const matrix = parts.length === 1 ? parts[0] : b.apply('concat', parts, { axis: way === 'rows' ? 0 : 1 });
  return b.reshape(matrix, { shape: [...to, ...from] });
}

/** The second derivatives ∂²y/∂x∂z of the scalar y, shaped x.shape × z.shape; z is x unless it is given. */
export function hessian(b: Builder, y: NodeId, x: NodeId, z: NodeId = x): NodeId {
  return jacobian(b, grad(b, y, [x])[0], z);
}

/** The product of the Hessian of the scalar y by all xs with the vectors, shaped like the xs: a list shaped like them. */
export function hvp(b: Builder, y: NodeId, xs: readonly NodeId[], vectors: readonly NodeId[]): NodeId[] {
  requireShapes(b, xs, vectors, 'vector');
  return grad(b, innerProduct(b, grad(b, y, xs), vectors), xs);
}
