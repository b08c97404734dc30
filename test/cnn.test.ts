import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CnnOptions, cnn } from '../examples/cnn/cnn.ts';
import { heldOut, training } from '../examples/cnn/digits.ts';
import { example } from '../examples/cnn/example.ts';
import { bend, CLASSES, digitsOf, PIXELS, packed, SIDE, unpacked } from '../examples/cnn/images.ts';
import { readPicture } from '../examples/cnn/picture.ts';
import { traceKernelWeight } from '../examples/cnn/trace.ts';
import { train } from '../examples/cnn/train.ts';
import { measure } from '../examples/measure.ts';
import { adam } from '../examples/optimisers.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Tfjs } from '../src/interop/tfjs/oracle.ts';
import type { Model } from '../src/model/model.ts';
import { uniform } from '../src/model/random.ts';
import { backward, type HandCnn } from './support/cnn.ts';
import { chosen, misjudged, refusal, refuted, studied } from './support/study.ts';

const SEEDS = [1, 2, 3, 4, 5];
const WRT = ['K', 'b_K', 'W', 'b_W', 'x'] as const;

const SHAPES: CnnOptions[] = [
  { imageSize: [7, 9], kernels: 3, kernelSize: 3, stride: 1, classes: 4, batch: 3 },
  { imageSize: [9, 8], kernels: 5, kernelSize: 2, stride: 2, padding: 1, classes: 3, batch: 2 },
  { imageSize: [10, 11], kernels: 2, kernelSize: 4, stride: 1, padding: 3, poolSize: 3, classes: 2 },
  { imageSize: [3, 4], kernels: 9, kernelSize: 1, stride: 1, poolSize: 1, classes: 3, batch: 4 },
  { imageSize: [12, 5], kernels: 4, kernelSize: 5, stride: 3, padding: 2, poolSize: 2, classes: 7, batch: 2 },
];

/** Rows of a list: as deep as the shape has axes. */
function nested(flat: readonly number[], [first, ...others]: readonly number[]): unknown {
  if (others.length === 0) return flat;
  const size = others.reduce((product, n) => product * n, 1);
  return Array.from({ length: first }, (_, i) => nested(flat.slice(i * size, (i + 1) * size), others));
}

/** The same numbers for the network written by hand. */
function byHand(model: Model, { stride = 2, padding = 0, poolSize = 2 }: CnnOptions) {
  const { graph } = model.builder;
  const read = (name: string, drop: number) => {
    const shape = graph.node(graph.idOf(name)).shape.filter((_, axis) => axis !== drop);
    return nested(model.values[name], shape);
  };
  const [, classes] = graph.node(graph.idOf('y')).shape;
  const labels = model.values.y.flatMap((y, i) => (y === 1 ? [i % classes] : []));
  const data = {
    images: read('x', 1),
    K: read('K', 1),
    W: read('W', -1),
    b_K: model.values.b_K,
    b_W: model.values.b_W,
  };
  return backward({ ...data, labels, stride, padding, poolSize } as HandCnn);
}

/** A model whose biases are not zero either. */
function seeded(options: CnnOptions): Model {
  const model = cnn(options);
  const random = uniform(options.seed ?? 1);
  const noise = (values: readonly number[]) => values.map(() => 0.4 * random() - 0.2);
  return {
    ...model,
    values: { ...model.values, b_K: noise(model.values.b_K), b_W: noise(model.values.b_W) },
  };
}

const flat = (values: unknown): number[] => (values as number[]).flat(4);

describe('the gradients', () => {
  let tf: Tfjs | undefined;
  beforeAll(async () => {
    tf = await loadTfjs();
    expect(tf).toBeDefined();
  });

  test.each(SHAPES)('of %j are those written by hand', (shape) => {
    for (const seed of SEEDS) {
      const model = seeded({ ...shape, seed });
      const { value, gradients } = measure(model, 'E', [...WRT, 'C']);
      const hand = byHand(model, { stride: 2, ...shape });
      expect(Math.abs(value('E')[0] / hand.E - 1)).toBeLessThan(1e-12);
      WRT.forEach((name, i) => {
        const error = maxRelativeError(gradients[i], flat(hand[name]));
        expect(error, `${name}, seed ${seed}`).toBeLessThan(1e-10);
      });
      expect(maxRelativeError(gradients[5], flat(hand.deltas)), `C, seed ${seed}`).toBeLessThan(1e-10);
    }
  });

  test.each(SHAPES)('of %j agree with differences and tfjs', (shape) => {
    for (const seed of [1, 2]) {
      expect(misjudged(seeded({ ...shape, seed }), 'E', ['K', 'b_K', 'W', 'b_W'], tf)).toEqual([]);
    }
  });

  test('are right where a sure network makes them vanish', () => {
    const shape: CnnOptions = { ...SHAPES[0], batch: 1, labels: [0] };
    const { values } = seeded(shape);
    const b_W = values.b_W.map((b, c) => b + (c === 0 ? 60 : 0));
    const model = { ...seeded(shape), values: { ...values, b_W } };
    const { gradients } = measure(model, 'E', ['W']);
    const hand = byHand(model, shape).W;
    // of the true class ŷ − 1 is rounding alone, so the others are compared, each with itself
    const others = (W: readonly number[]) => W.filter((_, i) => i % 4 !== 0);
    expect(Math.max(...others(gradients[0]).map(Math.abs))).toBeLessThan(1e-22);
    expect(others(gradients[0]).some((g) => g !== 0)).toBe(true);
    expect(maxRelativeError(others(gradients[0]), others(flat(hand)), 0)).toBeLessThan(1e-10);
  });

  test('of the mean loss of a batch are the mean of those of its images', () => {
    const shape = { ...SHAPES[0], batch: 3 };
    const model = seeded(shape);
    const whole = measure(model, 'E', ['K']).gradients[0];
    const parts = [0, 1, 2].map((n) => {
      const single = cnn({ ...shape, batch: 1 });
      const part = (name: 'x' | 'y') => {
        const size = model.values[name].length / 3;
        return model.values[name].slice(n * size, (n + 1) * size);
      };
      const values = { ...model.values, x: part('x'), y: part('y') };
      return measure({ ...single, values }, 'E', ['K']).gradients[0];
    });
    const mean = whole.map((_, i) => parts.reduce((sum, part) => sum + part[i], 0) / 3);
    expect(maxRelativeError(whole, mean)).toBeLessThan(1e-12);
  });
});

describe('the trace of a kernel weight', () => {
  test.each(SHAPES)('of %j is δ times the pixel at each output position', (shape) => {
    const options = { stride: 2, padding: 0, ...shape, batch: 1 };
    for (const seed of SEEDS) {
      const model = seeded({ ...options, seed });
      const hand = byHand(model, options);
      const [height, width] = shape.imageSize!;
      const [kernel, row, column] = [shape.kernels! - 1, 0, shape.kernelSize! - 1];
      const trace = traceKernelWeight(model, { kernel, row, column });
      const delta = hand.deltas[0][kernel];
      expect([trace.rows, trace.columns]).toEqual([delta.length, delta[0].length]);
      const expected = delta.flatMap((deltas, i) =>
        deltas.map((d, j) => {
          const [at, across] = [
            options.stride * i + row - options.padding,
            options.stride * j + column - options.padding,
          ];
          const inside = at >= 0 && at < height && across >= 0 && across < width;
          return inside ? d * model.values.x[at * width + across] : 0;
        }),
      );
      expect(maxRelativeError(trace.delta, delta.flat())).toBeLessThan(1e-10);
      expect(trace.routed).toEqual(trace.delta);
      expect(maxRelativeError(trace.contributions, expected)).toBeLessThan(1e-10);
      expect(maxRelativeError([trace.gradient], [hand.K[kernel][row][column]])).toBeLessThan(1e-10);
      const sum = trace.contributions.reduce((total, c) => total + c, 0);
      const size = trace.contributions.reduce((total, c) => total + Math.abs(c), 0);
      expect(Math.abs(sum - trace.gradient)).toBeLessThanOrEqual(1e-12 * size);
    }
  });

  test('of an image without contrast is at the first position of each window', () => {
    const sizes = { imageSize: [5, 5], kernelSize: 2, stride: 1, kernels: 1, classes: 3 } as const;
    const weights = {
      K: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    };
    const model = cnn({ ...sizes, weights, images: [new Array<number>(25).fill(0.5)], labels: [1] });
    const { passes, delta, routed } = traceKernelWeight(model, { kernel: 0, row: 0, column: 0 });
    const firsts = [0, 2, 8, 10];
    expect(passes).toEqual(passes.map((_, p) => firsts.includes(p)));
    expect(delta.map((d) => d !== 0)).toEqual(passes);
    expect(routed).toEqual(delta);
  });

  test.each([
    [{ kernel: 3, row: 0, column: 0 }, 'kernel is 3, expected a whole number from 0 to 2, counted from 0'],
    [{ kernel: 0, row: 3, column: 0 }, 'row is 3, expected a whole number from 0 to 2, counted from 0'],
    [{ kernel: 0, row: 0, column: -1 }, 'column is -1, expected a whole number from 0 to 2, counted from 0'],
  ])('refuses %j', (weight, message) => {
    expect(refusal(() => traceKernelWeight(cnn({ ...SHAPES[0], batch: 1 }), weight))).toBe(message);
  });

  test('refuses several images', () => {
    const weight = { kernel: 0, row: 0, column: 0 };
    expect(refusal(() => traceKernelWeight(cnn(SHAPES[0]), weight))).toBe(
      'x has 3 images, a trace takes one',
    );
  });
});

describe('data', () => {
  const image = new Array<number>(784).fill(0.5);

  test.each<[CnnOptions, string]>([
    [{ images: [[1, 2, 3]] }, 'x: 3 values given, expected 28×28 = 784'],
    [{ images: [image, image.slice(1)] }, 'x: image 2: 783 values given, expected 28×28 = 784'],
    [{ images: [[image]], imageSize: [28, 28] }, 'x is 1×784, expected 28×28'],
    [{ images: [image.with(30, Number.NaN)] }, 'x: element [2,3] is NaN, expected a finite number'],
    [{ images: [image], labels: [10] }, 'y: label 1 is 10, expected a class from 0 to 9'],
    [{ images: [image], labels: [-1] }, 'y: label 1 is -1, expected a class from 0 to 9'],
    [{ images: [image], labels: [0.5] }, 'y: label 1 is 0.5, expected a class from 0 to 9'],
    [{ images: [image], labels: [1, 2] }, 'y: 2 labels given, expected 1, one for each sample'],
    [{ images: [image], batch: 2 }, 'x: 1 image given, expected 2, one for each sample'],
    [{ kernels: 0 }, 'kernels is 0, expected a whole number from 1 on'],
    [{ padding: -1 }, 'padding is -1, expected a whole number from 0 on'],
    [{ imageSize: [28, 2.5] }, 'imageSize is 2.5, expected a whole number from 1 on'],
    [{ seed: 0.5 }, 'seed is 0.5, expected a whole number'],
    [{ weights: { K: [1, 2] } }, 'K: 2 values given, expected 16×1×5×5 = 400'],
    [
      { kernelSize: 29 },
      'C: conv of x (1×1×28×28) and K (16×1×29×29): a kernel that reaches over 29 does not fit into 28 along spatial axis 0',
    ],
  ])('is refused: %#', (options, message) => {
    expect(refusal(() => cnn(options))).toBe(message);
  });

  test('an image may be nested, and gives its class its place', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    const { values } = cnn({
      images: [rows],
      labels: [2],
      imageSize: [3, 3],
      kernelSize: 1,
      stride: 1,
      classes: 3,
    });
    expect(values.x).toEqual(rows.flat());
    expect(values.y).toEqual([0, 0, 1]);
  });

  test('images survive packing, whatever the runs of zeros', () => {
    const bytes = new Uint8Array(PIXELS);
    bytes[0] = 1;
    bytes[300] = 255;
    bytes.fill(7, 600, 610);
    expect([...unpacked(packed(bytes))]).toEqual(Array.from(bytes, (byte) => byte / 255));
  });

  test('the shipped digits are those of the package, each in one list only', () => {
    const find = createRequire(import.meta.url);
    const known = new Map<string, number>();
    for (let digit = 0; digit < CLASSES; digit++) {
      const file = find.resolve(`mnist/src/digits/${digit}.json`);
      const { data } = JSON.parse(readFileSync(file, 'utf8')) as { data: number[] };
      for (let from = 0; from < data.length; from += PIXELS) {
        const bytes = Uint8Array.from(data.slice(from, from + PIXELS), (grey) => Math.round(255 * grey));
        known.set(packed(bytes), digit);
      }
    }
    expect([training.length, heldOut.length]).toEqual([2000, 1000]);
    expect(new Set([...training, ...heldOut]).size).toBe(3000);
    expect(digitsOf(training).labels).toEqual(training.map((digit) => known.get(digit)));
    expect(digitsOf(heldOut).labels).toEqual(heldOut.map((digit) => known.get(digit)));
  });

  test('an image is bent about its centre: not at all, and by two pixels to the right', () => {
    const digit = unpacked(heldOut[314]);
    const bent = new Float64Array(PIXELS + 1);
    bend(digit, () => 0.5, bent, 1);
    expect([...bent.subarray(1)]).toEqual([...digit]);
    const draws = [0.5, 0.5, 0.5, 0.5, 1, 0.5]; // turn, width, height, shear, right, down
    bend(digit, () => draws.shift()!, bent, 0);
    for (let i = 0; i < PIXELS; i++) expect(bent[i]).toBe(i % SIDE < 2 ? 0 : digit[i - 2]);
  });
});

describe('training', () => {
  const [all, judged] = [digitsOf(training), digitsOf(heldOut)];
  const options = () => ({
    network: { kernels: 16, seed: 1 },
    optimiser: adam(),
    rate: 0.004,
    called: 'Adam',
    batch: 10,
  });

  test('two epochs read nine of ten held-out digits', async () => {
    const lines: string[] = [];
    const done: number[] = [];
    const { epochs, predictions } = await train(all, judged, { ...options(), epochs: 2 }, (line, part) => {
      lines.push(line);
      done.push(part);
    });
    expect(epochs[1].accuracy).toBeGreaterThan(0.9);
    expect(epochs[1].loss).toBeLessThan(0.3);
    const right = predictions.filter((prediction, n) => prediction === judged.labels[n]).length;
    expect(epochs[1].accuracy).toBe(right / 1000);
    expect(lines).toHaveLength(8);
    expect(lines[7]).toMatch(
      /^Adam, epoch 2 of 2: loss 0\.\d{3}, 9\d\.\d % of held-out digits right after epoch 2$/,
    );
    expect(lines[0]).toMatch(/^Adam, epoch 1 of 2: loss \d\.\d{3}$/); // nothing is known yet
    expect(lines[4]).toContain(
      `${(100 * epochs[0].accuracy).toFixed(1)} % of held-out digits right after epoch 1`,
    );
    expect(done).toEqual([0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]);
  });

  test('gives the same weights again', async () => {
    const few = (every: number) => ({
      images: all.images.filter((_, i) => i % every === 0),
      labels: all.labels.filter((_, i) => i % every === 0),
    });
    const run = () => train(few(20), few(50), { ...options(), epochs: 2 }, () => {});
    const [first, second] = [await run(), await run()];
    expect(first.weights).toEqual(second.weights);
    expect(first.epochs).toEqual(second.epochs);
    expect(first.weights.K).not.toEqual(cnn({ seed: 1 }).values.K);
  });
});

describe('the example', () => {
  test('the time left, like the part done, is that of both trainings', async () => {
    const lines: { line: string; done: number; at: number }[] = [];
    const start = performance.now();
    await example.study(chosen(example, { epochs: '2', kernels: '4' }), (line, done) => {
      lines.push({ line, done, at: (performance.now() - start) / 1000 });
    });
    expect(lines.map(({ line }) => line.split(',')[0])).toContain('SGD');
    expect(lines.at(-1)).toMatchObject({ done: 1, line: expect.stringMatching(/, 0 s left$/) });
    for (const { line, done, at } of lines) {
      const left = Number(/, (\d+) s left$/.exec(line)![1]);
      // the whole takes at/done; what comes before the trainings is short
      expect(Math.abs(left - at * (1 / done - 1))).toBeLessThan(0.5 + 1 / done);
    }
  });

  test('says its figures; of another number of epochs nothing is promised', async () => {
    const { claims, figures } = await studied(example, { epochs: '1' });
    expect(refuted({ claims, figures })).toEqual([]);
    expect(claims).toHaveLength(6);
    expect(claims.map(({ text }) => text).join()).not.toContain('at least 95 %');
    const texts = claims.map(({ text }) => text);
    expect(texts[0]).toMatch(/^∂E\/∂O = ŷ − y: largest difference \S+ over 10 scores$/);
    expect(texts[1]).toMatch(
      /^∂E\/∂K\[3,1,3,3\] = Σ_p δ\[p\] x\[p, k\] = 0\.03455 over 144 output positions/,
    );
    expect(texts[2]).toContain('23 of 144, of which 14 meet ink; from the others come 0 contributions');
    expect(texts[4]).toMatch(
      /^Adam, rate 0\.004: 1 epoch of 2000 digits, and [89]\d\.?\d? % of 1000 held-out digits are recognised, with a mean/,
    );
    expect(texts[5]).toMatch(
      /^SGD, rate 0\.015 and momentum 0\.9: 1 epoch of 2000 digits, and [89]\d\.?\d? % of/,
    );

    const titles = figures.map(({ title }) => title);
    expect(titles).toContain('What each output position adds to ∂E/∂K[3,1,3,3]');
    const table = figures[titles.indexOf('Held-out digits and what Adam’s network takes them for')];
    if (table.kind !== 'matrix') throw new Error('the confusion table is no matrix');
    for (const row of table.values) expect(row.reduce((sum, count) => sum + count, 0)).toBe(100);
    const right = table.values.reduce((sum, row, digit) => sum + row[digit], 0);
    expect(texts[4]).toContain(`and ${right / 10} % of`);
    const answers = figures[titles.indexOf('What the trained networks take the image for')];
    if (answers.kind !== 'bars') throw new Error('the answers are no bars');
    for (const { values } of answers.series) {
      expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(values.indexOf(Math.max(...values))).toBe(7);
    }
  });

  test.each([
    { 'kernel-size': '1', stride: '1', kernels: '1', kernel: '1', digit: '0', seed: '7' },
    { kernels: '2', 'adam-rate': '0', 'sgd-rate': '0', seed: '4294967295' },
    { 'kernel-size': '15', stride: '4', kernels: '2', kernel: '2', row: '15', column: '1', specimen: '100' },
  ])('%j: the claims hold', async (texts) => {
    expect(refuted(await studied(example, { epochs: '1', ...texts } as Record<string, string>))).toEqual([]);
  });

  test.each([
    [{ digit: '10' }, '--digit is 10, expected a whole number from 0 to 9'],
    [{ specimen: '101' }, '--specimen is 101, expected a whole number from 1 to 100'],
    [{ kernels: '2', kernel: '3' }, 'kernel is 3, expected at most 2, the number of kernels'],
    [{ kernel: '17' }, 'kernel is 17, expected at most 16, the number of kernels'],
    [{ row: '6' }, 'row is 6, expected at most 5, the kernel size'],
    [{ 'kernel-size': '3', row: '4' }, 'row is 4, expected at most 3, the kernel size'],
  ])('refuses %j, to build it and to study it', (texts, message) => {
    expect(refusal(() => example.study(chosen(example, texts), () => {}))).toBe(message);
    expect(refusal(() => example.build(chosen(example, texts), () => {}))).toBe(message);
  });
});

describe("an image of one's own", () => {
  const grey = (i: number, j: number) => (i + 2 * j) % 5;
  const lines = (of: (i: number, j: number) => unknown, separator: string, side = SIDE) =>
    Array.from({ length: side }, (_, i) => Array.from({ length: side }, (_, j) => of(i, j)).join(separator));
  const expected = Array.from({ length: PIXELS }, (_, p) => grey(Math.floor(p / SIDE), p % SIDE));

  test('as rows of numbers up to 1 or to 255, and as a plain PGM', () => {
    const shares = readPicture(lines((i, j) => grey(i, j) / 4, ',').join('\n'), 'f');
    shares.forEach((level, p) => expect(level).toBeCloseTo(expected[p] / 4, 15));
    const bytes = readPicture(lines((i, j) => 50 * grey(i, j), ';').join('\r\n'), 'f');
    bytes.forEach((level, p) => expect(level).toBeCloseTo((50 * expected[p]) / 255, 15));
    const pgm = readPicture(
      `P2\n# drawn by hand\n28 28 # wide, high\n4\n${lines(grey, ' ').join('\n')}\n`,
      'f',
    );
    expect(pgm).toEqual(shares);
  });

  test('is what the network reads, and is named', () => {
    const notes: string[] = [];
    const text = lines((i, j) => grey(i, j) / 4, ',').join('\n');
    const settings = { ...chosen(example, { digit: '3' }), image: { text, source: 'mine.csv' } };
    const { title, values } = example.build(settings, (line) => notes.push(line));
    expect(title).toContain('on mine.csv, a 3');
    expect(values.x).toEqual(readPicture(text, 'f'));
    expect(values.y.indexOf(1)).toBe(3);
    expect(notes).toEqual([]); // --digit has said it
    const untold = { ...chosen(example), image: { text, source: 'mine.csv' } };
    expect(example.build(untold, (line) => notes.push(line)).values.y.indexOf(1)).toBe(7);
    expect(notes).toEqual(['note: mine.csv is taken to show a 7; --digit says what it shows']);
  });

  test.each([
    ['1,2\n3,4', 'f is 2×2, expected 28×28: a line of 28 grey levels for each of 28 rows'],
    [
      lines(() => 0, ',', 29).join('\n'),
      'f is 29×29, expected 28×28: a line of 28 grey levels for each of 28 rows',
    ],
    [' \n', 'f is empty, expected a line of 28 grey levels for each of 28 rows'],
    [
      lines((i, j) => (i === 2 && j === 4 ? -1 : 0), ',').join('\n'),
      'f: row 3, column 5 is -1, expected 0 (paper) to 1 (ink)',
    ],
    [
      lines((i, j) => (i === 2 && j === 4 ? 256 : 0), ',').join('\n'),
      'f: row 3, column 5 is 256, expected 0 (paper) to 255 (ink)',
    ],
    ['ink', 'f: no rows of numbers, expected a line of 28 grey levels for each of 28 rows'],
    ['P5 28 28 255 abc', 'f is a picture of type P5, expected a plain PGM (P2) or rows of numbers'],
    ['P2 28 28 255 1 2 3', 'f has 3 grey levels, expected 784 for its size 28×28'],
    ['P2 1 1 255 1', 'f is 1×1, expected 28×28: a line of 28 grey levels for each of 28 rows'],
    ['P2 28 x', 'f: "x" stands where a PGM has a whole number from 0 on'],
    ['P2 28', 'f: a PGM begins with P2, its width, height and largest level'],
    ['1,2\n3', 'f:2: 1 column, expected 2 as in line 1'],
  ])('refuses %j', (text, message) => {
    expect(refusal(() => readPicture(text, 'f'))).toBe(message);
  });
});
