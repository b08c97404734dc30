/** Windows that slide over the spatial axes of samples × channels × …: what convolutions and pools have in common. */

import { formatShape, type Shape, sizeOf, stridesOf } from '../graph/shape.ts';
import { ShapeMismatch } from './op.ts';

/** Numbers per spatial axis. */
export interface WindowAttrs {
  readonly inputSize: readonly number[];
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padLow: readonly number[];
  readonly padHigh: readonly number[];
  readonly dilation: readonly number[];
}

export const windowAttrs = {
  inputSize: 'integers',
  kernelSize: 'integers',
  stride: 'integers',
  padLow: 'integers',
  padHigh: 'integers',
  dilation: 'integers',
} as const;

/** ⌊(input + padding − dilation (kernel − 1) − 1) / stride⌋ + 1 along each spatial axis. */
export function convOutputSize(a: WindowAttrs): number[] {
  return a.inputSize.map((n, i) => {
    const room = n + a.padLow[i] + a.padHigh[i] - a.dilation[i] * (a.kernelSize[i] - 1) - 1;
    return Math.floor(room / a.stride[i]) + 1;
  });
}

/** The output size, once all attributes make sense together. */
export function checkedWindows(a: WindowAttrs): number[] {
  const lists = [a.inputSize, a.kernelSize, a.stride, a.padLow, a.padHigh, a.dilation];
  if (lists.some((list) => list.length !== a.inputSize.length || list.some((n) => !Number.isInteger(n)))) {
    throw new ShapeMismatch('sizes, strides, padding and dilation need a whole number for each spatial axis');
  }
  if ([a.stride, a.dilation, a.kernelSize].some((list) => list.some((n) => n < 1))) {
    throw new ShapeMismatch(
      `stride [${a.stride}], dilation [${a.dilation}] and kernel [${a.kernelSize}] must be 1 or more`,
    );
  }
  const output = convOutputSize(a);
  const none = output.findIndex((n) => n < 1);
  if (none >= 0) {
    const reach = a.dilation[none] * (a.kernelSize[none] - 1) + 1;
    const room = a.inputSize[none] + a.padLow[none] + a.padHigh[none];
    throw new ShapeMismatch(
      `a kernel that reaches over ${reach} does not fit into ${room} along spatial axis ${none}`,
    );
  }
  return output;
}

export function requireSpatial(x: Shape, spatial: readonly number[], what: string): void {
  if (x.length !== spatial.length + 2 || spatial.some((n, i) => x[i + 2] !== n)) {
    const expected = `two sizes and then ${formatShape(spatial)}`;
    throw new ShapeMismatch(`${what} is ${formatShape(x)}, expected ${expected}`);
  }
}

/**
 * The pairs of positions that meet, by ascending output position: for each of them the offsets in y, x and w along
 * the spatial axes. Positions in the padding are left out.
 */
export function meetings(a: WindowAttrs): { y: Int32Array; x: Int32Array; w: Int32Array } {
  const output = convOutputSize(a);
  const found: number[][] = [[], [], []];
  const at = new Array<number>(output.length).fill(0);
  const [xStrides, wStrides, yStrides] = [a.inputSize, a.kernelSize, output].map(stridesOf);
  const all = [...output, ...a.kernelSize]; // one index: p then k
  const rank = output.length;
  const count = sizeOf(all);
  const index = new Array<number>(2 * rank).fill(0);
  for (let i = 0; i < count; i++) {
    let inside = true;
    for (let axis = 0; axis < rank; axis++) {
      at[axis] = index[axis] * a.stride[axis] + index[rank + axis] * a.dilation[axis] - a.padLow[axis];
      if (at[axis] < 0 || at[axis] >= a.inputSize[axis]) inside = false;
    }
    if (inside) {
      found[0].push(index.slice(0, rank).reduce((sum, p, axis) => sum + p * yStrides[axis], 0));
      found[1].push(at.reduce((sum, p, axis) => sum + p * xStrides[axis], 0));
      found[2].push(index.slice(rank).reduce((sum, k, axis) => sum + k * wStrides[axis], 0));
    }
    for (let axis = all.length - 1; axis >= 0 && ++index[axis] === all[axis]; axis--) index[axis] = 0;
  }
  const [y, x, w] = found.map((offsets) => Int32Array.from(offsets));
  return { y, x, w };
}
