/** Settings as anyone may type them, drawn by a seed: the ends of every range, defaults, and what lies between. */

import type { AnyExample, Setting } from '../../examples/example.ts';

type Random = () => number;

/** Of a number, a narrower range where the whole one would take long; of a text, how one is drawn. */
type Draw = readonly [min: number, max: number] | ((random: Random) => string);

const among = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];
const whole = (random: Random, [min, max]: readonly [number, number]) =>
  min + Math.floor(random() * (max - min + 1));
const many = (random: Random, most: number, draw: (random: Random) => unknown) =>
  Array.from({ length: whole(random, [1, most]) }, () => draw(random));

/** Of either sign, with a size between ten to the power of −`exponent` and of `exponent`. */
const spread = (random: Random, exponent: number) =>
  among(random, [1, -1]) * 10 ** (exponent * (2 * random() - 1));
/** Mostly moderate; sometimes as large or as small as it may be. */
const anyNumber = (random: Random, extreme: number) => spread(random, among(random, [1, 4, extreme]));

function box(random: Random): string {
  const [x, y] = [0, 1].map(() => among(random, [0, anyNumber(random, 5)]));
  const [width, height] = [0, 1].map(() => Math.abs(anyNumber(random, 5)));
  return among(random, ['50,50,150,150', '60,60,70,140', [x, y, x + width, y + height].join()]);
}

function matrix(random: Random): string {
  const entries = many(random, 25, () => among(random, [0, 1, -1, anyNumber(random, 99)]));
  const columns = whole(random, [1, 5]);
  const rows = Math.ceil(entries.length / columns);
  return JSON.stringify(
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => entries[i * columns + j] ?? 0),
    ),
  );
}

const side = (random: Random) => whole(random, [1, 7]);
const sizeOrMatrix = (random: Random) =>
  random() < 0.5 ? matrix(random) : `${side(random)}x${side(random)}`;
const words = ['a', 'b', 'the', 'green', 'été', '1', '日本', 'well-known'];

/** What an example's settings are drawn from, where it is not their whole range. */
export const draws: Readonly<Record<string, Readonly<Record<string, Draw>>>> = {
  rnn: { steps: [1, 60], hidden: [1, 16] },
  lstm: { steps: [1, 30], hidden: [1, 12] },
  gru: { steps: [1, 30], hidden: [1, 12] },
  vanishing: { steps: [1, 40], sentence: (random) => many(random, 12, () => among(random, words)).join(' ') },
  'transposed-conv': { input: sizeOrMatrix, kernel: sizeOrMatrix, padding: [0, 4], dilation: [1, 4] },
  iou: { a: box, b: box },
  cnn: { epochs: [1, 1], kernels: [1, 3] },
  'average-precision': {
    ranking: (random) => many(random, 30, () => whole(random, [0, 1])).join(),
    scores: (random) => Array.from({ length: 10 }, () => anyNumber(random, 99)).join(),
    relevant: [1, 20],
  },
};

function textOf(setting: Setting, own: Draw | undefined, random: Random): string | undefined {
  if (typeof own === 'function') return own(random);
  if (setting.kind === 'choice') return among(random, setting.choices);
  if (setting.kind === 'text' || setting.kind === 'file') return undefined;
  const [min, max] = own ?? [setting.min, setting.max];
  const between =
    setting.kind === 'integer'
      ? [whole(random, [min, max])]
      : [min + (max - min) * random(), Math.max(min, max * 1e-12 ** random())];
  return String(among(random, [min, max, setting.default, ...between, ...between]));
}

/** The texts of about half of the settings; the others are left as they are. */
export function drawnTexts({ name, settings }: AnyExample, random: Random): Record<string, string> {
  const texts = Object.entries(settings).map(([setting, spec]) => [
    setting,
    random() < 0.4 ? undefined : textOf(spec, draws[name]?.[setting], random),
  ]);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}
