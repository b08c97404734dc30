/** What stands in a subscript or behind a bar: FL_{γ=0}, h_{t=0}, and (∂E/∂W)|_t for the part of step t. */

import { integerOf, plainName } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr, Of } from '../notation/tree.ts';
import { familiesNamed } from './families.ts';
import { namesIn } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** FL_{γ=0} as FL|_{γ=0}, h_{t=0} as h_0, ∂E/∂W|_{t=1} and (∂E/∂W)_1 as ∂E/∂W^{(1)}. */
export function whereTold(x: Of<'sub'> | Of<'at'>, subject: Subject): Expr {
  const place = x.kind === 'sub' ? x.index : x.conditions.length === 1 ? x.conditions[0] : undefined;
  if (place === undefined) return x;
  const held = heldConstant(x, place, subject);
  if (held !== undefined) return held;
  const letter = equated(place);
  const isValue = letter !== undefined && isKnown(letter, subject);
  if (isValue) return x.kind === 'at' ? x : { kind: 'at', of: x.of, conditions: [place], span: x.span };
  const step = letter === undefined ? place : (place as Of<'relation'>).members[1];
  const part = partOf(x, step, letter, subject);
  if (part !== undefined) return { ...part, span: x.span };
  return x.kind === 'sub' && letter !== undefined ? { ...x, index: step } : x;
}

/** ∂H_k/∂W|_{H_{k−1}}, with the state before held constant: the immediate ∂⁺H_k/∂W. */
function heldConstant(
  { kind, of: whole }: Of<'sub'> | Of<'at'>,
  place: Expr,
  subject: Subject,
): Expr | undefined {
  const of = whole.kind === 'bracket' ? whole.of : whole;
  if (kind !== 'at' || of.kind !== 'derivative' || of.mark !== 'partial') return undefined;
  const isConstant = (x: Expr): boolean =>
    CONSTANT.test(plainName(x) ?? (x.kind === 'text' ? x.text.trim() : ''));
  let held = place;
  if (place.kind === 'relation' && isConstant(place.members[1])) [held] = place.members;
  if (place.kind === 'product' && place.factors.slice(1).every(({ factor }) => isConstant(factor)))
    held = place.factors[0].factor;
  const [state] = familiesNamed(of.of, subject);
  const [same] = familiesNamed(held, subject);
  const isBefore =
    state !== undefined &&
    state === same &&
    held.kind === 'sub' &&
    of.of.kind === 'sub' &&
    stepBetween(held.index, of.of.index, subject) === 1;
  return isBefore ? { ...of, mark: 'partial+' } : undefined;
}

const CONSTANT = /^(?:const|constant|fixed|held)\.?$/;

/** How many steps b is behind a, for all values of the letters in them. */
function stepBetween(a: Expr, b: Expr, { integers }: Subject): number | undefined {
  const gap = (value: number): number | undefined => {
    const known = new Map([...integers, ...[...namesIn(b)].map((name) => [name, value] as const)]);
    const [from, to] = [integerOf(a, known), integerOf(b, known)];
    return from === undefined || to === undefined ? undefined : to - from;
  };
  return gap(2) === gap(5) ? gap(2) : undefined;
}

/** The γ of γ = 0. */
function equated(x: Expr): string | undefined {
  const isEquation = x.kind === 'relation' && x.members.length === 2 && x.relations[0] === '=';
  return isEquation ? plainName(x.members[0]) : undefined;
}

const isKnown = (name: string, { integers, indexCount }: Subject): boolean =>
  integers.has(name) || indexCount(name).length > 0;

/** The derivative by a parameter as one step uses it, unless what is differentiated has that step in it. */
function partOf(
  { kind, of: whole }: Of<'sub'> | Of<'at'>,
  step: Expr,
  letter: string | undefined,
  subject: Subject,
): Of<'derivative'> | undefined {
  const of = whole.kind === 'bracket' ? whole.of : whole;
  if (of.kind !== 'derivative' || (letter !== undefined && [...namesIn(of)].includes(letter)))
    return undefined;
  const reference = referenceOf(of.by, subject.integers, subject.indexCount);
  const id = reference && subject.find(reference);
  const isParameter = id !== undefined && subject.graph.node(id).op === 'parameter';
  if (!isParameter || reference?.indices.length !== 0 || subject.steps.size === 0) return undefined;
  if (kind === 'sub' && letter === undefined && subject.graph.node(id).shape.length < 2) return undefined; // an element
  const isIndex = step.kind === 'number' || step.kind === 'name' || step.kind === 'sum';
  if (!isIndex) return undefined;
  return { ...of, by: { kind: 'sup', of: of.by, exponent: step, bracket: '(', span: of.by.span } };
}
