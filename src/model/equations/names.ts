/** Which variable a name with scripts is: `W_{hh}` is a name, `H_{t-1}` the family H at an index, `b_c^t` both. */

import type { Expr } from '../../notation/tree.ts';
import { type Integers, integerOf } from './integers.ts';

/** A variable's family and its indices: `H`, [2]. A variable without indices is a family of its own. */
export interface Reference {
  readonly family: string;
  readonly indices: readonly number[];
}

/** `H_2`; several indices are set apart by a full stop, as names have no commas. */
export function variableName({ family, indices }: Reference): string {
  return indices.length === 0 ? family : `${family}_${indices.join('.')}`;
}

/** A script of a name: what was written, and the letters if it is nothing but letters and digits. */
export interface Script {
  readonly at: Expr;
  readonly word: string | undefined;
  readonly above: boolean;
}

interface Split {
  readonly family: string;
  readonly indices: readonly Expr[];
}

export interface Scripted {
  readonly base: string;
  readonly scripts: readonly Script[];
}

const ACCENT_WORDS: Readonly<Record<string, string>> = { hat: 'hat', tilde: 'tilde', bar: 'bar' };

/**
 * Base and scripts, those below before those above: `h_t^{(l)}` and `h^{(l)}_t` are one. Undefined if the expression is
 * no name with scripts.
 */
export function scriptedName(x: Expr): Scripted | undefined {
  if (!named.has(x)) {
    const name = inOrder(x);
    const [below, above] = [false, true].map(
      (side) => name?.scripts.filter((script) => script.above === side) ?? [],
    );
    named.set(x, name && { base: name.base, scripts: [...below, ...above] });
  }
  return named.get(x);
}

/** Trees never change, and their names are asked for at every step and point. */
const named = new WeakMap<Expr, Scripted | undefined>();

/** Base and scripts from the inside out. */
function inOrder(x: Expr): Scripted | undefined {
  switch (x.kind) {
    case 'name': {
      const accents = x.accents.map((accent) => ACCENT_WORDS[accent] ?? accent);
      return { base: [x.base, ...accents].join(''), scripts: [] };
    }
    case 'sub':
      return withScripts(x.of, [x.index], false);
    case 'sup':
      return withScripts(x.of, [x.exponent], true);
    case 'index':
      return withScripts(x.of, x.items, false);
    default:
      return undefined;
  }
}

function withScripts(of: Expr, scripts: readonly Expr[], above: boolean): Scripted | undefined {
  const inner = inOrder(of);
  if (inner === undefined) return undefined;
  const items = scripts.flatMap((x) => (x.kind === 'list' ? x.items : [x]));
  return { ...inner, scripts: [...inner.scripts, ...items.map((at) => ({ at, word: wordOf(at), above }))] };
}

/** The letters and digits of a script that is a word, `hh`, `full`, `2`, or letters side by side. */
function wordOf(x: Expr): string | undefined {
  switch (x.kind) {
    case 'name':
      return x.accents.length === 0 ? x.base : undefined;
    case 'number':
      return x.text;
    case 'text':
      return x.text.trim();
    case 'bracket':
      return wordOf(x.of);
    case 'sub': {
      // `i1` in a script, typed as one word
      const parts = x.glued === true ? [wordOf(x.of), wordOf(x.index)] : [undefined];
      return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
    }
    case 'product': {
      const words = x.factors.map(({ operator, factor }) =>
        operator === 'juxtaposed' ? wordOf(factor) : undefined,
      );
      return words.every((word) => word !== undefined) ? words.join('') : undefined;
    }
    default:
      return undefined;
  }
}

/** How many indices the families of a name have: E and E_t are two. Undefined: there is no such name. */
export type IndexCount = (family: string) => number | readonly number[] | undefined;

export function countsOf(indexCount: IndexCount, family: string): readonly number[] {
  const counts = indexCount(family) ?? [];
  return typeof counts === 'number' ? [counts] : counts;
}

/**
 * The reference that a name with scripts is, where `indexCount` says which families there are. Of several ways to split
 * the scripts into name and indices the one with the longest name wins. What stands above a variable is a power.
 */
export function referenceOf(x: Expr, integers: Integers, indexCount: IndexCount): Reference | undefined {
  const name = scriptedName(x);
  if (name === undefined) return undefined;
  const isPower = x.kind === 'sup' && x.bracket === undefined;
  if (isPower && referenceOf(x.of, integers, indexCount) !== undefined) return undefined;
  for (const { family, indices } of splits(name)) {
    const known = canonical(family, indexCount);
    const values = known === undefined ? undefined : indexValues(indices, integers);
    if (values === undefined) continue;
    if (countsOf(indexCount, known!).includes(values.length)) return { family: known!, indices: values };
  }
  return undefined;
}

/** `(1 − p)^(γ − 1)`, `p^(γ − 1)` of a p that has no index: brackets around a power, and no index. */
export function isBracketedPower(x: Expr, integers: Integers, indexCount: IndexCount): boolean {
  if (x.kind !== 'sup' || x.bracket !== '(') return false;
  if (scriptedName(x) === undefined) return true;
  return (
    referenceOf(x, integers, indexCount) === undefined &&
    referenceOf(x.of, integers, indexCount) !== undefined
  );
}

/** The values of indices, one after the other, or undefined if one of them is no index. */
function indexValues(indices: readonly Expr[], integers: Integers): number[] | undefined {
  const values = indices.map((at) => indicesAt(at, integers));
  return values.every((value) => value !== undefined) ? values.flat() : undefined;
}

/** The value of an index `t-1`, or those of `ij` where i and j are indices. */
export function indicesAt(x: Expr, integers: Integers): readonly number[] | undefined {
  const word = wordOf(x);
  const value = integerOf(x, integers);
  // δ_{i1}: i and 1
  if (value !== undefined && !/^\p{L}\d$/u.test(word ?? '')) return [value];
  if (word === undefined || word.length < 2) return undefined;
  const values = [...word].map((letter) => (/\d/.test(letter) ? Number(letter) : integers.get(letter)));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** Every way to take some scripts, from the left, for a part of the name. The longest names come first. */
function splits(name: Scripted): readonly Split[] {
  const known = split.get(name) ?? splitsOf(name);
  split.set(name, known);
  return known;
}

const split = new WeakMap<Scripted, readonly Split[]>();

function splitsOf({ base, scripts }: Scripted): Split[] {
  const found: { family: string; indices: Expr[]; length: number }[] = [];
  const count = Math.min(scripts.length, 4);
  for (let mask = 0; mask < 2 ** count; mask++) {
    const inName = scripts.map((_, i) => i < count && (mask & (1 << i)) !== 0);
    if (scripts.some(({ word }, i) => inName[i] && word === undefined)) continue;
    const words = scripts.filter((_, i) => inName[i]).map(({ word }) => word!);
    const indices = scripts.filter((_, i) => !inName[i]).map(({ at }) => at);
    found.push({ family: [base, ...words].join('_'), indices, length: words.length });
  }
  return found.sort((a, b) => b.length - a.length);
}

/** The family as it is known: `Whh` and `W_hh` are one, as are `yhat` and `y_hat`, if only one of them is there. */
export function canonical(family: string, indexCount: IndexCount): string | undefined {
  const isKnown = (name: string) => countsOf(indexCount, name).length > 0;
  if (isKnown(family)) return family;
  // ht and \tilde h are one
  if (family.endsWith('t') && isKnown(`${family}ilde`)) return `${family}ilde`;
  if (family.endsWith('tilde') && isKnown(family.slice(0, -4))) return family.slice(0, -4);
  const squeezed = family.replaceAll('_', '');
  for (let cut = 1; cut < squeezed.length; cut++) {
    const other = `${squeezed.slice(0, cut)}_${squeezed.slice(cut)}`;
    if (isKnown(other)) return other;
  }
  return squeezed !== family && isKnown(squeezed) ? squeezed : undefined;
}
