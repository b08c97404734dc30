/** Products of vectors and matrices, and the permutation of axes that their adjoints need. */

import {
  broadcastOffsets,
  broadcastShapes,
  formatShape,
  type Shape,
  sameShape,
  stridedOffsets,
  stridesOf,
} from '../graph/shape.ts';
import { type Algebra, type Data, type KernelContext, type Rows, ShapeMismatch } from './op.ts';
import { sumOfOuters, timesMatrix, timesVector, transposedTimesVector } from './products.ts';
import { doublesOf, store } from './sums.ts';
import { infix, POWER, PRODUCT, within } from './tex.ts';

const transposed = <V>(A: Algebra<V>, x: V): V => A.transpose(x, { perm: [1, 0] });

/** The last two axes swapped. */
function transposedLast<V>(A: Algebra<V>, x: V, rank: number): V {
  const perm = [...Array(rank).keys()];
  return A.transpose(x, { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

/**
 * The product of m×k and k×n, for each entry of the axes before, which broadcast; a vector is a row on the left and
 * a column on the right.
 */
function matmulShape([a, b]: readonly Shape[]): Shape {
  if (a.length < 1 || b.length < 1)
    throw new ShapeMismatch('matmul takes vectors and matrices, not a scalar');
  const [inner, innerB] = [a[a.length - 1], b[Math.max(0, b.length - 2)]];
  if (inner !== innerB) throw new ShapeMismatch(`inner sizes ${inner} and ${innerB} differ`);
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2));
  if (batch === undefined) {
    const [left, right] = [a, b].map((shape) => formatShape(shape.slice(0, -2)));
    throw new ShapeMismatch(`the axes before the matrices, ${left} and ${right}, do not broadcast`);
  }
  return [...batch, ...a.slice(-2, -1), ...(b.length === 1 ? [] : b.slice(-1))];
}

/** One product of matrices after another, each on its part of the arrays. */
function batchedKernel({ x: [a, b], y, shapes, shape }: KernelContext<unknown>): () => void {
  const [sa, sb] = [asMatrices(shapes[0], 'row'), asMatrices(shapes[1], 'column')];
  const [m, k] = sa.slice(-2);
  const n = sb[sb.length - 1];
  const vectors = (shapes[0].length === 1 ? 1 : 0) + (shapes[1].length === 1 ? 1 : 0);
  const batch = shape.slice(0, shape.length - 2 + vectors);
  const part = (data: Data, of: Shape, size: number) =>
    Array.from(broadcastOffsets(of.slice(0, -2), batch), (i) => data.subarray(i * size, (i + 1) * size));
  const sums = doublesOf(y);
  const [as, bs, ys] = [part(a, sa, m * k), part(b, sb, k * n), part(sums, [...batch, m, n], m * n)];
  return () => {
    for (let i = 0; i < ys.length; i++) timesMatrix(as[i], bs[i], ys[i], m, k, n);
    store(sums, y);
  };
}

const asMatrices = (shape: Shape, vector: 'row' | 'column'): Shape =>
  shape.length > 1 ? shape : vector === 'row' ? [1, shape[0]] : [shape[0], 1];

/** The gradient of a product of stacks of matrices by one operand; vectors are taken as matrices of one row or column. */
function batchedRule<V>(
  A: Algebra<V>,
  x: readonly V[],
  g: V,
  shapes: readonly Shape[],
  shape: Shape,
  slot: 0 | 1,
): V {
  const [sa, sb] = [asMatrices(shapes[0], 'row'), asMatrices(shapes[1], 'column')];
  const batch = broadcastShapes(sa.slice(0, -2), sb.slice(0, -2))!;
  const full = [...batch, sa[sa.length - 2], sb[sb.length - 1]];
  const asMatrix = (value: V, from: Shape, to: Shape) =>
    sameShape(from, to) ? value : A.reshape(value, { shape: to });
  const G = asMatrix(g, shape, full);
  const gradient =
    slot === 0
      ? A.matmul(G, transposedLast(A, asMatrix(x[1], shapes[1], sb), sb.length))
      : A.matmul(transposedLast(A, asMatrix(x[0], shapes[0], sa), sa.length), G);
  if (shapes[slot].length > 1) return gradient; // broadcast axes are summed at the edge
  const of = slot === 0 ? sa : sb;
  return A.reshape(A.sumTo(gradient, { shape: of }), { shape: shapes[slot] });
}

export const linear: Rows<'matmul' | 'outer' | 'transpose'> = {
  matmul: {
    arity: 2,
    attrs: {},
    shape: matmulShape,
    kernel: (context) => {
      const {
        x: [a, b],
        y,
        shapes: [shapeA, shapeB],
      } = context;
      if (shapeA.length > 2 || shapeB.length > 2) return batchedKernel(context);
      if (shapeB.length === 1) return () => timesVector(a, b, y, false);
      const sums = doublesOf(y);
      if (shapeA.length === 1) {
        return () => {
          transposedTimesVector(b, a, sums, false);
          store(sums, y);
        };
      }
      return () => {
        timesMatrix(a, b, sums, shapeA[0], shapeA[1], shapeB[1]);
        store(sums, y);
      };
    },
    vjp: [
      ({ A, x, g, shapes, shape }) => {
        const [[sa, sb], b] = [shapes, x[1]];
        if (sa.length > 2 || sb.length > 2) return batchedRule(A, x, g, shapes, shape, 0);
        if (sa.length === 1) return sb.length === 1 ? A.mul(g, b) : A.matmul(b, g);
        return sb.length === 1 ? A.outer(g, b) : A.matmul(g, transposed(A, b));
      },
      ({ A, x, g, shapes, shape }) => {
        const [[sa, sb], a] = [shapes, x[0]];
        if (sa.length > 2 || sb.length > 2) return batchedRule(A, x, g, shapes, shape, 1);
        if (sa.length === 1) return sb.length === 1 ? A.mul(g, a) : A.outer(a, g);
        return A.matmul(transposed(A, a), g);
      },
    ],
    tex: infix('\\,', PRODUCT),
    symbol: '×',
    domain: [-2, 2],
    kinks: [],
  },
  outer: {
    arity: 2,
    attrs: {},
    shape: ([a, b]) => {
      if (a.length !== 1 || b.length !== 1) {
        throw new ShapeMismatch(`outer takes two vectors, not ${formatShape(a)} and ${formatShape(b)}`);
      }
      return [a[0], b[0]];
    },
    kernel: ({ x: [a, b], y }) => {
      const [as, bs] = [[a], [b]];
      return () => sumOfOuters(as, bs, y, false);
    },
    vjp: [({ A, x: [, b], g }) => A.matmul(g, b), ({ A, x: [a], g }) => A.matmul(a, g)],
    tex: ([a, b]) => ({ text: `${within(a, PRODUCT)}\\,${within(b, POWER + 1)}^{\\top}`, strength: PRODUCT }),
    symbol: 'abᵀ',
    domain: [-2, 2],
    kinks: [],
  },
  transpose: {
    arity: 1,
    attrs: { perm: 'integers' },
    shape: ([x], { perm }) => {
      const isPermutation = perm.length === x.length && x.every((_, axis) => perm.includes(axis));
      if (!isPermutation) throw new ShapeMismatch(`[${perm}] is no order of ${x.length} axes`);
      return perm.map((axis) => x[axis]);
    },
    kernel: ({ x: [a], y, shapes: [from], shape, attrs: { perm } }) => {
      const strides = stridesOf(from);
      const offsets = stridedOffsets(
        shape,
        perm.map((axis) => strides[axis]),
      );
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = a[offsets[i]];
      };
    },
    vjp: [({ A, g, attrs: { perm } }) => A.transpose(g, { perm: perm.map((_, axis) => perm.indexOf(axis)) })],
    tex: ([x]) => ({ text: `${within(x, POWER + 1)}^{\\top}`, strength: POWER }),
    symbol: 'ᵀ',
    domain: [-2, 2],
    kinks: [],
  },
};
