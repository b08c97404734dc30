/** The help texts, from the table of commands. */

import type { AnyExample } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { type Command, commonOptions, type Option } from './command.ts';
import { settingOptions } from './models.ts';
import type { Style } from './style.ts';

export function overview(commands: readonly Command[], style: Style): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return `${style.bold('gradpath')}: gradients that one can look inside

${style.bold('Usage')}
  gradpath COMMAND MODEL [options]

${style.bold('Commands')}
${commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`).join('\n')}
  ${'help'.padEnd(width)}  this overview; gradpath help COMMAND tells more

${style.bold('Examples')}
  gradpath paths rnn --of E_3 --wrt W     why ∂E_3/∂W has three terms
  gradpath grad rnn --steps 5 --json      value, gradients and checks for a program to read
  gradpath check notes.md --model rnn     a verdict on each formula of a derivation
  gradpath study rnn                      what the example claims, with figures
  gradpath export rnn > rnn.json          the graph with its values as a document
  gradpath view                           the same in the browser

Results go to standard output, messages to standard error. The exit code is 0, 1 if a check
failed, 2 if the input is bad. Colours are left out with NO_COLOR or when the output is no terminal.`;
}

/** With an example, its settings; without one, the list of all. */
export function commandHelp(command: Command, example: AnyExample | undefined, style: Style): string {
  const usage =
    example === undefined
      ? command.usage
      : command.usage.replace(/MODEL|EXAMPLE/, `${example.name} [settings]`);
  const own = optionLines({ ...command.options, ...commonOptions });
  const about =
    example === undefined
      ? command.details
      : `${example.name}: ${examples.find(({ name }) => name === example.name)!.summary}`;
  const settings = example === undefined ? [] : optionLines(settingOptions(example));
  const blocks = [
    `${style.bold(`gradpath ${command.name}`)}: ${command.summary}`,
    `${style.bold('Usage')}\n  gradpath ${command.name} ${usage}`,
    about,
    ...(example === undefined ? [modelList(command, style)] : []),
    ...(settings.length === 0
      ? []
      : [`${style.bold(`Settings of ${example!.name}`)}\n${settings.join('\n')}`]),
    `${style.bold('Options')}\n${own.join('\n')}`,
  ];
  return blocks.join('\n\n');
}

function modelList(command: Command, style: Style): string {
  const words = command.modelOption === undefined ? command.operands[0] : `--${command.modelOption} MODEL`;
  return `${style.bold('Models')}
${exampleLines().join('\n')}

gradpath ${command.name} ${words} --help shows its settings.`;
}

/** The examples, a line each. */
export function exampleLines(): string[] {
  const width = Math.max(...examples.map(({ name }) => name.length));
  return examples.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const heads = Object.entries(options).map(
    ([name, { value }]) => `--${name}${value === undefined ? '' : ` ${value}`}`,
  );
  const width = Math.max(...heads.map((head) => head.length));
  return Object.values(options).map(({ help }, i) => `  ${heads[i].padEnd(width)}  ${help}`);
}
