/** Average precision as one score moves, and as the temperature falls. */

import { grad } from '../../src/autodiff/grad.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import { type AveragePrecisionOptions, averagePrecisionModel } from './average-precision.ts';
import type { Ranking } from './ranking.ts';

export interface Moved {
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
export function moveLastRelevant(options: AveragePrecisionOptions, { relevant, scores }: Ranking): Moved {
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

export interface Cooled {
  readonly temperature: number;
  readonly ap: number;
  /** Norm of the gradient by the scores. */
  readonly norm: number;
}

/** Temperatures beside the smallest distance of two scores. */
export const RELATIVE_TEMPERATURES = [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02];

/** The smooth AP from high temperatures to low ones. */
export function cool(options: AveragePrecisionOptions, { scores }: Ranking): Cooled[] {
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
