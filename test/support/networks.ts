/** Networks of examples/networks and of tests, built once. */

import { readFileSync } from 'node:fs';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import type { StatementReport, Verdict } from '../../src/verify/report.ts';

/** By equations. */
const checkers = new Map<string, Checker>();

export function networkText(name: string): string {
  return readFileSync(new URL(`../../examples/networks/${name}.txt`, import.meta.url), 'utf8');
}

export const checkerOf = (network: string): Checker => checkerOfText(networkText(network), network);

/** The checker of equations, built once. */
export function checkerOfText(text: string, name = 'model'): Checker {
  let found = checkers.get(text);
  if (found === undefined) {
    found = new Checker(modelFromEquations(text, { name }));
    checkers.set(text, found);
  }
  return found;
}

/** Of several statements the worst. */
export function overall(statements: readonly StatementReport[]): Verdict {
  const order: readonly Verdict[] = ['wrong', 'unverifiable', 'ambiguous', 'right'];
  return (
    order.find((verdict) => statements.some((statement) => statement.verdict === verdict)) ?? 'unverifiable'
  );
}
