/** Text → tokens: LaTeX, Unicode and plain text become the same tokens, each with its place in the text. */

import { readCommand } from './command.ts';
import type { Macros } from './macro.ts';
import { FRACTIONS, IMPLIES, MARKS, SAME, SIGNS, SUBSCRIPTS, SUPERSCRIPTS } from './symbols.ts';
import { endsOperand, startsOperand, type Token } from './token.ts';
import type { Span, Style } from './tree.ts';
import { readWord } from './word.ts';

/** What the caller knows about the text. */
export interface NotationOptions {
  /** Names to be taken as functions: `f(x)` is then a call, not a product. */
  readonly functions?: ReadonlySet<string>;
  /**
   * Names in use, such as `W`, `dh`, `W_h`. A run of letters that is none of them but a row of them is split
   * (`Wx` → W x, `W_hh_{t-1}` → W_h h_{t-1}), and a name that begins with d is no differential.
   */
  readonly names?: ReadonlySet<string>;
  /** Macros that stand for other text, besides those that the text defines. */
  readonly macros?: Macros;
  /** Read `h_t-1` as h_{t-1}. */
  readonly tightIndices?: boolean;
}

/** The tokens of a text; the last is 'end of text'. Never fails: what cannot be read is a token 'unknown'. */
export function lex(text: string, options: NotationOptions = {}): readonly Token[] {
  const lexer = new Lexer(halfWidth(text), options);
  while (lexer.at < text.length) lexer.step();
  lexer.emit('end of text', text.length, text.length);
  return withoutProse(withoutWideSpaces(lexer.tokens));
}

/** The full-width characters of East Asian keyboards in their usual width: `（Ｏ － ｙ）`. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** An arrow above a letter says that it is a vector, as bold type does. */
const BLANK = /[^\S\n\r]+|(?:[~$\u200b-\u200d\u2060-\u2064\ufeff\u00ad]|\u20d7)+/y;
const COMMENT = /[%#][^\n\r]*/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/y;
const TRANSPOSED = /\.(?:T(?![A-Za-z0-9])|t\(\)|transpose\(\))/y;
const METHOD = /\.(?:dot|sum|mean|exp|log|tanh|sigmoid|softmax|relu|sqrt|matmul|outer|copy)(?=\()/y;
/** The full stop at the end of a formula. */
const FULL_STOP = /\.(?=\s|$|\$|\\end|\\[\])])/y;
/** The modes of convolutions, which programs put in quotes. */
const QUOTED = /(['"])(full|same|valid)\1/y;
const TIGHT = /_[A-Za-z][-+]\d+/y;

/** Reads on from `at`; each step emits tokens or skips a blank. */
export class Lexer {
  readonly tokens: Token[] = [];
  at = 0;
  private blank = false;
  /** Whether the text has commands. */
  readonly isLatex: boolean;

  constructor(
    readonly text: string,
    readonly options: NotationOptions,
  ) {
    this.isLatex = text.includes('\\');
  }

  /** The match of a sticky expression at `at`, or at another offset. */
  match(expression: RegExp, at = this.at): RegExpExecArray | null {
    expression.lastIndex = at;
    return expression.exec(this.text);
  }

  get previous(): Token | undefined {
    return this.tokens.at(-1);
  }

  /** Appends a token and goes on behind it. */
  emit(
    kind: string,
    start: number,
    end: number,
    text = kind,
    more: { style?: Style; glued?: true } = {},
  ): undefined {
    this.tokens.push({ kind, text, start, end, space: this.blank, ...more });
    this.blank = false;
    this.at = end;
  }

  skip(end: number): undefined {
    this.blank = true;
    this.at = end;
  }

  step(): undefined {
    const { text, at } = this;
    const character = text[at];
    const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    if (isLetter && readWord(this)) return;
    if (character === ' ') return this.skip(at + 1);
    if (character === '\n' || character === '\r') return this.emit('newline', at, at + 1);
    if (character === '\\') return readCommand(this);
    if (character >= '0' && character <= '9') return this.readNumber();
    if (character === '.' && !this.followsOperand() && this.match(NUMBER) !== null) return this.readNumber();
    const blank = this.match(BLANK) ?? this.match(COMMENT);
    if (blank !== null) {
      const end = at + blank[0].length;
      return blank[0].includes('$$') ? this.emit('newline', at, end) : this.skip(end);
    }
    if (character > '\x7f') {
      if (this.readScript(SUPERSCRIPTS, '^') || this.readScript(SUBSCRIPTS, '_')) return;
      const fraction = FRACTIONS.get(character);
      if (fraction !== undefined) return this.readFraction(fraction);
      if (readWord(this)) return;
    }
    this.readSign();
  }

  private readNumber(): undefined {
    const number = this.match(NUMBER)!;
    this.emit('number', this.at, this.at + number[0].length, number[0]);
  }

  /** Whether the last token ends an operand and nothing stands between: `x.T`, `2.*x`. */
  private followsOperand(): boolean {
    return this.previous !== undefined && !this.blank && endsOperand(this.previous);
  }

  private readSign(): undefined {
    const { text, at } = this;
    const quoted = /^[,=(]$/.test(this.previous?.kind ?? '') ? this.match(QUOTED) : null;
    if (quoted !== null) return this.emit('word', at, at + quoted[0].length, quoted[2]);
    if (text[at] === '.') {
      if (this.match(FULL_STOP) !== null) return this.skip(at + 1);
      const transposed = this.match(TRANSPOSED);
      if (transposed !== null) {
        this.emit('^', at, at + 1);
        return this.emit('word', at + 1, at + transposed[0].length, '⊤');
      }
      const method = this.match(METHOD);
      if (method !== null) return this.emit('method', at, at + method[0].length, method[0].slice(1));
    }
    if (this.options.tightIndices === true && text[at] === '_') {
      const tight = this.match(TIGHT);
      if (tight !== null) return this.readTightIndex(tight[0]);
    }
    const scripted = this.previous?.kind === '^' && !this.blank;
    for (const length of scripted ? [1] : [3, 2, 1]) {
      const sign = SIGNS.get(text.slice(at, at + length));
      if (sign !== undefined && at + length <= text.length) {
        // ** is a power; in ∂+ the plus belongs to the ∂, since nothing can be added to it
        this.emit(sign, at, at + length, text.slice(at, at + length));
        if (sign === '∂') this.readImmediateMark();
        return;
      }
    }
    if (/[⇒⟹]/.test(text[at])) return this.emit('newline', at, at + 1, IMPLIES);
    const length = text.codePointAt(at)! > 0xffff ? 2 : 1;
    this.emit('unknown', at, at + length, text.slice(at, at + length));
  }

  /** The plus of `∂+H`. */
  readImmediateMark(): undefined {
    const plus = this.at;
    if (this.text[plus] !== '+') return;
    this.emit('^', plus, plus);
    this.emit('+', plus, plus + 1);
  }

  /** `½` is \frac12. */
  private readFraction([over, under]: readonly [string, string]): undefined {
    const { at } = this;
    this.emit('\\frac', at, at + 1);
    this.emit('number', at, at + 1, over);
    this.emit('number', at, at + 1, under);
  }

  /** `_t-1` as `_{t-1}`. */
  private readTightIndex(text: string): undefined {
    const { at } = this;
    const end = at + text.length;
    this.emit('_', at, at + 1);
    this.emit('{', at + 1, at + 1);
    this.emit('word', at + 1, at + 2, text[1]);
    this.emit(text[2], at + 2, at + 3);
    this.emit('number', at + 3, end, text.slice(3));
    this.emit('}', end, end);
  }

  /** A run of Unicode superscripts or subscripts becomes `^{…}` or `_{…}`. */
  private readScript(signs: ReadonlyMap<string, string>, kind: '^' | '_'): boolean {
    const { text, at } = this;
    let end = at;
    let plain = '';
    for (let sign = signs.get(text[end]); sign !== undefined; sign = signs.get(text[end])) {
      plain += sign;
      end++;
    }
    if (end === at) return false;
    this.emit(kind, at, at);
    this.emit('{', at, at);
    // one character stands for one, so that offsets only need to be moved
    for (const token of lex(plain)) {
      const moved: Span = { start: token.start + at, end: token.end + at };
      if (token.kind !== 'end of text') this.tokens.push({ ...token, ...moved });
    }
    this.at = end;
    this.emit('}', end, end);
    return true;
  }

  /** The letter at an offset with its combining marks, in its simplest spelling; undefined if there is none. */
  letter(
    at: number,
  ): { readonly base: string; readonly marks: readonly string[]; readonly end: number } | undefined {
    const first = this.match(LETTER, at);
    if (first === null || SUPERSCRIPTS.has(first[0]) || SUBSCRIPTS.has(first[0])) return undefined;
    let end = at + first[0].length;
    const same = SAME.get(first[0]) ?? first[0];
    const isSimple = same <= '\x7f' || same === '𝟏' || same === 'ℓ'; // \ell is no l
    const [head, ...tail] = isSimple ? [same] : Array.from(same.normalize('NFKD'));
    const known = tail.every((mark) => MARKS.has(mark));
    const marks = known ? tail : [];
    for (let mark = this.text[end]; MARKS.has(mark); mark = this.text[end]) {
      marks.push(mark);
      end++;
    }
    const base = known ? head : same;
    return { base, marks, end };
  }
}

const LETTER = /\p{L}|[𝟏𝟙𝟭∞⊤⊺†∅𝛁𝜕𝛛]/uy;

const ENDS_STATEMENT = /^(?:newline|row|;|end of text)$/;

/** Words that take back what the formula says, or some of it. */
const DENIAL =
  /\b(?:not|never|no|nor|neither|false|wrong|incorrect|except|unless|without|only|but|smaller|larger|greater|less|odd|even|below|above|half|twice|times)\b/i;

/** Words at the head and at the end of a statement are no factors: `\text{we get } a = b && \text{(chain rule)}`. */
function withoutProse(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === 'text')) return tokens;
  const isPassedOver = ({ kind }: Token) => kind === 'text' || kind === '&';
  const kept: Token[] = [];
  let depth = 0; // of matrices
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'begin') depth++;
    if (token.kind === 'end') depth--;
    const before = kept.at(-1);
    const isHead = before === undefined || ENDS_STATEMENT.test(before.kind);
    const isCell = depth > 0 && before?.kind === '&';
    const isEnd =
      token.kind === 'text' &&
      !isCell &&
      !DENIAL.test(token.text) &&
      ENDS_STATEMENT.test(nextOf(tokens, i, isPassedOver).kind);
    if (!(token.kind === 'text' && (isHead || isEnd))) kept.push(token);
  }
  return kept;
}

function nextOf(tokens: readonly Token[], from: number, isPassedOver: (token: Token) => boolean): Token {
  let at = from;
  while (isPassedOver(tokens[at])) at++;
  return tokens[at];
}

/** A wide space between two formulas is a comma, any other is a blank. */
function withoutWideSpaces(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === 'quad')) return tokens;
  const kept: Token[] = [];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (/^(?:[([{]|\\\{|begin)$/.test(token.kind)) depth++;
    if (/^(?:[)\]}]|\\\}|end)$/.test(token.kind)) depth--;
    if (token.kind !== 'quad') {
      kept.push(token);
      continue;
    }
    const before = kept.at(-1);
    const after = tokens[i + 1];
    if (depth <= 0 && before !== undefined && endsOperand(before) && startsOperand(after)) {
      kept.push({ ...token, kind: ',' });
    }
  }
  return kept;
}
