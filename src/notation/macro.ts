/** Macros: what a text defines, and what packages of LaTeX define, written out before the text is read. */

import { type Macro, PACKAGE_MACROS } from './packages.ts';
import type { Span } from './tree.ts';

export type Macros = ReadonlyMap<string, Macro>;

/** A text with each macro written out, and where its characters come from. */
export interface WrittenOut {
  readonly text: string;
  /** The place in the typed text of what stands at a place. What a macro brings in stands where the macro is typed. */
  readonly placeOf: (span: Span) => Span;
  /** Macros that stand for themselves, or for too much. */
  readonly endless: ReadonlySet<string>;
}

/** Macros within macros, and characters that they may stand for together. */
const MAX_DEPTH = 20;
const MAX_CHARACTERS = 200_000;
const MAX_MACROS = 1000;

const DEFINITION =
  /\\(?:(?:re|provide)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|[gex]?def|let)(?![A-Za-z])\*?/g;
const NAME = /\s*(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))/y;
const COUNT = /\s*\[\s*([1-9])\s*\]/y;
const DEFAULT = /\s*\[([^[\]{}]*)\]/y;
const PARAMETERS = /((?:\s*#[1-9])*)\s*(?=\{)/y;
const OTHER = /\s*=?\s*(\\[A-Za-z]+)/y;

/** The definitions of a text and where they stand: `\newcommand{\pd}[2]{…}`, `\def\pd#1#2{…}`, `\let\a\b`. */
export function definitionsIn(text: string): { readonly macros: Macros; readonly spans: readonly Span[] } {
  const macros = new Map<string, Macro>();
  const spans: Span[] = [];
  const groups = new Groups(text);
  DEFINITION.lastIndex = 0;
  for (let found = DEFINITION.exec(text); found !== null; found = DEFINITION.exec(text)) {
    if (macros.size >= MAX_MACROS) break;
    const made = definition(text, groups, found[0], DEFINITION.lastIndex);
    if (made === undefined || isComment(text, found.index)) continue;
    macros.set(made.name, made.macro);
    spans.push({ start: found.index, end: made.end });
    DEFINITION.lastIndex = made.end;
  }
  return { macros, spans };
}

function isComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 1000), at);
  return /(?<!\\)%/.test(before.slice(before.lastIndexOf('\n') + 1));
}

function definition(
  text: string,
  groups: Groups,
  command: string,
  from: number,
): { readonly name: string; readonly macro: Macro; readonly end: number } | undefined {
  const head = matchAt(NAME, text, from);
  if (head === null) return undefined;
  const name = head[1] ?? head[2];
  let at = from + head[0].length;
  if (command === '\\let') {
    const other = matchAt(OTHER, text, at);
    return other === null
      ? undefined
      : { name, macro: { count: 0, body: other[1] }, end: at + other[0].length };
  }
  let count = 0;
  let optional: string | undefined;
  if (/def$/.test(command)) {
    const parameters = matchAt(PARAMETERS, text, at);
    if (parameters === null) return undefined;
    count = parameters[1].replace(/[^#]/g, '').length;
    at += parameters[0].length;
  } else if (!command.includes('Operator')) {
    const counted = matchAt(COUNT, text, at);
    count = Number(counted?.[1] ?? 0);
    at += counted?.[0].length ?? 0;
    const given = count > 0 ? matchAt(DEFAULT, text, at) : null;
    optional = given?.[1];
    at += given?.[0].length ?? 0;
  }
  const body = groups.at(at) ?? singleAt(text, at);
  if (body === undefined) return undefined;
  const typed = text.slice(body.start, body.end);
  const meant = command.includes('Operator') ? `\\operatorname{${typed}}` : typed;
  return {
    name,
    macro: { count, ...(optional === undefined ? {} : { optional }), body: meant },
    end: body.after,
  };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

interface Argument extends Span {
  /** Where the text goes on. */
  readonly after: number;
}

/** What stands in braces, at any place of a text: found in one pass. */
class Groups {
  #closing: Map<number, number> | undefined;

  constructor(private readonly text: string) {}

  /** The group that begins here, perhaps behind blanks. */
  at(from: number): Argument | undefined {
    let open = from;
    while (open < from + 100 && /\s/.test(this.text[open] ?? '')) open++;
    if (this.text[open] !== '{') return undefined;
    this.#closing ??= this.#pairs();
    const end = this.#closing.get(open);
    return end === undefined ? undefined : { start: open + 1, end, after: end + 1 };
  }

  #pairs(): Map<number, number> {
    const { text } = this;
    const found = new Map<number, number>();
    const open: number[] = [];
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === '{') open.push(at);
      else if (text[at] === '}' && open.length > 0) found.set(open.pop()!, at);
    }
    return found;
  }
}

/** An argument without braces is one character or command. */
function singleAt(text: string, from: number): Argument | undefined {
  const found = matchAt(/\s*(\\[A-Za-z]+|\\.|[^\s{}[\]$&])/y, text, from);
  if (found === null) return undefined;
  const end = from + found[0].length;
  return { start: end - found[1].length, end, after: end };
}

/** What stands in square brackets just here. */
function bracketAt(text: string, from: number): Argument | undefined {
  const found = matchAt(/\s*\[([^[\]\n]{0,80})\]/y, text, from);
  if (found === null) return undefined;
  const after = from + found[0].length;
  return { start: after - 1 - found[1].length, end: after - 1, after };
}

const COMMAND = /\\(?:([A-Za-z]+)\*?|[^A-Za-z])|(?<!\\)%[^\n]*/g;

/** Writes out the macros of a text: its own, those that are given and those of packages. */
export function writtenOut(text: string, given: Macros = new Map()): WrittenOut | undefined {
  if (!text.includes('\\')) return undefined;
  const own = definitionsIn(text);
  const macros = new Map([...PACKAGE_MACROS, ...given, ...own.macros]);
  const isUsed = Array.from(text.matchAll(COMMAND)).some(
    ([, name]) => name !== undefined && macros.has(name),
  );
  if (!isUsed) return undefined;
  const writer = new Writer(macros);
  const whole = { text, groups: new Groups(text), placeOf: (at: number) => ({ start: at, end: at + 1 }) };
  let at = 0;
  for (const { start, end } of own.spans) {
    writer.write(whole, at, start, 0);
    writer.put(' ', { start, end });
    at = end;
  }
  writer.write(whole, at, text.length, 0);
  return writer.result(text.length);
}

/** A text, and where each of its characters comes from. */
interface Source {
  readonly text: string;
  readonly groups: Groups;
  readonly placeOf: (at: number) => Span;
}

class Writer {
  readonly #pieces: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #endless = new Set<string>();
  /** Characters that macros brought in. */
  #made = 0;

  constructor(private readonly macros: Macros) {}

  put(text: string, { start, end }: Span): void {
    this.#pieces.push(text);
    for (let i = 0; i < text.length; i++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** A part of a source as it is. */
  #copy({ text, placeOf }: Source, from: number, to: number): void {
    this.#pieces.push(text.slice(from, to));
    for (let at = from; at < to; at++) {
      const { start, end } = placeOf(at);
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** A part of a source with its macros written out. */
  write(source: Source, from: number, to: number, depth: number): void {
    const commands = new RegExp(COMMAND);
    let at = from;
    commands.lastIndex = from;
    for (let found = commands.exec(source.text); found !== null; found = commands.exec(source.text)) {
      if (found.index >= to) break;
      const [typed, name] = found;
      const macro = name === undefined ? undefined : this.macros.get(name);
      if (macro === undefined) continue;
      const call = argumentsOf(source, found.index + typed.length, to, macro, typed.endsWith('*'));
      if (call === undefined) continue;
      const size = sizeOf(macro, call.args);
      if (depth >= MAX_DEPTH || this.#made + size > MAX_CHARACTERS) {
        this.#endless.add(name);
        continue;
      }
      this.#copy(source, at, found.index);
      const place = {
        start: source.placeOf(found.index).start,
        end: source.placeOf(call.after - 1).end,
      };
      const made = substituted(macro, call.args, source, place);
      this.#made += size;
      this.write(made, 0, made.text.length, depth + 1);
      // what follows a command is no part of its name
      if (/\\[A-Za-z]+$/.test(made.text) && /[A-Za-z]/.test(source.text[call.after] ?? ''))
        this.put(' ', place);
      at = call.after;
      commands.lastIndex = at;
    }
    this.#copy(source, at, to);
  }

  result(length: number): WrittenOut {
    const [starts, ends] = [this.#starts, this.#ends];
    const startOf = (at: number) => starts[at] ?? length;
    return {
      text: this.#pieces.join(''),
      endless: this.#endless,
      placeOf: ({ start, end }) => ({
        start: startOf(start),
        end: end > start ? Math.max(startOf(start), ends[end - 1]) : startOf(start),
      }),
    };
  }
}

/** The arguments that stand behind a macro; undefined if there are too few. A star before them means nothing. */
function argumentsOf(
  { text, groups }: Source,
  from: number,
  limit: number,
  { count, optional, isBraced, script }: Macro,
  isStarred: boolean,
): { readonly args: readonly (Argument | undefined)[]; readonly after: number } | undefined {
  const args: (Argument | undefined)[] = [];
  let after = isStarred && count === 0 ? from - 1 : from;
  for (let i = 0; i < count; i++) {
    const isOptional = i === 0 && optional !== undefined;
    const group = isOptional ? bracketAt(text, after) : groups.at(after);
    const found = group ?? (isOptional || isBraced ? undefined : singleAt(text, after));
    if (found === undefined && !isOptional) return undefined;
    args.push(found);
    after = found?.after ?? after;
  }
  const mark = matchAt(/\s*([_^])/y, text, after);
  if (mark !== null && mark[1] === script) {
    const behind = after + mark[0].length;
    after = (groups.at(behind) ?? singleAt(text, behind))?.after ?? after;
  }
  return after > limit ? undefined : { args, after };
}

/** How many characters the body has with its arguments. */
function sizeOf({ body }: Macro, args: readonly (Argument | undefined)[]): number {
  const inserted = Array.from(body.matchAll(/#([1-9])/g), ([, number]) => args[Number(number) - 1]);
  return inserted.reduce((sum, arg) => sum + (arg === undefined ? 0 : arg.end - arg.start), body.length);
}

/** The body with its arguments. */
function substituted(
  { body, optional = '' }: Macro,
  args: readonly (Argument | undefined)[],
  source: Source,
  place: Span,
): Source {
  let text = '';
  const places: Span[] = [];
  const own = (piece: string) => {
    text += piece;
    for (let i = 0; i < piece.length; i++) places.push(place);
  };
  for (const piece of body.split(/(#[1-9])/)) {
    const number = /^#([1-9])$/.exec(piece)?.[1];
    if (number === undefined) {
      own(piece);
      continue;
    }
    if (/\\[A-Za-z]+$/.test(text)) own(' ');
    const arg = args[Number(number) - 1];
    if (arg === undefined) own(Number(number) === 1 ? optional : '');
    else {
      text += source.text.slice(arg.start, arg.end);
      for (let at = arg.start; at < arg.end; at++) places.push(source.placeOf(at));
    }
  }
  return { text, groups: new Groups(text), placeOf: (at) => places[at] ?? place };
}
