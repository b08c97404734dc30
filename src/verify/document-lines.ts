/** Formulas that stand without delimiters in the lines of a text. */

import { FUNCTIONS, LETTERS, WORD_SIGNS } from '../notation/symbols.ts';
import type { Span } from '../notation/tree.ts';
import { beginsWithOperator, endsOpen, hasRelation, type Mask, NUMBERING } from './document-mask.ts';

/** ∂E/∂W, dE/dW, ∇_W E, dW += …, δ_t = …: what makes a line a formula about gradients. */
const MARKED =
  /\\partial|\\(?:pdv?|dv|odv|pderiv|deriv|diffp?|pdiff|grad)(?![a-z])|[∂∇δ𝜕]|\\nabla|\\delta|\b(?:partial|del|nabla|delta|grad)(?![a-z])|\\mathrm\s*\{\s*d\s*\}|\bd\+?\s?[A-Za-z({].{0,60}?\/\s?d\+?\s?[A-Za-z({]|(?:^|[^A-Za-z\\_.])d[A-Za-z][\w{},^()+-]{0,20}\s*[-+:]?=/u;
const RELATION = /[=≈←≡]/;
const LIST_ITEM =
  /[ \t]*(?:[-*+•–]\s+(?=[^=\n]*\S[^=\n]*=)|>+\s*|#{1,6}\s+|(?:so|hence|thus|∴|⇒|⟹|=>|->)\s+)/y;
/** `Eq. (3):`, `Step 2 -`, `Q1.`, `Answer:` */
const HEADING =
  /(?:(?:eq(?:uation)?|step|part|problem|exercise|task|question|solution|answer|ans)\.?\s*(?:\(?\d{1,3}[a-z]?\)?|\([a-z]\))?|q\d{1,2}[a-z]?)\s*(?:[:.)]|[-–](?=\s))\s*/iy;
/** Too short to be told from names by their length. */
const SHORT_WORDS = new Set(
  'is so we to of in or at by if as an be it us on no and the for are can use get has'.split(' '),
);

/** Formulas of the lines of a span; what stands around them is blanked. */
export function formulasOfLines(
  mask: Mask,
  { start, end }: Span,
  names: ReadonlySet<string>,
): readonly Span[] {
  const found: Span[] = [];
  let open: { start: number; end: number } | undefined;
  const close = () => {
    if (open !== undefined) found.push(open);
    open = undefined;
  };
  for (let at = start; at < end; ) {
    const newline = mask.text.indexOf('\n', at);
    const eol = newline < 0 || newline > end ? end : newline;
    const line = mask.text.slice(at, eol);
    // the mark of an item that begins with a delimited formula
    const isMark =
      eol === end && !/^\n?$/.test(mask.text.slice(end, end + 1)) && /^\s*[-*+•–]\s*$/.test(line);
    const continuation =
      open === undefined || isMark ? undefined : continued(line, mask.slice(open.start, open.end), names);
    if (open !== undefined && continuation !== undefined) open.end = at + continuation;
    else {
      close();
      for (const span of formulasOfLine(line, names)) {
        close();
        open = { start: at + span.start, end: at + span.end };
      }
    }
    at = eol + 1;
  }
  close();
  return found;
}

/** Where the part of a line ends that goes on with the formula of the line before; undefined if it does not. */
function continued(line: string, before: string, names: ReadonlySet<string>): number | undefined {
  const text = line.trimEnd();
  if (!/[\p{L}\d]|^\s*[-+=×·]$/u.test(text) || isTableRow(text)) return undefined;
  const isOperator = beginsWithOperator(text) && !(isListItem(text) && hasRelation(text));
  if (!isOperator && !endsOpen(before)) return undefined;
  const first = words(text, names).find(({ isProse }) => isProse);
  return first === undefined ? text.length : undefined;
}

function isListItem(text: string): boolean {
  LIST_ITEM.lastIndex = 0;
  return LIST_ITEM.test(text);
}

function isTableRow(line: string): boolean {
  return /^\s*\|.*\|/.test(line) || (line.trim().match(/\t/g)?.length ?? 0) > 2;
}

/** The formulas of one line: each runs from the last word before its relation to the first word behind. */
function formulasOfLine(line: string, names: ReadonlySet<string>): readonly Span[] {
  if (line.length > MAX_LINE || !RELATION.test(line) || isTableRow(line)) return [];
  const found: Span[] = [];
  let from = headOf(line);
  const behind = REMARK.exec(line)?.index ?? line.length;
  for (const { start, end } of stretches(line.slice(0, behind), from, names)) {
    const text = line.slice(start, end);
    if (hasRelation(text) && /\p{L}/u.test(text)) found.push(trimmed(line, start, end));
    from = end;
  }
  return found;
}

/** `    [outer product]`, `   (by 2)`: words in brackets far behind. */
const REMARK = /\s{2,}(?:\[(?:[\p{L}’'-]+[ ,.]*){2,}\]|\((?:by|see|from|using|chain|cf)\b[^()]*\))\s*$/u;

/** Longest line that is looked at. */
const MAX_LINE = 4000;

/** Behind list marks and numbering. */
function headOf(line: string): number {
  let at = 0;
  for (let moved = true; moved; ) {
    moved = false;
    at += /^\s*/.exec(line.slice(at))![0].length;
    for (const pattern of [LIST_ITEM, NUMBERING, HEADING]) {
      pattern.lastIndex = at;
      const match = pattern.exec(line);
      if (match === null || match[0] === '') continue;
      at += match[0].length;
      moved = true;
    }
  }
  return at;
}

/** The stretches of a line between words of prose. */
function* stretches(line: string, from: number, names: ReadonlySet<string>): Generator<Span> {
  let start = from;
  for (const word of words(line, names)) {
    if (!word.isProse || word.start < from) continue;
    if (word.start > start) yield { start, end: word.start };
    start = word.end;
  }
  if (start < line.length) yield { start, end: line.length };
}

function trimmed(line: string, start: number, end: number): Span {
  const text = line.slice(start, end);
  const lead = /^(?:[\s,;:.*`~“”„"]|(?:where|with|for|if|when|and)\s)*/.exec(text)![0].length;
  const behind = /(?:[\s,;:.`*~([“”"—–]|\b(?:where|with|for|if|when|and)\s*(?:[A-Za-z]\w*)?\s*$)*$/.exec(
    text,
  )![0].length;
  return { start: start + lead, end: Math.max(start + lead, end - behind) };
}

interface Word extends Span {
  readonly isProse: boolean;
}

/** Words that belong to a formula. */
const TYPESET = /\\(?:text|textrm|textbf|textit|mbox|mathrm|operatorname)\s*\{[^{}]*\}\S*/g;

/** The words of a line, and which of them belong to a sentence. */
function words(line: string, names: ReadonlySet<string>): readonly Word[] {
  const all = Array.from(line.matchAll(/\S+/g), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
  const typeset = Array.from(line.matchAll(TYPESET), ({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
  }));
  return all.map(({ text, start, end }, i) => {
    if (typeset.some((span) => span.start <= start && end <= span.end)) return { start, end, isProse: false };
    const bare = /^["'(“‘]*([\p{L}][\p{L}’'-]+)[)"'”’,.;:!?]*$/u.exec(text)?.[1];
    if (bare === undefined) return { start, end, isProse: false };
    const lower = bare.toLowerCase();
    if (lower === 'for' && /^[A-Za-z]\w*$/.test(all[i + 1]?.text ?? '')) {
      return { start, end, isProse: !/^(?:=|in|∈|<|>|≥|≤)/.test(all[i + 2]?.text ?? '') };
    }
    if (SHORT_WORDS.has(lower)) return { start, end, isProse: true };
    const isMath = isKnown(bare, names) || touchesOperator(all[i - 1]?.text, all[i + 1]?.text, text);
    return { start, end, isProse: !isMath };
  });
}

/** `dhraw` in `dhraw = …`: beside an operator a word is a name. */
function touchesOperator(before: string | undefined, after: string | undefined, word: string): boolean {
  const isOperator = (text: string | undefined) =>
    text !== undefined && /^(?:[-+*/=×·⊙∘⊗@−]|\.\*|[-+:]=)$/.test(text);
  return isOperator(before) || (isOperator(after) && !/[.:!?]$/.test(word) && word.length <= 8);
}

function isKnown(word: string, names: ReadonlySet<string>): boolean {
  if (FUNCTIONS.has(word) || LETTERS.has(word) || WORD_SIGNS.has(word) || names.has(word)) return true;
  if (/^(?:where|with|diag|Diag)$/.test(word)) return true;
  const bare = word.startsWith('d') ? word.slice(1) : word;
  return names.has(bare) || [...bare].every((letter) => names.has(letter));
}

/** Whether a formula speaks of derivatives. */
export const isMarked = (text: string): boolean => MARKED.test(text);
