/** Products of vectors and matrices, and the permutation of axes that their adjoints need. */

import { formatShape, type Shape, stridedOffsets, stridesOf } from '../graph/shape.ts';
import { type Algebra, type KernelContext, type Rows, ShapeMismatch } from './op.ts';
import { infix, POWER, PRODUCT, within } from './tex.ts';

const transposed = <V>(A: Algebra<V>, x: V): V => A.transpose(x, { perm: [1, 0] });

/** The product of m×k and k×n; a vector is a row on the left and a column on the right. */
function matmulShape([a, b]: readonly Shape[]): Shape {
  if (a.length < 1 || a.length > 2 || b.length < 1 || b.length > 2) {
    throw new ShapeMismatch('matmul takes vectors and matrices');
  }
  const [inner, innerB] = [a[a.length - 1], b[0]];
  if (inner !== innerB) throw new ShapeMismatch(`inner sizes ${inner} and ${innerB} differ`);
  return [...a.slice(0, -1), ...b.slice(1)];
}

/** y = A b, four products at a time: one running sum would wait for each addition in turn. */
function matrixVector({ x: [a, b], y }: KernelContext<unknown>): () => void {
  const rows = y.length;
  const k = b.length;
  const k4 = k - (k % 4);
  return () => {
    for (let i = 0, p = 0; i < rows; i++) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let j = 0;
      for (; j < k4; j += 4, p += 4) {
        s0 += a[p] * b[j];
        s1 += a[p + 1] * b[j + 1];
        s2 += a[p + 2] * b[j + 2];
        s3 += a[p + 3] * b[j + 3];
      }
      for (; j < k; j++, p++) s0 += a[p] * b[j];
      y[i] = s0 + s1 + (s2 + s3);
    }
  };
}

/** Y = A B, row by row of A: the inner loop runs along rows of B and Y. */
function matrixMatrix({ x: [a, b], y }: KernelContext<unknown>, m: number, k: number, n: number): () => void {
  return () => {
    for (let i = 0; i < m; i++) {
      const row = i * n;
      for (let j = 0; j < n; j++) y[row + j] = 0;
      for (let l = 0; l < k; l++) {
        const factor = a[i * k + l];
        const from = l * n;
        for (let j = 0; j < n; j++) y[row + j] += factor * b[from + j];
      }
    }
  };
}

export const linear: Rows<'matmul' | 'outer' | 'transpose'> = {
  matmul: {
    arity: 2,
    attrs: {},
    shape: matmulShape,
    kernel: (context) => {
      const [a, b] = context.shapes;
      if (b.length === 1) return matrixVector(context);
      return matrixMatrix(context, a.length === 1 ? 1 : a[0], b[0], b[1]);
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
    tex: infix('', PRODUCT),
    symbol: '·',
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
      const m = a.length;
      const n = b.length;
      return () => {
        for (let i = 0, p = 0; i < m; i++) {
          const factor = a[i];
          for (let j = 0; j < n; j++, p++) y[p] = factor * b[j];
        }
      };
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
