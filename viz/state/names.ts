/** Variable names for the eye (`H_10` → `H₁₀`), for the ear (`H 10`) and safe from control characters. */

import { parseExpression } from '../../src/notation/parse.ts';
import { print } from '../../src/notation/print.ts';

const MAX_LABEL = 40;
const SUBSCRIPTS: Readonly<Record<string, string>> = {
  '0': '₀',
  '1': '₁',
  '2': '₂',
  '3': '₃',
  '4': '₄',
  '5': '₅',
  '6': '₆',
  '7': '₇',
  '8': '₈',
  '9': '₉',
};

/** Control and bidirectional-override characters would let a name from a file rearrange the text around it. */
function clean(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** `H_10` → `H₁₀`. Subscripts that Unicode lacks stay as typed; long names are cut. */
export function pretty(name: string): string {
  const text = clean(name);
  const match = /^(.*?)_(\d+)$/.exec(text);
  const shown =
    match === null ? text : `${match[1]}${[...match[2]].map((digit) => SUBSCRIPTS[digit]).join('')}`;
  return shown.length > MAX_LABEL ? `${shown.slice(0, MAX_LABEL - 1)}…` : shown;
}

/** `E_3 ← H_3 ← W` → `E₃ ← H₃ ← W`, which may be broken after an arrow; the arrows may point either way. */
export function prettyPath(text: string): string {
  return text
    .replace(/[^ ,]+/g, (name) => (/^[←→]$/.test(name) ? name : pretty(name)))
    .replace(/ ([←→]) /g, '\u202f$1\u200b\u202f');
}

/** A line of text with the names in it as the page shows them: `H_2` and `\\Omega_2` as `H₂` and `Ω₂`. */
export function prettyText(text: string): string {
  return clean(text)
    .replace(/\\[A-Za-z]+(?:_(?:\w|\{[^{}]*\}))?/g, inUnicode)
    .replace(/(?<![\p{L}\\_}])(\p{L}\p{M}*)_(\d+)(?![\w.])/gu, (name) => pretty(name));
}

function inUnicode(latex: string): string {
  try {
    return print(parseExpression(latex), 'unicode');
  } catch {
    return latex;
  }
}

/** `H_2` → `H 2`, as a screen reader should say it. */
export function spoken(name: string): string {
  return clean(name)
    .replaceAll('_', ' ')
    .slice(0, MAX_LABEL * 2);
}
