/** LaTeX commands → tokens. */

import { nearest } from '../graph/error.ts';
import type { Lexer } from './lex.ts';
import {
  ACCENTS,
  DROPPED_WITH_ARGUMENT,
  FUNCTIONS,
  IMPLICATIONS,
  IMPLIES,
  LETTERS,
  MATRICES,
  NAMES,
  OTHERWISE,
  QUALIFIERS,
  SEPARATORS,
  SIGNS,
  SILENT,
  STYLES,
  SWITCHES,
  WIDE_SPACES,
} from './symbols.ts';
import type { Style } from './tree.ts';
import { emitWord } from './word.ts';

const COMMAND = /\\([A-Za-z]+)\*?/y;
const ENVIRONMENT = /\s*\{\s*([A-Za-z]{1,30})\*?\s*\}/y;
const COLUMNS = /\s*\{[clr| ]{0,60}\}/y;
const ROW_SPACE = /\s*\[\s*-?[0-9.]+\s*[a-z]{2}\s*\]/y;
const ARGUMENT = /\s*\{([^{}\\\n]*(?:\\[_ ,][^{}\\\n]*)*)\}/y;
const DROPPED = /\s*\{[^{}]{0,200}\}/y;
/** One name: of anything else `\vec` is the function that stacks columns. */
const NAMED = /\s*(?:\{\s*\\?[A-Za-z]+\s*(?:_(?:\w|\{[^{}]{0,40}\})\s*)?\}|\\?[A-Za-z])/y;
const LENGTH = /\s*-?[0-9.]+\s*[a-z]{2}/y;
const LETTERS_RUN = /\s*([A-Za-z]+)/y;
const SINGLE = /\s*([A-Za-z0-9])/y;
const DELIMITER_DOT = /\s*\./y;
const ANGLE = /\s*([<>])/y;

/** Reads the command at the lexer's place. */
export function readCommand(lexer: Lexer): undefined {
  const { text, at } = lexer;
  const command = lexer.match(COMMAND);
  if (command === null) return readPunctuation(lexer);
  const name = command[1];
  const starred = command[0].endsWith('*') && name !== 'operatorname';
  const end = at + command[0].length - (starred ? 1 : 0);
  const sign = SIGNS.get(`\\${name}`);
  if (sign !== undefined) {
    lexer.emit(sign, at, end, `\\${name}`);
    if (sign === '\\frac') readSingleArguments(lexer);
    if (sign === '∂') lexer.readImmediateMark();
    return;
  }
  const accent = ACCENTS.get(name);
  if (accent !== undefined) return lexer.emit('accent', at, end, accent);
  const letter = NAMES.get(name);
  if (letter !== undefined) return lexer.emit('word', at, end, letter);
  const style = STYLES.get(name);
  if (style !== undefined) return readStyled(lexer, style, end, /^(?:text|mbox)/.test(name));
  const switched = SWITCHES.get(name);
  if (switched !== undefined) return readSwitched(lexer, switched, end);
  if (name === 'vec' && lexer.match(NAMED, end) !== null) return lexer.skip(end);
  if (FUNCTIONS.has(name)) return lexer.emit('word', at, end, name);
  if (name === 'forall') return lexer.emit('qualifier', at, end, name);
  if (name === 'begin' || name === 'end') return readEnvironment(lexer, name, end);
  if (WIDE_SPACES.has(name)) return lexer.emit('quad', at, end);
  if (IMPLICATIONS.has(name)) return lexer.emit('newline', at, end, IMPLIES);
  if (SEPARATORS.has(name)) return lexer.emit('newline', at, end);
  if (name === 'kern') return lexer.skip(end + (lexer.match(LENGTH, end)?.[0].length ?? 0));
  if (DROPPED_WITH_ARGUMENT.has(name)) return lexer.skip(end + (lexer.match(DROPPED, end)?.[0].length ?? 0));
  if (!SILENT.has(name)) return lexer.emit('unknown', at, end, text.slice(at, end));
  lexer.skip(end);
  if (/^(?:left|right|middle|[bB]ig)/.test(name)) readDelimiter(lexer);
}

/** What to say about a command that is not known. */
export function unknownCommand(command: string): string {
  const signs = [...SIGNS.keys()].filter((sign) => /^\\[a-zA-Z]/.test(sign)).map((sign) => sign.slice(1));
  const known = [...signs, ...NAMES.keys(), ...ACCENTS.keys(), ...STYLES.keys(), ...FUNCTIONS];
  const alike = known.filter((name) => name[0] === command[1]);
  const similar = nearest(command.slice(1), alike);
  return `the command ${command} is not known here${similar === undefined ? '' : `; \\${similar} is`}`;
}

/** The delimiter after \left, \right and \big: none for a dot, an angle for < and >. */
function readDelimiter(lexer: Lexer): undefined {
  const { at } = lexer;
  const none = lexer.match(DELIMITER_DOT);
  if (none !== null) return lexer.skip(at + none[0].length);
  const angle = lexer.match(ANGLE);
  if (angle !== null) lexer.emit(angle[1] === '<' ? '⟨' : '⟩', at, at + angle[0].length);
}

/** A backslash and what is no letter. */
function readPunctuation(lexer: Lexer): undefined {
  const { text, at } = lexer;
  const pair = text.slice(at, at + 2);
  if (pair === '\\\\')
    return lexer.emit('row', at, at + 2 + (lexer.match(ROW_SPACE, at + 2)?.[0].length ?? 0));
  const sign = SIGNS.get(pair);
  if (sign !== undefined) return lexer.emit(sign, at, at + 2);
  if (pair === '\\[' || pair === '\\]') return lexer.emit('newline', at, at + 2);
  if (/^\\[,;:! >/()]$/.test(pair)) return lexer.skip(at + 2);
  lexer.emit('unknown', at, at + 1, '\\');
}

/** `\frac12`: an argument without braces is one digit or letter. */
function readSingleArguments(lexer: Lexer): undefined {
  for (let i = 0; i < 2; i++) {
    const single = lexer.match(SINGLE);
    if (single === null) return;
    const end = lexer.at + single[0].length;
    lexer.emit(/\d/.test(single[1]) ? 'number' : 'word', end - 1, end, single[1]);
  }
}

/** `\mathrm{softmax}`, `\mathbf W`, `\text{for }`: a word, or words between formulas. */
function readStyled(lexer: Lexer, style: Style, end: number, isText: boolean): undefined {
  const { at } = lexer;
  const argument = lexer.match(ARGUMENT, end);
  if (argument === null) {
    const single = lexer.match(SINGLE, end);
    if (single === null) return lexer.skip(end);
    return emitStyled(lexer, single[1], end + single[0].length, style);
  }
  const close = end + argument[0].length;
  const content = argument[1]
    .replace(/\\_/g, '_')
    .replace(/\\[ ,]/g, ' ')
    .trim();
  if (content === '') return lexer.skip(close);
  if (style === 'bold' && content === '1') return lexer.emit('word', at, close, '𝟏', { style });
  if (readOtherwise(lexer, content, close)) return;
  if (isText && QUALIFIERS.has(content)) return lexer.emit('qualifier', at, close, content);
  const kind = isBehindName(lexer) ? KIND.exec(content)?.[1] : undefined;
  if (kind !== undefined) return lexer.emit('word', at, close, kind, { style });
  // |_{H_{k-1} \text{ const}}
  const isHeld = HELD.test(content) && lexer.previous?.kind === '}' && lexer.text[close] === '}';
  if (isHeld) return lexer.emit('word', at, close, 'const', { style });
  if (isText && isWordOfProse(lexer, argument[1], close)) return lexer.emit('text', at, close, content);
  if (/^[A-Za-z]+$/.test(content) || FUNCTIONS.has(content)) return emitStyled(lexer, content, close, style);
  if (style === 'roman' && /^[A-Za-z][A-Za-z0-9_]*$/.test(content)) {
    return lexer.emit('word', at, close, content, { style });
  }
  // letters and signs, as in \mathbf{W^\top x}: the style is dropped and the group read on
  const isProse = style === 'roman' && /^[\p{L}\s.,:;()'-]+$/u.test(content) && /\p{L}{2}/u.test(content);
  if (!isProse) return lexer.skip(end);
  const [first] = content.split(/\s+/);
  if (QUALIFIERS.has(first) && content.length > first.length) {
    const inside = lexer.text.indexOf(first, end);
    lexer.emit('qualifier', inside, inside + first.length, first);
    lexer.skip(inside + first.length); // the condition is read on; its closing brace stands alone
    return closeText(lexer, close);
  }
  lexer.emit('text', at, close, content);
}

/** What `, W \text{ is symmetric}` says of a matrix. */
const KIND =
  /^(?:(?:is|being) )?(?:an? )?(symmetric|skew|antisymmetric|diagonal)(?:-symmetric)?(?: matrix)?[.]?$/;

/** What `H_{k-1} \text{ const}` says of a state. */
const HELD = /^(?:is |held )?(?:const|constant|fixed)[.]?$/;

/** Whether a name stands before, and what leads to a condition before it. */
function isBehindName({ tokens }: Lexer): boolean {
  const [lead, name] = tokens.slice(-2);
  return name?.kind === 'word' && /^(?:,|quad|\(|qualifier)$/.test(lead.kind);
}

/** `\text{otherwise.}`, `\text{, else if }`. */
function readOtherwise(lexer: Lexer, content: string, close: number): boolean {
  const [word, condition] = content.replace(/^(?:[,;]|and )\s*|[\s,;:.]+$/g, '').split(/\s+/);
  if (!OTHERWISE.has(word) || !(condition === undefined || condition === 'if')) return false;
  const { at } = lexer;
  if (condition === undefined) lexer.emit('otherwise', at, close, word);
  else lexer.emit('qualifier', at, close, condition);
  return true;
}

/** `\text{Thus }`: a blank in the braces sets a word apart, unless it is a function or has scripts. */
function isWordOfProse(lexer: Lexer, content: string, close: number): boolean {
  const word = content.trim();
  const isApart = /^[A-Za-z]{2,}$/.test(word) && word !== content;
  const isName = FUNCTIONS.has(word) || lexer.options.names?.has(word) || lexer.options.functions?.has(word);
  return isApart && !isName && !/^\s*[(_^]/.test(lexer.text.slice(close, close + 9));
}

/** `{\rm diag}`: what stands behind it in the braces is in that style. */
function readSwitched(lexer: Lexer, style: Style, end: number): undefined {
  const word = lexer.match(LETTERS_RUN, end);
  return word === null ? lexer.skip(end) : emitStyled(lexer, word[1], end + word[0].length, style);
}

/** Reads the rest of a `\text{for all t}` as mathematics. */
function closeText(lexer: Lexer, close: number): undefined {
  while (lexer.at < close - 1) lexer.step();
  lexer.skip(Math.max(lexer.at, close));
}

function emitStyled(lexer: Lexer, word: string, end: number, style: Style): undefined {
  const { at } = lexer;
  if (word === '1') return lexer.emit('word', at, end, '𝟏', { style });
  if (style !== 'bold' || word.length === 1 || lexer.options.names === undefined) {
    return lexer.emit(/^\d$/.test(word) ? 'number' : 'word', at, end, LETTERS.get(word) ?? word, { style });
  }
  const start = lexer.text.indexOf(word, at);
  emitWord(lexer, word, start, style);
  lexer.at = Math.max(lexer.at, end);
}

function readEnvironment(lexer: Lexer, name: 'begin' | 'end', end: number): undefined {
  const { at } = lexer;
  const environment = lexer.match(ENVIRONMENT, end);
  if (environment === null) return lexer.emit('unknown', at, end, `\\${name}`);
  let close = end + environment[0].length;
  if (!MATRICES.has(environment[1])) return lexer.emit('newline', at, close);
  if (name === 'begin' && environment[1] === 'array') close += lexer.match(COLUMNS, close)?.[0].length ?? 0;
  const isCases =
    environment[1] === 'dcases' || (name === 'begin' && opensCases(lexer, environment[1], close));
  lexer.emit(name, at, close, isCases ? 'cases' : environment[1]);
}

/** Most characters of an array in which its end is looked for. */
const LONGEST_ARRAY = 4000;

/** `\left\{\begin{array}…\end{array}\right.`: the brace that nothing closes is taken back. */
function opensCases(lexer: Lexer, environment: string, from: number): boolean {
  if (lexer.previous?.kind !== '\\{' || environment === 'cases') return false;
  const inside = lexer.text.slice(from, from + LONGEST_ARRAY);
  const end = `\\end{${environment}}`;
  const at = inside.indexOf(end);
  if (at < 0 || /^\s*(?:\\right\s*)?\\(?:\}|rbrace)/.test(inside.slice(at + end.length))) return false;
  lexer.tokens.pop();
  return true;
}
