/** The help texts, from the table of commands. */

import { type Command, commonOptions, type Option } from './command.ts';
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
  gradpath export rnn > rnn.json          the graph with its values as a document
  gradpath view                           the same in the browser

Results go to standard output, messages to standard error. The exit code is 0, 1 if a check
failed, 2 if the input is bad. Colours are left out with NO_COLOR or when the output is no terminal.`;
}

export function commandHelp(command: Command, style: Style): string {
  return `${style.bold(`gradpath ${command.name}`)}: ${command.summary}

${style.bold('Usage')}
  gradpath ${command.name} ${command.usage}

${command.details}

${style.bold('Options')}
${optionLines({ ...command.options, ...commonOptions }).join('\n')}`;
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const heads = Object.entries(options).map(
    ([name, { value }]) => `--${name}${value === undefined ? '' : ` ${value}`}`,
  );
  const width = Math.max(...heads.map((head) => head.length));
  return Object.values(options).map(({ help }, i) => `  ${heads[i].padEnd(width)}  ${help}`);
}
