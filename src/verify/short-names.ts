/** W for the matrix that the model calls Wm: what is said of its numbers is a claim, not a definition. */

import { sameShape } from '../graph/shape.ts';
import { type Expr, isTransposeMark, type Statement } from '../notation/tree.ts';
import { renamedIn } from './lookalikes.ts';
import { defines } from './order.ts';
import { isNumeric } from './pose.ts';
import type { StatementReport } from './report.ts';
import { mentions } from './spell.ts';
import type { Subject } from './subject.ts';

type Reports = readonly StatementReport[];

/** The reports, with those that are right or wrong of the matrix that is meant. `judged`: the verdicts on other statements. */
export function withShortNames(
  reports: Reports,
  statements: readonly Statement[],
  subject: Subject,
  judged: (renamed: readonly Statement[]) => Reports,
): Reports {
  if (reports.every(({ verdict }) => verdict === 'right')) return reports;
  const [meant, ...others] = shortIn(statements, subject);
  if (meant === undefined || others.length > 0) return reports;
  const { short, name, isGiven } = meant;
  const own = judged(statements.map((statement) => renamedIn(statement, new Map([[short, name]]))));
  if (own.length !== reports.length) return reports;
  return reports.map((old, i) => {
    const { verdict, reading } = own[i];
    const isOpen = old.verdict === 'unverifiable' || (isGiven && old.verdict !== 'right');
    if (!isOpen || !(verdict === 'wrong' || (verdict === 'right' && isGiven))) return old;
    const said = `${short} = ${name}`;
    return { ...own[i], reading: reading === '' ? said : `${reading}, ${said}` };
  });
}

/** The names that are one letter short of a computed matrix, and whether a line gives numbers in its shape. */
function shortIn(
  statements: readonly Statement[],
  subject: Subject,
): readonly { readonly short: string; readonly name: string; readonly isGiven: boolean }[] {
  const matrices = [...subject.families.values()].flatMap(({ name, members: [{ id }] }) => {
    const { shape, inputs } = subject.graph.node(id);
    const isComputed = inputs.length > 0 && shape.length === 2 && /^\p{L}\p{Ll}$/u.test(name);
    return isComputed ? [{ short: name.slice(0, -1), name, shape }] : [];
  });
  // W = …, also behind a formula
  const claims = statements.flatMap((statement) => [
    statement,
    ...statement.conditions.flatMap((x) =>
      x.kind === 'relation' ? [{ ...statement, members: x.members }] : [],
    ),
  ]);
  return matrices.flatMap(({ short, name, shape }) => {
    const isOne = matrices.filter((other) => other.short === short).length === 1;
    const isFree = subject.indexCount(short).length === 0 && !subject.integers.has(short);
    if (!isOne || !isFree || !claims.some((claim) => mentions(claim, short))) return [];
    const said = claims.filter((claim) => defines(claim, short));
    const isGiven = said.some(({ members: [left, right] }) => {
      const given = sizeOf(right);
      if (given === undefined) return false;
      const isTurned = left.kind === 'prime' || (left.kind === 'sup' && isTransposeMark(left.exponent));
      return sameShape(isTurned ? [...given].reverse() : given, shape);
    });
    return said.length === 0 || isGiven ? [{ short, name, isGiven }] : [];
  });
}

/** Of an array of numbers. */
function sizeOf(x: Expr): readonly number[] | undefined {
  if (x.kind !== 'matrix' || !isNumeric(x)) return undefined;
  return [x.rows.length, x.rows[0].length];
}
