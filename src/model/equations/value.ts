/** Scalars, vectors and matrices as mathematics has them: a vector is a column unless it was transposed. */

import { formatShape, type Shape } from '../../graph/shape.ts';

/**
 * `free`: a gradient, which stands as a row or a column as its place asks for. `ones`, `identity`: of whatever size
 * its neighbours have; the value is a number, mostly 1. `spread`: rows or columns that repeat, one of them given as 1×n or n×1.
 */
export type Standing = 'column' | 'row' | 'free' | 'ones' | 'onesRow' | 'identity' | 'spread';

export interface Value<V> {
  readonly v: V;
  readonly shape: Shape;
  readonly standing: Standing;
  /** A number that is known as it stands in the text, so that `1 - z` needs no node for the 1. */
  readonly literal?: number;
  /** An empty product: neutral in any other. */
  readonly isEmpty?: true;
  /** What was typed for it, for messages. */
  readonly label?: string;
}

/** Operands that do not fit; whoever knows the place in the text turns it into an error. */
export class Misfit extends Error {}

/** `W (4×3)`, `x_t (a column of 4)`, `a number`: as operands are spoken of. */
export function spoken<V>(x: Value<V>): string {
  return x.label === undefined ? shapeOf(x) : `${x.label} (${shapeOf(x)})`;
}

function shapeOf<V>({ shape, standing }: Value<V>): string {
  if (standing === 'ones' || standing === 'onesRow') return 'ones';
  if (standing === 'identity') return 'the identity';
  if (standing === 'spread') return shape[0] === 1 ? `rows of ${shape[1]}` : `columns of ${shape[0]}`;
  if (shape.length === 0) return 'a number';
  if (shape.length > 1) return formatShape(shape);
  return `${standing === 'row' ? 'a row' : standing === 'free' ? 'a vector' : 'a column'} of ${shape[0]}`;
}

export const isScalar = <V>({ shape, standing }: Value<V>): boolean =>
  shape.length === 0 && (standing === 'column' || standing === 'free');
export const isVector = <V>({ shape }: Value<V>): boolean => shape.length === 1;

export const isOnes = <V>({ standing }: Value<V>): boolean => standing === 'ones' || standing === 'onesRow';

/** Whether one is a row or column that repeats as often as the other needs it. */
export function repeats<V>(a: Value<V>, b: Value<V>): boolean {
  if (a.standing !== 'spread' && b.standing !== 'spread') return false;
  return (
    a.shape.length === 2 &&
    b.shape.length === 2 &&
    a.shape.every((n, axis) => n === b.shape[axis] || n === 1 || b.shape[axis] === 1)
  );
}

/**
 * The shape in which a vector repeats beside a matrix: a row to every row; else to its rows or its columns, whichever is
 * as long. Undefined if there is no such, or a column might be meant for either.
 */
export function repeatedBeside<V>(vector: Value<V>, matrix: Value<V>): Shape | undefined {
  if (!isVector(vector) || matrix.shape.length !== 2 || matrix.standing === 'spread') return undefined;
  const [rows, columns] = matrix.shape;
  const [n] = vector.shape;
  if (n === columns && (n !== rows || vector.standing === 'row')) return [1, n];
  return n === rows && n !== columns && vector.standing !== 'row' ? [n, 1] : undefined;
}

/** The shape of a vector beside rows or columns that repeat and are as long: a sum over an axis divided by a vector. */
export function likeRepeated<V>(vector: Value<V>, repeated: Value<V>): Shape | undefined {
  if (!isVector(vector) || repeated.standing !== 'spread' || repeated.shape.length !== 2) return undefined;
  const [n] = vector.shape;
  const isLong = repeated.shape.includes(n) && repeated.shape.includes(1);
  const isTurned = vector.standing === 'row' && repeated.shape[1] === 1;
  return isLong && !isTurned ? repeated.shape : undefined;
}

/** Whether two vectors stand crosswise. */
export function isTurned<V>(a: Value<V>, b: Value<V>): boolean {
  if (!isVector(a) || !isVector(b) || a.standing === 'free' || b.standing === 'free') return false;
  return (a.standing === 'row') !== (b.standing === 'row');
}

/** How to add a vector to every row or column of a matrix. */
export function broadcastHint<V>(matrix: Value<V>, vector: Value<V>): string | undefined {
  if (matrix.shape.length !== 2 || !isVector(vector)) return undefined;
  const [rows, columns] = matrix.shape;
  const [n] = vector.shape;
  const b = /^[\p{L}\d_]{1,8}$/u.test(vector.label ?? '') ? vector.label : 'b';
  if (n === columns) return `; to add ${b} to every row write 1 ${b}ᵀ`;
  return n === rows ? `; to add ${b} to every column write ${b} 1ᵀ` : undefined;
}

/** A number in another role. */
export function special<V>(number: Value<V>, standing: Standing): Value<V> {
  return {
    get v() {
      return number.v;
    },
    shape: [],
    standing,
    literal: number.literal!,
  };
}
