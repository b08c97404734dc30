/** Where a document holds mathematics: delimiters, environments and fences of Markdown and LaTeX. */

import type { Span } from '../notation/tree.ts';

export interface Region extends Span {
  /** Between delimiters; `text` is all that stands outside them; `model` a fence that declares one. */
  readonly kind: 'math' | 'text' | 'model';
  /** What encloses it begins and ends here. */
  readonly outer: Span;
  /** Rows that only break one long formula. */
  readonly isMultline: boolean;
}

const ENVIRONMENTS =
  'equation|IEEEeqnarray|align|aligned|alignat|flalign|gather|gathered|eqnarray|multline|split|displaymath|math|dmath';
/** `![alt](picture.png "title")`, `](page.html?a=b)`, `https://…`, `[1]: https://…`. */
const LINK =
  String.raw`!\[[^\]\n]{0,300}\]\([^()\n]{0,500}\)` +
  String.raw`|\]\((?=[^()\s]{0,300}[/.#])[^()\s]{1,300}(?:\s+"[^"\n]{0,300}")?\)|https?://[^\s<>"]+`;
const OPENING = new RegExp(
  String.raw`\\\\|\\[$%]|\$\$?|\\\[|\\\(|\\begin\s*\{(${ENVIRONMENTS}|verbatim|lstlisting|minted|comment)(\*?)\}` +
    '|^[ \\t>]*(`{3,}|~{3,})[ \\t]*([\\w+-]*)[^\\n]*(?:\\n|$)|`+|<!--|%' +
    `|(${LINK})|<(style|script)\\b`,
  'gm',
);
const CODE = /^(?:verbatim|lstlisting|minted|comment)$/;
/** Fences that hold formulas, and those that hold text as the document does. */
const MATH_FENCE = /^(?:math|latex|tex|katex|asciimath)$/i;
const TEXT_FENCE = /^(?:|text|txt|plain|plaintext|md|markdown)$/i;
const MODEL_FENCE = /^gradpath$/i;

/** The regions of a document in their order. Code and comments belong to none. */
export function regionsOf(text: string): readonly Region[] {
  const isLatex = /\\documentclass|\\begin\s*\{document\}/.test(text);
  const blanks = Array.from(text.matchAll(/\n(?=[ \t\r>]*\n)/g), ({ index }) => index);
  const head = FRONT_MATTER.exec(text)?.[0].length ?? 0;
  return new Scanner(text, isLatex, blanks).scan(head, text.length);
}

/** What Markdown is told about itself at its head. */
const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n(?:[^\n]*\n){1,60}?---[ \t]*(?:\r?\n|$)/;

/** Longest formula: a sign that is never closed does not have the whole document searched. */
const MAX_LENGTH = 50_000;

class Scanner {
  #found: Region[] = [];
  /** Up to where a sign is known not to stand. */
  readonly #cleared = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly isLatex: boolean,
    /** Where paragraphs end. */
    private readonly blanks: readonly number[],
  ) {}

  scan(start: number, end: number): readonly Region[] {
    this.#found = [];
    let from = start;
    for (let at = start; at < end; ) {
      OPENING.lastIndex = at;
      const opening = OPENING.exec(this.text);
      if (opening === null || opening.index >= end) break;
      const behind = this.#open(opening, from, end);
      at = behind ?? opening.index + opening[0].length;
      if (behind !== undefined) from = behind;
    }
    this.#add('text', from, end);
    return this.#found;
  }

  /** Takes what an opening sign opens, and returns where it ends; undefined if it opens nothing. */
  #open(opening: RegExpExecArray, from: number, limit: number): number | undefined {
    const [sign, environment, , fence, language, link, code] = opening;
    const start = opening.index;
    const inside = start + sign.length;
    if (link !== undefined) return this.#skip(from, start, inside, 0);
    if (code !== undefined) return this.#skip(from, start, this.#end(`</${code}>`, inside), code.length + 3);
    if (fence !== undefined) return this.#fence(start, inside, fence, language, from, limit);
    if (environment !== undefined) return this.#environment(opening, from, limit);
    if (sign === '\\[' || sign === '\\(') {
      const close = this.#find(sign === '\\[' ? '\\]' : '\\)', inside, limit);
      return this.#math(from, start, inside, close, 2);
    }
    if (sign === '$$') {
      const close = this.#find('$$', inside, limit);
      return this.#math(from, start, inside, close, 2);
    }
    if (sign === '$') return this.#math(from, start, inside, this.#dollar(inside, limit), 1);
    if (sign === '<!--') return this.#skip(from, start, this.#end('-->', inside), 3);
    if (sign === '%' && this.isLatex) return this.#skip(from, start, this.#end('\n', inside), 0);
    if (!sign.startsWith('`')) return undefined;
    // a span of code may hold a formula as text
    const close = this.#find(sign, inside, Math.min(limit, this.#paragraphEnd(inside)));
    if (close === undefined) return undefined;
    this.#add('text', from, start);
    this.#add('text', inside, close);
    return close + sign.length;
  }

  #fence(
    start: number,
    inside: number,
    fence: string,
    language: string,
    from: number,
    limit: number,
  ): number | undefined {
    const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*$`, 'gm');
    closing.lastIndex = inside;
    const found = closing.exec(this.text);
    const close = found === null || found.index > limit ? limit : found.index;
    const end = found === null || found.index > limit ? limit : found.index + found[0].length;
    this.#add('text', from, start);
    if (MODEL_FENCE.test(language)) this.#add('model', inside, close, { start, end });
    else if (MATH_FENCE.test(language) || TEXT_FENCE.test(language)) {
      const inner = new Scanner(this.text, this.isLatex, this.blanks).scan(inside, close);
      const isBare = MATH_FENCE.test(language) && !inner.some(({ kind }) => kind === 'math');
      if (isBare) this.#add('math', inside, close, { start, end });
      else for (const region of inner) this.#found.push(region);
    }
    return end;
  }

  #environment(opening: RegExpExecArray, from: number, limit: number): number | undefined {
    const [sign, name, star] = opening;
    const start = opening.index;
    const inside = start + sign.length;
    const ending = `\\end{${name}${star}}`;
    if (CODE.test(name)) return this.#skip(from, start, this.#end(ending, inside), ending.length);
    const close = this.#find(ending, inside, limit);
    // `\begin{alignat}{2}`, `\begin{IEEEeqnarray}{rCl}`
    const columns =
      /^\s*\{(?:\d+|[lcrsLCR]{2,12})\}/.exec(this.text.slice(inside, inside + 20))?.[0].length ?? 0;
    return this.#math(from, start, inside + columns, close, ending.length, name === 'multline');
  }

  #math(
    from: number,
    start: number,
    inside: number,
    close: number | undefined,
    length: number,
    isMultline = false,
  ): number | undefined {
    // of a formula that is never closed the paragraph is read
    const end = close !== undefined && !this.#holdsProse(inside, close) ? close : undefined;
    if (end === undefined && length < 2) return undefined;
    const last = end ?? this.#paragraphEnd(inside);
    const behind = end === undefined ? last : last + length;
    this.#add('text', from, start);
    this.#add('math', inside, last, { start, end: behind }, isMultline);
    return behind;
  }

  #skip(from: number, start: number, close: number | undefined, length: number): number {
    this.#add('text', from, start);
    return close === undefined ? this.text.length : close + length;
  }

  #add(
    kind: Region['kind'],
    start: number,
    end: number,
    outer: Span = { start, end },
    isMultline = false,
  ): void {
    if (end > start) this.#found.push({ kind, start, end, outer, isMultline });
  }

  #find(sign: string, from: number, limit: number): number | undefined {
    const begin = Math.max(from, this.#cleared.get(sign) ?? 0);
    const last = Math.min(limit, from + MAX_LENGTH);
    const near = this.text.slice(begin, last);
    for (let at = near.indexOf(sign); at >= 0; at = near.indexOf(sign, at + 1)) {
      // `\\]` is a new row before a bracket, `\$` a dollar
      if (!this.#isEscaped(begin + at)) return begin + at;
    }
    this.#cleared.set(sign, Math.max(begin, last - sign.length + 1));
    return undefined;
  }

  #end(sign: string, from: number): number | undefined {
    const at = this.text.indexOf(sign, from);
    return at < 0 ? undefined : at;
  }

  #isEscaped(at: number): boolean {
    let backslashes = 0;
    while (this.text[at - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }

  /** The `$` that closes a formula within a paragraph: amounts such as $5 open none. */
  #dollar(inside: number, limit: number): number | undefined {
    const end = Math.min(limit, this.#paragraphEnd(inside));
    const close = this.#find('$', inside, end);
    if (close === undefined || close === inside) return undefined;
    const { text } = this;
    const isTight = !/\s/.test(text[inside]) && !/\s/.test(text[close - 1]);
    if (isTight) return close;
    // ` $ +$ `, `$ a = b $`
    return /^\s*[-+=]|[\\^_=]/.test(text.slice(inside, close)) && !/\d/.test(text[inside])
      ? close
      : undefined;
  }

  #paragraphEnd(from: number): number {
    const { blanks } = this;
    let [low, high] = [0, blanks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blanks[middle] < from) low = middle + 1;
      else high = middle;
    }
    return blanks[low] ?? this.text.length;
  }

  /** Whether a blank line and a sentence stand within: then the closing sign belongs to another formula. */
  #holdsProse(start: number, end: number): boolean {
    if (this.#paragraphEnd(start) >= end) return false;
    const words = this.text
      .slice(start, Math.min(end, start + 2000))
      .replace(/\\text[a-z]*\s*\{[^{}]*\}/g, ' ');
    return /(?:(?<![\\\w])[A-Za-z]{2,}[,.]?\s+){4}/.test(words);
  }
}
