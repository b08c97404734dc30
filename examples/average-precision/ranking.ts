/** A ranking with relevant items: precision and recall at each rank, and the average precision in its three readings. */

import { GradpathError } from '../../src/graph/error.ts';
import { isModerate, MODERATE } from '../ranges.ts';

export interface Ranking {
  /** From the first rank: 1 for a relevant item, else 0. */
  readonly relevant: readonly number[];
  /** The items' scores, falling. */
  readonly scores: readonly number[];
  /** Number R of relevant items there are, in the ranking or not. */
  readonly total: number;
}

/** n² pairs of items are compared. */
export const MAX_ITEMS = 100;

/**
 * The items in the order of their scores. `relevant` has 0 or 1 for each item; without scores, items stand in the order
 * of their ranks and score 1, 1 − 1/n, …, 1/n. `total` is the number of relevant items in the ranking unless given.
 * Throws GradpathError for a ranking that is empty, has no relevant item, or has items of equal score,
 * and for scores that are too large or too small to compute with.
 */
export function rankingOf(relevant: readonly number[], scores?: readonly number[], total?: number): Ranking {
  const fail = (where: string, message: string): never => {
    throw new GradpathError('value', message, where);
  };
  const n = relevant.length;
  if (n === 0) fail('ranking', 'ranking is empty, expected 1 (relevant) or 0 for each item');
  if (n > MAX_ITEMS) fail('ranking', `ranking has ${n} items, expected at most ${MAX_ITEMS}`);
  const odd = relevant.findIndex((value) => value !== 0 && value !== 1);
  if (odd >= 0) fail('ranking', `ranking: item ${odd + 1} is ${relevant[odd]}, expected 1 (relevant) or 0`);
  const found = relevant.filter((value) => value === 1).length;
  if (found === 0)
    fail('ranking', 'ranking has no relevant item, so there is no precision to average; mark one with 1');
  if (total !== undefined && !(Number.isInteger(total) && total >= found))
    fail(
      'relevant',
      `relevant is ${total}, expected a whole number from ${found} on: the ranking has ${found}`,
    );
  if (scores !== undefined && scores.length !== n)
    fail('scores', `scores: ${scores.length} given, expected ${n}, one for each item of the ranking`);
  const given = scores ?? relevant.map((_, i) => 1 - i / n);
  const bad = given.findIndex((score) => !Number.isFinite(score));
  if (bad >= 0) fail('scores', `scores: item ${bad + 1} has ${given[bad]}, expected a finite number`);
  const extreme = given.findIndex((score) => !isModerate(score));
  if (extreme >= 0) fail('scores', `scores: item ${extreme + 1} has ${given[extreme]}, expected ${MODERATE}`);
  const order = given.map((_, i) => i).sort((i, j) => given[j] - given[i]);
  for (let rank = 1; rank < n; rank++) {
    const [i, j] = [order[rank - 1], order[rank]].sort((a, b) => a - b);
    if (given[i] === given[j]) {
      const message = `scores: items ${i + 1} and ${j + 1} both have ${given[i]}, so neither is above the other; give them different scores`;
      fail('scores', message);
    }
  }
  return {
    relevant: order.map((i) => relevant[i]),
    scores: order.map((i) => given[i]),
    total: total ?? found,
  };
}

export interface RankRow {
  readonly rank: number;
  readonly relevant: number;
  /** Relevant items up to here. */
  readonly hits: number;
  /** hits / rank. */
  readonly precision: number;
  /** hits / R. */
  readonly recall: number;
  /** The largest precision from here on, at this or a larger recall. */
  readonly interpolated: number;
}

export function rankRows({ relevant, total }: Ranking): RankRow[] {
  let hits = 0;
  const rows = relevant.map((value, i) => {
    hits += value;
    return { rank: i + 1, relevant: value, hits, precision: hits / (i + 1), recall: hits / total };
  });
  let best = 0;
  return rows
    .reverse()
    .map((row) => ({ ...row, interpolated: (best = Math.max(best, row.precision)) }))
    .reverse();
}

/** The precision averaged over the R relevant items, each at its rank; 0 for one that is not ranked. */
export function averagePrecision(ranking: Ranking): number {
  const sum = rankRows(ranking).reduce((sum, row) => sum + row.relevant * row.precision, 0);
  return sum / ranking.total;
}

/** The area under the interpolated precision over recall: all-point AP (PASCAL VOC from 2010 on). */
export function allPointPrecision(ranking: Ranking): number {
  const sum = rankRows(ranking).reduce((sum, row) => sum + row.relevant * row.interpolated, 0);
  return sum / ranking.total;
}

/**
 * The largest precision at a recall of at least 0, 0.1, …, 1, 0 where that recall is never reached. Their mean is the
 * 11-point AP (Salton and McGill 1983; PASCAL VOC up to 2009).
 */
export function elevenPoints(ranking: Ranking): number[] {
  const rows = rankRows(ranking);
  return Array.from({ length: 11 }, (_, tenths) => {
    const reached = rows.filter(({ hits }) => 10 * hits >= tenths * ranking.total); // in whole numbers
    return reached.reduce((best, row) => Math.max(best, row.precision), 0);
  });
}
