/** A statement posed as a question: its members at which points, for which indices, with what held fixed. */

import { integerOf } from '../model/equations/integers.ts';
import { scriptedName } from '../model/equations/names.ts';
import type { Expr, Of, Statement } from '../notation/tree.ts';
import { splitElement } from './evaluate/symbol-element.ts';
import { freeIndices, lettersBound } from './free-indices.ts';
import { heldApart } from './held-apart.ts';
import { labelled } from './labels.ts';
import type { Points } from './points.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { Trial } from './trial.ts';
import { slice } from './wording.ts';

/** `given`: the free indices, if they are known. */
export function pose(
  statement: Statement,
  members: readonly Expr[],
  text: string,
  subject: Subject,
  points: Points,
  given?: ReadonlySet<string>,
): Trial {
  const all = members.flatMap((member) => [...parts(member)]);
  const marks = new Set(all.flatMap((x) => (x.kind === 'derivative' ? [x.mark] : [])));
  const letters = given ?? freeIndices(members, subject, subject.integers);
  const families = heldApart(members, subject, subject.integers, letters);
  const [first] = members;
  const left = first.kind === 'derivative' ? first : undefined;
  const labels = labelled(members, subject, points);
  const tried = labels?.points ?? points;
  const isLiteral = (member: Expr) => isNumeric(member) || [...parts(member)].some(isOfNumbers);
  const symbolic = members.map((member) => !isLiteral(member));
  const isOfGiven = symbolic.includes(false);
  return new Trial(
    subject,
    {
      text,
      members,
      relations: statement.relations,
      conditions: statement.conditions,
      said: labels?.said ?? '',
      assumed: labels?.isAssumed === true ? labels.said : undefined,
      letters,
      left,
      isMixed: marks.has('d') && marks.has('partial'),
      isLatexD: marks.has('d') && !marks.has('partial') && slice(text, statement.span).includes('\\frac'),
      kept: subject.variables(families),
      byElement: splitElement(first) && scriptedName(first)?.base,
      bound: lettersBound(members),
      symbolic: isOfGiven && symbolic[0] ? symbolic : [],
      looksAhead: letters.size > 0 || isBehindLast(first, subject),
    },
    isOfGiven ? tried.given : tried.drawn,
    tried,
  );
}

/** Numbers in rows: of values that the equations give. Not so the cases of a function, nor 0 and 1 among symbols. */
function isOfNumbers(x: Expr): boolean {
  return isArray(x) && x.rows.flat().some((cell) => isOfNumbers(cell) || isNumber(cell));
}

/** Nothing but an array of numbers. */
export function isNumeric(x: Expr): boolean {
  if (x.kind === 'bracket' || x.kind === 'neg') return isNumeric(x.of);
  return isArray(x) && x.rows.flat().every((cell) => isNumeric(cell) || /^[\d.]+$/.test(cellText(cell)));
}

const isArray = (x: Expr): x is Expr & Of<'matrix'> => x.kind === 'matrix' && x.style !== 'cases';
const cellText = (x: Expr): string => (x.kind === 'number' ? x.text : x.kind === 'neg' ? cellText(x.of) : '');
/** Not 0 or ±1, of which masks and identities are made. */
const isNumber = (x: Expr): boolean => cellText(x) !== '' && ![0, 1].includes(Number(cellText(x)));

/** δ_{T+1} = 0: a line about what lies behind the last step. */
export function isBehindLast(x: Expr, subject: Subject): boolean {
  const scripts = scriptedName(x.kind === 'differential' ? x.of : x)?.scripts ?? [];
  const last = subject.integers.get('T') ?? Number.POSITIVE_INFINITY;
  return scripts.some(({ at }) => (integerOf(at, subject.integers) ?? 0) > last);
}
