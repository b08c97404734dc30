#!/usr/bin/env node
/** The command line: finds the command, checks its words, runs it, and turns errors into one line and an exit code. */

import { GradpathError } from '../graph/error.ts';
import { commonOptions, optionError, suggestion } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, overview } from './help.ts';
import { version } from './home.ts';
import { Io, SourceError } from './io.ts';
import { modelNames, settingOwners } from './models.ts';
import { parseWords } from './parse.ts';

const BAD_INPUT = 2;
/** A fault of the program itself: never the answer to bad input. */
const INTERNAL = 70;

async function run(words: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = words;
  if (first === '--version') {
    io.print(version());
    return 0;
  }
  const asksHelp = first === 'help' || first === '--help' || first === '-h';
  if (first === undefined || (asksHelp && rest.length === 0)) {
    io.print(overview(commands, io.style));
    return 0;
  }
  const name = asksHelp ? rest[0] : first;
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw await unknownCommand(name);
  // `help grad lstm` is `grad lstm --help`
  const after = asksHelp ? [...rest.slice(1), '--help'] : rest;
  const args = await parseWords(command, after, commands);
  if (!args.flag('help')) return command.run(args, io);
  io.print(commandHelp(command, args.example, io.style));
  return 0;
}

async function unknownCommand(word: string): Promise<GradpathError> {
  const names = [...commands.map((command) => command.name), 'help'];
  const option = /^--([^=]+)/.exec(word)?.[1];
  if (option !== undefined) {
    const known = commands.some((c) => Object.hasOwn({ ...commonOptions, ...c.options }, option));
    if (known || (await settingOwners(option)).length > 0) {
      return optionError(`--${option} comes after a command: gradpath COMMAND MODEL --${option}`);
    }
  }
  if (modelNames.includes(word)) {
    return optionError(`${word} is a model; a command comes first: gradpath grad ${word}`);
  }
  const kind = word.startsWith('-') ? 'option' : 'command';
  const hint = suggestion(word, [...names, '--help', '--version']);
  return optionError(
    `unknown ${kind} ${word}${hint === '' ? `; the commands are ${names.join(', ')}` : hint}`,
  );
}

// a reader that has seen enough, such as `| head`, is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`gradpath: the output could not be written: ${error.message}\n`);
  process.exit(BAD_INPUT);
});

const io = new Io();
const words = process.argv.slice(2);
try {
  process.exitCode = await run(words, io);
} catch (error) {
  const known = error instanceof GradpathError;
  if (error instanceof SourceError) io.point(error);
  else io.note(known ? error.message : `internal error: ${error}; --debug shows where, please report it`);
  if (words.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = known ? BAD_INPUT : INTERNAL;
}
