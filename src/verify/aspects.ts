/** The aspects in which a statement may be read otherwise: which matter to it, and which readings are customary. */

import type { NodeId } from '../graph/graph.ts';
import { elementsOf } from '../model/equations/elements.ts';
import { referenceOf, scriptedName } from '../model/equations/names.ts';
import { type Expr, rangeOf } from '../notation/tree.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import { placeOf } from './evaluate/place.ts';
import { boundNames } from './free-indices.ts';
import { type Reading, usual } from './reading.ts';
import { alike, parts } from './rewrite.ts';
import type { Trial } from './trial.ts';

export type Aspect = Exclude<keyof Reading, 'meanings'>;

/** The other value of each aspect, and whether a formula that holds only then is right nevertheless. */
const OTHERS: { readonly [K in Aspect]: { readonly value: Reading[K]; readonly isCustomary: boolean } } = {
  base: { value: 0, isCustomary: true },
  asterisk: { value: 'elementwise', isCustomary: true },
  angle: { value: 'outer', isCustomary: true },
  outside: { value: 'zero', isCustomary: true },
  beside: { value: 'elementwise', isCustomary: true },
  layout: { value: 'denominator', isCustomary: false },
  factors: { value: 'total', isCustomary: false },
  left: { value: 'immediate', isCustomary: false },
  plus: { value: 'total', isCustomary: false },
  order: { value: 'descending', isCustomary: false },
  prime: { value: 'value', isCustomary: false },
  shape: { value: 'transposed', isCustomary: false },
};

/** A reading with the other value of some aspects. */
export function readOtherwise(reading: Reading, aspects: readonly Aspect[]): Reading {
  const other = (aspect: Aspect) => (aspect === 'base' ? 1 - reading.base : OTHERS[aspect].value);
  return { ...reading, ...Object.fromEntries(aspects.map((aspect) => [aspect, other(aspect)])) };
}

/** Whether nobody would read the statement otherwise. */
export function isCustomary(aspect: Aspect, trial: Trial): boolean {
  const { left, isLatexD } = trial.statement;
  // ∂h_t/∂w = … ∂h_{t−1}/∂w: what stands on the left stands on the right too, and means the same
  if (aspect === 'factors' && isForward(trial)) return true;
  // upright d on both sides: all of them total
  if (aspect === 'factors' && isLatexD) return true;
  // Π_{t ≥ i > k} says that it begins with t
  if (aspect === 'order') return trial.statement.members.every(isDescending);
  // a chain may run from right to left; a Jacobian alone on the left stands in one layout or the other
  if (aspect === 'layout') return left === undefined || left.kind !== 'derivative' || isGradient(trial, left);
  return OTHERS[aspect].isCustomary;
}

/** Whether the ranges of all Π run down. */
function isDescending(member: Expr): boolean {
  const ranges = [...parts(member)].flatMap((x) => (x.kind === 'big' && x.op === 'prod' ? [x.lower[0]] : []));
  return ranges.every(
    (x) =>
      x?.kind === 'relation' &&
      x.members.length === 3 &&
      x.relations.every((one) => one === '>' || one === '≥'),
  );
}

/**
 * Whether elements may be counted otherwise: as the equations count them, if these tell, unless the statement begins
 * otherwise, with a range or an element 0.
 */
function countsOtherwise({ subject: { elementBase }, statement }: Trial): boolean {
  if (elementBase === undefined) return true;
  const first = String(1 - elementBase);
  return statement.members.some((member) =>
    [...parts(member)].some((x) => {
      const from = x.kind === 'big' ? rangeOf(x)?.from : x.kind === 'sub' ? x.index : undefined;
      return from?.kind === 'number' && from.text === first && (x.kind === 'big' || first === '0');
    }),
  );
}

/** Whether the derivative on the left occurs on the right at another index. */
function isForward(trial: Trial): boolean {
  const { members, left } = trial.statement;
  if (left?.kind !== 'derivative') return false;
  const base = (x: Expr) => scriptedName(x)?.base;
  return members
    .slice(1)
    .flatMap((member) => [...parts(member)])
    .some(
      (x) =>
        x.kind === 'derivative' &&
        x.mark === left.mark &&
        base(x.of) !== undefined &&
        base(x.of) === base(left.of) &&
        alike(x.by, left.by) &&
        !alike(x.of, left.of),
    );
}

/** numpy, where * is taken element by element: `@`, `.T`, `np.`, `**`. */
export function usesArrays({ statement: { text, members } }: Trial): boolean {
  const start = Math.min(...members.map(({ span }) => span.start));
  const end = Math.max(...members.map(({ span }) => span.end));
  return /@|\bnp\.|\.T(?![\p{L}\d_])|\*\*/u.test(text.slice(start, end));
}

/** Which ways of reading could matter for the statement. */
export function aspectsOf(trial: Trial): Set<Aspect> {
  const { members, left, isMixed } = trial.statement;
  const found = new Set<Aspect>();
  for (const x of members.flatMap((member) => [...parts(member)])) {
    switch (x.kind) {
      case 'derivative':
        if (x.mark === 'partial+') found.add('plus');
        else if (x === left) {
          if (!isMixed && (!isGradient(trial, x) || isOfStates(trial, x))) found.add('left');
          found.add('shape');
        } else if (!isMixed) found.add('factors');
        if (!isGradient(trial, x)) found.add('layout');
        break;
      case 'big':
        if (x.op === 'prod') found.add('order');
        break;
      case 'inner':
        found.add('angle');
        break;
      case 'call':
        if (x.fn.kind === 'prime') found.add('prime');
        break;
      case 'product':
        if (x.factors.some(({ operator }) => operator === 'asterisk') && !usesArrays(trial))
          found.add('asterisk');
        if (
          x.factors.some(
            ({ factor }) => factor.kind === 'derivative' && factor !== left && isGradient(trial, factor),
          )
        )
          if (x.factors.some(({ factor }) => isVariable(trial, factor))) found.add('beside');
        break;
      case 'sub':
      case 'index':
        found.add('base');
        break;
      default:
    }
  }
  const isOfElements = hasElements(trial);
  if (!isOfElements || !countsOtherwise(trial)) found.delete('base');
  if (isOfElements && trial.subject.hasImages) found.add('outside');
  return found;
}

/** Whether a derivative is of a number, so that it has no layout. */
function isGradient(trial: Trial, x: Expr): boolean {
  if (x.kind !== 'derivative') return true;
  for (const at of [trial.someAssignment, ...trial.assignments]) {
    try {
      const { shape } = placeOf(new Evaluator(trial.context(), trial.points[0], usual), x.of, at);
      return shape.length === 0;
    } catch {
      // another value of the indices may do
    }
  }
  return false;
}

/** Whether a factor is a variable of the model, that f of ∂L/∂c f. */
function isVariable(trial: Trial, x: Expr): boolean {
  const at = trial.someAssignment;
  return referenceOf(x, at, trial.subject.indexCount) !== undefined;
}

/** Whether a derivative is of one computed variable by another, neither of them a loss: ∂c_t/∂c_{t−1}. */
function isOfStates(trial: Trial, x: Expr): boolean {
  if (x.kind !== 'derivative') return false;
  const isState = (id: NodeId | undefined) =>
    id !== undefined && trial.subject.graph.node(id).inputs.length > 0 && !trial.subject.losses.has(id);
  return trial.assignments.some((at) => {
    try {
      const evaluator = new Evaluator(trial.context(), trial.points[0], usual);
      return [x.of, x.by].every((part) => isState(placeOf(evaluator, part, at).id));
    } catch {
      return false;
    }
  });
}

/** Whether elements of arrays are named. */
function hasElements(trial: Trial): boolean {
  const some = new Map(trial.someAssignment);
  for (const x of trial.statement.members.flatMap((member) => [...parts(member)])) {
    if (x.kind === 'big') for (const name of boundNames(x)) if (!some.has(name)) some.set(name, 1);
  }
  return trial.statement.members
    .flatMap((member) => [...parts(member)])
    .some(
      (x) =>
        (x.kind === 'sub' || x.kind === 'index' || x.kind === 'sup') &&
        elementsOf(x, some, trial.subject.indexCount).length > 0 &&
        referenceOf(x, some, trial.subject.indexCount) === undefined,
    );
}
