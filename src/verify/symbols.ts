/** Symbols of a formula that are no variables of the model: δ_t, a_t, σ_t′, and those that a line defines. */

import type { Integers } from '../model/equations/integers.ts';
import { indicesAt, scriptedName } from '../model/equations/names.ts';
import { NotationError } from '../notation/problem.ts';
import { type Expr, isTransposeMark, type Span } from '../notation/tree.ts';

/** Letters that stand for whatever activation the network has. */
export const FUNCTION_LETTERS: ReadonlySet<string> = new Set(['f', 'g', 'φ', 'ϕ', 'ψ', 'θ', 'act']);

/** Letters that stand for the activation of a step: σ_t′, f_t′. */
export const STEP_LETTERS: ReadonlySet<string> = new Set([...FUNCTION_LETTERS, 'σ']);

/** Symbols that stand for adjoints. */
export const ADJOINTS = /^(?:δ|delta|Δ|ε|e|err|grad|g|λ)(?:_|$)/;

/** Words by which δ of the output and of the hidden layer are told apart, and the roles that they stand for. */
export const LAYERS: ReadonlyMap<string, string> = new Map([
  ...['o', 'y', 'out', 'output'].map((word) => [word, 'ys'] as const),
  ...['h', 'hid', 'hidden'].map((word) => [word, 'hs'] as const),
]);

/** A name that nothing is known of. */
export class UnknownSymbol extends NotationError {
  /** The name alone, without scripts. */
  readonly symbol: string;
  /** Name and number of indices, as meanings are kept. */
  readonly key: string;
  readonly at: Expr;

  constructor(x: Expr, text: string, integers: Integers, mark: '' | '′' | '()' = '') {
    const shown = text.slice(x.span.start, x.span.end);
    super(`${shortened(shown)} is not in the model`, text, x.span);
    this.symbol = scriptedName(x)?.base ?? shown;
    const symbol = symbolOf(x, integers);
    this.key =
      symbol === undefined ? shown : mark === '()' ? `${symbol.name}()` : `${symbolKey(symbol)}${mark}`;
    this.at = x;
  }
}

/** Most characters of what was typed that a message repeats. */
const MAX_SHOWN = 80;

export function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

/** A variable at an index that it does not have. */
export class OutOfRange extends NotationError {}

/** An element X_{i+m,j+n}, counted from others, that the array does not have. */
export class OutsideElement extends OutOfRange {}

/** What cannot be judged: no fault of the formula. */
export class Unsupported extends NotationError {
  constructor(message: string, text: string, span: Span) {
    super(message, text, span);
    this.name = 'Unsupported';
  }
}

interface SymbolAt {
  /** Base and words: `δ`, `δ_h`. */
  readonly name: string;
  readonly indices: readonly number[];
  /** The scripts that are indices. */
  readonly at: readonly Expr[];
}

/** Name and indices of a symbol: scripts that have a whole number as value are indices, the others belong to the name. */
export function symbolOf(x: Expr, integers: Integers): SymbolAt | undefined {
  if (x.kind === 'sup' && x.bracket === undefined && isTransposeMark(x.exponent)) return undefined;
  const name = scriptedName(x);
  if (name === undefined) return undefined;
  const words: string[] = [];
  const indices: number[] = [];
  const at: Expr[] = [];
  for (const script of name.scripts) {
    const several = indicesAt(script.at, integers); // δ_{ij}, where i and j are indices
    const value = several?.length === 1 ? several[0] : undefined;
    if (value !== undefined) {
      indices.push(value);
      at.push(script.at);
      continue;
    }
    if (several !== undefined) {
      indices.push(...several);
      at.push(...several.map(() => script.at));
    } else if (script.word !== undefined) words.push(script.word);
    else return undefined;
  }
  return { name: [name.base, ...words].join('_'), indices, at };
}

export const symbolKey = ({ name, indices }: Pick<SymbolAt, 'name' | 'indices'>): string =>
  `${name}/${indices.length}`;
