/** The body of a loop over time as programs have it: names without an index belong to the step that is computed. */

import { plainName } from '../model/equations/integers.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { freeIndices } from './free-indices.ts';
import { isWeightGradient } from './meanings.ts';
import { parts, withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';

export interface Loop {
  /** The letter of the step: t of `hs[t]`. */
  readonly letter: string;
  /** Names that each step computes anew: `dhraw`. */
  readonly names: ReadonlySet<string>;
  /** What d of a name is the gradient by: dy of the outputs ys, and not of the targets. */
  readonly gradients: ReadonlyMap<string, string>;
  /** Of these the gradients by variables of the network, dh: others such as dh_next are what a program calls them. */
  readonly own: ReadonlySet<string>;
  /** From a step to the one that is run through before it: back through time unless the program says otherwise. */
  readonly before: 1 | -1;
}

/** In Python the body may stand on the same line. */
const HEADER = /^[ \t]*for\s+(?:\w+\s+in\s+[^\n:=]*:|\w+\s*=\s*\w+\s*:[^\n]*$)/gm;

/** `for t in reversed(range(T)):` and the like made blank: they are no formulas. */
export function withoutHeaders(text: string): string {
  return text.replace(HEADER, (line) => ' '.repeat(line.length));
}

/** Whether a program runs forward in time. */
function isForward(text: string): boolean {
  return [...text.matchAll(HEADER)].some(([line]) => !/reversed|-\s*1\s*[):]|:\s*-\s*1\s*:/.test(line));
}

/** `hs[t]`, or `h_t` beside +=, and names that lines define without an index; undefined if it is no such program. */
export function loopOf(statements: readonly Statement[], subject: Subject, text: string): Loop | undefined {
  const all = statements.flatMap(({ members }) => members.flatMap((member) => [...parts(member)]));
  const letters = all.flatMap((x) =>
    x.kind === 'index'
      ? x.items.flatMap((item) => [...parts(item)].flatMap((part) => plainName(part) ?? []))
      : [],
  );
  // in a formula a gradient without its step is a slip
  const isProgram = statements.every(({ members: [left] }) => nameOf(left) !== undefined);
  const ofSteps = isProgram ? all.flatMap((x) => (isOfStep(x, subject) ? (nameOf(x) ?? []) : [])) : [];
  if (ofSteps.length > 0 || statements.some(({ relations }) => relations.includes('+='))) {
    const free = statements.flatMap(({ members }) => [...freeIndices(members, subject, subject.integers)]);
    if (new Set(free).size === 1) letters.push(free[0]);
  }
  const letter = letters.find((name) => !subject.integers.has(name));
  if (letter === undefined) return undefined;
  const names = new Set<string>(ofSteps);
  for (const { members, relations } of statements) {
    const name = nameOf(members[0]);
    const isNew = name !== undefined && relations[0] === '=' && subject.indexCount(name).length === 0;
    if (isNew && !isWeightGradient(name, subject)) names.add(name);
  }
  const gradients = new Map<string, string>();
  for (const x of all) {
    const name = x.kind === 'differential' ? nameOf(x) : undefined;
    const role = name === undefined ? undefined : subject.roles.get(`${name.slice(1).toLowerCase()}s`);
    if (name === undefined || role?.indexCount !== 1) continue;
    names.add(name);
    gradients.set(name, role.name);
  }
  const own = new Set([...ofSteps, ...gradients.keys()]);
  return names.size === 0 ? undefined : { letter, names, gradients, own, before: isForward(text) ? -1 : 1 };
}

/** `dc` of a c that has a step everywhere: of the step that is computed. */
function isOfStep(x: Expr, subject: Subject): boolean {
  const of = x.kind === 'differential' ? plainName(x.of) : undefined;
  const counts = of === undefined ? [] : subject.indexCount(of);
  return counts.length > 0 && counts.every((count) => count === 1);
}

/** `dhraw` of a bare differential or name, `dh_next` of one with a word. */
export function nameOf(x: Expr): string | undefined {
  if (x.kind === 'differential') {
    if (x.of.kind === 'name') return x.word;
    const word = x.of.kind === 'sub' && x.of.of.kind === 'name' ? wordIn(x.of.index) : undefined;
    return word === undefined || x.word === undefined ? undefined : `${x.word}_${word}`;
  }
  const word = x.kind === 'sub' ? wordIn(x.index) : undefined;
  if (x.kind === 'sub') return word === undefined ? undefined : `${nameOf(x.of) ?? '?'}_${word}`;
  return plainName(x);
}

/** A script of several letters: no index. */
function wordIn(x: Expr): string | undefined {
  const word = plainName(x);
  return word !== undefined && word.length > 2 ? word : undefined;
}

/**
 * The statement with the step written at each such name; those in `carried` have the value of the step before, mostly
 * t + 1, on the right side.
 */
export function indexed(
  statement: Statement,
  { letter, names, gradients, before }: Loop,
  carried: ReadonlySet<string>,
): Statement {
  const visit = (x: Expr, isLeft: boolean): Expr => {
    const name = nameOf(x);
    if (name === undefined || !names.has(name))
      return x.kind === 'sub' || x.kind === 'index' ? x : withParts(x, (part) => visit(part, isLeft));
    const { span } = x;
    const step: Expr = { kind: 'name', base: letter, accents: [], span };
    const one: Expr = { kind: 'number', text: '1', span };
    const index: Expr =
      carried.has(name) && !isLeft
        ? {
            kind: 'sum',
            terms: [
              { sign: '+', term: step },
              { sign: before > 0 ? '+' : '-', term: one },
            ],
            span,
          }
        : step;
    if (x.kind === 'differential') {
      const role = gradients.get(name);
      const of: Expr = role === undefined ? x.of : { kind: 'name', base: role, accents: [], span: x.of.span };
      return { ...x, of: { kind: 'sub', of, index, span: x.of.span } };
    }
    return { kind: 'sub', of: x, index, span };
  };
  return { ...statement, members: statement.members.map((member, i) => visit(member, i === 0)) };
}

/** The names of the loop that a line of it reads before any line has computed them at this step. */
export function carriedInto(body: readonly Statement[], at: number, { names }: Loop): ReadonlySet<string> {
  const computed = (statements: readonly Statement[]) =>
    new Set(statements.flatMap(({ members }) => nameOf(members[0]) ?? []));
  const [before, after] = [computed(body.slice(0, at)), computed(body.slice(at))];
  return new Set([...names].filter((name) => after.has(name) && !before.has(name)));
}

/** Whether a line reads dh of this step before a line computes it: the body begins elsewhere. dh_next may be read so. */
export function isExcerpt(body: readonly Statement[], loop: Loop): boolean {
  return body.some(({ members }, at) => {
    const carried = carriedInto(body, at, loop);
    const read = members.slice(1).flatMap((member) => [...parts(member)].flatMap((x) => nameOf(x) ?? []));
    return read.some((name) => loop.own.has(name) && carried.has(name));
  });
}
