/** The place in the tokens: looking ahead, expecting, failing, and the bounds that keep every text harmless. */

import { unknownCommand } from './command.ts';
import type { NotationOptions } from './lex.ts';
import { NotationError } from './problem.ts';
import { PRODUCT_OPERATORS, RELATIONS } from './symbols.ts';
import { startsOperand, type Token } from './token.ts';
import type { Span } from './tree.ts';

/** Deepest nesting of brackets, scripts, sums and functions. */
const MAX_NESTING = 300;

/** Where newlines are blanks and which signs close what is open. */
interface Surroundings {
  /** Newlines are blanks. */
  readonly inBracket: boolean;
  /** `&` and `\\` separate cells. */
  readonly inMatrix: boolean;
  /** A `|` or `‖` closes. */
  readonly bar?: '|' | '‖';
  /** In `[…]` a blank between numbers separates them. */
  readonly inSquare?: true;
}

/** What closes a bracket. */
export const CLOSING: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '\\{': '\\}',
  begin: 'end',
};

const TOP: Surroundings = { inBracket: false, inMatrix: false };

export class Cursor {
  at = 0;
  doubtful: Span[] = [];
  readonly latex: boolean;
  /** The outermost bracket that is open, with what closes it. */
  open: { readonly at: number; readonly kind: string } | undefined;
  private depth = 0;
  private around: Surroundings = TOP;

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
    readonly options: NotationOptions,
  ) {
    this.latex = text.includes('\\');
  }

  /** Begins a statement at the present place. */
  reset(): void {
    this.depth = 0;
    this.around = TOP;
    this.open = undefined;
    this.doubtful = [];
  }

  get surroundings(): Surroundings {
    return this.around;
  }

  /** The next token; newlines in brackets and `&` outside matrices are passed over. */
  get token(): Token {
    const { inBracket, inMatrix } = this.around;
    for (; ; this.at++) {
      const token = this.tokens[this.at];
      if (!(inBracket && token.kind === 'newline') && !(!inMatrix && token.kind === '&')) return token;
    }
  }

  /** The token after the next one. */
  get following(): Token {
    return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)];
  }

  get previous(): Token {
    return this.tokens[this.at - 1];
  }

  next(): Token {
    const { token } = this;
    if (token.kind === 'end of text') return token;
    const closes = CLOSING[token.kind];
    if (closes !== undefined && !this.around.inBracket) this.open ??= { at: this.at, kind: closes };
    this.at++;
    return token;
  }

  is(kind: string): boolean {
    return this.token.kind === kind;
  }

  accept(kind: string): boolean {
    const found = this.is(kind);
    if (found) this.at++;
    return found;
  }

  /** Consumes the sign that closes what `open`, a token already consumed, has opened. */
  close(kind: string, open: Token, openAt: number): void {
    if (this.is('unknown')) this.unexpected('');
    if (!this.is(kind)) this.fail(unclosed(open, kind), open);
    this.at++;
    if (this.open?.at === openAt) this.open = undefined;
  }

  /** What to say of a token at a place where it cannot stand. */
  unexpected(expected: string): never {
    const { token } = this;
    if (token.problem !== undefined) this.fail(token.problem);
    if (token.kind === 'unknown') {
      const code = token.text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      const isCommand = /^\\[A-Za-z]/.test(token.text);
      const shown = /^[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{M}]$/u.test(token.text) ? '' : ` ${token.text}`;
      this.fail(
        isCommand ? unknownCommand(token.text) : `the character${shown} (U+${code}) is not read here`,
      );
    }
    const names: Record<string, string> = {
      'end of text': 'the end',
      newline: 'the end of the line',
      row: '\\\\',
      qualifier: `“${token.text}”`,
      word: token.text,
      number: token.text,
      text: `“${token.text}”`,
      method: `.${token.text}`,
    };
    this.fail(`expected ${expected}, not ${names[token.kind] ?? token.kind}`);
  }

  fail(message: string, span: Span = this.token): never {
    throw new NotationError(message, this.text, { start: span.start, end: span.end });
  }

  /** Reads something nested, in the given surroundings; bounded, so that no text overflows the stack. */
  nested<T>(read: () => T, around: Surroundings = this.around): T {
    const outer = this.around;
    if (++this.depth > MAX_NESTING) {
      this.fail(`nested more than ${MAX_NESTING} deep; write this as several formulas`);
    }
    this.around = around;
    const result = read();
    this.around = outer;
    this.depth--;
    return result;
  }

  /** Whether an operand begins here. A bar that can close does. */
  get startsOperand(): boolean {
    const { token } = this;
    if (token.kind === '|' || token.kind === '‖') return this.around.bar !== token.kind;
    if (token.kind === '<') return false;
    return startsOperand(token);
  }

  /** A line that begins with an operator or relation goes on with the line before. */
  joinLines(): void {
    const { kind } = this.token;
    if (this.around.inMatrix || (kind !== 'newline' && kind !== 'row')) return;
    let at = this.at;
    while (/^(?:newline|row|&)$/.test(this.tokens[at].kind)) at++;
    if (continues(this.tokens[at])) this.at = at;
  }

  /** Behind an operator or relation the formula goes on in the next line. */
  skipLines(): void {
    if (!this.around.inMatrix) while (this.is('newline') || this.is('row')) this.at++;
  }
}

/** What to say of a bracket that is never closed. */
export function unclosed(open: Token, kind: string): string {
  const opening = open.kind === 'begin' ? `\\begin{${open.text}}` : plain(open.kind);
  const closing = kind === 'end' ? `\\end{${open.text}}` : plain(kind);
  const name = kind === '}' || kind === '\\}' ? 'brace ' : kind === ')' ? 'bracket ' : '';
  return `expected a closing ${name}${closing} for the ${opening} here`;
}

const plain = (kind: string) => kind.replace('\\{', '{').replace('\\}', '}');

/** Whether a statement cannot begin with this token, so that it goes on with it. */
export function continues({ kind }: Token): boolean {
  return /^[-+/]$/.test(kind) || kind === './' || PRODUCT_OPERATORS.has(kind) || RELATIONS.has(kind);
}

/** The place from the start of one thing to the end of another. */
export function spanning(from: Span, to: Span): Span {
  return { start: from.start, end: Math.max(from.start, to.end) };
}
