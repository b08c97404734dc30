/** Primes told apart: σ′_3 is σ_3′, and h_0′ of a number is its derivative by what the left side derives by. */

import { functionName, isFunction } from '../model/equations/functions.ts';
import { plainName } from '../model/equations/integers.ts';
import { scriptedName } from '../model/equations/names.ts';
import type { Expr, Of } from '../notation/tree.ts';
import type { Subject } from './subject.ts';
import { STEP_LETTERS } from './symbols.ts';

/** σ′_3 as σ_3′: an index behind the prime of a function, which is no variable of the model. */
export function primeLast(x: Of<'sub'>, subject: Subject): Expr {
  const { of, index, span } = x;
  const name = of.kind === 'prime' ? plainName(of.of) : undefined;
  if (of.kind !== 'prime' || name === undefined || subject.indexCount(name).length > 0) return x;
  if (!STEP_LETTERS.has(name) && !isFunction(functionName(name))) return x;
  return { ...of, of: { kind: 'sub', of: of.of, index, span }, span };
}

/** In ∂h_3/∂w = …, where h and w are numbers, h_0′ is ∂h_0/∂w: a number has no transpose. */
export function primeOfNumber(x: Of<'prime'>, left: Expr, subject: Subject): Expr {
  if (left.kind !== 'derivative' || left.order !== 1 || x.count !== 1) return x;
  const base = scriptedName(left.of)?.base;
  const by = plainName(left.by);
  if (base === undefined || by === undefined || scriptedName(x.of)?.base !== base) return x;
  const isOfNumbers = (name: string) => {
    const named = [...subject.families.values()].filter((family) => family.name === name);
    const shapes = named.flatMap(({ members }) => members.map(({ id }) => subject.graph.node(id).shape));
    return shapes.length > 0 && shapes.every(({ length }) => length === 0);
  };
  if (!isOfNumbers(base) || !isOfNumbers(by)) return x;
  return { kind: 'derivative', mark: left.mark, of: x.of, by: left.by, order: 1, span: x.span };
}
