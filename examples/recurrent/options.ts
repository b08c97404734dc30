/** Options of library functions that come from untyped code: the wrong ones are told in one line. */

import { GradpathError } from '../../src/graph/error.ts';

export function requireFinite(name: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new GradpathError('option', `${name} is ${value}, expected a finite number`, name);
}

export function requireChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new GradpathError('option', `${name} is "${value}", expected ${choices.join(' or ')}`, name);
}
