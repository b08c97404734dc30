/** The networks of examples/networks, built once. */

import { readFileSync } from 'node:fs';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import type { StatementReport, Verdict } from '../../src/verify/report.ts';

const checkers = new Map<string, Checker>();

export function networkText(name: string): string {
  return readFileSync(new URL(`../../examples/networks/${name}.txt`, import.meta.url), 'utf8');
}

export function checkerOf(network: string): Checker {
  let found = checkers.get(network);
  if (found === undefined) {
    found = new Checker(modelFromEquations(networkText(network), { name: network }));
    checkers.set(network, found);
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
