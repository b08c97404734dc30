/** What a command is, and its arguments once they have been checked against its options. */

import { parseArgs } from 'node:util';
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
  /** Names of the arguments without a dash. */
  readonly operands: readonly string[];
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

export class Arguments {
  readonly operands: readonly string[];
  readonly #options: ReadonlyMap<string, string | true>;

  /** Checks the words after the command's name. `others` are asked whose option an unknown one is. */
  constructor(command: Command, words: readonly string[], others: readonly Command[]) {
    const specs = { ...commonOptions, ...command.options };
    const { tokens, positionals } = parseArgs({
      args: [...words],
      options: {
        ...Object.fromEntries(
          Object.entries(specs).map(([name, { value }]) => [
            name,
            { type: value === undefined ? ('boolean' as const) : ('string' as const) },
          ]),
        ),
        help: { type: 'boolean', short: 'h' },
      },
      strict: false,
      tokens: true,
    });
    const options = new Map<string, string | true>();
    for (const token of tokens) {
      if (token.kind !== 'option') continue;
      const { name, rawName, value, inlineValue } = token;
      if (!Object.hasOwn(specs, name))
        throw unknownOption(command, rawName, name, Object.keys(specs), others);
      const placeholder = specs[name].value;
      if (options.has(name)) throw optionError(`${rawName} is given twice; give it once`, name);
      if (placeholder === undefined && value !== undefined) {
        throw optionError(`${rawName} is a switch and takes no value, but "${value}" is given`, name);
      }
      const missing = value === undefined || value === '' || (inlineValue !== true && value.startsWith('--'));
      if (placeholder !== undefined && missing) {
        throw optionError(`${rawName} needs a value: ${rawName} ${placeholder}`, name);
      }
      options.set(name, value ?? true);
    }
    this.#options = options;
    this.operands = positionals;
    if (positionals.length > command.operands.length && !this.flag('help')) {
      const takes = command.operands.length === 0 ? 'no arguments' : `one argument, ${command.operands[0]}`;
      const extra = positionals[command.operands.length];
      throw optionError(`${command.name} takes ${takes}, but "${extra}" follows; options begin with --`);
    }
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

function unknownOption(
  command: Command,
  raw: string,
  name: string,
  known: readonly string[],
  others: readonly Command[],
): GradpathError {
  const owners = others.filter((other) => Object.hasOwn(other.options, name)).map((other) => other.name);
  const guess = raw.startsWith('--') ? nearest(name, known) : undefined;
  const hint =
    owners.length > 0
      ? `; it is an option of ${owners.join(' and ')}`
      : guess !== undefined
        ? `; did you mean --${guess}?`
        : `; see gradpath ${command.name} --help`;
  return optionError(`${command.name} has no option ${raw}${hint}`, name);
}
