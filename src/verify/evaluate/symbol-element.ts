/** Elements of symbols that are no variables of the model: δ_{t,i} is element i of δ_t. */

import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import { scriptedName } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr } from '../../notation/tree.ts';
import { scalar, type Tensor } from '../../run/eager.ts';
import { parts } from '../rewrite.ts';
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
    throw new UnknownSymbol(whole, e.context.text, integers);
  }
  const value = e.m.plain(e.value(whole, integers));
  if (value.shape.length !== 1) return undefined;
  const element = value.v.data[at - e.reading.base];
  if (element === undefined) throw absent(e, x);
  return e.m.value(scalar(element));
}

/** What an index runs over that counts the elements of symbols: Σ_i δ_{t,i}. */
export function symbolBounds(
  e: Evaluation,
  index: string,
  body: Expr,
  integers: Integers,
): readonly [number, number] | undefined {
  for (const x of parts(body)) {
    const { whole, place } = splitElement(x) ?? {};
    if (whole === undefined || place === undefined || plainName(place) !== index) continue;
    const symbol = symbolOf(whole, integers);
    if (symbol === undefined || !e.reading.meanings.has(symbolKey(symbol))) continue;
    const { shape } = e.m.plain(e.value(whole, integers));
    if (shape.length === 1) return [e.reading.base, e.reading.base + shape[0] - 1];
  }
  return undefined;
}
