/** The parts of expression trees, and trees made anew with some part changed. */

import { plainName } from '../model/equations/integers.ts';
import { children, type Expr } from '../notation/tree.ts';

/** The expression with each of its parts replaced; the same object if none changes. */
export function withParts(x: Expr, f: (part: Expr) => Expr): Expr {
  const all = (parts: readonly Expr[]): readonly Expr[] => {
    const made = parts.map(f);
    return made.every((part, i) => part === parts[i]) ? parts : made;
  };
  switch (x.kind) {
    case 'number':
    case 'name':
    case 'ellipsis':
    case 'text':
      return x;
    case 'sub':
      return same(x, { ...x, of: f(x.of), index: f(x.index) });
    case 'sup':
      return same(x, { ...x, of: f(x.of), exponent: f(x.exponent) });
    case 'prime':
    case 'differential':
    case 'neg':
    case 'norm':
    case 'abs':
    case 'bracket':
      return same(x, { ...x, of: f(x.of) });
    case 'index':
      return same(x, { ...x, of: f(x.of), items: all(x.items) });
    case 'call':
      return same(x, { ...x, fn: f(x.fn), args: all(x.args) });
    case 'derivative':
      return same(x, { ...x, of: f(x.of), by: f(x.by) });
    case 'sum': {
      const terms = x.terms.map((part) => ({ ...part, term: f(part.term) }));
      return terms.every(({ term }, i) => term === x.terms[i].term) ? x : { ...x, terms };
    }
    case 'product': {
      const factors = x.factors.map((part) => ({ ...part, factor: f(part.factor) }));
      return factors.every(({ factor }, i) => factor === x.factors[i].factor) ? x : { ...x, factors };
    }
    case 'quotient':
      return same(x, { ...x, over: f(x.over), under: f(x.under) });
    case 'big': {
      const { upper, ...rest } = x;
      const made = { ...rest, lower: all(x.lower), body: f(x.body) };
      return same(x, upper === undefined ? made : { ...made, upper: f(upper) });
    }
    case 'matrix': {
      const rows = x.rows.map(all);
      return rows.every((row, i) => row === x.rows[i]) ? x : { ...x, rows };
    }
    case 'inner':
    case 'list':
      return same(x, { ...x, items: all(x.items) });
    case 'interval': {
      const { next, ...rest } = x;
      const made = { ...rest, from: f(x.from), to: f(x.to) };
      return same(x, next === undefined ? made : { ...made, next: f(next) });
    }
    case 'at':
      return same(x, { ...x, of: f(x.of), conditions: all(x.conditions) });
    case 'indicator':
      return same(x, { ...x, condition: f(x.condition) });
    case 'relation':
      return same(x, { ...x, members: all(x.members) });
  }
}

/** The old object if nothing in it changed. */
function same<X extends Expr>(old: X, made: X): X {
  const keys = Object.keys(made) as (keyof X)[];
  return keys.every((key) => old[key] === made[key]) ? old : made;
}

/** Every part rewritten, the innermost first. */
export function rewritten(x: Expr, f: (part: Expr) => Expr): Expr {
  return f(withParts(x, (part) => rewritten(part, f)));
}

/** All parts, the expression itself first. */
export function* parts(x: Expr): Generator<Expr> {
  const stack = [x];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    yield part;
    const inner = children(part);
    for (let i = inner.length - 1; i >= 0; i--) stack.push(inner[i]);
  }
}

/** The plain names that occur. */
export function* namesIn(x: Expr): Generator<string> {
  for (const part of parts(x)) {
    const name = plainName(part);
    if (name !== undefined) yield name;
  }
}

/** The expression with one part, by identity, replaced. */
export function replaced(x: Expr, part: Expr, by: Expr): Expr {
  if (x === part) return by;
  return withParts(x, (inner) => replaced(inner, part, by));
}

/** Whether two expressions are written alike. */
export function alike(a: Expr, b: Expr): boolean {
  return isAlike(a, b);
}

/** Spans and styles aside. The first difference ends it: most expressions differ at once. */
function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => isAlike(x, b[i]))
    );
  const [some, others] = [fieldsOf(a), fieldsOf(b)];
  return (
    some.size === others.size &&
    [...some].every(([key, value]) => others.has(key) && isAlike(value, others.get(key)))
  );
}

function fieldsOf(x: object): ReadonlyMap<string, unknown> {
  const said = ([key, value]: readonly [string, unknown]) =>
    key !== 'span' && key !== 'style' && value !== undefined;
  return new Map(Object.entries(x).filter(said));
}
