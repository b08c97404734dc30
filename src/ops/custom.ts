/** Ops that people define themselves: a row beside the table, used by the builder, derivatives, plans and documents alike. */

import { GradpathError, requireKnown, requireOneOf } from '../graph/error.ts';
import type { AttrKind, Attrs } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import type { Algebra, Arity, Kernel } from './op.ts';
import { type AnyOp, addRow, rowOf } from './table.ts';
import { call, type Tex } from './tex.ts';

/** What a rule sees of `y = op(x)` whose upstream gradient is g: see RuleContext. */
export interface CustomRuleContext<V, A> {
  readonly A: Algebra<V>;
  readonly x: readonly V[];
  readonly y: V;
  readonly g: V;
  readonly attrs: A;
  readonly shapes: readonly Shape[];
  readonly shape: Shape;
  readonly slot: number;
}

/** Attributes by name, as their kinds are. */
type AttrsOf<K extends Readonly<Record<string, AttrKind>>> = {
  readonly [P in keyof K]: K[P] extends 'number'
    ? number
    : K[P] extends 'boolean'
      ? boolean
      : readonly number[];
};

export interface CustomOp<K extends Readonly<Record<string, AttrKind>>> {
  /** A word that no op has. */
  readonly name: string;
  readonly arity: Arity;
  /** Kinds of the attributes; none by default. */
  readonly attrs?: K;
  /** The result's shape; throw a ShapeMismatch where the operands do not fit. By default that of the first operand. */
  readonly shape?: (shapes: readonly Shape[], attrs: AttrsOf<K>) => Shape;
  /** Binds the computation to arrays once; what it returns computes y from x. */
  readonly kernel: Kernel<AttrsOf<K>>;
  /**
   * A rule per operand, one for all if the arity is `n`: the gradient of that operand, from ops of the algebra, so that
   * it can be differentiated again. `flat` where the result changes only in jumps. Left out: asking for a derivative
   * by that operand is an error.
   */
  readonly vjp?: readonly ((<V>(context: CustomRuleContext<V, AttrsOf<K>>) => V) | 'flat' | undefined)[];
  /** How it is typeset; by default as a function of its operands. */
  readonly tex?: (x: readonly Tex[], attrs: AttrsOf<K>) => Tex;
  /** The label of its nodes; by default its name. */
  readonly symbol?: string;
}

/** Applies an op of one's own: to nodes with a builder, and in rules to whatever the algebra is over. */
export type CustomFunction<K extends Readonly<Record<string, AttrKind>>> = <V>(
  A: Algebra<V>,
  operands: readonly V[],
  ...attrs: keyof K extends never ? [] : [AttrsOf<K>]
) => V;

const FIELDS = ['name', 'arity', 'attrs', 'shape', 'kernel', 'vjp', 'tex', 'symbol'];

/**
 * Defines an op for this process. Its rule is written once and read as all rules are: it builds the backward graph,
 * is typeset, and computes contributions. Documents that use it can be read where it is defined.
 */
// biome-ignore lint/complexity/noBannedTypes: the empty record of attributes
export function defineOp<const K extends Readonly<Record<string, AttrKind>> = {}>(
  op: CustomOp<K>,
): CustomFunction<K> {
  const { name } = op;
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) {
    throw new GradpathError('name', `${name}: an op's name is a letter, then letters and digits`, name);
  }
  if (rowOf(name) !== undefined || ['parameter', 'input', 'constant'].includes(name)) {
    throw new GradpathError('name', `${name}: there is an op of that name; choose another`, name);
  }
  requireKnown(`defineOp of ${name}`, op, FIELDS);
  requireOneOf(`the arity of ${name}`, String(op.arity), ['1', '2', '3', 'n']);
  for (const [attr, kind] of Object.entries(op.attrs ?? {})) {
    requireOneOf(`the kind of ${name}'s attribute ${attr}`, kind, [
      'number',
      'boolean',
      'integers',
      'indices',
    ]);
  }
  const slots = op.arity === 'n' ? 1 : op.arity;
  if (op.vjp !== undefined && op.vjp.length !== slots) {
    throw new GradpathError(
      'derivative',
      `${name}: ${op.vjp.length} derivative rules given, expected ${slots}, one per operand`,
      name,
    );
  }
  const row = {
    arity: op.arity,
    attrs: op.attrs ?? {},
    shape: op.shape ?? (([x]: readonly Shape[]) => x),
    kernel: op.kernel,
    vjp: op.vjp ?? [],
    tex: op.tex ?? ((x: readonly Tex[]) => call(`\\operatorname{${name}}`, ...x)),
    symbol: op.symbol ?? name,
  };
  addRow(name, row as unknown as AnyOp);
  return (A, operands, ...attrs) => A.apply(name, operands, (attrs[0] ?? {}) as Attrs);
}
