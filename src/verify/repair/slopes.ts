/** Derivatives of the activations of a network, such as formulas lack. */

import { type Integers, integerOf } from '../../model/equations/integers.ts';
import { scriptedName } from '../../model/equations/names.ts';
import { parseExpression } from '../../notation/parse.ts';
import { children, type Expr } from '../../notation/tree.ts';
import type { Subject } from '../subject.ts';
import { oneMinus, squared, times } from './forms.ts';

/** Derivatives of activations at the indices that occur: 1 − H_t², i_t ⊙ (1 − i_t). */
export function* slopesIn(members: readonly Expr[], subject: Subject, known: Integers): Generator<Expr> {
  const [member] = members;
  const indices = new Map<string, Expr>();
  const visit = (x: Expr): void => {
    const name = x.kind === 'sub' || x.kind === 'index' ? scriptedName(x) : undefined;
    for (const script of name?.scripts ?? []) {
      const shown = JSON.stringify(script.at, (key, value) => (key === 'span' ? undefined : value));
      if (integerOf(script.at, known) !== undefined) indices.set(shown, script.at);
    }
    children(x).forEach(visit);
  };
  for (const x of members) visit(x);
  for (const { name, indexCount, members } of subject.families.values()) {
    const op = subject.graph.node(members[members.length - 1].id).op;
    if (op !== 'tanh' && op !== 'sigmoid') continue;
    const base: Expr = { ...parseExpression(name), span: member.span };
    const all: Expr[] =
      indexCount === 0
        ? [base]
        : indexCount === 1
          ? [...indices.values()]
              .slice(0, 4)
              .map((index) => ({ kind: 'sub', of: base, index, span: member.span }))
          : [];
    for (const y of all)
      yield op === 'tanh'
        ? oneMinus(squared(y))
        : { kind: 'bracket', style: '(', of: times(y, oneMinus(y)), span: member.span };
  }
}
