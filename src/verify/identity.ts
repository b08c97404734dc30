/** What a line says of a function alone, such as σ′(z) = σ(z)(1 − σ(z)): it holds for every number, or it is wrong. */

import { GradpathError } from '../graph/error.ts';
import { functionName, isElementwise } from '../model/equations/functions.ts';
import { plainName } from '../model/equations/integers.ts';
import { referenceOf, scriptedName } from '../model/equations/names.ts';
import { modelFromEquations } from '../model/equations/unroll.ts';
import { print } from '../notation/print.ts';
import { NotationError } from '../notation/problem.ts';
import { children, type Expr, type Of, type Statement } from '../notation/tree.ts';
import { Instance } from './instance.ts';
import type { Points } from './points.ts';
import type { StatementReport } from './report.ts';
import { alike, namesIn, withParts } from './rewrite.ts';
import { Subject, withOwnNames } from './subject.ts';

/** The line as a question about the model F = f(z) of one number z. */
export interface Identity {
  readonly statement: Statement;
  readonly subject: Subject;
  readonly points: Points;
  /** The reading. */
  readonly said: (text: string) => string;
}

/** Numbers on all sides of the kinks that functions have, not so far out that slopes lose their digits. */
const NUMBERS = [-4.2, -2.6, -1.3, -0.7, -0.35, -0.1, 0.15, 0.4, 0.8, 1.2, 1.9, 3.1, 4.4] as const;
/** Fewest of them at which the function must have a value. */
const FEWEST = 4;

const F = 'F';
/** Euler's number, π, and what stands in the last row of cases. */
const CONSTANTS: ReadonlySet<string> = new Set(['e', 'π', 'otherwise', 'else']);

/** Undefined if it says anything of the network. */
export function identityOf(statement: Statement, host: Subject): Identity | undefined {
  const isKnown = (base: string) => isOfNumbers(base, host);
  const [left] = statement.members;
  const claim = claimOf(left, isKnown);
  if (claim === undefined) return undefined;
  const { argument } = claim;
  const isNumber = (base: string) => CONSTANTS.has(base) || host.integers.has(base);
  // σ′(0) = 1/4 is of this number alone
  if (left.kind === 'call' && [...namesIn(argument)].every(isNumber)) return undefined;
  const own = plainName(argument);
  const letter = own === undefined || own === F || isKnown(own) ? 'z' : own;
  const isTaken = letter !== own && statement.members.some((x) => [...namesIn(x)].includes(letter));
  if (isTaken || (left.kind === 'derivative' && isArray(argument, host))) return undefined;
  const put = (x: Expr): Expr => (alike(x, argument) ? name(letter, x) : withParts(x, put));
  const made = (x: Expr) => put(claim.isBare ? withArgument(x, argument, isKnown) : x);
  const of = put(claim.of);
  const members = [
    {
      kind: 'derivative',
      mark: 'd',
      of: name(F, left),
      by: name(letter, left),
      order: 1,
      span: left.span,
    } as const,
    ...statement.members.slice(1).map(made),
  ];
  const conditions = statement.conditions.map(made);
  const all = [of, ...members.slice(1), ...conditions];
  if (of.kind === 'name' || !all.every((x) => isOf(letter, x, isKnown))) return undefined;
  const subject = modelOf(of, letter, host);
  if (subject === undefined) return undefined;
  const [z, target] = [subject.graph.idOf(letter), subject.target];
  const points = NUMBERS.map((number) => new Instance(subject, new Map([[z, [number]]]))).filter((point) =>
    Number.isFinite(point.valueOf(target).data[0]),
  );
  if (points.length < FEWEST) return undefined;
  const none = () => [];
  return {
    statement: withOwnNames({ ...statement, members, conditions }, host.functions),
    subject,
    points: {
      drawn: points,
      given: points,
      more: none,
      turned: none,
      near: none,
      pairs: none,
      sought: () => undefined,
      put: (point) => point,
      addsTiny: () => false,
    },
    said: (text) =>
      left.kind === 'prime'
        ? 'of any number'
        : `${text.slice(argument.span.start, argument.span.end)} is any number`,
  };
}

/** The report on an identity: z → F is no path of the network. */
export function withoutPaths<R extends StatementReport>(report: R): R {
  const { message, terms, faults, verdict } = report;
  const isOfPaths = (words: string) => /\bpaths?\b/.test(words);
  const said = message.split('; ').filter((words) => !isOfPaths(words));
  const agreed = verdict === 'right' ? 'both sides agree at every point' : 'the two sides differ';
  return {
    ...report,
    level: 2,
    message: said.length === 0 ? agreed : said.join('; '),
    missing: [],
    faults: faults.filter(({ kind }) => kind !== 'missing'),
    terms: terms.map(({ path, variables, ...term }) => ({
      ...term,
      message: path !== undefined && term.message.includes(path) ? term.verdict : term.message,
    })),
  };
}

interface Claim {
  readonly of: Expr;
  readonly argument: Expr;
  /** σ′ = σ(1 − σ): the argument is left out. */
  readonly isBare: boolean;
}

function claimOf(left: Expr, isKnown: (name: string) => boolean): Claim | undefined {
  const bare = (fn: Expr, argument: Expr): Claim => ({ of: applied(fn, argument), argument, isBare: true });
  const isFunction = (x: Expr) => isKnown(plainName(x) ?? '');
  if (left.kind === 'derivative' && left.order === 1 && scriptedName(left.by) !== undefined)
    return isFunction(left.of) ? bare(left.of, left.by) : { of: left.of, argument: left.by, isBare: false };
  if (left.kind === 'prime' && left.count === 1 && isFunction(left.of)) return bare(left.of, name('z', left));
  const isSlope = left.kind === 'call' && left.args.length === 1 && left.fn.kind === 'prime';
  if (!isSlope || left.fn.kind !== 'prime' || left.fn.count !== 1 || !isFunction(left.fn.of))
    return undefined;
  return { of: applied(left.fn.of, left.args[0]), argument: left.args[0], isBare: false };
}

/** Of arrays a derivative has rows and columns. */
function isArray(x: Expr, host: Subject): boolean {
  const { integers, indexCount, graph, families } = host;
  const reference = referenceOf(x, integers, indexCount);
  const id = reference && host.find(reference);
  if (id !== undefined) return graph.node(id).shape.length > 0;
  const written = scriptedName(x);
  if (written === undefined || written.scripts.length === 0) return false;
  return [...families.values()].some(
    (family) => family.name === written.base && graph.node(family.members[0].id).shape.length > 0,
  );
}

/** Whether it is a function of a number, of the table or of the equations. */
function isOfNumbers(base: string, { functions, indexCount }: Subject): boolean {
  if (base === '' || indexCount(base).length > 0) return false;
  const own = functions.get(base);
  if (own === undefined) return isElementwise(functionName(base));
  return typeof own === 'string' ? isElementwise(own) : own.isPointwise && own.parameters.length === 1;
}

/** Whether the letter is the only variable. */
function isOf(letter: string, x: Expr, isKnown: (name: string) => boolean): boolean {
  if (x.kind === 'call') {
    const fn = x.fn.kind === 'prime' || x.fn.kind === 'sup' ? x.fn.of : x.fn;
    return isKnown(plainName(fn) ?? '') && x.args.every((arg) => isOf(letter, arg, isKnown));
  }
  if (x.kind === 'name') return x.base === letter || CONSTANTS.has(x.base);
  if (x.kind === 'differential' || x.kind === 'big' || x.kind === 'sub' || x.kind === 'index') return false;
  let isSo = true;
  withParts(x, (part) => {
    isSo &&= isOf(letter, part, isKnown);
    return part;
  });
  return isSo;
}

/** σ(1 − σ) with the argument that is left out: σ(z)(1 − σ(z)). */
function withArgument(x: Expr, argument: Expr, isKnown: (name: string) => boolean): Expr {
  const again = (part: Expr) => withArgument(part, argument, isKnown);
  const isFunction = (part: Expr) => part.kind === 'name' && isKnown(plainName(part) ?? '');
  if (isFunction(x) || (x.kind === 'prime' && isFunction(x.of))) return applied(x, argument);
  if (x.kind !== 'call') return withParts(x, again);
  const [arg] = x.args;
  const args = x.args.map(again);
  const isProduct = x.args.length === 1 && isFunction(x.fn) && hasBare(arg, plainName(x.fn)!);
  if (!isProduct) return { ...x, args };
  return {
    kind: 'product',
    factors: [
      { operator: 'juxtaposed', factor: applied(x.fn, argument) },
      { operator: 'juxtaposed', factor: { kind: 'bracket', style: '(', of: args[0], span: arg.span } },
    ],
    span: x.span,
  };
}

/** Whether a function stands without its argument. */
function hasBare(x: Expr, base: string): boolean {
  if (x.kind === 'call') return x.args.some((arg) => hasBare(arg, base));
  return plainName(x) === base || children(x).some((part) => hasBare(part, base));
}

/** F = f(z), beside the functions that the equations of the network define. */
function modelOf(of: Expr, letter: string, host: Subject): Subject | undefined {
  const lines = [...host.functions].flatMap(([key, fn]) => {
    if (typeof fn === 'string') return [`${key}(z) = ${fn}(z)`];
    return isOfNumbers(key, host) ? [`${print(fn.left, 'unicode')} = ${print(fn.body, 'unicode')}`] : [];
  });
  try {
    return new Subject(
      modelFromEquations([...lines, `param ${letter}`, `${F} = ${print(of, 'unicode')}`].join('\n')),
    );
  } catch (error) {
    if (error instanceof NotationError || error instanceof GradpathError) return undefined;
    throw error;
  }
}

function name(base: string, { span }: Expr): Expr {
  return { kind: 'name', base, accents: [], span };
}

function applied(fn: Expr, arg: Expr): Of<'call'> & Expr {
  return { kind: 'call', fn, args: [arg], span: fn.span };
}
