/** Which formulas of a document are about the model: those with its derivatives, and equations between its variables. */

import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Expr, Relation, Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { identityOf } from './identity.ts';
import { withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';

const EQUALITIES: ReadonlySet<Relation> = new Set<Relation>([
  '=',
  ':=',
  '+=',
  '-=',
  '==',
  '≈',
  '≡',
  '≜',
  '∝',
  '←',
]);
/** Symbols for gradients, and signs of derivatives that stand alone. */
const ADJOINT = /^(?:δ|delta|Δ|∂|∇)$/;

export interface Chosen {
  readonly judged: readonly Statement[];
  /** With derivatives, but of nothing in the model. */
  readonly foreign: readonly Statement[];
}

export function choose(statements: readonly Statement[], subject: Subject): Chosen {
  const defined = new Set<string>();
  const about = statements.map((statement) => aboutOf(statement, subject, defined));
  // a definition is of use if a formula that is judged uses it: of a loop one before it may
  const used = new Set<string>();
  const isJudged = about.map(() => false);
  for (let isOpen = true; isOpen; ) {
    isOpen = false;
    for (let i = statements.length - 1; i >= 0; i--) {
      const { kind, defines, names } = about[i];
      if (isJudged[i] || !(kind === 'judged' || (kind === 'definition' && used.has(defines!)))) continue;
      isJudged[i] = true;
      isOpen = true;
      for (const name of names) used.add(name);
    }
  }
  return {
    judged: statements.filter((_, i) => isJudged[i]),
    foreign: statements.filter((_, i) => about[i].kind === 'foreign'),
  };
}

interface About {
  readonly kind: 'judged' | 'definition' | 'foreign' | 'other';
  /** The symbol on the left that is no variable. */
  readonly defines?: string;
  readonly names: ReadonlySet<string>;
}

function aboutOf(statement: Statement, subject: Subject, defined: Set<string>): About {
  const { members, relations } = statement;
  const isVariable = (name: string) => isKnown(name, subject);
  const sides = members.map((member) => namesOf(member, isVariable));
  const names = new Set(sides.flatMap((side) => [...side.names]));
  if (!relations.some((relation) => EQUALITIES.has(relation))) return { kind: 'other', names };
  const isMarked = sides.some(({ hasMark }) => hasMark);
  const mentions = [...names].some((name) => isVariable(name) || defined.has(name));
  const [left] = members;
  const own = scriptedName(left.kind === 'differential' ? (undoDifferential(left) ?? left) : left)?.base;
  if (identityOf(statement, subject) !== undefined) return { kind: 'judged', names };
  if (isMarked) {
    if (!mentions) return { kind: 'foreign', names };
    if (own !== undefined) defined.add(own);
    return { kind: 'judged', names };
  }
  const right = sides.slice(1).flatMap((side) => [...side.names]);
  const isAbout = right.some(isVariable) && right.every((name) => isVariable(name) || defined.has(name));
  if (!isAbout || own === undefined) return { kind: 'other', names };
  if (isVariable(own)) return { kind: 'judged', names };
  defined.add(own);
  return { kind: 'definition', defines: own, names };
}

/** Names without scripts, and whether derivatives are among them. Functions, indices and ranges are left out. */
function namesOf(
  x: Expr,
  isVariable: (name: string) => boolean,
): { readonly names: ReadonlySet<string>; readonly hasMark: boolean } {
  const names = new Set<string>();
  let hasMark = false;
  const bound = new Set<string>();
  const visit = (part: Expr): Expr => {
    const name = scriptedName(part);
    if (name !== undefined) {
      names.add(name.base);
      hasMark ||= ADJOINT.test(name.base);
      return part;
    }
    if (part.kind === 'derivative') hasMark = true;
    if (part.kind === 'differential') {
      if (part.word === undefined || isGradient(part.of, isVariable)) hasMark = true;
      else {
        names.add(part.word); // dhnext, which is no gradient by a variable
        return part;
      }
    }
    if (part.kind === 'call') {
      for (const arg of part.args) visit(arg);
      return part;
    }
    if (part.kind === 'big') {
      for (const lower of part.lower) for (const name of boundIn(lower)) bound.add(name);
      visit(part.body);
      return part;
    }
    if (part.kind === 'sup') {
      visit(part.of); // an exponent is no variable
      return part;
    }
    return withParts(part, visit);
  };
  visit(x);
  for (const name of bound) names.delete(name);
  return { names, hasMark };
}

/** Whether `dW` is one: W is a variable, and `dize` a word. */
function isGradient(of: Expr, isVariable: (name: string) => boolean): boolean {
  const base = scriptedName(of)?.base;
  return base === undefined || isVariable(base);
}

/** The names in a range: t of t = 1. */
function boundIn(lower: Expr): readonly string[] {
  const members = lower.kind === 'relation' ? lower.members : [lower];
  return members.flatMap((member) => scriptedName(member)?.base ?? []);
}

/** Whether the model has variables or sizes of that name, possibly with words below: W of W_hh. */
function isKnown(name: string, subject: Subject): boolean {
  if (subject.integers.has(name) || canonical(name, subject.indexCount) !== undefined) return true;
  return [...subject.families.values()].some((family) => family.name.startsWith(`${name}_`));
}
