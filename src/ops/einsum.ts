/**
 * Products of two tensors summed over shared indices, as one trilinear form T(a, b, y) = Σ a[left] b[right] y[result] over
 * all values of all labels. einsum is ∂T/∂y; so its gradients are einsums, to any order. A label of the result that no
 * operand has repeats the result along it, one that occurs twice in a list is a diagonal.
 */

import { formatShape, type Shape, stridesOf } from '../graph/shape.ts';
import { type Rows, ShapeMismatch } from './op.ts';
import { PRODUCT, type Tex, within } from './tex.ts';

export interface EinsumAttrs {
  /** The label of each axis of the first operand: a number from 0 on. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly result: readonly number[];
  /** By label, the size of the axes that have it. */
  readonly sizes: readonly number[];
}

function requireLabels(x: Shape, labels: readonly number[], { sizes }: EinsumAttrs, what: string): void {
  const unknown = labels.find((label) => sizes[label] === undefined);
  if (unknown !== undefined) throw new ShapeMismatch(`label ${unknown} has no size`);
  if (x.length !== labels.length || labels.some((label, axis) => x[axis] !== sizes[label])) {
    const expected = formatShape(labels.map((label) => sizes[label]));
    throw new ShapeMismatch(`${what} is ${formatShape(x)}, expected ${expected}`);
  }
}

/** i, j, k, … */
const letters = (labels: readonly number[]): string =>
  labels.map((label) => String.fromCharCode(97 + ((8 + label) % 26))).join('');

const indexed = (x: Tex, labels: readonly number[]): string =>
  labels.length === 0 ? within(x, PRODUCT) : `{${within(x, PRODUCT + 1)}}_{${letters(labels)}}`;

export const einsum: Rows<'einsum'> = {
  einsum: {
    arity: 2,
    attrs: { left: 'integers', right: 'integers', result: 'integers', sizes: 'indices' },
    shape: ([a, b], attrs) => {
      requireLabels(a, attrs.left, attrs, 'the first operand');
      requireLabels(b, attrs.right, attrs, 'the second operand');
      const shape = attrs.result.map((label) => attrs.sizes[label]);
      requireLabels(shape, attrs.result, attrs, 'the result');
      return shape;
    },
    kernel: ({ x: [a, b], y, shapes: [sa, sb], shape, attrs: { left, right, result, sizes } }) => {
      const labels = sizes.map((_, label) => label);
      const used = labels.filter((label) => [left, right, result].some((list) => list.includes(label)));
      // the labels of the result outside, so that y is written in order
      const order = [...new Set([...result, ...used])];
      const steps = (list: readonly number[], shape: Shape): number[] => {
        const strides = stridesOf(shape);
        return order.map((label) =>
          list.reduce((sum, other, axis) => (other === label ? sum + strides[axis] : sum), 0),
        );
      };
      const [stepA, stepB, stepY] = [steps(left, sa), steps(right, sb), steps(result, shape)];
      const counts = order.map((label) => sizes[label]);
      const rank = order.length;
      const index = new Int32Array(rank);
      const outer = new Set(result).size;
      const isEmpty = counts.includes(0);
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = 0;
        if (isEmpty) return;
        let p = 0;
        let q = 0;
        let r = 0;
        let sum = 0;
        index.fill(0);
        for (;;) {
          sum += a[p] * b[q];
          let axis = rank - 1;
          for (; axis >= 0; axis--) {
            if (axis === outer - 1) {
              y[r] = sum;
              sum = 0;
            }
            p += stepA[axis];
            q += stepB[axis];
            r += stepY[axis];
            if (++index[axis] < counts[axis]) break;
            p -= stepA[axis] * counts[axis];
            q -= stepB[axis] * counts[axis];
            r -= stepY[axis] * counts[axis];
            index[axis] = 0;
          }
          if (axis < 0) {
            if (outer === 0) y[r] = sum;
            return;
          }
        }
      };
    },
    vjp: [
      ({ A, x: [, b], g, attrs: { left, right, result, sizes } }) =>
        A.einsum(g, b, { left: result, right, result: left, sizes }),
      ({ A, x: [a], g, attrs: { left, right, result, sizes } }) =>
        A.einsum(a, g, { left, right: result, result: right, sizes }),
    ],
    tex: ([a, b], { left, right, result }) => {
      const summed = [...new Set([...left, ...right])].filter((label) => !result.includes(label));
      const sum = summed.length === 0 ? '' : `\\textstyle\\sum_{${letters(summed)}} `;
      return { text: `${sum}${indexed(a, left)}\\,${indexed(b, right)}`, strength: PRODUCT };
    },
    symbol: 'Σab',
    domain: [-2, 2],
    kinks: [],
  },
};
