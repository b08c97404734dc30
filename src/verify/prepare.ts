/** A statement made ready to be judged: dots filled in, calls and letters told apart. */

import { plainName } from '../model/equations/integers.ts';
import type { Expr, Of, Statement } from '../notation/tree.ts';
import { withClassLetter } from './class-letter.ts';
import { withClasses } from './classes.ts';
import { filled } from './ellipsis.ts';
import { termByTerm } from './linear.ts';
import { OpenSums } from './open-sums.ts';
import { primeLast, primeOfNumber } from './primes.ts';
import { alike, parts, rewritten } from './rewrite.ts';
import { withRoles } from './role-names.ts';
import type { Subject } from './subject.ts';
import { FUNCTION_LETTERS } from './symbols.ts';
import { withTuples } from './tuples.ts';
import { withCondition } from './where-sums.ts';
import { whereTold } from './where-told.ts';
import { nameExpr } from './wording.ts';

interface Prepared {
  readonly members: readonly Expr[];
  /** Dots that were filled in with nothing: a guess. */
  readonly guessed: readonly Expr[];
  /** What a letter is taken for. */
  readonly said: string;
}

/** Reads `f′ (a)` as a call and fills in dots where their neighbours fix the step. */
export function prepared(statement: Statement, subject: Subject): Prepared {
  const guessed: Expr[] = [];
  const classed = withClassLetter(statement, subject);
  const typed = withTuples(classed?.members ?? statement.members, subject);
  const named = withRoles(typed, subject);
  const sums = new OpenSums(named.members, subject);
  const members = named.members.map((member) =>
    rewritten(withClasses(lettered(member), subject), (x) => {
      if (x.kind === 'product')
        return filled(
          sums.product(called(withMode(linked(x, subject)), subject)),
          guessed,
          statement.members[0],
        );
      if (x.kind === 'call') return sums.call(chained(x));
      if (x.kind === 'big') return sums.big(withCondition(x));
      if (x.kind === 'sum') return filled(x, guessed);
      if (x.kind === 'prime') return primeOfNumber(x, statement.members[0], subject);
      if (x.kind === 'sub') {
        const primed = primeLast(x, subject);
        return primed.kind === 'sub' ? whereTold(primed, subject) : primed;
      }
      if (x.kind === 'at') return whereTold(x, subject);
      if (x.kind === 'derivative') return termByTerm(x);
      return x;
    }),
  );
  return {
    members,
    guessed,
    said: [...(classed === undefined ? [] : [classed.said]), ...named.said].join(', '),
  };
}

/** Σ_{h′}: a primed letter that a Σ or Π binds is a letter of its own, also in w_{h′h}. */
function lettered(x: Expr): Expr {
  const bound = new Set(
    [...parts(x)]
      .flatMap((part) => (part.kind === 'big' ? part.lower : []))
      .flatMap((condition) => [...parts(condition)])
      .flatMap((part) => (part.kind === 'prime' ? (plainName(part.of) ?? []) : [])),
  );
  if (bound.size === 0) return x;
  const letter = (base: string, { span }: Expr): Expr => ({ kind: 'name', base, accents: [], span });
  /** The letters of a script side by side. */
  const items = (part: Expr): readonly Expr[] | undefined => {
    if (part.kind === 'product') {
      const all = part.factors.map(({ operator, factor }) =>
        operator === 'juxtaposed' ? items(factor) : undefined,
      );
      return all.every((found) => found !== undefined) ? all.flat() : undefined;
    }
    if (part.kind === 'name') return [...part.base].map((base) => letter(base, part));
    const word = part.kind === 'prime' && part.count === 1 ? plainName(part.of) : undefined;
    const last = word?.at(-1);
    if (word === undefined || last === undefined || !bound.has(last)) return undefined;
    return [...[...word.slice(0, -1)].map((base) => letter(base, part)), letter(`${last}′`, part)];
  };
  const inScript = (index: Expr): Expr => {
    const isPrimed = [...parts(index)].some(({ kind }) => kind === 'prime');
    const found = isPrimed ? items(index) : undefined;
    if (found === undefined) return index;
    return found.length === 1 ? found[0] : { kind: 'list', items: found, span: index.span };
  };
  return rewritten(x, (part) => {
    if (part.kind === 'sub') return { ...part, index: inScript(part.index) };
    if (part.kind !== 'big') return part;
    const lower = part.lower.map((condition) => rewritten(condition, inScript));
    return { ...part, lower };
  });
}

/** `prod(∂L/∂o, ∂o/∂W)` of Dive into Deep Learning: the factors of a chain, one after the other. */
function chained(x: Of<'call'>): Expr {
  const isChain = plainName(x.fn) === 'prod' && x.args.length > 1;
  if (!isChain) return x;
  return {
    kind: 'product',
    factors: x.args.map((factor) => ({ operator: 'juxtaposed', factor })),
    span: x.span,
  };
}

/** dh_{t+1} ∂h_{t+1}/∂h_t is a chain: ∂L/∂h_{t+1} in front. */
function linked(x: Of<'product'> & Expr, subject: Subject): Of<'product'> & Expr {
  const factors = x.factors.map((part, i) => {
    const { factor } = part;
    const next = x.factors[i + 1];
    const isLink =
      factor.kind === 'differential' &&
      factor.mark === 'd' &&
      factor.order === 1 &&
      next?.factor.kind === 'derivative' &&
      alike(factor.of, next.factor.of);
    if (!isLink) return part;
    const { mark } = next.factor as Of<'derivative'>;
    const of = nameExpr(subject, subject.target);
    return {
      ...part,
      factor: { kind: 'derivative', mark, of, by: factor.of, order: 1, span: factor.span } as const,
    };
  });
  return factors.every((part, i) => part === x.factors[i]) ? x : { ...x, factors };
}

/** `f' (a)` with a letter that the model has no variable of is a call. */
function called(x: Of<'product'>, subject: Subject): Expr {
  const factors: Of<'product'>['factors'][number][] = [];
  for (let i = 0; i < x.factors.length; i++) {
    const { operator, factor, mode } = x.factors[i];
    const next = x.factors[i + 1];
    const name = plainName(factor.kind === 'prime' ? factor.of : factor);
    const isLetter =
      name !== undefined && FUNCTION_LETTERS.has(name) && subject.indexCount(name).length === 0;
    if (isLetter && next?.operator === 'juxtaposed' && next.factor.kind === 'bracket') {
      const span = { start: factor.span.start, end: next.factor.span.end };
      const call: Expr = { kind: 'call', fn: factor, args: [next.factor.of], span };
      factors.push({ operator, ...(mode === undefined ? {} : { mode }), factor: call });
      i++;
    } else factors.push(x.factors[i]);
  }
  if (factors.length === x.factors.length) return x;
  return factors.length === 1 ? factors[0].factor : { ...x, factors };
}

/** `dY * K (full)`: the mode of a convolution in brackets behind it. */
function withMode(x: Of<'product'> & Expr): Of<'product'> & Expr {
  const [, { operator, factor, mode }, last] = x.factors;
  if (x.factors.length !== 3 || mode !== undefined || !/^(?:asterisk|star)$/.test(operator)) return x;
  const isMode =
    last.operator === 'juxtaposed' &&
    last.factor.kind === 'bracket' &&
    MODES.has(plainName(last.factor) ?? '');
  if (!isMode || last.factor.kind !== 'bracket') return x;
  return { ...x, factors: [x.factors[0], { operator, mode: last.factor.of, factor }] };
}

const MODES: ReadonlySet<string> = new Set(['full', 'same', 'valid']);
