/** Tokens, and which of them can begin or end an operand. */

import { PRODUCT_OPERATORS, RELATIONS } from './symbols.ts';
import type { Span, Style } from './tree.ts';

export interface Token extends Span {
  /**
   * 'number', 'word' (a name in its Unicode spelling), 'text', 'accent', 'begin' and 'end' of a matrix, 'method'
   * (`.dot` before a bracket), 'qualifier' (`for`, `where`), 'otherwise' (also `else`), 'row' (`\\`), 'newline', 'unknown', 'end of text', or a sign.
   */
  readonly kind: string;
  readonly text: string;
  /** Whether a blank stands before. */
  readonly space: boolean;
  readonly style?: Style;
  /** On `_`: not typed, as in `E3`. On an exponent or index in Unicode superscripts: neither. */
  readonly glued?: true;
  /** On 'unknown': why it cannot be read. */
  readonly problem?: string;
}

const CLOSERS = new Set([')', ']', '}', '\\}', '⟩', 'end']);
const OTHERS = new Set([
  'newline',
  'row',
  'end of text',
  'qualifier',
  'otherwise',
  ',',
  ';',
  '&',
  ':',
  '..',
  '+',
  '-',
  '/',
]);
const POSTFIX = new Set(['./', '^', '**', '.^', '_', "'", 'method', '|', '‖', 'unknown', 'quad', '\\over']);

/** Whether an operand begins with the token. Of `|` and `‖` only the parser knows. */
export function startsOperand({ kind }: Token): boolean {
  return !(
    CLOSERS.has(kind) ||
    OTHERS.has(kind) ||
    POSTFIX.has(kind) ||
    PRODUCT_OPERATORS.has(kind) ||
    RELATIONS.has(kind)
  );
}

/** Whether an operand may end with the token. */
export function endsOperand({ kind }: Token): boolean {
  return (
    CLOSERS.has(kind) ||
    kind === 'number' ||
    kind === 'word' ||
    kind === 'text' ||
    kind === '…' ||
    kind === "'" ||
    kind === '|' ||
    kind === '‖'
  );
}

/** Whether a token separates statements. */
export function isSeparator(kind: string): boolean {
  return kind === 'newline' || kind === 'row' || kind === ';';
}
