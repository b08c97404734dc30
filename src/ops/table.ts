/** The op table: all rows of all families, and what can be asked of it by name. */

import type { Attrs } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import { linear } from './linear.ts';
import { loss } from './loss.ts';
import type { Algebra, Kernel, OpName, Rule, Table } from './op.ts';
import { pointwise } from './pointwise.ts';
import { reduce } from './reduce.ts';
import type { Tex } from './tex.ts';

export const table: Table = { ...pointwise, ...linear, ...reduce, ...loss };

export const opNames = Object.keys(table) as OpName[];

/** A row whose op is known only at run time: types of attributes are the importer's to check. */
export interface AnyOp {
  readonly arity: number | 'n';
  readonly attrs: Readonly<Record<string, 'number' | 'boolean' | 'integers'>>;
  readonly shape: (shapes: readonly Shape[], attrs: Attrs) => Shape;
  readonly kernel: Kernel<Attrs>;
  readonly vjp: readonly Rule<OpName>[];
  readonly tex: (x: readonly Tex[], attrs: Attrs) => Tex;
  readonly symbol: string;
  readonly quiet?: true;
}

/** The row of an op by name, or undefined for leaves and unknown names. */
export function rowOf(op: string): AnyOp | undefined {
  return Object.hasOwn(table, op) ? (table[op as OpName] as unknown as AnyOp) : undefined;
}

/** An algebra over V from one function that applies any op to operands and attributes. */
export function algebraOf<V>(apply: (op: OpName, operands: V[], attrs: Attrs) => V): Algebra<V> {
  const algebra: Record<string, (...args: unknown[]) => V> = {};
  for (const op of opNames) {
    const hasAttrs = Object.keys(table[op].attrs).length > 0;
    algebra[op] = (...args) => {
      const operands = (hasAttrs ? args.slice(0, -1) : args) as V[];
      return apply(op, operands, hasAttrs ? (args[args.length - 1] as Attrs) : NO_ATTRS);
    };
  }
  return algebra as unknown as Algebra<V>;
}

const NO_ATTRS: Attrs = Object.freeze({});

/** The rule for the operand in `slot`. */
export function ruleOf(op: string, slot: number): Rule<OpName> {
  const row = rowOf(op)!;
  return row.arity === 'n' ? row.vjp[0] : row.vjp[slot];
}
