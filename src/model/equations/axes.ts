/** Letters left of an equals sign that count along the axes of an array: Y_{ij} = Σ_k X_{ik} W_{kj}. */

import { children, type Expr } from '../../notation/tree.ts';
import { elementsOf } from './elements.ts';
import type { Integers } from './integers.ts';
import { countsOf, type IndexCount, referenceOf, scriptedName } from './names.ts';
import type { Equation } from './network.ts';

/** How often the lines are gone through. */
const MAX_PASSES = 20;

/** What is left of the equals sign without the axes, and the axes' letters in order. */
export interface Axed {
  readonly left: Expr;
  readonly axes: readonly string[];
}

/**
 * The equations that define arrays by their elements. A letter is an axis if the right-hand side has elements at it, as
 * x_j has, and no variables, as h_t. `declared` tells the families of leaves, `indices` a value for each letter of a range.
 */
export function axedEquations(
  equations: readonly Equation[],
  declared: IndexCount,
  indices: Integers,
): ReadonlyMap<Equation, Axed> {
  const axed = new Map<Equation, Axed>();
  const counts = new Map<string, Set<number>>();
  const indexCount: IndexCount = (family) => {
    const own = counts.get(family);
    return own === undefined
      ? countsOf(declared, family)
      : [...new Set([...countsOf(declared, family), ...own])];
  };
  const add = (family: string, count: number) => {
    const own = counts.get(family);
    if (own === undefined) counts.set(family, new Set([count]));
    else own.add(count);
  };
  for (const { left } of equations) {
    const name = scriptedName(left);
    if (name?.scripts.length === 0) add(name.base, 0);
  }
  let open = equations.filter(({ left }) => itemsBelow(left).some(({ letter }) => letter !== undefined));
  // one that uses another may stand before it
  for (let pass = 0, before = -1; pass < MAX_PASSES && before < axed.size; pass++) {
    before = axed.size;
    open = open.filter((equation) => !axed.has(equation));
    for (const equation of open) {
      const below = itemsBelow(equation.left);
      const isAxis = below.map(({ letter }) => {
        const use = letter === undefined ? undefined : useOf(letter, equation.right, indices, indexCount);
        return use?.asElement === true && !use.asIndex;
      });
      // what is no axis comes first: h_{t,i}; and a word such as `in` is no two letters if one of them is none
      const first = isAxis.indexOf(true);
      if (first < 0 || isAxis.includes(false, first)) continue;
      if (
        first > 0 &&
        below[first].script === below[first - 1].script &&
        !indices.has(below[first - 1].letter!)
      )
        continue;
      const left = withScripts(equation.left, below.slice(0, first));
      axed.set(equation, { left, axes: below.slice(first).map(({ letter }) => letter!) });
      const { base, scripts } = scriptedName(left)!;
      add(base, scripts.length);
    }
  }
  return axed;
}

/** One index below a name. */
interface Item {
  readonly at: Expr;
  /** The script that it was taken from. */
  readonly script: Expr;
  readonly letter: string | undefined;
}

function itemsBelow(left: Expr): readonly Item[] {
  const scripts = scriptedName(left)?.scripts.filter(({ above }) => !above) ?? [];
  return scripts.flatMap(({ at, word }): Item[] => {
    if (word === undefined || !/^\p{L}{1,4}$/u.test(word)) return [{ at, script: at, letter: undefined }];
    return [...word].map((letter) => {
      return { at: { kind: 'name', base: letter, accents: [], span: at.span }, script: at, letter };
    });
  });
}

/** The name with these scripts below, and with those above that it has. */
function withScripts(left: Expr, below: readonly Item[]): Expr {
  const above = scriptedName(left)!.scripts.filter((script) => script.above);
  let name = left;
  while (name.kind === 'sub' || name.kind === 'sup' || name.kind === 'index') name = name.of;
  const { span } = left;
  for (const { at } of below) name = { kind: 'sub', of: name, index: at, span };
  for (const { at } of above) name = { kind: 'sup', of: name, exponent: at, bracket: '(', span };
  return name;
}

interface Use {
  readonly asElement: boolean;
  readonly asIndex: boolean;
}

/** How a letter is used, where no Σ binds it. */
function useOf(letter: string, right: Expr, indices: Integers, indexCount: IndexCount): Use {
  const others = new Map(indices);
  others.delete(letter);
  const known = new Map(others).set(letter, 1);
  let [asElement, asIndex] = [false, false];
  const stack: Expr[] = [right];
  for (let x = stack.pop(); x !== undefined; x = stack.pop()) {
    if (x.kind === 'big' && x.lower.some((bound) => binds(bound, letter))) continue;
    const isScripted = x.kind === 'sub' || x.kind === 'index' || x.kind === 'sup';
    const isUsed = isScripted && (scriptedName(x)?.scripts ?? []).some(({ at }) => mentions(at, letter));
    if (isUsed && referenceOf(x, known, indexCount) !== undefined) asIndex = true;
    else if (isUsed && elementsOf(x, others, indexCount).length > 0) asElement = true;
    else if (isUsed && elementsOf(x, known, indexCount).length > 0) asIndex = true;
    else stack.push(...children(x)); // a_j of a_j^t is nothing by itself
  }
  return { asElement, asIndex };
}

/** Whether what stands below a Σ binds the letter: `i`, `i = 1`, `i, j`. */
function binds(x: Expr, letter: string): boolean {
  if (x.kind === 'list') return x.items.some((item) => binds(item, letter));
  if (x.kind === 'relation') return binds(x.members[0], letter);
  return x.kind === 'name' && x.base === letter;
}

/** Whether a script has the letter: `i+m`, `ij`. */
function mentions(script: Expr, letter: string): boolean {
  const stack = [script];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.kind === 'name' && [...part.base].includes(letter)) return true;
    stack.push(...children(part));
  }
  return false;
}
