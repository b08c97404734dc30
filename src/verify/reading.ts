/** The readings of a notation: what a derivative, a symbol or an order of factors is taken to mean. */

import type { NodeId } from '../graph/graph.ts';
import type { Expr } from '../notation/tree.ts';
import type { Layout } from './jacobian.ts';

/** What a symbol that the model does not have stands for. */
export type Meaning =
  /** δ_t = sign · ∂E/∂ the node that belongs to each index. */
  | {
      readonly kind: 'gradient';
      readonly nodes: ReadonlyMap<string, NodeId>;
      readonly sign: 1 | -1;
      readonly words: string;
      /** δ_j^t: the first index is the place of an element. */
      readonly isElement?: true;
      /** δ_k^{(t)} = ∂E_t/∂s_k: the loss that belongs to the second index. */
      readonly losses?: ReadonlyMap<string, NodeId>;
    }
  /** a_t: a node that has no name. */
  | { readonly kind: 'node'; readonly nodes: ReadonlyMap<string, NodeId>; readonly words: string }
  /** σ_t′: the derivative of the function that makes H_t, at its argument. */
  | { readonly kind: 'slope'; readonly nodes: ReadonlyMap<string, NodeId>; readonly words: string }
  /** f, a letter for the activation of the network. */
  | { readonly kind: 'function'; readonly name: string; readonly words: string }
  /** Lines of the derivation said so: `g_t = …`, `g_T = …`. */
  | { readonly kind: 'definition'; readonly cases: readonly DefinitionCase[]; readonly words: string };

export interface DefinitionCase {
  /** What stands in the places of the indices: t, T, t − 1. */
  readonly indices: readonly Expr[];
  readonly expr: Expr;
  /** The letters that a Σ or Π in it binds. */
  readonly bound: ReadonlySet<string>;
  /** For which indices and at which points it is meant. */
  readonly conditions: readonly Expr[];
  /** The text that spans of `expr` refer to. */
  readonly text: string;
}

export type Meanings = ReadonlyMap<string, Meaning>;

export interface Reading {
  /** ∂H_k/∂W in an expansion: with all other variables held fixed, or through every path. */
  readonly factors: 'immediate' | 'total';
  /** The derivative on the left, unless it is of a loss. */
  readonly left: 'total' | 'immediate';
  /** ∂⁺: immediate (Pascanu et al. 2013) or ordered, that is total (Werbos 1974). */
  readonly plus: 'immediate' | 'total';
  readonly layout: Layout;
  /** Whether a Π whose factors do not commute puts its first factor left or right. */
  readonly order: 'ascending' | 'descending';
  /** Where the indices of elements begin. */
  readonly base: 1 | 0;
  /** X_{i+m,j+n} beyond the border of X: there is none, or it is 0 as in a padded image. */
  readonly outside: 'none' | 'zero';
  /** f′ at what it is written with, or f′ written in the function's value: 1 − h² for tanh. */
  readonly prime: 'argument' | 'value';
  /** The gradient of a number by a matrix has the matrix's shape, or is transposed. */
  readonly shape: 'as variable' | 'transposed';
  /** `*` of matrices of one shape. */
  readonly asterisk: 'matrix' | 'elementwise';
  /** ⟨δ, x⟩: a number, or the matrix δ xᵀ (Greff et al. 2017). */
  readonly angle: 'inner' | 'outer';
  /** ∂L/∂c f of two vectors side by side: a number, or element by element. */
  readonly beside: 'inner' | 'elementwise';
  readonly meanings: Meanings;
}

export const usual: Reading = {
  factors: 'immediate',
  left: 'total',
  plus: 'immediate',
  layout: 'numerator',
  order: 'ascending',
  base: 1,
  outside: 'none',
  prime: 'argument',
  shape: 'as variable',
  asterisk: 'matrix',
  angle: 'inner',
  beside: 'inner',
  meanings: new Map(),
};

/** The reading in words: what differs from the usual one, and what symbols are taken for. */
export function readingText(reading: Reading, about: ReadonlySet<keyof Reading>): string {
  const words: string[] = [];
  const say = (key: keyof Reading, text: string) => {
    if (about.has(key) || (key !== 'asterisk' && reading[key] !== usual[key])) words.push(text);
  };
  say('factors', reading.factors === 'immediate' ? 'factors immediate' : 'all derivatives total');
  say('left', reading.left === 'immediate' ? 'left side immediate' : 'left side total');
  say('plus', reading.plus === 'immediate' ? '∂⁺ immediate (Pascanu)' : '∂⁺ total (Werbos)');
  say('layout', `${reading.layout} layout`);
  say('order', reading.order === 'ascending' ? 'Π from left to right' : 'Π from right to left');
  say('base', `elements counted from ${reading.base}`);
  say('outside', reading.outside === 'none' ? 'no elements beyond the border' : '0 beyond the border');
  say('prime', reading.prime === 'argument' ? 'f′ at its argument' : 'f′ in terms of the value');
  say('shape', reading.shape === 'transposed' ? 'gradient transposed' : 'gradient shaped as its variable');
  say('asterisk', reading.asterisk === 'matrix' ? '* is the matrix product' : '* element by element');
  say('angle', reading.angle === 'inner' ? '⟨a, b⟩ the inner product' : '⟨a, b⟩ the outer product');
  if (reading.beside !== usual.beside) words.push('vectors side by side element by element');
  for (const { words: meaning } of reading.meanings.values()) if (meaning !== '') words.push(meaning);
  return words.join(', ');
}
