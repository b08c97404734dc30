import { beforeAll, describe, expect, test } from 'vitest';
import { measure } from '../examples/measure.ts';
import { example } from '../examples/transposed-conv/example.ts';
import {
  convolutionMatrix,
  type Matrix,
  sizeOfMatrix,
  type TransposedConvOptions,
  transposedConv,
} from '../examples/transposed-conv/transposed-conv.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Tfjs } from '../src/interop/tfjs/oracle.ts';
import { transposedConvSize } from '../src/ops/transposed.ts';
import { chosen, misjudged, refusal, refuted, studied } from './support/study.ts';

/**
 * By hand: each X_ij lays K, times itself, into Y with its corner at (i·stride − padding, j·stride − padding), so
 * ∂E/∂X_ij = Σ_uv G[i·stride + u·dilation − padding, …] K_uv and ∂E/∂K_uv = Σ_ij G[…] X_ij.
 */
function byHand(X: Matrix, K: Matrix, G: Matrix, s: number, p: number, d: number) {
  const Y = G.map((row) => row.map(() => 0));
  const dX = X.map((row) => row.map(() => 0));
  const dK = K.map((row) => row.map(() => 0));
  X.forEach((row, i) => {
    row.forEach((x, j) => {
      K.forEach((kernelRow, u) => {
        kernelRow.forEach((k, v) => {
          const [y, z] = [i * s + u * d - p, j * s + v * d - p];
          if (Y[y]?.[z] === undefined) return; // cut off by the padding
          Y[y][z] += x * k;
          dX[i][j] += G[y][z] * k;
          dK[u][v] += G[y][z] * x;
        });
      });
    });
  });
  return { Y: Y.flat(), dX: dX.flat(), dK: dK.flat() };
}

const CASES: readonly [TransposedConvOptions & { readonly label: string }, number, number][] = [
  [{ label: 'default' }, 9, 9],
  [{ label: 'one by one', input: { rows: 1, columns: 1 }, kernel: { rows: 1, columns: 1 } }, 1, 1],
  [{ label: 'stride', input: { rows: 4, columns: 2 }, kernel: { rows: 3, columns: 2 }, stride: 2 }, 9, 4],
  [{ label: 'padding', input: { rows: 4, columns: 5 }, kernel: { rows: 3, columns: 4 }, padding: 2 }, 2, 4],
  [{ label: 'dilation', input: { rows: 2, columns: 3 }, kernel: { rows: 3, columns: 2 }, dilation: 3 }, 8, 6],
  [
    {
      label: 'all at once',
      input: { rows: 3, columns: 4 },
      kernel: { rows: 4, columns: 3 },
      stride: 3,
      padding: 2,
      dilation: 2,
      outputPadding: 2,
    },
    (3 - 1) * 3 - 4 + 2 * 3 + 2 + 1,
    (4 - 1) * 3 - 4 + 2 * 2 + 2 + 1,
  ],
];

describe('the transposed convolution', () => {
  let tf: Tfjs | undefined;
  beforeAll(async () => {
    tf = await loadTfjs();
    expect(tf).toBeDefined();
  });

  test.each(CASES)('$label: output and gradients are those written by hand', (options, rows, columns) => {
    for (const seed of [1, 2, 3]) {
      const model = transposedConv({ ...options, values: 'seeded', seed });
      const shape = (name: string) => model.builder.graph.node(model.builder.graph.idOf(name)).shape;
      expect(shape('Y')).toEqual([rows, columns]);
      const matrix = (name: string) => {
        const [, width] = shape(name);
        const flat = model.values[name];
        return Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width));
      };
      const { stride = 1, padding = 0, dilation = 1 } = options;
      const hand = byHand(matrix('X'), matrix('K'), matrix('G'), stride, padding, dilation);
      const { value, gradients } = measure(model, 'E', ['X', 'K', 'G']);
      expect(maxRelativeError(value('Y'), hand.Y, 0)).toBeLessThan(1e-10);
      expect(maxRelativeError(gradients[0], hand.dX, 0)).toBeLessThan(1e-10);
      expect(maxRelativeError(gradients[1], hand.dK, 0)).toBeLessThan(1e-10);
      expect(maxRelativeError(gradients[2], hand.Y, 0)).toBeLessThan(1e-10);
      expect(misjudged(model, 'E', ['X', 'K'], tf)).toEqual([]);
    }
  });

  test('3×3 with 7×7, all ones, is 9×9, and its middle sums all nine', () => {
    const { value } = measure(transposedConv(), 'E', []);
    expect(value('Y')).toHaveLength(81);
    expect(value('Y')[40]).toBe(9);
    expect(value('Y')[0]).toBe(1);
  });

  test('2×2 ones with 1 2 3 4: the 4×9 matrix, and its transpose times vec(X)', () => {
    const kernel = [
      [1, 2],
      [3, 4],
    ];
    const M = convolutionMatrix({ rows: 2, columns: 2 }, kernel);
    expect(M).toEqual([
      [1, 2, 0, 3, 4, 0, 0, 0, 0],
      [0, 1, 2, 0, 3, 4, 0, 0, 0],
      [0, 0, 0, 1, 2, 0, 3, 4, 0],
      [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]);
    const sums = M[0].map((_, j) => M.reduce((sum, row) => sum + row[j], 0));
    expect(sums).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4]);
    const model = transposedConv({ input: { rows: 2, columns: 2 }, kernel });
    expect(measure(model, 'E', []).value('Y')).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4]);
    expect(sizeOfMatrix(kernel)).toEqual({ rows: 2, columns: 2 });
  });

  test('an output padding of whole strides, which the dilation allows, adds rows that no input reaches', () => {
    const options = { stride: 1, dilation: 3, outputPadding: 2, kernel: { rows: 2, columns: 2 } };
    const Y = measure(transposedConv(options), 'E', []).value('Y'); // 3×3 ones, 2×2 ones: 6×6 and 2 more
    expect(Y).toHaveLength(64);
    const rows = Array.from({ length: 8 }, (_, i) => Y.slice(8 * i, 8 * i + 8).join(''));
    expect(rows).toEqual([...Array(6).fill('11111100'), '00000000', '00000000']);
  });
});

describe('the size of the output', () => {
  test.each([
    [3, 7, {}, 9],
    [2, 2, {}, 3],
    [4, 4, { stride: 2, padding: 1 }, 8], // the doubling of DCGAN
    [7, 3, { stride: 2, padding: 1, outputPadding: 1 }, 14],
    [5, 3, { dilation: 2 }, 9],
    [1, 1, {}, 1],
  ])('input %i, kernel %i, %j: %i', (input, kernel, geometry, size) => {
    expect(transposedConvSize(input, kernel, geometry)).toBe(size);
  });

  test('is the size that the convolution, with its own formula, takes back to the input', () => {
    for (let input = 1; input <= 6; input++)
      for (let kernel = 1; kernel <= 4; kernel++)
        for (let stride = 1; stride <= 3; stride++)
          for (let padding = 0; padding < kernel; padding++)
            for (let outputPadding = 0; outputPadding < stride; outputPadding++) {
              if ((input - 1) * stride - 2 * padding + kernel + outputPadding < 1) continue;
              const size = transposedConvSize(input, kernel, { stride, padding, outputPadding });
              expect(Math.floor((size + 2 * padding - kernel) / stride) + 1).toBe(input);
            }
  });

  test.each([
    [
      () => transposedConvSize(2, 2, { padding: 3 }),
      'the output would have size (2−1)·1 − 2·3 + 1·(2−1) + 0 + 1 = -3; lower the padding 3',
    ],
    [() => transposedConvSize(0, 2), 'the input size is 0, expected a whole number from 1 on'],
    [() => transposedConvSize(2, 1.5), 'the kernel size is 1.5, expected a whole number from 1 on'],
    [() => transposedConvSize(2, 2, { stride: 0 }), 'stride is 0, expected a whole number from 1 on'],
    [() => transposedConvSize(2, 2, { padding: -1 }), 'padding is -1, expected a whole number from 0 on'],
    [
      () => transposedConvSize(2, 2, { stride: 2, outputPadding: 2 }),
      'output padding is 2, expected less than the stride 2 or the dilation 1',
    ],
  ])('is refused: %#', (action, message) => {
    expect(refusal(action)).toBe(message);
  });
});

describe('the example', () => {
  test('says sizes as one reads them', async () => {
    const size = async (texts: Record<string, string>) =>
      /padding \+ 1 = .*$/
        .exec((await studied(example, texts)).claims[0].text)![0]
        .replaceAll(/[^,=]*= /g, '');
    expect(await size({})).toBe('9 rows and columns');
    expect(await size({ input: '1', kernel: '1' })).toBe('1 row and column');
    expect(await size({ input: '1x2', kernel: '1x3' })).toBe('1 row,4 columns');
  });

  test.each([
    {},
    { input: '2', kernel: '[[1,2],[3,4]]' },
    { values: 'counting', stride: '2', padding: '3' },
    { values: 'seeded', input: '4x3', kernel: '3x2', stride: '3', dilation: '2', 'output-padding': '2' },
    { values: 'seeded', seed: '7', input: '5', kernel: '1x4', dilation: '3', 'output-padding': '1' },
    { values: 'seeded', input: '5', kernel: '2', padding: '2' }, // more padding than the kernel reaches
    { input: '[[1,-1],[-1,1]]', kernel: '[[1]]', stride: '2', 'output-padding': '1' },
    { input: '[[1e16,1,-1e16,1]]', kernel: '[[1,0.1,3,1]]' }, // sums that cancel
  ])('%j: every claim holds', async (texts) => {
    expect(refuted(await studied(example, texts))).toEqual([]);
  });

  test('says the figures', async () => {
    const { claims } = await studied(example, { input: '2', kernel: '[[1,2],[3,4]]' });
    expect(claims[1].text).toContain('The 4×9 matrix M');
    expect(claims[1].text).toContain('vec(Y) = [1, 3, 2, 4, 10, 6, 3, 7, 4]');
    expect((await studied(example)).claims[0].text).toMatch(/^A 3×3 input with a 7×7 kernel gives 9×9: /);
  });

  test.each([
    [{ input: 'abc' }, 'input is "abc", expected a size (3, 2x4) or a matrix ([[1,2],[3,4]])'],
    [{ input: '0' }, 'input is 0×0, expected sizes from 1 to 16'],
    [
      { input: '[[1,2],[3,1e200]]' },
      'input: row 2, column 2 is 1e+200, expected 0 or a size from 1e-100 to 1e+100',
    ],
    [{ input: '[[1,2],[3]]' }, 'input: row 2 has 1 value, expected 2'],
    [{ kernel: '[[1,"a"]]' }, 'kernel: row 1, column 2 is "a", expected a finite number'],
    [{ kernel: '[[1,2]' }, 'kernel is "[[1,2]", expected rows as in [[1,2],[3,4]]'],
    [{ kernel: '[]' }, 'kernel is no list of rows, expected rows as in [[1,2],[3,4]]'],
    [{ stride: '0' }, '--stride is 0, expected a whole number from 1 to 4'],
  ])('refuses %j', (texts, message) => {
    expect(refusal(() => example.build(chosen(example, texts), () => {}))).toBe(message);
  });
});
