/** An entry of a JSON document together with its place, so that whatever is wrong with it can be told in one line. */

import { type ErrorCode, GradpathError, nearest } from './error.ts';
import { type Fault, type JsonPath, lineAndColumn, offsetOf, pathText, scanJson } from './scan.ts';
import { formatShape, type Shape, sizeOf } from './shape.ts';

export interface EntryContext {
  /** The file's name, if the text is from a file. */
  readonly source: string | undefined;
  /** `a graph document`: what the text should be. */
  readonly what: string;
  /** Most characters of the text. */
  readonly limit: number;
}

export class Entry {
  readonly value: unknown;
  /** What messages about this entry and those in it begin with: a variable's name, `nodes[7]`. */
  readonly subject: string | undefined;
  readonly #text: string;
  readonly #context: EntryContext;
  readonly #path: JsonPath;

  private constructor(value: unknown, text: string, context: EntryContext, path: JsonPath, subject?: string) {
    this.value = value;
    this.subject = subject;
    this.#text = text;
    this.#context = context;
    this.#path = path;
  }

  /** The outermost entry of a text; a text that is not JSON is an error that says where it stops being JSON. */
  static parse(text: string, context: EntryContext): Entry {
    const { what, limit } = context;
    const file = context.source === undefined ? '' : `${context.source}: `;
    if (text.length > limit) {
      throw new GradpathError('limit', `${file}${text.length} characters, ${what} has at most ${limit}`);
    }
    const bare = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text; // a byte order mark is no part of JSON
    if (bare.trim() === '') throw new GradpathError('graph', `${file}the text is empty, expected ${what}`);
    const fault = scanJson(bare);
    if (fault === undefined) return new Entry(JSON.parse(bare), bare, context, []);
    const prefix = place(bare, fault.offset, context);
    throw new GradpathError('graph', prefix + faultText(fault, fault.offset >= bare.length), fault.name);
  }

  get object(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  /** The value as messages show it. */
  get shown(): string {
    return shownValue(this.value);
  }

  fail(message: string, code: ErrorCode = 'graph'): never {
    const subject = this.subject === undefined ? '' : `${this.subject}: `;
    throw this.#placed(new GradpathError(code, `${subject}${message}`, this.subject));
  }

  /** The same entry under another subject. */
  about(subject: string): Entry {
    return new Entry(this.value, this.#text, this.#context, this.#path, subject);
  }

  /** Throws the error on; a GradpathError gets this entry's place. */
  place(error: unknown): never {
    throw error instanceof GradpathError ? this.#placed(error) : error;
  }

  /** Runs `action`; a GradpathError out of it gets this entry's place. */
  guard<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      return this.place(error);
    }
  }

  /** The entry under `key`, which may be missing. */
  get(key: string): Entry {
    const value = Object.hasOwn(this.value as object, key)
      ? (this.value as Record<string, unknown>)[key]
      : undefined;
    return this.#child(value, key);
  }

  optional(key: string): Entry | undefined {
    return Object.hasOwn(this.value as object, key) ? this.get(key) : undefined;
  }

  at(index: number): Entry {
    return this.#child((this.value as readonly unknown[])[index], index);
  }

  requireObject(): void {
    if (!this.object) this.#wrong('an object');
  }

  /** Requires an object with exactly these keys. */
  keys(required: readonly string[], optional: readonly string[]): void {
    this.requireObject();
    const known = [...required, ...optional];
    for (const key of Object.keys(this.value as object)) {
      if (known.includes(key)) continue;
      const guess = nearest(key, known);
      const list = known.length === 0 ? 'none' : known.join(', ');
      this.get(key).fail(
        `unknown key ${JSON.stringify(key)}${guess === undefined ? `, expected ${list}` : `; did you mean "${guess}"?`}`,
      );
    }
    const missing = required.find((key) => !Object.hasOwn(this.value as object, key));
    if (missing !== undefined) this.fail(`"${missing}" is missing`);
  }

  list(limit: number): readonly unknown[] {
    if (!Array.isArray(this.value)) this.#wrong('a list');
    if (this.value.length > limit) {
      this.fail(`${this.#key} has ${this.value.length} entries, expected at most ${limit}`, 'limit');
    }
    return this.value;
  }

  text(min: number, max: number): string {
    if (typeof this.value !== 'string') this.#wrong('a text');
    const { length } = this.value;
    if (length < min || length > max)
      this.fail(`${this.#key} has ${length} characters, expected ${min} to ${max}`, 'limit');
    return this.value;
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    if (!(choices as readonly unknown[]).includes(this.value))
      this.#wrong(choices.map((c) => `"${c}"`).join(' or '));
    return this.value as T;
  }

  integer(min: number, max: number, expected = `a whole number from ${min} to ${max}`): number {
    if (!isInteger(this.value, min, max)) this.#wrong(expected);
    return this.value;
  }

  integers(limit: number, min: number, max: number): number[] {
    const list = this.list(limit);
    const bad = list.findIndex((value) => !isInteger(value, min, max));
    if (bad !== -1) this.at(bad).integer(min, max);
    return list as number[];
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') this.#wrong('true or false');
    return this.value;
  }

  /** A finite number: 1e999 is JSON, but not finite. */
  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) this.#wrong('a finite number');
    return this.value;
  }

  /** The row-major numbers of a value of that shape. */
  numbers(shape: Shape): number[] {
    if (!Array.isArray(this.value)) this.#wrong(`a list of ${sizeOf(shape)} numbers`);
    const list = this.value as unknown[];
    if (list.length !== sizeOf(shape)) {
      const size = shape.length > 1 ? `${formatShape(shape)} = ${sizeOf(shape)}` : String(sizeOf(shape));
      this.fail(`${list.length} ${list.length === 1 ? 'value' : 'values'} given, expected ${size}`, 'value');
    }
    const bad = list.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
    if (bad !== -1)
      this.at(bad).fail(`value ${bad + 1} is ${shownValue(list[bad])}, expected a finite number`, 'value');
    return list as number[];
  }

  #wrong(expected: string): never {
    return this.fail(`${this.#key} is ${this.shown}, expected ${expected}`);
  }

  /** What the entry is called: its path, within the node if it is part of one. */
  get #key(): string {
    const within = this.#path[0] === 'nodes' ? this.#path.slice(2) : this.#path;
    return within.length > 0 ? pathText(within) : this.#path.length > 0 ? 'the node' : 'the document';
  }

  #child(value: unknown, key: string | number): Entry {
    return new Entry(value, this.#text, this.#context, [...this.#path, key], this.subject);
  }

  #placed(error: GradpathError): GradpathError {
    const prefix = place(this.#text, offsetOf(this.#text, this.#path), this.#context);
    return new GradpathError(error.code, prefix + error.message, error.where);
  }
}

function isInteger(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

/** `graph.json:12:34: `, or `line 12, column 34: ` where the text is from no file. */
function place(text: string, offset: number, { source }: EntryContext): string {
  const { line, column } = lineAndColumn(text, offset);
  return source === undefined ? `line ${line}, column ${column}: ` : `${source}:${line}:${column}: `;
}

/** `H_2: the text ends in nodes[11].inputs, expected …`. */
function faultText({ path, name, found, expected }: Fault, atEnd: boolean): string {
  // lists of nodes name them; elsewhere, as in weights, the outermost key but `values` is the variable
  const [key] = path[0] === 'values' ? path.slice(1) : path.length > 1 ? path : [];
  const variable = name ?? (typeof key === 'string' && key !== 'nodes' ? key : undefined);
  const subject = variable === undefined ? '' : `${variable}: `;
  const inside = path.length === 0 ? '' : ` in ${pathText(path)}`;
  if (atEnd) {
    return `${subject}the text ends${inside}, expected ${expected}; it is cut off: export or copy it again`;
  }
  const number = /^[+-]?(nan|inf)/i.test(found) ? `a finite number (JSON has no ${found})` : expected;
  return `${subject}found ${found}${inside}, expected ${number}`;
}

/** A value as JSON, cut short; the text of a long list is not built for its first characters. */
function shownValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return String(value); // JSON would call Infinity null
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
