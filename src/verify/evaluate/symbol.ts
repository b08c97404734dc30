/** The value of a symbol that is no variable of the model: δ_t, a_t, and those that a line defines. */

import { elementsOf } from '../../model/equations/elements.ts';
import { holdsChain, type Integers, integerOf, rangeFrom, sizeName } from '../../model/equations/integers.ts';
import { isBracketedPower, type Reference, referenceOf, scriptedName } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import { type Expr, isTransposeMark, type Of } from '../../notation/tree.ts';
import { scalar, type Tensor } from '../../run/eager.ts';
import type { Meaning } from '../reading.ts';
import { namesIn } from '../rewrite.ts';
import { OutOfRange, symbolKey, symbolOf, UnknownSymbol, Unsupported } from '../symbols.ts';
import { outsideValue, requireElement } from './element.ts';
import { absent, type Defined, type Evaluation, textOf } from './evaluation.ts';
import { kroneckerValue } from './kronecker.ts';
import { elementOfWhole, symbolElement } from './symbol-element.ts';
import { gradientValue, likeBehind, variableValue, zeroBehind } from './values.ts';

/** Most definitions that are under way, one inside the other. */
const MAX_DEPTH = 400;

/** Names of constants. */
const CONSTANTS: ReadonlySet<string> = new Set(['𝟏', 'I', 'π', '∞']);

/** Names that the model has are left to the interpreter. */
export function symbolValue(e: Evaluation, x: Expr, integers: Integers): Value<Tensor> | undefined {
  const { subject, text } = e.context;
  const { indexCount } = subject;
  if (scriptedName(x) === undefined) return requireElement(e, x, integers);
  const reference = referenceOf(x, integers, indexCount);
  if (reference !== undefined) {
    if (subject.find(reference) !== undefined || likeBehind(e, reference, x) !== undefined) return undefined;
    // E_0 is no element of the number E
    const arrays = elementsOf(x, integers, indexCount).filter((element) => {
      const id = subject.find(element.reference);
      return id !== undefined && subject.graph.node(id).shape.length > 0;
    });
    if (arrays.length > 0) return outsideValue(e, x, integers);
    throw absent(e, x, integers);
  }
  if (integers.has(sizeName(x) ?? '') || (x.kind === 'name' && CONSTANTS.has(x.base))) return undefined;
  const symbol = symbolOf(x, integers);
  const meaning = symbol && e.reading.meanings.get(symbolKey(symbol));
  if (symbol !== undefined && meaning !== undefined) return meantValue(e, x, meaning, symbol.indices);
  const ofClass = kroneckerValue(e, x, integers);
  if (ofClass !== undefined) return ofClass;
  const wholes = elementsOf(x, integers, indexCount).map((part) => part.reference);
  if (wholes.length > 0) {
    const exists = (whole: Reference) =>
      subject.find(whole) !== undefined || likeBehind(e, whole, x) !== undefined;
    if (!wholes.some(exists)) throw absent(e, x); // ŷ_{0,k}
    return outsideValue(e, x, integers);
  }
  const element = symbolElement(e, x, integers);
  if (element !== undefined) return element;
  const ofWhole = elementOfWhole(e, x, integers);
  if (ofWhole !== undefined) return ofWhole;
  const isAbove = scriptedName(x)?.scripts.some(({ above }) => above);
  if (symbol?.name === 'δ' && symbol.indices.length === 2 && !isAbove) {
    return e.m.number(symbol.indices[0] === symbol.indices[1] ? 1 : 0); // Kronecker's
  }
  throw new UnknownSymbol(x, text, integers);
}

/** `δ^{(t)}` and `δ^t`: a symbol with an index above. Powers and transposes are the interpreter's. */
export function superscriptValue(e: Evaluation, x: Of<'sup'>, integers: Integers): Value<Tensor> | undefined {
  if (x.bracket === undefined && isTransposeMark(x.exponent)) return undefined;
  if (referenceOf(x, integers, e.context.subject.indexCount) !== undefined)
    return symbolValue(e, x, integers);
  const symbol = symbolOf(x, integers);
  const meaning = symbol && e.reading.meanings.get(symbolKey(symbol));
  if (meaning !== undefined) return meantValue(e, x, meaning, symbol!.indices);
  const isPower = isBracketedPower(x, integers, e.context.subject.indexCount);
  const isIndex = !isPower && (x.bracket !== undefined || isStep(e, x, integers));
  return isIndex ? symbolValue(e, x, integers) : undefined;
}

/** Whether what stands above a symbol that is not known is a step, not a power: δ^t, δ_o^{t+1}. */
function isStep(e: Evaluation, x: Of<'sup'>, integers: Integers): boolean {
  const { indexCount } = e.context.subject;
  const [symbol, whole] = [symbolOf(x.of, integers), symbolOf(x, integers)];
  if (symbol === undefined || whole === undefined || whole.indices.length === symbol.indices.length)
    return false; // e^z
  // δ^3 belongs to layer 3; of other symbols numbers are powers
  if (x.exponent.kind === 'number' && !/^(?:δ|delta)(?:_|$)/.test(symbol.name)) return false;
  const isKnown =
    e.reading.meanings.has(symbolKey(symbol)) ||
    CONSTANTS.has(symbol.name) ||
    integers.has(symbol.name) ||
    [x, x.of].some((part) => elementsOf(part, integers, indexCount).length > 0) ||
    referenceOf(x.of, integers, indexCount) !== undefined;
  return !isKnown;
}

/** What a symbol is taken for, at its indices. */
export function meantValue(
  e: Evaluation,
  x: Expr,
  meaning: Meaning,
  indices: readonly number[],
): Value<Tensor> {
  const key = indices.join('.');
  switch (meaning.kind) {
    case 'gradient': {
      if (meaning.losses !== undefined) {
        const [by, of] = [meaning.nodes.get(String(indices[0])), meaning.losses.get(String(indices[1]))];
        if (by === undefined || of === undefined) throw absent(e, x);
        return e.m.scaled(gradientValue(e, by, of), meaning.sign);
      }
      if (meaning.isElement) return gradientElement(e, x, meaning, indices);
      const id = meaning.nodes.get(key);
      if (id !== undefined) return e.m.scaled(gradientValue(e, id), meaning.sign);
      return zeroBehind(e, x, meaning.nodes, indices);
    }
    case 'node': {
      const id = meaning.nodes.get(key);
      if (id === undefined) throw absent(e, x);
      return variableValue(e, id);
    }
    case 'definition':
      return knownValue(e, x, meaning, indices);
    default:
      throw new Unsupported('this symbol has no value here', e.context.text, x.span);
  }
}

/** δ_j^t: element j of δ at t. */
function gradientElement(
  e: Evaluation,
  x: Expr,
  { nodes, sign }: Meaning & { kind: 'gradient' },
  [place, step]: readonly number[],
): Value<Tensor> {
  const id = nodes.get(String(step));
  const whole = id === undefined ? zeroBehind(e, x, nodes, [step], true) : gradientValue(e, id);
  const value = whole.v.data[place - e.reading.base];
  if (value === undefined) throw absent(e, x);
  return e.m.value(scalar(sign * value));
}

/** The value of a definition, found once however often it is used: each may use the one before twice. */
function knownValue(
  e: Evaluation,
  x: Expr,
  meaning: Meaning & { kind: 'definition' },
  indices: readonly number[],
): Value<Tensor> {
  const key = indices.join('.');
  const known = e.defined.get(meaning) ?? new Map<string, Defined>();
  e.defined.set(meaning, known);
  let found = known.get(key);
  if (found === undefined) {
    const [touched, beyond] = [e.touched, e.beyond];
    [e.touched, e.beyond] = [false, false];
    let value: Value<Tensor> | undefined;
    let error: unknown;
    try {
      value = definedValue(e, x, meaning, indices);
    } catch (caught) {
      error = caught;
    }
    found = { value, error, touched: e.touched, beyond: e.beyond };
    known.set(key, found);
    [e.touched, e.beyond] = [touched, beyond];
  }
  e.touched ||= found.touched;
  e.beyond ||= found.beyond;
  if (found.value === undefined) throw found.error;
  return found.value;
}

/** By the line of the derivation that says what the symbol is at these indices. */
function definedValue(
  e: Evaluation,
  x: Expr,
  { cases }: Meaning & { kind: 'definition' },
  indices: readonly number[],
): Value<Tensor> {
  const { text } = e.context;
  const depth = e.depth + 1;
  if (depth > MAX_DEPTH) throw new Unsupported('the definitions go round in a circle', text, x.span);
  for (const { indices: at, expr, bound, conditions, text: source } of cases) {
    const known = solved(at, indices, e.context.subject.integers);
    if (known === undefined || !conditions.every((condition) => isMet(e, condition, known, source))) continue;
    return e.valueWithin({ context: { text: source, bound }, depth }, expr, known);
  }
  throw new OutOfRange(`${textOf(e, x)} has no definition`, text, x.span);
}

/** Whether a definition is for these indices: `if t = T`, `for t = 1..T`. */
function isMet(e: Evaluation, condition: Expr, known: Integers, text: string): boolean {
  const { integers } = e.context.subject;
  const range = rangeFrom(condition, integers);
  const at = range && known.get(range.index);
  if (range !== undefined) return at === undefined || range.values.includes(at);
  if (condition.kind !== 'relation') return true; // for all t
  const holds = holdsChain(condition, known);
  if (holds !== undefined) return holds;
  const indicator: Expr = { kind: 'indicator', condition, span: condition.span };
  const { data } = e.valueWithin({ context: { text } }, indicator, known).v;
  const met = data.filter((v: number) => v !== 0).length;
  if (met !== 0 && met !== data.length)
    throw new Unsupported('the definition is for some of the elements alone', text, condition.span);
  return met > 0;
}

/** The letters' values for which the places of a definition are at the given indices. */
function solved(places: readonly Expr[], indices: readonly number[], sizes: Integers): Integers | undefined {
  if (places.length !== indices.length) return undefined;
  if (places.some((place, k) => place.kind === 'number' && Number(place.text) !== indices[k]))
    return undefined;
  const known = new Map(sizes);
  for (let k = 0; k < places.length; k++) {
    const fixed = integerOf(places[k], known);
    if (fixed !== undefined) {
      if (fixed !== indices[k]) return undefined;
      continue;
    }
    const letter = [...namesIn(places[k])].find((name) => !known.has(name));
    if (letter === undefined) return undefined;
    const offset = integerOf(places[k], new Map(known).set(letter, 0));
    if (offset === undefined) return undefined;
    known.set(letter, indices[k] - offset);
    if (integerOf(places[k], known) !== indices[k]) return undefined;
  }
  return known;
}
