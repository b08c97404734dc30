/** Elements of vectors and matrices: `y_{t,i}`, `X_{ij}`, counted from 1, and what their indices run over. */

import { children, type Expr, isTransposeMark } from '../../notation/tree.ts';
import type { Arithmetic } from './arithmetic.ts';
import { type Integers, integerOf } from './integers.ts';
import { canonical, countsOf, indicesAt, type Reference, type Script, scriptedName } from './names.ts';
import type { Scope } from './scope.ts';
import { Misfit, spoken, type Value } from './value.ts';

/** An element of a variable: which variable, and the scripts that are left for its axes. */
interface ElementOf {
  readonly reference: Reference;
  /** Undefined where a script is no number yet. */
  readonly places: readonly (number | undefined)[];
  /** The letters of the places. */
  readonly letters: readonly (string | undefined)[];
}

/** Scripts in the order of indices and then places. What stands above is an index: `o_i^t` is element i of o at t. */
export function inIndexOrder<S extends { readonly above: boolean }>(
  scripts: readonly S[],
  count: number,
): readonly S[] {
  const [below, above] = [false, true].map((side) => scripts.filter((script) => script.above === side));
  const isMixed = below.length > 0 && above.length > 0 && above.length <= count && count < scripts.length;
  if (!isMixed) return scripts;
  const first = count - above.length;
  return [...below.slice(0, first), ...above, ...below.slice(first)];
}

/** `H_t^2`: a power, whatever stands below. */
const isPlainPower = (x: Expr): boolean =>
  x.kind === 'sup' &&
  x.bracket === undefined &&
  (x.exponent.kind === 'number' || isTransposeMark(x.exponent));

/** `y_{t,i}`: the first scripts are y's indices, the others count along its axes. The readings, the likeliest first. */
export function elementsOf(
  x: Expr,
  integers: Integers,
  indexCount: Scope<unknown>['indexCount'],
): ElementOf[] {
  const name = x.kind === 'name' || isPlainPower(x) ? undefined : scriptedName(x);
  if (name === undefined) return [];
  const found: ElementOf[] = [];
  for (let words = name.scripts.length - 1; words >= 0; words--) {
    const inName = name.scripts.slice(0, words);
    if (inName.some(({ word }) => word === undefined)) continue;
    const family = canonical([name.base, ...inName.map(({ word }) => word!)].join('_'), indexCount);
    if (family === undefined) continue;
    const rest = name.scripts.slice(words);
    const isDoubtful = rest.some(({ word }) => DIGIT_AND_LETTER.test(word ?? ''));
    for (const apart of isDoubtful ? [false, true] : [false]) {
      const all = rest.flatMap((script) => placesIn(script, integers, apart));
      for (const count of [...countsOf(indexCount, family)].sort((a, b) => b - a)) {
        const scripts = inIndexOrder(all, count);
        const indices = scripts.slice(0, count).map(({ value }) => value);
        if (scripts.length <= count || indices.some((value) => value === undefined)) continue;
        const places = scripts.slice(count);
        found.push({
          reference: { family, indices: indices as number[] },
          places: places.map(({ value }) => value),
          letters: places.map(({ letter }) => letter),
        });
      }
    }
  }
  return found;
}

/** `1k` is 1 and k of a matrix, k once of a vector. */
const DIGIT_AND_LETTER = /^\d\p{L}$/u;

interface Place {
  readonly value: number | undefined;
  readonly letter: string | undefined;
  readonly above: boolean;
}

/** The places that one script names. */
function placesIn({ at, word, above }: Script, integers: Integers, apart: boolean): Place[] {
  const values = apart && DIGIT_AND_LETTER.test(word ?? '') ? undefined : indicesAt(at, integers);
  if (values !== undefined) return values.map((value) => ({ value, letter: undefined, above }));
  const letters = word === undefined ? [undefined] : word.length > 3 ? [word] : [...word];
  return letters.map((letter) => {
    if (apart && /^\d$/.test(letter ?? '')) return { value: Number(letter), letter: undefined, above };
    return { value: letter === undefined ? undefined : integers.get(letter), letter, above };
  });
}

/** Whether the array has the element at the places that are known. */
export const isWithin = (
  places: readonly (number | undefined)[],
  shape: readonly number[],
  base: number,
): boolean =>
  places.every((place, axis) => place === undefined || (place >= base && place < base + shape[axis]));

/** Whether places of elements are counted from one another: X_{i+m,j+n}. Names of sizes do not count. */
export function isShifted(x: Expr, sizes: Integers = new Map()): boolean {
  const scripts = x.kind === 'name' ? [] : (scriptedName(x)?.scripts ?? []);
  return scripts.some(({ at }) => {
    const items = at.kind === 'list' ? at.items : [at];
    return items.some(
      (item) => item.kind === 'sum' && [...lettersIn(item)].filter((letter) => !sizes.has(letter)).length > 1,
    );
  });
}

function lettersIn(x: Expr): Set<string> {
  const letters = new Set<string>();
  const stack = [x];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.kind === 'name') letters.add(part.base);
    stack.push(...children(part));
  }
  return letters;
}

/** M_{12} of a matrix is M_{1,2}. */
export function digitsApart<P extends number | undefined>(places: readonly P[], rank: number): readonly P[] {
  const [place] = places;
  const digits =
    places.length === 1 && place !== undefined && place > 9 ? [...String(place)].map(Number) : places;
  return digits.length === rank ? (digits as readonly P[]) : places;
}

/** The element at the places, counted from `base`. Throws Misfit. */
export function elementAt<V>(
  m: Arithmetic<V>,
  whole: Value<V>,
  places: readonly number[],
  base: 0 | 1 = 1,
): Value<V> {
  if (whole.shape.length !== places.length) {
    const wanted = whole.shape.length === 1 ? 'one index' : `${whole.shape.length} indices`;
    const given = places.length === 1 ? 'one is' : `${places.length} are`;
    throw new Misfit(`an element of ${spoken(whole)} takes ${wanted}, ${given} given`);
  }
  const bad = places.findIndex((i, axis) => i < base || i >= base + whole.shape[axis]);
  if (bad >= 0) {
    const range = `${base}..${whole.shape[bad] - 1 + base}`;
    throw new Misfit(
      `${spoken(whole)} has no element ${places.join(', ')}: ${places[bad]} is not in ${range}`,
    );
  }
  const { A } = m.domain;
  const part = A.slice(whole.v, { begin: places.map((i) => i - base), size: places.map(() => 1) });
  return m.value(A.reshape(part, { shape: [] }));
}

/** The lengths of the axes along which an index counts. */
export function axisSizes<V>(
  index: string,
  body: Expr,
  integers: Integers,
  scope: Scope<V>,
): ReadonlySet<number> {
  const sizes = new Set<number>();
  const stack: Expr[] = [body];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    for (const { reference, letters } of elementsOf(x, integers, scope.indexCount)) {
      const axis = letters.indexOf(index);
      if (axis < 0) continue;
      const n = scope.variable(reference, x)?.shape[axis];
      if (n !== undefined) sizes.add(n);
    }
    stack.push(...children(x));
  }
  return sizes;
}

/** Σ_i y_i log p_i: an index that counts along axes of one length runs over that length. */
export function elementBounds<V>(
  index: string,
  body: Expr,
  integers: Integers,
  scope: Scope<V>,
): readonly [number, number] | undefined {
  const sizes = axisSizes(index, body, integers, scope);
  const { elementBase: base = 1 } = scope;
  // beyond the shorter of two axes there are no elements, which is told where they are asked for
  return sizes.size === 0 ? undefined : [base, base + Math.max(...sizes) - 1];
}

/** Σ_t E_t: an index of variables runs over the values for which all of them exist, if any has the index. */
export function memberValues(
  index: string,
  body: Expr,
  integers: Integers,
  scope: Pick<Scope<unknown>, 'indexCount' | 'members' | 'isFirst'>,
): readonly number[] | undefined {
  if (scope.members === undefined) return undefined;
  let common: Set<number> | undefined;
  const stack: Expr[] = [body];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    const found = valuesIn(x, index, integers, scope);
    if (found === 'an element') continue;
    if (found === undefined) {
      stack.push(...children(x));
      continue;
    }
    const before: Set<number> | undefined = common;
    common = before === undefined ? found : new Set([...before].filter((value) => found.has(value)));
  }
  return common && [...common].sort((a, b) => a - b);
}

/**
 * The values of the index for which the name `H_{t-1}` is a variable; undefined if the index is none of its own; or it
 * counts along an axis, as i of `o_i^t`.
 */
function valuesIn(
  x: Expr,
  index: string,
  integers: Integers,
  { indexCount, members, isFirst }: Pick<Scope<unknown>, 'indexCount' | 'members' | 'isFirst'>,
): Set<number> | 'an element' | undefined {
  const of = x.kind === 'sup' && isTransposeMark(x.exponent) ? x.of : x;
  const name = of.kind === 'name' ? undefined : scriptedName(of);
  if (name === undefined) return undefined;
  // other indices that have no value yet stand for any
  const at = (value: number) =>
    name.scripts.map(({ at: script }) => integerOf(script, new Map(integers).set(index, value)));
  const [zero, one] = [at(0), at(1)];
  const moving = zero.findIndex((value, i) => value !== undefined && value !== one[i]);
  if (moving < 0) return undefined;
  const words = name.scripts.filter(({ word }, i) => zero[i] === undefined && word !== undefined);
  let isElement = false;
  for (let inName = words.length; inName >= 0; inName--) {
    const taken = new Set(words.slice(0, inName));
    const family = canonical(
      [name.base, ...words.slice(0, inName).map(({ word }) => word!)].join('_'),
      indexCount,
    );
    if (family === undefined) continue;
    const given = name.scripts
      .map((script, i) => ({ script, i, above: script.above }))
      .filter(({ script }) => !taken.has(script));
    const counts = countsOf(indexCount, family).filter((count) => count <= given.length);
    const places = inIndexOrder(given, Math.max(0, ...counts));
    const [offset, slope] = [zero[moving]!, one[moving]! - zero[moving]!];
    const axis = places.findIndex(({ i }) => i === moving);
    const values = new Set<number>();
    const firsts = new Set<number>();
    if (countsOf(indexCount, family).every((count) => count <= axis)) {
      isElement ||= counts.some((count) => count > 0);
      continue;
    }
    for (const member of members!(family)) {
      if (member.length > places.length || axis >= member.length) continue;
      const value = (member[axis] - offset) / slope;
      const known = Number.isInteger(value) ? at(value) : [];
      const fits = member.every((v, k) => {
        const wanted = known[places[k].i];
        return wanted === undefined || wanted === v;
      });
      if (!fits || !Number.isInteger(value)) continue;
      const isStart = offset === 0 && slope === 1 && isFirst?.(family, member) === true;
      (isStart ? firsts : values).add(value);
    }
    if (values.size > 0) return values;
    if (firsts.size > 0) return firsts;
  }
  return isElement ? 'an element' : undefined;
}
