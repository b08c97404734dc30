/** Whatever settings an example accepts, what its study claims is borne out, and its figures have numbers. */

import { expect, test } from 'vitest';
import type { Figure } from '../examples/example.ts';
import { examples } from '../examples/index.ts';
import { GradpathError } from '../src/graph/error.ts';
import { uniform } from '../src/model/random.ts';
import { drawnTexts } from './support/drawn-settings.ts';
import { refuted, studied } from './support/study.ts';

/** How many settings are drawn of each; `GRADPATH_SETTINGS=20` takes twenty times as many. */
const TIMES = Number(process.env.GRADPATH_SETTINGS ?? 1);
const COUNTS: Readonly<Record<string, number>> = { cnn: 1, vanishing: 4, iou: 8, lstm: 10, gru: 10 };
const COUNT = 25;
const SEED = 1;

/** Numbers of a figure that are none; a line may have gaps in y. */
function strange(figure: Figure): unknown[] {
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'number' && !Number.isFinite(value)) found.push(value);
    else if (typeof value === 'string' && /NaN|Infinity|undefined/.test(value)) found.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  if (figure.kind !== 'lines') visit(figure);
  else
    for (const [x, y] of figure.series.flatMap(({ points }) => points))
      visit([x, Number.isNaN(y) ? undefined : y]);
  return found;
}

test.each(examples)(
  '$name',
  async ({ name, load }) => {
    const example = await load();
    const random = uniform(SEED);
    const count = TIMES * (COUNTS[name] ?? COUNT);
    let refused = 0;
    for (let accepted = 0; accepted < count; ) {
      const texts = drawnTexts(example, random);
      const where = JSON.stringify(texts);
      try {
        const study = await studied(example, texts);
        expect(refuted(study), where).toEqual([]);
        for (const { text } of study.claims) expect(text, where).not.toMatch(/NaN|Infinity|undefined/);
        expect(study.figures.flatMap(strange), where).toEqual([]);
        accepted++;
      } catch (error) {
        if (!(error instanceof GradpathError)) throw error;
        expect(error.message, where).not.toMatch(/\n|undefined/);
        refused++;
      }
    }
    expect(refused).toBeLessThan(4 * count + 4); // what is drawn fits often enough
  },
  60_000 * TIMES,
);
