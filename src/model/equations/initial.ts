/** The sizes of first states that are written as numbers: h_0 = 0 beside h_t = tanh(W h_{t-1} + U x_t). */

import { type Shape, sameShape } from '../../graph/shape.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr } from '../../notation/tree.ts';
import { inferShape } from '../../ops/builder.ts';
import { algebraOf } from '../../ops/table.ts';
import { Arithmetic } from './arithmetic.ts';
import { computed } from './arrays.ts';
import { literal } from './called.ts';
import { Interpreter } from './interpret.ts';
import type { Member, Members } from './members.ts';
import type { Network } from './network.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** The shapes that ops give. */
export const shapes = algebraOf<Shape>((op, operands, attrs) =>
  inferShape(op, operands, attrs, (slot) => `operand ${slot + 1}`),
);

/** Most assignments that are tried. */
const MAX_TRIALS = 200;

/**
 * Shapes for the members that are numbers while others of their family are computed from them, such that all of a family
 * are alike. Empty if there are none, or no shape fits: then the equations say why.
 */
export function initialShapes(
  network: Network,
  members: Members,
  ordered: readonly Member[],
): ReadonlyMap<Member, Shape> {
  const first = ordered.filter((member) => isNumber(member) && siblingOf(member, ordered) !== undefined);
  if (first.length === 0) return new Map();
  const sizes = new Set(network.declarations.flatMap(({ shape }) => shape));
  const candidates: Shape[] = [[], ...[...sizes].map((n) => [n])];
  const alike = candidates.map((shape) => first.map(() => shape));
  for (const choice of [...alike, ...choices(candidates, first.length)]) {
    const given = new Map(first.map((member, i) => [member, choice[i]]));
    if (fits(network, members, ordered, given)) return given;
  }
  return new Map();
}

/** All combinations, up to a number of them. */
function choices(candidates: readonly Shape[], count: number): Shape[][] {
  if (candidates.length ** count > MAX_TRIALS) return [];
  let found: Shape[][] = [[]];
  for (let i = 0; i < count; i++)
    found = found.flatMap((head) => candidates.map((shape) => [...head, shape]));
  return found;
}

function isNumber({ from, reference }: Member): boolean {
  return 'equation' in from && reference.indices.length > 0 && isFilling(from.equation.right);
}

/** `0`, `0.1 𝟏`. */
function isFilling(x: Expr): boolean {
  if (x.kind === 'product') return x.factors.every(({ factor }) => isFilling(factor));
  if (x.kind === 'bracket') return isFilling(x.of);
  return literal(x) !== undefined || (x.kind === 'name' && x.base === '𝟏');
}

/** The first member of the family that is computed by a rule. */
function siblingOf({ reference }: Member, ordered: readonly Member[]): Member | undefined {
  return ordered.find(
    (other) =>
      other.reference.family === reference.family &&
      other.reference.indices.length === reference.indices.length &&
      'equation' in other.from &&
      !isNumber(other),
  );
}

/** Whether the families come out in the shapes that their first members are given. */
function fits(
  network: Network,
  members: Members,
  ordered: readonly Member[],
  given: ReadonlyMap<Member, Shape>,
): boolean {
  const m = new Arithmetic<Shape>(
    { A: shapes, shapeOf: (shape) => shape, tensor: (_, shape) => shape },
    { asterisk: 'matrix', dot: 'inner' },
  );
  const values = new Map<Member, Value<Shape>>();
  const scope: Scope<Shape> = {
    m,
    text: network.text,
    indexCount: members.indexCount,
    functions: network.functions,
    members: members.indicesOf,
    variable: (reference) => {
      const member = members.find(reference);
      return member && values.get(member);
    },
    bounds: () => undefined,
  };
  const open = new Map([...given].map(([member, shape]) => [siblingOf(member, ordered)!, shape]));
  for (const member of ordered) {
    const { from } = member;
    const shape = given.get(member);
    if (shape !== undefined) values.set(member, m.value(shape));
    else if ('declaration' in from) {
      values.set(member, m.value(from.declaration.shape, from.declaration.isRow ? 'row' : 'column'));
    } else {
      try {
        values.set(
          member,
          computed({ ...from.equation, axes: member.axes }, member.integers, new Interpreter(scope)),
        );
      } catch (error) {
        if (error instanceof NotationError) return false;
        throw error;
      }
    }
    const wanted = open.get(member);
    if (wanted === undefined) continue;
    if (!sameShape(values.get(member)!.shape, wanted)) return false;
    open.delete(member);
    if (open.size === 0) return true;
  }
  return true;
}
