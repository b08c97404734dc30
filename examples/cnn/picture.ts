/** An image from the text of a file: rows of numbers, or a plain PGM. */

import { GradpathError } from '../../src/graph/error.ts';
import { formatShape } from '../../src/graph/shape.ts';
import { readCsv } from '../../src/model/csv.ts';
import { SIDE } from './images.ts';

interface Picture {
  readonly rows: readonly (readonly number[])[];
  /** The grey level of ink; paper is 0. */
  readonly ink: number;
}

/**
 * Grey levels from 0 (paper) to 1 (ink), 28×28 row-major. CSV has a line of 28 numbers for each row, from 0 to 1, or to
 * 255 if one is above 1; a plain PGM (P2) says itself what its largest is. Throws GradpathError for another size, a
 * level out of range, and for other formats.
 */
export function readPicture(text: string, file: string): number[] {
  const fail = (message: string): never => {
    throw new GradpathError('value', `${file}${message}`, file);
  };
  const lines = `a line of ${SIDE} grey levels for each of ${SIDE} rows`;
  if (text.trim() === '') fail(` is empty, expected ${lines}`);
  const { rows, ink } = /^P\d\s/.test(text) ? fromPgm(text, fail) : fromCsv(text, file, lines);
  const shape = [rows.length, rows[0]?.length ?? 0];
  if (shape.some((size) => size !== SIDE)) {
    fail(` is ${formatShape(shape)}, expected ${formatShape([SIDE, SIDE])}: ${lines}`);
  }
  return rows.flatMap((row, i) =>
    row.map((level, j) => {
      const isLevel = level >= 0 && level <= ink;
      return isLevel
        ? level / ink
        : fail(`: row ${i + 1}, column ${j + 1} is ${level}, expected 0 (paper) to ${ink} (ink)`);
    }),
  );
}

function fromCsv(text: string, file: string, expected: string): Picture {
  const pixel = (row: number, column: number) => `the pixel in row ${row + 1}, column ${column + 1}`;
  const { rows } = readCsv(text, file, pixel, expected);
  return { rows, ink: rows.some((row) => row.some((level) => level > 1)) ? 255 : 1 };
}

/** `P2 width height largest level level …`, with spaces and line ends anywhere, and comments from # to the line's end. */
function fromPgm(text: string, fail: (message: string) => never): Picture {
  const [magic, ...words] = text.replace(/#.*/g, '').trim().split(/\s+/);
  if (magic !== 'P2') fail(` is a picture of type ${magic}, expected a plain PGM (P2) or rows of numbers`);
  const numbers = words.map(Number);
  const odd = numbers.findIndex((value) => !(Number.isInteger(value) && value >= 0));
  if (odd >= 0) fail(`: "${words[odd].slice(0, 20)}" stands where a PGM has a whole number from 0 on`);
  const [width, height, ink, ...levels] = numbers;
  if (!(width > 0 && height > 0 && ink > 0))
    fail(': a PGM begins with P2, its width, height and largest level');
  if (levels.length !== width * height) {
    fail(` has ${levels.length} grey levels, expected ${width * height} for its size ${width}×${height}`);
  }
  return {
    rows: Array.from({ length: height }, (_, i) => levels.slice(i * width, (i + 1) * width)),
    ink,
  };
}
