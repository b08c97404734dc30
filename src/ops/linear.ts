/** Products of vectors and matrices, and the permutation of axes that their adjoints need. */

import { formatShape, type Shape, stridedOffsets, stridesOf } from '../graph/shape.ts';
import { type Algebra, type Rows, ShapeMismatch } from './op.ts';
import { sumOfOuters, timesMatrix, timesVector, transposedTimesVector } from './products.ts';
import { infix, POWER, PRODUCT, within } from './tex.ts';

const transposed = <V>(A: Algebra<V>, x: V): V => A.transpose(x, { perm: [1, 0] });

/** The product of m×k and k×n; a vector is a row on the left and a column on the right. */
function matmulShape([a, b]: readonly Shape[]): Shape {
  if (a.length < 1 || a.length > 2 || b.length < 1 || b.length > 2) {
    throw new ShapeMismatch('matmul takes vectors and matrices');
  }
  const [inner, innerB] = [a[a.length - 1], b[0]];
  if (inner !== innerB) throw new ShapeMismatch(`inner sizes ${inner} and ${innerB} differ`);
  if (a.length === 1) return b.length === 1 ? [] : [b[1]];
  return b.length === 1 ? [a[0]] : [a[0], b[1]];
}

export const linear: Rows<'matmul' | 'outer' | 'transpose'> = {
  matmul: {
    arity: 2,
    attrs: {},
    shape: matmulShape,
    kernel: ({ x: [a, b], y, shapes: [shapeA, shapeB] }) => {
      if (shapeB.length === 1) return () => timesVector(a, b, y, false);
      if (shapeA.length === 1) return () => transposedTimesVector(b, a, y, false);
      return () => timesMatrix(a, b, y, shapeA[0], shapeA[1], shapeB[1]);
    },
    vjp: [
      ({ A, x: [, b], g, shapes: [sa, sb] }) => {
        if (sa.length === 1) return sb.length === 1 ? A.mul(g, b) : A.matmul(b, g);
        return sb.length === 1 ? A.outer(g, b) : A.matmul(g, transposed(A, b));
      },
      ({ A, x: [a], g, shapes: [sa, sb] }) => {
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
