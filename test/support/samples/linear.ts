/** Samples of products. Sizes that could be mistaken for each other differ; long ones reach every block of the loops. */

import type { Shape } from './draw.ts';
import type { Draft, Family } from './sample.ts';

const FACTORS: readonly (readonly [Shape, Shape])[] = [
  [[2, 3], [3]],
  [[3], [3, 2]],
  [
    [2, 3],
    [3, 4],
  ],
  [[3], [3]],
  [[1, 1], [1]],
  [[1], [1]],
  [[5, 6], [6]],
  [[6], [6, 5]],
  [[9, 3], [3]],
  [[11], [11, 3]],
  [
    [1, 3],
    [3, 1],
  ],
  [
    [2, 0],
    [0, 3],
  ],
  [[0, 2], [2]],
  // batches, the same, one for all, broadcast both ways
  [
    [2, 3, 4],
    [2, 4, 5],
  ],
  [
    [2, 3, 4],
    [4, 5],
  ],
  [
    [3, 4],
    [2, 4, 5],
  ],
  [
    [2, 1, 3, 4],
    [5, 4, 1],
  ],
  [
    [1, 2, 3],
    [4, 3, 2],
  ],
  [[2, 3, 4], [4]],
  [[3], [2, 3, 4]],
  [
    [2, 1, 2, 3, 1],
    [3, 1, 1, 2],
  ],
];

export const matmul: Family = (draw, i): Draft => {
  const fixed = FACTORS[i];
  if (fixed !== undefined) return { shapes: fixed };
  if (i % 7 === 6) return { shapes: [[3, 3]], operands: [0, 0] };
  if (i % 7 === 5) return { shapes: [[4]], operands: [0, 0] };
  const [m, k, n, b] = draw.shuffled([2, 3, 4, 5]);
  return draw.pick<Draft>([
    { shapes: [[m, k], [k]] },
    {
      shapes: [
        [m, k],
        [k, n],
      ],
    },
    {
      shapes: [
        [b, m, k],
        [k, n],
      ],
    },
    {
      shapes: [
        [b, 1, m, k],
        [n, k, 1],
      ],
    },
  ]);
};

export const outer: Family = (draw, i): Draft => {
  if (i % 7 === 6) return { shapes: [[draw.integer(1, 4)]], operands: [0, 0] };
  const [m, n] = [draw.integer(1, 7), draw.integer(1, 7)];
  return { shapes: [[i === 0 ? 0 : m], [m === n ? n + 1 : n]] };
};

interface Labels {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly result: readonly number[];
}
/** i, j, k … are 0, 1, 2 … */
const PRODUCTS: readonly Labels[] = [
  { left: [], right: [], result: [] },
  { left: [0], right: [0], result: [] },
  { left: [0], right: [1], result: [0, 1] },
  { left: [0, 1], right: [1, 2], result: [0, 2] },
  { left: [0, 1], right: [1, 2], result: [2, 0] },
  { left: [0, 1, 2], right: [0, 2, 3], result: [0, 1, 3] },
  { left: [0, 1], right: [0, 1], result: [0] },
  { left: [0, 0], right: [0], result: [0] },
  { left: [0, 1], right: [], result: [1] },
  { left: [0], right: [0], result: [0, 0] },
  { left: [0], right: [0], result: [0, 1] },
  { left: [0, 1, 2, 3, 4], right: [4, 1], result: [3, 0, 2] },
];

const WITH_ITSELF: readonly Labels[] = [
  { left: [0], right: [0], result: [] },
  { left: [0, 1], right: [1, 0], result: [] },
  { left: [0, 1], right: [1, 2], result: [2, 0] },
];

/** Sums over shared and over single labels, diagonals, repeats along a label that only the result has. */
export const einsum: Family = (draw, i): Draft => {
  const own = WITH_ITSELF[i - PRODUCTS.length];
  if (own !== undefined) {
    return { shapes: [own.left.map(() => 3)], operands: [0, 0], attrs: { ...own, sizes: [3, 3, 3] } };
  }
  const labels = draw.integer(2, 4);
  const label = () => draw.integer(0, labels - 1);
  const { left, right, result } = PRODUCTS[i] ?? {
    left: draw.list(draw.integer(0, 3), label),
    right: draw.list(draw.integer(0, 3), label),
    result: draw.list(draw.integer(0, 2), label),
  };
  const sizes = draw.shuffled([1, 2, 3, 4, 2]);
  if (i === 3) sizes[1] = 0;
  const at = (list: readonly number[]) => list.map((l) => sizes[l]);
  return { shapes: [at(left), at(right)], attrs: { left, right, result, sizes } };
};
