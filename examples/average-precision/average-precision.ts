/** Average precision as a graph of the scores: as it is, with a gradient of 0, and smoothed by sigmoids. */

import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import type { Model } from '../../src/model/model.ts';
import { Builder } from '../../src/ops/builder.ts';
import { type Ranking, rankingOf } from './ranking.ts';

export interface AveragePrecisionOptions {
  /** 1 or 0 for each item; by default correct at ranks 1, 2, 6, 7 and 10 of 10. */
  readonly relevant?: readonly number[];
  /** A score for each item; by default falling in even steps from 1. */
  readonly scores?: readonly number[];
  /** Number R of relevant items there are, in the ranking or not; by default those in it. */
  readonly total?: number;
  /** The width τ of the sigmoids, in the unit of the scores (default 0.05). */
  readonly temperature?: number;
}

export const DEFAULT_RANKING = [1, 1, 0, 0, 0, 1, 1, 0, 0, 1];
export const DEFAULT_TEMPERATURE = 0.05;

/**
 * The graph of n scores s, a parameter, and relevances y (n), an input. With D_ij = s_j − s_i,
 * above_ij = 1 where D_ij > 0: rank_i = 1 + Σ_j above_ij, hits_i = y_i + Σ_j above_ij y_j, P = hits/rank, AP = Σ y P / R.
 * The smooth one has σ(D_ij/τ) in place of the step (Brown et al. 2020, "Smooth-AP"), less the ½ of each item
 * compared with itself. Throws GradpathError as {@link rankingOf} does, and for a temperature that is not above 0.
 */
export function averagePrecisionModel(options: AveragePrecisionOptions = {}): Model {
  const { relevant = DEFAULT_RANKING, temperature = DEFAULT_TEMPERATURE } = options;
  const ranking = rankingOf(relevant, options.scores, options.total);
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new GradpathError('option', `temperature is ${temperature}, expected more than 0`, 'temperature');
  }
  const n = ranking.scores.length;
  const b = new Builder();
  const s = b.parameter('s', [n]);
  const y = b.input('y', [n]);
  const D = b.define('D', () => b.sub(b.reshape(s, { shape: [1, n] }), b.reshape(s, { shape: [n, 1] })));
  b.within('exact', () => {
    const above = b.define('above', () => b.step(D));
    average(b, ranking, above, y, 1, '');
  });
  b.within('smooth', () => {
    const above = b.define('above_smooth', () =>
      b.sigmoid(b.affine(D, { scale: 1 / temperature, shift: 0 })),
    );
    average(b, ranking, above, y, 0.5, '_smooth'); // σ(0) is the other half
  });
  return {
    name: 'average-precision',
    title: `Average precision of ${n} item${n === 1 ? '' : 's'}, τ = ${temperature}`,
    builder: b,
    values: { s: ranking.scores, y: ranking.relevant },
    target: 'AP_smooth',
    show: { of: 'AP_smooth', wrt: 's' },
  };
}

/** `own` is what an item adds to its own rank beside above_ii. */
function average(
  b: Builder,
  { total }: Ranking,
  above: NodeId,
  y: NodeId,
  own: number,
  suffix: string,
): void {
  const rank = b.define(`rank${suffix}`, () =>
    b.affine(b.sum(above, { axes: [1], keepDims: false }), { scale: 1, shift: own }),
  );
  const hits = b.define(`hits${suffix}`, () =>
    b.add(b.affine(y, { scale: own, shift: 0 }), b.matmul(above, y)),
  );
  const P = b.define(`P${suffix}`, () => b.div(hits, rank));
  b.define(`AP${suffix}`, () =>
    b.affine(b.sum(b.mul(y, P), { axes: [0], keepDims: false }), { scale: 1 / total, shift: 0 }),
  );
}
