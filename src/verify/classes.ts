/** A one-hot y as the class that it stands for: p_y is yᵀp, ∂L/∂z_y is yᵀ ∂L/∂z, and e_y, 𝟏_y are y itself. */

import { plainName } from '../model/equations/integers.ts';
import { scriptedName } from '../model/equations/names.ts';
import type { Expr, Span } from '../notation/tree.ts';
import { familiesNamed, isOneHot } from './families.ts';
import type { Family } from './named-graph.ts';
import { withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** The expression with products in place of the elements of a class. */
export function withClasses(x: Expr, subject: Subject): Expr {
  if (!subject.graph.nodes.some(({ id }) => isOneHot(id, subject))) return x;
  const walk = (part: Expr): Expr => {
    if (part.kind === 'derivative') {
      const [of, by] = [elementOfClass(part.of, subject), elementOfClass(part.by, subject)];
      if (of !== undefined && by !== undefined) return part;
      if (by !== undefined) return chosen(by.label, { ...part, by: by.array });
      if (of === undefined) return part;
      const jacobian: Expr = { ...part, of: of.array };
      return isWhole(part.by, subject) ? turned(jacobian, of.label) : chosen(of.label, jacobian);
    }
    const element = elementOfClass(part, subject);
    if (element !== undefined) return { ...chosen(element.label, element.array), span: part.span };
    return unitVector(part, subject) ?? withParts(part, walk);
  };
  return walk(x);
}

/** yᵀ a. */
const chosen = (label: Expr, array: Expr): Expr => times(transposed(label), array, array.span);

/** Jᵀ y: the gradient of p_y. */
const turned = (jacobian: Expr, label: Expr): Expr => times(transposed(jacobian), label, jacobian.span);

const times = (a: Expr, b: Expr, span: Span): Expr => ({
  kind: 'product',
  factors: [a, b].map((factor) => ({ operator: 'juxtaposed', factor })),
  span,
});

function transposed(of: Expr): Expr {
  const { span } = of;
  return { kind: 'sup', of, exponent: { kind: 'name', base: '⊤', accents: [], span }, span };
}

/** Whether it is a variable, none of its elements. */
function isWhole(x: Expr, subject: Subject): boolean {
  const count = scriptedName(x)?.scripts.length;
  return familiesNamed(x, subject).some(({ name, indexCount }) => {
    const words = name.split('_').length - 1;
    return count === indexCount + words || count === indexCount;
  });
}

interface ElementOfClass {
  readonly array: Expr;
  readonly label: Expr;
}

/** p and y of p_y, ŷ_t and y_t of ŷ_{t,y_t}: a vector with the length of the label. */
function elementOfClass(x: Expr, subject: Subject): ElementOfClass | undefined {
  if (x.kind !== 'sub' && x.kind !== 'index') return undefined;
  const items = x.kind === 'index' ? x.items : x.index.kind === 'list' ? x.index.items : [x.index];
  const label = items.at(-1);
  const length = label && lengthOfLabel(label, subject);
  if (label === undefined || length === undefined) return undefined;
  const before = items.slice(0, -1);
  const index: Expr = before.length === 1 ? before[0] : { kind: 'list', items: before, span: x.span };
  const array: Expr = before.length === 0 ? x.of : { kind: 'sub', of: x.of, index, span: x.span };
  const families = familiesNamed(array, subject);
  return families.some((family) => lengthOf(family, subject) === length) ? { array, label } : undefined;
}

/** e_y, 𝟏_y, onehot(y). */
function unitVector(x: Expr, subject: Subject): Expr | undefined {
  const isLabel = (of: Expr) => lengthOfLabel(of, subject) !== undefined;
  if (x.kind === 'call') {
    const isOneHotCall = /^one_?hot$/i.test(plainName(x.fn) ?? '') && x.args.length === 1;
    return isOneHotCall && isLabel(x.args[0]) ? { ...x.args[0], span: x.span } : undefined;
  }
  if (x.kind !== 'sub') return undefined;
  const isUnit =
    x.of.kind === 'number'
      ? x.of.text === '1'
      : UNITS.has(plainName(x.of) ?? '') && familiesNamed(x.of, subject).length === 0;
  return isUnit && isLabel(x.index) ? { ...x.index, span: x.span } : undefined;
}

const UNITS: ReadonlySet<string> = new Set(['e', '𝟏']);

/** How many classes a label is of. */
function lengthOfLabel(x: Expr, subject: Subject): number | undefined {
  if (scriptedName(x) === undefined) return undefined;
  const family = familiesNamed(x, subject).find(({ members }) =>
    members.every(({ id }) => isOneHot(id, subject)),
  );
  return family && lengthOf(family, subject);
}

function lengthOf({ members: [{ id }] }: Family, { graph }: Pick<Subject, 'graph'>): number | undefined {
  const { shape } = graph.node(id);
  return shape.length === 1 ? shape[0] : undefined;
}
