/** The streams of a run: results on standard output, messages on standard error, files and standard input as text. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { GradpathError, nearest } from '../graph/error.ts';
import { LIMITS, UNPRINTABLE } from '../graph/json.ts';
import { type NotationError, renderProblem } from '../notation/problem.ts';
import { Style } from './style.ts';

export class Io {
  readonly style: Style;
  #stdinRead = false;

  constructor() {
    const { env, stdout } = process;
    this.style = new Style(stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb');
  }

  /** Prints a result. */
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** Prints a message: one line, whatever it quotes. */
  note(message: string): void {
    process.stderr.write(`gradpath: ${message.replace(/\s*[\r\n]+\s*/g, ' ').replace(UNPRINTABLE, '')}\n`);
  }

  /** Prints a message with the line that it is about and a caret under the place. */
  point({ source, text, problem }: SourceError): void {
    const lines = `${source}, ${renderProblem(text, problem)}`.split('\n');
    const [message, ...excerpt] = lines.map((line) => line.replace(UNPRINTABLE, ''));
    this.note(message);
    process.stderr.write(`${excerpt.join('\n')}\n`);
  }

  /** The text of a file; `-` is standard input. */
  async read(path: string): Promise<string> {
    if (path !== '-') return textOfFile(path);
    const name = sourceName(path);
    if (this.#stdinRead) throw fileError(name, 'can be read once only, but - was given twice');
    this.#stdinRead = true;
    return decoded(await readStdin(name), name);
  }
}

/** A text that cannot be read as mathematics, with the text itself, so that the line can be shown. */
export class SourceError extends GradpathError {
  readonly source: string;
  readonly text: string;
  readonly problem: NotationError;

  constructor(source: string, text: string, problem: NotationError) {
    super(problem.code, problem.message, source);
    this.source = source;
    this.text = text;
    this.problem = problem;
  }
}

export function textOfFile(path: string): string {
  return decoded(readFile(path), path);
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fileError(name, 'is not UTF-8 text');
  }
}

/** What messages call a file. */
export function sourceName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

function fileError(name: string, problem: string): GradpathError {
  return new GradpathError('file', `${name} ${problem}`, name);
}

function readFile(path: string): Uint8Array {
  try {
    const info = statSync(path);
    if (info.isDirectory()) throw fileError(path, 'is a folder, expected a file');
    if (info.size > LIMITS.characters) throw tooLarge(path);
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw fileError(path, `does not exist${similar(path)}`);
    if (code === 'EACCES' || code === 'EPERM') throw fileError(path, 'may not be read: no permission');
    throw error instanceof GradpathError ? error : fileError(path, `cannot be read (${code ?? error})`);
  }
}

async function readStdin(name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > LIMITS.characters) throw tooLarge(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string): GradpathError {
  return new GradpathError('limit', `${name} is larger than ${LIMITS.characters / 2 ** 20} MB`, name);
}

function similar(path: string): string {
  try {
    const guess = nearest(basename(path), readdirSync(dirname(path)));
    return guess === undefined ? '' : `; did you mean ${guess}?`;
  } catch {
    return `, nor does the folder ${dirname(path)}`;
  }
}
