/** p_t and L_t in a network that has no steps: the t is part of the name, as in "the true class", or the one step. */

import { plainName } from '../model/equations/integers.ts';
import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { parts, rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** The statement with numbers in place of `p_t`, where p is a number and no variable has an index. */
export function withoutSteps(statement: Statement, subject: Subject): Statement {
  const families = [...subject.families.values()];
  const isBound = statement.members.some((member) => [...parts(member)].some(({ kind }) => kind === 'big'));
  if (isBound || families.some(({ indexCount }) => indexCount > 0)) return statement;
  const isNumber = (x: Expr): boolean => {
    const name = plainName(x) ?? scriptedName(x)?.base ?? '';
    const known = canonical(name, subject.indexCount);
    const family = families.find((one) => one.name === known);
    return family?.members.every(({ id }) => subject.graph.node(id).shape.length === 0) ?? false;
  };
  const members = statement.members.map((member) =>
    rewritten(member, (x) =>
      x.kind === 'sub' && x.of.kind === 'name' && isT(x.index) && isNumber(x.of)
        ? { ...x.of, span: x.span }
        : x,
    ),
  );
  const isSame = members.every((member, i) => member === statement.members[i]);
  return isSame ? statement : { ...statement, members };
}

const isT = (index: Expr): boolean =>
  plainName(index) === 't' || (index.kind === 'text' && index.text.trim() === 't');
