/** One erratum of TensorFlow.js: a function that it differentiates wrongly or not, ours beside it, differences as judge. */

import type { Tensor } from '@tensorflow/tfjs-core';
import { differences } from '../../../autodiff/check.ts';
import { grad } from '../../../autodiff/grad.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import { Builder } from '../../../ops/builder.ts';
import { Plan } from '../../../run/plan.ts';
import type { Tfjs } from '../oracle.ts';

/** One function y = op(x), once in tfjs and once in our ops, and the point at which both are differentiated. */
export interface Erratum {
  /** As tfjs calls it. */
  readonly op: string;
  /** In which case tfjs errs. */
  readonly when: string;
  /** Of the derivative that is wrong or missing; 0 is the value itself. */
  readonly order: 0 | 1 | 2;
  /** What 4.22 was found to do: `wrong` is silent; `convention` is another choice at a kink. */
  readonly found: 'wrong' | 'throws' | 'convention';
  readonly at: readonly number[];
  /** By default a vector. */
  readonly shape?: Shape;
  readonly tfjs: (tf: Tfjs, x: Tensor) => Tensor;
  readonly ours: (b: Builder, x: NodeId) => NodeId;
}

type Case = Pick<Erratum, 'tfjs' | 'ours'> & Partial<Pick<Erratum, 'order' | 'shape'>>;

/** A function whose derivative, by default the first, tfjs gives wrongly without a word. */
export function wrong(op: string, when: string, at: readonly number[], f: Case): Erratum {
  return { op, when, order: 1, found: 'wrong', at, ...f };
}

/** A kink at which tfjs takes another derivative than we do, of those that may be taken. */
export function convention(op: string, when: string, at: readonly number[], f: Case): Erratum {
  return { op, when, order: 1, found: 'convention', at, ...f };
}

/** A function that tfjs refuses to differentiate. */
export function missing(op: string, when: string, at: readonly number[], f: Case): Erratum {
  return { op, when, order: 1, found: 'throws', at, ...f };
}

/** The elements of a vector at these places. */
export const gathered =
  (...indices: readonly number[]) =>
  (b: Builder, x: NodeId): NodeId =>
    b.gather(x, { axis: 0, indices });

export interface ErratumResult {
  readonly erratum: Erratum;
  /** The derivative, row-major, or the error that tfjs threw. */
  readonly tfjs: readonly number[] | Error;
  readonly gradpath: readonly number[];
  /** By finite differences; the known value where the order is 0. */
  readonly truth: readonly number[];
  /** Relative to the largest element of the truth; undefined where tfjs threw. */
  readonly errors: { readonly tfjs: number | undefined; readonly gradpath: number };
  /** The relative difference of both values of y, at x and beside it: that they are one function. */
  readonly valuesApart: number | undefined;
  /** What tfjs does today. */
  readonly verdict: Erratum['found'] | 'right';
  /** Whether Gradpath agrees with the truth. */
  readonly ok: boolean;
}

/** Float32 and its rounding stay below this, the errors of tfjs lie far above. */
const TFJS_BOUND = 1e-3;
const OUR_BOUND = 1e-8;

/**
 * Differentiates F(x) = Σ i·y_i, y numbered from 1, at the erratum's point: order 1 is ∂F/∂x, order 2 is ∂G/∂x with
 * G = Σ i·∂F/∂x_i, a product with the Hessian. Differences are taken of F, or of G from our own first derivative,
 * which is compared with differences of F first.
 */
export function runErratum(tf: Tfjs, erratum: Erratum): ErratumResult {
  const { order, at } = erratum;
  const shape = erratum.shape ?? [at.length];
  const b = new Builder();
  const x = b.parameter('x', shape);
  const y = erratum.ours(b, x);
  const F = weighted(b, y);
  const [first] = grad(b, F, [x]);
  const G = weighted(b, first);
  const [second] = grad(b, G, [x]);
  const plan = new Plan(b.graph, [F, y, first, second]).set(x, at).run();
  const elements = (id: NodeId) => [...plan.value(id)];
  const quotient = (target: NodeId) => [...differences(b, { x: at }, target, [x])[0].derivative];

  const gradpath = elements([y, first, second][order]);
  // 0: IEEE 754-2019, maximum: NaN is not lost
  const truth = order === 0 ? gradpath.map(() => Number.NaN) : quotient(order === 1 ? F : G);
  const firstError = order === 2 ? distance(elements(first), quotient(F)) : 0;
  const theirs = attempt(() => tfjsDerivative(tf, erratum, shape));
  const errors = {
    tfjs: theirs instanceof Error ? undefined : distance(theirs, truth),
    gradpath: Math.max(firstError, distance(gradpath, truth)),
  };
  const right = errors.tfjs !== undefined && errors.tfjs <= TFJS_BOUND;
  const disagrees = () =>
    order === 1 && isBetween(theirs as readonly number[], at, (moved) => plan.set(x, moved).run().value(F)[0])
      ? 'convention'
      : 'wrong';
  return {
    erratum,
    tfjs: theirs,
    gradpath,
    truth,
    errors,
    valuesApart: order === 0 ? undefined : valuesApart(tf, erratum, shape, plan, x, F),
    verdict: theirs instanceof Error ? 'throws' : right ? 'right' : disagrees(),
    ok: errors.gradpath <= OUR_BOUND,
  };
}

/** The step of one-sided quotients: their error is of its size, for kinks of size 1. */
const STEP = 1e-6;

/**
 * Whether g may be taken for the gradient of F at a kink: along each axis, and along all of them together, its slope
 * lies between those of F on both sides. Where F is smooth only the gradient itself does.
 */
function isBetween(
  g: readonly number[],
  at: readonly number[],
  F: (x: readonly number[]) => number,
): boolean {
  const axes = at.map((_, i) => at.map((_, j) => (i === j ? 1 : 0)));
  return [...axes, at.map(() => 1)].every((direction) => {
    const value = (step: number) => F(at.map((x, i) => x + step * direction[i]));
    const sides = [(value(STEP) - value(0)) / STEP, (value(0) - value(-STEP)) / STEP];
    const slope = g.reduce((sum, d, i) => sum + d * direction[i], 0);
    const slack = TFJS_BOUND * Math.max(1, ...sides.map(Math.abs));
    return slope >= Math.min(...sides) - slack && slope <= Math.max(...sides) + slack;
  });
}

/** The largest relative difference of F in tfjs and here, at the point and at two beside it. */
function valuesApart(
  tf: Tfjs,
  { at, tfjs }: Erratum,
  shape: Shape,
  plan: Plan,
  x: NodeId,
  F: NodeId,
): number | undefined {
  let apart = 0;
  for (const move of [0, 0.01, -0.02]) {
    const beside = at.map((value, i) => value + move * (1 + (i % 3)));
    const [ours] = plan.set(x, beside).run().value(F);
    const theirs = attempt(() =>
      tf.tidy(() => [...weightedTensor(tf, tfjs(tf, tf.tensor(beside, [...shape]))).dataSync()]),
    );
    if (theirs instanceof Error) return undefined; // the forward pass throws already
    apart = Math.max(apart, distance(theirs, [ours]));
  }
  return apart;
}

function tfjsDerivative(tf: Tfjs, { order, at, tfjs }: Erratum, shape: Shape): readonly number[] {
  const F = (x: Tensor) => weightedTensor(tf, tfjs(tf, x));
  const G = (x: Tensor) => weightedTensor(tf, tf.grad(F)(x));
  return tf.tidy(() => {
    const x = tf.tensor([...at], [...shape]);
    return [...(order === 0 ? tfjs(tf, x) : tf.grad(order === 1 ? F : G)(x)).dataSync()];
  });
}

const numbered = (size: number) => Array.from({ length: size }, (_, i) => i + 1);

/** Σ i·y_i: unlike a plain sum it tells the elements apart. */
function weighted(b: Builder, y: NodeId): NodeId {
  const { shape } = b.graph.node(y);
  const weights = b.constant(numbered(sizeOf(shape)), shape);
  return b.sum(b.mul(weights, y), { axes: shape.map((_, axis) => axis), keepDims: false });
}

function weightedTensor(tf: Tfjs, y: Tensor): Tensor {
  return tf.sum(tf.mul(tf.tensor(numbered(y.size), y.shape), y));
}

/** The largest |a − b| beside the largest |b|. Only NaN equals NaN. */
function distance(a: readonly number[], b: readonly number[]): number {
  const scale = b.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const apart = a.map((value, i) => (Object.is(value, b[i]) ? 0 : Math.abs(value - b[i])));
  if (apart.some(Number.isNaN) || a.length !== b.length) return Number.POSITIVE_INFINITY;
  const largest = Math.max(...apart);
  return largest === 0 ? 0 : largest / (scale === 0 ? 1 : scale);
}

function attempt<T>(compute: () => T): T | Error {
  try {
    return compute();
  } catch (error) {
    return error as Error;
  }
}
