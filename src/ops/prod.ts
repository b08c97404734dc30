/** Products along axes. Their derivative is the product of the others: right where elements are zero, unlike y / x. */

import { broadcastOffsets, type Shape, sizeOf } from '../graph/shape.ts';
import type { Algebra, Rows } from './op.ts';
import { keptAxes, reducedShape } from './reduce.ts';
import { spread } from './statistics.ts';
import { doublesOf, store } from './sums.ts';
import { atom } from './tex.ts';

/**
 * The gradient of ⟨g, others(x)⟩ by x, for the lines x_1 … x_n of a matrix: x̄_j = Σ_{i≠j} g_i Π_{k≠i,j} x_k. With a one in
 * place of x_i, the product of the others than x_j is the product without both.
 */
function pairs<V>(A: Algebra<V>, x: V, g: V, lines: number, n: number): V {
  const ones = A.power(A.sum(x, { axes: [0], keepDims: false }), { exponent: 0 }); // x⁰ is 1 for any x
  const count = A.cumsum(ones, { axis: 0, reverse: false });
  const identity = A.oneHot(A.affine(count, { scale: 1, shift: -1 }), { depth: n });
  const replaced = A.where(identity, ones, A.reshape(x, { shape: [lines, 1, n] }));
  const without = A.mask(
    A.prodOfOthers(replaced, { axes: [2] }),
    A.affine(identity, { scale: -1, shift: 1 }),
  );
  return A.sum(A.mul(without, A.reshape(g, { shape: [lines, n, 1] })), { axes: [1], keepDims: false });
}

/** x with the axes moved to the end and taken as one, and back. */
function asLines(x: Shape, axes: readonly number[]): { perm: number[]; lines: number; n: number } {
  const kept = x.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const product = (some: readonly number[]) => some.reduce((size, axis) => size * x[axis], 1);
  return { perm: [...kept, ...axes], lines: product(kept), n: product(axes) };
}

export const prod: Rows<'prod' | 'prodOfOthers'> = {
  prod: {
    arity: 1,
    attrs: { axes: 'integers', keepDims: 'boolean' },
    shape: ([x], attrs) => reducedShape(x, attrs),
    kernel: ({ x: [a], y, shapes: [from], attrs: { axes } }) => {
      const of = broadcastOffsets(keptAxes(from, axes), from);
      const products = doublesOf(y);
      return () => {
        products.fill(1);
        for (let i = 0; i < a.length; i++) products[of[i]] *= a[i];
        store(products, y);
      };
    },
    vjp: [
      ({ A, x: [x], g, shapes: [from], attrs }) =>
        A.mul(spread(A, g, from, attrs), A.prodOfOthers(x, { axes: attrs.axes })),
    ],
    tex: ([x]) => atom(`\\textstyle\\prod\\left(${x.text}\\right)`),
    symbol: 'Π',
    domain: [-2, 2],
    kinks: [],
  },
  // in place of each element the product of the others of its group
  prodOfOthers: {
    arity: 1,
    attrs: { axes: 'integers' },
    shape: ([x], { axes }) => {
      reducedShape(x, { axes, keepDims: true });
      return x;
    },
    kernel: ({ x: [a], y, shape, attrs: { axes } }) => {
      const kept = keptAxes(shape, axes);
      const of = broadcastOffsets(kept, shape);
      const running = new Float64Array(sizeOf(kept));
      const products = doublesOf(y);
      return () => {
        running.fill(1);
        for (let i = 0; i < a.length; i++) {
          products[i] = running[of[i]]; // of those before
          running[of[i]] *= a[i];
        }
        running.fill(1);
        for (let i = a.length - 1; i >= 0; i--) {
          products[i] *= running[of[i]]; // and after
          running[of[i]] *= a[i];
        }
        store(products, y);
      };
    },
    vjp: [
      ({ A, x: [x], g, shape, attrs: { axes } }) => {
        const { perm, lines, n } = asLines(shape, axes);
        const flat = (value: typeof x): typeof x =>
          A.reshape(A.transpose(value, { perm }), { shape: [lines, n] });
        const gradient = A.reshape(pairs(A, flat(x), flat(g), lines, n), {
          shape: perm.map((axis) => shape[axis]),
        });
        return A.transpose(gradient, { perm: perm.map((_, axis) => perm.indexOf(axis)) });
      },
    ],
    tex: ([x]) => atom(`\\textstyle\\prod_{\\ne}\\left(${x.text}\\right)`),
    symbol: 'Π≠',
    domain: [-2, 2],
    kinks: [],
  },
};
