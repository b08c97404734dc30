/** Sums that do not say over what: `E = Σ E_t`, `E = sum E_t` run over the one index that the left side has not. */

import { children, type Expr } from '../../notation/tree.ts';
import { plainName } from './integers.ts';
import { scriptedName } from './names.ts';
import type { Equation } from './network.ts';

/** The equation with the index of such sums below them. `letters`: those that some range runs over. */
export function withIndices(equation: Equation, letters: ReadonlySet<string>): Equation {
  const taken = new Set(lettersIn(equation.left, letters));
  const free = new Set([...letters].filter((letter) => !taken.has(letter)));
  const right = indexed(equation.right, free);
  return right === equation.right ? equation : { ...equation, right };
}

function indexed(x: Expr, letters: ReadonlySet<string>): Expr {
  switch (x.kind) {
    case 'neg':
    case 'bracket':
      return { ...x, of: indexed(x.of, letters) };
    case 'sum':
      return { ...x, terms: x.terms.map(({ sign, term }) => ({ sign, term: indexed(term, letters) })) };
    case 'product':
      return { ...x, factors: x.factors.map((part) => ({ ...part, factor: indexed(part.factor, letters) })) };
    case 'quotient':
      return { ...x, over: indexed(x.over, letters) };
    case 'big': {
      if (x.op !== 'sum' || x.lower.length > 0) return x;
      const index = openIndex(x.body, letters);
      return index === undefined ? x : { ...x, lower: [index] };
    }
    case 'call': {
      const [body] = x.args;
      const isSum = plainName(x.fn) === 'sum' && x.args.length === 1;
      const index = isSum ? openIndex(body, letters) : undefined;
      if (index === undefined) return x;
      return { kind: 'big', op: 'sum', lower: [index], body, span: x.span };
    }
    default:
      return x;
  }
}

/** The one letter that is an index in the body, and that no sum in it binds. */
function openIndex(body: Expr, letters: ReadonlySet<string>): Expr | undefined {
  const [base, ...others] = new Set(lettersIn(body, letters));
  if (base === undefined || others.length > 0) return undefined;
  return { kind: 'name', base, accents: [], span: body.span };
}

function* lettersIn(x: Expr, letters: ReadonlySet<string>): Generator<string> {
  const stack = [x];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.kind === 'big') continue; // it says itself what it runs over
    const scripts = part.kind === 'name' ? [] : (scriptedName(part)?.scripts ?? []);
    for (const { at } of scripts) yield* namesIn(at, letters);
    stack.push(...children(part));
  }
}

function* namesIn(script: Expr, letters: ReadonlySet<string>): Generator<string> {
  const stack = [script];
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    const name = plainName(part);
    if (name !== undefined && letters.has(name)) yield name;
    stack.push(...children(part));
  }
}
