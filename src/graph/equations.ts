/** The equations of which a graph was built, as its document keeps them beside it: text, sizes, and how leaves are drawn. */

import type { Entry } from './entry.ts';

/** How seeded values are drawn: around 0, one 1 among zeros, positive with sum 1, positive, between 0 and 1. */
export const DRAWS = ['any', 'onehot', 'distribution', 'positive', 'probability'] as const;
export type Draw = (typeof DRAWS)[number];

/** What equations say of a model beyond its graph. */
export interface EquationSource {
  readonly text: string;
  /** Sizes by name, such as T. */
  readonly integers: ReadonlyMap<string, number>;
  /** How the values of leaves are drawn, by name; of leaves with given values nothing is said. */
  readonly draws: ReadonlyMap<string, Draw>;
  /** Names of the vectors that stand as rows. */
  readonly rows: ReadonlySet<string>;
}

interface Limits {
  readonly equations: number;
  readonly name: number;
  readonly nodes: number;
}

/** Reads the entry of a document; whatever is wrong with it is a GradpathError at its place. */
export function readEquations(entry: Entry, limits: Limits): EquationSource {
  entry.keys(['text', 'integers', 'draws', 'rows'], []);
  const named = <T>(key: string, read: (value: Entry) => T): ReadonlyMap<string, T> => {
    const list = entry.get(key);
    list.requireObject();
    return new Map(Object.keys(list.value as object).map((name) => [name, read(list.get(name))]));
  };
  const rows = entry.get('rows');
  return {
    text: entry.get('text').text(0, limits.equations),
    integers: named('integers', (value) => value.integer(-MAX_SIZE, MAX_SIZE)),
    draws: named('draws', (value) => value.oneOf(DRAWS)),
    rows: new Set(rows.list(limits.nodes).map((_, i) => rows.at(i).text(1, limits.name))),
  };
}

/** Largest absolute value of an integer. */
export const MAX_SIZE = Number.MAX_SAFE_INTEGER;
