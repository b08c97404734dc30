/** From words to arguments: options are checked against the command's own and the settings of its model. */

import { parseArgs } from 'node:util';
import { type GradpathError, nearest } from '../graph/error.ts';
import { Arguments, type Command, commonOptions, type Option, optionError } from './command.ts';
import { sourceName } from './io.ts';
import { allSettings, exampleNamed, settingOptions, settingOwners } from './models.ts';
import { listed } from './style.ts';

/** An option as it was typed: `--steps`, `3`. */
interface Given {
  readonly name: string;
  readonly raw: string;
  readonly value: string | undefined;
  /** `--steps=3`: whatever follows the equals sign is the value. */
  readonly inline: boolean;
}

/** Checks the words after the command's name. `commands` are asked whose option an unknown one is. */
export async function parseWords(
  command: Command,
  words: readonly string[],
  commands: readonly Command[],
): Promise<Arguments> {
  const own = { ...commonOptions, ...command.options };
  const { operands, given } = split(own, words);
  const { modelOption } = command;
  const model =
    modelOption === undefined ? operands[0] : given.find(({ name }) => name === modelOption)?.value;
  const example = await exampleNamed(model);
  const specs = { ...own, ...(example && settingOptions(example)) };
  const options = new Map<string, string | true>();
  for (const option of given) {
    if (!Object.hasOwn(specs, option.name))
      throw await unknownOption(command, option, model, specs, commands);
    if (options.has(option.name))
      throw optionError(`${option.raw} is given twice; give it once`, option.name);
    options.set(option.name, checked(option, specs[option.name]));
  }
  if (operands.length > command.operands.length && !options.has('help')) {
    const takes = command.operands.length === 0 ? 'no arguments' : `one argument, ${command.operands[0]}`;
    const extra = operands[command.operands.length];
    throw optionError(`${command.name} takes ${takes}, but "${extra}" follows; options begin with --`);
  }
  return new Arguments(operands, options, model, example);
}

/** Options that the command does not know are settings of a model, and these take values: so MODEL may follow them. */
function split(
  own: Readonly<Record<string, Option>>,
  words: readonly string[],
): { operands: string[]; given: Given[] } {
  const settings = words
    .filter((word) => /^--[^=]/.test(word))
    .map((word) => word.slice(2).split('=', 1)[0])
    .filter((name) => !Object.hasOwn(own, name));
  const types = [
    ...Object.entries(own).map(([name, { value }]) => [name, value === undefined ? 'boolean' : 'string']),
    ...settings.map((name) => [name, 'string']),
  ].map(([name, type]) => [name, { type, ...(name === 'help' && { short: 'h' }) }]);
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(types),
    strict: false,
    tokens: true,
  });
  const given = tokens.flatMap((token) =>
    token.kind === 'option'
      ? [{ name: token.name, raw: token.rawName, value: token.value, inline: token.inlineValue === true }]
      : [],
  );
  return { operands: positionals, given };
}

/** How the model is typed: `rnn`, or `--model rnn`. */
function modelWords({ modelOption }: Command, model: string): string {
  return modelOption === undefined ? model : `--${modelOption} ${model}`;
}

/** The value of an option that takes one, true for a switch. */
function checked({ name, raw, value, inline }: Given, { value: placeholder }: Option): string | true {
  if (placeholder === undefined) {
    if (value === undefined) return true;
    throw optionError(`${raw} is a switch and takes no value, but "${value}" is given`, name);
  }
  const isEmpty = value === '' && placeholder !== 'TEXT'; // who reads a text says what may stand there
  if (value === undefined || isEmpty || (!inline && value.startsWith('--'))) {
    throw optionError(`${raw} needs a value: ${raw} ${placeholder}`, name);
  }
  return value;
}

/** Says whose option it is, or which one may be meant. Only here all examples are loaded. */
async function unknownOption(
  command: Command,
  { name, raw }: Given,
  model: string | undefined,
  known: Readonly<Record<string, Option>>,
  commands: readonly Command[],
): Promise<GradpathError> {
  const refused = `${command.name} has no option ${raw}`;
  const others = commands.filter((other) => Object.hasOwn(other.options, name)).map((other) => other.name);
  if (others.length > 0) return optionError(`${refused}; it is an option of ${listed(others)}`, name);
  const owners = raw.startsWith('--') ? await settingOwners(name) : [];
  if (owners.length > 0) {
    const example = await exampleNamed(model);
    if (model === undefined) {
      return optionError(
        `${raw} needs a MODEL: gradpath ${command.name} ${modelWords(command, owners[0])} ${raw} …`,
        name,
      );
    }
    const has = Object.keys(example?.settings ?? {}).map((setting) => `--${setting}`);
    const instead =
      example === undefined
        ? `${sourceName(model)} brings its own values`
        : `${model} has ${has.length === 0 ? 'no settings' : listed(has)}`;
    return optionError(`${raw} belongs to ${listed(owners)}; ${instead}`, name);
  }
  const candidates = [...Object.keys(known), ...(model === undefined ? await allSettings() : [])];
  const guess = raw.startsWith('--') ? nearest(name, candidates) : undefined;
  const help = `see gradpath ${[command.name, ...(model === undefined ? [] : [modelWords(command, model)])].join(' ')} --help`;
  return optionError(`${refused}; ${guess === undefined ? help : `did you mean --${guess}?`}`, name);
}
