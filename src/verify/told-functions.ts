/** What a text says that the letter of a function stands for: `f = \tanh`, σ beside its own σ(a). */

import { functionName, isElementwise } from '../model/equations/functions.ts';
import { plainName } from '../model/equations/integers.ts';
import type { Expr } from '../notation/tree.ts';

/** How letters of functions are typed. */
const TYPED: Readonly<Record<string, string>> = {
  σ: 'σ|\\\\sigma',
  φ: 'φ|ϕ|\\\\(?:var)?phi',
  ϕ: 'φ|ϕ|\\\\(?:var)?phi',
  ψ: 'ψ|\\\\psi',
  θ: 'θ|\\\\theta',
};
/** A function by its name alone, without an argument. */
const NAME =
  /^\s*(?:\\(?:mathrm|operatorname|text|mathit)\s*\{\s*)?\\?([A-Za-zσ]+)\s*\}?\s*(?=$|[,;.\n$&)]|\\\\|\\quad|\\text|where|for|and)/u;

/** The function that a text gives a letter; undefined if it says nothing. */
export function toldFunction(letter: string, text: string): string | undefined {
  const typed = TYPED[letter] ?? letter;
  for (const found of text.matchAll(
    new RegExp(`(?<![\\p{L}\\\\_^])(?:${typed})\\s*(?:\\([a-z]\\)\\s*)?=`, 'gu'),
  )) {
    const name = named(NAME.exec(text.slice(found.index + found[0].length))?.[1] ?? '');
    if (name !== letter && isElementwise(name)) return name;
  }
  return letter === 'σ' && isSigmoid(text) ? 'sigmoid' : undefined;
}

const named = (word: string): string => (word === 'sigma' || word === 'σ' ? 'sigmoid' : functionName(word));

/** σ(a) without a prime, or the word: then σ′ is its slope, and not that of whatever the network has. */
function isSigmoid(text: string): boolean {
  const script = String.raw`(?:\s*_\s*(?:\{[^{}]*\}|\w|[₀-₉])|[₀-₉])*`;
  const primed = new RegExp(String.raw`(?:σ|\\sigma\b)${script}\s*(?:['′’]|\^\s*\{?\s*\\prime)`, 'gu');
  return /σ|\\sigma\b|sigmoid|logistic/iu.test(text.replaceAll(primed, ' '));
}

/** Whether a condition says what a letter stands for, as `f = \tanh` does. */
export function tellsFunction(x: Expr, text: string): boolean {
  if (x.kind !== 'relation' || x.members.length !== 2 || x.relations[0] !== '=') return false;
  const letter = plainName(x.members[0]);
  const name = plainName(x.members[1]);
  return (
    letter !== undefined &&
    name !== undefined &&
    isElementwise(functionName(name)) &&
    toldFunction(letter, text) !== undefined
  );
}
