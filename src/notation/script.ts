/** What stands behind an operand: indices, powers, primes, `x[t-1]`, `.T`, `|_{γ=0}`. */

import { listOf, readBracketItems, withAxis } from './brackets.ts';
import { type Cursor, spanning } from './cursor.ts';
import { readItems } from './expression.ts';
import { nameOf, readArgument, readName, withAccent } from './operand.ts';
import { type Accent, type Expr, isTransposeMark } from './tree.ts';

/**
 * How far scripts reach: behind a `d` or `∂` only those that belong to the name (dWᵀ is (dW)ᵀ), behind a function's
 * name only those that belong to the function (tanh² x).
 */
export type Reach = 'all' | 'differential' | 'function';

/** Most scripts on one operand. */
const MAX_SCRIPTS = 24;

export function readPostfix(c: Cursor, operand: Expr, reach: Reach = 'all'): Expr {
  let x = operand;
  for (let count = 0; ; count++) {
    if (count > MAX_SCRIPTS) c.fail(`more than ${MAX_SCRIPTS} scripts on one operand`);
    const longer = readOne(c, x, reach);
    if (longer === undefined) return x;
    x = longer;
  }
}

function readOne(c: Cursor, x: Expr, reach: Reach): Expr | undefined {
  const { kind, space } = c.token;
  switch (kind) {
    case '_':
      return readSubscript(c, x);
    case '^':
      return readSuperscript(c, x, reach);
    case '**':
    case '.^':
      return reach === 'all' ? readPower(c, x) : undefined;
    case "'":
      return reach === 'differential' ? undefined : readPrimes(c, x);
    case '[':
      return reach !== 'function' && !space && holdsIndices(c, x) ? readBracketIndex(c, x) : undefined;
    case '|':
      return reach === 'all' && c.following.kind === '_' && c.surroundings.bar !== '|'
        ? readAt(c, x)
        : undefined;
    case 'method':
      return reach === 'all' ? readMethod(c, x) : undefined;
    default:
      return undefined;
  }
}

/** What stands behind `_`, already consumed; `isWord` for letters without braces. */
export function readIndex(c: Cursor): { readonly index: Expr; readonly isWord: boolean } {
  const { token, at } = c;
  if (token.kind === '{') {
    c.next();
    // a single word is a name even if it begins with d: W_{dec}
    const isWord = c.is('word') && c.following.kind === '}';
    const items = isWord
      ? [readName(c)]
      : c.nested(() => readScriptItems(c), { inBracket: true, inMatrix: false });
    c.close('}', token, at);
    return { index: listOf(items), isWord: false };
  }
  if (token.kind === '(' || token.kind === '[') {
    const bracket = c.nested(() => readArgument(c));
    return { index: bracket.kind === 'bracket' ? bracket.of : bracket, isWord: false };
  }
  if (token.kind === '-' || token.kind === '+') {
    c.next();
    if (!c.is('number')) c.unexpected('an index');
    const of = readArgument(c);
    const span = spanning(token, of.span);
    return { index: token.kind === '-' ? { kind: 'neg', of, span } : of, isWord: false };
  }
  if (!c.startsOperand) c.unexpected('an index');
  return {
    index: c.nested(() => readArgument(c)),
    isWord: token.kind === 'word' && token.style === undefined,
  };
}

function readScriptItems(c: Cursor): Expr[] {
  const items = readItems(c);
  while (c.accept('row') || c.accept(';')) items.push(...readItems(c));
  return items;
}

function readSubscript(c: Cursor, of: Expr): Expr {
  const mark = c.next();
  const { index, isWord } = readIndex(c);
  const span = spanning(of.span, c.previous);
  const isOne = (of.kind === 'name' && of.base === '𝟏') || (of.kind === 'number' && of.text === '1');
  if (isOne && (index.kind === 'relation' || index.kind === 'indicator'))
    return { kind: 'indicator', condition: index.kind === 'relation' ? index : index.condition, span };
  if (isWord && index.kind === 'name' && index.base.length > 1) {
    if (/^(?:hat|tilde|bar)$/.test(index.base)) return withAccent(of, index.base as Accent, span);
    if (c.latex && !c.options.names?.has(`${c.text.slice(of.span.start, mark.start)}_${index.base}`)) {
      c.doubtful.push(spanning(mark, index.span)); // TeX takes one letter
    }
  }
  // Hᵀ₃ is (H₃)ᵀ
  if (of.kind === 'sup' && of.bracket === undefined && isTransposeMark(of.exponent)) {
    return { ...of, of: { kind: 'sub', of: of.of, index, span }, span };
  }
  const sub = { kind: 'sub' as const, of, index, span };
  return mark.glued === undefined ? sub : { ...sub, glued: true };
}

/** `^`: a transpose, a power, `^{(t)}`, `^{<t>}`, `^{[l]}`, `^\prime`, or a lone sign as in `W^*`. */
function readSuperscript(c: Cursor, of: Expr, reach: Reach): Expr | undefined {
  const { at } = c;
  c.next();
  const isElementwise = c.is('{') && c.following.kind === '⊙';
  const exponents = readExponents(c);
  const [first] = exponents;
  if (reach === 'differential' && !belongsToName(first)) {
    c.at = at;
    return undefined;
  }
  const span = spanning(of.span, c.previous);
  if (first.kind === 'prime') return { kind: 'prime', of, count: first.count, span };
  let x = of;
  for (const exponent of exponents.flatMap(marksApart)) {
    const isAngle = exponent.kind === 'inner' && exponent.items.length === 1;
    const isIndex = exponent.kind === 'bracket' && exponent.style !== '{';
    const sup = { kind: 'sup' as const, of: x, span };
    if (isAngle) x = { ...sup, exponent: exponent.items[0], bracket: '<' };
    else if (isIndex) x = { ...sup, exponent: exponent.of, bracket: exponent.style === '[' ? '[' : '(' };
    else x = { ...sup, exponent, ...(isElementwise ? { elementwise: true as const } : {}) };
  }
  return x;
}

/** `h^{(t)^\\top}`: a step, and a transpose that is typed above it. */
function marksApart(exponent: Expr): readonly Expr[] {
  const isRaised =
    exponent.kind === 'sup' && exponent.of.kind === 'bracket' && isTransposeMark(exponent.exponent);
  return isRaised ? [exponent.of, exponent.exponent] : [exponent];
}

/** Indices in the place of a power belong to the name: `dh^{(t)}`, `db_c^t`; powers and transposes do not. */
export function belongsToName(exponent: Expr): boolean {
  if (exponent.kind === 'bracket' || exponent.kind === 'inner') return true;
  if (exponent.kind === 'sum') {
    // t + 1: a step, as a name with an index has it
    const [{ term }, ...rest] = exponent.terms;
    return (
      belongsToName(term) && rest.every((part) => part.term.kind === 'number' || belongsToName(part.term))
    );
  }
  return exponent.kind === 'name' && /^[a-zα-ω]/.test(exponent.base) && !isTransposeMark(exponent);
}

/** One exponent, or several brackets in a row: `a^{[l](t)}`. */
function readExponents(c: Cursor): readonly Expr[] {
  const { token, at } = c;
  if (token.kind !== '{') return [readBareExponent(c)];
  c.next();
  const exponent = c.nested(
    () => {
      if (c.is('⊙')) c.next();
      const mark = readLoneSign(c);
      return mark ?? listOf(readItems(c));
    },
    { inBracket: true, inMatrix: false },
  );
  c.close('}', token, at);
  return inRow(exponent);
}

/** `(t)\top` is an index and a transpose, `[l](t)` two indices; anything else is one exponent. */
function inRow(exponent: Expr): readonly Expr[] {
  if (exponent.kind !== 'product') return [exponent];
  const [first, ...rest] = exponent.factors.map(({ factor }) => factor);
  const isIndex = (x: Expr) => x.kind === 'bracket' || x.kind === 'inner';
  const isScript = (x: Expr) => isIndex(x) || x.kind === 'number' || isTransposeMark(x);
  return isIndex(first) && rest.every(isScript) ? [first, ...rest] : [exponent];
}

/** An exponent without braces: a sign, a number, a letter, a bracket. */
function readBareExponent(c: Cursor): Expr {
  const { token } = c;
  const isNegative = token.kind === '-' && (c.following.kind === 'number' || c.following.kind === 'word');
  if (isNegative) {
    c.next();
    const of = readArgument(c);
    return { kind: 'neg', of, span: spanning(token, of.span) };
  }
  const sign = readLoneSign(c);
  if (sign !== undefined) return sign;
  if (!c.startsOperand && token.kind !== '<') c.unexpected('an exponent');
  return c.nested(() => readArgument(c));
}

/** A sign that stands alone in a superscript. */
function readLoneSign(c: Cursor): Expr | undefined {
  const { token } = c;
  if (token.kind === "'") {
    let count = 0;
    while (c.accept("'")) count++;
    return { kind: 'prime', of: { kind: 'ellipsis', span: token }, count, span: spanning(token, c.previous) };
  }
  if (!/^[-+*⋆]$/.test(token.kind)) return undefined;
  const isAlone = c.previous.kind === '^' || c.following.kind === '}';
  if (!isAlone) return undefined;
  c.next();
  return nameOf(token, token.kind);
}

/** `x ** 2`, `H.^2`. */
function readPower(c: Cursor, of: Expr): Expr {
  c.next();
  const exponent = readBareExponent(c);
  const plain = exponent.kind === 'bracket' ? exponent.of : exponent;
  return { kind: 'sup', of, exponent: plain, elementwise: true, span: spanning(of.span, c.previous) };
}

function readPrimes(c: Cursor, of: Expr): Expr {
  let count = 0;
  while (c.accept("'")) count++;
  return { kind: 'prime', of, count, span: spanning(of.span, c.previous) };
}

/** Whether `name[…]` holds indices, `hs[t-1]`, and is no product with a matrix, `W_f[h_{t-1}, x_t]`. */
function holdsIndices(c: Cursor, x: Expr): boolean {
  if (x.kind !== 'name' && x.kind !== 'sub' && x.kind !== 'index') return false;
  for (let at = c.at + 1; at < Math.min(c.at + 24, c.tokens.length); at++) {
    const { kind, text } = c.tokens[at];
    if (kind === ']') return at > c.at + 1;
    const isIndex = kind === 'number' || (kind === 'word' && text.length <= 2 && !/^[A-Z]{2}/.test(text));
    if (!isIndex && !/^[-+,:]$/.test(kind)) return false;
  }
  return false;
}

function readBracketIndex(c: Cursor, of: Expr): Expr {
  const items = readBracketItems(c);
  return { kind: 'index', of, items, span: spanning(of.span, c.previous) };
}

function readAt(c: Cursor, of: Expr): Expr {
  c.next();
  c.next();
  const { index } = readIndex(c);
  const conditions = index.kind === 'list' ? index.items : [index];
  return { kind: 'at', of, conditions, span: spanning(of.span, c.previous) };
}

/** `W.dot(x)` is dot(W, x). */
function readMethod(c: Cursor, of: Expr): Expr {
  const token = c.next();
  if (!c.is('(')) c.unexpected('a bracket');
  const args = withAxis(token.text, [of, ...readBracketItems(c)]);
  return { kind: 'call', fn: nameOf(token), args, span: spanning(of.span, c.previous) };
}
