/** Elements of symbols that are no variables of the model: δ_{t,i} is element i of δ_t. */

import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import { scriptedName } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr } from '../../notation/tree.ts';
import { scalar, type Tensor } from '../../run/eager.ts';
import { namesIn, parts } from '../rewrite.ts';
import { symbolKey, symbolOf, UnknownSymbol } from '../symbols.ts';
import { absent, type Evaluation } from './evaluation.ts';

/** δ_{t,i} as δ_t and i; undefined if no comma parts its scripts. */
export function splitElement(x: Expr): { readonly whole: Expr; readonly place: Expr } | undefined {
  const items =
    x.kind === 'index' ? x.items : x.kind === 'sub' && x.index.kind === 'list' ? x.index.items : [];
  if ((x.kind !== 'index' && x.kind !== 'sub') || items.length < 2 || scriptedName(x) === undefined)
    return undefined;
  const kept = items.slice(0, -1);
  const [first] = kept;
  const span = { start: first.span.start, end: kept.at(-1)!.span.end };
  const index: Expr = kept.length === 1 ? first : { kind: 'list', items: kept, span };
  return { whole: { kind: 'sub', of: x.of, index, span: x.span }, place: items.at(-1)! };
}

/**
 * The element of a symbol whose whole has a meaning. What a line defines by its elements, δ_{t,j} = …, is no Kronecker δ:
 * then the whole is asked for.
 */
export function symbolElement(e: Evaluation, x: Expr, integers: Integers): Value<Tensor> | undefined {
  const { whole, place } = splitElement(x) ?? {};
  const symbol = whole && symbolOf(whole, integers);
  const at = place && integerOf(place, integers);
  if (whole === undefined || symbol === undefined || at === undefined) return undefined;
  if (!e.reading.meanings.has(symbolKey(symbol))) {
    if (scriptedName(x)?.base !== e.context.byElement) return undefined;
    // δ_{o,t} of a network with steps is δ_o at t
    const isLabelled = symbol.indices.length === 0 && symbol.name !== scriptedName(x)?.base;
    if (isLabelled && e.context.subject.steps.size > 0) return undefined;
    throw new UnknownSymbol(whole, e.context.text, integers);
  }
  const value = e.m.plain(e.value(whole, integers));
  if (value.shape.length !== 1) return undefined;
  const element = value.v.data[at - e.reading.base];
  if (element === undefined) throw absent(e, x);
  return e.m.value(scalar(element));
}

/** δ_{ij}, δ_i: an element of a δ that a line defines as a whole. Undefined: it is none. */
export function elementOfWhole(e: Evaluation, x: Expr, integers: Integers): Value<Tensor> | undefined {
  const name = scriptedName(x);
  const symbol = symbolOf(x, integers);
  if (name === undefined || symbol === undefined || symbol.name !== name.base) return undefined;
  if (symbol.indices.length === 0 || name.scripts.some(({ above }) => above)) return undefined;
  const whole = wholeOf(e, x);
  if (whole === undefined || whole.shape.length !== symbol.indices.length) return undefined;
  const { base } = e.reading;
  const at = symbol.indices.map((index) => index - base);
  if (at.some((place, axis) => place < 0 || place >= whole.shape[axis])) throw absent(e, x);
  const place = at.reduce((sum, index, axis) => sum * whole.shape[axis] + index, 0);
  return e.m.value(scalar(whole.v.data[place]));
}

/** The value of a symbol without its scripts, if it has a meaning. Where there are layers or steps δ_2 is of one of them. */
function wholeOf(e: Evaluation, x: Expr): Value<Tensor> | undefined {
  const { families, graph } = e.context.subject;
  const isLayered = [...families.values()].some(
    ({ indexCount, members }) => indexCount > 0 && members.some(({ id }) => graph.node(id).inputs.length > 0),
  );
  if (isLayered) return undefined;
  let of = x;
  while (of.kind === 'sub' || of.kind === 'index' || of.kind === 'sup') of = of.of;
  const symbol = symbolOf(of, e.context.subject.integers);
  const isKnown = symbol !== undefined && e.reading.meanings.has(symbolKey(symbol));
  return isKnown ? e.m.plain(e.value(of, e.context.subject.integers)) : undefined;
}

/** What an index runs over that counts the elements of symbols: Σ_i δ_{t,i}, Σ_{ij} δ_{ij}, Σ_{uv} (∂L/∂Y)_{uv}. */
export function symbolBounds(
  e: Evaluation,
  index: string,
  body: Expr,
  integers: Integers,
): readonly [number, number] | undefined {
  for (const x of parts(body)) {
    const size = sizeOfSplit(e, x, index, integers) ?? sizeOfBracket(e, x, index, integers);
    if (size !== undefined) return [e.reading.base, e.reading.base + size - 1];
    const found = boundsOfSymbol(e, x, index, integers);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sizeOfSplit(e: Evaluation, x: Expr, index: string, integers: Integers): number | undefined {
  const { whole, place } = splitElement(x) ?? {};
  if (whole === undefined || place === undefined || plainName(place) !== index) return undefined;
  const symbol = symbolOf(whole, integers);
  if (symbol === undefined || !e.reading.meanings.has(symbolKey(symbol))) return undefined;
  const { shape } = e.m.plain(e.value(whole, integers));
  return shape.length === 1 ? shape[0] : undefined;
}

/** The letters of the scripts: of `ij` and of `i, j` two. */
function lettersOf(scripts: readonly Expr[]): readonly (string | undefined)[] {
  return scripts.flatMap((at) => {
    const name = plainName(at);
    return name === undefined ? [undefined] : [...name];
  });
}

function sizeOfBracket(e: Evaluation, x: Expr, index: string, integers: Integers): number | undefined {
  if ((x.kind !== 'sub' && x.kind !== 'index') || x.of.kind !== 'bracket') return undefined;
  const scripts = x.kind === 'index' ? x.items : x.index.kind === 'list' ? x.index.items : [x.index];
  const letters = lettersOf(scripts);
  const axis = letters.indexOf(index);
  const isOpen = [...namesIn(x.of)].includes(index);
  if (axis < 0 || isOpen) return undefined;
  const { shape } = e.m.plain(e.value(x.of, integers));
  return shape.length === letters.length ? shape[axis] : undefined;
}

/** Of δ_j where a line defines δ or its elements δ_i: what i runs over there. */
function boundsOfSymbol(
  e: Evaluation,
  x: Expr,
  index: string,
  integers: Integers,
): readonly [number, number] | undefined {
  const name = scriptedName(x);
  if (name === undefined || name.scripts.length === 0) return undefined;
  const letters = lettersOf(name.scripts.map(({ at }) => at));
  const axis = letters.indexOf(index);
  if (axis < 0) return undefined;
  const known = new Map(integers);
  for (const letter of letters) if (letter !== undefined && !known.has(letter)) known.set(letter, 1);
  const symbol = symbolOf(x, known);
  const meaning = symbol && e.reading.meanings.get(symbolKey(symbol));
  if (symbol?.name !== name.base) return undefined;
  if (meaning?.kind === 'definition') {
    const [{ indices, expr }] = meaning.cases;
    const own = meaning.cases.length === 1 ? plainName(indices[axis]) : undefined;
    if (own === undefined || e.context.subject.integers.has(own)) return undefined;
    const { span } = expr;
    const letter: Expr = { kind: 'name', base: own, accents: [], span };
    const outer = new Map(integers);
    outer.delete(own);
    const all = e.bindings({ kind: 'big', op: 'sum', lower: [letter], body: expr, span }, outer);
    const values = all.map((at) => at.get(own)!);
    return values.length === 0 ? undefined : [Math.min(...values), Math.max(...values)];
  }
  const whole = meaning === undefined ? wholeOf(e, x) : undefined;
  if (whole === undefined || whole.shape.length !== letters.length) return undefined;
  return [e.reading.base, e.reading.base + whole.shape[axis] - 1];
}
