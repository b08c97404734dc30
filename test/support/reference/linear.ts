/** Products by their index formulas. */

import { dual, sum, times } from '../dual.ts';
import { commonShape, element, indicesOf, range, spreadElement, type Tensor, tabulate } from './tensor.ts';

export const linear = {
  // y[…, i, j] = Σ_l a[…, i, l] b[…, l, j]; a vector is a row on the left, a column on the right
  matmul: ([a, b]: readonly Tensor[]): Tensor => {
    const left = a.shape.length === 1 ? { ...a, shape: [1, ...a.shape] } : a;
    const right = b.shape.length === 1 ? { ...b, shape: [...b.shape, 1] } : b;
    const batch = commonShape([left.shape.slice(0, -2), right.shape.slice(0, -2)]);
    const [rows, inner] = left.shape.slice(-2);
    const columns = right.shape[right.shape.length - 1];
    // axes of the sum are exempt from broadcasting, else an inner size of 1 would stretch
    if (right.shape[right.shape.length - 2] !== inner) throw new RangeError('inner sizes differ');
    const { at } = tabulate([...batch, rows, columns], (index) => {
      const [i, j] = index.slice(-2);
      const at = index.slice(0, -2);
      return sum(
        range(inner).map((l) =>
          times(spreadElement(left, [...at, i, l]), spreadElement(right, [...at, l, j])),
        ),
      );
    });
    const shape = [
      ...batch,
      ...(a.shape.length === 1 ? [] : [rows]),
      ...(b.shape.length === 1 ? [] : [columns]),
    ];
    return { shape, at };
  },
  outer: ([a, b]: readonly Tensor[]): Tensor =>
    tabulate([...a.shape, ...b.shape], ([i, j]) => times(element(a, [i]), element(b, [j]))),
  // y[result] = Σ a[left] b[right] over all values of the labels that have these of the result; all others are summed
  einsum: ([a, b]: readonly Tensor[], { left, right, result, sizes }: EinsumAttrs): Tensor => {
    const isUsed = (label: number) => [left, right, result].some((list) => list.includes(label));
    const all = indicesOf(sizes.map((n, label) => (isUsed(label) ? n : 1)));
    const at = (labels: readonly number[], values: readonly number[]) => labels.map((label) => values[label]);
    return tabulate(at(result, sizes), (index) => {
      const those = all.filter((values) => result.every((label, axis) => values[label] === index[axis]));
      return those.length === 0
        ? dual(0)
        : sum(those.map((values) => times(element(a, at(left, values)), element(b, at(right, values)))));
    });
  },
};

interface EinsumAttrs {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly result: readonly number[];
  readonly sizes: readonly number[];
}
