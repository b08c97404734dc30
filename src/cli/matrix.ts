/** Tensors as small tables, with what does not fit on a screen left out. */

import { alignedNumbers } from './style.ts';

const MAX = 8;

/**
 * The rows of a scalar, vector or matrix with aligned columns; at most 8×8 numbers and `…` for the rest, unless all are
 * asked for.
 */
export function tensorRows(shape: readonly number[], data: ArrayLike<number>, all = false): string[] {
  const columns = shape.length === 0 ? 1 : shape[shape.length - 1];
  const rows = columns === 0 ? 0 : data.length / columns; // axes before the last are shown one below the other
  const shownRows = indices(rows, all);
  const shownColumns = indices(columns, all);
  const picked = shownRows.flatMap((i) =>
    shownColumns.map((j) => (i === undefined || j === undefined ? undefined : data[i * columns + j])),
  );
  const texts = alignedNumbers(picked.filter((value) => value !== undefined));
  const width = texts[0]?.length ?? 1;
  let next = 0;
  const cells = picked.map((value) => (value === undefined ? '…' : texts[next++]));
  return shownRows.map((row, i) =>
    row === undefined
      ? '…'.padStart(width)
      : cells.slice(i * shownColumns.length, (i + 1) * shownColumns.length).join('  '),
  );
}

/** 0 … n−1, or the first seven, undefined for those left out, and the last. */
function indices(n: number, all: boolean): (number | undefined)[] {
  if (all || n <= MAX) return [...Array(n).keys()];
  return [...Array(MAX - 1).keys(), undefined, n - 1];
}
