/** What is claimed about average precision: its three readings, why its gradient is 0, and what the smooth one gives. */

import { grad } from '../../src/autodiff/grad.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import type { BarFigure, Claim, LineFigure, Study, TableFigure } from '../example.ts';
import { largestDifference, measure, shown } from '../measure.ts';
import {
  type AveragePrecisionOptions,
  averagePrecisionModel,
  DEFAULT_RANKING,
  DEFAULT_TEMPERATURE,
} from './average-precision.ts';
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

interface Moved {
  /** From 1. */
  readonly rank: number;
  /** The scores of the irrelevant items. */
  readonly irrelevant: readonly number[];
  readonly scores: readonly number[];
  readonly exact: readonly number[];
  readonly smooth: readonly number[];
}

const PLACES = 400;

/** AP with the last relevant item's score moved from below all others to above them. */
function moveLastRelevant(options: AveragePrecisionOptions, { relevant, scores }: Ranking): Moved {
  const { builder, values } = averagePrecisionModel(options);
  const { graph } = builder;
  const [exact, smooth] = [graph.idOf('AP'), graph.idOf('AP_smooth')];
  const plan = new Plan(graph, [exact, smooth]).setAll(values);
  const item = relevant.lastIndexOf(1);
  const others = scores.filter((_, i) => i !== item);
  const span = scores[0] - scores.at(-1)! || 1;
  const [low, high] = [scores.at(-1)! - span / 10, scores[0] + span / 10];
  const places = Array.from(
    { length: PLACES + 1 },
    (_, i) => low + ((high - low) * (i + 0.5)) / (PLACES + 1),
  );
  const at = places.filter((place) => !others.includes(place)); // at a tie there is no order
  const found = at.map((score) => {
    plan
      .set(
        's',
        scores.map((other, i) => (i === item ? score : other)),
      )
      .run();
    return [plan.value(exact)[0], plan.value(smooth)[0]];
  });
  return {
    rank: item + 1,
    irrelevant: scores.filter((_, i) => relevant[i] === 0),
    scores: at,
    exact: found.map(([ap]) => ap),
    smooth: found.map(([, ap]) => ap),
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
      holds: ofIrrelevant.every((d) => d <= 0) && gained >= 0,
    },
  ];
}

interface Cooled {
  readonly temperature: number;
  readonly ap: number;
  /** Norm of the gradient by the scores. */
  readonly norm: number;
}

/** Temperatures beside the smallest distance of two scores. */
const RELATIVE_TEMPERATURES = [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02];

/** The smooth AP from high temperatures to low ones. */
function cool(options: AveragePrecisionOptions, { scores }: Ranking): Cooled[] {
  const gaps = scores.slice(1).map((score, i) => scores[i] - score);
  const gap = gaps.length === 0 ? 1 : Math.min(...gaps);
  return RELATIVE_TEMPERATURES.map((factor) => {
    const temperature = factor * gap;
    const model = averagePrecisionModel({ ...options, temperature });
    const b = new Builder(model.builder.graph);
    const ap = b.graph.idOf('AP_smooth');
    const [ds] = grad(b, ap, [b.graph.idOf('s')]);
    const plan = new Plan(b.graph, [ap, ds], { mode: 'lean' }).setAll(model.values).run();
    return { temperature, ap: plan.value(ap)[0], norm: Math.hypot(...plan.value(ds)) };
  });
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

function rankTable(rows: readonly RankRow[]): TableFigure {
  return {
    kind: 'table',
    title: 'Precision and recall at each rank',
    note: 'Interpolated: the largest precision at this recall or a larger one.',
    columns: ['rank', 'relevant', 'hits', 'precision (1)', 'recall (1)', 'interpolated (1)'],
    rows: rows.map((row) => [row.rank, row.relevant, row.hits, row.precision, row.recall, row.interpolated]),
  };
}

function curveFigure(rows: readonly RankRow[], ranking: Ranking): LineFigure {
  const found = rows.filter(({ relevant }) => relevant === 1);
  return {
    kind: 'lines',
    title: 'Precision over recall',
    x: { title: 'recall', unit: '1' },
    y: { title: 'precision', unit: '1' },
    series: [
      {
        name: 'at each rank',
        points: rows.map(({ recall, precision }): [number, number] => [recall, precision]),
        marks: true,
      },
      {
        name: 'interpolated',
        points: found.flatMap(({ recall, interpolated }, i): [number, number][] => [
          [i === 0 ? 0 : found[i - 1].recall, interpolated],
          [recall, interpolated],
        ]),
        dashed: true,
      },
      {
        name: '11 points',
        points: elevenPoints(ranking).map((p, tenths): [number, number] => [tenths / 10, p]),
        marks: 'only',
      },
    ],
  };
}

function movedFigure({ rank, scores, exact, smooth }: Moved, temperature: number): LineFigure {
  const series = (values: readonly number[]) => scores.map((s, i): [number, number] => [s, values[i]]);
  return {
    kind: 'lines',
    title: `AP as the item at rank ${rank} moves`,
    note: 'Flat between the scores of the other items: the derivative of AP is 0 there.',
    x: { title: `score of the item at rank ${rank}`, unit: '1' },
    y: { title: 'average precision', unit: '1' },
    series: [
      { name: 'AP', points: series(exact) },
      { name: `smooth AP, τ = ${temperature}`, points: series(smooth), dashed: true },
    ],
  };
}

function gradientFigure(
  exact: readonly number[],
  smooth: readonly number[],
  { relevant }: Ranking,
  temperature: number,
): BarFigure {
  return {
    kind: 'bars',
    title: 'The gradient by each score',
    note: '✓: a relevant item.',
    x: { title: 'rank', unit: '1', categories: relevant.map((value, i) => `${i + 1}${value ? ' ✓' : ''}`) },
    y: { title: '∂AP/∂s', unit: '1' },
    series: [
      { name: 'AP', values: exact },
      { name: `smooth AP, τ = ${temperature}`, values: smooth },
    ],
  };
}

function coolingFigure(cooled: readonly Cooled[], ap: number): LineFigure {
  return {
    kind: 'lines',
    title: 'The smooth AP tends to AP',
    x: { title: 'temperature τ', unit: '1', scale: 'log' },
    y: { title: 'average precision', unit: '1' },
    series: [
      {
        name: 'smooth AP',
        points: cooled.map((one): [number, number] => [one.temperature, one.ap]),
        marks: true,
      },
      {
        name: 'AP',
        points: cooled.map((one): [number, number] => [one.temperature, ap]),
        dashed: true,
      },
    ],
  };
}

function normFigure(cooled: readonly Cooled[]): LineFigure {
  return {
    kind: 'lines',
    title: 'What the temperature does to the gradient',
    note: 'Too hot, all pairs look alike; too cold, none is near enough to its step.',
    x: { title: 'temperature τ', unit: '1', scale: 'log' },
    y: { title: '‖∂AP/∂s‖ of the smooth AP', unit: '1' },
    series: [
      {
        name: 'smooth AP',
        points: cooled.map(({ temperature, norm }): [number, number] => [temperature, norm]),
        marks: true,
      },
    ],
  };
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
