/** The algebra read as mathematics: a derivative rule printed as the formula that it is. */

import type { Attrs } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import type { Algebra, OpName, RuleContext } from './op.ts';
import { algebraOf, rowOf, ruleOf } from './table.ts';
import { atom, type Tex } from './tex.ts';

/** Ops over typeset formulas. */
export const typeset: Algebra<Tex> = algebraOf<Tex>((op, operands, attrs) => rowOf(op)!.tex(operands, attrs));

/** An application of an op in LaTeX, its operands by their own LaTeX: `\tanh\left(a\right)`. */
export function texOf(op: string, operands: readonly string[], attrs: Attrs): string {
  return rowOf(op)!.tex(operands.map(atom), attrs).text;
}

/**
 * What operand `slot` of y = op(x) receives from ȳ, in LaTeX: `\bar{y} \odot \left(1 - y^{2}\right)` for tanh.
 * Operands and result go by the LaTeX given for them; summing a broadcast operand back to its shape is left out.
 */
export function localRule(
  op: string,
  slot: number,
  names: { readonly x: readonly string[]; readonly y: string; readonly g: string },
  shapes: readonly Shape[],
  shape: Shape,
  attrs: Attrs,
): string {
  const rule = ruleOf(op, slot);
  if (rule === 'flat') return '0';
  const context = {
    A: typeset,
    x: names.x.map(atom),
    y: atom(names.y),
    g: atom(names.g),
    attrs,
    shapes,
    shape,
    slot,
  };
  return rule(context as unknown as RuleContext<Tex, OpName>).text;
}
