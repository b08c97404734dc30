/** The transposed convolution Y = X ⋆ᵀ K, its size, and the matrix of the convolution that it is the transpose of. */

import { GradpathError } from '../../src/graph/error.ts';
import type { Model } from '../../src/model/model.ts';
import { uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import type { ConvAttrs } from '../../src/ops/conv.ts';
import { type TransposedGeometry, transposedWindows } from '../../src/ops/transposed.ts';
import { checkedValues } from '../../src/run/values.ts';

export type Matrix = readonly (readonly number[])[];

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** How a matrix is filled of which only the size is given. */
export const fills = ['ones', 'counting', 'seeded'] as const;
export type Fill = (typeof fills)[number];

/** Stride, padding, dilation and output padding are the same along both axes. */
export interface TransposedConvOptions extends TransposedGeometry {
  /** X, or its size (default 3×3). */
  readonly input?: Matrix | Size;
  /** K, or its size (default 7×7). */
  readonly kernel?: Matrix | Size;
  /** Values of what has only a size, and of the upstream gradient G (default ones). */
  readonly values?: Fill;
  /** Seed of seeded values (default 1). */
  readonly seed?: number;
}

/** The attributes of the convolution that maps the output's size to the input's, and whose transpose this is. */
export function geometryOf(input: Size, kernel: Size, geometry: TransposedGeometry = {}): ConvAttrs {
  const [from, by] = [input, kernel].map(({ rows, columns }) => [rows, columns]);
  return { ...transposedWindows(from, by, [geometry, geometry]), groups: 1 };
}

/**
 * The matrix M of the convolution Z ↦ Z ⋆ K: a row per entry of its result (shaped like X), a column per entry of Z
 * (shaped like Y), so that vec(Z ⋆ K) = M vec(Z) and vec(X ⋆ᵀ K) = Mᵀ vec(X), with vec row by row.
 */
export function convolutionMatrix(
  input: Size,
  kernel: Matrix,
  geometry: TransposedGeometry = {},
): number[][] {
  const { stride = 1, padding = 0, dilation = 1 } = geometry;
  const [height, width] = geometryOf(input, sizeOfMatrix(kernel), geometry).inputSize;
  const M: number[][] = [];
  for (let i = 0; i < input.rows; i++) {
    for (let j = 0; j < input.columns; j++) {
      const row = new Array<number>(height * width).fill(0);
      for (let u = 0; u < kernel.length; u++) {
        for (let v = 0; v < kernel[u].length; v++) {
          const y = i * stride + u * dilation - padding;
          const x = j * stride + v * dilation - padding;
          if (y >= 0 && y < height && x >= 0 && x < width) row[y * width + x] += kernel[u][v];
        }
      }
      M.push(row);
    }
  }
  return M;
}

/**
 * The graph of Y = X ⋆ᵀ K and E = Σ G ⊙ Y, whose gradient by Y is G. X and K are parameters, G (shaped like Y) an
 * input. Throws GradpathError for sizes, strides or padding that give no output.
 */
export function transposedConv(options: TransposedConvOptions = {}): Model {
  const { input = { rows: 3, columns: 3 }, kernel = { rows: 7, columns: 7 }, values = 'ones' } = options;
  const random = uniform(options.seed ?? 1);
  const filled = (size: Size): number[] =>
    Array.from({ length: size.rows * size.columns }, (_, i) =>
      values === 'ones' ? 1 : values === 'counting' ? i + 1 : 2 * random() - 1,
    );
  const [X, K] = [
    ['X', input],
    ['K', kernel],
  ].map(([name, given]) => matrixOr(name as string, given as Matrix | Size, filled));
  const attrs = geometryOf(X.size, K.size, options);
  const [rows, columns] = attrs.inputSize;

  const b = new Builder();
  const x = b.parameter('X', [X.size.rows, X.size.columns]);
  const k = b.parameter('K', [K.size.rows, K.size.columns]);
  const g = b.input('G', [rows, columns]);
  const image = (id: number, { rows, columns }: Size) => b.reshape(id, { shape: [1, 1, rows, columns] });
  const y = b.define('Y', () =>
    b.reshape(b.convTranspose(image(x, X.size), image(k, K.size), attrs), { shape: [rows, columns] }),
  );
  b.define('E', () => b.sum(b.mul(g, y), { axes: [0, 1], keepDims: false }));
  const sizes = [X.size, K.size, { rows, columns }].map(({ rows, columns }) => `${rows}×${columns}`);
  return {
    name: 'transposed-conv',
    title: `Transposed convolution: ${sizes[0]} input, ${sizes[1]} kernel, ${sizes[2]} output`,
    builder: b,
    values: { X: X.data, K: K.data, G: filled({ rows, columns }) },
    target: 'E',
    show: { of: 'E', wrt: 'X' },
  };
}

export function sizeOfMatrix(matrix: Matrix): Size {
  return { rows: matrix.length, columns: matrix[0].length };
}

function matrixOr(name: string, given: Matrix | Size, filled: (size: Size) => number[]) {
  if ('rows' in given) {
    requireWhole(`the rows of ${name}`, given.rows, 1);
    requireWhole(`the columns of ${name}`, given.columns, 1);
    return { size: given, data: filled(given) };
  }
  const size = sizeOfMatrix(given);
  return { size, data: [...checkedValues(given, [size.rows, size.columns], name)] };
}

function requireWhole(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new GradpathError('option', `${what} is ${value}, expected a whole number from ${least} on`, what);
}
