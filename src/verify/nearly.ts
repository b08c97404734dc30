/** Numbers that are nearly 0 or nearly whole, and tiny summands: whether the points tell what they make of a formula. */

import { plainName } from '../model/equations/integers.ts';
import { children, type Expr, type Term } from '../notation/tree.ts';
import type { Reading } from './reading.ts';
import { parts, replaced } from './rewrite.ts';
import type { Trial } from './trial.ts';
import { slice } from './wording.ts';

/** How near. Numbers farther apart make a difference at every point. */
const NEAR = 0.05;

export interface Nearly {
  /** As it was typed. */
  readonly typed: string;
  readonly whole: number;
}

/**
 * A number for which the whole number beside it would do as well: `+ 10^{-10}`, `1.0000000001 ⊙`, `[a > 0.01]`, also in a
 * definition that is used. That it is right the points do not show. Numbers that the model has itself are meant.
 */
export function undetermined(trial: Trial, reading: Reading): Nearly | undefined {
  const own = ownNumbers(trial);
  for (const { x, text, isDefined, holdsWith } of placesOf(trial, reading)) {
    for (const { part, value } of numbersIn(x)) {
      const whole = Math.round(value);
      if (value === whole || Math.abs(value - whole) > NEAR || own.has(Math.abs(value))) continue;
      if (!holdsWith(replaced(x, part, numberLike(part, whole)))) continue;
      if (isDefined && holdsWith(replaced(x, part, numberLike(part, whole + FAR)))) continue;
      return { typed: slice(text, part.span), whole };
    }
  }
  return undefined;
}

/** What makes a difference wherever a number is used at all. */
const FAR = 3;

const MOST_SUMMANDS = 30;

/** A summand without which all would hold as well, as it was typed: `+ e^{-40}`; of very many the first that is not tried. */
export function superfluous(trial: Trial, reading: Reading): string | undefined {
  let count = 0;
  for (const { x, text, isDefined, holdsWith } of placesOf(trial, reading)) {
    for (const part of parts(x)) {
      if (part.kind !== 'sum') continue;
      for (const [i, { sign, term }] of part.terms.entries()) {
        if (++count > MOST_SUMMANDS) return slice(text, term.span);
        const rest = part.terms.filter((_, k) => k !== i);
        if (isNothing(term, trial, reading)) continue;
        if (!holdsWith(replaced(x, part, sumOf(rest, part)))) continue;
        const twice: Expr = { ...part, terms: [...rest, { sign: sign === '+' ? '-' : '+', term: part }] };
        if (isDefined && holdsWith(replaced(x, part, twice))) continue;
        return slice(text, term.span);
      }
    }
  }
  return undefined;
}

/** Whether some factor is a sum that cancels: 0 as mathematics has it, not something tiny. */
function isNothing(x: Expr, trial: Trial, reading: Reading): boolean {
  const again = (part: Expr) => isNothing(part, trial, reading);
  switch (x.kind) {
    case 'neg':
    case 'bracket':
      return again(x.of);
    case 'product':
      return x.factors.some(({ factor }) => again(factor));
    case 'quotient':
      return again(x.over);
    case 'call':
      return ['sum', 'mean'].includes(plainName(x.fn) ?? '') && trial.cancels(x, reading);
    case 'big':
      return x.op === 'sum' && trial.cancels(x, reading);
    case 'sum':
      return trial.cancels(x, reading);
    default:
      return false;
  }
}

function sumOf(terms: readonly Term[], { span }: Expr): Expr {
  const [{ sign, term }] = terms;
  if (terms.length > 1) return { kind: 'bracket', style: '(', of: { kind: 'sum', terms, span }, span };
  const bracketed: Expr = { kind: 'bracket', style: '(', of: term, span: term.span };
  return sign === '+'
    ? bracketed
    : { kind: 'bracket', style: '(', of: { kind: 'neg', of: bracketed, span }, span };
}

/** What a statement is made of: its members, and the definitions that are known to it. */
interface Place {
  readonly x: Expr;
  /** The text that its spans refer to. */
  readonly text: string;
  /** It may not be used at all. */
  readonly isDefined: boolean;
  readonly holdsWith: (changed: Expr) => boolean;
}

function* placesOf(trial: Trial, reading: Reading): Generator<Place> {
  const { members, text } = trial.statement;
  for (const [i, x] of members.entries()) {
    const holdsWith = (changed: Expr) =>
      trial.judge(
        reading,
        false,
        members.map((other, k) => (k === i ? changed : other)),
      ).kind === 'holds';
    yield { x, text, isDefined: false, holdsWith };
  }
  for (const [key, meaning] of reading.meanings) {
    if (meaning.kind !== 'definition') continue;
    for (const [i, one] of meaning.cases.entries()) {
      const holdsWith = (expr: Expr) => {
        const cases = meaning.cases.map((other, k) => (k === i ? { ...one, expr } : other));
        const meanings = new Map(reading.meanings).set(key, { ...meaning, cases });
        return trial.judge({ ...reading, meanings }).kind === 'holds';
      };
      yield { x: one.expr, text: one.text, isDefined: true, holdsWith };
    }
  }
}

function numberLike({ span }: Expr, whole: number): Expr {
  const by: Expr = { kind: 'number', text: String(Math.abs(whole)), span };
  return whole < 0 ? { kind: 'neg', of: by, span } : by;
}

/** The largest parts that are numbers. */
function* numbersIn(x: Expr): Generator<{ readonly part: Expr; readonly value: number }> {
  const value = numberOf(x);
  if (value !== undefined) yield { part: x, value };
  else for (const part of children(x)) yield* numbersIn(part);
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
