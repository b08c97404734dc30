/** How numbers, names and shares look on a terminal; colour only where it was found to be wanted. */

import { styleText } from 'node:util';
import { UNPRINTABLE } from '../graph/json.ts';

type Colour = 'bold' | 'dim' | 'cyan' | 'red' | 'green';

export class Style {
  readonly colour: boolean;

  constructor(colour: boolean) {
    this.colour = colour;
  }

  paint(colour: Colour, text: string): string {
    return this.colour ? styleText(colour, text) : text;
  }

  bold(text: string): string {
    return this.paint('bold', text);
  }

  dim(text: string): string {
    return this.paint('dim', text);
  }

  /** ✓ or ✗. */
  mark(ok: boolean): string {
    return ok ? this.paint('green', '✓') : this.paint('red', '✗');
  }
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** `H_12` → `H₁₂`; other names as they are, without characters that steer a terminal. */
export function displayName(name: string): string {
  const clean = name.replace(UNPRINTABLE, '');
  const match = /^([^_]+)_(\d+)$/.exec(clean);
  return match === null ? clean : match[1] + match[2].replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);
}

/** A sentence with names in it: `not a path: ∂H₂ below …`; commands of LaTeX stay as they are typed. */
export function withIndices(text: string): string {
  return text.replace(/(?<![\\\w{])(∂?[A-Za-z\u0370-\u03ff]+_\d+)(?![\w.{}^])/gu, displayName);
}

/** A text of several lines without characters that steer a terminal. */
export function printable(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(UNPRINTABLE, ''))
    .join('\n');
}

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.slice(-1);
  return [...(names.length > 1 ? [names.slice(0, -1).join(', ')] : []), ...last].join(' and ');
}

/** Four significant digits: `0.1234`, `1.234e-7`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(4))) : exponential(value, 3);
}

/** Two significant digits, for errors and distances. */
export function tinyNumber(value: number): string {
  return value === 0 || !Number.isFinite(value) ? String(value) : exponential(value, 1);
}

function exponential(value: number, digits: number): string {
  return value.toExponential(digits).replace('e+', 'e');
}

/** Numbers that are shown together, written alike: four digits of the largest, and as many decimals for all. */
export function alignedNumbers(values: readonly number[]): string[] {
  const largest = values.reduce(
    (max, value) => (Number.isFinite(value) ? Math.max(max, Math.abs(value)) : max),
    0,
  );
  const magnitude = largest === 0 ? 0 : Math.floor(Math.log10(largest));
  const write =
    magnitude >= -3 && magnitude < 5
      ? (value: number) => value.toFixed(Math.max(0, 3 - magnitude))
      : (value: number) => exponential(value, 3);
  const texts = values.map((value) =>
    value === 0 ? '0' : Number.isFinite(value) ? write(value) : String(value),
  );
  const width = texts.reduce((max, text) => Math.max(max, text.length), 0);
  return texts.map((text) => text.padStart(width));
}

/** `+71.2 %`. */
export function percent(share: number | null): string {
  if (share === null) return 'none';
  const value = 100 * share;
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 0.05 || value === 0 ? 1 : undefined;
  const text = digits === undefined ? exponential(Math.abs(value), 1) : Math.abs(value).toFixed(digits);
  return `${share < 0 ? '-' : '+'}${text} %`;
}

/** A bar of blocks whose length is size/largest of `width`, to an eighth of a block. */
export function bar(size: number, largest: number, width: number): string {
  if (!(largest > 0)) return '';
  const eighths = Math.round((8 * width * size) / largest);
  const rest = eighths % 8;
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : ' ▏▎▍▌▋▊▉'[rest]);
}
