/** Attributes against the kinds that an op's row declares: TypeScript checks them, plain JavaScript does not. */

import { nearest } from '../graph/error.ts';
import type { AttrKind } from '../graph/graph.ts';

type Kinds = Readonly<Record<string, AttrKind>>;

/**
 * What is wrong with the attributes of an op, or undefined. Numbers are finite: a document could not hold others, and
 * what has one bound alone is `max` or `min`.
 */
export function attrFault(given: Readonly<Record<string, unknown>>, kinds: Kinds): string | undefined {
  let unread = 0;
  for (const _ in given) unread++;
  for (const name in kinds) {
    if (!isOfKind(given[name], kinds[name])) return unknownOf(given, kinds) ?? wrong(name, given, kinds);
    unread--;
  }
  return unread === 0 ? undefined : unknownOf(given, kinds);
}

function isOfKind(value: unknown, kind: AttrKind): boolean {
  if (kind === 'number') return Number.isFinite(value);
  if (kind === 'boolean') return typeof value === 'boolean';
  return Array.isArray(value) && value.every(Number.isInteger);
}

const EXPECTED: Readonly<Record<AttrKind, string>> = {
  number: 'a finite number',
  boolean: 'true or false',
  integers: 'a list of whole numbers',
  indices: 'a list of whole numbers',
};

function wrong(name: string, given: Readonly<Record<string, unknown>>, kinds: Kinds): string {
  return `${name} is ${spoken(given[name])}, expected ${EXPECTED[kinds[name]]}`;
}

function unknownOf(given: object, kinds: Kinds): string | undefined {
  const known = Object.keys(kinds);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const guess = nearest(unknown, known);
  const list = known.length === 0 ? 'none' : known.join(', ');
  return `there is no attribute ${unknown}${guess === undefined ? `, expected ${list}` : `; did you mean ${guess}?`}`;
}

function spoken(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value))
    return short(`[${value.map((entry) => (Array.isArray(entry) ? '[…]' : spoken(entry)))}]`);
  if (typeof value === 'string') return short(JSON.stringify(value));
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? 'null' : ArrayBuffer.isView(value) ? 'a typed array' : `a ${typeof value}`;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
