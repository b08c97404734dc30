/** Finds faults and places in JSON text: JSON.parse says neither the line nor the entry where a text goes wrong. */

export type JsonPath = readonly (string | number)[];

/** Why a text is not JSON that we read. */
export interface Fault {
  readonly offset: number;
  /** The entry in which the fault lies: `['nodes', 11, 'inputs']`. */
  readonly path: JsonPath;
  /** The `"name"` given so far in the innermost entry that has one; that of the whole text does not count. */
  readonly name?: string;
  /** What stands there, at most 20 characters; empty if the text ends there. */
  readonly found: string;
  /** `',' or '}'`, `a value`, … */
  readonly expected: string;
}

/** No document of ours is deeper than 6. */
const MAX_DEPTH = 64;

/**
 * Reads through JSON text without building anything; iterative, so that no nesting overflows the stack.
 * Returns the first fault: of syntax, of depth, or a key that occurs twice in one object.
 * `visit` is called at the start of each value, with a path that is only valid during the call.
 */
export function scanJson(text: string, visit?: (path: JsonPath, offset: number) => void): Fault | undefined {
  const scanner = new Scanner(text, visit);
  try {
    scanner.run();
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
}

/** Where the entry `path` begins, or the innermost entry around it that the text has. */
export function offsetOf(text: string, path: JsonPath): number {
  let best = 0;
  let bestLength = -1;
  scanJson(text, (at, offset) => {
    if (at.length > bestLength && at.length <= path.length && at.every((key, i) => key === path[i])) {
      best = offset;
      bestLength = at.length;
    }
  });
  return best;
}

/** One-based line and column of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** `nodes[11].attrs`; of a long path the beginning. */
export function pathText(path: JsonPath): string {
  const text = path
    .slice(0, 12)
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`))
    .join('');
  return path.length > 12 || text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

class Stop extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super('fault');
    this.fault = fault;
  }
}

interface Frame {
  /** Of an object: the keys so far. An array has none. */
  readonly keys?: Set<string>;
  name?: string;
}

class Scanner {
  readonly #text: string;
  readonly #visit: ((path: JsonPath, offset: number) => void) | undefined;
  readonly #frames: Frame[] = [];
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string, visit: ((path: JsonPath, offset: number) => void) | undefined) {
    this.#text = text;
    this.#visit = visit;
  }

  run(): void {
    do {
      this.#space();
      this.#visit?.(this.#path, this.#at);
    } while (this.#opens() || this.#goesOn());
  }

  /** Reads a scalar or an empty container, else enters a container and returns true. */
  #opens(): boolean {
    const c = this.#text[this.#at];
    if (c !== '{' && c !== '[') {
      this.#scalar(c);
      return false;
    }
    if (this.#frames.length === MAX_DEPTH) this.#stop(`at most ${MAX_DEPTH} levels of brackets`);
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === (c === '{' ? '}' : ']')) {
      this.#at++;
      return false;
    }
    this.#frames.push(c === '{' ? { keys: new Set() } : {});
    if (c === '[') this.#path.push(0);
    else this.#key();
    return true;
  }

  /** After a value: leaves the containers that end here; false at the end of the text. */
  #goesOn(): boolean {
    for (;;) {
      this.#space();
      const frame = this.#frames.at(-1);
      if (frame === undefined) {
        if (this.#at < this.#text.length) this.#stop('the end of the text');
        return false;
      }
      const close = frame.keys === undefined ? ']' : '}';
      const c = this.#text[this.#at];
      if (c !== ',' && c !== close) this.#stop(`',' or '${close}'`);
      this.#at++;
      if (c === close) {
        this.#frames.pop();
        this.#path.pop();
      } else if (frame.keys === undefined) {
        (this.#path[this.#path.length - 1] as number)++;
        return true;
      } else {
        this.#path.pop();
        this.#key();
        return true;
      }
    }
  }

  #key(): void {
    this.#space();
    const start = this.#at;
    if (this.#text[start] !== '"') this.#stop('a key in double quotes');
    this.#string();
    const key = JSON.parse(this.#text.slice(start, this.#at)) as string;
    const { keys } = this.#frames[this.#frames.length - 1];
    this.#path.push(key);
    if (keys!.has(key)) {
      this.#at = start;
      this.#stop('each key once');
    }
    keys!.add(key);
    this.#space();
    if (this.#text[this.#at] !== ':') this.#stop("':'");
    this.#at++;
  }

  #scalar(c: string | undefined): void {
    const start = this.#at;
    if (c === '"') {
      this.#string();
      const frame = this.#frames.at(-1);
      if (frame?.keys !== undefined && this.#path.at(-1) === 'name') {
        frame.name = JSON.parse(this.#text.slice(start, this.#at));
      }
      return;
    }
    SCALAR.lastIndex = start;
    const match = SCALAR.exec(this.#text);
    if (match === null) this.#stop('a value');
    this.#at += match[0].length;
  }

  #string(): void {
    const { length } = this.#text;
    for (let i = this.#at + 1; i < length; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === 0x22) {
        this.#at = i + 1;
        return;
      }
      if (code === 0x5c) {
        ESCAPE.lastIndex = i;
        if (!ESCAPE.test(this.#text)) {
          this.#at = i;
          this.#stop('an escape such as \\n or \\u0041');
        }
        i = ESCAPE.lastIndex - 1;
      } else if (code < 0x20) {
        this.#at = i;
        this.#stop('the closing double quote on the same line');
      }
    }
    this.#at = length;
    this.#stop('a closing double quote');
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #stop(expected: string): never {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text)?.[0] ?? this.#text.slice(this.#at, this.#at + 1);
    const name = this.#frames.slice(1).findLast((frame) => frame.name !== undefined)?.name;
    const place = { offset: this.#at, path: [...this.#path], found, expected };
    throw new Stop(name === undefined ? place : { ...place, name });
  }
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|true\b|false\b|null\b/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/** What to show of a text that should have been something else. */
const TOKEN = /"[^"\n]{0,19}"?|[\w.+-]{1,20}/y;
