/** What is claimed about the transposed convolution: its size, its matrix, and that each gradient is the other map. */

import { grad } from '../../src/autodiff/grad.ts';
import { Builder } from '../../src/ops/builder.ts';
import type { ConvAttrs } from '../../src/ops/conv.ts';
import {
  type TransposedGeometry,
  transposedConvFormula,
  transposedConvSize,
} from '../../src/ops/transposed.ts';
import { numbers, type Tensor } from '../../src/run/eager.ts';
import { Plan } from '../../src/run/plan.ts';
import type { Claim, Figure, MatrixFigure, Study } from '../example.ts';
import { largestDifference, measure, shown } from '../measure.ts';
import {
  convolutionMatrix,
  geometryOf,
  type Matrix,
  type Size,
  type TransposedConvOptions,
  transposedConv,
} from './transposed-conv.ts';

/** Vectors up to this length are written out. */
const MOST_SPOKEN = 16;
/** Cells of the largest matrix that is drawn. */
const MOST_DRAWN = 20_000;
const ROUNDING = 1e-12;

export function studyTransposedConv(options: TransposedConvOptions): Study {
  const model = transposedConv(options);
  const { value, gradients } = measure(model, 'E', ['X']);
  const [X, K, G, Y] = ['X', 'K', 'G', 'Y'].map(value);
  const shape = (name: string): Size => {
    const [rows, columns] = model.builder.graph.node(model.builder.graph.idOf(name)).shape;
    return { rows, columns };
  };
  const [input, kernel, output] = [shape('X'), shape('K'), shape('Y')];
  const attrs = geometryOf(input, kernel, options);
  const M = convolutionMatrix(input, rowsOf(K, kernel), options);

  // sums of the same terms in another order differ by rounding, beside the sizes of the terms
  const sizes = M.map((row) => row.map(Math.abs));
  const sizesOfY = transposeTimes(sizes, X.map(Math.abs));
  const apart = (found: ArrayLike<number>) => largestDifference(found, Y) / (Math.max(...sizesOfY) || 1);

  const claims: Claim[] = [sizeClaim(input, kernel, output, options)];
  const transposed = transposeTimes(M, X);
  const list = Y.length <= MOST_SPOKEN ? ` = [${Y.map((y) => shown(y)).join(', ')}]` : '';
  const byMatrix = apart(transposed);
  claims.push({
    text: `The ${sizeText(matrixSize(M))} matrix M of the convolution, transposed, gives the same: Mᵀ vec(X) = vec(Y)${list}, relative difference ${shown(byMatrix, 2)}`,
    holds: byMatrix <= ROUNDING,
  });

  const border = [kernel.rows, kernel.columns].map((k) => attrs.dilation[0] * (k - 1) - attrs.padLow[0]);
  const stuffed = asConvolution(X, input, K, kernel, attrs, border, options);
  const byConvolution = apart(stuffed);
  claims.push({
    text: `An ordinary convolution does it too: of X with ${attrs.stride[0] - 1} zeros between its entries and ${[...new Set(border)].join(' and ')} around them, by K turned by 180°; relative difference ${shown(byConvolution, 2)}`,
    holds: byConvolution <= ROUNDING,
  });

  const sizesOfX = times(sizes, G.map(Math.abs));
  const byX = largestDifference(gradients[0], times(M, G)) / (Math.max(...sizesOfX) || 1);
  claims.push({
    text: `The gradient of the transposed convolution by X is the convolution of the upstream gradient: ∂E/∂X = G ⋆ K = M vec(G), relative difference ${shown(byX, 2)}`,
    holds: byX <= ROUNDING,
  });
  const byZ = apart(gradientOfConvolution(X, input, K, kernel, output, attrs));
  claims.push({
    text: `The gradient of the convolution Z ⋆ K by Z is the transposed convolution of the upstream gradient: with X upstream it is Y, relative difference ${shown(byZ, 2)}`,
    holds: byZ <= ROUNDING,
  });
  const [left, right] = [dot(G, Y), dot(times(M, G), X)];
  const scale = dot(G.map(Math.abs), sizesOfY);
  claims.push({
    text: `That is what transposed means: ⟨G, X ⋆ᵀ K⟩ = ${shown(left, 6)} and ⟨G ⋆ K, X⟩ = ${shown(right, 6)}`,
    holds: Math.abs(left - right) <= ROUNDING * scale,
  });

  const figures: Figure[] = [
    matrixFigure('The input X', rowsOf(X, input)),
    matrixFigure('The kernel K', rowsOf(K, kernel)),
    matrixFigure(
      'The output Y = X ⋆ᵀ K',
      rowsOf(Y, output),
      `Its size is ${transposedConvFormula(input.rows, kernel.rows, options)} = ${output.rows} rows`,
    ),
    matrixFigure('∂E/∂X = G ⋆ K for E = Σ G ⊙ Y', rowsOf(gradients[0], input)),
  ];
  if (M.length * M[0].length <= MOST_DRAWN) {
    figures.push({
      ...matrixFigure(
        'The matrix M of the convolution',
        M,
        'vec(Y) = Mᵀ vec(X) and vec(∂E/∂X) = M vec(G), with vec row by row.',
      ),
      x: { title: 'entry of Y', unit: '1' },
      y: { title: 'entry of X', unit: '1' },
    });
  }
  return { claims, figures };
}

function sizeClaim(input: Size, kernel: Size, output: Size, geometry: TransposedGeometry): Claim {
  const alike = input.rows === input.columns && kernel.rows === kernel.columns;
  const axes = (['rows', 'columns'] as const).map((axis, i) => {
    const size = transposedConvSize(input[axis], kernel[axis], geometry);
    const names = size === 1 ? ['row', 'column'] : ['rows', 'columns'];
    const named = alike ? (size === 1 ? 'row and column' : 'rows and columns') : names[i];
    return `${transposedConvFormula(input[axis], kernel[axis], geometry)} = ${size} ${named}`;
  });
  const formula = alike ? axes[0] : axes.join(', ');
  return {
    text: `A ${sizeText(input)} input with a ${sizeText(kernel)} kernel gives ${sizeText(output)}: (input−1)·stride − 2·padding + dilation·(kernel−1) + output padding + 1 = ${formula}`,
    holds:
      output.rows === transposedConvSize(input.rows, kernel.rows, geometry) &&
      output.columns === transposedConvSize(input.columns, kernel.columns, geometry),
  };
}

/** X ⋆ᵀ K as a convolution of stride 1: X spread out by the stride, the border widened, K turned around. */
function asConvolution(
  X: readonly number[],
  input: Size,
  K: readonly number[],
  kernel: Size,
  attrs: ConvAttrs,
  border: readonly number[],
  { outputPadding = 0 }: TransposedGeometry,
): ArrayLike<number> {
  const stride = attrs.stride[0];
  const wide = { rows: (input.rows - 1) * stride + 1, columns: (input.columns - 1) * stride + 1 };
  const spread = new Array<number>(wide.rows * wide.columns).fill(0);
  X.forEach((x, i) => {
    const [row, column] = [Math.floor(i / input.columns), i % input.columns];
    spread[row * stride * wide.columns + column * stride] = x;
  });
  return numbers.conv(image(spread, wide), image([...K].reverse(), kernel), {
    inputSize: [wide.rows, wide.columns],
    kernelSize: attrs.kernelSize,
    stride: [1, 1],
    padLow: border,
    padHigh: border.map((n) => n + outputPadding),
    dilation: attrs.dilation,
    groups: 1,
  }).data;
}

/** ∂⟨X, Z ⋆ K⟩/∂Z, by the engine. It is the same for every Z. */
function gradientOfConvolution(
  X: readonly number[],
  input: Size,
  K: readonly number[],
  kernel: Size,
  output: Size,
  attrs: ConvAttrs,
): readonly number[] {
  const b = new Builder();
  const z = b.parameter('Z', [1, 1, output.rows, output.columns]);
  const k = b.constant(K, [1, 1, kernel.rows, kernel.columns]);
  const upstream = b.constant(X, [1, 1, input.rows, input.columns]);
  const e = b.sum(b.mul(upstream, b.conv(z, k, attrs)), { axes: [0, 1, 2, 3], keepDims: false });
  const [dz] = grad(b, e, [z]);
  const zeros = new Array<number>(output.rows * output.columns).fill(0);
  return [...new Plan(b.graph, [dz]).set('Z', zeros).run().value(dz)];
}

function image(values: readonly number[], { rows, columns }: Size): Tensor {
  return { shape: [1, 1, rows, columns], data: Float64Array.from(values) };
}

function times(M: Matrix, v: readonly number[]): number[] {
  return M.map((row) => dot(row, v));
}

function transposeTimes(M: Matrix, v: readonly number[]): number[] {
  return M[0].map((_, j) => M.reduce((sum, row, i) => sum + row[j] * v[i], 0));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function rowsOf(flat: readonly number[], { rows, columns }: Size): number[][] {
  return Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns));
}

function matrixSize(matrix: Matrix): Size {
  return { rows: matrix.length, columns: matrix[0].length };
}

function sizeText({ rows, columns }: Size): string {
  return `${rows}×${columns}`;
}

function matrixFigure(title: string, values: Matrix, note?: string): MatrixFigure {
  return {
    kind: 'matrix',
    title,
    x: { title: 'column', unit: '1' },
    y: { title: 'row', unit: '1' },
    values,
    cell: { title: 'value', unit: '1' },
    ...(note === undefined ? {} : { note }),
  };
}
