/** Rankings from the text of files. */

import { GradpathError } from '../../src/graph/error.ts';
import { readCsv } from '../../src/model/csv.ts';

export interface RankedItems {
  readonly relevant: readonly number[];
  readonly scores?: readonly number[];
}

/**
 * CSV, a row per item: its relevance (1 or 0), or its score and its relevance; a header may name the columns `score` and
 * `relevant`. One row of more than two numbers, or of two without a header, is a ranking.
 */
export function readItems(text: string, file: string): RankedItems {
  const expected = 'a row for each item: score,relevant';
  if (text.trim() === '') throw new GradpathError('value', `${file} is empty, expected ${expected}`, file);
  const { header, rows } = readCsv(text, file, (row) => `item ${row + 1}`, expected);
  if (header === undefined && rows.length === 1) return { relevant: rows[0] };
  const columns = rows[0].length;
  const names = header?.map((name) => name.toLowerCase());
  const relevant = names?.indexOf('relevant') ?? columns - 1;
  const score = names?.indexOf('score') ?? (columns === 2 ? 0 : -1);
  if (columns > 2 || relevant < 0 || (columns === 2 && score < 0)) {
    const found = header === undefined ? `${columns} columns` : `columns ${header.join(', ')}`;
    throw new GradpathError('value', `${file} has ${found}, expected relevant, or score and relevant`, file);
  }
  return {
    relevant: rows.map((row) => row[relevant]),
    ...(score < 0 ? {} : { scores: rows.map((row) => row[score]) }),
  };
}
