/** The text of a document with blanks for what is no mathematics: places stay what they are. */

import type { Region } from './document-regions.ts';

/** `1. a)`, `(ii)`, `b)` before a formula. */
export const NUMBERING =
  /(?:(?:\d{1,3}|[ivx]{1,4}|[A-Za-z])(?:\.\)|[.)])(?![\d.])\s*|\(\s*(?:\d{1,3}|[ivx]{1,4}|[a-h])\s*\)\s+(?![-+=*/^_]))+/y;
const OPERATOR = /\s*(?:[-+=*/×·⊙∘⊗≈−]=?|:=|\\(?:times|cdot|odot|circ|otimes|approx|equiv|pm|mp)\b)/y;
const ENDS_OPEN = /(?:[-+=×·⊙∘⊗≈−*/]|\\(?:times|cdot|odot|circ|otimes|approx|equiv))\s*$/;
const LEADING =
  /\s*(?:&|\\(?:text|textbf|textit|textrm|mbox|mathrm|mathbf)\s*\{(?:[^{}]*[\s:,.)][^{}]*|\s*(?:[Tt]hus|[Hh]ence|[Ss]o|[Tt]hen|[Tt]herefore|[Nn]ow|[Aa]nd|[Ss]imilarly)\s*)\}|\\(?:therefore|because|Rightarrow|implies|Longrightarrow|iff|quad|qquad|displaystyle|noindent|hspace\*?\{[^{}]*\})(?![A-Za-z])|\\[,;:! ]|[∴∵⇒⟹])/y;
/** Space at the head of a row: `& \quad {} + B`. */
const ROW_HEAD =
  /(?:[&\s~]|\{\s*\}|\\(?:quad|qquad|enspace)(?![a-z])|\\[hv]?phantom\s*\{[^{}]*\}|\\hspace\*?\s*\{[^{}]*\}|\\[,;:! ])*/y;
/** An array or cases that set out equations, no matrix. */
const ARRAY =
  /^\s*((?:\\left\s*(?:\\\{|[.[|]))?\s*\\begin\s*\{(?:array\}\s*\{[^{}]*(?:\{\}[^{}]*)*\}|(?:[dr]?cases|aligned|gathered|split)\}))(?=[\s\S]*?=)[\s\S]*(\\end\s*\{(?:array|[dr]?cases|aligned|gathered|split)\}\s*(?:\\right\s*\.)?)\s*$/g;
const GROUPS = /\\(?:boxed|fbox|framebox|underline|mathbf|boldsymbol)\s*\{/g;
const DROPPED =
  /\\(?:tag\*?|label|eqno|intertext|shortintertext|ref|eqref|cite|footnote)\s*\{[^{}]*\}|\\(?:nonumber|notag|centering|noindent|par|qed|qedhere|square|blacksquare|checkmark|hfill)(?![a-z])|\\[hv]space\*?\s*\{[^{}]*\}/g;
/** `\qquad (3)` at the end. */
const EQUATION_NUMBER =
  /(?:\\q?quad(?![a-z])\s*|[ \t]{3,})\(\s*\d{1,3}(?:\.\d{1,3})?[a-z]?\s*\)\s*[.,]?\s*$/g;

export class Mask {
  readonly #units: string[];

  constructor(readonly text: string) {
    this.#units = text.split('');
  }

  /** Lines stay lines, so that comments end where they do. */
  blank(start: number, end: number): void {
    for (let at = start; at < end; at++) if (this.#units[at] !== '\n') this.#units[at] = ' ';
  }

  put(at: number, sign: string): void {
    this.#units[at] = sign;
  }

  slice(start: number, end: number): string {
    return this.#units.slice(start, end).join('');
  }
}

export function beginsWithOperator(text: string): boolean {
  OPERATOR.lastIndex = 0;
  return OPERATOR.test(text);
}

export const endsOpen = (text: string): boolean => ENDS_OPEN.test(text);

/** Blanks what is no part of a formula, and joins the rows and lines of one. */
export function clean(mask: Mask, { start, end, isMultline }: Region): void {
  const each = (pattern: RegExp, change: (from: number, to: number, found: RegExpMatchArray) => void) => {
    const text = mask.slice(start, end);
    for (const found of text.matchAll(pattern)) {
      change(start + found.index, start + found.index + found[0].length, found);
    }
  };
  each(/(?<!\\)%[^\n]*/g, (from, to) => mask.blank(from, to));
  each(/^[ \t]*>+/gm, (from, to) => mask.blank(from, to));
  each(/\\_(?=[A-Za-z0-9{])/g, (from) => mask.blank(from, from + 1));
  each(DROPPED, (from, to, [found]) => {
    mask.blank(from, to);
    if (/intertext/.test(found)) mask.put(from, ';');
  });
  each(EQUATION_NUMBER, (from, to) => mask.blank(from, to));
  each(ARRAY, (from, to, [all, begin, finish]) => {
    const opening = from + all.indexOf(begin);
    mask.blank(opening, opening + begin.length);
    mask.blank(from + all.lastIndexOf(finish), to);
  });
  each(GROUPS, (from, to) => unwrap(mask, from, to, end));
  const { rows, columns } = layoutOf(mask.slice(start, end));
  for (const row of rows) head(mask, start + row, end);
  for (const row of rows) {
    if (row > 0) joinRow(mask, start, start + row, end, isMultline);
  }
  for (const [i, column] of columns.entries()) {
    const at = start + column;
    if (setsApart(mask, start, at, start + (columns[i + 1] ?? end - start), end)) mask.put(at, ';');
    else mask.blank(at, at + 1);
  }
  joinLines(mask, start, end);
  const last = /[.,;\s]*$/.exec(mask.slice(start, end))![0].length;
  mask.blank(end - last, end);
}

/** `\boxed{A = B}`: the command and its braces go, if a whole equation stands in them. */
function unwrap(mask: Mask, from: number, to: number, end: number): void {
  const text = mask.slice(to, end);
  let depth = 1;
  let holdsRelation = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') depth++;
    else if (text[i] === '=' && depth === 1) holdsRelation = true;
    else if (text[i] === '}' && --depth === 0) {
      if (!holdsRelation) return;
      mask.blank(from, to);
      mask.blank(to + i, to + i + 1);
      return;
    }
  }
}

/** Where rows begin, behind each `\\`, and the `&` that align them: those that stand in no matrix and no braces. */
function layoutOf(text: string): { readonly rows: readonly number[]; readonly columns: readonly number[] } {
  const rows = [0];
  const columns: number[] = [];
  let depth = 0;
  const signs = /\\\\(?:\s*\[-?[\d.]+\s*[a-z]{2}\])?|\\[{}&]|[{}&]|\\(begin|end)\s*\{([a-zA-Z]+)\*?\}/g;
  for (const found of text.matchAll(signs)) {
    const [sign, bound, environment] = found;
    const end = found.index + sign.length;
    if (sign === '{') depth++;
    else if (sign === '}') depth = Math.max(0, depth - 1);
    else if (bound !== undefined && /matrix|array|cases/.test(environment))
      depth = Math.max(0, depth + (bound === 'begin' ? 1 : -1));
    else if (bound === 'begin' || (sign.startsWith('\\\\') && depth === 0)) rows.push(end);
    else if (sign === '&' && depth === 0) columns.push(found.index);
  }
  return { rows, columns };
}

/** `A &= B & C &= D`: whether an equation ends before the sign and another one stands behind it. */
function setsApart(mask: Mask, start: number, at: number, next: number, end: number): boolean {
  const before = mask.slice(Math.max(start, at - 600), at);
  const row = before.slice(Math.max(before.lastIndexOf('\\\\'), before.lastIndexOf(';')) + 1);
  if (!hasRelation(row) || endsOpen(row)) return false;
  const cell = mask.slice(at + 1, next);
  if (cell.trim() === '' || cell.includes('\\\\') || beginsWithOperator(cell)) return false;
  return /^\s*[=≈]/.test(mask.slice(next + 1, Math.min(end, next + 20))) || hasRelation(cell);
}

/** Blanks numbering, words and arrows at the head of a row. */
function head(mask: Mask, at: number, end: number): void {
  const text = mask.slice(at, Math.min(end, at + 200));
  let from = 0;
  for (let found = true; found; ) {
    found = false;
    from += /^\s*/.exec(text.slice(from))![0].length;
    for (const pattern of [NUMBERING, LEADING]) {
      pattern.lastIndex = from;
      const match = pattern.exec(text);
      if (match === null || match[0] === '' || match[0].trim() === '&') continue;
      mask.blank(at + from, at + from + match[0].length);
      from += match[0].length;
      found = true;
    }
  }
}

/** A row that begins with `&` goes on with the row before, by an operator or as a factor. */
function joinRow(mask: Mask, start: number, at: number, end: number, isMultline: boolean): void {
  const before = /\\\\(?:\s*\[[^\]]*\])?$/.exec(mask.slice(Math.max(start, at - 24), at));
  if (before === null) return;
  const text = mask.slice(at, Math.min(end, at + 400));
  ROW_HEAD.lastIndex = 0;
  const gap = ROW_HEAD.exec(text)![0];
  const rest = text.slice(gap.length);
  const continues =
    isMultline || beginsWithOperator(rest) || (gap.includes('&') && !/^[^&\n]*&\s*=/.test(rest));
  if (rest.trim() === '' || !continues) return;
  mask.blank(at - before[0].length, at + gap.length);
}

/** A line of LaTeX ends nothing, unless an equation stands before it and another one follows. */
function joinLines(mask: Mask, start: number, end: number): void {
  const text = mask.slice(start, end);
  let depth = 0;
  let holdsRelation = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') {
      if (text[i + 1] === '\\') holdsRelation = false;
      i++;
    } else if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth = Math.max(0, depth - 1);
    else if (character === ';') holdsRelation = false;
    else if (/[=≈]/.test(character) && depth === 0) holdsRelation = true;
    else if (character === '\n') {
      const eol = text.indexOf('\n', i + 1);
      const next = text.slice(i + 1, eol < 0 ? text.length : eol);
      const begins =
        depth === 0 && holdsRelation && hasRelation(next) && !beginsWithOperator(next.trimStart());
      if (begins && !endsOpen(text.slice(Math.max(0, i - 20), i))) holdsRelation = false;
      else mask.put(start + i, ' ');
    }
  }
}

/** Whether an `=` stands in no brackets. */
export function hasRelation(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth--;
    else if (/[=≈]/.test(character) && depth <= 0) return true;
  }
  return /\{\s*[=≈]\s*\}|\\(?:approx|equiv|triangleq|coloneqq)(?![a-z])/.test(text);
}
