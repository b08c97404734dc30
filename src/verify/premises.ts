/** What stands before ⇒ and restricts what stands behind it: `W = Wᵀ ⇒ δ_t = …`, `γ = 0 ⇒ FL = CE`. */

import type { Expr, Statement } from '../notation/tree.ts';
import { numberSet } from './numbers.ts';
import { solvedFor } from './solved.ts';
import { isOfLeaves } from './spell.ts';
import type { Subject } from './subject.ts';

/** The statements, with those that are premises of the next one as its conditions. */
export function withPremises(statements: readonly Statement[], subject: Subject): readonly Statement[] {
  const all: Statement[] = [];
  let premises: Statement[] = [];
  for (const statement of statements) {
    if (statement.implies === true && isPremise(statement, subject)) {
      premises.push(statement);
      continue;
    }
    all.push(premises.length === 0 ? statement : under(premises, statement));
    premises = [];
  }
  return [...all, ...premises];
}

/** A comparison, a number for a name, or what parameters and inputs are: nothing that is derived. */
function isPremise({ members, relations, span }: Statement, subject: Subject): boolean {
  if (relations.length === 0) return false;
  if (relations.every((relation) => /[<>≤≥≠]/.test(relation))) return true;
  const relation = { kind: 'relation', members, relations, span } as const;
  return (
    numberSet(relation, subject) !== undefined ||
    solvedFor(relation, subject) !== undefined ||
    isOfLeaves(relation, members, subject)
  );
}

function under(premises: readonly Statement[], statement: Statement): Statement {
  const conditions = premises.flatMap(({ members, relations, span, conditions: others }): readonly Expr[] => [
    { kind: 'relation', members, relations, span },
    ...others,
  ]);
  const span = { start: premises[0].span.start, end: statement.span.end };
  return { ...statement, conditions: [...conditions, ...statement.conditions], span };
}
