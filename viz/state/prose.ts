/** Whether a text is a document with formulas in it, or formulas and nothing else. */

const DELIMITERS =
  /\$|\\\[|\\\(|\\begin\s*\{(?:document|equation|align|gather|multline|eqnarray|displaymath|flalign|alignat)|^[ \t]*(?:```|~~~)/m;
/** Five words in a row: no formula has them, but in `\text{…}`. */
const SENTENCE = /(?<![\\\p{L}])(?:\p{L}{2,}[,.:;]?[ \t]+){4}\p{L}{2,}/u;

/** A text beyond this length is no formula, and is not read while one types. */
const MAX_FORMULAS = 20_000;

/** Comments, which formulas may have beside them, do not count. */
export function isDocument(text: string): boolean {
  if (text.length > MAX_FORMULAS) return true;
  const bare = text
    .replace(/^[ \t]*[#%].*$/gm, '')
    .replace(/\\(?:text|mbox|intertext)[a-z]*\s*\{[^{}]*\}/g, '');
  return DELIMITERS.test(bare) || SENTENCE.test(bare);
}
