/** The gradient of one kernel weight, taken apart by the output positions that the weight touches. */

import { GradpathError } from '../../src/graph/error.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Model } from '../../src/model/model.ts';
import type { ConvAttrs } from '../../src/ops/conv.ts';
import { measure } from '../measure.ts';

/** Counted from 0. */
export interface KernelWeight {
  readonly kernel: number;
  readonly row: number;
  readonly column: number;
}

/** Maps over the output positions p of the convolution with that kernel. */
export interface KernelTrace {
  readonly rows: number;
  readonly columns: number;
  /** δ[p] = ∂E/∂C[kernel, p]. */
  readonly delta: readonly number[];
  /** The same from ∂E/∂P by hand: of a window of the pool, to the position that won it, if C > 0 there. */
  readonly routed: readonly number[];
  /** Whether p is the largest of its window of the pool (of equals the first) and C[kernel, p] > 0. */
  readonly passes: readonly boolean[];
  /** The pixel that the weight meets at p; 0 in the padding. */
  readonly pixels: readonly number[];
  /** δ[p] · pixel: what p adds to ∂E/∂K[kernel, row, column]. */
  readonly contributions: readonly number[];
  /** ∂E/∂K[kernel, row, column] by the engine. */
  readonly gradient: number;
}

/** Traces a weight of K through a {@link cnn} of one image, whose convolution is C, ReLU A and pool P. */
export function traceKernelWeight(model: Model, { kernel, row, column }: KernelWeight): KernelTrace {
  const { graph } = model.builder;
  const shapeOf = (name: string): Shape => graph.node(graph.idOf(name)).shape;
  const [images, kernels, rows, columns] = shapeOf('C');
  const [, , height, width] = shapeOf('K');
  if (images !== 1) throw new GradpathError('option', `x has ${images} images, a trace takes one`, 'x');
  requireWithin('kernel', kernel, kernels);
  requireWithin('row', row, height);
  requireWithin('column', column, width);

  const { value, gradients } = measure(model, 'E', ['K', 'C', 'P']);
  const [byK, byC, byP] = gradients;
  const size = rows * columns;
  const ofKernel = (map: readonly number[]): readonly number[] =>
    map.slice(kernel * size, (kernel + 1) * size);
  const [C, delta] = [ofKernel(value('C')), ofKernel(byC)];

  const [, , pooledRows, pooledColumns] = shapeOf('P');
  const [poolSize] = graph.node(graph.idOf('P')).attrs.kernelSize as Shape;
  const routed = new Array<number>(size).fill(0);
  const passes = new Array<boolean>(size).fill(false);
  for (let i = 0; i < pooledRows; i++) {
    for (let j = 0; j < pooledColumns; j++) {
      let best = -1;
      for (let u = 0; u < poolSize; u++) {
        for (let v = 0; v < poolSize; v++) {
          const p = (i * poolSize + u) * columns + j * poolSize + v;
          if (best < 0 || Math.max(C[p], 0) > Math.max(C[best], 0)) best = p;
        }
      }
      if (!(C[best] > 0)) continue;
      passes[best] = true;
      routed[best] = byP[(kernel * pooledRows + i) * pooledColumns + j];
    }
  }

  const convolution = graph.node(graph.idOf('C')).inputs[0];
  const { stride, padLow, inputSize } = graph.node(convolution).attrs as unknown as ConvAttrs;
  const x = value('x');
  const pixels = Array.from({ length: size }, (_, p) => {
    const i = Math.floor(p / columns) * stride[0] + row - padLow[0];
    const j = (p % columns) * stride[1] + column - padLow[1];
    const inside = i >= 0 && i < inputSize[0] && j >= 0 && j < inputSize[1];
    return inside ? x[i * inputSize[1] + j] : 0;
  });
  return {
    rows,
    columns,
    delta,
    routed,
    passes,
    pixels,
    contributions: delta.map((d, p) => d * pixels[p]),
    gradient: byK[(kernel * height + row) * width + column],
  };
}

function requireWithin(name: string, n: number, count: number): void {
  if (Number.isInteger(n) && n >= 0 && n < count) return;
  const message = `${name} is ${n}, expected a whole number from 0 to ${count - 1}, counted from 0`;
  throw new GradpathError('option', message, name);
}
