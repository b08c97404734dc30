/** Matrices that are written out: of numbers, or of vectors and matrices side by side. */

import type { Arithmetic } from './arithmetic.ts';
import { Misfit, spoken, type Value } from './value.ts';

/**
 * `[1, 2; 3, 4]` is a matrix of numbers, a column or row of them a vector. Columns put together in either way, `[h; x]` or
 * `[h, x]`, are one longer column, as the literature has it; matrices stand as they are written. Throws Misfit.
 */
export function matrixOf<V>(m: Arithmetic<V>, rows: readonly (readonly Value<V>[])[]): Value<V> {
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width))
    throw new Misfit('the rows of a matrix have one length');
  const cells = rows.flat();
  if (cells.every(({ shape, standing }) => shape.length === 0 && standing === 'column'))
    return ofNumbers(m, rows);
  if (rows.length === 1 || width === 1) {
    const isColumns = cells.every(({ shape, standing }) => shape.length < 2 && standing !== 'row');
    if (isColumns)
      return joined(
        m,
        cells.map((x) => flat(m, x)),
        0,
      );
    const isRows = cells.every(
      ({ shape, standing }) => shape.length < 2 && (standing === 'row' || shape.length === 0),
    );
    if (isRows && rows.length === 1) {
      const row = joined(
        m,
        cells.map((x) => flat(m, x)),
        0,
      );
      return m.value(row.v, 'row');
    }
  }
  return joined(
    m,
    rows.map((row) =>
      joined(
        m,
        row.map((x) => asMatrix(m, x)),
        1,
      ),
    ),
    0,
  );
}

function ofNumbers<V>(m: Arithmetic<V>, rows: readonly (readonly Value<V>[])[]): Value<V> {
  const { A, tensor } = m.domain;
  const cells = rows.flat();
  const [height, width] = [rows.length, rows[0].length];
  const shape = width === 1 ? [height] : height === 1 ? [width] : [height, width];
  const standing = height === 1 && width > 1 ? 'row' : 'column';
  if (cells.every(({ literal }) => literal !== undefined)) {
    return m.value(
      tensor(
        cells.map(({ literal }) => literal!),
        shape,
      ),
      standing,
    );
  }
  const column = joined(
    m,
    cells.map((x) => flat(m, x)),
    0,
  );
  return m.value(shape.length === 1 ? column.v : A.reshape(column.v, { shape }), standing);
}

/** A number as a vector of one. */
function flat<V>(m: Arithmetic<V>, x: Value<V>): Value<V> {
  return x.shape.length === 1 ? x : m.value(m.domain.A.reshape(x.v, { shape: [1] }));
}

function asMatrix<V>(m: Arithmetic<V>, x: Value<V>): Value<V> {
  if (x.shape.length === 2) return x;
  if (x.shape.length > 2 || !['column', 'row', 'free'].includes(x.standing)) {
    throw new Misfit(`${spoken(x)} cannot stand in a matrix`);
  }
  const [n = 1] = x.shape;
  return m.value(m.domain.A.reshape(x.v, { shape: x.standing === 'row' ? [1, n] : [n, 1] }));
}

/** Side by side along an axis. */
export function joined<V>(m: Arithmetic<V>, parts: readonly Value<V>[], axis: number): Value<V> {
  const [first] = parts;
  if (parts.length === 1) return first;
  const misfit = parts.find(({ shape }) => shape.some((n, i) => i !== axis && n !== first.shape[i]));
  if (misfit !== undefined)
    throw new Misfit(`${spoken(first)} and ${spoken(misfit)} do not stand side by side`);
  const { A } = m.domain;
  return m.value(
    A.apply(
      'concat',
      parts.map(({ v }) => v),
      { axis },
    ),
  );
}
