/** Numbers and matrices as people type them into one line. */

import { GradpathError } from '../src/graph/error.ts';
import { checkedValues, type Values } from '../src/run/values.ts';
import { isModerate, MODERATE } from './ranges.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** `50,50,150,150`, also with spaces, semicolons or brackets. `expected` ends the message about an empty line. */
export function readNumbers(text: string, called: string, expected: string): number[] {
  const bare = text
    .trim()
    .replace(/^[[(]/, '')
    .replace(/[\])]$/, '')
    .trim();
  if (bare === '') throw new GradpathError('value', `${called} is empty, expected ${expected}`, called);
  return bare.split(/\s*[,;]\s*|\s+/).map((word, i) => {
    if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
    const found = word === '' ? 'missing' : JSON.stringify(word.length > 30 ? `${word.slice(0, 29)}…` : word);
    throw new GradpathError(
      'value',
      `${called}: number ${i + 1} is ${found}, expected a number as in ${expected}`,
      called,
    );
  });
}

/** `[[1,2],[3,4]]`, rows of moderate numbers, of one length. */
export function readMatrix(text: string, called: string): number[][] {
  const refuse = (found: string): never => {
    throw new GradpathError('value', `${called} is ${found}, expected rows as in [[1,2],[3,4]]`, called);
  };
  const rows = parsed(text) ?? refuse(`"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`);
  if (!Array.isArray(rows) || rows.length === 0) return refuse('no list of rows');
  if (!rows.every((row): row is Values[] => Array.isArray(row) && row.length > 0))
    return refuse('a list with an entry that is no row');
  const width = rows[0].length;
  const flat = checkedValues(rows, [rows.length, width], called);
  const extreme = flat.findIndex((value) => !isModerate(value));
  if (extreme >= 0) {
    const place = `row ${Math.floor(extreme / width) + 1}, column ${(extreme % width) + 1}`;
    throw new GradpathError('value', `${called}: ${place} is ${flat[extreme]}, expected ${MODERATE}`, called);
  }
  return rows.map((_, i) => [...flat.subarray(i * width, (i + 1) * width)]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
