/** The body of a loop over time as programs have it: names without an index belong to the step that is computed. */

import { plainName } from '../model/equations/integers.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { type Flow, isZero } from './flow.ts';
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
  /** Which lines stand in which loop of the text, if it says so. */
  readonly flow: Flow;
}

/** `hs[t]`, or `h_t` beside +=, and names that lines define without an index; undefined if it is no such program. */
export function loopOf(statements: readonly Statement[], subject: Subject, flow: Flow): Loop | undefined {
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
  for (const line of statements) {
    const { members, relations } = line;
    const name = nameOf(members[0]);
    const isGiven = relations[0] === '=' || relations[0] === ':=';
    const isNew = name !== undefined && isGiven && subject.indexCount(name).length === 0;
    if (flow.isOutside(line)) continue;
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
  return names.size === 0 ? undefined : { letter, names, gradients, own, flow };
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
 * t + 1, on the right side. Outside of the loop, or where another loop computes it, a name has no step.
 */
export function indexed(
  statement: Statement,
  { letter, names: all, gradients, flow }: Loop,
  carried: ReadonlySet<string>,
  lines: readonly Statement[],
): Statement {
  if (flow.isOutside(statement)) return statement;
  const before = flow.before(statement);
  const isElsewhere = (name: string) => {
    const own = lines.filter(({ members: [left] }) => nameOf(left) === name);
    return own.length > 0 && !own.some((line) => flow.areTogether(line, statement));
  };
  const names = flow.isKnown ? new Set([...all].filter((name) => !isElsewhere(name))) : all;
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
export function carriedInto(
  body: readonly Statement[],
  at: number,
  { names, flow }: Loop,
): ReadonlySet<string> {
  const computed = (statements: readonly Statement[]) =>
    new Set(
      statements
        .filter((line) => flow.areTogether(line, body[at]))
        .flatMap(({ members }) => nameOf(members[0]) ?? []),
    );
  const [before, after] = [computed(body.slice(0, at)), computed(body.slice(at))];
  return new Set([...names].filter((name) => after.has(name) && !before.has(name)));
}

/** Whether a line reads dh of this step before a line computes it: the body begins elsewhere. dh_next may be read so. */
export function isExcerpt(body: readonly Statement[], loop: Loop): boolean {
  if (loop.flow.isKnown) return false;
  return body.some(({ members }, at) => {
    const carried = carriedInto(body, at, loop);
    const read = members.slice(1).flatMap((member) => [...parts(member)].flatMap((x) => nameOf(x) ?? []));
    return read.some((name) => loop.own.has(name) && carried.has(name));
  });
}

/** The names of this step that a line reads before any line computes them. */
function carriedBy(line: Statement, lines: readonly Statement[], loop: Loop): readonly string[] {
  const carried = carriedInto(lines, lines.indexOf(line), loop);
  const read = line.members.slice(1).flatMap((member) => [...parts(member)]);
  return read.flatMap((x) => nameOf(x) ?? []).filter((name) => carried.has(name));
}

/** `dhnext = 0` before the loop: what a step leaves to the next one begins at 0. */
export function isStart(line: Statement, { names, flow }: Loop): boolean {
  const [left, right] = line.members;
  const isGiven = line.members.length === 2 && line.relations[0] === '=';
  return isGiven && flow.isOutside(line) && isZero(right) && names.has(nameOf(left) ?? '');
}

/** Why a line that holds at each step may not hold of the program. */
export function doubtsOf(
  lines: readonly Statement[],
  flow: Flow,
  loop: Loop | undefined,
): (line: Statement) => string | undefined {
  const isOfStep = (left: Expr) => loop?.names.has(nameOf(left) ?? '') ?? false;
  const carried = (line: Statement) => (loop === undefined ? [] : carriedBy(line, lines, loop));
  return (line) => {
    const names = carried(line);
    const start = lines.find(
      (other) => flow.isOutside(other) && names.includes(nameOf(other.members[0]) ?? ''),
    );
    if (start !== undefined) return `${nameOf(start.members[0])} does not begin at 0`;
    return flow.doubtOf(line, lines, isOfStep, names.length > 0);
  };
}
