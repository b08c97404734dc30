/** Tensors as small tables, with what does not fit on a screen left out. */

import { alignedNumbers } from './style.ts';

const MAX = 8;

/** The rows of a scalar, vector or matrix with aligned columns; at most 8×8 numbers, `…` for the rest. */
export function tensorRows(shape: readonly number[], data: ArrayLike<number>): string[] {
  const columns = shape.length === 0 ? 1 : shape[shape.length - 1];
  const rows = columns === 0 ? 0 : data.length / columns; // axes before the last are shown one below the other
  const shownRows = indices(rows);
  const shownColumns = indices(columns);
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
function indices(n: number): (number | undefined)[] {
  const all = [...Array(Math.min(n, MAX)).keys()];
  return n <= MAX ? all : [...all.slice(0, MAX - 1), undefined, n - 1];
}
