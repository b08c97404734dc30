/** What is claimed about average precision: its three readings, why its gradient is 0, and what the smooth one gives. */

import type { Claim, Study } from '../example.ts';
import { largestDifference, measure, shown } from '../measure.ts';
import {
  type AveragePrecisionOptions,
  averagePrecisionModel,
  DEFAULT_RANKING,
  DEFAULT_TEMPERATURE,
} from './average-precision.ts';
import { coolingFigure, curveFigure, gradientFigure, movedFigure, normFigure, rankTable } from './figures.ts';
import { type Cooled, cool, type Moved, moveLastRelevant, RELATIVE_TEMPERATURES } from './probe.ts';
import {
  allPointPrecision,
  averagePrecision,
  elevenPoints,
  type Ranking,
  type RankRow,
  rankingOf,
  rankRows,
} from './ranking.ts';

const ROUNDING = 1e-12;

export function studyAveragePrecision(options: AveragePrecisionOptions): Study {
  const ranking = rankingOf(options.relevant ?? DEFAULT_RANKING, options.scores, options.total);
  const temperature = options.temperature ?? DEFAULT_TEMPERATURE;
  const rows = rankRows(ranking);
  const model = averagePrecisionModel(options);
  const exact = measure(model, 'AP', ['s']);
  const smooth = measure(model, 'AP_smooth', ['s']);
  const moved = moveLastRelevant(options, ranking);
  const cooled = cool(options, ranking);
  return {
    claims: [
      elevenClaim(ranking, rows),
      readingsClaim(ranking, exact.value('AP')[0]),
      tableClaim(rows, exact.value('rank'), exact.value('P')),
      zeroClaim(exact.gradients[0], smooth.gradients[0], ranking),
      stepClaim(moved),
      ...signClaims(smooth.gradients[0], ranking, temperature),
      limitClaim(cooled, ranking),
    ],
    figures: [
      rankTable(rows),
      curveFigure(rows, ranking),
      movedFigure(moved, temperature),
      gradientFigure(exact.gradients[0], smooth.gradients[0], ranking, temperature),
      coolingFigure(cooled, averagePrecision(ranking)),
      normFigure(cooled),
    ],
  };
}

function elevenClaim(ranking: Ranking, rows: readonly RankRow[]): Claim {
  const points = elevenPoints(ranking);
  const sum = points.reduce((total, p) => total + p, 0);
  // read off the interpolated curve instead: at the first rank that reaches each recall
  const read = points.map((_, tenths) => {
    const row = rows.find(({ hits }) => 10 * hits >= tenths * ranking.total);
    return row?.interpolated ?? 0;
  });
  return {
    text: `11-point AP: the best precisions at a recall of at least 0, 0.1, …, 1 are ${points.map((p) => shown(p)).join(', ')}; their mean is ${shown(sum, 5)}/11 = ${shown(sum / 11)}`,
    holds: largestDifference(points, read) === 0,
  };
}

function readingsClaim(ranking: Ranking, byEngine: number): Claim {
  const [ap, all] = [averagePrecision(ranking), allPointPrecision(ranking)];
  return {
    text: `All-point AP, the area under the interpolated curve, is ${shown(all)}; AP, the precision averaged over ${count(ranking.total, 'relevant item')} without interpolation, is ${shown(ap)}, and never more. The graph's AP differs from it by ${shown(Math.abs(byEngine - ap), 2)}`,
    holds: ap <= all + ROUNDING && Math.abs(byEngine - ap) <= ROUNDING,
  };
}

function tableClaim(rows: readonly RankRow[], rank: readonly number[], P: readonly number[]): Claim {
  const ranks = largestDifference(
    rank,
    rows.map((row) => row.rank),
  );
  const precisions = largestDifference(
    P,
    rows.map((row) => row.precision),
  );
  return {
    text: `Ranks and precisions computed from pairwise comparisons of the scores are those counted down the list: largest differences ${shown(ranks)} and ${shown(precisions, 2)}`,
    holds: ranks === 0 && precisions <= ROUNDING,
  };
}

function zeroClaim(exact: readonly number[], smooth: readonly number[], { relevant }: Ranking): Claim {
  const norm = Math.hypot(...smooth);
  const isPerfect = relevant.every((value) => value === 1);
  const beside = isPerfect
    ? `that of the smooth AP is ${shown(norm, 2)} too, since with relevant items alone every order is right`
    : `that of the smooth AP has norm ${shown(norm)}`;
  return {
    text: `The gradient of AP by ${count(exact.length, 'score')} is exactly 0, for the scores enter only through comparisons; ${beside}`,
    holds: exact.every((d) => d === 0) && (!isPerfect || norm <= ROUNDING),
  };
}

/** Two relevant items that change places leave AP as it is: only an irrelevant one makes it jump. */
function stepClaim({ rank, irrelevant, scores, exact }: Moved): Claim {
  const steps = exact.slice(1).map((ap, i) => ({
    jumps: Math.abs(ap - exact[i]) > ROUNDING,
    passes: irrelevant.some((score) => scores[i] < score && score < scores[i + 1]),
  }));
  const jumps = steps.filter((step) => step.jumps).length;
  const [low, high] = [Math.min(...exact), Math.max(...exact)];
  const result =
    jumps === 0
      ? `stays ${shown(low)}`
      : `rises from ${shown(low)} to ${shown(high)} in ${count(jumps, 'jump')}, each where the score passes an irrelevant item, of which there are ${irrelevant.length}`;
  return {
    text: `Moved over ${scores.length} places from below all others to above them, the score of the last relevant item (rank ${rank}) leaves AP as it is nearly everywhere: AP ${result}`,
    holds: steps.every(({ jumps, passes }) => jumps === passes),
  };
}

function signClaims(smooth: readonly number[], { relevant }: Ranking, temperature: number): Claim[] {
  const size = smooth.reduce((sum, d) => sum + Math.abs(d), 0);
  const sum = smooth.reduce((sum, d) => sum + d, 0);
  const ofIrrelevant = smooth.filter((_, i) => relevant[i] === 0);
  const gained = smooth.reduce((total, d, i) => total + relevant[i] * d, 0);
  const claims: Claim[] = [
    {
      text: `Only differences of scores matter, so the smooth AP's derivatives sum to 0: ${shown(sum, 2)} where their sizes sum to ${shown(size)}`,
      holds: Math.abs(sum) <= ROUNDING * Math.max(size, 1),
    },
  ];
  if (ofIrrelevant.length === 0) return claims;
  return [
    ...claims,
    {
      text: `The smooth AP falls where the score of an irrelevant item rises: the derivatives by ${ofIrrelevant.length} of them are at most ${shown(Math.max(...ofIrrelevant), 3)}; those by the relevant items sum to ${shown(gained, 3)} (τ = ${temperature})`,
      holds: ofIrrelevant.every((d) => d <= 0) && gained >= -ROUNDING * size,
    },
  ];
}

function limitClaim(cooled: readonly Cooled[], ranking: Ranking): Claim {
  const ap = averagePrecision(ranking);
  const off = cooled.map((one) => Math.abs(one.ap - ap));
  const named = cooled.flatMap(({ temperature }, i) =>
    [1, 0.2, 0.02].includes(RELATIVE_TEMPERATURES[i])
      ? [`${shown(off[i], 2)} at τ = ${shown(temperature, 3)}`]
      : [],
  );
  return {
    text: `The smooth AP tends to AP as τ falls: they differ by ${named.join(', ')}. Its gradient tends to 0 with it: norm ${shown(cooled.at(-1)!.norm, 2)} at the last`,
    holds: off.at(-1)! <= ROUNDING && cooled.at(-1)!.norm * cooled.at(-1)!.temperature <= ROUNDING,
  };
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
