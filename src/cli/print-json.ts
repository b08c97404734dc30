/** Results as JSON that people can read too: lists of numbers and texts stay on one line. */

import { jsonString } from '../graph/json.ts';

export function jsonText(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return scalarText(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.some((item) => typeof item === 'object' && item !== null)) {
      return `[${value.map(scalarText).join(', ')}]`;
    }
    return `[\n${value.map((item) => inner + jsonText(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${inner}${scalarText(key)}: ${jsonText(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** What JSON has no word for (NaN, Infinity) is null. */
function scalarText(value: unknown): string {
  if (typeof value === 'string') return jsonString(value);
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}
