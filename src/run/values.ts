/** Numbers as people give them, flat or nested, checked against the shape they are for. */

import { GradpathError } from '../graph/error.ts';
import { formatIndex, formatShape, type Shape, sizeOf } from '../graph/shape.ts';

export type Values = number | ArrayLike<number> | readonly Values[];

/** Whether the values are so many finite numbers in one list, so that nothing needs to be checked or converted. */
export function isFlat(values: Values, size: number): values is ArrayLike<number> {
  if (typeof values === 'number' || values.length !== size) return false;
  for (let i = 0; i < size; i++) if (!Number.isFinite(values[i])) return false; // a row is no finite number
  return true;
}

/** The values as a flat row-major array. Nested lists must have the shape; flat ones its number of elements. */
export function checkedValues(values: Values, shape: Shape, label: string): Float64Array {
  const flat = new Float64Array(sizeOf(shape));
  const nested = Array.isArray(values) && values.some(isRow);
  const given = typeof values === 'number' ? [values] : (values as ArrayLike<number>);
  if (nested) fillNested(flat, values as readonly Values[], shape, label);
  else {
    if (given.length !== flat.length) {
      const expected = `${formatShape(shape)}${shape.length > 1 ? ` = ${flat.length}` : ''}`;
      const plural = given.length === 1 ? 'value' : 'values';
      throw new GradpathError(
        'value',
        `${label}: ${given.length} ${plural} given, expected ${expected === 'scalar' ? 'one' : expected}`,
        label,
      );
    }
    for (let i = 0; i < flat.length; i++) flat[i] = typeof given[i] === 'number' ? given[i] : Number.NaN;
  }
  for (let i = 0; i < flat.length; i++) {
    if (!Number.isFinite(flat[i])) {
      const source = nested ? flat[i] : (given[i] as unknown);
      const place = shape.length === 0 ? 'the value' : `element ${indexText(i, shape)}`;
      throw new GradpathError(
        'value',
        `${label}: ${place} is ${describe(source)}, expected a finite number`,
        label,
      );
    }
  }
  return flat;
}

function fillNested(flat: Float64Array, values: readonly Values[], shape: Shape, label: string): void {
  const actual: number[] = [];
  for (let level: Values = values; isRow(level); level = level[0] ?? 0) actual.push(level.length);
  if (actual.length !== shape.length || actual.some((n, axis) => n !== shape[axis])) {
    const message = `${label} is ${formatShape(actual)}, expected ${formatShape(shape)}`;
    throw new GradpathError('value', message, label);
  }
  const width = shape[shape.length - 1];
  let rows: readonly Values[] = values;
  for (let axis = 1; axis < shape.length; axis++) {
    const next: Values[] = [];
    rows.forEach((row, i) => {
      if (!isRow(row) || row.length !== shape[axis]) {
        const found = isRow(row) ? `${row.length} value${row.length === 1 ? '' : 's'}` : describe(row);
        const message = `${label}: row ${i + 1} has ${found}, expected ${shape[axis]}`;
        throw new GradpathError('value', message, label);
      }
      for (let j = 0; j < row.length; j++) next.push(row[j]);
    });
    rows = next;
  }
  rows.forEach((value, i) => {
    if (typeof value !== 'number') {
      const place = `row ${Math.floor(i / width) + 1}, column ${(i % width) + 1}`;
      const message = `${label}: ${place} is ${describe(value)}, expected a finite number`;
      throw new GradpathError('value', message, label);
    }
    flat[i] = value;
  });
}

/** A list of numbers or of rows, in an array or a typed array. */
function isRow(value: unknown): value is ArrayLike<Values> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** `3` in a vector, `[2,1]` in a matrix. */
function indexText(flat: number, shape: Shape): string {
  const index = formatIndex(flat, shape);
  return shape.length === 1 ? index : `[${index}]`;
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
