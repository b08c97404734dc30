/** Average precision in its three readings, and the smooth one as a model. What `gradpath/examples/average-precision` gives. */

export { type AveragePrecisionOptions, averagePrecisionModel } from './average-precision.ts';
export { allPointPrecision, averagePrecision, elevenPoints, type Ranking, rankingOf } from './ranking.ts';
