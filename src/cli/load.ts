/** Builds the model that MODEL names: an example with its settings, a file of equations, or a graph document. */

import { basename, dirname, isAbsolute, join } from 'node:path';
import { type SettingValue, settingFrom, settingsFrom } from '../../examples/example.ts';
import { modelFromEquations } from '../model/equations/unroll.ts';
import { modelFromJSON } from '../model/json.ts';
import type { Model } from '../model/model.ts';
import { NotationError } from '../notation/problem.ts';
import { type Arguments, optionError } from './command.ts';
import { type Io, SourceError, sourceName, textOfFile } from './io.ts';
import { modelNames } from './models.ts';

export const modelHelp = `MODEL is an example, a file of equations, or a graph document (.json) as gradpath export writes it; a lone -
is standard input. The settings of an example are options: they are in the help of each one. A file of equations:

  T = 3
  param  U: 4x3, W: 4x4, V: 2x4
  input  x_t: 3                  for t = 1..T
  target y_t: 2 onehot           for t = 1..T
  const  H_0: 4 = 0.1
  H_t = tanh(U x_t + W H_{t-1})  for t = 1..T
  E_t = cross_entropy(softmax(V H_t), y_t)
  E   = sum_t E_t`;

export async function loadModel(args: Arguments, io: Io, command: string): Promise<Model> {
  const { model: name } = args;
  if (name === undefined) {
    throw optionError(
      `${command} needs a MODEL: ${modelNames.join(', ')}, or a file of equations or a graph document (.json); try gradpath ${command} ${modelNames[0]}`,
    );
  }
  const { example } = args;
  if (example !== undefined) return example.build(await readSettings(args, io), (line) => io.note(line));
  const text = await io.read(name);
  const isDocument = name.endsWith('.json') || /^\s*\{/.test(text);
  return isDocument ? modelFromJSON(text, sourceName(name)) : fromEquations(text, name, io);
}

/** The model of a text of equations; files that it names are beside it. `shown` is what errors quote a line of. */
export function fromEquations(text: string, path: string, io: Io, shown = text): Model {
  const folder = path === '-' ? '.' : dirname(path);
  try {
    return modelFromEquations(text, {
      name: path === '-' ? 'equations' : basename(path).replace(/\.[^.]*$/, ''),
      read: (file) => textOfFile(isAbsolute(file) ? file : join(folder, file)),
      note: (message) => io.note(`note: ${message}`),
    });
  } catch (error) {
    throw error instanceof NotationError ? new SourceError(sourceName(path), shown, error) : error;
  }
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
