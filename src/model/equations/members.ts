/** Which variables the lines define: each family with its indices, each variable with the line that it comes from. */

import { NotationError } from '../../notation/problem.ts';
import type { Expr, Span } from '../../notation/tree.ts';
import { axedEquations } from './axes.ts';
import type { Declaration } from './declare.ts';
import { combinations, holdsChain, type Integers, type Range } from './integers.ts';
import { quoted } from './line.ts';
import {
  type IndexCount,
  indicesAt,
  type Reference,
  referenceOf,
  scriptedName,
  variableName,
} from './names.ts';
import type { Equation, Network } from './network.ts';

/** One variable: a leaf, or an equation at values of its indices. */
export interface Member {
  readonly name: string;
  readonly reference: Reference;
  readonly from: { readonly declaration: Declaration } | { readonly equation: Equation };
  /** The indices' values. */
  readonly integers: Integers;
  /** The letters of the axes, if the equation gives an array by its elements: Y_{ij} = …. */
  readonly axes: readonly string[];
  /** `t=1`, `t=1/l=2`; empty without indices. */
  readonly scope: string;
  /** Where it stands among the steps. */
  readonly step: number;
  /** Whether the line says for which indices it holds; otherwise it does for those that its right-hand side has. */
  readonly isExplicit: boolean;
}

/** Most variables of a model. */
const MAX_MEMBERS = 20_000;

/** Most terms of all sums together. */
const MAX_TERMS = 100_000;

export class Members {
  readonly text: string;
  /** What each is computed from, once that has been found. */
  readonly uses = new Map<Member, readonly Member[]>();
  #terms = 0;
  readonly #byName = new Map<string, Member>();
  readonly #counts = new Map<string, number[]>();
  readonly #indices = new Map<string, Map<string, readonly number[]>>();

  constructor(text: string) {
    this.text = text;
  }

  get all(): Iterable<Member> {
    return this.#byName.values();
  }

  get families(): readonly string[] {
    return [...this.#counts.keys()];
  }

  indexCount: IndexCount = (family) => this.#counts.get(family);

  find(reference: Reference): Member | undefined {
    return this.#byName.get(variableName(reference));
  }

  /** The indices of a family's variables. */
  indicesOf = (family: string): Iterable<readonly number[]> => this.#indices.get(family)?.values() ?? [];

  add(member: Member): void {
    const { name, reference } = member;
    const { family, indices } = reference;
    if (this.#byName.size >= MAX_MEMBERS) {
      throw new NotationError(
        `more than ${MAX_MEMBERS} variables; take smaller ranges`,
        this.text,
        spanOf(member),
      );
    }
    this.#byName.set(name, member);
    const counts = this.#counts.get(family) ?? [];
    if (!counts.includes(indices.length)) this.#counts.set(family, [...counts, indices.length]);
    if (indices.length === 0) return;
    let known = this.#indices.get(family);
    if (known === undefined) this.#indices.set(family, (known = new Map()));
    known.set(name, indices);
  }

  /** Counts a term of a sum, and refuses what would take too long. */
  countTerm(span: Span): void {
    if (++this.#terms > MAX_TERMS)
      throw new NotationError(`more than ${MAX_TERMS} terms; take smaller ranges`, this.text, span);
  }

  remove({ name, reference }: Member): void {
    this.#byName.delete(name);
    this.#indices.get(reference.family)?.delete(name);
  }
}

export function spanOf({ from }: Member): Span {
  return 'declaration' in from ? from.declaration.span : from.equation.span;
}

/** All variables that the lines may define. Throws a NotationError where two lines define the same. */
export function membersOf(network: Network): Members {
  const { text, integers, declarations, equations } = network;
  const members = new Members(text);
  const letters = indexLetters(network);
  for (const declaration of declarations) {
    const { name, ranges } = declaration;
    for (const member of instances(network, { declaration }, name, ranges, [], true)) addNew(members, member);
  }
  const defining = equations.filter((equation) => {
    return equation.ranges.length > 0 || leavesNamed(network, members, equation.left).length === 0;
  });
  const dummies = new Map([
    ...integers,
    ...[...letters].map(([index, values]) => [index, values[0] ?? 0] as const),
  ]);
  const arrays = axedEquations(defining, members.indexCount, dummies);
  const open: (() => void)[] = [];
  for (const equation of defining) {
    const { left, axes } = arrays.get(equation) ?? { left: equation.left, axes: [] };
    const ranges = equation.ranges.filter(({ index }) => !axes.includes(index));
    const free = freeIndices(left, ranges, letters);
    if (free.length === 0) {
      for (const member of instances(network, { equation }, left, ranges, equation.filters, true, axes))
        addNew(members, member);
      continue;
    }
    // what one line defines for single indices, another does not define again for all
    open.push(() => {
      const all = [...ranges, ...free.map((index) => ({ index, values: letters.get(index)! }))];
      for (const member of instances(network, { equation }, left, all, equation.filters, false, axes)) {
        if (members.find(member.reference)?.isExplicit !== true) addNew(members, member);
      }
    });
  }
  for (const define of open) define();
  return members;
}

/** The declared leaves of a name: one, or all that a line declares if the name is written as it is there: x_t. */
export function leavesNamed(
  { text, integers, declarations }: Network,
  members: Members,
  name: Expr,
): Member[] {
  const isLeaf = ({ from }: Member) => 'declaration' in from;
  const reference = referenceOf(name, integers, members.indexCount);
  const single = reference && members.find(reference);
  if (single !== undefined) return isLeaf(single) ? [single] : [];
  const shown = ({ span }: Expr) => text.slice(span.start, span.end).replace(/\s/g, '');
  const declaration = declarations.find((candidate) => shown(candidate.name) === shown(name));
  if (declaration === undefined) return [];
  return [...members.all].filter(({ from }) => 'declaration' in from && from.declaration === declaration);
}

function addNew(members: Members, member: Member): void {
  const before = members.find(member.reference);
  if (before !== undefined) {
    const line = lineOf(members.text, spanOf(before).start);
    const isLeaf = 'declaration' in before.from;
    const what = isLeaf ? 'declared' : 'defined';
    throw new NotationError(
      `${member.name} is ${what} already, in line ${line}`,
      members.text,
      spanOf(member),
    );
  }
  members.add(member);
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** All letters that some range runs over, with all values of their ranges. */
function indexLetters({ declarations, equations }: Network): ReadonlyMap<string, readonly number[]> {
  const values = new Map<string, Set<number>>();
  for (const { ranges } of [...declarations, ...equations]) {
    for (const { index, values: more } of ranges) {
      values.set(index, new Set([...(values.get(index) ?? []), ...more]));
    }
  }
  return new Map([...values].map(([index, all]) => [index, [...all].sort((a, b) => a - b)]));
}

/** Letters on the left that are indices elsewhere and have no range here: O_t = V H_t. */
function freeIndices(
  left: Expr,
  ranges: readonly Range[],
  letters: ReadonlyMap<string, readonly number[]>,
): string[] {
  const own = new Set(ranges.map(({ index }) => index));
  const found = [...letters.keys()].filter((index) => !own.has(index));
  const dummy = (value: number) => new Map(found.map((index): [string, number] => [index, value]));
  const used = found.filter((index) =>
    scriptedName(left)!.scripts.some(({ at }) => {
      const [zero, one] = [dummy(0), dummy(0).set(index, 1)].map((integers) => indicesAt(at, integers));
      return zero !== undefined && zero.join() !== one!.join();
    }),
  );
  return used;
}

type Source = Member['from'];

/** The variables that one line defines. */
function* instances(
  { text, integers }: Network,
  from: Source,
  left: Expr,
  ranges: readonly Range[],
  filters: Equation['filters'],
  isExplicit: boolean,
  axes: readonly string[] = [],
): Generator<Member> {
  const { base, scripts } = scriptedName(left)!;
  const own = new Map(ranges.map(({ index, values }): [string, number] => [index, values[0] ?? 0]));
  // a size in a script is part of the name, W_n; in a script that has an index too, as H_{T-t}, it is a number
  const isIndex = scripts.map(({ at, word }) => {
    const bare = word === undefined || /^\d+$/.test(word) || indicesAt(at, own) !== undefined;
    return bare && indicesAt(at, new Map([...integers, ...own])) !== undefined;
  });
  const odd = scripts.findIndex(({ word }, i) => !isIndex[i] && word === undefined);
  if (odd >= 0) {
    throw new NotationError(
      'an index here is a letter with a range, or a number',
      text,
      scripts[odd].at.span,
    );
  }
  const family = [base, ...scripts.filter((_, i) => !isIndex[i]).map(({ word }) => word!)].join('_');
  const indices = scripts.filter((_, i) => isIndex[i]).map(({ at }) => at);
  const used = inOrderOfUse(indices, ranges, own);
  if (used.length < ranges.length && 'equation' in from) {
    const shown = quoted(text, left.span);
    const unused = ranges.find((range) => !used.includes(range))!.index;
    throw new NotationError(`${shown} has no index ${unused}, but a range of it follows`, text, left.span);
  }
  // what all steps share stands in none of them
  const isShared = 'declaration' in from && !['input', 'target'].includes(from.declaration.kind);
  for (const known of combinations(used, integers)) {
    if (!filters.every((filter) => holds(text, filter, known))) continue;
    const reference = { family, indices: indices.flatMap((at) => indicesAt(at, known)!) };
    yield {
      name: variableName(reference),
      reference,
      from,
      integers: known,
      axes,
      scope: isShared ? '' : used.map(({ index }) => `${index}=${known.get(index)}`).join('/'),
      step: isShared || used.length === 0 ? Number.NEGATIVE_INFINITY : known.get(used[0].index)!,
      isExplicit,
    };
  }
}

/** The ranges whose index the name has, in the order of the name: of h_t^{(l)} first t. */
function inOrderOfUse(indices: readonly Expr[], ranges: readonly Range[], own: Integers): Range[] {
  const used = ({ index }: Range) =>
    indices.findIndex((at) => {
      const moved = new Map(own).set(index, own.get(index)! + 1);
      return indicesAt(at, own)?.join() !== indicesAt(at, moved)?.join();
    });
  return ranges
    .map((range) => ({ range, place: used(range) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
    .map(({ range }) => range);
}

function holds(text: string, filter: Equation['filters'][number], integers: Integers): boolean {
  const found = holdsChain(filter, integers);
  if (found === undefined)
    throw new NotationError('expected a bound of an index, such as t > 1', text, filter.span);
  return found;
}
