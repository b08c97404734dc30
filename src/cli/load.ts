/** Builds the model that MODEL names: an example with its settings, or a graph document. */

import { type SettingValue, settingFrom, settingsFrom } from '../../examples/example.ts';
import { modelFromJSON } from '../model/json.ts';
import type { Model } from '../model/model.ts';
import { type Arguments, optionError } from './command.ts';
import { type Io, sourceName } from './io.ts';
import { modelNames } from './models.ts';

export const modelHelp = `MODEL is an example, or a graph document (.json) as gradpath export writes it; a lone - is standard
input. The settings of an example are options: they are in the help of each one.`;

export async function loadModel(args: Arguments, io: Io, command: string): Promise<Model> {
  const [name] = args.operands;
  if (name === undefined) {
    throw optionError(
      `${command} needs a MODEL: ${modelNames.join(', ')}, or a graph document (.json); try gradpath ${command} ${modelNames[0]}`,
    );
  }
  const { example } = args;
  if (example === undefined) return modelFromJSON(await io.read(name), sourceName(name));
  return example.build(await readSettings(args, io), (line) => io.note(line));
}

/** All settings of the example: those that were typed, with the text of files, and the defaults of the others. */
export async function readSettings(args: Arguments, io: Io): Promise<Record<string, SettingValue>> {
  const example = args.example!;
  const given: Record<string, SettingValue> = {};
  for (const [name, setting] of Object.entries(example.settings)) {
    const text = args.text(name);
    if (text === undefined) continue;
    given[name] =
      setting.kind === 'file'
        ? settingFrom(setting, await io.read(text), sourceName(text), name)
        : settingFrom(setting, text, `--${name}`, name);
  }
  return settingsFrom(example, given);
}
