/** What stands in a subscript or behind a bar: FL_{γ=0}, h_{t=0}, and (∂E/∂W)|_t for the part of step t. */

import { plainName } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr, Of } from '../notation/tree.ts';
import { namesIn } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** FL_{γ=0} as FL|_{γ=0}, h_{t=0} as h_0, ∂E/∂W|_{t=1} and (∂E/∂W)_1 as ∂E/∂W^{(1)}. */
export function whereTold(x: Of<'sub'> | Of<'at'>, subject: Subject): Expr {
  const place = x.kind === 'sub' ? x.index : x.conditions.length === 1 ? x.conditions[0] : undefined;
  if (place === undefined) return x;
  const letter = equated(place);
  const isValue = letter !== undefined && isKnown(letter, subject);
  if (isValue) return x.kind === 'at' ? x : { kind: 'at', of: x.of, conditions: [place], span: x.span };
  const step = letter === undefined ? place : (place as Of<'relation'>).members[1];
  const part = partOf(x, step, letter, subject);
  if (part !== undefined) return { ...part, span: x.span };
  return x.kind === 'sub' && letter !== undefined ? { ...x, index: step } : x;
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
