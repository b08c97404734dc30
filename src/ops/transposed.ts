/** The size of a transposed convolution along one axis, and the convolution that it is the adjoint of. */

import { GradpathError } from '../graph/error.ts';
import type { WindowAttrs } from './window.ts';

/** Along one axis. */
export interface TransposedGeometry {
  /** Distance in the output between the kernels of neighbouring inputs, from 1 (default). */
  readonly stride?: number;
  /** Cells cut off at each end of the output, from 0 (default). */
  readonly padding?: number;
  /** Distance in the output between neighbouring entries of the kernel, from 1 (default). */
  readonly dilation?: number;
  /** Cells added at the end, from 0 (default), fewer than the stride or the dilation. */
  readonly outputPadding?: number;
}

/**
 * The length of a transposed convolution's output along one axis:
 * (input − 1)·stride − 2·padding + dilation·(kernel − 1) + output padding + 1
 * (Dumoulin and Visin 2016, relationship 14, with dilation; what output padding there may be is PyTorch's rule). Throws a
 * GradpathError where there is no such output.
 */
export function transposedConvSize(input: number, kernel: number, geometry: TransposedGeometry = {}): number {
  const { stride, padding, dilation, outputPadding } = checked(geometry);
  requireWhole('the input size', input, 1);
  requireWhole('the kernel size', kernel, 1);
  const size = (input - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1;
  if (size < 1) {
    const message = `the output would have size ${transposedConvFormula(input, kernel, geometry)} = ${size}; lower the padding ${padding}`;
    throw new GradpathError('option', message, 'padding');
  }
  return size;
}

/** The formula of {@link transposedConvSize} with its numbers: `(3−1)·1 − 2·0 + 1·(7−1) + 0 + 1`. */
export function transposedConvFormula(
  input: number,
  kernel: number,
  geometry: TransposedGeometry = {},
): string {
  const { stride, padding, dilation, outputPadding } = checked(geometry);
  return `(${input}−1)·${stride} − 2·${padding} + ${dilation}·(${kernel}−1) + ${outputPadding} + 1`;
}

/** The convolution, from the output's sizes to the input's, whose adjoint the transposed one is. */
export function transposedWindows(
  input: readonly number[],
  kernelSize: readonly number[],
  along: readonly TransposedGeometry[],
): WindowAttrs {
  const axes = along.map(checked);
  return {
    inputSize: input.map((n, axis) => transposedConvSize(n, kernelSize[axis], axes[axis])),
    kernelSize,
    stride: axes.map(({ stride }) => stride),
    padLow: axes.map(({ padding }) => padding),
    // strides that fit wholly into the output padding would give the convolution more outputs than there are inputs
    padHigh: axes.map(
      ({ stride, padding, outputPadding }) => padding - outputPadding + (outputPadding % stride),
    ),
    dilation: axes.map(({ dilation }) => dilation),
  };
}

function checked(geometry: TransposedGeometry): Required<TransposedGeometry> {
  const { stride = 1, padding = 0, dilation = 1, outputPadding = 0 } = geometry;
  requireWhole('stride', stride, 1);
  requireWhole('padding', padding, 0);
  requireWhole('dilation', dilation, 1);
  requireWhole('output padding', outputPadding, 0);
  if (outputPadding >= Math.max(stride, dilation)) {
    const message = `output padding is ${outputPadding}, expected less than the stride ${stride} or the dilation ${dilation}`;
    throw new GradpathError('option', message, 'output padding');
  }
  return { stride, padding, dilation, outputPadding };
}

function requireWhole(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  const found = typeof value === 'string' ? `"${value}"` : value;
  throw new GradpathError('option', `${what} is ${found}, expected a whole number from ${least} on`, what);
}
