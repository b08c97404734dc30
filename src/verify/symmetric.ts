/** The ways to say that a matrix is symmetric, as W = Wᵀ: W_{ij} = W_{ji}, Wᵀ = W, symmetric W; diagonal W, W = diag(w), W = λI. */

import { plainName } from '../model/equations/integers.ts';
import { type Expr, isTransposeMark } from '../notation/tree.ts';
import { alike } from './rewrite.ts';

/**
 * The condition, as W = Wᵀ, W = −Wᵀ, W = diag(diag W) or W = mean(diag W) I if it says that. `isLeaf`: whether a name is an
 * input or a parameter; `isOpen`: whether nothing is known of it.
 */
export function asSymmetry(
  x: Expr,
  isLeaf: (name: Expr) => boolean,
  isOpen: (name: string) => boolean,
): Expr {
  const found = inWords(x.kind === 'bracket' ? x.of : x) ?? ofElements(x) ?? turned(x) ?? made(x, isOpen);
  if (found === undefined || !isLeaf(found.of)) return x;
  const { of, kind } = found;
  const { span } = x;
  const name = (base: string): Expr => ({ kind: 'name', base, accents: [], span });
  const transposed: Expr = { kind: 'sup', of, exponent: name('⊤'), span };
  const diagonal = (arg: Expr): Expr => ({ kind: 'call', fn: name('diag'), args: [arg], span });
  const mean: Expr = { kind: 'call', fn: name('mean'), args: [diagonal(of)], span };
  const factors = [mean, name('I')].map((factor) => ({ operator: 'juxtaposed', factor }) as const);
  const multiple: Expr = { kind: 'product', factors, span };
  // W − W gives I its size
  const ofSize = (sign: '+' | '-') => ({ sign, term: of });
  const right: Readonly<Record<Symmetry['kind'], Expr>> = {
    symmetric: transposed,
    skew: { kind: 'neg', of: transposed, span },
    diagonal: diagonal(diagonal(of)),
    multiple: { kind: 'sum', terms: [ofSize('+'), ofSize('-'), { sign: '+', term: multiple }], span },
  };
  return { kind: 'relation', members: [of, right[kind]], relations: ['='], span };
}

interface Symmetry {
  readonly of: Expr;
  readonly kind: 'symmetric' | 'skew' | 'diagonal' | 'multiple';
}

/** `symmetric W`, `W is symmetric`, `W diagonal`. */
function inWords(x: Expr): Symmetry | undefined {
  if (x.kind !== 'product' || x.factors.some(({ operator }) => operator !== 'juxtaposed')) return undefined;
  const all = x.factors.map(({ factor }) => ({ factor, word: plainName(factor) ?? '' }));
  const [first, ...rest] = all;
  const [of, kind, ...others] = KINDS.has(first.word)
    ? [...rest, first]
    : [first, ...rest.filter(({ word }, i) => i > 0 || word !== 'is')];
  const found = kind === undefined || others.length > 0 ? undefined : KINDS.get(kind.word);
  return found && { of: of.factor, kind: found };
}

const KINDS: ReadonlyMap<string, Symmetry['kind']> = new Map([
  ['symmetric', 'symmetric'],
  ['skew', 'skew'],
  ['antisymmetric', 'skew'],
  ['diagonal', 'diagonal'],
]);

/** Both sides of an equation, and whether the right one has a minus. */
function sidesOf(
  x: Expr,
): { readonly left: Expr; readonly right: Expr; readonly isSkew: boolean } | undefined {
  if (x.kind !== 'relation' || x.members.length !== 2 || x.relations[0] !== '=') return undefined;
  const [left, right] = x.members;
  return right.kind === 'neg' ? { left, right: right.of, isSkew: true } : { left, right, isSkew: false };
}

/** W_{ij} = W_{ji}. */
function ofElements(x: Expr): Symmetry | undefined {
  const sides = sidesOf(x);
  if (sides?.left.kind !== 'sub' || sides.right.kind !== 'sub' || !alike(sides.left.of, sides.right.of))
    return undefined;
  const [some, others] = [sides.left, sides.right].map(({ index }) => lettersOf(index));
  const isTurned = some.length === 2 && some[0] !== some[1] && some.join() === [...others].reverse().join();
  return isTurned ? { of: sides.left.of, kind: sides.isSkew ? 'skew' : 'symmetric' } : undefined;
}

/** The letters of `ij` and `i, j`. Numbers are none: W_{12} = W_{21} says little. */
function lettersOf(x: Expr): readonly string[] {
  const items = x.kind === 'list' ? x.items : x.kind === 'product' ? x.factors.map((f) => f.factor) : [x];
  return items.flatMap((item) => [...(plainName(item) ?? '')]);
}

/** Wᵀ = W. */
function turned(x: Expr): Symmetry | undefined {
  const sides = sidesOf(x);
  const left = sides?.left;
  const isTransposed = left?.kind === 'prime' || (left?.kind === 'sup' && isTransposeMark(left.exponent));
  if (sides === undefined || !isTransposed || !alike(left.of, sides.right)) return undefined;
  return { of: left.of, kind: sides.isSkew ? 'skew' : 'symmetric' };
}

/** W = λI, W = diag(w), where the right side has no other names. */
function made(x: Expr, isOpen: (name: string) => boolean): Symmetry | undefined {
  const sides = sidesOf(x);
  if (sides === undefined) return undefined;
  const { left: of, right } = sides;
  const isNumber = (part: Expr) => {
    const name = plainName(part.kind === 'sub' ? part.of : part) ?? '';
    return isOpen(name) && !/^\p{Lu}/u.test(name); // Q is a matrix
  };
  if (right.kind === 'call' && plainName(right.fn) === 'diag')
    return right.args.every(isNumber) ? { of, kind: 'diagonal' } : undefined;
  const word = plainName(right);
  const glued = word?.length === 2 && word.endsWith('I') && isOpen(word[0]) && !/^\p{Lu}/u.test(word);
  const [scale, identity, ...others] = right.kind === 'product' ? right.factors : [];
  const isProduct =
    identity?.operator === 'juxtaposed' &&
    others.length === 0 &&
    plainName(identity.factor.kind === 'sub' ? identity.factor.of : identity.factor) === 'I' &&
    isNumber(scale.factor);
  return glued || isProduct ? { of, kind: 'multiple' } : undefined;
}
