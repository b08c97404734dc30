/** Programs that use a name again: `dh = dh * (h > 0)`, `dS /= N` behind a line that reads dS. From then on it is another thing. */

import { elementsOf } from '../model/equations/elements.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr, Relation, Statement, Term } from '../notation/tree.ts';
import { parts, withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { slice } from './wording.ts';

/** Relations of lines that change an array in place. */
export const CHANGES: ReadonlySet<Relation> = new Set(['+=', '-=', '*=', '/=']);

/** The lines with the versions of each name told apart. */
export interface Renamed {
  readonly lines: readonly Statement[];
  /** Whether what a name was is read before a line changes it: then the versions must be told apart. */
  readonly isForced: boolean;
}

/** Most names whose versions are tried each by itself. */
const MOST_NAMES = 3;
/** Most versions of one name: each is made of the one before. */
const MOST_VERSIONS = 20;

/** The line that changes its name once too often, if there is one. */
export function changedTooOften(
  lines: readonly Statement[],
  text: string,
  subject: Subject,
): Statement | undefined {
  return new Program(lines, text, subject).beyond;
}

/**
 * The lines with other names for some versions of an array that is made of its own former value: the first version or the
 * last may be the gradient that the name says. Empty if there is no such line.
 */
export function reassigned(lines: readonly Statement[], text: string, subject: Subject): readonly Renamed[] {
  const program = new Program(lines, text, subject);
  const { names } = program;
  if (names.length === 0) return [];
  const choices =
    names.length > MOST_NAMES
      ? [new Set(names), new Set<string>()]
      : Array.from(
          { length: 2 ** names.length },
          (_, mask) => new Set(names.filter((_, k) => mask & (1 << k))),
        );
  const found = choices.map((former) => program.renamed(former));
  return found.filter(({ lines }, i) => found.findIndex((other) => other.lines === lines) === i);
}

class Program {
  readonly #lines: readonly Statement[];
  readonly #text: string;
  readonly #keys: readonly string[];
  /** Lines that make an array of its own former value. */
  readonly #isMade: readonly boolean[];
  readonly #isForced: readonly boolean[];
  /** `dh *= 1 - h**2`: the product may be what is called dh, or another thing. */
  readonly #isMultiplied: readonly boolean[];
  readonly names: readonly string[];

  constructor(lines: readonly Statement[], text: string, subject: Subject) {
    this.#lines = lines;
    this.#text = text;
    this.#keys = lines.map(({ members: [left] }) => this.#typed(left));
    const reads = lines.map(
      ({ members: [, ...others] }) =>
        new Set(others.flatMap((member) => [...parts(member)].filter(isName).map((x) => this.#typed(x)))),
    );
    this.#isMade = lines.map(
      ({ relations: [relation] }, i) =>
        this.#keys.indexOf(this.#keys[i]) < i && relation === '=' && reads[i].has(this.#keys[i]),
    );
    this.#isMultiplied = lines.map(
      ({ members: [, by], relations: [relation] }, i) =>
        this.#keys.indexOf(this.#keys[i]) < i && relation === '*=' && !isNumber(by, subject),
    );
    this.#isForced = lines.map(({ relations: [relation] }, i) => {
      const key = this.#keys[i];
      const last = this.#keys.lastIndexOf(key, i - 1);
      if (i === 0 || last < 0 || !CHANGES.has(relation) || !this.#isAssigned(key, i)) return false;
      return reads.slice(last + 1, i + 1).some((read) => read.has(key));
    });
    this.names = [...new Set(this.#keys.filter((_, i) => this.#isSplit(i)))];
  }

  get beyond(): Statement | undefined {
    const versions = new Map<string, number>();
    return this.#lines.find((_, i) => {
      const key = this.#keys[i];
      if (this.#isSplit(i)) versions.set(key, (versions.get(key) ?? 0) + 1);
      return (versions.get(key) ?? 0) > MOST_VERSIONS;
    });
  }

  #isSplit(i: number): boolean {
    return this.#isMade[i] || this.#isMultiplied[i] || this.#isForced[i];
  }

  /** Whether a line before gives the name a value, and does not only add to one. */
  #isAssigned(key: string, at: number): boolean {
    return this.#lines.some(
      ({ relations: [relation] }, i) => i < at && this.#keys[i] === key && !CHANGES.has(relation),
    );
  }

  #typed(x: Expr): string {
    return slice(this.#text, x.span).replace(/\s/g, '');
  }

  /** `former`: the names of which the last version is meant, and of the others the first. */
  renamed(former: ReadonlySet<string>): Renamed {
    const isSplit = this.#lines.map(
      (_, i) => this.#isMade[i] || this.#isForced[i] || (this.#isMultiplied[i] && !former.has(this.#keys[i])),
    );
    const isForced = this.#isForced.includes(true);
    if (!isSplit.includes(true)) return { lines: this.#lines, isForced };
    const starts = this.#lines.map(
      ({ relations: [relation] }, i) =>
        isSplit[i] || !CHANGES.has(relation) || this.#keys.indexOf(this.#keys[i]) === i,
    );
    const isFirst = starts.map((isStart, i) => isStart && !isSplit[i]);
    /** Whether the version that begins here is another thing than what its name says. */
    const isOther = (i: number): boolean => {
      if (!former.has(this.#keys[i])) return isSplit[i];
      const next = this.#keys.findIndex((key, k) => k > i && key === this.#keys[i] && starts[k]);
      return next >= 0 && !isFirst[next];
    };
    const current = new Map<string, Expr>();
    const renamed = (x: Expr): Expr =>
      isName(x) ? (current.get(this.#typed(x)) ?? x) : withParts(x, renamed);
    const lines = this.#lines.map((line, i): Statement => {
      const { members, relations } = line;
      const [left, ...others] = members;
      const key = this.#keys[i];
      const rest = others.map(renamed);
      const before = current.get(key) ?? left;
      if (!starts[i]) return { ...line, members: [before, ...rest] };
      const isFresh = isOther(i);
      const name: Expr = isFresh ? { kind: 'name', base: `${key}#${i}`, accents: [], span: left.span } : left;
      if (isFresh) current.set(key, name);
      else current.delete(key);
      const isChange = isSplit[i] && CHANGES.has(relations[0]);
      const made = isChange ? [changed(before, relations[0], rest[0])] : rest;
      const [relation, ...more] = relations;
      const isGiven = isChange || !CHANGES.has(relation);
      const own: Relation = isGiven && isFresh ? ':=' : isChange ? '=' : relation;
      return { ...line, members: [name, ...made], relations: [own, ...more] };
    });
    return { lines, isForced };
  }
}

/** What an array is behind a line that changes it. */
function changed(before: Expr, relation: Relation, by: Expr): Expr {
  const span = { start: before.span.start, end: by.span.end };
  if (relation === '/=') return { kind: 'quotient', style: '/', over: before, under: by, span };
  if (relation === '*=') {
    const factors = [
      { operator: 'juxtaposed', factor: before },
      { operator: by.kind === 'number' ? 'juxtaposed' : 'hadamard', factor: by },
    ] as const;
    return { kind: 'product', factors, span };
  }
  const terms: Term[] = [
    { sign: '+', term: before },
    { sign: relation === '-=' ? '-' : '+', term: by },
  ];
  return { kind: 'sum', terms, span };
}

/** What a line assigns to: as typed, or the other name that it was given. */
export function assignedName(left: Expr, text: string): string {
  const isOther = left.kind === 'name' && left.base.includes('#');
  return isOther ? left.base : slice(text, left.span).replace(/\s/g, '');
}

const isName = ({ kind }: Expr): boolean => kind === 'name' || kind === 'differential' || kind === 'sub';

/** Whether it is a number: a size, 0.5, reg. */
function isNumber(x: Expr, subject: Subject): boolean {
  const { integers, indexCount, graph } = subject;
  return [...parts(x)].every((part) => {
    if (part.kind === 'relation' || part.kind === 'indicator') return false;
    if (part.kind !== 'name' && part.kind !== 'sub') return true;
    const reference = referenceOf(part, integers, indexCount);
    if (reference === undefined)
      return elementsOf(part, integers, indexCount).length > 0 || integers.has(typedName(part));
    const id = subject.find(reference);
    return id === undefined || graph.node(id).shape.length === 0;
  });
}

const typedName = (x: Expr): string => (x.kind === 'name' ? x.base : '');
