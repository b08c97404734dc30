/** Tensors of more than two axes as pictures: one per place along the leading axes. */

import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/run/eager.ts';

interface Slices {
  /** Of one picture. */
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
}

/** A vector is one row; a scalar one cell. */
export function slicesOf(shape: Shape): Slices {
  return {
    columns: shape.at(-1) ?? 1,
    rows: shape.at(-2) ?? 1,
    count: shape.slice(0, -2).reduce((a, b) => a * b, 1),
  };
}

/** One picture as a matrix. */
export function sliceOf({ shape, data }: Tensor, index: number): Tensor {
  const size = (shape.at(-2) ?? 1) * (shape.at(-1) ?? 1);
  return { shape: shape.slice(-2), data: data.subarray(index * size, (index + 1) * size) };
}

/** `1, 3`: where the picture lies along the leading axes, from 1. */
export function sliceName(shape: Shape, index: number): string {
  const places: number[] = [];
  let rest = index;
  for (const size of shape.slice(0, -2).reverse()) {
    places.unshift((rest % size) + 1);
    rest = Math.floor(rest / size);
  }
  return places.join(', ');
}

/** Pictures side by side in an area: as many columns of them as make them largest. */
export function gridOf({ rows, columns, count }: Slices, width: number, height: number, gap: number) {
  let best = { across: 1, down: count, unit: 0 };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const unit = Math.min(
      (width - gap * (across - 1)) / (across * columns),
      (height - gap * (down - 1)) / (down * rows),
    );
    if (unit > best.unit) best = { across, down, unit };
  }
  return best;
}
