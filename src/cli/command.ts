/** What a command is, and the arguments that it gets. */

import type { AnyExample } from '../../examples/example.ts';
import { GradpathError, nearest } from '../graph/error.ts';
import type { Io } from './io.ts';

export interface Option {
  /** What stands for the value in the help: `FILE`. Without it the option is a switch. */
  readonly value?: string;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name: `MODEL --wrt W [--top N]`. */
  readonly usage: string;
  /** What the argument without a dash is called: `MODEL`. The model's settings are options of the command. */
  readonly operands: readonly string[];
  /** The option that names the model, if no operand does. */
  readonly modelOption?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly details: string;
  /** Runs and returns the exit code: 0, or 1 if a check failed. */
  readonly run: (args: Arguments, io: Io) => Promise<number>;
}

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, Option>> = {
  help: { help: 'show this help' },
  debug: { help: 'show where in the program an error arose' },
};

export function optionError(message: string, where?: string): GradpathError {
  return new GradpathError('option', message, where);
}

/** `; did you mean X?`, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const guess = nearest(word, candidates);
  return guess === undefined ? '' : `; did you mean ${guess}?`;
}

/** What was typed after a command's name, once it fits the command's options and its model's settings. */
export class Arguments {
  readonly operands: readonly string[];
  /** What names the model: the first operand, or the option of the command that does. */
  readonly model: string | undefined;
  /** The example that MODEL names; none for a document. */
  readonly example: AnyExample | undefined;
  readonly #options: ReadonlyMap<string, string | true>;

  constructor(
    operands: readonly string[],
    options: ReadonlyMap<string, string | true>,
    model: string | undefined,
    example?: AnyExample,
  ) {
    this.operands = operands;
    this.model = model;
    this.#options = options;
    this.example = example;
  }

  flag(name: string): boolean {
    return this.#options.has(name);
  }

  text(name: string): string | undefined {
    return this.#options.get(name) as string | undefined;
  }

  /** A whole number from min to max. */
  integer(name: string, min: number, max: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw optionError(`--${name} is ${quoted(text)}, expected a whole number from ${min} to ${max}`, name);
    }
    return value;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined || (choices as readonly string[]).includes(text)) return text as T | undefined;
    const hint = suggestion(text, choices);
    throw optionError(`--${name} is ${quoted(text)}, expected ${choices.join(' or ')}${hint}`, name);
  }

  /** Names separated by commas, none empty, none twice. */
  names(name: string): string[] | undefined {
    const names = this.text(name)
      ?.split(',')
      .map((item) => item.trim());
    if (names === undefined) return undefined;
    if (names.includes('')) {
      throw optionError(
        `--${name} is "${this.text(name)}", expected names separated by commas, such as U,W`,
        name,
      );
    }
    const twice = names.find((item, i) => names.indexOf(item) !== i);
    if (twice !== undefined) throw optionError(`--${name} names ${twice} twice; name it once`, name);
    return names;
  }
}

/** Numbers are shown as they were given, other texts in quotes. */
function quoted(text: string): string {
  return /^[+-]?[\d.]+$/.test(text) ? text : `"${text}"`;
}
