/** Numbers in a formula that are nearly 0 or nearly whole: whether the points tell them from what they are near to. */

import type { Expr, Span } from '../notation/tree.ts';
import type { Reading } from './reading.ts';
import { directParts, replaced } from './rewrite.ts';
import type { Trial } from './trial.ts';

/** How near. Numbers farther apart make a difference at every point. */
const NEAR = 0.05;

export interface Nearly {
  readonly span: Span;
  readonly value: number;
  readonly whole: number;
}

/**
 * A number for which the whole number beside it would do as well: `+ 10^{-10}`, `1.0000000001 ⊙`, `[a > 0.01]`. That it is
 * right the points do not show. Numbers that the model has itself are meant.
 */
export function undetermined(trial: Trial, reading: Reading): Nearly | undefined {
  const { members } = trial.statement;
  const own = ownNumbers(trial);
  for (const [i, member] of members.entries()) {
    for (const { part, value } of numbersIn(member)) {
      const whole = Math.round(value);
      if (value === whole || Math.abs(value - whole) > NEAR || own.has(Math.abs(value))) continue;
      const by: Expr = { kind: 'number', text: String(Math.abs(whole)), span: part.span };
      const signed: Expr = whole < 0 ? { kind: 'neg', of: by, span: part.span } : by;
      const changed = members.map((other, k) => (k === i ? replaced(other, part, signed) : other));
      if (trial.judge(reading, false, changed).kind === 'holds') return { span: part.span, value, whole };
    }
  }
  return undefined;
}

/** The largest parts that are numbers. */
function* numbersIn(x: Expr): Generator<{ readonly part: Expr; readonly value: number }> {
  const value = numberOf(x);
  if (value !== undefined) yield { part: x, value };
  else for (const part of directParts(x)) yield* numbersIn(part);
}

function numberOf(x: Expr): number | undefined {
  switch (x.kind) {
    case 'number':
      return Number(x.text);
    case 'bracket':
      return numberOf(x.of);
    case 'neg':
      return folded([x.of], ([a]) => -a);
    case 'quotient':
      return folded([x.over, x.under], ([a, b]) => a / b);
    case 'sup':
      return x.bracket === undefined ? folded([x.of, x.exponent], ([a, b]) => a ** b) : undefined;
    case 'sum':
      return folded(
        x.terms.map(({ term }) => term),
        (all) => all.reduce((sum, v, k) => (x.terms[k].sign === '-' ? sum - v : sum + v), 0),
      );
    case 'product':
      return folded(
        x.factors.map(({ factor }) => factor),
        (all) => all.reduce((product, v) => product * v, 1),
      );
    default:
      return undefined;
  }
}

function folded(of: readonly Expr[], f: (values: readonly number[]) => number): number | undefined {
  const values = of.map(numberOf);
  return values.every((v) => v !== undefined) ? f(values) : undefined;
}

/** The numbers that the model's ops and constants have. */
function ownNumbers({ subject }: Trial): ReadonlySet<number> {
  const numbers = subject.graph.nodes.flatMap(({ attrs }) => Object.values(attrs).flat());
  return new Set(numbers.filter((v) => typeof v === 'number').map(Math.abs));
}
