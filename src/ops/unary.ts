/** What rows of pointwise ops of one operand have in common. */

import type { Shape } from '../graph/shape.ts';
import type { Algebra, Kernel, Op, OpName, Signatures } from './op.ts';

/** The ops of one operand and no attributes. */
export type UnaryName = {
  [K in OpName]: Signatures[K]['arity'] extends 1
    ? keyof Signatures[K]['attrs'] extends never
      ? K
      : never
    : never;
}[OpName];

export const ofShape = ([x]: readonly Shape[]): Shape => x;

interface Row<K extends UnaryName> extends Pick<Op<K>, 'vjp' | 'tex' | 'symbol' | 'domain'> {
  readonly kernel: Kernel<unknown>;
  readonly kinks?: readonly number[];
}

/** A pointwise row: the result has the operand's shape. */
export function unary<K extends UnaryName>(row: Row<K>): Op<K> {
  return { arity: 1, attrs: {}, shape: ofShape, kinks: [], ...row } as unknown as Op<K>;
}

export const negative = <V>(A: Algebra<V>, x: V): V => A.affine(x, { scale: -1, shift: 0 });
