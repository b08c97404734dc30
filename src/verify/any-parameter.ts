/** ∂E/∂θ for a θ that the model does not have: it stands for each parameter in turn. */

import type { NodeId } from '../graph/graph.ts';
import { plainName } from '../model/equations/integers.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { parts, rewritten } from './rewrite.ts';
import type { Subject } from './subject.ts';

export interface ForParameter {
  readonly parameter: string;
  /** Whether a recurrent state is computed from it directly. */
  readonly isOfState: boolean;
  /** Whether the statement says that it is meant: `θ ∈ {U, W}`. */
  readonly isChosen: boolean;
  readonly statement: Statement;
}

const LETTERS: ReadonlySet<string> = new Set(['θ', 'ϑ', 'Θ']);

/** The statement for each parameter; undefined if it has no such letter, or has it elsewhere than below a derivative. */
export function forEachParameter(
  statement: Statement,
  subject: Subject,
): readonly ForParameter[] | undefined {
  const all = statement.members.flatMap((member) => [...parts(member)]);
  const letter = all
    .flatMap((x) => plainName(x) ?? [])
    .find((name) => LETTERS.has(name) && subject.indexCount(name).length === 0);
  if (letter === undefined) return undefined;
  const isLetter = (x: Expr) => x.kind === 'name' && plainName(x) === letter;
  const below = all.filter((x) => x.kind === 'derivative' && isLetter(x.by));
  if (below.length !== all.filter(isLetter).length) return undefined;
  const given = statement.conditions.filter((x) => isChoice(x, letter));
  const chosen = given
    .flatMap((x) => [...parts(x)])
    .flatMap((x) => (isLetter(x) ? [] : (plainName(x) ?? [])));
  const { graph } = subject;
  const found: ForParameter[] = [];
  for (const [key, { name, members }] of subject.families) {
    if (graph.node(members[0].id).op !== 'parameter') continue;
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    for (const { id, indices } of members) {
      const replaced = (x: Expr): Expr =>
        rewritten(x, (part) =>
          part.kind === 'derivative' && isLetter(part.by)
            ? { ...part, by: nameExpr(name, indices, part.by) }
            : part,
        );
      found.push({
        parameter: subject.nameOf(id),
        isOfState: isOfState(subject, key, id),
        isChosen: chosen.length > 0,
        statement: {
          ...statement,
          members: statement.members.map(replaced),
          conditions: statement.conditions.filter((x) => !given.includes(x)),
        },
      });
    }
  }
  return found.length === 0 ? undefined : found;
}

/** `θ ∈ {U, W}`. */
const isChoice = (x: Expr, letter: string): boolean =>
  x.kind === 'relation' && x.relations[0] === '∈' && plainName(x.members[0]) === letter;

function isOfState(subject: Subject, family: string, parameter: NodeId): boolean {
  return [...subject.families].some(
    ([key, { indexCount, members }]) =>
      indexCount === 1 &&
      subject.feedsItself(key) &&
      members.some(({ id }) =>
        subject
          .variables(new Set([key, family]))
          .into(id)
          .some(({ from }) => from === parameter),
      ),
  );
}

/** `W_hh` as W with a word below it, `b_1` with its index. */
function nameExpr(family: string, indices: readonly number[], { span }: Expr): Expr {
  const [base, ...words] = family.split('_');
  const below = (of: Expr, index: Expr): Expr => ({ kind: 'sub', of, index, span });
  const named = words.reduce<Expr>((of, word) => below(of, { kind: 'name', base: word, accents: [], span }), {
    kind: 'name',
    base,
    accents: [],
    span,
  });
  const numbers = indices.map((index): Expr => ({ kind: 'number', text: String(index), span }));
  if (numbers.length === 0) return named;
  return below(named, numbers.length === 1 ? numbers[0] : { kind: 'list', items: numbers, span });
}
