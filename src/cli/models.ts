/** MODEL on the command line: the name of an example, whose settings are options, or a file. */

import { existsSync } from 'node:fs';
import type { AnyExample, Setting } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { type Option, optionError, suggestion } from './command.ts';
import { shortNumber } from './style.ts';

export const modelNames: readonly string[] = examples.map(({ name }) => name);

/** The example of that name, undefined if the word names a document (or nothing does). */
export async function exampleNamed(word: string | undefined): Promise<AnyExample | undefined> {
  const entry = examples.find(({ name }) => name === word);
  if (entry !== undefined) return entry.load();
  if (word === undefined || word === '-' || word.endsWith('.json') || existsSync(word)) return undefined;
  const hint = suggestion(word, modelNames);
  throw optionError(
    `there is no model "${word}"${hint === '' ? `; MODEL is ${modelNames.join(', ')}, or a file of equations or a graph document (.json)` : hint}`,
  );
}

/** The names of the examples that have such a setting. */
export async function settingOwners(setting: string): Promise<string[]> {
  const loaded = await Promise.all(examples.map((entry) => entry.load()));
  return loaded.filter(({ settings }) => Object.hasOwn(settings, setting)).map(({ name }) => name);
}

/** The names of the settings of all examples. */
export async function allSettings(): Promise<string[]> {
  const loaded = await Promise.all(examples.map((entry) => entry.load()));
  return [...new Set(loaded.flatMap(({ settings }) => Object.keys(settings)))];
}

export function settingOptions(example: AnyExample): Record<string, Option> {
  return Object.fromEntries(
    Object.entries(example.settings).map(([name, setting]) => [name, settingOption(setting)]),
  );
}

/** The setting with its default and range. Where the example decides the default, its help tells it. */
function settingOption(setting: Setting): Option {
  const { help } = setting;
  switch (setting.kind) {
    case 'integer': {
      const byDefault = setting.optional ? '' : ` (default ${setting.default})`;
      return { value: 'N', help: `${help}${byDefault}; ${setting.min} to ${setting.max}` };
    }
    case 'number': {
      const [min, max] = [setting.min, setting.max].map(shortNumber);
      return { value: 'X', help: `${help} (default ${setting.default}); ${min} to ${max}` };
    }
    case 'choice': {
      const shown = setting.choices.map((choice) =>
        choice === setting.default ? `${choice} (default)` : choice,
      );
      return { value: 'NAME', help: `${help}: ${shown.join(', ')}` };
    }
    case 'text':
      return {
        value: 'TEXT',
        help: setting.default === '' ? help : `${help} (default "${setting.default}")`,
      };
    case 'file':
      return { value: 'FILE', help };
  }
}
