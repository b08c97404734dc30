/** The op table: all rows of all families, and what can be asked of it by name. */

import { GradpathError } from '../graph/error.ts';
import type { AttrKind, Attrs } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import { activation } from './activation.ts';
import { choice } from './choice.ts';
import { conv } from './conv.ts';
import { einsum } from './einsum.ts';
import { elementary } from './elementary.ts';
import { layout } from './layout.ts';
import { linear } from './linear.ts';
import { loss } from './loss.ts';
import type { Algebra, Derivative, Kernel, OpName, Table } from './op.ts';
import { pointwise } from './pointwise.ts';
import { pool } from './pool.ts';
import { prod } from './prod.ts';
import { reduce } from './reduce.ts';
import { softmax } from './softmax.ts';
import { statistics } from './statistics.ts';
import type { Tex } from './tex.ts';
import { training } from './training.ts';

export const table: Table = {
  ...pointwise,
  ...elementary,
  ...activation,
  ...choice,
  ...linear,
  ...einsum,
  ...reduce,
  ...statistics,
  ...prod,
  ...layout,
  ...conv,
  ...pool,
  ...softmax,
  ...loss,
  ...training,
};

export const opNames = Object.keys(table) as OpName[];

/** A row whose op is known only at run time: types of attributes are the importer's to check. */
export interface AnyOp {
  readonly arity: number | 'n';
  readonly attrs: Readonly<Record<string, AttrKind>>;
  readonly shape: (shapes: readonly Shape[], attrs: Attrs) => Shape;
  readonly kernel: Kernel<Attrs>;
  /** Undefined: somebody's own op has no rule for that operand. */
  readonly vjp: readonly (Derivative<OpName> | undefined)[];
  readonly tex: (x: readonly Tex[], attrs: Attrs) => Tex;
  readonly symbol: string;
  readonly quiet?: true;
  readonly isStop?: true;
}

const rows = new Map(Object.entries(table) as unknown as [string, AnyOp][]);

/** The row of an op by name, or undefined for leaves and unknown names. */
export function rowOf(op: string): AnyOp | undefined {
  return rows.get(op);
}

/** Adds a row that is no part of the table. */
export function addRow(op: string, row: AnyOp): void {
  rows.set(op, row);
}

/** An algebra over V from one function that applies any op to operands and attributes. */
export function algebraOf<V>(apply: (op: string, operands: readonly V[], attrs: Attrs) => V): Algebra<V> {
  const algebra = { apply };
  defineOps<object, V>(algebra, (_, op, operands, attrs) => apply(op, operands, attrs));
  return algebra as Algebra<V>;
}

/** Gives `target`, an object or a prototype, a method for each op. */
export function defineOps<T extends object, V>(
  target: T,
  apply: (self: T, op: OpName, operands: V[], attrs: Attrs) => V,
): void {
  for (const op of opNames) {
    const hasAttrs = Object.keys(table[op].attrs).length > 0;
    const method = hasAttrs
      ? function (this: T, ...args: unknown[]): V {
          const attrs = args.pop();
          if (!isRecord(attrs)) throw noAttributes(op);
          return apply(this, op, args as V[], attrs as Attrs);
        }
      : function (this: T, ...operands: V[]): V {
          return apply(this, op, operands, NO_ATTRS);
        };
    Object.defineProperty(target, op, { value: method });
  }
}

const NO_ATTRS: Attrs = Object.freeze({});

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function noAttributes(op: OpName): GradpathError {
  const names = Object.keys(table[op].attrs).join(', ');
  return new GradpathError('shape', `${op}: the attributes { ${names} } are missing, which come last`, op);
}

/** The rule for the operand in `slot`. An op without one has no derivative by that operand, which is an error. */
export function ruleOf(op: string, slot: number): Derivative<OpName> {
  const row = rowOf(op)!;
  const rule = row.vjp[row.arity === 'n' ? 0 : slot];
  if (rule === undefined) {
    throw new GradpathError(
      'derivative',
      `${op} has no derivative rule for operand ${slot + 1}; give defineOp one, or 'flat' where it changes only in jumps`,
      op,
    );
  }
  return rule;
}
