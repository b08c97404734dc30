/** Expansions by the chain rule: which statements are some, and the paths that their terms stand for. */

import type { NodeId } from '../graph/graph.ts';
import type { Integers } from '../model/equations/integers.ts';
import { NotationError } from '../notation/problem.ts';
import { children, type Expr } from '../notation/tree.ts';
import { isStrict, isTotal } from './evaluate/derivative.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { expand, isChain } from './expand.ts';
import { usual } from './reading.ts';
import { parts } from './rewrite.ts';
import type { Attempt } from './search.ts';
import { compareStructure, type Structure } from './structure.ts';
import { OutOfRange } from './symbols.ts';
import type { Trial } from './trial.ts';

/** An expansion by the chain rule: a derivative on the left, derivatives alone on the right. */
export function isExpansion(trial: Trial): boolean {
  const { members } = trial.statement;
  const [left, ...rest] = members;
  if (rest.length === 0) return false;
  if (left.kind === 'derivative') {
    const isZero = (x: Expr) => x.kind === 'number' && Number(x.text) === 0;
    if (trial.statement.conditions.length > 0 && rest.every(isZero)) return false; // it is 0 at some points
    const hasDerivative = (x: Expr) => [...parts(x)].some(({ kind }) => kind === 'derivative');
    return rest.every((member) => isChain(member) && (hasDerivative(member) || isZero(member)));
  }
  const isLossSum = (x: Expr): boolean => {
    if (x.kind === 'sum' || x.kind === 'big' || x.kind === 'bracket') {
      return (x.kind === 'big' ? [x.body] : children(x)).every(isLossSum);
    }
    return x.kind === 'name' || x.kind === 'sub' ? isLoss(x, trial) : false;
  };
  return members.every(isLossSum);
}

function isLoss(x: Expr, trial: Trial): boolean {
  const { subject } = trial;
  const [known] = trial.assignments;
  try {
    const at = new Map(known ?? subject.integers);
    for (const name of ['i', 't', 'k']) if (!at.has(name)) at.set(name, 1);
    const { id } = placeOf(new Evaluator(trial.context(), trial.points[0], usual), x, at);
    return id !== undefined && subject.losses.has(id);
  } catch {
    return false;
  }
}

/** The structure of one member at some values of the free indices. */
export interface StructureAt {
  readonly at: Integers;
  readonly structure: Structure;
  readonly member: Expr;
}

/** The structure of each member on the right, for all values of the free indices. */
export function structuresOf(
  trial: Trial,
  { reading }: Attempt,
  members = trial.statement.members,
): readonly StructureAt[] | undefined {
  const { left, kept } = trial.statement;
  if (left?.kind !== 'derivative') return undefined;
  const found: StructureAt[] = [];
  for (const at of trial.assignments) {
    const evaluator = new Evaluator(trial.context(), trial.points[0], reading);
    try {
      const of = placeOf(evaluator, left.of, at);
      const by = placeOf(evaluator, left.by, at);
      if (of.id === undefined || by.id === undefined) continue;
      const isWhole = of.element === undefined && by.element === undefined && by.step === undefined;
      if (!isWhole) return undefined;
      const target = {
        of: of.id,
        by: by.id,
        isTotal: isTotal(evaluator, left, of),
        isStrict: isStrict(evaluator, left),
      };
      for (const member of members.slice(1)) {
        const monomials = expand(member, at, evaluator);
        if (
          monomials.some(({ factors }) =>
            factors.some((f) => f.of.element !== undefined || f.by.element !== undefined),
          )
        )
          return undefined;
        if (trial.statement.letters.size > 0 && monomials.some(({ problem }) => problem !== undefined))
          continue;
        if (trial.statement.letters.size > 1 && isImpossible(target)) continue;
        const structure = compareStructure(kept, target, monomials, reading.layout, trial.points[0]);
        if (structure === undefined) return undefined;
        found.push({ at, structure, member });
      }
    } catch (error) {
      if (error instanceof OutOfRange && trial.statement.letters.size > 0) continue;
      if (error instanceof NotationError) return undefined;
      throw error;
    }
  }
  return found.length === 0 ? undefined : found;

  function isImpossible({ of, by }: { of: NodeId; by: NodeId }): boolean {
    const isCutOff = of !== by && kept.into(of).length === 0;
    return isCutOff || trial.points[0].total(of, by).data.every((v) => v === 0);
  }
}

/**
 * ∂L/∂b = ∂L/∂z, Σ_i ∂L/∂s_i: gradients by other variables stand for the one on the left. They are no paths to it, and
 * numbers decide. `all`: whether there are no others.
 */
export function hasOtherGradients(
  structures: readonly StructureAt[],
  which: 'some' | 'all' = 'some',
): boolean {
  const kinds = structures.flatMap(({ structure }) => structure.findings.map(({ kind }) => kind));
  if (which === 'all') return kinds.length > 0 && kinds.every((kind) => kind === 'foreign');
  return kinds.includes('foreign') && kinds.every((kind) => kind === 'foreign' || kind === 'right');
}
