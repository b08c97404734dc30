/** Chain-rule formulas in Unicode: `∂E₃/∂O₃ · ∂O₃/∂H₃ · ∂H₃/∂W`. */

import type { Formula } from '../chain/formula.ts';
import { displayName } from './style.ts';

export function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'factor':
      return `∂${formula.isEdge === true ? '⁺' : ''}${displayName(formula.of)}/∂${displayName(formula.by)}`;
    case 'total':
      return `d${displayName(formula.of)}/d${displayName(formula.by)}`;
    case 'general': {
      const d = formula.total ? 'd' : '∂';
      return `${d}${general(formula.of)}/${d}${general(formula.by)}`;
    }
    case 'big': {
      const body = formulaText(formula.body);
      const range = `_{${formula.index}=${formula.from}}^{${formula.to}}`;
      return formula.op === 'sum' ? `Σ${range} ${body}` : `(Π${range} ${body})`;
    }
    case 'product':
      return abridged(formula.factors).join(' · ');
    case 'sum':
      return formula.terms.map(formulaText).join(' + ');
    case 'one':
      return '1';
    case 'zero':
      return '0';
    case 'more':
      return `… (${formula.terms} more)`;
  }
}

/** `H_{j-1}`: there are no small letters below the line. */
function general(name: string): string {
  const at = /^(.+)_([a-z](?:[+-]\d+)?)$/.exec(name);
  if (at === null) return displayName(name);
  return `${displayName(at[1])}_${at[2].length > 1 ? `{${at[2]}}` : at[2]}`;
}

/** Of a long product the first and the last factors. */
function abridged(factors: readonly Formula[]): string[] {
  const texts = (some: readonly Formula[]) =>
    some.map((part) => (part.kind === 'sum' ? `(${formulaText(part)})` : formulaText(part)));
  if (factors.length <= MAX_FACTORS) return texts(factors);
  const between = factors
    .slice(5, -2)
    .reduce((sum, part) => sum + (part.kind === 'more' ? part.terms : 1n), 0n);
  return [...texts(factors.slice(0, 5)), `… ${between} …`, ...texts(factors.slice(-2))];
}

const MAX_FACTORS = 10;

/** `head = term`, then a line `+ term` for each further term of a sum; at most `most` terms. */
export function formulaLines(head: string, formula: Formula, most: number): string[] {
  const terms = formula.kind === 'sum' ? formula.terms : [formula];
  const shown = terms.slice(0, most);
  const left = terms.slice(most).reduce((sum, term) => sum + (term.kind === 'more' ? term.terms : 1n), 0n);
  const more: Formula[] = left > 0n ? [{ kind: 'more', terms: left }] : [];
  return [...shown, ...more].map((term, i) =>
    i === 0 ? `${head} = ${formulaText(term)}` : `${' '.repeat(head.length)} + ${formulaText(term)}`,
  );
}
