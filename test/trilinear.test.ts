import { expect, test } from 'vitest';
import { maxRelativeError } from '../src/interop/compare.ts';
import { uniform } from '../src/model/random.ts';
import { Builder } from '../src/ops/builder.ts';
import { type ConvAttrs, convOutputSize } from '../src/ops/conv.ts';
import { Plan } from '../src/run/plan.ts';

interface Case {
  readonly samples: number;
  readonly groups: number;
  /** Per group. */
  readonly channels: number;
  readonly outputs: number;
}

/** One to nine channels and outputs: sums are taken four at a time, and those left over singly. */
const CASES: Case[] = [1, 3, 4, 5, 8, 9].flatMap((outputs) =>
  [1, 4, 6, 7].flatMap((channels) => [1, 2].map((groups) => ({ samples: 2, groups, channels, outputs }))),
);

test.each(CASES)(
  '%j: the three derivatives of the form are its sums',
  ({ samples, groups, channels, outputs }) => {
    const window = {
      inputSize: [5, 4],
      kernelSize: [2, 3],
      stride: [2, 1],
      padLow: [1, 0],
      padHigh: [0, 2],
      dilation: [2, 1],
    };
    const attrs: ConvAttrs = { ...window, groups };
    const [rows, columns] = convOutputSize(window);
    expect([rows, columns]).toEqual([2, 4]);
    const shapes = {
      x: [samples, groups * channels, 5, 4],
      w: [groups * outputs, channels, 2, 3],
      y: [samples, groups * outputs, rows, columns],
    };
    const random = uniform(7);
    const draw = (shape: readonly number[]) =>
      Array.from({ length: shape.reduce((size, n) => size * n, 1) }, () => 2 * random() - 1);
    const [x, w, y] = [draw(shapes.x), draw(shapes.w), draw(shapes.y)];

    const sums = { x: x.map(() => 0), w: w.map(() => 0), y: y.map(() => 0) };
    for (let n = 0; n < samples; n++)
      for (let o = 0; o < groups * outputs; o++)
        for (let c = 0; c < channels; c++)
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++)
              for (let u = 0; u < 2; u++)
                for (let v = 0; v < 3; v++) {
                  const [row, column] = [2 * i + 2 * u - 1, j + v];
                  if (row < 0 || row >= 5 || column >= 4) continue;
                  const channel = Math.floor(o / outputs) * channels + c;
                  const atX = ((n * groups * channels + channel) * 5 + row) * 4 + column;
                  const atW = ((o * channels + c) * 2 + u) * 3 + v;
                  const atY = ((n * groups * outputs + o) * rows + i) * columns + j;
                  sums.x[atX] += w[atW] * y[atY];
                  sums.w[atW] += x[atX] * y[atY];
                  sums.y[atY] += x[atX] * w[atW];
                }

    const b = new Builder();
    const [X, W, Y] = [b.input('x', shapes.x), b.input('w', shapes.w), b.input('y', shapes.y)];
    const found = { y: b.conv(X, W, attrs), x: b.convTranspose(Y, W, attrs), w: b.convFilter(X, Y, attrs) };
    const plan = new Plan(b.graph, Object.values(found)).setAll({ x, w, y });
    plan.run().run(); // nothing is left over from one run to the next
    for (const name of ['x', 'w', 'y'] as const) {
      expect(maxRelativeError(plan.value(found[name]), sums[name]), name).toBeLessThan(1e-12);
    }
  },
);
