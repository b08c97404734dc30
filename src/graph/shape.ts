/** Shapes: sizes per axis, row-major; `[]` is a scalar. Broadcasting follows numpy. */

export type Shape = readonly number[];

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const n of shape) size *= n;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/** `4×4`, `3`, `scalar`: as shapes are spoken of in messages. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : shape.join('×');
}

/** The common shape of two operands, or undefined if some axis has two different sizes, none of them 1. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const out: number[] = new Array(rank);
  for (let i = 1; i <= rank; i++) {
    const m = a[a.length - i] ?? 1;
    const n = b[b.length - i] ?? 1;
    if (m !== n && m !== 1 && n !== 1) return undefined;
    out[rank - i] = m === 1 ? n : m;
  }
  return out;
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides: number[] = new Array(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

/**
 * For each element of `to` in row-major order, the offset of the element of `from` that broadcasting puts there.
 * `from` must broadcast to `to`.
 */
export function broadcastOffsets(from: Shape, to: Shape): Int32Array {
  const strides = stridesOf(from);
  const lead = to.length - from.length;
  const steps = to.map((_, axis) => (axis < lead || from[axis - lead] === 1 ? 0 : strides[axis - lead]));
  return stridedOffsets(to, steps);
}

/** For each index of `shape` in row-major order, the dot product of the index with `steps`. */
export function stridedOffsets(shape: Shape, steps: readonly number[]): Int32Array {
  const size = sizeOf(shape);
  const offsets = new Int32Array(size);
  const index = new Array<number>(shape.length).fill(0);
  let offset = 0;
  for (let i = 0; i < size; i++) {
    offsets[i] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += steps[axis];
      if (++index[axis] < shape[axis]) break;
      offset -= steps[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return offsets;
}

/** The index of the row-major element `flat`: `2,1`, one-based, as rows and columns are counted by people. */
export function formatIndex(flat: number, shape: Shape): string {
  const index: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift((flat % shape[axis]) + 1);
    flat = Math.floor(flat / shape[axis]);
  }
  return index.join(',');
}
