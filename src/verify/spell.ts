/** Statements as they are judged: what is derived on the left, one claim in each. */

import { plainName } from '../model/equations/integers.ts';
import { canonical, referenceOf, scriptedName } from '../model/equations/names.ts';
import { children, type Expr, type Of, type Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { freeIndices } from './free-indices.ts';
import { namesIn, parts } from './rewrite.ts';
import { solvedFor } from './solved.ts';
import type { Subject } from './subject.ts';
import { asSymmetry } from './symmetric.ts';

/** The statements that one stands for. */
export function spelledOut(statement: Statement, subject: Subject): readonly Statement[] {
  return apart(oriented(statement, subject), subject);
}

/** `V^T e = ∂E/∂H`, `W_2^T = ∂z_2/∂a_1`: what is derived, or else named, belongs on the left. */
function oriented(statement: Statement, subject: Subject): Statement {
  const { members, relations } = statement;
  const at = members.length - 1;
  const [first, last] = [members[0], members[at]];
  if (at < 1 || relations.some((relation) => relation !== '=')) return statement;
  const base = scriptedName(first)?.base;
  const isKnown = base !== undefined && canonical(base, subject.indexCount) !== undefined;
  const isTurned = isDerived(last) ? isKnown || !isNamed(first) : isNamed(last) && !isNamed(first);
  if (isDerived(first) || !isTurned) return statement;
  return { ...statement, members: [last, ...members.slice(0, at)] };
}

const isDerived = (x: Expr): boolean =>
  x.kind === 'bracket' ? isDerived(x.of) : x.kind === 'derivative' || x.kind === 'differential';
const isNamed = (x: Expr): boolean =>
  x.kind === 'bracket' ? isNamed(x.of) : isDerived(x) || scriptedName(x) !== undefined;

/**
 * `a = b, c = d` as two statements, unless the second restricts an index, `t < T`, or says what a parameter or a constant
 * is, `W = Wᵀ`. What defines a symbol of the first comes before it.
 */
function apart(statement: Statement, subject: Subject): readonly Statement[] {
  /** Each claim with what stands behind it, up to the next one. */
  const claims: {
    readonly claim: Pick<Statement, 'members' | 'relations' | 'span'>;
    readonly behind: Expr[];
  }[] = [{ claim: statement, behind: [] }];
  const isLeaf = (x: Expr): boolean => {
    const reference = referenceOf(x, subject.integers, subject.indexCount);
    const id = reference && subject.find(reference);
    return id !== undefined && subject.graph.node(id).inputs.length === 0;
  };
  const used = new Set(statement.members.flatMap((member) => [...namesIn(member)]));
  const isOpen = (name: string): boolean =>
    name !== '' && !used.has(name) && subject.indexCount(name).length === 0 && !subject.integers.has(name);
  const all = statement.conditions.map((x) => asSymmetry(x, isLeaf, isOpen));
  for (const condition of all) {
    const isOwn =
      condition.kind === 'relation' &&
      isClaim(condition, subject) &&
      solvedFor(condition, subject) === undefined &&
      !isOfLeaves(condition, statement.members, subject);
    if (isOwn) claims.push({ claim: condition, behind: [] });
    else claims.at(-1)!.behind.push(condition);
  }
  // a if c, b if d: each is said under what stands behind it; one condition alone is of all
  const conditions = claims.flatMap(({ behind }) => behind);
  const isEach = claims.filter(({ behind }) => behind.length > 0).length > 1;
  const [main, ...own] = claims.map(({ claim, behind }, i): Statement => {
    const { members, relations, span } = claim;
    const under = isEach && behind.length > 0 ? behind : conditions;
    if (i === 0) return { ...statement, conditions: under };
    return { members, relations, conditions: under, doubtful: [], span };
  });
  if (own.length === 0) return [main];
  const isDefinition = ({ members: [left] }: Statement) => {
    const symbol = scriptedName(left)?.base;
    return symbol !== undefined && mentions(statement, symbol);
  };
  return [...own.filter(isDefinition), main, ...own.filter((made) => !isDefinition(made))];
}

/** Whether a relation behind a comma says more than which indices and which points are meant. */
function isClaim({ members, relations }: Of<'relation'>, subject: Subject): boolean {
  const [left, right] = members;
  if (members.length > 2 && relations.every((relation) => relation === '=')) return true;
  if (members.length !== 2 || !['=', ':='].includes(relations[0]) || right.kind === 'list') return false;
  const letter = plainName(left);
  if (letter !== undefined && subject.indexCount(letter).length === 0) {
    if (right.kind !== 'derivative' && [...parts(right)].every((x) => isIndexing(x, subject))) return false;
  }
  return true;
}

/** W = 2 I, WᵀW = I, H_0 = 0, i = y_t: of inputs and parameters, of which nothing can be derived. */
export function isOfLeaves({ members }: Of<'relation'>, main: readonly Expr[], subject: Subject): boolean {
  const indices = freeIndices(main, subject, subject.integers);
  const { graph, families, integers, indexCount } = subject;
  const isLeaf = (id: number) => graph.node(id).inputs.length === 0;
  let leaves = 0;
  /** Whether all that it names are leaves, indices or sizes. */
  const isFree = (x: Expr): boolean => {
    if (x.kind === 'derivative' || x.kind === 'differential') return false;
    const reference = referenceOf(x, integers, indexCount);
    const id = reference && subject.find(reference);
    const base = plainName(x);
    const family = base === undefined ? undefined : canonical(base, indexCount);
    const ofName = [...families.values()].filter((one) => one.name === family);
    const ids = id !== undefined ? [id] : ofName.flatMap((one) => one.members.map((member) => member.id));
    if (ids.length > 0) {
      leaves++;
      return ids.every(isLeaf);
    }
    if (x.kind === 'call') return x.args.every(isFree);
    if (base !== undefined) return MARKS.has(base) || integers.has(base) || indices.has(base);
    return children(x).every(isFree);
  };
  return members.every(isFree) && leaves > 0;
}

/** The identity and signs of transposition. */
const MARKS: ReadonlySet<string> = new Set(['I', 'T', '⊤']);

/** Numbers, sizes and indices, of which ranges are made. */
function isIndexing(x: Expr, subject: Subject): boolean {
  const name = plainName(x);
  return name === undefined ? INDEXING.has(x.kind) : subject.indexCount(name).length === 0;
}

const INDEXING: ReadonlySet<Expr['kind']> = new Set([
  'number',
  'name',
  'sum',
  'product',
  'neg',
  'bracket',
  'interval',
  'list',
  'ellipsis',
  'quotient',
]);

/** Whether a symbol occurs in a statement. */
export const mentions = (statement: Statement, symbol: string): boolean => symbolsIn(statement).has(symbol);

/** The names that occur in a statement, without their scripts. */
export function symbolsIn({ members }: Statement): ReadonlySet<string> {
  const found = new Set<string>();
  for (const x of members.flatMap((member) => [...parts(member)])) {
    const own = scriptedName(x)?.base;
    if (own !== undefined) found.add(own);
    const of = x.kind === 'differential' ? scriptedName(undoDifferential(x) ?? x)?.base : undefined;
    if (of !== undefined) found.add(of);
  }
  return found;
}
