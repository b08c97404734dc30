/** Weights and sequences for recurrent networks from the text of files: JSON, or CSV for sequences. */

import { Entry } from '../../src/graph/entry.ts';
import { readCsv } from '../../src/model/csv.ts';
import type { Values } from '../../src/run/values.ts';

const MAX_CHARACTERS = 64 * 2 ** 20;

/** `{ "U": [[…]], "W": [[…]], "V": [[…]], "H_0": […] }`: any of `names`; those called U, W and V are matrices. */
export function readWeights(text: string, file: string, names: readonly string[]): Record<string, Values> {
  const root = Entry.parse(text, { source: file, what: 'an object of weights', limit: MAX_CHARACTERS });
  root.keys([], names);
  return Object.fromEntries(
    Object.keys(root.value as object).map((name) => {
      const entry = root.get(name).about(name);
      return [name, /^[UVW](_|$)/.test(name) ? matrix(entry) : vector(entry, 'value')];
    }),
  );
}

export interface Sequence {
  /** x_1, x_2, … */
  readonly inputs: number[][];
  /** y_1, y_2, …, if the file has them. */
  readonly targets: number[][] | undefined;
}

/**
 * A row per time step. CSV: all columns are x, unless a header names some of them y, y1, y_rain, …
 * JSON: `[[…], …]`, or `{ "x": [[…], …], "y": [[…], …] }`.
 */
export function readSequence(text: string, file: string): Sequence {
  return /^\uFEFF?\s*[[{]/.test(text) || file.endsWith('.json')
    ? sequenceFromJson(text, file)
    : sequenceFromCsv(text, file);
}

function sequenceFromJson(text: string, file: string): Sequence {
  const root = Entry.parse(text, { source: file, what: 'a list of vectors', limit: MAX_CHARACTERS });
  if (!root.object) return { inputs: steps(root, 'x'), targets: undefined };
  root.keys(['x'], ['y']);
  const y = root.optional('y');
  return { inputs: steps(root.get('x'), 'x'), targets: y && steps(y, 'y') };
}

function sequenceFromCsv(text: string, file: string): Sequence {
  const isY = (header: readonly string[] | undefined, column: number) =>
    header !== undefined && TARGET.test(header[column]);
  const { header, rows } = readCsv(
    text,
    file,
    (row, column, names) => (isY(names, column) ? `y_${row + 1}` : `x_${row + 1}`),
    'one for each time step',
  );
  const pick = (y: boolean) => rows.map((row) => row.filter((_, column) => isY(header, column) === y));
  const targets = pick(true);
  return { inputs: pick(false), targets: targets[0].length > 0 ? targets : undefined };
}

/** `y`, `y2`, `y_2`, `y_rain`, but not `year`. */
const TARGET = /^y(?:\d+|_.*)?$/i;

function steps(entry: Entry, variable: 'x' | 'y'): number[][] {
  const list = entry.list(Number.POSITIVE_INFINITY);
  if (list.length === 0) entry.fail(`${variable} is empty, expected a vector for each time step`, 'value');
  const vectors = list.map((_, t) => vector(entry.at(t).about(`${variable}_${t + 1}`), 'value'));
  const ragged = vectors.findIndex((v) => v.length !== vectors[0].length);
  if (ragged !== -1) {
    const [found, expected] = [vectors[ragged].length, vectors[0].length];
    entry
      .at(ragged)
      .about(`${variable}_${ragged + 1}`)
      .fail(`${count(found)} given, expected ${expected} as in ${variable}_1`, 'value');
  }
  return vectors;
}

function matrix(entry: Entry): number[][] {
  const list = entry.list(Number.POSITIVE_INFINITY);
  if (list.length === 0 || !list.every(Array.isArray)) {
    entry.fail(`expected a list of rows, [[…], …], each a list of numbers`, 'value');
  }
  const rows = list.map((_, i) => vector(entry.at(i), `row ${i + 1}, column`));
  const ragged = rows.findIndex((row) => row.length !== rows[0].length);
  if (ragged !== -1) {
    const [found, expected] = [rows[ragged].length, rows[0].length];
    entry.at(ragged).fail(`row ${ragged + 1} has ${count(found)}, expected ${expected} as in row 1`, 'value');
  }
  return rows;
}

function vector(entry: Entry, what: string): number[] {
  const list = entry.list(Number.POSITIVE_INFINITY);
  if (list.length === 0) entry.fail('the list is empty, expected numbers', 'value');
  const bad = list.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1)
    entry.at(bad).fail(`${what} ${bad + 1} is ${entry.at(bad).shown}, expected a number`, 'value');
  return list as number[];
}

function count(values: number): string {
  return `${values} ${values === 1 ? 'value' : 'values'}`;
}
