/** Parts of formulas and paths of the graph as text. */

import type { NodeId } from '../graph/graph.ts';
import { parseExpression } from '../notation/parse.ts';
import { print } from '../notation/print.ts';
import type { Form } from '../notation/spelling.ts';
import type { DerivativeMark, Expr, Span } from '../notation/tree.ts';
import type { Missing } from './report.ts';
import type { Route } from './structure.ts';
import type { Subject } from './subject.ts';

/** How a statement writes mathematics: what is put into it is written likewise. */
export function formOf({
  text,
  members,
}: {
  readonly text: string;
  readonly members: readonly Expr[];
}): Form {
  const typed = text.slice(members[0].span.start, members[members.length - 1].span.end);
  if (/\\[a-zA-Z]/.test(typed)) return 'latex';
  return [...typed].every((c) => c.codePointAt(0)! < 128) ? 'ascii' : 'unicode';
}

export const shown = (x: Expr): string => print(x, 'unicode');

export const slice = (text: string, { start, end }: Span): string => text.slice(start, end);

/** A variable as people write it: `H_3`, `\hat y_2`. */
export function nameExpr(subject: Subject, id: NodeId): Expr {
  const reference = subject.referenceOf(id);
  const span = { start: 0, end: 0 };
  if (reference === undefined) return { kind: 'name', base: 'a', accents: [], span };
  const { family, indices } = reference;
  const base = familyExpr(family);
  if (indices.length === 0) return base;
  const items = indices
    .map((i): Expr => ({ kind: 'number', text: String(Math.abs(i)), span }))
    .map((x, k): Expr => (indices[k] < 0 ? { kind: 'neg', of: x, span } : x));
  return {
    kind: 'sub',
    of: base,
    index: items.length === 1 ? items[0] : { kind: 'list', items, span },
    span,
  };
}

/** The name of a family: `H`, `\hat y`. */
export function familyExpr(family: string): Expr {
  const accented = /^(.)(hat|tilde|bar|dot)$/u.exec(family);
  if (accented === null) return parsed(family);
  return { kind: 'name', base: accented[1], accents: [accented[2] as 'hat'], span: { start: 0, end: 0 } };
}

function parsed(name: string): Expr {
  try {
    return parseExpression(name);
  } catch {
    return { kind: 'name', base: name, accents: [], span: { start: 0, end: 0 } };
  }
}

/** ∂E_3/∂O_3 ∂O_3/∂H_3 …, the product along a route. */
export function productAlong(subject: Subject, route: Route, mark: DerivativeMark): Expr {
  const span = { start: 0, end: 0 };
  const factors = route.slice(1).map(
    (id, i): Expr => ({
      kind: 'derivative',
      mark,
      of: nameExpr(subject, route[i]),
      by: nameExpr(subject, id),
      order: 1,
      span,
    }),
  );
  if (factors.length === 1) return factors[0];
  return {
    kind: 'product',
    factors: factors.map((factor) => ({ operator: 'juxtaposed' as const, factor })),
    span,
  };
}

/** `W → H_3 → O_3 → E_3`. */
export function routeText(subject: Subject, route: Route): string {
  return routeNames(subject, route).join(' → ');
}

export function routeNames(subject: Subject, route: Route): readonly string[] {
  return [...route].reverse().map((id) => subject.nameOf(id));
}

export function missingRoute(subject: Subject, route: Route): Missing {
  return {
    path: routeText(subject, route),
    variables: routeNames(subject, route),
    latex: print(pathAlong(subject, route, 'partial'), 'latex'),
  };
}

/** The product along a path; of one edge alone the immediate derivative: ∂E/∂W is all paths. */
export function pathAlong(subject: Subject, route: Route, mark: DerivativeMark): Expr {
  return productAlong(subject, route, route.length === 2 ? 'partial+' : mark);
}
