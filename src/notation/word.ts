/** Letters → names: accents, indices without `_`, and words that mean a sign. */

import type { Lexer } from './lex.ts';
import { CALLED, FUNCTIONS, LETTERS, MARKS, OTHERWISE, QUALIFIERS, WORD_SIGNS } from './symbols.ts';
import { endsOperand } from './token.ts';
import type { Style } from './tree.ts';

const LETTERS_RUN = /[A-Za-z]+/y;
const IDENTIFIER = /[A-Za-z]+(?:_?[A-Za-z0-9]+)*/y;
const DIGITS = /\d+/y;
const MODULE =
  /(?:np|numpy|jnp|torch|tf|math|nn|F|scipy|signal)\.(?:[a-z]{1,20}\.){0,3}(?=[A-Za-z_0-9]{1,40}\()/y;
/** `d+H3/dW`: the d+ of an immediate derivative, not a sum. */
const IMMEDIATE = /d\+(?:[A-Za-z_0-9.'^(),\u0080-\uffff-]|\{[^{}]{0,40}\}){1,40}\s?\/\s?d/y;
const IMMEDIATE_BELOW = /d\+[A-Za-z]/y;
/** `t = T down to 1`. */
const DOWN_TO = /down\s?to\b/y;
/** Longest identifier that is looked up as a whole. */
const LONGEST = 40;

/** Reads a run of letters at the lexer's place; false if there is none. */
export function readWord(lexer: Lexer): boolean {
  const { text, at } = lexer;
  const run = lexer.match(LETTERS_RUN);
  if (run === null) return readLetter(lexer);
  const module = text[at + run[0].length] === '.' ? lexer.match(MODULE) : null;
  if (module !== null) {
    lexer.skip(at + module[0].length);
    return true;
  }
  const previous = lexer.previous;
  const inIndex = previous?.kind === '_' || previous?.kind === '^';
  if (isImmediateMark(lexer)) {
    lexer.emit('∂', at, at + 1);
    lexer.readImmediateMark();
    return true;
  }
  let word = run[0];
  if (MARKS.has(text[at + word.length])) word = word.slice(0, -1); // the last letter has an accent
  if (word === '') return readLetter(lexer);
  if (!inIndex) {
    if (readWordSign(lexer, word)) return true;
    word = wholeWord(lexer) ?? word;
  }
  emitWord(lexer, word, at);
  return true;
}

/** The functions and names that are more than letters: `rot180`, `cross_entropy`, `h1x`. */
function wholeWord(lexer: Lexer): string | undefined {
  const found = lexer.match(IDENTIFIER);
  if (found === null || found[0].length > LONGEST) return undefined;
  const [word] = found;
  const { functions, names } = lexer.options;
  if (FUNCTIONS.has(word) || functions?.has(word)) return word;
  return names?.has(word) && !word.includes('_') ? word : undefined;
}

function isImmediateMark(lexer: Lexer): boolean {
  if (lexer.text[lexer.at] !== 'd' || lexer.text[lexer.at + 1] !== '+') return false;
  if (lexer.previous?.kind === '/' && lexer.match(IMMEDIATE_BELOW) !== null) return true;
  return lexer.match(IMMEDIATE) !== null;
}

/** Words such as `partial`, `sum_`, `for` and, between two operands, `times`. */
function readWordSign(lexer: Lexer, word: string): boolean {
  const { text, at } = lexer;
  const end = at + word.length;
  if ((word === 'sum' || word === 'prod') && /^\s?[_^]/.test(text.slice(end, end + 2))) {
    lexer.emit(word === 'sum' ? 'Σ' : 'Π', at, end);
    return true;
  }
  if (QUALIFIERS.has(word)) {
    lexer.emit('qualifier', at, end, word);
    return true;
  }
  if (OTHERWISE.has(word) && !lexer.options.names?.has(word)) {
    lexer.emit('otherwise', at, end, word);
    return true;
  }
  const down = lexer.match(DOWN_TO);
  if (down !== null && lexer.previous !== undefined && endsOperand(lexer.previous)) {
    lexer.emit('..', at, at + down[0].length);
    return true;
  }
  const sign = WORD_SIGNS.get(word);
  if (sign === undefined || lexer.options.names?.has(word)) return false;
  const between =
    lexer.previous !== undefined && endsOperand(lexer.previous) && /[\s_]/.test(text[end] ?? '');
  if (sign !== '∂' && sign !== '∇' && !between) return false;
  lexer.emit(sign, at, end);
  if (sign === '∂') lexer.readImmediateMark();
  return true;
}

/**
 * Emits a run of letters as one name, or as several where it is known to be several; digits behind it are an index.
 * After `^` TeX takes one letter: `W^Tx` is Wᵀ x.
 */
export function emitWord(lexer: Lexer, word: string, start: number, style?: Style): undefined {
  let at = start;
  for (const piece of pieces(lexer, word)) {
    lexer.emit(
      'word',
      at,
      at + piece.length,
      LETTERS.get(piece) ?? piece,
      style === undefined ? {} : { style },
    );
    at += piece.length;
  }
  emitDigits(lexer);
}

function emitDigits(lexer: Lexer): undefined {
  const digits = lexer.match(DIGITS);
  const [mark, letter] = lexer.tokens.slice(-2);
  // Aᵀ 1
  const isTransposed = mark?.kind === '^' && letter.text === 'T' && letter.start > mark.start;
  if (digits === null || isTransposed) return;
  const { at } = lexer;
  lexer.emit('_', at, at, '_', { glued: true });
  lexer.emit('number', at, at + digits[0].length, digits[0]);
}

function pieces(lexer: Lexer, word: string): readonly string[] {
  const { names } = lexer.options;
  const kind = lexer.previous?.kind;
  if (kind === '^' && word.length > 1 && !LETTERS.has(word)) return [word[0], ...split(word.slice(1), names)];
  if (kind === '_') return splitIndex(lexer, word);
  return split(word, names);
}

/**
 * `W_hh_{t-1}` is W_h h_{t-1} if W_h and h are names and W_hh is not; in LaTeX, which takes one letter, so are `δ_tH` and
 * `\\sum_tdH_t` of names that nothing is known of.
 */
function splitIndex(lexer: Lexer, word: string): readonly string[] {
  const { names } = lexer.options;
  const of = lexer.tokens.at(-2);
  if (names === undefined || word.length === 1 || of === undefined) return [word];
  const known = (name: string) => names.has(`${of.text}_${name}`);
  const isKnown = of.kind === 'word' && (known(word[0]) || names.has(of.text));
  // W_{ih} of no model is a name by custom
  const isSplit = isKnown || (lexer.isLatex && !/^[A-Z]$/.test(of.text));
  if (!isSplit || (of.kind === 'word' && known(word))) return [word];
  const rest = split(word.slice(1), names);
  const isName = (piece: string) => names.has(piece) || (piece[0] === 'd' && names.has(piece.slice(1)));
  return rest.every(isName) ? [word[0], ...rest] : [word];
}

/** The fewest names that make up the word; the word itself if it is known or there are none. */
function split(word: string, names: ReadonlySet<string> | undefined): readonly string[] {
  const whole = [word];
  if (names === undefined || word.length > LONGEST || FUNCTIONS.has(word) || CALLED.has(word)) return whole;
  if (names.has(word) || LETTERS.has(word) || (word[0] === 'd' && names.has(word.slice(1)))) return whole;
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    for (let start = 0; start < end; start++) {
      const head = best[start];
      const piece = word.slice(start, end);
      if (head === undefined || !names.has(piece)) continue;
      const row = best[end];
      if (row === undefined || head.length + 1 < row.length) best[end] = [...head, piece];
    }
  }
  return best[word.length] ?? whole;
}

/** One letter that is not ASCII or has accents: `ŷ`, `h̃`, `δ`, `∂` in italics. */
function readLetter(lexer: Lexer): boolean {
  const { at } = lexer;
  const letter = lexer.letter(at);
  if (letter === undefined) return false;
  const { base, marks, end } = letter;
  if (base === '∂' || base === '∇' || (marks.length === 0 && (base === 'Σ' || base === 'Π'))) {
    lexer.emit(base, at, end);
    if (base === '∂') lexer.readImmediateMark();
    return true;
  }
  for (const mark of [...marks].reverse()) lexer.emit('accent', at, at, MARKS.get(mark));
  lexer.emit('word', at, end, base);
  emitDigits(lexer);
  return true;
}
